//! How well weights read interviews that they were not fitted to.

use std::collections::BTreeMap;

use synopse::interview::{DOUBTFUL, Role};
use synopse::transcript::structure::model::{Model, State};
use synopse::transcript::structure::posterior::posterior;
use synopse::transcript::structure::{share, weigh};

use crate::Example;
use crate::fit::fit;

/// The sources are left out in so many groups, one after another.
const GROUPS: usize = 10;

/// What was found in an interview.
struct Reading<'a> {
    example: &'a Example,
    found: Vec<State>,
    /// How probable it is that each paragraph does something else.
    doubts: Vec<f32>,
    /// The share of paragraphs that are right, and of question turns.
    score: (f32, f32),
}

impl<'a> Reading<'a> {
    fn of(example: &'a Example, model: &Model) -> Reading<'a> {
        let first = example.features.first().copied().unwrap_or_default();
        let weighed = weigh(model, &example.texts, &example.features, &[]);
        let found = model.decode_weighed(&weighed, first);
        let likely = posterior(model, &weighed, first);
        let doubt = |(found, likely): (&State, _)| 1.0 - share(likely, found.role());
        Reading {
            example,
            score: score(&found, &example.states),
            doubts: found.iter().zip(&likely).map(doubt).collect(),
            found,
        }
    }

    /// Each paragraph that is wrong, by its index.
    fn wrong(&self) -> impl Iterator<Item = usize> {
        let known = &self.example.states;
        (0..known.len()).filter(|at| self.found[*at].role() != known[*at].role())
    }
}

/// Reads each group of sources with weights from all the others, and prints what share of it is right, by source and by
/// kind; of the `worst` interviews also what is wrong.
pub fn check(examples: &[Example], worst: usize) {
    let mut families: Vec<&str> = examples.iter().map(family).collect();
    families.sort_unstable();
    families.dedup();
    let group = |e: &Example| families.binary_search(&family(e)).unwrap_or_default() % GROUPS;
    let read = |left_out: usize| -> Vec<Reading> {
        let others: Vec<&Example> = examples.iter().filter(|e| group(e) != left_out).collect();
        let model = fit(&others);
        let left = examples
            .iter()
            .filter(|e| group(e) == left_out && !e.made_up);
        left.map(|example| Reading::of(example, &model)).collect()
    };
    let mut readings: Vec<Reading> = std::thread::scope(|scope| {
        let halves = [0, 1].map(|half| {
            let groups = (0..GROUPS).filter(move |group| group % 2 == half);
            scope.spawn(move || groups.flat_map(read).collect::<Vec<_>>())
        });
        halves
            .into_iter()
            .flat_map(|half| half.join().unwrap_or_default())
            .collect()
    });
    readings.sort_by(|a, b| a.score.0.total_cmp(&b.score.0));
    report(&readings, |e| &e.source);
    println!();
    report(&readings, |e| &e.kind);
    println!();
    let doubts = readings.iter().flat_map(|reading| {
        let wrong: Vec<usize> = reading.wrong().collect();
        let doubts = reading.doubts.iter().enumerate();
        doubts.map(move |(at, doubt)| (*doubt, wrong.contains(&at)))
    });
    calibrate(&doubts.collect::<Vec<_>>());
    for reading in readings.iter().take(worst) {
        let example = reading.example;
        println!("\n{} {:?}", example.name, reading.score);
        for at in reading.wrong() {
            let (found, known) = (reading.found[at].role(), example.states[at].role());
            let said: String = example.texts[at].chars().take(100).collect();
            let doubt = reading.doubts[at];
            println!("  {at:3} {found:?}, is {known:?} {doubt:.2} {said}");
        }
    }
}

/// Translations of one interview must not stand on both sides: the language is not part of what is left out.
fn family(example: &Example) -> &str {
    example.source.split('-').next_back().unwrap_or_default()
}

/// Prints the means of the interviews that are alike by `key`.
fn report(readings: &[Reading], key: fn(&Example) -> &String) {
    let mut scores: BTreeMap<&String, Vec<(f32, f32)>> = BTreeMap::new();
    for reading in readings {
        let scores = scores.entry(key(reading.example)).or_default();
        scores.push(reading.score);
    }
    for (name, scores) in scores {
        let mean =
            |of: fn(&(f32, f32)) -> f32| scores.iter().map(of).sum::<f32>() / scores.len() as f32;
        println!(
            "{name:20} n {:3}  paragraphs {:.3}  questions {:.3}",
            scores.len(),
            mean(|s| s.0),
            mean(|s| s.1)
        );
    }
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
