//! The list of questions of both interviews, by interview or by theme, and its filter.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::Side;
use super::line::TypedLine;
use crate::find::filter::{Filter, Matches, emphasis};
use crate::find::query::Query;
use crate::interview::Interview;
use crate::parallels::themes::{Theme, themes};
use crate::parallels::{Alignment, Between};

/// The list of questions.
#[derive(Debug, Default)]
pub struct Questions {
    /// The filter, as typed.
    pub typed: TypedLine,
    /// The chosen one among those that pass, by place.
    pub chosen: usize,
    /// The themes that it is grouped by, where it is.
    pub themes: Option<Themes>,
    /// The first row that is seen; made by [`Questions::settle`].
    pub top: usize,
    /// How many questions the left interview has; those of the right follow.
    left: usize,
    filter: Filter,
    query: Query,
    matches: Matches,
}

/// What the list is grouped by.
#[derive(Debug, Default)]
pub struct Themes {
    /// What each theme is called; what comes after them has no counterpart.
    pub names: Vec<String>,
    /// The theme of each question, by place in `names`.
    of: HashMap<(Side, usize), usize>,
    /// The rows of the list, made when it is filtered.
    rows: Vec<Row>,
}

impl Themes {
    /// The themes of two interviews.
    #[must_use]
    pub fn new(alignment: &Alignment) -> Themes {
        let found = themes([&Between::new([0, 1], alignment)]);
        let mut of = HashMap::new();
        for (place, theme) in found.iter().enumerate() {
            for &(interview, exchange) in &theme.members {
                of.insert((Side::BOTH[interview.min(1)], exchange), place);
            }
        }
        Themes {
            names: found.iter().map(Theme::label).collect(),
            of,
            rows: Vec::new(),
        }
    }
}

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// The name of an interview.
    Heading(Side),
    /// The name of a theme, by place; past the last one, that what follows has no counterpart.
    Theme(usize),
    /// An exchange, by index, and its place among those that pass.
    Question(Side, usize, usize),
    /// A blank row between the two interviews.
    Blank,
}

