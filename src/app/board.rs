//! The list of all notes.

use super::annotate::{Annotations, is_shown};
use super::list::List;
use crate::lang::{Lang, Tell};
use crate::notes::Note;
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
    /// Whether its filter is being typed.
    pub typing: bool,
    /// The notes, oldest first.
    pub list: List<Card>,
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

    /// Takes the filter away.
    pub fn clear_filter(&mut self) {
        self.typing = false;
        self.list.clear_filter();
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
