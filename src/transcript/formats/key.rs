//! What the keys of JSON transcripts and the columns of tables are about, whoever wrote them.

/// What a key is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// What is said; of several in one object the highest counts.
    Text(u8),
    /// Who says it; of several the highest counts.
    Speaker(u8),
    /// What a speaker is called where its name is not meant.
    Id,
    /// When it begins; or beginning and end, in an array or an object.
    Start(Unit),
    /// When it ends.
    End(Unit),
    /// How long it takes.
    Duration(Unit),
    /// Several readings of the same, the best first.
    Alternatives,
    /// The names of the speakers.
    Speakers,
    /// The title of the whole.
    Title,
    /// The date of the whole.
    Date,
    /// Who says what the key holds: *question*, *answer*.
    Label,
    /// Something else.
    Other,
}

/// In what a time is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Milliseconds.
    Milliseconds,
    /// Ten millionths of a second.
    Ticks,
    /// That must be seen from the whole.
    Unknown,
}

use Key::{Duration, End, Id, Label, Speaker, Start, Text};
use Unit::{Milliseconds, Ticks, Unknown};

/// The keys, in lower case and without `_`, `-`, `.`, `:`, spaces and digits.
const KEYS: &[(&str, Key)] = &[
    // Of one word, the one that a sentence is written with.
    ("punctuatedword", Text(9)),
    ("display", Text(8)),
    ("text", Text(7)),
    ("transcript", Text(6)),
    ("transcription", Text(6)),
    ("message", Text(6)),
    ("content", Text(6)),
    ("body", Text(6)),
    ("utterance", Text(6)),
    ("paragraphs", Text(6)),
    ("sentences", Text(5)),
    ("sentence", Text(5)),
    ("said", Text(5)),
    ("inhalt", Text(5)),
    ("beitrag", Text(5)),
    ("äußerung", Text(5)),
    ("aussage", Text(5)),
    ("wortlaut", Text(5)),
    ("transkript", Text(5)),
    ("nachricht", Text(5)),
    ("caption", Text(5)),
    ("value", Text(4)),
    ("word", Text(3)),
    ("utf", Text(3)),
    ("speakername", Speaker(9)),
    ("speaker", Speaker(8)),
    ("sprecher", Speaker(8)),
    ("sprecherin", Speaker(8)),
    ("displayname", Speaker(7)),
    ("name", Speaker(7)),
    ("author", Speaker(6)),
    ("who", Speaker(6)),
    ("wer", Speaker(6)),
    ("sender", Speaker(6)),
    ("participant", Speaker(6)),
    ("person", Speaker(6)),
    ("user", Speaker(5)),
    ("username", Speaker(5)),
    ("speakerlabel", Speaker(4)),
    ("speakertag", Speaker(4)),
    ("speakerid", Speaker(4)),
    ("speakers", Key::Speakers),
    ("teilnehmer", Speaker(6)),
    ("stimme", Speaker(6)),
    ("voice", Speaker(6)),
    ("autor", Speaker(6)),
    ("rolle", Speaker(2)),
    ("role", Speaker(2)),
    ("id", Id),
    ("spkid", Id),
    ("label", Id),
    ("start", Start(Unknown)),
    ("starttime", Start(Unknown)),
    ("startoffset", Start(Unknown)),
    ("begin", Start(Unknown)),
    ("from", Start(Unknown)),
    ("von", Start(Unknown)),
    ("time", Start(Unknown)),
    ("zeit", Start(Unknown)),
    ("timestamp", Start(Unknown)),
    ("timestamps", Start(Unknown)),
    ("timecode", Start(Unknown)),
    ("startzeit", Start(Unknown)),
    ("beginn", Start(Unknown)),
    ("anfang", Start(Unknown)),
    ("offset", Start(Unknown)),
    ("offsets", Start(Milliseconds)),
    ("interval", Start(Unknown)),
    ("seconds", Start(Unknown)),
    ("ts", Start(Unknown)),
    ("datastart", Start(Unknown)),
    ("tstartms", Start(Milliseconds)),
    ("startms", Start(Milliseconds)),
    ("starttimems", Start(Milliseconds)),
    ("offsetmilliseconds", Start(Milliseconds)),
    ("offsetms", Start(Milliseconds)),
    ("offsetinticks", Start(Ticks)),
    ("end", End(Unknown)),
    ("endtime", End(Unknown)),
    ("endoffset", End(Unknown)),
    ("endts", End(Unknown)),
    ("stop", End(Unknown)),
    ("to", End(Unknown)),
    ("bis", End(Unknown)),
    ("ende", End(Unknown)),
    ("endzeit", End(Unknown)),
    ("dataend", End(Unknown)),
    ("endms", End(Milliseconds)),
    ("endtimems", End(Milliseconds)),
    ("duration", Duration(Unknown)),
    ("dauer", Duration(Unknown)),
    ("ddurationms", Duration(Milliseconds)),
    ("durationms", Duration(Milliseconds)),
    ("durationmilliseconds", Duration(Milliseconds)),
    ("durationinticks", Duration(Ticks)),
    ("alternatives", Key::Alternatives),
    ("nbest", Key::Alternatives),
    ("title", Key::Title),
    ("titel", Key::Title),
    ("date", Key::Date),
    ("datum", Key::Date),
    ("question", Label),
    ("answer", Label),
    ("frage", Label),
    ("antwort", Label),
    ("interviewer", Label),
    ("interviewee", Label),
    ("host", Label),
    ("guest", Label),
];

/// What the key `key` is about.
#[must_use]
pub fn key(key: &str) -> Key {
    let key: String = key
        .chars()
        .filter(|c| !matches!(c, '_' | '-' | ' ' | '.' | ':' | '0'..='9'))
        .flat_map(char::to_lowercase)
        .collect();
    let known = KEYS.iter().find(|(known, _)| *known == key);
    known.map_or(Key::Other, |(_, about)| *about)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_known_however_it_is_written() {
        assert_eq!(key("start_time"), Start(Unknown));
        assert_eq!(key("startTime"), Start(Unknown));
        assert_eq!(key("Speaker-Label"), Speaker(4));
        assert_eq!(key("confidence"), Key::Other);
    }

    #[test]
    fn no_key_stands_there_twice() {
        for (at, (name, _)) in KEYS.iter().enumerate() {
            assert!(KEYS[..at].iter().all(|(other, _)| other != name), "{name}");
        }
    }
}
