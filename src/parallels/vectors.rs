//! Exchanges as vectors, so that what two have in common is a cosine.
//!
//! An exchange is seen in several views ([`Views`]): the words of its question, the character n-grams of its question,
//! the words of its answer, all of its words. In a view a term weighs the more, the oftener it stands there and the fewer
//! exchanges of the two interviews have it: tf-idf with a logarithmic frequency (Salton and Buckley, *Term-weighting
//! approaches in automatic text retrieval*, 1988); n-grams after Damashek, *Gauging similarity with n-grams*, 1995. Rarity
//! goes into each vector by its root, so that a product has it once, as in Robertson and Spärck Jones, *Relevance weighting
//! of search terms*, 1976: squared, one rare word in common outweighs the subject that two answers share.
//!
//! A word brings with it the shorter words of these interviews that it begins and ends with, which takes German
//! compounds apart (after Koehn and Knight, *Empirical methods for compound splitting*, 2003), and its meaning by the
//! bridge of languages.

use std::collections::BTreeSet;

use foldhash::{HashMap, HashMapExt};

use super::terms::{ExchangeTerms, Terms};

/// A sparse vector: features in rising order, each with its weight.
pub(super) type Vector = Vec<(u32, f32)>;

/// How many views there are.
pub(super) const VIEWS: usize = 4;

/// What each view of an exchange counts for, against the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Views {
    /// The words of its question.
    pub question: f32,
    /// The character n-grams of its question.
    pub grams: f32,
    /// The words of its answer.
    pub answer: f32,
    /// All of its words, those of the question twice.
    pub whole: f32,
    /// What a part or a meaning of a word counts for, against 1 for the word itself.
    pub related: f32,
}

impl Default for Views {
    /// Fitted on interviews with known parallels, where ranking hardly changes when any of them is changed by a quarter.
    /// A question that comes again is so much like itself that it is found whatever it weighs; between interviews that
    /// were not led by one list of questions, the answers tell more.
    fn default() -> Views {
        Views {
            question: 1.5,
            grams: 1.0,
            answer: 8.0,
            whole: 1.0,
            related: 0.8,
        }
    }
}

impl Views {
    /// The weights, in the order in which the views stand in a vector.
    fn weights(&self) -> [f32; VIEWS] {
        [self.question, self.answer, self.whole, self.grams]
    }
}

/// How often a question's word counts in the view of all words, against once in the answer.
const ASKED: f32 = 2.0;

/// The shortest word, in bytes of its folded stem, that is looked for as a part of another, and the fewest that must
/// remain of that other.
const PART: usize = 4;
const REMAINDER: usize = 3;

/// What the words of two interviews have in common: every stem, part and meaning under one number.
pub(super) struct Features {
    /// The feature of each stem of the left vocabulary, and of the right.
    stems: [Vec<u32>; 2],
    /// For each stem's feature, the parts and meanings that come with it.
    related: Vec<Vec<u32>>,
    /// How many features there are.
    count: u32,
}

impl Features {
    /// The features of two interviews.
    pub fn new(left: &Terms, right: &Terms) -> Features {
        let mut ids: HashMap<&str, u32> = HashMap::new();
        let stems = [left, right].map(|terms| {
            let number = |stem| next(&mut ids, stem);
            let stems = terms.vocabulary.iter().map(|known| known.stem.as_str());
            stems.map(number).collect::<Vec<u32>>()
        });
        let mut related = vec![Vec::new(); ids.len()];
        for (&stem, &id) in &ids {
            related[id as usize] = parts(stem, &ids);
        }
        let mut meanings_of: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); ids.len()];
        let mut meanings: HashMap<u32, u32> = HashMap::new();
        for (terms, numbers) in [left, right].into_iter().zip(&stems) {
            for (known, &id) in terms.vocabulary.iter().zip(numbers) {
                for &meaning in &known.meanings {
                    let number = next(&mut meanings, meaning);
                    meanings_of[id as usize].insert(size(ids.len()) + number);
                }
            }
        }
        for (id, related) in related.iter_mut().enumerate() {
            let bearers: Vec<usize> = related.iter().map(|&part| part as usize).collect();
            let bearers = bearers.into_iter().chain([id]);
            related.extend(bearers.flat_map(|bearer| &meanings_of[bearer]));
            related.sort_unstable();
            related.dedup();
        }
        Features {
            stems,
            related,
            count: size(ids.len() + meanings.len()),
        }
    }

    /// How many features there are. A vector has room for them three times, in the views of the question, the answer and
    /// all words, before its n-grams begin; so a feature's view is how often this goes into it.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The feature of stem `stem` on side 0 or 1.
    pub fn stem(&self, side: usize, stem: u32) -> u32 {
        self.stems[side][stem as usize]
    }

    /// All features of stem `stem` on side 0 or 1: its own first.
    pub fn of(&self, side: usize, stem: u32) -> impl Iterator<Item = u32> {
        let own = self.stem(side, stem);
        let related = &self.related[own as usize];
        std::iter::once(own).chain(related.iter().copied())
    }

    /// The features of counted stems, with what each counts for: the tenth occurrence of a word says less than the
    /// first, and what it brings with it counts for `related` of it.
    fn counted(&self, side: usize, fields: &[(&[(u32, u32)], f32)], related: f32) -> Vector {
        let mut counted: Vector = Vec::new();
        for &(field, factor) in fields {
            for &(stem, count) in field {
                let word = 1.0 + (count as f32 * factor).ln();
                let mut weight = word;
                for feature in self.of(side, stem) {
                    counted.push((feature, weight));
                    weight = word * related;
                }
            }
        }
        counted.sort_unstable_by_key(|&(feature, _)| feature);
        counted.dedup_by(|more, one| {
            let same = more.0 == one.0;
            if same {
                one.1 += more.1;
            }
            same
        });
        counted
    }
}

