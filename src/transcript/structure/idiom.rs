//! Who speaks, by the words that are his own: each voice of a conversation has its turns of phrase, and keeps to them.
//!
//! Every paragraph is held against all the others by a naive Bayes classifier over their words (Manning, Raghavan, Schütze 2008,
//! chapter 13). How probable it is that each of them asks, a first reading has told; what comes of it counts in a second one, as
//! in expectation maximisation (Nigam, McCallum, Thrun, Mitchell 2000), which goes round more often than once: here that
//! has brought nothing.

use std::collections::HashMap;
use std::ops::RangeInclusive;

/// Of so many paragraphs a conversation can tell its voices apart; beyond, it is none.
pub const TOLD: RangeInclusive<usize> = 60..=5_000;

/// How often a word counts as said by a voice that never said it.
const UNSAID: f32 = 0.5;

/// Words said less often than this tell the voices apart by chance only.
const RARE: f32 = 3.0;

/// As often as a word counts within a paragraph.
const MOST: f32 = 3.0;

/// The words of a paragraph are no independent witnesses: so much of what they say counts, and together no more than
/// [`LOUDEST`]. Both by what they bring on interviews that the weights were not fitted to.
const TRUST: f32 = 0.2;

/// The most that a paragraph's words speak for its asking, or against it, as a natural logarithm of odds.
const LOUDEST: f32 = 1.0;

/// What is no word and yet a habit of speech, or of who writes it down.
const MARKS: [&str; 6] = ["?", "!", ",", "...", "--", "["];

/// How much the words of each paragraph speak for its asking, as a natural logarithm of odds, if the others ask with the
/// probabilities in `asking`.
pub fn lean(paragraphs: &[impl AsRef<str>], asking: &[f32]) -> Vec<f32> {
    let mut known: HashMap<String, usize> = HashMap::new();
    let said: Vec<Vec<(usize, f32)>> = paragraphs
        .iter()
        .map(|paragraph| words(paragraph.as_ref(), &mut known))
        .collect();
    let sides = |asking: f32| [asking, 1.0 - asking];
    let mut times = vec![[0.0f32; 2]; known.len()];
    let mut all = [0.0f32; 2];
    for (words, asking) in said.iter().zip(asking) {
        for (word, count) in words {
            for (side, share) in sides(*asking).into_iter().enumerate() {
                times[*word][side] += share * count;
                all[side] += share * count;
            }
        }
    }
    let unsaid = UNSAID * known.len() as f32;
    let each = said.iter().zip(asking).map(|(words, asking)| {
        let shares = sides(*asking);
        let own: f32 = words.iter().map(|(_, count)| count).sum();
        let told = words.iter().filter_map(|(word, count)| {
            let others: [f32; 2] =
                std::array::from_fn(|side| times[*word][side] - shares[side] * count);
            let likely =
                |side: usize| (others[side] + UNSAID) / (all[side] - shares[side] * own + unsaid);
            (others[0] + others[1] >= RARE).then(|| count.min(MOST) * (likely(0) / likely(1)).ln())
        });
        (TRUST * told.sum::<f32>()).clamp(-LOUDEST, LOUDEST)
    });
    each.collect()
}

/// The words of a paragraph, by their places among all that are `known`, and how often each stands in it.
fn words(paragraph: &str, known: &mut HashMap<String, usize>) -> Vec<(usize, f32)> {
    let lower = paragraph.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric() && c != '\'');
    let marks = MARKS
        .into_iter()
        .flat_map(|mark| std::iter::repeat_n(mark, lower.matches(mark).count()));
    let mut places: Vec<usize> = words
        .filter(|word| !word.is_empty())
        .chain(marks)
        .map(|word| match known.get(word) {
            Some(place) => *place,
            None => {
                known.insert(word.to_owned(), known.len());
                known.len() - 1
            }
        })
        .collect();
    places.sort_unstable();
    let alike = places.chunk_by(|a, b| a == b);
    alike.map(|same| (same[0], same.len() as f32)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two voices: one says *quite* wherever it can, the other *basically*.
    const SAID: [&str; 10] = [
        "Quite so.",
        "So, basically.",
        "That is quite a thing.",
        "Basically we built a boat.",
        "A boat, quite a boat.",
        "It is basically a boat that we built.",
        "And quite a journey.",
        "Basically a journey to the sea.",
        "Quite.",
        "To the sea, basically.",
    ];

    #[test]
    fn a_voice_is_known_by_what_it_says_elsewhere() {
        // Of the last two paragraphs nothing is known.
        let asking = [0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.5, 0.5];
        let leans = lean(&SAID, &asking);
        assert!(leans[8] > 0.1, "{leans:?}");
        assert!(leans[9] < -0.1, "{leans:?}");
    }

    #[test]
    fn where_nothing_is_known_the_words_say_nothing() {
        for lean in lean(&SAID, &[0.5; 10]) {
            assert!(lean.abs() < 1e-4, "{lean}");
        }
        assert!(lean(&[] as &[&str], &[]).is_empty());
    }
}
