//! The store: a log of lines, each a note as it is from there on or a deletion.
//!
//! A later line with the same id replaces an earlier one; nothing is overwritten, so every version can be had back.
//! Replaying the log is pure. Versions that are not in the file yet stand behind those that are, and stay until they
//! have been written ([`Store::unsaved`], [`Store::saved`]): a failed write loses nothing, it is tried again.
//!
//! A line is only glanced at when the store is opened; its note is read when it is looked at.

mod lines;
mod sources;
#[cfg(test)]
mod tests;
mod version;

use std::collections::{HashMap, VecDeque};
use std::path::Path;
use std::sync::Arc;

use foldhash::fast::RandomState;
use jiff::Timestamp;

pub use self::version::{Version, Wording};

use self::lines::{Read, What, parse};
use self::sources::Sources;
use super::w3c::{self, Line, Unreadable};
use super::{Id, Note, Source};
use crate::files::{self, Appended, Mark};
use crate::lang::{Lang, Tell};
use crate::text::visible::visible_line;

/// All notes, with all their versions.
#[derive(Clone, Debug, Default)]
pub struct Store {
    /// The notes by the order in which they came into the log.
    entries: Vec<Entry>,
    /// Where in `entries` each is.
    index: HashMap<Id, usize, RandomState>,
    /// Which of `entries` are on which interview.
    sources: Sources,
    /// How many lines of the file have been read or written.
    lines: usize,
    /// Whether the last of them still lacks its newline.
    torn: bool,
    /// What is to be written: the note's place in `entries`, and the line.
    unsaved: VecDeque<(usize, Line)>,
}

#[derive(Clone, Debug, Default)]
struct Entry {
    versions: Vec<Version>,
    /// How many of the last versions are not in the file yet.
    unsaved: usize,
}

/// A line of the file that can't be read. It is kept as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.tell(Lang::English))]
pub struct Problem {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: Unreadable,
}

impl Tell for Problem {
    fn tell(&self, lang: Lang) -> String {
        let line = self.line;
        match &self.what {
            Unreadable::Json { torn: true, .. } => lang.tr(
                format!("line {line}: ends too early, as after a crash; it is kept, but its note can't be shown"),
                format!("Zeile {line}: bricht ab, wie nach einem Absturz; sie bleibt, aber ihre Notiz ist nicht lesbar"),
            ),
            Unreadable::Json { message, column, .. } => {
                let message = visible_line(message.split(" at line ").next().unwrap_or(message));
                lang.tr(
                    format!("line {line}, byte {column}: {message}; it is kept as it is"),
                    format!("Zeile {line}, Byte {column}: {message}; sie bleibt, wie sie ist"),
                )
            }
            Unreadable::Foreign { .. } => lang.tr(
                format!("line {line}: neither a note nor a deletion; it is kept as it is"),
                format!("Zeile {line}: weder Notiz noch Löschung; sie bleibt, wie sie ist"),
            ),
        }
    }
}

/// What is to be written, and how much it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unsaved {
    /// The lines, each with its newline.
    pub lines: Vec<u8>,
    /// How many versions these are; [`Store::saved`] wants to know.
    pub count: usize,
}

impl Store {
    /// The store whose file holds `bytes`, with the lines that can't be read.
    #[must_use]
    pub fn load(bytes: &[u8]) -> (Store, Vec<Problem>) {
        Store::of(bytes.to_vec())
    }

    fn of(bytes: Vec<u8>) -> (Store, Vec<Problem>) {
        let mut store = Store::default();
        let problems = store.take_in(bytes);
        (store, problems)
    }

    /// Takes in what follows in the file on what is known: lines that another reader, or another program, has added.
    pub fn replay(&mut self, bytes: &[u8]) -> Vec<Problem> {
        self.take_in(match bytes {
            // This ends the line that was torn, and begins none.
            [b'\n', rest @ ..] if self.torn => rest.to_vec(),
            bytes => bytes.to_vec(),
        })
    }