/// The number of `key`, the next free one where it has none.
fn next<K: std::hash::Hash + Eq>(ids: &mut HashMap<K, u32>, key: K) -> u32 {
    let free = size(ids.len());
    *ids.entry(key).or_insert(free)
}

/// Features are numbered in 32 bits, which would take gigabytes of different words to fill.
fn size(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The longest of the known words that `stem` begins with, and the longest that it ends with.
fn parts(stem: &str, known: &HashMap<&str, u32>) -> Vec<u32> {
    let find = |part: Option<&str>| part.and_then(|part| known.get(part).copied());
    if stem.len() < PART + REMAINDER {
        return Vec::new();
    }
    let first = (PART..=stem.len() - REMAINDER)
        .rev()
        .find_map(|end| find(stem.get(..end)));
    let last = (REMAINDER..=stem.len() - PART).find_map(|start| find(stem.get(start..)));
    first.into_iter().chain(last).collect()
}

/// An exchange as a vector.
pub(super) struct Seen {
    /// One view after another, each of length 1: question, answer, all words, n-grams.
    pub vector: Vector,
    /// The root of what the views that it has weigh together.
    pub root: f32,
}

/// The left exchanges and the right ones, and the weight of each view.
pub(super) fn vectors(
    features: &Features,
    left: &Terms,
    right: &Terms,
    views: &Views,
) -> ([Vec<Seen>; 2], [f32; VIEWS]) {
    let weights = views.weights();
    let mut grams: HashMap<u64, u32> = HashMap::new();
    let mut counted: Vec<[Vector; VIEWS]> = Vec::with_capacity(left.len() + right.len());
    for (side, terms) in [left, right].into_iter().enumerate() {
        for exchange in terms.exchanges.iter() {
            counted.push(view(features, side, exchange, views.related, &mut grams));
        }
    }
    let total = counted.len() as f32;
    let rarity = |view: usize, count: usize| {
        let mut having = vec![0.0_f32; count];
        for exchange in &counted {
            for &(feature, _) in &exchange[view] {
                having[feature as usize] += 1.0;
            }
        }
        having
            .into_iter()
            .map(|having| ((total + 1.0) / having).ln().sqrt())
            .collect::<Vec<f32>>()
    };
    // A word's rarity is the same in its three views: how many exchanges have it anywhere.
    let words = rarity(2, features.count as usize);
    let rarities = [&words, &words, &words, &rarity(3, grams.len())];
    let mut all = counted.into_iter().map(|exchange| {
        let mut seen = Seen {
            vector: Vec::with_capacity(exchange.iter().map(Vec::len).sum()),
            root: 0.0,
        };
        for (view, mut vector) in exchange.into_iter().enumerate() {
            for (feature, weight) in &mut vector {
                *weight *= rarities[view][*feature as usize];
            }
            let length = vector.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
            if length > 0.0 {
                seen.root += weights[view];
                let before = features.count * size(view);
                let scaled = vector.into_iter().map(|(f, w)| (f + before, w / length));
                seen.vector.extend(scaled);
            }
        }
        seen.root = seen.root.sqrt();
        seen
    });
    let first = all.by_ref().take(left.len()).collect();
    ([first, all.collect()], weights)
}

/// The four views of an exchange, as counts.
fn view(
    features: &Features,
    side: usize,
    exchange: &ExchangeTerms,
    related: f32,
    grams: &mut HashMap<u64, u32>,
) -> [Vector; VIEWS] {
    let ExchangeTerms {
        question, answer, ..
    } = exchange;
    let mut shape: Vector = exchange
        .grams
        .iter()
        .map(|&(gram, count)| (next(grams, gram), 1.0 + (count as f32).ln()))
        .collect();
    shape.sort_unstable_by_key(|&(gram, _)| gram);
    [
        features.counted(side, &[(question, 1.0)], related),
        features.counted(side, &[(answer, 1.0)], related),
        features.counted(side, &[(question, ASKED), (answer, 1.0)], related),
        shape,
    ]
}
