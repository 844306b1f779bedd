//! The filter over a list of questions.
//!
//! Plain subsequence matching over a whole German question matches half the list. So a term counts where it stands as it is;
//! else where a word has its letters nearly as they are; and only where no question passes so, where the line has its letters
//! in order at all.

use std::ops::Range;

use super::fields::Field;
use super::fuzzy;
use super::query::{Names, Query, Term};
use super::ready::{Ready, anchored};
use crate::text::fold_with_map;

/// Lines made ready to be filtered: folded once, so that a key costs one pass over memory.
#[derive(Clone, Debug)]
pub struct Filter {
    lines: Ready,
    /// What the fields are called, and what the lines have in each.
    names: Names,
    fields: Vec<Field>,
}

/// The lines that pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// Their numbers, from 0, rising.
    pub rows: Vec<u32>,
    /// No line passed as it should, and these only have the letters in order.
    pub loose: bool,
}

impl Default for Filter {
    /// A filter over no lines.
    fn default() -> Filter {
        Filter::new(std::iter::empty())
    }
}

impl Filter {
    /// Makes `lines` ready.
    pub fn new<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> Filter {
        Filter {
            lines: Ready::new(lines),
            names: &[],
            fields: Vec::new(),
        }
    }

    /// The same lines, which have these `fields`, by the `names` that each goes by.
    #[must_use]
    pub fn with_fields(self, names: Names, fields: Vec<Field>) -> Filter {
        Filter {
            names,
            fields,
            ..self
        }
    }

    /// What was typed, as a query for these lines.
    #[must_use]
    pub fn query(&self, typed: &str) -> Query {
        Query::with_fields(typed, self.names)
    }

    /// How many lines there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is no line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The lines that pass `query`.
    #[must_use]
    pub fn matches(&self, query: &Query) -> Matches {
        let rows = self.rows(query, false);
        if !rows.is_empty() || !query.is_fuzzy() {
            return Matches { rows, loose: false };
        }
        let rows = self.rows(query, true);
        Matches {
            loose: !rows.is_empty(),
            rows,
        }
    }

    fn rows(&self, query: &Query, loose: bool) -> Vec<u32> {
        let mut alive = vec![true; self.len()];
        for clause in &query.clauses {
            let mut passed = vec![false; self.len()];
            for term in clause {
                let hit = self.hits(term, &alive, loose);
                for (passed, hit) in passed.iter_mut().zip(hit) {
                    *passed |= hit != term.not;
                }
            }
            for (alive, passed) in alive.iter_mut().zip(passed) {
                *alive &= passed;
            }
        }
        (0u32..)
            .zip(alive)
            .filter_map(|(row, alive)| alive.then_some(row))
            .collect()
    }

    /// Which of the lines that are still `alive` have `term`; of the others it says nothing.
    fn hits(&self, term: &Term, alive: &[bool], loose: bool) -> Vec<bool> {
        let Some(field) = term.field else {
            return self.lines.hits(term, alive, loose);
        };
        let mut hit = vec![false; self.len()];
        if let Some(field) = self.fields.get(field) {
            field.mark(term, &mut hit);
        }
        hit
    }
}

/// What of `line` matched `query`: byte ranges of whole graphemes, in order, none touching another. `loose` as in the
/// [`Matches`] that the line is of.
#[must_use]
pub fn emphasis(query: &Query, line: &str, loose: bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = query
        .clauses
        .iter()
        .flatten()
        .filter(|term| !term.not && term.field.is_none())
        .flat_map(|term| found(term, line, loose))
        .filter(|range| !range.is_empty())
        .collect();
    found.sort_unstable_by_key(|range| range.start);
    found.dedup_by(|next, kept| {
        let touches = next.start <= kept.end;
        if touches {
            kept.end = kept.end.max(next.end);
        }
        touches
    });
    found
}

