//! The list of all notes: cards in an order, filtered, marked, and laid out in rows.
//!
//! By theme what was noted on either side of a parallel stands opposite; else one card stands under the other. Only what
//! is seen is laid out, however many notes there are.

mod acting;
pub mod arrange;
pub mod card;
mod counts;
mod layout;

use std::collections::HashSet;
use std::sync::Arc;

use jiff::tz::TimeZone;

pub use self::arrange::{Heading, Order};
pub use self::card::{Card, Ink, State, place};
use self::layout::Row;
pub use self::layout::What;

use super::Entry;
use super::annotate::Annotations;
use super::list::{List, Listed};
use crate::find::{Field, Filter, Names};
use crate::lang::{Lang, Tell};
use crate::notes::book::Placed;
use crate::notes::store::Version;
use crate::notes::{Id, Note};
use crate::parallels::Alignment;

/// The fields that the filter knows, by all their names.
const FIELDS: Names = &[
    &["tag", "schlagwort", "wort"],
    &["kind", "art"],
    &["in"],
    &["by", "von"],
];

/// What is listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shelf {
    /// The notes that there are.
    #[default]
    Notes,
    /// Those that were deleted, and what the others said before.
    Past,
}

/// What the list is made of.
pub struct Sources<'a> {
    /// The notes.
    pub annotations: &'a Annotations,
    /// The interviews of the library.
    pub library: &'a [Entry],
    /// Which of them stand in the columns.
    pub columns: [usize; 2],
    /// Their parallels, once they are found.
    pub alignment: Option<&'a Alignment>,
    /// The language of the interface.
    pub lang: Lang,
    /// Where days begin.
    pub zone: &'a TimeZone,
}

/// How the list was left, to open again so.
#[derive(Clone, Debug, Default)]
pub struct View {
    order: Order,
    filter: String,
    chosen: Option<Id>,
}

/// The list of all notes.
#[derive(Debug, Default)]
pub struct Board {
    /// Whether its filter is being typed.
    pub typing: bool,
    /// The cards, in order. A note with several tags has several, by tag.
    pub list: List<Card>,
    /// In which order.
    pub order: Order,
    /// What is listed.
    pub shelf: Shelf,
    /// The notes marked, to do something with all of them.
    pub marked: HashSet<Id>,
    /// What is counted, in words.
    pub counts: String,
    /// The headings that cards stand under.
    pub groups: Vec<Heading>,
    /// The rows of cards that pass; made by [`Board::settle`].
    rows: Vec<Row>,
    /// The first row that is seen; made by [`Board::settle`].
    top: usize,
    lang: Lang,
}

impl Board {
    /// The list of the notes in `sources`, as it was left.
    #[must_use]
    pub fn new(view: View, sources: &Sources) -> Board {
        let mut board = Board {
            order: view.order,
            ..Board::default()
        };
        board.list.typed.paste(&view.filter);
        board.refresh(sources);
        if let Some(id) = view.chosen {
            board.choose(&id);
        }
        board
    }

    /// How it is left.
    #[must_use]
    pub fn view(&self) -> View {
        View {
            order: self.order,
            filter: self.list.typed.text().to_owned(),
            chosen: self.list.choice().map(|card| card.note.id.clone()),
        }
    }

    /// Takes the notes anew; the filter stays, and so does the chosen note if it is still there.
    pub fn refresh(&mut self, sources: &Sources) {
        let chosen = self.list.choice().map(|card| card.note.id.clone());
        self.lang = sources.lang;
        let book = &sources.annotations.book;
        // What shows in what it changes has nowhere else to show once its passage is gone.
        let is_listed = |placed: &Placed<'_>| placed.note.is_shown() || placed.orphan().is_some();
        let shown = || book.notes().filter(is_listed);
        let cards: Vec<Card> = match self.shelf {
            Shelf::Notes => {
                self.counts = counts::counts(shown().map(|placed| placed.note), sources);
                shown()
                    .filter_map(|placed| Card::new(&placed, sources))
                    .collect()
            }
            Shelf::Past => {
                self.counts.clear();
                past(sources)
            }
        };
        self.put(cards, sources);
        self.marked.retain(|id| book.note(id).is_some());
        if let Some(id) = chosen {
            self.choose(&id);
        }
    }

    /// Puts the notes in the next order.
    pub fn reorder(&mut self, sources: &Sources) {
        let before = self.order;
        self.order = self.order.next();
        if before == Order::Tag {
            // A note may have several cards.
            return self.refresh(sources);
        }
        let chosen = self.list.choice().map(|card| card.note.id.clone());
        let cards = self.list.take();
        self.put(cards, sources);
        if let Some(id) = chosen {
            self.choose(&id);
        }
    }

