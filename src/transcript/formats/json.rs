//! JSON transcripts: Whisper in its many versions, the services of the cloud, podcasts, and what people wrote themselves.
//!
//! They are read by their shape and not by who made them: somewhere is a list of objects that say who speaks, what is
//! said and when, under keys of which there are not many ([`key`](super::key)).

mod fields;
mod harvest;
mod track;

use serde::de::IgnoredAny;
use serde_json::Deserializer;
use serde_json::error::Category;

use super::cues;
use super::{Format, Read, Source};
use crate::transcript::document::Document;
use crate::transcript::fault::Fault;
use crate::transcript::head;
use crate::transcript::paragraphs::line_ends;
use harvest::Harvest;

/// Objects that say who speaks, what and when; also one a line.
pub const FORMAT: Format = Format {
    name: "json",
    endings: &["json", "jsonl", "ndjson"],
    recognises,
    read: Read::Text(read),
};

/// Whether an object stands there, or an array of them: `[00:12]` is none.
fn recognises(source: &Source) -> bool {
    let text = source.text.as_deref().unwrap_or_default().trim_start();
    let inside = |open| text.strip_prefix(open).map(str::trim_start);
    match (inside('{'), inside('[')) {
        (Some(object), _) => object.starts_with(['"', '}']),
        (_, Some(array)) => array.starts_with(['{', '[', '"', ']']),
        _ => false,
    }
}

/// The document in `text`. What stands before the place where a file was cut off is read.
fn read<'a>(text: &'a str, source: &Source) -> Result<Document<'a>, Fault> {
    let mut harvest = Harvest::new();
    // There may be an object on each line. Where one ends must be known first: the parser that gathers it tells only by
    // an error that there is more, and counts all lines for each.
    let mut values = Deserializer::from_str(text).into_iter::<IgnoredAny>();
    let mut cut_off = None;
    loop {
        let from = values.byte_offset();
        let Some(value) = values.next() else { break };
        let to = value.map_or(text.len(), |_| values.byte_offset());
        let gathered = harvest.gather(&mut Deserializer::from_str(&text[from..to]));
        if let Err(error) = gathered {
            let fault = match harvest.bounded() {
                Ok(()) => fault(&error),
                Err(fault) => fault.at_line(error.line()),
            };
            let fault = fault.below(line_ends(&text[..from]));
            if error.classify() != Category::Eof {
                return Err(fault);
            }
            cut_off = Some(fault);
        }
    }
    let mut document = Document::default();
    let mut cues = track::cues(&harvest, &mut document);
    if cues.is_empty() {
        let head = text.len() - text.trim_start().len();
        return Err(cut_off.unwrap_or_else(|| NOTHING.at_byte(text, head)));
    }
    cues::name(&mut cues, &mut document);
    cues::join(&cues, &mut document);
    document.metadata.title = harvest.title;
    document.metadata.date = harvest.date.as_deref().and_then(head::date);
    if source.torn {
        document.tear_off();
    }
    Ok(document)
}

/// What is said where JSON begins that is no transcript.
const NOTHING: Fault = Fault {
    place: None,
    what: (
        "the JSON that begins here says nowhere who speaks and what; name a transcript",
        "das JSON, das hier beginnt, sagt nirgends, wer was spricht; bitte ein Transkript angeben",
    ),
};

/// What is wrong with JSON, and in which line.
pub fn fault(error: &serde_json::Error) -> Fault {
    let what = match error.classify() {
        Category::Eof => (
            "the JSON is cut off here; fetch the file again",
            "das JSON ist hier abgeschnitten; bitte die Datei neu holen",
        ),
        _ if error.to_string().starts_with("recursion") => (
            "the JSON is nested too deeply here to be a transcript; name another file",
            "das JSON ist hier zu tief verschachtelt für ein Transkript; bitte eine andere Datei angeben",
        ),
        _ => (
            "the JSON isn't valid here; export it again, or mend it there",
            "das JSON ist hier ungültig; bitte neu exportieren oder dort ausbessern",
        ),
    };
    Fault { place: None, what }.at_line(error.line())
}

#[cfg(test)]
mod tests;
