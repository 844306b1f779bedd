//! TeX, token by token.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// Text as it stands.
    Text(&'a str),
    /// Text that is written otherwise.
    Shown(Cow<'static, str>),
    /// A line ends.
    Line,
    /// A blank line.
    Part,
    /// Somewhere in a table, a cell begins.
    Cell,
    /// A group begins.
    Open,
    /// A group ends.
    Close,
    /// A command, by its name.
    Command(&'a str),
}

/// What is written otherwise than it is shown; longer ones first.
const SHOWN: &[(&str, &str)] = &[
    ("---", "—"),
    ("--", "–"),
    ("``", "“"),
    ("''", "”"),
    ("\"`", "„"),
    ("\"'", "“"),
    ("\"a", "ä"),
    ("\"o", "ö"),
    ("\"u", "ü"),
    ("\"A", "Ä"),
    ("\"O", "Ö"),
    ("\"U", "Ü"),
    ("\"s", "ß"),
    ("\"-", ""),
    ("\"=", "-"),
    ("~", "\u{a0}"),
    ("`", "‘"),
];

/// Commands that set an accent on the letter after them.
const ACCENTS: &[(&str, char)] = &[
    ("\"", '\u{308}'),
    ("'", '\u{301}'),
    ("`", '\u{300}'),
    ("^", '\u{302}'),
    ("~", '\u{303}'),
    ("c", '\u{327}'),
    ("v", '\u{30c}'),
    ("r", '\u{30a}'),
    ("H", '\u{30b}'),
    ("=", '\u{304}'),
];

/// What text is cut at.
const SIGNS: &[char] = &['\\', '{', '}', '%', '\n', '~', '-', '`', '\'', '"', '&'];

/// No argument that is looked at is longer, in bytes.
const ARGUMENT: usize = 16 << 10;

/// No argument that is looked at is nested deeper.
const NESTED: usize = 8;

/// The tokens of a text.
pub struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    /// The tokens of `text`.
    pub fn new(text: &'a str) -> Tokens<'a> {
        Tokens { rest: text }
    }

    /// The next one.
    pub fn next(&mut self) -> Option<Token<'a>> {
        let rest = self.rest;
        let c = rest.chars().next()?;
        let (length, token) = match c {
            '\\' => return Some(self.command()),
            '{' => (1, Token::Open),
            '}' => (1, Token::Close),
            '&' => (1, Token::Cell),
            '%' => {
                let end = rest.find('\n').map_or(rest.len(), |at| at + 1);
                (end, Token::Text(""))
            }
            '\n' => {
                let after = rest.trim_start();
                let blank = rest[..rest.len() - after.len()].matches('\n').count() > 1;
                (
                    rest.len() - after.len(),
                    if blank { Token::Part } else { Token::Line },
                )
            }
            _ => match SHOWN.iter().find(|(written, _)| rest.starts_with(written)) {
                Some((written, shown)) => (written.len(), Token::Shown(Cow::Borrowed(shown))),
                None => {
                    let from = c.len_utf8();
                    let end = rest[from..].find(SIGNS).map_or(rest.len(), |at| from + at);
                    (end, Token::Text(&rest[..end]))
                }
            },
        };
        self.rest = &rest[length..];
        Some(token)
    }

    fn command(&mut self) -> Token<'a> {
        let rest = &self.rest[1..];
        let letters = rest.len()
            - rest
                .trim_start_matches(|c: char| c.is_ascii_alphabetic())
                .len();
        let length = match letters {
            0 => rest.chars().next().map_or(0, char::len_utf8),
            letters => letters,
        };
        let (name, after) = rest.split_at(length);
        if let Some((letter, after)) = accented(name, after) {
            self.rest = after;
            return Token::Shown(Cow::Owned(letter));
        }
        self.rest = after.strip_prefix('*').unwrap_or(after);
        match name {
            " " | "\n" | "" => Token::Shown(Cow::Borrowed(" ")),
            "," | ";" | ":" | "!" | "-" | "@" => Token::Shown(Cow::Borrowed("")),
            name => {
                if letters > 0 {
                    let space = self.rest.trim_start_matches([' ', '\t']);
                    self.rest = space;
                }
                Token::Command(name)
            }
        }
    }

    /// Leaves out white space and an empty group.
    pub fn skip_space(&mut self) {
        self.rest = self.rest.strip_prefix("{}").unwrap_or(self.rest);
    }

    /// Whether a group begins here, which is then open.
    pub fn opens(&mut self) -> bool {
        let inside = self.rest.trim_start_matches(' ').strip_prefix('{');
        self.rest = inside.unwrap_or(self.rest);
        inside.is_some()
    }

    /// What stands in square brackets here.
    pub fn option(&mut self) -> Option<&'a str> {
        let inside = self.rest.strip_prefix('[')?;
        let near = &inside[..inside.floor_char_boundary(ARGUMENT)];
        let end = near.find(']')?;
        self.rest = inside[end + 1..].trim_start_matches([' ', '\t']);
        Some(&inside[..end])
    }

    /// What stands in braces here.
    pub fn argument(&mut self) -> Option<&'a str> {
        let inside = self.peek_argument()?;
        let space = self.rest.len() - self.rest.trim_start_matches([' ', '\t']).len();
        self.rest = &self.rest[space + inside.len() + 2..];
        Some(inside)
    }

    /// The same, which stays.
    pub fn peek_argument(&self) -> Option<&'a str> {
        let rest = self
            .rest
            .trim_start_matches([' ', '\t'])
            .strip_prefix('{')?;
        let near = &rest.as_bytes()[..rest.floor_char_boundary(ARGUMENT)];
        let mut depth = 0usize;
        for at in memchr::memchr2_iter(b'{', b'}', near) {
            match (near[at], depth) {
                (b'{', _) if depth == NESTED => return None,
                (b'{', _) => depth += 1,
                (_, 0) => return Some(&rest[..at]),
                _ => depth -= 1,
            }
        }
        None
    }

    /// Leaves out options and so many arguments.
    pub fn skip(&mut self, count: usize) {
        while self.option().is_some() {}
        for _ in 0..count {
            if self.argument().is_none() {
                return;
            }
            while self.option().is_some() {}
        }
    }

    /// Whether text follows on this line.
    pub fn goes_on(&self) -> bool {
        let line = self.rest.lines().next().unwrap_or_default().trim();
        !line.is_empty() && !line.starts_with(['\\', '%'])
    }

    /// Whether text follows on this line, or the next, after what stands in braces here.
    pub fn goes_on_after_argument(&self) -> bool {
        let mut after = Tokens { rest: self.rest };
        if after.argument().is_none() {
            return false;
        }
        let mut lines = after.rest.lines().map(str::trim);
        let here = lines.next().unwrap_or_default();
        let line = if here.is_empty() {
            lines.next().unwrap_or_default()
        } else {
            here
        };
        !line.is_empty() && !line.starts_with('\\')
    }
}

