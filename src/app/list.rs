//! A list that typing narrows: the notes, the actions by name, the interviews of the library.

use std::cell::OnceCell;

use super::keymap::{Action, Key};
use super::line::TypedLine;
use crate::find::filter::Filter;

/// What a list can be of.
pub trait Listed: Sized {
    /// The filter over `items`, a line each.
    fn filter(items: &[Self]) -> Filter;
}

/// A list that typing narrows.
#[derive(Debug)]
pub struct List<T> {
    /// What it is filtered by.
    pub typed: TypedLine,
    /// The chosen one among those that pass, by place.
    pub chosen: usize,
    items: Vec<T>,
    /// Made when it is first asked, for there may be 100,000 items, and most lists are only looked at.
    filter: OnceCell<Filter>,
    rows: Vec<u32>,
}

impl<T> Default for List<T> {
    fn default() -> List<T> {
        List {
            typed: TypedLine::default(),
            chosen: 0,
            items: Vec::new(),
            filter: OnceCell::new(),
            rows: Vec::new(),
        }
    }
}

impl<T: Listed> List<T> {
    /// Takes other items; the filter stays as it is typed, and so does the place chosen.
    pub fn set(&mut self, items: Vec<T>) {
        self.filter = OnceCell::new();
        self.items = items;
        self.rows = self.passing();
        self.step(0);
    }

    /// Gives the items away, to come back in another order.
    pub fn take(&mut self) -> Vec<T> {
        self.rows.clear();
        std::mem::take(&mut self.items)
    }

    /// Takes the same items, each as it is by now; the filter stays, and so does the one chosen.
    pub fn renew(&mut self, items: Vec<T>) {
        let before = self.rows.get(self.chosen).copied();
        self.set(items);
        let still = before.and_then(|row| self.rows.binary_search(&row).ok());
        self.chosen = still.unwrap_or(self.chosen);
    }

    /// Makes the filter ready, so that the first key finds it so.
    pub fn ready(&self) -> &Filter {
        self.filter.get_or_init(|| T::filter(&self.items))
    }

    /// The item at `place` among those that pass.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<&T> {
        self.items.get(*self.rows.get(place)? as usize)
    }

    /// How many items there are in all.
    #[must_use]
    pub fn all(&self) -> usize {
        self.items.len()
    }

    /// All items, whether they pass or not.
    #[must_use]
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// The items that pass, in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &T> {
        self.rows.iter().map(|&row| &self.items[row as usize])
    }

    /// The chosen item.
    #[must_use]
    pub fn choice(&self) -> Option<&T> {
        self.get(self.chosen)
    }

    /// The chosen item, to say more of it; what the filter looks at stays.
    pub fn choice_mut(&mut self) -> Option<&mut T> {
        let row = *self.rows.get(self.chosen)?;
        self.items.get_mut(row as usize)
    }

    /// Moves the choice by `by` rows, and stops at the ends.
    pub fn step(&mut self, by: isize) {
        let last = self.rows.len().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(by).min(last);
    }

    /// Types a character into the filter.
    pub fn type_key(&mut self, key: Key) {
        if self.typed.type_key(key) {
            self.refilter();
        }
    }

    /// Carries out an editing action in the filter.
    pub fn act(&mut self, action: Action) {
        if self.typed.act(action) {
            self.refilter();
        }
    }

    /// Puts a pasted text into the filter.
    pub fn paste(&mut self, text: &str) {
        self.typed.paste(text);
        self.refilter();
    }

    /// Takes the filter away.
    pub fn clear_filter(&mut self) {
        self.typed = TypedLine::default();
        self.refilter();
    }

    /// Filters anew by what is typed; the chosen item stays chosen if it still passes.
    fn refilter(&mut self) {
        let before = self.rows.get(self.chosen).copied();
        self.rows = self.passing();
        let still = before.and_then(|row| self.rows.binary_search(&row).ok());
        self.chosen = still.unwrap_or(0);
    }

    fn passing(&self) -> Vec<u32> {
        let typed = self.typed.text();
        if typed.is_empty() {
            return (0u32..).take(self.items.len()).collect();
        }
        let filter = self.ready();
        filter.matches(&filter.query(typed)).rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Listed for &str {
        fn filter(items: &[&str]) -> Filter {
            Filter::new(items.iter().copied())
        }
    }

    #[test]
    fn typing_narrows_and_the_chosen_stays_while_it_passes() {
        let mut list = List::default();
        list.set(vec!["quit", "undo", "redo"]);
        list.step(9);
        assert_eq!(list.choice(), Some(&"redo"));
        list.type_key("d".parse().unwrap());
        assert_eq!((list.rows().len(), list.choice()), (2, Some(&"redo")));
        list.act(Action::EraseLeft);
        list.type_key("u".parse().unwrap());
        list.type_key("n".parse().unwrap());
        assert_eq!(list.choice(), Some(&"undo"));
        list.paste("xyz");
        assert_eq!((list.choice(), list.all()), (None, 3));
        list.clear_filter();
        assert_eq!(list.choice(), Some(&"quit"));
    }
}
