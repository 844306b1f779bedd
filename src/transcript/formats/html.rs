//! A page of the web, as it was saved: its article, with the type that it is set in.

mod about;
mod article;
mod character;
mod names;
mod sheet;
mod tree;

pub use character::character;

use std::borrow::Cow;
use std::ops::Range;

use super::{MARKDOWN, Source};
use crate::interview::Metadata;
use crate::transcript::document::{Document, Kind};
use crate::transcript::fault::Fault;
use crate::transcript::flow::{Break, FIRST_COLUMN, Flow, Styles};
use crate::transcript::head;
use crate::transcript::paragraphs::Wrap;
use article::Page;
use tree::{Content, Node};

/// How the classes of questions are called, in lower case.
const QUESTIONS: &[&str] = &["frage", "question", "interviewer"];

/// A row in which somebody speaks has no more elements and texts than this.
const ROW: usize = 1_000;

/// The endings of its files' names.
pub const ENDINGS: &[&str] = &["html", "htm", "xhtml", "shtml"];

/// The elements that a piece of a page may begin with.
const PIECES: &[&str] = &[
    "article",
    "blockquote",
    "div",
    "dl",
    "h1",
    "h2",
    "h3",
    "main",
    "p",
    "section",
    "span",
    "table",
];

/// Whether a file is HTML, by the tag it begins with.
#[must_use]
pub fn recognises(source: &Source) -> bool {
    let Some(text) = source.text.as_deref() else {
        return false;
    };
    let named = source.is_named(ENDINGS);
    match first_tag(text).as_deref() {
        Some("!doctype html" | "html" | "head" | "body") => true,
        // Markdown may begin so, too.
        Some(tag) => {
            named || PIECES.contains(&tag) && text.contains("</") && !source.is_named(MARKDOWN)
        }
        None => false,
    }
}

/// The name of the first tag of `text`, in lower case, if nothing stands before it but comments.
fn first_tag(text: &str) -> Option<String> {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<!--") => rest.find("-->")? + 3,
            _ if rest.starts_with("<?") => rest.find('>')? + 1,
            _ => break,
        };
        rest = rest[end..].trim_start();
    }
    let rest = rest.strip_prefix('<')?;
    let end = rest.find(['>', '/']).unwrap_or(rest.len());
    let tag = rest[..end].to_ascii_lowercase();
    let mut words = tag.split_whitespace();
    match (words.next()?, words.next()) {
        ("!doctype", Some("html")) => Some("!doctype html".to_owned()),
        (name, _) => Some(name.to_owned()),
    }
}

/// The article of a page.
///
/// # Errors
/// When it has more elements and texts than are read.
pub fn read(source: &Source) -> Result<Document<'static>, Fault> {
    let text = source.text.as_deref().unwrap_or_default();
    let nodes = tree::tree(text)?;
    let page = Page::new(&nodes);
    let article = page.article();
    let about = about::about(&page, article);
    let mut document = document(&page, article, about.clone(), text)?;
    // Where nothing is left, what was skipped was all there is.
    if document.paragraphs.is_empty() {
        let mut flow = Flow::default();
        let hidden = |at: usize| nodes[at].is_hidden();
        write(&nodes, 0..nodes.len(), hidden, &mut flow, text)?;
        document = flow.document(about, Wrap::default());
    }
    Ok(document)
}

fn document(
    page: &Page,
    article: usize,
    about: Metadata,
    text: &str,
) -> Result<Document<'static>, Fault> {
    let mut flow = Flow::default();
    let range = article..page.nodes[article].end;
    let skipped = |at: usize| page.is_skipped(at);
    write(page.nodes, range, skipped, &mut flow, text)?;
    let mut document = flow.document(about, Wrap::default());
    head::take(&mut document);
    head::take_title(&mut document);
    Ok(document)
}

/// Adds the paragraphs of a piece of HTML to `flow`.
///
/// # Errors
/// When it has more elements, texts and paragraphs than are read.
pub fn read_part(html: &str, flow: &mut Flow) -> Result<(), Fault> {
    let nodes = tree::tree(html)?;
    let hidden = |at: usize| nodes[at].is_hidden();
    write(&nodes, 0..nodes.len(), hidden, flow, html)
}

