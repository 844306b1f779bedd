//! The notes of the interviews that are open: each with the passages it has found, and what undo takes back.
//!
//! Pure: time comes from the caller, and what is to be written is given back as lines ([`Book::unsaved`]).

mod anew;
mod history;
mod marks;
mod places;

use std::borrow::Borrow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

pub use history::{Change, Kept};
pub use marks::Mark;
use marks::Marks;
pub use places::{Passage, Place};

use super::store::{Problem, Unsaved, Version};
use super::{Id, Kinds, Note, Orphan, Source, Store, Verdict};
use crate::files::Appended;
use crate::interview::{Correction, Interview};

/// A store and where its notes stand in the open interviews.
#[derive(Clone, Debug, Default)]
pub struct Book {
    store: Store,
    /// The kinds of highlight that the reader uses.
    pub kinds: Arc<Kinds>,
    /// Where the targets of those notes are that are on open interviews.
    places: HashMap<Id, Vec<Place>>,
    /// Where those of the others are, as many as any note has.
    away: Vec<Place>,
    /// For each interview the passages that have been found in it, by start.
    marks: Vec<Marks>,
    /// For each interview the first with the same text: itself, unless the same file stands in both columns.
    first_alike: Vec<usize>,
    /// The links and corrections with a passage in an open interview, by creation: they are asked for at every change,
    /// and there may be 100,000 notes beside them.
    structural: Vec<Id>,
    /// What was done, step by step, for undo; the last is the latest.
    done: Vec<Vec<Change>>,
    /// What was undone, for redo; the last is the next.
    undone: Vec<Vec<Change>>,
}

/// A note with where its targets are, in their order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed<'a> {
    /// The note.
    pub note: &'a Note,
    /// Its places, one a target.
    pub places: &'a [Place],
}

/// A link, with the exchanges' passages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The note that says so.
    pub id: Id,
    /// What it says.
    pub verdict: Verdict,
    /// What they are about, where the reader has named it.
    pub theme: Option<String>,
    /// The passages.
    pub passages: [Passage; 2],
}

impl Book {
    /// The notes of `store`, and where they stand in `interviews`.
    #[must_use]
    pub fn new<I: Borrow<Interview>>(store: Store, interviews: &[I]) -> Book {
        let mut book = Book {
            store,
            ..Book::default()
        };
        book.resolve(interviews);
        book
    }

    /// Looks for all passages again, after `interviews` have been read anew or changed.
    pub fn resolve<I: Borrow<Interview>>(&mut self, interviews: &[I]) {
        self.first_alike = interviews
            .iter()
            .map(|one| {
                let text = &one.borrow().identity.text;
                let alike = |other: &I| !text.is_empty() && &other.borrow().identity.text == text;
                interviews.iter().position(alike)
            })
            .enumerate()
            .map(|(index, first)| first.unwrap_or(index))
            .collect();
        self.structural.clear();
        let open = |source: &Source| {
            let all = interviews.iter().map(Borrow::borrow);
            let label = source.label.as_deref().filter(|label| !label.is_empty());
            source.among(all.clone()).is_some()
                || label.is_some_and(|label| all.clone().any(|one| one.label() == label))
        };
        let notes = self.store.notes_on(open);
        self.away = vec![Place::Away; self.store.most_targets()];
        self.places = places::places(&notes, interviews);
        let mut found: Vec<Vec<(Range<usize>, &Note)>> = vec![Vec::new(); interviews.len()];
        for note in notes {
            let places = self.places.get(&note.id).into_iter().flatten();
            if is_structural(note) && places.clone().any(|place| place.here().is_some()) {
                self.structural.push(note.id.clone());
            }
            for passage in places.filter_map(Place::here) {
                found[passage.interview].push((passage.range.clone(), note));
            }
        }
        let found = found.into_iter().map(Vec::into_iter);
        self.marks = found.map(Marks::new).collect();
    }

