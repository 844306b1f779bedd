//! What a terminal would obey is shown instead: text is data, and no control sequence reaches the screen.

use std::borrow::Cow;

/// `text` with every control and bidirectional control character replaced by a sign for it; newlines stay.
///
/// Unicode has pictures for the C0 controls (U+2400 ff.) and for delete. The C1 controls and the bidirectional
/// controls of UAX 9 have none and become U+FFFD, so that a reader sees that something stood there.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| c == '\n' || picture(c).is_none()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|c| match c {
                '\n' => c,
                c => picture(c).unwrap_or(c),
            })
            .collect(),
    )
}

/// As [`visible`], on one line: for names, titles and errors.
#[must_use]
pub fn visible_line(text: &str) -> String {
    text.chars().map(|c| picture(c).unwrap_or(c)).collect()
}

/// The sign for a character that must not reach the terminal.
#[must_use]
pub fn picture(c: char) -> Option<char> {
    match c {
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32),
        '\x7f' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}' => Some(char::REPLACEMENT_CHARACTER),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some(char::REPLACEMENT_CHARACTER)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_become_pictures_and_text_stays() {
        assert_eq!(visible("a\x1b[31mb\nc"), "a␛[31mb\nc");
        assert_eq!(visible("x\u{202e}y\u{9b}z"), "x\u{fffd}y\u{fffd}z");
        assert!(matches!(visible("schlicht\nund gut"), Cow::Borrowed(_)));
        assert_eq!(visible_line("a\nb"), "a␊b");
    }
}
