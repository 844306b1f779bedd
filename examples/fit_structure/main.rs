//! Fits the weights of the structure model to interviews whose turns are known, and prints them as the table that
//! belongs in `assets/structure/weights.txt`.
//!
//! ```text
//! cargo run --release --example fit_structure -- FILE.json... > assets/structure/weights.txt
//! cargo run --release --example fit_structure -- --check [--worst N] FILE.json...
//! ```
//!
//! A file holds `{"turns": [{"role": "question", "paragraphs": ["…"]}]}`, and a `"kind"` if it likes. With `--check` nothing
//! is fitted for keeps: the interviews of some sources are read with weights from all the others, and the share of paragraphs
//! and of question turns found is printed; with `--worst 5` also what is wrong in the five worst. A source is a file name up to
//! its second hyphen.

mod augment;
mod check;
mod fit;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use synopse::transcript::structure::features::Features;
use synopse::transcript::structure::look;
use synopse::transcript::structure::model::{Layout, State};

/// An interview whose states are known.
struct Example {
    name: String,
    source: String,
    /// What it is like; only to tell figures apart.
    kind: String,
    /// It is made up from another one.
    made_up: bool,
    texts: Vec<String>,
    features: Vec<Features>,
    states: Vec<State>,
    layout: Layout,
    weight: f32,
}

fn main() -> Result<(), Box<dyn Error>> {
    let (mut check, mut worst, mut files) = (false, 0, Vec::new());
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--check" => check = true,
            "--worst" => worst = arguments.next().unwrap_or_default().parse()?,
            file => files.push(file.to_owned()),
        }
    }
    let examples = files.iter().map(|file| read(Path::new(file)));
    let examples = examples.collect::<Result<Vec<_>, _>>()?;
    let mut examples: Vec<Example> = examples.into_iter().flatten().collect();
    weigh(&mut examples);
    if check {
        check::check(&examples, worst);
    } else {
        let all: Vec<&Example> = examples.iter().collect();
        println!("# Fitted by examples/fit_structure. A row a feature, a column a state:");
        println!("# introduction, question, question goes on, answer, answer goes on, closing.");
        print!("{}", fit::fit(&all).write());
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
    let kind = json["kind"].as_str().unwrap_or_default();
    let mut examples = vec![example(&name, kind, turns.clone())];
    for turns in augment::all(&turns) {
        let made_up = example(&name, kind, turns);
        examples.push(Example {
            made_up: true,
            ..made_up
        });
    }
    Ok(examples)
}

fn example(name: &str, kind: &str, turns: Turns) -> Example {
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
    let mut kept: (Vec<String>, Vec<Features>, Vec<State>) = Default::default();
    for ((text, look), state) in paragraphs.into_iter().zip(looks).zip(states) {
        if let Some(look) = look {
            kept.extend([(text, look, state)]);
        }
    }
    let (texts, features, states) = kept;
    let more = |s: &&State| matches!(s, State::QuestionMore | State::AnswerMore);
    let more = states.iter().filter(more).count();
    let layout = match states.len() {
        all if more * 25 < all => Layout::Alternate,
        all if more * 4 < all => Layout::Talk,
        _ => Layout::Free,
    };
    Example {
        source: name.split('-').take(2).collect::<Vec<_>>().join("-"),
        name: name.to_owned(),
        kind: kind.to_owned(),
        made_up: false,
        texts,
        features,
        states,
        layout,
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
