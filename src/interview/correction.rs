//! What the reader corrects in the structure that was found: the role of a paragraph, and where a turn begins.
//!
//! Corrections name passages of the text, and are applied as plain data to what was found; the text stays as it is, and
//! so does every place in it.

use std::ops::Range;

use super::{Interview, Role, Turn, Voice};
use crate::text::Span;

/// A correction of one passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Correction {
    /// Its paragraphs do this.
    Role(Role),
    /// A turn begins with its first paragraph.
    Split,
    /// Its first paragraph goes on with the turn before it, whatever that does.
    Join,
}

/// What a paragraph is part of.
#[derive(Clone)]
struct Part {
    /// Its turn, as it was found.
    found: usize,
    role: Role,
    speaker: Option<Voice>,
    /// A turn begins with it.
    begins: bool,
}

impl Interview {
    /// The interview with its structure corrected: each correction with its passage, in bytes of the text, in the order in
    /// which they were made. Of several for one paragraph the last one holds.
    #[must_use]
    pub fn corrected(&self, corrections: &[(Range<usize>, Correction)]) -> Interview {
        let mut parts = self.parts();
        let mut corrected = self.clone();
        for (passage, correction) in corrections {
            let first = self.paragraph_at(passage.start);
            let end = self.paragraph_at(passage.end.saturating_sub(1)).max(first) + 1;
            if end > parts.len() {
                continue;
            }
            // What the reader says is certain.
            for finding in corrected.findings.iter_mut().take(end).skip(first) {
                finding.doubt = 0.0;
            }
            match correction {
                Correction::Role(role) => set_role(&mut parts, first..end, *role),
                Correction::Split => parts[first].begins = true,
                Correction::Join if first > 0 => {
                    let before = parts[first - 1].clone();
                    parts[first].speaker = before.speaker;
                    set_role(&mut parts, first..first + 1, before.role);
                }
                Correction::Join => {}
            }
        }
        corrected.set_turns(self.turns_of(&parts));
        corrected
    }

    fn parts(&self) -> Vec<Part> {
        let parts = self.turns.iter().enumerate().flat_map(|(found, turn)| {
            turn.paragraphs.range().map(move |paragraph| Part {
                found,
                role: turn.role,
                speaker: turn.speaker,
                begins: paragraph == turn.paragraphs.start(),
            })
        });
        parts.collect()
    }

    fn turns_of(&self, parts: &[Part]) -> Vec<Turn> {
        let mut turns: Vec<Turn> = Vec::new();
        for (paragraph, part) in parts.iter().enumerate() {
            match turns.last_mut() {
                Some(last)
                    if !part.begins && last.role == part.role && last.speaker == part.speaker =>
                {
                    last.paragraphs.end_at(paragraph + 1);
                }
                _ => turns.push(Turn {
                    role: part.role,
                    speaker: part.speaker,
                    paragraphs: Span::from(paragraph..paragraph + 1),
                    ..self.turns[part.found].clone()
                }),
            }
        }
        turns
    }
}

