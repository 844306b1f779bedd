//! What a format's reader makes of a file: paragraphs, and what their markup says of each. Who asks and who answers is
//! not its business; [`voices`](super::voices) finds that out, the same way for every format.

use std::borrow::Cow;
use std::collections::HashMap;

use super::bounds;
use super::paragraphs::clean;
pub use crate::interview::Voice;
use crate::interview::{Metadata, Time};

/// A subhead has no more words than this.
const SUBHEAD: usize = 12;

/// A file's text without its markup, one mark a paragraph.
#[derive(Debug, Default)]
pub struct Document<'a> {
    /// What the file says about the interview.
    pub metadata: Metadata,
    /// The paragraphs: none of them empty, white space run together, controls made visible.
    pub paragraphs: Vec<Cow<'a, str>>,
    /// What is known of each paragraph; as many as there are paragraphs.
    pub marks: Vec<Mark>,
    /// The names of those who speak, in the order of their first appearance.
    pub speakers: Vec<String>,
    /// Whether they are known from labels in the text, so that what has none is only taken to be said by the last one named.
    pub labelled: bool,
    /// Whether there were more paragraphs than are read, and some were left out.
    pub overfull: bool,
    indices: HashMap<String, Voice>,
}

/// What the markup says of a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// Who speaks; `None` where the source doesn't say, and for what nobody says.
    pub speaker: Option<Voice>,
    /// What sort of paragraph it is.
    pub kind: Kind,
    /// Whether all of it is emphasised: bold, or in italics, or of a style of its own, whichever the document asks in; bold
    /// where it doesn't matter.
    pub strong: bool,
    /// Whether a sign says that somebody else begins to speak here, and not who.
    pub begins: bool,
    /// When it was said, where the source says so.
    pub time: Option<Time>,
}

/// What sort of paragraph the markup makes of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Running text.
    #[default]
    Text,
    /// A heading, of level 1 to 6.
    Heading(u8),
    /// An item of a numbered list, or a paragraph that begins with its number (taken off the text).
    Numbered(u16),
    /// A quotation in a block of its own.
    Quote,
    /// What belongs to no turn: a caption, a footnote.
    Aside,
}

impl Mark {
    /// Whether a paragraph that reads `text` stands apart from what is said: a heading, a subhead in bold, an aside.
    #[must_use]
    pub fn is_apart(self, text: &str) -> bool {
        match self.kind {
            Kind::Heading(_) | Kind::Aside => true,
            _ => self.strong && is_subhead(text),
        }
    }
}

/// How a rule across the text stands in it.
pub const RULE: &str = "* * *";

/// Whether `text` reads like a subhead: a few words without a mark at the end.
#[must_use]
pub fn is_subhead(text: &str) -> bool {
    let ends = text.trim_end_matches(['"', '\'', '“', '”', '’', '«', '»', ')', ']']);
    text.split_whitespace().nth(SUBHEAD).is_none() && ends.ends_with(char::is_alphanumeric)
}

impl<'a> Document<'a> {
    /// Adds a paragraph, cleaned; one of nothing but white space is left out.
    pub fn push(&mut self, text: Cow<'a, str>, mark: Mark) {
        let text = match text {
            Cow::Borrowed(text) => clean(text.trim()),
            Cow::Owned(text) => match clean(text.trim()) {
                Cow::Borrowed(same) if same.len() == text.len() => Cow::Owned(text),
                cleaned => Cow::Owned(cleaned.into_owned()),
            },
        };
        if self.paragraphs.len() >= bounds::PIECES {
            self.overfull = true;
        } else if !text.is_empty() {
            self.paragraphs.push(text);
            self.marks.push(mark);
        }
    }

    /// The document with paragraphs of its own.
    #[must_use]
    pub fn into_owned(self) -> Document<'static> {
        let paragraphs = self.paragraphs.into_iter();
        Document {
            paragraphs: paragraphs
                .map(|text| Cow::Owned(text.into_owned()))
                .collect(),
            metadata: self.metadata,
            marks: self.marks,
            speakers: self.speakers,
            labelled: self.labelled,
            overfull: self.overfull,
            indices: self.indices,
        }
    }

    /// Leaves out the last paragraph, which may be cut off, if there is another.
    pub fn tear_off(&mut self) {
        if self.paragraphs.len() > 1 {
            self.paragraphs.pop();
            self.marks.pop();
        }
    }

    /// Leaves out the paragraphs that have become empty.
    pub fn drop_empty(&mut self) {
        let mut said = self.paragraphs.iter().map(|text| !text.is_empty());
        self.marks.retain(|_| said.next().unwrap_or(false));
        self.paragraphs.retain(|text| !text.is_empty());
    }

    /// The voice of the speaker `name`; `None` for an empty name, and for one after more than 65,534 others.
    pub fn voice(&mut self, name: &str) -> Option<Voice> {
        let name = clean(name.trim());
        if name.is_empty() {
            return None;
        }
        if let Some(voice) = self.indices.get(name.as_ref()) {
            return Some(*voice);
        }
        let voice = Voice::of(self.speakers.len())?;
        self.speakers.push(name.clone().into_owned());
        self.indices.insert(name.into_owned(), voice);
        Some(voice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_keeps_what_says_something_and_knows_its_voices() {
        let mut document = Document::default();
        let ada = document.voice(" Ada ");
        assert_eq!(document.voice("Ada"), ada);
        assert_eq!(document.voice(" "), None);
        let mark = Mark {
            speaker: ada,
            ..Mark::default()
        };
        document.push(" \t".into(), mark);
        document.push("  Ja,\tdas \u{7} ist so. ".to_owned().into(), mark);
        assert_eq!(document.paragraphs, ["Ja, das ␇ ist so."]);
        assert_eq!(document.marks, [mark]);
        let index = ada.map(Voice::index).unwrap();
        assert_eq!(document.speakers[index], "Ada");
    }
}