/// Writes the nodes in `range` of the page `text` to `flow`, but those of which `skip` says so.
fn write(
    nodes: &[Node],
    range: Range<usize>,
    skip: impl Fn(usize) -> bool,
    flow: &mut Flow,
    text: &str,
) -> Result<(), Fault> {
    let mut writer = Writer {
        nodes,
        flow,
        open: Vec::new(),
        styles: Styles::default(),
    };
    let mut at = range.start;
    while at < range.end {
        writer.close(at);
        // The first is the whole, whatever its name.
        if at > range.start && (skip(at) || writer.counts(at)) {
            at = nodes[at].end;
            continue;
        }
        match &nodes[at].content {
            Content::Break => writer.flow.line(Break::Hard),
            Content::Text(text, emphasis, _) => {
                let lines = writer.open.iter().any(|open| open.name == "pre");
                let mut parts = text.split(|c| lines && c == '\n');
                writer
                    .flow
                    .text(&on_a_line(parts.next().unwrap_or_default()), *emphasis);
                for part in parts {
                    writer.flow.line(Break::Soft);
                    writer.flow.text(part, *emphasis);
                }
            }
            Content::Element(..) => writer.open(at, at > range.start),
        }
        let bounded = writer.flow.bounded();
        bounded.map_err(|fault| fault.at_byte(text, nodes[at].place as usize))?;
        at += 1;
    }
    writer.close(range.end);
    writer.end();
    Ok(())
}

/// White space in HTML is a space.
fn on_a_line(text: &str) -> Cow<'_, str> {
    match text.contains(['\n', '\r', '\t']) {
        true => Cow::Owned(text.replace(['\n', '\r', '\t'], " ")),
        false => Cow::Borrowed(text),
    }
}

/// An element that is open.
struct Open {
    name: &'static str,
    end: usize,
    /// What sort of paragraphs stand in it, if it says so.
    kind: Option<Kind>,
    /// How its paragraphs are set, by its class; 0 where it has none.
    style: u16,
    /// The number of its next item, in a list that counts.
    next: u16,
    /// Whether it is a paragraph, and not a part of one.
    block: bool,
    /// Whether it is a row whose cells are words, and no paragraphs.
    plain_row: bool,
}

struct Writer<'a> {
    nodes: &'a [Node],
    flow: &'a mut Flow,
    open: Vec<Open>,
    styles: Styles,
}

impl<'a> Writer<'a> {
    /// Closes the elements that end before node `at`.
    fn close(&mut self, at: usize) {
        while self.open.last().is_some_and(|open| open.end <= at) {
            if self.open.last().is_some_and(|open| open.block) {
                self.end();
            }
            self.open.pop();
        }
    }

    /// Ends the paragraph.
    fn end(&mut self) {
        let kind = self.open.iter().rev().find_map(|open| open.kind);
        let style = self.open.iter().rev().map(|open| open.style);
        let style = style.into_iter().find(|style| *style > 0).unwrap_or(0);
        if self.flow.end(kind.unwrap_or_default(), style) {
            // What follows the first paragraph of an item isn't counted.
            for open in &mut self.open {
                open.kind = open.kind.filter(|kind| !matches!(kind, Kind::Numbered(_)));
            }
        }
    }

