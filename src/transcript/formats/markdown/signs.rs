//! What tells Markdown from plain text, and what stands in it that is neither.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::transcript::paragraphs::Wrap;

/// So many lines of a file are looked at.
const LINES: usize = 2_000;

/// A shortcode is no longer than this, in bytes.
const SHORTCODE: usize = 1_024;

/// Whether `text` has enough signs of Markdown: front matter, or two lines that plain text doesn't have, and one in fifty.
#[must_use]
pub fn enough(text: &str) -> bool {
    let mut lines = text.lines().take(LINES).map(str::trim_end);
    let first = lines.clone().find(|line| !line.is_empty());
    let fence = first.filter(|line| matches!(*line, "---" | "+++"));
    if let Some(fence) = fence {
        let mut head = lines.clone().skip_while(|line| *line != fence).skip(1);
        let field = |line: &str| line.contains([':', '=']);
        return head.next().is_some_and(field) && head.any(|line| line == fence);
    }
    let (mut signs, mut all, mut above) = (0usize, 0usize, "");
    for line in &mut lines {
        all += usize::from(!line.is_empty());
        signs += usize::from(is_sign(line, above));
        above = line;
    }
    signs > 1 && signs * 50 >= all
}

/// Whether `line`, below `above`, stands so in Markdown only.
fn is_sign(line: &str, above: &str) -> bool {
    let line = line.trim_start();
    let level = line.len() - line.trim_start_matches('#').len();
    let heading = (1..=6).contains(&level) && line[level..].starts_with(' ');
    let underline = line.len() > 2
        && (line.bytes().all(|b| b == b'=') || line.bytes().all(|b| b == b'-'))
        && above.starts_with(char::is_alphanumeric);
    let emphasis = |mark: &str| {
        let inside = line.strip_prefix(mark);
        inside.is_some_and(|rest| {
            rest.starts_with(|c: char| !c.is_whitespace() && c != '*' && c != '_')
                && rest.contains(mark)
        })
    };
    heading
        || underline
        || emphasis("**")
        || emphasis("__")
        || line.starts_with("```")
        || line.starts_with("![")
        || line.contains("](http")
        || line.contains("](/")
}

/// Whether every line of `text` is a paragraph, for hardly any are blank and none are broken.
#[must_use]
pub fn has_a_paragraph_a_line(text: &str, wrap: Wrap) -> bool {
    let (mut lines, mut blocks, mut last) = (0usize, 0usize, "");
    for line in text.lines().take(LINES).map(str::trim) {
        lines += usize::from(!line.is_empty());
        blocks += usize::from(!line.is_empty() && last.is_empty());
        last = line;
    }
    wrap == Wrap::default() && lines > blocks * 8
}

