//! How many terminal cells a text takes.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The width of `text` in terminal cells, with the tables that the screen is drawn by; a soft hyphen takes none.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true).map(grapheme_width).sum()
}

/// The width of one grapheme in terminal cells.
#[must_use]
pub fn grapheme_width(grapheme: &str) -> usize {
    if grapheme == "\u{ad}" {
        0
    } else {
        grapheme.width()
    }
}

/// The longest prefix of `text`, whole graphemes, that fits `cells`; ends in `…` where something was cut.
#[must_use]
pub fn clip(text: &str, cells: usize) -> std::borrow::Cow<'_, str> {
    let mut used = 0;
    let mut end = 0;
    // A long text is looked at no further than it shows.
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme_width(grapheme);
        if used > cells {
            let sign = if cells == 0 { "" } else { "…" };
            return format!("{}{sign}", text[..end].trim_end()).into();
        }
        if used < cells {
            end = at + grapheme.len();
        }
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_not_characters() {
        assert_eq!(width("Vertrauen"), 9);
        assert_eq!(width("u\u{308}ber"), 4);
        assert_eq!(width("日本"), 4);
        assert_eq!(width("a\u{ad}b"), 2);
    }

    #[test]
    fn a_clipped_text_fits() {
        assert_eq!(clip("kurz", 10), "kurz");
        assert_eq!(clip("ein langer Satz", 5), "ein…");
        assert_eq!(clip("日本語", 4), "日…");
        assert_eq!(clip("abc", 0), "");
    }
}
