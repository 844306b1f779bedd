//! The text of an interview as rows on a screen, typeset only where it is looked at.
//!
//! A place is a paragraph and a byte in it, so that another measure leaves the text where it was. What is typeset at
//! once is a piece: a paragraph, or at most 16 KiB of one, so that a text without paragraphs costs no more than another.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use crate::interview::Interview;
use crate::typeset::{Line, typeset};

/// The most bytes of a paragraph that are typeset at once.
const PIECE: usize = 16 * 1024;
/// How far before the end of a piece a space is looked for, in bytes.
const SLACK: usize = 1024;
/// How many pieces are kept typeset.
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
    piece: usize,
    /// The line in the piece; as many as it has stands for the blank row.
    line: usize,
}

/// Typesets an interview at one measure, and remembers what it typeset.
#[derive(Debug, Default)]
pub struct Flow {
    measure: usize,
    pieces: HashMap<(usize, usize), Rc<[Line]>>,
    /// How many pieces were typeset since the beginning; a test counts them.
    pub typeset: usize,
}

impl Flow {
    /// Forgets everything: another text stands here.
    pub fn clear(&mut self) {
        self.pieces.clear();
    }

    /// Sets the measure, in cells.
    pub fn set_measure(&mut self, measure: usize) {
        if self.measure != measure {
            self.measure = measure;
            self.pieces.clear();
        }
    }

    /// At most `count` rows from `place` on.
    pub fn rows(&mut self, interview: &Interview, place: Place, count: usize) -> Vec<Row> {
        let mut rows = Vec::with_capacity(count);
        let mut at = self.at(interview, place);
        while let (Some(here), true) = (at, rows.len() < count) {
            rows.push(Row {
                paragraph: here.paragraph,
                line: self.piece(interview, here).get(here.line).cloned(),
            });
            at = self.next(interview, here);
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
        if place.paragraph > last {
            return self.at(
                interview,
                Place {
                    paragraph: last,
                    byte: usize::MAX,
                },
            );
        }
        let text = interview.paragraph(place.paragraph);
        let piece = piece_at(text, place.byte);
        let at = At {
            paragraph: place.paragraph,
            piece,
            line: 0,
        };
        let lines = self.piece(interview, at);
        let offset = place.byte - start(text, piece).min(place.byte);
        let blank = place.byte >= text.len() && place.paragraph < last;
        let line = if blank {
            lines.len()
        } else {
            let after =
                lines.partition_point(|line| line.range.start <= start(text, piece) + offset);
            after.saturating_sub(1)
        };
        Some(At { line, ..at })
    }

    fn place(&mut self, interview: &Interview, at: At) -> Place {
        let text = interview.paragraph(at.paragraph);
        let line = self
            .piece(interview, at)
            .get(at.line)
            .map(|line| line.range.start);
        Place {
            paragraph: at.paragraph,
            byte: line.unwrap_or(text.len()),
        }
    }

    fn next(&mut self, interview: &Interview, at: At) -> Option<At> {
        let lines = self.piece(interview, at).len();
        let last_piece = at.piece + 1 >= pieces(interview.paragraph(at.paragraph));
        let last_paragraph = at.paragraph + 1 >= interview.paragraphs.len();
        if at.line + 1 < lines || (at.line + 1 == lines && last_piece && !last_paragraph) {
            Some(At {
                line: at.line + 1,
                ..at
            })
        } else if !last_piece {
            Some(At {
                piece: at.piece + 1,
                line: 0,
                ..at
            })
        } else if !last_paragraph {
            Some(At {
                paragraph: at.paragraph + 1,
                piece: 0,
                line: 0,
            })
        } else {
            None
        }
    }

    fn previous(&mut self, interview: &Interview, at: At) -> Option<At> {
        if let Some(line) = at.line.checked_sub(1) {
            return Some(At { line, ..at });
        }
        if let Some(piece) = at.piece.checked_sub(1) {
            let before = At { piece, ..at };
            let line = self.piece(interview, before).len().saturating_sub(1);
            return Some(At { line, ..before });
        }
        let paragraph = at.paragraph.checked_sub(1)?;
        let piece = pieces(interview.paragraph(paragraph)) - 1;
        let before = At {
            paragraph,
            piece,
            line: 0,
        };
        let line = self.piece(interview, before).len();
        Some(At { line, ..before })
    }

    /// The lines of the piece that `at` stands in; never none.
    fn piece(&mut self, interview: &Interview, at: At) -> Rc<[Line]> {
        let key = (at.paragraph, at.piece);
        if let Some(lines) = self.pieces.get(&key) {
            return Rc::clone(lines);
        }
        if self.pieces.len() >= KEPT {
            self.pieces.clear();
        }
        self.typeset += 1;
        let paragraph = interview.paragraph(at.paragraph);
        let range = range(paragraph, at.piece);
        let from = range.start;
        let mut lines = typeset(&paragraph[range], self.measure.max(1), interview.language);
        for line in &mut lines {
            line.range.start += from;
            line.range.end += from;
        }
        if lines.is_empty() {
            lines.push(Line {
                range: from..from,
                hyphen: false,
            });
        }
        let lines: Rc<[Line]> = lines.into();
        self.pieces.insert(key, Rc::clone(&lines));
        lines
    }
}

/// How many pieces a paragraph has: at least one.
fn pieces(paragraph: &str) -> usize {
    paragraph.len().div_ceil(PIECE).max(1)
}

/// The piece that a byte stands in. A piece starts at most [`SLACK`] before it is due, so two have to be looked at.
fn piece_at(paragraph: &str, byte: usize) -> usize {
    let last = pieces(paragraph) - 1;
    let due = (byte / PIECE + 1).min(last);
    if start(paragraph, due) <= byte {
        due
    } else {
        due.saturating_sub(1)
    }
}

fn range(paragraph: &str, piece: usize) -> Range<usize> {
    start(paragraph, piece)..start(paragraph, piece + 1)
}

/// Where a piece starts: after a space near the byte that is due, so that no word is torn.
fn start(paragraph: &str, piece: usize) -> usize {
    let due = piece * PIECE;
    if piece == 0 || due >= paragraph.len() {
        return due.min(paragraph.len());
    }
    let due = paragraph.floor_char_boundary(due);
    let slack = paragraph.floor_char_boundary(due - SLACK);
    paragraph[slack..due]
        .rfind(' ')
        .map_or(due, |space| slack + space + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::interview::{Role, Turn};

    fn interview(paragraphs: &[String]) -> Interview {
        let all = 0..paragraphs.len();
        let turn = Turn {
            role: Role::Introduction,
            speaker: None,
            paragraphs: all,
        };
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
