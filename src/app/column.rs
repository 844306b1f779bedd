//! A column: one interview, and where in it the reader is.

pub mod flow;
pub mod foot;
pub mod selection;

use std::ops::Range;
use std::sync::Arc;

use ratatui::layout::Size;

pub use flow::{Flow, Place, Row};
pub use foot::Foot;
pub use selection::Selection;

use crate::interview::Interview;

/// One interview, and where in it the reader is.
#[derive(Debug, Default)]
pub struct Column {
    /// Which interview of the library stands here, by index.
    pub index: usize,
    /// The interview, once it is read.
    pub interview: Option<Arc<Interview>>,
    /// The row at the top.
    pub top: Place,
    /// The exchange that is read, by index; `None` in introduction and closing.
    pub current: Option<usize>,
    /// A selection begun.
    pub selection: Option<Selection>,
    /// The rows that are seen, from the top; made by [`Column::settle`].
    pub rows: Vec<Row>,
    /// What the reader said of the exchange that is read, below the rows.
    pub foot: Foot,
    /// How the text flows at the measure that the screen gives.
    pub flow: Flow,
    /// The rows that fit.
    pub(super) height: usize,
}

impl Column {
    /// Puts an interview here, at its start.
    pub fn set(&mut self, index: usize, interview: Option<Arc<Interview>>) {
        self.index = index;
        self.interview = interview;
        self.flow.clear();
        self.rows.clear();
        self.selection = None;
        self.put(Place::default(), None);
    }

    /// Goes to a place remembered from another time. The interview may have been edited since: an exchange that it
    /// no longer has gives way to the one that the place stands in.
    pub fn put(&mut self, top: Place, exchange: Option<usize>) {
        let interview = self.interview.as_deref();
        let last = interview.map_or(usize::MAX, |i| i.paragraphs.len().saturating_sub(1));
        let paragraph = top.paragraph.min(last);
        let there = |exchange: &usize| interview.is_some_and(|i| *exchange < i.exchanges.len());
        self.current = exchange
            .filter(there)
            .or_else(|| interview?.exchange_of(paragraph));
        self.top = Place { paragraph, ..top };
    }

    /// Takes the size that the screen has for the text and its foot, and finds the rows that are seen.
    pub fn settle(&mut self, text: Size) {
        self.height = usize::from(text.height).saturating_sub(self.foot.rows());
        self.flow.set_measure(usize::from(text.width));
        let Some(interview) = self.interview.clone() else {
            self.rows.clear();
            return;
        };
        self.top = self.flow.align(&interview, self.top);
        self.rows = self.flow.rows(&interview, self.top, self.height);
    }

    /// Brings exchange `index` to the top.
    pub fn go(&mut self, index: usize) {
        let Some(exchange) = self.interview.as_ref().and_then(|i| i.exchanges.get(index)) else {
            return;
        };
        self.top = Place {
            paragraph: exchange.paragraphs.start(),
            byte: 0,
        };
        self.current = Some(index);
    }

    /// Scrolls by `rows` rows, down if positive. The end comes to rest on the last line of the screen,
    /// unless the last exchange was brought to the top.
    pub fn scroll(&mut self, rows: isize) {
        let Some(interview) = self.interview.clone() else {
            return;
        };
        let mut rows = rows;
        if rows > 0 {
            let ahead = rows.unsigned_abs() + self.height;
            let (_, below) = self.flow.moved(&interview, self.top, ahead.cast_signed());
            let room = (below + 1).saturating_sub(self.height);
            rows = rows.min(room.cast_signed());
        }
        self.top = self.flow.moved(&interview, self.top, rows).0;
        self.current = self.at_the_top(&interview);
    }

    /// To the first row.
    pub fn start(&mut self) {
        self.top = Place::default();
        self.current = self.interview.as_ref().and_then(|i| i.exchange_of(0));
    }

    /// To the last page.
    pub fn end(&mut self) {
        let Some(interview) = self.interview.clone() else {
            return;
        };
        let end = self.flow.end(&interview);
        let up = self.height.saturating_sub(1).cast_signed();
        self.top = self.flow.moved(&interview, end, -up).0;
        self.current = match self.at_the_top(&interview) {
            Some(_) => interview.exchanges.len().checked_sub(1),
            None => None,
        };
    }

    /// Goes to `range`, bytes of the interview's text: it comes into view, and the exchange it stands in is read.
    pub fn show(&mut self, range: &Range<usize>) {
        self.bring_into_view(range);
        if let Some(interview) = &self.interview {
            self.current = interview.exchange_of(interview.paragraph_at(range.start));
        }
    }

    /// Brings `range`, bytes of the interview's text, into view.
    pub fn bring_into_view(&mut self, range: &Range<usize>) {
        self.reveal(range, self.height);
    }

    /// Brings `range`, bytes of the interview's text, among the first `height` rows: where its start isn't there, a
    /// third down; then its end, as far as the start allows.
    pub fn reveal(&mut self, range: &Range<usize>, height: usize) {
        let Some(interview) = self.interview.clone() else {
            return;
        };
        let rows = self.flow.rows(&interview, self.top, height);
        let first = row_of(&interview, &rows, range.start).unwrap_or_else(|| {
            let paragraph = interview.paragraph_at(range.start);
            let place = Place {
                paragraph,
                byte: range.start - interview.paragraphs[paragraph].start().min(range.start),
            };
            let up = (height / 3).cast_signed();
            let (top, above) = self.flow.moved(&interview, place, -up);
            self.top = top;
            above
        });
        let rows = self.flow.rows(&interview, self.top, height + first);
        let last = row_of(
            &interview,
            &rows,
            range.end.saturating_sub(1).max(range.start),
        );
        let below = last.map_or(first, |last| (last + 1).saturating_sub(height));
        let on = below.min(first).cast_signed();
        self.top = self.flow.moved(&interview, self.top, on).0;
    }

    /// The byte range of the text that is seen.
    #[must_use]
    pub fn seen(&self) -> Range<usize> {
        let Some(interview) = &self.interview else {
            return 0..0;
        };
        let mut lines = self.rows.iter().filter_map(|row| {
            let start = interview.paragraphs.get(row.paragraph)?.start();
            let range = &row.line.as_ref()?.range;
            Some(start + range.start..start + range.end)
        });
        match (lines.next(), lines.next_back()) {
            (Some(first), Some(last)) => first.start..last.end,
            (Some(only), None) => only,
            _ => 0..0,
        }
    }

    /// The exchange that is read: the one a few rows down, so that a question at the very top doesn't end the one before.
    fn at_the_top(&mut self, interview: &Interview) -> Option<usize> {
        let down = (self.height / 6).min(5);
        let rows = self.flow.rows(interview, self.top, down + 1);
        let row = rows.last()?;
        interview.exchange_of(row.paragraph)
    }
}

/// Which of `rows` byte `byte` of the interview's text stands in; a space that a line ends at belongs to the next.
fn row_of(interview: &Interview, rows: &[Row], byte: usize) -> Option<usize> {
    let line = |row: &Row| {
        let start = interview.paragraphs[row.paragraph].start();
        row.line
            .as_ref()
            .map(|line| start + line.range.start..start + line.range.end.max(line.range.start + 1))
    };
    let first = rows.iter().find_map(line)?;
    if byte < first.start {
        return None;
    }
    rows.iter()
        .position(|row| line(row).is_some_and(|line| byte < line.end))
}
