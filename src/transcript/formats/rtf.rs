//! RTF, as word processors of all times write it, and f4 still: groups of text and control words.

mod charset;
mod tokens;

use std::collections::HashMap;

use super::body::Body;
use super::{Format, Read, Source, properties};
use crate::transcript::document::{Document, Kind, Mark};
use crate::transcript::fault::Fault;
use crate::transcript::flow::Emphasis;
use charset::Charset;
use tokens::{Token, Tokens};

/// The Rich Text Format.
pub const FORMAT: Format = Format {
    name: "rtf",
    endings: &["rtf"],
    recognises: |source| source.raw.trim_ascii_start().starts_with(b"{\\rtf"),
    read: Read::Bytes(read),
};

/// Groups within more others than this set nothing.
const DEPTH: usize = 1_000;

/// No file has more fonts or styles that are kept.
const KEPT: usize = 10_000;

/// Groups that are no part of the text, or of another one.
const LEFT_OUT: &[&str] = &[
    "annotation",
    "atnauthor",
    "atnid",
    "colortbl",
    "filetbl",
    "footer",
    "footerf",
    "footerl",
    "footerr",
    "footnote",
    "header",
    "headerf",
    "headerl",
    "headerr",
    "nonshppict",
    "objdata",
    "pict",
    "private",
    "shpinst",
    "tc",
    "template",
    "xe",
];

/// Control words that stand for a sign.
const SIGNS: &[(&str, &str)] = &[
    ("bullet", "•"),
    ("emdash", "—"),
    ("emspace", " "),
    ("endash", "–"),
    ("enspace", " "),
    ("ldblquote", "“"),
    ("lquote", "‘"),
    ("qmspace", " "),
    ("rdblquote", "”"),
    ("rquote", "’"),
];

/// What the text of a group is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Text,
    /// Nothing that is read.
    Nowhere,
    Fonts,
    Styles,
    /// What is known of the document.
    Properties,
    Title,
    /// The number of a paragraph in a list.
    Number,
}

/// What holds to the end of a group.
#[derive(Clone, Copy, Debug)]
struct State {
    place: Place,
    emphasis: Emphasis,
    hidden: bool,
    encoding: Charset,
    /// How many characters stand behind one of Unicode for programs that don't know that.
    fallback: i32,
    /// The font or style that is being described.
    described: i32,
}

/// What holds to the end of a paragraph and on, until it is reset.
#[derive(Clone, Copy, Debug, Default)]
struct Paragraph {
    style: i32,
    level: Option<i32>,
    in_table: bool,
}

/// Where in a table the next paragraph stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Table {
    #[default]
    Outside,
    InCell,
    BetweenCells,
    BetweenRows,
}

/// A file while it is read.
struct Rtf {
    body: Body,
    state: State,
    /// Those of the groups around.
    outer: Vec<State>,
    /// How many more groups are open, but too deep.
    deeper: usize,
    /// The character set of the file, and those of its fonts.
    encoding: Charset,
    fonts: HashMap<i32, Charset>,
    /// The levels of the styles of headings.
    headings: HashMap<i32, i32>,
    /// Bytes of text that are not yet decoded: a character may have several.
    bytes: Vec<u8>,
    /// How many characters are still to be skipped.
    skipped: i32,
    /// The first half of a character of two.
    half: Option<u16>,
    /// What stands in a group that isn't text, so far.
    aside: String,
    /// A group may be unknown here, and is left out then.
    starred: bool,
    paragraph: Paragraph,
    /// The number of the next paragraph.
    number: Option<u16>,
    /// Whether a paragraph is open.
    open: bool,
    table: Table,
}

