//! ELAN: tiers of annotations along a time line, those of a speaker under the name of a participant.

use super::timeline::Transcription;
use super::xml::{self, Event, Reader};
use super::{Format, Read, Source};
use crate::transcript::document::Document;
use crate::transcript::fault::Fault;

/// ELAN's annotations.
pub const FORMAT: Format = Format {
    name: "elan",
    endings: &["eaf"],
    recognises: |source| source.text.as_deref().and_then(xml::root) == Some("ANNOTATION_DOCUMENT"),
    read: Read::Bytes(read),
};

/// Tiers that depend on another one annotate what is said there: words, translations, gestures.
fn read(source: &Source) -> Result<Document<'static>, Fault> {
    let mut reader = Reader::new(source.text.as_deref().unwrap_or_default());
    let mut found = Transcription::default();
    let mut ends = [None, None];
    while let Some(event) = reader.pull()? {
        reader.here(found.bounded())?;
        let Event::Open(tag) = event else {
            continue;
        };
        match tag.name {
            "TIME_SLOT" => {
                // In milliseconds; what was not aligned has none.
                let time = tag
                    .attribute("TIME_VALUE")
                    .and_then(|time| time.parse().ok());
                found.add_point(tag.attribute("TIME_SLOT_ID"), time);
            }
            "TIER" if tag.attribute("PARENT_REF").is_some() => reader.skip()?,
            "TIER" => {
                let named = tag
                    .attribute("PARTICIPANT")
                    .filter(|name| !name.trim().is_empty());
                let id = named.or_else(|| tag.attribute("TIER_ID"));
                found.begin_tier(&id.unwrap_or_default(), true);
            }
            "ALIGNABLE_ANNOTATION" => {
                ends = ["TIME_SLOT_REF1", "TIME_SLOT_REF2"].map(|end| tag.attribute(end));
            }
            "ANNOTATION_VALUE" => {
                let said = reader.text()?;
                found.add_event(std::mem::take(&mut ends), &(said + " "));
            }
            _ => {}
        }
    }
    Ok(found.finish())
}
