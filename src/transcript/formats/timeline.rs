//! What programs for spoken language have in common: a time line, and tiers of events along it, one or more for each
//! speaker.

use std::collections::HashMap;

use super::cues::{self, Cue};
use super::xml;
use crate::transcript::bounds;
use crate::transcript::clock::span;
use crate::transcript::document::{Document, Voice};
use crate::transcript::fault::Fault;

/// The points of the time line.
#[derive(Debug, Default)]
struct Line {
    /// Where each point stands, by its id.
    places: HashMap<String, usize>,
    times: Vec<Option<u32>>,
}

impl Line {
    /// Adds an event in which `said` is said: it goes on with the last of `strands`, where that ends where it begins. One
    /// that begins nowhere follows the event before it; one in which nothing is said is a gap.
    fn add_event(&self, ends: [Option<String>; 2], said: &str, strands: &mut Vec<Strand>) {
        let [start, end] = ends.map(|end| self.places.get(&end?).copied());
        let before = strands.last().map_or(0, |strand| strand.to);
        let from = start.unwrap_or(before);
        let to = end.unwrap_or(from);
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
#[derive(Debug)]
struct Tier {
    voice: Option<Voice>,
    /// Whether it is what was said, and not a second version of that.
    verbal: bool,
    strands: Vec<Strand>,
}

/// What is said without a gap.
#[derive(Debug)]
struct Strand {
    /// Where it begins and ends on the time line.
    from: usize,
    to: usize,
    text: String,
}

/// A transcription while it is read.
#[derive(Debug, Default)]
pub struct Transcription {
    /// What it becomes: its metadata may be set at any time.
    pub document: Document<'static>,
    line: Line,
    /// The names of the speakers by their ids.
    names: HashMap<String, String>,
    tiers: Vec<Tier>,
}

impl Transcription {
    /// Whether it has no more points, tiers and events than are read; to be asked while it grows.
    ///
    /// # Errors
    /// When it has more.
    pub fn bounded(&self) -> Result<(), Fault> {
        let strands = self.tiers.last().map_or(0, |tier| tier.strands.len());
        bounds::pieces(self.line.times.len().max(self.tiers.len()).max(strands))
    }

    /// A point of the time line, and when it was.
    pub fn add_point(&mut self, id: Option<String>, time: Option<u32>) {
        let next = self.line.times.len();
        self.line.places.insert(id.unwrap_or_default(), next);
        self.line.times.push(time);
    }

    /// The speaker `id` is called `name`.
    pub fn add_name(&mut self, id: &str, name: &str) {
        let name = name.trim();
        if !name.is_empty() {
            self.names.insert(id.to_owned(), name.to_owned());
        }
    }

    /// A tier of the speaker `id` begins; `verbal` says that it is what was said, and no second version of that.
    pub fn begin_tier(&mut self, id: &str, verbal: bool) {
        let name = self.names.get(id).map_or(id, String::as_str);
        let voice = self.document.voice(name);
        self.tiers.push(Tier {
            voice,
            verbal,
            strands: Vec::new(),
        });
    }

    /// Something is said in the tier that began last, between two points of the time line, by their ids.
    pub fn add_event(&mut self, ends: [Option<String>; 2], said: &str) {
        if let Some(tier) = self.tiers.last_mut() {
            self.line.add_event(ends, said, &mut tier.strands);
        }
    }

    /// What is said, in the order in which it was begun.
    #[must_use]
    pub fn finish(mut self) -> Document<'static> {
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
