//! The reader's judgement of parallels: two exchanges confirmed or rejected, by a link between them.

use std::sync::Arc;

use super::annotate::Annotations;
use super::effect::Effect;
use super::message::Moment;
use super::{App, Side};
use crate::interview::Interview;
use crate::notes::book::{Link, Passage};
use crate::notes::{Note, Target, Verdict};

impl App {
    /// Says that the exchanges shown are parallel, or that they are not; said again, takes it back.
    pub(super) fn judge(&mut self, verdict: Verdict, moment: Moment, effects: &mut Vec<Effect>) {
        let shown = Side::BOTH.map(|side| self.column(side).current);
        self.judge_pair(shown, verdict, moment, effects);
    }

    /// Says of two exchanges that they are parallel, or that they are not; said again, takes it back.
    pub(super) fn judge_pair(
        &mut self,
        pair: [Option<usize>; 2],
        verdict: Verdict,
        moment: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let lang = self.lang;
        let shown = Side::BOTH.map(|side| {
            let interview = self.interview(side)?;
            let target = Target::exchange(interview, pair[side.index()]?)?;
            Some((target, interview.partial))
        });
        let [Some((left, false)), Some((right, false))] = shown else {
            let none = lang.tr(
                "a question must be read on either side",
                "auf jeder Seite muss eine Frage stehen",
            );
            return self.warn(none);
        };
        let before = self.link_of(pair);
        let mut note = Note::link(moment.id, moment.time, verdict, [left, right]);
        let theme = before.as_ref().and_then(|link| link.theme.as_deref());
        note.set_theme(theme.unwrap_or_default());
        let Annotations {
            book, interviews, ..
        } = &mut self.annotations;
        let said = match before {
            Some(link) if link.verdict == verdict => {
                book.delete(&link.id, moment.time, interviews);
                lang.tr("taken back", "zurückgenommen")
            }
            before => {
                let note = match before {
                    Some(link) => Note {
                        id: link.id,
                        modified: note.created,
                        ..note
                    },
                    None => note,
                };
                book.put(note, interviews);
                verdict_said(verdict, lang)
            }
        };
        self.say(said);
        self.annotations.save(effects);
        self.notes_changed(effects);
    }

    /// What the reader has said of two exchanges; of several words, from several readers, the last one holds.
    pub(super) fn link_of(&self, pair: [Option<usize>; 2]) -> Option<Link> {
        let here = |passage: &Passage, side: Side| {
            let exchange = |i: &Arc<Interview>| i.exchange_of(i.paragraph_at(passage.range.start));
            let book = &self.annotations.book;
            book.stands_in(passage, self.column(side).index)
                && self.interview(side).and_then(exchange) == pair[side.index()]
        };
        let links = self.annotations.book.links().filter(|link| {
            let [one, other] = &link.passages;
            (here(one, Side::Left) && here(other, Side::Right))
                || (here(one, Side::Right) && here(other, Side::Left))
        });
        links.last()
    }
}

fn verdict_said(verdict: Verdict, lang: crate::lang::Lang) -> &'static str {
    match verdict {
        Verdict::Confirmed => lang.tr("confirmed as parallel", "als Parallele bestätigt"),
        Verdict::Rejected => lang.tr("rejected as parallel", "als Parallele verworfen"),
    }
}
