//! Marks within the lines of a cue: tags, character references, dashes.

use std::borrow::Cow;

/// No tag is longer than this, in bytes; what is longer is text.
const TAG: usize = 1_000;

/// `text` without tags (`<i>`, `<00:00:01.000>`, `{\an8}`), its character references read.
pub fn plain(text: &str) -> Cow<'_, str> {
    if memchr::memchr3(b'<', b'&', b'{', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr3(b'<', b'&', b'{', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match rest.as_bytes() {
            [b'<', b'/' | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9', ..] => end_of(rest, b'>'),
            [b'{', b'\\', ..] => end_of(rest, b'}'),
            [b'&', ..] => reference(rest).map(|(c, length)| {
                out.extend(c);
                length - 1
            }),
            _ => None,
        };
        // What is no mark after all is text.
        let length = length.map_or_else(
            || {
                out.push_str(&rest[..1]);
                1
            },
            |last| last + 1,
        );
        rest = &rest[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character that a reference at the beginning of `text` stands for, if it is to be seen, and the reference's length.
fn reference(text: &str) -> Option<(Option<char>, usize)> {
    const NAMED: [(&str, Option<char>); 8] = [
        ("amp", Some('&')),
        ("lt", Some('<')),
        ("gt", Some('>')),
        ("quot", Some('"')),
        ("apos", Some('\'')),
        ("nbsp", Some('\u{a0}')),
        ("lrm", None),
        ("rlm", None),
    ];
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let character = match name.strip_prefix('#') {
        Some(number) => {
            let hexadecimal = number.strip_prefix(['x', 'X']);
            let code = match hexadecimal {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            Some(char::from_u32(code.ok()?)?)
        }
        None => NAMED.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((character, end + 1))
}

/// Where a tag ends that `text` begins with.
fn end_of(text: &str, close: u8) -> Option<usize> {
    let near = &text.as_bytes()[..text.len().min(TAG)];
    memchr::memchr(close, near)
}

/// The name in a voice tag, `<v.loud Ada Kroll>`, and what follows it.
pub fn voice_tag(text: &str) -> Option<(&str, &str)> {
    let end = end_of(text, b'>')?;
    let (tag, after) = (text.strip_prefix("<v")?.get(..end - 2)?, &text[end + 1..]);
    let (_, name) = tag.split_once([' ', '\t'])?;
    let begins = tag.starts_with(['.', ' ', '\t']);
    begins.then_some((name.trim(), after))
}

/// The length of a dash at the beginning of `text` that marks a change of voice: a space follows, or a capital.
pub fn dash(text: &str) -> Option<usize> {
    let rest = text.strip_prefix(['-', '–', '—', '‐'])?;
    let marks = rest.starts_with(|c: char| c == ' ' || c.is_uppercase());
    marks.then(|| text.len() - rest.trim_start().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_references_are_read_and_what_is_none_is_text() {
        assert_eq!(
            plain("{\\an8}<i>Ada</i> &amp; Bo&nbsp;&#8211;&#x20ac;&lrm;"),
            "Ada & Bo\u{a0}–€"
        );
        for same in [
            "1 < 2 & 3 > 2",
            "{so}",
            "&unbekannt;",
            "a <",
            "&#xffffffff;",
            "&",
        ] {
            assert_eq!(plain(same), same);
        }
    }
}
