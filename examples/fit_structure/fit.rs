//! The weights: the likelihood of the states given the paragraphs, less a penalty on large weights, at its highest.

use synopse::transcript::structure::features::NAMES;
use synopse::transcript::structure::model::{
    LAYOUT_SIGNS, Layout, MANNERS, Model, PerState, State, rows_of,
};
use synopse::transcript::structure::posterior::{Sums, shares};

use crate::Example;

/// Steps of the ascent; the weights hardly move after them.
const STEPS: usize = 400;
/// The penalty on a weight's square.
const PENALTY: f32 = 0.3;

/// How much of the penalty falls on the weight at `at` of `size`. The signs of a layout are few; what a feature says in one
/// manner beyond what it says in all must be worth it.
fn strictness(at: usize, size: usize) -> f32 {
    let all = NAMES.len() * State::ALL.len();
    match at {
        at if at + LAYOUT_SIGNS.len() * Layout::ALL.len() >= size => 0.1,
        at if (all..all * (1 + MANNERS.len())).contains(&at) => 3.0,
        _ => 1.0,
    }
}

fn flat(mut model: Model) -> Vec<f32> {
    model.rows().flatten().map(|w| *w).collect()
}

fn model_of(flat: &[f32]) -> Model {
    let mut model = Model::default();
    for (to, from) in model.rows().flatten().zip(flat) {
        *to = *from;
    }
    model
}

/// The weights for `examples`, found by Adam (Kingma and Ba 2015) over all of them at once: the same examples give the same
/// weights.
pub fn fit(examples: &[&Example]) -> Model {
    let mut weights = flat(Model::default());
    let size = weights.len();
    let (mut first, mut second) = (vec![0.0f32; size], vec![0.0f32; size]);
    for step in 1..=STEPS {
        let model = model_of(&weights);
        let mut gradient = Model::default();
        for example in examples {
            add_gradient(&model, example, &mut gradient);
        }
        let gradient = flat(gradient);
        let rate = 0.05 * (1.0 - step as f32 / (STEPS + 1) as f32).max(0.02);
        let correct = |beta: f32| 1.0 - beta.powi(step as i32);
        for i in 0..size {
            let penalty = PENALTY * strictness(i, size);
            let gradient = gradient[i] - penalty * weights[i];
            first[i] = 0.9 * first[i] + 0.1 * gradient;
            second[i] = 0.999 * second[i] + 0.001 * gradient * gradient;
            let (mean, spread) = (first[i] / correct(0.9), second[i] / correct(0.999));
            weights[i] += rate * mean / (spread.sqrt() + 1e-6);
        }
    }
    model_of(&weights)
}

/// Adds the gradient of one interview's log-likelihood: what is known less what the model expects.
fn add_gradient(model: &Model, example: &Example, gradient: &mut Model) {
    let Some(first) = example.features.first() else {
        return;
    };
    let weighed = model.weigh_all(&example.features, &[]);
    let sums = Layout::ALL.map(|layout| Sums::of(model, layout, &weighed, *first));
    let shares = shares(&sums);
    let weight = example.weight;

    // A layout is known once an interview, and must outweigh many paragraphs.
    let once = weight * (example.states.len() as f32).sqrt();
    for (layout, (row, share)) in Layout::ALL
        .into_iter()
        .zip(gradient.layouts.iter_mut().zip(shares))
    {
        let known = f32::from(u8::from(example.layout == layout));
        for (to, sign) in row.iter_mut().zip(LAYOUT_SIGNS) {
            *to += if first.has(sign) {
                once * (known - share)
            } else {
                0.0
            };
        }
    }
    for step in example.states.windows(2) {
        let steps = &mut gradient.steps[example.layout as usize];
        steps[step[0] as usize][step[1] as usize] += weight;
    }
    for (layout, share) in Layout::ALL.into_iter().zip(shares) {
        let all = gradient.steps[layout as usize].as_flattened_mut();
        let expected = sums[layout as usize].steps.as_flattened();
        for (to, expected) in all.iter_mut().zip(expected) {
            *to -= weight * share * expected;
        }
    }
    for (at, (features, known)) in example.features.iter().zip(&example.states).enumerate() {
        let expected = |state: usize| -> f32 {
            let each = sums.iter().zip(shares);
            each.map(|(sums, share)| share * sums.states[at][state])
                .sum()
        };
        let mut off: PerState = std::array::from_fn(|state| -expected(state));
        off[*known as usize] += 1.0;
        for feature in features.iter().flat_map(|at| rows_of(at, *features)) {
            for (to, off) in gradient.features[feature].iter_mut().zip(off) {
                *to += weight * off;
            }
        }
    }
}
