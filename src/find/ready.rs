//! Lines made ready to be compared with a term: what the filter knows of the lines of a list, and of the values of a field.

use std::ops::Range;

use memchr::memmem;

use super::index::{Lines, Vocabulary};
use super::query::Term;
use super::{KEYS, fuzzy};
use crate::text::{Fold, fold};

/// Lines that were folded once, so that a key costs one pass over memory.
#[derive(Clone, Debug)]
pub(super) struct Ready {
    /// By [`Needle::case`](super::Needle), then by key.
    folded: [[Lines; 2]; 2],
    words: Vocabulary,
}

impl Ready {
    /// Makes `lines` ready.
    pub fn new<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> Ready {
        let folded = [false, true].map(|case| {
            KEYS.map(|key| Lines::new(lines.clone().map(|line| fold(line, Fold { case, ..key }))))
        });
        let words = Vocabulary::new(&folded[0][0]);
        Ready { folded, words }
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.folded[0][0].len()
    }

    /// Which of the lines that are still `alive` have `term`, whatever field it is asked for in; of the others it
    /// says nothing.
    pub fn hits(&self, term: &Term, alive: &[bool], loose: bool) -> Vec<bool> {
        let folded = &self.folded[usize::from(term.needle.case)];
        let mut hit = vec![false; self.len()];
        let test = |hit: &mut Vec<bool>, passes: &dyn Fn(usize) -> bool| {
            for row in 0..alive.len() {
                hit[row] = hit[row] || alive[row] && passes(row);
            }
        };
        let keys = folded.iter().zip(&term.needle.keys);
        for (lines, needle) in keys.take(term.needle.distinct()) {
            let open = hit
                .iter()
                .zip(alive)
                .filter(|(hit, alive)| !**hit && **alive);
            let few = open.count() < self.len() / 3;
            let finder = memmem::Finder::new(needle);
            let mut there = vec![false; self.len()];
            if few {
                test(&mut there, &|row| {
                    finder.find(lines.get(row).as_bytes()).is_some()
                });
            } else {
                lines.mark(&finder, &mut there);
            }
            let anchored = |row| anchored(lines.get(row), needle, term).is_some();
            let anywhere = !(term.at_start || term.at_end);
            test(&mut hit, &|row| there[row] && (anywhere || anchored(row)));
        }
        if !term.fuzzy {
            return hit;
        }
        let near = |row: usize| {
            !term.needle.case
                || folded
                    .iter()
                    .zip(&term.needle.keys)
                    .any(|(lines, needle)| fuzzy::in_words(lines.get(row), needle))
        };
        self.words.near(&term.caseless, |row| {
            hit[row] = hit[row] || alive[row] && near(row);
        });
        if loose {
            // Whatever has the letters in the other key has these in this.
            let [marks, _] = folded;
            test(&mut hit, &|row| {
                fuzzy::in_line(marks.get(row), &term.needle.keys[1])
            });
        }
        hit
    }
}

/// Where `needle` stands in the folded `line`, if it stands where `term` wants it: at an end. Marks of punctuation there
/// don't count unless typed, or `money$` would find no question.
pub(super) fn anchored(line: &str, needle: &str, term: &Term) -> Option<Range<usize>> {
    let mark = |c: char| !c.is_alphanumeric();
    let line_end = line.trim_end().len();
    let starts = [0, line.len() - line.trim_start_matches(mark).len()];
    let ends = [line_end, line.trim_end_matches(mark).len()];
    let mut found = starts
        .into_iter()
        .map(|start| start..start.saturating_add(needle.len()))
        .filter(|_| term.at_start)
        .chain(
            ends.into_iter()
                .filter(|_| !term.at_start)
                .filter_map(|end| Some(end.checked_sub(needle.len())?..end)),
        );
    found.find(|range| {
        line.get(range.clone()) == Some(needle) && (!term.at_end || ends.contains(&range.end))
    })
}
