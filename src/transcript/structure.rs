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

/// What a question mark at the end is worth where nothing else is known, as a natural logarithm of odds.
const MARKED: f32 = 2.0;

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
    turns_leaning(paragraphs, |_| Some(0.0))
}

/// The turns of paragraphs of which more is known than their text: `lean` says of each, by its index, how much speaks for
/// its asking (a natural logarithm of odds; below zero, for its not asking), or `None` where it belongs to no turn.
#[must_use]
pub fn turns_leaning(
    paragraphs: &[impl AsRef<str>],
    lean: impl Fn(usize) -> Option<f32>,
) -> Vec<Turn> {
    let said: Vec<usize> = (0..paragraphs.len())
        .filter(|at| lean(*at).is_some())
        .collect();
    let texts: Vec<&str> = said.iter().map(|at| paragraphs[*at].as_ref()).collect();
    let mut looks: Vec<Option<Features>> = vec![None; paragraphs.len()];
    for (at, look) in said.iter().zip(look(&texts)) {
        looks[*at] = look;
    }
    let spoken: Vec<Features> = looks.iter().copied().flatten().collect();
    let leans = looks.iter().enumerate().filter(|(_, look)| look.is_some());
    let leans: Vec<f32> = leans.map(|(at, _)| lean(at).unwrap_or_default()).collect();
    let states = Model::shipped().decode_leaning(&spoken, &leans);
    let mut asked = states.iter().zip(spoken.iter().zip(&leans));
    if !asked.any(|(state, (look, lean))| *state == State::Question && (look.asks() || *lean > 0.0))
    {
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

/// Whether each paragraph by itself rather looks like a question than like an answer. Where it ends in a question mark,
/// what speaks against it must be stronger.
#[must_use]
pub fn asks(paragraphs: &[impl AsRef<str>]) -> Vec<bool> {
    let asking = asking(paragraphs).into_iter().zip(paragraphs);
    let closing = |c: char| !c.is_alphanumeric() && !matches!(c, '?' | '.' | '!' | ':' | '…');
    asking
        .map(|(asking, text)| {
            let marked = text.as_ref().trim_end_matches(closing).ends_with('?');
            asking > if marked { -MARKED } else { 0.0 }
        })
        .collect()
}

/// Whether a paragraph addresses someone.
#[must_use]
pub fn addresses(paragraph: &str) -> bool {
    Gist::of(paragraph, Lexicon::shipped()).you > 0
}

/// Whether someone speaks of himself in a paragraph.
#[must_use]
pub fn says_i(paragraph: &str) -> bool {
    Gist::of(paragraph, Lexicon::shipped()).me > 0
}

/// Adds paragraphs to the last turn, or begins another where the role changes.
fn push(turns: &mut Vec<Turn>, role: Role, paragraphs: Range<usize>) {
    match turns.last_mut() {
        Some(last) if last.role == role => last.paragraphs.end = paragraphs.end,
        _ => turns.push(Turn::new(role, paragraphs)),
    }
}
