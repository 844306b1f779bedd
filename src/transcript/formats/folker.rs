//! FOLKER and OrthoNormal: contributions of speakers, one after another, along a time line.

use super::timeline::Transcription;
use super::xml::{self, Event, Reader};
use super::{Format, Read, Source};
use crate::transcript::clock::moment;
use crate::transcript::document::Document;
use crate::transcript::fault::Fault;

/// FOLKER's transcriptions.
pub const FORMAT: Format = Format {
    name: "folker",
    endings: &["flk", "fln"],
    recognises: |source| source.text.as_deref().and_then(xml::root) == Some("folker-transcription"),
    read: Read::Bytes(read),
};

/// Pauses, breath and what is not speech have no text, so nothing is said in them. A contribution of nobody is such.
fn read(source: &Source) -> Result<Document<'static>, Fault> {
    let mut reader = Reader::new(source.text.as_deref().unwrap_or_default());
    let mut found = Transcription::default();
    let mut speaker = String::new();
    while let Some(event) = reader.pull()? {
        reader.here(found.bounded())?;
        let Event::Open(tag) = event else {
            continue;
        };
        match tag.name {
            "speaker" => speaker = tag.attribute("speaker-id").unwrap_or_default(),
            "name" => found.add_name(&speaker, &reader.text()?),
            "timepoint" => {
                let time = tag
                    .attribute("absolute-time")
                    .and_then(|time| moment(&time));
                found.add_point(tag.attribute("timepoint-id"), time);
            }
            "contribution" => {
                let Some(id) = tag.attribute("speaker-reference") else {
                    reader.skip()?;
                    continue;
                };
                let ends = ["start-reference", "end-reference"].map(|end| tag.attribute(end));
                found.begin_tier(&id, true);
                let said = said(&mut reader)?;
                found.add_event(ends, &said);
            }
            _ => {}
        }
    }
    Ok(found.finish())
}

/// What is said in the contribution that has just opened, its words parted.
fn said(reader: &mut Reader) -> Result<String, Fault> {
    let mut text = String::new();
    let outer = reader.depth() - 1;
    while reader.depth() > outer
        && let Some(event) = reader.pull()?
    {
        match event {
            Event::Text(said) => text.push_str(&said),
            Event::Close("w" | "segment" | "unparsed") => text.push(' '),
            _ => {}
        }
    }
    Ok(text)
}
