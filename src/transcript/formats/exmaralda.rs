//! EXMARaLDA: a time line, and tiers of events along it, one or more for each speaker.

use std::collections::HashMap;

use super::cues::{self, Cue};
use super::xml::{self, Event, Reader, Tag};
use super::{Format, Read, Source, properties};
use crate::transcript::bounds;
use crate::transcript::clock::{moment, span};
use crate::transcript::document::{Document, Fault, Voice};

/// EXMARaLDA's basic transcription.
pub const FORMAT: Format = Format {
    name: "exmaralda",
    endings: &["exb"],
    recognises: |source| source.text.as_deref().and_then(xml::root) == Some("basic-transcription"),
    read: Read::Bytes(read),
};

/// The points of the time line.
#[derive(Default)]
struct Line {
    /// Where each point stands, by its id.
    places: HashMap<String, usize>,
    times: Vec<Option<u32>>,
}

impl Line {
    fn add(&mut self, tag: &Tag) {
        let id = tag.attribute("id").unwrap_or_default();
        let time = tag.attribute("time").and_then(|time| moment(&time));
        self.places.insert(id, self.times.len());
        self.times.push(time);
    }

    /// Adds an event in which `said` is said: it goes on with the last of `strands`, where that ends where it begins. One
    /// that begins nowhere follows the event before it; one in which nothing is said is a gap.
    fn add_event(&self, tag: &Tag, said: &str, strands: &mut Vec<Strand>) {
        let place = |name| self.places.get(&tag.attribute(name)?).copied();
        let before = strands.last().map_or(0, |strand| strand.to);
        let from = place("start").unwrap_or(before);
        let to = place("end").unwrap_or(from);
        if said.trim().is_empty() {
            return;
        }
        match strands.last_mut().filter(|last| last.to == from) {
            Some(last) => {
                last.to = to;
                last.text.push_str(said);
            }
            None => strands.push(Strand {
                from,
                to,
                text: said.to_owned(),
            }),
        }
    }

    /// When each point was, as far as it is known: not before this, and not after that.
    fn times(&self) -> Vec<(Option<u32>, Option<u32>)> {
        let known = |last: &mut Option<u32>, time: &Option<u32>| {
            *last = time.or(*last);
            Some(*last)
        };
        let before: Vec<Option<u32>> = self.times.iter().scan(None, known).collect();
        let after: Vec<Option<u32>> = self.times.iter().rev().scan(None, known).collect();
        before.into_iter().zip(after.into_iter().rev()).collect()
    }
}

/// A tier of what one speaker says.
struct Tier {
    voice: Option<Voice>,
    /// Whether it is what was said, and not a second version of that.
    verbal: bool,
    strands: Vec<Strand>,
}

/// What is said without a gap.
struct Strand {
    /// Where it begins and ends on the time line.
    from: usize,
    to: usize,
    text: String,
}

/// A file while it is read.
#[derive(Default)]
struct Transcription {
    document: Document<'static>,
    line: Line,
    /// The names of the speakers by their ids.
    names: HashMap<String, String>,
    tiers: Vec<Tier>,
}

fn read(source: &Source) -> Result<Document<'static>, Fault> {
    let mut reader = Reader::new(source.text.as_deref().unwrap_or_default());
    let mut found = Transcription::default();
    let mut speaker = String::new();
    while let Some(event) = reader.pull()? {
        match event {
            Event::Open(tag) => match tag.name {
                "transcription-name" => {
                    let title = properties::title(&reader.text()?, None);
                    found.document.metadata.title = title;
                }
                "speaker" => speaker = tag.attribute("id").unwrap_or_default(),
                "abbreviation" => {
                    let name = reader.text()?;
                    found.names.insert(speaker.clone(), name);
                }
                "tli" => {
                    found.line.add(&tag);
                    bounds::pieces(found.line.times.len())?;
                }
                "tier" if tag.says("type", "t") => found.add_tier(&tag, &mut reader)?,
                "tier" => reader.skip()?,
                _ => {}
            },
            Event::Text(_) | Event::Close(_) => {}
        }
    }
    Ok(found.document())
}

impl Transcription {
    /// Adds the tier that has just opened.
    fn add_tier(&mut self, tag: &Tag, reader: &mut Reader) -> Result<(), Fault> {
        let id = tag.attribute("speaker").unwrap_or_default();
        let name = self.names.get(&id).filter(|name| !name.is_empty());
        let name = name.unwrap_or(&id).clone();
        let mut tier = Tier {
            voice: self.document.voice(&name),
            verbal: tag.says("category", "v"),
            strands: Vec::new(),
        };
        let outer = reader.depth() - 1;
        while reader.depth() > outer
            && let Some(event) = reader.pull()?
        {
            if let Event::Open(tag) = event {
                let said = said(reader)?;
                self.line.add_event(&tag, &said, &mut tier.strands);
                bounds::pieces(tier.strands.len())?;
            }
        }
        self.tiers.push(tier);
        Ok(())
    }

    /// What is said, in the order in which it was begun.
    fn document(mut self) -> Document<'static> {
        if self.tiers.iter().any(|tier| tier.verbal) {
            self.tiers.retain(|tier| tier.verbal);
        }
        let mut strands: Vec<(Option<Voice>, Strand)> = Vec::new();
        for tier in self.tiers {
            strands.extend(tier.strands.into_iter().map(|strand| (tier.voice, strand)));
        }
        strands.sort_by_key(|(_, strand)| strand.from);
        let times = self.line.times();
        let cue = |(voice, strand): (Option<Voice>, Strand)| {
            let mut text = String::with_capacity(strand.text.len());
            xml::append(&mut text, &strand.text);
            let (from, _) = times.get(strand.from).copied().unwrap_or_default();
            let (_, to) = times.get(strand.to).copied().unwrap_or_default();
            Cue {
                voice,
                time: from.map(|from| span(from, to.unwrap_or(from))),
                text: text.into(),
                ..Cue::default()
            }
        };
        let cues: Vec<Cue> = strands.into_iter().map(cue).collect();
        cues::join(&cues, &mut self.document);
        self.document
    }
}

/// What is said in the event that has just opened; what users note of it is not.
fn said(reader: &mut Reader) -> Result<String, Fault> {
    let mut text = String::new();
    let outer = reader.depth() - 1;
    while reader.depth() > outer
        && let Some(event) = reader.pull()?
    {
        match event {
            Event::Text(said) => text.push_str(&said),
            Event::Open(_) => reader.skip()?,
            Event::Close(_) => {}
        }
    }
    Ok(text)
}
