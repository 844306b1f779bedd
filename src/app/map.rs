//! The map of parallels: the left questions against the right ones, and a cursor on a pair.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use ratatui::layout::Position;

use super::effect::Effect;
use super::keymap::Action;
use super::message::Moment;
use super::screen::{MapArea, Screen};
use super::{App, Overlay, Side};
use crate::export::map::Meeting;
use crate::notes::Verdict;
use crate::parallels::{Alignment, Parallel};

/// How many rows of scores are kept.
const KEPT: usize = 256;

/// The map that is open.
#[derive(Debug, Default)]
pub struct Map {
    /// The pair that it is about, by index: the left exchange and the right one.
    pub cursor: [usize; 2],
    /// The first row and the first column that are seen.
    pub top: [usize; 2],
    /// What is seen, row by row; made when the screen is settled.
    pub rows: Vec<Vec<Meeting>>,
    /// The pair under the cursor, with its reasons.
    pub pair: Option<Parallel>,
    /// How many questions there are on either side; none while the parallels are looked for.
    pub size: [usize; 2],
    /// What it is a map of.
    of: Option<Arc<Alignment>>,
    /// The scores of the left exchanges that were looked at.
    scores: HashMap<usize, Vec<f32>>,
}

impl Map {
    /// Takes the parallels, where they are others; the cursor stays where it was.
    pub(super) fn take(&mut self, alignment: Option<&Arc<Alignment>>) {
        let same = match (&self.of, alignment) {
            (Some(known), Some(now)) => Arc::ptr_eq(known, now),
            (None, None) => true,
            _ => false,
        };
        if same {
            return;
        }
        self.of = alignment.cloned();
        self.scores.clear();
        self.pair = None;
        let size = alignment.map_or((0, 0), |alignment| alignment.similarity().size());
        self.size = [size.0, size.1];
        self.go(self.cursor);
    }

    /// Puts the cursor on a pair, or the nearest that there is.
    fn go(&mut self, to: [usize; 2]) {
        for (side, to) in to.into_iter().enumerate() {
            // While the parallels are looked for nobody knows where it ends.
            let last = self.of.as_ref().map(|_| self.size[side].saturating_sub(1));
            let at = to.min(last.unwrap_or(to));
            if self.cursor[side] != at {
                self.cursor[side] = at;
                self.pair = None;
            }
        }
    }

    /// Moves the cursor by rows and columns.
    pub(super) fn step(&mut self, rows: isize, columns: isize) {
        let [row, column] = self.cursor;
        self.go([
            row.saturating_add_signed(rows),
            column.saturating_add_signed(columns),
        ]);
    }

    /// The columns that are seen.
    #[must_use]
    pub fn columns(&self, area: &MapArea) -> Range<usize> {
        let end = self.top[1] + area.columns();
        self.top[1]..end.min(self.size[1])
    }

    /// Moves what is seen to where the cursor is, and finds what stands there.
    pub(super) fn settle(&mut self, screen: &Screen) {
        let area = screen.map(self.size);
        let room = [usize::from(area.cells.height), area.columns()];
        for (side, room) in room.into_iter().enumerate() {
            let room = room.max(1);
            let last = self.size[side].saturating_sub(room);
            let at = self.cursor[side];
            self.top[side] = self.top[side]
                .min(at)
                .max(at.saturating_add(1).saturating_sub(room))
                .min(last);
        }
        self.rows.clear();
        let Some(alignment) = self.of.clone() else {
            return;
        };
        let columns = self.columns(&area);
        for left in self.top[0]..self.size[0].min(self.top[0] + room[0]) {
            if self.scores.len() >= KEPT {
                self.scores.clear();
            }
            let scores = self.scores.entry(left);
            let scores = scores.or_insert_with(|| alignment.scores(left));
            let meetings = columns.clone().map(|right| {
                let score = scores.get(right).copied().unwrap_or_default();
                Meeting::new(&alignment, left, right, score)
            });
            self.rows.push(meetings.collect());
        }
        if self.pair.is_none() && self.size.iter().all(|count| *count > 0) {
            self.pair = Some(alignment.pair(self.cursor[0], self.cursor[1]));
        }
    }

