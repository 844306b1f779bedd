//! The shapes in which programs write transcripts as JSON, made up.

use super::*;
use crate::lang::{Lang, Tell};

fn document(text: &str) -> Result<Document<'_>, Fault> {
    let source = Source::new(text.as_bytes(), None, false);
    assert!(recognises(&source), "{text}");
    read(text, &source)
}

/// Who says what, and from when to when in milliseconds, a line a paragraph.
fn said(text: &str) -> Vec<String> {
    let document = document(text).unwrap();
    let paragraphs = document.paragraphs.iter().zip(&document.marks);
    let lines = paragraphs.map(|(text, mark)| {
        let name = mark
            .speaker
            .map_or("", |voice| &document.speakers[voice.index()]);
        let time = mark
            .time
            .map_or(String::new(), |t| format!(" {}–{}", t.start, t.end));
        format!("{name}{time}: {text}")
    });
    lines.collect()
}

#[test]
fn whisper_has_segments_and_the_whole_once_more() {
    let text = r#"{"text": " Wo waren Sie am Montag? Ich war hier, den ganzen Tag.", "segments": [
        {"id": 0, "seek": 0, "start": 0.0, "end": 2.5, "text": " Wo waren Sie", "tokens": [50364, 12], "temperature": 0.0},
        {"id": 1, "seek": 0, "start": 2.5, "end": 3.0, "text": " am Montag?", "tokens": [3], "temperature": 0.0},
        {"id": 2, "seek": 0, "start": 6.0, "end": 9.0, "text": " Ich war hier, den ganzen Tag.", "tokens": [4]}],
        "language": "de"}"#;
    assert_eq!(
        said(text),
        [
            " 0–3000: Wo waren Sie am Montag?",
            " 6000–9000: Ich war hier, den ganzen Tag."
        ]
    );
}

#[test]
fn whisper_cpp_counts_milliseconds_beside_its_clocks() {
    let text = r#"{"systeminfo": "AVX = 1", "params": {"model": "base", "language": "de"}, "transcription": [
        {"timestamps": {"from": "00:00:00,000", "to": "00:00:02,500"}, "offsets": {"from": 0, "to": 2500}, "text": " Wo waren Sie?"},
        {"timestamps": {"from": "00:00:05,000", "to": "00:00:06,000"}, "offsets": {"from": 5000, "to": 6000}, "text": " Hier."}]}"#;
    assert_eq!(said(text), [" 0–2500: Wo waren Sie?", " 5000–6000: Hier."]);
}

#[test]
fn whisperx_knows_who_speaks_in_a_segment_and_better_in_its_words() {
    let text = r#"{"segments": [
        {"start": 0.5, "end": 2.0, "text": " Wo waren Sie?", "speaker": "SPEAKER_00", "words": [
            {"word": "Wo", "start": 0.5, "end": 0.8, "score": 0.9, "speaker": "SPEAKER_00"},
            {"word": "waren", "start": 0.8, "end": 1.2, "score": 0.9, "speaker": "SPEAKER_00"},
            {"word": "Sie?", "start": 1.2, "end": 2.0, "score": 0.9, "speaker": "SPEAKER_00"}]},
        {"start": 2.0, "end": 4.0, "text": " Hier. Und dann?", "speaker": "SPEAKER_01", "words": [
            {"word": "Hier.", "start": 2.0, "end": 2.5, "score": 0.9, "speaker": "SPEAKER_01"},
            {"word": "Und", "score": 0.9, "start": 3.0, "end": 3.2, "speaker": "SPEAKER_00"},
            {"word": "dann?", "start": 3.2, "end": 4.0, "score": 0.9, "speaker": "SPEAKER_00"}]}],
        "word_segments": [], "language": "de"}"#;
    assert_eq!(
        said(text),
        [
            "SPEAKER_00 500–2000: Wo waren Sie?",
            "SPEAKER_01 2000–2500: Hier.",
            "SPEAKER_00 3000–4000: Und dann?"
        ]
    );
}

