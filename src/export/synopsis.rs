//! The synopsis as plain text: two interviews side by side, what belongs together in one row.

use std::ops::Range;

use crate::interview::{Exchange, Interview, Role};
use crate::lang::Lang;
use crate::parallels::{Alignment, Parallel, Side};
use crate::text::{Language, visible, width};
use crate::typeset::typeset;

/// Below so many cells the interviews stand one under the other.
const TWO_COLUMNS: usize = 60;

/// The widest column, in cells: more is hard to read.
const MEASURE: usize = 72;

/// What stands between the columns.
const RULE: &str = " │ ";

/// How many shared words head a row that has no theme.
const TERMS: usize = 4;

/// The synopsis of `left`, with `right` beside it where there is one, in `cells` terminal cells of width.
///
/// Rows follow the left interview. Each exchange is printed once: opposite the exchange that it is the best parallel of,
/// else under its own best parallel; a number with an arrow refers to it elsewhere. What has no parallel stands
/// alone in its row, after what comes before it in its interview. No line ends in spaces; the text ends in a newline.
#[must_use]
pub fn synopsis(
    left: &Interview,
    right: Option<(&Interview, &Alignment)>,
    cells: usize,
    lang: Lang,
) -> String {
    let page = Page::new(left, right.map(|(interview, _)| interview), cells, lang);
    let mut out = page.head();
    let rows = match right {
        Some((right, alignment)) => rows(alignment, left.exchanges.len(), right.exchanges.len()),
        None => (0..left.exchanges.len()).map(Row::alone).collect(),
    };
    out.push_str(&page.around(|interview| 0..first_exchange(interview)));
    for row in &rows {
        out.push_str(&page.row(row, right.map(|(_, alignment)| alignment)));
    }
    out.push_str(&page.around(|interview| end_of_exchanges(interview)..interview.paragraphs.len()));
    visible(&out).into_owned()
}

/// The paragraph that the first exchange begins with.
fn first_exchange(interview: &Interview) -> usize {
    let first = interview.exchanges.first();
    first.map_or(interview.paragraphs.len(), |e| e.paragraphs.start)
}

/// The paragraph after the last exchange.
fn end_of_exchanges(interview: &Interview) -> usize {
    let last = interview.exchanges.last();
    last.map_or(interview.paragraphs.len(), |e| e.paragraphs.end)
}

/// What stands side by side: exchanges counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    left: Cell,
    right: Cell,
}

/// What a column has in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Cell {
    /// An exchange in full.
    Exchange(usize),
    /// An exchange that is printed elsewhere.
    Elsewhere(usize),
    /// Nothing, for the exchange opposite has no parallel here.
    Gap,
}

impl Row {
    fn alone(left: usize) -> Row {
        Row {
            left: Cell::Exchange(left),
            right: Cell::Gap,
        }
    }
}

/// The rows of a synopsis, in the order of the left interview, each exchange in full once.
fn rows(alignment: &Alignment, lefts: usize, rights: usize) -> Vec<Row> {
    let best = |side, here| {
        let candidates: &[Parallel] = alignment.candidates(side, here);
        candidates.first().map(|best| side.other().of(best))
    };
    // Opposite whom each right exchange stands: of those whose best parallel it is, the one that is its own best.
    let mut opposite: Vec<Option<usize>> = vec![None; rights];
    for (right, opposite) in opposite.iter_mut().enumerate() {
        let candidates = alignment.candidates(Side::Right, right);
        let mut suitors = candidates.iter().map(|parallel| parallel.left);
        *opposite = suitors.find(|&left| best(Side::Left, left) == Some(right));
    }
    // The others stand under their best parallel, or else under what comes before them.
    let mut under: Vec<Vec<usize>> = vec![Vec::new(); lefts];
    let mut before_all = Vec::new();
    let mut place = None;
    for right in 0..rights {
        let home = best(Side::Right, right).or(place);
        match (opposite[right], home) {
            (Some(_), _) => {}
            (None, Some(home)) => under[home].push(right),
            (None, None) => before_all.push(right),
        }
        place = opposite[right].or(home);
    }
    let lone = |right| Row {
        left: best(Side::Right, right).map_or(Cell::Gap, Cell::Elsewhere),
        right: Cell::Exchange(right),
    };
    let mut rows: Vec<Row> = before_all.into_iter().map(lone).collect();
    for (left, under) in under.iter().enumerate() {
        rows.push(Row {
            left: Cell::Exchange(left),
            right: match best(Side::Left, left) {
                Some(right) if opposite[right] == Some(left) => Cell::Exchange(right),
                Some(right) => Cell::Elsewhere(right),
                None => Cell::Gap,
            },
        });
        // Its own counterparts come first, in the order of their worth.
        let candidates = alignment.candidates(Side::Left, left);
        let worth = |right| candidates.iter().position(|p| p.right == right);
        let mut under = under.clone();
        under.sort_by_key(|&right| worth(right).unwrap_or(usize::MAX));
        rows.extend(under.into_iter().map(lone));
    }
    rows
}

