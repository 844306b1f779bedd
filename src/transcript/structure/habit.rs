//! What goes with asking in this interview: where every question ends in a question mark, a paragraph without one is none, and
//! where questions run long, a long one may be.
//!
//! Every paragraph is held against all the others by a naive Bayes classifier over their features, each there or not there (the
//! Bernoulli model of Manning, Raghavan, Schütze 2008, chapter 13). What the others are, a first reading has told.

use std::ops::RangeInclusive;

use super::features::{Features, NAMES};
use super::model::PerState;
use super::share;
use crate::interview::Role;

/// Fewer paragraphs have no habits; of more, [`super::idiom`] doesn't speak either.
pub const TOLD: RangeInclusive<usize> = 12..=5_000;

/// As if so many paragraphs that ask, and as many that don't, had been seen with each feature as often as it is seen in all.
const SEEN: f32 = 8.0;

/// No feature is rarer than this share of the paragraphs, nor more frequent than the rest of them.
const RAREST: f32 = 0.02;

/// The features of a paragraph are no independent witnesses: so much of what they say counts, and together no more than
/// [`LOUDEST`]. All three by what they bring on interviews that the weights were not fitted to.
const TRUST: f32 = 0.1;

/// The most that a paragraph's features speak for its asking, or against it, as a natural logarithm of odds.
const LOUDEST: f32 = 1.0;

/// How much the habits of this interview speak for each paragraph's asking, as a natural logarithm of odds, if its paragraphs
/// are as `likely` as a first reading says.
#[must_use]
pub fn lean(features: &[Features], likely: &[PerState]) -> Vec<f32> {
    let sides = |likely| [Role::Question, Role::Answer].map(|role| share(likely, role));
    let shares: Vec<[f32; 2]> = likely.iter().map(sides).collect();
    let mut seen = vec![[0.0f32; 2]; NAMES.len()];
    let mut all = [0.0f32; 2];
    for (features, shares) in features.iter().zip(&shares) {
        for feature in features.iter() {
            add(&mut seen[feature], *shares);
        }
        add(&mut all, *shares);
    }
    // What stands everywhere or nowhere tells nothing.
    let told: Vec<usize> = (0..NAMES.len())
        .filter(|feature| (1..features.len()).contains(&count(features, *feature)))
        .collect();
    let each = features.iter().zip(&shares).map(|(own, shares)| {
        let tell = |feature: &usize| {
            let seen = seen[*feature];
            let there = own.has_at(*feature);
            let usual = (seen[0] + seen[1]) / (all[0] + all[1]).max(1.0);
            let usual = usual.clamp(RAREST, 1.0 - RAREST);
            let likely = |side: usize| {
                let own = if there { shares[side] } else { 0.0 };
                let with = (seen[side] - own + SEEN * usual) / (all[side] - shares[side] + SEEN);
                if there { with } else { 1.0 - with }
            };
            (likely(0) / likely(1)).ln()
        };
        let told: f32 = told.iter().map(tell).sum();
        (TRUST * told).clamp(-LOUDEST, LOUDEST)
    });
    each.collect()
}

fn add(sum: &mut [f32; 2], shares: [f32; 2]) {
    for (sum, share) in sum.iter_mut().zip(shares) {
        *sum += share;
    }
}

fn count(features: &[Features], feature: usize) -> usize {
    let with = features.iter().filter(|features| features.has_at(feature));
    with.count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::structure::look;
    use crate::transcript::structure::model::State;

    /// An interview whose questions all end in a question mark, but for the one before the last paragraph.
    fn features() -> Vec<Features> {
        let asked = ["Woher kommt das Holz?", "Aus dem Wald hinter dem Haus."];
        let mut paragraphs = asked.repeat(8);
        paragraphs.extend(["Der Wald ist alt, sagt man.", "Er ist sehr alt."]);
        look(&paragraphs).into_iter().flatten().collect()
    }

    fn likely(features: &[Features], last: f32) -> Vec<PerState> {
        let asks = |at: usize| match at {
            at if at + 2 >= features.len() => last,
            at => [0.95, 0.05][at % 2],
        };
        let states = |at: usize| {
            let mut states = PerState::default();
            states[State::Question as usize] = asks(at);
            states[State::Answer as usize] = 1.0 - asks(at);
            states
        };
        (0..features.len()).map(states).collect()
    }

    #[test]
    fn what_all_questions_have_speaks_against_a_paragraph_without_it() {
        let features = features();
        let leans = lean(&features, &likely(&features, 0.5));
        assert!(leans[0] > 0.1, "{leans:?}");
        assert!(leans[1] < -0.1, "{leans:?}");
        assert!(leans[16] < -0.1 && leans[17] < -0.1, "{leans:?}");
    }

    #[test]
    fn where_nothing_is_known_nothing_is_said() {
        let features = features();
        let mut even = likely(&features, 0.5);
        for states in &mut even {
            *states = likely(&features, 0.5)[17];
        }
        for lean in lean(&features, &even) {
            assert!(lean.abs() < 1e-4, "{lean}");
        }
        assert!(lean(&[], &[]).is_empty());
    }
}
