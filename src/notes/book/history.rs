//! What was done with notes, and taking it back.
//!
//! Nothing is ever unwritten: undo writes the earlier version again, and a deletion is a line too.

use std::borrow::Borrow;

use jiff::Timestamp;

use super::Book;
use crate::interview::Interview;
use crate::notes::w3c::Line;
use crate::notes::{Id, Note};

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

/// From how many notes on it is quicker to look for all passages again than for each.
const MANY: usize = 64;

impl Book {
    /// Puts a note, new or changed. It can be undone, and is to be written.
    pub fn put<I: Borrow<Interview>>(&mut self, note: Note, interviews: &[I]) {
        let now = note.modified.or(note.created);
        self.change(vec![(note.id.clone(), Some(note))], now, interviews);
    }

    /// Deletes the note of this id at the time `now`; false where there is none. It can be undone, and is to be written.
    pub fn delete<I: Borrow<Interview>>(
        &mut self,
        id: &Id,
        now: Timestamp,
        interviews: &[I],
    ) -> bool {
        self.change(vec![(id.clone(), None)], Some(now), interviews) > 0
    }

    /// Puts each note as it is given, or deletes it where there is none, at the time `now`: one step, which is undone as a
    /// whole. Gives how many of them that has changed.
    pub fn change<I: Borrow<Interview>>(
        &mut self,
        notes: Vec<(Id, Option<Note>)>,
        now: Option<Timestamp>,
        interviews: &[I],
    ) -> usize {
        let change = |(id, after): (Id, Option<Note>)| {
            let before = self.store.note(&id).cloned();
            (before != after).then_some(Change { before, after })
        };
        let step: Vec<Change> = notes.into_iter().filter_map(change).collect();
        let count = step.len();
        if count > 0 {
            self.write(&step, now, interviews);
            self.undone.clear();
            self.done.push(step);
        }
        count
    }

    fn write<I: Borrow<Interview>>(
        &mut self,
        step: &[Change],
        when: Option<Timestamp>,
        interviews: &[I],
    ) {
        let lines = step.iter().filter_map(|change| match &change.after {
            Some(note) => Some(Line::Note(Box::new(note.clone()))),
            None => change.id().cloned().map(|id| Line::Deleted { id, when }),
        });
        lines.for_each(|line| self.store.push(line));
        if step.len() > MANY {
            return self.resolve(interviews);
        }
        for id in step.iter().filter_map(Change::id) {
            self.resolve_one(id, interviews);
        }
    }

    /// Takes the last step back, by writing the earlier versions again; gives its changes as they are now.
    ///
    /// # Errors
    /// When there is none, or when every note of it has been changed by another reader since.
    pub fn undo<I: Borrow<Interview>>(
        &mut self,
        now: Timestamp,
        interviews: &[I],
    ) -> Result<Vec<Change>, Kept> {
        let step = self.done.pop().ok_or(Kept::Nothing)?;
        let step = reversed(step);
        let step = self.write_unless_foreign(step, now, interviews)?;
        self.undone.push(reversed(step.clone()));
        Ok(step)
    }

    /// Does again what was last undone; gives its changes.
    ///
    /// # Errors
    /// As [`Book::undo`].
    pub fn redo<I: Borrow<Interview>>(
        &mut self,
        now: Timestamp,
        interviews: &[I],
    ) -> Result<Vec<Change>, Kept> {
        let step = self.undone.pop().ok_or(Kept::Nothing)?;
        let step = self.write_unless_foreign(step, now, interviews)?;
        self.done.push(step.clone());
        Ok(step)
    }

    /// Writes of `step` what no other reader has changed since, and gives that.
    fn write_unless_foreign<I: Borrow<Interview>>(
        &mut self,
        mut step: Vec<Change>,
        now: Timestamp,
        interviews: &[I],
    ) -> Result<Vec<Change>, Kept> {
        step.retain(|change| {
            let current = change.id().and_then(|id| self.store.note(id));
            current == change.before.as_ref()
        });
        if step.is_empty() {
            return Err(Kept::Foreign);
        }
        self.write(&step, Some(now), interviews);
        Ok(step)
    }
}

fn reversed(step: Vec<Change>) -> Vec<Change> {
    step.into_iter().rev().map(Change::reversed).collect()
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::pair;
    use super::*;
    use crate::files::{Appended, Mark};
    use crate::notes::tests::{at, note, uuid};
    use crate::notes::{Motivation, Store};

    fn texts(book: &Book) -> Vec<String> {
        book.notes()
            .map(|placed| placed.note.text().to_owned())
            .collect()
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
            &saved(crate::notes::w3c::write(&Line::Note(Box::new(theirs)))),
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

    #[test]
    fn what_was_done_to_several_notes_is_undone_at_once() {
        let both = pair();
        for count in [3, MANY + 1] {
            let mut book = Book::new(Store::default(), &both);
            let notes = (0..count).map(|n| {
                let n = u32::try_from(n).unwrap();
                note(n, Motivation::Commenting, "x", &both[0], "lesen")
            });
            let notes: Vec<_> = notes.map(|note| (note.id.clone(), Some(note))).collect();
            let ids: Vec<_> = notes.iter().map(|(id, _)| (id.clone(), None)).collect();
            assert_eq!(book.change(notes, None, &both), count);
            assert_eq!(book.change(ids.clone(), Some(at(9)), &both), count);
            assert_eq!(book.change(ids, Some(at(10)), &both), 0, "nothing is left");
            assert_eq!(book.notes().count(), 0);
            assert_eq!(book.undo(at(11), &both).unwrap().len(), count);
            assert_eq!(book.within(0, 0..both[0].text.len()).count(), count);
            assert_eq!(book.redo(at(12), &both).unwrap().len(), count);
            assert_eq!(book.notes().count(), 0);
        }
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
