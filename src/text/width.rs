//! How many terminal cells a text takes.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Whether each character of `text` is a grapheme of its own, one cell wide: Latin letters, and the quotes, dashes and
/// dots that are set with them. Nearly all text is, and needs no table; without it every frame would cut every line on
/// the screen into graphemes.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    text.chars().all(|c| {
        matches!(c, ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{2010}'..='\u{2027}')
    })
}

/// The width of `text` in terminal cells, with the tables that the screen is drawn by; a soft hyphen takes none.
#[must_use]
pub fn width(text: &str) -> usize {
    if is_plain(text) {
        return text.chars().count();
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
    fn a_plain_text_is_as_wide_as_the_tables_say() {
        let plain: Vec<char> = ('\0'..='\u{3000}')
            .filter(|c| is_plain(&c.to_string()))
            .collect();
        assert!("„Süße“ – ’s…".chars().all(|c| plain.contains(&c)));
        // Any two beside each other, too: none joins the next.
        for pair in plain.windows(2) {
            let text: String = pair.iter().chain(pair).collect();
            assert_eq!(text.graphemes(true).count(), 4, "{text}");
            assert_eq!(text.graphemes(true).map(grapheme_width).sum::<usize>(), 4);
        }
        for other in ["a\u{308}", "日", "a\u{ad}", "\u{7f}", "\t", "“\u{fe01}"] {
            assert!(!is_plain(other), "{other:?}");
        }
    }

    #[test]
    fn a_clipped_text_fits() {
        assert_eq!(clip("kurz", 10), "kurz");
        assert_eq!(clip("ein langer Satz", 5), "ein…");
        assert_eq!(clip("日本語", 4), "日…");
        assert_eq!(clip("abc", 0), "");
    }
}
