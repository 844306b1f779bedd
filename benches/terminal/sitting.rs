//! One program in one terminal, from its start to its end, and what is measured on the way.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::pty::{Pty, work_done};
use super::table::{Table, Unit};

/// The terminal, in cells.
pub const SIZE: (u16, u16) = (180, 50);
/// What has not been written to for so long is complete.
const SILENCE: Duration = Duration::from_millis(100);
/// A program that writes nothing for so long has nothing to write.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long a program is left alone to see what it does then.
const IDLE: Duration = Duration::from_secs(5);
/// How often a key is pressed.
const PRESSES: usize = 3;

/// A program to measure.
pub struct Program {
    /// What it is called in the table.
    pub name: &'static str,
    /// How it is started.
    pub command: String,
    /// With what.
    pub arguments: Vec<String>,
    /// What is pressed, in order.
    pub keys: Vec<Press>,
}

/// A key to measure.
#[derive(Clone, Copy)]
pub struct Press {
    /// What it brings.
    pub what: &'static str,
    /// What is pressed before all of them, and not measured.
    pub before: &'static str,
    /// What is pressed before each of them, and not measured: the way back, where the end would soon be reached.
    pub back: &'static str,
    /// What is pressed, one after the other.
    pub keys: [&'static str; PRESSES],
}

/// Starts `program`, measures, ends it. `idle` when it is to be left alone for a while too.
pub fn sit(program: &Program, place: usize, home: &Path, idle: bool, table: &mut Table) {
    let arguments: Vec<&str> = program.arguments.iter().map(String::as_str).collect();
    let mut pty = Pty::run(&program.command, &arguments, home, SIZE, true);
    let started = pty.started;
    let Some(last) = silent(&pty, started, 0) else {
        return;
    };
    let mut add = |what: &str, unit, value| table.figure(what, unit, place).add(value);
    if let Some(first) = pty.arrivals().first() {
        add(
            "start to first byte",
            Unit::Milliseconds,
            ms(first.0 - started),
        );
    }
    // What lists and counts say of a long text comes when all of it is read; what is to be read is there before.
    let text = standing(&pty, |screen| {
        screen.rows(SIZE.0 / 4, SIZE.0).skip(1).collect::<String>()
    });
    add("start to the text", Unit::Milliseconds, ms(text - started));
    let whole = standing(&pty, vt100::Screen::contents);
    add(
        "start to whole screen",
        Unit::Milliseconds,
        ms(whole - started),
    );
    add(
        "start to last byte",
        Unit::Milliseconds,
        ms(last.0 - started),
    );
    add("bytes of the first screen", Unit::Bytes, last.1 as f64);
    let Some(pid) = pty.child.process_id().filter(|_| !program.keys.is_empty()) else {
        return;
    };
    let (rest, ticks) = at_rest(pid);
    let rest = rest.unwrap_or(last.0);
    add("start to rest", Unit::Milliseconds, ms(rest - started));
    add(
        "processor time until then",
        Unit::Milliseconds,
        ticks as f64 * TICK,
    );
    if idle {
        let before = (work_done(pid), pty.written());
        thread::sleep(IDLE);
        let after = (work_done(pid), pty.written());
        let since = |a: u64, b: u64| b.saturating_sub(a) as f64;
        add(
            "processor time in 5 s without a key",
            Unit::Milliseconds,
            since(before.0.0, after.0.0) * TICK,
        );
        add(
            "woken in 5 s without a key",
            Unit::Times,
            since(before.0.1, after.0.1),
        );
        add(
            "written in 5 s without a key",
            Unit::Bytes,
            (after.1 - before.1) as f64,
        );
    }
    for press in &program.keys {
        aside(&mut pty, press.before);
        for key in press.keys {
            aside(&mut pty, press.back);
            let (pressed, written) = (Instant::now(), pty.written());
            pty.types(key);
            if let Some(last) = silent(&pty, pressed, written) {
                add(
                    &format!("{}: key to last byte", press.what),
                    Unit::Milliseconds,
                    ms(last.0 - pressed),
                );
                add(press.what, Unit::Bytes, (last.1 - written) as f64);
            }
        }
    }
    if let Some(peak) = peak(pid) {
        add("memory at its peak", Unit::Mebibytes, peak);
    }
}

/// Milliseconds in a clock tick, as Linux counts processor time.
const TICK: f64 = 10.0;

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Waits for what the program writes beyond `written` bytes, and then until it is silent. Gives the time of the last byte,
/// and how many there are then; nothing if nothing comes.
fn silent(pty: &Pty, from: Instant, written: usize) -> Option<(Instant, usize)> {
    loop {
        let last = pty.arrivals().pop().filter(|last| last.1 > written);
        match last {
            Some(last) if last.0.elapsed() > SILENCE => return Some(last),
            None if from.elapsed() > PATIENCE => return None,
            _ => thread::sleep(Duration::from_millis(5)),
        }
    }
}

/// When what `part` takes of the screen was first what it is now.
fn standing(pty: &Pty, part: impl Fn(&vt100::Screen) -> String) -> Instant {
    let bytes = pty.bytes();
    let mut parser = vt100::Parser::new(SIZE.1, SIZE.0, 0);
    parser.process(&bytes);
    let now = part(parser.screen());
    let mut parser = vt100::Parser::new(SIZE.1, SIZE.0, 0);
    let (mut whole, mut from) = (None, 0);
    for (time, to) in pty.arrivals() {
        parser.process(&bytes[from..to]);
        from = to;
        match part(parser.screen()) == now {
            true => whole = whole.or(Some(time)),
            false => whole = None,
        }
    }
    whole.unwrap_or(pty.started)
}

/// Waits until the program uses no processor time any more: since when, if it still did, and how many ticks it has used.
fn at_rest(pid: u32) -> (Option<Instant>, u64) {
    let (mut since, mut ticks) = (None, work_done(pid).0);
    let start = Instant::now();
    while since.unwrap_or(start).elapsed() < Duration::from_millis(300) {
        thread::sleep(Duration::from_millis(10));
        let now = work_done(pid).0;
        if now > ticks {
            (since, ticks) = (Some(Instant::now()), now);
        }
    }
    (since, ticks)
}

/// Presses `keys`, if any, and lets the program finish.
fn aside(pty: &mut Pty, keys: &str) {
    if !keys.is_empty() {
        let written = pty.written();
        pty.types(keys);
        silent(pty, Instant::now(), written);
    }
}

/// The most memory that process `pid` has had resident, in mebibytes.
fn peak(pid: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kibibytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes / 1024.0)
}
