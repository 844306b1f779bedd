//! Highlighting in several kinds.

use std::ops::Range;
use std::sync::Arc;

use super::App;
use super::effect::Effect;
use super::message::Moment;
use crate::notes::{Highlight, Motivation, Note, Target};

impl App {
    /// Highlights what is selected, or the exchange, in the kind at `place`; just after that, gives the highlight that kind,
    /// or the next.
    pub(super) fn highlight(
        &mut self,
        place: Option<usize>,
        moment: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let kinds = Arc::clone(&self.annotations.book.kinds);
        let fresh = self
            .fresh
            .take()
            .and_then(|id| self.annotations.book.note(&id));
        let fresh = fresh.map(|placed| placed.note.clone());
        let fresh = fresh.or_else(|| self.highlighted());
        let kind = match (place, &fresh) {
            (Some(place), _) => match kinds.at(place) {
                Some(kind) => kind.clone(),
                None => {
                    return self.say(self.lang.tr(
                        "no such kind of highlight",
                        "diese Art der Hervorhebung gibt es nicht",
                    ));
                }
            },
            (None, Some(fresh)) => kinds.next(&fresh.highlight()),
            (None, None) => kinds.first(),
        };
        let note = match (fresh, self.target()) {
            (Some(mut fresh), _) => {
                let side = self.side();
                self.column_mut(side).selection = None;
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
            kinds.highlight(&kind, lang),
            kinds.highlight(&kinds.next(&kind), lang)
        ));
        self.put(note, effects);
        self.fresh = Some(id);
    }

    /// The highlight that stands just where one would be made: a passage is not highlighted twice.
    fn highlighted(&self) -> Option<Note> {
        let (_, target) = self.target()?;
        let (place, range) = self.marked()?;
        let same =
            |on: &Target| (&on.scope, &on.anchor.exact) == (&target.scope, &target.anchor.exact);
        let notes = self.annotations.book.within(place, range.clone());
        let bare = notes.filter(|(at, note)| {
            *at == range
                && note.motivation() == &Motivation::Highlighting
                && note.words().is_empty()
        });
        let mut bare = bare.map(|(_, note)| note);
        bare.find(|note| note.maker().is_none() && note.targets.iter().any(same))
            .cloned()
    }

    /// Where a highlight would be made: the interview, by index, and the passage.
    fn marked(&self) -> Option<(usize, Range<usize>)> {
        let side = self.side();
        let (interview, column) = (self.interview(side)?, self.column(side));
        let range = match (&column.selection, column.current) {
            (Some(selection), _) => selection.range(),
            (None, exchange) => {
                interview.span(interview.exchanges.get(exchange?)?.question.clone())
            }
        };
        Some((column.index, range))
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
