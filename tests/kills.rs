//! The reader is killed while one writes: what it said was saved is there, and of what was typed no more than a second
//! is lost.
//!
//! `SYNOPSE_KILLS=1000 cargo test --test kills -- --nocapture` kills it a thousand times and prints the figures.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "terminal/pty.rs"]
mod pty;

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use pty::Pty;

/// A word of the first question of the first interview that comes with the program.
const FIRST: &str = "Aufgaben";
/// What the editor says at its foot.
const EDITOR: &str = "keep and close";
/// How much of what was typed may be lost; besides as much as the machine is late for anybody.
const AT_MOST: Duration = Duration::from_secs(1);
/// How many homes are killed in at once, each with a store that grows from kill to kill.
const HOMES: usize = 6;

/// Numbers that look random and are the same in every run (Marsaglia's xorshift, 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) % most
    }
}

/// What came of one home.
#[derive(Debug, Default)]
struct Figures {
    kills: usize,
    /// Words typed, and how many of them the reader had said to be saved when it was killed.
    typed: usize,
    saved: usize,
    /// Drafts that were offered at a start.
    offered: usize,
    /// Words said to be saved that are not in the notes any more.
    saved_lost: Vec<String>,
    /// For each kill, how long before it the earliest word was typed that is lost; nothing where none is.
    lost: Vec<Duration>,
    /// The same for words that the reader had shown: others it had not been given the time to take from the keyboard.
    shown_lost: Duration,
}

/// One reader, from its start to its kill.
struct Sitting<'a> {
    pty: Pty,
    dice: &'a mut Dice,
    /// When it is to be killed.
    until: Instant,
    /// Words that are being typed, and when they were.
    typed: Vec<(String, Instant)>,
    /// Those of them that the reader has said to be saved.
    saved: usize,
}

impl Sitting<'_> {
    /// Waits until the screen is as wanted; `None` when it is time to be killed.
    fn waits(&self, what: &str, wanted: impl Fn(&str) -> bool) -> Option<()> {
        let start = Instant::now();
        // To read the screen takes time that the reader wants to have: only when something has come.
        let mut seen = None;
        loop {
            let written = Some(self.pty.written());
            if written != seen && wanted(&self.pty.text()) {
                break;
            }
            seen = written;
            let patience = Duration::from_secs(20);
            assert!(
                start.elapsed() < patience,
                "waited in vain for {what}:\n{}",
                self.pty.text()
            );
            self.lives()?;
            thread::sleep(Duration::from_millis(5));
        }
        self.lives()
    }

    fn lives(&self) -> Option<()> {
        (Instant::now() < self.until).then_some(())
    }

    /// Writes and edits until it is time; counts the drafts that were offered.
    fn writes(&mut self, name: &str, offered: &mut usize) -> Option<()> {
        let up = |text: &str| text.contains(FIRST) || text.contains(EDITOR);
        self.waits("the first screen", up)?;
        thread::sleep(Duration::from_millis(100));
        while self.pty.text().contains(EDITOR) {
            *offered += 1;
            self.keeps()?;
        }
        let mut again = false;
        loop {
            self.pty.types(if again { "e" } else { "c" });
            self.waits("the editor", |text| text.contains(EDITOR))?;
            for _ in 0..1 + self.dice.below(25) {
                let word = format!("{name}q{}.", self.typed.len());
                self.pty.types(&format!("{word} "));
                self.typed.push((word, Instant::now()));
                thread::sleep(Duration::from_millis(5 + self.dice.below(90)));
                self.lives()?;
            }
            self.keeps()?;
            again = self.dice.below(3) > 0;
        }
    }

    /// Closes the editor and waits for the reader to say that the note is saved.
    fn keeps(&mut self) -> Option<()> {
        self.pty.types("\x1b");
        self.waits("the end of the editor", |text| !text.contains(EDITOR))?;
        let words = self.typed.len();
        self.waits("the note to be saved", |text| {
            text.contains("saved") && !text.contains("not saved")
        })?;
        self.saved = words;
        Some(())
    }
}

