//! Where the cards stand: in rows, of which only those that are seen are laid out.

use std::collections::HashSet;

use ratatui::layout::Rect;

use super::{Board, Order, Shelf};
use crate::app::Side;
use crate::app::screen::{Screen, room};
use crate::app::wrapped::wrapped;

/// The widest that the list gets, in cells.
const WIDTH: u16 = 100;
/// The widest that it gets where two cards stand side by side.
const WIDE: u16 = 150;
/// From this width on, in cells, two cards stand side by side.
const OPPOSITE: u16 = 80;
/// Between them, in cells.
const BETWEEN: u16 = 5;
/// The least height of the sheet, in cells, at which there is room for what is counted.
const COUNTED: u16 = 12;

/// A row of cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The group that begins with it.
    heading: Option<usize>,
    /// Its cards, by place among those that pass.
    cards: [Option<usize>; 2],
    /// Whether each has half of the width.
    halves: bool,
}

/// Something that is seen of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Where; cut where the screen ends.
    pub area: Rect,
    /// What.
    pub what: What,
}

/// What is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The heading of a group, by number.
    Heading(usize),
    /// A card, by its place among those that pass.
    Card(usize),
}

/// Where the parts of the list stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Areas {
    /// What is written in of the sheet.
    pub room: Rect,
    /// The cards, below the filter.
    pub list: Rect,
    /// What is counted; of no height where there is no room for it.
    pub counts: Rect,
}

impl Board {
    /// Where the list stands on `screen`.
    #[must_use]
    pub fn areas(&self, screen: &Screen) -> Areas {
        let sheet = screen.body();
        let opposite = self.is_opposite() && sheet.width >= OPPOSITE;
        let room = room(sheet, if opposite { WIDE } else { WIDTH });
        let filter = match self.is_filtered() {
            true if room.height > 4 => 2,
            filtered => u16::from(filtered),
        };
        let most = match sheet.height {
            ..COUNTED => 0,
            _ => 2,
        };
        let counted = wrapped(&self.counts, usize::from(room.width), most).len();
        let counted = u16::try_from(counted).unwrap_or(0);
        let air = u16::from(counted > 0);
        Areas {
            room,
            list: Rect {
                y: room.y + filter,
                height: room.height.saturating_sub(filter + counted + air),
                ..room
            },
            counts: Rect {
                y: room.bottom().saturating_sub(counted),
                height: counted,
                ..room
            },
        }
    }

    /// Whether cards stand opposite each other, where there is room.
    fn is_opposite(&self) -> bool {
        self.order == Order::Theme && self.shelf == Shelf::Notes
    }

    /// Puts the cards in rows, and moves the list so that the chosen one is seen on `screen`.
    pub fn settle(&mut self, screen: &Screen) {
        let list = self.areas(screen).list;
        self.rows = self.lay(self.is_opposite() && list.width >= OPPOSITE - 4);
        let chosen = self.row_of(self.list.chosen);
        let mut left = usize::from(list.height) + 1;
        let mut first = chosen;
        for row in (self.top.min(chosen)..=chosen).rev() {
            match left.checked_sub(self.height(row, list.width) + 1) {
                Some(rest) => left = rest,
                None => break,
            }
            first = row;
        }
        self.top = first;
    }

