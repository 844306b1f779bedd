//! Speakers that a text names itself: `Name: …` at the beginning of what they say.

pub mod name;
pub mod spelling;
mod survey;
mod within;

use std::borrow::Cow;
use std::collections::HashMap;

use name::{Head, alone, head, is_known, is_numbered};
use survey::Survey;

use super::document::{Document, Kind, Mark, Voice};
use super::paragraphs::{Wrap, lines};
use super::{clock, times};
use crate::interview::Time;

/// No line that says whom the labels stand for is longer, in bytes.
const LEGEND: usize = 160;

/// How a line begins that says who asked or wrote it down, below the last answer; in lower case.
const CREDITS: &[&str] = &[
    "ende der aufnahme",
    "ende des interviews",
    "ende des transkripts",
    "end of interview",
    "end of recording",
    "end of transcript",
    "transcribed by",
    "transkribiert von",
    "das gespräch führte",
    "das interview führte",
    "die fragen stellte",
    "interview:",
    "interview by",
    "interview von",
    "interviewed by",
    "meeting ended",
    "besprechung beendet",
    "transcription ended",
    "transkription beendet",
    "this editable transcript",
    "dieses bearbeitbare transkript",
    "the interview was conducted",
    "this interview was conducted",
];

/// The labels of a file.
#[derive(Debug, Default)]
pub struct Labels {
    /// In the order of their first appearance.
    names: Vec<String>,
    /// What is a slip of the pen, and the index of the name that was meant.
    slips: Vec<(String, usize)>,
    /// Times stand beside them.
    timed: bool,
}

impl Labels {
    /// The labels that mark the speakers in `text`; none where colons only happen to stand there.
    #[must_use]
    pub fn of(text: &str, wrap: Wrap) -> Labels {
        let mut survey = Survey::default();
        let mut last = "";
        for line in lines(text) {
            let head = head(line).filter(|_| !wrap.carries_on(last, line));
            survey.see(head, wrap.begins(last, line));
            last = line;
        }
        survey.labels()
    }

    /// The labels among the paragraphs of `document`.
    #[must_use]
    pub fn of_document(document: &Document) -> Labels {
        // A heading that stands there once names nobody.
        let paragraphs = || document.paragraphs.iter().zip(&document.marks);
        let mut apart: HashMap<&str, usize> = HashMap::new();
        for (text, mark) in paragraphs().filter(|(text, mark)| mark.is_apart(text)) {
            if let Some(head) = label(text, *mark) {
                *apart.entry(head.label).or_default() += 1;
            }
        }
        let mut survey = Survey::default();
        for (text, mark) in paragraphs() {
            let recurs = |label| apart.get(label).is_none_or(|n| *n > 1 || is_known(label));
            let head = label(text, *mark).filter(|head| recurs(head.label));
            survey.see(head, head.is_some() || !mark.is_apart(text));
        }
        survey.labels()
    }