#[test]
fn objects_say_who_speaks_under_many_keys() {
    for text in [
        r#"[{"speaker": "Ada", "time": "00:00:01.000", "message": "Wo?"}, {"speaker": "Bo", "time": "00:00:02.000", "message": "Hier."}]"#,
        r#"{"turns": {"0": {"name": "Ada", "start": "0:01", "text": "Wo?"}, "1": {"name": "Bo", "start": "0:02", "text": "Hier."}}}"#,
        r#"{"messages": [{"author": {"id": 7, "name": "Ada"}, "content": "Wo?", "timestamp": "00:01"}, {"author": {"id": 8, "name": "Bo"}, "content": "Hier.", "timestamp": "00:02"}]}"#,
        "{\"Sprecher\": \"Ada\", \"Inhalt\": \"Wo?\", \"Zeit\": \"00:00:01\"}\n{\"Sprecher\": \"Bo\", \"Inhalt\": \"Hier.\", \"Zeit\": \"00:00:02\"}\n",
        r#"{"speakers": [{"spkid": "spk1", "name": "Ada"}, {"spkid": "spk2", "name": "Bo"}], "segments": [
            {"speaker": "spk1", "words": [{"text": "Wo?", "start": "0:01"}]}, {"speaker": "spk2", "words": [{"text": "Hier.", "start": "0:02"}]}]}"#,
    ] {
        let expected = ["Ada 1000–1000: Wo?", "Bo 2000–2000: Hier."];
        assert_eq!(said(text), expected, "{text}");
    }
}

#[test]
fn services_count_time_in_their_own_ways() {
    let question = "Wo sind Sie denn damals gewesen?";
    let answer = "Hier, den ganzen Tag, und zwar bis in die Nacht.";
    let expected = [
        format!("A 1000–3000: {question}"),
        format!("B 3000–6000: {answer}"),
    ];
    for text in [
        // Milliseconds, and words within.
        format!(
            r#"{{"text": "{question} {answer}", "words": [{{"text": "Wo", "start": 1000, "end": 1100, "speaker": "A"}}],
            "utterances": [{{"speaker": "A", "text": "{question}", "start": 1000, "end": 3000, "confidence": 0.9}},
            {{"speaker": "B", "text": "{answer}", "start": 3000, "end": 6000, "confidence": 0.9}}]}}"#
        ),
        // Seconds as numbers, as the podcast namespace has them.
        format!(
            r#"{{"version": "1.0.0", "segments": [{{"speaker": "A", "startTime": 1, "endTime": 3.0, "body": "{question}"}},
            {{"speaker": "B", "startTime": 3, "endTime": 6, "body": "{answer}"}}]}}"#
        ),
        // Two numbers, and the whole below another key.
        format!(
            r#"{{"speakers": [{{"speaker": "A", "timestamp": [1.0, 3.0], "text": "{question}"}},
            {{"speaker": "B", "timestamp": [3.0, 6.0], "text": "{answer}"}}], "text": "{question} {answer}"}}"#
        ),
        // Durations of ISO 8601 beside ticks, and several readings.
        format!(
            r#"{{"recognizedPhrases": [
            {{"speaker": "A", "offset": "PT1S", "duration": "PT2S", "offsetInTicks": 10000000, "nBest": [{{"lexical": "wo", "display": "{question}"}}, {{"display": "Nein"}}]}},
            {{"speaker": "B", "offset": "PT3S", "duration": "PT3S", "offsetInTicks": 30000000, "nBest": [{{"lexical": "hier", "display": "{answer}"}}]}}]}}"#
        ),
    ] {
        assert_eq!(said(&text), expected, "{text}");
    }
}

