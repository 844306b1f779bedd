//! The main part of a document: what of it is text, and what isn't.

use super::is_on;
use super::numbering::{Item, Numbering};
use super::styles::{Properties, Run, Styles, paragraph_within, run_and_style};
use crate::transcript::document::{Document, Kind, Mark};
use crate::transcript::fault::Fault;
use crate::transcript::flow::Emphasis;
use crate::transcript::formats::body::Body;
use crate::transcript::formats::xml::{Event, Reader, Tag};

/// What is no part of the text: what a change took away or how something was before it, the codes of fields, how content
/// controls are set, what stands in for a drawing that is there already, and readings above the line.
const LEFT_OUT: &[&str] = &[
    "del",
    "moveFrom",
    "delText",
    "instrText",
    "delInstrText",
    "sdtPr",
    "sectPr",
    "tblPr",
    "tblGrid",
    "Fallback",
    "rt",
    "rubyPr",
];

/// Fields nest no deeper.
const FIELDS: usize = 64;

/// A run of text that is open.
#[derive(Debug, Default)]
struct Open {
    emphasis: Emphasis,
    hidden: bool,
}

/// The main part while it is read.
struct Text<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    body: Body,
    /// The styles of the paragraphs that are open.
    paragraphs: Vec<Option<String>>,
    runs: Vec<Open>,
    /// Of each field that is open, whether its code is still being read.
    fields: Vec<bool>,
}

/// The document whose main part is `text`.
///
/// # Errors
/// When the part is damaged.
pub fn read(text: &str, styles: &Styles, numbering: Numbering) -> Result<Document<'static>, Fault> {
    let mut reader = Reader::new(text);
    let mut text = Text {
        styles,
        numbering,
        body: Body::default(),
        paragraphs: Vec::new(),
        runs: Vec::new(),
        fields: Vec::new(),
    };
    while let Some(event) = reader.pull()? {
        match event {
            Event::Open(tag) if LEFT_OUT.contains(&tag.name) => reader.skip()?,
            Event::Open(tag) => text.open(&tag, &mut reader)?,
            Event::Close(name) => text.close(name),
            Event::Text(said) if reader.innermost() == Some("t") => text.say(&said),
            Event::Text(_) => {}
        }
        reader.here(text.body.bounded())?;
    }
    Ok(text.body.finish())
}

impl Text<'_> {
    fn open(&mut self, tag: &Tag, reader: &mut Reader) -> Result<(), Fault> {
        match tag.name {
            "p" => {
                self.body.begin(Mark::default());
                self.paragraphs.push(None);
            }
            "pPr" => {
                let said = paragraph_within(reader)?;
                self.set_paragraph(said);
            }
            "r" => {
                let open = self.run(Run::default(), None);
                self.runs.push(open);
            }
            "rPr" => {
                let (run, style) = run_and_style(reader)?;
                let open = self.run(run, style.as_deref());
                if let Some(last) = self.runs.last_mut() {
                    *last = open;
                }
            }
            "tab" | "ptab" => self.body.tab(),
            "br" | "cr" => self.body.line_break(),
            "noBreakHyphen" => self.say("-"),
            "sym" => {
                let code = tag.attribute("char");
                let code = code.and_then(|code| u32::from_str_radix(&code, 16).ok());
                // In the private area stand the pictures of a font that isn't here.
                let sign = code.filter(|code| !(0xe000..0xf900).contains(code));
                if let Some(sign) = sign.and_then(char::from_u32) {
                    self.say(sign.encode_utf8(&mut [0; 4]));
                }
            }
            "fldChar" => match tag.attribute("fldCharType").as_deref() {
                Some("begin") if self.fields.len() < FIELDS => self.fields.push(true),
                Some("begin") => {}
                Some("separate") => {
                    if let Some(code) = self.fields.last_mut() {
                        *code = false;
                    }
                }
                _ => drop(self.fields.pop()),
            },
            "tbl" => self.body.begin_table(),
            "tr" => self.body.begin_row(false),
            "tblHeader" if is_on(tag) => self.body.is_header(),
            "tc" => self.body.begin_cell(),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => {
                // The code of a field ends with its paragraph, though a change took its end away.
                self.fields.fill(false);
                let style = self.paragraphs.pop().flatten();
                if self.styles.is_contents(style.as_deref()) {
                    self.body.leave_out();
                } else {
                    if self.styles.is_title(style.as_deref()) {
                        self.body.entitle();
                    }
                    self.body.end();
                }
            }
            "r" => drop(self.runs.pop()),
            "tbl" => self.body.end_table(),
            _ => {}
        }
    }

    /// The paragraph turns out to be what `said` says of it.
    fn set_paragraph(&mut self, said: Properties) {
        let paragraph = self.styles.paragraph(said);
        let mut kind = self.styles.kind(&paragraph);
        if let (Kind::Text, Some(list)) = (kind, paragraph.list) {
            match self.numbering.next(list, paragraph.level.unwrap_or(0)) {
                Some(Item::Number(number)) => kind = Kind::Numbered(number),
                Some(Item::Label(label)) => {
                    self.body.text(&format!("{label} "), Emphasis::default())
                }
                None => {}
            }
        }
        if let Some(mark) = self.body.mark() {
            mark.kind = kind;
        }
        if let Some(style) = &paragraph.style {
            self.body.set_style(style);
        }
        if let Some(style) = self.paragraphs.last_mut() {
            *style = paragraph.style;
        }
    }

    /// How a run is set that says `direct` of itself.
    fn run(&self, direct: Run, character: Option<&str>) -> Open {
        let paragraph = self.paragraphs.last().and_then(Option::as_deref);
        let run = self.styles.run(direct, character, paragraph);
        Open {
            emphasis: Emphasis {
                bold: run.bold == Some(true),
                italic: run.italic == Some(true),
            },
            hidden: run.hidden == Some(true),
        }
    }

    fn say(&mut self, said: &str) {
        let (emphasis, hidden) = self
            .runs
            .last()
            .map_or_else(Default::default, |r| (r.emphasis, r.hidden));
        if !hidden && !self.fields.contains(&true) {
            self.body.text(said, emphasis);
        }
    }
}
