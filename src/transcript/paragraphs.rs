//! Text to paragraphs, as they were meant, however the lines of a file were broken.

use std::borrow::Cow;

use crate::text::visible::picture;

/// A line of a file that wraps its lines is no longer than this, in bytes; longer lines are paragraphs.
const WRAPPED: usize = 130;

/// Where a word may be divided; it isn't to be seen elsewhere.
const SOFT_HYPHEN: char = '\u{ad}';

/// So many lines of a file are looked at to tell whether it wraps them.
const LINES: usize = 4_000;

/// The paragraphs of `text`: nowhere empty, white space run together, controls made visible.
///
/// Blank lines part them. What a line break within a block means depends on the file ([`Wrap`]): either its lines are
/// joined, or each line is a paragraph. `starts` says of a line, and the one above it, that it begins a paragraph all the
/// same.
#[must_use]
pub fn paragraphs<'a>(
    text: &'a str,
    wrap: Wrap,
    starts: impl Fn(&str, &str) -> bool,
) -> Vec<Cow<'a, str>> {
    let mut paragraphs: Vec<Cow<'a, str>> = Vec::new();
    let mut last = "";
    for line in lines(text) {
        if !line.is_empty() {
            let begins = wrap.begins(last, line) || starts(last, line);
            match paragraphs.last_mut().filter(|_| !begins) {
                Some(paragraph) => join(paragraph.to_mut(), &clean(line)),
                None => paragraphs.push(clean(line)),
            }
        }
        last = line;
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

/// The lines of `text`, trimmed. A paragraph separator (U+2029) is a line break and a blank line; a form feed is white
/// space, for a page may end inside a sentence.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    Lines {
        rest: Some(text),
        rare: RARE
            .iter()
            .any(|mark| memchr::memmem::find(text.as_bytes(), mark).is_some()),
    }
}

/// What ends a line in few files: a vertical tab, next line, and the separators of lines and paragraphs.
const RARE: [&[u8]; 4] = [b"\x0b", b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xa9"];

/// How many lines end in `text`, nearly: a carriage return with a newline ends one.
#[must_use]
pub fn line_ends(text: &str) -> usize {
    let count = |byte| memchr::memchr_iter(byte, text.as_bytes()).count();
    let rare = |mark: &&[u8]| memchr::memmem::find_iter(text.as_bytes(), mark).count();
    count(b'\n').max(count(b'\r')) + RARE.iter().map(rare).sum::<usize>()
}

struct Lines<'a> {
    rest: Option<&'a str>,
    /// Whether there may be any of [`RARE`].
    rare: bool,
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let text = self.rest?;
        let end = if self.rare {
            rare_end(text)
        } else {
            memchr::memchr2(b'\n', b'\r', text.as_bytes()).map(|at| (at, 1))
        };
        let Some((at, mut length)) = end else {
            self.rest = None;
            return Some(text.trim());
        };
        if text.as_bytes()[at..].starts_with(b"\r\n") {
            length = 2;
        }
        self.rest = Some(&text[at + length..]);
        Some(text[..at].trim())
    }
}

/// Where the first line of `text` ends, and the length of what ends it.
fn rare_end(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().find_map(|(at, byte)| {
        let length = match (byte, &bytes[at + 1..]) {
            (b'\n' | b'\r' | 0x0b, _) => 1,
            (0xc2, [0x85, ..]) => 2,
            (0xe2, [0x80, 0xa8, ..]) => 3,
            // The mark itself stays in the rest as a line of its own, and is trimmed away there.
            (0xe2, [0x80, 0xa9, ..]) if at > 0 => 0,
            (0xe2, [0x80, 0xa9, ..]) => 3,
            _ => return None,
        };
        Some((at, length))
    })
}

/// At what width the lines of a file were broken by hand, if they were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wrap {
    /// The length of its long lines, in bytes.
    width: Option<usize>,
}

impl Wrap {
    /// Looks at the first lines of `text`. Where lines were broken by hand, two in five or more stop in the middle of a
    /// sentence, and none is very long. A file in which no line ends a sentence has none: lines are all that parts it.
    #[must_use]
    pub fn of(text: &str) -> Wrap {
        let mut lengths: Vec<usize> = Vec::new();
        let (mut open, mut all, mut ends) = (0usize, 0usize, false);
        let mut last = "";
        for line in lines(text).take(LINES) {
            if !line.is_empty() {
                lengths.push(line.len());
                ends |= ends_sentence(line);
                if !last.is_empty() {
                    open += usize::from(!ends_sentence(last));
                    all += 1;
                }
            }
            last = line;
        }
        // The longest tenth may be headings, links or tables that were left unbroken.
        let long = lengths.len() * 9 / 10;
        let width = (long < lengths.len()).then(|| *lengths.select_nth_unstable(long).1);
        Wrap {
            width: width.filter(|width| *width <= WRAPPED && open * 5 > all * 2 && ends),
        }
    }

    /// Whether `line` begins a paragraph, below `last`. One that ended a sentence though the next word had room after
    /// it ended its paragraph.
    #[must_use]
    pub fn begins(self, last: &str, line: &str) -> bool {
        let ended = || self.has_room(last, line) && ends_sentence(last);
        !line.is_empty() && (last.is_empty() || self.width.is_none() || ended())
    }

    /// Whether `line` stands in the middle of a sentence that was broken at the width.
    #[must_use]
    pub fn carries_on(self, last: &str, line: &str) -> bool {
        !last.is_empty() && !self.has_room(last, line) && !ends_sentence(last)
    }

