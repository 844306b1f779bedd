//! Drafts: notes that are being written, kept in the state folder until they are closed.
//!
//! A draft's file is named after the reader that writes it, and that reader holds a lock for as long as it lives. What
//! a dead one has left is offered again: whoever gets its lock takes its drafts over, by renaming them. So a draft of
//! a reader that is still running is never taken, and one left behind is offered to one reader alone.

use std::path::PathBuf;

use uuid::Uuid;

use super::w3c::{self, Line};
use super::{Id, Note, Store};
use crate::files::{self, Lock};
use crate::text::visible::visible_line;

/// The drafts of one running reader.
#[derive(Debug)]
pub struct Drafts {
    folder: PathBuf,
    reader: Uuid,
    /// Held from the first draft on; a reader that never writes one leaves no file.
    lock: Option<Lock>,
}

/// A note that is not closed yet: as it would be if it were closed now.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The note; with the id of an existing one, it changes that.
    pub note: Note,
    /// The notes that get its tags, where they are of several and it is none itself.
    pub onto: Option<Onto>,
}

/// The notes that get the tags being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Onto {
    /// Which.
    pub notes: Vec<Id>,
    /// The tags that all of them had.
    pub had: Vec<String>,
}

/// What [`Onto`] goes by in a draft's file.
const ONTO: &str = "synopse:onto";

impl From<Note> for Draft {
    fn from(note: Note) -> Draft {
        Draft { note, onto: None }
    }
}

impl Draft {
    /// Whether the notes of `store` say what it says: it was closed in the moment of the crash.
    #[must_use]
    pub fn is_kept(&self, store: &Store) -> bool {
        let Some(onto) = &self.onto else {
            return store.note(&self.note.id).is_some_and(|kept| {
                let modified = kept.modified;
                let ours = self.note.clone();
                Note { modified, ..ours } == *kept
            });
        };
        let typed: Vec<&str> = self.note.tags().collect();
        let notes = onto.notes.iter().filter_map(|id| store.note(id));
        let has = |note: &Note, tag: &str| note.tags().any(|own| own == tag);
        let gone = |tag: &&String| !typed.contains(&tag.as_str());
        notes.into_iter().all(|note| {
            typed.iter().all(|tag| has(note, tag))
                && !onto.had.iter().filter(gone).any(|tag| has(note, tag))
        })
    }

    /// As it stands in its file: the note, and beside its own fields the notes that get its tags.
    fn line(&self) -> Vec<u8> {
        let mut note = self.note.clone();
        let onto = self.onto.as_ref().map(serde_json::to_value);
        if let Some(Ok(onto)) = onto {
            note.rest.insert(ONTO.into(), onto);
        }
        w3c::write(&Line::Note(Box::new(note)))
    }

    fn read(line: &[u8]) -> Option<Draft> {
        let Ok(Line::Note(mut note)) = w3c::read(line) else {
            return None;
        };
        let onto = note.rest.shift_remove(ONTO);
        let onto = onto.and_then(|onto| serde_json::from_value(onto).ok());
        Some(Draft { note: *note, onto })
    }
}

impl Drafts {
    /// The drafts in `folder` of the reader that goes by `reader`. Touches nothing.
    #[must_use]
    pub fn new(folder: PathBuf, reader: Uuid) -> Drafts {
        Drafts {
            folder,
            reader,
            lock: None,
        }
    }

