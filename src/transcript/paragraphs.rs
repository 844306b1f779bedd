//! Text to paragraphs, as they were meant, however the lines of a file were broken.

use std::borrow::Cow;

use memchr::memmem;

use crate::text::visible::picture;

/// A line of a file that wraps its lines is no longer than this, in bytes; longer lines are paragraphs.
const WRAPPED: usize = 130;

/// The paragraphs of `text`: nowhere empty, white space run together, controls made visible.
///
/// Blank lines part them. What a line break within a block means depends on the file: where most lines stop in the
/// middle of a sentence the file is hard-wrapped, and its lines are joined; else each line is a paragraph.
/// `starts` says of a line, in either case, that it begins a paragraph all the same.
#[must_use]
pub fn paragraphs<'a>(text: &'a str, starts: impl Fn(&str) -> bool) -> Vec<Cow<'a, str>> {
    let lines = lines(text);
    let wrap = Wrap::of(&lines);
    let mut paragraphs: Vec<Cow<'a, str>> = Vec::new();
    let mut last: Option<&str> = None;
    for line in lines {
        if line.is_empty() {
            last = None;
            continue;
        }
        let goes_on = last.filter(|last| wrap.joins(last, line) && !starts(line));
        match (goes_on, paragraphs.last_mut()) {
            (Some(_), Some(paragraph)) => join(paragraph.to_mut(), &clean(line)),
            _ => paragraphs.push(clean(line)),
        }
        last = Some(line);
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

/// The lines of a text, trimmed; a paragraph separator (U+2029) is a line break and a blank line.
fn lines(text: &str) -> Vec<&str> {
    const RARE: [&str; 5] = ["\x0b", "\x0c", "\u{85}", "\u{2028}", "\u{2029}"];
    let rare = RARE
        .iter()
        .any(|mark| memmem::find(text.as_bytes(), mark.as_bytes()).is_some());
    let mut lines = Vec::new();
    let mut start = 0;
    for at in memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()) {
        // The second half of CRLF would be a blank line of its own.
        if !(at == start && at > 0 && text.as_bytes()[at - 1..=at] == *b"\r\n") {
            push_line(&mut lines, &text[start..at], rare);
        }
        start = at + 1;
    }
    push_line(&mut lines, &text[start..], rare);
    lines
}

/// Adds a line, parted at the rare marks if the text has `rare` ones.
fn push_line<'a>(lines: &mut Vec<&'a str>, line: &'a str, rare: bool) {
    if !rare {
        lines.push(line.trim());
        return;
    }
    for (at, block) in line.split('\u{2029}').enumerate() {
        if at > 0 {
            lines.push("");
        }
        lines.extend(
            block
                .split(['\x0b', '\x0c', '\u{85}', '\u{2028}'])
                .map(str::trim),
        );
    }
}

/// Whether and at what width a file wraps its lines.
struct Wrap {
    wrapped: bool,
    /// The length of its long lines, in bytes.
    width: usize,
}

impl Wrap {
    fn of(lines: &[&str]) -> Wrap {
        let mut lengths: Vec<usize> = lines.iter().map(|l| l.len()).filter(|l| *l > 0).collect();
        // The longest tenth may be headings, links or tables that were left unbroken.
        let long = lengths.len() * 9 / 10;
        let width = match lengths.len() {
            0 => 0,
            _ => *lengths.select_nth_unstable(long).1,
        };
        let breaks = lines
            .windows(2)
            .filter(|w| !w[0].is_empty() && !w[1].is_empty());
        let (mut open, mut all) = (0usize, 0usize);
        for pair in breaks {
            open += usize::from(!ends_sentence(pair[0]));
            all += 1;
        }
        Wrap {
            wrapped: open * 5 > all * 2 && width <= WRAPPED,
            width,
        }
    }

    /// Whether `line` carries on the paragraph that `last` is a line of. One that ended a sentence though the next
    /// word had room after it ended its paragraph.
    fn joins(&self, last: &str, line: &str) -> bool {
        let word = line.split_whitespace().next().map_or(0, str::len);
        let room = last.len() + 1 + word <= self.width;
        self.wrapped && !(room && ends_sentence(last))
    }
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(|c: char| {
        matches!(
            c,
            '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»' | ')' | ']'
        )
    })
    .ends_with(['.', '?', '!', '…', ':'])
}

