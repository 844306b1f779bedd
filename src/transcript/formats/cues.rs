//! Cues to paragraphs: what subtitles and machines' transcripts cut into pieces of a few seconds is put together again.
//!
//! A cue ends anywhere in a sentence; a paragraph ends where a sentence does, at a pause or when it is long enough.

use std::borrow::Cow;
use std::ops::Range;

use crate::interview::Time;
use crate::transcript::bounds;
use crate::transcript::clock::span;
use crate::transcript::document::{Document, Mark, Voice};
use crate::transcript::labels::{Labels, spelling};
use crate::transcript::paragraphs::{join as join_line, joint, lines};

/// From this length on, in bytes, a paragraph ends with its sentence where the speaker draws breath.
const ENOUGH: usize = 500;
/// From this length on it ends with its sentence.
const LONG: usize = 900;
/// At this length it ends though no sentence does: some machines write no full stops.
const ENDLESS: usize = 2_500;

/// What is left of a cue is worth a paragraph of its own from this length on.
const REST: usize = 200;

/// A breath, in milliseconds.
const BREATH: u32 = 700;
/// A pause after which something else is begun.
const PAUSE: u32 = 2_500;
/// A pause in which somebody else may have begun to speak, where nobody is named.
const TURN: u32 = 1_200;

/// Words of three letters and more, or two small ones, that have a full stop in the middle of a sentence.
const ABBREVIATED: &[&str] = &[
    "bzw", "bspw", "ca", "evtl", "etc", "ggf", "inkl", "Mrs", "Prof", "resp", "sog", "usw", "vgl",
    "vs",
];

/// What is said in one piece.
#[derive(Clone, Debug, Default)]
pub struct Cue<'a> {
    /// Who says it, where that is known.
    pub voice: Option<Voice>,
    /// When it is said, where that is known.
    pub time: Option<Time>,
    /// What the source says begins with it.
    pub begins: Begins,
    /// What is said.
    pub text: Cow<'a, str>,
}

/// What begins with a cue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Begins {
    /// Nothing that is known.
    #[default]
    Nothing,
    /// A paragraph.
    Paragraph,
    /// Somebody else speaks.
    Voice,
}

/// Finds the speakers by the names that stand before what is said, and takes these off. A name holds until the next one,
/// or until somebody else begins.
pub fn name(cues: &mut [Cue], document: &mut Document) {
    if cues.iter().any(|cue| cue.voice.is_some()) {
        return;
    }
    let labels = |cues: &[Cue]| Labels::of_cues(cues.iter().map(|cue| cue.text.as_ref()));
    let mut found = labels(cues);
    if found.names().is_empty() {
        spelling::of_texts(cues.iter_mut().map(|cue| &mut cue.text).collect());
        found = labels(cues);
    }
    let labels = found;
    let names = labels.names().iter();
    let voices: Vec<Option<Voice>> = names.map(|name| document.voice(name)).collect();
    if voices.is_empty() {
        return;
    }
    let mut speaker = None;
    for cue in cues {
        if let Some((index, head)) = labels.read(&cue.text, Mark::default()) {
            speaker = voices.get(index).copied().flatten();
            cue.time = cue.time.or(head.time);
            let label = cue.text.len() - head.said.len();
            cue.text = from(std::mem::take(&mut cue.text), label);
            cue.begins = Begins::Nothing;
        } else if cue.begins == Begins::Voice {
            speaker = None;
        }
        cue.voice = speaker;
    }
}

/// Joins the paragraphs of `document` anew where they are cues: nearly all have a time, and one in three stops in the
/// middle of a sentence.
pub fn rejoin(document: &mut Document) {
    let all = document.paragraphs.len();
    let timed = document
        .marks
        .iter()
        .filter(|mark| mark.time.is_some())
        .count();
    let texts = document
        .paragraphs
        .iter()
        .zip(document.paragraphs.iter().skip(1));
    let stops = texts.filter(|(text, _)| !ends_sentence(text)).count();
    if all < 3 || timed * 10 < all * 8 || stops * 3 < all - 1 {
        return;
    }
    let texts = std::mem::take(&mut document.paragraphs);
    let marks = std::mem::take(&mut document.marks);
    let cues: Vec<Cue> = texts
        .into_iter()
        .zip(marks)
        .map(|(text, mark)| Cue {
            voice: mark.speaker,
            time: mark.time,
            begins: Begins::Nothing,
            text,
        })
        .collect();
    join(&cues, document);
}