    /// The rows of the cards that pass.
    fn lay(&self, halves: bool) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut open: Option<(usize, [Vec<usize>; 2])> = None;
        let mut last = None;
        let close = |open: &mut Option<(usize, [Vec<usize>; 2])>, rows: &mut Vec<Row>| {
            let Some((group, [left, right])) = open.take() else {
                return;
            };
            for at in 0..left.len().max(right.len()) {
                rows.push(Row {
                    heading: (at == 0).then_some(group),
                    cards: [left.get(at).copied(), right.get(at).copied()],
                    halves: true,
                });
            }
        };
        for (place, card) in self.list.rows().enumerate() {
            let begins = last != Some(card.group);
            last = Some(card.group);
            match card.side.filter(|_| halves) {
                Some(side) => {
                    if begins {
                        close(&mut open, &mut rows);
                    }
                    let (_, sides) = open.get_or_insert_with(|| (card.group, Default::default()));
                    sides[side.index()].push(place);
                }
                None => {
                    close(&mut open, &mut rows);
                    rows.push(Row {
                        heading: begins.then_some(card.group),
                        cards: [Some(place), None],
                        halves: false,
                    });
                }
            }
        }
        close(&mut open, &mut rows);
        rows
    }

    fn row_of(&self, place: usize) -> usize {
        let has = |row: &Row| row.cards.contains(&Some(place));
        self.rows.iter().position(has).unwrap_or(0)
    }

    /// Where the cards of a row stand, from its left end, and how wide they are.
    fn halves(row: &Row, width: u16) -> [(u16, u16); 2] {
        let half = width.saturating_sub(BETWEEN) / 2;
        match row.halves {
            true => [(0, half), (half + BETWEEN, half)],
            false => [(0, width); 2],
        }
    }

    /// How many lines a row takes: its heading with air below, its cards.
    fn height(&self, row: usize, width: u16) -> usize {
        let Some(row) = self.rows.get(row) else {
            return 0;
        };
        let cards = row.cards.iter().zip(Board::halves(row, width));
        let heights = cards.filter_map(|(place, (_, width))| {
            let card = self.list.get((*place)?)?;
            Some(card.rows(width, self.lang))
        });
        heights.max().unwrap_or(0) + if row.heading.is_some() { 2 } else { 0 }
    }

    /// What of the list is seen on `screen`, from the top.
    #[must_use]
    pub fn seen(&self, screen: &Screen) -> Vec<Seen> {
        let list = self.areas(screen).list;
        let mut seen = Vec::new();
        let mut y = list.y;
        for (number, row) in self.rows.iter().enumerate().skip(self.top) {
            if y >= list.bottom() {
                break;
            }
            let height = u16::try_from(self.height(number, list.width)).unwrap_or(u16::MAX);
            let end = y.saturating_add(height).min(list.bottom());
            if let Some(group) = row.heading {
                seen.push(Seen {
                    area: Rect {
                        y,
                        height: 1,
                        ..list
                    },
                    what: What::Heading(group),
                });
                y += 2;
            }
            for (place, (x, width)) in row.cards.iter().zip(Board::halves(row, list.width)) {
                // Below a heading at the very end there is no room for a card.
                if let Some(place) = place.filter(|_| y < list.bottom()) {
                    let area = Rect {
                        x: list.x + x,
                        y,
                        width,
                        height: end.saturating_sub(y),
                    };
                    seen.push(Seen {
                        area,
                        what: What::Card(place),
                    });
                }
            }
            y = end.saturating_add(1);
        }
        seen
    }

    /// Moves by `by` rows, on the same side where there is a card.
    pub fn step(&mut self, by: isize) {
        let here = self.row_of(self.list.chosen);
        let side = self
            .rows
            .get(here)
            .map_or(0, |row| usize::from(row.cards[1] == Some(self.list.chosen)));
        let last = self.rows.len().saturating_sub(1);
        let there = here.saturating_add_signed(by).min(last);
        if there == here {
            return;
        }
        if let Some(row) = self.rows.get(there) {
            let card = row.cards[side].or(row.cards[0]).or(row.cards[1]);
            self.list.chosen = card.unwrap_or(self.list.chosen);
        }
    }

    /// Goes to what stands opposite, on `side`.
    pub fn cross(&mut self, side: Side) {
        let here = self.row_of(self.list.chosen);
        let opposite = |row: &Row| row.cards[side.index()].filter(|_| row.halves);
        // Where nothing stands right opposite, the nearest above is in the same theme or there is none.
        let above = self.rows[..(here + 1).min(self.rows.len())].iter().rev();
        let in_theme = above.scan(false, |ended, row| {
            let ends = std::mem::replace(ended, row.heading.is_some());
            (!ends).then_some(row)
        });
        let found = in_theme.into_iter().find_map(opposite);
        self.list.chosen = found.unwrap_or(self.list.chosen);
    }

    /// How many rows a page has on `screen`.
    #[must_use]
    pub fn page(&self, screen: &Screen) -> isize {
        let cards = self
            .seen(screen)
            .into_iter()
            .filter(|seen| matches!(seen.what, What::Card(_)));
        let tops: HashSet<u16> = cards.map(|seen| seen.area.y).collect();
        tops.len().saturating_sub(1).max(1).cast_signed()
    }
}