    /// Whether the first word of `line` had room at the end of `last`. Where nothing was broken it had.
    #[must_use]
    pub fn has_room(self, last: &str, line: &str) -> bool {
        let word = line.split_whitespace().next().map_or(0, str::len);
        self.width
            .is_none_or(|width| last.len() + 1 + word <= width)
    }
}

/// Whether `line` ends in a mark that ends a sentence, or introduces one.
#[must_use]
pub fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(|c: char| {
        matches!(
            c,
            '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»' | ')' | ']'
        )
    })
    .ends_with(['.', '?', '!', '…', ':'])
}

/// Joins a wrapped line on.
pub fn join(paragraph: &mut String, line: &str) {
    joint(paragraph, line);
    paragraph.push_str(line);
}

/// Makes the end of a paragraph ready for the next line. A word divided at the end of the line is put together again; a
/// compound that has its hyphen by right (*Social-*, *Media*) shows it by the capital after it.
pub fn joint(paragraph: &mut String, line: &str) {
    let divided = paragraph
        .strip_suffix(['-', '\u{2010}', SOFT_HYPHEN])
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
}

/// So many bytes are looked at at once.
const CHUNK: usize = 64;

/// Whether there is a byte in `chunk` with which something begins that [`clean`] changes, or a space before another;
/// `next` is what stands one byte further. Nearly all text has none, and without a branch it is seen so at once.
fn may_be_dirty(chunk: &[u8], next: &[u8]) -> bool {
    let begins = chunk.iter().fold(false, |any, byte| {
        any | (*byte < 0x20) | matches!(*byte, 0x7f | 0xc2 | 0xd8 | 0xe2 | 0xef)
    });
    let pairs = chunk.iter().zip(next);
    pairs.fold(begins, |any, (byte, next)| {
        any | (*byte == b' ') & (*next == b' ')
    })
}

/// A line with its white space run together (no-break spaces stay), its soft hyphens taken out but for one at its end,
/// where a word may be divided, and its controls made visible.
#[must_use]
pub fn clean(line: &str) -> Cow<'_, str> {
    let bytes = line.as_bytes();
    let dirty = |at: usize| match bytes.get(at..).unwrap_or_default() {
        [b' ', next, ..] => *next == b' ',
        [0..0x20 | 0x7f, ..] => true,
        // The C1 controls, and a soft hyphen before the end.
        [0xc2, 0x80..0xa0, ..] | [0xc2, 0xad, _, ..] => true,
        // The bidirectional controls, and a byte order mark.
        [0xd8, 0x9c, ..] | [0xe2, 0x80, 0x8e | 0x8f | 0xaa..=0xae, ..] => true,
        [0xe2, 0x81, 0xa6..=0xa9, ..] | [0xef, 0xbb, 0xbf, ..] => true,
        _ => false,
    };
    let chunks = bytes.chunks(CHUNK).zip((0..).step_by(CHUNK));
    let mut suspect = chunks
        .filter(|(chunk, from)| may_be_dirty(chunk, bytes.get(*from + 1..).unwrap_or_default()));
    if !suspect.any(|(chunk, from)| (from..from + chunk.len()).any(dirty)) {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    for (at, c) in line.char_indices() {
        match c {
            SOFT_HYPHEN if at + 2 < line.len() => {}
            ' ' | '\t' | '\x0c' if out.ends_with(' ') => {}
            '\t' | '\x0c' => out.push(' '),
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
        paragraphs(text, Wrap::of(text), |_, _| false)
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
    fn soft_hyphens_are_not_to_be_seen() {
        assert_eq!(split("Ver\u{ad}trau\u{ad}en."), ["Vertrauen."]);
        let text = "Am Anfang steht das Ver\u{ad}\ntrauen, und das ist so und wird immer\nso bleiben, glaube ich.\n\nUnd dann?";
        assert!(split(text)[0].starts_with("Am Anfang steht das Vertrauen, und"));
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
    fn a_page_may_end_inside_a_sentence() {
        assert_eq!(
            split(
                "Was steht am Ende einer Seite, die zu kurz ist,\n\x0cum alles zu fassen?\n\nNichts."
            ),
            [
                "Was steht am Ende einer Seite, die zu kurz ist, um alles zu fassen?",
                "Nichts."
            ]
        );
    }

    #[test]
    fn without_wrapping_a_line_is_a_paragraph() {
        assert_eq!(
            split("Wie geht es?\nGut.\nWarum?\nDarum."),
            ["Wie geht es?", "Gut.", "Warum?", "Darum."]
        );
        assert_eq!(
            split("und dann war es so\ndass keiner kam\nund wir auch nicht").len(),
            3,
            "where no sentence ends, none is broken"
        );
        let long = "Ein Absatz, der lang ist und kein Ende hat ".repeat(5);
        assert_eq!(split(&format!("{long}\n{long}")).len(), 2);
    }

    #[test]
    fn what_is_clean_is_not_copied() {
        for text in [
            "„Süße“ – ’s… x\u{a0}y Ⓐ ",
            &"Ein Satz, der länger ist als ein Blick. ".repeat(9),
        ] {
            assert!(matches!(clean(text), Cow::Borrowed(_)), "{text}");
        }
        for at in 0..200 {
            let text = format!("{}  {}", "a".repeat(at), "b".repeat(200 - at));
            assert_eq!(clean(&text).len(), 201, "{at}");
        }
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
        fn what_comes_out_is_fit_to_show_and_loses_no_letter(text in "[a-zäß .?\\-\t\u{a0}\x0c\n\r\x1b\u{2028}\u{2029}\u{85}\u{202e}]{0,60}") {
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
