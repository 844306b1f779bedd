//! Which exchanges stand opposite each other, from what has been said of them and what can be suggested beyond that.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::judge::Opinion;
use super::links::{Curated, Judgement, Said, said};
use super::similarity::Row;
use super::{Origin, Parallel, Side, Similarity, Terms};
use crate::interview::Interview;

/// The score from which a pair is suggested: where it is rather right than wrong.
pub const SUGGESTED: f32 = 0.5;

/// The score from which a pair is suggested beside those that an editor or the reader has chosen for one of its
/// exchanges: where it is nearly sure, for they have read both.
pub const SURE: f32 = 0.8;

/// How many suggestions an exchange has at most; past these nobody steps.
const MOST: usize = 8;

/// How many words a parallel names at most.
const TERMS: usize = 6;

/// Which exchanges of two interviews stand opposite each other.
pub struct Alignment {
    similarity: Arc<Similarity>,
    said: Said,
    opinion: Arc<Opinion>,
    /// For each exchange of the left and of the right interview its parallels, best first.
    candidates: [Vec<Vec<Parallel>>; 2],
    /// For each exchange that has no parallel, what comes nearest to one.
    nearest: [Vec<Option<Parallel>>; 2],
    rejected: Vec<Parallel>,
}

/// An exchange that could stand opposite another.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    opposite: usize,
    class: u8,
    order: usize,
    score: f32,
}

