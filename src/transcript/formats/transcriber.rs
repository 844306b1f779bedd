//! Transcriber: turns of one speaker or several, cut where the recording was synchronised.

use std::collections::HashMap;

use super::cues::{self, Cue};
use super::xml::{self, Event, Reader, Tag};
use super::{Format, Read, Source, properties};
use crate::transcript::bounds;
use crate::transcript::clock::{moment, span};
use crate::transcript::document::{Document, Voice};
use crate::transcript::fault::Fault;
use crate::transcript::head;

/// Transcriber's own format.
pub const FORMAT: Format = Format {
    name: "transcriber",
    endings: &["trs"],
    recognises: |source| source.text.as_deref().and_then(xml::root) == Some("Trans"),
    read: Read::Text(read),
};

/// What is heard beside words is told from this length on, in letters; shorter ones are codes of a breath or a click.
const TOLD: usize = 3;

/// A file while it is read.
#[derive(Default)]
struct Turns {
    document: Document<'static>,
    /// The names of the speakers by their ids.
    names: HashMap<String, String>,
    cues: Vec<Cue<'static>>,
    /// Whether a turn is open.
    speaking: bool,
    /// Those who speak in it.
    speakers: Vec<String>,
    /// When it ends.
    end: Option<u32>,
}

fn read<'a>(text: &'a str, source: &Source) -> Result<Document<'a>, Fault> {
    let mut reader = Reader::new(text);
    let mut turns = Turns::default();
    while let Some(event) = reader.pull()? {
        reader.here(bounds::pieces(turns.cues.len()))?;
        match event {
            Event::Open(tag) => turns.open(&tag),
            Event::Text(said) => turns.say(&said),
            Event::Close("Turn") => turns.speaking = false,
            Event::Close(_) => {}
        }
    }
    // The last cue may be cut off.
    if source.torn && turns.cues.len() > 1 {
        turns.cues.pop();
    }
    cues::join(&turns.cues, &mut turns.document);
    Ok(turns.document)
}

impl Turns {
    fn open(&mut self, tag: &Tag) {
        let time = |name| tag.attribute(name).and_then(|time| moment(&time));
        match tag.name {
            "Speaker" => {
                let id = tag.attribute("id").unwrap_or_default();
                let name = tag.attribute("name").unwrap_or_default();
                let name = if name.trim().is_empty() {
                    id.clone()
                } else {
                    name
                };
                self.names.insert(id, name);
            }
            "Episode" => {
                let metadata = &mut self.document.metadata;
                let program = tag.attribute("program").unwrap_or_default();
                let title = properties::title(&program, None);
                let date = tag.attribute("air_date").unwrap_or_default();
                metadata.title = metadata.title.take().or(title);
                metadata.date = metadata.date.take().or(head::date(&date));
            }
            "Turn" => {
                let speakers = tag.attribute("speaker").unwrap_or_default();
                self.speakers = speakers.split_whitespace().map(str::to_owned).collect();
                self.end = time("endTime");
                self.speaking = true;
                self.begin(1, time("startTime"));
            }
            "Sync" => {
                let speaker = self.cues.last().and_then(|cue| cue.voice);
                self.cut(speaker, time("time"));
            }
            "Who" => {
                let number = tag.attribute("nb").and_then(|number| number.parse().ok());
                self.begin(number.unwrap_or(1), None);
            }
            "Event" if tag.says("type", "noise") && !tag.says("extent", "end") => {
                let heard = tag.attribute("desc").unwrap_or_default();
                if heard.chars().filter(|c| c.is_alphabetic()).count() >= TOLD {
                    self.say(&format!(" ({heard}) "));
                }
            }
            _ => {}
        }
    }

    /// Somebody begins to speak: the one with this `number`, from 1, in the turn that is open.
    fn begin(&mut self, number: usize, time: Option<u32>) {
        let id = self.speakers.get(number.saturating_sub(1));
        let id = id.or(self.speakers.first());
        let name = id.map(|id| self.names.get(id).unwrap_or(id));
        let voice = name.and_then(|name| self.document.voice(name));
        self.cut(voice, time);
    }

    /// A cue begins; the one before ends.
    fn cut(&mut self, voice: Option<Voice>, start: Option<u32>) {
        let last = self.cues.last_mut().and_then(|cue| cue.time.as_mut());
        let before = last.as_ref().map(|time| time.start);
        if let (Some(time), Some(start)) = (last, start) {
            *time = span(time.start, time.end.min(start));
        }
        let start = start.or(before);
        self.cues.pop_if(|cue| cue.text.trim().is_empty());
        self.cues.push(Cue {
            voice,
            time: start.map(|start| span(start, self.end.unwrap_or(start))),
            ..Cue::default()
        });
    }

    fn say(&mut self, said: &str) {
        if let Some(cue) = self.cues.last_mut().filter(|_| self.speaking) {
            xml::append(cue.text.to_mut(), said);
        }
    }
}
