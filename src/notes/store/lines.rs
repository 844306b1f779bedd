//! The lines of a log, read on all processors where there are many.

use std::ops::Range;

use crate::notes::w3c::{self, Glance, Line, Unreadable};

/// A line that was read.
pub(super) struct Read<'a> {
    /// What it says.
    pub(super) what: What<'a>,
    /// Its number from 1 in what it was read from.
    pub(super) number: usize,
    /// Which bytes of that it is.
    pub(super) at: Range<usize>,
}

/// What a line says.
pub(super) enum What<'a> {
    /// A note, of which a glance is enough for now.
    Glance(Glance<'a>),
    /// This, after it was read in full.
    Line(Result<Line, Unreadable>),
}

/// Reads the lines of `bytes` that aren't blank, many of them on all processors.
pub(super) fn parse(bytes: &[u8]) -> Vec<Read<'_>> {
    /// Below this a thread costs more than it saves, in bytes.
    const WORTH_A_THREAD: usize = 1 << 20;
    if bytes.len() <= WORTH_A_THREAD {
        return parse_part(bytes);
    }
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = (bytes.len() / threads).max(WORTH_A_THREAD);
    let mut parts = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let share = share.min(rest.len());
        let end = memchr::memchr(b'\n', &rest[share..]).map_or(rest.len(), |at| share + at + 1);
        let (part, behind) = rest.split_at(end);
        parts.push(part);
        rest = behind;
    }
    let read: Vec<Vec<Read>> = std::thread::scope(|scope| {
        let threads: Vec<_> = parts
            .iter()
            .map(|part| scope.spawn(|| parse_part(part)))
            .collect();
        let read = threads.into_iter().zip(&parts);
        // A thread that fell is made up for here, in the hope of better luck.
        read.map(|(thread, part)| thread.join().unwrap_or_else(|_| parse_part(part)))
            .collect()
    });
    let (mut lines, mut start) = (0, 0);
    let mut all = Vec::with_capacity(read.iter().map(Vec::len).sum());
    for (read, part) in read.into_iter().zip(parts) {
        all.extend(read.into_iter().map(|read| Read {
            number: lines + read.number,
            at: start + read.at.start..start + read.at.end,
            ..read
        }));
        lines += memchr::memchr_iter(b'\n', part).count();
        start += part.len();
    }
    all
}

fn parse_part(bytes: &[u8]) -> Vec<Read<'_>> {
    let mut read = Vec::new();
    let mut start = 0;
    for number in 1.. {
        let Some(rest) = bytes.get(start..).filter(|rest| !rest.is_empty()) else {
            break;
        };
        let line = &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())];
        if !line.trim_ascii().is_empty() {
            let what = match w3c::glance(line) {
                Some(glance) => What::Glance(glance),
                None => What::Line(w3c::read(line)),
            };
            let at = start..start + line.len();
            read.push(Read { what, number, at });
        }
        start += line.len() + 1;
    }
    read
}

/// Does `what` with each of `items`, many of them on all processors.
pub(super) fn on_all_processors<T: Sync>(items: &[T], what: impl Fn(&T) + Sync) {
    /// Below this a thread costs more than it saves.
    const WORTH_A_THREAD: usize = 2000;
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = items.len().div_ceil(threads).max(WORTH_A_THREAD);
    if items.len() <= share {
        return items.iter().for_each(what);
    }
    std::thread::scope(|scope| {
        for part in items.chunks(share) {
            scope.spawn(|| part.iter().for_each(&what));
        }
    });
}