    /// Keeps `draft`, in place of an earlier one of the same note. When it returns, it is on the disk.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn save(&mut self, draft: &Draft) -> Result<(), files::Error> {
        self.hold()?;
        files::replace(&self.file(&draft.note), &draft.line())
    }

    /// The draft of `note` is closed, or thrown away.
    ///
    /// # Errors
    /// When its file can't be removed.
    pub fn discard(&mut self, note: &Note) -> Result<(), files::Error> {
        files::remove(&self.file(note)).map(drop)
    }

    /// What readers that have ended without closing them have left, now this reader's own.
    ///
    /// # Errors
    /// When the folder is there and can't be read or written. Drafts that can't be read stay where they are.
    pub fn left_behind(&mut self) -> Result<Vec<Draft>, files::Error> {
        let mut names: Vec<String> = files::list(&self.folder)?
            .into_iter()
            .map(|f| f.name)
            .collect();
        names.sort_unstable();
        let mut readers: Vec<&str> = names.iter().filter_map(|name| reader_of(name)).collect();
        readers.dedup();
        let own = self.reader.simple().to_string();
        let mut drafts = Vec::new();
        for reader in readers.into_iter().filter(|reader| **reader != own) {
            let lock = self.folder.join(format!("{reader}.lock"));
            let files::Unheld::Yes(held) = Lock::unheld(&lock) else {
                continue;
            };
            for name in names.iter().filter(|name| reader_of(name) == Some(reader)) {
                drafts.extend(self.take_over(name, reader, &own)?);
            }
            // What was half written in the moment of the crash: the whole of it stands beside, a second older.
            let torn = format!(".{reader}.");
            for name in names.iter().filter(|name| name.starts_with(&torn)) {
                files::remove(&self.folder.join(name))?;
            }
            files::remove(&lock)?;
            drop(held);
        }
        drafts.sort_by_key(|draft: &Draft| draft.note.modified.or(draft.note.created));
        Ok(drafts)
    }

    /// Makes the draft in the file `name` this reader's; none where another was faster or it is no draft.
    fn take_over(
        &mut self,
        name: &str,
        reader: &str,
        own: &str,
    ) -> Result<Option<Draft>, files::Error> {
        let from = self.folder.join(name);
        let Some(rest) = name
            .strip_prefix(reader)
            .filter(|rest| rest.ends_with(".json"))
        else {
            return Ok(None);
        };
        let content = match files::read(&from) {
            Err(error) if error.source.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            read => read?,
        };
        let Some(draft) = Draft::read(content.trim_ascii_end()) else {
            return Ok(None);
        };
        self.hold()?;
        let taken = files::rename(&from, &self.folder.join(format!("{own}{rest}")))?;
        Ok(taken.then_some(draft))
    }

    fn hold(&mut self) -> Result<(), files::Error> {
        if self.lock.is_none() {
            self.lock = Lock::make(&self.lock_file())?;
        }
        Ok(())
    }

    fn lock_file(&self) -> PathBuf {
        self.folder.join(format!("{}.lock", self.reader.simple()))
    }

    fn file(&self, note: &Note) -> PathBuf {
        // A foreign id may hold anything, and be of any length; its hash is a name for it.
        let id = &w3c::sha256(note.id.0.as_bytes())[..32];
        self.folder
            .join(format!("{}.{id}.json", self.reader.simple()))
    }
}

impl Drop for Drafts {
    /// Leaves nothing behind but drafts that are still open.
    fn drop(&mut self) {
        if self.lock.is_some() {
            // Should it stay, the next reader tidies it up.
            let _ = files::remove(&self.lock_file());
        }
    }
}

/// The reader that a file in the folder belongs to.
fn reader_of(name: &str) -> Option<&str> {
    let (reader, _) = name.split_once('.')?;
    (reader.len() == 32 && Uuid::try_parse(reader).is_ok()).then_some(reader)
}

