//! What an exchange is about: its content words by their stems, the character n-grams of its question, and where in
//! the text each word stands, so that what two exchanges share can be shown.

use std::ops::Range;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};

use super::lexicon::Lexicon;
use crate::interview::Interview;
use crate::text::{Fold, Language, fold, words};

/// How many characters make an n-gram. Four is the length that served retrieval best in German and English alike
/// (McNamee and Mayfield, *Character n-gram tokenization for European language text retrieval*, 2004).
const GRAM: usize = 4;

/// The terms of an interview, exchange by exchange. A clone shares them.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// Every stem once; the rest names stems by their place here.
    pub(super) vocabulary: Arc<[Stem]>,
    /// One entry an exchange.
    pub(super) exchanges: Arc<[ExchangeTerms]>,
    language: Option<Language>,
}

/// A stem, and a word of the text that it stands for.
#[derive(Clone, Debug)]
pub(super) struct Stem {
    /// The folded stem, by which words are compared.
    pub stem: String,
    /// The first word of the text with this stem, in lower case: what a reader is shown.
    pub word: String,
    /// What it may mean, by the lines of the bridge that have it.
    pub meanings: Vec<u32>,
}

/// The terms of one exchange.
#[derive(Clone, Debug, Default)]
pub(super) struct ExchangeTerms {
    /// The stems of its question, with how often each stands there; in rising order.
    pub question: Vec<(u32, u32)>,
    /// The stems of its answer, in the same way.
    pub answer: Vec<(u32, u32)>,
    /// The hashes of its question's n-grams, in the same way. All words count, for a short question may be made of
    /// nothing but common ones.
    pub grams: Vec<(u64, u32)>,
    /// Each content word in the text of the interview, in order.
    pub places: Vec<Place>,
}

/// Where a content word stands.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Its stem.
    pub stem: u32,
    /// Its bytes in [`Interview::text`].
    pub range: Range<usize>,
}

impl Terms {
    /// The terms of `interview`, in its own language; where that is unknown, words are compared as they are written.
    #[must_use]
    pub fn new(interview: &Interview) -> Terms {
        let mut reader = Reader::new(interview.language);
        let exchanges = interview
            .exchanges
            .iter()
            .map(|exchange| {
                let question = interview.span(exchange.question.clone());
                let answer = interview.span(exchange.answer());
                let mut places = Vec::new();
                let asked = reader.stems(&interview.text, question.clone(), &mut places);
                let answered = reader.stems(&interview.text, answer, &mut places);
                ExchangeTerms {
                    question: asked,
                    answer: answered,
                    grams: grams(&interview.text[question]),
                    places,
                }
            })
            .collect();
        Terms {
            vocabulary: reader.vocabulary.into(),
            exchanges,
            language: interview.language,
        }
    }

    /// The language of the interview, where it is known.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        self.language
    }

    /// How many exchanges there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.exchanges.len()
    }

    /// Whether the interview has no exchange.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.exchanges.is_empty()
    }
}

/// Reads words into a vocabulary.
struct Reader {
    lexicon: &'static Lexicon,
    vocabulary: Vec<Stem>,
    /// Words as they are written, with their stem or `None` for a stop word, so that each is stemmed once.
    seen: HashMap<String, Option<u32>>,
    /// Stems by their folded form.
    known: HashMap<String, u32>,
}

impl Reader {
    fn new(language: Option<Language>) -> Reader {
        Reader {
            lexicon: Lexicon::of(language),
            vocabulary: Vec::new(),
            seen: HashMap::new(),
            known: HashMap::new(),
        }
    }

    /// The stems in `span` of `text` with their counts; adds where each stands to `places`.
    fn stems(
        &mut self,
        text: &str,
        span: Range<usize>,
        places: &mut Vec<Place>,
    ) -> Vec<(u32, u32)> {
        let mut found = Vec::new();
        for (at, word) in words(&text[span.clone()]) {
            if let Some(stem) = self.stem(word) {
                let start = span.start + at;
                found.push(stem);
                places.push(Place {
                    stem,
                    range: start..start + word.len(),
                });
            }
        }
        counted(found)
    }

