//! Runs a judge: its questions in, its answer out, and an end to it when its time is over.

use std::io::{self, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use super::{Error, Judge, Opinion, Trouble, opinion, questions};
use crate::files::read_all;
use crate::interview::Interview;

/// How often a judge that has said all is asked whether it has ended.
const AGAIN: Duration = Duration::from_millis(2);

/// How much of what it says on standard error is looked at, in bytes.
const COMPLAINT: u64 = 64 * 1024;

/// Holds the judge that runs, so that it can be stopped from elsewhere. A clone holds the same one.
#[derive(Clone, Debug, Default)]
pub struct Leash(Arc<Mutex<Option<Pid>>>);

impl Leash {
    /// Stops the judge and all that it has started, if one runs.
    pub fn stop(&self) {
        self.with(|held| {
            if let Some(group) = held.take() {
                // It may have ended in this moment.
                let _ = kill_process_group(group, Signal::KILL);
            }
        });
    }

    fn with<T>(&self, act: impl FnOnce(&mut Option<Pid>) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether `child` has ended, and how. It is let go in the same moment: another process may get its number.
    fn ended(&self, child: &mut Child) -> std::io::Result<Option<ExitStatus>> {
        self.with(|held| {
            let ended = child.try_wait();
            if matches!(ended, Ok(Some(_))) && *held == group(child) {
                *held = None;
            }
            ended
        })
    }

    /// Stops `child`, which has not been seen to end, and all that it has started.
    fn end(&self, child: &mut Child) {
        if let Some(group) = group(child) {
            let _ = kill_process_group(group, Signal::KILL);
        }
        // Another may be held in its place by now.
        self.with(|held| {
            if *held == group(child) {
                *held = None;
            }
        });
        // Killed, it is there to be waited for.
        let _ = child.wait();
    }
}

/// The group that `child` leads.
fn group(child: &Child) -> Option<Pid> {
    i32::try_from(child.id()).ok().and_then(Pid::from_raw)
}

/// Asks `judge` about two interviews, and waits for its answer as long as it is given; `leash` stops it before.
///
/// # Errors
/// When it can't be run, is late, ends with a failure, or says what is no pair of these interviews.
pub fn ask(judge: &Judge, both: [&Interview; 2], leash: &Leash) -> Result<Opinion, Error> {
    let name = judge.name();
    let counts = both.map(|interview| interview.exchanges.len());
    run(judge, questions(both), leash)
        .and_then(|answer| opinion(&answer, &name, counts))
        .map_err(|trouble| Error {
            judge: name,
            trouble,
        })
}

/// The whole of what the judge says to `questions`.
fn run(judge: &Judge, questions: String, leash: &Leash) -> Result<Vec<u8>, Trouble> {
    let begun = Instant::now();
    // A group of its own, so that what it has started ends with it.
    let mut child = Command::new("sh")
        .args(["-c", &judge.command])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn()
        .map_err(Trouble::System)?;
    leash.stop();
    leash.with(|held| *held = group(&child));
    let heard = listen(&mut child, questions, judge.limit, begun, leash);
    if !matches!(heard, Ok(_) | Err(Trouble::Failed(..))) {
        leash.end(&mut child);
    }
    heard
}

fn listen(
    child: &mut Child,
    questions: String,
    limit: Duration,
    begun: Instant,
    leash: &Leash,
) -> Result<Vec<u8>, Trouble> {
    let left = || {
        limit
            .checked_sub(begun.elapsed())
            .ok_or(Trouble::Late(limit))
    };
    let (sender, answers) = channel();
    let (complaints, complaint) = channel();
    // It may answer before it has read all, or read nothing at all: each stream has its thread. One that is left
    // behind ends with the judge.
    if let Some(mut stdin) = child.stdin.take() {
        // What it doesn't want to read it need not.
        thread::spawn(move || stdin.write_all(questions.as_bytes()));
    }
    if let Some(stdout) = child.stdout.take() {
        thread::spawn(move || sender.send(read_all(stdout, 0)));
    }
    if let Some(mut stderr) = child.stderr.take() {
        thread::spawn(move || {
            let mut said = Vec::new();
            let read = stderr.by_ref().take(COMPLAINT).read_to_end(&mut said);
            let _ = complaints.send(said);
            // A full pipe would hold it up.
            read.and_then(|_| io::copy(&mut stderr, &mut io::sink()))
        });
    }
    let answer = match answers.recv_timeout(left()?) {
        Ok(answer) => answer.map_err(|error| match error.kind() {
            io::ErrorKind::FileTooLarge => Trouble::Long,
            _ => Trouble::System(error),
        })?,
        Err(RecvTimeoutError::Timeout) => return Err(Trouble::Late(limit)),
        Err(RecvTimeoutError::Disconnected) => Vec::new(),
    };
    let status = loop {
        match leash.ended(child).map_err(Trouble::System)? {
            Some(status) => break status,
            None => thread::sleep(AGAIN.min(left()?)),
        }
    };
    if status.success() {
        return Ok(answer);
    }
    let said = complaint.recv_timeout(AGAIN * 50).unwrap_or_default();
    let said = String::from_utf8_lossy(&said);
    let last = said.lines().rfind(|line| !line.trim().is_empty());
    Err(Trouble::Failed(
        status,
        last.unwrap_or_default().trim().to_owned(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallels::made_up::interview;

    fn hear(command: &str, limit: Duration) -> Result<Opinion, String> {
        let left = interview(&[("Was ist Glück?", "Ein Nachmittag."), ("Und?", "")]);
        let right = interview(&[("Wer?", "Ich.")]);
        let judge = Judge {
            command: command.to_owned(),
            limit,
        };
        ask(&judge, [&left, &right], &Leash::default()).map_err(|error| error.to_string())
    }

    fn told(command: &str) -> String {
        hear(command, Duration::from_secs(20)).unwrap_err()
    }

    #[test]
    fn it_is_given_the_exchanges_and_gives_pairs_back() {
        let counts = r#"test "$(wc -l)" -eq 3 && echo '{"left":2,"right":1,"score":0.5}'"#;
        let opinion = hear(counts, Duration::from_secs(20)).unwrap();
        assert_eq!(opinion.of(1, 0).map(|word| word.score), Some(0.5));
    }

    #[test]
    fn one_that_reads_nothing_and_says_nothing_is_no_trouble() {
        assert!(hear("true", Duration::from_secs(20)).unwrap().is_empty());
    }

    #[test]
    fn one_that_hangs_is_stopped_with_all_that_it_started() {
        let folder = tempfile::tempdir().unwrap();
        let mark = folder.path().join("mark");
        let begun = Instant::now();
        for hangs in ["sleep 60", "sleep 60 & sleep 60", "sleep 60 >&2 &"] {
            let command = format!("(sleep 1; touch {}) & {hangs}", mark.display());
            let told = hear(&command, Duration::from_millis(100)).unwrap_err();
            assert!(told.contains("no answer within 0 s"), "{told}");
        }
        assert!(begun.elapsed() < Duration::from_secs(20));
        thread::sleep(Duration::from_millis(1200));
        assert!(!mark.exists());
    }

    #[test]
    fn one_that_closes_its_output_and_stays_is_late_too() {
        let told = hear("exec >&-; sleep 60", Duration::from_millis(100)).unwrap_err();
        assert!(told.contains("no answer"), "{told}");
    }

    #[test]
    fn one_that_fails_says_why() {
        let failed = told("echo ach >&2; echo 'no model\u{7}' >&2; exit 3");
        assert!(
            failed.contains("exit status: 3") && failed.contains("no model"),
            "{failed}"
        );
        assert!(!failed.contains(|c: char| c.is_control()), "{failed}");
        assert!(told("gibt-es-nicht-17").contains("no such command"));
        assert!(told("kill -9 $$").contains("signal: 9"));
    }

    #[test]
    fn nonsense_and_pairs_that_do_not_exist_are_refused_whole() {
        let first = r#"echo '{"left":1,"right":1}'; "#;
        let nonsense = told(&format!("{first} head -c 1000 /dev/zero"));
        assert!(nonsense.contains("line 2"), "{nonsense}");
        let none = told(&format!("{first} echo '{{\"left\":1,\"right\":9}}'"));
        assert!(none.contains("no exchange 9, only 1 to 1"), "{none}");
    }

    #[test]
    fn a_leash_stops_it_before_its_time() {
        let left = interview(&[("Was ist Glück?", "Ein Nachmittag.")]);
        let judge = Judge {
            command: "sleep 60".to_owned(),
            limit: Duration::from_secs(60),
        };
        let leash = Leash::default();
        let begun = Instant::now();
        let held = leash.clone();
        let asked = thread::spawn(move || ask(&judge, [&left, &left], &held).is_err());
        while !asked.is_finished() {
            leash.stop();
            thread::sleep(AGAIN);
        }
        assert!(asked.join().unwrap() && begun.elapsed() < Duration::from_secs(20));
    }
}