/// Adds what is said at once, parted into paragraphs by its own blank lines.
pub fn paragraphs(said: &str, voice: Option<Voice>, time: Option<Time>, cues: &mut Vec<Cue>) {
    let mut begins = Begins::Nothing;
    let mut open = false;
    for line in lines(said) {
        // One more than are read tells that there are more.
        if cues.len() > bounds::PIECES {
            break;
        }
        match cues.last_mut().filter(|_| open) {
            _ if line.is_empty() => {
                if open {
                    begins = Begins::Paragraph;
                }
                open = false;
            }
            Some(cue) => join_line(cue.text.to_mut(), line),
            None => {
                cues.push(Cue {
                    voice,
                    time,
                    begins,
                    text: line.to_owned().into(),
                });
                open = true;
            }
        }
    }
}

/// `text` from the byte `at` on.
pub fn from(text: Cow<str>, at: usize) -> Cow<str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[at..]),
        Cow::Owned(mut text) => {
            text.drain(..at);
            Cow::Owned(text)
        }
    }
}

/// Adds `cues` to `document`, joined to paragraphs.
pub fn join(cues: &[Cue], document: &mut Document) {
    let punctuated = is_punctuated(cues);
    let named = cues.iter().any(|cue| cue.voice.is_some());
    let mut open = Open::default();
    let mut last = None;
    for cue in cues {
        let text = cue.text.trim();
        let pause = match (open.mark.time, cue.time) {
            (Some(before), Some(now)) => now.start.saturating_sub(before.end),
            _ => 0,
        };
        let turns = cue.begins != Begins::Nothing || cue.voice != open.mark.speaker;
        if turns || open.ends_before(pause, punctuated, named) {
            open.close(document);
        }
        open.mark.begins |= cue.begins == Begins::Voice;
        open.mark.speaker = cue.voice;
        // Lines of one cue were broken to fit the screen.
        open.part(text, last == Some(cue.time));
        last = Some(cue.time);
        let mut from = 0;
        for end in sentence_ends(text) {
            open.add(&text[from..end], part(cue.time, from..end, text.len()));
            from = end;
            if open.text.len() >= LONG && text.len() - end >= REST {
                open.close(document);
                open.mark.speaker = cue.voice;
            }
        }
        open.add(&text[from..], part(cue.time, from..text.len(), text.len()));
    }
    open.close(document);
}

/// The paragraph that is being put together.
#[derive(Default)]
struct Open {
    text: String,
    mark: Mark,
}

impl Open {
    /// Parts what is there from the next line; `broken` says that both are of one cue.
    fn part(&mut self, line: &str, broken: bool) {
        if broken && !self.text.is_empty() {
            joint(&mut self.text, line);
        } else if !self.text.is_empty() {
            self.text.push(' ');
        }
    }

    /// Adds a piece of a cue.
    fn add(&mut self, piece: &str, time: Option<Time>) {
        self.text.push_str(piece);
        self.mark.time = match (self.mark.time, time) {
            (Some(from), Some(to)) => Some(span(from.start, to.end.max(from.end))),
            (from, to) => from.or(to),
        };
    }

    /// Whether it ends before a cue that comes after a pause of `pause` milliseconds.
    fn ends_before(&self, pause: u32, punctuated: bool, named: bool) -> bool {
        let text = self.text.trim_end();
        let length = text.len();
        if !punctuated {
            return pause >= PAUSE || pause >= BREATH && length >= ENOUGH || length >= ENDLESS;
        }
        if !ends_sentence(text) {
            return length >= ENDLESS;
        }
        let turn = !named && (pause >= TURN || pause > 0 && text.ends_with('?'));
        turn || pause >= PAUSE || pause >= BREATH && length >= ENOUGH || length >= LONG
    }

    fn close(&mut self, document: &mut Document) {
        let Open { text, mark } = std::mem::take(self);
        document.push(text.into(), mark);
    }
}

/// The time of what stands at `place` in a cue of `length` bytes, as if it were spoken evenly.
fn part(time: Option<Time>, place: Range<usize>, length: usize) -> Option<Time> {
    let time = time?;
    let at = |byte: usize| {
        let share = byte as f64 / length.max(1) as f64;
        time.start + (f64::from(time.end - time.start) * share).round() as u32
    };
    Some(span(at(place.start), at(place.end)))
}

