//! The markup of Org mode.

use super::sign::{BOLD, ITALIC, PLAIN, Sign};
use super::{Line, Markup, between, count, heading};
use crate::transcript::formats::{Format, Read};

/// A document of Org mode.
pub const FORMAT: Format = Format {
    name: "org",
    endings: &["org"],
    recognises: |source| {
        let text = source.text.as_deref().unwrap_or_default();
        source.is_named(FORMAT.endings) || count(text, |line| keyword(line).is_some()) > 0
    },
    read: Read::Text(|text, source| super::read(text, source, &MARKUP)),
};

/// What its signs are.
pub const MARKUP: Markup = Markup {
    begins: &['*', '/', '_', '=', '~', '+', '['],
    signs: &[
        Sign::around("*", BOLD),
        Sign::around("/", ITALIC),
        Sign::around("_", ITALIC),
        Sign::around("=", PLAIN),
        Sign::around("~", PLAIN),
        Sign::around("+", PLAIN),
    ],
    special,
    line,
};

/// What is before a heading that is a task, and no word of it.
const STATES: &[&str] = &["TODO ", "DONE "];

fn line<'a>(whole: &'a str, _: &str) -> Line<'a> {
    let line = whole.trim();
    if let Some((level, text)) = heading(whole, '*') {
        let state = STATES.iter().find_map(|state| text.strip_prefix(state));
        return Line::Heading(level, state.unwrap_or(text));
    }
    if let Some((key, value)) = keyword(line) {
        return match key.to_ascii_lowercase().as_str() {
            "title" | "author" | "date" => Line::Field(key, value),
            _ => Line::Gone,
        };
    }
    let lower = || line.to_ascii_lowercase();
    match line.as_bytes() {
        [] => Line::Blank,
        [b'#', b'+', ..] => match lower().as_str() {
            "#+begin_quote" => Line::Quote(true),
            "#+end_quote" => Line::Quote(false),
            "#+begin_comment" => Line::GoneTo("#+end_comment"),
            // *#+begin_question* sets what stands in it apart.
            lower if lower.starts_with("#+begin_") => Line::Style(&line[8..], ""),
            _ => Line::Blank,
        },
        [b'#', b' ', ..] | [b'#'] => Line::Gone,
        [b':', .., b':'] if lower() == ":properties:" || lower() == ":logbook:" => {
            Line::GoneTo(":END:")
        }
        [b'-', b'-', b'-', b'-', b'-', ..] => Line::Rule,
        [b'-' | b'+', b' ', ..] => match line[2..].split_once(" :: ") {
            Some((term, said)) => Line::Term(term, said),
            None => Line::Item(&line[2..]),
        },
        _ => Line::Text(line),
    }
}

/// `#+TITLE: Holz`
fn keyword(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.strip_prefix("#+")?.split_once(':')?;
    let named = !key.is_empty()
        && key
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    named.then_some((key, value))
}

/// Links show their text, notes nothing.
fn special(text: &str) -> Option<(usize, &str)> {
    if let Some((length, inside)) = between(text, "[[", "]]") {
        return Some((length, inside.rsplit("][").next().unwrap_or_default()));
    }
    between(text, "[fn:", "]").map(|(length, _)| (length, ""))
}
