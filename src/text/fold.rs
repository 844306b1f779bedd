//! Folding: what makes text comparable.
//!
//! Compatibility forms are decomposed (NFKD), marks stripped, ß written ss, case lowered; quotes, dashes and spaces
//! of every kind are alike, and what has no shape of its own (soft hyphens, joiners, zero-width spaces) vanishes.
//! One key stops there; the other also reads ae, oe and ue as a, o and u. A text matches when either key does, so
//! `uber`, `ueber` and `über` find one another, and `erst` still finds `zuerst`.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// Which of the foldings is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fold {
    /// ae, oe, ue are read as a, o, u.
    pub digraphs: bool,
    /// Upper and lower case stay apart (for a query that has a capital in it).
    pub case: bool,
}

impl Fold {
    /// Marks stripped, case lowered.
    pub const MARKS: Fold = Fold {
        digraphs: false,
        case: false,
    };
    /// As [`Fold::MARKS`], and ae, oe, ue read as a, o, u.
    pub const DIGRAPHS: Fold = Fold {
        digraphs: true,
        case: false,
    };
}

/// A folded text that knows where each of its bytes came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each byte of [`Folded::text`], the byte range of the source graphemes that it stands for.
    map: Vec<(u32, u32)>,
}

impl Folded {
    /// The byte range in the source, whole graphemes, that the byte range `folded` stands for.
    /// An empty range, or one past the end, gives the empty range at that place.
    #[must_use]
    pub fn source(&self, folded: Range<usize>) -> Range<usize> {
        let end_of_source = self.map.last().map_or(0, |entry| entry.1 as usize);
        let start = self
            .map
            .get(folded.start)
            .map_or(end_of_source, |entry| entry.0 as usize);
        if folded.is_empty() {
            return start..start;
        }
        let last = self.map.get(folded.end - 1).or(self.map.last());
        start..last.map_or(start, |entry| entry.1 as usize).max(start)
    }
}

/// The folded form of `text`.
#[must_use]
pub fn fold(text: &str, how: Fold) -> String {
    let mut out = String::with_capacity(text.len());
    let mut folder = Folder::default();
    for c in text.chars() {
        folder.push(c, how, |folded| out.push(folded));
    }
    out
}

/// The folded form of `text`, with the way back to its graphemes.
#[must_use]
pub fn fold_with_map(text: &str, how: Fold) -> Folded {
    let mut folded = Folded::default();
    let mut folder = Folder::default();
    for (start, grapheme) in text.grapheme_indices(true) {
        let span = (offset(start), offset(start + grapheme.len()));
        for c in grapheme.chars() {
            let Folded { text, map } = &mut folded;
            let swallowed = folder.push(c, how, |out| {
                text.push(out);
                map.extend(std::iter::repeat_n(span, out.len_utf8()));
            });
            if let (true, Some(last)) = (swallowed, map.last_mut()) {
                last.1 = span.1;
            }
        }
    }
    folded
}

/// Offsets in the map are 32 bits wide; a text past 4 GiB maps its tail onto its last byte.
fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// Folds a stream of characters; remembers the last one it gave, for the digraphs.
#[derive(Default)]
struct Folder {
    last: Option<char>,
}

impl Folder {
    /// Gives the folded characters of `c` to `out`; returns whether an `e` was taken into the vowel before it.
    fn push(&mut self, c: char, how: Fold, mut out: impl FnMut(char)) -> bool {
        let mut swallowed = false;
        let mut give = |c: char| {
            if how.digraphs && matches!(c, 'e' | 'E') && self.last.is_some_and(takes_e) {
                swallowed = true;
                self.last = Some(c);
            } else {
                self.last = Some(c);
                out(c);
            }
        };
        let cased = |c: char, give: &mut dyn FnMut(char)| {
            if how.case {
                give(c);
            } else {
                c.to_lowercase()
                    .filter(|c| !is_combining_mark(*c))
                    .for_each(give);
            }
        };
        if c.is_ascii() {
            let c = match c {
                '"' | '`' => '\'',
                '\t' | '\n' | '\r' => ' ',
                c => c,
            };
            give(if how.case { c } else { c.to_ascii_lowercase() });
            return swallowed;
        }
        match alike(c) {
            Alike::Char(c) => give(c),
            Alike::Nothing => {}
            Alike::Letters(letters) => letters.chars().for_each(|c| cased(c, &mut give)),
            Alike::Itself => std::iter::once(c)
                .nfkd()
                .filter(|c| !is_combining_mark(*c))
                .for_each(|c| cased(c, &mut give)),
        }
        swallowed
    }
}

