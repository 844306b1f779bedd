//! Speakers that a text names itself: `Name: …` at the beginning of what they say.

pub mod name;
mod within;

use std::borrow::Cow;
use std::collections::HashMap;

use name::{alone, is_known, split};

use super::document::{Document, Kind, Mark, Voice};
use super::paragraphs::{Wrap, lines};

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
    #[must_use]
    pub fn of(text: &str, wrap: Wrap) -> Labels {
        let mut last = "";
        Labels::among(lines(text).map(|line| {
            let label = split(line).filter(|_| !wrap.carries_on(last, line));
            let begins = wrap.begins(last, line);
            last = line;
            (label.map(|(label, _)| label), begins)
        }))
    }

    /// The labels among the paragraphs of `document`.
    #[must_use]
    pub fn of_document(document: &Document) -> Labels {
        let paragraphs = document.paragraphs.iter().zip(&document.marks);
        Labels::among(paragraphs.map(|(text, mark)| {
            let label = label(text, *mark);
            (
                label.map(|(label, _)| label),
                label.is_some() || !mark.is_apart(text),
            )
        }))
    }

    /// The labels among lines: of each, what may be its label, and whether it begins a paragraph.
    ///
    /// There must be two at least; each recurs, or is a word that labels (`Frage`, `Q`); they take turns; and they
    /// stand before one paragraph in ten at the least. Where they stand before nearly all, a voice may be heard once.
    fn among<'a>(lines: impl Iterator<Item = (Option<&'a str>, bool)>) -> Labels {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let mut order: Vec<&str> = Vec::new();
        let mut paragraphs = 0usize;
        for (label, begins) in lines {
            if let Some(label) = label {
                *counts.entry(label).or_default() += 1;
                order.push(label);
            }
            paragraphs += usize::from(label.is_some() || begins);
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

    /// The speaker that a paragraph names, by index, and what is said.
    fn read<'a>(&self, paragraph: &'a str, mark: Mark) -> Option<(usize, &'a str)> {
        let (label, rest) = label(paragraph, mark)?;
        Some((self.names.iter().position(|name| name == label)?, rest))
    }

    /// Whether `line` begins with one of them.
    #[must_use]
    pub fn begins(&self, line: &str) -> bool {
        self.read(line, Mark::default()).is_some()
    }

    /// Takes them off the paragraphs of `document`, and marks each paragraph with its speaker: what has no label is said
    /// by whoever spoke last, but for what stands before the first label, what stands apart, and a last line that says who
    /// asked.
    ///
    /// Nothing is taken where nobody is named after all: there are no labels, or the questions stand beside them
    /// (*Und sonst?* – *Mein Rat: Geduld.*).
    pub fn take(&self, document: &mut Document) {
        if self.names.is_empty() || self.stand_beside_questions(document) {
            return;
        }
        self.part(document);
        document.labelled = true;
        let voices: Vec<Option<Voice>> =
            self.names.iter().map(|name| document.voice(name)).collect();
        let mut speaker: Option<Voice> = None;
        let last = document.paragraphs.len().saturating_sub(1);
        let paragraphs = document.paragraphs.iter_mut().zip(&mut document.marks);
        for (at, (paragraph, mark)) in paragraphs.enumerate() {
            match self.read(paragraph, *mark) {
                Some((index, said)) => {
                    speaker = voices[index];
                    let label = paragraph.len() - said.len();
                    match paragraph {
                        Cow::Borrowed(text) => *text = &text[label..],
                        Cow::Owned(text) => drop(text.drain(..label)),
                    }
                }
                None if mark.is_apart(paragraph) => continue,
                None if at == last && is_credit(paragraph) => speaker = None,
                None => {}
            }
            mark.speaker = speaker;
        }
        // A label may stand on a line of its own.
        let mut said = document.paragraphs.iter().map(|text| !text.is_empty());
        document.marks.retain(|_| said.next().unwrap_or(false));
        document.paragraphs.retain(|text| !text.is_empty());
    }

    /// Whether it is the paragraphs without a label that ask.
    fn stand_beside_questions(&self, document: &Document) -> bool {
        let (mut labelled, mut bare, mut above) = (0usize, 0usize, false);
        for (text, mark) in document.paragraphs.iter().zip(&document.marks) {
            let label = self.read(text, *mark);
            let asks = usize::from(text.ends_with('?'));
            // What follows a label on a line of its own is labelled too.
            match above || label.is_some() {
                true => labelled += asks,
                false => bare += asks,
            }
            above = label.is_some_and(|(_, said)| said.is_empty());
        }
        !self.names.iter().any(|name| is_known(name)) && bare > 2 * labelled + 1
    }
}

/// What may be the label of a paragraph, and what is said. One that stands apart may be a label and no more.
#[must_use]
pub fn label(paragraph: &str, mark: Mark) -> Option<(&str, &str)> {
    let set_apart = mark.strong || matches!(mark.kind, Kind::Heading(_));
    let on_its_own = |text| alone(text).map(|label| (label, ""));
    split(paragraph).or_else(|| on_its_own(paragraph).filter(|_| set_apart))
}

/// Whether `line` says who asked.
fn is_credit(line: &str) -> bool {
    let line = line.to_lowercase();
    CREDITS.iter().any(|credit| line.starts_with(credit))
}

#[cfg(test)]
mod tests {
    use super::super::document::Mark;
    use super::*;

    fn labels(text: &str) -> Labels {
        Labels::of(text, Wrap::of(text))
    }

    /// The speakers of the paragraphs and what they say.
    fn taken(paragraphs: &[&str]) -> Vec<(String, String)> {
        let mut document = Document::default();
        for paragraph in paragraphs {
            document.push(paragraph.to_string().into(), Mark::default());
        }
        Labels::of_document(&document).take(&mut document);
        let speaker = |mark: &Mark| mark.speaker.map(|s| document.speakers[s.index()].clone());
        let speakers = document
            .marks
            .iter()
            .map(|mark| speaker(mark).unwrap_or_default());
        let texts = document.paragraphs.iter().map(ToString::to_string);
        speakers.zip(texts).collect()
    }

    #[test]
    fn labels_come_off_and_speakers_stay() {
        let found = taken(&[
            "Im Mai.",
            "I:",
            "Wo?",
            "B: Hier.",
            "Und da.",
            "I: Wann?",
            "B: Jetzt.",
            "Interview: Ida",
        ]);
        let expected = [
            ("", "Im Mai."),
            ("I", "Wo?"),
            ("B", "Hier."),
            ("B", "Und da."),
            ("I", "Wann?"),
            ("B", "Jetzt."),
            ("", "Interview: Ida"),
        ];
        assert_eq!(found, expected.map(|(s, t)| (s.to_owned(), t.to_owned())));
    }

    #[test]
    fn ordinary_colons_are_no_labels() {
        let nobody =
            |paragraphs: &[&str]| taken(paragraphs).iter().all(|(name, _)| name.is_empty());
        assert!(nobody(&[
            "Fazit: gut.",
            "Was nun?",
            "Weiter so.",
            "Fazit: besser.",
            "Und?",
            "Ende."
        ]));
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
        assert!(nobody(&asked));
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
}
