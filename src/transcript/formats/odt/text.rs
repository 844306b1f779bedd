//! The body of a text: what of it is said, and what isn't.

use super::lists::Lists;
use super::styles::{Setting, Styles};
use crate::transcript::document::{Document, Kind, Mark};
use crate::transcript::fault::Fault;
use crate::transcript::flow::Emphasis;
use crate::transcript::formats::body::Body;
use crate::transcript::formats::xml::{Event, Reader, Tag};

/// What is no part of the text: what changes took away, notes and comments, contents and indices, declarations, what
/// describes a picture, and readings above the line.
const LEFT_OUT: &[&str] = &[
    "tracked-changes",
    "note",
    "annotation",
    "table-of-content",
    "illustration-index",
    "table-index",
    "object-index",
    "user-index",
    "alphabetical-index",
    "bibliography",
    "forms",
    "sequence-decls",
    "variable-decls",
    "user-field-decls",
    "title",
    "desc",
    "binary-data",
    "event-listeners",
    "hidden-text",
    "hidden-paragraph",
    "ruby-text",
];

/// A body while it is read.
struct Text<'a> {
    styles: &'a Styles,
    body: Body,
    lists: Lists,
    /// How text is set in each paragraph and span that is open.
    settings: Vec<Setting>,
    /// The styles of the paragraphs that are open.
    paragraphs: Vec<String>,
}

/// The document whose main part is `content`.
///
/// # Errors
/// When the part is damaged.
pub fn read(content: &str, styles: &Styles) -> Result<Document<'static>, Fault> {
    let mut reader = Reader::new(content);
    let mut text = Text {
        styles,
        body: Body::default(),
        lists: Lists::default(),
        settings: Vec::new(),
        paragraphs: Vec::new(),
    };
    let mut begun = false;
    while let Some(event) = reader.pull()? {
        match event {
            // Before it, a flat file has its styles, with headers and footers.
            Event::Open(tag) if !begun => begun = tag.name == "text",
            Event::Open(tag) if LEFT_OUT.contains(&tag.name) => reader.skip()?,
            Event::Open(tag) => text.open(&tag, reader.inside("table-header-rows")),
            Event::Close(name) => text.close(name),
            Event::Text(said) => text.say(&said),
        }
        reader.here(text.body.bounded())?;
    }
    Ok(text.body.finish())
}

impl Text<'_> {
    fn open(&mut self, tag: &Tag, header: bool) {
        let style = || tag.attribute("style-name").unwrap_or_default();
        match tag.name {
            "p" | "h" => self.begin(tag, style()),
            "span" | "a" => {
                let outer = self.settings.last().copied().unwrap_or_default();
                let inner = match style().as_str() {
                    "" => Setting::default(),
                    style => self.styles.setting("text", style),
                };
                self.settings.push(inner.or(outer));
            }
            "s" => self.say(" "),
            "tab" => self.body.tab(),
            "line-break" => self.body.line_break(),
            "list" => self.lists.begin(tag),
            "list-item" => self.lists.begin_item(tag),
            "table" => self.body.begin_table(),
            "table-row" => self.body.begin_row(header),
            "table-cell" => self.body.begin_cell(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "h" => {
                self.settings.pop();
                let style = self.paragraphs.pop().unwrap_or_default();
                if self.styles.is("Title", &style) {
                    self.body.entitle();
                }
                self.body.end();
            }
            "span" | "a" => drop(self.settings.pop()),
            "list" => self.lists.end(),
            "table" => self.body.end_table(),
            _ => {}
        }
    }

    fn begin(&mut self, tag: &Tag, style: String) {
        let number = self.lists.number(&style, self.styles);
        let said = tag.attribute("outline-level").filter(|_| tag.name == "h");
        let level = said.and_then(|level| level.parse::<u8>().ok());
        let level = level.or_else(|| self.styles.outline(&style));
        let kind = match (level, number) {
            (Some(level), _) if level > 0 => Kind::Heading(level.min(6)),
            (_, Some(number)) => Kind::Numbered(number),
            _ => Kind::Text,
        };
        self.body.begin(Mark {
            kind,
            ..Mark::default()
        });
        if let Some(chosen) = self.styles.chosen(&style) {
            self.body.set_style(chosen);
        }
        self.settings.push(self.styles.setting("paragraph", &style));
        self.paragraphs.push(style);
    }

    fn say(&mut self, said: &str) {
        let setting = self.settings.last().copied().unwrap_or_default();
        if setting.hidden != Some(true) {
            let emphasis = Emphasis {
                bold: setting.bold == Some(true),
                italic: setting.italic == Some(true),
            };
            self.body.text(said, emphasis);
        }
    }
}
