//! Words and sentences, by UAX 29, with what German and English abbreviations need beyond it.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// The words of `text` with the byte offset of each; punctuation and spaces are left out.
pub fn words(text: &str) -> impl DoubleEndedIterator<Item = (usize, &str)> {
    text.unicode_word_indices()
}

/// What ends in a full stop and ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "z.", "b.", "d.", "h.", "u.", "a.", "o.", "s.", "v.", "bzw.", "ca.", "vgl.", "evtl.", "ggf.",
    "inkl.", "dr.", "prof.", "st.", "nr.", "abs.", "hr.", "fr.", "mr.", "mrs.", "ms.", "vs.",
    "e.g.", "i.e.", "sog.", "dt.", "engl.", "jr.", "z.b.", "d.h.", "u.a.", "o.ä.", "anm.", "red.",
    "max.", "min.", "mio.", "mrd.", "tel.",
];

/// The sentences of `text` as byte ranges without the spaces around them, in order.
#[must_use]
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (start, piece) in text.split_sentence_bound_indices() {
        let trimmed = piece.trim_end();
        let lead = trimmed.len() - trimmed.trim_start().len();
        if trimmed.trim_start().is_empty() {
            continue;
        }
        let range = start + lead..start + trimmed.len();
        match out.last_mut() {
            Some(last) if open => last.end = range.end,
            _ => out.push(range.clone()),
        }
        open = goes_on(trimmed) && !piece.contains('\n');
    }
    out
}

/// Whether the full stop at the end of `piece` belongs to an abbreviation or an ordinal.
fn goes_on(piece: &str) -> bool {
    let Some(word) = piece.split_whitespace().next_back() else {
        return false;
    };
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let Some(stem) = word.strip_suffix('.') else {
        return false;
    };
    let ordinal = !stem.is_empty() && stem.len() <= 2 && stem.bytes().all(|b| b.is_ascii_digit());
    ordinal || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn sentences_end_where_a_reader_stops() {
        assert_eq!(
            split("Das ist so. Oder? Ja!  "),
            ["Das ist so.", "Oder?", "Ja!"]
        );
        assert_eq!(
            split("Blase bzw. Wunsch, z. B. Dr. Ott am 3. Mai. Ende"),
            ["Blase bzw. Wunsch, z. B. Dr. Ott am 3. Mai.", "Ende"]
        );
        assert_eq!(
            split("„Geht das?“, fragte er. Ja."),
            ["„Geht das?“, fragte er.", "Ja."]
        );
        assert!(split(" \n ").is_empty());
    }

    #[test]
    fn words_leave_punctuation_out() {
        let found: Vec<_> = words("Ja, Frau Hölle!").map(|(_, w)| w).collect();
        assert_eq!(found, ["Ja", "Frau", "Hölle"]);
    }
}