    /// Where the note of this id stands has to be found, or forgotten, again.
    fn resolve_one<I: Borrow<Interview>>(&mut self, id: &Id, interviews: &[I]) {
        let before = self.places.remove(id).unwrap_or_default();
        for passage in before.iter().filter_map(Place::here) {
            if let Some(marks) = self.marks.get_mut(passage.interview) {
                marks.remove(&passage.range, id);
            }
        }
        self.structural.retain(|known| known != id);
        if let Some(note) = self.store.note(id) {
            self.places.extend(places::places(&[note], interviews));
            self.away.resize(self.store.most_targets(), Place::Away);
            let places = self.places.get(id).into_iter().flatten();
            if is_structural(note) && places.clone().any(|place| place.here().is_some()) {
                let created = |id: &Id| self.store.note(id).and_then(|note| note.created);
                let at = self
                    .structural
                    .partition_point(|known| created(known) <= note.created);
                self.structural.insert(at, id.clone());
            }
            for passage in places.filter_map(Place::here) {
                if let Some(marks) = self.marks.get_mut(passage.interview) {
                    marks.add(&passage.range, note);
                }
            }
        }
    }

    /// All notes that there are, by creation: those of other interviews too.
    pub fn notes(&self) -> impl Iterator<Item = Placed<'_>> {
        self.store.notes().into_iter().map(|note| self.placed(note))
    }

    fn structural(&self) -> impl Iterator<Item = Placed<'_>> {
        self.structural.iter().filter_map(|id| self.note(id))
    }

    /// The note of this id, if there is one.
    #[must_use]
    pub fn note(&self, id: &Id) -> Option<Placed<'_>> {
        self.store.note(id).map(|note| self.placed(note))
    }

    fn placed<'a>(&'a self, note: &'a Note) -> Placed<'a> {
        Placed {
            note,
            places: match self.places.get(&note.id) {
                Some(places) => places,
                None => self.away.get(..note.targets.len()).unwrap_or_default(),
            },
        }
    }

    /// The passages with notes in the bytes `range` of interview `interview`, by start. An interview that stands in both
    /// columns has the same notes in both.
    pub fn marks(&self, interview: usize, range: Range<usize>) -> impl Iterator<Item = &Mark> {
        let first = self.first_alike.get(interview);
        let marks = first.and_then(|&first| self.marks.get(first));
        marks
            .into_iter()
            .flat_map(move |marks| marks.within(range.clone()))
    }

    /// The notes with a passage in the bytes `range` of interview `interview`, each with that passage, by its start.
    pub fn within(
        &self,
        interview: usize,
        range: Range<usize>,
    ) -> impl Iterator<Item = (Range<usize>, &Note)> {
        self.marks(interview, range)
            .flat_map(|mark| mark.ids().map(|id| (&mark.range, id)))
            .filter_map(|(range, id)| Some((range.clone(), self.store.note(id)?)))
    }

    /// The notes of `mark` that have something to say, in the order in which they came.
    pub fn saying<'a>(&'a self, mark: &'a Mark) -> impl Iterator<Item = &'a Note> {
        mark.saying().filter_map(|id| self.store.note(id))
    }

    /// Of the notes in the bytes `range` of interview `interview` the one that was changed last.
    #[must_use]
    pub fn latest(&self, interview: usize, range: Range<usize>) -> Option<&Note> {
        let marks = self.marks(interview, range).filter_map(Mark::latest);
        let (_, id) = marks.max_by_key(|(changed, _)| *changed)?;
        self.store.note(id)
    }

    /// Whether `passage` stands in interview `interview`, or in one with the same text.
    #[must_use]
    pub fn stands_in(&self, passage: &Passage, interview: usize) -> bool {
        self.first_alike.get(interview) == Some(&passage.interview)
    }

    /// The notes of open interviews that have lost a passage, each with the reason, by creation.
    pub fn orphans(&self) -> impl Iterator<Item = (&Note, Orphan)> {
        let lost = self
            .places
            .iter()
            .filter_map(|(id, places)| Some((id, orphan(places)?)));
        let mut orphans: Vec<_> = lost
            .filter_map(|(id, why)| Some((self.store.note(id)?, why)))
            .collect();
        orphans.sort_by_key(|(note, _)| (note.created, &note.id));
        orphans.into_iter()
    }

    /// What the reader has said of links between open interviews, oldest first.
    pub fn links(&self) -> impl Iterator<Item = Link> {
        self.structural().filter_map(|placed| {
            let [Place::Here(one), Place::Here(other)] = placed.places else {
                return None;
            };
            Some(Link {
                id: placed.note.id.clone(),
                verdict: placed.note.verdict()?,
                theme: placed.note.theme().map(str::to_owned),
                passages: [one.clone(), other.clone()],
            })
        })
    }

    /// The corrections of the structure of interview `interview`, each with its note and passage, oldest first.
    pub fn corrections(
        &self,
        interview: usize,
    ) -> impl Iterator<Item = (&Id, Range<usize>, Correction)> {
        self.structural().filter_map(move |placed| {
            let correction = placed.note.corrects()?;
            let passage = placed.passage()?;
            self.stands_in(passage, interview)
                .then(|| (&placed.note.id, passage.range.clone(), correction))
        })
    }

    /// The store: versions, and what is deleted.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The earlier versions of the note of this id, latest first.
    pub fn earlier(&self, id: &Id) -> impl Iterator<Item = &Note> {
        let versions = self.store.versions(id);
        versions.iter().rev().skip(1).filter_map(Version::note)
    }

    /// What is to be written.
    #[must_use]
    pub fn unsaved(&self) -> Unsaved {
        self.store.unsaved()
    }

    /// The first `count` of the changes to be written have been, and `appended` was found on doing so. Gives the lines
    /// of others that can't be read.
    pub fn saved<I: Borrow<Interview>>(
        &mut self,
        count: usize,
        appended: &Appended,
        interviews: &[I],
    ) -> Vec<Problem> {
        let problems = self.store.saved(count, appended);
        if appended.anew || !appended.others.is_empty() {
            self.resolve(interviews);
        }
        problems
    }
}