    /// Takes these cards, in order.
    fn put(&mut self, cards: Vec<Card>, sources: &Sources) {
        let order = match self.shelf {
            Shelf::Notes => self.order,
            Shelf::Past => Order::Date,
        };
        let (cards, groups) = arrange::arrange(cards, order, sources);
        self.groups = groups;
        self.list.set(cards);
    }

    /// Chooses the card of a note, the one nearest to where the choice is; false where none passes.
    pub fn choose(&mut self, id: &Id) -> bool {
        let here = self.list.chosen;
        let cards = self.list.rows().enumerate();
        let of_it = cards.filter(|(_, card)| &card.note.id == id);
        let nearest = of_it
            .map(|(place, _)| place)
            .min_by_key(|place| place.abs_diff(here));
        self.list.chosen = nearest.unwrap_or(self.list.chosen);
        nearest.is_some()
    }

    /// The notes that an action means: those marked that pass, else the chosen one.
    #[must_use]
    pub fn meant(&self) -> Vec<&Note> {
        let mut met = HashSet::new();
        let cards = self
            .list
            .rows()
            .filter(|card| self.marked.contains(&card.note.id));
        let marked: Vec<&Note> = cards
            .map(|card| card.note.as_ref())
            .filter(|note| met.insert(&note.id))
            .collect();
        match marked.is_empty() {
            true => self
                .list
                .choice()
                .map(|card| card.note.as_ref())
                .into_iter()
                .collect(),
            false => marked,
        }
    }

    /// Marks the chosen note, or no longer, and goes on.
    pub fn mark(&mut self) {
        let Some(id) = self.list.choice().map(|card| card.note.id.clone()) else {
            return;
        };
        if !self.marked.remove(&id) {
            self.marked.insert(id);
        }
        self.step(1);
    }

    /// Marks all that pass, or none where all are.
    pub fn mark_all(&mut self) {
        let passing: HashSet<Id> = self.list.rows().map(|card| card.note.id.clone()).collect();
        self.marked = match passing.is_subset(&self.marked) {
            true => HashSet::new(),
            false => passing,
        };
    }

    /// How many notes pass, and how many there are; with several tags a note is one all the same.
    #[must_use]
    pub fn count(&self) -> (usize, usize) {
        if self.order != Order::Tag || self.shelf == Shelf::Past {
            return (self.list.rows().len(), self.list.all());
        }
        let passing: HashSet<&Id> = self.list.rows().map(|card| &card.note.id).collect();
        let all: HashSet<&Id> = self.list.items().iter().map(|card| &card.note.id).collect();
        (passing.len(), all.len())
    }

    /// Whether the filter is seen.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        self.typing || !self.list.typed.text().is_empty()
    }

    /// Takes the filter away.
    pub fn clear_filter(&mut self) {
        self.typing = false;
        self.list.clear_filter();
    }

    /// What stands at the top of the list: what it is a list of, and in which order.
    #[must_use]
    pub fn title(&self) -> String {
        let lang = self.lang;
        match self.shelf {
            Shelf::Notes => {
                let notes = lang.tr("Notes by", "Notizen nach");
                format!("{notes} {}", self.order.tell(lang))
            }
            Shelf::Past => lang
                .tr(
                    "Deleted, and earlier wordings",
                    "Gelöschtes und frühere Fassungen",
                )
                .to_owned(),
        }
    }
}

/// The notes deleted, and the earlier wordings of those that are there.
fn past(sources: &Sources) -> Vec<Card> {
    let store = sources.annotations.book.store();
    let deleted = store.deleted().into_iter();
    let deleted = deleted.map(|(note, when)| (note, State::Deleted(when)));
    let earlier = store.notes().into_iter().flat_map(|now| {
        let versions = store
            .versions(&now.id)
            .iter()
            .rev()
            .filter_map(Version::shared);
        let others = versions.filter(move |version| ***version != *now);
        others.map(|version| (version, State::Earlier))
    });
    let all = deleted.chain(earlier).filter(|(note, _)| note.is_shown());
    all.map(|(note, state)| Card::past(Arc::clone(note), state, sources))
        .collect()
}

impl Listed for Card {
    fn filter(cards: &[Card]) -> Filter {
        let lines: Vec<String> = cards.iter().map(Card::line).collect();
        let kinds: Vec<Vec<String>> = cards.iter().map(Card::kinds).collect();
        let makers: Vec<Option<String>> = cards.iter().map(|card| card.note.maker()).collect();
        let fields = vec![
            Field::new(cards.iter().map(|card| card.note.tags())),
            Field::new(kinds.iter().map(|names| names.iter().map(String::as_str))),
            Field::new(cards.iter().map(Card::interviews)),
            Field::new(makers.iter().map(|maker| maker.as_deref())),
        ];
        Filter::new(lines.iter().map(String::as_str)).with_fields(FIELDS, fields)
    }
}
