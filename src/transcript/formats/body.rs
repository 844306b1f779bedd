//! The body of a document that was written in a word processor: paragraphs, text boxes within them, and tables. The reader
//! of a format says what comes when; what their type and their line breaks mean is for [`flow`](crate::transcript::flow) to
//! find.

use super::out::{self, Out};
use super::table::{Row, Table};
use crate::transcript::bounds;
use crate::transcript::document::{Document, Mark};
use crate::transcript::fault::Fault;
use crate::transcript::flow::{Block, Emphasis, Line, Styles};
use crate::transcript::head;
use crate::transcript::labels::Labels;
use crate::transcript::labels::name;
use crate::transcript::paragraphs::Wrap;

/// What counts a turn, before a tab, is no longer than this, in bytes.
const NUMBER: usize = 16;

/// Whether a line has nothing yet, or ends in one of `signs`.
fn is_open(line: &Line, signs: &[char]) -> bool {
    line.text.is_empty() || line.text.ends_with(signs)
}

/// Adds what is said to a line, its white space run together.
fn say(line: &mut Line, said: &str, emphasis: Emphasis) {
    let mut open = is_open(line, &[' ', '\t']);
    for (at, word) in said.split([' ', '\n', '\r', '\t']).enumerate() {
        if at > 0 && !open {
            line.push(" ", emphasis);
            open = true;
        }
        if !word.is_empty() {
            line.push(word, emphasis);
            open = false;
        }
    }
}

/// What may be a label without a colon in a line, before a tab, and what follows. A number before it counts turns.
fn labelled(line: &Line) -> Option<String> {
    let (mut label, mut said) = line.text.trim().split_once('\t')?;
    if label.len() <= NUMBER && !label.contains(char::is_alphabetic) {
        (label, said) = said.split_once('\t')?;
    } else if label.ends_with(':') {
        return None;
    }
    let label = label.trim().trim_end_matches(':').trim_end();
    let text = format!("{label}: {}", said.trim());
    name::split(&text).is_some().then_some(text)
}

#[derive(Debug)]
enum Part {
    Block(Block),
    Table(Table),
}

/// A body while it is read.
#[derive(Debug, Default)]
pub struct Body {
    /// What it becomes: its speakers and metadata may be set at any time.
    pub document: Document<'static>,
    parts: Vec<Part>,
    /// The paragraphs that are open: a text box opens one within another.
    open: Vec<Block>,
    /// What stood within the outermost of them, and comes after it.
    within: Vec<Block>,
    /// The tables that are open, the innermost last.
    tables: Vec<Table>,
    styles: Styles,
    /// How many paragraphs have ended that say something.
    count: usize,
    /// How many rows and cells have begun.
    cells: usize,
}

impl Body {
    /// Whether it has no more paragraphs, rows and cells than are read; to be asked while it grows.
    ///
    /// # Errors
    /// When it has more.
    pub fn bounded(&self) -> Result<(), Fault> {
        match self.count > bounds::BLOCKS {
            true => Err(bounds::TOO_MANY),
            false => bounds::pieces(self.cells),
        }
    }

    /// A paragraph begins.
    pub fn begin(&mut self, mark: Mark) {
        self.open.push(Block {
            mark,
            style: 0,
            lines: vec![Line::default()],
        });
    }

    /// The innermost open paragraph ends.
    pub fn end(&mut self) {
        let Some(paragraph) = self.open.pop() else {
            return;
        };
        if !self.open.is_empty() {
            self.within.push(paragraph);
            return;
        }
        let within = std::mem::take(&mut self.within);
        let paragraphs = std::iter::once(paragraph).chain(within);
        for paragraph in paragraphs.filter(|block| !block.lines.iter().all(Line::is_blank)) {
            self.count += 1;
            match self.tables.last_mut().and_then(Table::cell) {
                Some(cell) => cell.push(paragraph),
                None => self.parts.push(Part::Block(paragraph)),
            }
        }
    }

    /// The innermost open paragraph ends, and another one begins.
    pub fn part(&mut self, mark: Mark) {
        self.end();
        self.begin(mark);
    }

