//! The text of an interview as rows on a screen, typeset only where it is looked at.
//!
//! A place is a paragraph and a byte in it, so that another measure leaves the text where it was. What is typeset at
//! once is a paragraph, or a stretch of one that is very long, so that a text without paragraphs costs no more than another.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use crate::interview::Interview;
use crate::typeset::{Line, Lines, stretch};

/// How many stretches are kept typeset.
const KEPT: usize = 512;

/// A place in an interview: where a row begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The paragraph, by index.
    pub paragraph: usize,
    /// The byte in the paragraph; its length stands for the blank row after it.
    pub byte: usize,
}

/// A row of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The paragraph it belongs to, by index; a blank row belongs to the one before it.
    pub paragraph: usize,
    /// What stands in it, in bytes of the paragraph; `None` for the blank row between two paragraphs.
    pub line: Option<Line>,
}

/// A row that is looked at, while moving from row to row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct At {
    paragraph: usize,
    /// Where the stretch of the paragraph that is typeset with it begins and ends, in bytes.
    from: usize,
    to: usize,
    /// The line in the stretch; as many as it has stands for the blank row.
    line: usize,
}

/// Typesets an interview at one measure, and remembers what it typeset.
#[derive(Debug, Default)]
pub struct Flow {
    measure: usize,
    stretches: HashMap<(usize, usize), Rc<[Line]>>,
    /// How many stretches were typeset since the beginning; a test counts them.
    pub typeset: usize,
}

impl Flow {
    /// Forgets everything: another text stands here.
    pub fn clear(&mut self) {
        self.stretches.clear();
    }

    /// Sets the measure, in cells.
    pub fn set_measure(&mut self, measure: usize) {
        if self.measure != measure {
            self.measure = measure;
            self.stretches.clear();
        }
    }

    /// At most `count` rows from `place` on.
    pub fn rows(&mut self, interview: &Interview, place: Place, count: usize) -> Vec<Row> {
        let mut rows = Vec::with_capacity(count);
        let mut at = self.at(interview, place);
        while let (Some(here), true) = (at, rows.len() < count) {
            rows.push(Row {
                paragraph: here.paragraph,
                line: self.stretch(interview, here).get(here.line).cloned(),
            });
            at = self.next(interview, here);
        }
        rows
    }

    /// The rows of `paragraphs`, and of nothing after them.
    pub fn within(&mut self, interview: &Interview, paragraphs: Range<usize>) -> Vec<Row> {
        let mut rows = Vec::new();
        let first = Place {
            paragraph: paragraphs.start,
            byte: 0,
        };
        let inside = |at: &At| paragraphs.contains(&at.paragraph);
        let mut at = self.at(interview, first).filter(inside);
        while let Some(here) = at {
            rows.push(Row {
                paragraph: here.paragraph,
                line: self.stretch(interview, here).get(here.line).cloned(),
            });
            at = self.next(interview, here).filter(inside);
        }
        // The blank row after the last paragraph is not theirs.
        if rows.last().is_some_and(|row| row.line.is_none()) {
            rows.pop();
        }
        rows
    }

    /// The start of the row that `place` stands in.
    pub fn align(&mut self, interview: &Interview, place: Place) -> Place {
        match self.at(interview, place) {
            Some(at) => self.place(interview, at),
            None => Place::default(),
        }
    }

    /// The place `rows` rows after `place` (before it, if negative), and how many rows there were.
    pub fn moved(&mut self, interview: &Interview, place: Place, rows: isize) -> (Place, usize) {
        let Some(mut at) = self.at(interview, place) else {
            return (Place::default(), 0);
        };
        let mut done = 0;
        while done < rows.unsigned_abs() {
            let step = if rows > 0 {
                self.next(interview, at)
            } else {
                self.previous(interview, at)
            };
            let Some(step) = step else { break };
            at = step;
            done += 1;
        }
        (self.place(interview, at), done)
    }

    /// The last row.
    pub fn end(&mut self, interview: &Interview) -> Place {
        let last = interview.paragraphs.len().saturating_sub(1);
        self.align(
            interview,
            Place {
                paragraph: last,
                byte: interview.paragraph(last).len(),
            },
        )
    }

    fn at(&mut self, interview: &Interview, place: Place) -> Option<At> {
        let last = interview.paragraphs.len().checked_sub(1)?;
        let paragraph = place.paragraph.min(last);
        let byte = if place.paragraph > last {
            usize::MAX
        } else {
            place.byte
        };
        let at = At::on(interview, paragraph, byte);
        let lines = self.stretch(interview, at);
        let after_all = byte >= interview.paragraph(paragraph).len() && paragraph < last;
        let line = if after_all {
            lines.len()
        } else {
            let begun = lines.partition_point(|line| line.range.start <= byte);
            begun.saturating_sub(1)
        };
        Some(At { line, ..at })
    }

    fn place(&mut self, interview: &Interview, at: At) -> Place {
        let text = interview.paragraph(at.paragraph);
        let line = self
            .stretch(interview, at)
            .get(at.line)
            .map(|line| line.range.start);
        Place {
            paragraph: at.paragraph,
            byte: line.unwrap_or(text.len()),
        }
    }

