//! The markup of MediaWiki, in which Wikinews and others write.

use super::sign::{BOLD, ITALIC, Sign};
use super::{Line, Markup, between, count};
use crate::transcript::formats::{Format, Read};

/// The text of a page of a wiki.
pub const FORMAT: Format = Format {
    name: "mediawiki",
    endings: &["wiki", "mediawiki", "wikitext"],
    recognises: |source| {
        let text = source.text.as_deref().unwrap_or_default();
        let heads = count(text, |line| heading(line).is_some());
        let bold = count(text, |line| {
            line.trim_start_matches([':', '*', ';'])
                .trim()
                .starts_with("''")
        });
        let links = text.contains("[[") || text.contains("{{");
        let led = |sign: char| count(text, |line| line.starts_with(sign));
        let terms = led(';') > 2 && led(':') > 2;
        source.is_named(FORMAT.endings) || bold > 2 || terms || heads > 1 && (bold > 0 || links)
    },
    read: Read::Text(|text, source| super::read(text, source, &MARKUP)),
};

/// What its signs are.
pub const MARKUP: Markup = Markup {
    begins: &['\'', '[', '{', '<', '_'],
    signs: &[
        Sign::anywhere("'''", "'''", BOLD),
        Sign::anywhere("''", "''", ITALIC),
        Sign::anywhere("<b>", "</b>", BOLD),
        Sign::anywhere("<i>", "</i>", ITALIC),
    ],
    special,
    line,
};

/// Where a link leads that is no text of the page, in lower case.
const ELSEWHERE: &[&str] = &[
    "bild:",
    "category:",
    "datei:",
    "file:",
    "image:",
    "kategorie:",
    "media:",
];

/// A template with at least so many words in it is text.
const WORDS: usize = 3;

fn line<'a>(line: &'a str, _: &str) -> Line<'a> {
    let line = line.trim();
    if let Some((level, text)) = heading(line) {
        return Line::Heading(level, text);
    }
    if let Some(inside) = line.strip_prefix("{{") {
        return match inside.strip_suffix("}}") {
            Some(inside) => template(inside),
            None if inside.contains("}}") => Line::Text(line),
            None => Line::GoneTo("}}"),
        };
    }
    match line.as_bytes() {
        [] => Line::Blank,
        [b'-', b'-', b'-', b'-', ..] => Line::Rule,
        [b'{', b'|', ..] | [b'|', b'}' | b'-', ..] | [b'_', b'_', ..] => Line::Blank,
        [b'<', b'!', b'-', b'-', ..] if line.ends_with("-->") => Line::Gone,
        [b'<', b'!', b'-', b'-', ..] => Line::GoneTo("-->"),
        [b';', ..] => match line[1..].split_once(" :") {
            Some((term, said)) => Line::Term(term, said),
            None => Line::Term(&line[1..], ""),
        },
        [b':' | b'*' | b'#' | b'|' | b'!', ..] => {
            Line::Item(line.trim_start_matches([':', '*', '#', '|', '!', ';']))
        }
        _ => Line::Text(line),
    }
}

/// `== Heading ==`
fn heading(line: &str) -> Option<(u8, &str)> {
    let text = line.trim_matches('=');
    let level = line.len() - line.trim_start_matches('=').len();
    let closed = line.len() == text.len() + 2 * level;
    let level = u8::try_from(level)
        .ok()
        .filter(|level| (1..=6).contains(level));
    level
        .filter(|_| closed && !text.trim().is_empty())
        .map(|level| (level, text))
}

/// What a template with a sentence in it sets so is a paragraph of its own sort.
fn template(inside: &str) -> Line<'_> {
    let (name, rest) = inside.split_once('|').unwrap_or((inside, ""));
    let said = rest.rsplit_once('|').map_or(rest, |(_, last)| last);
    let said = said.strip_prefix("1=").unwrap_or(said);
    let text = said.split_whitespace().nth(WORDS - 1).is_some() && !said.contains('=');
    if text {
        Line::Style(name, said)
    } else {
        Line::Gone
    }
}

/// Links show their text, or where they lead; templates, notes and pictures show nothing.
fn special(text: &str) -> Option<(usize, &str)> {
    if let Some((length, inside)) = between(text, "[[", "]]") {
        let lower = inside.to_lowercase();
        if ELSEWHERE.iter().any(|place| lower.starts_with(place)) {
            // A link may stand in what is said of a picture.
            let nested = inside
                .contains("[[")
                .then(|| between(&text[length..], "", "]]"));
            let more = nested.flatten().map_or(0, |(more, _)| more);
            return Some((length + more, ""));
        }
        return Some((length, inside.rsplit('|').next().unwrap_or_default()));
    }
    if text.starts_with("[http") {
        let (length, inside) = between(text, "[", "]")?;
        return Some((
            length,
            inside.split_once(' ').map_or("", |(_, shown)| shown),
        ));
    }
    let note = text.starts_with("<ref").then(|| {
        let (length, inside) = between(text, "<", ">")?;
        let whole = || between(text, "<", "</ref>");
        if inside.ends_with('/') {
            Some((length, ""))
        } else {
            whole()
        }
    });
    let (length, _) = between(text, "{{", "}}")
        .or_else(|| note.flatten())
        .or_else(|| between(text, "<!--", "-->"))
        .or_else(|| between(text, "<br", ">"))?;
    Some((length, if text.starts_with("<br") { " " } else { "" }))
}
