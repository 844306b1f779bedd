//! Graphemes: no end of a passage lies inside one.

use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

/// Whether neither end of `range` splits a grapheme.
pub(super) fn whole(text: &str, range: &Range<usize>) -> bool {
    text.is_char_boundary(range.start)
        && text.is_char_boundary(range.end)
        && is_boundary(text, range.start)
        && is_boundary(text, range.end)
}

fn is_boundary(text: &str, at: usize) -> bool {
    // With all of the text at hand the question always has an answer.
    GraphemeCursor::new(at, text.len(), true)
        .is_boundary(text, 0)
        .unwrap_or(true)
}

/// The start of the grapheme that byte `at` lies in.
pub(super) fn grapheme_floor(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    if is_boundary(text, at) {
        return at;
    }
    let before = GraphemeCursor::new(at, text.len(), true).prev_boundary(text, 0);
    before.ok().flatten().unwrap_or(0)
}

/// The end of the grapheme that byte `at` lies in.
pub(super) fn grapheme_ceil(text: &str, at: usize) -> usize {
    let at = text.ceil_char_boundary(at);
    if is_boundary(text, at) {
        return at;
    }
    let behind = GraphemeCursor::new(at, text.len(), true).next_boundary(text, 0);
    behind.ok().flatten().unwrap_or(text.len())
}