/// The paragraphs of the text, and its title.
fn read(source: &Source) -> Result<Document<'static>, Fault> {
    let state = State {
        place: Place::Text,
        emphasis: Emphasis::default(),
        hidden: false,
        encoding: charset::page(1252),
        fallback: 1,
        described: 0,
    };
    let mut rtf = Rtf {
        body: Body::default(),
        state,
        outer: Vec::new(),
        deeper: 0,
        encoding: charset::page(1252),
        fonts: HashMap::new(),
        headings: HashMap::new(),
        bytes: Vec::new(),
        skipped: 0,
        half: None,
        aside: String::new(),
        starred: false,
        paragraph: Paragraph::default(),
        number: None,
        open: false,
        table: Table::default(),
    };
    let mut tokens = Tokens::new(source.raw);
    while let Some(token) = tokens.next() {
        if !matches!(token, Token::Byte(_)) {
            rtf.decode();
        }
        match token {
            Token::Open => rtf.begin_group(),
            Token::Close => rtf.end_group(),
            Token::Word(name, number) => rtf.word(name, number),
            Token::Symbol(symbol) => rtf.symbol(symbol),
            Token::Byte(_) if rtf.skipped > 0 => rtf.skipped -= 1,
            Token::Byte(byte) => rtf.bytes.push(byte),
            Token::Text(text) => rtf.text(text),
        }
        let bounded = rtf.body.bounded();
        bounded.map_err(|fault| fault.at_line(tokens.line(source.raw)))?;
    }
    rtf.decode();
    Ok(rtf.body.finish())
}

impl Rtf {
    fn begin_group(&mut self) {
        self.skipped = 0;
        if self.outer.len() >= DEPTH {
            self.deeper += 1;
        } else {
            self.outer.push(self.state);
        }
    }

