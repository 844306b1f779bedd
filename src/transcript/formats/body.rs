//! The body of a document that was written in a word processor: paragraphs of lines, each line with its emphasis, and
//! tables. The reader of a format says what comes when; here that becomes a [`Document`].
//!
//! What a line break within a paragraph means is seen from the whole: it may part question and answer, follow a label,
//! or only wrap a line. What stands before a tab, or alone in bold at the beginning, may be a label without its colon.

use std::borrow::Cow;

use super::table::{Row, Table};
use crate::transcript::document::{Document, Kind, Mark};
use crate::transcript::head;
use crate::transcript::labels::Labels;
use crate::transcript::labels::name;
use crate::transcript::paragraphs::{self, Wrap};

/// A line that was broken by hand is no longer than this, in bytes; a longer one was meant to end.
const BROKEN: usize = 130;

/// How a run of text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Face {
    /// In bold.
    pub bold: bool,
    /// In italics.
    pub italic: bool,
}

/// A line of text, and how much of it is emphasised.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Its text; a tab is a tab.
    text: String,
    letters: usize,
    bold: usize,
    italic: usize,
    /// So many bytes at its beginning are bold.
    lead: usize,
}

impl Line {
    fn push(&mut self, text: &str, face: Face) {
        let led = face.bold && self.lead == self.text.len();
        for (at, word) in text.split([' ', '\n', '\r', '\t']).enumerate() {
            if at > 0 && !self.text.is_empty() && !self.text.ends_with([' ', '\t']) {
                self.text.push(' ');
            }
            let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
            self.letters += letters;
            self.bold += letters * usize::from(face.bold);
            self.italic += letters * usize::from(face.italic);
            // A soft hyphen says where a word may be divided, and is no part of it.
            word.split('\u{ad}')
                .for_each(|part| self.text.push_str(part));
        }
        if led {
            self.lead = self.text.len();
        }
    }

    /// Its text so far; a tab is a tab.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Takes off the white space at its end.
    pub fn trim(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.lead = self.lead.min(self.text.len());
    }

    /// Whether it is bold, up to a slip of the hand; in italics, where `italic` is asked for.
    fn is_set(&self, italic: bool) -> bool {
        let set = if italic { self.italic } else { self.bold };
        self.letters > 0 && set * 20 >= self.letters * 19
    }

    /// What may be a label without a colon, before a tab or in bold, and what follows. A number before it counts turns.
    fn lead(&self) -> Option<(&str, &str)> {
        let mut text = self.text.trim();
        if let Some((number, rest)) = text.split_once('\t')
            && number.len() < BROKEN
            && !number.contains(char::is_alphabetic)
        {
            text = rest.trim();
        }
        let tab = text.split_once('\t');
        let bold = || {
            let (lead, rest) = self.text.split_at(self.lead);
            rest.contains(char::is_alphanumeric).then_some((lead, rest))
        };
        let (label, rest) = tab.or_else(bold)?;
        Some((label.trim().trim_end_matches(':').trim_end(), rest.trim()))
    }
}

/// A paragraph as it was written, with the breaks between its lines.
#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    /// What is known of it; emphasis is found out.
    pub mark: Mark,
    /// Its lines.
    pub lines: Vec<Line>,
}

impl Paragraph {
    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.iter().all(|line| line.text.trim().is_empty())
    }

    /// Its text on one line.
    #[must_use]
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|line| line.text.trim()).collect();
        lines.join(" ").trim().to_owned()
    }
}

#[derive(Debug)]
enum Block {
    Paragraph(Paragraph),
    Table(Table),
}

/// A body while it is read.
#[derive(Debug, Default)]
pub struct Body {
    /// What it becomes: its speakers and metadata may be set at any time.
    pub document: Document<'static>,
    blocks: Vec<Block>,
    /// The paragraphs that are open: a text box opens one within another.
    open: Vec<Paragraph>,
    /// What stood within the outermost of them, and comes after it.
    within: Vec<Paragraph>,
    /// The tables that are open, the innermost last.
    tables: Vec<Table>,
}

impl Body {
    /// A paragraph begins.
    pub fn begin(&mut self, mark: Mark) {
        let lines = vec![Line::default()];
        self.open.push(Paragraph { mark, lines });
    }

