//! An interview: one document with its metadata and its turns, as every other part of the program sees it.

mod correction;

use std::collections::HashSet;
use std::fmt;
use std::num::NonZeroU16;
use std::ops::Range;
use std::path::PathBuf;

pub use correction::Correction;

use crate::lang::{Lang, Tell};
use crate::text::{Language, Span};

/// What a turn does in an interview.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// What stands before the first question.
    Introduction,
    /// A contribution of the one who asks.
    Question,
    /// A contribution of the one who is asked.
    Answer,
    /// Neither: an editor's note, a subhead, a stage direction.
    Remark,
    /// What stands after the last answer.
    Closing,
}

impl Tell for Role {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Role::Introduction => lang.tr("introduction", "Einleitung"),
            Role::Question => lang.tr("question", "Frage"),
            Role::Answer => lang.tr("answer", "Antwort"),
            Role::Remark => lang.tr("remark", "Anmerkung"),
            Role::Closing => lang.tr("closing", "Schluss"),
        }
        .to_owned()
    }
}

/// One uninterrupted contribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// What it does.
    pub role: Role,
    /// Who speaks, where the source says so.
    pub speaker: Option<Voice>,
    /// Its paragraphs, as indices into [`Interview::paragraphs`]; never empty.
    pub paragraphs: Span,
    /// When it was said, where the source says so.
    pub time: Option<Time>,
}

impl Turn {
    /// A turn of which no more is known than what it does.
    #[must_use]
    pub fn new(role: Role, paragraphs: Range<usize>) -> Turn {
        Turn {
            role,
            speaker: None,
            paragraphs: paragraphs.into(),
            time: None,
        }
    }
}

/// One who speaks: an index into [`Interview::speakers`], where the name is. A long interview has many turns of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Voice(NonZeroU16);

impl Voice {
    /// The one with this index; `None` after 65,535 others.
    #[must_use]
    pub fn of(index: usize) -> Option<Voice> {
        let number = u16::try_from(index + 1).ok();
        number.and_then(NonZeroU16::new).map(Voice)
    }

    /// The index.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0.get()) - 1
    }
}

/// When something was said, in milliseconds from the beginning of the recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// When it began.
    pub start: u32,
    /// When it ended; not before it began. What has no known end ends where it begins.
    pub end: u32,
}

/// How the role of a paragraph was found where nothing says who speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Finding {
    /// How probable it is that the paragraph does something else, from 0 to 1.
    pub doubt: f32,
    /// How much its typography speaks for its asking (a natural logarithm of odds); `None` where it belongs to no turn.
    pub lean: Option<f32>,
}

/// From here on a paragraph is doubtful. On interviews from other sources than those that the weights were fitted to, a third
/// of the doubtful paragraphs is wrong, and more than half of the wrong ones are doubtful (`examples/fit_structure --check`).
pub const DOUBTFUL: f32 = 0.2;

/// A question turn with the turns that answer it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// Its turns, as indices into [`Interview::turns`]: the question first, then what follows up to the next question.
    pub turns: Span,
    /// The paragraphs of its question, as indices into [`Interview::paragraphs`].
    pub question: Span,
    /// All of its paragraphs, question and answers.
    pub paragraphs: Span,
}

impl Exchange {
    /// The paragraphs below its question, as indices into [`Interview::paragraphs`].
    #[must_use]
    pub fn answer(&self) -> Range<usize> {
        self.question.end()..self.paragraphs.end()
    }
}

impl fmt::Display for Time {
    /// When it began, as a clock shows it: `0:07`, `12:05`, `1:02:03`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.start / 1000;
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        match hours {
            0 => write!(f, "{minutes}:{seconds:02}"),
            _ => write!(f, "{hours}:{minutes:02}:{seconds:02}"),
        }
    }
}

/// What is known of an interview beside its text. A field that the source doesn't give is `None`, never guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Metadata {
    /// Its title.
    pub title: Option<String>,
    /// Who is asked.
    pub interviewee: Option<String>,
    /// A word for the list and the narrow heads, where the interviewee's name is too long.
    pub short: Option<String>,
    /// Whom the interviewee speaks for.
    pub organisation: Option<String>,
    /// When it was held or published, as far as it is known: `2017`, `2017-06` or `2017-06-01`.
    pub date: Option<String>,
}

impl Metadata {
    /// What is known here, and where nothing is, what `other` knows.
    #[must_use]
    pub fn or(self, other: Metadata) -> Metadata {
        Metadata {
            title: self.title.or(other.title),
            interviewee: self.interviewee.or(other.interviewee),
            short: self.short.or(other.short),
            organisation: self.organisation.or(other.organisation),
            date: self.date.or(other.date),
        }
    }
}

