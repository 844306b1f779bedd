//! What keys do in the list of notes.

use super::{Board, Order, Shelf, Sources, State, card};
use crate::app::effect::Effect;
use crate::app::keymap::Action;
use crate::app::message::Moment;
use crate::app::picker::{Choice, Item, Picker};
use crate::app::{App, Overlay, Side};
use crate::notes::book::Passage;
use crate::notes::{Highlight, Id, Kinds, Note};

impl App {
    /// Opens the list of notes as it was left.
    pub(in crate::app) fn open_notes(&mut self) {
        let board = Board::new(self.board.clone(), &self.sources());
        self.overlay = Some(Overlay::Notes(board));
    }

    fn sources(&self) -> Sources<'_> {
        Sources {
            annotations: &self.annotations,
            library: &self.library,
            columns: [self.columns[0].index, self.columns[1].index],
            alignment: self.pairing.alignment.as_deref(),
            lang: self.lang,
            zone: &self.zone,
        }
    }

    /// Shows in the list of notes, where that is open, what there is now.
    pub(in crate::app) fn refresh_notes(&mut self) {
        self.with_notes(Board::refresh);
    }

    fn with_notes(&mut self, change: impl Fn(&mut Board, &Sources)) {
        if let Some(Overlay::Notes(mut board)) = self
            .overlay
            .take_if(|over| matches!(over, Overlay::Notes(_)))
        {
            change(&mut board, &self.sources());
            self.overlay = Some(Overlay::Notes(board));
        }
    }

    /// Closes the list of notes, and remembers how it was left.
    fn leave_notes(&mut self) {
        if let Some(Overlay::Notes(board)) = &self.overlay {
            self.board = board.view();
            self.overlay = None;
        }
    }

    pub(in crate::app) fn act_on_notes(
        &mut self,
        action: Action,
        moment: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let Some(screen) = self.screen() else { return };
        let Some(Overlay::Notes(board)) = &mut self.overlay else {
            return;
        };
        let page = board.page(&screen);
        match action {
            Action::LineDown => board.step(1),
            Action::LineUp => board.step(-1),
            Action::PageDown => board.step(page),
            Action::PageUp => board.step(-page),
            Action::PaneLeft => board.cross(Side::Left),
            Action::PaneRight => board.cross(Side::Right),
            Action::Start => board.list.step(isize::MIN),
            Action::End => board.list.step(isize::MAX),
            Action::Filter => {
                board.typing = true;
                board.list.ready();
            }
            Action::Tags => self.choose_tag(),
            Action::Select => board.mark(),
            Action::MarkAll => board.mark_all(),
            Action::Order if board.shelf == Shelf::Notes => {
                let looked_for =
                    board.order.next() == Order::Theme && self.pairing.alignment.is_none();
                if looked_for {
                    self.say(
                        self.lang
                            .tr("no parallels found yet", "noch keine Parallelen gefunden"),
                    );
                }
                self.with_notes(Board::reorder);
            }
            Action::Past => {
                board.shelf = match board.shelf {
                    Shelf::Notes => Shelf::Past,
                    Shelf::Past => Shelf::Notes,
                };
                board.marked.clear();
                self.refresh_notes();
            }
            Action::Cancel if !board.marked.is_empty() => board.marked.clear(),
            Action::Cancel if !board.list.typed.text().is_empty() => board.clear_filter(),
            Action::Cancel if board.shelf == Shelf::Past => {
                self.act_on_notes(Action::Past, moment, effects);
            }
            Action::Cancel => self.leave_notes(),
            Action::Undo => self.undo(moment, false, effects),
            Action::Redo => self.undo(moment, true, effects),
            Action::Accept | Action::Copy | Action::CopyWithSource => {
                self.act_on_card(action, effects)
            }
            _ if board.shelf == Shelf::Past => {
                let first = self
                    .lang
                    .tr("Enter has it back first", "erst mit Enter zurückholen");
                self.say(first);
            }
            _ => self.change_notes(action, moment, effects),
        }
    }

    /// What is done with the chosen card alone and changes no note, or has one back.
    fn act_on_card(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let Some(Overlay::Notes(board)) = &self.overlay else {
            return;
        };
        let (shelf, Some(card)) = (board.shelf, board.list.choice().cloned()) else {
            return;
        };
        match action {
            Action::Accept if shelf == Shelf::Past => {
                self.put(Note::clone(&card.note), effects);
                self.say(self.lang.tr(
                    "it is back; u takes that back",
                    "sie ist wieder da; u nimmt das zurück",
                ));
            }
            Action::Accept if self.place_of(&card.note.id).is_ok() => {
                self.leave_notes();
                self.go_to_note(&card.note.id, effects);
            }
            Action::Accept => match card.state {
                State::Orphan(..) => self.choose_place(&card.note.id),
                _ => self.go_to_note(&card.note.id, effects),
            },
            _ => {
                let target = card.note.targets.first();
                let quote = target.map_or("", |target| &target.anchor.exact).to_owned();
                let source = (action == Action::CopyWithSource).then(|| card.place());
                self.copy_text(&quote, source, effects);
            }
        }
    }

    /// What is done with the notes marked, or with the chosen one.
    fn change_notes(&mut self, action: Action, moment: Moment, effects: &mut Vec<Effect>) {
        let Some(Overlay::Notes(board)) = &mut self.overlay else {
            return;
        };
        let meant: Vec<Note> = board.meant().into_iter().cloned().collect();
        let Some(chosen) = board.list.choice().map(|card| Note::clone(&card.note)) else {
            return;
        };
        match action {
            Action::Edit => self.edit_note(chosen),
            Action::Anew => self.choose_place(&chosen.id),
            Action::Delete => {
                let ids = meant.into_iter().map(|note| (note.id, None)).collect();
                let count = self.change(ids, moment, effects);
                let back = self.lang.tr("u brings it back", "u holt zurück");
                self.say(match count {
                    1 => self
                        .lang
                        .tr("deleted; u brings it back", "gelöscht; u holt sie zurück")
                        .to_owned(),
                    count => format!("{count} {}; {back}", self.lang.tr("deleted", "gelöscht")),
                });
            }
            Action::Tag => self.tag_several(meant, moment),
            action => {
                if let Some(kind) = highlight(action, &chosen, &self.annotations.book.kinds) {
                    self.highlight_several(meant, &kind, moment, effects);
                }
            }
        }
    }

    /// Puts or deletes several notes as one step; gives how many that has changed.
    pub(in crate::app) fn change(
        &mut self,
        notes: Vec<(Id, Option<Note>)>,
        moment: Moment,
        effects: &mut Vec<Effect>,
    ) -> usize {
        let annotations = &mut self.annotations;
        let count = annotations
            .book
            .change(notes, Some(moment.time), &annotations.interviews);
        self.annotations.save(effects);
        self.notes_changed(effects);
        count
    }

    /// Lets the reader choose where a note that has lost its passage stands.
    fn choose_place(&mut self, id: &Id) {
        let lang = self.lang;
        let placed = self.annotations.book.note(id);
        let Some(target) = placed.and_then(|placed| {
            let lost = |place: &crate::notes::book::Place| {
                matches!(place, crate::notes::book::Place::Orphan(_))
            };
            placed.places.iter().position(lost)
        }) else {
            return self.say(lang.tr(
                "it stands where it was made",
                "sie steht, wo sie gemacht wurde",
            ));
        };
        let places = self
            .annotations
            .book
            .likeliest(id, target, &self.annotations.interviews);
        let item = |(passage, aside): (Passage, &str)| Item {
            label: self.excerpt(&passage),
            aside: aside.to_owned(),
            choice: Choice::Anew {
                id: id.clone(),
                target,
                passage,
            },
        };
        let selected = self
            .selected()
            .map(|passage| (passage, lang.tr("selected", "ausgewählt")));
        let likely = lang.tr("like it", "ähnlich");
        let places = places.into_iter().map(|passage| (passage, likely));
        let mut items: Vec<Item> = selected.into_iter().chain(places).map(item).collect();
        items.push(Item {
            label: lang
                .tr(
                    "elsewhere: select it in the text, then a",
                    "anderswo: im Text auswählen, dann a",
                )
                .to_owned(),
            aside: String::new(),
            choice: Choice::Select(id.clone()),
        });
        let title = lang.tr("Where does it stand?", "Wo steht sie?");
        let mut picker = Picker::new(title, items, 0);
        picker.from = match self.overlay.take() {
            Some(Overlay::Notes(board)) => Some(Box::new(board)),
            _ => None,
        };
        self.overlay = Some(Overlay::Picker(picker));
    }

    /// The passage selected in the column that is meant.
    fn selected(&self) -> Option<Passage> {
        let column = self.column(self.side());
        let range = column.selection.as_ref()?.range();
        let partial = column
            .interview
            .as_ref()
            .is_none_or(|interview| interview.partial);
        (!partial).then_some(Passage {
            interview: column.index,
            range,
        })
    }

    /// How a passage begins, and which exchange it stands in.
    fn excerpt(&self, passage: &Passage) -> String {
        let interview = self.annotations.interviews.get(passage.interview);
        interview.map_or(String::new(), |on| {
            let exchange = on.exchange_of(on.paragraph_at(passage.range.start));
            card::excerpt(&on.text, &passage.range, exchange)
        })
    }

    /// Leaves the list of notes for the text, to select there where the note of this id stands.
    pub(in crate::app) fn look_for_place(&mut self, id: Id) {
        self.overlay = None;
        self.homeless = Some(id);
        self.say(self.lang.tr(
            "v selects where it stands, a sets it there",
            "v wählt aus, wo sie steht, a setzt sie dorthin",
        ));
    }

    /// Whether there is a note that the reader looks for a place for.
    #[must_use]
    pub fn looks_for_place(&self) -> bool {
        self.homeless.is_some()
    }

    /// Sets the note that the reader looks for a place for on what is selected.
    pub(in crate::app) fn set_here(&mut self, moment: Moment, effects: &mut Vec<Effect>) {
        let none = self.lang.tr(
            "no note looks for a place: C lists those without one",
            "keine Notiz sucht eine Stelle: C zeigt die ohne Stelle",
        );
        let (Some(id), Some(passage)) = (self.homeless.clone(), self.selected()) else {
            return self.say(none);
        };
        let placed = self.annotations.book.note(&id);
        let target = placed.and_then(|placed| {
            placed
                .places
                .iter()
                .position(|place| place.here().is_none())
        });
        let Some(target) = target else {
            return self.say(none);
        };
        self.homeless = None;
        let side = self.side();
        self.column_mut(side).selection = None;
        self.set_anew(&id, target, &passage, moment, effects);
    }

    /// Sets a note on another passage.
    pub(in crate::app) fn set_anew(
        &mut self,
        id: &Id,
        target: usize,
        passage: &Passage,
        moment: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let annotations = &mut self.annotations;
        let set =
            annotations
                .book
                .set_anew(id, target, passage, moment.time, &annotations.interviews);
        if set {
            self.say(self.lang.tr(
                "it stands here now; u takes that back",
                "sie steht jetzt hier; u nimmt das zurück",
            ));
            self.annotations.save(effects);
            self.notes_changed(effects);
        }
    }

    /// Looks for where the chosen note may stand, if it has lost its passage; the cost of a search, so no sooner than it is
    /// chosen.
    pub(in crate::app) fn settle_orphan(&mut self) {
        let Some(Overlay::Notes(board)) = &self.overlay else {
            return;
        };
        let Some(card) = board.list.choice() else {
            return;
        };
        if !matches!(card.state, State::Orphan(_, None)) {
            return;
        }
        let places =
            self.annotations
                .book
                .likeliest(&card.note.id, 0, &self.annotations.interviews);
        let places = places.iter().map(|passage| self.excerpt(passage)).collect();
        if let Some(Overlay::Notes(board)) = &mut self.overlay
            && let Some(card) = board.list.choice_mut()
            && let State::Orphan(_, likely) = &mut card.state
        {
            *likely = Some(places);
        }
    }
}

/// The kind of highlight that a key asks for, where `chosen` is the note it is pressed on.
fn highlight(action: Action, chosen: &Note, kinds: &Kinds) -> Option<Highlight> {
    match action {
        Action::Highlight => Some(kinds.next(&chosen.highlight())),
        other => kinds.at(other.highlight()?).cloned(),
    }
}
