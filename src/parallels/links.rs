//! What stands opposite what: an editor's pairs, the reader's judgement, and what can be suggested beyond them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::{Origin, Parallel, Side, Similarity, Terms};
use crate::interview::Interview;
use crate::text::{Fold, fold};

/// The score from which a pair is suggested: where it is rather right than wrong.
pub const SUGGESTED: f32 = 0.5;

/// The score from which a pair is suggested beside those that an editor or the reader has chosen for one of its
/// exchanges: where it is nearly sure, for they have read both.
pub const SURE: f32 = 0.8;

/// How many suggestions an exchange has at most; past these nobody steps.
const MOST: usize = 8;

/// How many words a parallel names at most.
const TERMS: usize = 6;

/// The pairs of editors.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Curated {
    edition: Vec<Edition>,
}

/// What an editor says about two interviews.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Edition {
    /// The pairs, the better first.
    pair: Vec<Pair>,
    /// Passages of either interview that have no counterpart in the other.
    alone: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    theme: String,
    /// A passage of each interview, in either order.
    passages: [String; 2],
}

impl Curated {
    /// The pairs that come with the program.
    #[must_use]
    pub fn shipped() -> Curated {
        // A test holds the asset to the format.
        include_str!("../../assets/parallels.toml")
            .parse()
            .unwrap_or_default()
    }
}

impl std::str::FromStr for Curated {
    type Err = toml::de::Error;

    /// Reads curated pairs from TOML, in the format of `assets/parallels.toml`.
    fn from_str(text: &str) -> Result<Curated, toml::de::Error> {
        toml::from_str(text)
    }
}

/// What the reader says about two passages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Whether they belong together.
    pub verdict: Verdict,
    /// The passage of the left interview, in bytes of its text.
    pub left: Range<usize>,
    /// The passage of the right interview, in bytes of its text.
    pub right: Range<usize>,
    /// What they are about, where the reader has named it.
    pub theme: Option<String>,
}

/// Whether two passages belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They do.
    Confirmed,
    /// They don't.
    Rejected,
}

/// Which exchanges of two interviews stand opposite each other.
pub struct Alignment {
    similarity: Arc<Similarity>,
    settled: HashMap<(usize, usize), Settled>,
    /// For each exchange of the left and of the right interview its parallels, best first.
    candidates: [Vec<Vec<Parallel>>; 2],
    /// For each exchange that has no parallel, what comes nearest to one.
    nearest: [Vec<Option<Parallel>>; 2],
    rejected: Vec<Parallel>,
}

/// What has been said of a pair.
#[derive(Clone, Debug)]
struct Settled {
    origin: Origin,
    /// Its place in the editor's or the reader's order.
    order: usize,
    theme: Option<String>,
}

/// An exchange that could stand opposite another.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    opposite: usize,
    class: u8,
    order: usize,
    score: f32,
}

impl Alignment {
    /// Compares two interviews and puts what has been said of them before what is suggested. Judgements are in the
    /// order they were made: of two on the same exchanges, the later one holds. One whose passage lies in no exchange
    /// has no effect here.
    #[must_use]
    pub fn new(
        left: &Interview,
        left_terms: &Terms,
        right: &Interview,
        right_terms: &Terms,
        curated: &Curated,
        judgements: &[Judgement],
    ) -> Alignment {
        let similarity = Arc::new(Similarity::new(left_terms, right_terms));
        Alignment::with(similarity, left, right, curated, judgements)
    }

    /// As [`Alignment::new`], from a comparison already made: what a new judgement costs.
    #[must_use]
    pub fn with(
        similarity: Arc<Similarity>,
        left: &Interview,
        right: &Interview,
        curated: &Curated,
        judgements: &[Judgement],
    ) -> Alignment {
        let (settled, alone) = settle([left, right], curated, judgements);
        let (width, height) = similarity.size();
        let mut alignment = Alignment {
            similarity,
            settled,
            candidates: [vec![Vec::new(); width], vec![Vec::new(); height]],
            nearest: [vec![None; width], vec![None; height]],
            rejected: Vec::new(),
        };
        alignment.choose(&alone);
        alignment
    }

