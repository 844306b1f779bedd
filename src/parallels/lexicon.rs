//! What the program knows of words: which say nothing of a subject, how they are cut to their stems, and which mean
//! much the same. The lists are in `assets/words/`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

use crate::text::{Fold, Language, fold};

const STOP_GERMAN: &str = include_str!("../../assets/words/stop-de.txt");
const STOP_ENGLISH: &str = include_str!("../../assets/words/stop-en.txt");
const BRIDGE: &str = include_str!("../../assets/words/bridge.txt");

/// The words of one language, or of an unknown one.
pub(super) struct Lexicon {
    /// Snowball's stemmer (Porter, *Snowball: a language for stemming algorithms*, 2001); none where the language
    /// is unknown.
    stemmer: Option<Stemmer>,
    /// The folded words that say nothing; those of every language where it is unknown.
    stop: HashSet<String>,
    /// For each stem that the bridge has, its lines there.
    meanings: HashMap<String, Vec<u32>>,
}

impl Lexicon {
    /// The lexicon of `language`; for an unknown one, words are compared as they are written.
    pub fn of(language: Option<Language>) -> &'static Lexicon {
        static GERMAN: LazyLock<Lexicon> =
            LazyLock::new(|| Lexicon::new(Some(Algorithm::German), &[STOP_GERMAN]));
        static ENGLISH: LazyLock<Lexicon> =
            LazyLock::new(|| Lexicon::new(Some(Algorithm::English), &[STOP_ENGLISH]));
        static UNKNOWN: LazyLock<Lexicon> =
            LazyLock::new(|| Lexicon::new(None, &[STOP_GERMAN, STOP_ENGLISH]));
        match language {
            Some(Language::German) => &GERMAN,
            Some(Language::English) => &ENGLISH,
            None => &UNKNOWN,
        }
    }

    fn new(algorithm: Option<Algorithm>, stop: &[&str]) -> Lexicon {
        let mut lexicon = Lexicon {
            stemmer: algorithm.map(Stemmer::create),
            stop: stop
                .iter()
                .flat_map(|list| entries(list))
                .flat_map(|(_, line)| line.split_whitespace())
                .map(|word| fold(word, Fold::DIGRAPHS))
                .collect(),
            meanings: HashMap::new(),
        };
        // A text may have loan words, so each language's stemmer reads both halves of a line.
        for (meaning, line) in entries(BRIDGE) {
            for word in line.split_whitespace().filter(|&word| word != "/") {
                let stem = lexicon.cut(word);
                lexicon.meanings.entry(stem).or_default().push(meaning);
            }
        }
        lexicon
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
    pub fn meanings(&self, stem: &str) -> &[u32] {
        self.meanings.get(stem).map_or(&[], Vec::as_slice)
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
            lexicon.meanings(&lexicon.stem(word).unwrap()).to_vec()
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
}
