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
    /// Where the parts of [`Folded::text`] come from, in its order.
    map: Vec<Part>,
}

/// A part of a folded text: from one grapheme, or from a run of graphemes a byte long that stayed a byte long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    /// Where it begins in the folded text; it ends where the next one begins.
    folded: u32,
    /// Where it begins and ends in the source.
    start: u32,
    end: u32,
    /// It is a run, byte for byte.
    run: bool,
}

impl Folded {
    /// The byte range in the source, whole graphemes, that the byte range `folded` stands for.
    /// An empty range, or one past the end, gives the empty range at that place.
    #[must_use]
    pub fn source(&self, folded: Range<usize>) -> Range<usize> {
        let start = self.grapheme(folded.start).start;
        if folded.is_empty() {
            return start..start;
        }
        start..self.grapheme(folded.end - 1).end.max(start)
    }

    /// The grapheme that the folded byte `at` comes from; past the end, the empty range at the end of the last one.
    fn grapheme(&self, at: usize) -> Range<usize> {
        if at >= self.text.len() {
            let end = self.map.last().map_or(0, |part| part.end as usize);
            return end..end;
        }
        let part = self.map.partition_point(|part| part.folded as usize <= at);
        match self.map[part - 1] {
            Part {
                folded,
                start,
                run: true,
                ..
            } => {
                let start = start as usize + (at - folded as usize);
                start..start + 1
            }
            Part { start, end, .. } => start as usize..end as usize,
        }
    }

    /// Notes that the folded text from `folded` on comes from `source`: another byte of a run, or a grapheme.
    fn note(&mut self, folded: usize, source: Range<usize>, run: bool) {
        let [folded, start, end] = [folded, source.start, source.end].map(offset);
        match self.map.last_mut() {
            Some(last) if run && last.run && last.end == start => last.end = end,
            _ => self.map.push(Part {
                folded,
                start,
                end,
                run,
            }),
        }
    }

    /// Notes that the last grapheme of the folded text also stands for the source up to `end`.
    fn stretch(&mut self, end: usize) {
        let Some(last) = self.map.last_mut() else {
            return;
        };
        if last.run && last.end - last.start > 1 {
            last.end -= 1;
            let start = last.end as usize;
            self.note(self.text.len() - 1, start..end, false);
        } else {
            (last.end, last.run) = (offset(end), false);
        }
    }
}

/// The folded form of `text`.
#[must_use]
pub fn fold(text: &str, how: Fold) -> String {
    let mut out = String::with_capacity(text.len());
    let mut folder = Folder::default();
    let bytes = text.as_bytes();
    let stop = if how.digraphs { STAYS } else { STAYS | E };
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let end = run_end(bytes, at, stop);
        if end > at {
            out.push_str(&text[at..end]);
            folder.takes_e = takes_e(char::from(bytes[end - 1]));
            at = end;
        } else if byte.is_ascii() {
            out.extend(folder.ascii(byte, how).map(char::from));
            at += 1;
        } else {
            at += folder.first(&text[at..], how, |c| out.push(c)).0;
        }
    }
    if !how.case {
        // What isn't ASCII has been lowered already, and this is many times as fast as byte by byte.
        out.make_ascii_lowercase();
    }
    out
}

/// The first byte of any character from U+0300 on, where those begin that make a grapheme with another. Below, each is one
/// by itself, but for CR LF.
const JOINING: u8 = 0xcc;

/// The end of the run of bytes from `at` on that are of a class in `classes`.
fn run_end(bytes: &[u8], at: usize, classes: u8) -> usize {
    let mut rest = bytes[at..].iter();
    let other = rest.position(|byte| CLASS[usize::from(*byte)] & classes == 0);
    other.map_or(bytes.len(), |other| at + other)
}

/// A byte that folding leaves as it is, but for case.
const STAYS: u8 = 1;
/// An e, which the digraphs may take away.
const E: u8 = 2;

/// What each byte is.
const CLASS: [u8; 256] = {
    let mut class = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        class[byte as usize] = match byte {
            b'e' | b'E' => E,
            b'"' | b'`' | b'\t' | b'\n' | b'\r' => 0,
            _ => STAYS,
        };
        byte += 1;
    }
    class
};

/// The folded form of `text`, with the way back to its graphemes.
#[must_use]
pub fn fold_with_map(text: &str, how: Fold) -> Folded {
    let mut folded = Folded {
        text: String::with_capacity(text.len()),
        map: Vec::new(),
    };
    let mut folder = Folder::default();
    let bytes = text.as_bytes();
    let mut at = 0;
    let stop = if how.digraphs { STAYS } else { STAYS | E };
    while let Some(&byte) = bytes.get(at) {
        let mut end = run_end(bytes, at, stop);
        if bytes.get(end).is_some_and(|byte| *byte >= JOINING) {
            end = end.saturating_sub(1).max(at);
        }
        if end > at {
            folded.note(folded.text.len(), at..end, true);
            folded.text.push_str(&text[at..end]);
            folder.takes_e = takes_e(char::from(bytes[end - 1]));
            at = end;
            continue;
        }
        let length = if byte.is_ascii() { 1 } else { 2 };
        let next = bytes.get(at + length);
        let grapheme = if byte < JOINING && byte != b'\r' && next.is_none_or(|byte| *byte < JOINING)
        {
            &text[at..at + length]
        } else {
            text[at..].graphemes(true).next().unwrap_or(&text[at..])
        };
        let (end, before) = (at + grapheme.len(), folded.text.len());
        let mut swallowed = false;
        while at < end {
            let text = &mut folded.text;
            let (length, e) = folder.first(&grapheme[grapheme.len() - (end - at)..], how, |c| {
                text.push(c)
            });
            at += length;
            swallowed |= e && text.len() == before;
        }
        if folded.text.len() > before {
            let run = grapheme.len() == 1;
            folded.note(before, end - grapheme.len()..end, run);
        } else if swallowed {
            folded.stretch(end);
        }
    }
    if !how.case {
        folded.text.make_ascii_lowercase();
    }
    folded
}

