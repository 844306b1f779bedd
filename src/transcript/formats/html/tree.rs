//! A page as a tree of what stands in blocks: whatever the tags were like that made it.
//!
//! Elements are kept in the order of the page, each with where it ends, so that nothing here or above has to call itself,
//! however deep they are nested. Bold type and italics are no elements but belong to the text.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::names::{
    APART, ATTRIBUTES, NAMES, is_block, is_speaker, is_time, is_void, known, stands_in_head,
};
use super::sheet::{self, Sheet, declares};
use crate::transcript::bounds;
use crate::transcript::clock::{self, Setting};
use crate::transcript::fault::Fault;
use crate::transcript::flow::Emphasis;

/// What is nested deeper than this stands beside its parents, as in browsers.
const DEPTH: usize = 512;

/// So many open elements of a line are kept in mind.
const INLINE: usize = 128;

/// What stands in the tree.
#[derive(Debug)]
pub enum Content {
    /// An element, by its name; empty for one whose name doesn't matter.
    Element(&'static str, Vec<(&'static str, String)>),
    /// Text, how it is set, and whether it is a link.
    Text(String, Emphasis, bool),
    /// The end of a line.
    Break,
}

/// An element, or text.
#[derive(Debug)]
pub struct Node {
    /// What it is.
    pub content: Content,
    /// The index of the element it stands in; the root is its own.
    pub parent: usize,
    /// The index behind the last one in it.
    pub end: usize,
    /// The byte of the page at which it begins.
    pub place: u32,
}

impl Node {
    /// Its name; empty for text, and where it doesn't matter.
    pub fn name(&self) -> &'static str {
        match self.content {
            Content::Element(name, _) => name,
            _ => "",
        }
    }

    /// The value of its attribute `name`; empty where there is none.
    pub fn attribute(&self, name: &str) -> &str {
        let Content::Element(_, attributes) = &self.content else {
            return "";
        };
        let found = attributes.iter().find(|(key, _)| *key == name);
        found.map_or("", |(_, value)| value)
    }

    /// Whether the page doesn't show it.
    pub fn is_hidden(&self) -> bool {
        let Content::Element(name, attributes) = &self.content else {
            return false;
        };
        let unseen = [
            "head", "iframe", "noscript", "object", "script", "select", "style", "svg", "template",
            "textarea",
        ];
        unseen.contains(name)
            || attributes.iter().any(|(key, value)| match *key {
                "hidden" => true,
                "aria-hidden" => value.eq_ignore_ascii_case("true"),
                "style" => declares(value, "display", &["none"]),
                "epub:type" => value.split_whitespace().any(|sort| APART.contains(&sort)),
                _ => false,
            })
    }
}

/// The tree of `html`; its root is first.
///
/// # Errors
/// When the page has more nodes than are read.
pub fn tree(html: &str) -> Result<Vec<Node>, Fault> {
    let mut builder = Builder::new();
    let event = |event: CallbackEvent<'_>, span: Span<usize>| -> Option<()> {
        builder.place = span.start;
        builder.event(&event);
        // What is given here stops the tokenizer, which else runs to the end.
        bounds::pieces(builder.nodes.len()).err().map(drop)
    };
    let mut emitter = CallbackEmitter::new(event);
    emitter.naively_switch_states(true);
    let mut tokens = Tokenizer::new_with_emitter(html, emitter);
    let _ = tokens.next();
    drop(tokens);
    let bounded = bounds::pieces(builder.nodes.len());
    bounded.map_err(|fault| fault.at_byte(html, builder.place))?;
    Ok(builder.finish())
}

/// An open element of a line, or the type of an open block.
struct Inline {
    name: &'static str,
    emphasis: Emphasis,
    link: bool,
    /// Whether a time stands in it, beside what is said then.
    timed: bool,
    /// How many blocks were open.
    depth: usize,
    /// It is the type of a block, and ends with it.
    of_block: bool,
}

struct Builder {
    nodes: Vec<Node>,
    /// The open blocks, the root first.
    open: Vec<usize>,
    /// How many more are open, but too deep.
    deeper: usize,
    inline: Vec<Inline>,
    sheet: Sheet,
    /// The tag that is being read.
    tag: Option<(&'static str, Vec<(&'static str, String)>)>,
    attribute: Option<&'static str>,
    /// The byte at which what is being read begins.
    place: usize,
}

impl Builder {
    fn new() -> Builder {
        let root = Node {
            content: Content::Element("", Vec::new()),
            parent: 0,
            end: 0,
            place: 0,
        };
        Builder {
            nodes: vec![root],
            open: vec![0],
            deeper: 0,
            inline: Vec::new(),
            sheet: Sheet::default(),
            tag: None,
            attribute: None,
            place: 0,
        }
    }