    /// Whether an exchange has no parallel.
    #[must_use]
    pub fn is_alone(&self, side: Side, exchange: usize) -> bool {
        let alignment = self.of.as_ref();
        alignment.is_some_and(|a| a.candidates(side, exchange).is_empty())
    }

    /// The exchanges on `side` that have no parallel.
    pub fn alone(&self, side: Side) -> impl Iterator<Item = usize> + '_ {
        let alignment = self.of.as_deref().into_iter();
        alignment.flat_map(move |alignment| crate::export::map::alone(alignment, side))
    }

    /// The parallels of a left exchange, by the right one, in order.
    fn parallels(&self, left: usize) -> Vec<usize> {
        let of = self.of.as_ref();
        let found = of.map_or(&[][..], |a| a.candidates(Side::Left, left));
        let mut rights: Vec<usize> = found.iter().map(|parallel| parallel.right).collect();
        rights.sort_unstable();
        rights
    }

    /// The next parallel in the order of reading, or the one before; whether there is one.
    fn step_parallel(&mut self, on: bool) -> bool {
        let [row, column] = self.cursor;
        let found = if on {
            (row..self.size[0]).find_map(|left| {
                let rights = self.parallels(left).into_iter();
                let mut after = rights.filter(|right| left > row || *right > column);
                after.next().map(|right| [left, right])
            })
        } else {
            (0..(row + 1).min(self.size[0])).rev().find_map(|left| {
                let rights = self.parallels(left).into_iter();
                let mut before = rights.filter(|right| left < row || *right < column);
                before.next_back().map(|right| [left, right])
            })
        };
        if let Some(found) = found {
            self.go(found);
        }
        found.is_some()
    }

    /// The pair that stands at `at`.
    fn at(&self, at: Position, screen: &Screen) -> Option<[usize; 2]> {
        let area = screen.map(self.size);
        if !area.cells.contains(at) {
            return None;
        }
        let row = self.top[0] + usize::from(at.y - area.cells.y);
        let column = self.top[1] + usize::from((at.x - area.cells.x) / area.cell);
        (row < self.size[0] && column < self.size[1]).then_some([row, column])
    }

    /// Puts the cursor on what stands at `at`; whether it was there already.
    pub(super) fn click(&mut self, at: Position, screen: &Screen) -> bool {
        let Some(pair) = self.at(at, screen) else {
            return false;
        };
        let there = pair == self.cursor;
        self.go(pair);
        there
    }
}

impl App {
    pub(super) fn open_map(&mut self) {
        if !self.are_two() {
            return;
        }
        let mut map = Map::default();
        map.take(self.pairing.alignment.as_ref());
        map.go(self
            .columns
            .each_ref()
            .map(|column| column.current.unwrap_or(0)));
        self.overlay = Some(Overlay::Map(Box::new(map)));
    }

    pub(super) fn act_on_map(&mut self, action: Action, moment: Moment, effects: &mut Vec<Effect>) {
        let Some(Overlay::Map(map)) = &mut self.overlay else {
            return;
        };
        let page = map.rows.len().max(1).cast_signed();
        let pair = map.pair.as_ref();
        let pair = pair.map_or([None; 2], |pair| [Some(pair.left), Some(pair.right)]);
        match action {
            Action::LineDown => map.step(1, 0),
            Action::LineUp => map.step(-1, 0),
            Action::PaneLeft => map.step(0, -1),
            Action::PaneRight => map.step(0, 1),
            Action::PageDown => map.step(page, 0),
            Action::PageUp => map.step(-page, 0),
            Action::Start => map.go([0, 0]),
            Action::End => map.go([usize::MAX; 2]),
            Action::NextParallel | Action::PreviousParallel => {
                let found = map.step_parallel(action == Action::NextParallel);
                if !found {
                    let none = self
                        .lang
                        .tr("no further parallel", "keine weitere Parallele");
                    self.say(none);
                }
            }
            Action::Accept => self.read_pair(pair),
            Action::Link => self.judge_pair(pair, Verdict::Confirmed, moment, effects),
            Action::Unlink => self.judge_pair(pair, Verdict::Rejected, moment, effects),
            Action::Theme => self.begin_naming(pair),
            Action::Undo => self.undo(moment, false, effects),
            Action::Redo => self.undo(moment, true, effects),
            Action::Cancel => self.overlay = None,
            _ => {}
        }
    }
}