fn found(term: &Term, line: &str, loose: bool) -> Vec<Range<usize>> {
    let folds = || {
        let folds = term.needle.folds();
        folds.map(|(how, needle)| (fold_with_map(line, how), needle))
    };
    if term.at_start || term.at_end {
        return folds()
            .find_map(|(folded, needle)| Some(folded.source(anchored(&folded.text, needle, term)?)))
            .into_iter()
            .collect();
    }
    let exact = term.needle.occurrences(line);
    if !exact.is_empty() || !term.fuzzy {
        return exact;
    }
    let near = folds().map(|(folded, needle)| {
        let letters = fuzzy::letters_near(&folded.text, needle);
        (folded, letters)
    });
    // In the keys that the filter compares letters all over the line in.
    let far = folds().next().filter(|_| loose).map(|(folded, _)| {
        let letters = fuzzy::letters_anywhere(&folded.text, &term.needle.keys[1]);
        (folded, letters)
    });
    near.chain(far)
        .find(|(_, letters)| !letters.is_empty())
        .map(|(folded, letters)| {
            letters
                .into_iter()
                .map(|at| folded.source(at..at + 1))
                .collect()
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{Fold, fold};

    const QUESTIONS: [&str; 6] = [
        "Warum zahlen Sie den Influencern kein Geld?",
        "Wie kamst Du zu Deiner Rolle als Markenbotschafter?",
        "Über welche Kanäle sprecht ihr mit den Leuten?",
        "Was hat sich zuerst geändert?",
        "„Authentisch“ – was heißt das für Sie?",
        "Und die Steuer?",
    ];

    fn rows(typed: &str) -> Vec<u32> {
        let matches = Filter::new(QUESTIONS.into_iter()).matches(&Query::parse(typed));
        assert!(!matches.loose, "{typed}");
        matches.rows
    }

    /// Every line that passes, with what matched in brackets.
    fn shown(typed: &str) -> Vec<String> {
        let query = Query::parse(typed);
        let matches = Filter::new(QUESTIONS.into_iter()).matches(&query);
        let show = |row: &u32| {
            let mut line = QUESTIONS[*row as usize].to_owned();
            for range in emphasis(&query, &line, matches.loose).into_iter().rev() {
                line.insert(range.end, ']');
                line.insert(range.start, '[');
            }
            line
        };
        matches.rows.iter().map(show).collect()
    }

    #[test]
    fn an_empty_filter_lets_everything_pass() {
        assert_eq!(rows(" "), [0, 1, 2, 3, 4, 5]);
        assert!(
            Filter::new([].into_iter())
                .matches(&Query::parse("a"))
                .rows
                .is_empty()
        );
    }

    #[test]
    fn umlauts_match_however_they_are_typed() {
        for typed in ["über", "ueber", "uber", "u\u{308}ber", "Ueber"] {
            assert_eq!(
                shown(typed),
                ["[Über] welche Kanäle sprecht ihr mit den Leuten?"],
                "{typed}"
            );
        }
        assert_eq!(shown("erst"), ["Was hat sich zu[erst] geändert?"]);
        assert_eq!(
            shown("heisst"),
            ["„Authentisch“ – was [heißt] das für Sie?"]
        );
        assert_eq!(rows("steuer"), [5]);
        assert_eq!(rows("ÜBER"), Vec::<u32>::new(), "a capital minds case");
    }

    #[test]
    fn the_operators_of_fzf() {
        assert_eq!(rows("was sie"), [4]);
        assert_eq!(rows("^w"), [0, 1, 3]);
        assert_eq!(rows("sie$"), [4]);
        assert_eq!(rows("!w"), [5]);
        assert_eq!(rows("!^w !^u"), [4]);
        assert_eq!(rows("geld | steuer"), [0, 5]);
        assert_eq!(rows("wie | !w"), [1, 5]);
        assert_eq!(rows(r"was\ hat"), [3]);
        assert_eq!(rows("^'authentisch"), [4]);
        assert_eq!(rows("Sie"), [0, 4]);
        assert_eq!(shown("^was$ | ^und\\ die\\ steuer$"), ["[Und die Steuer]?"]);
    }

    #[test]
    fn a_slip_is_forgiven_within_a_word() {
        assert_eq!(
            shown("influecer"),
            ["Warum zahlen Sie den [Influe]n[cer]n kein Geld?"]
        );
        assert_eq!(rows("Influecer"), [0]);
        assert_eq!(rows("'influecer"), Vec::<u32>::new());
        assert_eq!(rows("kanle sprecht"), [2]);
    }

    #[test]
    fn letters_all_over_the_line_count_only_where_nothing_else_does() {
        let query = Query::parse("wrmgld");
        let matches = Filter::new(QUESTIONS.into_iter()).matches(&query);
        assert_eq!((matches.rows.as_slice(), matches.loose), (&[0][..], true));
        assert_eq!(
            shown("wrmgld"),
            ["[W]a[r]u[m] zahlen Sie den Influencern kein [G]e[ld]?"]
        );
        assert_eq!(shown("wrmgldxx"), Vec::<String>::new());
        assert!(
            !Filter::new(QUESTIONS.into_iter())
                .matches(&Query::parse("xx"))
                .loose
        );
    }

    fn wild() -> impl Strategy<Value = String> {
        "[abeuüAß \u{308}.x]{0,12}|\\PC{0,5}"
    }

    proptest! {
        /// The whole of it against the same rules told line by line.
        #[test]
        fn a_filter_is_its_rules(lines in prop::collection::vec(wild(), 0..12), typed in "[!'^]{0,1}[abeuüA]{1,4}") {
            let query = Query::parse(&typed);
            let term = &query.clauses[0][0];
            let passes = |line: &&String, loose: bool| {
                let any = term.needle.folds().any(|(how, needle)| {
                    let line = fold(line, how);
                    let plain = if term.at_start {
                        line.starts_with(needle)
                            || line.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(needle)
                    } else {
                        line.contains(needle)
                    };
                    plain
                        || term.fuzzy && fuzzy::in_words(&line, needle)
                }) || term.fuzzy && loose && fuzzy::in_line(&fold(line, Fold { case: term.needle.case, digraphs: false }), &term.needle.keys[1]);
                any != term.not
            };
            let count = |loose| lines.iter().filter(|line| passes(line, loose)).count();
            let loose = count(false) == 0 && count(true) > 0;
            let matches = Filter::new(lines.iter().map(String::as_str)).matches(&query);
            prop_assert_eq!(matches.loose, loose);
            let expected: Vec<u32> = (0u32..)
                .zip(&lines)
                .filter(|(_, line)| passes(line, loose))
                .map(|(row, _)| row)
                .collect();
            prop_assert_eq!(&matches.rows, &expected);
            if !term.not {
                for row in matches.rows {
                    prop_assert!(!emphasis(&query, &lines[row as usize], loose).is_empty());
                }
            }
        }

        #[test]
        fn emphasis_is_in_order_and_of_whole_characters(line in wild(), typed in wild(), loose: bool) {
            let found = emphasis(&Query::parse(&typed), &line, loose);
            prop_assert!(found.iter().all(|range| line.get(range.clone()).is_some_and(|s| !s.is_empty())));
            prop_assert!(found.windows(2).all(|two| two[0].end < two[1].start));
        }
    }
}
