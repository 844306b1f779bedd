//! Matching what was nearly typed: all letters of a term, in order, with others between.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use memchr::memchr;

/// A term matches within a word over at most so many letters more than its own.
const MORE: usize = 2;

/// Of a shorter term nearly every word would have the letters.
const SHORTEST: usize = 3;

/// What the matcher may spend on one line, in letters of the line × letters of the term; above, the first match is taken.
const EFFORT: usize = 1 << 20;

/// A bit for each letter in `text`, some letters sharing one: a word without a term's bits doesn't have its letters.
pub(super) fn letters(text: &str) -> u32 {
    text.bytes().fold(0, |bits, byte| bits | 1 << bit(byte))
}

fn bit(byte: u8) -> u8 {
    match byte {
        b'a'..=b'z' => byte - b'a',
        _ => 26 + byte % 6,
    }
}

/// Whether `term` can match within a word at all.
pub(super) fn fits_words(term: &str) -> bool {
    term.chars().count() >= SHORTEST && !term.contains(' ')
}

/// Whether the letters of `term` are in `word`, in order, over at most two letters more than its own.
pub(super) fn in_word(word: &str, term: &str) -> bool {
    if word.is_ascii() {
        windows(word.as_bytes(), term.as_bytes()).next().is_some()
    } else {
        let word: Vec<char> = word.chars().collect();
        let term: Vec<char> = term.chars().collect();
        windows(&word, &term).next().is_some()
    }
}

/// Whether [`in_word`] is true of any word of `line`.
pub(super) fn in_words(line: &str, term: &str) -> bool {
    fits_words(term) && line.split(' ').any(|word| in_word(word, term))
}

/// The places in `word` from which the letters of `term` are found near enough together.
fn windows<T: Copy + PartialEq>(word: &[T], term: &[T]) -> impl Iterator<Item = usize> {
    (0..word.len()).filter(move |&start| {
        if word.len() - start < term.len() || term.first() != word.get(start) {
            return false;
        }
        let end = word.len().min(start + term.len() + MORE);
        let mut letters = word[start..end].iter();
        term.iter()
            .all(|wanted| letters.any(|letter| letter == wanted))
    })
}

/// Whether the letters of `term` are in `line`, in order.
pub(super) fn in_line(line: &str, term: &str) -> bool {
    if !term.is_ascii() {
        let mut letters = line.chars();
        return term.chars().all(|wanted| letters.any(|c| c == wanted));
    }
    let mut rest = line.as_bytes();
    term.bytes().all(|byte| match memchr(byte, rest) {
        Some(at) => {
            rest = &rest[at + 1..];
            true
        }
        None => false,
    })
}

/// The character indices in `line` at which the letters of `term` are best found.
fn places(line: &str, term: &str) -> Option<(i64, Vec<usize>)> {
    let matcher = SkimMatcherV2::default();
    let matcher = matcher.respect_case().element_limit(EFFORT);
    matcher.fuzzy_indices(line, term)
}

/// The byte offsets of the letters of `term` in `line`, wherever they stand best; none if they aren't there in order.
pub(super) fn letters_anywhere(line: &str, term: &str) -> Vec<usize> {
    places(line, term).map_or_else(Vec::new, |(_, indices)| bytes(line, 0, &indices))
}

/// The byte offsets of the letters of `term` in the word of `line` that has them best ([`in_words`]); none if no word does.
pub(super) fn letters_near(line: &str, term: &str) -> Vec<usize> {
    if !fits_words(term) {
        return Vec::new();
    }
    let letters: Vec<char> = term.chars().collect();
    let mut best: Option<(i64, Vec<usize>)> = None;
    let mut from = 0;
    for word in line.split(' ') {
        let chars: Vec<(usize, char)> = word.char_indices().collect();
        let plain: Vec<char> = chars.iter().map(|(_, c)| *c).collect();
        for start in windows(&plain, &letters) {
            let end = plain.len().min(start + letters.len() + MORE);
            let window: String = plain[start..end].iter().collect();
            let Some((score, indices)) = places(&window, term) else {
                continue;
            };
            if best.as_ref().is_none_or(|(other, _)| score > *other) {
                best = Some((score, bytes(line, from + chars[start].0, &indices)));
            }
        }
        from += word.len() + 1;
    }
    best.map(|(_, found)| found).unwrap_or_default()
}

/// Character indices counted from byte `from` of `line`, as byte offsets in `line`.
fn bytes(line: &str, from: usize, indices: &[usize]) -> Vec<usize> {
    let mut wanted = indices.iter().peekable();
    line[from..]
        .char_indices()
        .enumerate()
        .filter(|(index, _)| wanted.next_if_eq(&index).is_some())
        .map(|(_, (at, _))| from + at)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(line: &str, found: Vec<usize>) -> String {
        line.char_indices()
            .map(|(at, c)| {
                if found.contains(&at) {
                    c.to_ascii_uppercase()
                } else {
                    c
                }
            })
            .collect()
    }

    #[test]
    fn a_term_may_leave_out_two_letters_of_a_word() {
        assert!(in_word("influencer", "inflncer"));
        assert!(!in_word("influencer", "ifcer"));
        assert!(in_words("geld fur influencer", "influecer"));
        assert!(!in_words("in flu encer", "influencer"));
        assert!(!in_words("aber", "ar"));
    }

    #[test]
    fn the_letters_found_are_the_best_ones() {
        assert_eq!(
            marked(
                "einfluss der influencer",
                letters_near("einfluss der influencer", "influecer")
            ),
            "einfluss der INFLUEnCER"
        );
        assert_eq!(
            marked("geld und recht", letters_near("geld und recht", "gere")),
            "geld und recht"
        );
        assert_eq!(
            marked("geld und recht", letters_anywhere("geld und recht", "gere")),
            "GEld und REcht"
        );
        assert_eq!(
            marked("день и ночь", letters_anywhere("день и ночь", "дньь")),
            "день и ночь"
        );
    }

    proptest! {
        #[test]
        fn what_matches_can_be_shown(line in "[abc дé]{0,20}", term in "[abcд]{1,5}") {
            let strict = !letters_near(&line, &term).is_empty();
            prop_assert_eq!(in_words(&line, &term), strict);
            let loose = !letters_anywhere(&line, &term).is_empty();
            prop_assert_eq!(in_line(&line, &term), loose);
        }

        #[test]
        fn a_word_with_the_letters_has_the_bits(word in "\\PC{0,12}", term in "\\PC{1,4}") {
            if in_word(&word, &term) {
                prop_assert_eq!(letters(&word) & letters(&term), letters(&term));
            }
        }
    }
}
