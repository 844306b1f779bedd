//! The list of all notes.

use ratatui::layout::Rect;

use super::annotate::{Annotations, is_shown};
use super::column::foot::words;
use super::keymap::{Action, Key};
use super::line::TypedLine;
use super::screen::{Screen, room};
use super::wrapped::wrapped;
use crate::find::filter::Filter;
use crate::find::query::Query;
use crate::lang::{Lang, Tell};
use crate::notes::{Id, Note};
use crate::text::visible::visible_line;

/// The widest that the list gets, in cells.
const WIDTH: u16 = 100;
/// How far the lines of a card stand in under its heading, in cells.
pub const INDENT: u16 = 2;
/// The most lines of a note's words that the list shows.
const LINES: usize = 3;

/// A note as the list shows it.
#[derive(Clone, Debug)]
pub struct Card {
    /// The note.
    pub note: Note,
    /// Its interview and the exchange it stands in.
    pub place: String,
    /// Why it has lost its passage, if it has.
    pub orphan: Option<String>,
}

/// The list of all notes.
#[derive(Debug, Default)]
pub struct Board {
    /// What it is filtered by.
    pub typed: TypedLine,
    /// Whether that is being typed.
    pub typing: bool,
    /// The chosen note among those that pass.
    pub chosen: usize,
    /// The first note that is seen; made by [`Board::settle`].
    pub top: usize,
    cards: Vec<Card>,
    filter: Filter,
    rows: Vec<u32>,
}

impl Board {
    /// The list of the notes in `annotations`.
    #[must_use]
    pub fn new(annotations: &Annotations, lang: Lang) -> Board {
        let mut board = Board::default();
        board.refresh(annotations, lang);
        board
    }

    /// Takes the notes anew; the filter stays, and so does the chosen note if it is still there.
    pub fn refresh(&mut self, annotations: &Annotations, lang: Lang) {
        let chosen = self.choice().map(|card| card.note.id.clone());
        self.cards = annotations
            .book
            .notes()
            .filter(|placed| is_shown(placed.note))
            .map(|placed| Card {
                note: placed.note.clone(),
                place: place(placed.note),
                orphan: placed.orphan().map(|orphan| orphan.tell(lang)),
            })
            .collect();
        let lines: Vec<String> = self.cards.iter().map(|card| card.line(lang)).collect();
        self.filter = Filter::new(lines.iter().map(String::as_str));
        self.refilter();
        let still = chosen.and_then(|id| self.cards().position(|card| card.note.id == id));
        self.chosen = still
            .unwrap_or(self.chosen)
            .min(self.rows.len().saturating_sub(1));
    }

    /// The notes that pass, oldest first.
    pub fn cards(&self) -> impl ExactSizeIterator<Item = &Card> {
        self.rows.iter().map(|&row| &self.cards[row as usize])
    }

    /// How many notes there are in all.
    #[must_use]
    pub fn all(&self) -> usize {
        self.cards.len()
    }

    /// The chosen note.
    #[must_use]
    pub fn choice(&self) -> Option<&Card> {
        self.cards().nth(self.chosen)
    }

    /// The chosen note's id.
    #[must_use]
    pub fn chosen_id(&self) -> Option<Id> {
        self.choice().map(|card| card.note.id.clone())
    }

    /// Where the list stands on `screen`: what is written in of it, then the part of that below the filter.
    #[must_use]
    pub fn areas(&self, screen: &Screen) -> (Rect, Rect) {
        let room = room(screen.body(), WIDTH);
        let filter = match self.is_filtered() {
            true if room.height > 4 => 2,
            filtered => u16::from(filtered),
        };
        let list = Rect {
            y: room.y + filter,
            height: room.height.saturating_sub(filter),
            ..room
        };
        (room, list)
    }

    /// Whether the filter is seen.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        self.typing || !self.typed.text().is_empty()
    }

    /// Moves the list so that the chosen note is seen on `screen`.
    pub fn settle(&mut self, screen: &Screen) {
        let (_, list) = self.areas(screen);
        let mut left = usize::from(list.height) + 1;
        let mut first = self.chosen;
        for place in (self.top.min(self.chosen)..=self.chosen).rev() {
            let Some(card) = self.card(place) else { break };
            match left.checked_sub(card.rows(list.width) + 1) {
                Some(rest) => left = rest,
                None => break,
            }
            first = place;
        }
        self.top = first;
    }

    /// The note at row `row` of the list, counted from its first.
    #[must_use]
    pub fn at(&self, row: u16, width: u16) -> Option<usize> {
        let mut below = usize::from(row);
        for (place, card) in self.cards().enumerate().skip(self.top) {
            let rows = card.rows(width) + 1;
            match below.checked_sub(rows) {
                Some(rest) => below = rest,
                None => return Some(place),
            }
        }
        None
    }

    fn card(&self, place: usize) -> Option<&Card> {
        let row = *self.rows.get(place)?;
        self.cards.get(row as usize)
    }

    /// Moves the choice by `by` notes, and stops at the ends.
    pub fn step(&mut self, by: isize) {
        self.chosen = self
            .chosen
            .saturating_add_signed(by)
            .min(self.rows.len().saturating_sub(1));
    }

    /// Types a character into the filter, while it is typed.
    pub fn type_key(&mut self, key: Key) {
        if self.typing && self.typed.type_key(key) {
            self.refilter();
        }
    }

    /// Carries out an editing action in the filter.
    pub fn act(&mut self, action: Action) {
        if self.typed.act(action) {
            self.refilter();
        }
    }

    /// Puts a pasted text into the filter, while it is typed.
    pub fn paste(&mut self, text: &str) {
        if self.typing {
            self.typed.paste(text);
            self.refilter();
        }
    }

    /// Takes the filter away.
    pub fn clear_filter(&mut self) {
        self.typed = TypedLine::default();
        self.typing = false;
        self.refilter();
    }

    fn refilter(&mut self) {
        self.rows = self.filter.matches(&Query::parse(self.typed.text())).rows;
        self.chosen = self.chosen.min(self.rows.len().saturating_sub(1));
    }
}

impl Card {
    /// What the reader says of the passage, in lines of a list `width` cells wide.
    #[must_use]
    pub fn words(&self, width: u16) -> Vec<String> {
        wrapped(
            &words(&self.note),
            usize::from(width.saturating_sub(INDENT)),
            LINES,
        )
    }

    /// How many rows it takes: where it stands, why it doesn't, its passage, its words.
    #[must_use]
    pub fn rows(&self, width: u16) -> usize {
        2 + usize::from(self.orphan.is_some()) + self.words(width).len()
    }

    /// Everything that the filter looks at.
    fn line(&self, lang: Lang) -> String {
        let quote = self
            .note
            .targets
            .first()
            .map_or("", |target| &target.anchor.exact);
        let kind = self.note.motivation().tell(lang);
        let tags: Vec<&str> = self.note.tags().collect();
        let line = format!(
            "{kind} {} #{} {} {quote}",
            self.place,
            tags.join(" #"),
            self.note.text()
        );
        line.replace('\n', " ")
    }
}

/// The interview that a note is about, and the exchange it stands in.
fn place(note: &Note) -> String {
    let target = note.targets.first();
    let label = target
        .and_then(|target| target.source.label.as_deref())
        .unwrap_or("?");
    let label = visible_line(label);
    match target.and_then(|target| target.exchange) {
        Some(number) => format!("{label} {number}"),
        None => label,
    }
}
