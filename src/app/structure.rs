//! Correcting the structure that was found: what a paragraph does, and where a turn begins.

use std::ops::Range;
use std::sync::Arc;

use super::effect::Effect;
use super::message::Moment;
use super::picker::{Choice, Item, Picker};
use super::{App, Focus, Overlay, Side};
use crate::interview::{Correction, Interview, Role};
use crate::lang::{Lang, Tell};
use crate::notes::{Note, Target};
use crate::transcript::structure::reasons::why;

/// What can be corrected, in the order in which it is offered.
const CORRECTIONS: [Correction; 7] = [
    Correction::Role(Role::Question),
    Correction::Role(Role::Answer),
    Correction::Role(Role::Remark),
    Correction::Role(Role::Introduction),
    Correction::Role(Role::Closing),
    Correction::Split,
    Correction::Join,
];

impl Tell for Correction {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Correction::Role(role) => return role.tell(lang),
            Correction::Split => lang.tr("a turn begins here", "hier beginnt ein Beitrag"),
            Correction::Join => lang.tr(
                "it goes on with the turn before",
                "er gehört zum Beitrag davor",
            ),
        }
        .to_owned()
    }
}

impl App {
    /// Asks what the paragraphs selected do; where none are, the paragraph on which a selection would begin is.
    pub(super) fn choose_role(&mut self) {
        let side = self.side();
        let Some(interview) = self.interview(side).cloned() else {
            return;
        };
        if self.is_still_read(&interview) {
            return;
        }
        self.focus = Focus::from(side);
        if self.column(side).selection.is_none() {
            self.begin_selection();
        }
        let Some(selection) = &mut self.column_mut(side).selection else {
            return;
        };
        let paragraphs = paragraphs(&interview, &selection.range());
        selection.pinned = None;
        selection.caret = interview.span(paragraphs.clone());
        let turn = interview.turn_of(paragraphs.start);
        let turn = turn.and_then(|turn| interview.turns.get(turn));
        let role = turn.map(|turn| turn.role);
        let mut items: Vec<Item> = CORRECTIONS
            .into_iter()
            .map(|correction| {
                let now = role.is_some_and(|role| correction == Correction::Role(role));
                let aside = if now {
                    self.lang.tr("as now", "wie jetzt")
                } else {
                    ""
                };
                Item {
                    label: correction.tell(self.lang),
                    aside: aside.to_owned(),
                    choice: Choice::Correct(correction),
                }
            })
            .collect();
        let corrected = self.corrections_of(side, &paragraphs).next().is_some();
        if corrected {
            items.push(Item {
                label: self.lang.tr("as it was found", "wie gefunden").to_owned(),
                aside: String::new(),
                choice: Choice::AsFound,
            });
        }
        let now = items.iter().position(|item| !item.aside.is_empty());
        let title = self.lang.tr("This paragraph is …", "Dieser Absatz ist …");
        let picker = Picker::new(title, items, now.unwrap_or(0));
        let about = self.why(side, paragraphs.start, corrected);
        self.overlay = Some(Overlay::Picker(picker.about(about)));
    }

    /// Why a paragraph was taken for what it was found to be, and how sure that is.
    fn why(&self, side: Side, paragraph: usize, corrected: bool) -> String {
        let entry = self.library.get(self.column(side).index);
        let found = entry.and_then(|entry| entry.found.as_ref());
        let why = found.and_then(|found| why(found, paragraph));
        let Some(why) = why.map(|why| why.tell(self.lang)) else {
            return String::new();
        };
        if corrected {
            let yours = self
                .lang
                .tr("Corrected; found as", "Berichtigt; gefunden als");
            return format!("{yours} {why}.");
        }
        format!("{} {why}.", self.lang.tr("Found as", "Gefunden als"))
    }

    /// Corrects what the paragraphs selected do; `None` takes back what was corrected there.
    pub(super) fn correct(
        &mut self,
        correction: Option<Correction>,
        moment: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let side = self.side();
        let Some(interview) = self.interview(side).cloned() else {
            return;
        };
        let Some(selection) = self.column_mut(side).selection.take() else {
            return;
        };
        let paragraphs = paragraphs(&interview, &selection.range());
        match correction {
            Some(correction) => {
                let target = Target::passage(&interview, interview.span(paragraphs));
                let note = Note::correction(moment.id, moment.time, correction, target);
                self.put(note, effects);
                let said = correction.tell(self.lang);
                let back = self.lang.tr("u takes it back", "u nimmt es zurück");
                self.say(format!("{said} · {back}"));
            }
            None => {
                let ids: Vec<_> = self.corrections_of(side, &paragraphs).cloned().collect();
                for id in ids {
                    self.delete_note(&id, moment, effects);
                }
                self.say(self.lang.tr("as it was found", "wie gefunden"));
            }
        }
    }

    /// The corrections that begin in `paragraphs` of the interview on `side`.
    fn corrections_of(
        &self,
        side: Side,
        paragraphs: &Range<usize>,
    ) -> impl Iterator<Item = &crate::notes::Id> {
        let span = self
            .interview(side)
            .map(|i| i.span(paragraphs.clone()))
            .unwrap_or_default();
        let all = self.annotations.book.corrections(self.column(side).index);
        all.filter(move |(_, passage, _)| span.contains(&passage.start))
            .map(|(id, ..)| id)
    }

    /// Brings the structure of all interviews in line with the corrections kept; whether anything has changed.
    pub(super) fn restructure(&mut self) -> bool {
        let mut changed = false;
        for index in 0..self.library.len() {
            let book = &self.annotations.book;
            let kept: Vec<_> = book
                .corrections(index)
                .map(|(_, at, what)| (at, what))
                .collect();
            let entry = &mut self.library[index];
            if !entry.correct(kept) {
                continue;
            }
            changed = true;
            let Some(interview) = entry.interview.clone() else {
                continue;
            };
            if let Some(known) = self.annotations.interviews.get_mut(index) {
                *known = Arc::clone(&interview);
            }
            for side in Side::BOTH {
                if self.column(side).index == index {
                    self.stand_again(side, Arc::clone(&interview));
                }
            }
        }
        changed
    }
}

/// The paragraphs that `range` touches, in bytes of the text.
fn paragraphs(interview: &Interview, range: &Range<usize>) -> Range<usize> {
    let first = interview.paragraph_at(range.start);
    let last = interview.paragraph_at(range.end.saturating_sub(1));
    first..last.max(first) + 1
}