#[test]
fn words_are_put_together_with_their_points() {
    let word = |speaker: &str, at: usize, word: &str| {
        format!(
            r#"{{"type": "pronunciation", "start_time": "{at}.0", "end_time": "{at}.5", "speaker_label": "{speaker}", "alternatives": [{{"confidence": "0.9", "content": "{word}"}}]}}"#
        )
    };
    let mark = |speaker: &str, mark: &str| {
        format!(
            r#"{{"type": "punctuation", "speaker_label": "{speaker}", "alternatives": [{{"confidence": "0.0", "content": "{mark}"}}]}}"#
        )
    };
    let mut items = Vec::new();
    for round in 0..10 {
        let at = round * 4;
        items.extend([
            word("spk_0", at, "Wo"),
            mark("spk_0", ","),
            word("spk_0", at + 1, "bitte"),
            mark("spk_0", "?"),
            word("spk_1", at + 2, "Hier"),
            mark("spk_1", "."),
        ]);
    }
    let text = format!(
        r#"{{"jobName": "x", "results": {{"transcripts": [{{"transcript": "{}"}}], "items": [{}]}}}}"#,
        "Wo, bitte? Hier. ".repeat(10),
        items.join(",")
    );
    let found = said(&text);
    assert_eq!(found.len(), 20);
    assert_eq!(
        found[..2],
        ["spk_0 0–1500: Wo, bitte?", "spk_1 2000–2500: Hier."]
    );
}

#[test]
fn a_voice_that_is_only_counted_gets_a_word_before_its_number() {
    let text = r#"{"monologues": [
        {"speaker": 0, "elements": [{"type": "text", "value": "Wo", "ts": 0.5}, {"type": "punct", "value": " "}, {"type": "text", "value": "denn", "ts": 1.0}, {"type": "punct", "value": "?"}]},
        {"speaker": 1, "elements": [{"type": "text", "value": "Hier", "ts": 1.5}, {"type": "punct", "value": "."}]}]}"#;
    let found = said(&text.replace(r#""type": "text", "#, ""));
    assert_eq!(found.len(), 2);
    assert!(found[0].starts_with("Speaker 0 500–"), "{found:?}");
    assert!(
        found[0].ends_with(": Wo denn?") && found[1].ends_with(": Hier."),
        "{found:?}"
    );
}

#[test]
fn a_question_with_its_answer_is_two_turns() {
    let text = r#"{"title": "Am Wasser", "date": "1. Mai 2020", "interview": [{"question": "Wo?", "answer": "Hier.\n\nUnd\nda."}, {"question": "Wann?", "answer": "Jetzt."}]}"#;
    assert_eq!(
        said(text),
        [
            "question: Wo?",
            "answer: Hier.",
            "answer: Und da.",
            "question: Wann?",
            "answer: Jetzt."
        ]
    );
    let metadata = document(text).unwrap().metadata;
    assert_eq!(metadata.title.as_deref(), Some("Am Wasser"));
    assert_eq!(metadata.date.as_deref(), Some("2020-05-01"));
}

#[test]
fn names_within_the_text_are_found_too() {
    let text = r#"{"segments": [{"start": 0, "end": 1, "text": "[SPEAKER_00]: Wo?"}, {"start": 1, "end": 2, "text": "[SPEAKER_01]: Hier."}]}"#;
    assert_eq!(
        said(text),
        ["SPEAKER_00 0–1000: Wo?", "SPEAKER_01 1000–2000: Hier."]
    );
}

#[test]
fn what_is_damaged_is_read_so_far_or_says_where() {
    let whole = r#"[{"speaker": "Ada", "text": "Wo?"}, {"speaker": "Bo", "text": "Hier."}]"#;
    assert_eq!(said(&whole[..whole.len() - 8]), ["Ada: Wo?"]);
    let told = |text: &str| document(text).unwrap_err().tell(Lang::English);
    assert!(told("[{\n\"speaker\": oh}]").starts_with("line 2: the JSON isn't valid here"));
    assert!(told("{\"a\":").starts_with("line 1: the JSON is cut off here"));
    let other = told("\n{\"name\": \"x\", \"version\": \"1.0\"}");
    assert!(other.starts_with("line 2: the JSON that begins here says nowhere"));
    let deep = format!("[{}", "[".repeat(10_000));
    assert!(told(&deep).starts_with("line 1: the JSON is nested too deeply"));
}

#[test]
fn text_in_brackets_is_no_json() {
    for text in ["[00:12] Ada: Ja.", "[Musik]", "{so}", "", "[0.5, 1]"] {
        let source = Source::new(text.as_bytes(), None, false);
        assert!(!recognises(&source), "{text}");
    }
}
