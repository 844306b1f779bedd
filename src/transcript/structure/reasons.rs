//! Why a paragraph was taken for what it is, in words.
//!
//! The chosen state is held against the next best one of another role. What the weights of the paragraph's features differ
//! by are its own reasons; what the probabilities of the two differ by beyond that, its surroundings are a reason for.

use super::features::{GERMAN_NAMES, NAMES};
use super::model::{Model, State};
use super::posterior::posterior;
use super::{look, weigh};
use crate::interview::{Interview, Role};
use crate::lang::{Lang, Tell};

/// As many reasons as one takes in at a glance.
const MOST: usize = 4;

/// A reason counts from here on, as a natural logarithm of odds.
const LEAST: f32 = 0.15;

/// Why a paragraph was taken for what it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// What it was found to be.
    pub role: Role,
    /// What it would be else.
    pub instead: Role,
    /// How probable the role is, from 0 to 1, by the text and its typography.
    pub sure: f32,
    /// What speaks for it, the weightiest first.
    pub reasons: Vec<Reason>,
}

/// What speaks for the role of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A feature of the paragraph, as an index into [`NAMES`].
    Feature(usize),
    /// The roles of the paragraphs around it.
    Surroundings,
    /// It is set apart, as questions are here; or isn't, as answers aren't.
    Typography,
}

impl Tell for Reason {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Reason::Feature(at) => lang.tr(NAMES, GERMAN_NAMES).get(*at).copied().unwrap_or(""),
            Reason::Surroundings => lang.tr("what stands around it", "was davor und danach steht"),
            Reason::Typography => lang.tr("how it is set", "wie er gesetzt ist"),
        }
        .to_owned()
    }
}

impl Tell for Why {
    fn tell(&self, lang: Lang) -> String {
        // Nothing here is ever wholly sure.
        let percent = (self.sure * 100.0).floor().min(99.0);
        let reasons: Vec<String> = self
            .reasons
            .iter()
            .map(|reason| reason.tell(lang))
            .collect();
        let because = match reasons.is_empty() {
            true => String::new(),
            false => format!(": {}", reasons.join(", ")),
        };
        let (role, instead) = (self.role.tell(lang), self.instead.tell(lang));
        match lang {
            Lang::English => format!("{role}, {percent} % sure, else {instead}{because}"),
            Lang::German => format!("{role}, zu {percent} % sicher, sonst {instead}{because}"),
        }
    }
}

/// Why `paragraph` of an interview has the role that it was found to have; `None` where the source says who speaks, and
/// where it belongs to no turn.
#[must_use]
pub fn why(interview: &Interview, paragraph: usize) -> Option<Why> {
    let turn = interview.turns.get(interview.turn_of(paragraph)?)?;
    let finding = interview.findings.get(paragraph)?;
    let lean = finding.lean?;
    let said: Vec<usize> = (0..interview.paragraphs.len())
        .filter(|at| {
            interview
                .findings
                .get(*at)
                .is_some_and(|f| f.lean.is_some())
        })
        .collect();
    let texts: Vec<&str> = said.iter().map(|at| interview.paragraph(*at)).collect();
    let (mut spoken, mut leans, mut worded) = (Vec::new(), Vec::new(), Vec::new());
    let mut place = None;
    for ((at, look), text) in said.into_iter().zip(look(&texts)).zip(texts) {
        let Some(look) = look else { continue };
        if at == paragraph {
            place = Some(spoken.len());
        }
        spoken.push(look);
        worded.push(text);
        leans.push(interview.findings[at].lean.unwrap_or_default());
    }
    let model = Model::shipped();
    let weighed = weigh(model, &worded, &spoken, &leans);
    let likely = *posterior(model, &weighed, *spoken.first()?).get(place?)?;
    let best = |of_role: bool| {
        let states = State::ALL.into_iter();
        let states = states.filter(|state| (state.role() == turn.role) == of_role);
        states.max_by(|a, b| likely[*a as usize].total_cmp(&likely[*b as usize]))
    };
    let (state, other) = (best(true)?, best(false)?);
    let asks = |state: State| f32::from(u8::from(state.role() == Role::Question));

    let own = *spoken.get(place?)?;
    let features = own.iter().skip(1).map(|at| {
        let weights = model.weigh_one(at, own);
        let difference = weights[state as usize] - weights[other as usize];
        (Reason::Feature(at), difference)
    });
    let mut weighed: Vec<(Reason, f32)> = features.collect();
    weighed.push((Reason::Typography, lean * (asks(state) - asks(other))));
    let own: f32 = weighed.iter().map(|(_, weight)| weight).sum();
    let odds = (likely[state as usize] / likely[other as usize].max(f32::MIN_POSITIVE)).ln();
    weighed.push((Reason::Surroundings, odds - own));
    weighed.retain(|(_, weight)| *weight >= LEAST);
    weighed.sort_by(|a, b| b.1.total_cmp(&a.1));
    Some(Why {
        role: turn.role,
        instead: other.role(),
        sure: 1.0 - finding.doubt,
        reasons: weighed
            .into_iter()
            .take(MOST)
            .map(|(reason, _)| reason)
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::read;

    fn interview() -> Interview {
        let text = "Woher kommt das Holz, mit dem Sie bauen?\n\nAus dem eigenen Wald. Ich schlage es selbst, jeden Winter \
                    ein paar Stämme.\n\nErzählen Sie uns vom Wald!\n\nEr ist alt, älter als das Haus, und ich kenne jeden Baum.";
        read(text.as_bytes(), None).unwrap()
    }

    #[test]
    fn a_question_says_what_makes_it_one() {
        let why = why(&interview(), 0).unwrap();
        assert_eq!((why.role, why.reasons.is_empty()), (Role::Question, false));
        let told = why.tell(Lang::English);
        assert!(told.contains("% sure, else "), "{told}");
        assert!(why.tell(Lang::German).contains("zu "), "{why:?}");
    }

    #[test]
    fn where_the_source_says_who_speaks_there_is_no_reason_to_give() {
        let labelled = read(b"I: Wo?\n\nB: Hier.\n\nI: Wann?\n\nB: Jetzt.", None).unwrap();
        assert!(labelled.findings.is_empty());
        assert_eq!(why(&labelled, 0), None);
        assert_eq!(why(&interview(), 99), None);
    }

    #[test]
    fn what_is_set_apart_says_so() {
        let text = "**Wie alt ist der Wald?**\n\nÄlter als das Haus.\n\n**Und die Tiere sind fort.**\n\nDie sind fort.\n\n**Alle?**\n\nFast alle.";
        let interview = read(text.as_bytes(), Some(std::path::Path::new("a.md"))).unwrap();
        let why = why(&interview, 2).unwrap();
        assert_eq!(why.role, Role::Question);
        assert!(why.reasons.contains(&Reason::Typography), "{why:?}");
    }
}