    /// The innermost open paragraph ends; says whether there was anything in it.
    pub fn end(&mut self) -> bool {
        let Some(paragraph) = self.open.pop() else {
            return false;
        };
        let said = !paragraph.is_empty();
        if !self.open.is_empty() {
            self.within.push(paragraph);
            return said;
        }
        let within = std::mem::take(&mut self.within);
        let paragraphs = std::iter::once(paragraph).chain(within);
        for paragraph in paragraphs.filter(|paragraph| !paragraph.is_empty()) {
            match self.tables.last_mut().and_then(Table::cell) {
                Some(cell) => cell.push(paragraph),
                None => self.blocks.push(Block::Paragraph(paragraph)),
            }
        }
        said
    }

    /// The innermost open paragraph is the title.
    pub fn entitle(&mut self) {
        let title = self.open.last().map(Paragraph::text);
        let title = title.filter(|title| !title.is_empty());
        self.document.metadata.title = self.document.metadata.title.take().or(title);
    }

    /// The innermost open paragraph is left out.
    pub fn leave_out(&mut self) {
        self.open.pop();
    }

    /// The innermost open paragraph ends, and another one begins.
    pub fn part(&mut self, mark: Mark) {
        self.end();
        self.begin(mark);
    }

    /// What is known of the innermost open paragraph.
    pub fn mark(&mut self) -> Option<&mut Mark> {
        self.open.last_mut().map(|paragraph| &mut paragraph.mark)
    }

    /// Text comes, of which white space is run together; outside of a paragraph it is left out.
    pub fn text(&mut self, text: &str, face: Face) {
        if let Some(line) = self.line() {
            line.push(text, face);
        }
    }

    /// A tab comes; one before any text only indents.
    pub fn tab(&mut self) {
        if let Some(line) = self.line().filter(|line| !line.text.is_empty()) {
            line.trim();
            line.text.push('\t');
        }
    }

    /// The line ends, and the paragraph goes on.
    pub fn line_break(&mut self) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.lines.push(Line::default());
        }
    }

    /// The line that text comes to.
    pub fn line(&mut self) -> Option<&mut Line> {
        self.open.last_mut()?.lines.last_mut()
    }

    /// A table begins.
    pub fn begin_table(&mut self) {
        self.tables.push(Table::default());
    }

    /// A row begins; `header` says that it names the columns.
    pub fn begin_row(&mut self, header: bool) {
        if let Some(table) = self.tables.last_mut() {
            let cells = Vec::new();
            table.rows.push(Row { header, cells });
        }
    }

    /// The row turns out to name the columns.
    pub fn is_header(&mut self) {
        if let Some(row) = self
            .tables
            .last_mut()
            .and_then(|table| table.rows.last_mut())
        {
            row.header = true;
        }
    }

    /// A cell begins.
    pub fn begin_cell(&mut self) {
        if let Some(row) = self
            .tables
            .last_mut()
            .and_then(|table| table.rows.last_mut())
        {
            row.cells.push(Vec::new());
        }
    }

    /// The innermost table ends. One within a cell of another is no more than its paragraphs.
    pub fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else {
            return;
        };
        match self.tables.last_mut().and_then(Table::cell) {
            Some(cell) => cell.extend(table.paragraphs()),
            None => self.blocks.push(Block::Table(table)),
        }
    }

    /// The document that the body makes.
    #[must_use]
    pub fn finish(mut self) -> Document<'static> {
        while !self.open.is_empty() {
            self.end();
        }
        while !self.tables.is_empty() {
            self.end_table();
        }
        let mut blocks = self.blocks;
        name_leads(&mut blocks);
        let setting = Setting {
            labels: Labels::of_document(&as_lines(&blocks, None)),
            wrap: wrap(&blocks),
            italic: !lines(&blocks).any(|line| line.is_set(false)),
        };
        let mut document = self.document;
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => setting.push(paragraph, &mut document),
                Block::Table(table) => table.read(&setting, &mut document),
            }
        }
        head::take(&mut document);
        entitle(&mut document);
        document
    }
}

/// What is seen from the whole document.
#[derive(Debug)]
pub struct Setting {
    labels: Labels,
    wrap: Wrap,
    /// Whether italics emphasise, since nothing is bold.
    italic: bool,
}

