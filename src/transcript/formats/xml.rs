//! XML, pulled event by event: no recursion however deep it nests, no entity followed outward, none expanded beyond
//! bounds, and every element that opens closes, also where the file forgot to say so.

use std::borrow::Cow;
use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event as Raw};
use quick_xml::{XmlVersion, escape};

use super::html;
use crate::transcript::fault::Fault;

/// The root element stands within so many bytes from the beginning.
const PROLOG: usize = 1 << 16;

/// So many open elements are looked at for the one that an end tag closes, or for one that text stands in.
const NEAR: usize = 64;

/// Nothing that anybody wrote is nested deeper.
const DEPTH: usize = 1 << 16;

/// Markup that is cut off within so many bytes before the end is the file's end; before that, it is damage.
const TAIL: usize = 512;

/// An entity's text is no longer than this, in bytes; so is no chain of them.
const ENTITY: usize = 4 << 10;

/// No file declares more entities that are kept.
const ENTITIES: usize = 1_000;

/// So many bytes come out of a file's own entities at the most.
const EXPANDED: usize = 1 << 20;

const ENDLESS: (&str, &str) = (
    "a tag, comment or quotation begins here and never ends; close it, or save the file again",
    "hier beginnt eine Auszeichnung, ein Kommentar oder ein Attribut und endet nicht; bitte schließen oder die Datei neu sichern",
);

const TOO_DEEP: (&str, &str) = (
    "is nested far deeper than a text is; save the file again",
    "ist viel tiefer verschachtelt als ein Text; bitte die Datei neu sichern",
);

/// What comes next in a file.
#[derive(Debug)]
pub enum Event<'a> {
    /// An element opens.
    Open(Tag<'a>),
    /// The innermost open element closes; its name without the prefix.
    Close(&'a str),
    /// Text, its references resolved; it may come in pieces.
    Text(Cow<'a, str>),
}

/// An element's name and attributes.
#[derive(Debug)]
pub struct Tag<'a> {
    /// Its name without the prefix.
    pub name: &'a str,
    start: BytesStart<'a>,
}

impl Tag<'_> {
    /// The value of the attribute `name`, whatever its prefix.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().as_ref() == name)?;
        let value = found.normalized_value(XmlVersion::Implicit1_0);
        Some(value.map_or_else(|_| with_names(&found.value), Cow::into_owned))
    }

    /// Whether the attribute `name` has the value `value`.
    #[must_use]
    pub fn says(&self, name: &str, value: &str) -> bool {
        self.attribute(name).is_some_and(|said| said == value)
    }
}

/// The events of a file.
#[derive(Debug)]
pub struct Reader<'a> {
    text: &'a str,
    reader: quick_xml::Reader<&'a [u8]>,
    /// The names of the elements that are open, the innermost last.
    open: Vec<&'a str>,
    /// How many of them have ended, which is still to be told.
    closing: usize,
    entities: HashMap<&'a str, String>,
    /// How many bytes its own entities may still expand to.
    expansion: usize,
}

