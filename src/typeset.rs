//! Typesetting: text and a measure give lines, as byte ranges of the text.
//!
//! Ragged right, each line as full as it gets (greedy, so that a line depends on nothing below it). A word is
//! hyphenated only where the rag would otherwise be deep, never more than two lines running, and not the last one.
//! A paragraph of any length is set from any of its [`stretch`]es on, so that a screenful costs a screenful.

mod breaking;
mod hyphenation;

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::text::Language;
use crate::text::width::{grapheme_width, width};

/// A word is hyphenated when without it more than one cell in so many would stay empty.
const DEEPEST_RAG: usize = 6;

/// So many lines may end in a hyphen one after another.
const LADDER: usize = 2;

/// The length of a stretch in bytes; a screen of 300 × 100 cells fits in two.
const STRETCH: usize = 16 * 1024;

/// How far past its due place a stretch may end, in bytes, to end between words.
const SLACK: usize = 1024;

/// One line of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The bytes of the paragraph that stand on this line, without the spaces at either end.
    pub range: Range<usize>,
    /// A hyphen is drawn after it.
    pub hyphen: bool,
}

impl Line {
    /// What is drawn: the text of the line without its [`undrawn`] characters, with its hyphen.
    #[must_use]
    pub fn text<'a>(&self, paragraph: &'a str) -> Cow<'a, str> {
        let text = &paragraph[self.range.clone()];
        if !self.hyphen && !text.contains(undrawn) {
            return Cow::Borrowed(text);
        }
        let mut drawn: String = text.chars().filter(|c| !undrawn(*c)).collect();
        if self.hyphen {
            drawn.push('-');
        }
        Cow::Owned(drawn)
    }
}

/// Whether `c` only says where a line may end or may not, and takes no cell of its own.
#[must_use]
pub fn undrawn(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// The lines of `paragraph` in a column `measure` cells wide (0 counts as 1).
///
/// No line is wider than the measure, unless a single grapheme is. A newline ends its line; an empty paragraph has
/// no line. Where `language` is unknown, words are divided at the soft hyphens of the text alone.
#[must_use]
pub fn typeset(paragraph: &str, measure: usize, language: Option<Language>) -> Vec<Line> {
    Lines::new(paragraph, measure, language).collect()
}

/// The part of `paragraph` around `byte` that is set by itself: a line begins at its start and one ends at its end,
/// whatever the measure. All of a paragraph of usual length; of a giant one about 16 KiB.
///
/// To show a giant paragraph around a place, set [`Lines::from`] the start of the stretch the place is in.
#[must_use]
pub fn stretch(paragraph: &str, byte: usize) -> Range<usize> {
    let number = byte.min(paragraph.len()) / STRETCH;
    let start = stretch_start(paragraph, number);
    if start > byte {
        stretch_start(paragraph, number - 1)..start
    } else {
        start..stretch_start(paragraph, number + 1)
    }
}

/// Where the stretch of this number, from 0, begins: at the first word after its due place.
fn stretch_start(paragraph: &str, number: usize) -> usize {
    let due = paragraph.ceil_char_boundary(number.saturating_mul(STRETCH));
    if due == 0 || due == paragraph.len() {
        return due;
    }
    let window = &paragraph[due..paragraph.floor_char_boundary(due + SLACK)];
    window
        .char_indices()
        .map(|(at, _)| due + at)
        .find(|&at| breaking::begins_word(paragraph, at))
        .unwrap_or(due)
}

/// The lines of a paragraph, set as they are asked for.
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    paragraph: &'a str,
    measure: usize,
    language: Option<Language>,
    /// Where the next line begins, spaces before it included.
    at: usize,
    /// The end of the stretch that `at` is in.
    limit: usize,
    /// How many lines just above end in a hyphen.
    ladder: usize,
}

/// A place where a line may end.
#[derive(Clone, Copy)]
struct Opportunity {
    /// The end of the line.
    end: usize,
    /// The start of the next one.
    next: usize,
    /// The width of the line so ended, in cells.
    width: usize,
}

