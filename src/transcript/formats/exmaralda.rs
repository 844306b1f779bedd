//! EXMARaLDA: basic transcriptions, and the segmented ones that are made of them.

use super::timeline::Transcription;
use super::xml::{self, Event, Reader, Tag};
use super::{Format, Read, Source, properties};
use crate::transcript::clock::moment;
use crate::transcript::document::Document;
use crate::transcript::fault::Fault;

/// EXMARaLDA's transcriptions.
pub const FORMAT: Format = Format {
    name: "exmaralda",
    endings: &["exb", "exs"],
    recognises: |source| {
        let root = source.text.as_deref().and_then(xml::root);
        matches!(
            root,
            Some("basic-transcription" | "segmented-transcription")
        )
    },
    read: Read::Bytes(read),
};

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
            "transcription-name" => {
                found.document.metadata.title = properties::title(&reader.text()?, None);
            }
            "speaker" => speaker = tag.attribute("id").unwrap_or_default(),
            "abbreviation" => found.add_name(&speaker, &reader.text()?),
            "tli" => {
                let time = tag.attribute("time").and_then(|time| moment(&time));
                found.add_point(tag.attribute("id"), time);
            }
            "tier" | "segmented-tier" if tag.says("type", "t") => {
                tier(&tag, &mut reader, &mut found)?;
            }
            "tier" | "segmented-tier" => reader.skip()?,
            _ => {}
        }
    }
    Ok(found.finish())
}

/// Reads the tier that has just opened. Of what it was segmented into, the first is what was written down.
fn tier(tag: &Tag, reader: &mut Reader, found: &mut Transcription) -> Result<(), Fault> {
    found.begin_tier(
        &tag.attribute("speaker").unwrap_or_default(),
        tag.says("category", "v"),
    );
    let outer = reader.depth() - 1;
    let mut segmented = false;
    while reader.depth() > outer
        && let Some(event) = reader.pull()?
    {
        reader.here(found.bounded())?;
        match event {
            Event::Open(tag) if tag.name == "event" => {
                let ends = [tag.attribute("start"), tag.attribute("end")];
                found.add_event(ends, &said(reader, |_| false)?);
            }
            Event::Open(tag) if tag.name == "ts" => {
                let ends = [tag.attribute("s"), tag.attribute("e")];
                found.add_event(ends, &said(reader, |name| matches!(name, "ts" | "nts"))?);
            }
            Event::Open(tag) if tag.name == "segmentation" && !segmented => segmented = true,
            Event::Open(_) => reader.skip()?,
            _ => {}
        }
    }
    Ok(())
}

/// What is said in the element that has just opened and in those `within` it; what users note of it is not.
fn said(reader: &mut Reader, within: fn(&str) -> bool) -> Result<String, Fault> {
    let mut text = String::new();
    let outer = reader.depth() - 1;
    while reader.depth() > outer
        && let Some(event) = reader.pull()?
    {
        match event {
            Event::Text(said) => text.push_str(&said),
            Event::Open(tag) if !within(tag.name) => reader.skip()?,
            _ => {}
        }
    }
    Ok(text)
}
