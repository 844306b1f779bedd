//! The text itself: who says what of it, and what of it isn't said.

use super::header::Header;
use crate::interview::{Metadata, Time};
use crate::transcript::clock::span;
use crate::transcript::document::{Document, Kind, Mark, Voice};
use crate::transcript::fault::Fault;
use crate::transcript::flow::Emphasis;
use crate::transcript::formats::body::Body;
use crate::transcript::formats::xml::{Reader, Tag};

/// What is no part of the text: notes and what they annotate, running heads, pictures, and lists of sources.
const LEFT_OUT: &[&str] = &[
    "note",
    "spanGrp",
    "standOff",
    "facsimile",
    "sourceDoc",
    "fw",
    "figure",
    "graphic",
    "listBibl",
    "interpGrp",
    "index",
    "rt",
];

/// What begins and ends a paragraph.
const BLOCKS: &[&str] = &[
    "p",
    "ab",
    "l",
    "lg",
    "item",
    "list",
    "head",
    "div",
    "div1",
    "div2",
    "div3",
    "div4",
    "front",
    "body",
    "back",
    "table",
    "row",
    "cell",
    "u",
    "sp",
    "opener",
    "closer",
    "salute",
    "signed",
    "byline",
    "trailer",
    "epigraph",
    "label",
    "annotationBlock",
];

/// The version of a passage that a text doesn't keep where it gives a better one.
const WORSE: &[&str] = &["orig", "sic", "abbr"];

/// What stands before a word without a space between.
const OPENING: &[char] = &['(', '[', '„', '»', '‚', '›', '“', '¿', '¡', '-', '–', '/'];

/// Somebody speaks, within an element at this depth.
#[derive(Debug, Clone)]
struct Said {
    depth: usize,
    voice: Option<Voice>,
    /// What they are called where nothing better is found.
    id: Option<String>,
    time: Option<Time>,
}

/// A text while it is read.
#[derive(Debug, Default)]
pub struct Text {
    body: Body,
    said: Vec<Said>,
    /// The emphasiss of elements that emphasise, with their depths.
    emphasiss: Vec<(usize, Emphasis)>,
    /// How many divisions are open.
    divisions: u8,
    spoken: bool,
    /// Whether the next word goes on with the last one.
    joined: bool,
}

impl Text {
    /// Whether there are utterances in it.
    #[must_use]
    pub fn is_spoken(&self) -> bool {
        self.spoken
    }

    /// Whether it has no more than is read; to be asked while it grows.
    ///
    /// # Errors
    /// As [`Body::bounded`].
    pub fn bounded(&self) -> Result<(), Fault> {
        self.body.bounded()
    }

