//! A program in a real pseudo-terminal, and the screen it shows there.
#![allow(dead_code, reason = "tests and benches use a part of it each")]

use std::io::{Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// What programs ask a terminal, and what one answers that is dark, has 256 colours and knows synchronized updates.
const ANSWERS: [(&str, &str); 7] = [
    ("\x1b]10;?", "\x1b]10;rgb:d0d0/d0d0/d0d0\x1b\\"),
    ("\x1b]11;?", "\x1b]11;rgb:1c1c/1c1c/1c1c\x1b\\"),
    ("\x1b[6n", "\x1b[1;1R"),
    ("\x1b[5n", "\x1b[0n"),
    ("\x1b[c", "\x1b[?62;22c"),
    ("\x1b[>c", "\x1b[>41;354;0c"),
    ("\x1b[?2026$p", "\x1b[?2026;2$y"),
];
/// Longer than any of the questions.
const QUESTION: usize = 16;
/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// A terminal with a program in it.
pub struct Pty {
    /// Gone once it is unplugged, as is the keyboard.
    master: Option<Box<dyn MasterPty + Send>>,
    keyboard: Keyboard,
    pub child: Box<dyn Child + Send + Sync>,
    /// When the program was about to be started.
    pub started: Instant,
    seen: Arc<Mutex<Seen>>,
    /// Whether the terminal is to go, whoever still reads from it.
    unplugged: Arc<AtomicBool>,
}

/// What is typed goes here, and what the terminal answers.
type Keyboard = Arc<Mutex<Option<Box<dyn Write + Send>>>>;

/// What the program has written.
struct Seen {
    /// The screen as it was when last looked at: to read it takes time, and bytes are to be taken when they come.
    parser: vt100::Parser,
    /// How many of the bytes the parser knows.
    parsed: usize,
    bytes: Vec<u8>,
    /// When bytes came, and how many there were then.
    arrivals: Vec<(Instant, usize)>,
    /// Up to where questions have been looked for.
    answered: usize,
}

impl Seen {
    fn parser(&mut self) -> &mut vt100::Parser {
        self.parser.process(&self.bytes[self.parsed..]);
        self.parsed = self.bytes.len();
        &mut self.parser
    }

    /// What a terminal answers to what the program has written since this was last asked.
    fn answers(&mut self) -> String {
        let mut answers = String::new();
        let asked = |bytes: &[u8]| {
            let found = ANSWERS.iter().filter_map(|(question, answer)| {
                let at = bytes
                    .windows(question.len())
                    .position(|window| window == question.as_bytes())?;
                Some((at + question.len(), *answer))
            });
            found.min()
        };
        while let Some((end, answer)) = asked(&self.bytes[self.answered..]) {
            answers.push_str(answer);
            self.answered += end;
        }
        self.answered = self.answered.max(self.bytes.len().saturating_sub(QUESTION));
        answers
    }
}

fn pty_size(columns: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}

impl Pty {
    /// Runs `program` with its home in `home` and nothing else from this environment but the search path, in a terminal
    /// that answers no question.
    pub fn start(program: &str, arguments: &[&str], home: &Path, size: (u16, u16)) -> Pty {
        Pty::run(program, arguments, home, size, false)
    }

    /// Runs `program` as [`Pty::start`] does, in a terminal that answers what it is asked if `answers`.
    pub fn run(
        program: &str,
        arguments: &[&str],
        home: &Path,
        (columns, rows): (u16, u16),
        answers: bool,
    ) -> Pty {
        let pair = native_pty_system()
            .openpty(pty_size(columns, rows))
            .unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        command.env("PATH", std::env::var("PATH").unwrap_or_default());
        command.env("HOME", home);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("PS1", "prompt> ");
        command.env("EDITOR", "sed -i s/$/!/");
        command.cwd(home);
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let seen = Arc::new(Mutex::new(Seen {
            parser: vt100::Parser::new(rows, columns, 0),
            parsed: 0,
            bytes: Vec::new(),
            arrivals: Vec::new(),
            answered: 0,
        }));
        let keyboard: Keyboard = Arc::new(Mutex::new(Some(pair.master.take_writer().unwrap())));
        let mut output = pair.master.try_clone_reader().unwrap();
        let seeing = Arc::clone(&seen);
        let unplugged = Arc::new(AtomicBool::new(false));
        let gone = Arc::clone(&unplugged);
        let answering = answers.then(|| Arc::clone(&keyboard));
        thread::spawn(move || {
            let mut buffer = [0; 65536];
            while let Ok(read @ 1..) = output.read(&mut buffer)
                && !gone.load(Ordering::SeqCst)
            {
                let now = Instant::now();
                let mut seen = seeing.lock().unwrap();
                seen.bytes.extend_from_slice(&buffer[..read]);
                let written = seen.bytes.len();
                seen.arrivals.push((now, written));
                if let Some(keyboard) = &answering
                    && let Some(keyboard) = &mut *keyboard.lock().unwrap()
                {
                    // A program that has ended meanwhile needs no answer any more.
                    let _ = keyboard.write_all(seen.answers().as_bytes());
                }
            }
        });
        Pty {
            keyboard,
            master: Some(pair.master),
            child,
            started,
            seen,
            unplugged,
        }
    }

    /// Runs the reader itself.
    pub fn reader(arguments: &[&str], home: &Path, size: (u16, u16)) -> Pty {
        Pty::start(env!("CARGO_BIN_EXE_synopse"), arguments, home, size)
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap()
    }

    /// Types `keys`, all at once.
    pub fn types(&mut self, keys: &str) {
        let mut keyboard = self.keyboard.lock().unwrap();
        let keyboard = keyboard.as_mut().unwrap();
        keyboard.write_all(keys.as_bytes()).unwrap();
        keyboard.flush().unwrap();
    }

    /// Presses Esc, and nothing so soon after that a terminal would take the two for one key.
    pub fn esc(&mut self) {
        self.settles();
        self.types("\x1b");
        self.settles();
    }

    /// The screen as it stands.
    pub fn text(&self) -> String {
        self.seen().parser().screen().contents()
    }

    /// How many bytes have been written so far.
    pub fn written(&self) -> usize {
        self.seen().bytes.len()
    }

    /// When bytes have come so far, and how many there were then.
    pub fn arrivals(&self) -> Vec<(Instant, usize)> {
        self.seen().arrivals.clone()
    }

    /// Everything written so far.
    pub fn bytes(&self) -> Vec<u8> {
        self.seen().bytes.clone()
    }

    /// Everything written so far, as text.
    pub fn raw(&self) -> String {
        String::from_utf8_lossy(&self.seen().bytes).into_owned()
    }

    /// Whether the program has the other screen just now.
    pub fn on_other_screen(&self) -> bool {
        self.seen().parser().screen().alternate_screen()
    }

    /// Waits until the screen shows `wanted`.
    #[track_caller]
    pub fn shows(&self, wanted: &str) {
        let start = Instant::now();
        while !self.text().contains(wanted) {
            assert!(
                start.elapsed() < PATIENCE,
                "waited in vain for {wanted:?}; the screen:\n{}",
                self.text()
            );
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Sees that the screen does not show `unwanted`, once it is at rest.
    #[track_caller]
    pub fn hides(&self, unwanted: &str) {
        self.settles();
        let text = self.text();
        assert!(
            !text.contains(unwanted),
            "{unwanted:?} is still there:\n{text}"
        );
    }

    /// Waits until nothing has been written for a while.
    pub fn settles(&self) {
        let mut before = self.written();
        loop {
            thread::sleep(Duration::from_millis(150));
            let now = self.written();
            if now == before {
                return;
            }
            before = now;
        }
    }

    /// Gives the terminal another size, as a window does that is pulled at.
    pub fn resize(&self, columns: u16, rows: u16) {
        self.seen().parser().screen_mut().set_size(rows, columns);
        let master = self.master.as_ref().unwrap();
        master.resize(pty_size(columns, rows)).unwrap();
    }

    /// Pulls the plug: the terminal is gone, as when its window is closed.
    pub fn unplug(&mut self) {
        self.unplugged.store(true, Ordering::SeqCst);
        // What is drawn for the new size wakes the thread that reads, and with it the last hold on the terminal goes.
        self.resize(50, 20);
        *self.keyboard.lock().unwrap() = None;
        self.master = None;
    }

    /// Sends the program a signal by name.
    pub fn signal(&self, name: &str) {
        let pid = self.child.process_id().unwrap();
        signal(pid, name);
    }

    /// The modes of the terminal that echo and wait for whole lines, as a shell leaves them to a program.
    pub fn is_cooked(&self) -> bool {
        let termios = self.master.as_ref().unwrap().get_termios().unwrap();
        let local = format!("{:?}", termios.local_flags);
        local.contains("ECHO ") && local.contains("ICANON")
    }

    /// Waits for the end of the program.
    #[track_caller]
    pub fn ends(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "it doesn't end; the screen:\n{}",
                self.text()
            );
            thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends `pid` the signal called `name`.
pub fn signal(pid: u32, name: &str) {
    let status = std::process::Command::new("kill")
        .args([&format!("-{name}"), &pid.to_string()])
        .status()
        .unwrap();
    assert!(status.success());
}

/// The processor time that process `pid` has used, in clock ticks, and how often it was put to sleep and woken.
#[cfg(target_os = "linux")]
pub fn work_done(pid: u32) -> (u64, u64) {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let after = stat.rsplit(')').next().unwrap();
    let field = |n: usize| {
        after
            .split_whitespace()
            .nth(n)
            .unwrap()
            .parse::<u64>()
            .unwrap()
    };
    let mut switches = 0;
    for task in std::fs::read_dir(format!("/proc/{pid}/task")).unwrap() {
        // A thread may end while one looks.
        let Ok(status) = std::fs::read_to_string(task.unwrap().path().join("status")) else {
            continue;
        };
        let line = status
            .lines()
            .find(|l| l.starts_with("voluntary_ctxt_switches"))
            .unwrap();
        switches += line
            .split_whitespace()
            .last()
            .unwrap()
            .parse::<u64>()
            .unwrap();
    }
    (field(11) + field(12), switches)
}