/// What tells one interview from another: by these its notes find it again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// SHA-256 of the text, in lower-case hexadecimal digits.
    pub text: String,
    /// SHA-256 of the raw file.
    pub raw: String,
    /// Where it was read from; a hint, for files move. `None` for standard input and what is shipped.
    pub path: Option<PathBuf>,
}

/// One document: metadata and turns over one text.
#[derive(Clone, Debug, Default)]
pub struct Interview {
    /// Who, what, when.
    pub metadata: Metadata,
    /// The name it goes by where nothing better is known: its file's name without the ending.
    pub name: String,
    /// The format it was read from, in a word: `text`, `markdown`.
    pub format: &'static str,
    /// The language it is in, where that is known.
    pub language: Option<Language>,
    /// By what its notes find it.
    pub identity: Identity,
    /// The decoded text: its paragraphs joined by one blank line, no markup, no control characters but newlines.
    pub text: String,
    /// The paragraphs as spans of bytes of [`Interview::text`], in order.
    pub paragraphs: Vec<Span>,
    /// The names of those who speak.
    pub speakers: Vec<String>,
    /// The turns, in order, covering every paragraph once.
    pub turns: Vec<Turn>,
    /// The exchanges, in order; an exchange's number is its index plus one.
    pub exchanges: Vec<Exchange>,
    /// How each paragraph's role was found; empty where the source says who speaks.
    pub findings: Vec<Finding>,
    /// How many speak, as far as they are named.
    pub voices: usize,
    /// Whether this is only the head of a long file, shown while the rest is read.
    pub partial: bool,
}

impl Interview {
    /// Puts an interview together from its paragraphs and their turns, and numbers its exchanges.
    ///
    /// `paragraphs` are the paragraphs' texts, none of them empty; `turns` must cover them in order.
    #[must_use]
    pub fn new(paragraphs: &[impl AsRef<str>], turns: Vec<Turn>) -> Interview {
        let mut text = String::new();
        let mut spans = Vec::with_capacity(paragraphs.len());
        for paragraph in paragraphs {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            let start = text.len();
            text.push_str(paragraph.as_ref());
            spans.push(Span::from(start..text.len()));
        }
        let mut interview = Interview {
            format: "text",
            text,
            paragraphs: spans,
            ..Interview::default()
        };
        interview.set_turns(turns);
        interview
    }

    /// Gives the interview other turns over the same paragraphs.
    pub fn set_turns(&mut self, turns: Vec<Turn>) {
        let asks = |turn: &&Turn| turn.role == Role::Question;
        let mut exchanges: Vec<Exchange> = Vec::with_capacity(turns.iter().filter(asks).count());
        let mut over = true;
        for (at, turn) in turns.iter().enumerate() {
            over = turn.role != Role::Question && (over || turn.role == Role::Closing);
            match exchanges.last_mut().filter(|_| turn.role != Role::Question) {
                Some(open) if !over => {
                    open.turns.end_at(at + 1);
                    open.paragraphs.end_at(turn.paragraphs.end());
                }
                None if turn.role == Role::Question => exchanges.push(Exchange {
                    turns: Span::from(at..at + 1),
                    question: turn.paragraphs.clone(),
                    paragraphs: turn.paragraphs.clone(),
                }),
                _ => {}
            }
        }
        self.exchanges = exchanges;
        let named = turns.iter().filter_map(|turn| turn.speaker);
        self.voices = named.collect::<HashSet<Voice>>().len();
        self.turns = turns;
    }

    /// The text of paragraph `index`; empty where there is none.
    #[must_use]
    pub fn paragraph(&self, index: usize) -> &str {
        self.paragraphs
            .get(index)
            .map_or("", |span| &self.text[span.range()])
    }

    /// The byte range of the text that the paragraphs `paragraphs` take; empty for none.
    #[must_use]
    pub fn span(&self, paragraphs: impl Into<Range<usize>>) -> Range<usize> {
        let paragraphs = paragraphs.into();
        let Some(start) = self.paragraphs.get(paragraphs.start).map(Span::start) else {
            return self.text.len()..self.text.len();
        };
        let last = paragraphs.end.min(self.paragraphs.len()).checked_sub(1);
        let end = last.map_or(start, |last| self.paragraphs[last].end());
        start..end.max(start)
    }