/// Kills readers in one home, one after the other.
fn home(number: usize, kills: usize) -> Figures {
    let home = tempfile::tempdir().unwrap();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ (number as u64 + 1));
    let mut figures = Figures::default();
    let mut saved = Vec::new();
    for kill in 0..kills {
        let pty = Pty::reader(&[], home.path(), (120, 36));
        let mut sitting = Sitting {
            until: Instant::now() + Duration::from_millis(50 + dice.below(3000)),
            pty,
            dice: &mut dice,
            typed: Vec::new(),
            saved: 0,
        };
        sitting.writes(&format!("w{number}k{kill}"), &mut figures.offered);
        ends_at_once(&sitting.pty);
        let killed = Instant::now();
        sitting.pty.ends();
        let notes = whole_lines(home.path());
        let kept = notes.clone() + &drafts(home.path());
        let screen = sitting.pty.text();
        let lost = sitting.typed.iter();
        let lost = lost.filter(|(word, _)| !kept.contains(word.as_str()));
        let age = |(_, typed): &(String, Instant)| killed.duration_since(*typed);
        let most = lost.clone().map(age).max().unwrap_or_default();
        figures.lost.push(most);
        let shown = lost.filter(|(word, _)| screen.contains(word.as_str()));
        let most = shown.map(age).max().unwrap_or_default();
        figures.shown_lost = figures.shown_lost.max(most);
        figures.kills += 1;
        figures.typed += sitting.typed.len();
        figures.saved += sitting.saved;
        let words = sitting.typed.into_iter().map(|(word, _)| word);
        saved.extend(words.take(sitting.saved));
        figures.saved_lost = saved
            .iter()
            .filter(|word| !notes.contains(word.as_str()))
            .cloned()
            .collect();
        assert!(
            figures.saved_lost.is_empty(),
            "home {number}, kill {kill}: {figures:?}"
        );
    }
    figures
}

/// Kills the reader itself: to have it done by another program would take longer than what is measured.
fn ends_at_once(pty: &Pty) {
    use rustix::process::{Pid, Signal, kill_process};
    let pid = pty
        .child
        .process_id()
        .and_then(|pid| i32::try_from(pid).ok());
    let pid = pid.and_then(Pid::from_raw).unwrap();
    kill_process(pid, Signal::KILL).unwrap();
}

/// The lines of the notes that are whole; only the last may be torn, and each that was goes on its own line.
fn whole_lines(home: &Path) -> String {
    let notes = fs::read_to_string(home.join(".local/share/synopse/notes.jsonl"));
    let notes = notes.unwrap_or_default();
    let whole = |line: &&str| serde_json::from_str::<serde_json::Value>(line).is_ok();
    notes.lines().filter(whole).collect::<Vec<_>>().join("\n")
}

fn drafts(home: &Path) -> String {
    let folder = fs::read_dir(home.join(".local/state/synopse/drafts"));
    let files = folder
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path());
    let drafts = files.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
    drafts
        .map(|path| fs::read_to_string(path).unwrap())
        .collect()
}

/// How late the machine at worst wakes one who sleeps, until it has `ended`: a reader is no better off.
fn oversleeps(ended: &AtomicBool) -> Duration {
    const NAP: Duration = Duration::from_millis(10);
    let mut worst = Duration::ZERO;
    while !ended.load(Ordering::Relaxed) {
        let start = Instant::now();
        thread::sleep(NAP);
        worst = worst.max(start.elapsed().saturating_sub(NAP));
    }
    worst
}

#[test]
fn a_kill_takes_nothing_that_was_saved_and_a_second_of_typing_at_most() {
    let kills: usize = std::env::var("SYNOPSE_KILLS").map_or(10, |n| n.parse().unwrap());
    let homes = HOMES.min(kills.div_ceil(2));
    let ended = AtomicBool::new(false);
    let (all, held_up): (Vec<Figures>, Duration) = thread::scope(|scope| {
        let sleeper = scope.spawn(|| oversleeps(&ended));
        let running: Vec<_> = (0..homes)
            .map(|number| scope.spawn(move || home(number, kills.div_ceil(homes))))
            .collect();
        let figures = running.into_iter().map(thread::ScopedJoinHandle::join);
        let figures: Vec<_> = figures.collect();
        ended.store(true, Ordering::Relaxed);
        let figures = figures.into_iter().map(Result::unwrap).collect();
        (figures, sleeper.join().unwrap())
    });
    let sum = |count: fn(&Figures) -> usize| all.iter().map(count).sum::<usize>();
    let mut lost: Vec<Duration> = all.iter().flat_map(|f| f.lost.iter().copied()).collect();
    lost.sort_unstable();
    let part = |of_thousand: usize| lost[(lost.len() - 1) * of_thousand / 1000];
    let most_lost = all.iter().map(|figures| figures.shown_lost).max();
    let most_lost = most_lost.unwrap_or_default();
    println!(
        "{} kills: {} words typed, {} said to be saved, {} of these lost; {} drafts offered again; typing lost, in ms: \
        median {}, 90 % {}, 99 % {}, most {}, of what was shown {}; the machine woke a sleeper up to {} ms late",
        sum(|f| f.kills),
        sum(|f| f.typed),
        sum(|f| f.saved),
        sum(|f| f.saved_lost.len()),
        sum(|f| f.offered),
        part(500).as_millis(),
        part(900).as_millis(),
        part(990).as_millis(),
        part(1000).as_millis(),
        most_lost.as_millis(),
        held_up.as_millis(),
    );
    assert!(most_lost <= AT_MOST + held_up, "{most_lost:?}");
}
