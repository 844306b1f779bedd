//! How probable each state is at each paragraph, all ways through the interview taken together.
//!
//! This is the forward–backward algorithm, the sums brought back to one at every paragraph, so that a long interview
//! doesn't leave the range of the numbers (Rabiner 1989, sections III.A and V.A).

use super::features::Features;
use super::model::{Layout, Model, PerState, State};

const STATES: usize = State::ALL.len();

/// No state is less probable by a paragraph's features than this: some way must remain whatever the typography says.
const LEAST: f32 = 1e-18;

/// All ways through an interview in one layout.
#[derive(Clone, Debug)]
pub struct Sums {
    /// For each paragraph the probabilities of its states.
    pub states: Vec<PerState>,
    /// How often each step from state to state is expected.
    pub steps: [PerState; STATES],
    /// What speaks for all ways together, the layout weighed in; a natural logarithm.
    pub total: f64,
}

impl Sums {
    /// The sums over paragraphs whose states weigh `weighed`; `first` are the features of the first one.
    #[must_use]
    pub fn of(model: &Model, layout: Layout, weighed: &[PerState], first: Features) -> Sums {
        let mut steps = [PerState::default(); STATES];
        for (from, row) in State::ALL.into_iter().zip(&mut steps) {
            for (to, step) in State::ALL.into_iter().zip(row) {
                if to.follows(from) {
                    *step = model.steps[layout as usize][from as usize][to as usize].exp();
                }
            }
        }
        let mut total = f64::from(model.weigh_layout(layout, first));
        let states = forward(&steps, weighed, &mut total);
        let mut sums = Sums {
            states,
            steps: Default::default(),
            total,
        };
        sums.back(&steps, weighed);
        sums
    }

    /// Turns what led up to each state into how probable it is by all that comes after it as well.
    fn back(&mut self, steps: &[PerState; STATES], weighed: &[PerState]) {
        let mut after = [1.0; STATES];
        for at in (0..self.states.len()).rev() {
            let before = &mut self.states[at];
            if let Some(next) = weighed.get(at + 1) {
                let (next, _) = fit(next);
                let ahead: PerState = std::array::from_fn(|to| next[to] * after[to]);
                let mut taken = [PerState::default(); STATES];
                for (from, row) in taken.iter_mut().enumerate() {
                    after[from] = dot(&steps[from], &ahead);
                    for (to, taken) in row.iter_mut().enumerate() {
                        *taken = before[from] * steps[from][to] * ahead[to];
                    }
                }
                norm(after.as_mut_slice());
                norm(taken.as_flattened_mut());
                let all = self.steps.as_flattened_mut().iter_mut();
                for (sum, taken) in all.zip(taken.as_flattened()) {
                    *sum += taken;
                }
            }
            for (state, after) in before.iter_mut().zip(after) {
                *state *= after;
            }
            norm(before.as_mut_slice());
        }
    }
}

/// For each paragraph how probable its states are by all that comes before it; adds what speaks for all ways to `total`.
fn forward(steps: &[PerState; STATES], weighed: &[PerState], total: &mut f64) -> Vec<PerState> {
    let mut states: Vec<PerState> = Vec::with_capacity(weighed.len());
    for weighed in weighed {
        let (fits, most) = fit(weighed);
        let mut now: PerState = match states.last() {
            None => State::ALL.map(|state| f32::from(u8::from(state.begins()))),
            Some(before) => std::array::from_fn(|to| {
                (0..STATES).map(|from| before[from] * steps[from][to]).sum()
            }),
        };
        for (now, fits) in now.iter_mut().zip(fits) {
            *now *= fits;
        }
        let sum = norm(now.as_mut_slice());
        *total += f64::from(most) + f64::from(sum).ln();
        states.push(now);
    }
    states
}

/// The weights of a paragraph's states as factors, the greatest of them 1; and the weight that is 1.
fn fit(weighed: &PerState) -> (PerState, f32) {
    let most = weighed.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    (weighed.map(|weight| (weight - most).exp().max(LEAST)), most)
}

fn dot(a: &PerState, b: &PerState) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Brings the sum of `numbers` to 1, and returns what it was.
fn norm(numbers: &mut [f32]) -> f32 {
    let sum = numbers.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    for number in numbers {
        *number /= sum;
    }
    sum
}

