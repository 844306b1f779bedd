//! Exchanges as vectors, so that what two have in common is a cosine.
//!
//! An exchange is seen in several views ([`VIEWS`]): the words of its question, the character n-grams of its question,
//! the words of its answer, all of its words. In a view a term weighs the more, the oftener it stands there and the fewer
//! exchanges of the two interviews have it: tf-idf with a logarithmic frequency (Salton and Buckley, *Term-weighting
//! approaches in automatic text retrieval*, 1988); n-grams after Damashek, *Gauging similarity with n-grams*, 1995.
//! Each view is scaled to its share, and all views together are one vector of length 1; its product with another is
//! the mean of the views' cosines.
//!
//! A word brings with it the shorter words of these interviews that it begins and ends with, which takes German
//! compounds apart (after Koehn and Knight, *Empirical methods for compound splitting*, 2003), and its meaning by the
//! bridge of languages.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::{HashMap, HashMapExt};

use super::terms::{ExchangeTerms, Terms};

/// A sparse vector: features in rising order, each with its weight.
pub(super) type Vector = Vec<(u32, f32)>;

/// The share of each view: question, n-grams, answer, all words. Fitted by hand on interviews with known parallels,
/// where ranking hardly changes when any of them is halved or doubled.
const VIEWS: [f32; 4] = [1.0, 1.0, 0.5, 1.0];

/// How often a question's word counts in the view of all words, against once in the answer.
const ASKED: f32 = 2.0;

/// What a part or a meaning of a word counts for, against 1 for the word itself.
const RELATED: f32 = 0.8;

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
    /// all words, before its n-grams begin.
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

    /// The features of counted stems, with what each counts for.
    fn counted(&self, side: usize, fields: &[(&[(u32, u32)], f32)]) -> Vector {
        let mut counts: BTreeMap<u32, f32> = BTreeMap::new();
        for &(field, factor) in fields {
            for &(stem, count) in field {
                let mut weight = count as f32 * factor;
                for feature in self.of(side, stem) {
                    *counts.entry(feature).or_default() += weight;
                    weight = count as f32 * factor * RELATED;
                }
            }
        }
        counts.into_iter().collect()
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

/// The vectors of the left exchanges and of the right ones.
pub(super) fn vectors(features: &Features, left: &Terms, right: &Terms) -> [Vec<Vector>; 2] {
    let mut grams: HashMap<u64, u32> = HashMap::new();
    let mut views: Vec<[Vector; 4]> = Vec::with_capacity(left.len() + right.len());
    for (side, terms) in [left, right].into_iter().enumerate() {
        for exchange in terms.exchanges.iter() {
            views.push(view(features, side, exchange, &mut grams));
        }
    }
    let total = views.len() as f32;
    let rarity = |view: usize, count: usize| {
        let mut having = vec![0.0_f32; count];
        for exchange in &views {
            for &(feature, _) in &exchange[view] {
                having[feature as usize] += 1.0;
            }
        }
        having
            .into_iter()
            .map(|having| ((total + 1.0) / having).ln())
            .collect::<Vec<f32>>()
    };
    // A word's rarity is the same in its three views: how many exchanges have it anywhere.
    let words = rarity(3, features.count as usize);
    let rarities = [&words, &rarity(1, grams.len()), &words, &words];
    let offsets = [0, features.count * 3, features.count, features.count * 2];
    let mut all = views.into_iter().map(|mut exchange| {
        for (view, vector) in exchange.iter_mut().enumerate() {
            for (feature, weight) in vector.iter_mut() {
                *weight = dampened(*weight) * rarities[view][*feature as usize];
                *feature += offsets[view];
            }
            scale(vector, VIEWS[view].sqrt());
        }
        let [question, grams, answer, whole] = exchange;
        let mut one = [question, answer, whole, grams].concat();
        scale(&mut one, 1.0);
        one
    });
    let first = all.by_ref().take(left.len()).collect();
    [first, all.collect()]
}

/// The four views of an exchange, as counts.
fn view(
    features: &Features,
    side: usize,
    exchange: &ExchangeTerms,
    grams: &mut HashMap<u64, u32>,
) -> [Vector; 4] {
    let ExchangeTerms {
        question, answer, ..
    } = exchange;
    let mut shape: Vector = exchange
        .grams
        .iter()
        .map(|&(gram, count)| (next(grams, gram), count as f32))
        .collect();
    shape.sort_unstable_by_key(|&(gram, _)| gram);
    [
        features.counted(side, &[(question, 1.0)]),
        shape,
        features.counted(side, &[(answer, 1.0)]),
        features.counted(side, &[(question, ASKED), (answer, 1.0)]),
    ]
}

/// The tenth occurrence says less than the first.
fn dampened(count: f32) -> f32 {
    if count < 1.0 { count } else { 1.0 + count.ln() }
}

/// Gives `vector` the length `length`; one without any stays as it is.
fn scale(vector: &mut Vector, length: f32) {
    let now = vector.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
    if now > 0.0 {
        vector.iter_mut().for_each(|(_, w)| *w *= length / now);
    }
}
