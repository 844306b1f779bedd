//! Orphans: where they may stand, and setting them anew where the reader says.
//!
//! What was deleted, and every earlier wording, needs nothing of its own: [`Book::earlier`] has it, [`Book::put`] puts it.

use std::borrow::Borrow;

use jiff::Timestamp;

use super::{Book, Passage, places};
use crate::interview::Interview;
use crate::notes::{Id, Target, anchor};

impl Book {
    /// Where target `target` of the note of this id may stand, likeliest first, three places at most: for the reader to
    /// choose from, never to be taken unasked. None where its interview isn't open, or nothing in it is like the quote.
    #[must_use]
    pub fn likeliest<I: Borrow<Interview>>(
        &self,
        id: &Id,
        target: usize,
        interviews: &[I],
    ) -> Vec<Passage> {
        let target = self
            .store
            .note(id)
            .and_then(|note| note.targets.get(target));
        let home = target.and_then(|target| self.home(target, interviews));
        let (Some(target), Some(interview)) = (target, home) else {
            return Vec::new();
        };
        let text = &interviews[interview].borrow().text;
        let places = anchor::likeliest(text, &target.anchor).into_iter();
        places.map(|range| Passage { interview, range }).collect()
    }

    /// The open interview that `target` is of, by index.
    fn home<I: Borrow<Interview>>(&self, target: &Target, interviews: &[I]) -> Option<usize> {
        let known = target.source.among(interviews.iter().map(Borrow::borrow));
        known.map(|(index, _)| index).or_else(|| {
            let notes = self.store.notes();
            let text = &target.source.text;
            let all = notes.iter().flat_map(|note| &note.targets);
            let all: Vec<&Target> = all.filter(|other| &other.source.text == text).collect();
            places::version(text, &all, interviews)
        })
    }

    /// Sets target `target` of the note of this id on `passage`: a new line of the same id with a new anchor, so that the
    /// old one can be had back. False where there is no such note, target or interview. It can be undone, and is to be
    /// written.
    pub fn set_anew<I: Borrow<Interview>>(
        &mut self,
        id: &Id,
        target: usize,
        passage: &Passage,
        now: Timestamp,
        interviews: &[I],
    ) -> bool {
        let note = self.store.note(id).cloned();
        let (Some(mut note), Some(on)) = (note, interviews.get(passage.interview)) else {
            return false;
        };
        let Some(old) = note.targets.get_mut(target) else {
            return false;
        };
        *old = Target {
            scope: old.scope.clone(),
            rest: std::mem::take(&mut old.rest),
            // Other selectors are of the old text, and several must not say different things.
            ..Target::passage(on.borrow(), passage.range.clone())
        };
        note.change(now);
        self.put(note, interviews);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::Place;
    use super::*;
    use crate::notes::tests::{at, interview, note, uuid};
    use crate::notes::{Motivation, Note, Store};

    fn places(book: &Book) -> Vec<Place> {
        book.notes()
            .flat_map(|placed| placed.places)
            .cloned()
            .collect()
    }

    #[test]
    fn an_orphan_is_set_anew_where_the_reader_says_and_back() {
        let mut on = [interview(
            "anna",
            &["Was tun Sie?", "Lesen, schreiben und wieder lesen."],
        )];
        let mut book = Book::new(Store::default(), &on);
        let id: Id = uuid(1).into();
        book.put(
            note(
                1,
                Motivation::Commenting,
                "Aha.",
                &on[0],
                "schreiben und wieder",
            ),
            &on,
        );
        on[0] = interview(
            "anna",
            &["Was tun Sie?", "Lesen. Schreiben, und wieder lesen."],
        );
        book.resolve(&on);
        assert!(matches!(places(&book)[..], [Place::Orphan(_)]));
        let likeliest = book.likeliest(&id, 0, &on);
        assert!(
            on[0].text[likeliest[0].range.clone()].contains("und"),
            "{likeliest:?}"
        );
        assert!(book.likeliest(&id, 1, &on).is_empty());
        assert!(book.likeliest(&id, 0, &on[..0]).is_empty());
        let start = on[0].text.find("Schreiben").unwrap();
        let passage = Passage {
            interview: 0,
            range: start..start + 9,
        };
        assert!(book.set_anew(&id, 0, &passage, at(5), &on));
        assert_eq!(places(&book), [Place::Here(passage.clone())]);
        assert_eq!(book.note(&id).unwrap().note.modified, Some(at(5)));
        assert_eq!(
            book.earlier(&id).next().unwrap().targets[0].anchor.exact,
            "schreiben und wieder"
        );
        assert!(!book.set_anew(&id, 1, &passage, at(6), &on));
        assert!(!book.set_anew(&uuid(2).into(), 0, &passage, at(6), &on));
        book.undo(at(7), &on).unwrap();
        assert!(matches!(places(&book)[..], [Place::Orphan(_)]));
    }

    #[test]
    fn an_orphan_of_a_version_that_only_its_quotes_know_has_likeliest_places_too() {
        let said = "Lesen, schreiben und wieder lesen, von morgens bis abends.";
        let old = interview("anna", &["Was tun Sie den ganzen Tag?", said]);
        let mut book = Book::new(Store::default(), std::slice::from_ref(&old));
        book.put(
            note(1, Motivation::Commenting, "", &old, said),
            std::slice::from_ref(&old),
        );
        book.put(
            note(2, Motivation::Commenting, "", &old, "den ganzen Tag?"),
            std::slice::from_ref(&old),
        );
        let mut new = interview("neu", &["Was tun Sie denn so am ganzen Tag?", said]);
        new.name = "anna".into();
        let new = [new];
        book.resolve(&new);
        assert!(matches!(
            places(&book)[..],
            [Place::Here(_), Place::Orphan(_)]
        ));
        assert_eq!(book.likeliest(&uuid(2).into(), 0, &new)[0].interview, 0);
    }

    #[test]
    fn what_was_deleted_or_worded_otherwise_is_had_back() {
        let on = [interview("anna", &["Was tun Sie?", "Lesen."])];
        let mut book = Book::new(Store::default(), &on);
        let first = note(1, Motivation::Commenting, "eins", &on[0], "Lesen.");
        let id = first.id.clone();
        let mut second = first.clone();
        second.set_text("zwei", at(2));
        book.put(first, &on);
        book.put(second, &on);
        book.delete(&id, at(3), &on);
        assert_eq!(book.store().deleted().len(), 1);
        let wordings: Vec<Note> = book.earlier(&id).cloned().collect();
        assert_eq!(
            wordings.iter().map(Note::text).collect::<Vec<_>>(),
            ["zwei", "eins"]
        );
        book.put(wordings[1].clone(), &on);
        assert_eq!(book.note(&id).unwrap().note.text(), "eins");
        assert!(book.store().deleted().is_empty());
        book.undo(at(4), &on).unwrap();
        assert!(book.note(&id).is_none());
    }
}
