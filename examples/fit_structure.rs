//! Fits the weights of the structure model to interviews whose turns are known, and prints them as the table that
//! belongs in `assets/structure/weights.txt`.
//!
//! ```text
//! cargo run --release --example fit_structure -- FILE.json... > assets/structure/weights.txt
//! cargo run --release --example fit_structure -- --check FILE.json...
//! ```
//!
//! A file holds `{"turns": [{"role": "question", "paragraphs": ["…"]}]}`. With `--check` nothing is fitted for keeps:
//! the interviews of each source are read with weights from all the other sources, and the share of paragraphs and of
//! question turns found is printed. A source is a file name up to its second hyphen.
//!
//! The likelihood of the states given the paragraphs, with a penalty on large weights, is maximised by Adam (Kingma
//! and Ba 2015) over all interviews at once, so that the same files give the same weights.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use synopse::interview::{DOUBTFUL, Role};
use synopse::transcript::structure::features::Features;
use synopse::transcript::structure::model::{LAYOUT_SIGNS, Layout, Model, PerState, State};
use synopse::transcript::structure::posterior::{Sums, posterior};
use synopse::transcript::structure::{look, share};

/// Steps of the ascent; the weights hardly move after them.
const STEPS: usize = 400;
/// The penalty on a weight's square.
const PENALTY: f32 = 0.1;

struct Example {
    /// The file's name; one with a space is made up from it.
    name: String,
    source: String,
    features: Vec<Features>,
    states: Vec<State>,
    layout: Layout,
    weight: f32,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut files: Vec<String> = std::env::args().skip(1).collect();
    let check = files.first().is_some_and(|first| first == "--check");
    if check {
        files.remove(0);
    }
    let mut examples = files
        .iter()
        .map(|file| read(Path::new(file)))
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .flatten()
        .collect::<Vec<_>>();
    weigh(&mut examples);
    if check {
        cross_validate(&examples);
    } else {
        let all: Vec<&Example> = examples.iter().collect();
        println!("# Fitted by examples/fit_structure.rs. A row a feature, a column a state:");
        println!("# introduction, question, question goes on, answer, answer goes on, closing.");
        print!("{}", fit(&all).write());
    }
    Ok(())
}

type Turns = Vec<(State, Vec<String>)>;

fn read(path: &Path) -> Result<Vec<Example>, Box<dyn Error>> {
    let name = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(path)?)?;
    let mut turns: Turns = Vec::new();
    for turn in json["turns"].as_array().into_iter().flatten() {
        let state = match turn["role"].as_str().unwrap_or_default() {
            "intro" | "introduction" => State::Introduction,
            "question" => State::Question,
            "answer" => State::Answer,
            "closing" => State::Closing,
            role => return Err(format!("{}: no role '{role}'", path.display()).into()),
        };
        let paragraphs = turn["paragraphs"].as_array().into_iter().flatten();
        let paragraphs = paragraphs.filter_map(|p| Some(p.as_str()?.to_owned()));
        match turns.last_mut() {
            Some(last) if last.0 == state => last.1.extend(paragraphs),
            _ => turns.push((state, paragraphs.collect())),
        }
    }
    Ok(vec![
        example(&format!("{name} torn"), tear(&turns)),
        example(&name, turns),
    ])
}

/// The interview as a machine might have transcribed it: a turn a paragraph, and the ends of turns heard as the
/// beginnings of the next, or the other way round. Machines' transcripts with known speakers are rare.
fn tear(turns: &Turns) -> Turns {
    let mut seed = 1u32;
    let mut dice = |sides: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) % sides
    };
    let mut words: Vec<(State, Vec<&str>)> = turns
        .iter()
        .filter(|(state, _)| matches!(state, State::Question | State::Answer))
        .map(|(state, ps)| {
            (
                *state,
                ps.iter().flat_map(|p| p.split_whitespace()).collect(),
            )
        })
        .collect();
    for at in 1..words.len() {
        let take = 1 + dice(6) as usize;
        let (before, after) = words.split_at_mut(at);
        let (before, after) = (&mut before[at - 1].1, &mut after[0].1);
        match dice(5) {
            0 if before.len() > take + 2 => {
                let tail = before.split_off(before.len() - take);
                after.splice(0..0, tail);
            }
            1 if after.len() > take + 2 => before.extend(after.drain(..take)),
            _ => {}
        }
    }
    let paragraphs = words.into_iter().filter(|(_, words)| !words.is_empty());
    paragraphs
        .map(|(state, words)| (state, vec![words.join(" ")]))
        .collect()
}

fn example(name: &str, turns: Turns) -> Example {
    let mut paragraphs = Vec::new();
    let mut states = Vec::new();
    for (state, texts) in turns {
        let more = match state {
            State::Question => State::QuestionMore,
            State::Answer => State::AnswerMore,
            state => state,
        };
        for (at, text) in texts.into_iter().enumerate() {
            paragraphs.push(text);
            states.push(if at == 0 { state } else { more });
        }
    }
    let looks = look(&paragraphs);
    let kept = looks
        .iter()
        .zip(&states)
        .filter_map(|(look, state)| Some(((*look)?, *state)));
    let (features, states): (Vec<Features>, Vec<State>) = kept.unzip();
    let more = |s: &&State| matches!(s, State::QuestionMore | State::AnswerMore);
    let alternate = states.iter().filter(more).count() * 25 < states.len();
    Example {
        source: name.split('-').take(2).collect::<Vec<_>>().join("-"),
        name: name.to_owned(),
        features,
        states,
        layout: if alternate {
            Layout::Alternate
        } else {
            Layout::Free
        },
        weight: 1.0,
    }
}