impl<'a> Lines<'a> {
    /// All lines of `paragraph`.
    #[must_use]
    pub fn new(paragraph: &'a str, measure: usize, language: Option<Language>) -> Self {
        Lines::from(paragraph, 0, measure, language)
    }

    /// The lines from byte `start` on, which begins a line. From the start of a [`stretch`] they are exactly the lines that
    /// the whole paragraph has there; from another, only the count of hyphens running begins anew.
    #[must_use]
    pub fn from(
        paragraph: &'a str,
        start: usize,
        measure: usize,
        language: Option<Language>,
    ) -> Self {
        let at = paragraph.floor_char_boundary(start);
        Lines {
            paragraph,
            measure: measure.max(1),
            language,
            at,
            limit: stretch(paragraph, at).end,
            ladder: 0,
        }
    }

    /// Passes over the spaces before a line and into the next stretch, if this one is at its end.
    fn skip_spaces(&mut self) {
        loop {
            let rest = &self.paragraph[self.at..self.limit];
            self.at = self.limit - rest.trim_start_matches(breaking::is_space).len();
            if self.at < self.limit || self.limit == self.paragraph.len() {
                return;
            }
            self.limit = stretch(self.paragraph, self.at).end;
            self.ladder = 0;
        }
    }

    /// The line that begins at `self.at`, and where the next one does.
    fn set(&self) -> (Line, usize) {
        let (text, limit) = (self.paragraph, self.limit);
        let bytes = text.as_bytes();
        let mut at = self.at;
        let mut used = 0;
        let mut last: Option<Opportunity> = None;
        let mut reluctant: Option<Opportunity> = None;
        let mut after_space = true;
        while at < limit {
            let next_is_ascii = bytes.get(at + 1).is_none_or(u8::is_ascii);
            let (length, cells) = match bytes[at] {
                b'\n' => return (plain(self.at..trim_end(text, self.at..at)), at + 1),
                byte if byte.is_ascii_alphanumeric() && next_is_ascii => (1, 1),
                _ => {
                    let spaces = space_run(&text[at..limit]);
                    if spaces > 0 {
                        let here = Opportunity {
                            end: at,
                            next: at + spaces,
                            width: used,
                        };
                        if breaking::at_space(text, at..at + spaces) {
                            last = Some(here);
                        } else {
                            reluctant = Some(here);
                        }
                        used += width(&text[at..at + spaces]);
                        at += spaces;
                        after_space = true;
                        continue;
                    }
                    let grapheme = first_grapheme(&text[at..limit]);
                    (grapheme.len(), grapheme_width(grapheme))
                }
            };
            if !after_space && breaking::between(text, at) {
                last = Some(Opportunity {
                    end: at,
                    next: at,
                    width: used,
                });
            }
            if used + cells > self.measure && at > self.at {
                return self.overfull(at, last.or(reluctant));
            }
            used += cells;
            at += length;
            after_space = false;
        }
        (plain(self.at..trim_end(text, self.at..limit)), limit)
    }

    /// Ends a line that would be too long with the grapheme at `at`, best at the opportunity `last`.
    fn overfull(&self, at: usize, last: Option<Opportunity>) -> (Line, usize) {
        let text = self.paragraph;
        let hyphenated = match last {
            Some(last) => {
                let deep =
                    (self.measure - last.width.min(self.measure)) * DEEPEST_RAG > self.measure;
                (deep && self.ladder < LADDER)
                    .then(|| hyphenation::whole_word(text, at))
                    .flatten()
                    .and_then(|word| self.divide(word, last.next, at))
            }
            None => hyphenation::letters_around(text, at)
                .and_then(|word| self.divide(word, self.at, at)),
        };
        let line = |end, hyphen| Line {
            range: self.at..end,
            hyphen,
        };
        match (hyphenated, last) {
            (Some(end), _) => (line(end, true), end),
            (None, Some(last)) => (line(last.end, false), last.next),
            (None, None) => (line(trim_end(text, self.at..at), false), at),
        }
    }