impl<'a> Reader<'a> {
    /// The events of `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Reader<'a> {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = quick_xml::Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Reader {
            text,
            reader,
            open: Vec::new(),
            closing: 0,
            entities: HashMap::new(),
            expansion: EXPANDED,
        }
    }

    /// The next event; `None` at the end, when every element is closed. A file that is cut off ends where it is cut.
    ///
    /// # Errors
    /// When the rest can't be told apart into markup and text, with the line.
    pub fn pull(&mut self) -> Result<Option<Event<'a>>, Fault> {
        loop {
            if self.closing > 0 {
                self.closing -= 1;
                return Ok(self.open.pop().map(Event::Close));
            }
            let before = self.position();
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(_) if self.text.len() - self.error_position() <= TAIL => Raw::Eof,
                Err(_) => return Err(self.fault(self.error_position(), ENDLESS)),
            };
            if self.open.len() > DEPTH {
                return Err(self.fault(before, TOO_DEEP));
            }
            match event {
                Raw::Start(start) => return Ok(Some(self.open(before, start))),
                Raw::Empty(start) => {
                    self.closing = 1;
                    return Ok(Some(self.open(before, start)));
                }
                Raw::End(end) => {
                    let name = end.local_name();
                    let near = self.open.iter().rev().take(NEAR);
                    let outward = near.into_iter().position(|open| *open == name.as_ref());
                    self.closing = outward.map_or(0, |outward| outward + 1);
                }
                Raw::Text(text) => return Ok(Some(Event::Text(text.xml10_content()))),
                Raw::CData(text) => return Ok(Some(Event::Text(text.xml10_content()))),
                Raw::GeneralRef(name) => return Ok(Some(Event::Text(self.resolve(&name)))),
                Raw::DocType(_) => self.declare(before),
                Raw::Eof if self.open.is_empty() => return Ok(None),
                Raw::Eof => self.closing = self.open.len(),
                Raw::Comment(_) | Raw::PI(_) | Raw::Decl(_) => {}
            }
        }
    }

    /// Leaves out the rest of the innermost open element.
    ///
    /// # Errors
    /// As [`pull`](Reader::pull).
    pub fn skip(&mut self) -> Result<(), Fault> {
        let outer = self.open.len().saturating_sub(1);
        while self.open.len() > outer && self.pull()?.is_some() {}
        Ok(())
    }

    /// The text of the rest of the innermost open element, with its white space run together.
    ///
    /// # Errors
    /// As [`pull`](Reader::pull).
    pub fn text(&mut self) -> Result<String, Fault> {
        let outer = self.open.len().saturating_sub(1);
        let mut found = String::new();
        while self.open.len() > outer
            && let Some(event) = self.pull()?
        {
            match event {
                Event::Text(text) => found.push_str(&text),
                Event::Open(_) | Event::Close(_) => found.push(' '),
            }
        }
        let words: Vec<&str> = found.split_whitespace().collect();
        Ok(words.join(" "))
    }

    /// What `found` says, its fault in the line that was read last.
    ///
    /// # Errors
    /// When that is a fault.
    pub fn here<T>(&self, found: Result<T, Fault>) -> Result<T, Fault> {
        found.map_err(|fault| fault.at_byte(self.text, self.position()))
    }

    /// How many elements are open.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// The name of the innermost open element.
    #[must_use]
    pub fn innermost(&self) -> Option<&'a str> {
        self.open.last().copied()
    }

    /// Whether an element `name` is open, not far outside.
    #[must_use]
    pub fn inside(&self, name: &str) -> bool {
        self.open.iter().rev().take(NEAR).any(|open| *open == name)
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn error_position(&self) -> usize {
        let position = usize::try_from(self.reader.error_position()).unwrap_or(usize::MAX);
        position.min(self.text.len())
    }

    /// The element opens whose tag begins at `before`.
    fn open(&mut self, before: usize, start: BytesStart<'a>) -> Event<'a> {
        let length = start.name().as_ref().len();
        let name = self.text.get(before + 1..before + 1 + length);
        let name = name.unwrap_or_default();
        let name = name.split_once(':').map_or(name, |(_, local)| local);
        self.open.push(name);
        Event::Open(Tag { name, start })
    }

    /// What the reference `&name;` stands for; one that is unknown, leads outward or expands too far, for itself.
    fn resolve(&mut self, name: &str) -> Cow<'a, str> {
        if let Some(known) = predefined(name) {
            return known;
        }
        match self.entities.get(name) {
            Some(text) if text.len() <= self.expansion => {
                self.expansion -= text.len();
                Cow::Owned(text.clone())
            }
            _ => Cow::Owned(format!("&{name};")),
        }
    }

    /// Keeps the entities that the document type, which begins at `before`, declares within the file: those of text
    /// alone, and of entities declared before them.
    fn declare(&mut self, before: usize) {
        let text = self.text;
        let doctype = text.get(before..self.position()).unwrap_or_default();
        for declared in doctype.split("<!ENTITY").skip(1) {
            let declared = declared.trim_start();
            let Some((name, value)) = declared.split_once(char::is_whitespace) else {
                continue;
            };
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let Some((value, _)) = quote.and_then(|quote| value[1..].split_once(quote)) else {
                continue;
            };
            if let Some(value) = self.expand(value)
                && self.entities.len() < ENTITIES
            {
                self.entities.entry(name).or_insert(value);
            }
        }
    }

    fn expand(&self, value: &str) -> Option<String> {
        let mut out = String::new();
        let mut pieces = value.split('&');
        out.push_str(pieces.next()?);
        for piece in pieces {
            let (name, rest) = piece.split_once(';')?;
            let known = predefined(name);
            out.push_str(
                known
                    .as_deref()
                    .or(self.entities.get(name).map(String::as_str))?,
            );
            out.push_str(rest);
            if out.len() > ENTITY {
                return None;
            }
        }
        (out.len() <= ENTITY && !out.contains('<')).then_some(out)
    }

    fn fault(&self, position: usize, what: (&'static str, &'static str)) -> Fault {
        let fault = Fault { place: None, what };
        fault.at_byte(self.text, position)
    }
}

/// What a character's number or its name in HTML stands for.
fn predefined(name: &str) -> Option<Cow<'static, str>> {
    if let Some(known) = escape::resolve_xml_entity(name) {
        return Some(Cow::Borrowed(known));
    }
    let Some(number) = name.strip_prefix('#') else {
        return html::character(name).map(Cow::Owned);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    let c = char::from_u32(code.ok()?)?;
    Some(Cow::Owned(c.to_string()))
}

/// `value` with the characters that it names.
fn with_names(value: &str) -> String {
    let mut pieces = value.split('&');
    let mut out = pieces.next().unwrap_or_default().to_string();
    for piece in pieces {
        let known = piece
            .split_once(';')
            .and_then(|(name, rest)| Some((predefined(name)?, rest)));
        match known {
            Some((text, rest)) => out.extend([&*text, rest]),
            None => out.extend(["&", piece]),
        }
    }
    out
}

