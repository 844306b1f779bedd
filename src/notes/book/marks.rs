//! The passages of an interview that notes stand on, and what is seen of them: a sign, a ground, a footnote.
//!
//! Many notes may stand on one passage, and a passage is looked at with every key: what it shows is told once, when a note
//! comes or goes.

use std::ops::Range;

use jiff::Timestamp;

use crate::notes::{Highlight, Id, Kind, Note};

/// How many passages one reach stands for: looking for some among 100,000 skips them by so many.
const CHUNK: usize = 64;

/// A passage with the notes that stand on it.
#[derive(Clone, Debug, Default)]
pub struct Mark {
    /// The bytes of the text.
    pub range: Range<usize>,
    /// The notes, in the order in which they came.
    notes: Vec<Standing>,
    /// The weightiest kind among them, where any has a sign.
    pub sign: Option<Kind>,
    /// How the passage is highlighted; of several grounds each once, the last to be laid last.
    pub grounds: Vec<Highlight>,
    /// Which of the notes have something to say, by place.
    saying: Vec<usize>,
}

/// A note on a passage.
#[derive(Clone, Debug)]
struct Standing {
    id: Id,
    kind: Kind,
    ground: Option<Highlight>,
    says: bool,
    changed: Option<Timestamp>,
}

/// The passages of an interview by start, with what makes looking for those in a range quick.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    marks: Vec<Mark>,
    /// The furthest end among every [`CHUNK`] passages.
    reach: Vec<usize>,
}

impl Mark {
    /// The notes, in the order in which they came.
    pub(super) fn ids(&self) -> impl Iterator<Item = &Id> {
        self.notes.iter().map(|standing| &standing.id)
    }

    /// How many of the notes have something to say.
    #[must_use]
    pub fn says(&self) -> usize {
        self.saying.len()
    }

    /// Those that have something to say.
    pub(super) fn saying(&self) -> impl Iterator<Item = &Id> {
        let standing = self.saying.iter().filter_map(|&at| self.notes.get(at));
        standing.map(|standing| &standing.id)
    }

    /// The note shown that was changed last, and when.
    pub(super) fn latest(&self) -> Option<(Option<Timestamp>, &Id)> {
        let shown = self.notes.iter().filter(|s| s.kind.weight().is_some());
        let latest = shown.max_by_key(|standing| standing.changed)?;
        Some((latest.changed, &latest.id))
    }

    /// Tells anew what is seen of it.
    fn tell(&mut self) {
        let shown = || {
            let all = self.notes.iter().enumerate();
            all.filter(|(_, standing)| standing.kind.weight().is_some())
        };
        let kinds = shown().map(|(_, standing)| &standing.kind);
        self.sign = kinds.max_by_key(|kind| kind.weight()).cloned();
        self.saying = shown().filter(|(_, s)| s.says).map(|(at, _)| at).collect();
        let mut grounds: Vec<Highlight> = Vec::new();
        for (_, standing) in shown().collect::<Vec<_>>().into_iter().rev() {
            if let Some(ground) = &standing.ground
                && !grounds.contains(ground)
            {
                grounds.push(ground.clone());
            }
        }
        grounds.reverse();
        self.grounds = grounds;
    }
}

impl From<&Note> for Standing {
    fn from(note: &Note) -> Standing {
        Standing {
            id: note.id.clone(),
            kind: note.kind(),
            ground: note.ground(),
            says: !note.text().trim().is_empty() || note.tags().next().is_some(),
            changed: note.modified.or(note.created),
        }
    }
}