/// `text` without the shortcodes of the programs that make pages of it: `{{< … >}}`, `{% … %}`, `{: … }`, `::: …`. Those
/// that begin and end a piece of it become elements, by which it may be told apart.
#[must_use]
pub fn without_shortcodes(text: &str) -> Cow<'_, str> {
    let marks = ["{{", "{%", "{:", ":::"];
    if !marks.iter().any(|mark| text.contains(mark)) {
        return Cow::Borrowed(text);
    }
    let ends = ends(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['{', ':']) {
        let (before, here) = rest.split_at(at);
        out.push_str(before);
        let begins_line = out.is_empty() || out.ends_with('\n');
        let length = shortcode(here, begins_line);
        if length == 0 {
            let mark = here.len() - here.trim_start_matches(['{', ':']).len();
            out.push_str(&here[..mark]);
            rest = &here[mark..];
        } else {
            let inside = inside(&here[..length]);
            let name = inside.split_whitespace().next().unwrap_or_default();
            if end_of(name).is_some_and(|name| ends.contains(name)) {
                out.push_str("\n\n</div>\n\n");
            } else if begins_line && ends.contains(name) {
                let class = inside.replace(['"', '<', '>', '&'], "");
                out.extend(["\n\n<div class=\"", &class, "\">\n\n"]);
            }
            rest = &here[length..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The shortcodes that end somewhere, by their names.
fn ends(text: &str) -> HashSet<&str> {
    let codes = ["{{", "{%"]
        .into_iter()
        .flat_map(|open| text.split(open).skip(1));
    let names = codes.filter_map(|code| {
        let code = code.trim_start_matches(['<', '%', '-', ' ']);
        end_of(code.split([' ', '>', '%', '}']).next()?)
    });
    names.filter(|name| !name.is_empty()).collect()
}

/// The name of the shortcode that one named `name` ends.
fn end_of(name: &str) -> Option<&str> {
    name.strip_prefix('/').or_else(|| name.strip_prefix("end"))
}

/// What a shortcode says.
fn inside(code: &str) -> &str {
    code.trim_matches(|c: char| "{}<>%-".contains(c) || c.is_whitespace())
}

/// How long the shortcode is that `text` begins with; 0 where there is none.
fn shortcode(text: &str, begins_line: bool) -> usize {
    if begins_line && text.starts_with(":::") {
        return text.find('\n').unwrap_or(text.len());
    }
    let close = match text.as_bytes() {
        [b'{', b'{', ..] => "}}",
        [b'{', b'%', ..] => "%}",
        [b'{', b':', ..] => "}",
        _ => return 0,
    };
    let near = &text[..text.floor_char_boundary(SHORTCODE)];
    let end = memchr::memmem::find(near.as_bytes(), close.as_bytes()).map(|at| at + close.len());
    end.filter(|end| !near[..*end].contains("\n\n"))
        .unwrap_or(0)
}

/// A tag on a line of its own, around the paragraphs below.
#[derive(Debug, PartialEq, Eq)]
pub enum Element<'a> {
    /// It opens, with a class.
    Opens(&'a str),
    /// It closes.
    Closes,
}

/// The element that `html` opens or closes, if it does nothing else.
#[must_use]
pub fn element(html: &str) -> Option<Element<'_>> {
    const AROUND: &[&str] = &["article", "aside", "div", "section"];
    let tag = html
        .strip_prefix('<')?
        .strip_suffix('>')
        .filter(|tag| !tag.contains('<'))?;
    if let Some(name) = tag.strip_prefix('/') {
        return AROUND.contains(&name.trim()).then_some(Element::Closes);
    }
    let name = tag.split_whitespace().next()?;
    let class = tag.split_once("class=").map_or("", |(_, class)| class);
    let quote = class.chars().next().filter(|c| matches!(c, '"' | '\''));
    let class = quote.and_then(|quote| class[1..].split(quote).next());
    let opens = AROUND.contains(&name) && !tag.ends_with('/');
    opens.then(|| Element::Opens(class.unwrap_or_default().trim()))
}

/// Whether a paragraph has nothing in it but tags, such as a component of a page that no HTML has.
#[must_use]
pub fn is_nothing_but_tags(source: &str) -> bool {
    let mut rest = source.trim();
    if !rest.starts_with('<') {
        return false;
    }
    while !rest.is_empty() {
        let Some(end) = tag(rest) else { return false };
        rest = rest[end..].trim_start();
    }
    true
}

/// How long the tag is that `text` begins with.
fn tag(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let named = matches!(bytes, [b'<', next, ..] if next.is_ascii_alphabetic() || matches!(next, b'/' | b'>'));
    let (mut braces, mut quote) = (0usize, None);
    for (at, byte) in bytes.iter().enumerate().filter(|_| named) {
        match (quote, byte) {
            (Some(open), byte) if *byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'' | b'`') => quote = Some(*byte),
            (None, b'{') => braces += 1,
            (None, b'}') => braces = braces.saturating_sub(1),
            (None, b'>') if braces == 0 => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_told_from_text_with_a_hash_or_a_rule() {
        for text in [
            "---\ntitle: Holz\n---\nJa.",
            "+++\ntitle = \"Holz\"\n+++\nJa.",
            "# Holz\n\n**Ada:** Ja.\n",
            "Holz\n====\n\nSiehe [dort](https://example.org).",
        ] {
            assert!(enough(text), "{text}");
        }
        for text in [
            "I: Wie?\n#00:00:03-1#\nB: So.\n#00:00:09-1#",
            "Eins.\n\n* * *\n\nZwei.\n\n---\n\nDrei.",
            "# Holz\n\nJa.",
            "---\n\nJa.\n\n---\n",
            "",
        ] {
            assert!(!enough(text), "{text}");
        }
    }

    #[test]
    fn shortcodes_vanish_and_braces_stay() {
        let text =
            "A {{< video a_b >}} b {% include c.html %}\n{: .note }\n::: frage\n{x: 1} c: d ::: {{";
        assert_eq!(without_shortcodes(text), "A  b \n\n\n{x: 1} c: d ::: {{");
    }

    #[test]
    fn a_paragraph_may_be_a_component() {
        assert!(is_nothing_but_tags(
            "<Bild\n  alt={`>`}\n  url=\"data:>\"\n/>\n<b></b>"
        ));
        assert!(!is_nothing_but_tags("<Bild /> Text"));
        assert!(!is_nothing_but_tags("<3 heißt >"));
        assert!(!is_nothing_but_tags("<Bild"));
    }
}