impl std::fmt::Debug for Alignment {
    /// How large it is: all of it would fill pages.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (left, right) = self.similarity.size();
        write!(f, "Alignment({left} × {right})")
    }
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
        let said = said([left, right], curated, judgements);
        let (width, height) = similarity.size();
        let mut alignment = Alignment {
            similarity,
            said,
            opinion: Arc::default(),
            candidates: [vec![Vec::new(); width], vec![Vec::new(); height]],
            nearest: [vec![None; width], vec![None; height]],
            rejected: Vec::new(),
        };
        alignment.choose();
        alignment
    }

    /// The same with the opinion of a judge, which counts for more than the text and less than an editor and the reader.
    #[must_use]
    pub fn judged(mut self, opinion: Arc<Opinion>) -> Alignment {
        self.opinion = opinion;
        self.choose();
        self
    }

    /// The score from which the exchanges `left` and `right` are suggested, where `chosen` have a parallel that somebody
    /// has chosen.
    fn bar(&self, chosen: &[HashSet<usize>; 2], left: usize, right: usize) -> f32 {
        let either = |of: &[HashSet<usize>; 2]| of[0].contains(&left) || of[1].contains(&right);
        if self.opinion.of(left, right).is_some() {
            SUGGESTED
        } else if either(&self.said.alone) {
            f32::INFINITY
        } else if either(chosen) {
            SURE
        } else {
            SUGGESTED
        }
    }

    /// What could stand opposite each exchange of the left and of the right interview.
    fn gather(&self) -> [Vec<Found>; 2] {
        let mut chosen: [HashSet<usize>; 2] = Default::default();
        for (&(left, right), word) in &self.said.pairs {
            if word.origin != Origin::Rejected {
                chosen[0].insert(left);
                chosen[1].insert(right);
            }
        }
        let (lefts, rights) = self.similarity.size();
        let mut found = [lefts, rights].map(|exchanges| vec![Found::default(); exchanges]);
        let mut take = |left: usize, right: usize, score: f32| {
            let candidate = self.candidate(left, right, score);
            let stands = candidate.class < class(Origin::Suggested)
                || score >= self.bar(&chosen, left, right);
            found[0][left].take(candidate, stands);
            let back = Candidate {
                opposite: left,
                ..candidate
            };
            found[1][right].take(back, stands);
        };
        // Of most pairs it is enough to know that they have less in common than another.
        let curve = self.similarity.curve();
        let worth = curve.common(SUGGESTED);
        let mut most = [vec![0.0_f32; lefts], vec![0.0_f32; rights]];
        let mut row = Row::default();
        for left in 0..lefts {
            for (right, common) in self.similarity.commons(left, &mut row).enumerate() {
                let [of_left, of_right] = &mut most;
                if common < worth && common <= of_left[left].min(of_right[right])
                    || self.is_said(left, right)
                {
                    continue;
                }
                of_left[left] = common.max(of_left[left]);
                of_right[right] = common.max(of_right[right]);
                take(left, right, curve.likelihood(common));
            }
        }
        let judged = self
            .opinion
            .pairs()
            .filter(|pair| !self.said.pairs.contains_key(pair));
        let said = self.said.pairs.iter();
        let said = said.filter(|(_, word)| word.origin != Origin::Rejected);
        for (left, right) in said.map(|(pair, _)| *pair).chain(judged) {
            take(left, right, self.score(left, right));
        }
        found
    }

    /// Whether somebody has said something of a pair, so that its text doesn't decide.
    fn is_said(&self, left: usize, right: usize) -> bool {
        self.said.pairs.contains_key(&(left, right)) || self.opinion.of(left, right).is_some()
    }

    /// The score of a pair: the judge's, or else that of the text.
    fn score(&self, left: usize, right: usize) -> f32 {
        let judged = self.opinion.of(left, right).map(|word| word.score);
        judged.unwrap_or_else(|| self.similarity.score(left, right))
    }

    /// Finds what stands opposite each exchange.
    fn choose(&mut self) {
        let found = self.gather();
        for (side, found) in [Side::Left, Side::Right].into_iter().zip(found) {
            let at = side as usize;
            for (here, mut found) in found.into_iter().enumerate() {
                keep_best(&mut found.candidates);
                let made = |candidate| self.seen_from(side, here, candidate);
                let candidates: Vec<Parallel> = found.candidates.iter().map(made).collect();
                let nearest = found.nearest.as_ref().filter(|_| candidates.is_empty());
                self.nearest[at][here] = nearest.map(made);
                self.candidates[at][here] = candidates;
            }
        }
        let pairs = self.said.pairs.iter();
        let rejected = pairs.filter(|(_, word)| word.origin == Origin::Rejected);
        self.rejected = rejected
            .map(|(&(left, right), _)| self.pair(left, right))
            .collect();
        self.rejected.sort_by_key(|pair| (pair.left, pair.right));
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
        self.parallel(left, right, self.score(left, right))
    }

    /// The score of the left exchange `left` with every right one, in their order.
    #[must_use]
    pub fn scores(&self, left: usize) -> Vec<f32> {
        let mut row = self.similarity.row(left);
        if !self.opinion.is_empty() {
            for (right, score) in row.iter_mut().enumerate() {
                if let Some(word) = self.opinion.of(left, right) {
                    *score = word.score;
                }
            }
        }
        row
    }

    /// Who says that the exchanges `left` and `right` are parallel, or that they aren't; where nobody has, they are at
    /// most suggested.
    #[must_use]
    pub fn origin(&self, left: usize, right: usize) -> Origin {
        let word = self.said.pairs.get(&(left, right));
        word.map_or(Origin::Suggested, |word| word.origin)
    }

    /// Every pair, best first for each left exchange; computed as it is asked for.
    pub fn all(&self) -> impl Iterator<Item = Parallel> + '_ {
        (0..self.similarity.size().0).flat_map(move |left| {
            let row = self.scores(left);
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
        let word = self.said.pairs.get(&(left, right));
        Candidate {
            opposite: right,
            class: class(word.map_or(Origin::Suggested, |word| word.origin)),
            order: word.map_or(0, |word| word.order),
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
        let word = self.said.pairs.get(&(left, right));
        let judged = self.opinion.of(left, right);
        let theme = word.and_then(|word| word.theme.as_ref());
        let reasons = self.similarity.reasons(left, right);
        Parallel {
            left,
            right,
            score,
            origin: word.map_or(Origin::Suggested, |word| word.origin),
            by: judged.map(|judged| Arc::clone(&judged.by)),
            theme: theme.or_else(|| judged?.theme.as_ref()).cloned(),
            terms: reasons.into_iter().take(TERMS).map(|r| r.term).collect(),
        }
    }
}

/// What could stand opposite one exchange.
#[derive(Clone, Debug, Default)]
struct Found {
    candidates: Vec<Candidate>,
    /// The one with the highest score above 0, whether it is a candidate or not.
    nearest: Option<Candidate>,
}

impl Found {
    fn take(&mut self, candidate: Candidate, stands: bool) {
        if candidate.score > self.nearest.map_or(0.0, |nearest| nearest.score) {
            self.nearest = Some(candidate);
        }
        if stands {
            self.candidates.push(candidate);
            // Where everything resembles everything, the lists must not grow with the square.
            if self.candidates.len() > 8 * MOST {
                keep_best(&mut self.candidates);
            }
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

#[cfg(test)]
mod tests;