impl Questions {
    /// Takes the questions of the interviews that stand in the columns; the filter stays.
    pub fn set(&mut self, interviews: [Option<&Arc<Interview>>; 2]) {
        let questions = |interview: Option<&'_ Arc<Interview>>| -> Vec<String> {
            interview.map_or(Vec::new(), |i| {
                (0..i.exchanges.len())
                    .map(|e| one_line(i.question(e)))
                    .collect()
            })
        };
        let before = self.choice();
        let [left, right] = interviews.map(questions);
        self.left = left.len();
        self.filter = Filter::new(left.iter().chain(&right).map(String::as_str));
        self.pass(before);
    }

    /// Filters anew by what is typed; the chosen question stays chosen if it still passes.
    pub fn refilter(&mut self) {
        self.pass(self.choice());
    }

    /// Finds what passes, and chooses `before` again.
    fn pass(&mut self, before: Option<(Side, usize)>) {
        self.query = Query::parse(self.typed.text());
        self.matches = self.filter.matches(&self.query);
        self.group();
        let same = before.and_then(|(side, exchange)| self.place_of(side, exchange));
        self.chosen = same.unwrap_or(0);
    }

    /// Groups by `themes`, or by interview where there are none; the chosen question stays chosen.
    pub fn set_themes(&mut self, themes: Option<Themes>) {
        let before = self.choice();
        self.themes = themes;
        self.pass(before);
    }

    /// Puts what passes in the order of the themes, and a row for the name of each.
    fn group(&mut self) {
        let Some(mut themes) = self.themes.take() else {
            return;
        };
        let rows = &self.matches.rows;
        let theme = |row: &u32| themes.of.get(&self.question(*row)).copied();
        let last = themes.names.len();
        let mut placed: Vec<(usize, u32)> = rows
            .iter()
            .map(|row| (theme(row).unwrap_or(last), *row))
            .collect();
        placed.sort_unstable();
        themes.rows.clear();
        for (place, same) in placed.chunk_by(|a, b| a.0 == b.0).enumerate() {
            if place > 0 {
                themes.rows.push(Row::Blank);
            }
            themes
                .rows
                .extend(same.first().map(|(theme, _)| Row::Theme(*theme)));
            themes.rows.extend(same.iter().map(|(_, row)| {
                let (side, exchange) = self.question(*row);
                Row::Question(side, exchange, 0)
            }));
        }
        let questions = themes.rows.iter_mut().filter_map(|row| match row {
            Row::Question(_, _, place) => Some(place),
            _ => None,
        });
        questions
            .enumerate()
            .for_each(|(number, place)| *place = number);
        self.matches.rows = placed.into_iter().map(|(_, row)| row).collect();
        self.themes = Some(themes);
    }

    /// How many pass, and how many there are.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        (self.matches.rows.len(), self.filter.len())
    }

    /// Whether only a loose match was found: letters in order, anywhere in the line.
    #[must_use]
    pub fn is_loose(&self) -> bool {
        self.matches.loose
    }

    /// The chosen question: its side and its exchange, by index.
    #[must_use]
    pub fn choice(&self) -> Option<(Side, usize)> {
        self.at(self.chosen)
    }

    /// Chooses an exchange, if it passes.
    pub fn choose(&mut self, side: Side, exchange: usize) {
        if let Some(place) = self.place_of(side, exchange) {
            self.chosen = place;
        }
    }

    /// Moves the choice by `by` questions, and stops at the ends.
    pub fn step(&mut self, by: isize) {
        let last = self.matches.rows.len().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(by).min(last);
    }

    /// The bytes of a question that the filter matched.
    #[must_use]
    pub fn emphasis(&self, question: &str) -> Vec<Range<usize>> {
        emphasis(&self.query, question, self.matches.loose)
    }

    /// Moves the list so that the chosen question is among `height` rows.
    pub fn settle(&mut self, height: usize) {
        let row = self.row_of(self.chosen);
        let head = row.checked_sub(1).and_then(|above| self.row(above));
        let headed = matches!(head, Some(Row::Heading(_) | Row::Theme(_)));
        let first = row.saturating_sub(usize::from(headed));
        self.top = self.top.min(first).max((row + 1).saturating_sub(height));
        self.top = self
            .top
            .min(self.len().saturating_sub(height.min(self.len())));
    }

    /// How many rows there are, headings and the blank one among them.
    #[must_use]
    pub fn len(&self) -> usize {
        if let Some(themes) = &self.themes {
            return themes.rows.len();
        }
        let (left, right) = self.split();
        let heads = usize::from(left > 0) + usize::from(right > 0);
        left + right + heads + usize::from(heads == 2)
    }

    /// Whether nothing passes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.matches.rows.is_empty()
    }

    /// Row `row` of the list.
    #[must_use]
    pub fn row(&self, row: usize) -> Option<Row> {
        if let Some(themes) = &self.themes {
            return themes.rows.get(row).copied();
        }
        let (left, right) = self.split();
        let question = |place: usize| {
            self.at(place)
                .map(|(side, exchange)| Row::Question(side, exchange, place))
        };
        let mut row = row;
        if left > 0 {
            match row {
                0 => return Some(Row::Heading(Side::Left)),
                r if r <= left => return question(r - 1),
                r if r == left + 1 && right > 0 => return Some(Row::Blank),
                _ => row = row.checked_sub(left + 2)?,
            }
        }
        match row {
            0 if right > 0 => Some(Row::Heading(Side::Right)),
            1.. if row <= right => question(left + row - 1),
            _ => None,
        }
    }

    fn row_of(&self, place: usize) -> usize {
        if let Some(themes) = &self.themes {
            let is = |row: &Row| matches!(row, Row::Question(_, _, at) if *at == place);
            return themes.rows.iter().position(is).unwrap_or(0);
        }
        let (left, _) = self.split();
        match (left, place) {
            (0, place) => place + 1,
            (left, place) if place < left => place + 1,
            (_, place) => place + 3,
        }
    }

    /// How many of those that pass are of the left, and of the right interview.
    fn split(&self) -> (usize, usize) {
        let left = self
            .matches
            .rows
            .partition_point(|&row| (row as usize) < self.left);
        (left, self.matches.rows.len() - left)
    }

    fn at(&self, place: usize) -> Option<(Side, usize)> {
        self.matches.rows.get(place).map(|row| self.question(*row))
    }

    /// The side and the exchange of a question, by its number among all.
    fn question(&self, number: u32) -> (Side, usize) {
        let number = number as usize;
        match number.checked_sub(self.left) {
            Some(exchange) => (Side::Right, exchange),
            None => (Side::Left, number),
        }
    }

    fn place_of(&self, side: Side, exchange: usize) -> Option<usize> {
        let row = match side {
            Side::Left => exchange,
            Side::Right => self.left + exchange,
        };
        let row = u32::try_from(row).ok()?;
        match &self.themes {
            Some(_) => self.matches.rows.iter().position(|known| *known == row),
            None => self.matches.rows.binary_search(&row).ok(),
        }
    }
}

/// How much of a question the list knows, in bytes: no question is longer, but a text without structure may be.
const LONGEST: usize = 4000;

/// A question on one line, as the list knows it; its offsets stay.
#[must_use]
pub fn one_line(question: &str) -> String {
    question[..question.floor_char_boundary(LONGEST)].replace('\n', " ")
}