/// The letter in `after` with the accent `name` on it, and what follows.
fn accented<'a>(name: &str, after: &'a str) -> Option<(String, &'a str)> {
    let (_, accent) = ACCENTS.iter().find(|(accent, _)| *accent == name)?;
    let rest = after.trim_start_matches(' ');
    let group = rest.strip_prefix('{');
    // *\c c* is a letter, *\c{c}* too, but *\v* may be a command of somebody's.
    if name.starts_with(|c: char| c.is_alphabetic()) && group.is_none() && rest.len() == after.len()
    {
        return None;
    }
    let rest = group.unwrap_or(rest);
    // *\"\i* has no dot.
    let dotless = rest.strip_prefix("\\i");
    let letter = if dotless.is_some() {
        Some('i')
    } else {
        rest.chars().next()
    };
    let letter = letter.filter(|c| c.is_alphabetic())?;
    let rest = match dotless {
        Some(rest) => rest.strip_prefix(' ').unwrap_or(rest),
        None => &rest[letter.len_utf8()..],
    };
    let rest = match group {
        Some(_) => rest.strip_prefix('}')?,
        None => rest,
    };
    Some(([letter, *accent].into_iter().nfc().collect(), rest))
}

/// `text` without its commands.
pub fn plain(text: &str) -> String {
    let mut tokens = Tokens::new(text);
    let mut out = String::new();
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => out.push_str(text),
            Token::Shown(text) => out.push_str(&text),
            Token::Line | Token::Part | Token::Cell => out.push(' '),
            Token::Command("&") => out.push('&'),
            Token::Open | Token::Close | Token::Command(_) => {}
        }
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_written_in_many_ways() {
        for (written, shown) in [
            (r#"M\"uhle"#, "Mühle"),
            (r#"M{\"u}hle"#, "Mühle"),
            (r#"M\"{u}hle"#, "Mühle"),
            (r#"M"uhle"#, "Mühle"),
            (r#"Andr\'e, na\"\i v, gar\c{c}on"#, "André, naïv, garçon"),
            ("``Ja'' -- nein~---", "“Ja” – nein\u{a0}—"),
            ("\"`Ja\"' % so\nund", "„Ja“ und"),
            (r"\textbf{Ja}, \emph{so}", "Ja, so"),
        ] {
            assert_eq!(plain(written), shown, "{written}");
        }
    }
}