    fn take_in(&mut self, bytes: Vec<u8>) -> Vec<Problem> {
        let mut problems = Vec::new();
        let bytes = &Arc::new(bytes);
        let read = parse(bytes);
        self.entries.reserve(read.len());
        self.index.reserve(read.len());
        for Read { what, number, at } in read {
            let line = self.lines + number;
            match what {
                What::Glance(glance) => {
                    let entry = self.entry(glance.id);
                    self.sources.add(entry, &glance.origins);
                    self.entries[entry].take(Version::Note(Wording::in_line(bytes, at)));
                }
                What::Line(Ok(Line::Note(note))) => {
                    let entry = self.entry(note.id.clone());
                    self.sources.add_note(entry, &note);
                    self.entries[entry].take(Version::Note(note.into()));
                }
                What::Line(Ok(Line::Deleted { id, when })) => {
                    let entry = self.entry(id);
                    self.entries[entry].take(Version::Deleted(when));
                }
                What::Line(Err(what)) => {
                    let id = match &what {
                        Unreadable::Foreign { id } => id.as_ref(),
                        Unreadable::Json { .. } => None,
                    };
                    // Nothing is there to be replaced by a line with an id that no note has.
                    if let Some(&entry) = id.and_then(|id| self.index.get(id)) {
                        self.entries[entry].take(Version::Unreadable);
                    }
                    problems.push(Problem { line, what });
                }
            }
        }
        if let Some(&last) = bytes.last() {
            self.torn = last != b'\n';
            self.lines += memchr::memchr_iter(b'\n', bytes).count() + usize::from(self.torn);
        }
        problems
    }

    fn entry(&mut self, id: Id) -> usize {
        *self.index.entry(id).or_insert_with(|| {
            self.entries.push(Entry::default());
            self.entries.len() - 1
        })
    }

    /// Puts a new version of a note, or a first one, or a deletion; it is to be written from then on.
    pub fn push(&mut self, line: Line) {
        let (at, version) = match &line {
            Line::Note(note) => {
                let at = self.entry(note.id.clone());
                self.sources.add_note(at, note);
                (at, Version::Note(note.clone().into()))
            }
            Line::Deleted { id, when } => (self.entry(id.clone()), Version::Deleted(*when)),
        };
        let entry = &mut self.entries[at];
        entry.versions.push(version);
        entry.unsaved += 1;
        self.unsaved.push_back((at, line));
    }

    /// What is to be written, oldest first.
    #[must_use]
    pub fn unsaved(&self) -> Unsaved {
        Unsaved {
            lines: self
                .unsaved
                .iter()
                .flat_map(|(_, line)| w3c::write(line))
                .collect(),
            count: self.unsaved.len(),
        }
    }

    /// The first `count` versions to be written have been, and `appended` is what was found on doing so. Gives the
    /// lines of others that can't be read.
    pub fn saved(&mut self, count: usize, appended: &Appended) -> Vec<Problem> {
        if appended.anew {
            // What was known of the old file went with it; what was not yet written stays.
            let all = std::mem::take(&mut self.unsaved);
            let (store, problems) = Store::load(&appended.others);
            *self = store;
            for (_, line) in all {
                self.push(line);
            }
            self.written(count);
            return problems;
        }
        let written: Vec<usize> = self.unsaved.iter().take(count).map(|(at, _)| *at).collect();
        let known = |store: &Store, at: usize| {
            let entry = &store.entries[at];
            entry.versions.len() - entry.unsaved
        };
        let before: HashMap<usize, usize> =
            written.iter().map(|&at| (at, known(self, at))).collect();
        let problems = self.replay(&appended.others);
        let edited = before
            .into_iter()
            .filter(|&(at, before)| known(self, at) > before);
        let mut edited: Vec<usize> = edited.map(|(at, _)| at).collect();
        edited.sort_unstable();
        let theirs = edited
            .iter()
            .map(|&at| known(self, at) - 1)
            .collect::<Vec<_>>();
        self.written(count);
        for (at, theirs) in edited.into_iter().zip(theirs) {
            self.part(at, theirs);
        }
        problems
    }

    /// Two have edited the note at `at` at once: the other's wording, version `theirs`, keeps its name, and this reader's
    /// becomes a note of its own. Its name comes of what it says, so that trying again makes no second one.
    fn part(&mut self, at: usize, theirs: usize) {
        let versions = &self.entries[at].versions;
        let of = |version: Option<&Version>| version.and_then(Version::note).cloned();
        let (Some(theirs), Some(mut ours)) = (of(versions.get(theirs)), of(versions.last())) else {
            return;
        };
        if (&theirs.bodies, &theirs.targets) == (&ours.bodies, &ours.targets) {
            return;
        }
        ours.id = Id(w3c::name(&w3c::value(&ours)));
        self.push(Line::Note(Box::new(theirs)));
        self.push(Line::Note(Box::new(ours)));
    }

