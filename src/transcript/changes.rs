//! Signs that somebody else begins to speak, where nobody is named: the `>>` of captions, the dash of novels and
//! subtitles.

use std::borrow::Cow;

use super::paragraphs::{ends_sentence, lines};

/// The sign of captions; three of them begin a new subject.
const CAPTIONS: &str = ">>";

/// The signs, each before what is said.
const SIGNS: &[char] = &['–', '—', '-', '*', '>', '?', '•', '■', '▪', '►', '»'];

/// Those of them that a capital may follow without a space.
const TIGHT: &[char] = &['–', '—', '-'];

/// So many lines begin with a sign at the least.
const LEAST: usize = 4;

/// The sign that `text` begins with, and what follows it.
#[must_use]
pub fn led(text: &str) -> Option<(char, &str)> {
    let sign = text.chars().next().filter(|sign| SIGNS.contains(sign))?;
    let rest = match text.strip_prefix(CAPTIONS) {
        Some(rest) => rest.trim_start_matches(sign),
        None => &text[sign.len_utf8()..],
    };
    let said = rest.trim_start();
    let tight = text.starts_with(CAPTIONS)
        || TIGHT.contains(&sign)
            && said.starts_with(|c: char| c.is_uppercase() || "„“»«\"¿¡".contains(c));
    (!said.is_empty() && (said.len() < rest.len() || tight)).then_some((sign, said))
}

/// `text` with a blank line wherever somebody else begins to speak: at the signs of captions, wherever in a line they
/// stand, and at lines that begin with a dash below the end of a sentence. `None` where there are hardly any.
#[must_use]
pub fn parted(text: &str) -> Option<String> {
    let signs = memchr::memmem::find_iter(text.as_bytes(), CAPTIONS).take(LEAST);
    // In quotation marks of ASCII they come in pairs.
    if signs.count() == LEAST && !text.contains("<<") {
        let parts = text
            .split(CAPTIONS)
            .map(|part| part.trim_start_matches('>'));
        let parts: Vec<&str> = parts.collect();
        return Some(parts.join("\n\n>> "));
    }
    let begins = |line: &str| led(line).is_some_and(|(sign, _)| TIGHT.contains(&sign));
    lines(text).filter(|line| begins(line)).nth(LEAST - 1)?;
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut last = "";
    for line in lines(text) {
        if begins(line) && ends_sentence(last) {
            out.push('\n');
        }
        out.extend([line, "\n"]);
        last = line;
    }
    Some(out)
}

/// Takes the sign off `text`, which begins with it.
pub fn take_off(text: &mut Cow<'_, str>) {
    let Some(at) = led(text).map(|(_, said)| text.len() - said.len()) else {
        return;
    };
    match text {
        Cow::Borrowed(text) => *text = &text[at..],
        Cow::Owned(text) => drop(text.drain(..at)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_stands_before_what_is_said() {
        for (text, said) in [
            ("– Wo?", "Wo?"),
            ("—Wo?", "Wo?"),
            ("-Wo?", "Wo?"),
            ("—„Wo?“", "„Wo?“"),
            (">> Wo?", "Wo?"),
            (">>>WO?", "WO?"),
            (">> wo?", "wo?"),
        ] {
            assert_eq!(led(text).map(|(_, said)| said), Some(said), "{text}");
        }
        for no in ["-mal so", "---", "*Wo*", ">Wo?", "– ", "Wo?", "--Ja"] {
            assert_eq!(led(no), None, "{no}");
        }
    }

    #[test]
    fn somebody_else_begins_within_a_line_or_below_a_sentence() {
        let captions = ">>> GOOD EVENING. WHERE\nWERE YOU? >> HERE.\n>> ALL DAY? >> YES.";
        let parts: Vec<String> = parted(captions)
            .unwrap()
            .split("\n\n")
            .filter(|part| !part.is_empty())
            .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        let expected = [
            ">> GOOD EVENING. WHERE WERE YOU?",
            ">> HERE.",
            ">> ALL DAY?",
            ">> YES.",
        ];
        assert_eq!(parts, expected);
        let novel =
            "– Wo waren Sie?\n– Hier, wo sonst\n– im Mai –, und dann.\n– Und dann?\n– Fort.";
        assert_eq!(parted(novel).unwrap().matches("\n\n").count(), 3);
        assert_eq!(parted("– Wo?\nHier.\n>>so<< >>und<< >>so<< >>fort<<"), None);
    }
}