    fn open(&mut self, at: usize, inside: bool) {
        let node = &self.nodes[at];
        let name = node.name();
        let in_row = self.open.last().is_some_and(|row| row.plain_row);
        let cell = matches!(name, "td" | "th") && in_row;
        if cell {
            self.flow.cell();
        } else {
            self.end();
        }
        if name == "hr" {
            self.flow.rule();
        }
        let kind = match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => name[1..].parse().ok().map(Kind::Heading),
            // What the paragraphs below are about: a question, or who speaks.
            "dt" | "summary" => Some(Kind::Heading(6)),
            "figcaption" | "caption" => Some(Kind::Aside),
            "blockquote" => Some(Kind::Quote),
            "li" => self.number(),
            _ => None,
        };
        let style = if inside {
            let sorts = names::SORTS.iter().map(|name| node.attribute(name));
            let sort = sorts.into_iter().find(|sort| !sort.trim().is_empty());
            match (sort, name) {
                (None, "td") if !cell => self.column(at),
                (sort, _) => self.style(sort.unwrap_or_default()),
            }
        } else {
            0
        };
        let next = match name {
            "ol" => node.attribute("start").parse().unwrap_or(1),
            _ => 0,
        };
        self.open.push(Open {
            name,
            end: node.end,
            kind,
            style,
            next,
            block: !cell,
            plain_row: name == "tr" && self.is_plain_row(at),
        });
    }

    /// The number of the item that begins, in a list that counts and stands in no other.
    fn number(&mut self) -> Option<Kind> {
        let mut lists = self
            .open
            .iter_mut()
            .filter(|open| matches!(open.name, "ol" | "ul"));
        let list = lists.next().filter(|list| list.name == "ol")?;
        let number = list.next;
        list.next = number.saturating_add(1);
        lists.next().is_none().then_some(Kind::Numbered(number))
    }

    /// The style of a cell that stands in the first of two columns, where questions may stand.
    fn column(&self, cell: usize) -> u16 {
        let parent = self.nodes[cell].parent;
        let row = parent + 1..self.nodes[parent].end;
        if row.len() > ROW {
            return 0;
        }
        let cells: Vec<usize> = row
            .filter(|at| matches!(self.nodes[*at].name(), "td" | "th") && !self.counts(*at))
            .collect();
        match cells[..] {
            [first, _] if first == cell => FIRST_COLUMN,
            _ => 0,
        }
    }

    /// The number of a class; all that say that something is asked have the same.
    fn style(&mut self, class: &'a str) -> u16 {
        let words = class.split(|c: char| !c.is_alphanumeric());
        let question = words
            .map(str::to_lowercase)
            .find_map(|word| QUESTIONS.iter().find(|question| **question == word));
        let class = question.copied().unwrap_or(class.trim());
        if class.is_empty() {
            return 0;
        }
        self.styles.number(class)
    }

    /// Whether `cell` does nothing but count the row, which has two others at the least.
    fn counts(&self, cell: usize) -> bool {
        let node = &self.nodes[cell];
        if !matches!(node.name(), "td" | "th") || node.end - cell > 4 {
            return false;
        }
        let text = |node: &Node| match &node.content {
            Content::Text(text, ..) => text.trim().to_owned(),
            _ => String::new(),
        };
        let text: String = self.nodes[cell..node.end].iter().map(text).collect();
        let number = text.trim_end_matches(['.', ')', ':']);
        let row = &self.nodes[node.parent..self.nodes[node.parent].end];
        let cells = || {
            row.iter()
                .filter(|other| matches!(other.name(), "td" | "th"))
        };
        (1..=4).contains(&number.len())
            && number.bytes().all(|b| b.is_ascii_digit())
            && row.len() <= ROW
            && cells().count() > 2
            && !self.is_plain_row(node.parent)
    }

    /// Whether the cells of a row are words, and no paragraphs.
    fn is_plain_row(&self, row: usize) -> bool {
        let inside = &self.nodes[row + 1..self.nodes[row].end];
        inside.iter().all(|node| match &node.content {
            Content::Element(name, _) => matches!(*name, "td" | "th" | "img" | "wbr"),
            Content::Text(..) | Content::Break => true,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn recognised(text: &str, name: &str) -> bool {
        recognises(&Source::new(text.as_bytes(), Some(Path::new(name)), false))
    }

    #[test]
    fn a_page_is_told_from_other_markup() {
        assert!(recognised(
            "<!-- saved -->\n<!DOCTYPE html><title>a</title>",
            "a"
        ));
        assert!(recognised("<?xml version='1.0'?><HTML xmlns='x'>", "a.xml"));
        assert!(recognised("<p>Wo?</p>", "a.txt"));
        assert!(recognised("<center>Wo?", "a.htm"));
        for no in [
            "<?xml version='1.0'?><TEI>",
            "Wo? <p>",
            "<Ada> Wo?",
            "<v Ada>Wo?</v>",
            "",
            "<!--",
        ] {
            assert!(!recognised(no, "a.txt"), "{no}");
        }
    }

    #[test]
    fn a_row_of_words_is_a_paragraph_and_cells_may_hold_several() {
        let read = |html: &str| {
            let document = read(&Source::new(html.as_bytes(), None, false)).unwrap();
            document.paragraphs.join("\n")
        };
        let table = "<table><tr><td>Ada<td>Wo?<tr><th>Bo:<td>Hier.<tr><td>1<td>2<td>3</table>";
        assert_eq!(read(table), "Ada: Wo?\nBo: Hier.\n1 | 2 | 3");
        let layout = "<table><tr><td><p>Wo?</p><p>Hier.</p></td><td>Und da.</td></tr></table>";
        assert_eq!(read(layout), "Wo?\nHier.\nUnd da.");
    }

    #[test]
    fn a_page_of_nothing_but_navigation_is_still_read() {
        let page = "<html><body><nav><p>Wo ist das Holz?</p></nav></body></html>";
        let document = read(&Source::new(page.as_bytes(), None, false)).unwrap();
        assert_eq!(document.paragraphs, ["Wo ist das Holz?"]);
    }
}
