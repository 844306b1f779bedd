//! Speakers that a text names itself: `Name: …` at the beginning of what they say.

use std::collections::HashMap;

use super::structure;
use crate::interview::{Role, Turn};

/// A label is no longer than this, in bytes.
const LABEL: usize = 40;

/// Labels that ask by their meaning, in lower case.
const ASKERS: &[&str] = &[
    "frage",
    "question",
    "interviewer",
    "interviewerin",
    "moderator",
    "moderatorin",
    "moderation",
    "redaktion",
    "host",
    "reporter",
    "reporterin",
];

/// Labels that come in pairs, the one who asks first.
const PAIRS: &[(&str, &str)] = &[("f", "a"), ("q", "a"), ("i", "b"), ("i", "p"), ("i", "r")];

/// Labels that stand for whoever answers, and are no name.
const ANSWERERS: &[&str] = &[
    "antwort",
    "answer",
    "befragte",
    "befragter",
    "befragte person",
    "gast",
    "guest",
    "interviewee",
    "interviewte",
    "interviewter",
    "experte",
    "expertin",
    "respondent",
    "participant",
    "proband",
    "probandin",
];

/// What stands before the first colon of `line`, if it may be a speaker's name, and what follows.
///
/// One to four words, the first with a capital; after the colon comes a space or nothing. So neither `https://` nor
/// `10:30` is a label; that a label recurs is seen from the whole file only ([`Labels::of`]).
#[must_use]
pub fn split(line: &str) -> Option<(&str, &str)> {
    let head = &line[..line.floor_char_boundary(LABEL + 1)];
    let colon = head.find(':')?;
    let (label, rest) = (&line[..colon], &line[colon + 1..]);
    let named = label.starts_with(char::is_uppercase)
        && label.split(' ').count() <= 4
        && label
            .chars()
            .all(|c| c.is_alphanumeric() || " .-'’()/&".contains(c));
    let parted = rest.is_empty() || rest.starts_with(char::is_whitespace);
    (named && parted).then(|| (label.trim_end(), rest.trim_start()))
}

/// The labels of a file.
#[derive(Debug, Default)]
pub struct Labels {
    /// In the order of their first appearance.
    names: Vec<String>,
}

impl Labels {
    /// The labels that mark the speakers among `lines`; none where colons only happen to stand there.
    ///
    /// There must be two at least; each recurs, or is a word that labels (`Frage`, `Q`); they take turns; and they
    /// stand before one line in ten at the least.
    #[must_use]
    pub fn of<'a>(lines: impl Iterator<Item = &'a str>) -> Labels {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let mut order: Vec<&str> = Vec::new();
        let mut all = 0;
        for line in lines {
            all += 1;
            if let Some((label, _)) = split(line) {
                *counts.entry(label).or_default() += 1;
                order.push(label);
            }
        }
        order.retain(|label| counts[label] > 1 || is_known(label));
        let mut names: Vec<&str> = Vec::new();
        for label in &order {
            // A file has few speakers; what has many is a list of terms.
            if names.len() <= 16 && !names.contains(label) {
                names.push(label);
            }
        }
        let changes = order.windows(2).filter(|pair| pair[0] != pair[1]).count();
        let takes_turns = changes * 2 >= order.len().saturating_sub(1);
        if !(2..=16).contains(&names.len()) || !takes_turns || order.len() * 10 < all {
            return Labels::default();
        }
        Labels {
            names: names.into_iter().map(str::to_owned).collect(),
        }
    }

    /// Whether the file has any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
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
    /// What stands before the first label is introduction. A last turn of one who asks that asks nothing is closing.
    #[must_use]
    pub fn turns<'a>(&self, paragraphs: &'a [impl AsRef<str>]) -> Labelled<'a> {
        let mut said: Vec<&str> = Vec::new();
        let mut spoken: Vec<(Option<usize>, usize)> = Vec::new();
        let mut pending: Option<usize> = None;
        for paragraph in paragraphs {
            let paragraph = paragraph.as_ref();
            let (speaker, text) = match self.read(paragraph) {
                Some((speaker, text)) => (Some(speaker), text),
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
                    None => Role::Introduction,
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
        Labelled {
            interviewee: self.interviewee(&asks),
            paragraphs: said,
            turns,
        }
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
        let means: Vec<f32> = sums.iter().map(|(sum, n)| sum / n.max(1.0)).collect();
        let most = means.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let least = means.iter().copied().fold(f32::INFINITY, f32::min);
        means
            .iter()
            .map(|mean| *mean == most || *mean - least > (most - least) * 0.75)
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

fn is_known(label: &str) -> bool {
    let label = label.to_lowercase();
    let label = label.as_str();
    ASKERS.contains(&label)
        || ANSWERERS.contains(&label)
        || PAIRS.iter().any(|(q, a)| *q == label || *a == label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(paragraphs: &[&str]) -> Vec<(Role, String, usize)> {
        let labels = Labels::of(paragraphs.iter().copied());
        let found = labels.turns(paragraphs).turns;
        found
            .into_iter()
            .map(|t| (t.role, t.speaker.unwrap_or_default(), t.paragraphs.len()))
            .collect()
    }

    #[test]
    fn a_label_is_a_short_name_before_a_colon() {
        assert_eq!(split("Dr. Ada Kroll: Ja."), Some(("Dr. Ada Kroll", "Ja.")));
        assert_eq!(split("S1:"), Some(("S1", "")));
        for no in [
            "https://example.org",
            "10:30 Uhr",
            "und zwar: so",
            "Er sagte, er gehe: fort",
            "Um 10:30 Uhr",
        ] {
            assert_eq!(split(no), None, "{no}");
        }
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
        let text = [
            "Fazit: gut.",
            "Was nun?",
            "Weiter so.",
            "Fazit: besser.",
            "Und dann?",
            "Ende.",
        ];
        assert!(Labels::of(text.into_iter()).is_empty());
    }

    #[test]
    fn a_name_on_the_answers_is_who_is_asked() {
        let lines = [
            "Frage: Wer?",
            "Ada Kroll: Ich.",
            "Frage: Wo?",
            "Ada Kroll: Hier.",
        ];
        let labels = Labels::of(lines.into_iter());
        assert_eq!(
            labels.turns(&lines).interviewee.as_deref(),
            Some("Ada Kroll")
        );
    }
}