/// Offsets in the map are 32 bits wide; a text past 4 GiB maps its tail onto its last byte.
fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// Folds a stream of characters; remembers whether the last one it gave takes an e, for the digraphs.
#[derive(Default)]
struct Folder {
    takes_e: bool,
}

impl Folder {
    /// The folded form of an ASCII character; none if it is an e that the vowel before it has taken.
    #[inline]
    fn ascii(&mut self, byte: u8, how: Fold) -> Option<u8> {
        const FOLDED: [[u8; 128]; 2] = [ascii_table(false), ascii_table(true)];
        let byte = FOLDED[usize::from(how.case)][usize::from(byte & 0x7f)];
        let swallowed = how.digraphs && self.takes_e && matches!(byte, b'e' | b'E');
        self.takes_e = takes_e(char::from(byte));
        (!swallowed).then_some(byte)
    }

    /// Gives the folded form of the first character of `text` to `out`; returns the length of that character, and whether
    /// an e of it was taken into the vowel before.
    fn first(&mut self, text: &str, how: Fold, mut out: impl FnMut(char)) -> (usize, bool) {
        let Some(c) = text.chars().next() else {
            return (0, false);
        };
        if c.is_ascii() {
            let folded = self.ascii(c as u8, how);
            folded.map(char::from).into_iter().for_each(out);
            return (1, folded.is_none());
        }
        let mut swallowed = false;
        let mut give = |c: char| {
            let taken = how.digraphs && self.takes_e && matches!(c, 'e' | 'E');
            self.takes_e = takes_e(c);
            swallowed |= taken;
            if !taken {
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
        match alike(c) {
            Alike::Char(c) => give(c),
            Alike::Nothing => {}
            Alike::Letters(letters) => letters.chars().for_each(|c| cased(c, &mut give)),
            Alike::Itself => std::iter::once(c)
                .nfkd()
                .filter(|c| !is_combining_mark(*c))
                .for_each(|c| cased(c, &mut give)),
        }
        (c.len_utf8(), swallowed)
    }
}

/// The folded form of each ASCII character.
const fn ascii_table(case: bool) -> [u8; 128] {
    let mut table = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        table[byte as usize] = match byte {
            b'"' | b'`' => b'\'',
            b'\t' | b'\n' | b'\r' => b' ',
            _ if case => byte,
            _ => byte.to_ascii_lowercase(),
        };
        byte += 1;
    }
    table
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
        // In German every other non-ASCII character is one of these; decomposing them would say the same.
        'ä' => Alike::Char('a'),
        'ö' => Alike::Char('o'),
        'ü' => Alike::Char('u'),
        'ß' => Alike::Letters("ss"),
        'Ä' => Alike::Letters("A"),
        'Ö' => Alike::Letters("O"),
        'Ü' => Alike::Letters("U"),
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
        fn the_map_leads_each_part_back_to_what_it_was_folded_from(
            text in "([aeouxUE \"ßüéœ\u{308}\u{301}\u{ad}\r\n]|\\PC){0,30}", digraphs: bool, case: bool
        ) {
            let how = Fold { digraphs, case };
            let folded = fold_with_map(&text, how);
            let mut sources: Vec<_> = (0..folded.text.len()).map(|at| folded.source(at..at + 1)).collect();
            sources.dedup();
            prop_assert!(sources.windows(2).all(|two| two[0].end <= two[1].start));
            let again: String = sources.into_iter().map(|range| fold(&text[range], how)).collect();
            prop_assert_eq!(again, folded.text);
        }

        #[test]
        fn folding_twice_changes_nothing_but_the_digraphs(text in "[aeouUExßüéœ\u{308}\u{301}\u{ad} ]{0,30}", case: bool) {
            let marks = fold(&text, Fold { digraphs: false, case });
            prop_assert_eq!(&fold(&marks, Fold { digraphs: false, case }), &marks);
            let both = Fold { digraphs: true, case };
            prop_assert_eq!(fold(&marks, both), fold(&text, both));
        }

        #[test]
        fn every_folded_range_is_whole_graphemes(text in "\\PC*", from in 0usize..40, len in 0usize..40) {
            let folded = fold_with_map(&text, Fold::DIGRAPHS);
            let range = folded.source(from..from + len);
            prop_assert!(text.get(range).is_some());
        }
    }
}