/// For each paragraph the probabilities of its states, over all layouts; its states weigh `weighed`, and `first` are the
/// features of the first one. Layout after layout is taken in, so that a long interview needs no more room for several.
#[must_use]
pub fn posterior(model: &Model, weighed: &[PerState], first: Features) -> Vec<PerState> {
    let mut likely = vec![PerState::default(); weighed.len()];
    let mut total = f64::NEG_INFINITY;
    for layout in Layout::ALL {
        let sums = Sums::of(model, layout, weighed, first);
        let share = 1.0 / (1.0 + (total - sums.total).exp()) as f32;
        total = total.max(sums.total) + (-(total - sums.total).abs()).exp().ln_1p();
        for (likely, states) in likely.iter_mut().zip(&sums.states) {
            for (likely, state) in likely.iter_mut().zip(states) {
                *likely += share * (state - *likely);
            }
        }
    }
    likely
}

/// How probable each layout is.
#[must_use]
pub fn shares(sums: &[Sums; Layout::ALL.len()]) -> [f32; Layout::ALL.len()] {
    let totals = sums.each_ref().map(|sums| sums.total);
    let most = totals.into_iter().fold(f64::NEG_INFINITY, f64::max);
    let shares = totals.map(|total| (total - most).exp());
    let all: f64 = shares.iter().sum();
    shares.map(|share| (share / all) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::structure::look;

    const ASKED: [&str; 5] = [
        "Woher kommt das Holz?",
        "Aus dem eigenen Wald. Ich schlage es selbst.",
        "Erzählen Sie vom Wald!",
        "Er ist alt.",
        "Vielen Dank für das Gespräch.",
    ];

    fn features() -> Vec<Features> {
        look(&ASKED).into_iter().flatten().collect()
    }

    /// What speaks for every way through the interview in one layout, one by one.
    fn ways(model: &Model, layout: Layout, weighed: &[PerState]) -> Vec<(Vec<State>, f32)> {
        let mut ways: Vec<(Vec<State>, f32)> = vec![(Vec::new(), 0.0)];
        for weighed in weighed {
            let mut longer = Vec::new();
            for (way, sum) in &ways {
                for state in State::ALL {
                    let step = match way.last() {
                        None if state.begins() => 0.0,
                        Some(last) if state.follows(*last) => {
                            model.steps[layout as usize][*last as usize][state as usize]
                        }
                        _ => continue,
                    };
                    let way = way.iter().copied().chain([state]).collect();
                    longer.push((way, sum + step + weighed[state as usize]));
                }
            }
            ways = longer;
        }
        ways
    }

    #[test]
    fn the_sums_are_those_over_every_single_way() {
        let (model, features) = (Model::shipped(), features());
        let weighed = model.weigh_all(&features, &[]);
        for layout in Layout::ALL {
            let ways = ways(model, layout, &weighed);
            let all: f64 = ways.iter().map(|(_, sum)| f64::from(*sum).exp()).sum();
            let sums = Sums::of(model, layout, &weighed, features[0]);
            let sign = f64::from(model.weigh_layout(layout, features[0]));
            assert!((sums.total - sign - all.ln()).abs() < 1e-3);
            for (at, states) in sums.states.iter().enumerate() {
                for state in State::ALL {
                    let through = ways.iter().filter(|(way, _)| way[at] == state);
                    let through: f64 = through.map(|(_, sum)| f64::from(*sum).exp()).sum();
                    let found = f64::from(states[state as usize]);
                    assert!((found - through / all).abs() < 1e-4, "{at} {state:?}");
                }
            }
        }
    }

    #[test]
    fn what_the_typography_says_outweighs_everything_and_nothing_overflows() {
        let features: Vec<Features> = features().into_iter().cycle().take(5_000).collect();
        let leans: Vec<f32> = (0..5_000).map(|at| [200.0, -200.0][at % 2]).collect();
        let model = Model::shipped();
        let weighed = model.weigh_all(&features, &leans);
        for (at, states) in posterior(model, &weighed, features[0]).iter().enumerate() {
            let asks = states[State::Question as usize] + states[State::QuestionMore as usize];
            assert!((asks - [1.0, 0.0][at % 2]).abs() < 1e-3, "{at} {states:?}");
        }
        assert!(posterior(model, &[], features[0]).is_empty());
    }
}
