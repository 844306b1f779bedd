//! Light markup: text whose lines and signs say what they are. Each sort of it says what its lines mean and which signs
//! set type; this brings them together.

pub mod asciidoc;
pub mod bbcode;
pub mod org;
pub mod restructured;
mod sign;
pub mod wiki;

use super::Source;
use crate::interview::Metadata;
use crate::transcript::bounds;
use crate::transcript::document::{Document, Kind};
use crate::transcript::fault::Fault;
use crate::transcript::flow::{Flow, Styles};
use crate::transcript::head;
use crate::transcript::paragraphs::Wrap;
use sign::{Sign, write};

/// So many lines of a file are looked at to tell what it is.
const LINES: usize = 400;

/// A sort of light markup.
#[derive(Debug)]
pub struct Markup {
    /// What its signs, and what [`special`](Markup::special) takes, may begin with.
    begins: &'static [char],
    /// The signs that set type.
    signs: &'static [Sign],
    /// What is more than text at the beginning of it: how long that is, and what of it is shown.
    special: fn(&str) -> Option<(usize, &str)>,
    /// What a line is; the next one may say it.
    line: for<'a> fn(&'a str, &str) -> Line<'a>,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line<'a> {
    /// It parts paragraphs.
    Blank,
    /// Nothing that is read.
    Gone,
    /// Nothing that is read, and nothing after it up to a line that begins or ends so.
    GoneTo(&'static str),
    /// It goes on with the paragraph.
    Text(&'a str),
    /// It begins a paragraph.
    Item(&'a str),
    /// A heading of a level.
    Heading(u8, &'a str),
    /// What the rest is about: a question, or who speaks.
    Term(&'a str, &'a str),
    /// A quotation begins here, or ends.
    Quote(bool),
    /// The paragraph has a style by this name, and perhaps begins here.
    Style(&'a str, &'a str),
    /// Something about the interview: its key and its value.
    Field(&'a str, &'a str),
    /// A rule across the text.
    Rule,
}

/// The document in `text`.
///
/// # Errors
/// When it has more lines and signs than are read.
fn read<'a>(text: &'a str, source: &Source, markup: &Markup) -> Result<Document<'a>, Fault> {
    bounds::lines(text)?;
    let mut reader = Reader {
        markup,
        flow: Flow::default(),
        metadata: Metadata::default(),
        open: String::new(),
        quoted: false,
        style: 0,
        styles: Styles::default(),
    };
    let mut lines = text.lines().map(str::trim_end).peekable();
    let mut gone: Option<&str> = None;
    while let Some(line) = lines.next() {
        if let Some(end) = gone {
            let line = line.trim();
            if ends(line, end) {
                gone = None;
            }
            continue;
        }
        let next = lines.peek().copied().unwrap_or_default();
        match (markup.line)(line, next) {
            Line::GoneTo(end) => {
                reader.end(Kind::Text);
                gone = Some(end);
            }
            line => reader.line(line),
        }
    }
    reader.end(Kind::Text);
    let Reader { flow, metadata, .. } = reader;
    let mut document = flow.document(metadata, Wrap::of(text));
    if source.torn {
        document.tear_off();
    }
    head::take(&mut document);
    head::take_title(&mut document);
    Ok(document)
}

/// Whether `line` begins or ends with `end`, in capitals or not.
fn ends(line: &str, end: &str) -> bool {
    let same = |part: Option<&str>| part.is_some_and(|part| part.eq_ignore_ascii_case(end));
    same(line.get(..end.len()))
        || same(
            line.len()
                .checked_sub(end.len())
                .and_then(|at| line.get(at..)),
        )
}

struct Reader<'a> {
    markup: &'a Markup,
    flow: Flow,
    metadata: Metadata,
    /// The paragraph that is open.
    open: String,
    quoted: bool,
    /// Its style; 0 for none.
    style: u16,
    styles: Styles,
}

impl Reader<'_> {
    fn line(&mut self, line: Line) {
        match line {
            Line::Text(text) => {
                if !self.open.is_empty() {
                    self.open.push('\n');
                }
                self.open.push_str(text.trim());
                return;
            }
            Line::Gone | Line::GoneTo(_) => return,
            _ => {}
        }
        self.end(Kind::Text);
        match line {
            Line::Item(text) => self.open.push_str(text.trim()),
            Line::Heading(level, text) => {
                self.open.push_str(text.trim());
                self.end(Kind::Heading(level.min(6)));
            }
            Line::Term(term, said) => {
                self.open.push_str(term.trim());
                self.end(Kind::Heading(6));
                self.open.push_str(said.trim());
            }
            Line::Quote(begins) => self.quoted = begins,
            Line::Style(name, text) => {
                self.style = self.styles.number(name);
                self.open.push_str(text.trim());
            }
            Line::Field(key, value) => {
                head::keep_field(key.trim(), value.trim(), &mut self.metadata);
            }
            Line::Rule => self.flow.rule(),
            Line::Blank | Line::Text(_) | Line::Gone | Line::GoneTo(_) => {}
        }
    }

    /// Ends the paragraph.
    fn end(&mut self, kind: Kind) {
        if self.open.is_empty() {
            return;
        }
        write(&self.open, self.markup, &mut self.flow);
        self.open.clear();
        let kind = match kind {
            Kind::Text if self.quoted => Kind::Quote,
            kind => kind,
        };
        self.flow.end(kind, std::mem::take(&mut self.style));
    }
}

/// The level of a heading that begins with so many of `sign` and a space, and what it says.
fn heading(line: &str, sign: char) -> Option<(u8, &str)> {
    let text = line.trim_start_matches(sign);
    let level = u8::try_from(line.len() - text.len()).ok()?;
    let said = text.strip_prefix(' ')?.trim();
    ((1..=6).contains(&level) && !said.is_empty()).then_some((level, said))
}

/// What stands between `open`, with which `text` begins, and the next `close`, and how long all of it is; it may be no
/// longer than a line.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<(usize, &'a str)> {
    const LONGEST: usize = 1_000;
    let rest = text.strip_prefix(open)?;
    let near = &rest[..rest.floor_char_boundary(LONGEST)];
    let end = near.find(close)?;
    Some((open.len() + end + close.len(), &near[..end]))
}

/// How many of the first lines of `text` are so.
fn count(text: &str, so: impl Fn(&str) -> bool) -> usize {
    text.lines()
        .take(LINES)
        .filter(|line| so(line.trim()))
        .count()
}
