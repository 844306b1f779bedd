//! The body of a document that was written in a word processor: paragraphs, text boxes within them, and tables. The reader
//! of a format says what comes when; what their type and their line breaks mean is for the [`Flow`] to find.

use std::collections::HashMap;

use super::table::{Row, Table};
use crate::transcript::bounds;
use crate::transcript::document::{Document, Mark};
use crate::transcript::flow::{Break, Emphasis, Flow};
use crate::transcript::head;
use crate::transcript::labels::Labels;
use crate::transcript::labels::name;
use crate::transcript::paragraphs::Wrap;

/// What counts a turn, before a tab, is no longer than this, in bytes.
const NUMBER: usize = 16;

/// A line of text, in pieces of one type each; a tab is a tab.
#[derive(Clone, Debug, Default)]
struct Line {
    pieces: Vec<(String, Emphasis)>,
}

impl Line {
    fn text(&self) -> String {
        self.pieces.iter().map(|(text, _)| text.as_str()).collect()
    }

    fn is_blank(&self) -> bool {
        self.pieces.iter().all(|(text, _)| text.trim().is_empty())
    }

    /// Whether it has nothing yet, or ends in one of `signs`.
    fn is_open(&self, signs: &[char]) -> bool {
        self.pieces
            .last()
            .is_none_or(|(text, _)| text.ends_with(signs))
    }

    fn push(&mut self, said: &str, emphasis: Emphasis) {
        let mut open = self.is_open(&[' ', '\t']);
        if self.pieces.last().is_none_or(|(_, last)| *last != emphasis) {
            self.pieces.reserve_exact(1);
            self.pieces.push((String::new(), emphasis));
        }
        let Some((text, _)) = self.pieces.last_mut() else {
            return;
        };
        for (at, word) in said.split([' ', '\n', '\r', '\t']).enumerate() {
            if at > 0 && !open {
                text.push(' ');
                open = true;
            }
            if !word.is_empty() {
                text.push_str(word);
                open = false;
            }
        }
    }

    /// What may be a label without a colon, before a tab, and what follows. A number before it counts turns.
    fn label(&self) -> Option<String> {
        let text = self.text();
        let (mut label, mut said) = text.trim().split_once('\t')?;
        if label.len() <= NUMBER && !label.contains(char::is_alphabetic) {
            (label, said) = said.split_once('\t')?;
        } else if label.ends_with(':') {
            return None;
        }
        let label = label.trim().trim_end_matches(':').trim_end();
        let text = format!("{label}: {}", said.trim());
        name::split(&text).is_some().then_some(text)
    }
}

/// A paragraph as it was written, with the breaks between its lines.
#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    /// What is known of it; emphasis is found out.
    pub mark: Mark,
    /// Which of the document's styles it has; 0 for none.
    style: u16,
    lines: Vec<Line>,
}

impl Paragraph {
    /// A paragraph that says `text`.
    #[must_use]
    pub fn of(text: &str) -> Paragraph {
        let mut line = Line::default();
        line.push(text, Emphasis::default());
        Paragraph {
            lines: vec![line],
            ..Paragraph::default()
        }
    }

    /// Its text on one line.
    #[must_use]
    pub fn text(&self) -> String {
        let lines: Vec<String> = self.lines.iter().map(Line::text).collect();
        lines.join(" ").trim().to_owned()
    }

