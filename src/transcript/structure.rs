//! Who asks and who answers, found from bare paragraphs: the roles of the turns.
//!
//! No rule decides on a paragraph by itself. Each is skimmed ([`gist`]), described by features of its own, its
//! neighbours and its place ([`features`]), and the most probable sequence of questions and answers is taken
//! ([`model`]). So a question without a question mark is found where one is due, and an answer that opens with
//! *Warum nicht?* stays an answer. How sure that is, all other sequences tell ([`mod@posterior`]), and why, the features
//! that weigh most ([`reasons`]).

pub mod features;
pub mod gist;
mod habit;
mod idiom;
pub mod lexicon;
pub mod model;
pub mod posterior;
pub mod reasons;
mod whole;

use std::ops::Range;

use features::{Feature, Features};
use gist::Gist;
use lexicon::Lexicon;
use model::{Model, PerState, State, lean_to_asking};
use posterior::posterior;

use crate::interview::{Finding, Role, Turn};

/// What a question mark at the end is worth where nothing else is known, as a natural logarithm of odds.
const MARKED: f32 = 2.0;

/// What says no more than this for a question, on the same scale, says nothing.
const HARDLY: f32 = 1.0;

/// The features of every paragraph, from their texts. Paragraphs without words (`* * *`) have none.
#[must_use]
pub fn look(paragraphs: &[impl AsRef<str>]) -> Vec<Option<Features>> {
    Skimmed::of(paragraphs).looks
}

/// Paragraphs that were skimmed, which takes most of the time: what each asks by itself can be told, and once it is known
/// which of them belong together, the turns.
#[derive(Debug)]
pub struct Skimmed<'a, T> {
    paragraphs: &'a [T],
    /// The gists of those with words.
    gists: Vec<Gist>,
    /// The features of each; `None` where it has no words, or belongs to no turn.
    looks: Vec<Option<Features>>,
}

impl<'a, T: AsRef<str>> Skimmed<'a, T> {
    /// Skims `paragraphs`.
    #[must_use]
    pub fn of(paragraphs: &'a [T]) -> Skimmed<'a, T> {
        let lexicon = Lexicon::shipped();
        let mut gists: Vec<Gist> = paragraphs
            .iter()
            .map(|paragraph| Gist::of(paragraph.as_ref(), lexicon))
            .collect();
        let look = |gist: &Gist| (!gist.wordless).then(Features::default);
        let looks = gists.iter().map(look).collect();
        gists.retain(|gist| !gist.wordless);
        let mut skimmed = Skimmed {
            paragraphs,
            gists,
            looks,
        };
        skimmed.look();
        skimmed
    }

    fn look(&mut self) {
        let features = features::features(&self.gists);
        for (look, features) in self.looks.iter_mut().flatten().zip(features) {
            *look = features;
        }
    }

    /// Leaves out the paragraphs that are `apart`: the others are neighbours across them.
    fn leave_out(&mut self, apart: impl Fn(usize) -> bool) {
        let mut kept = Vec::with_capacity(self.gists.len());
        for (at, look) in self.looks.iter_mut().enumerate() {
            if look.is_some() {
                kept.push(!apart(at));
                *look = look.filter(|_| !apart(at));
            }
        }
        if kept.contains(&false) {
            let mut kept = kept.into_iter();
            self.gists.retain(|_| kept.next().unwrap_or_default());
            self.look();
        }
    }

    /// Whether each paragraph by itself rather looks like a question than like an answer, or like an introduction. Where it
    /// ends in a question mark, what speaks against it must be stronger.
    #[must_use]
    pub fn asks(&self) -> Vec<bool> {
        let model = Model::shipped();
        let closing = |c: char| !c.is_alphanumeric() && !matches!(c, '?' | '.' | '!' | ':' | '…');
        let asks = |(look, text): (&Option<Features>, &T)| {
            let marked = text.as_ref().trim_end_matches(closing).ends_with('?');
            let asking = look.map_or(0.0, |look| model.asks(look));
            let introduces = || {
                let weighed = look.map(|look| model.weigh(look)).unwrap_or_default();
                weighed[State::Introduction as usize] > weighed[State::Question as usize]
            };
            asking > if marked { -MARKED } else { HARDLY } && (marked || !introduces())
        };
        self.looks.iter().zip(self.paragraphs).map(asks).collect()
    }

    /// The turns, where more is known than the text: `lean` says of each paragraph, by its index, how much speaks for its
    /// asking (a natural logarithm of odds; below zero, for its not asking), or `None` where it belongs to no turn.
    #[must_use]
    pub fn find(mut self, lean: impl Fn(usize) -> Option<f32>) -> Found {
        self.leave_out(|at| lean(at).is_none());
        let Skimmed {
            paragraphs,
            gists,
            looks,
        } = self;
        // Of a long file that is more than itself.
        drop(gists);
        let spoken: Vec<Features> = looks.iter().copied().flatten().collect();
        let worded = || looks.iter().enumerate().filter(|(_, look)| look.is_some());
        let leans: Vec<f32> = worded()
            .map(|(at, _)| lean(at).unwrap_or_default())
            .collect();
        let texts: Vec<&str> = worded().map(|(at, _)| paragraphs[at].as_ref()).collect();
        let model = Model::shipped();
        let first = spoken.first().copied().unwrap_or_default();
        let weighed = weigh(model, &texts, &spoken, &leans);
        let states = model.decode_weighed(&weighed, first);
        let likely = posterior(model, &weighed, first);
        let mut asked = states.iter().zip(spoken.iter().zip(&leans));
        if !asked
            .any(|(state, (look, lean))| *state == State::Question && (look.asks() || *lean > 0.0))
        {
            return all_introduction(paragraphs.len());
        }
        let mut states = states.into_iter().zip(&likely);
        let mut found = Found::default();
        for (at, look) in looks.iter().enumerate() {
            let Some((state, likely)) = look.and_then(|_| states.next()) else {
                push(&mut found.turns, Role::Remark, at..at + 1);
                found.findings.push(Finding::default());
                continue;
            };
            push(&mut found.turns, state.role(), at..at + 1);
            found.findings.push(Finding {
                doubt: 1.0 - share(likely, state.role()),
                lean: lean(at),
            });
        }
        found
    }
}

/// The turns of paragraphs, and how they were found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The turns, covering every paragraph once.
    pub turns: Vec<Turn>,
    /// One for each paragraph.
    pub findings: Vec<Finding>,
}

