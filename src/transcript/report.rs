//! The structure found in a file, as `parse --json` prints it.

use serde_json::{Value, json};

use crate::interview::Interview;
use crate::text::{CodePoints, Language};

/// What was found in the file `file`, as one JSON object. Turns and exchanges are counted from 1; `start` and `end`
/// are code points of the interview's text, end exclusive.
#[must_use]
pub fn report(interview: &Interview, file: &str) -> Value {
    let mut points = CodePoints::new(&interview.text);
    let turns: Vec<Value> = interview
        .turns
        .iter()
        .enumerate()
        .map(|(at, turn)| {
            let span = points.range(interview.span(turn.paragraphs.clone()));
            let exchange = interview.exchange_of(turn.paragraphs.start);
            let paragraphs = turn.paragraphs.clone().map(|p| interview.paragraph(p));
            json!({
                "number": at + 1,
                "role": turn.role,
                "speaker": turn.speaker,
                "exchange": exchange.map(|exchange| exchange + 1),
                "start": span.start,
                "end": span.end,
                "paragraphs": paragraphs.collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "file": file,
        "format": interview.format,
        "language": interview.language.map(Language::code),
        "title": interview.metadata.title,
        "date": interview.metadata.date,
        "interviewee": interview.metadata.interviewee,
        "turns": turns,
    })
}

#[cfg(test)]
mod tests {
    use crate::transcript::read;

    use super::*;

    #[test]
    fn offsets_are_code_points_and_numbers_start_at_one() {
        let text = "Datum: 2020\n\nÜber Öl.\n\nWas tun Sie den ganzen Tag?\n\nIch male Bäume.";
        let interview = read(text.as_bytes(), None).unwrap();
        assert_eq!(
            report(&interview, "a.txt"),
            json!({
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
            })
        );
    }
}