/// Gives paragraphs a role. They become part of a neighbouring turn that has it, and are one turn else; what follows them
/// begins a turn where it does something else.
fn set_role(parts: &mut [Part], paragraphs: Range<usize>, role: Role) {
    let has = |at: Option<usize>| {
        let part = at.and_then(|at| parts.get(at));
        part.filter(|part| part.role == role).cloned()
    };
    let before = has(paragraphs.start.checked_sub(1));
    let after = has(Some(paragraphs.end));
    let speaker = before.as_ref().or(after.as_ref());
    let speaker = speaker.and_then(|part| part.speaker);
    for at in paragraphs.clone() {
        if parts[at].role != role {
            parts[at].speaker = speaker;
        }
        parts[at].role = role;
        parts[at].begins = at == paragraphs.start && before.is_none();
    }
    if let Some(next) = parts.get_mut(paragraphs.end) {
        next.begins = next.role != role;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Paragraphs that are named by their roles as found: `IQAAQA`.
    fn found(roles: &str) -> Interview {
        let role = |letter| match letter {
            'I' => Role::Introduction,
            'Q' => Role::Question,
            'A' => Role::Answer,
            'R' => Role::Remark,
            _ => Role::Closing,
        };
        let mut turns: Vec<Turn> = Vec::new();
        for (at, letter) in roles.chars().enumerate() {
            match turns.last_mut().filter(|turn| turn.role == role(letter)) {
                Some(turn) => turn.paragraphs.end_at(at + 1),
                None => turns.push(Turn::new(role(letter), at..at + 1)),
            }
        }
        let texts: Vec<String> = (0..roles.len()).map(|at| format!("Absatz {at}.")).collect();
        Interview::new(&texts, turns)
    }

    /// The turns, each as its letter and how many paragraphs it has.
    fn shape(interview: &Interview) -> String {
        let turns = interview.turns.iter().map(|turn| {
            let name = format!("{:?}", turn.role);
            let letter = if turn.role == Role::Introduction {
                "I"
            } else {
                &name[..1]
            };
            format!("{letter}{}", turn.paragraphs.len())
        });
        turns.collect::<Vec<_>>().join(" ")
    }

    fn corrected(roles: &str, corrections: &[(Range<usize>, Correction)]) -> String {
        let interview = found(roles);
        let passage = |p: &Range<usize>| interview.span(p.clone());
        let bytes: Vec<_> = corrections.iter().map(|(p, c)| (passage(p), *c)).collect();
        shape(&interview.corrected(&bytes))
    }

    const ANSWER: Correction = Correction::Role(Role::Answer);
    const QUESTION: Correction = Correction::Role(Role::Question);

    #[test]
    fn a_paragraph_given_a_role_joins_the_turns_that_have_it() {
        assert_eq!(corrected("QAQA", &[(2..3, ANSWER)]), "Q1 A3");
        assert_eq!(corrected("QAAA", &[(2..3, QUESTION)]), "Q1 A1 Q1 A1");
        assert_eq!(corrected("QAAA", &[(1..2, QUESTION)]), "Q2 A2");
        assert_eq!(corrected("IQA", &[(0..1, QUESTION)]), "Q2 A1");
        assert_eq!(corrected("QAA", &[(1..3, QUESTION)]), "Q3");
    }

    #[test]
    fn turns_are_split_and_joined() {
        assert_eq!(corrected("QQA", &[(1..2, Correction::Split)]), "Q1 Q1 A1");
        assert_eq!(corrected("QAQA", &[(2..3, Correction::Join)]), "Q1 A3");
        assert_eq!(
            corrected("QAQA", &[(0..1, Correction::Join)]),
            "Q1 A1 Q1 A1"
        );
        assert_eq!(
            corrected(
                "QQA",
                &[(1..2, Correction::Split), (1..2, Correction::Join)]
            ),
            "Q2 A1"
        );
    }

    #[test]
    fn the_last_correction_holds_and_the_text_stays() {
        let interview = found("QAQA");
        let third = interview.span(2..3);
        let both = [(third.clone(), ANSWER), (third, QUESTION)];
        let corrected = interview.corrected(&both);
        assert_eq!(shape(&corrected), "Q1 A1 Q1 A1");
        assert_eq!(corrected.exchanges.len(), 2);
        assert_eq!(corrected.text, interview.text);
        assert_eq!(shape(&interview.corrected(&[])), shape(&interview));
    }

    #[test]
    fn what_is_corrected_is_certain() {
        let mut interview = found("QAQA");
        let doubtful = crate::interview::Finding {
            doubt: 0.4,
            lean: Some(0.0),
        };
        interview.findings = vec![doubtful; 4];
        let corrected = interview.corrected(&[(interview.span(1..3), ANSWER)]);
        let doubts: Vec<_> = (0..4).map(|at| corrected.doubt(at..at + 1)).collect();
        assert_eq!(doubts, [Some(0.4), None, None, Some(0.4)]);
        assert_eq!(corrected.doubt(0..4), Some(0.4));
        assert_eq!(found("QAQA").doubt(0..4), None);
    }

    #[test]
    fn a_correction_beyond_the_text_changes_nothing() {
        let interview = found("QA");
        let beyond = interview.text.len() + 10;
        let corrected = interview.corrected(&[(beyond..beyond + 3, Correction::Split)]);
        assert_eq!(corrected.paragraphs.len(), 2);
        assert!(
            Interview::default()
                .corrected(&[(0..3, ANSWER)])
                .turns
                .is_empty()
        );
    }

    #[test]
    fn who_speaks_is_whoever_has_the_role_beside() {
        let mut interview = found("QAQA");
        interview.speakers = vec!["Ida".into(), "Ott".into()];
        for (turn, voice) in interview.turns.iter_mut().zip([0, 1, 0, 1]) {
            turn.speaker = Voice::of(voice);
        }
        let corrected = interview.corrected(&[(interview.span(2..3), ANSWER)]);
        assert_eq!(shape(&corrected), "Q1 A3");
        assert_eq!(corrected.speaker(&corrected.turns[1]), Some("Ott"));
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_corrected_every_paragraph_is_in_one_turn(
            roles in "[IQARC]{1,12}",
            changes in proptest::collection::vec((0usize..14, 1usize..4, 0usize..4), 0..8),
        ) {
            let interview = found(&roles);
            let kinds = [ANSWER, QUESTION, Correction::Split, Correction::Join];
            let changes: Vec<_> = changes
                .into_iter()
                .map(|(at, len, kind)| (interview.span(at..at + len), kinds[kind]))
                .collect();
            let corrected = interview.corrected(&changes);
            let mut at = 0;
            for turn in &corrected.turns {
                proptest::prop_assert_eq!(turn.paragraphs.start(), at);
                proptest::prop_assert!(!turn.paragraphs.is_empty());
                at = turn.paragraphs.end();
            }
            proptest::prop_assert_eq!(at, interview.paragraphs.len());
        }
    }
}
