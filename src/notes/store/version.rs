//! The versions of a note, each read from its line when it is looked at.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;

use crate::notes::Note;
use crate::notes::w3c::{self, Line};

/// One version of a note.
#[derive(Clone, Debug)]
pub enum Version {
    /// This is how it was.
    Note(Wording),
    /// It was deleted, at this time if that is known.
    Deleted(Option<Timestamp>),
    /// It was something that this version of the program can't read; it is in the file.
    Unreadable,
}

/// A note as it was, or the line that says so: of 100,000 notes a reader looks at a few.
#[derive(Clone, Debug)]
pub struct Wording {
    note: OnceLock<Option<Arc<Note>>>,
    /// Lines, and which of their bytes are this one.
    line: Option<(Arc<Vec<u8>>, Range<usize>)>,
}

impl Wording {
    /// The line in the bytes `at` of `lines`, which is a note.
    pub(super) fn in_line(lines: &Arc<Vec<u8>>, at: Range<usize>) -> Wording {
        Wording {
            note: OnceLock::new(),
            line: Some((Arc::clone(lines), at)),
        }
    }

    fn note(&self) -> Option<&Arc<Note>> {
        let read = || {
            let (lines, at) = self.line.as_ref()?;
            match w3c::read(lines.get(at.clone())?) {
                Ok(Line::Note(note)) => Some(Arc::from(note)),
                _ => None,
            }
        };
        self.note.get_or_init(read).as_ref()
    }
}

impl From<Box<Note>> for Wording {
    fn from(note: Box<Note>) -> Wording {
        Wording {
            note: Some(Arc::from(note)).into(),
            line: None,
        }
    }
}

impl Version {
    /// The note as it was in this version.
    #[must_use]
    pub fn note(&self) -> Option<&Note> {
        self.shared().map(Arc::as_ref)
    }

    /// The same, for one who keeps it: a list of all notes holds 100,000.
    #[must_use]
    pub fn shared(&self) -> Option<&Arc<Note>> {
        match self {
            Version::Note(wording) => wording.note(),
            Version::Deleted(_) | Version::Unreadable => None,
        }
    }
}