impl Marks {
    /// The passages of `notes`, given in the order in which they came.
    pub(super) fn new<'a>(notes: impl Iterator<Item = (Range<usize>, &'a Note)>) -> Marks {
        let mut all: Vec<(Range<usize>, &Note)> = notes.collect();
        all.sort_by_key(|(range, _)| (range.start, range.end));
        let alike = all.chunk_by(|(one, _), (other, _)| one == other);
        let marks = alike.map(|alike| {
            let mut mark = Mark {
                range: alike[0].0.clone(),
                notes: alike.iter().map(|(_, note)| (*note).into()).collect(),
                ..Mark::default()
            };
            mark.tell();
            mark
        });
        let mut marks = Marks {
            marks: marks.collect(),
            ..Marks::default()
        };
        marks.reach_anew();
        marks
    }

    fn reach_anew(&mut self) {
        let furthest = |marks: &[Mark]| marks.iter().map(|mark| mark.range.end).max();
        self.reach = self.marks.chunks(CHUNK).filter_map(furthest).collect();
    }

    fn place(&self, range: &Range<usize>) -> Result<usize, usize> {
        let key = |range: &Range<usize>| (range.start, range.end);
        self.marks
            .binary_search_by_key(&key(range), |mark| key(&mark.range))
    }

    /// Lets `note` stand on the passage `range` too.
    pub(super) fn add(&mut self, range: &Range<usize>, note: &Note) {
        let at = self.place(range).unwrap_or_else(|at| {
            let range = range.clone();
            self.marks.insert(
                at,
                Mark {
                    range,
                    ..Mark::default()
                },
            );
            self.reach_anew();
            at
        });
        let mark = &mut self.marks[at];
        mark.notes.push(note.into());
        mark.tell();
    }

    /// Takes the note of this id from the passage `range`.
    pub(super) fn remove(&mut self, range: &Range<usize>, id: &Id) {
        let Ok(at) = self.place(range) else { return };
        let mark = &mut self.marks[at];
        mark.notes.retain(|standing| &standing.id != id);
        mark.tell();
        if mark.notes.is_empty() {
            self.marks.remove(at);
            self.reach_anew();
        }
    }

    /// The passages that overlap `range`, by start.
    pub(super) fn within(&self, range: Range<usize>) -> impl Iterator<Item = &Mark> {
        let chunks = self.marks.chunks(CHUNK).zip(&self.reach);
        let begun = range.end;
        let chunks = chunks.take_while(move |(marks, _)| {
            let first = marks.first();
            first.is_some_and(|mark| mark.range.start < begun)
        });
        let reached = chunks.filter(move |(_, reach)| **reach > range.start);
        let marks = reached.flat_map(|(marks, _)| marks);
        marks.filter(move |mark| mark.range.start < range.end && mark.range.end > range.start)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::notes::tests::{at, uuid};
    use crate::notes::{Motivation, Target};

    fn note(n: u32, motivation: Motivation, text: &str) -> Note {
        let targets = vec![Target::default()];
        Note::new(uuid(n.into()), at(n.into()), motivation, text, targets)
    }

    #[test]
    fn a_passage_shows_what_says_most_of_all_that_stands_on_it() {
        let mut quote = note(1, Motivation::Highlighting, "");
        quote.set_highlight(&Highlight::Quote, at(9));
        let plain = note(2, Motivation::Highlighting, "");
        let mut marks = Marks::new([(3..8, &quote), (3..8, &plain)].into_iter());
        marks.add(&(3..8), &note(3, Motivation::Tagging, "geld"));
        marks.add(&(3..8), &note(4, Motivation::Linking, "confirmed"));
        let here = |marks: &Marks| marks.within(7..8).next().cloned();
        let mark = here(&marks).unwrap();
        assert_eq!(mark.sign, Some(Kind::Of(Motivation::Tagging)));
        assert_eq!(mark.grounds, [Highlight::Quote, Highlight::Plain]);
        assert_eq!((mark.ids().count(), mark.says()), (4, 1));
        assert_eq!(mark.latest(), Some((Some(at(9)), &quote.id)));
        for n in [1, 3] {
            marks.remove(&(3..8), &uuid(n).into());
        }
        let mark = here(&marks).unwrap();
        assert_eq!(mark.sign, Some(Kind::Highlight(Highlight::Plain)));
        for n in [2, 4] {
            marks.remove(&(3..8), &uuid(n).into());
        }
        assert!(here(&marks).is_none());
        marks.remove(&(3..8), &quote.id);
        assert!(here(&marks).is_none(), "what has gone can't go");
    }

    proptest! {
        /// The model goes through all of them.
        #[test]
        fn passages_in_a_range_are_those_that_overlap_it(
            mut ranges in prop::collection::vec((0usize..300, 1usize..40), 0..200),
            (start, long) in (0usize..300, 0usize..60),
        ) {
            let any = note(1, Motivation::Bookmarking, "");
            ranges.push((0, 400));
            let ranges: Vec<_> = ranges.iter().map(|(at, long)| *at..at + long).collect();
            let (first, later) = ranges.split_at(ranges.len() / 2);
            let mut marks = Marks::new(first.iter().map(|range| (range.clone(), &any)));
            later.iter().for_each(|range| marks.add(range, &any));
            let found: Vec<_> = marks.within(start..start + long).map(|mark| mark.range.clone()).collect();
            let mut all = ranges;
            all.sort_by_key(|range| (range.start, range.end));
            all.dedup();
            all.retain(|range| range.start < start + long && range.end > start);
            prop_assert_eq!(found, all);
        }
    }
}
