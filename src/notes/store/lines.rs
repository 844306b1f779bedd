//! The lines of a log, read on all processors where there are many.

use crate::notes::w3c::{self, Line, Unreadable};

/// A line that was read, and its number from 1 in what it was read from.
pub(super) type Read = (Result<Line, Unreadable>, usize);

/// Reads the lines of `bytes` that aren't blank, many of them on all processors.
pub(super) fn parse(bytes: &[u8]) -> Vec<Read> {
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
    let mut before = 0;
    let mut all = Vec::new();
    for (read, part) in read.into_iter().zip(parts) {
        all.extend(
            read.into_iter()
                .map(|(line, number)| (line, before + number)),
        );
        before += memchr::memchr_iter(b'\n', part).count();
    }
    all
}

fn parse_part(bytes: &[u8]) -> Vec<Read> {
    bytes
        .split(|&b| b == b'\n')
        .zip(1..)
        .filter(|(line, _)| !line.trim_ascii().is_empty())
        .map(|(line, number)| (w3c::read(line), number))
        .collect()
}
