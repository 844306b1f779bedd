//! The notes of the interviews that are open: each with the passages it has found, and what undo takes back.
//!
//! Pure: time comes from the caller, and what is to be written is given back as lines ([`Book::unsaved`]).

use std::borrow::Borrow;
use std::collections::HashMap;
use std::ops::Range;

use jiff::Timestamp;

use super::store::{Problem, Unsaved, Version};
use super::w3c::Line;
use super::{Id, Note, Orphan, Store, Verdict, anchor};
use crate::files::Appended;
use crate::interview::{Interview, Role};

/// A store and where its notes stand in the open interviews.
#[derive(Clone, Debug, Default)]
pub struct Book {
    store: Store,
    /// Where each note's targets are.
    places: HashMap<Id, Vec<Place>>,
    /// For each interview the passages that have been found in it, by start.
    marks: Vec<Marks>,
    /// For each interview the first with the same text: itself, unless the same file stands in both columns.
    first_alike: Vec<usize>,
    /// What was done, for undo; the last is the latest.
    done: Vec<Change>,
    /// What was undone, for redo; the last is the next.
    undone: Vec<Change>,
}

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
    /// The passages.
    pub passages: [Passage; 2],
}

/// What happened to a note: from what to what; none is not there.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What it was.
    pub before: Option<Note>,
    /// What it is.
    pub after: Option<Note>,
}

/// Why nothing was undone or redone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// There is nothing to take back.
    Nothing,
    /// Another reader has changed that note since; their wording stays.
    Foreign,
}