fn takes_e(c: char) -> bool {
    matches!(c, 'a' | 'o' | 'u' | 'A' | 'O' | 'U')
}

enum Alike {
    Char(char),
    Letters(&'static str),
    Nothing,
    Itself,
}

/// The characters that decomposition leaves apart and a reader takes for the same.
fn alike(c: char) -> Alike {
    match c {
        'ß' => Alike::Letters("ss"),
        'ẞ' => Alike::Letters("SS"),
        'æ' => Alike::Letters("ae"),
        'Æ' => Alike::Letters("Ae"),
        'œ' => Alike::Letters("oe"),
        'Œ' => Alike::Letters("Oe"),
        'ø' => Alike::Letters("o"),
        'Ø' => Alike::Letters("O"),
        'ł' => Alike::Letters("l"),
        'Ł' => Alike::Letters("L"),
        '\u{2018}'..='\u{201f}' | '«' | '»' | '‹' | '›' | '´' | '′' | '″' => {
            Alike::Char('\'')
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2e3a}' | '\u{2e3b}' => Alike::Char('-'),
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => Alike::Nothing,
        c if c.is_whitespace() => Alike::Char(' '),
        _ => Alike::Itself,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn matches(query: &str, text: &str) -> bool {
        [Fold::MARKS, Fold::DIGRAPHS]
            .into_iter()
            .any(|how| fold(text, how).contains(&fold(query, how)))
    }

    #[test]
    fn an_umlaut_is_found_however_it_is_typed() {
        let forms = ["über", "ueber", "uber", "ÜBER", "u\u{308}ber"];
        for query in forms {
            for text in forms {
                assert!(matches(query, text), "{query} in {text}");
            }
        }
        assert!(matches("erst", "zuerst"));
        assert!(matches("strasse", "Straße") && matches("STRASSE", "straße"));
        assert!(!matches("ober", "über"));
    }

    #[test]
    fn quotes_dashes_and_spaces_of_every_kind_are_alike() {
        assert_eq!(
            fold("„so“ – «so» \u{a0}—", Fold::MARKS),
            fold("\"so\" - 'so'  -", Fold::MARKS)
        );
        assert_eq!(fold("Ver\u{ad}trauen", Fold::MARKS), "vertrauen");
    }

    #[test]
    fn a_match_leads_back_to_whole_graphemes() {
        let source = "Fu\u{308}r Frau Hölle";
        let folded = fold_with_map(source, Fold::DIGRAPHS);
        let at = folded.text.find("holl").unwrap();
        assert_eq!(&source[folded.source(at..at + 4)], "Höll");
        assert_eq!(&source[folded.source(1..2)], "u\u{308}");
        let digraph = fold_with_map("ueber", Fold::DIGRAPHS);
        assert_eq!(digraph.source(0..1), 0..2);
    }

    proptest! {
        #[test]
        fn both_ways_of_folding_agree(text in "\\PC*", digraphs: bool, case: bool) {
            let how = Fold { digraphs, case };
            prop_assert_eq!(fold(&text, how), fold_with_map(&text, how).text);
        }

        #[test]
        fn every_folded_range_is_whole_graphemes(text in "\\PC*", from in 0usize..40, len in 0usize..40) {
            let folded = fold_with_map(&text, Fold::DIGRAPHS);
            let range = folded.source(from..from + len);
            prop_assert!(text.get(range).is_some());
        }
    }
}
