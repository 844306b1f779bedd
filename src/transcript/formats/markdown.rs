//! Markdown: emphasis, headings and lists, and what is said of the interview in front of it.

mod front;
mod signs;

use pulldown_cmark::{CodeBlockKind, Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::{MARKDOWN, Source, html};
use crate::interview::Metadata;
use crate::transcript::bounds;
use crate::transcript::document::{Document, Kind};
use crate::transcript::fault::Fault;
use crate::transcript::flow::{Break, Emphasis, Flow, Styles};
use crate::transcript::head;
use crate::transcript::paragraphs::Wrap;
use signs::Element;

/// What parts a text here, or may.
const SIGNS: &[u8] = b"\n\r*_[]<`|&\\";

/// Whether a file is Markdown: by its signs, and where there are none by its name.
#[must_use]
pub fn recognises(source: &Source) -> bool {
    let text = source.text.as_deref();
    text.is_some_and(|text| source.is_named(MARKDOWN) || signs::enough(text))
}

/// The paragraphs of `text`, with what is said in front of them and in their typography.
///
/// # Errors
/// When it has more lines and signs than are read.
pub fn read<'a>(text: &'a str, source: &Source) -> Result<Document<'a>, Fault> {
    bounds::signs(text, SIGNS)?;
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let text = signs::without_shortcodes(text);
    let wrap = Wrap::of(&text);
    let mut reader = Reader {
        lines: if signs::has_a_paragraph_a_line(&text, wrap) {
            Break::Hard
        } else {
            Break::Soft
        },
        ..Reader::default()
    };
    for (event, range) in Parser::new_ext(&text, options).into_offset_iter() {
        let here = range.start;
        let source = text.get(range).unwrap_or_default();
        let read = reader.event(event, source);
        let bounded = read.and_then(|()| reader.flow.bounded());
        bounded.map_err(|fault| fault.at_byte(&text, here))?;
    }
    let Reader { flow, metadata, .. } = reader;
    let mut document = flow.document(metadata, wrap);
    // The last paragraph may be cut off.
    if source.torn && document.paragraphs.len() > 1 {
        document.paragraphs.pop();
        document.marks.pop();
    }
    head::take(&mut document);
    head::take_title(&mut document);
    Ok(document)
}

/// Where the reader stands.
#[derive(Default)]
struct Reader {
    flow: Flow,
    metadata: Metadata,
    /// What a line's end means.
    lines: Break,
    bold: usize,
    italic: usize,
    /// Open elements of which nothing is read: images, and paragraphs that are nothing but tags.
    silent: usize,
    quotes: usize,
    footnotes: usize,
    heading: Option<u8>,
    /// The open lists, each with the number of its next item if it counts.
    lists: Vec<Option<u64>>,
    /// The number of an item of which nothing was read yet.
    number: Option<u16>,
    /// Raw HTML, or what stands between the fences at the head, up to where it ends.
    raw: String,
    front: Option<MetadataBlockKind>,
    /// The styles of the elements that stand open around paragraphs, and their classes.
    around: Vec<u16>,
    styles: Styles,
}

