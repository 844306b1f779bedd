//! Where a line may end: the part of UAX 14 that prose needs, and a few habits of German and English setters.
//!
//! Every rule looks at a few characters on either side of one place, so that a line can be set from anywhere.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

/// Whether `c` is a space that a line may end at; newlines aren't, nor are spaces that hold words together.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\n' | '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// Whether a line may end at the run of spaces `run`, so that the next begins with what follows it.
///
/// Not before a mark that closes, nor a dash between spaces, nor a sign of percent or money after its number, nor
/// inside an abbreviation like "z. B.".
pub(super) fn at_space(text: &str, run: Range<usize>) -> bool {
    let mut before = text[..run.start].chars().rev();
    let mut after = text[run.end..].chars();
    let (last, first, second) = (before.next(), after.next(), after.next());
    let (Some(last), Some(first)) = (last, first) else {
        return true;
    };
    let held = match first {
        ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '}' => {
            second.is_none_or(|c| !c.is_alphanumeric())
        }
        '-' | '–' | '—' => second.is_none_or(char::is_whitespace),
        '%' | '‰' | '€' | '$' | '£' => {
            last.is_numeric() && second.is_none_or(|c| !c.is_alphanumeric())
        }
        c if c.is_alphabetic() && second == Some('.') && last == '.' => {
            before.next().is_some_and(char::is_alphabetic)
                && before.next().is_none_or(|c| !c.is_alphanumeric())
        }
        _ => false,
    };
    !held
}

/// Whether a line may end just before byte `at`, a grapheme boundary with no space on either side.
pub(super) fn between(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let plain = |byte: u8| byte.is_ascii_alphanumeric();
    if at == 0 || at >= bytes.len() || (plain(bytes[at - 1]) && bytes[at].is_ascii()) {
        return false;
    }
    let mut back = text[..at].chars().rev();
    let mut ahead = text[at..].chars();
    let (Some(before), Some(after)) = (back.next(), ahead.next()) else {
        return false;
    };
    match before {
        '\u{200b}' => !glue(after),
        // No stubs: "E-Mail", "km/h", "2017-06" and "-fach" stay whole.
        '-' | '\u{2010}' | '–' | '/' => {
            back.by_ref()
                .take(2)
                .filter(|c| c.is_alphanumeric())
                .count()
                == 2
                && after.is_alphabetic()
                && ahead.next().is_some_and(char::is_alphanumeric)
        }
        '—' => {
            back.next().is_some_and(|c| !is_space(c)) && (after.is_alphanumeric() || opens(after))
        }
        _ => {
            (ideographic(before) || ideographic(after))
                && !(glue(before) || opens(before))
                && !(glue(after) || closes(after))
        }
    }
}

/// Whether a word begins at byte `at`, or what stands for one where words aren't spaced.
pub(super) fn begins_word(text: &str, at: usize) -> bool {
    let spaced = |c: char| c == '\n' || is_space(c);
    match (text[..at].chars().next_back(), text[at..].chars().next()) {
        (Some(before), Some(after)) if spaced(before) => {
            !spaced(after) && !is_combining_mark(after)
        }
        (Some(_), Some(after)) => !spaced(after) && between(text, at),
        _ => true,
    }
}

/// Scripts that are written without spaces, where a line may end after any sign; and pictures.
fn ideographic(c: char) -> bool {
    matches!(
        u32::from(c),
        0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xff01..=0xff60 | 0x1f300..=0x1faff | 0x20000..=0x3fffd
    )
}

/// Holds together what stands on either side.
fn glue(c: char) -> bool {
    is_combining_mark(c)
        || matches!(
            c,
            '\u{a0}' | '\u{ad}' | '\u{202f}' | '\u{2007}' | '\u{2011}' | '\u{200b}'
                ..='\u{200d}' | '\u{2060}' | '\u{feff}'
        )
}

/// No line ends after it.
fn opens(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '„'
            | '‚'
            | '“'
            | '‘'
            | '«'
            | '‹'
            | '"'
            | '\''
            | '（'
            | '［'
            | '｛'
            | '「'
            | '『'
            | '【'
            | '〈'
            | '《'
            | '〔'
    )
}

/// No line begins with it: punctuation, and the small kana and marks of length and repetition.
fn closes(c: char) -> bool {
    (c.is_ascii_punctuation() && !opens(c))
        || matches!(
            c,
            '"' | '\''
                | '”'
                | '’'
                | '“'
                | '‘'
                | '»'
                | '›'
                | '…'
                | '‥'
                | '–'
                | '—'
                | '、'
                | '。'
                | '，'
                | '．'
                | '・'
                | '：'
                | '；'
                | '？'
                | '！'
                | '）'
                | '］'
                | '｝'
                | '」'
                | '』'
                | '】'
                | '〉'
                | '》'
                | '〕'
                | 'ー'
                | '々'
                | 'ゝ'
                | 'ゞ'
                | 'ぁ'
                | 'ぃ'
                | 'ぅ'
                | 'ぇ'
                | 'ぉ'
                | 'っ'
                | 'ゃ'
                | 'ゅ'
                | 'ょ'
                | 'ァ'
                | 'ィ'
                | 'ゥ'
                | 'ェ'
                | 'ォ'
                | 'ッ'
                | 'ャ'
                | 'ュ'
                | 'ョ'
                | 'ヵ'
                | 'ヶ'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text` with a bar wherever a line may end.
    fn opportunities(text: &str) -> String {
        let mut out = String::new();
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let spaces = rest.len() - rest.trim_start_matches(is_space).len();
            if spaces > 0 {
                out.push_str(if at_space(text, at..at + spaces) {
                    "|"
                } else {
                    "_"
                });
                at += spaces;
                continue;
            }
            if at > 0 && !text[..at].ends_with(is_space) && between(text, at) {
                out.push('|');
            }
            let c = rest.chars().next().unwrap();
            out.push(c);
            at += c.len_utf8();
        }
        out
    }

    #[test]
    fn lines_end_at_spaces_hyphens_and_dashes() {
        assert_eq!(
            opportunities("PR-Arbeit und/oder E-Mail am 2017-06 mit km/h"),
            "PR-|Arbeit|und/|oder|E-Mail|am|2017-06|mit|km/h"
        );
        assert_eq!(opportunities("so—wie—„das“"), "so—|wie—|„das“");
        assert_eq!(opportunities("Content- und -fach"), "Content-|und|-fach");
    }

    #[test]
    fn some_spaces_hold() {
        assert_eq!(opportunities("das – oder ?"), "das_–|oder_?");
        assert_eq!(opportunities("z. B. 5 % am .NET"), "z._B.|5_%|am|.NET");
        assert_eq!(opportunities("10\u{a0}km"), "10\u{a0}km");
    }

    #[test]
    fn ideographs_part_from_one_another_but_not_from_their_punctuation() {
        assert_eq!(opportunities("日本、「東京」。"), "日|本、|「東|京」。");
        assert_eq!(opportunities("カード!"), "カー|ド!");
    }
}
