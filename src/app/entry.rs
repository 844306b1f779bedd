//! An interview of the library: as it is named, as it was read, and as the reader has corrected it.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use super::chooser::Summary;
use crate::interview::{Correction, Interview};
use crate::session::{self, Shown};

/// One interview that the program was given.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// What to call it before it is read.
    pub name: String,
    /// Where to read it; `None` for what is shipped or came by standard input.
    pub path: Option<PathBuf>,
    /// The interview, or its head; its structure as the reader has corrected it.
    pub interview: Option<Arc<Interview>>,
    /// The interview with its structure as it was found.
    pub(super) found: Option<Arc<Interview>>,
    /// What the reader has corrected in it, by passage.
    pub(super) corrections: Vec<(Range<usize>, Correction)>,
    /// Why it could not be read.
    pub problem: Option<String>,
    /// What the list of the library says of it, where it was only looked through.
    pub summary: Option<Summary>,
    /// What of it was on the screen.
    pub shown: Shown,
    /// Whether it is being looked through, or was.
    pub(super) asked: bool,
    /// The request to read it that is under way.
    pub(super) generation: u64,
}

impl Entry {
    /// An interview that was read, from `path` if it came from a file.
    #[must_use]
    pub fn read(name: String, path: Option<PathBuf>, interview: Arc<Interview>) -> Entry {
        Entry {
            name,
            path,
            found: Some(Arc::clone(&interview)),
            interview: Some(interview),
            ..Entry::default()
        }
    }

    /// Whether nothing is known of what is in it.
    pub(super) fn is_unknown(&self) -> bool {
        self.interview.is_none() && self.summary.is_none() && self.problem.is_none()
    }

    /// Takes the interview as it was read; corrections are to be made in it anew.
    pub(super) fn take(&mut self, interview: Arc<Interview>) {
        self.problem = None;
        self.corrections.clear();
        self.found = Some(Arc::clone(&interview));
        self.interview = Some(interview);
    }

    /// Corrects its structure, beginning with what was found; whether that changes anything.
    pub(super) fn correct(&mut self, corrections: Vec<(Range<usize>, Correction)>) -> bool {
        let Some(found) = self.found.as_ref().filter(|found| !found.partial) else {
            return false;
        };
        if corrections == self.corrections {
            return false;
        }
        self.interview = Some(match corrections.is_empty() {
            true => Arc::clone(found),
            false => Arc::new(found.corrected(&corrections)),
        });
        self.corrections = corrections;
        true
    }

    /// An interview to be read from `path`, which is absolute.
    #[must_use]
    pub fn unread(name: String, path: PathBuf) -> Entry {
        Entry {
            name,
            path: Some(path),
            ..Entry::default()
        }
    }

    /// What it goes by from one start to the next; see [`session::key`].
    #[must_use]
    pub fn key(&self) -> Option<String> {
        match (&self.path, &self.interview) {
            (Some(path), _) => Some(path.to_string_lossy().into_owned()),
            (None, interview) => interview.as_deref().map(session::key),
        }
    }

    /// The interview, once it is there whole.
    pub(super) fn whole(&self) -> Option<&Arc<Interview>> {
        self.interview.as_ref().filter(|i| !i.partial)
    }
}
