//! Speakers that a text names itself: `Name: …` at the beginning of what they say.

pub mod name;

use std::collections::HashMap;

use name::{ANSWERERS, ASKERS, PAIRS, is_known, split};

use super::paragraphs::{Wrap, lines};
use super::structure;
use crate::interview::{Role, Turn};

/// More speakers than this no interview has.
const MOST: usize = 16;

/// How a line begins that says who asked, below the last answer; in lower case.
const CREDITS: &[&str] = &[
    "das gespräch führte",
    "das interview führte",
    "die fragen stellte",
    "interview:",
    "interview by",
    "interview von",
    "interviewed by",
    "the interview was conducted",
    "this interview was conducted",
];

/// The labels of a file.
#[derive(Debug, Default)]
pub struct Labels {
    /// In the order of their first appearance.
    names: Vec<String>,
}

impl Labels {
    /// The labels that mark the speakers in `text`; none where colons only happen to stand there.
    ///
    /// There must be two at least; each recurs, or is a word that labels (`Frage`, `Q`); they take turns; and they
    /// stand before one paragraph in ten at the least. Where they stand before nearly all, a voice may be heard once.
    #[must_use]
    pub fn of(text: &str, wrap: Wrap) -> Labels {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let mut order: Vec<&str> = Vec::new();
        let mut paragraphs = 0usize;
        let mut last = "";
        for line in lines(text) {
            let label = split(line).filter(|_| !wrap.carries_on(last, line));
            if let Some((label, _)) = label {
                *counts.entry(label).or_default() += 1;
                order.push(label);
            }
            paragraphs += usize::from(label.is_some() || wrap.begins(last, line));
            last = line;
        }
        if order.len() * 10 < paragraphs * 9 {
            order.retain(|label| counts[label] > 1 || is_known(label));
        }
        let mut names: Vec<&str> = Vec::new();
        for label in &order {
            // A file has few speakers; what has many is a list of terms.
            if names.len() <= MOST && !names.contains(label) {
                names.push(label);
            }
        }
        let changes = order.windows(2).filter(|pair| pair[0] != pair[1]).count();
        let takes_turns = changes * 2 >= order.len().saturating_sub(1);
        let recurs = names.iter().any(|name| counts[name] > 1 || is_known(name));
        if !(2..=MOST).contains(&names.len())
            || !takes_turns
            || !recurs
            || order.len() * 10 < paragraphs
        {
            return Labels::default();
        }
        Labels {
            names: names.into_iter().map(str::to_owned).collect(),
        }
    }

