//! Signs within a line that set type.

use super::Markup;
use crate::transcript::flow::{Break, Emphasis, Flow};

/// A pair of signs that set what stands between them.
#[derive(Debug)]
pub struct Sign {
    /// What it begins with.
    pub open: &'static str,
    /// What it ends with.
    pub close: &'static str,
    /// How it is set.
    pub emphasis: Emphasis,
    /// Whether it stands around whole words only.
    pub words: bool,
}

impl Sign {
    /// One that is the same on both sides, around whole words.
    pub const fn around(sign: &'static str, emphasis: Emphasis) -> Sign {
        Sign {
            open: sign,
            close: sign,
            emphasis,
            words: true,
        }
    }

    /// One that may stand anywhere.
    pub const fn anywhere(open: &'static str, close: &'static str, emphasis: Emphasis) -> Sign {
        Sign {
            open,
            close,
            emphasis,
            words: false,
        }
    }

    /// Whether it may begin at `at`.
    fn begins(&self, text: &str, at: usize) -> bool {
        around(text, at, self.open).is_some_and(|(before, after)| self.parts(before, after))
    }

    /// Whether it may end at `at`.
    fn ends(&self, text: &str, at: usize) -> bool {
        around(text, at, self.close).is_some_and(|(before, after)| self.parts(after, before))
    }

    /// Whether it may stand between what is `outside` of it and what is `inside`.
    fn parts(&self, outside: Option<char>, inside: Option<char>) -> bool {
        !self.words
            || outside.is_none_or(|c| !c.is_alphanumeric())
                && inside.is_some_and(|c| !c.is_whitespace())
    }

    /// Whether it ends anywhere from `from` on, with something before.
    fn ends_after(&self, text: &str, from: usize) -> bool {
        let mut places = text[from..].match_indices(self.close);
        places.any(|(at, _)| at > 0 && self.ends(text, from + at))
    }
}

/// What stands before and after `sign`, if that stands at `at`.
fn around(text: &str, at: usize, sign: &str) -> Option<(Option<char>, Option<char>)> {
    let (before, rest) = text.split_at(at);
    let after = rest.strip_prefix(sign)?;
    Some((before.chars().next_back(), after.chars().next()))
}

pub const BOLD: Emphasis = Emphasis {
    bold: true,
    italic: false,
};
pub const ITALIC: Emphasis = Emphasis {
    bold: false,
    italic: true,
};
pub const PLAIN: Emphasis = Emphasis {
    bold: false,
    italic: false,
};

/// Writes a paragraph to `flow`, its signs made type.
pub fn write(text: &str, markup: &Markup, flow: &mut Flow) {
    let mut writer = Writer {
        text,
        markup,
        open: Vec::new(),
        endless: vec![false; markup.signs.len()],
    };
    let (mut from, mut at) = (0, 0);
    while let Some(found) = text[at..].find(|c| c == '\n' || markup.begins.contains(&c)) {
        at += found;
        let emphasis = writer.emphasis();
        let breaks = text[at..].starts_with('\n');
        let special = (markup.special)(&text[at..]);
        let length = match special {
            _ if breaks => 1,
            Some((length, _)) => length,
            None => writer.sign(at),
        };
        if length == 0 {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        flow.text(&text[from..at], emphasis);
        match special {
            _ if breaks => flow.line(Break::Soft),
            Some((_, shown)) => flow.text(shown, emphasis),
            None => {}
        }
        at += length;
        from = at;
    }
    flow.text(&text[from..], writer.emphasis());
}

struct Writer<'a> {
    text: &'a str,
    markup: &'a Markup,
    /// The signs that are open, by index.
    open: Vec<usize>,
    /// The signs that end nowhere in what is left, by index.
    endless: Vec<bool>,
}

impl Writer<'_> {
    fn emphasis(&self) -> Emphasis {
        let mut signs = self.open.iter().filter_map(|at| self.markup.signs.get(*at));
        let bold = signs.clone().any(|sign| sign.emphasis.bold);
        let italic = signs.any(|sign| sign.emphasis.italic);
        Emphasis { bold, italic }
    }

    /// Opens or closes the sign at `at`, and says how long it is; 0 where there is none.
    fn sign(&mut self, at: usize) -> usize {
        for (index, sign) in self.markup.signs.iter().enumerate() {
            let open = self.open.iter().rposition(|open| *open == index);
            match open {
                Some(open) if sign.ends(self.text, at) => {
                    self.open.remove(open);
                    return sign.close.len();
                }
                None if !self.endless[index] && sign.begins(self.text, at) => {
                    if sign.ends_after(self.text, at + sign.open.len()) {
                        self.open.push(index);
                        return sign.open.len();
                    }
                    self.endless[index] = true;
                }
                _ => {}
            }
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::Metadata;
    use crate::transcript::document::Kind;
    use crate::transcript::formats::light::{org, wiki};
    use crate::transcript::paragraphs::Wrap;

    /// The paragraph, and whether all of it is bold.
    fn written(text: &str, markup: &Markup) -> (String, bool) {
        let mut flow = Flow::default();
        write(text, markup, &mut flow);
        flow.end(Kind::Text, 0);
        let document = flow.document(Metadata::default(), Wrap::default());
        (document.paragraphs.concat(), document.marks[0].strong)
    }

    #[test]
    fn signs_stand_around_words_and_links_say_their_text() {
        for (text, expected) in [
            ("*Wo waren Sie?*", ("Wo waren Sie?", true)),
            ("*Wo* waren *Sie?*", ("Wo waren Sie?", false)),
            ("2*3*4 und *hier", ("2*3*4 und *hier", false)),
            ("[[https://example.org][Dort]], ~so~", ("Dort, so", false)),
        ] {
            assert_eq!(
                written(text, &org::MARKUP),
                (expected.0.to_owned(), expected.1),
                "{text}"
            );
        }
        for (text, expected) in [
            ("'''Wo ''waren'' Sie?'''", ("Wo waren Sie?", true)),
            (
                "[[Mehl|Das Mehl]] von [[Ott]]{{Beleg}} '''so",
                ("Das Mehl von Ott '''so", false),
            ),
        ] {
            assert_eq!(
                written(text, &wiki::MARKUP),
                (expected.0.to_owned(), expected.1),
                "{text}"
            );
        }
    }
}
