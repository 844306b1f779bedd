//! Who asks and who answers, found from bare paragraphs: the roles of the turns.
//!
//! No rule decides on a paragraph by itself. Each is skimmed ([`gist`]), described by features of its own, its
//! neighbours and its place ([`features`]), and the most probable sequence of questions and answers is taken
//! ([`model`]). So a question without a question mark is found where one is due, and an answer that opens with
//! *Warum nicht?* stays an answer.

pub mod features;
pub mod gist;
pub mod lexicon;
pub mod model;

use std::ops::Range;

use features::Features;
use gist::Gist;
use lexicon::Lexicon;
use model::{Model, State};

use crate::interview::{Role, Turn};

/// The features of every paragraph, from their texts. Paragraphs without words (`* * *`) have none.
#[must_use]
pub fn look(paragraphs: &[impl AsRef<str>]) -> Vec<Option<Features>> {
    let lexicon = Lexicon::shipped();
    let mut gists: Vec<Gist> = paragraphs
        .iter()
        .map(|paragraph| Gist::of(paragraph.as_ref(), lexicon))
        .collect();
    let wordless: Vec<bool> = gists.iter().map(|gist| gist.wordless).collect();
    gists.retain(|gist| !gist.wordless);
    let mut features = features::features(&gists).into_iter();
    wordless
        .into_iter()
        .map(|wordless| if wordless { None } else { features.next() })
        .collect()
}

/// The turns of unlabelled paragraphs. Where nothing is asked, all is introduction.
#[must_use]
pub fn turns(paragraphs: &[impl AsRef<str>]) -> Vec<Turn> {
    let looks = look(paragraphs);
    let spoken: Vec<Features> = looks.iter().copied().flatten().collect();
    let states = Model::shipped().decode(&spoken);
    let asked = |(state, look): (&State, &Features)| *state == State::Question && look.asks();
    if !states.iter().zip(&spoken).any(asked) {
        return all_introduction(paragraphs.len());
    }
    let mut states = states.into_iter();
    let mut turns: Vec<Turn> = Vec::new();
    for (at, look) in looks.iter().enumerate() {
        let state = look.and_then(|_| states.next());
        let role = match state {
            None => Role::Remark,
            Some(State::Introduction) => Role::Introduction,
            Some(State::Question | State::QuestionMore) => Role::Question,
            Some(State::Answer | State::AnswerMore) => Role::Answer,
            Some(State::Closing) => Role::Closing,
        };
        push(&mut turns, role, at..at + 1);
    }
    turns
}

fn all_introduction(paragraphs: usize) -> Vec<Turn> {
    let mut turns = Vec::new();
    if paragraphs > 0 {
        push(&mut turns, Role::Introduction, 0..paragraphs);
    }
    turns
}

/// How much each paragraph by itself looks like a question rather than an answer; 0 where nothing speaks for either.
#[must_use]
pub fn asking(paragraphs: &[impl AsRef<str>]) -> Vec<f32> {
    let model = Model::shipped();
    let asks = |features: Features| {
        model
            .explain(features)
            .iter()
            .map(|(_, weight)| weight)
            .sum()
    };
    let looks = look(paragraphs);
    looks
        .into_iter()
        .map(|look| look.map_or(0.0, asks))
        .collect()
}

/// Adds paragraphs to the last turn, or begins another where the role changes.
fn push(turns: &mut Vec<Turn>, role: Role, paragraphs: Range<usize>) {
    match turns.last_mut() {
        Some(last) if last.role == role => last.paragraphs.end = paragraphs.end,
        _ => turns.push(Turn::new(role, paragraphs)),
    }
}
