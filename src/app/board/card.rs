//! A note as the list shows it: what it is and where it stands, its passage, what the reader says of it.

use std::ops::Range;
use std::sync::Arc;

use jiff::Timestamp;

use super::Sources;
use crate::app::Side;
use crate::app::wrapped::wrapped;
use crate::lang::{Lang, Tell};
use crate::notes::book::{Passage, Placed};
use crate::notes::{Kinds, Motivation, Note, Target};
use crate::text::visible::{visible, visible_line};

/// How far the lines of a card stand in under its heading, in cells.
pub const INDENT: u16 = 2;
/// The most lines of a passage that the list shows.
const QUOTED: usize = 2;
/// The most lines of a note's words that the list shows.
const SAID: usize = 4;

/// How a note stands.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// It is there, and so is its passage, or its interview isn't open.
    Here,
    /// It has lost its passage: why, and where it may stand, once that was looked for.
    Orphan(String, Option<Vec<String>>),
    /// It was deleted, then.
    Deleted(Option<Timestamp>),
    /// It says something else by now.
    Earlier,
}

/// A note as the list shows it.
#[derive(Clone, Debug)]
pub struct Card {
    /// The note.
    pub note: Arc<Note>,
    /// How it stands.
    pub state: State,
    /// Its first passage in an open interview.
    pub passage: Option<Passage>,
    /// The column that its interview stands in, where that matters.
    pub side: Option<Side>,
    /// The group that it stands in, by number.
    pub group: usize,
    /// The kinds of highlight that the reader uses.
    pub(super) known: Arc<Kinds>,
}

/// What a line of a card is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Why it has lost its passage, or that it is one of the past.
    Wrong,
    /// The passage.
    Quote,
    /// What the reader says of it.
    Words,
    /// Its tags.
    Tags,
    /// Where it may stand.
    Aside,
}

impl Card {
    /// The card of a note that there is.
    pub(super) fn new(placed: &Placed, sources: &Sources) -> Option<Card> {
        let note = sources.annotations.book.store().shared(&placed.note.id)?;
        let orphan = placed.orphan().map(|orphan| orphan.tell(sources.lang));
        let state = orphan.map_or(State::Here, |why| State::Orphan(why, None));
        Some(Card {
            passage: placed.passage().cloned(),
            ..Card::past(Arc::clone(note), state, sources)
        })
    }

    /// The card of a note as it was.
    pub(super) fn past(note: Arc<Note>, state: State, sources: &Sources) -> Card {
        Card {
            note,
            state,
            passage: None,
            side: None,
            group: 0,
            known: Arc::clone(&sources.annotations.book.kinds),
        }
    }

    /// Its interview and the exchange it stands in.
    #[must_use]
    pub fn place(&self) -> String {
        place(&self.note)
    }

    /// When it was last changed, or deleted.
    #[must_use]
    pub fn time(&self) -> Option<Timestamp> {
        match self.state {
            State::Deleted(when) => when.or(self.note.modified),
            _ => self.note.modified.or(self.note.created),
        }
    }

    /// Its lines under the heading, in `width` cells.
    #[must_use]
    pub fn lines(&self, width: u16, lang: Lang) -> Vec<(Ink, String)> {
        let measure = usize::from(width.saturating_sub(INDENT));
        let mut lines = Vec::new();
        let mut put = |ink: Ink, text: &str, most: usize| {
            lines.extend(
                wrapped(text, measure, most)
                    .into_iter()
                    .map(|line| (ink, line)),
            );
        };
        match &self.state {
            State::Here => {}
            State::Orphan(why, _) => put(Ink::Wrong, why, 2),
            State::Deleted(_) => put(Ink::Wrong, lang.tr("deleted", "gelöscht"), 1),
            State::Earlier => put(
                Ink::Wrong,
                lang.tr("an earlier wording", "eine frühere Fassung"),
                1,
            ),
        }
        for target in &self.note.targets {
            let quote = visible_line(&target.anchor.exact.replace('\n', " "));
            if !quote.is_empty() {
                put(
                    Ink::Quote,
                    &lang.tr(format!("“{quote}”"), format!("„{quote}“")),
                    QUOTED,
                );
            }
        }
        if self.note.motivation() != &Motivation::Tagging {
            let judged = self.note.verdict().map(|verdict| verdict.tell(lang));
            let said = judged.as_deref().unwrap_or(self.note.text().trim());
            put(Ink::Words, &visible(said), SAID);
        }
        let tags: Vec<String> = self.note.tags().map(|tag| format!("#{tag}")).collect();
        put(Ink::Tags, &visible_line(&tags.join(" ")), 2);
        if let State::Orphan(_, Some(places)) = &self.state {
            let likely = match places.is_empty() {
                true => lang.tr(
                    "nothing in the text is like it: a asks where it stands",
                    "nichts im Text ähnelt ihr: a fragt, wo sie steht",
                ),
                false => lang.tr("it may stand here (a):", "sie könnte hier stehen (a):"),
            };
            put(Ink::Aside, likely, 1);
            for place in places {
                put(Ink::Aside, place, 1);
            }
        }
        lines
    }

    /// How many rows it takes.
    #[must_use]
    pub fn rows(&self, width: u16, lang: Lang) -> usize {
        1 + self.lines(width, lang).len()
    }

    /// What its interviews are called.
    pub fn interviews(&self) -> impl Iterator<Item = &str> {
        let sources = self.note.targets.iter().map(|target| &target.source);
        sources
            .flat_map(|source| [source.label.as_deref(), source.path.as_deref()])
            .flatten()
    }

    /// What kind of note it is, in either language.
    pub(super) fn kinds(&self) -> Vec<String> {
        let kind = self.note.kind();
        let names = [Lang::English, Lang::German].map(|lang| self.known.names(&kind, lang));
        names.concat()
    }

    /// Everything that the filter looks at.
    pub(super) fn line(&self) -> String {
        let kinds = self.kinds().join(" ");
        let tags: String = self.note.tags().map(|tag| format!(" #{tag}")).collect();
        let quotes = self
            .note
            .targets
            .iter()
            .map(|target| target.anchor.exact.as_str());
        let quotes: Vec<&str> = quotes.collect();
        let said = self.note.text();
        let line = format!("{kinds} {}{tags} {said} {}", self.place(), quotes.join(" "));
        line.replace('\n', " ")
    }
}

/// The interview that a note is about, and the exchange it stands in; of a note about two passages, both.
#[must_use]
pub fn place(note: &Note) -> String {
    let place = |target: &Target| {
        let label = visible_line(target.source.label.as_deref().unwrap_or("?"));
        match target.exchange {
            Some(number) => format!("{label} {number}"),
            None => label,
        }
    };
    let places: Vec<String> = note.targets.iter().map(place).collect();
    match places.is_empty() {
        true => "?".to_owned(),
        false => places.join(" + "),
    }
}

/// A passage as a place to choose: the exchange, and how the passage begins.
#[must_use]
pub fn excerpt(text: &str, range: &Range<usize>, exchange: Option<usize>) -> String {
    /// Bytes of the passage that are shown at most.
    const SHOWN: usize = 300;
    let quote = text.get(range.clone()).unwrap_or_default();
    let quote = &quote[..quote.floor_char_boundary(SHOWN)];
    let quote = visible_line(&quote.replace('\n', " "));
    match exchange {
        Some(exchange) => format!("{}: {quote}", exchange + 1),
        None => quote,
    }
}