/// Whether a note says something of the structure of interviews.
fn is_structural(note: &Note) -> bool {
    note.verdict().is_some() || note.corrects().is_some()
}

/// Why one of a note's passages is lost, if one is.
fn orphan(places: &[Place]) -> Option<Orphan> {
    places.iter().find_map(|place| match place {
        Place::Orphan(orphan) => Some(*orphan),
        Place::Here(_) | Place::Away => None,
    })
}

impl Placed<'_> {
    /// Why it is an orphan, if it is one.
    #[must_use]
    pub fn orphan(&self) -> Option<Orphan> {
        orphan(self.places)
    }

    /// Its first passage in an open interview.
    #[must_use]
    pub fn passage(&self) -> Option<&Passage> {
        self.places.iter().find_map(Place::here)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::tests::{at, interview, note, uuid};
    use super::super::{Motivation, Target};
    use super::*;
    use crate::interview::Role;

    pub(super) fn pair() -> [Interview; 2] {
        let one = [
            "Was tun Sie den lieben langen Tag?",
            "Lesen, schreiben und wieder lesen.",
        ];
        let two = [
            "Wem vertrauen Sie?",
            "Nur den Leuten, die mir widersprechen.",
        ];
        [interview("eins", &one), interview("zwei", &two)]
    }

    fn within<'a>(book: &'a Book, interview: usize, on: &Interview, passage: &str) -> Vec<&'a str> {
        let start = on.text.find(passage).unwrap();
        book.within(interview, start..start + passage.len())
            .map(|(_, note)| note.text())
            .collect()
    }

    #[test]
    fn a_note_stands_at_its_passage_and_nowhere_else() {
        let both = pair();
        let mut book = Book::new(Store::default(), &both);
        book.put(
            note(1, Motivation::Commenting, "lang", &both[0], "lieben langen"),
            &both,
        );
        book.put(
            note(2, Motivation::Commenting, "alles", &both[0], &both[0].text),
            &both,
        );
        book.put(
            note(3, Motivation::Commenting, "oho", &both[1], "widersprechen"),
            &both,
        );
        assert_eq!(within(&book, 0, &both[0], "langen Tag"), ["alles", "lang"]);
        assert_eq!(within(&book, 0, &both[0], "wieder"), ["alles"]);
        assert_eq!(within(&book, 1, &both[1], "widersprechen"), ["oho"]);
        assert!(within(&book, 1, &both[1], "Leuten").is_empty());
        assert_eq!(book.within(7, 0..9).count(), 0);
    }

    #[test]
    fn another_file_in_the_place_of_the_notes_is_what_counts() {
        let both = pair();
        let mut book = Book::new(Store::default(), &both);
        book.put(
            note(1, Motivation::Commenting, "weg", &both[0], "lieben langen"),
            &both,
        );
        let mut found = Appended {
            mark: Default::default(),
            others: Vec::new(),
            anew: false,
        };
        book.saved(1, &found, &both);
        assert_eq!(within(&book, 0, &both[0], "langen"), ["weg"]);
        assert!(
            within(&book, 0, &both[0], "Was tun").is_empty(),
            "it ends before"
        );
        found.anew = true;
        book.saved(0, &found, &both);
        assert!(within(&book, 0, &both[0], "langen").is_empty());
    }

    #[test]
    fn a_link_to_an_interview_that_is_away_says_nothing_yet() {
        let both = pair();
        let exchanges = [0, 1].map(|i| Target::exchange(&both[i], 0).unwrap());
        let link = Note::link(uuid(1), at(1), Verdict::Confirmed, exchanges);
        let mut book = Book::new(Store::default(), &both[..1]);
        book.put(link.clone(), &both[..1]);
        assert_eq!(book.links().count(), 0, "one side is not open");
        book.resolve(&both);
        assert_eq!(book.links().count(), 1);
        let mut away = Book::new::<Interview>(Store::default(), &[]);
        away.put(link, &[] as &[Interview]);
        assert_eq!(away.links().count(), 0);
    }

    #[test]
    fn a_passage_tells_what_is_said_of_it_and_what_came_last() {
        let both = pair();
        let mut book = Book::new(Store::default(), &both);
        for (n, text) in [(2, "danach"), (1, "zuerst")] {
            let note = note(n, Motivation::Commenting, text, &both[0], "lieben langen");
            book.put(note, &both);
        }
        let mark = book.marks(0, 0..both[0].text.len()).next().unwrap();
        let said: Vec<&str> = book.saying(mark).map(Note::text).collect();
        assert_eq!(said, ["danach", "zuerst"], "as they came");
        let latest = book.latest(0, mark.range.clone()).unwrap();
        assert_eq!(latest.text(), "danach");
        assert!(book.latest(1, 0..9).is_none());
        let shared = book.store.shared(&latest.id).unwrap();
        assert_eq!(&**shared, latest);
    }

    #[test]
    fn a_link_that_lost_both_its_exchanges_says_nothing_any_more() {
        let mut both = pair();
        let exchanges = [0, 1].map(|i| Target::exchange(&both[i], 0).unwrap());
        let link = Note::link(uuid(1), at(1), Verdict::Confirmed, exchanges);
        let mut book = Book::new(Store::default(), &both);
        book.put(link, &both);
        both = ["eins", "zwei"].map(|name| interview(name, &["Und sonst?", "Nichts."]));
        book.resolve(&both);
        assert_eq!((book.links().count(), book.orphans().count()), (0, 1));
    }

    #[test]
    fn interviews_without_an_identity_are_not_the_same() {
        let mut both = pair();
        for one in &mut both {
            one.identity.text.clear();
        }
        let book = Book::new(Store::default(), &both);
        let passage = Passage {
            interview: 0,
            range: 0..3,
        };
        assert!(book.stands_in(&passage, 0) && !book.stands_in(&passage, 1));
    }

    #[test]
    fn lost_notes_are_listed_by_creation() {
        let mut both = pair();
        let mut book = Book::new(Store::default(), &both);
        for (n, words) in [(2, "lieben langen"), (1, "langen Tag")] {
            book.put(
                note(n, Motivation::Commenting, words, &both[0], words),
                &both,
            );
        }
        both[0] = interview("eins", &["Und sonst?", "Nichts."]);
        book.resolve(&both);
        let lost: Vec<&str> = book.orphans().map(|(note, _)| note.text()).collect();
        assert_eq!(lost, ["langen Tag", "lieben langen"]);
        assert!(book.notes().all(|placed| placed.orphan().is_some()));
    }

    #[test]
    fn the_same_interview_twice_shows_its_notes_twice() {
        let one = pair()[0].clone();
        let both = [one.clone(), one];
        let mut book = Book::new(Store::default(), &both);
        book.put(
            note(1, Motivation::Commenting, "hm", &both[1], "schreiben"),
            &both,
        );
        assert_eq!(within(&book, 0, &both[0], "schreiben"), ["hm"]);
        assert_eq!(within(&book, 1, &both[1], "schreiben"), ["hm"]);
    }

    #[test]
    fn notes_go_along_with_an_edited_interview_or_say_that_they_are_lost() {
        let mut both = pair();
        let mut book = Book::new(Store::default(), &both);
        book.put(
            note(
                1,
                Motivation::Commenting,
                "bleibt",
                &both[0],
                "schreiben und wieder lesen",
            ),
            &both,
        );
        book.put(
            note(2, Motivation::Commenting, "geht", &both[0], "lieben langen"),
            &both,
        );
        let edited = interview(
            "eins",
            &["Und sonst?", "Lesen, schreiben und wieder lesen."],
        );
        both[0] = edited;
        book.resolve(&both);
        assert_eq!(within(&book, 0, &both[0], "schreiben"), ["bleibt"]);
        let orphans: Vec<_> = book
            .orphans()
            .map(|(note, why)| (note.text(), why))
            .collect();
        assert_eq!(orphans, [("geht", Orphan::Gone)]);
        both[0].partial = true;
        book.resolve(&both);
        assert!(book.notes().all(|placed| placed.places == [Place::Away]));
        book.resolve(&both[1..]);
        assert!(book.notes().all(|placed| placed.places == [Place::Away]));
        assert_eq!(book.orphans().count(), 0);
    }

    #[test]
    fn links_and_corrections_come_out_as_passages() {
        let both = pair();
        let mut book = Book::new(Store::default(), &both);
        let exchanges = [0, 1].map(|i| Target::exchange(&both[i], 0).unwrap());
        book.put(
            Note::link(uuid(1), at(1), Verdict::Confirmed, exchanges),
            &both,
        );
        let link = book.links().next().unwrap();
        assert_eq!(link.verdict, Verdict::Confirmed);
        assert_eq!(
            &both[1].text[link.passages[1].range.clone()],
            "Wem vertrauen Sie?"
        );
        let answer = Target::passage(&both[1], both[1].paragraphs[1].range());
        let remark = Correction::Role(Role::Remark);
        book.put(Note::correction(uuid(2), at(2), remark, answer), &both);
        let corrections: Vec<_> = book
            .corrections(1)
            .map(|(_, at, what)| (at, what))
            .collect();
        assert_eq!(corrections, [(both[1].paragraphs[1].range(), remark)]);
        assert_eq!(book.corrections(0).count(), 0);
    }
}