impl Setting {
    /// Adds to `document` what `paragraph` says: one paragraph, or several where its line breaks part them.
    pub fn push(&self, paragraph: Paragraph, document: &mut Document<'static>) {
        let mut mark = paragraph.mark;
        let mut whole = Line::default();
        let mut last = Line::default();
        for line in paragraph.lines {
            if !whole.text.trim().is_empty() && self.begins(&last, &line) {
                self.add(std::mem::take(&mut whole), mark, document);
                if matches!(mark.kind, Kind::Numbered(_)) {
                    mark.kind = Kind::Text;
                }
            }
            if !whole.text.is_empty() {
                paragraphs::join(&mut whole.text, line.text.trim());
            } else {
                whole.text.push_str(&line.text);
            }
            whole.letters += line.letters;
            whole.bold += line.bold;
            whole.italic += line.italic;
            last = line;
        }
        self.add(whole, mark, document);
    }

    /// Whether `line` begins a paragraph, below `last`.
    fn begins(&self, last: &Line, line: &Line) -> bool {
        let (above, below) = (last.text.trim(), line.text.trim());
        let differ = last.letters > 0
            && line.letters > 0
            && last.is_set(self.italic) != line.is_set(self.italic);
        let ended = || paragraphs::ends_sentence(above) || above.len() > BROKEN;
        // A time above what was said then.
        let timed = || above.ends_with(|c: char| c.is_ascii_digit()) && above.contains(':');
        above.is_empty()
            || differ
            || self.labels.begins(below)
            || timed()
            || self.wrap.begins(above, below) && ended()
    }

    fn add(&self, line: Line, mark: Mark, document: &mut Document<'static>) {
        let strong = line.is_set(self.italic);
        document.push(Cow::Owned(line.text), Mark { strong, ..mark });
    }
}

/// The lines outside of tables, in order.
fn lines(blocks: &[Block]) -> impl Iterator<Item = &Line> {
    blocks
        .iter()
        .filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph),
            Block::Table(_) => None,
        })
        .flat_map(|paragraph| &paragraph.lines)
}

/// The lines, each as if it were a paragraph; in place of each, what `instead` says.
fn as_lines<'a>(blocks: &'a [Block], instead: Option<fn(&Line) -> Option<String>>) -> Document<'a> {
    let mut document = Document::default();
    for line in lines(blocks) {
        let other = instead.and_then(|instead| instead(line)).map(Cow::Owned);
        let text = other.unwrap_or(Cow::Borrowed(line.text.as_str()));
        document.push(text, Mark::default());
    }
    document
}

/// Where nobody is named by a label with a colon, those whose names stand before a tab or in bold get one.
fn name_leads(blocks: &mut [Block]) {
    let written = Labels::of_document(&as_lines(blocks, None));
    if lines(blocks).any(|line| written.begins(&line.text)) {
        return;
    }
    let labels = Labels::of_document(&as_lines(blocks, Some(labelled)));
    for block in blocks {
        let Block::Paragraph(paragraph) = block else {
            continue;
        };
        for line in &mut paragraph.lines {
            if let Some(text) = labelled(line).filter(|text| labels.begins(text)) {
                line.text = text;
            }
        }
    }
}

/// The line with a colon after what may be its label.
fn labelled(line: &Line) -> Option<String> {
    let (label, rest) = line.lead()?;
    let text = format!("{label}: {rest}");
    name::split(&text).is_some().then_some(text)
}

/// How the lines are broken within paragraphs.
fn wrap(blocks: &[Block]) -> Wrap {
    let mut text = String::new();
    for block in blocks {
        if let Block::Paragraph(paragraph) = block
            && paragraph.lines.len() > 1
        {
            for line in &paragraph.lines {
                text.push_str(&line.text);
                text.push('\n');
            }
            text.push('\n');
        }
    }
    Wrap::of(&text)
}

/// A document that doesn't say its title otherwise has it in its first line, where that is its only heading of the
/// first level.
fn entitle(document: &mut Document) {
    let title = Kind::Heading(1);
    let titles = document.marks.iter().filter(|mark| mark.kind == title);
    let first = document
        .marks
        .first()
        .is_some_and(|mark| mark.kind == title);
    if document.metadata.title.is_none() && first && titles.count() == 1 {
        document.metadata.title = document.paragraphs.first().map(ToString::to_string);
    }
}