    /// The document that it makes.
    #[must_use]
    pub fn finish(mut self, metadata: Metadata) -> Document<'static> {
        self.body.document.metadata = metadata;
        self.body.finish()
    }

    /// An element opens.
    ///
    /// # Errors
    /// When what is left out can't be read.
    pub fn open(
        &mut self,
        tag: &Tag,
        reader: &mut Reader,
        header: &mut Header,
    ) -> Result<(), Fault> {
        let depth = reader.depth();
        self.spoken |= tag.name == "u";
        match tag.name {
            name if LEFT_OUT.contains(&name) => return reader.skip(),
            name if WORSE.contains(&name) && reader.inside("choice") => return reader.skip(),
            "when" | "timeline" => header.add_time(tag),
            "speaker" => {
                let name = reader.text()?;
                let name = name.trim_end_matches([':', '.', ' ']);
                let voice = self.body.document.voice(name);
                if let Some(said) = self.said.last_mut().filter(|said| said.voice.is_none()) {
                    said.voice = voice;
                }
            }
            "vocal" | "incident" | "kinesic" | "event" => {
                let inside = reader.text()?;
                let heard = tag.attribute("desc").unwrap_or(inside);
                if !heard.is_empty() {
                    self.say(&format!(" ({heard}) "));
                }
            }
            "gap" => {
                reader.skip()?;
                self.say(" […] ");
            }
            "pause" => return reader.skip(),
            "anchor" => {
                let time = tag.attribute("synch").and_then(|said| header.time(&said));
                if let (Some(time), Some(mark)) = (time, self.body.mark()) {
                    let start = mark.time.map_or(time, |time| time.start);
                    let end = mark.time.map_or(time, |known| known.end.max(time));
                    mark.time = Some(span(start, end));
                }
            }
            "w" => self.begin_word(tag),
            "seg" | "pb" | "cb" => self.say(" "),
            "lb" if tag.says("break", "no") => {}
            "lb" => self.say(" "),
            "hi" | "emph" => {
                let said = tag.attribute("rend").or(tag.attribute("style"));
                let said = said.or(tag.attribute("rendition")).unwrap_or_default();
                let outer = self.emphasis();
                let emphasis = Emphasis {
                    bold: outer.bold || said.contains("bold") || said == "b",
                    italic: outer.italic || said.contains("italic") || tag.name == "emph",
                };
                self.emphasiss.push((depth, emphasis));
            }
            "head" => {
                let level = self.divisions.clamp(1, 6);
                self.body.part(Mark {
                    kind: Kind::Heading(level),
                    ..Mark::default()
                });
            }
            name => {
                self.divisions += u8::from(name.starts_with("div") && self.divisions < 6);
                let who = tag.attribute("who");
                if who.is_some() || matches!(name, "u" | "sp" | "annotationBlock") {
                    self.begin_said(tag, who.as_deref(), depth, header);
                } else if BLOCKS.contains(&name) {
                    self.part();
                }
            }
        }
        Ok(())
    }

    /// An element closes that stood within others, `depth` of them.
    pub fn close(&mut self, name: &str, depth: usize) {
        self.emphasiss.pop_if(|(at, _)| *at > depth);
        let ended = self.said.pop_if(|said| said.depth > depth).is_some();
        if name.starts_with("div") {
            self.divisions = self.divisions.saturating_sub(1);
        }
        if ended || BLOCKS.contains(&name) {
            self.part();
        }
    }

    /// Text comes.
    pub fn say(&mut self, said: &str) {
        let emphasis = self.emphasis();
        self.body.text(said, emphasis);
    }

    fn emphasis(&self) -> Emphasis {
        self.emphasiss
            .last()
            .map_or_else(Emphasis::default, |(_, emphasis)| *emphasis)
    }

    /// The paragraph ends, and another one of the same speaker begins.
    fn part(&mut self) {
        if let Some(said) = self.said.last_mut().filter(|said| said.voice.is_none())
            && let Some(id) = said.id.take()
        {
            said.voice = self.body.document.voice(&id);
        }
        let said = self.said.last();
        self.body.part(Mark {
            speaker: said.and_then(|said| said.voice),
            time: said.and_then(|said| said.time),
            ..Mark::default()
        });
    }

    fn begin_said(&mut self, tag: &Tag, who: Option<&str>, depth: usize, header: &Header) {
        let (name, named) = who.and_then(|who| header.person(who)).unzip();
        // Within a speech stands a name that is better than an id.
        let wait = tag.name == "sp" && named != Some(true);
        let (name, id) = if wait { (None, name) } else { (name, None) };
        let voice = name.and_then(|name| self.body.document.voice(&name));
        let time = |name| tag.attribute(name).and_then(|said| header.time(&said));
        let start = time("start");
        let end = time("end");
        let outer = self.said.last();
        let said = Said {
            depth,
            voice: voice.or(outer.and_then(|outer| outer.voice)),
            id,
            time: start
                .map(|start| span(start, end.unwrap_or(start)))
                .or(outer.and_then(|outer| outer.time)),
        };
        self.said.push(said);
        if wait {
            self.body.part(Mark::default());
        } else {
            self.part();
        }
    }

    /// A word begins: with a space before it, where the file has none.
    fn begin_word(&mut self, tag: &Tag) {
        let join = tag.attribute("join").unwrap_or_default();
        let joined = self.joined || matches!(join.as_str(), "left" | "both");
        self.joined = matches!(join.as_str(), "right" | "both");
        if !joined && !self.body.is_open(OPENING) {
            self.say(" ");
        }
    }

    /// A punctuation mark comes: without the space before it that only lays out the file, unless it opens something.
    pub fn say_mark(&mut self, mark: &str) {
        if !mark.starts_with(OPENING) {
            self.body.trim();
        } else if !self.joined && !self.body.is_open(OPENING) {
            self.say(" ");
        }
        self.joined = false;
        self.say(mark.trim());
    }
}
