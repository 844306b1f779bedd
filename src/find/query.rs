//! What is typed into the filter, in fzf's syntax.
//!
//! | typed | a question passes if it |
//! | --- | --- |
//! | `word` | has the word in it, or one much like it |
//! | `'word` | has exactly that |
//! | `^word` `word$` | begins, ends with it; marks of punctuation at either end don't count unless typed |
//! | `!word` | has it nowhere; also `!^word`, `!word$` |
//! | `a b` | passes both |
//! | `a \| b` | passes either |
//! | `a\ b` | has a space between |
//! | `tag:word` | has that in the field, where the list has such a field; also `!tag:word`, `tag:^word$` |

use super::Needle;

/// What a field is called in a filter, before its colon: names that mean the same.
pub type Names = &'static [&'static [&'static str]];

/// A filter as typed. Everything typed means something: what can't be an operator is taken as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// A question passes every clause, by any one of its terms.
    pub(super) clauses: Vec<Vec<Term>>,
}

/// One thing looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term {
    /// The field that it is looked for in, by number; the line where there is none.
    pub(super) field: Option<usize>,
    pub(super) needle: Needle,
    /// The same without regard to case.
    pub(super) caseless: Needle,
    /// Something like it will do.
    pub(super) fuzzy: bool,
    /// Only at the start, only at the end of a line.
    pub(super) at_start: bool,
    pub(super) at_end: bool,
    /// A question passes if it is *not* there.
    pub(super) not: bool,
}

impl Query {
    /// Reads what was typed; an operator with nothing behind it (yet) is left out.
    #[must_use]
    pub fn parse(typed: &str) -> Query {
        Query::with_fields(typed, &[])
    }

    /// As [`Query::parse`], for a list that has fields of these names.
    #[must_use]
    pub fn with_fields(typed: &str, names: Names) -> Query {
        let mut clauses: Vec<Vec<Term>> = Vec::new();
        let mut or = false;
        for token in tokens(typed) {
            if token == "|" {
                or = !clauses.is_empty();
                continue;
            }
            let Some(term) = Term::parse(&token, names) else {
                continue;
            };
            match clauses.last_mut() {
                Some(clause) if or => clause.push(term),
                _ => clauses.push(vec![term]),
            }
            or = false;
        }
        Query { clauses }
    }

    /// Whether every question passes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// Whether some term of it may be matched fuzzily.
    pub(super) fn is_fuzzy(&self) -> bool {
        self.clauses.iter().flatten().any(|term| term.fuzzy)
    }
}

impl Term {
    fn parse(token: &str, names: Names) -> Option<Term> {
        let (denied, rest) = match token.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, token),
        };
        let value = |name: &str| {
            let (given, value) = rest.split_once(':')?;
            given.eq_ignore_ascii_case(name).then_some(value)
        };
        let of = |names: &[&str]| names.iter().find_map(|name| value(name));
        let mut fields = names.iter().enumerate();
        let field = fields.find_map(|(field, names)| Some((field, of(names)?)));
        let mut text = field.map_or(token, |(_, value)| value);
        let field = field.map(|(field, _)| field);
        let mut take = |sign: char| match text.strip_prefix(sign) {
            Some(rest) => {
                text = rest;
                true
            }
            None => false,
        };
        let not = take('!') || field.is_some() && denied;
        // `'^word` and `^'word` mean the same.
        let (mut exact, at_start) = (take('\''), take('^'));
        exact |= take('\'');
        let stripped = text.strip_suffix('$').filter(|rest| !rest.is_empty());
        let at_end = stripped.is_some();
        let text = stripped.unwrap_or(text);
        let needle = match field {
            Some(_) => Needle::with_case(text, false),
            None => Needle::new(text),
        };
        (!needle.is_empty()).then(|| Term {
            field,
            needle,
            caseless: Needle::with_case(text, false),
            fuzzy: !(not || exact || at_start || at_end || field.is_some()),
            at_start,
            at_end,
            not,
        })
    }
}

/// The parts of `typed` between spaces; a space with a backslash before it belongs to its part.
fn tokens(typed: &str) -> Vec<String> {
    let mut tokens = vec![String::new()];
    let mut chars = typed.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, tokens.last_mut()) {
            ('\\', Some(token)) if chars.peek() == Some(&' ') => token.extend(chars.next()),
            (c, Some(token)) if !c.is_whitespace() => token.push(c),
            _ => tokens.push(String::new()),
        }
    }
    tokens.retain(|token| !token.is_empty());
    tokens
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(typed: &str) -> String {
        let term = |term: &Term| {
            let signs = [
                (term.not, "not "),
                (term.fuzzy, "like "),
                (term.at_start, "start "),
                (term.at_end, "end "),
            ];
            let signs: String = signs.iter().filter(|s| s.0).map(|s| s.1).collect();
            format!("{signs}{:?}", term.needle.keys[0])
        };
        let clause = |clause: &Vec<Term>| clause.iter().map(term).collect::<Vec<_>>().join(" or ");
        let clauses: Vec<_> = Query::parse(typed).clauses.iter().map(clause).collect();
        clauses.join(", ")
    }

    #[test]
    fn the_syntax_is_that_of_fzf() {
        assert_eq!(shown("geld 'recht"), r#"like "geld", "recht""#);
        assert_eq!(
            shown("^warum fake? !ja"),
            r#"start "warum", like "fake?", not "ja""#
        );
        assert_eq!(
            shown("!^wie !x$ ^a$"),
            r#"not start "wie", not end "x", start end "a""#
        );
        assert_eq!(shown("'^wie ^'wie"), r#"start "wie", start "wie""#);
        assert_eq!(shown(r"a\ b c"), r#"like "a b", like "c""#);
        assert_eq!(shown("| a | b c |"), r#"like "a" or like "b", like "c""#);
    }

    #[test]
    fn an_operator_still_waiting_for_its_word_says_nothing() {
        for typed in ["", "  ", "!", "'", "^", "!^", "!'", "\u{ad}"] {
            assert!(Query::parse(typed).is_empty(), "{typed:?}");
        }
        assert_eq!(shown("$"), r#"like "$""#);
    }

    #[test]
    fn a_capital_minds_case_in_its_own_term_only() {
        let query = Query::parse("Geld recht");
        let case: Vec<_> = query.clauses.iter().map(|c| c[0].needle.case).collect();
        assert_eq!(case, [true, false]);
    }

    proptest! {
        #[test]
        fn anything_can_be_typed(typed in "[ a-zA-Z'!^$|\\\\üß\u{ad}]{0,20}") {
            for term in Query::parse(&typed).clauses.iter().flatten() {
                prop_assert!(term.needle.keys.iter().all(|key| !key.is_empty()));
            }
        }
    }
}
