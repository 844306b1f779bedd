//! Finding: the filter over questions, and the search through a text.
//!
//! Both compare folded text in two keys and take a match in either ([`Fold`]); a capital in what is looked for makes the
//! comparison mind case (smart case). Every range given back is of whole graphemes of the source.

pub mod fields;
pub mod filter;
pub mod query;
pub mod search;

mod fuzzy;
mod index;
mod ready;

use std::ops::Range;

use memchr::memmem;

use crate::text::{Fold, fold, fold_with_map};

pub use fields::Field;
pub use filter::{Filter, Matches, emphasis};
pub use query::{Names, Query};
pub use search::Search;

/// The two keys that text is compared in.
const KEYS: [Fold; 2] = [Fold::MARKS, Fold::DIGRAPHS];

/// The vowels that a digraph begins with.
const VOWELS: [char; 6] = ['a', 'o', 'u', 'A', 'O', 'U'];

/// What is looked for, folded in both keys.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Needle {
    /// None is empty unless both are.
    keys: [String; 2],
    /// Case is minded.
    case: bool,
}

impl Needle {
    /// Minds case if `text` has a capital.
    fn new(text: &str) -> Needle {
        Needle::with_case(text, text.chars().any(char::is_uppercase))
    }

    fn with_case(text: &str, case: bool) -> Needle {
        Needle {
            keys: KEYS.map(|key| fold(text, Fold { case, ..key })),
            case,
        }
    }

    fn is_empty(&self) -> bool {
        self.keys[0].is_empty()
    }

    /// Each key with how text is folded to be compared with it.
    fn folds(&self) -> impl Iterator<Item = (Fold, &str)> {
        let case = self.case;
        KEYS.into_iter()
            .zip(&self.keys)
            .map(move |(key, text)| (Fold { case, ..key }, text.as_str()))
    }

    /// How many of the keys find something as it stands. Where no letter in it could have had an e taken away after it,
    /// the first finds all.
    fn distinct(&self) -> usize {
        if self.keys[1].contains(VOWELS) { 2 } else { 1 }
    }

    /// Where it stands in `text`, in order, none overlapping another.
    fn occurrences(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for (how, needle) in self.folds().take(self.distinct()) {
            let finder = memmem::Finder::new(needle);
            let mut map = None;
            // The map is the dear part, and most texts don't need it.
            let folded = fold(text, how);
            for at in finder.find_iter(folded.as_bytes()) {
                let map = map.get_or_insert_with(|| fold_with_map(text, how));
                found.push(map.source(at..at + needle.len()));
            }
        }
        found.retain(|range| !range.is_empty());
        found.sort_unstable_by_key(|range| (range.start, range.end));
        found.dedup_by(|next, kept| next.start < kept.end);
        found
    }
}
