//! Tags: giving them to several notes at once, and the list of them.

use super::board::Board;
use super::editor::Editor;
use super::effect::Effect;
use super::message::Moment;
use super::picker::{Choice, Item, Picker};
use super::{App, Overlay};
use crate::notes::draft::Onto;
use crate::notes::tags::typed;
use crate::notes::{Motivation, Note};

impl App {
    /// Lets the reader type the tags of several notes: those that all of them have stand there already.
    pub(super) fn tag_several(&mut self, notes: Vec<Note>, moment: Moment) {
        let Some((first, others)) = notes.split_first() else {
            return;
        };
        let of_all = |tag: &&str| {
            others
                .iter()
                .all(|note| note.tags().any(|other| other == *tag))
        };
        let had: Vec<String> = first.tags().filter(of_all).map(str::to_owned).collect();
        let targets = first.targets.clone();
        let mut note = Note::new(moment.id, moment.time, Motivation::Tagging, "", targets);
        note.set_tags(&had, moment.time);
        let mut editor = Editor::new(note, false);
        editor.onto = Some(Onto {
            notes: notes.into_iter().map(|note| note.id).collect(),
            had,
        });
        editor.from = match self.overlay.take() {
            Some(Overlay::Notes(board)) => Some(board),
            _ => None,
        };
        self.overlay = Some(Overlay::Editor(Box::new(editor)));
    }

    /// Gives the notes of `onto` the tags typed; those that all had and that were taken out go.
    pub(super) fn tagged(
        &mut self,
        onto: &Onto,
        words: &str,
        moment: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let tags = typed(words);
        let notes = onto.notes.iter().filter_map(|id| {
            let mut note = self.annotations.book.note(id)?.note.clone();
            let stays = |tag: &&str| {
                !onto.had.iter().any(|had| had == tag) || tags.iter().any(|typed| typed == tag)
            };
            let mut all: Vec<String> = note.tags().filter(stays).map(str::to_owned).collect();
            let new = tags.iter().filter(|tag| !all.contains(tag)).cloned();
            all.extend(new.collect::<Vec<_>>());
            note.set_tags(&all, moment.time);
            let says_nothing = note.motivation() == &Motivation::Tagging
                && all.is_empty()
                && note.text().is_empty();
            Some((id.clone(), (!says_nothing).then_some(note)))
        });
        let notes = notes.collect();
        let count = self.change(notes, moment, effects);
        if count > 0 {
            let notes = match count {
                1 => self.lang.tr("note changed", "Notiz geändert"),
                _ => self.lang.tr("notes changed", "Notizen geändert"),
            };
            let back = self.lang.tr("u takes it back", "u nimmt es zurück");
            self.say(format!("{count} {notes}; {back}"));
        }
    }

    /// The list of the tags in use, to see the notes that have one.
    pub(super) fn choose_tag(&mut self) {
        let tags = self.annotations.book.tags();
        if tags.is_empty() {
            return self.say(self.lang.tr(
                "no tags yet: t sets one",
                "noch keine Schlagwörter: t setzt eins",
            ));
        }
        let items = tags.into_iter().map(|(tag, count)| Item {
            label: crate::text::visible::visible_line(&format!("#{tag}")),
            aside: count.to_string(),
            choice: Choice::Tag(tag),
        });
        let title = self.lang.tr("Tags", "Schlagwörter");
        let mut picker = Picker::new(title, items.collect(), 0);
        picker.from = match self.overlay.take() {
            Some(Overlay::Notes(board)) => Some(Box::new(board)),
            _ => None,
        };
        self.overlay = Some(Overlay::Picker(picker));
    }

    /// Opens the list of notes on those that have `tag`, in the order that it had.
    pub(super) fn open_tag(&mut self, tag: &str, from: Option<Board>) {
        self.overlay = from.map(Overlay::Notes);
        if self.overlay.is_none() {
            self.open_notes();
        }
        if let Some(Overlay::Notes(board)) = &mut self.overlay {
            board.clear_filter();
            board
                .list
                .paste(&format!("tag:^{}$", tag.replace(' ', "\\ ")));
            board.list.chosen = 0;
        }
    }
}