impl crate::lang::Tell for Draft {
    fn tell(&self, lang: crate::lang::Lang) -> String {
        let text = visible_line(self.note.text());
        lang.tr(
            format!("unfinished note: {text}"),
            format!("unfertige Notiz: {text}"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::Motivation;
    use super::super::tests::{at, interview, note, uuid};
    use super::*;

    fn draft(n: u32, text: &str) -> Draft {
        let on = interview("a", &["Warum?", "Darum."]);
        note(n, Motivation::Commenting, text, &on, "Darum.").into()
    }

    /// As after a crash: the lock goes with the process, the files stay.
    fn crash(mut drafts: Drafts) {
        drafts.lock = None;
    }

    fn names(folder: &std::path::Path) -> usize {
        files::list(folder).unwrap().len()
    }

    #[test]
    fn a_draft_that_was_left_behind_is_offered_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("drafts");
        let mut first = Drafts::new(path.clone(), uuid(1));
        assert!(first.left_behind().unwrap().is_empty());
        assert!(!path.exists());
        first.save(&draft(1, "halb")).unwrap();
        first.save(&draft(1, "halb fertig")).unwrap();
        first.save(&draft(2, "anderes")).unwrap();
        let torn = format!(".{}.x.json.y.new", uuid(1).simple());
        std::fs::write(path.join(&torn), "{").unwrap();
        crash(first);
        let mut second = Drafts::new(path.clone(), uuid(2));
        let left = second.left_behind().unwrap();
        assert_eq!(left, [draft(1, "halb fertig"), draft(2, "anderes")]);
        assert!(second.left_behind().unwrap().is_empty());
        assert!(
            Drafts::new(path.clone(), uuid(3))
                .left_behind()
                .unwrap()
                .is_empty()
        );
        crash(second);
        assert_eq!(Drafts::new(path, uuid(4)).left_behind().unwrap().len(), 2);
    }

    #[test]
    fn the_draft_of_a_running_reader_is_not_taken() {
        let folder = tempfile::tempdir().unwrap();
        let mut first = Drafts::new(folder.path().into(), uuid(1));
        first.save(&draft(1, "noch dabei")).unwrap();
        let mut second = Drafts::new(folder.path().into(), uuid(2));
        assert!(second.left_behind().unwrap().is_empty());
        drop(first);
        assert_eq!(second.left_behind().unwrap().len(), 1);
    }

    #[test]
    fn a_closed_draft_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut drafts = Drafts::new(folder.path().into(), uuid(1));
        drafts.save(&draft(1, "fertig")).unwrap();
        drafts.discard(&draft(1, "").note).unwrap();
        drafts.discard(&draft(1, "").note).unwrap();
        drop(drafts);
        assert_eq!(names(folder.path()), 0);
    }

    #[test]
    fn tags_for_several_notes_come_back_for_all_of_them() {
        let folder = tempfile::tempdir().unwrap();
        let on = interview("a", &["Warum?", "Darum."]);
        let mut notes = [1, 2].map(|n| note(n, Motivation::Highlighting, "", &on, "Darum."));
        for note in &mut notes {
            note.set_tags(&["alt".to_owned()], at(3));
        }
        let mut tags = note(3, Motivation::Tagging, "", &on, "Darum.");
        tags.set_tags(&["neu".to_owned()], at(3));
        let draft = Draft {
            note: tags,
            onto: Some(Onto {
                notes: notes.iter().map(|note| note.id.clone()).collect(),
                had: vec!["alt".to_owned()],
            }),
        };
        let mut first = Drafts::new(folder.path().into(), uuid(1));
        first.save(&draft).unwrap();
        crash(first);
        let left = Drafts::new(folder.path().into(), uuid(2)).left_behind();
        assert_eq!(left.unwrap(), std::slice::from_ref(&draft));
        let mut store = Store::default();
        for (said, kept) in [
            (&["alt"][..], false),
            (&["alt", "neu"], false),
            (&["neu"], true),
        ] {
            for note in &mut notes {
                let said: Vec<String> = said.iter().map(|&tag| tag.to_owned()).collect();
                note.set_tags(&said, at(4));
                store.push(Line::Note(Box::new(note.clone())));
            }
            assert_eq!(draft.is_kept(&store), kept, "{said:?}");
        }
    }

    #[test]
    fn what_is_no_draft_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let odd = format!("{}.x.json", uuid(9).simple());
        std::fs::write(folder.path().join(&odd), "kein JSON").unwrap();
        std::fs::write(folder.path().join("liesmich.txt"), "x").unwrap();
        let mut drafts = Drafts::new(folder.path().into(), uuid(1));
        assert!(drafts.left_behind().unwrap().is_empty());
        assert_eq!(names(folder.path()), 2);
    }
}