/// The interviews, and how they are set.
struct Page<'a> {
    left: &'a Interview,
    right: Option<&'a Interview>,
    /// The width of a column, in cells.
    measure: usize,
    /// Whether the interviews stand side by side.
    columns: bool,
    lang: Lang,
}

impl<'a> Page<'a> {
    fn new(left: &'a Interview, right: Option<&'a Interview>, cells: usize, lang: Lang) -> Self {
        let columns = right.is_some() && cells >= TWO_COLUMNS;
        let room = if columns {
            (cells - width(RULE)) / 2
        } else {
            cells
        };
        Page {
            left,
            right,
            measure: room.clamp(1, MEASURE),
            columns,
            lang,
        }
    }

    /// The width of the page, in cells.
    fn cells(&self) -> usize {
        if self.columns {
            self.measure * 2 + width(RULE)
        } else {
            self.measure
        }
    }

    fn head(&self) -> String {
        let name = |interview: &Interview| {
            let parts = [
                Some(interview.label()),
                interview.metadata.organisation.as_deref(),
                interview.metadata.date.as_deref(),
            ];
            let parts: Vec<&str> = parts.into_iter().flatten().collect();
            set(&parts.join(" · "), self.measure, None)
        };
        let right = self.right.map(name).unwrap_or_default();
        self.beside(&name(self.left), &right)
    }

    /// The paragraphs that stand before or after all exchanges, side by side.
    fn around(&self, which: impl Fn(&Interview) -> Range<usize>) -> String {
        let lines = |interview: &Interview| self.paragraphs(interview, which(interview));
        let left = lines(self.left);
        let right = self.right.map(lines).unwrap_or_default();
        if left.is_empty() && right.is_empty() {
            return String::new();
        }
        self.rule("") + &self.beside(&left, &right)
    }

    fn row(&self, row: &Row, alignment: Option<&Alignment>) -> String {
        let pair = match (&row.left, &row.right) {
            (
                Cell::Exchange(left) | Cell::Elsewhere(left),
                Cell::Exchange(right) | Cell::Elsewhere(right),
            ) => alignment.map(|alignment| alignment.pair(*left, *right)),
            _ => None,
        };
        let label = pair.as_ref().map(|pair| self.label(pair));
        let left = self.cell(self.left, &row.left, Side::Left, row, alignment);
        let right = self.right.map(|right| {
            let cell = self.cell(right, &row.right, Side::Right, row, alignment);
            if self.columns || cell.is_empty() || left.is_empty() {
                cell
            } else {
                // One under the other, a row says whose words follow.
                let mut lines = set(&format!("[{}]", right.short_label()), self.measure, None);
                lines.push(String::new());
                lines.extend(cell);
                lines
            }
        });
        self.rule(&label.unwrap_or_default()) + &self.beside(&left, &right.unwrap_or_default())
    }

    /// What a row is about: its theme, or else the words its two sides share.
    fn label(&self, pair: &Parallel) -> String {
        let numbers = format!("{} ↔ {}", pair.left + 1, pair.right + 1);
        let about = pair.theme.clone().unwrap_or_else(|| {
            let terms = pair.terms.get(..TERMS).unwrap_or(&pair.terms).join(", ");
            let shared = self.lang.tr("shared", "gemeinsam");
            if terms.is_empty() {
                terms
            } else {
                format!("{shared}: {terms}")
            }
        });
        [numbers, about]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · ")
    }

    fn cell(
        &self,
        interview: &Interview,
        cell: &Cell,
        side: Side,
        row: &Row,
        alignment: Option<&Alignment>,
    ) -> Vec<String> {
        match cell {
            Cell::Exchange(exchange) => {
                let mut lines = self.exchange(interview, *exchange);
                let opposite = match side {
                    Side::Left => &row.right,
                    Side::Right => &row.left,
                };
                lines.extend(self.further(side, *exchange, opposite, alignment));
                lines
            }
            Cell::Elsewhere(exchange) => set(&format!("→ {}", exchange + 1), self.measure, None),
            Cell::Gap => {
                let none = self.lang.tr("(no counterpart)", "(ohne Gegenstück)");
                set(none, self.measure, None)
            }
        }
    }