    fn choose(&mut self, alone: &[HashSet<usize>; 2]) {
        let (width, height) = self.similarity.size();
        let mut chosen: [HashSet<usize>; 2] = Default::default();
        for (&(left, right), settled) in &self.settled {
            if settled.origin != Origin::Rejected {
                chosen[0].insert(left);
                chosen[1].insert(right);
            }
        }
        let mut found: [Vec<Vec<Candidate>>; 2] =
            [vec![Vec::new(); width], vec![Vec::new(); height]];
        let mut nearest: [Vec<Option<Candidate>>; 2] = [vec![None; width], vec![None; height]];
        for left in 0..width {
            for (right, score) in self.similarity.row(left).into_iter().enumerate() {
                let candidate = self.candidate(left, right, score);
                if candidate.class == class(Origin::Rejected) {
                    continue;
                }
                let from = if alone[0].contains(&left) || alone[1].contains(&right) {
                    f32::INFINITY
                } else if chosen[0].contains(&left) || chosen[1].contains(&right) {
                    SURE
                } else {
                    SUGGESTED
                };
                let stands = candidate.class < class(Origin::Suggested) || score >= from;
                for (side, here, opposite) in [(0, left, right), (1, right, left)] {
                    let candidate = Candidate {
                        opposite,
                        ..candidate
                    };
                    let best = nearest[side][here].map_or(0.0, |best| best.score);
                    if score > best {
                        nearest[side][here] = Some(candidate);
                    }
                    if stands {
                        let list = &mut found[side][here];
                        list.push(candidate);
                        // Where everything resembles everything, the lists must not grow with the square.
                        if list.len() > 8 * MOST {
                            keep_best(list);
                        }
                    }
                }
            }
        }
        for side in [Side::Left, Side::Right] {
            let at = side as usize;
            for (here, list) in found[at].iter_mut().enumerate() {
                keep_best(list);
                let made = list.iter().map(|found| self.seen_from(side, here, found));
                self.candidates[at][here] = made.collect();
                if list.is_empty() {
                    self.nearest[at][here] = nearest[at][here]
                        .as_ref()
                        .map(|found| self.seen_from(side, here, found));
                }
            }
        }
        let mut rejected: Vec<(usize, usize)> = self
            .settled
            .iter()
            .filter(|(_, settled)| settled.origin == Origin::Rejected)
            .map(|(&pair, _)| pair)
            .collect();
        rejected.sort_unstable();
        self.rejected = rejected
            .into_iter()
            .map(|(left, right)| self.parallel(left, right, self.similarity.score(left, right)))
            .collect();
    }

    /// The parallels of exchange `exchange` (from 0) of the interview on `side`, best first: confirmed, then curated in
    /// the editor's order, then suggested by score. Empty where it has none.
    #[must_use]
    pub fn candidates(&self, side: Side, exchange: usize) -> &[Parallel] {
        self.candidates[side as usize]
            .get(exchange)
            .map_or(&[], Vec::as_slice)
    }

    /// For an exchange without a parallel, what comes nearest to one; `None` where it has a parallel, or where nothing
    /// opposite has anything in common with it.
    #[must_use]
    pub fn nearest(&self, side: Side, exchange: usize) -> Option<&Parallel> {
        self.nearest[side as usize].get(exchange)?.as_ref()
    }

    /// The pairs that the reader has rejected, in the order of the left interview.
    #[must_use]
    pub fn rejected(&self) -> &[Parallel] {
        &self.rejected
    }

    /// The pair of the exchanges `left` and `right`, whatever it is worth.
    #[must_use]
    pub fn pair(&self, left: usize, right: usize) -> Parallel {
        self.parallel(left, right, self.similarity.score(left, right))
    }

    /// Every pair, best first for each left exchange; computed as it is asked for.
    pub fn all(&self) -> impl Iterator<Item = Parallel> + '_ {
        (0..self.similarity.size().0).flat_map(move |left| {
            let row = self.similarity.row(left);
            let mut row: Vec<Candidate> = row
                .into_iter()
                .enumerate()
                .map(|(right, score)| self.candidate(left, right, score))
                .collect();
            row.sort_by(order);
            row.into_iter()
                .map(move |found| self.seen_from(Side::Left, left, &found))
        })
    }

    /// The words that the exchanges `left` and `right` share, as byte ranges in the left text and in the right one: what
    /// is underlined while the pair is in view.
    #[must_use]
    pub fn shared(&self, left: usize, right: usize) -> [Vec<Range<usize>>; 2] {
        self.similarity.shared(left, right)
    }

    /// What the exchanges have in common, for a new alignment after a judgement.
    #[must_use]
    pub fn similarity(&self) -> &Arc<Similarity> {
        &self.similarity
    }

    fn candidate(&self, left: usize, right: usize, score: f32) -> Candidate {
        let settled = self.settled.get(&(left, right));
        Candidate {
            opposite: right,
            class: class(settled.map_or(Origin::Suggested, |settled| settled.origin)),
            order: settled.map_or(0, |settled| settled.order),
            score,
        }
    }

    fn seen_from(&self, side: Side, here: usize, found: &Candidate) -> Parallel {
        match side {
            Side::Left => self.parallel(here, found.opposite, found.score),
            Side::Right => self.parallel(found.opposite, here, found.score),
        }
    }

    fn parallel(&self, left: usize, right: usize, score: f32) -> Parallel {
        let settled = self.settled.get(&(left, right));
        let reasons = self.similarity.reasons(left, right);
        Parallel {
            left,
            right,
            score,
            origin: settled.map_or(Origin::Suggested, |settled| settled.origin),
            theme: settled.and_then(|settled| settled.theme.clone()),
            terms: reasons.into_iter().take(TERMS).map(|r| r.term).collect(),
        }
    }
}