    /// The labels among cues, which are no paragraphs: a label holds until the next one.
    #[must_use]
    pub fn of_cues<'a>(cues: impl Iterator<Item = &'a str>) -> Labels {
        let mut survey = Survey::default();
        for cue in cues {
            survey.see(head(cue), false);
        }
        survey.labels()
    }

    /// The speaker that `line` names, by index.
    #[must_use]
    pub fn read<'a>(&self, line: &'a str, mark: Mark) -> Option<(usize, Head<'a>)> {
        if self.names.is_empty() {
            return None;
        }
        match label(line, mark) {
            Some(head) => {
                let known = self.names.iter().position(|name| name == head.label);
                let slip = || self.slips.iter().find(|(slip, _)| slip == head.label);
                Some((known.or_else(|| Some(slip()?.1))?, head))
            }
            // Where lines were joined, what is said follows on the time.
            None if self.timed => self.names.iter().enumerate().find_map(|(at, name)| {
                let rest = line.strip_prefix(name.as_str())?;
                let (stamp, said) = clock::stamp(rest.trim_start())?;
                let head = Head {
                    label: &line[..name.len()],
                    time: Some(stamp.time),
                    said: said.trim_start(),
                    sure: false,
                };
                Some((at, head))
            }),
            None => None,
        }
    }

    /// The names, in the order of their first appearance.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether `label` is one of them.
    fn knows(&self, label: &str) -> bool {
        let slips = self.slips.iter().map(|(slip, _)| slip);
        self.names.iter().chain(slips).any(|name| name == label)
    }

    /// Whether `line` is one of them with its time, above what is said.
    #[must_use]
    pub fn stands_above(&self, line: &str) -> bool {
        self.timed
            && self
                .read(line, Mark::default())
                .is_some_and(|(_, head)| head.said.is_empty())
    }

    /// Whether `line` begins with one of them.
    #[must_use]
    pub fn begins(&self, line: &str) -> bool {
        self.read(line, Mark::default()).is_some()
    }

    /// Takes them off the paragraphs of `document`, and marks each paragraph with its speaker and the time beside the
    /// label: what has no label is said by whoever spoke last, but for what stands before the first label, what stands
    /// apart, and a last line that says who asked.
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
        // Of a label on a line of its own.
        let mut waiting = None;
        let credits = document
            .paragraphs
            .iter()
            .rev()
            .take_while(|text| is_credit(text))
            .count();
        let end = document.paragraphs.len() - credits;
        let paragraphs = document.paragraphs.iter_mut().zip(&mut document.marks);
        for (at, (paragraph, mark)) in paragraphs.enumerate() {
            // Above what is said stand a date, or whom the initials stand for.
            let said =
                |time: Option<Time>| !(self.timed && time.is_none() || self.explains(paragraph));
            let named = self.read(paragraph, *mark);
            let named = named.filter(|(_, head)| speaker.is_some() || said(head.time));
            match named {
                Some((index, Head { time, said, .. })) => {
                    speaker = voices[index];
                    waiting = time;
                    let label = paragraph.len() - said.len();
                    match paragraph {
                        Cow::Borrowed(text) => *text = &text[label..],
                        Cow::Owned(text) => drop(text.drain(..label)),
                    }
                }
                None if mark.is_apart(paragraph) => continue,
                None if at >= end => speaker = None,
                None => {}
            }
            mark.speaker = speaker;
            if !paragraph.is_empty() {
                mark.time = mark.time.or(waiting.take());
            }
        }
        document.drop_empty();
    }

    /// Whether `line` says whom labels stand for: `I: Interviewerin, B: Befragter`.
    fn explains(&self, line: &str) -> bool {
        line.len() <= LEGEND
            && line.contains([',', ';'])
            && line.split([',', ';']).all(|part| self.begins(part.trim()))
    }

    /// Whether it is the paragraphs without a label that ask.
    fn stand_beside_questions(&self, document: &Document) -> bool {
        let (mut labelled, mut bare, mut above) = (0usize, 0usize, false);
        for (text, mark) in document.paragraphs.iter().zip(&document.marks) {
            if times::is_time(text) {
                continue;
            }
            let label = self.read(text, *mark);
            let asks = usize::from(text.ends_with('?'));
            // What follows a label on a line of its own is labelled too.
            match above || label.is_some() {
                true => labelled += asks,
                false => bare += asks,
            }
            above = label.is_some_and(|(_, head)| head.said.is_empty());
        }
        let known = |name: &String| is_known(name) || is_numbered(name);
        !self.timed && !self.names.iter().any(known) && bare > 2 * labelled + 1
    }
}

/// What may be the label of a paragraph, and what is said. One that stands apart may be a label and no more.
#[must_use]
pub fn label(paragraph: &str, mark: Mark) -> Option<Head<'_>> {
    let set_apart = mark.strong || matches!(mark.kind, Kind::Heading(_));
    head(paragraph).or_else(|| {
        let label = set_apart.then(|| alone(paragraph))??;
        Some(Head {
            label,
            time: None,
            said: "",
            sure: false,
        })
    })
}

/// Whether `line` says who asked.
fn is_credit(line: &str) -> bool {
    let line = line.trim_start_matches(['[', '(', '*']).to_lowercase();
    CREDITS.iter().any(|credit| line.starts_with(credit))
}

#[cfg(test)]
mod tests {
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