/// A source counts by the square root of its interviews, an interview by the square root of its paragraphs: many alike teach less than
/// their number.
fn weigh(examples: &mut [Example]) {
    let mut sources: BTreeMap<String, usize> = BTreeMap::new();
    for example in examples.iter() {
        *sources.entry(example.source.clone()).or_default() += 1;
    }
    for example in examples.iter_mut() {
        let alike = sources[&example.source] as f32;
        example.weight = 1.0 / (alike * example.states.len().max(1) as f32).sqrt();
    }
}

fn cross_validate(examples: &[Example]) {
    let mut found: BTreeMap<String, Vec<(f32, f32)>> = BTreeMap::new();
    let mut doubts: Vec<(f32, bool)> = Vec::new();
    // Translations of one interview must not stand on both sides: the language is not part of what is left out.
    let family = |e: &Example| {
        e.source
            .split('-')
            .next_back()
            .unwrap_or_default()
            .to_owned()
    };
    let mut families: Vec<String> = examples.iter().map(family).collect();
    families.sort();
    families.dedup();
    for left_out in families {
        let others: Vec<&Example> = examples.iter().filter(|e| family(e) != left_out).collect();
        let model = fit(&others);
        for example in examples
            .iter()
            .filter(|e| family(e) == left_out && !e.name.contains(' '))
        {
            let states = model.decode(&example.features);
            let likely = posterior(&model, &example.features, &[]);
            for ((found, known), likely) in states.iter().zip(&example.states).zip(&likely) {
                let doubt = 1.0 - share(likely, found.role());
                doubts.push((doubt, found.role() != known.role()));
            }
            let scores = score(&states, &example.states);
            found
                .entry(example.source.clone())
                .or_default()
                .push(scores);
        }
    }
    for (source, scores) in found {
        let mean =
            |of: fn(&(f32, f32)) -> f32| scores.iter().map(of).sum::<f32>() / scores.len() as f32;
        println!(
            "{source:20} n {:3}  paragraphs {:.3}  questions {:.3}",
            scores.len(),
            mean(|s| s.0),
            mean(|s| s.1)
        );
    }
    calibrate(&doubts);
}

/// What is called doubtful, by where that begins: how much that is, how much of it is wrong, and how much of what is wrong
/// is doubtful.
fn calibrate(doubts: &[(f32, bool)]) {
    let wrong = doubts.iter().filter(|(_, wrong)| *wrong).count() as f32;
    for from in [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5] {
        let doubtful: Vec<bool> = doubts.iter().filter(|d| d.0 >= from).map(|d| d.1).collect();
        let both = doubtful.iter().filter(|wrong| **wrong).count() as f32;
        let mark = if from == DOUBTFUL { " *" } else { "" };
        println!(
            "doubtful from {from:.2}  {:.3} of all, {:.3} of them wrong, {:.3} of the wrong{mark}",
            doubtful.len() as f32 / doubts.len() as f32,
            both / doubtful.len() as f32,
            both / wrong,
        );
    }
}

/// The share of paragraphs with the right role, and of question turns found from end to end.
fn score(found: &[State], known: &[State]) -> (f32, f32) {
    let right = found
        .iter()
        .zip(known)
        .filter(|(a, b)| a.role() == b.role())
        .count();
    let questions = |states: &[State]| -> Vec<(usize, usize)> {
        let mut out: Vec<(usize, usize)> = Vec::new();
        for (at, state) in states.iter().enumerate() {
            if state.role() == Role::Question {
                match out.last_mut() {
                    Some(last) if last.1 == at => last.1 = at + 1,
                    _ => out.push((at, at + 1)),
                }
            }
        }
        out
    };
    let (found, asked) = (questions(found), questions(known));
    let hit = asked.iter().filter(|q| found.contains(q)).count();
    (
        right as f32 / known.len() as f32,
        hit as f32 / asked.len().max(1) as f32,
    )
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

fn fit(examples: &[&Example]) -> Model {
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
            // A layout is known once an interview, its signs are few, and they must outweigh many paragraphs.
            let sign = i + LAYOUT_SIGNS.len() >= size;
            let penalty = if sign { PENALTY / 10.0 } else { PENALTY };
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
    let alternate = 1.0 / (1.0 + (sums[0].total - sums[1].total).exp());
    let shares = [1.0 - alternate, alternate].map(|share| share as f32);
    let weight = example.weight;

    let known = f32::from(u8::from(example.layout == Layout::Alternate));
    let off = weight * (example.states.len() as f32).sqrt() * (known - shares[1]);
    for (to, sign) in gradient.layout.iter_mut().zip(LAYOUT_SIGNS) {
        *to += if first.has(sign) { off } else { 0.0 };
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
        let [free, alternate] = [&sums[0].states[at], &sums[1].states[at]];
        let mut off: PerState =
            std::array::from_fn(|state| -shares[0] * free[state] - shares[1] * alternate[state]);
        off[*known as usize] += 1.0;
        for feature in features.iter() {
            for (to, off) in gradient.features[feature].iter_mut().zip(off) {
                *to += weight * off;
            }
        }
    }
}
