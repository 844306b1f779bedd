//! A list to choose from by typing: actions by name, or the interviews of the library.

use ratatui::layout::Rect;

use super::Side;
use super::keymap::{Action, Key};
use super::line::TypedLine;
use super::screen::{MEASURE, Screen, room};
use crate::find::filter::Filter;
use crate::find::query::Query;

/// The most rows that the list takes, with what is typed and the rules.
const HEIGHT: u16 = 24;

/// What is chosen from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Carry out an action.
    Act(Action),
    /// Let an interview of the library stand in a column.
    Stand(usize, Side),
}

/// A row to choose.
#[derive(Clone, Debug)]
pub struct Item {
    /// What it says.
    pub label: String,
    /// What stands at the right: keys, or how an interview is doing.
    pub aside: String,
    /// What choosing it does.
    pub choice: Choice,
}

/// A list to choose from by typing.
#[derive(Debug)]
pub struct Picker {
    /// What the list is of.
    pub title: &'static str,
    /// What is typed.
    pub typed: TypedLine,
    /// The chosen row among those that pass.
    pub chosen: usize,
    items: Vec<Item>,
    filter: Filter,
    rows: Vec<u32>,
}

impl Picker {
    /// A list of `items`, with row `chosen` chosen.
    #[must_use]
    pub fn new(title: &'static str, items: Vec<Item>, chosen: usize) -> Picker {
        let filter = Filter::new(items.iter().map(|item| item.label.as_str()));
        let rows = filter.matches(&Query::default()).rows;
        Picker {
            title,
            typed: TypedLine::default(),
            chosen,
            items,
            filter,
            rows,
        }
    }

    /// The rows that pass, in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &Item> {
        self.rows.iter().map(|&row| &self.items[row as usize])
    }

    /// Where the list stands on `screen`: all of it, then what is written in of it, what is typed first.
    #[must_use]
    pub fn areas(screen: &Screen) -> (Rect, Rect) {
        let sheet = screen.foot(HEIGHT);
        (sheet, room(sheet, MEASURE))
    }

    /// The first row that is seen of `height`.
    #[must_use]
    pub fn top(&self, height: u16) -> usize {
        (self.chosen + 1).saturating_sub(usize::from(height))
    }

    /// What the chosen row does.
    #[must_use]
    pub fn choice(&self) -> Option<Choice> {
        self.rows().nth(self.chosen).map(|item| item.choice)
    }

    /// Moves the choice by `by` rows, and stops at the ends.
    pub fn step(&mut self, by: isize) {
        self.chosen = self
            .chosen
            .saturating_add_signed(by)
            .min(self.rows.len().saturating_sub(1));
    }

    /// Types a character.
    pub fn type_key(&mut self, key: Key) {
        if self.typed.type_key(key) {
            self.refilter();
        }
    }

    /// Carries out an editing action.
    pub fn act(&mut self, action: Action) {
        if self.typed.act(action) {
            self.refilter();
        }
    }

    /// Puts a pasted text in.
    pub fn paste(&mut self, text: &str) {
        self.typed.paste(text);
        self.refilter();
    }

    fn refilter(&mut self) {
        self.rows = self.filter.matches(&Query::parse(self.typed.text())).rows;
        self.chosen = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_narrows_and_enter_takes_the_chosen() {
        let item = |label: &str, action| Item {
            label: label.into(),
            aside: String::new(),
            choice: Choice::Act(action),
        };
        let mut picker = Picker::new(
            "actions",
            vec![
                item("quit", Action::Quit),
                item("undo", Action::Undo),
                item("redo", Action::Redo),
            ],
            0,
        );
        picker.step(9);
        assert_eq!(picker.choice(), Some(Choice::Act(Action::Redo)));
        picker.type_key("u".parse().unwrap());
        picker.type_key("n".parse().unwrap());
        assert_eq!(picker.choice(), Some(Choice::Act(Action::Undo)));
        picker.paste("xyz");
        assert_eq!(picker.choice(), None);
    }
}
