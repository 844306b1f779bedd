//! Where a word may be divided: at its soft hyphens; else where Liang's patterns for its language say so.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::Language;

/// A hyphen leaves no fewer letters than these on either side.
const STUB: usize = 3;

/// A word longer than this, in bytes, is no word; it also bounds how far a look around may go.
const LONGEST: usize = 200;

/// The byte offsets in `word`, rising, at which a hyphen may divide it.
///
/// Soft hyphens are what the author wants, so that a word which has any is divided nowhere else. Letters written with
/// combining marks are composed before the patterns see them.
pub(super) fn points(word: &str, language: Option<Language>) -> Vec<usize> {
    if word.contains('\u{ad}') {
        return word
            .match_indices('\u{ad}')
            .map(|(at, shy)| at + shy.len())
            .filter(|&at| at < word.len())
            .collect();
    }
    let language = match language {
        Some(Language::German) => hypher::Lang::German,
        Some(Language::English) => hypher::Lang::English,
        None => return Vec::new(),
    };
    let composed: String = word.nfc().collect();
    let mut at = 0;
    let mut points: Vec<usize> = hypher::hyphenate_bounded(&composed, language, STUB, STUB)
        .map(|syllable| {
            at += syllable.len();
            at
        })
        .collect();
    points.pop();
    if composed == word {
        return points;
    }
    let (theirs, ours) = (composed.grapheme_indices(true), word.grapheme_indices(true));
    theirs
        .zip(ours)
        .filter(|((at, _), _)| points.contains(at))
        .map(|(_, (at, _))| at)
        .collect()
}

/// The word around byte `at`, where it may be hyphenated in the ordinary course: all of it letters, with no capital after the
/// first (an acronym, a brand), and not the last of its paragraph.
pub(super) fn whole_word(text: &str, at: usize) -> Option<Range<usize>> {
    let token = around(text, at, |c| !c.is_whitespace())?;
    if text[token.end..]
        .trim_start_matches(super::breaking::is_space)
        .chars()
        .next()
        .is_none_or(|c| c == '\n')
    {
        return None;
    }
    let outer = |c: char| !c.is_alphanumeric() && !is_combining_mark(c);
    let head = text[token.clone()].trim_start_matches(outer);
    let start = token.end - head.len();
    let word = head.trim_end_matches(outer);
    let lower = |c: char| letter(c) && !c.is_uppercase();
    let mut letters = word.chars();
    (letters.next().is_some_and(letter) && letters.all(lower)).then(|| start..start + word.len())
}

/// The letters around byte `at`, whatever else belongs to their word: for what doesn't fit on a line in any other way.
pub(super) fn letters_around(text: &str, at: usize) -> Option<Range<usize>> {
    around(text, at, letter)
}

fn letter(c: char) -> bool {
    c.is_alphabetic() || is_combining_mark(c) || c == '\u{ad}'
}

/// The longest run of characters that `belong`, around byte `at`; none if it is longer than a word can be.
fn around(text: &str, at: usize, belongs: impl Fn(char) -> bool) -> Option<Range<usize>> {
    let window = text.ceil_char_boundary(at.saturating_sub(LONGEST))
        ..text.floor_char_boundary(at.saturating_add(LONGEST));
    let before = &text[window.start..at];
    let after = &text[at..window.end];
    let start = at - (before.len() - before.trim_end_matches(&belongs).len());
    let end = at + (after.len() - after.trim_start_matches(&belongs).len());
    (!(start..end).is_empty() && end - start <= LONGEST).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divided(word: &str, language: Option<Language>) -> String {
        let mut out = word.to_owned();
        for at in points(word, language).into_iter().rev() {
            out.insert(at, '-');
        }
        out
    }

    #[test]
    fn words_divide_by_the_rules_of_their_language() {
        let german = Some(Language::German);
        assert_eq!(divided("Unternehmen", german), "Unter-neh-men");
        assert_eq!(divided("Glaubwürdigkeit", german), "Glaub-wür-dig-keit");
        assert_eq!(
            divided("transparency", Some(Language::English)),
            "trans-parency"
        );
        assert_eq!(divided("Abend", german), "Abend");
        assert_eq!(divided("Unternehmen", None), "Unternehmen");
    }

    #[test]
    fn combining_marks_stay_with_their_letter() {
        assert_eq!(
            divided("Glaubwu\u{308}rdigkeit", Some(Language::German)),
            "Glaub-wu\u{308}r-dig-keit"
        );
    }

    #[test]
    fn soft_hyphens_come_before_patterns() {
        let word = "Ver\u{ad}trauen";
        assert_eq!(divided(word, Some(Language::German)), "Ver\u{ad}-trauen");
        assert_eq!(divided(word, None), "Ver\u{ad}-trauen");
    }

    #[test]
    fn acronyms_compounds_with_a_hyphen_and_last_words_stay_whole() {
        let word = |text: &'static str, at| whole_word(text, at).map(|range| &text[range]);
        assert_eq!(word("„Unternehmen“, sagt", 5), Some("Unternehmen"));
        assert_eq!(word("UNESCO sagt", 2), None);
        assert_eq!(word("YouTube sagt", 2), None);
        assert_eq!(word("Social-Media sagt", 2), None);
        assert_eq!(word("sagt Unternehmen.", 8), None);
        assert_eq!(word("Unternehmen\nsagt", 3), None);
        let text = "PR-Unternehmen";
        assert_eq!(
            letters_around(text, 8).map(|range| &text[range]),
            Some("Unternehmen")
        );
    }

    #[test]
    fn what_is_too_long_is_no_word() {
        assert_eq!(letters_around(&"a".repeat(1000), 500), None);
    }
}
