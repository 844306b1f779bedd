//! A text in a few lines: what is said of a passage, where there is no room for all of it.

use crate::text::width;
use crate::text::width::clip;
use crate::typeset::typeset;

/// The most bytes of a text that are looked at: more than a few lines of any width hold.
const LOOKED_AT: usize = 4096;

/// The lines of `text` in `measure` cells, at most `most`; where that is not all, the last ends in `…`.
#[must_use]
pub fn wrapped(text: &str, measure: usize, most: usize) -> Vec<String> {
    let text = &text[..text.floor_char_boundary(LOOKED_AT)];
    let lines = typeset(text, measure, None);
    let written = lines.iter().filter(|line| !line.range.is_empty());
    let mut shown: Vec<String> = written
        .clone()
        .take(most)
        .map(|line| line.text(text).into_owned())
        .collect();
    if let (Some(last), Some(next)) = (shown.last_mut(), written.clone().nth(most)) {
        let more = format!("{last} {}", next.text(text));
        *last = if width(&more) > measure {
            clip(&more, measure).into_owned()
        } else {
            format!("{}…", clip(last, measure.saturating_sub(1)))
        };
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_its_lines_are_used_up() {
        assert_eq!(wrapped("one\n\ntwo", 9, 3), ["one", "two"]);
        assert_eq!(wrapped("one\ntwo\nthree", 8, 2), ["one", "two thr…"]);
        assert_eq!(wrapped("one\ntwo\nthree", 12, 2), ["one", "two…"]);
        assert!(wrapped("one", 9, 0).is_empty());
    }
}
