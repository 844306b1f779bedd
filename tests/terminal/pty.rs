//! A program in a real pseudo-terminal, and the screen it shows there.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// A terminal with a program in it.
pub struct Pty {
    /// Gone once it is unplugged, as is the keyboard.
    master: Option<Box<dyn MasterPty + Send>>,
    keyboard: Option<Box<dyn Write + Send>>,
    pub child: Box<dyn Child + Send + Sync>,
    seen: Arc<Mutex<Seen>>,
    /// Whether the terminal is to go, whoever still reads from it.
    unplugged: Arc<AtomicBool>,
}

/// What the program has written.
struct Seen {
    parser: vt100::Parser,
    bytes: Vec<u8>,
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
    /// Runs `program` with its home in `home` and nothing else from this environment but the search path.
    pub fn start(
        program: &str,
        arguments: &[&str],
        home: &Path,
        (columns, rows): (u16, u16),
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
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let seen = Arc::new(Mutex::new(Seen {
            parser: vt100::Parser::new(rows, columns, 0),
            bytes: Vec::new(),
        }));
        let mut output = pair.master.try_clone_reader().unwrap();
        let seeing = Arc::clone(&seen);
        let unplugged = Arc::new(AtomicBool::new(false));
        let gone = Arc::clone(&unplugged);
        thread::spawn(move || {
            let mut buffer = [0; 65536];
            while let Ok(read @ 1..) = output.read(&mut buffer)
                && !gone.load(Ordering::SeqCst)
            {
                let mut seen = seeing.lock().unwrap();
                seen.parser.process(&buffer[..read]);
                seen.bytes.extend_from_slice(&buffer[..read]);
            }
        });
        Pty {
            keyboard: Some(pair.master.take_writer().unwrap()),
            master: Some(pair.master),
            child,
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
        let keyboard = self.keyboard.as_mut().unwrap();
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
        self.seen().parser.screen().contents()
    }

    /// How many bytes have been written so far.
    pub fn written(&self) -> usize {
        self.seen().bytes.len()
    }

    /// Everything written so far, as text.
    pub fn raw(&self) -> String {
        String::from_utf8_lossy(&self.seen().bytes).into_owned()
    }

    /// Whether the program has the other screen just now.
    pub fn on_other_screen(&self) -> bool {
        self.seen().parser.screen().alternate_screen()
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
        self.seen().parser.screen_mut().set_size(rows, columns);
        let master = self.master.as_ref().unwrap();
        master.resize(pty_size(columns, rows)).unwrap();
    }

    /// Pulls the plug: the terminal is gone, as when its window is closed.
    pub fn unplug(&mut self) {
        self.unplugged.store(true, Ordering::SeqCst);
        // What is drawn for the new size wakes the thread that reads, and with it the last hold on the terminal goes.
        self.resize(50, 20);
        self.keyboard = None;
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
        let status = std::fs::read_to_string(task.unwrap().path().join("status")).unwrap();
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
