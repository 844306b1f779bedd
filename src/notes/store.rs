//! The store: a log of lines, each a note as it is from there on or a deletion.
//!
//! A later line with the same id replaces an earlier one; nothing is overwritten, so every version can be had back.
//! Replaying the log is pure. Versions that are not in the file yet stand behind those that are, and stay until they
//! have been written ([`Store::unsaved`], [`Store::saved`]): a failed write loses nothing, it is tried again.

use std::collections::{HashMap, VecDeque};
use std::path::Path;

use jiff::Timestamp;

use super::w3c::{self, Line, Unreadable};
use super::{Id, Note};
use crate::files::{self, Appended, Mark};
use crate::lang::{Lang, Tell};
use crate::text::visible::visible_line;

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
        let problems = self.replay(&appended.others);
        self.written(count);
        problems
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

/// A line that was read, and its number from 1 in what it was read from.
type Read = (Result<Line, Unreadable>, usize);

/// Reads the lines of `bytes` that aren't blank, many of them on all processors.
fn parse(bytes: &[u8]) -> Vec<Read> {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Motivation;
    use super::super::tests::{at, interview, note};
    use super::*;

    fn made(n: u32, text: &str) -> Note {
        let on = interview("a", &["Warum?", "Darum."]);
        note(n, Motivation::Commenting, text, &on, "Darum.")
    }

    fn line(n: u32, text: &str) -> Line {
        Line::Note(Box::new(made(n, text)))
    }

    fn deletion(n: u32) -> Line {
        Line::Deleted {
            id: made(n, "").id,
            when: Some(at(99)),
        }
    }

    fn texts(store: &Store) -> Vec<&str> {
        store.notes().into_iter().map(Note::text).collect()
    }

    #[test]
    fn a_later_line_replaces_an_earlier_and_all_stay() {
        let lines = [
            line(2, "zwei"),
            line(1, "eins"),
            line(2, "zwei b"),
            deletion(1),
            line(3, "drei"),
        ];
        let bytes: Vec<u8> = lines.iter().flat_map(w3c::write).collect();
        let (mut store, problems) = Store::load(&bytes);
        assert!(problems.is_empty());
        assert_eq!(texts(&store), ["zwei b", "drei"]);
        assert_eq!(store.versions(&made(2, "").id).len(), 2);
        assert_eq!(store.deleted()[0].0.text(), "eins");
        assert_eq!(store.deleted()[0].1, Some(at(99)));
        store.replay(&w3c::write(&line(1, "wieder da")));
        assert_eq!(texts(&store), ["wieder da", "zwei b", "drei"]);
        assert_eq!(store.versions(&made(1, "").id).len(), 3);
    }

    #[test]
    fn what_cannot_be_read_is_told_by_line_and_costs_nothing_else() {
        let mut bytes = w3c::write(&line(1, "eins"));
        bytes.extend(b"{\"id\":\"urn:x\",\"type\":\"Zettel\"}\n\nkein JSON\n");
        bytes.extend(w3c::write(&line(2, "zwei")));
        let torn = w3c::write(&line(3, "drei"));
        bytes.extend(&torn[..torn.len() / 2]);
        let (store, problems) = Store::load(&bytes);
        assert_eq!(texts(&store), ["eins", "zwei"]);
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            told[0],
            "line 2: neither a note nor a deletion; it is kept as it is"
        );
        assert_eq!(
            told[1],
            "line 4, byte 1: expected value; it is kept as it is"
        );
        assert!(told[2].starts_with("line 6: ends too early"), "{}", told[2]);
        let mut store = store;
        let problems = store.replay(b"\nkein JSON\n");
        assert_eq!(problems[0].line, 7);
    }

    #[test]
    fn a_newer_form_of_a_note_hides_the_old_one_and_can_be_had_back() {
        let mut bytes = w3c::write(&line(1, "alt"));
        let newer = format!(
            "{{\"id\":\"{}\",\"type\":\"Annotation2\"}}\n",
            made(1, "").id.0
        );
        bytes.extend(newer.as_bytes());
        let (store, problems) = Store::load(&bytes);
        assert_eq!(problems.len(), 1);
        assert!(store.notes().is_empty());
        let versions = store.versions(&made(1, "").id);
        assert_eq!(versions[0].note().unwrap().text(), "alt");
        assert_eq!(versions[1], Version::Unreadable);
    }

    #[test]
    fn what_others_wrote_meanwhile_stands_before_what_is_not_written_yet() {
        let mut store = Store::default();
        store.push(line(1, "meins"));
        let unsaved = store.unsaved();
        store.push(line(1, "meins, später"));
        let appended = Appended {
            mark: Mark::default(),
            others: w3c::write(&line(1, "von anderen")),
            anew: false,
        };
        store.saved(unsaved.count, &appended);
        assert_eq!(texts(&store), ["meins, später"]);
        let versions: Vec<_> = store
            .versions(&made(1, "").id)
            .iter()
            .map(|v| v.note().unwrap().text())
            .collect();
        assert_eq!(versions, ["von anderen", "meins", "meins, später"]);
        assert_eq!(store.unsaved().count, 1);
    }

    #[test]
    fn a_store_that_was_replaced_is_read_again_and_what_is_unsaved_stays() {
        let (mut store, _) = Store::load(&w3c::write(&line(1, "weg")));
        store.push(line(2, "geschrieben"));
        let count = store.unsaved().count;
        store.push(line(3, "noch nicht"));
        let others = w3c::write(&line(4, "neu"));
        store.saved(
            count,
            &Appended {
                mark: Mark::default(),
                others,
                anew: true,
            },
        );
        assert_eq!(texts(&store), ["geschrieben", "noch nicht", "neu"]);
        assert_eq!(store.unsaved().lines, w3c::write(&line(3, "noch nicht")));
        assert_eq!(store.lines, 2);
    }

    #[test]
    fn two_stores_that_append_at_once_lose_nothing() {
        const EACH: u32 = 50;
        let folder = tempfile::tempdir().unwrap();
        let path = &folder.path().join("notes.jsonl");
        let run = |base: u32| {
            move || {
                let (mut store, _, mut mark) = open(path).unwrap();
                for n in 0..EACH {
                    store.push(line(base + n, &format!("{}", base + n)));
                    let unsaved = store.unsaved();
                    let saved = save(path, &unsaved.lines, &mark).unwrap();
                    assert!(store.saved(unsaved.count, &saved).is_empty());
                    mark = saved.mark;
                }
                let saved = save(path, &[], &mark).unwrap();
                store.saved(0, &saved);
                store.lines
            }
        };
        let ends: Vec<usize> = std::thread::scope(|scope| {
            [0, 1000, 2000]
                .map(|base| scope.spawn(run(base)))
                .into_iter()
                .map(|t| t.join().unwrap())
                .collect()
        });
        let (store, problems, _) = open(path).unwrap();
        assert!(problems.is_empty());
        assert_eq!(store.notes().len(), 3 * EACH as usize);
        assert_eq!(*ends.iter().max().unwrap(), store.lines);
    }

    #[test]
    fn a_failed_write_keeps_the_note_for_the_next_try() {
        let folder = tempfile::tempdir().unwrap();
        let blocked = folder.path().join("blocked");
        std::fs::create_dir(&blocked).unwrap();
        let mut store = Store::default();
        store.push(line(1, "bleibt"));
        assert!(save(&blocked, &store.unsaved().lines, &Mark::default()).is_err());
        assert_eq!((texts(&store), store.unsaved().count), (vec!["bleibt"], 1));
    }

    #[test]
    fn a_long_log_read_in_parts_is_the_same_log() {
        let mut bytes: Vec<u8> = Vec::new();
        let filler = "x".repeat(9_000);
        for n in 0..600 {
            bytes.extend(w3c::write(&line(n, &filler)));
            if n % 100 == 0 {
                bytes.extend(b"kein JSON\n");
            }
        }
        let (store, problems) = Store::load(&bytes);
        assert_eq!(store.notes().len(), 600);
        let lines: Vec<_> = problems.iter().map(|p| p.line).collect();
        assert_eq!(lines, [2, 103, 204, 305, 406, 507]);
    }

    proptest! {
        #[test]
        fn a_log_cut_anywhere_keeps_every_whole_line(texts in prop::collection::vec("\\PC{0,12}", 1..6), cut in 0.0f64..1.0) {
            let lines: Vec<Vec<u8>> = texts.iter().zip(1..).map(|(t, n)| w3c::write(&line(n, t))).collect();
            let all = lines.concat();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a short test text")]
            let cut = (all.len() as f64 * cut) as usize;
            let (store, problems) = Store::load(&all[..cut]);
            let mut end = 0;
            // A line that lacks nothing but its newline is whole.
            let whole = lines.iter().take_while(|line| { end += line.len(); end <= cut + 1 }).count();
            prop_assert_eq!(store.notes().len(), whole);
            prop_assert!(problems.len() <= 1);
        }

        #[test]
        fn any_bytes_at_all_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let (store, problems) = Store::load(&bytes);
            prop_assert!(store.notes().len() + problems.len() <= bytes.len());
        }
    }
}
