//! Where notes stand in the open interviews.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::ops::Range;

use crate::interview::Interview;
use crate::notes::{Id, Note, Orphan, anchor};

/// Where a note's target is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In an open interview.
    Here(Passage),
    /// Its interview is open, and the passage isn't found in it.
    Orphan(Orphan),
    /// Its interview isn't open.
    Away,
}

/// A span of an open interview's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The interview, as an index into those the book was made for.
    pub interview: usize,
    /// The bytes of its text.
    pub range: Range<usize>,
}

/// Passages by start, with what makes looking for those in a range quick.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    /// The passages and whose they are.
    pub(super) found: Vec<(Range<usize>, Id)>,
    /// The furthest end among the first passages, up to and with each.
    reach: Vec<usize>,
}

impl Place {
    /// The passage, where it was found.
    #[must_use]
    pub fn here(&self) -> Option<&Passage> {
        match self {
            Place::Here(passage) => Some(passage),
            Place::Orphan(_) | Place::Away => None,
        }
    }
}

impl Marks {
    /// Puts them in order, after any have been added or removed.
    pub(super) fn sort(&mut self) {
        self.found
            .sort_by_key(|(range, _)| (range.start, range.end));
        let furthest = |reach: &mut usize, (range, _): &(Range<usize>, Id)| {
            *reach = range.end.max(*reach);
            Some(*reach)
        };
        self.reach = self.found.iter().scan(0, furthest).collect();
    }

    /// The passages among which are all that overlap `range`.
    pub(super) fn within(&self, range: &Range<usize>) -> &[(Range<usize>, Id)] {
        let first = self.reach.partition_point(|&reach| reach <= range.start);
        let end = self
            .found
            .partition_point(|(found, _)| found.start < range.end);
        &self.found[first.min(end)..end]
    }
}

/// Where the targets of `notes` are, each interview's text gone through once.
pub(super) fn places<I: Borrow<Interview>>(
    notes: &[&Note],
    interviews: &[I],
) -> HashMap<Id, Vec<Place>> {
    let mut places: Vec<Vec<Place>> = notes
        .iter()
        .map(|note| vec![Place::Away; note.targets.len()])
        .collect();
    let mut asked: Vec<Vec<(usize, usize, bool)>> = vec![Vec::new(); interviews.len()];
    for (n, note) in notes.iter().enumerate() {
        for (t, target) in note.targets.iter().enumerate() {
            let all = interviews.iter().map(Borrow::borrow);
            let Some((interview, same_text)) = target.source.among(all) else {
                continue;
            };
            // Of a text that is still being read nothing can be said to be missing, or to stand there once.
            if !interviews[interview].borrow().partial {
                asked[interview].push((n, t, same_text));
            }
        }
    }
    for (interview, asked) in asked.into_iter().enumerate() {
        let text = &interviews[interview].borrow().text;
        let anchors: Vec<_> = asked
            .iter()
            .map(|&(n, t, same_text)| (&notes[n].targets[t].anchor, same_text))
            .collect();
        for (&(n, t, _), found) in asked.iter().zip(anchor::find_all(text, &anchors)) {
            places[n][t] = match found {
                Ok(range) => Place::Here(Passage { interview, range }),
                Err(orphan) => Place::Orphan(orphan),
            };
        }
    }
    let ids = notes.iter().map(|note| note.id.clone());
    ids.zip(places).collect()
}
