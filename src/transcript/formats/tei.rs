//! TEI: the guidelines by which editions and corpora encode texts. Spoken as utterances (`u`, also as ISO 24624 has them),
//! written as speeches (`sp`), as quotations of somebody (`q who`), or as plain paragraphs.

mod header;
mod text;

use super::cues::{self, Begins, Cue};
use super::xml::{self, Event, Reader};
use super::{Format, Read, Source};
use crate::transcript::document::{Document, Kind};
use crate::transcript::fault::Fault;
use header::Header;
use text::Text;

/// The Text Encoding Initiative's format.
pub const FORMAT: Format = Format {
    name: "tei",
    endings: &["tei", "xml"],
    recognises: |source| {
        let root = source.text.as_deref().and_then(xml::root);
        matches!(root, Some("TEI" | "TEI.2" | "teiCorpus"))
    },
    read: Read::Bytes(read),
};

fn read(source: &Source) -> Result<Document<'static>, Fault> {
    let mut reader = Reader::new(source.text.as_deref().unwrap_or_default());
    let mut header = Header::default();
    let mut text = Text::default();
    while let Some(event) = reader.pull()? {
        match event {
            Event::Open(tag) if tag.name == "teiHeader" => header.read(&mut reader)?,
            Event::Open(tag) => text.open(&tag, &mut reader, &mut header)?,
            Event::Close(name) => text.close(name, reader.depth()),
            Event::Text(said) if reader.innermost() == Some("pc") => text.say_mark(&said),
            Event::Text(said) => text.say(&said),
        }
        reader.here(text.bounded())?;
    }
    let spoken = text.is_spoken();
    let mut document = text.finish(header.metadata());
    if spoken {
        join(&mut document);
    }
    Ok(document)
}

/// Joins utterances, which are often no more than a breath long, to paragraphs.
fn join(document: &mut Document<'static>) {
    let paragraphs = std::mem::take(&mut document.paragraphs);
    let marks = std::mem::take(&mut document.marks);
    let cues = paragraphs.into_iter().zip(marks).map(|(text, mark)| Cue {
        voice: mark.speaker,
        time: mark.time,
        begins: match (mark.speaker, mark.kind) {
            (Some(_), Kind::Text) => Begins::Nothing,
            _ => Begins::Paragraph,
        },
        text,
    });
    cues::join(&cues.collect::<Vec<Cue>>(), document);
}