    /// The speaker that `line` names, by index, and what is said.
    fn read<'a>(&self, line: &'a str) -> Option<(usize, &'a str)> {
        let (label, rest) = split(line)?;
        Some((self.names.iter().position(|name| name == label)?, rest))
    }

    /// Whether `line` begins with one of them.
    #[must_use]
    pub fn begins(&self, line: &str) -> bool {
        self.read(line).is_some()
    }

    /// The paragraphs without their labels, and the turns of the speakers.
    ///
    /// What stands before the first label is introduction. A last turn of one who asks that asks nothing is closing, and so
    /// is a last line that says who asked.
    /// `None` where nobody is named after all: there are no labels, or the questions stand beside them (*Und sonst?* –
    /// *Mein Rat: Geduld.*).
    #[must_use]
    pub fn turns<'a>(&self, paragraphs: &'a [impl AsRef<str>]) -> Option<Labelled<'a>> {
        if self.names.is_empty() || self.stand_beside_questions(paragraphs) {
            return None;
        }
        let mut said: Vec<&str> = Vec::new();
        let mut spoken: Vec<(Option<usize>, usize)> = Vec::new();
        let mut pending: Option<usize> = None;
        for (at, paragraph) in paragraphs.iter().enumerate() {
            let paragraph = paragraph.as_ref();
            let (speaker, text) = match self.read(paragraph) {
                Some((speaker, text)) => (Some(speaker), text),
                None if at + 1 == paragraphs.len() && is_credit(paragraph) => (None, paragraph),
                None => (pending, paragraph),
            };
            pending = speaker;
            if text.is_empty() {
                continue;
            }
            match spoken.last_mut() {
                Some(last) if last.0 == speaker => last.1 += 1,
                _ => spoken.push((speaker, 1)),
            }
            said.push(text);
        }
        let asks = self.asks(&said, &spoken);
        let mut at = 0;
        let mut turns: Vec<Turn> = spoken
            .into_iter()
            .map(|(speaker, count)| {
                let paragraphs = at..at + count;
                at += count;
                let role = match speaker {
                    None if paragraphs.start == 0 => Role::Introduction,
                    None => Role::Closing,
                    Some(speaker) if asks[speaker] => Role::Question,
                    Some(_) => Role::Answer,
                };
                let speaker = speaker.map(|s| self.names[s].clone());
                Turn {
                    role,
                    speaker,
                    paragraphs,
                }
            })
            .collect();
        let farewell = |turn: &Turn| {
            turn.role == Role::Question
                && !said[turn.paragraphs.clone()]
                    .iter()
                    .any(|p| p.contains('?'))
        };
        if turns.len() > 1
            && let Some(last) = turns.last_mut().filter(|turn| farewell(turn))
        {
            last.role = Role::Closing;
        }
        Some(Labelled {
            interviewee: self.interviewee(&asks),
            paragraphs: said,
            turns,
        })
    }

    /// Whether it is the paragraphs without a label that ask.
    fn stand_beside_questions(&self, paragraphs: &[impl AsRef<str>]) -> bool {
        let asking = |labelled: bool| {
            let asking = paragraphs.iter().map(AsRef::as_ref);
            asking
                .filter(|paragraph| paragraph.ends_with('?') && self.begins(paragraph) == labelled)
                .count()
        };
        !self.names.iter().any(|name| is_known(name)) && asking(false) > 2 * asking(true) + 1
    }

    /// Who asks, by index: those whose label says so; else the one whose paragraphs most look like questions, and
    /// whoever comes near.
    fn asks(&self, said: &[&str], spoken: &[(Option<usize>, usize)]) -> Vec<bool> {
        let lower: Vec<String> = self.names.iter().map(|n| n.to_lowercase()).collect();
        let pair = PAIRS.iter().find(|(asks, answers)| {
            lower.iter().any(|n| n == asks) && lower.iter().any(|n| n == answers)
        });
        let by_name: Vec<bool> = lower
            .iter()
            .map(|name| {
                ASKERS.contains(&name.as_str()) || pair.is_some_and(|(asks, _)| name == asks)
            })
            .collect();
        if by_name.contains(&true) && by_name.contains(&false) {
            return by_name;
        }
        let mut sums = vec![(0.0f32, 0.0f32); self.names.len()];
        let mut asking = structure::asking(said).into_iter();
        for (speaker, count) in spoken {
            for weight in asking.by_ref().take(*count) {
                if let Some(speaker) = speaker {
                    sums[*speaker].0 += weight;
                    sums[*speaker].1 += 1.0;
                }
            }
        }
        // Where all ask alike, the first to speak does: somebody answers.
        let means: Vec<f32> = sums.iter().map(|(sum, n)| sum / n.max(1.0)).collect();
        let most = means.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let least = means.iter().copied().fold(f32::INFINITY, f32::min);
        means
            .iter()
            .enumerate()
            .map(|(speaker, mean)| {
                if most > least {
                    *mean - least > (most - least) * 0.75
                } else {
                    speaker == 0
                }
            })
            .collect()
    }

    /// The name of the one who answers, where there is one and the label is a name.
    fn interviewee(&self, asks: &[bool]) -> Option<String> {
        let mut answers = self.names.iter().zip(asks).filter(|(_, asks)| !**asks);
        let (name, _) = answers.next()?;
        let generic = ANSWERERS.contains(&name.to_lowercase().as_str()) || name.chars().count() < 3;
        (answers.next().is_none() && !generic).then(|| name.clone())
    }
}

/// Whether `line` says who asked.
fn is_credit(line: &str) -> bool {
    let line = line.to_lowercase();
    CREDITS.iter().any(|credit| line.starts_with(credit))
}

