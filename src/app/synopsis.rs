//! The synopsis: parallel exchanges in rows, over the whole width, and one scrolling for both sides.
//!
//! A row of the synopsis is laid out when it is looked at and not before: its head, what both sides have, and a blank
//! line. What is asked of it costs as much as the rows that are seen, however long the interviews are.

use std::ops::Range;
use std::sync::Arc;

use ratatui::layout::Position;

use super::column::{Column, Flow, Place};
use super::effect::Effect;
use super::keymap::Action;
use super::message::Moment;
use super::questions::one_line;
use super::screen::Screen;
use super::{App, Overlay, Side, column};
use crate::interview::Interview;
use crate::lang::Lang;
use crate::notes::Verdict;
use crate::parallels::rows::{Cell, Order, Row, rows};
use crate::parallels::{Alignment, Parallel};
use crate::text::visible::visible_line;

/// The synopsis that is open.
#[derive(Debug, Default)]
pub struct Synopsis {
    /// In which order its rows stand.
    pub order: Order,
    /// Its rows; none while the parallels are looked for.
    pub rows: Vec<Row>,
    /// The row that is read, by index.
    pub current: usize,
    /// The lines that are seen, from the top; made when the screen is settled.
    pub lines: Vec<Line>,
    /// The words that the pair of the current row shares, in bytes of each interview's text.
    pub shared: [Vec<Range<usize>>; 2],
    /// How the texts flow at the measure that the screen gives.
    pub flows: [Flow; 2],
    /// What it is made of.
    of: Option<(Arc<Alignment>, [Arc<Interview>; 2])>,
    /// For each exchange of either side the row in which it stands in full.
    homes: [Vec<usize>; 2],
    /// The exchanges to be read once there are rows.
    awaited: Option<[Option<usize>; 2]>,
    /// The row at the top of the screen, and the line of it.
    top: (usize, usize),
    /// What stood there, for another measure.
    anchor: Option<(Side, Place)>,
    /// The pair that `shared` is of.
    shared_by: Option<(usize, usize)>,
    /// The measure, in cells, and whether the sides stand one under the other.
    setting: (usize, bool),
    /// The lines that fit.
    height: usize,
    lang: Lang,
}

/// A line of the synopsis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The row that it belongs to, by index.
    pub row: usize,
    /// What stands in it.
    pub content: Content,
}

/// What stands in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// What the row is about.
    Head,
    /// What either side has; where they stand one under the other, one of them has nothing.
    Text([Option<Piece>; 2]),
}

/// What one side has in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Its text.
    Text(column::Row),
    /// An exchange that stands elsewhere: in which row, and how its question begins.
    Elsewhere(String),
    /// Nothing stands opposite; that is said.
    Gap,
}

impl Synopsis {
    /// Takes what the columns show, where that has changed; the exchange that is read stays.
    pub(super) fn take(&mut self, columns: &[Column; 2], alignment: Option<&Arc<Alignment>>) {
        let [Some(left), Some(right)] = columns.each_ref().map(|column| &column.interview) else {
            return self.forget();
        };
        let Some(alignment) = alignment else {
            return self.forget();
        };
        if let Some((known, _)) = &self.of
            && Arc::ptr_eq(known, alignment)
        {
            return;
        }
        self.of = Some((Arc::clone(alignment), [Arc::clone(left), Arc::clone(right)]));
        self.flows.iter_mut().for_each(Flow::clear);
        self.arrange();
    }

    /// The texts may be others by the time that there are parallels again.
    fn forget(&mut self) {
        self.of = None;
        self.awaited = self.read_here().or(self.awaited);
        self.rows.clear();
        self.lines.clear();
    }

    /// Puts the rows in order; the one that is read stays in sight.
    fn arrange(&mut self) {
        let Some((alignment, _)) = &self.of else {
            return;
        };
        let read = self.read_here().or(self.awaited.take());
        self.rows = rows(alignment, self.order);
        let (left, right) = alignment.similarity().size();
        self.homes = [vec![0; left], vec![0; right]];
        for (index, row) in self.rows.iter().enumerate() {
            for side in Side::BOTH {
                if let Cell::Exchange(exchange) = row.cell(side) {
                    self.homes[side.index()][exchange] = index;
                }
            }
        }
        self.shared_by = None;
        if let Some(read) = read {
            self.go_to(read);
        }
    }