    /// The innermost open paragraph is the title.
    pub fn entitle(&mut self) {
        let title = self.open.last().map(out::text);
        let title = title.filter(|title| !title.is_empty());
        self.document.metadata.title = self.document.metadata.title.take().or(title);
    }

    /// The innermost open paragraph is left out.
    pub fn leave_out(&mut self) {
        self.open.pop();
    }

    /// What is known of the innermost open paragraph.
    pub fn mark(&mut self) -> Option<&mut Mark> {
        self.open.last_mut().map(|paragraph| &mut paragraph.mark)
    }

    /// The innermost open paragraph has the style `name`.
    pub fn set_style(&mut self, name: &str) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.style = self.styles.number(name);
        }
    }

    /// Text comes, of which white space is run together; outside of a paragraph it is left out.
    pub fn text(&mut self, said: &str, emphasis: Emphasis) {
        if let Some(line) = self.line() {
            say(line, said, emphasis);
        }
    }

    /// A tab comes; one before any text only indents.
    pub fn tab(&mut self) {
        self.trim();
        if let Some(line) = self.line().filter(|line| !line.text.is_empty()) {
            line.text.push('\t');
        }
    }

    /// The line ends, and the paragraph goes on.
    pub fn line_break(&mut self) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.lines.push(Line::default());
        }
    }

    /// Whether the line that text comes to has nothing yet, or ends in one of `signs`.
    #[must_use]
    pub fn is_open(&self, signs: &[char]) -> bool {
        let line = self
            .open
            .last()
            .and_then(|paragraph| paragraph.lines.last());
        line.is_none_or(|line| is_open(line, signs))
    }

    /// Takes off the space at the end of what there is.
    pub fn trim(&mut self) {
        if let Some(line) = self.line() {
            line.trim_end(|c| c == ' ');
        }
    }

    fn line(&mut self) -> Option<&mut Line> {
        self.open.last_mut()?.lines.last_mut()
    }

    /// A table begins.
    pub fn begin_table(&mut self) {
        self.tables.push(Table::default());
    }

    /// A row begins; `header` says that it names the columns.
    pub fn begin_row(&mut self, header: bool) {
        self.cells += 1;
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
        self.cells += 1;
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
            None => self.parts.push(Part::Table(table)),
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
        let mut document = self.document;
        label(&mut self.parts);
        let wrap = wrap(&mut self.parts);
        let mut out = Out::new(wrap);
        for part in self.parts {
            match part {
                Part::Block(block) => out.push(block),
                Part::Table(table) => table.read(&mut document, &mut out),
            }
        }
        out.write(&mut document);
        head::take(&mut document);
        head::take_title(&mut document);
        document
    }
}

/// The paragraphs outside of tables, in order.
fn blocks(parts: &mut [Part]) -> impl Iterator<Item = &mut Block> {
    parts.iter_mut().filter_map(|part| match part {
        Part::Block(block) => Some(block),
        Part::Table(_) => None,
    })
}

/// Where names stand before tabs, they get a colon, so that they are labels.
fn label(parts: &mut [Part]) {
    let mut document = Document::default();
    let mut any = false;
    for line in blocks(parts).flat_map(|block| &block.lines) {
        let label = labelled(line);
        any |= label.is_some();
        let text = label.unwrap_or_else(|| line.text.clone());
        document.push(text.into(), Mark::default());
    }
    if !any {
        return;
    }
    let labels = Labels::of_document(&document);
    for line in blocks(parts).flat_map(|block| &mut block.lines) {
        if let Some(text) = labelled(line).filter(|text| labels.begins(text)) {
            *line = Line::of(&text, line.emphasis());
        }
    }
}

/// How the lines are broken within paragraphs.
fn wrap(parts: &mut [Part]) -> Wrap {
    let mut text = String::new();
    for block in blocks(parts).filter(|block| block.lines.len() > 1) {
        for line in &block.lines {
            text.push_str(&line.text);
            text.push('\n');
        }
        text.push('\n');
    }
    Wrap::of(&text)
}