/// Joins a wrapped line on. A word divided at the end of the line is put together again; a compound that has its
/// hyphen by right (*Social-*, *Media*) shows it by the capital after it.
fn join(paragraph: &mut String, line: &str) {
    let divided = paragraph
        .strip_suffix(['-', '\u{2010}', '\u{ad}'])
        .is_some_and(|stem| stem.ends_with(char::is_alphabetic));
    let mut next = line.split_whitespace();
    let word = next.next().unwrap_or_default();
    let goes_on = word.chars().next().is_some_and(char::is_lowercase)
        && !matches!(word, "und" | "oder" | "bzw." | "and" | "or");
    if divided && goes_on {
        paragraph.pop();
    } else if !(divided && word.chars().next().is_some_and(char::is_uppercase)) {
        paragraph.push(' ');
    }
    paragraph.push_str(line);
}

/// A line with its white space run together (no-break spaces stay) and its controls made visible.
fn clean(line: &str) -> Cow<'_, str> {
    let bytes = line.as_bytes();
    // Controls are ASCII, or begin with a byte that few letters do.
    let suspicious = bytes
        .iter()
        .any(|b| matches!(b, 0..0x20 | 0x7f | 0xc2 | 0xd8 | 0xe2 | 0xef));
    let control = || {
        line.chars()
            .any(|c| c == '\u{feff}' || picture(c).is_some())
    };
    if !(suspicious && control()) && memmem::find(bytes, b"  ").is_none() {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            ' ' | '\t' if out.ends_with(' ') => {}
            '\t' => out.push(' '),
            '\u{feff}' => {}
            c => out.push(picture(c).unwrap_or(c)),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(text: &str) -> Vec<String> {
        paragraphs(text, |_| false)
            .into_iter()
            .map(Cow::into_owned)
            .collect()
    }

    #[test]
    fn blank_lines_part_paragraphs_whatever_ends_a_line() {
        for text in [
            "Eins.\n\nZwei.",
            "Eins.\r\n \r\nZwei.\r\n",
            "Eins.\r\rZwei.",
            "Eins.\u{2028}\u{2028}Zwei.",
            "Eins.\u{2029}Zwei.",
            "Eins.\u{85}\t\u{85}\n\nZwei.",
            "\u{2029}\u{2029}Eins.\u{2029}\u{2029}Zwei.\u{2029}",
        ] {
            assert_eq!(split(text), ["Eins.", "Zwei."], "{text:?}");
        }
        assert!(split(" \n\u{a0}\n\t").is_empty());
    }

    #[test]
    fn wrapped_lines_are_joined_and_divided_words_put_together() {
        assert_eq!(
            split(
                "Am Anfang steht das Ver-\ntrauen, sagt sie über Social-\nMedia-Arbeit und Vor-\nund Nachteile davon.\n\nUnd dann?"
            ),
            [
                "Am Anfang steht das Vertrauen, sagt sie über Social-Media-Arbeit und Vor- und Nachteile davon.",
                "Und dann?"
            ]
        );
    }

    #[test]
    fn a_short_line_that_ends_its_sentence_ends_its_paragraph_too() {
        assert_eq!(
            split(
                "Was war zuerst da?\nZuerst war da ein alter Schuppen, den wir\nvon einer Tante geerbt hatten, und darin\nstand die Presse.\nWirklich?\nJa, und sie lief noch, wenn man wusste,\nwo sie klemmte."
            ),
            [
                "Was war zuerst da?",
                "Zuerst war da ein alter Schuppen, den wir von einer Tante geerbt hatten, und darin stand die Presse.",
                "Wirklich?",
                "Ja, und sie lief noch, wenn man wusste, wo sie klemmte."
            ]
        );
    }

    #[test]
    fn without_wrapping_a_line_is_a_paragraph() {
        assert_eq!(
            split("Wie geht es?\nGut.\nWarum?\nDarum."),
            ["Wie geht es?", "Gut.", "Warum?", "Darum."]
        );
        let long = "Ein Absatz, der lang ist und kein Ende hat ".repeat(5);
        assert_eq!(split(&format!("{long}\n{long}")).len(), 2);
    }

    #[test]
    fn white_space_runs_together_and_controls_are_seen() {
        assert_eq!(split("a \t b\u{a0} c\u{feff}"), ["a b\u{a0} c"]);
        assert_eq!(
            split("a\x1b[31m\u{202e}b\u{9b}"),
            ["a␛[31m\u{fffd}b\u{fffd}"]
        );
    }

    proptest! {
        #[test]
        fn what_comes_out_is_fit_to_show_and_loses_no_letter(text in "[a-zäß .?\\-\t\u{a0}\n\r\x1b\u{2028}\u{2029}\u{85}\u{202e}]{0,60}") {
            let found = split(&text);
            for paragraph in &found {
                prop_assert!(!paragraph.trim().is_empty());
                prop_assert!(paragraph.chars().all(|c| picture(c).is_none()), "{paragraph:?}");
                prop_assert!(!paragraph.contains("  "));
            }
            let letters = |s: &str| s.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            prop_assert_eq!(letters(&found.concat()), letters(&text));
        }
    }
}