    fn event(&mut self, event: &CallbackEvent) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Some((known(NAMES, name), Vec::new()));
            }
            CallbackEvent::AttributeName { name } => {
                let name = known(ATTRIBUTES, name);
                self.attribute = Some(name).filter(|name| !name.is_empty());
                if let (Some(name), Some((_, attributes))) = (self.attribute, &mut self.tag) {
                    attributes.push((name, String::new()));
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let (Some(_), Some((_, attributes))) = (self.attribute.take(), &mut self.tag)
                    && let Some((_, last)) = attributes.last_mut()
                {
                    last.push_str(&String::from_utf8_lossy(value));
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                if let Some((name, attributes)) = self.tag.take() {
                    self.start(name, attributes, *self_closing);
                }
            }
            CallbackEvent::EndTag { name } => {
                self.tag = None;
                self.end(known(NAMES, name));
            }
            CallbackEvent::String { value } => self.text(&String::from_utf8_lossy(value)),
            _ => {}
        }
    }

    fn finish(mut self) -> Vec<Node> {
        self.close(1);
        let end = self.nodes.len();
        if let Some(root) = self.nodes.first_mut() {
            root.end = end;
        }
        self.nodes
    }

    fn parent(&self) -> usize {
        self.open.last().copied().unwrap_or_default()
    }

    fn push(&mut self, content: Content) {
        let end = self.nodes.len() + 1;
        let parent = self.parent();
        self.nodes.push(Node {
            content,
            parent,
            end,
            place: u32::try_from(self.place).unwrap_or(u32::MAX),
        });
    }

    fn text(&mut self, text: &str) {
        let unread = match self.nodes.get(self.parent()) {
            Some(node) if node.name() == "script" => !node.attribute("type").contains("ld+json"),
            Some(node) if node.name() == "style" => return self.sheet.read(text),
            Some(node) => matches!(node.name(), "noscript" | "svg" | "template" | "iframe"),
            None => false,
        };
        if unread {
            return;
        }
        let mut emphasis = Emphasis::default();
        let (mut link, mut raised) = (false, false);
        for inline in &self.inline {
            emphasis.bold |= inline.emphasis.bold;
            emphasis.italic |= inline.emphasis.italic;
            link |= inline.link;
            raised |= inline.name == "sup";
        }
        // The mark of a note is no word.
        let mark = |text: &str| {
            let inside = text.trim().trim_start_matches('[').trim_end_matches(']');
            let numbered = inside.bytes().all(|b| b.is_ascii_digit() || b == b'*');
            numbered && (link || text.contains('['))
        };
        if raised && mark(text) {
            return;
        }
        // A style sheet sets it apart.
        let timed = self.inline.last().is_some_and(|inline| inline.timed);
        let time = clock::stamp(text.trim()).filter(|(_, rest)| timed && rest.is_empty());
        let text = match time.map(|(stamp, _)| stamp.setting) {
            Some(Setting::Bare) => format!(" [{}] ", text.trim()),
            Some(_) => format!(" {} ", text.trim()),
            None => text.to_owned(),
        };
        self.push(Content::Text(text, emphasis, link));
    }

    fn start(&mut self, name: &'static str, attributes: Vec<(&'static str, String)>, closed: bool) {
        if name == "br" {
            return self.push(Content::Break);
        }
        let value = |name: &str| {
            let found = attributes.iter().find(|(key, _)| *key == name);
            found.map_or("", |(_, value)| value)
        };
        let class = value("class");
        let style = sheet::emphasis(value("style"));
        let sheet = self.sheet.emphasis(class);
        let emphasis = Emphasis {
            bold: matches!(name, "b" | "strong")
                || sheet.bold
                || name == "span" && is_speaker(class)
                || style.bold,
            italic: matches!(name, "i" | "em" | "u")
                || sheet.italic
                || style.italic
                || sheet::is_colour(value("color")),
        };
        let within = self.nodes.get(self.parent()).map_or("", Node::name);
        if within == "head" && !stands_in_head(name) {
            self.close(self.open.len() - 1);
        }
        if is_void(name) {
            self.push(Content::Element(name, attributes));
            return;
        }
        if !is_block(name) {
            let unknown = name.is_empty() && closed;
            if self.inline.len() < INLINE && !unknown {
                self.inline.push(Inline {
                    name,
                    emphasis,
                    link: name == "a" && attributes.iter().any(|(key, _)| *key == "href"),
                    timed: is_time(class),
                    depth: self.open.len(),
                    of_block: false,
                });
            }
            return;
        }
        self.close_implied(name);
        if self.open.len() >= DEPTH {
            self.deeper += 1;
            return;
        }
        self.push(Content::Element(name, attributes));
        self.open.push(self.nodes.len() - 1);
        if emphasis != Emphasis::default() {
            self.inline.push(Inline {
                name: "",
                emphasis,
                link: false,
                timed: false,
                depth: self.open.len(),
                of_block: true,
            });
        }
    }

    /// Closes the elements that end where `name` begins.
    fn close_implied(&mut self, name: &str) {
        let (ends, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table"]),
            _ => (&["p"], &["td", "th", "caption", "button"]),
        };
        let names = self.open.iter().enumerate().rev();
        let named = names.map(|(at, node)| (at, self.nodes.get(*node).map_or("", Node::name)));
        let mut inside = named.take_while(|(_, open)| !within.contains(open));
        if let Some((at, _)) = inside.find(|(_, open)| ends.contains(open)) {
            self.close(at);
        } else if ends != ["p"] {
            // A new item ends the paragraph in front of it, too.
            self.close_implied("p");
        }
    }

    fn end(&mut self, name: &'static str) {
        if name == "br" {
            return self.push(Content::Break);
        }
        if !is_block(name) {
            let found = self
                .inline
                .iter()
                .rposition(|i| i.name == name && !i.of_block);
            if let Some(at) = found {
                self.inline.remove(at);
            }
            return;
        }
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let named = |node: &usize| {
            self.nodes
                .get(*node)
                .is_some_and(|node| node.name() == name)
        };
        if let Some(at) = self.open.iter().skip(1).rposition(named) {
            self.close(at + 1);
        }
    }

    /// Closes the open element `at`, which is not the root, and all within it.
    fn close(&mut self, at: usize) {
        let end = self.nodes.len();
        let mut paragraph = false;
        for closed in self.open.drain(at.min(self.open.len())..) {
            if let Some(node) = self.nodes.get_mut(closed) {
                node.end = end;
                paragraph = node.name() == "p";
            }
        }
        // Bold type may go on from one paragraph to the next, but not beyond what both stand in.
        let depth = self.open.len();
        self.inline
            .retain(|inline| inline.depth <= depth || paragraph && !inline.of_block);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree in brackets.
    fn drawn(html: &str) -> String {
        let nodes = tree(html).unwrap();
        let (mut out, mut open) = (String::new(), Vec::new());
        for (at, node) in nodes.iter().enumerate().skip(1) {
            while open.last().is_some_and(|end| *end <= at) {
                open.pop();
                out.push(')');
            }
            match &node.content {
                Content::Element(name, _) => {
                    out.push_str(name);
                    out.push('(');
                    open.push(node.end);
                }
                Content::Text(text, emphasis, link) => {
                    let sign = |so: bool, sign| if so { sign } else { "" };
                    out.push_str(sign(emphasis.bold, "*"));
                    out.push_str(sign(emphasis.italic, "/"));
                    out.push_str(sign(*link, "@"));
                    out.push_str(text);
                }
                Content::Break => out.push('|'),
            }
        }
        out + &")".repeat(open.len())
    }

    #[test]
    fn tags_that_are_left_out_are_implied() {
        assert_eq!(drawn("<p>a<p>b<br>c</div>d"), "p(a)p(b|cd)");
        assert_eq!(drawn("<ul><li>a<li><p>b</ul>c"), "ul(li(a)li(p(b)))c");
        assert_eq!(drawn("<dl><dt>a<dd>b<dt>c</dl>"), "dl(dt(a)dd(b)dt(c))");
        assert_eq!(drawn("<head><title>a</title><p>b"), "head(title(a))p(b)");
        assert_eq!(
            drawn("<table><tr><td>a<td>b<tr><td>c</table>"),
            "table(tr(td(a)td(b))tr(td(c)))"
        );
    }

    #[test]
    fn type_belongs_to_the_text_however_its_tags_are_crossed() {
        assert_eq!(drawn("<p><b>a<i>b</b>c</i>d</p>"), "p(*a*/b/cd)");
        assert_eq!(drawn("<p>a<b>b<p>c</b>d"), "p(a*b)p(*cd)");
        assert_eq!(drawn("<div><b>a</div><p>b</p>"), "div(*a)p(b)");
        assert_eq!(
            drawn("<p style='font-weight: 700'>a</p><p>b <a href=x>c</a></p>"),
            "p(*a)p(b @c)"
        );
        assert_eq!(
            drawn("<p>a<sup>[1]</sup> m<sup>2</sup><sup><a href=#n>3</a></sup></p>"),
            "p(a m2)"
        );
    }

    #[test]
    fn what_is_no_text_is_none() {
        let html = "<script>a('<p>')</script><style>b{}</style><!-- c --><noscript>d</noscript>&auml;&#x41;&nbsp;&lt;e&gt;";
        assert_eq!(drawn(html), "script()style()noscript()äA\u{a0}<e>");
    }

    #[test]
    fn no_nesting_is_too_deep() {
        let nodes = tree(&"<div><ul><li><b>a".repeat(20_000)).unwrap();
        let mut depths = vec![0; nodes.len()];
        for (at, node) in nodes.iter().enumerate().skip(1) {
            depths[at] = depths[node.parent] + 1;
        }
        assert!(depths.into_iter().max() <= Some(DEPTH));
        let texts = nodes
            .iter()
            .filter(|node| matches!(node.content, Content::Text(..)));
        assert_eq!(texts.count(), 20_000);
    }
}