    fn next(&mut self, interview: &Interview, at: At) -> Option<At> {
        let lines = self.stretch(interview, at).len();
        let goes_on = at.to < interview.paragraph(at.paragraph).len();
        let last_paragraph = at.paragraph + 1 >= interview.paragraphs.len();
        let line = at.line + 1;
        if line < lines || (line == lines && !goes_on && !last_paragraph) {
            Some(At { line, ..at })
        } else if goes_on {
            Some(At::on(interview, at.paragraph, at.to))
        } else if !last_paragraph {
            Some(At::on(interview, at.paragraph + 1, 0))
        } else {
            None
        }
    }

    fn previous(&mut self, interview: &Interview, at: At) -> Option<At> {
        if let Some(line) = at.line.checked_sub(1) {
            return Some(At { line, ..at });
        }
        if let Some(byte) = at.from.checked_sub(1) {
            let before = At::on(interview, at.paragraph, byte);
            let line = self.stretch(interview, before).len() - 1;
            return Some(At { line, ..before });
        }
        let before = At::on(interview, at.paragraph.checked_sub(1)?, usize::MAX);
        let line = self.stretch(interview, before).len();
        Some(At { line, ..before })
    }

    /// The lines of the stretch that `at` stands in; never none.
    fn stretch(&mut self, interview: &Interview, at: At) -> Rc<[Line]> {
        let key = (at.paragraph, at.from);
        if let Some(lines) = self.stretches.get(&key) {
            return Rc::clone(lines);
        }
        if self.stretches.len() >= KEPT {
            self.stretches.clear();
        }
        self.typeset += 1;
        let text = interview.paragraph(at.paragraph);
        let lines = Lines::from(text, at.from, self.measure.max(1), interview.language);
        let mut lines: Vec<Line> = lines.take_while(|line| line.range.start < at.to).collect();
        if lines.is_empty() {
            lines.push(Line {
                range: at.from..at.from,
                hyphen: false,
            });
        }
        let lines: Rc<[Line]> = lines.into();
        self.stretches.insert(key, Rc::clone(&lines));
        lines
    }
}

impl At {
    /// The first line of the stretch around `byte` of a paragraph.
    fn on(interview: &Interview, paragraph: usize, byte: usize) -> At {
        let text = interview.paragraph(paragraph);
        let range = stretch(text, byte.min(text.len().saturating_sub(1)));
        At {
            paragraph,
            from: range.start,
            to: range.end,
            line: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::interview::{Role, Turn};

    fn interview(paragraphs: &[String]) -> Interview {
        let all = 0..paragraphs.len();
        let turn = Turn::new(Role::Introduction, all);
        Interview::new(paragraphs, vec![turn])
    }

    fn flow(measure: usize) -> Flow {
        let mut flow = Flow::default();
        flow.set_measure(measure);
        flow
    }

    #[test]
    fn a_blank_row_stands_between_paragraphs_and_none_at_the_end() {
        let text = interview(&["eins zwei".into(), "drei".into()]);
        let rows = flow(5).rows(&text, Place::default(), 10);
        let shown: Vec<_> = rows
            .iter()
            .map(|row| {
                row.line
                    .as_ref()
                    .map(|l| l.text(text.paragraph(row.paragraph)).into_owned())
            })
            .collect();
        assert_eq!(
            shown,
            [
                Some("eins".into()),
                Some("zwei".into()),
                None,
                Some("drei".into())
            ]
        );
    }

    #[test]
    fn another_measure_leaves_the_text_where_it_was() {
        let text = interview(&["wort ".repeat(200).trim().to_owned()]);
        let mut flow = flow(40);
        let (place, _) = flow.moved(&text, Place::default(), 9);
        flow.set_measure(23);
        let aligned = flow.align(&text, place);
        assert!(aligned.byte <= place.byte && place.byte - aligned.byte < 23);
    }

    #[test]
    fn a_paragraph_of_a_megabyte_is_typeset_where_it_is_looked_at() {
        let text = interview(&["Ein Wort ohne Ende ".repeat(60_000).trim().to_owned()]);
        let mut flow = flow(60);
        let middle = Place {
            paragraph: 0,
            byte: 500_000,
        };
        assert_eq!(flow.rows(&text, middle, 50).len(), 50);
        flow.moved(&text, middle, -30);
        assert!(flow.typeset <= 3, "{}", flow.typeset);
    }

    proptest! {
        #[test]
        fn down_and_up_again_is_where_one_was(
            paragraphs in prop::collection::vec("[a-zäöü]{1,9}( [a-zäöü]{1,9}){0,30}", 1..6),
            measure in 1usize..40,
            from in 0isize..30,
            by in 0isize..60,
        ) {
            let text = interview(&paragraphs);
            let mut flow = flow(measure);
            let (start, _) = flow.moved(&text, Place::default(), from);
            let (there, rows) = flow.moved(&text, start, by);
            let (back, same) = flow.moved(&text, there, -rows.cast_signed());
            prop_assert_eq!(rows, same);
            prop_assert_eq!(back, start);
            prop_assert_eq!(flow.align(&text, there), there);
        }
    }
}