/// The turns of unlabelled paragraphs. Where nothing is asked, all is introduction.
#[must_use]
pub fn turns(paragraphs: &[impl AsRef<str>]) -> Vec<Turn> {
    find(paragraphs, |_| Some(0.0)).turns
}

/// The turns of paragraphs of which more is known than their text ([`Skimmed::find`]).
#[must_use]
pub fn find(paragraphs: &[impl AsRef<str>], lean: impl Fn(usize) -> Option<f32>) -> Found {
    Skimmed::of(paragraphs).find(lean)
}

/// What speaks for each state of paragraphs with these `texts` and features; each number in `leans` is added to what speaks for
/// a question. A first reading tells how each voice of a long conversation talks, and what goes with asking in this interview; that
/// counts in the next.
#[must_use]
pub fn weigh(
    model: &Model,
    texts: &[impl AsRef<str>],
    features: &[Features],
    leans: &[f32],
) -> Vec<PerState> {
    let mut weighed = model.weigh_all(features, leans);
    let Some(first) = features.first() else {
        return weighed;
    };
    if first.has(Feature::Torn) {
        return weighed;
    }
    let words = |likely: &[PerState]| {
        let asking = likely.iter().map(|likely| share(likely, Role::Question));
        idiom::lean(texts, &asking.collect::<Vec<_>>())
    };
    let mut read_again = |lean: &dyn Fn(&[PerState]) -> Vec<f32>| {
        let leans = lean(&posterior(model, &weighed, *first));
        for (weighed, lean) in weighed.iter_mut().zip(leans) {
            lean_to_asking(weighed, lean);
        }
    };
    if first.has(Feature::Talk) && idiom::TOLD.contains(&features.len()) {
        read_again(&words);
    }
    if habit::TOLD.contains(&features.len()) {
        read_again(&|likely| habit::lean(features, likely));
    }
    weighed
}

/// How probable it is that a paragraph whose states are this `likely` has `role`.
#[must_use]
pub fn share(likely: &PerState, role: Role) -> f32 {
    let states = State::ALL.into_iter().zip(likely);
    let states = states.filter(|(state, _)| state.role() == role);
    states
        .map(|(_, likely)| likely)
        .sum::<f32>()
        .clamp(0.0, 1.0)
}

fn all_introduction(paragraphs: usize) -> Found {
    let mut found = Found::default();
    if paragraphs > 0 {
        push(&mut found.turns, Role::Introduction, 0..paragraphs);
    }
    found.findings = vec![Finding::default(); paragraphs];
    found
}

/// How much each paragraph by itself looks like a question rather than an answer; 0 where nothing speaks for either.
#[must_use]
pub fn asking(paragraphs: &[impl AsRef<str>]) -> Vec<f32> {
    let asks = |features: Features| Model::shipped().asks(features);
    let looks = look(paragraphs);
    looks
        .into_iter()
        .map(|look| look.map_or(0.0, asks))
        .collect()
}

/// Whether each paragraph by itself rather looks like a question ([`Skimmed::asks`]).
#[must_use]
pub fn asks(paragraphs: &[impl AsRef<str>]) -> Vec<bool> {
    Skimmed::of(paragraphs).asks()
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
        Some(last) if last.role == role => last.paragraphs.end_at(paragraphs.end),
        _ => turns.push(Turn::new(role, paragraphs)),
    }
}