/// Whose word goes first.
fn class(origin: Origin) -> u8 {
    match origin {
        Origin::Confirmed => 0,
        Origin::Curated => 1,
        Origin::Suggested => 2,
        Origin::Rejected => 3,
    }
}

fn order(one: &Candidate, other: &Candidate) -> std::cmp::Ordering {
    (one.class, one.order)
        .cmp(&(other.class, other.order))
        .then(other.score.total_cmp(&one.score))
        .then(one.opposite.cmp(&other.opposite))
}

/// Sorts candidates, best first, and lets go of the suggestions that nobody would step to.
fn keep_best(list: &mut Vec<Candidate>) {
    list.sort_by(order);
    let said = list.partition_point(|found| found.class < class(Origin::Suggested));
    list.truncate(said + MOST);
}

/// What has been said of each pair, and which exchanges of either side stand alone.
fn settle(
    interviews: [&Interview; 2],
    curated: &Curated,
    judgements: &[Judgement],
) -> (HashMap<(usize, usize), Settled>, [HashSet<usize>; 2]) {
    let mut settled = HashMap::new();
    let mut alone: [HashSet<usize>; 2] = Default::default();
    let [left, right] = if curated.edition.is_empty() {
        Default::default()
    } else {
        interviews.map(folded)
    };
    for edition in &curated.edition {
        let before = settled.len();
        for (order, pair) in edition.pair.iter().enumerate() {
            let [one, other] = &pair.passages;
            let found = [(one, other), (other, one)].map(|(one, other)| {
                Some((
                    standing(&left, one).next()?,
                    standing(&right, other).next()?,
                ))
            });
            for pair_found in found.into_iter().flatten() {
                settled.entry(pair_found).or_insert_with(|| Settled {
                    origin: Origin::Curated,
                    order,
                    theme: Some(pair.theme.clone()),
                });
            }
        }
        if settled.len() > before {
            for passage in &edition.alone {
                alone[0].extend(standing(&left, passage));
                alone[1].extend(standing(&right, passage));
            }
        }
    }
    for (order, judgement) in judgements.iter().enumerate() {
        let at = |interview: &Interview, passage: &Range<usize>| {
            interview.exchange_of(interview.paragraph_at(passage.start))
        };
        let pair = (
            at(interviews[0], &judgement.left),
            at(interviews[1], &judgement.right),
        );
        if let (Some(left), Some(right)) = pair {
            let theme = judgement.theme.clone();
            let named = || settled.get(&(left, right))?.theme.clone();
            let theme = theme.or_else(named);
            let origin = match judgement.verdict {
                Verdict::Confirmed => Origin::Confirmed,
                Verdict::Rejected => Origin::Rejected,
            };
            let said = Settled {
                origin,
                order,
                theme,
            };
            settled.insert((left, right), said);
        }
    }
    (settled, alone)
}

/// The folded text of each exchange.
fn folded(interview: &Interview) -> Vec<String> {
    interview
        .exchanges
        .iter()
        .map(|exchange| {
            let span = interview.span(exchange.paragraphs.clone());
            fold(&interview.text[span], Fold::MARKS)
        })
        .collect()
}

/// The exchanges in which `passage` stands.
fn standing(folded: &[String], passage: &str) -> impl Iterator<Item = usize> {
    let passage = fold(passage, Fold::MARKS);
    let stands = move |text: &String| !passage.is_empty() && text.contains(&passage);
    folded
        .iter()
        .enumerate()
        .filter(move |(_, text)| stands(text))
        .map(|(exchange, _)| exchange)
}
