//! A list to choose from by typing: actions by name, or the interviews of the library.

use ratatui::layout::Rect;

use super::Side;
use super::board::Board;
use super::keymap::Action;
use super::list::{List, Listed};
use super::screen::{MEASURE, Screen, room};
use crate::find::Filter;
use crate::interview::Correction;
use crate::notes::Id;
use crate::notes::book::Passage;
use crate::typeset::{Line, typeset};

/// The most rows that the list takes, with what is typed and the rules.
const HEIGHT: u16 = 24;

/// What is chosen from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Carry out an action.
    Act(Action),
    /// Highlight in the kind at this place, for which there is no key.
    Highlight(usize),
    /// Let an interview of the library stand in a column.
    Stand(usize, Side),
    /// Correct the structure at the paragraphs selected.
    Correct(Correction),
    /// Take back what was corrected there.
    AsFound,
    /// Show the notes that have this tag.
    Tag(String),
    /// Set a note that has lost its passage on another.
    Anew {
        /// The note.
        id: Id,
        /// Which of its targets.
        target: usize,
        /// Where it stands from now on.
        passage: Passage,
    },
    /// Select in the text where this note stands.
    Select(Id),
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

impl Listed for Item {
    fn filter(items: &[Item]) -> Filter {
        Filter::new(items.iter().map(|item| item.label.as_str()))
    }
}

/// A list to choose from by typing.
#[derive(Debug)]
pub struct Picker {
    /// What the list is of.
    pub title: String,
    /// What is to be known before choosing; mostly nothing.
    pub about: String,
    /// The rows.
    pub list: List<Item>,
    /// The list of notes that it was opened from.
    pub from: Option<Box<Board>>,
    /// The rows that it takes of the screen, whatever is typed.
    height: u16,
}

impl Picker {
    /// A list of `items`, with row `chosen` chosen.
    #[must_use]
    pub fn new(title: impl Into<String>, items: Vec<Item>, chosen: usize) -> Picker {
        let mut list = List::default();
        list.set(items);
        list.chosen = chosen;
        list.step(0);
        let rows = u16::try_from(list.rows().count()).unwrap_or(u16::MAX);
        // What is typed stands above the rows, between two rules.
        let height = rows.saturating_add(4).min(HEIGHT);
        Picker {
            title: title.into(),
            about: String::new(),
            list,
            from: None,
            height,
        }
    }

    /// The same, with something to be known before choosing.
    #[must_use]
    pub fn about(self, about: String) -> Picker {
        Picker { about, ..self }
    }

    /// Takes what the same rows say by now; the one chosen stays.
    pub fn renew(&mut self, title: String, items: Vec<Item>) {
        self.title = title;
        self.list.renew(items);
    }

    /// What the rows would do, whether they pass or not.
    pub fn choices(&self) -> impl Iterator<Item = &Choice> {
        self.list.items().iter().map(|item| &item.choice)
    }

    /// Where the list stands on `screen`: all of it, then what is written in of it, what is typed first.
    #[must_use]
    pub fn areas(&self, screen: &Screen) -> (Rect, Rect) {
        let (sheet, about) = self.sheet(screen);
        let (mut list, said) = (room(sheet, MEASURE), about.len());
        // A blank line parts what is to be known from what is typed.
        let said = u16::try_from(said + usize::from(said > 0)).unwrap_or(0);
        list.y += said;
        list.height -= said;
        (sheet, list)
    }

    /// What is to be known, line by line. Where there is little room, it gives way to what can be chosen.
    #[must_use]
    pub fn lines(&self, screen: &Screen) -> Vec<Line> {
        self.sheet(screen).1
    }

    fn sheet(&self, screen: &Screen) -> (Rect, Vec<Line>) {
        let sheet = screen.foot(self.height);
        let width = usize::from(room(sheet, MEASURE).width);
        let about = match self.about.is_empty() {
            true => Vec::new(),
            false => typeset(&self.about, width, None),
        };
        let height = self.height + u16::try_from(about.len() + 1).unwrap_or(u16::MAX / 2);
        let larger = screen.foot(height);
        match larger.height == height && !about.is_empty() {
            true => (larger, about),
            false => (sheet, Vec::new()),
        }
    }

    /// The first row that is seen of `height`.
    #[must_use]
    pub fn top(&self, height: u16) -> usize {
        (self.list.chosen + 1).saturating_sub(usize::from(height))
    }
}