    /// The exchanges of the row that is read.
    fn read_here(&self) -> Option<[Option<usize>; 2]> {
        let row = self.rows.get(self.current)?;
        Some(Side::BOTH.map(|side| row.cell(side).exchange()))
    }

    /// Reads the row of a pair: that of both, or else that of either.
    pub(super) fn go_to(&mut self, pair: [Option<usize>; 2]) {
        let of = |row: &Row| Side::BOTH.map(|side| row.cell(side).exchange());
        let both = self.rows.iter().position(|row| of(row) == pair);
        let mut either = Side::BOTH.into_iter().filter_map(|side| {
            let homes = &self.homes[side.index()];
            homes.get(pair[side.index()]?).copied()
        });
        let row = both.or_else(|| either.next()).unwrap_or(0);
        self.read(row);
    }

    /// Brings row `row` to the top.
    fn read(&mut self, row: usize) {
        self.current = row.min(self.rows.len().saturating_sub(1));
        self.top = (self.current, 0);
        self.anchor = None;
    }

    /// The pair of row `row`, where there are two.
    #[must_use]
    pub fn pair_of(&self, row: usize) -> Option<Parallel> {
        let (left, right) = self.rows.get(row)?.pair()?;
        let (alignment, _) = self.of.as_ref()?;
        Some(alignment.pair(left, right))
    }

    /// Whether the sides stand one under the other.
    #[must_use]
    pub fn is_stacked(&self) -> bool {
        self.setting.1
    }

    /// Finds the lines that are seen on `screen`.
    pub(super) fn settle(&mut self, screen: &Screen, lang: Lang) {
        let areas = screen.synopsis();
        let setting = (
            areas
                .map(|area| area.text.width)
                .into_iter()
                .min()
                .map_or(1, usize::from),
            areas[0] == areas[1],
        );
        self.lang = lang;
        self.height = usize::from(areas[0].text.height);
        for flow in &mut self.flows {
            flow.set_measure(setting.0);
        }
        if setting != self.setting {
            self.setting = setting;
            self.stay();
        }
        self.lines.clear();
        for row in self.top.0..self.rows.len() {
            if self.lines.len() >= self.height {
                break;
            }
            let skip = if row == self.top.0 { self.top.1 } else { 0 };
            let lines = self.lay(row).into_iter().skip(skip);
            let room = self.height - self.lines.len();
            self.lines
                .extend(lines.take(room).map(|content| Line { row, content }));
        }
        if self.anchor.is_none() {
            let mut of_the_first = self.lines.iter().take_while(|line| line.row == self.top.0);
            self.anchor = of_the_first.find_map(anchor);
        }
        let pair = self.rows.get(self.current).and_then(Row::pair);
        if pair != self.shared_by || pair.is_none() {
            self.shared_by = pair;
            let pair = pair.zip(self.of.as_ref());
            self.shared = pair.map_or_else(Default::default, |((left, right), (alignment, _))| {
                alignment.shared(left, right)
            });
        }
    }

    /// Finds the line that stood at the top at another measure.
    fn stay(&mut self) {
        let (row, line) = self.top;
        let Some((side, place)) = self.anchor.filter(|_| line > 0) else {
            self.top.1 = 0;
            return;
        };
        let before = |content: &Content| match content {
            Content::Text(pieces) => match &pieces[side.index()] {
                Some(Piece::Text(row)) => place_of(row) <= place,
                _ => false,
            },
            Content::Head => true,
        };
        self.top.1 = self.lay(row).iter().rposition(before).unwrap_or(0);
    }

