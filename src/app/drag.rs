//! Selecting with the mouse: from the word where the button went down to the one under the pointer, across paragraphs.

use std::ops::Range;

use ratatui::layout::{Position, Rect};
use unicode_segmentation::UnicodeSegmentation;

use super::column::{Column, Selection};
use super::message::Mouse;
use super::screen::Screen;
use super::{App, Focus, Side};
use crate::text::width;

/// The left button is held.
#[derive(Clone, Debug)]
pub struct Drag {
    /// The column in which it went down.
    side: Side,
    /// The word on which it did, in bytes of the interview's text.
    from: Range<usize>,
}

impl App {
    /// The button went down at `at` in the column on `side`, whose text stands in `text`.
    pub(super) fn press(&mut self, side: Side, at: Position, text: Rect) {
        let from = word_at(self.column(side), at, text);
        self.drag = from.map(|from| Drag { side, from });
    }

    /// The pointer has moved with the button held, or the button was let go.
    pub(super) fn drag(&mut self, mouse: Mouse, at: Position, screen: &Screen) {
        if mouse == Mouse::Release {
            self.drag = None;
            return;
        }
        let Some(Drag { side, from }) = self.drag.clone() else {
            return;
        };
        let Some(area) = screen.columns[side.index()] else {
            return;
        };
        let text = area.text;
        let beyond = match at.y {
            y if y < text.y => -1,
            y if y >= text.bottom() => 1,
            _ => 0,
        };
        let column = self.column_mut(side);
        if beyond != 0 {
            // What is read stays what it is, however far the passage reaches.
            let current = column.current;
            column.scroll(beyond);
            column.current = current;
            column.settle(text.as_size());
        }
        let Some(caret) = word_at(column, at, text) else {
            return;
        };
        if column.selection.is_some() || caret != from {
            column.selection = Some(Selection {
                caret,
                pinned: Some(from),
            });
            self.focus = Focus::from(side);
        }
    }
}

/// The word that stands nearest to `at` in a column whose text stands in `text`, with the marks of punctuation that touch
/// it: what is between two spaces.
fn word_at(column: &Column, at: Position, text: Rect) -> Option<Range<usize>> {
    let interview = column.interview.as_ref()?;
    let row = usize::from(at.y.saturating_sub(text.y)).min(column.rows.len().checked_sub(1)?);
    let above = column.rows[..=row].iter().rev().map(|row| (row, true));
    let below = column.rows[row..].iter().map(|row| (row, false));
    // On a blank row the end of what stands above is meant.
    let (found, is_above) = above.chain(below).find(|(row, _)| row.line.is_some())?;
    let line = found.line.as_ref()?;
    let paragraph = interview.paragraph(found.paragraph);
    let blank = is_above && column.rows[row].line.is_none();
    let cells = usize::from(at.x.saturating_sub(text.x));
    let mut passed = 0;
    let drawn = paragraph.get(line.range.clone())?;
    let under = drawn.grapheme_indices(true).find(|(_, grapheme)| {
        passed += width(grapheme);
        !blank && passed > cells
    });
    let last = || drawn.grapheme_indices(true).next_back();
    let byte = line.range.start + under.or_else(last).map_or(0, |(byte, _)| byte);
    let start = interview.paragraphs.get(found.paragraph)?.start();
    let word = around(paragraph, byte);
    (!word.is_empty()).then(|| start + word.start..start + word.end)
}

/// What stands between two spaces around `byte` of `text`; a space belongs to the word before it.
fn around(text: &str, byte: usize) -> Range<usize> {
    let within = match text[byte..].starts_with(char::is_whitespace) {
        true => text[..byte].trim_end().len(),
        false => byte,
    };
    let start = text[..within]
        .trim_end_matches(|c: char| !c.is_whitespace())
        .len();
    let end = text[start..].find(char::is_whitespace);
    start..end.map_or(text.len(), |end| start + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_what_stands_between_spaces() {
        let text = "Ja, „so ist“ es.";
        let word = |byte| &text[around(text, byte)];
        assert_eq!((word(0), word(2), word(3)), ("Ja,", "Ja,", "Ja,"));
        assert_eq!(
            (word(4), word(text.len() - 1), word(text.len())),
            ("„so", "es.", "es.")
        );
        assert!(around("", 0).is_empty());
    }
}
