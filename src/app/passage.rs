//! What is done with a passage: selecting it, copying it, noting something on it, finding it again.

use super::column::selection::{Selection, Step};
use super::effect::Effect;
use super::keymap::Action;
use super::message::Moment;
use super::{App, Focus, Side};
use crate::notes::Motivation;

impl App {
    pub(super) fn begin_selection(&mut self) {
        let side = self.side();
        self.focus = Focus::from(side);
        let Some(interview) = self.interview(side).cloned() else {
            return;
        };
        let seen = self.column(side).seen();
        let hit = self
            .seek
            .here(side)
            .filter(|hit| seen.contains(&hit.start))
            .map(|hit| hit.start);
        let current = self
            .column(side)
            .current
            .and_then(|e| interview.exchanges.get(e));
        let exchange = current.map(|exchange| interview.span(exchange.paragraphs.clone()).start);
        let first = exchange.filter(|start| seen.contains(start));
        let from = hit.or(first).unwrap_or(seen.start);
        self.column_mut(side).selection = Selection::begin(&interview, from);
    }

    pub(super) fn act_selecting(
        &mut self,
        action: Action,
        moment: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let side = self.side();
        let Some(interview) = self.interview(side).cloned() else {
            return;
        };
        let column = self.column_mut(side);
        let Some(selection) = &mut column.selection else {
            return;
        };
        let (step, on) = match action {
            Action::NextWord => (Step::Word, true),
            Action::PreviousWord => (Step::Word, false),
            Action::NextSentence => (Step::Sentence, true),
            Action::PreviousSentence => (Step::Sentence, false),
            Action::NextParagraph => (Step::Paragraph, true),
            Action::PreviousParagraph => (Step::Paragraph, false),
            Action::Select => return selection.pin(),
            Action::OtherEnd => {
                selection.other_end();
                let caret = selection.caret.clone();
                return column.bring_into_view(&caret);
            }
            Action::Cancel => {
                column.selection = None;
                return;
            }
            _ => return self.act_on_passage(action, moment, effects),
        };
        selection.step(&interview, step, on);
        let caret = selection.caret.clone();
        column.bring_into_view(&caret);
    }

    /// What is done with a passage, whether one is selected or not.
    pub(super) fn act_on_passage(
        &mut self,
        action: Action,
        moment: Moment,
        effects: &mut Vec<Effect>,
    ) {
        match action {
            Action::Role => self.choose_role(),
            Action::Comment => self.begin_note(Motivation::Commenting, moment, effects),
            action if action.highlights() => self.highlight(action.highlight(), moment, effects),
            Action::Bookmark => self.begin_note(Motivation::Bookmarking, moment, effects),
            Action::Tag => self.begin_note(Motivation::Tagging, moment, effects),
            Action::Anew => self.set_here(moment, effects),
            Action::Notes => self.open_notes(),
            Action::Copy => self.copy(false, effects),
            Action::CopyWithSource => self.copy(true, effects),
            _ => {}
        }
    }

    pub(super) fn copy(&mut self, with_source: bool, effects: &mut Vec<Effect>) {
        let side = self.side();
        let Some(interview) = self.interview(side).cloned() else {
            return;
        };
        let column = self.column(side);
        let range = match (&column.selection, column.current) {
            (Some(selection), _) => selection.range(),
            (None, Some(exchange)) => interview
                .exchanges
                .get(exchange)
                .map_or(0..0, |exchange| interview.span(exchange.paragraphs.clone())),
            (None, None) => column.seen(),
        };
        if range.is_empty() {
            return;
        }
        let number = interview
            .exchange_of(interview.paragraph_at(range.start))
            .map(|exchange| exchange + 1);
        let metadata = &interview.metadata;
        let known = [
            Some(interview.label().to_owned()),
            metadata
                .organisation
                .clone()
                .filter(|o| o != interview.label()),
            metadata.date.clone(),
            number.map(|number| format!("{} {number}", self.lang.tr("question", "Frage"))),
        ];
        let source = known.into_iter().flatten().collect::<Vec<_>>().join(", ");
        self.copy_text(
            &interview.text[range],
            with_source.then_some(source),
            effects,
        );
        self.column_mut(side).selection = None;
    }

    pub(super) fn copy_text(
        &mut self,
        quote: &str,
        source: Option<String>,
        effects: &mut Vec<Effect>,
    ) {
        let text = match source {
            Some(source) => format!(
                "{}\n({source})",
                self.lang.tr(format!("“{quote}”"), format!("„{quote}“"))
            ),
            None => quote.to_owned(),
        };
        let words = crate::text::words(quote).count();
        self.say(format!(
            "{}: {words} {}",
            self.lang.tr("copied", "kopiert"),
            self.lang.tr("words", "Wörter")
        ));
        effects.push(Effect::Copy(text));
    }

    /// Goes to where a note stands.
    pub(super) fn go_to_note(&mut self, id: &crate::notes::Id, effects: &mut Vec<Effect>) {
        match self.place_of(id) {
            Ok(passage) => {
                self.overlay = None;
                self.leave_place();
                for side in Side::BOTH {
                    self.column_mut(side).selection = None;
                }
                let standing = Side::BOTH
                    .into_iter()
                    .find(|side| self.column(*side).index == passage.interview);
                let side = standing.unwrap_or(self.pairing.lead);
                self.stand(passage.interview, side, effects);
                self.focus = Focus::from(side);
                self.pairing.lead = side;
                self.show_passage(side, &passage.range);
            }
            Err(why) => self.warn(why),
        }
    }
}
