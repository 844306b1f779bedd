//! What the program knows of words: which say nothing of a subject, how they are cut to their stems, and which mean
//! much the same. The lists are in `assets/words/`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use foldhash::{HashSet, HashSetExt};
use rust_stemmers::{Algorithm, Stemmer};

use crate::text::{Fold, Language, fold};

const STOP_GERMAN: &str = include_str!("../../assets/words/stop-de.txt");
const STOP_ENGLISH: &str = include_str!("../../assets/words/stop-en.txt");
const BRIDGE: &str = include_str!("../../assets/words/bridge.txt");
/// What [`bridge_stems`] gives, kept because stemming the bridge would take longer than reading two interviews.
const BRIDGE_GERMAN: &str = include_str!("../../assets/words/bridge-stems-de.txt");
const BRIDGE_ENGLISH: &str = include_str!("../../assets/words/bridge-stems-en.txt");

/// The words of one language, or of an unknown one.
pub(super) struct Lexicon {
    /// Snowball's stemmer (Porter, *Snowball: a language for stemming algorithms*, 2001); none where the language
    /// is unknown.
    stemmer: Option<Stemmer>,
    /// The folded words that say nothing; those of every language where it is unknown.
    stop: HashSet<String>,
    /// The stems of the bridge, in the order of their bytes, a line each, with the numbers of the lines that have them
    /// there; none where the language is unknown.
    bridge: &'static str,
}

impl Lexicon {
    /// The lexicon of `language`; for an unknown one, words are compared as they are written.
    pub fn of(language: Option<Language>) -> &'static Lexicon {
        static GERMAN: LazyLock<Lexicon> =
            LazyLock::new(|| Lexicon::new(Some(Algorithm::German), &[STOP_GERMAN], BRIDGE_GERMAN));
        static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| {
            Lexicon::new(Some(Algorithm::English), &[STOP_ENGLISH], BRIDGE_ENGLISH)
        });
        static UNKNOWN: LazyLock<Lexicon> =
            LazyLock::new(|| Lexicon::new(None, &[STOP_GERMAN, STOP_ENGLISH], ""));
        match language {
            Some(Language::German) => &GERMAN,
            Some(Language::English) => &ENGLISH,
            None => &UNKNOWN,
        }
    }

    fn new(algorithm: Option<Algorithm>, stop: &[&str], bridge: &'static str) -> Lexicon {
        let mut words = HashSet::new();
        for list in stop {
            let said = entries(list).flat_map(|(_, line)| line.split_whitespace());
            words.extend(said.map(|word| fold(word, Fold::DIGRAPHS)));
        }
        Lexicon {
            stemmer: algorithm.map(Stemmer::create),
            stop: words,
            bridge,
        }
    }

    /// The folded stem of `word`; `None` for a word that says nothing: a stop word, a number, a single letter.
    pub fn stem(&self, word: &str) -> Option<String> {
        let folded = fold(word, Fold::DIGRAPHS);
        let says_nothing = !folded.chars().any(char::is_alphabetic)
            || folded.chars().nth(1).is_none()
            || self.stop.contains(&folded);
        (!says_nothing).then(|| self.cut(word))
    }

    /// What `stem` may mean: the lines of the bridge that have it. The same numbers in every language.
    pub fn meanings(&self, stem: &str) -> impl Iterator<Item = u32> + use<> {
        let lines = line_of(self.bridge, stem).unwrap_or_default();
        lines.split(' ').filter_map(|line| line.parse().ok())
    }

    /// Digraphs are folded after stemming: before it, they would take the ending from `Frauen`.
    fn cut(&self, word: &str) -> String {
        let plain = fold(word, Fold::MARKS);
        match &self.stemmer {
            Some(stemmer) => fold(&stemmer.stem(&plain), Fold::DIGRAPHS),
            None => fold(&plain, Fold::DIGRAPHS),
        }
    }
}

/// What follows `key` and a space in the sorted lines of `list`.
fn line_of(list: &'static str, key: &str) -> Option<&'static str> {
    let mut lines = list;
    while !lines.is_empty() {
        let middle = lines.len() / 2;
        let start = memchr::memrchr(b'\n', &lines.as_bytes()[..middle]).map_or(0, |end| end + 1);
        let (before, rest) = lines.split_at_checked(start)?;
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let (found, value) = line.split_once(' ').unwrap_or((line, ""));
        match key.cmp(found) {
            std::cmp::Ordering::Less => lines = before,
            std::cmp::Ordering::Equal => return Some(value),
            std::cmp::Ordering::Greater => lines = after,
        }
    }
    None
}

/// The stems of the bridge in `language`, as `assets/words/bridge-stems-*.txt` has them. A text may have loan words, so
/// each language's stemmer reads both halves of a line.
#[must_use]
pub fn bridge_stems(language: Language) -> String {
    let lexicon = Lexicon::of(Some(language));
    let mut stems: BTreeMap<String, String> = BTreeMap::new();
    for (meaning, line) in entries(BRIDGE) {
        for word in line.split_whitespace().filter(|&word| word != "/") {
            let lines = stems.entry(lexicon.cut(word)).or_default();
            lines.push_str(&format!(" {meaning}"));
        }
    }
    stems
        .iter()
        .map(|(stem, lines)| format!("{stem}{lines}\n"))
        .collect()
}

/// The lines of a list that are not comments, numbered from 0.
fn entries(list: &str) -> impl Iterator<Item = (u32, &str)> {
    (0..)
        .zip(list.lines())
        .filter(|(_, line)| !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem_however_they_are_typed() {
        let german = Lexicon::of(Some(Language::German));
        assert_eq!(german.stem("Häuser"), german.stem("haeuser"));
        assert_eq!(german.stem("Frauen"), german.stem("Frau"));
        assert_eq!(german.stem("FUER"), None);
        assert_eq!(german.stem("2016"), None);
        let english = Lexicon::of(Some(Language::English));
        assert_eq!(english.stem("stories"), english.stem("story"));
        assert_eq!(english.stem("Don’t"), None);
    }

    #[test]
    fn a_meaning_bridges_two_languages() {
        let meanings = |language, word| {
            let lexicon = Lexicon::of(Some(language));
            lexicon
                .meanings(&lexicon.stem(word).unwrap())
                .collect::<Vec<_>>()
        };
        let shared = |german, english| {
            let english = meanings(Language::English, english);
            let mut german = meanings(Language::German, german).into_iter();
            german.any(|meaning| english.contains(&meaning))
        };
        assert!(shared("Vertrauen", "trust"));
        // One stem in German, two words in English.
        assert!(shared("Leser", "reader") && shared("lesen", "read"));
        assert!(!shared("Vertrauen", "money"));
    }

    #[test]
    fn the_stems_kept_are_those_of_the_bridge() {
        // After a change of the bridge: `cargo run --example stem_bridge`.
        assert!(bridge_stems(Language::German) == BRIDGE_GERMAN);
        assert!(bridge_stems(Language::English) == BRIDGE_ENGLISH);
    }

    #[test]
    fn every_line_of_a_sorted_list_is_found_and_no_other() {
        let list = "a 1\nbär 2 3\nc 4\n";
        assert_eq!(line_of(list, "a"), Some("1"));
        assert_eq!(line_of(list, "bär"), Some("2 3"));
        assert_eq!(line_of(list, "c"), Some("4"));
        for no in ["", "b", "bä", "d", "A"] {
            assert_eq!(line_of(list, no), None, "{no}");
        }
        assert_eq!(line_of("", "a"), None);
    }
}
