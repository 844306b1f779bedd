//! Labels on one side only: those who ask are named and the answers follow bare, or typography tells the questions and the
//! names stand before the answers.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::interview::{Role, Turn};
use crate::transcript::document::Document;
use crate::transcript::labels::label;
use crate::transcript::labels::name::{self, Head};

/// More names than this no interview has.
const MOST: usize = 16;

/// The labels that recur.
#[derive(Debug)]
pub struct Names {
    names: Vec<String>,
    /// For each paragraph the name in front of it, by index, and where what is said begins.
    heads: Vec<Option<(usize, usize)>>,
}

impl Names {
    /// The labels that stand before several paragraphs of `document`.
    pub fn of(document: &Document) -> Names {
        let paragraphs = document.paragraphs.iter().zip(&document.marks);
        let labels: Vec<Option<(&str, usize)>> = paragraphs
            .map(|(text, mark)| {
                let Head { label, said, .. } = label(text, *mark)?;
                (!said.is_empty()).then(|| (label, text.len() - said.len()))
            })
            .collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for (label, _) in labels.iter().flatten() {
            *counts.entry(label).or_default() += 1;
        }
        let mut names: Vec<&str> = Vec::new();
        for (label, _) in labels.iter().flatten() {
            if counts[label] > 1 && names.len() <= MOST && !names.contains(label) {
                names.push(label);
            }
        }
        if names.len() > MOST {
            names.clear();
        }
        let index = |label: &str| names.iter().position(|name| *name == label);
        let head =
            |head: Option<(&str, usize)>| head.and_then(|(label, at)| Some((index(label)?, at)));
        Names {
            heads: labels.into_iter().map(head).collect(),
            names: names.into_iter().map(str::to_owned).collect(),
        }
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// The name before paragraph `at`, by index.
    pub fn of_paragraph(&self, at: usize) -> Option<usize> {
        self.heads.get(at).copied().flatten().map(|(name, _)| name)
    }

    /// What is said in paragraph `at`, without the name.
    pub fn said<'a>(&self, document: &'a Document, at: usize) -> &'a str {
        let start = self.heads[at].map_or(0, |(_, start)| start);
        &document.paragraphs[at][start..]
    }

    /// Whether `name` says by itself that it asks.
    pub fn asks(&self, name: usize) -> bool {
        let name = self.names[name].to_lowercase();
        name::ASKERS.contains(&name.as_str()) || name::PAIRS.iter().any(|(asks, _)| *asks == name)
    }

    /// Takes the names off the questions, the `members`, where they stand there only; and off the answers, where nearly all
    /// of these begin with one. The turns get their speakers, and are parted where another speaks.
    pub fn take(&self, document: &mut Document, members: &[bool], turns: &mut Vec<Turn>) {
        let on = |name: usize, member: bool| {
            let heads = self.heads.iter().zip(members);
            heads
                .filter(|(head, m)| **m == member && head.is_some_and(|(n, _)| n == name))
                .count()
        };
        let side: Vec<Option<bool>> = (0..self.len())
            .map(|name| match (on(name, true), on(name, false)) {
                (asked, 0) if asked > 0 => Some(true),
                (0, _) => Some(false),
                _ => None,
            })
            .collect();
        let named = |at: usize, member: bool| {
            self.of_paragraph(at)
                .is_some_and(|name| side[name] == Some(member))
        };
        let answers = turns.iter().filter(|turn| turn.role == Role::Answer);
        let begin = answers
            .clone()
            .filter(|turn| named(turn.paragraphs.start(), false));
        let answers_named = begin.count() * 4 >= answers.count() * 3;
        let taken = |at: usize, role: Role| match role {
            Role::Question => named(at, true),
            Role::Answer => answers_named && named(at, false),
            _ => false,
        };
        let mut parted: Vec<Turn> = Vec::new();
        for turn in std::mem::take(turns) {
            for at in turn.paragraphs.clone() {
                // Who is named answers, however short, and doesn't close.
                let role = match turn.role {
                    Role::Closing if taken(at, Role::Answer) => Role::Answer,
                    role => role,
                };
                let new = at == turn.paragraphs.start();
                let name = self.heads[at].filter(|_| taken(at, role));
                let speaker = name.and_then(|(name, _)| document.voice(&self.names[name]));
                match parted.last_mut().filter(|last| !new && last.role == role) {
                    Some(last) if speaker.is_none() || last.speaker == speaker => {
                        last.paragraphs.end_at(at + 1);
                    }
                    _ => parted.push(Turn {
                        speaker,
                        ..Turn::new(role, at..at + 1)
                    }),
                }
                if let Some((_, start)) = name {
                    match &mut document.paragraphs[at] {
                        Cow::Borrowed(text) => *text = &text[start..],
                        Cow::Owned(text) => drop(text.drain(..start)),
                    }
                }
            }
        }
        *turns = parted;
    }
}
