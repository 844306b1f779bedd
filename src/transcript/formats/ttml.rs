//! TTML, the captions of broadcasters and of podcasts, brought to the cues of WebVTT: what lines, dashes, names and colours
//! mean is the same there.

use std::collections::HashMap;
use std::fmt::Write;

use super::xml::{self, Event, Reader, Tag};
use super::{Format, Read, Source, subtitles};
use crate::transcript::bounds;
use crate::transcript::clock::{milliseconds, moment};
use crate::transcript::document::Document;
use crate::transcript::fault::Fault;

/// Timed text; also what Apple calls a transcript.
pub const FORMAT: Format = Format {
    name: "ttml",
    endings: &["ttml", "dfxp"],
    recognises: |source| source.text.as_deref().and_then(xml::root) == Some("tt"),
    read: Read::Bytes(read),
};

/// A file while it is read.
#[derive(Default)]
struct Cues {
    /// The same as WebVTT.
    out: String,
    /// The names of those who speak, by their ids.
    names: HashMap<String, String>,
    /// The one whose name comes.
    agent: String,
    title: Option<String>,
    /// How many ticks there are in a second.
    rate: Option<f64>,
    /// The time, the voice, the colour and the text of the cue that is open.
    time: Option<(u32, u32)>,
    voice: String,
    colour: String,
    text: String,
    count: usize,
}

fn read(source: &Source) -> Result<Document<'static>, Fault> {
    let mut reader = Reader::new(source.text.as_deref().unwrap_or_default());
    let mut cues = Cues::default();
    while let Some(event) = reader.pull()? {
        match event {
            Event::Open(tag) if tag.name == "name" => {
                let name = reader.text()?;
                cues.names
                    .insert(cues.agent.clone(), name.trim().to_owned());
            }
            Event::Open(tag) if tag.name == "title" => cues.title = Some(reader.text()?),
            Event::Open(tag) => {
                cues.open(&tag);
                reader.here(bounds::pieces(cues.count))?;
            }
            Event::Text(text) if cues.time.is_some() => cues.say(&text),
            Event::Close("p") => cues.close(),
            _ => {}
        }
    }
    cues.close();
    let text = format!("WEBVTT\n\n{}", cues.out);
    let mut document = subtitles::read(&text, source)?.into_owned();
    document.metadata.title = cues
        .title
        .map(|title| title.trim().to_owned())
        .filter(|title| !title.is_empty());
    Ok(document)
}

impl Cues {
    fn open(&mut self, tag: &Tag) {
        let own = |name: &str| tag.attribute(name).filter(|value| !value.trim().is_empty());
        match tag.name {
            "tt" => self.rate = own("tickRate").and_then(|rate| rate.parse().ok()),
            "agent" => self.agent = own("id").unwrap_or_default(),
            "p" => {
                self.close();
                let time = |name| own(name).and_then(|time| self.moment(&time));
                let start = time("begin").unwrap_or_default();
                let end = time("end").or_else(|| Some(start.saturating_add(time("dur")?)));
                self.time = Some((start, end.unwrap_or(start)));
                self.count += 1;
            }
            "br" => self.text.push('\n'),
            // Some machines leave out the space between words.
            "span" if tag.says("unit", "word") => self.text.push(' '),
            _ => {}
        }
        if self.time.is_some() {
            self.voice = own("agent").unwrap_or_else(|| std::mem::take(&mut self.voice));
            let colour = own("color").or_else(|| own("style"));
            self.colour = colour.unwrap_or_else(|| std::mem::take(&mut self.colour));
        }
    }

    fn moment(&self, time: &str) -> Option<u32> {
        match (time.trim().strip_suffix('t'), self.rate) {
            (Some(ticks), Some(rate)) => milliseconds(ticks.parse().ok()?, 1000.0 / rate),
            _ => moment(time),
        }
    }

    /// Adds text, which mustn't be taken for tags.
    fn say(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '\n' | '\r' => self.text.push(' '),
                c => self.text.push(c),
            }
        }
    }

    fn close(&mut self) {
        let (text, voice, colour) = (
            std::mem::take(&mut self.text),
            std::mem::take(&mut self.voice),
            std::mem::take(&mut self.colour),
        );
        let Some((start, end)) = self.time.take() else {
            return;
        };
        let clock = |time: u32| {
            let (seconds, rest) = (time / 1000, time % 1000);
            format!(
                "{:02}:{:02}:{:02}.{rest:03}",
                seconds / 3600,
                seconds / 60 % 60,
                seconds % 60
            )
        };
        // To a string, nothing fails to be written.
        let _ = writeln!(self.out, "{} --> {}", clock(start), clock(end));
        let name = self
            .names
            .get(&voice)
            .map_or(voice.as_str(), String::as_str);
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let line = line.trim();
            let _ = match (name, colour.split_whitespace().next()) {
                ("", None) => writeln!(self.out, "{line}"),
                ("", Some(colour)) => {
                    writeln!(self.out, "<c.{}>{line}</c>", colour.replace(['<', '>'], ""))
                }
                (name, _) => writeln!(
                    self.out,
                    "<v {}>{line}</v>",
                    name.replace(['<', '>', '\n'], " ")
                ),
            };
        }
        self.out.push('\n');
    }
}