    /// How probable it is that one of `paragraphs` does something else than is said here: that of the most doubtful one;
    /// `None` where none of them is doubtful, or where what follows is not known yet.
    #[must_use]
    pub fn doubt(&self, paragraphs: impl Into<Range<usize>>) -> Option<f32> {
        let findings = self
            .findings
            .get(paragraphs.into())
            .filter(|_| !self.partial)?;
        let findings = findings.iter();
        let most = findings.map(|finding| finding.doubt).reduce(f32::max);
        most.filter(|doubt| *doubt >= DOUBTFUL)
    }

    /// The question of exchange `index`, counted from 0.
    #[must_use]
    pub fn question(&self, index: usize) -> &str {
        self.exchanges.get(index).map_or("", |exchange| {
            &self.text[self.span(exchange.question.clone())]
        })
    }

    /// The paragraph that byte `byte` of the text stands in, or the one before it where it stands between two.
    #[must_use]
    pub fn paragraph_at(&self, byte: usize) -> usize {
        self.paragraphs
            .partition_point(|span| span.start() <= byte)
            .saturating_sub(1)
    }

    /// The turn, by index, that paragraph `paragraph` belongs to.
    #[must_use]
    pub fn turn_of(&self, paragraph: usize) -> Option<usize> {
        let turn = self
            .turns
            .partition_point(|turn| turn.paragraphs.start() <= paragraph)
            .checked_sub(1)?;
        self.turns[turn]
            .paragraphs
            .contains(&paragraph)
            .then_some(turn)
    }

    /// The name of the one who speaks in `turn`, where the source says it.
    #[must_use]
    pub fn speaker(&self, turn: &Turn) -> Option<&str> {
        let name = self.speakers.get(turn.speaker?.index())?;
        Some(name)
    }

    /// The exchange, by index from 0, that paragraph `paragraph` belongs to; `None` in introduction and closing.
    #[must_use]
    pub fn exchange_of(&self, paragraph: usize) -> Option<usize> {
        let exchange = self
            .exchanges
            .partition_point(|e| e.paragraphs.start() <= paragraph)
            .checked_sub(1)?;
        self.exchanges[exchange]
            .paragraphs
            .contains(&paragraph)
            .then_some(exchange)
    }

    /// What to call it at full length: who is asked, else whom they speak for, else its title, else the file's name.
    #[must_use]
    pub fn label(&self) -> &str {
        let Metadata {
            title,
            interviewee,
            organisation,
            ..
        } = &self.metadata;
        let known = interviewee.as_deref().or(organisation.as_deref());
        known.or(title.as_deref()).unwrap_or(&self.name)
    }

    /// What to call it where there is little room.
    #[must_use]
    pub fn short_label(&self) -> &str {
        self.metadata
            .short
            .as_deref()
            .unwrap_or_else(|| self.label())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made_up() -> Interview {
        Interview::new(
            &[
                "Vorweg.",
                "Was tun Sie?",
                "Viel.",
                "Und mehr.",
                "Warum?",
                "Darum.",
                "Danke.",
            ],
            vec![
                Turn::new(Role::Introduction, 0..1),
                Turn::new(Role::Question, 1..2),
                Turn::new(Role::Answer, 2..4),
                Turn::new(Role::Question, 4..5),
                Turn::new(Role::Answer, 5..6),
                Turn::new(Role::Closing, 6..7),
            ],
        )
    }

    #[test]
    fn an_exchange_is_a_question_with_what_answers_it() {
        let interview = made_up();
        assert_eq!(interview.exchanges.len(), 2);
        assert_eq!(interview.question(0), "Was tun Sie?");
        assert_eq!(interview.exchanges[0].paragraphs, 1..4);
        assert_eq!(interview.exchanges[1].paragraphs, 4..6);
        assert_eq!(
            &interview.text[interview.span(1..4)],
            "Was tun Sie?\n\nViel.\n\nUnd mehr."
        );
    }

    #[test]
    fn a_time_is_told_as_a_clock_shows_it() {
        let told = |start| Time { start, end: start }.to_string();
        assert_eq!(
            [7_900, 725_000, 3_723_000].map(told),
            ["0:07", "12:05", "1:02:03"]
        );
    }

    #[test]
    fn a_place_in_the_text_knows_its_paragraph_turn_and_exchange() {
        let interview = made_up();
        let at = interview.text.find("mehr").unwrap();
        assert_eq!(interview.paragraph_at(at), 3);
        assert_eq!(interview.turn_of(3), Some(2));
        assert_eq!(interview.exchange_of(3), Some(0));
        assert_eq!(interview.exchange_of(0), None);
        assert_eq!(interview.exchange_of(6), None);
        assert_eq!(interview.paragraph_at(interview.text.len()), 6);
    }
}
