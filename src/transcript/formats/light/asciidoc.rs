//! AsciiDoc.

use super::sign::{BOLD, ITALIC, PLAIN, Sign};
use super::{Line, Markup, between, count, heading};
use crate::transcript::formats::{Format, Read};

/// A document in AsciiDoc.
pub const FORMAT: Format = Format {
    name: "asciidoc",
    endings: &["adoc", "asciidoc"],
    recognises: |source| {
        let text = source.text.as_deref().unwrap_or_default();
        let title = text.trim_start_matches('\u{feff}').starts_with("= ");
        let signs = || {
            count(text, |line| {
                attribute(line).is_some() || line.starts_with("== ")
            })
        };
        source.is_named(FORMAT.endings) || title && signs() > 0
    },
    read: Read::Text(|text, source| super::read(text, source, &MARKUP)),
};

/// What its signs are.
const MARKUP: Markup = Markup {
    begins: &['*', '_', '`', '#', 'h', 'l', 'i', 'f', '[', '{'],
    signs: &[
        Sign::anywhere("**", "**", BOLD),
        Sign::anywhere("__", "__", ITALIC),
        Sign::around("*", BOLD),
        Sign::around("_", ITALIC),
        Sign::around("`", PLAIN),
        Sign::around("#", PLAIN),
    ],
    special,
    line,
};

/// The lines that fence a block.
const FENCES: &[&str] = &["----", "====", "****", "....", "--", "|==="];

fn line<'a>(line: &'a str, _: &str) -> Line<'a> {
    let line = line.trim();
    if let Some((level, text)) = heading(line, '=') {
        return Line::Heading(level, text);
    }
    if let Some((key, value)) = attribute(line) {
        return Line::Field(key, value);
    }
    let fence = |fence: &&str| {
        line.trim_end_matches(line.chars().next_back().unwrap_or(' '))
            .is_empty()
            && line.starts_with(*fence)
    };
    match line {
        "" | "+" => Line::Blank,
        "'''" | "<<<" => Line::Rule,
        "____" | "[quote]" => Line::Blank,
        _ if line.starts_with("////") => Line::GoneTo("////"),
        _ if line.starts_with("//")
            || line.starts_with("image::")
            || line.starts_with("include::") =>
        {
            Line::Gone
        }
        _ if FENCES.iter().any(fence) => Line::Blank,
        // *[.question]* sets what follows apart; other blocks say nothing of it.
        _ if line.starts_with('[') && line.ends_with(']') => match line.strip_prefix("[.") {
            Some(role) => Line::Style(role, ""),
            None => Line::Blank,
        },
        _ => term(line),
    }
}

/// `Ada:: Wo?`, `. Wo?`, `* Wo?`
fn term(line: &str) -> Line<'_> {
    let said = |end: &str| {
        line.split_once(end)
            .map(|(term, said)| Line::Term(term, said))
    };
    let term = line.strip_suffix("::").map(|term| Line::Term(term, ""));
    let item = || {
        let text = line.trim_start_matches(['*', '.', '-']);
        let said = text.strip_prefix(' ').filter(|_| text.len() < line.len());
        said.map(Line::Item)
    };
    term.or_else(|| said(":: "))
        .or_else(item)
        .unwrap_or(Line::Text(line))
}

/// `:author: Ada Kroll`
fn attribute(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.strip_prefix(':')?.split_once(':')?;
    let named = !key.is_empty() && !key.contains(char::is_whitespace);
    (named && (value.is_empty() || value.starts_with(' '))).then_some((key, value))
}

/// Links show their text.
fn special(text: &str) -> Option<(usize, &str)> {
    let link = ["http://", "https://", "link:", "footnote:", "image:"];
    if link.iter().any(|start| text.starts_with(start)) {
        let (to, _) = between(text, "", "[").filter(|(_, to)| !to.contains(char::is_whitespace))?;
        let (length, shown) = between(&text[to..], "", "]")?;
        let shown = if text.starts_with('f') || text.starts_with('i') {
            ""
        } else {
            shown
        };
        return Some((to + length, shown.trim_end_matches('^')));
    }
    // *[.lead]#so#*
    between(text, "[.", "]")
        .filter(|(length, _)| text[*length..].starts_with(['#', '*', '_']))
        .map(|(length, _)| (length, ""))
}
