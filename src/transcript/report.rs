//! The structure found in a file, as `parse --json` prints it.

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use crate::interview::{Interview, Role};
use crate::text::{CodePoints, Language};

/// What was found in the file `file`, to be written as one JSON object. Turns and exchanges are counted from 1; `start`
/// and `end` are code points of the interview's text, end exclusive. A turn of which it is known when it was said has
/// that as `time`, beginning and end in milliseconds. A turn that a subhead or another remark interrupts is one; what
/// interrupts it comes after it, and its span lies within.
#[must_use]
pub fn report<'a>(interview: &'a Interview, file: &'a str) -> impl Serialize {
    let metadata = &interview.metadata;
    Report {
        file,
        format: interview.format,
        language: interview.language.map(Language::code),
        title: metadata.title.as_deref(),
        date: metadata.date.as_deref(),
        interviewee: metadata.interviewee.as_deref(),
        turns: Turns(interview),
    }
}

#[derive(Serialize)]
struct Report<'a> {
    file: &'a str,
    format: &'static str,
    language: Option<&'static str>,
    title: Option<&'a str>,
    date: Option<&'a str>,
    interviewee: Option<&'a str>,
    turns: Turns<'a>,
}

/// The turns of an interview, each made when it is written: a long file has millions.
struct Turns<'a>(&'a Interview);

#[derive(Serialize)]
struct Turn<'a> {
    number: usize,
    role: Role,
    speaker: Option<&'a str>,
    exchange: Option<usize>,
    start: usize,
    end: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<[u32; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doubt: Option<f32>,
    paragraphs: Vec<&'a str>,
}

impl Serialize for Turns<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let interview = self.0;
        let mut points = CodePoints::new(&interview.text);
        let mut turns = serializer.serialize_seq(None)?;
        let (mut at, mut number) = (0, 0);
        while at < interview.turns.len() {
            let end = self.end(at);
            let mut parts: Vec<Turn> = Vec::new();
            for turn in &interview.turns[at..end] {
                let span = points.range(interview.span(turn.paragraphs.clone()));
                let paragraphs = turn.paragraphs.range().map(|p| interview.paragraph(p));
                let time = turn.time.map(|time| [time.start, time.end]);
                let doubt = interview.doubt(turn.paragraphs.clone()).map(hundredths);
                let exchange = interview.exchange_of(turn.paragraphs.start());
                match parts.first_mut().filter(|first| first.role == turn.role) {
                    Some(first) => {
                        first.paragraphs.extend(paragraphs);
                        first.end = span.end;
                        // Of several the most doubtful one tells; nothing is below any number.
                        if doubt > first.doubt {
                            first.doubt = doubt;
                        }
                        first.time = match (first.time, time) {
                            (Some([start, end]), Some([_, last])) => Some([start, last.max(end)]),
                            (first, last) => first.or(last),
                        };
                    }
                    None => parts.push(Turn {
                        number: 0,
                        role: turn.role,
                        speaker: interview.speaker(turn),
                        exchange: exchange.map(|exchange| exchange + 1),
                        start: span.start,
                        end: span.end,
                        time,
                        doubt,
                        paragraphs: paragraphs.collect(),
                    }),
                }
            }
            for mut part in parts {
                number += 1;
                part.number = number;
                turns.serialize_element(&part)?;
            }
            at = end;
        }
        turns.end()
    }
}

/// A share to two places.
fn hundredths(share: f32) -> f32 {
    (share * 100.0).round() / 100.0
}

impl Turns<'_> {
    /// Where the turn `at` ends, which goes on below each remark that interrupts it.
    fn end(&self, at: usize) -> usize {
        let turns = &self.0.turns;
        let Some(first) = turns.get(at) else {
            return at;
        };
        let spoken = matches!(first.role, Role::Question | Role::Answer);
        let mut end = at + 1;
        while let Some([remark, next]) = turns.get(end..end + 2)
            && spoken
            && remark.role == Role::Remark
            && (next.role, next.speaker) == (first.role, first.speaker)
        {
            end += 2;
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::transcript::read;

    #[test]
    fn offsets_are_code_points_and_numbers_start_at_one() {
        let text = "Datum: 2020\n\nÜber Öl.\n\nWas tun Sie den ganzen Tag?\n\nIch male Bäume.";
        let interview = read(text.as_bytes(), None).unwrap();
        let expected = json!({
            "file": "a.txt", "format": "text", "language": "de", "title": null, "date": "2020",
            "interviewee": null,
            "turns": [
                {"number": 1, "role": "introduction", "speaker": null, "exchange": null, "start": 0, "end": 8,
                 "paragraphs": ["Über Öl."]},
                {"number": 2, "role": "question", "speaker": null, "exchange": 1, "start": 10, "end": 37,
                 "paragraphs": ["Was tun Sie den ganzen Tag?"]},
                {"number": 3, "role": "answer", "speaker": null, "exchange": 1, "start": 39, "end": 54,
                 "paragraphs": ["Ich male Bäume."]},
            ]
        });
        // As text, for the order of the fields is part of it.
        let written = serde_json::to_string(&report(&interview, "a.txt")).unwrap();
        assert_eq!(written, expected.to_string());
    }

    #[test]
    fn a_turn_has_a_time_only_where_there_is_one() {
        let text = "I: Wo? #00:00:02-5#\nB: Hier. #00:00:04-0#\nI: Und?\nB: Da.";
        let interview = read(text.as_bytes(), None).unwrap();
        let written = serde_json::to_value(report(&interview, "")).unwrap();
        let times = written["turns"].as_array().unwrap().iter();
        let times: Vec<_> = times.map(|turn| turn.get("time")).collect();
        let (first, second) = (json!([0, 2_500]), json!([2_500, 4_000]));
        assert_eq!(times, [Some(&first), Some(&second), None, None]);
    }

    #[test]
    fn a_turn_has_a_doubt_only_where_there_is_one() {
        let turns = [Role::Question, Role::Answer].into_iter().enumerate();
        let turns = turns.map(|(at, role)| crate::interview::Turn::new(role, at..at + 1));
        let mut interview = Interview::new(&["Wo?", "Hier."], turns.collect());
        interview.findings = [0.3149, 0.01]
            .map(|doubt| crate::interview::Finding { doubt, lean: None })
            .into();
        let written = serde_json::to_string(&report(&interview, "")).unwrap();
        assert_eq!(written.matches("\"doubt\"").count(), 1, "{written}");
        assert!(written.contains("\"doubt\":0.31,"), "{written}");
    }

    #[test]
    fn a_turn_goes_on_below_a_subhead() {
        let roles = [Role::Question, Role::Answer, Role::Remark, Role::Answer];
        let turns = roles.into_iter().enumerate();
        let turns = turns.map(|(at, role)| crate::interview::Turn::new(role, at..at + 1));
        let interview = Interview::new(&["Wo?", "Hier.", "Subhead", "Und da."], turns.collect());
        let written = serde_json::to_value(report(&interview, "")).unwrap();
        let turns = written["turns"].as_array().unwrap();
        assert_eq!(turns.len(), 3);
        assert_eq!(turns[1]["paragraphs"], json!(["Hier.", "Und da."]));
        assert_eq!(
            (&turns[1]["start"], &turns[1]["end"]),
            (&json!(5), &json!(28))
        );
        assert_eq!(
            (&turns[2]["number"], &turns[2]["start"]),
            (&json!(3), &json!(12))
        );
    }
}
