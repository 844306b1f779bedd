//! A page of a book: XHTML, with no more of its markup than what tells paragraphs apart.

use super::is_front_matter;
use crate::transcript::document::{Fault, Kind, Mark};
use crate::transcript::formats::body::{Body, Face};
use crate::transcript::formats::xml::{Event, Reader, Tag};

/// What is no part of the text.
const LEFT_OUT: &[&str] = &[
    "head", "script", "style", "nav", "svg", "math", "figure", "aside", "template", "noscript",
    "rt", "rp",
];

/// What is set within a paragraph and doesn't end it.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "img", "ins", "kbd", "label", "mark", "q", "ruby", "rb", "s", "samp", "small",
    "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// What pages call their parts that are notes.
const NOTES: &[&str] = &[
    "footnote",
    "footnotes",
    "endnote",
    "endnotes",
    "rearnote",
    "noteref",
];

/// A page while it is read.
#[derive(Debug, Default)]
struct Page {
    /// The faces of elements that emphasise, with their depths.
    faces: Vec<(usize, Face)>,
    /// What the blocks that are open make of their paragraphs, with their depths.
    kinds: Vec<(usize, Kind)>,
    /// The next number of each ordered list that is open; nothing for others.
    lists: Vec<Option<u16>>,
}

/// Adds the text of the page `text` to `body`.
///
/// # Errors
/// When it can't be read.
pub fn read(text: &str, body: &mut Body) -> Result<(), Fault> {
    let mut reader = Reader::new(text);
    let mut page = Page::default();
    body.begin(Mark::default());
    while let Some(event) = reader.pull()? {
        match event {
            Event::Open(tag) => {
                let sorts = tag.attribute("type").unwrap_or_default();
                let front = matches!(tag.name, "body" | "section" | "div" | "article")
                    && sorts.split_whitespace().any(is_front_matter);
                let note = sorts.split_whitespace().any(|sort| NOTES.contains(&sort));
                if front || note || LEFT_OUT.contains(&tag.name) {
                    reader.skip()?;
                } else {
                    page.open(&tag, reader.depth(), body);
                }
            }
            Event::Close(name) => page.close(name, reader.depth(), body),
            Event::Text(said) => body.text(&said, page.face()),
        }
    }
    body.end();
    Ok(())
}

impl Page {
    fn open(&mut self, tag: &Tag, depth: usize, body: &mut Body) {
        let style = tag.attribute("style").unwrap_or_default();
        let outer = self.face();
        let face = Face {
            bold: matches!(tag.name, "b" | "strong" | "dt" | "th") || style.contains("bold"),
            italic: matches!(tag.name, "i" | "em") || style.contains("italic"),
        };
        if face != Face::default() {
            let (bold, italic) = (face.bold || outer.bold, face.italic || outer.italic);
            self.faces.push((depth, Face { bold, italic }));
        }
        match tag.name {
            "br" => body.line_break(),
            name if INLINE.contains(&name) => {}
            "table" => {
                body.part(Mark::default());
                body.begin_table();
            }
            "tr" => body.begin_row(false),
            "td" | "th" => {
                body.end();
                body.begin_cell();
                body.begin(Mark::default());
            }
            name => {
                let kind = match (name, name.strip_prefix('h')) {
                    ("ol", _) => {
                        let start = tag.attribute("start").and_then(|start| start.parse().ok());
                        self.lists.push(Some(start.unwrap_or(1)));
                        None
                    }
                    ("ul", _) => {
                        self.lists.push(None);
                        None
                    }
                    ("li", _) => self.number().map(Kind::Numbered),
                    (_, Some(level)) => {
                        let level = level.parse().ok();
                        level
                            .filter(|level| (1..=6).contains(level))
                            .map(Kind::Heading)
                    }
                    _ => None,
                };
                self.kinds.extend(kind.map(|kind| (depth, kind)));
                self.part(body);
            }
        }
    }

    fn close(&mut self, name: &str, depth: usize, body: &mut Body) {
        self.faces.pop_if(|(at, _)| *at > depth);
        self.kinds.pop_if(|(at, _)| *at > depth);
        match name {
            "br" => {}
            name if INLINE.contains(&name) => {}
            "tr" => {}
            "table" => {
                body.end();
                body.end_table();
                body.begin(Mark::default());
            }
            "ol" | "ul" => {
                self.lists.pop();
                self.part(body);
            }
            _ => self.part(body),
        }
    }

    /// The paragraph ends, and another one begins. Only the first of an item has its number.
    fn part(&mut self, body: &mut Body) {
        let said = body.end();
        let last = self.kinds.last_mut().map(|(_, kind)| kind);
        let kind = match last {
            Some(kind @ Kind::Numbered(_)) if said => {
                *kind = Kind::Text;
                Kind::Text
            }
            Some(kind) => *kind,
            None => Kind::Text,
        };
        body.begin(Mark {
            kind,
            ..Mark::default()
        });
    }

    /// The number of the item that begins.
    fn number(&mut self) -> Option<u16> {
        let next = self.lists.last_mut()?.as_mut()?;
        let number = *next;
        *next = number.saturating_add(1);
        Some(number)
    }

    fn face(&self) -> Face {
        self.faces
            .last()
            .map_or_else(Face::default, |(_, face)| *face)
    }
}
