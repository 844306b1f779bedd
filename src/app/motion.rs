//! Moving: by rows, pages, questions and panes; the other column comes along.

use std::ops::Range;

use super::effect::Effect;
use super::line::TypedLine;
use super::{App, Focus, Side};

impl App {
    /// Moves within the pane that has the focus: by questions in the list, by rows in a column.
    pub(super) fn move_by(&mut self, by: isize, effects: &mut Vec<Effect>) {
        match self.focus.side() {
            Some(side) => {
                self.pairing.lead = side;
                self.scroll(side, by);
            }
            None => {
                self.questions.step(by);
                self.preview(effects);
            }
        }
    }

    pub(super) fn go_to_end(&mut self, end: bool, effects: &mut Vec<Effect>) {
        self.leave_place();
        let Some(side) = self.focus.side() else {
            self.questions
                .step(if end { isize::MAX } else { isize::MIN });
            return self.preview(effects);
        };
        self.pairing.lead = side;
        let before = self.column(side).current;
        let column = self.column_mut(side);
        if end {
            column.end()
        } else {
            column.start()
        }
        self.moved(side, before);
    }

    /// A page of the pane that has the focus, in rows, with two rows of overlap.
    pub(super) fn page(&self) -> isize {
        let list = || self.screen().and_then(|screen| screen.questions);
        let rows = match self.focus.side() {
            Some(side) => self.column(side).height,
            None => list().map_or(10, |list| usize::from(list.height)),
        };
        rows.saturating_sub(2).max(1).cast_signed()
    }

    pub(super) fn step_question(&mut self, by: isize) {
        let side = self.side();
        let Some(count) = self
            .interview(side)
            .map(|i| i.exchanges.len())
            .filter(|count| *count > 0)
        else {
            return;
        };
        let next = match self.column(side).current {
            Some(here) => here.saturating_add_signed(by).min(count - 1),
            None if self.column(side).top.paragraph == 0 => 0,
            None => count - 1,
        };
        self.leave_place();
        self.lead_to(side, next);
        if self.focus.side().is_none() {
            self.questions.choose((self.column(side).index, next));
        }
    }

    pub(super) fn filter_changed(&mut self, effects: &mut Vec<Effect>) {
        self.questions.refilter();
        if !self.questions.typed.text().is_empty() {
            self.preview(effects);
        }
    }

    /// Leaves what is open, the innermost first.
    pub(super) fn cancel(&mut self) {
        let in_list = self.focus.side().is_none();
        if in_list && !self.questions.typed.text().is_empty() || self.focus == Focus::Filter {
            self.questions.typed = TypedLine::default();
            self.questions.refilter();
            let lead = self.pairing.lead;
            if let Some(exchange) = self.column(lead).current {
                self.questions.choose((self.column(lead).index, exchange));
            }
            self.focus = Focus::from(lead);
        } else if in_list {
            self.focus = Focus::from(self.pairing.lead);
        } else if !self.seek.query.is_empty() {
            self.seek = Default::default();
        }
    }

    pub(super) fn turn_focus(&mut self, on: bool) {
        let order = [Focus::Questions, Focus::Left, Focus::Right];
        let here = match self.focus {
            Focus::Questions | Focus::Filter => 0,
            Focus::Left => 1,
            Focus::Right => 2,
        };
        self.focus_on(order[(here + if on { 1 } else { 2 }) % 3]);
    }

    /// Gives a pane the focus; a column that has it leads.
    pub(super) fn focus_on(&mut self, focus: Focus) {
        let left = self.side();
        self.column_mut(left).selection = None;
        self.focus = focus;
        if let Some(side) = focus.side() {
            self.pairing.lead = side;
        }
    }

    /// Reads two exchanges in the columns; where there is one only, what stands opposite it.
    pub(super) fn read_pair(&mut self, pair: [Option<usize>; 2]) {
        self.leave_place();
        self.overlay = None;
        let lead = match (pair, self.pairing.lead) {
            ([Some(_), None], _) => Side::Left,
            ([None, Some(_)], _) => Side::Right,
            (_, lead) => lead,
        };
        let Some(exchange) = pair[lead.index()] else {
            return;
        };
        self.lead_to(lead, exchange);
        if let Some(opposite) = pair[lead.other().index()] {
            self.column_mut(lead.other()).go(opposite);
        }
        self.focus = Focus::from(lead);
    }

    /// Brings a passage of the column on `side` into view, and the other column along.
    pub(super) fn show_passage(&mut self, side: Side, range: &Range<usize>) {
        let before = self.column(side).current;
        self.column_mut(side).show(range);
        self.moved(side, before);
    }
}