/// Adds `said` to `text`, its white space run together, and none at the beginning.
pub fn append(text: &mut String, said: &str) {
    for c in said.chars() {
        match c {
            ' ' | '\n' | '\r' | '\t' if text.is_empty() || text.ends_with(' ') => {}
            ' ' | '\n' | '\r' | '\t' => text.push(' '),
            c => text.push(c),
        }
    }
}

/// The name of the root element of `text`, without its prefix; `None` where it isn't XML.
#[must_use]
pub fn root(text: &str) -> Option<&str> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('<') {
        return None;
    }
    let mut reader = Reader::new(&text[..text.floor_char_boundary(PROLOG)]);
    while let Ok(Some(event)) = reader.pull() {
        match event {
            Event::Open(tag) => return Some(tag.name),
            Event::Text(text) if text.trim().is_empty() => {}
            Event::Text(_) | Event::Close(_) => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::fault::Spot;

    /// The events of `text` in a line: `<a>` opens, `</>` closes.
    fn events(text: &str) -> String {
        let mut reader = Reader::new(text);
        let mut out = String::new();
        while let Some(event) = reader.pull().unwrap() {
            match event {
                Event::Open(tag) => out.push_str(&format!("<{}>", tag.name)),
                Event::Close(_) => out.push_str("</>"),
                Event::Text(text) => out.push_str(&text),
            }
        }
        out
    }

    #[test]
    fn named_characters_are_read_in_text_and_in_attributes() {
        assert_eq!(
            events("<a>&auml;&semi;&#8212;&notit;&amp;</a>"),
            "<a>ä;—&notit;&</>"
        );
        let mut reader = Reader::new("<u who='M&uuml;ller &amp; S&ouml;hne &co;'/>");
        let Some(Event::Open(tag)) = reader.pull().unwrap() else {
            panic!("an element opens")
        };
        assert_eq!(tag.attribute("who").unwrap(), "Müller & Söhne &co;");
    }

    #[test]
    fn what_opens_closes_though_the_file_forgot_to() {
        assert_eq!(events("<a><x:b/>c</a>"), "<a><b></>c</>");
        assert_eq!(events("<a><b>c</a>d</b>"), "<a><b>c</></>d");
        assert_eq!(events("<a><b>c"), "<a><b>c</></>");
        assert_eq!(events("<a>b<c d='"), "<a>b</>");
    }

    #[test]
    fn references_are_resolved_within_the_file_only() {
        let text = "<!DOCTYPE a [<!ENTITY k \"Kroll\"><!ENTITY two '&k; &amp; &#x4f;tt'><!ENTITY out SYSTEM \"/etc/passwd\">]><a>&two;, &ouml;, &out;, &none; & so</a>";
        assert_eq!(events(text), "<a>Kroll & Ott, ö, &out;, &none; & so</>");
    }

    #[test]
    fn laughter_does_not_multiply() {
        let mut text = "<!DOCTYPE a [<!ENTITY l0 \"ha\">".to_owned();
        for level in 1..12 {
            let inner = format!("&l{};", level - 1).repeat(10);
            text.push_str(&format!("<!ENTITY l{level} \"{inner}\">"));
        }
        text.push_str("]><a>");
        text.push_str(&"&l3;".repeat(10_000));
        text.push_str("&l11;</a>");
        assert!(events(&text).len() < 2 * EXPANDED);
        assert!(events(&text).ends_with("&l11;</>"));
    }

    #[test]
    fn nesting_is_no_matter() {
        let depth = 50_000;
        let text = "<a>".repeat(depth);
        assert_eq!(events(&text).matches("</>").count(), depth);
        let mut reader = Reader::new(&text);
        reader.pull().unwrap();
        reader.skip().unwrap();
        assert_eq!(reader.depth(), 0);
        let text = "<a>".repeat(2 * DEPTH);
        let mut reader = Reader::new(&text);
        reader.pull().unwrap();
        assert_eq!(reader.skip().unwrap_err().what, TOO_DEEP);
    }

    #[test]
    fn damage_is_told_with_its_line() {
        let text = format!("<a>\n<b>\n<!-- {}</b></a>", "long ago ".repeat(200));
        let mut reader = Reader::new(&text);
        let fault = loop {
            if let Err(fault) = reader.pull() {
                break fault;
            }
        };
        assert_eq!(fault.place, Some(Spot::Line(3)));
    }

    #[test]
    fn the_root_is_found_behind_what_stands_before_it() {
        let text = "\u{feff}<?xml version=\"1.0\"?><!-- a --><!DOCTYPE Trans SYSTEM \"t.dtd\">\n<Trans a=\"1\">";
        assert_eq!(root(text), Some("Trans"));
        assert_eq!(root("<tei:TEI>"), Some("TEI"));
        assert_eq!(root("Er sagte <nichts>."), None);
        assert_eq!(root(""), None);
    }
}
