//! Highlighting in several kinds.

use super::App;
use super::effect::Effect;
use super::keymap::Action;
use super::message::Moment;
use crate::lang::Tell;
use crate::notes::{Highlight, Motivation, Note};

impl App {
    /// Highlights what is selected, or the exchange; just after that, gives the highlight another kind.
    pub(super) fn highlight(&mut self, action: Action, moment: Moment, effects: &mut Vec<Effect>) {
        let fresh = self
            .fresh
            .take()
            .and_then(|id| self.annotations.book.note(&id));
        let fresh = fresh.map(|placed| placed.note.clone());
        let kind = match (action.highlight(), &fresh) {
            (Some(kind), _) => kind,
            (None, Some(fresh)) => fresh.highlight().next(),
            (None, None) => Highlight::default(),
        };
        let note = match (fresh, self.target()) {
            (Some(mut fresh), _) => {
                fresh.set_highlight(&kind, moment.time);
                fresh
            }
            (None, Some((interview, target))) if !self.is_still_read(&interview) => {
                let side = self.side();
                self.column_mut(side).selection = None;
                let mut note = Note::new(
                    moment.id,
                    moment.time,
                    Motivation::Highlighting,
                    "",
                    vec![target],
                );
                note.set_highlight(&kind, moment.time);
                note.modified = None;
                note
            }
            _ => return,
        };
        let id = note.id.clone();
        let lang = self.lang;
        let more = lang.tr("x again", "noch einmal x");
        self.say(format!(
            "{} · {more}: {}",
            kind.tell(lang),
            kind.next().tell(lang)
        ));
        self.put(note, effects);
        self.fresh = Some(id);
    }

    /// Highlights the passages of several notes in one way.
    pub(super) fn highlight_several(
        &mut self,
        notes: Vec<Note>,
        kind: &Highlight,
        moment: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let coloured = |note: &Note| {
            matches!(
                note.motivation(),
                Motivation::Highlighting | Motivation::Commenting
            ) && &note.highlight() != kind
        };
        let notes = notes.into_iter().filter(coloured).map(|mut note| {
            note.set_highlight(kind, moment.time);
            (note.id.clone(), Some(note))
        });
        self.change(notes.collect(), moment, effects);
    }
}
