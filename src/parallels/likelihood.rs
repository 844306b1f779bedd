//! A score in words: a reader need not know what .47 is worth.

use super::alignment::{SUGGESTED, SURE};
use crate::lang::{Lang, Tell};

/// The score from which a pair is worth a look.
const POSSIBLE: f32 = 0.25;

/// The score below which hardly anything speaks for a pair.
const NOTHING: f32 = 0.05;

/// How likely two exchanges belong together, by their text alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likelihood {
    /// They have hardly anything in common.
    None,
    /// Below what is worth a look.
    Unlikely,
    /// Below what is suggested.
    Possible,
    /// Suggested: rather right than wrong.
    Likely,
    /// Four in five of these are right, or more.
    Sure,
}

impl Likelihood {
    /// Each of them, the least first.
    pub const ALL: [Likelihood; 5] = [
        Likelihood::None,
        Likelihood::Unlikely,
        Likelihood::Possible,
        Likelihood::Likely,
        Likelihood::Sure,
    ];

    /// What a score in 0..1 says.
    #[must_use]
    pub fn of(score: f32) -> Likelihood {
        match score {
            score if score >= SURE => Likelihood::Sure,
            score if score >= SUGGESTED => Likelihood::Likely,
            score if score >= POSSIBLE => Likelihood::Possible,
            score if score >= NOTHING => Likelihood::Unlikely,
            _ => Likelihood::None,
        }
    }
}

impl Tell for Likelihood {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Likelihood::None | Likelihood::Unlikely => lang.tr("unlikely", "unwahrscheinlich"),
            Likelihood::Possible => lang.tr("possible", "möglich"),
            Likelihood::Likely => lang.tr("likely", "wahrscheinlich"),
            Likelihood::Sure => lang.tr("nearly sure", "so gut wie sicher"),
        }
        .to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_is_likelier_and_what_is_suggested_is_called_likely() {
        let scores = [0.0, 0.1, 0.3, SUGGESTED, SURE, 1.0].map(Likelihood::of);
        assert!(scores.is_sorted());
        assert_eq!(
            scores[3..],
            [Likelihood::Likely, Likelihood::Sure, Likelihood::Sure]
        );
        assert_eq!(Likelihood::of(f32::NAN), Likelihood::None);
    }
}