    /// One line for each further parallel of an exchange, beyond the one opposite.
    fn further(
        &self,
        side: Side,
        exchange: usize,
        opposite: &Cell,
        alignment: Option<&Alignment>,
    ) -> Vec<String> {
        let shown = match opposite {
            Cell::Exchange(shown) | Cell::Elsewhere(shown) => Some(*shown),
            Cell::Gap => None,
        };
        let candidates = alignment.map_or(&[][..], |a| a.candidates(side, exchange));
        let mut lines = Vec::new();
        for parallel in candidates {
            let number = side.other().of(parallel);
            if Some(number) != shown {
                let theme = parallel.theme.as_deref().unwrap_or_default();
                let line = format!("→ {} {theme}", number + 1);
                lines.extend(set(line.trim_end(), self.measure, None));
            }
        }
        if !lines.is_empty() {
            lines.insert(0, String::new());
        }
        lines
    }

    /// An exchange: its question behind a bar, with its number, then what answers it.
    fn exchange(&self, interview: &Interview, index: usize) -> Vec<String> {
        let Some(exchange) = interview.exchanges.get(index) else {
            return Vec::new();
        };
        let number = (index + 1).to_string();
        let mut lines = Vec::new();
        let room = self.measure.saturating_sub(number.len() + 3).max(1);
        for paragraph in exchange.question.clone() {
            if !lines.is_empty() {
                lines.push(bar(""));
            }
            let set = set(interview.paragraph(paragraph), room, interview.language);
            lines.extend(set.iter().map(|line| bar(line)));
        }
        let number_of = |line: usize| if line == 0 { number.as_str() } else { "" };
        let pad = number.len();
        for (at, line) in lines.iter_mut().enumerate() {
            *line = format!("{:>pad$} {line}", number_of(at));
        }
        let answer = exchange.question.end..exchange.paragraphs.end;
        let answer = self.spoken(interview, exchange, answer);
        if !answer.is_empty() {
            lines.push(String::new());
            lines.extend(answer);
        }
        lines
    }

    /// The paragraphs of an answer; where several speak, each is named.
    fn spoken(
        &self,
        interview: &Interview,
        exchange: &Exchange,
        paragraphs: Range<usize>,
    ) -> Vec<String> {
        let turns = interview.turns.get(exchange.turns.clone());
        let mut answering = turns
            .unwrap_or_default()
            .iter()
            .filter(|turn| turn.role == Role::Answer)
            .map(|turn| &turn.speaker);
        let first = answering.next();
        if answering.all(|speaker| Some(speaker) == first) {
            return self.paragraphs(interview, paragraphs);
        }
        let mut lines = Vec::new();
        for turn in turns.unwrap_or_default().iter().skip(1) {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            if let Some(speaker) = &turn.speaker {
                lines.extend(set(&format!("{speaker}:"), self.measure, None));
            }
            lines.extend(self.paragraphs(interview, turn.paragraphs.clone()));
        }
        lines
    }

    /// Paragraphs with a blank line between them.
    fn paragraphs(&self, interview: &Interview, paragraphs: Range<usize>) -> Vec<String> {
        let mut lines = Vec::new();
        for paragraph in paragraphs {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            let text = interview.paragraph(paragraph);
            lines.extend(set(text, self.measure, interview.language));
        }
        lines
    }

    /// A rule across the page with what the row is about.
    fn rule(&self, label: &str) -> String {
        let lead = if label.is_empty() {
            String::new()
        } else {
            let room = self.cells().saturating_sub(5);
            format!("── {} ", crate::text::width::clip(label, room))
        };
        let rest = self.cells().saturating_sub(width(&lead));
        format!("\n{lead}{}\n\n", "─".repeat(rest))
    }

    /// Two cells beside each other, or one under the other, each line ended.
    fn beside(&self, left: &[String], right: &[String]) -> String {
        let mut out = String::new();
        let mut end = |line: &str| {
            out.push_str(line.trim_end());
            out.push('\n');
        };
        if self.columns {
            let empty = String::new();
            for at in 0..left.len().max(right.len()) {
                let one = left.get(at).unwrap_or(&empty);
                let other = right.get(at).unwrap_or(&empty);
                let pad = " ".repeat(self.measure.saturating_sub(width(one)));
                end(&format!("{one}{pad}{RULE}{other}"));
            }
        } else {
            left.iter().for_each(|line| end(line));
            if !left.is_empty() && !right.is_empty() {
                end("");
            }
            right.iter().for_each(|line| end(line));
        }
        out
    }
}

/// A line of a question.
fn bar(line: &str) -> String {
    format!("▌ {line}")
}

/// The lines of a text.
fn set(text: &str, measure: usize, language: Option<Language>) -> Vec<String> {
    typeset(text, measure, language)
        .iter()
        .map(|line| line.text(text).into_owned())
        .collect()
}
