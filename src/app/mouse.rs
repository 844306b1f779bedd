//! The mouse: a click chooses what is under it, the wheel turns it; held, it selects.

use ratatui::layout::Position;

use super::board::What;
use super::effect::Effect;
use super::keymap::Action;
use super::message::{Moment, Mouse};
use super::questions::Row;
use super::{App, Focus, Overlay, Side};

/// How many rows the wheel turns at once.
const WHEEL: isize = 3;

impl App {
    /// The mouse: a click chooses what is under it, the wheel turns it.
    pub(super) fn mouse(
        &mut self,
        mouse: Mouse,
        at: Position,
        moment: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let Some(screen) = self.screen() else { return };
        let by = match mouse {
            Mouse::Drag | Mouse::Release => {
                if self.help.is_none() && self.overlay.is_none() {
                    self.drag(mouse, at, &screen);
                }
                return;
            }
            Mouse::Click => 0,
            Mouse::WheelUp => -WHEEL,
            Mouse::WheelDown => WHEEL,
        };
        if self.help.is_some() {
            let action = if by < 0 {
                Action::LineUp
            } else {
                Action::LineDown
            };
            return (0..by.abs()).for_each(|_| self.act_in_help(action));
        }
        if self.naming.is_some() {
            return;
        }
        match &mut self.overlay {
            Some(Overlay::Picker(picker)) if mouse == Mouse::Click => {
                let (_, room) = picker.areas(&screen);
                let row = at.y.checked_sub(room.y + 1).filter(|_| room.contains(at));
                let top = picker.top(room.height.saturating_sub(1));
                let place = row.map(|row| top + usize::from(row));
                if let Some(place) = place.filter(|place| *place < picker.list.rows().len()) {
                    picker.list.chosen = place;
                    self.act(Action::Accept, moment, effects);
                }
                return;
            }
            Some(Overlay::Notes(board)) if mouse == Mouse::Click => {
                let mut seen = board.seen(&screen).into_iter();
                let card = seen.find_map(|seen| match seen.what {
                    What::Card(place) => seen.area.contains(at).then_some(place),
                    What::Heading(_) => None,
                });
                match card {
                    // A first click chooses, a second one goes there.
                    Some(place) if place == board.list.chosen && !board.typing => {
                        self.act(Action::Accept, moment, effects);
                    }
                    Some(place) => board.list.chosen = place,
                    None => {}
                }
                return;
            }
            Some(Overlay::Synopsis(synopsis)) => {
                let row = synopsis.at(at, &screen);
                match row.filter(|_| mouse == Mouse::Click) {
                    // As in the list of notes.
                    Some(row) if row == synopsis.current => {
                        self.act(Action::Accept, moment, effects);
                    }
                    Some(row) => synopsis.current = row,
                    None => synopsis.scroll(by),
                }
                return;
            }
            Some(Overlay::Map(map)) => {
                if mouse != Mouse::Click {
                    map.step(by.signum(), 0);
                } else if map.click(at, &screen) {
                    self.act(Action::Accept, moment, effects);
                }
                return;
            }
            Some(Overlay::Picker(picker)) => return picker.list.step(by.signum()),
            Some(Overlay::Notes(board)) => return board.step(by.signum()),
            Some(Overlay::Editor(_) | Overlay::Search(_)) => return,
            None => {}
        }
        if let Some(list) = screen.questions.filter(|list| list.contains(at)) {
            let row = usize::from(at.y - list.y);
            return self.mouse_in_list(mouse, by, row, list.height, effects);
        }
        for side in Side::BOTH {
            let Some(area) = screen.columns[side.index()].filter(|area| area.whole.contains(at))
            else {
                continue;
            };
            if mouse == Mouse::Click {
                self.focus_on(Focus::from(side));
                self.press(side, at, area.text);
                let row = at.y.checked_sub(area.text.y).map(usize::from);
                let paragraph = row
                    .and_then(|row| self.column(side).rows.get(row))
                    .map(|row| row.paragraph);
                let exchange = paragraph.and_then(|p| self.interview(side)?.exchange_of(p));
                if exchange.is_some() && exchange != self.column(side).current {
                    self.column_mut(side).current = exchange;
                    self.bring_along();
                }
            } else {
                self.scroll(side, by);
            }
        }
    }

    fn mouse_in_list(
        &mut self,
        mouse: Mouse,
        by: isize,
        row: usize,
        height: u16,
        effects: &mut Vec<Effect>,
    ) {
        let first = usize::from(height) - super::questions_height(height);
        if mouse != Mouse::Click {
            self.questions.step(by.signum());
            self.preview(effects);
        } else if row < first {
            self.focus = Focus::Filter;
        } else if let Some(Row::Question(_, place)) =
            self.questions.row(self.questions.top + row - first)
        {
            self.questions.chosen = place;
            self.read_chosen(effects);
        }
    }
}