/// Whether full stops are written: at least one in a hundred words.
fn is_punctuated(cues: &[Cue]) -> bool {
    let (mut words, mut stops) = (0usize, 0usize);
    for cue in cues {
        for word in cue.text.split_whitespace() {
            words += 1;
            stops += usize::from(word.ends_with(['.', '?', '!', '…', '"', '“', '”']));
        }
    }
    stops * 100 >= words
}

/// Where in `text` a sentence ends and another begins: the places after the white space between them, in bytes.
fn sentence_ends(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let spaces = memchr::memchr_iter(b' ', bytes);
    spaces
        .filter(move |&at| ends_sentence(&text[..at]))
        .map(|at| at + 1)
}

/// Whether `text` ends with its sentence, as surely as can be seen: a full stop after *Dr* or *z. B* doesn't count.
fn ends_sentence(text: &str) -> bool {
    let quotes = |c: char| "\"'“”‘’«»)]".contains(c);
    let text = text.trim_end_matches(quotes);
    let Some(before) = text.strip_suffix('.') else {
        return text.ends_with(['?', '!', '…']);
    };
    if before.ends_with('.') {
        return true;
    }
    let word = before
        .rsplit([' ', '.', '-', '('])
        .next()
        .unwrap_or_default();
    let letters = word.chars().count();
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return letters > 2;
    }
    let long = letters > 2 || letters == 2 && word.starts_with(char::is_lowercase);
    long && !ABBREVIATED.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The paragraphs that cues with these texts make, each of them a second long and a pause after the last.
    fn joined(cues: &[(&str, u32)]) -> Vec<(String, u32, u32)> {
        let mut at = 0;
        let cues: Vec<Cue> = cues
            .iter()
            .map(|(text, pause)| {
                let time = span(at + pause, at + pause + 1_000);
                at = time.end;
                Cue {
                    time: Some(time),
                    text: (*text).into(),
                    ..Cue::default()
                }
            })
            .collect();
        let mut document = Document::default();
        join(&cues, &mut document);
        let marks = document.marks.iter().filter_map(|mark| mark.time);
        let texts = document.paragraphs.iter().map(ToString::to_string);
        let paragraphs = texts.zip(marks);
        paragraphs
            .map(|(text, time)| (text, time.start, time.end))
            .collect()
    }

    #[test]
    fn a_sentence_is_whole_again_and_a_pause_parts_paragraphs() {
        let found = joined(&[
            ("Am Anfang stand", 0),
            ("eine Presse. Die war", 3_000),
            ("alt.", 0),
            ("Dann kam eine neue.", 3_000),
        ]);
        let expected = [
            (
                "Am Anfang stand eine Presse. Die war alt.".to_owned(),
                0,
                6_000,
            ),
            ("Dann kam eine neue.".to_owned(), 9_000, 10_000),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_long_paragraph_ends_with_a_sentence_and_knows_when() {
        let sentence = "Das war ein Satz von Dr. Kroll, der gar nicht so kurz ist. ";
        let found = joined(&[(&sentence.repeat(20), 0)]);
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|(text, ..)| text.ends_with("ist.")));
        let (first, second) = (&found[0], &found[1]);
        assert!(first.0.len() > LONG - 60 && second.0.len() > REST);
        assert_eq!((first.1, second.2), (0, 1_000));
        assert!(first.2 == second.1 && (700..900).contains(&second.1));
    }

    #[test]
    fn what_has_no_full_stops_is_parted_by_pauses() {
        let found = joined(&[("und dann", 0), ("war es so", 100), ("aber gut", 3_000)]);
        assert_eq!(found.len(), 2);
        assert!(
            joined(&[("und so weiter", 0); 500]).len() > 1,
            "it must end somewhere"
        );
    }

    #[test]
    fn a_full_stop_may_stand_inside_a_sentence() {
        for text in [
            "Er kam.",
            "Ja!",
            "Was?“",
            "Um 1998.",
            "Na ja …",
            "so.",
            "Nun...",
        ] {
            assert!(ends_sentence(text), "{text}");
        }
        for text in [
            "Frau Dr.", "am 3.", "z. B.", "z.B.", "Prof.", "und", "Das,", "",
        ] {
            assert!(!ends_sentence(text), "{text}");
        }
    }
}