/// What a labelled text says, and who says it.
#[derive(Debug)]
pub struct Labelled<'a> {
    /// The paragraphs without labels, none of them empty.
    pub paragraphs: Vec<&'a str>,
    /// The turns.
    pub turns: Vec<Turn>,
    /// Who is asked, where the labels give a name.
    pub interviewee: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str) -> Labels {
        Labels::of(text, Wrap::of(text))
    }

    fn turns(paragraphs: &[&str]) -> Vec<(Role, String, usize)> {
        let found = labels(&paragraphs.join("\n\n")).turns(paragraphs);
        let turns = found.map(|found| found.turns).unwrap_or_default();
        turns
            .into_iter()
            .map(|t| (t.role, t.speaker.unwrap_or_default(), t.paragraphs.len()))
            .collect()
    }

    #[test]
    fn who_asks_is_seen_from_the_whole() {
        let found = turns(&[
            "Ein Gespräch im Mai.",
            "Kroll: Woher kommt das Holz?",
            "Ott: Aus dem eigenen Wald, den mein Vater noch gepflanzt hat.",
            "Wir schlagen selbst.",
            "Kroll: Und das reicht Ihnen?",
            "Ott: Fragen Sie mich im Winter noch einmal. Ich weiß es nicht.",
            "Kroll: Danke für den Kaffee.",
        ]);
        let expected = [
            (Role::Introduction, "", 1),
            (Role::Question, "Kroll", 1),
            (Role::Answer, "Ott", 2),
            (Role::Question, "Kroll", 1),
            (Role::Answer, "Ott", 1),
            (Role::Closing, "Kroll", 1),
        ];
        assert_eq!(found, expected.map(|(r, s, n)| (r, s.to_owned(), n)));
    }

    #[test]
    fn words_that_label_need_not_recur() {
        let found = turns(&["Frage: Sie malen.", "Antwort: Ist das so?"]);
        assert_eq!(found[0].0, Role::Question);
        assert_eq!(found[1].0, Role::Answer);
    }

    #[test]
    fn two_may_answer_and_a_label_may_stand_alone() {
        let found = turns(&[
            "I:",
            "Wie war der Umzug?",
            "S1: Lang.",
            "S2: Ich fand ihn schön.",
            "I: Warum?",
            "S1: Ich weiß nicht.",
            "S2: Weil.",
        ]);
        let roles: Vec<Role> = found.iter().map(|t| t.0).collect();
        use Role::{Answer as A, Question as Q};
        assert_eq!(roles, [Q, A, A, Q, A, A]);
        assert_eq!(found[0].2, 1);
    }

    #[test]
    fn ordinary_colons_are_no_labels() {
        assert!(
            turns(&[
                "Fazit: gut.",
                "Was nun?",
                "Weiter so.",
                "Fazit: besser.",
                "Und?",
                "Ende."
            ])
            .is_empty()
        );
        // Two words that come up again and again, but beside the questions.
        let rats = [
            "Mein Rat: Geduld.",
            "Fazit: Man lernt nie aus.",
            "Mein Rat: Mut.",
            "Fazit: Es geht.",
        ];
        let asked: Vec<&str> = rats
            .iter()
            .flat_map(|rat| ["Was raten Sie?", rat])
            .collect();
        assert!(turns(&asked).is_empty());
    }

    #[test]
    fn labels_are_found_in_wrapped_lines_and_only_where_a_paragraph_begins() {
        let answer = "Man gewöhnt sich daran, sagt man, und\nso ist es auch gewesen, wenn ich alles\nbedenke und mir nichts vormache und am\nEnde: das ist es eben, was ich mit dem\nFazit: Geduld, meine, auch wenn es im\nWinter schwerer fällt als im Sommer.";
        let text =
            format!("LENZ: Wie hält man das aus?\n\nKROLL: {answer}\n\n{answer}\n\n").repeat(3);
        assert_eq!(labels(&text).names, ["LENZ", "KROLL"]);
    }

    #[test]
    fn a_voice_may_be_heard_once_where_all_are_named() {
        let text = "Ida: Wie?\nOtto: Kalt.\nIda: Und?\nUwe: Lauter!\nOtto: Kalt, sage ich.";
        assert_eq!(labels(text).names, ["Ida", "Otto", "Uwe"]);
        let letter =
            "Ida: Wie?\n\nOtto: Kalt.\n\nUnd nass.\n\nEins: nein.\n\nIda: Und?\n\nOtto: So.";
        assert_eq!(labels(letter).names, ["Ida", "Otto"]);
    }

    #[test]
    fn who_asked_is_said_at_the_end() {
        let found = turns(&[
            "I: Wo?",
            "B: Hier.",
            "I: Wann?",
            "B: Jetzt.",
            "Die Fragen stellte Ida.",
        ]);
        assert_eq!(found.last(), Some(&(Role::Closing, String::new(), 1)));
        assert_eq!(found[3], (Role::Answer, "B".to_owned(), 1));
    }

    #[test]
    fn labels_are_found_whatever_ends_a_line() {
        for end in ["\n", "\r\n", "\r", "\u{2028}"] {
            let text = [
                "Frage 1: Wo?",
                "Antwort 1: Hier.",
                "Frage 2: Wann?",
                "Antwort 2: Jetzt.",
            ]
            .join(end);
            assert_eq!(labels(&text).names, ["Frage", "Antwort"], "{end:?}");
        }
    }

    #[test]
    fn a_name_on_the_answers_is_who_is_asked() {
        let lines = [
            "Frage: Wer?",
            "Ada Kroll: Ich.",
            "Frage: Wo?",
            "Ada Kroll: Hier.",
        ];
        let found = labels(&lines.join("\n")).turns(&lines).unwrap();
        assert_eq!(found.interviewee.as_deref(), Some("Ada Kroll"));
    }
}