    /// The stem of `word`; `None` for a word that says nothing.
    fn stem(&mut self, word: &str) -> Option<u32> {
        if let Some(&known) = self.seen.get(word) {
            return known;
        }
        let stem = self.read(word);
        self.seen.insert(word.to_owned(), stem);
        stem
    }

    fn read(&mut self, word: &str) -> Option<u32> {
        let stem = self.lexicon.stem(word)?;
        if let Some(&known) = self.known.get(&stem) {
            return Some(known);
        }
        let id = u32::try_from(self.vocabulary.len()).ok()?;
        self.known.insert(stem.clone(), id);
        self.vocabulary.push(Stem {
            meanings: self.lexicon.meanings(&stem).collect(),
            stem,
            word: word.to_lowercase(),
        });
        Some(id)
    }
}

/// The n-grams of `text`'s words, each word with a space before and after it, hashed (FNV-1a).
fn grams(text: &str) -> Vec<(u64, u32)> {
    let mut folded = String::from(" ");
    for (_, word) in words(text) {
        folded.push_str(&fold(word, Fold::DIGRAPHS));
        folded.push(' ');
    }
    let letters: Vec<char> = folded.chars().collect();
    counted(letters.windows(GRAM).map(|gram| {
        gram.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, &c| {
            (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3)
        })
    }))
}

/// Each item once, in rising order, with how often it occurs.
fn counted<T: Ord + Copy>(items: impl IntoIterator<Item = T>) -> Vec<(T, u32)> {
    let mut items: Vec<T> = items.into_iter().collect();
    items.sort_unstable();
    items
        .chunk_by(|a, b| a == b)
        .map(|same| (same[0], u32::try_from(same.len()).unwrap_or(u32::MAX)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallels::made_up::interview;

    fn stems(counts: &[(u32, u32)], terms: &Terms) -> Vec<(String, u32)> {
        counts
            .iter()
            .map(|&(stem, count)| (terms.vocabulary[stem as usize].stem.clone(), count))
            .collect()
    }

    #[test]
    fn an_exchange_is_about_the_stems_of_its_content_words() {
        let read = interview(&[(
            "Wie wichtig sind Ihnen eigentlich Bücher?",
            "Ein Buch, viele Buecher: ohne sie wäre ich nichts.",
        )]);
        let terms = Terms::new(&read);
        assert_eq!(terms.len(), 1);
        let only = &terms.exchanges[0];
        assert_eq!(stems(&only.question, &terms), [("buch".into(), 1)]);
        assert_eq!(stems(&only.answer, &terms), [("buch".into(), 2)]);
        assert_eq!(terms.vocabulary[0].word, "bücher");
        let standing: Vec<_> = only
            .places
            .iter()
            .map(|place| &read.text[place.range.clone()])
            .collect();
        assert_eq!(standing, ["Bücher", "Buch", "Buecher"]);
    }

    #[test]
    fn words_of_an_unknown_language_are_compared_as_written() {
        let mut read = interview(&[("Quo vadis?", "Romam vado, Romam.")]);
        read.language = None;
        let terms = Terms::new(&read);
        assert_eq!(
            stems(&terms.exchanges[0].answer, &terms),
            [("romam".into(), 2), ("vado".into(), 1)]
        );
    }

    #[test]
    fn a_question_of_common_words_alone_still_has_n_grams() {
        let read = interview(&[("Und wer sind Sie?", "Ich.")]);
        let only = &Terms::new(&read).exchanges[0];
        assert!(only.question.is_empty() && only.answer.is_empty());
        assert!(!only.grams.is_empty());
    }

    #[test]
    fn nothing_has_no_terms() {
        assert!(Terms::new(&Interview::default()).is_empty());
        assert!(grams("").is_empty() && grams("?!").is_empty());
    }
}