    /// The last place between `from` and `to` to divide `word` at, such that line and hyphen fit.
    fn divide(&self, word: Range<usize>, from: usize, to: usize) -> Option<usize> {
        hyphenation::points(&self.paragraph[word.clone()], self.language)
            .into_iter()
            .map(|point| word.start + point)
            .filter(|&point| point > from && point <= to)
            .rfind(|&point| width(&self.paragraph[self.at..point]) < self.measure)
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        self.skip_spaces();
        if self.at == self.paragraph.len() {
            return None;
        }
        let (line, next) = self.set();
        self.ladder = if line.hyphen { self.ladder + 1 } else { 0 };
        self.at = next;
        Some(line)
    }
}

impl std::iter::FusedIterator for Lines<'_> {}

fn plain(range: Range<usize>) -> Line {
    Line {
        range,
        hyphen: false,
    }
}

/// The end of `range` without the spaces there.
fn trim_end(text: &str, range: Range<usize>) -> usize {
    range.start + text[range].trim_end_matches(breaking::is_space).len()
}

/// How many bytes of spaces `text` begins with.
fn space_run(text: &str) -> usize {
    text.len() - text.trim_start_matches(breaking::is_space).len()
}

/// The grapheme that `text` begins with; a space or newline is never part of it (it may follow a prepended mark).
fn first_grapheme(text: &str) -> &str {
    let grapheme = text.graphemes(true).next().unwrap_or(text);
    let ends = |c: char| c == '\n' || breaking::is_space(c);
    match grapheme.char_indices().skip(1).find(|(_, c)| ends(*c)) {
        Some((at, _)) => &grapheme[..at],
        None => grapheme,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const GERMAN: Option<Language> = Some(Language::German);

    fn set(text: &str, measure: usize, language: Option<Language>) -> Vec<String> {
        typeset(text, measure, language)
            .iter()
            .map(|line| line.text(text).into_owned())
            .collect()
    }

    #[test]
    fn words_are_wrapped_whole_and_divided_where_the_rag_is_deep() {
        let text = "Wir reden über die Glaubwürdigkeit von Menschen, die man mag.";
        assert_eq!(
            set(text, 22, GERMAN),
            [
                "Wir reden über die",
                "Glaubwürdigkeit von",
                "Menschen, die man mag."
            ]
        );
        assert_eq!(
            set(text, 26, GERMAN),
            [
                "Wir reden über die Glaub-",
                "würdigkeit von Menschen,",
                "die man mag."
            ]
        );
        assert_eq!(set(text, 26, None)[0], "Wir reden über die");
    }

    #[test]
    fn a_soft_hyphen_is_drawn_only_at_the_end_of_a_line() {
        let text = "Das Ver\u{ad}trauen wächst von selbst";
        assert_eq!(
            set(text, 14, None),
            ["Das Vertrauen", "wächst von", "selbst"]
        );
        assert_eq!(
            set(text, 9, None),
            ["Das Ver-", "trauen", "wächst", "von", "selbst"]
        );
    }

    #[test]
    fn a_word_longer_than_the_measure_is_divided_as_best_it_can_be() {
        assert_eq!(
            set("Unternehmenskommunikation", 10, GERMAN),
            ["Unterneh-", "menskommu-", "nikation"]
        );
        assert_eq!(
            set("https://example.org", 8, GERMAN),
            ["https://", "example.", "org"]
        );
        assert_eq!(set("日本語", 1, None), ["日", "本", "語"]);
        assert_eq!(
            set("PR-Kommunikation", 10, GERMAN),
            ["PR-", "Kommunika-", "tion"]
        );
    }

    #[test]
    fn newlines_end_lines_and_spaces_at_either_end_are_left_out() {
        assert_eq!(
            set("  eins  zwei \n\n drei \n ", 20, None),
            ["eins  zwei", "", "drei"]
        );
        assert_eq!(set("", 20, None), Vec::<String>::new());
        assert_eq!(set("a bc", 0, None), ["a", "b", "c"]);
    }

    #[test]
    fn hyphens_do_not_pile_up() {
        let text = "Unternehmenskommunikation ".repeat(40);
        let lines = typeset(&text, 34, GERMAN);
        assert!(lines.iter().any(|line| line.hyphen));
        assert!(
            !lines
                .windows(3)
                .any(|three| three.iter().all(|line| line.hyphen))
        );
    }

    #[test]
    fn a_giant_paragraph_is_set_from_any_stretch_as_from_its_start() {
        for (unit, measure) in [
            (
                "Ein Satz über Glaubwürdigkeit und Unternehmenskommunikation. ",
                31,
            ),
            ("日本語のテキスト、", 31),
            ("ohneleerzeichen", 7),
            ("  \n ", 5),
        ] {
            let text = unit.repeat(100_000 / unit.len());
            let all = typeset(&text, measure, GERMAN);
            let (mut at, mut count) = (0, 0);
            while at < text.len() {
                let stretch = stretch(&text, at);
                assert_eq!(stretch.start, at);
                assert!(stretch.len() <= STRETCH + SLACK);
                for byte in [stretch.start + 1, stretch.end - 1] {
                    assert_eq!(super::stretch(&text, byte), stretch);
                }
                let first = all.iter().position(|line| line.range.start >= at);
                let mut from = Lines::from(&text, at, measure, GERMAN);
                assert_eq!(from.next().as_ref(), first.map(|first| &all[first]));
                assert!(
                    from.eq(all[first.map_or(all.len(), |first| first + 1)..]
                        .iter()
                        .cloned())
                );
                (at, count) = (stretch.end, count + 1);
            }
            assert!(count >= 6);
        }
    }

    /// What text can be made of: words, spaces, marks, and whatever is hard about breaking lines.
    fn wild() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            4 => "[a-zäöüß]{1,12}",
            2 => " {1,3}",
            1 => "\\PC{0,4}",
            1 => prop::sample::select(vec![
                "\u{ad}", "\n", "-", "–", " – ", "—", "/", "z. B. ", "\u{a0}", "\u{200b}", "日本", "。", "👩\u{200d}👧",
                "u\u{308}", "\u{600}", " \u{301}", "Unternehmenskommunikation", "1\u{fe0f}\u{20e3}", "\t", "\u{3000}",
            ]).prop_map(str::to_owned),
        ];
        prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn every_character_but_spaces_is_on_one_line(text in wild(), measure in 0usize..40, german: bool) {
            let language = german.then_some(Language::German);
            let mut covered = 0;
            for line in typeset(&text, measure, language) {
                let between = &text[covered..line.range.start];
                prop_assert!(between.chars().all(char::is_whitespace), "{between:?} is on no line");
                prop_assert!(!text[line.range.clone()].contains('\n'));
                covered = line.range.end;
            }
            prop_assert!(text[covered..].chars().all(char::is_whitespace));
        }

        #[test]
        fn no_line_is_wider_than_the_measure(text in wild(), measure in 1usize..40, german: bool) {
            for line in typeset(&text, measure, german.then_some(Language::German)) {
                let drawn = line.text(&text);
                let graphemes = drawn.graphemes(true).filter(|g| grapheme_width(g) > 0).count();
                prop_assert!(width(&drawn) <= measure || graphemes == 1, "{drawn:?}");
            }
        }

        #[test]
        fn a_line_with_a_hyphen_goes_on_with_letters(text in wild(), measure in 1usize..40) {
            for line in typeset(&text, measure, GERMAN).iter().filter(|line| line.hyphen) {
                let next = text[line.range.end..].chars().next();
                prop_assert!(next.is_some_and(|c| !c.is_whitespace()), "{:?}", line.text(&text));
            }
        }
    }
}
