//! Fields of a list: `tag:geld` asks for a line that has this among its tags, wherever else the word may stand.
//!
//! A list has few different values in a field (tags, kinds, interviews), however many lines it has: a term is compared with
//! each value once.

use std::collections::HashMap;

use super::query::Term;
use super::ready::Ready;

/// The values of one field, and which lines have each.
#[derive(Clone, Debug)]
pub struct Field {
    values: Ready,
    /// For each value the lines that have it, rising.
    rows: Vec<Vec<u32>>,
}

impl Field {
    /// The field of lines of which each has these `values`.
    pub fn new<'a, V: IntoIterator<Item = &'a str>>(values: impl Iterator<Item = V>) -> Field {
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let mut names: Vec<&str> = Vec::new();
        let mut rows: Vec<Vec<u32>> = Vec::new();
        for (row, values) in (0u32..).zip(values) {
            for value in values {
                let number = *numbers.entry(value).or_insert_with(|| {
                    names.push(value);
                    rows.push(Vec::new());
                    names.len() - 1
                });
                rows[number].push(row);
            }
        }
        Field {
            values: Ready::new(names.into_iter()),
            rows,
        }
    }

    /// Marks in `hit` the lines that have a value which passes `term`.
    pub(super) fn mark(&self, term: &Term, hit: &mut [bool]) {
        let all = vec![true; self.values.len()];
        let mut values = self.values.hits(term, &all, false);
        if term.fuzzy && !values.contains(&true) {
            values = self.values.hits(term, &all, true);
        }
        let hits = self.rows.iter().zip(values).filter(|(_, hit)| *hit);
        for &row in hits.flat_map(|(rows, _)| rows) {
            if let Some(hit) = hit.get_mut(row as usize) {
                *hit = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Filter, Names};
    use super::*;

    const NAMES: Names = &[&["tag", "wort"], &["in"]];

    fn rows(typed: &str) -> Vec<u32> {
        let lines = ["Wer zahlt?", "Über Geld", "Was sonst?", "tag: geld"];
        let tags: [&[&str]; 4] = [&["geld", "Macht der Leute"], &[], &["geldgeber"], &[]];
        let places = [["Anna"], ["Otto"], ["Anna"], ["Otto"]];
        let filter = Filter::new(lines.into_iter()).with_fields(
            NAMES,
            vec![
                Field::new(tags.iter().map(|tags| tags.iter().copied())),
                Field::new(places.into_iter()),
            ],
        );
        filter.matches(&filter.query(typed)).rows
    }

    #[test]
    fn a_field_is_asked_for_by_any_of_its_names() {
        assert_eq!(rows("tag:geld"), [0, 2]);
        assert_eq!(rows("Wort:GELD"), [0, 2], "a field minds no case");
        assert_eq!(rows("tag:^geld$"), [0]);
        assert_eq!(rows(r"tag:macht\ der"), [0]);
        assert_eq!(rows("!tag:geld in:otto"), [1, 3]);
        assert_eq!(rows("tag:geld | in:otto"), [0, 1, 2, 3]);
        assert_eq!(rows("tag:geld was"), [2]);
        assert_eq!(rows("geld"), [1, 3], "a word is looked for in the line");
    }

    #[test]
    fn a_field_still_waiting_for_its_value_says_nothing_and_other_colons_are_text() {
        assert_eq!(rows("tag:"), [0, 1, 2, 3]);
        assert_eq!(rows("!in:"), [0, 1, 2, 3]);
        assert_eq!(rows("'tag: 'geld"), [3]);
        assert_eq!(rows("tag:gelt"), Vec::<u32>::new(), "nothing like it");
    }
}