    fn end_group(&mut self) {
        (self.skipped, self.starred) = (0, false);
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let Some(outer) = self.outer.pop() else {
            return;
        };
        let ended = std::mem::replace(&mut self.state, outer).place;
        if ended == outer.place {
            return;
        }
        let aside = std::mem::take(&mut self.aside);
        match ended {
            Place::Title => {
                let metadata = &mut self.body.document.metadata;
                metadata.title = metadata.title.take().or(properties::title(&aside, None));
            }
            Place::Number => {
                let number = aside.trim().trim_end_matches(['.', ')']);
                self.number = number.parse().ok();
            }
            _ => {}
        }
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'*' => self.starred = true,
            b'~' => self.say("\u{a0}"),
            b'_' => self.say("\u{2011}"),
            b'{' | b'}' | b'\\' if self.skipped > 0 => self.skipped -= 1,
            b'{' => self.say("{"),
            b'}' => self.say("}"),
            b'\\' => self.say("\\"),
            _ => {}
        }
    }

    fn word(&mut self, name: &str, number: Option<i32>) {
        self.skipped = 0;
        if std::mem::take(&mut self.starred) || LEFT_OUT.contains(&name) {
            self.state.place = Place::Nowhere;
        }
        let on = number != Some(0);
        let value = number.unwrap_or(0);
        match (self.state.place, name) {
            (Place::Nowhere, _) => {}
            (_, "ansicpg") => self.set_encoding(charset::page(value)),
            (_, "mac") => self.set_encoding(charset::page(10_000)),
            (_, "pc") => self.set_encoding(charset::page(437)),
            (_, "pca") => self.set_encoding(charset::page(850)),
            (_, "uc") => self.state.fallback = value.clamp(0, 8),
            (_, "u") => self.unicode(value),
            (Place::Fonts, "f") => self.state.described = value,
            (Place::Fonts, "fcharset") => self.add_font(charset::of_font(value)),
            (Place::Fonts, "cpg") => self.add_font(Some(charset::page(value))),
            (Place::Styles, "s") => self.state.described = value,
            (Place::Styles, "outlinelevel") if self.headings.len() < KEPT => {
                self.headings.insert(self.state.described, value);
            }
            (Place::Properties, "title") => self.state.place = Place::Title,
            (Place::Text, "fonttbl") => self.state.place = Place::Fonts,
            (Place::Text, "stylesheet") => self.state.place = Place::Styles,
            (Place::Text, "info") => self.state.place = Place::Properties,
            (Place::Text, "listtext" | "pntext") => self.state.place = Place::Number,
            (Place::Text, name) => self.set(name, on, value),
            _ => {}
        }
    }

    /// Does what a control word says in the text.
    fn set(&mut self, name: &str, on: bool, value: i32) {
        let state = &mut self.state;
        match name {
            "b" => state.emphasis.bold = on,
            "i" => state.emphasis.italic = on,
            "v" | "deleted" => state.hidden = on,
            "f" => state.encoding = *self.fonts.get(&value).unwrap_or(&self.encoding),
            "plain" => {
                (state.emphasis, state.hidden) = (Emphasis::default(), false);
                state.encoding = self.encoding;
            }
            "pard" => self.paragraph = Paragraph::default(),
            "s" => self.paragraph.style = value,
            "outlinelevel" => self.paragraph.level = Some(value),
            "intbl" => self.paragraph.in_table = true,
            "par" | "sect" | "page" | "nestcell" | "nestrow" => self.end_paragraph(),
            "line" if self.open => self.body.line_break(),
            "tab" if self.open => self.body.tab(),
            "cell" => {
                self.paragraph.in_table = true;
                self.begin_paragraph();
                self.end_paragraph();
                self.table = Table::BetweenCells;
            }
            "row" if self.table != Table::Outside => {
                self.end_paragraph();
                self.table = Table::BetweenRows;
            }
            _ => {
                if let Some((_, sign)) = SIGNS.iter().find(|(word, _)| *word == name) {
                    self.say(sign);
                }
            }
        }
    }

    fn set_encoding(&mut self, encoding: Charset) {
        (self.encoding, self.state.encoding) = (encoding, encoding);
    }

    fn add_font(&mut self, encoding: Option<Charset>) {
        if let Some(encoding) = encoding.filter(|_| self.fonts.len() < KEPT) {
            self.fonts.insert(self.state.described, encoding);
        }
    }

    /// A character comes by its number, of 16 bits with a sign.
    fn unicode(&mut self, number: i32) {
        let unit = (number & 0xffff) as u16;
        let half = self.half.take();
        match char::decode_utf16(half.into_iter().chain([unit])).last() {
            Some(Ok(c)) => self.say(c.encode_utf8(&mut [0; 4])),
            _ => self.half = Some(unit),
        }
        self.skipped = self.state.fallback;
    }

    /// Bytes of text come; some write UTF-8, which they shouldn't.
    fn text(&mut self, text: &[u8]) {
        let skipped = usize::try_from(self.skipped).unwrap_or(0).min(text.len());
        self.skipped = 0;
        let text = &text[skipped..];
        match std::str::from_utf8(text) {
            Ok(text) => self.say(text),
            Err(_) => {
                self.bytes.extend_from_slice(text);
                self.decode();
            }
        }
    }

    /// Says what stands in the bytes that were written as numbers.
    fn decode(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            let charset = self.state.encoding;
            self.say(&charset.decode(&bytes));
        }
    }

    /// Text comes.
    fn say(&mut self, said: &str) {
        match self.state.place {
            Place::Text if !self.state.hidden => {
                self.begin_paragraph();
                self.body.text(said, self.state.emphasis);
            }
            Place::Title | Place::Number => self.aside.push_str(said),
            _ => {}
        }
    }

    /// Begins a paragraph, if none is open.
    fn begin_paragraph(&mut self) {
        if self.open {
            return;
        }
        self.stand();
        let Paragraph { style, level, .. } = self.paragraph;
        let level = level.or(self.headings.get(&style).copied());
        let level = level.and_then(|level| u8::try_from(level).ok());
        let kind = match (level.filter(|level| *level < 9), self.number.take()) {
            (Some(level), _) => Kind::Heading((level + 1).min(6)),
            (None, Some(number)) => Kind::Numbered(number),
            (None, None) => Kind::Text,
        };
        self.body.begin(Mark {
            kind,
            ..Mark::default()
        });
        if style > 0 {
            self.body.set_style(&style.to_string());
        }
        self.open = true;
    }

    /// Goes to the cell that the paragraph stands in, or out of the table.
    fn stand(&mut self) {
        if !self.paragraph.in_table {
            if std::mem::take(&mut self.table) != Table::Outside {
                self.body.end_table();
            }
            return;
        }
        if self.table == Table::Outside {
            self.body.begin_table();
        }
        if matches!(self.table, Table::Outside | Table::BetweenRows) {
            self.body.begin_row(false);
        }
        if self.table != Table::InCell {
            self.body.begin_cell();
        }
        self.table = Table::InCell;
    }

    fn end_paragraph(&mut self) {
        if std::mem::take(&mut self.open) {
            self.body.end();
        }
        self.number = None;
    }
}

#[cfg(test)]
mod tests;
