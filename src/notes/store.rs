//! The store: a log of lines, each a note as it is from there on or a deletion.
//!
//! A later line with the same id replaces an earlier one; nothing is overwritten, so every version can be had back.
//! Replaying the log is pure. Versions that are not in the file yet stand behind those that are, and stay until they
//! have been written ([`Store::unsaved`], [`Store::saved`]): a failed write loses nothing, it is tried again.

mod lines;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, VecDeque};
use std::path::Path;

use jiff::Timestamp;

use super::w3c::{self, Line, Unreadable};
use super::{Id, Note};
use crate::files::{self, Appended, Mark};
use crate::lang::{Lang, Tell};
use crate::text::visible::visible_line;
use lines::parse;

/// All notes, with all their versions.
#[derive(Clone, Debug, Default)]
pub struct Store {
    /// The notes by the order in which they came into the log.
    entries: Vec<Entry>,
    /// Where in `entries` each is.
    index: HashMap<Id, usize>,
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

/// One version of a note.
#[derive(Clone, Debug, PartialEq)]
pub enum Version {
    /// This is how it was.
    Note(Box<Note>),
    /// It was deleted, at this time if that is known.
    Deleted(Option<Timestamp>),
    /// It was something that this version of the program can't read; it is in the file.
    Unreadable,
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
        let mut store = Store::default();
        let problems = store.replay(bytes);
        (store, problems)
    }

    /// Takes in what follows in the file on what is known: lines that another reader, or another program, has added.
    pub fn replay(&mut self, bytes: &[u8]) -> Vec<Problem> {
        let mut problems = Vec::new();
        let bytes = match bytes {
            // This ends the line that was torn, and begins none.
            [b'\n', rest @ ..] if self.torn => rest,
            bytes => bytes,
        };
        for (read, line) in parse(bytes) {
            let line = self.lines + line;
            let (id, version) = match read {
                Ok(Line::Note(note)) => (note.id.clone(), Version::Note(note)),
                Ok(Line::Deleted { id, when }) => (id, Version::Deleted(when)),
                Err(what) => {
                    let id = match &what {
                        Unreadable::Foreign { id } => id.clone(),
                        Unreadable::Json { .. } => None,
                    };
                    problems.push(Problem { line, what });
                    // Nothing is there to be replaced by a line with an id that no note has.
                    match id.filter(|id| self.index.contains_key(id)) {
                        Some(id) => (id, Version::Unreadable),
                        None => continue,
                    }
                }
            };
            let entry = self.entry(id);
            let entry = &mut self.entries[entry];
            let behind = entry.versions.len() - entry.unsaved;
            entry.versions.insert(behind, version);
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
        let (id, version) = match &line {
            Line::Note(note) => (&note.id, Version::Note(note.clone())),
            Line::Deleted { id, when } => (id, Version::Deleted(*when)),
        };
        let at = self.entry(id.clone());
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

    /// The notes that there are, by creation.
    #[must_use]
    pub fn notes(&self) -> Vec<&Note> {
        let mut notes: Vec<&Note> = self.entries.iter().filter_map(Entry::live).collect();
        notes.sort_by_key(|note| note.created);
        notes
    }

    /// The note of this id, if there is one.
    #[must_use]
    pub fn note(&self, id: &Id) -> Option<&Note> {
        self.entries[*self.index.get(id)?].live()
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
    pub fn deleted(&self) -> Vec<(&Note, Option<Timestamp>)> {
        let mut deleted: Vec<_> = self
            .entries
            .iter()
            .filter_map(|entry| {
                let Some(Version::Deleted(when)) = entry.versions.last() else {
                    return None;
                };
                let last = entry.versions.iter().rev().find_map(Version::note)?;
                Some((last, *when))
            })
            .collect();
        deleted.sort_by_key(|(note, _)| note.created);
        deleted
    }
}

impl Entry {
    fn live(&self) -> Option<&Note> {
        self.versions.last().and_then(Version::note)
    }
}

impl Version {
    /// The note as it was in this version.
    #[must_use]
    pub fn note(&self) -> Option<&Note> {
        match self {
            Version::Note(note) => Some(note),
            Version::Deleted(_) | Version::Unreadable => None,
        }
    }
}

/// The store in the file at `path`, what of it can't be read, and how far it is known; empty where there is no file.
///
/// # Errors
/// When the file is there and can't be read.
pub fn open(path: &Path) -> Result<(Store, Vec<Problem>, Mark), files::Error> {
    let (bytes, mark) = files::read_marked(path)?;
    let (store, problems) = Store::load(&bytes);
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