/// Passages by start, with what makes looking for those in a range quick.
#[derive(Clone, Debug, Default)]
struct Marks {
    /// The passages and whose they are.
    found: Vec<(Range<usize>, Id)>,
    /// The furthest end among the first passages, up to and with each.
    reach: Vec<usize>,
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
        self.marks = vec![Marks::default(); interviews.len()];
        let notes = self.store.notes();
        self.places = places(&notes, interviews);
        for note in notes {
            let places = self.places.get(&note.id).into_iter().flatten();
            for passage in places.filter_map(Place::here) {
                self.marks[passage.interview]
                    .found
                    .push((passage.range.clone(), note.id.clone()));
            }
        }
        self.marks.iter_mut().for_each(Marks::sort);
    }

    /// Where the note of this id stands has to be found, or forgotten, again.
    fn resolve_one<I: Borrow<Interview>>(&mut self, id: &Id, interviews: &[I]) {
        for marks in &mut self.marks {
            marks.found.retain(|(_, whose)| whose != id);
        }
        self.places.remove(id);
        if let Some(note) = self.store.note(id) {
            self.places.extend(places(&[note], interviews));
            let places = self.places.get(id).into_iter().flatten();
            for passage in places.filter_map(Place::here) {
                if let Some(marks) = self.marks.get_mut(passage.interview) {
                    marks.found.push((passage.range.clone(), id.clone()));
                }
            }
        }
        self.marks.iter_mut().for_each(Marks::sort);
    }

    /// All notes that there are, by creation: those of other interviews too.
    pub fn notes(&self) -> impl Iterator<Item = Placed<'_>> {
        self.store.notes().into_iter().map(|note| self.placed(note))
    }

    /// The note of this id, if there is one.
    #[must_use]
    pub fn note(&self, id: &Id) -> Option<Placed<'_>> {
        self.store.note(id).map(|note| self.placed(note))
    }

    fn placed<'a>(&'a self, note: &'a Note) -> Placed<'a> {
        Placed {
            note,
            places: self.places.get(&note.id).map_or(&[], Vec::as_slice),
        }
    }

    /// The notes with a passage in the bytes `range` of interview `interview`, each with that passage, by its start.
    /// An interview that stands in both columns has the same notes in both.
    pub fn within(
        &self,
        interview: usize,
        range: Range<usize>,
    ) -> impl Iterator<Item = (Range<usize>, &Note)> {
        let first = self
            .first_alike
            .get(interview)
            .and_then(|&first| self.marks.get(first));
        let found = first.map_or(&[][..], |marks| marks.within(&range));
        found
            .iter()
            .filter(move |(passage, _)| passage.start < range.end && passage.end > range.start)
            .filter_map(|(passage, id)| Some((passage.clone(), self.store.note(id)?)))
    }

    /// The notes of open interviews that have lost a passage, each with the reason.
    pub fn orphans(&self) -> impl Iterator<Item = (&Note, Orphan)> {
        self.notes()
            .filter_map(|placed| Some((placed.note, placed.orphan()?)))
    }

    /// What the reader has said of links between open interviews, oldest first.
    pub fn links(&self) -> impl Iterator<Item = Link> {
        self.notes().filter_map(|placed| {
            let [Place::Here(one), Place::Here(other)] = placed.places else {
                return None;
            };
            Some(Link {
                id: placed.note.id.clone(),
                verdict: placed.note.verdict()?,
                passages: [one.clone(), other.clone()],
            })
        })
    }

    /// The corrections of interview `interview`: a passage in a turn and the role it has, oldest first.
    pub fn roles(&self, interview: usize) -> impl Iterator<Item = (Range<usize>, Role)> {
        let first = self.first_alike.get(interview).copied();
        self.notes().filter_map(move |placed| {
            let role = placed.note.corrected_role()?;
            let passage = placed.places.iter().find_map(Place::here)?;
            (Some(passage.interview) == first).then(|| (passage.range.clone(), role))
        })
    }

    /// The store: versions, and what is deleted.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Puts a note, new or changed. It can be undone, and is to be written.
    pub fn put<I: Borrow<Interview>>(&mut self, note: Note, interviews: &[I]) {
        let before = self.store.note(&note.id).cloned();
        let now = note.modified.or(note.created);
        self.apply(
            Change {
                before,
                after: Some(note),
            },
            now,
            interviews,
        );
    }

    /// Deletes the note of this id at the time `now`; false where there is none. It can be undone, and is to be written.
    pub fn delete<I: Borrow<Interview>>(
        &mut self,
        id: &Id,
        now: Timestamp,
        interviews: &[I],
    ) -> bool {
        let before = self.store.note(id).cloned();
        let there = before.is_some();
        self.apply(
            Change {
                before,
                after: None,
            },
            Some(now),
            interviews,
        );
        there
    }

    fn apply<I: Borrow<Interview>>(
        &mut self,
        change: Change,
        now: Option<Timestamp>,
        interviews: &[I],
    ) {
        if change.before == change.after {
            return;
        }
        self.write(&change, now, interviews);
        self.undone.clear();
        self.done.push(change);
    }

    fn write<I: Borrow<Interview>>(
        &mut self,
        change: &Change,
        when: Option<Timestamp>,
        interviews: &[I],
    ) {
        let Some(id) = change.id().cloned() else {
            return;
        };
        self.store.push(match &change.after {
            Some(note) => Line::Note(Box::new(note.clone())),
            None => Line::Deleted {
                id: id.clone(),
                when,
            },
        });
        self.resolve_one(&id, interviews);
    }

    /// Takes the last change back, by writing the earlier version again; gives the change as it is now.
    ///
    /// # Errors
    /// When there is none, or when the note has been changed by another reader since.
    pub fn undo<I: Borrow<Interview>>(
        &mut self,
        now: Timestamp,
        interviews: &[I],
    ) -> Result<Change, Kept> {
        let change = self.done.pop().ok_or(Kept::Nothing)?.reversed();
        self.write_unless_foreign(&change, now, interviews)?;
        self.undone.push(change.clone().reversed());
        Ok(change)
    }

    /// Does again what was last undone; gives the change.
    ///
    /// # Errors
    /// As [`Book::undo`].
    pub fn redo<I: Borrow<Interview>>(
        &mut self,
        now: Timestamp,
        interviews: &[I],
    ) -> Result<Change, Kept> {
        let change = self.undone.pop().ok_or(Kept::Nothing)?;
        self.write_unless_foreign(&change, now, interviews)?;
        self.done.push(change.clone());
        Ok(change)
    }

    fn write_unless_foreign<I: Borrow<Interview>>(
        &mut self,
        change: &Change,
        now: Timestamp,
        interviews: &[I],
    ) -> Result<(), Kept> {
        let current = change.id().and_then(|id| self.store.note(id));
        if current != change.before.as_ref() {
            return Err(Kept::Foreign);
        }
        self.write(change, Some(now), interviews);
        Ok(())
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

impl Placed<'_> {
    /// Why it is an orphan, if it is one.
    #[must_use]
    pub fn orphan(&self) -> Option<Orphan> {
        self.places.iter().find_map(|place| match place {
            Place::Orphan(orphan) => Some(*orphan),
            Place::Here(_) | Place::Away => None,
        })
    }

    /// Its first passage in an open interview.
    #[must_use]
    pub fn passage(&self) -> Option<&Passage> {
        self.places.iter().find_map(Place::here)
    }
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

impl Change {
    /// The note's id.
    #[must_use]
    pub fn id(&self) -> Option<&Id> {
        self.after
            .as_ref()
            .or(self.before.as_ref())
            .map(|note| &note.id)
    }

    fn reversed(self) -> Change {
        Change {
            before: self.after,
            after: self.before,
        }
    }
}

impl Marks {
    fn sort(&mut self) {
        self.found
            .sort_by_key(|(range, _)| (range.start, range.end));
        let furthest = |reach: &mut usize, (range, _): &(Range<usize>, Id)| {
            *reach = range.end.max(*reach);
            Some(*reach)
        };
        self.reach = self.found.iter().scan(0, furthest).collect();
    }

    /// The passages among which are all that overlap `range`.
    fn within(&self, range: &Range<usize>) -> &[(Range<usize>, Id)] {
        let first = self.reach.partition_point(|&reach| reach <= range.start);
        let end = self
            .found
            .partition_point(|(found, _)| found.start < range.end);
        &self.found[first.min(end)..end]
    }
}

/// Where the targets of `notes` are, each interview's text gone through once.
fn places<I: Borrow<Interview>>(notes: &[&Note], interviews: &[I]) -> HashMap<Id, Vec<Place>> {
    let mut places: Vec<Vec<Place>> = notes
        .iter()
        .map(|note| vec![Place::Away; note.targets.len()])
        .collect();
    let mut asked: Vec<Vec<(usize, usize, bool)>> = vec![Vec::new(); interviews.len()];
    for (n, note) in notes.iter().enumerate() {
        for (t, target) in note.targets.iter().enumerate() {
            let all = interviews.iter().map(Borrow::borrow);
            if let Some((interview, same_text)) = target.source.among(all) {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{at, interview, note, uuid};
    use super::super::{Motivation, Target};
    use super::*;
    use crate::files::Mark;

    fn pair() -> [Interview; 2] {
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

    fn texts(book: &Book) -> Vec<String> {
        book.notes()
            .map(|placed| placed.note.text().to_owned())
            .collect()
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
        let answer = Target::passage(&both[1], both[1].paragraphs[1].clone());
        book.put(Note::role(uuid(2), at(2), Role::Remark, answer), &both);
        let roles: Vec<_> = book.roles(1).collect();
        assert_eq!(roles, [(both[1].paragraphs[1].clone(), Role::Remark)]);
        assert_eq!(book.roles(0).count(), 0);
    }

    #[test]
    fn undo_does_not_take_back_what_another_reader_wrote() {
        let both = pair();
        let mut book = Book::new(Store::default(), &both);
        let mine = note(1, Motivation::Commenting, "meins", &both[0], "lesen");
        book.put(mine.clone(), &both);
        let mut theirs = mine.clone();
        theirs.set_text("ihres", at(5));
        let saved = |others| Appended {
            mark: Mark::default(),
            others,
            anew: false,
        };
        book.saved(1, &saved(Vec::new()), &both);
        book.saved(
            0,
            &saved(super::super::w3c::write(&Line::Note(Box::new(theirs)))),
            &both,
        );
        assert_eq!(texts(&book), ["ihres"]);
        assert_eq!(book.undo(at(6), &both), Err(Kept::Foreign));
        assert_eq!(texts(&book), ["ihres"]);
        assert_eq!(book.undo(at(7), &both), Err(Kept::Nothing));
        assert_eq!(
            book.earlier(&mine.id).map(Note::text).collect::<Vec<_>>(),
            ["meins"]
        );
        assert!(!book.delete(&Id("urn:x:none".into()), at(8), &both));
    }

    #[derive(Clone, Debug)]
    enum Step {
        Put(u32, String),
        Delete(u32),
        Undo,
        Redo,
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            3 => (0u32..4, "[a-z]{1,3}").prop_map(|(n, text)| Step::Put(n, text)),
            1 => (0u32..4).prop_map(Step::Delete),
            2 => Just(Step::Undo),
            2 => Just(Step::Redo),
        ]
    }

    proptest! {
        /// The model is a list of the states there have been, and a place in it.
        #[test]
        fn undo_and_redo_walk_through_the_states_there_have_been(steps in prop::collection::vec(step(), 1..30)) {
            let both = pair();
            let mut book = Book::new(Store::default(), &both);
            let (mut states, mut now) = (vec![texts(&book)], 0);
            for (second, step) in (100..).zip(steps) {
                let second = at(second);
                match step {
                    Step::Put(n, text) => {
                        let fresh = note(n, Motivation::Commenting, "", &both[0], "lesen");
                        let mut note = book.note(&fresh.id).map_or(fresh, |p| p.note.clone());
                        note.set_text(&text, second);
                        book.put(note, &both);
                        states.truncate(now + 1);
                        states.push(texts(&book));
                        now += 1;
                    }
                    Step::Delete(n) => {
                        let id = uuid(n.into()).into();
                        if book.delete(&id, second, &both) {
                            states.truncate(now + 1);
                            states.push(texts(&book));
                            now += 1;
                        }
                    }
                    Step::Undo => {
                        prop_assert_eq!(book.undo(second, &both).is_ok(), now > 0);
                        now = now.saturating_sub(1);
                    }
                    Step::Redo => {
                        prop_assert_eq!(book.redo(second, &both).is_ok(), now + 1 < states.len());
                        now = (now + 1).min(states.len() - 1);
                    }
                }
                prop_assert_eq!(&texts(&book), &states[now]);
                let (replayed, problems) = Store::load(&book.unsaved().lines);
                prop_assert!(problems.is_empty());
                prop_assert_eq!(replayed.notes(), book.store().notes());
                let marks = book.within(0, 0..both[0].text.len()).count();
                prop_assert_eq!(marks, states[now].len());
            }
        }
    }
}