    fn is_blank(&self) -> bool {
        self.lines.iter().all(Line::is_blank)
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
    styles: HashMap<String, u16>,
    /// How many paragraphs have ended that say something.
    count: usize,
}

impl Body {
    /// A paragraph begins.
    pub fn begin(&mut self, mark: Mark) {
        self.open.push(Paragraph {
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
        for paragraph in paragraphs.filter(|paragraph| !paragraph.is_blank()) {
            self.count += 1;
            if self.count > bounds::BLOCKS {
                self.document.overfull = true;
                return;
            }
            match self.tables.last_mut().and_then(Table::cell) {
                Some(cell) => cell.push(paragraph),
                None => self.blocks.push(Block::Paragraph(paragraph)),
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
        let title = self.open.last().map(Paragraph::text);
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
        let next = u16::try_from(self.styles.len() + 1).unwrap_or(0);
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.style = match self.styles.get(name) {
                Some(style) => *style,
                None => *self.styles.entry(name.to_owned()).or_insert(next),
            };
        }
    }

    /// Text comes, of which white space is run together; outside of a paragraph it is left out.
    pub fn text(&mut self, said: &str, emphasis: Emphasis) {
        if let Some(line) = self.line() {
            line.push(said, emphasis);
        }
    }

    /// A tab comes; one before any text only indents.
    pub fn tab(&mut self) {
        self.trim();
        if let Some((text, _)) = self.line().and_then(|line| line.pieces.last_mut()) {
            text.push('\t');
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
        line.is_none_or(|line| line.is_open(signs))
    }

    /// Takes off the space at the end of what there is.
    pub fn trim(&mut self) {
        if let Some((text, _)) = self.line().and_then(|line| line.pieces.last_mut()) {
            text.truncate(text.trim_end_matches(' ').len());
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
        let mut document = self.document;
        if document.overfull {
            return document;
        }
        label(&mut self.blocks);
        let wrap = wrap(&self.blocks);
        let mut out = Out {
            flow: Flow::default(),
            wrap,
        };
        for block in self.blocks {
            match block {
                Block::Paragraph(paragraph) => out.push(&paragraph),
                Block::Table(table) => table.read(&mut document, &mut out),
            }
        }
        out.flow.write(&mut document, wrap);
        head::take(&mut document);
        head::take_same_title(&mut document);
        document
    }
}

/// Where paragraphs go.
#[derive(Debug)]
pub struct Out {
    flow: Flow,
    wrap: Wrap,
}

impl Out {
    /// Adds a paragraph.
    pub fn push(&mut self, paragraph: &Paragraph) {
        let broken = if self.wrap == Wrap::default() {
            Break::Hard
        } else {
            Break::Soft
        };
        let mut timed_above = false;
        for (at, line) in paragraph.lines.iter().enumerate() {
            let text = line.text();
            // A name with a time, above what was said then.
            let timed = name::head(text.trim()).is_some_and(|head| head.time.is_some());
            if at > 0 {
                let blank = timed || timed_above;
                self.flow.line(if blank { Break::Blank } else { broken });
            }
            for (text, emphasis) in &line.pieces {
                self.flow.text(text, *emphasis);
            }
            timed_above = timed;
        }
        self.flow.end_as(paragraph.mark, paragraph.style);
    }
}

/// The lines outside of tables, in order.
fn lines(blocks: &[Block]) -> impl Iterator<Item = &Line> {
    let paragraphs = blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph),
        Block::Table(_) => None,
    });
    paragraphs.flat_map(|paragraph| &paragraph.lines)
}

/// Where names stand before tabs, they get a colon, so that they are labels.
fn label(blocks: &mut [Block]) {
    let mut document = Document::default();
    let mut any = false;
    for line in lines(blocks) {
        let label = line.label();
        any |= label.is_some();
        let text = label.unwrap_or_else(|| line.text());
        document.push(text.into(), Mark::default());
    }
    if !any {
        return;
    }
    let labels = Labels::of_document(&document);
    for block in blocks {
        let Block::Paragraph(paragraph) = block else {
            continue;
        };
        for line in &mut paragraph.lines {
            if let Some(text) = line.label().filter(|text| labels.begins(text)) {
                let emphasis = line.pieces.last().map(|(_, emphasis)| *emphasis);
                line.pieces = vec![(text, emphasis.unwrap_or_default())];
            }
        }
    }
}

/// How the lines are broken within paragraphs.
fn wrap(blocks: &[Block]) -> Wrap {
    let mut text = String::new();
    for block in blocks {
        if let Block::Paragraph(paragraph) = block
            && paragraph.lines.len() > 1
        {
            for line in &paragraph.lines {
                text.push_str(&line.text());
                text.push('\n');
            }
            text.push('\n');
        }
    }
    Wrap::of(&text)
}
