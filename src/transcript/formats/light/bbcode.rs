//! BBCode, in which forums write.

use super::sign::{BOLD, ITALIC, Sign};
use super::{Line, Markup, between, count};
use crate::transcript::formats::{Format, Read};

/// A posting in a forum.
pub const FORMAT: Format = Format {
    name: "bbcode",
    endings: &["bbcode"],
    recognises: |source| {
        let text = source.text.as_deref().unwrap_or_default();
        let closes = |line: &str| {
            let line = line.to_ascii_lowercase();
            MARKUP.signs.iter().any(|sign| line.contains(sign.close))
        };
        count(text, closes) > 1
    },
    read: Read::Text(|text, source| Ok(super::read(&even(text), source, &MARKUP)?.into_owned())),
};

/// What its signs are.
const MARKUP: Markup = Markup {
    begins: &['['],
    signs: &[
        Sign::anywhere("[b]", "[/b]", BOLD),
        Sign::anywhere("[i]", "[/i]", ITALIC),
        Sign::anywhere("[u]", "[/u]", ITALIC),
        Sign::anywhere("[color]", "[/color]", ITALIC),
        Sign::anywhere("[quote]", "[/quote]", ITALIC),
    ],
    special: |_| None,
    line: |line, _| match line.trim() {
        "" => Line::Blank,
        line => Line::Text(line),
    },
};

/// The tags that say nothing here, in lower case.
const TAGS: &[&str] = &[
    "*", "align", "center", "font", "h1", "h2", "h3", "hr", "indent", "justify", "left", "li",
    "list", "ol", "right", "s", "size", "spoiler", "ul", "url",
];

/// The tags around an address that is no text.
const ADDRESSES: &[&str] = &["[/img]", "[/youtube]", "[/video]"];

/// `text` with its tags in small letters and without their values, opened and closed on each line, and without all that
/// say nothing here.
fn even(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Vec<&'static Sign> = Vec::new();
    for line in text.lines() {
        if !line.trim().is_empty() {
            out.extend(open.iter().map(|sign| sign.open));
            even_line(line, &mut open, &mut out);
            out.extend(open.iter().rev().map(|sign| sign.close));
        }
        out.push('\n');
    }
    out
}

fn even_line(line: &str, open: &mut Vec<&'static Sign>, out: &mut String) {
    let mut rest = line;
    while let Some(at) = memchr::memchr(b'[', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some((length, inside)) = between(rest, "[", "]") else {
            break;
        };
        let name = inside.split(['=', ' ']).next().unwrap_or_default();
        let (tag, name) = (format!("[{name}]").to_lowercase(), name.to_lowercase());
        let signs = &MARKUP.signs;
        let opens = signs.iter().find(|sign| sign.open == tag);
        let closes = open.iter().rposition(|sign| sign.close == tag);
        let address = ADDRESSES.iter().find(|close| close[2..] == tag[1..]);
        if let Some(sign) = opens.filter(|sign| open.iter().all(|open| open.open != sign.open)) {
            open.push(sign);
            out.push_str(sign.open);
        } else if let Some(at) = closes {
            out.push_str(open.remove(at).close);
        } else if let Some((whole, _)) = address.and_then(|close| between(rest, "[", close)) {
            rest = &rest[whole..];
            continue;
        } else if opens.is_none() && !TAGS.contains(&name.trim_start_matches('/')) {
            out.push_str(&rest[..length]);
        }
        rest = &rest[length..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_evened_out_line_by_line() {
        let text = "[B]Wo waren[/B] [url=https://example.org]Sie[/url]?\n[quote=Ada][size=9]Hier.[/size]\n\nDort. [lacht][/quote]\n[img]a.png[/img]So.";
        let expected =
            "[b]Wo waren[/b] Sie?\n[quote]Hier.[/quote]\n\n[quote]Dort. [lacht][/quote]\nSo.\n";
        assert_eq!(even(text), expected);
    }
}
