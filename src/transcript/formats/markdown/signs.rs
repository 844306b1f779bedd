//! What tells Markdown from plain text, and what stands in it that is neither.

use std::borrow::Cow;

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

/// `text` without the shortcodes of the programs that make pages of it: `{{< … >}}`, `{% … %}`, `{: … }`, `::: …`.
#[must_use]
pub fn without_shortcodes(text: &str) -> Cow<'_, str> {
    let marks = ["{{", "{%", "{:", ":::"];
    if !marks.iter().any(|mark| text.contains(mark)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['{', ':']) {
        let (before, here) = rest.split_at(at);
        out.push_str(before);
        let length = shortcode(here, out.is_empty() || out.ends_with('\n'));
        if length == 0 {
            let mark = here.len() - here.trim_start_matches(['{', ':']).len();
            out.push_str(&here[..mark]);
            rest = &here[mark..];
        } else {
            rest = &here[length..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
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