impl Reader {
    fn event(&mut self, event: Event, source: &str) -> Result<(), Fault> {
        match event {
            Event::Start(tag) => self.start(&tag, source),
            Event::End(tag) => self.end(tag)?,
            Event::Text(text) if self.front.is_some() => self.raw.push_str(&text),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => {
                self.bold += 1;
                self.text(&code);
                self.bold -= 1;
            }
            Event::Html(html) => self.raw.push_str(&html),
            Event::InlineHtml(tag) => self.tag(&tag),
            Event::SoftBreak => self.flow.line(self.lines),
            Event::HardBreak => self.flow.line(Break::Hard),
            Event::Rule => {
                self.block();
                self.flow.rule();
            }
            Event::TaskListMarker(_)
            | Event::FootnoteReference(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: &Tag, source: &str) {
        match tag {
            Tag::Emphasis => self.italic += 1,
            Tag::Strong => self.bold += 1,
            Tag::Image { .. } => self.silent += 1,
            Tag::Paragraph => {
                self.block();
                self.silent += usize::from(signs::is_nothing_but_tags(source));
            }
            Tag::Heading { level, .. } => {
                self.block();
                self.heading = Some(*level as u8);
            }
            Tag::BlockQuote(_) => {
                self.block();
                self.quotes += 1;
            }
            // What the paragraphs below are about: a question, or who speaks.
            Tag::DefinitionListTitle => {
                self.block();
                self.heading = Some(6);
            }
            Tag::FootnoteDefinition(_) => {
                self.block();
                self.footnotes += 1;
            }
            Tag::List(first) => {
                self.block();
                self.lists.push(*first);
            }
            Tag::Item => {
                self.block();
                let counts = self.lists.len() == 1;
                if let Some(Some(next)) = self.lists.last_mut() {
                    self.number = u16::try_from(*next).ok().filter(|_| counts);
                    *next = next.saturating_add(1);
                }
            }
            Tag::TableCell => self.flow.cell(),
            Tag::MetadataBlock(kind) => self.front = Some(*kind),
            Tag::CodeBlock(CodeBlockKind::Indented | CodeBlockKind::Fenced(_))
            | Tag::HtmlBlock
            | Tag::TableHead
            | Tag::TableRow
            | Tag::Table(_) => self.block(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) -> Result<(), Fault> {
        match tag {
            TagEnd::Emphasis => self.italic = self.italic.saturating_sub(1),
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Image => self.silent = self.silent.saturating_sub(1),
            TagEnd::Paragraph => {
                self.block();
                (self.bold, self.italic, self.silent) = (0, 0, 0);
            }
            TagEnd::Heading(_) | TagEnd::DefinitionListTitle => {
                self.block();
                self.heading = None;
            }
            TagEnd::BlockQuote(_) => {
                self.block();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::FootnoteDefinition => {
                self.block();
                self.footnotes = self.footnotes.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.block();
                self.lists.pop();
            }
            TagEnd::Item => {
                self.block();
                self.number = None;
            }
            TagEnd::HtmlBlock => {
                let raw = std::mem::take(&mut self.raw);
                match signs::element(raw.trim()) {
                    Some(Element::Opens(class)) => self.open(class),
                    Some(Element::Closes) => drop(self.around.pop()),
                    None => html::read_part(&raw, &mut self.flow)?,
                }
            }
            TagEnd::MetadataBlock(_) => {
                let found = match self.front.take() {
                    Some(MetadataBlockKind::PlusesStyle) => front::toml(&self.raw),
                    _ => front::yaml(&self.raw),
                };
                self.metadata = std::mem::take(&mut self.metadata).or(found);
                self.raw.clear();
            }
            TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::CodeBlock
            | TagEnd::DefinitionListDefinition => self.block(),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.silent > 0 {
            return;
        }
        let emphasis = Emphasis {
            bold: self.bold > 0,
            italic: self.italic > 0,
        };
        // Only code has several lines.
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.flow.line(Break::Soft);
            }
            self.flow.text(line, emphasis);
        }
    }

    /// Ends the open paragraph.
    fn block(&mut self) {
        let kind = match (self.heading, self.number) {
            _ if self.footnotes > 0 => Kind::Aside,
            (Some(level), _) => Kind::Heading(level),
            (None, Some(number)) => Kind::Numbered(number),
            (None, None) if self.quotes > 0 => Kind::Quote,
            (None, None) => Kind::Text,
        };
        let style = self.around.last().copied().unwrap_or(0);
        if self.flow.end(kind, style) {
            self.number = None;
        }
    }

    /// An element opens around the paragraphs that follow; those of one class are set alike.
    fn open(&mut self, class: &str) {
        let style = match class {
            "" => 0,
            class => self.styles.number(class),
        };
        self.around.push(style);
    }

    /// Does what a raw tag within a paragraph says.
    fn tag(&mut self, tag: &str) {
        let inside = tag.trim_matches(['<', '>', '/', ' ']);
        let name = inside.split_whitespace().next().unwrap_or_default();
        let depth = match name.to_ascii_lowercase().as_str() {
            "br" => return self.flow.line(Break::Hard),
            "b" | "strong" => &mut self.bold,
            "i" | "em" => &mut self.italic,
            _ => return,
        };
        *depth = if tag.starts_with("</") {
            depth.saturating_sub(1)
        } else {
            *depth + 1
        };
    }
}
