//! reStructuredText.

use super::sign::{BOLD, ITALIC, PLAIN, Sign};
use super::{Line, Markup, between};
use crate::transcript::formats::{Format, Read};

/// A document in reStructuredText; what is not called so is read as Markdown, which is set in nearly the same way.
pub const FORMAT: Format = Format {
    name: "restructuredtext",
    endings: &["rst", "rest"],
    recognises: |source| source.is_named(FORMAT.endings) && source.text.is_some(),
    read: Read::Text(|text, source| super::read(text, source, &MARKUP)),
};

/// What its signs are.
const MARKUP: Markup = Markup {
    begins: &['*', '`', '|', '['],
    signs: &[
        Sign::around("**", BOLD),
        Sign::around("*", ITALIC),
        Sign::around("``", PLAIN),
    ],
    special,
    line,
};

/// What underlines headings, the signs of higher ones first.
const UNDERLINES: &[char] = &['=', '-', '~', '^', '"', '\'', '*', '+', '#', '`', '.', ':'];

fn line<'a>(whole: &'a str, next: &str) -> Line<'a> {
    let line = whole.trim();
    let level = underline(next).filter(|_| !line.is_empty() && underline(line).is_none());
    if let Some(level) = level.filter(|_| next.trim().chars().count() >= line.chars().count()) {
        return Line::Heading(level, line);
    }
    if let Some((name, said)) = field(line) {
        return match name.to_lowercase().as_str() {
            "author" | "autor" | "authors" | "date" | "datum" | "title" | "titel" => {
                Line::Field(name, said)
            }
            _ => Line::Term(name, said),
        };
    }
    match line.as_bytes() {
        [] => Line::Blank,
        [b'.', b'.'] => Line::Gone,
        // *.. class:: question* sets what follows apart; other directives say nothing of it.
        [b'.', b'.', b' ', ..] => match line[3..].split_once("::") {
            Some(("class", name)) => Line::Style(name, ""),
            _ => Line::Gone,
        },
        [b'|' | b'-' | b'*', b' ', ..] => Line::Item(&line[2..]),
        _ if underline(line).is_some() => Line::Blank,
        _ if whole.starts_with([' ', '\t']) => Line::Text(line),
        // What is indented below explains it.
        _ if next.starts_with("  ") => Line::Term(line, ""),
        _ => Line::Text(line),
    }
}

/// The level of the heading that `line` underlines.
fn underline(line: &str) -> Option<u8> {
    let sign = line.chars().next()?;
    let place = UNDERLINES.iter().position(|known| *known == sign)?;
    let whole = line.len() > 2 && line.trim_start_matches(sign).is_empty();
    u8::try_from(place + 1).ok().filter(|_| whole)
}

/// `:Ada Kroll: Wo?`
fn field(line: &str) -> Option<(&str, &str)> {
    let (name, said) = line.strip_prefix(':')?.split_once(": ")?;
    (!name.is_empty() && !name.contains('`')).then_some((name, said))
}

/// Links show their text.
fn special(text: &str) -> Option<(usize, &str)> {
    let (length, inside) = between(text, "`", "`")?;
    let marks = text[length..].len() - text[length..].trim_start_matches('_').len();
    let shown = inside.split_once(" <").map_or(inside, |(shown, _)| shown);
    (!inside.is_empty() && marks > 0).then_some((length + marks, shown))
}