    fn written(&mut self, count: usize) {
        for (entry, _) in self.unsaved.drain(..count.min(self.unsaved.len())) {
            self.entries[entry].unsaved -= 1;
            self.lines += 1;
            self.torn = false;
        }
    }

    /// The notes that there are, by creation. Each is read for that; [`Store::notes_on`] reads only some.
    #[must_use]
    pub fn notes(&self) -> Vec<&Note> {
        lines::on_all_processors(&self.entries, |entry| {
            entry.live();
        });
        by_creation(self.entries.iter().filter_map(Entry::live))
    }

    /// The notes with a target in an interview that is `wanted`, by creation, and such as once had one.
    pub fn notes_on(&self, wanted: impl Fn(&Source) -> bool) -> Vec<&Note> {
        let entries = self.sources.on(wanted);
        let entries: Vec<&Entry> = entries.into_iter().map(|at| &self.entries[at]).collect();
        lines::on_all_processors(&entries, |entry| {
            entry.live();
        });
        by_creation(entries.into_iter().filter_map(Entry::live))
    }

    /// The most targets that any note has had.
    #[must_use]
    pub fn most_targets(&self) -> usize {
        self.sources.most_targets()
    }

    /// The note of this id, if there is one.
    #[must_use]
    pub fn note(&self, id: &Id) -> Option<&Note> {
        self.entries[*self.index.get(id)?].live()
    }

    /// The same, for one who keeps it.
    #[must_use]
    pub fn shared(&self, id: &Id) -> Option<&Arc<Note>> {
        let last = self.entries[*self.index.get(id)?].versions.last()?;
        last.shared()
    }

    /// All versions of the note of this id, oldest first.
    #[must_use]
    pub fn versions(&self, id: &Id) -> &[Version] {
        self.index
            .get(id)
            .map_or(&[], |&at| &self.entries[at].versions)
    }

    /// The deleted notes as they were last, each with the time of its deletion, by creation.
    #[must_use]
    pub fn deleted(&self) -> Vec<(&Arc<Note>, Option<Timestamp>)> {
        let mut deleted: Vec<_> = self
            .entries
            .iter()
            .filter_map(|entry| {
                let Some(Version::Deleted(when)) = entry.versions.last() else {
                    return None;
                };
                let last = entry.versions.iter().rev().find_map(Version::shared)?;
                Some((last, *when))
            })
            .collect();
        deleted.sort_by_key(|(note, _)| note.created);
        deleted
    }
}

impl Entry {
    /// A version from the file: behind those that were there, before those that are to be written.
    fn take(&mut self, version: Version) {
        let behind = self.versions.len() - self.unsaved;
        if self.versions.is_empty() {
            // Most notes have one, and a vector makes room for four.
            self.versions.reserve_exact(1);
        }
        self.versions.insert(behind, version);
    }

    fn live(&self) -> Option<&Note> {
        self.versions.last().and_then(Version::note)
    }
}

fn by_creation<'a>(notes: impl Iterator<Item = &'a Note>) -> Vec<&'a Note> {
    let mut notes: Vec<&Note> = notes.collect();
    notes.sort_by_key(|note| note.created);
    notes
}

/// The store in the file at `path`, what of it can't be read, and how far it is known; empty where there is no file.
///
/// # Errors
/// When the file is there and can't be read.
pub fn open(path: &Path) -> Result<(Store, Vec<Problem>, Mark), files::Error> {
    let (bytes, mark) = files::read_marked(path)?;
    let (store, problems) = Store::of(bytes);
    Ok((store, problems, mark))
}

/// Writes `lines` at the end of the file at `path`, known up to `known`, and gives what others have added. When it
/// returns, they are on the disk. Without lines it only looks.
///
/// # Errors
/// When they could not be written; none of them is in the file then.
pub fn save(path: &Path, lines: &[u8], known: &Mark) -> Result<Appended, files::Error> {
    files::append(path, known, |_| lines.to_vec())
}