    /// The lines of row `row`.
    fn lay(&mut self, row: usize) -> Vec<Content> {
        let Some(cells) = self.rows.get(row).copied() else {
            return Vec::new();
        };
        let [left, right] = Side::BOTH.map(|side| self.pieces(&cells, side));
        let mut lines = vec![Content::Head];
        if self.setting.1 {
            let between = usize::from(!left.is_empty() && !right.is_empty());
            lines.extend(left.into_iter().map(|piece| Content::Text([piece, None])));
            lines.extend((0..between).map(|_| Content::Text([None, None])));
            lines.extend(right.into_iter().map(|piece| Content::Text([None, piece])));
        } else {
            let (mut left, mut right) = (left.into_iter(), right.into_iter());
            loop {
                let line = [left.next(), right.next()];
                if line == [None, None] {
                    break;
                }
                lines.push(Content::Text(line.map(Option::flatten)));
            }
        }
        if row + 1 < self.rows.len() {
            lines.push(Content::Text([None, None]));
        }
        lines
    }

    /// What the interview on `side` has in a row, line by line.
    fn pieces(&mut self, row: &Row, side: Side) -> Vec<Option<Piece>> {
        let Some((alignment, interviews)) = &self.of else {
            return Vec::new();
        };
        let interview = &interviews[side.index()];
        match row.cell(side) {
            Cell::Gap if self.setting.1 => Vec::new(),
            Cell::Gap => vec![Some(Piece::Gap)],
            Cell::Elsewhere(exchange) => vec![Some(self.reference(side, exchange))],
            Cell::Exchange(exchange) => {
                let shown = row.cell(side.other()).exchange();
                let candidates = alignment.candidates(side, exchange).iter();
                let further: Vec<Option<Piece>> = candidates
                    .map(|parallel| side.other().of(parallel))
                    .filter(|other| Some(*other) != shown)
                    .map(|other| Some(self.reference(side.other(), other)))
                    .collect();
                let Some(exchange) = interview.exchanges.get(exchange) else {
                    return further;
                };
                let text = self.flows[side.index()].within(interview, exchange.paragraphs.range());
                let mut pieces: Vec<Option<Piece>> =
                    text.into_iter().map(|row| Some(Piece::Text(row))).collect();
                if !further.is_empty() {
                    pieces.push(None);
                }
                pieces.extend(further);
                pieces
            }
        }
    }

    /// Where an exchange stands in full, and how its question begins.
    fn reference(&self, side: Side, exchange: usize) -> Piece {
        let row = self.homes[side.index()]
            .get(exchange)
            .map_or(0, |row| row + 1);
        let interview = self
            .of
            .as_ref()
            .map(|(_, interviews)| &interviews[side.index()]);
        let question = interview.map_or("", |interview| interview.question(exchange));
        let said = self.lang.tr("row", "Zeile");
        let question = visible_line(&one_line(question));
        Piece::Elsewhere(format!("{said} {row}: {question}"))
    }

    /// Scrolls by `by` lines, down if positive; the end comes to rest on the last line of the screen, unless the last row
    /// was brought to the top.
    pub(super) fn scroll(&mut self, by: isize) {
        if self.rows.is_empty() {
            return;
        }
        let mut by = by;
        if by > 0 {
            let ahead = by.unsigned_abs() + self.height;
            let below = self.lines_below(self.top, ahead);
            by = by.min(below.saturating_sub(self.height).cast_signed());
        }
        if by == 0 {
            return;
        }
        self.top = self.moved(self.top, by);
        self.anchor = None;
        let down = (self.height / 6).min(5).cast_signed();
        self.current = self.moved(self.top, down).0;
    }

    /// How many lines there are from `top` on; no more than `most` are counted.
    fn lines_below(&mut self, top: (usize, usize), most: usize) -> usize {
        let mut count = 0;
        for row in top.0..self.rows.len() {
            if count >= most {
                break;
            }
            let skip = if row == top.0 { top.1 } else { 0 };
            count += self.lay(row).len().saturating_sub(skip);
        }
        count.min(most)
    }

