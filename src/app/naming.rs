//! Naming what two exchanges are about: a line is asked for, and what it says is kept in the link between the two.

use super::effect::Effect;
use super::keymap::Action;
use super::line::TypedLine;
use super::message::Moment;
use super::{App, Side};
use crate::notes::{Note, Target, Verdict};

/// The name that is being typed, over what lies over the panes, which waits as it was.
#[derive(Debug)]
pub struct Naming {
    /// What is typed.
    pub line: TypedLine,
    /// The exchanges that it is for, left and right.
    pair: [usize; 2],
}

impl App {
    /// Asks for the theme of two exchanges.
    pub(super) fn begin_naming(&mut self, pair: [Option<usize>; 2]) {
        let whole = Side::BOTH.map(|side| self.interview(side).is_some_and(|i| !i.partial));
        let (Some(alignment), [Some(left), Some(right)], [true, true]) =
            (&self.pairing.alignment, pair, whole)
        else {
            return self.warn(self.lang.tr(
                "a question must be read on either side",
                "auf jeder Seite muss eine Frage stehen",
            ));
        };
        let theme = alignment.pair(left, right).theme.unwrap_or_default();
        self.naming = Some(Naming {
            line: TypedLine::new(&theme),
            pair: [left, right],
        });
    }

    pub(super) fn act_naming(&mut self, action: Action, moment: Moment, effects: &mut Vec<Effect>) {
        match action {
            Action::Accept => {
                if let Some(naming) = self.naming.take() {
                    self.name_pair(naming.pair, naming.line.text().trim(), moment, effects);
                }
            }
            Action::Cancel => self.naming = None,
            _ => {
                if let Some(naming) = &mut self.naming {
                    naming.line.act(action);
                }
            }
        }
    }

    /// Names what two exchanges are about. Whoever does so says that they are parallel.
    fn name_pair(
        &mut self,
        [left, right]: [usize; 2],
        theme: &str,
        moment: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let target = |side, exchange| Target::exchange(self.interview(side)?, exchange);
        let (Some(one), Some(other)) = (target(Side::Left, left), target(Side::Right, right))
        else {
            return;
        };
        let mut note = Note::link(moment.id, moment.time, Verdict::Confirmed, [one, other]);
        if let Some(before) = self.link_of([Some(left), Some(right)]) {
            note.id = before.id;
            note.modified = note.created;
        }
        note.set_theme(theme);
        let said = match theme {
            "" => self
                .lang
                .tr("the name is taken back", "der Name ist zurückgenommen"),
            _ => self.lang.tr(
                "named, and confirmed as parallel",
                "benannt und als Parallele bestätigt",
            ),
        };
        self.say(said);
        self.put(note, effects);
    }
}
