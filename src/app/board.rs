//! The list of all notes.

use ratatui::layout::Rect;

use super::annotate::{Annotations, is_shown};
use super::column::foot::words;
use super::list::List;
use super::screen::{Screen, room};
use super::wrapped::wrapped;
use crate::lang::{Lang, Tell};
use crate::notes::{Note, Target};
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
    /// Whether its filter is being typed.
    pub typing: bool,
    /// The notes, oldest first.
    pub list: List<Card>,
    /// The first note that is seen; made by [`Board::settle`].
    pub top: usize,
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
        let chosen = self.list.choice().map(|card| card.note.id.clone());
        let shown = annotations
            .book
            .notes()
            .filter(|placed| is_shown(placed.note));
        let cards = shown.map(|placed| Card {
            note: placed.note.clone(),
            place: place(placed.note),
            orphan: placed.orphan().map(|orphan| orphan.tell(lang)),
        });
        self.list.set(cards.collect(), |card| card.line(lang));
        let still = chosen.and_then(|id| self.list.rows().position(|card| card.note.id == id));
        self.list.chosen = still.unwrap_or(self.list.chosen);
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
        self.typing || !self.list.typed.text().is_empty()
    }

    /// Moves the list so that the chosen note is seen on `screen`.
    pub fn settle(&mut self, screen: &Screen) {
        let (_, list) = self.areas(screen);
        let mut left = usize::from(list.height) + 1;
        let mut first = self.list.chosen;
        for place in (self.top.min(self.list.chosen)..=self.list.chosen).rev() {
            let Some(card) = self.list.rows().nth(place) else {
                break;
            };
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
        for (place, card) in self.list.rows().enumerate().skip(self.top) {
            let rows = card.rows(width) + 1;
            match below.checked_sub(rows) {
                Some(rest) => below = rest,
                None => return Some(place),
            }
        }
        None
    }

    /// Takes the filter away.
    pub fn clear_filter(&mut self) {
        self.typing = false;
        self.list.clear_filter();
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

/// The interview that a note is about, and the exchange it stands in; of a note about two passages, both.
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
