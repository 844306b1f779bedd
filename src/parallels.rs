//! Which exchanges stand opposite.
//!
//! [`Terms`] says what each exchange is about, [`Similarity`] what two have in common, and [`Alignment`] puts together what
//! an editor has curated, what the reader has confirmed or rejected, and what can be suggested beyond that, by the text or
//! by another [`judge`].

pub mod alignment;
pub mod between;
mod curve;
mod index;
pub mod judge;
mod lexicon;
mod likelihood;
pub mod links;
pub mod report;
pub mod rows;
pub mod similarity;
pub mod terms;
pub mod themes;
mod vectors;

pub use alignment::Alignment;
pub use between::Between;
pub use curve::Curve;
pub use lexicon::bridge_stems;
pub use likelihood::Likelihood;
pub use links::{Curated, Judgement, judgements, judgements_of};
pub use similarity::{Reason, Similarity};
pub use terms::Terms;
pub use vectors::Views;

use std::sync::Arc;

use crate::lang::{Lang, Tell};

/// Where a parallel comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// An editor's, shipped with the program.
    Curated,
    /// Computed, or a judge's.
    Suggested,
    /// The reader's own.
    Confirmed,
    /// Not a parallel, says the reader.
    Rejected,
}

impl Tell for Origin {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Origin::Suggested => lang.tr("suggested", "vermutet"),
            Origin::Confirmed => lang.tr("confirmed", "bestätigt"),
            Origin::Curated => lang.tr("curated", "redaktionell"),
            Origin::Rejected => lang.tr("rejected", "verworfen"),
        }
        .to_owned()
    }
}

/// A link between an exchange of the left interview and one of the right.
#[derive(Clone, Debug, PartialEq)]
pub struct Parallel {
    /// The left exchange, counted from 0.
    pub left: usize,
    /// The right exchange, counted from 0.
    pub right: usize,
    /// How likely they belong together, in 0..1, as the judge has it, or else by their text alone.
    pub score: f32,
    /// Where it comes from.
    pub origin: Origin,
    /// The judge that has given the score, where one has.
    pub by: Option<Arc<str>>,
    /// What it is about, in a few words, where someone has said so.
    pub theme: Option<String>,
    /// The words that it rests on, the most telling first.
    pub terms: Vec<String>,
}

impl Parallel {
    /// Where it comes from, in words; of what a judge suggests, its name too.
    #[must_use]
    pub fn whence(&self, lang: Lang) -> String {
        let origin = self.origin.tell(lang);
        match (&self.by, self.origin) {
            (Some(by), Origin::Suggested) => format!("{origin} {} {by}", lang.tr("by", "von")),
            _ => origin,
        }
    }
}

/// One of the two interviews.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Side {
    /// The left one.
    #[default]
    Left,
    /// The right one.
    Right,
}

impl Side {
    /// Both, from left to right.
    pub const BOTH: [Side; 2] = [Side::Left, Side::Right];

    /// 0 or 1, to index what there are two of.
    #[must_use]
    pub fn index(self) -> usize {
        match self {
            Side::Left => 0,
            Side::Right => 1,
        }
    }

    /// The opposite side.
    #[must_use]
    pub fn other(self) -> Side {
        match self {
            Side::Left => Side::Right,
            Side::Right => Side::Left,
        }
    }

    /// The exchange that `parallel` has on this side, counted from 0.
    #[must_use]
    pub fn of(self, parallel: &Parallel) -> usize {
        match self {
            Side::Left => parallel.left,
            Side::Right => parallel.right,
        }
    }
}

/// Interviews for the tests here, from pairs of a question and its answer.
#[cfg(test)]
pub(crate) mod made_up {
    use crate::interview::{Interview, Role, Turn};
    use crate::text::Language;

    /// An interview in German of these exchanges; an empty answer is left out.
    pub fn interview(exchanges: &[(&str, &str)]) -> Interview {
        let mut paragraphs = Vec::new();
        let mut turns = Vec::new();
        for (question, answer) in exchanges {
            for (role, text) in [(Role::Question, question), (Role::Answer, answer)] {
                if text.is_empty() {
                    continue;
                }
                let start = paragraphs.len();
                paragraphs.push(*text);
                turns.push(Turn::new(role, start..start + 1));
            }
        }
        let mut interview = Interview::new(&paragraphs, turns);
        interview.language = Some(Language::German);
        interview
    }

    /// The two interviews that come with the program, structured by hand.
    pub fn shipped() -> [Interview; 2] {
        let pallenberg = include_str!("../seeds/pallenberg.txt");
        let microsoft = include_str!("../seeds/microsoft.txt");
        [
            by_hand(pallenberg, &[3, 6, 10, 14, 17, 19, 22], Some(24)),
            by_hand(microsoft, &[1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21], None),
        ]
    }

    /// An interview whose paragraphs `questions` ask, and whose paragraph `closing` closes it.
    fn by_hand(text: &str, questions: &[usize], closing: Option<usize>) -> Interview {
        let paragraphs: Vec<&str> = text.trim().split("\n\n").collect();
        let role = |paragraph: usize| match () {
            () if questions.contains(&paragraph) => Role::Question,
            () if Some(paragraph) == closing => Role::Closing,
            () if questions.first().is_some_and(|&first| paragraph < first) => Role::Introduction,
            () => Role::Answer,
        };
        let turns = (0..paragraphs.len())
            .map(|paragraph| Turn::new(role(paragraph), paragraph..paragraph + 1))
            .collect();
        let mut interview = Interview::new(&paragraphs, turns);
        interview.language = Some(Language::German);
        interview
    }
}
