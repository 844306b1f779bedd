//! The list of all notes.

use super::annotate::{Annotations, is_shown};
use super::keymap::{Action, Key};
use super::line::TypedLine;
use crate::find::filter::Filter;
use crate::find::query::Query;
use crate::lang::{Lang, Tell};
use crate::notes::{Id, Note};
use crate::text::visible::visible_line;

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
