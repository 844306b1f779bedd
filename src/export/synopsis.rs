//! The synopsis as plain text: two interviews side by side, what belongs together in one row.

use std::ops::Range;

use crate::interview::{Exchange, Interview, Role};
use crate::lang::Lang;
use crate::parallels::rows::{Cell, Order, Row, rows};
use crate::parallels::{Alignment, Origin, Parallel, Side};
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
/// Rows stand in `order`. Each exchange is printed once: opposite the exchange that it is the best parallel of,
/// else under its own best parallel; a number with an arrow refers to it elsewhere. What has no parallel stands
/// alone in its row, after what comes before it in its interview. No line ends in spaces; the text ends in a newline.
#[must_use]
pub fn synopsis(
    left: &Interview,
    right: Option<(&Interview, &Alignment)>,
    order: Order,
    cells: usize,
    lang: Lang,
) -> String {
    let page = Page::new(left, right.map(|(interview, _)| interview), cells, lang);
    let mut out = page.head();
    let rows = match right {
        Some((_, alignment)) => rows(alignment, order),
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
    first.map_or(interview.paragraphs.len(), |e| e.paragraphs.start())
}

/// The paragraph after the last exchange.
fn end_of_exchanges(interview: &Interview) -> usize {
    let last = interview.exchanges.last();
    last.map_or(interview.paragraphs.len(), |e| e.paragraphs.end())
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
            let known = [&interview.metadata.organisation, &interview.metadata.date];
            let known = known.into_iter().flatten().map(String::as_str);
            let label = interview.label();
            let parts: Vec<&str> = std::iter::once(label)
                .chain(known.filter(|word| *word != label))
                .collect();
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
        let pair = row.pair().zip(alignment);
        let pair = pair.map(|((left, right), alignment)| alignment.pair(left, right));
        let label = pair.as_ref().map(|pair| self.label(pair));
        let left = self.cell(self.left, Side::Left, row, alignment);
        let right = self.right.map(|right| {
            let cell = self.cell(right, Side::Right, row, alignment);
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
        let judged = pair.by.is_some() && pair.origin == Origin::Suggested;
        let by = judged.then(|| pair.whence(self.lang));
        [numbers, about, by.unwrap_or_default()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · ")
    }

    fn cell(
        &self,
        interview: &Interview,
        side: Side,
        row: &Row,
        alignment: Option<&Alignment>,
    ) -> Vec<String> {
        match row.cell(side) {
            Cell::Exchange(exchange) => {
                let mut lines = self.exchange(interview, exchange);
                let shown = row.cell(side.other()).exchange();
                lines.extend(self.further(side, exchange, shown, alignment));
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
        shown: Option<usize>,
        alignment: Option<&Alignment>,
    ) -> Vec<String> {
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
        let answer = exchange.answer();
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
        let turns = interview.turns.get(exchange.turns.range());
        let mut answering = turns
            .unwrap_or_default()
            .iter()
            .filter(|turn| turn.role == Role::Answer)
            .map(|turn| turn.speaker);
        let first = answering.next();
        if answering.all(|speaker| Some(speaker) == first) {
            return self.paragraphs(interview, paragraphs);
        }
        let mut lines = Vec::new();
        for turn in turns.unwrap_or_default().iter().skip(1) {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            if let Some(speaker) = interview.speaker(turn) {
                lines.extend(set(&format!("{speaker}:"), self.measure, None));
            }
            lines.extend(self.paragraphs(interview, turn.paragraphs.range()));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::Voice;
    use crate::parallels::made_up::interview;
    use crate::parallels::{Curated, Terms};

    fn talks() -> [Interview; 2] {
        let mut left = interview(&[
            (
                "Was ist Glück?",
                "Ein Nachmittag, an dem es still ist und niemand anruft.",
            ),
            ("Woher der Hut?", "Vom Flohmarkt."),
        ]);
        left.metadata.interviewee = Some("Ada".to_owned());
        left.metadata.date = Some("2020".to_owned());
        let mut right = interview(&[
            ("Woher der Hut?", "Ein Erbstück."),
            ("Stört Sie der Lärm?", "Nein."),
        ]);
        right.name = "zweite".to_owned();
        [left, right]
    }

    fn set_both(cells: usize, lang: Lang) -> String {
        let [left, right] = talks();
        let (ours, theirs) = (Terms::new(&left), Terms::new(&right));
        let alignment = Alignment::new(&left, &ours, &right, &theirs, &Curated::default(), &[]);
        synopsis(&left, Some((&right, &alignment)), Order::Left, cells, lang)
    }

    #[test]
    fn what_belongs_together_stands_in_one_row() {
        assert_eq!(
            set_both(63, Lang::German),
            "\
Ada · 2020                     │ zweite

───────────────────────────────────────────────────────────────

1 ▌ Was ist Glück?             │ (ohne Gegenstück)
                               │
Ein Nachmittag, an dem es      │
still ist und niemand anruft.  │

── 2 ↔ 1 · gemeinsam: hut ─────────────────────────────────────

2 ▌ Woher der Hut?             │ 1 ▌ Woher der Hut?
                               │
Vom Flohmarkt.                 │ Ein Erbstück.

───────────────────────────────────────────────────────────────

(ohne Gegenstück)              │ 2 ▌ Stört Sie der Lärm?
                               │
                               │ Nein.
"
        );
    }

    #[test]
    fn where_there_is_no_room_one_stands_under_the_other() {
        let text = set_both(40, Lang::English);
        assert!(text.starts_with("Ada · 2020\n\nzweite\n"), "{text}");
        let row = "2 ▌ Woher der Hut?\n\nVom Flohmarkt.\n\n[zweite]\n\n1 ▌ Woher der Hut?\n";
        assert!(text.contains(row), "{text}");
        assert!(text.contains("(no counterpart)"), "{text}");
    }

    #[test]
    fn no_line_is_wider_than_asked_or_ends_in_spaces() {
        for cells in [24, 59, 60, 61, 100, 300] {
            for line in set_both(cells, Lang::German).lines() {
                assert!(width(line) <= cells, "{cells}: {line}");
                assert_eq!(line, line.trim_end());
                assert!(width(line) <= MEASURE * 2 + width(RULE));
            }
        }
        assert!(set_both(0, Lang::German).ends_with('\n'));
    }

    #[test]
    fn one_interview_alone_has_no_gaps_and_no_controls() {
        let mut only = interview(&[("Wer?\u{202e}", "Ich.\u{1b}[31m")]);
        only.name = "x".to_owned();
        assert_eq!(
            synopsis(&only, None, Order::Left, 20, Lang::English),
            "x\n\n────────────────────\n\n1 ▌ Wer?\u{fffd}\n\nIch.␛[31m\n"
        );
    }

    #[test]
    fn where_several_answer_each_is_named() {
        let mut both = interview(&[("Wie heißt ihr?", "Ada."), ("", "Bo.")]);
        both.speakers = ["F", "Ada", "Bo"].map(String::from).into();
        for (voice, turn) in both.turns.iter_mut().enumerate() {
            turn.speaker = Voice::of(voice);
        }
        let text = synopsis(&both, None, Order::Left, 40, Lang::English);
        assert!(text.ends_with("Ada:\nAda.\n\nBo:\nBo.\n"), "{text}");
        both.turns[2].speaker = Voice::of(1);
        let text = synopsis(&both, None, Order::Left, 40, Lang::English);
        assert!(text.ends_with("Ada.\n\nBo.\n"), "{text}");
    }
}