    /// The line `by` lines after `from`, or before it; the first or the last where there are not so many.
    fn moved(&mut self, from: (usize, usize), by: isize) -> (usize, usize) {
        let (mut row, mut line) = (from.0, from.1.saturating_add_signed(by));
        if by < 0 {
            let mut up = by.unsigned_abs();
            line = from.1;
            while up > line && row > 0 {
                up -= line;
                row -= 1;
                line = self.lay(row).len();
            }
            return (row, line.saturating_sub(up));
        }
        loop {
            let height = self.lay(row).len();
            if line < height {
                return (row, line);
            }
            if row + 1 >= self.rows.len() {
                return (row, height.saturating_sub(1));
            }
            line -= height;
            row += 1;
        }
    }

    /// To the last page.
    fn end(&mut self) {
        let Some(last) = self.rows.len().checked_sub(1) else {
            return;
        };
        let end = (last, self.lay(last).len().saturating_sub(1));
        self.top = self.moved(end, 1 - self.height.max(1).cast_signed());
        self.anchor = None;
        self.current = last;
    }

    /// The row that stands at `at`.
    #[must_use]
    pub fn at(&self, at: Position, screen: &Screen) -> Option<usize> {
        let line = at.y.checked_sub(screen.synopsis()[0].text.y)?;
        self.lines.get(usize::from(line)).map(|line| line.row)
    }
}

/// Where a line of text begins; of two sides, the left one's is taken.
fn anchor(line: &Line) -> Option<(Side, Place)> {
    let Content::Text(pieces) = &line.content else {
        return None;
    };
    Side::BOTH
        .into_iter()
        .find_map(|side| match &pieces[side.index()] {
            Some(Piece::Text(row)) if row.line.is_some() => Some((side, place_of(row))),
            _ => None,
        })
}

fn place_of(row: &column::Row) -> Place {
    Place {
        paragraph: row.paragraph,
        byte: row
            .line
            .as_ref()
            .map_or(usize::MAX, |line| line.range.start),
    }
}

impl App {
    pub(super) fn open_synopsis(&mut self) {
        if !self.are_two() {
            return;
        }
        let mut synopsis = Synopsis::default();
        synopsis.take(&self.columns, self.pairing.alignment.as_ref());
        let lead = self.pairing.lead;
        let mut read = self.columns.each_ref().map(|column| column.current);
        if !self.is_bright(lead.other()) {
            read[lead.other().index()] = None;
        }
        match self.pairing.alignment {
            Some(_) => synopsis.go_to(read),
            None => synopsis.awaited = Some(read),
        }
        self.overlay = Some(Overlay::Synopsis(Box::new(synopsis)));
    }

    pub(super) fn act_in_synopsis(
        &mut self,
        action: Action,
        moment: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let Some(Overlay::Synopsis(synopsis)) = &mut self.overlay else {
            return;
        };
        let page = synopsis.height.saturating_sub(2).max(1).cast_signed();
        let row = synopsis.rows.get(synopsis.current).copied();
        let pair = row.map(|row| Side::BOTH.map(|side| row.cell(side).exchange()));
        match action {
            Action::LineDown => synopsis.scroll(1),
            Action::LineUp => synopsis.scroll(-1),
            Action::PageDown => synopsis.scroll(page),
            Action::PageUp => synopsis.scroll(-page),
            Action::HalfDown => synopsis.scroll(page / 2),
            Action::HalfUp => synopsis.scroll(-(page / 2)),
            Action::NextQuestion => synopsis.read(synopsis.current + 1),
            Action::PreviousQuestion => synopsis.read(synopsis.current.saturating_sub(1)),
            Action::Start => synopsis.read(0),
            Action::End => synopsis.end(),
            Action::Order => {
                synopsis.order = synopsis.order.next();
                synopsis.arrange();
            }
            Action::Accept => self.read_pair(pair.unwrap_or_default()),
            Action::Link | Action::Unlink => {
                let verdict = match action {
                    Action::Link => Verdict::Confirmed,
                    _ => Verdict::Rejected,
                };
                self.judge_pair(pair.unwrap_or_default(), verdict, moment, effects);
            }
            Action::Theme => self.begin_naming(pair.unwrap_or_default()),
            Action::Undo => self.undo(moment, false, effects),
            Action::Redo => self.undo(moment, true, effects),
            Action::Cancel => self.overlay = None,
            _ => {}
        }
    }
}
