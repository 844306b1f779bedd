//! oTranscribe: JSON around a page of HTML, with times that can be clicked.

use super::json::fault;
use super::subtitles::plain;
use super::{Format, Read, Source};
use crate::transcript::clock::moment;
use crate::transcript::document::{Document, Mark};
use crate::transcript::fault::Fault;
use crate::transcript::labels::Labels;
use crate::transcript::paragraphs::lines;

/// What oTranscribe exports under its own ending.
pub const FORMAT: Format = Format {
    name: "otranscribe",
    endings: &["otr"],
    recognises,
    read: Read::Text(read),
};

/// The first time stands in so many bytes.
const HEAD: usize = 16 << 10;

/// The file; what else it holds is about the recording.
#[derive(serde::Deserialize)]
struct Export {
    text: String,
}

fn recognises(source: &Source) -> bool {
    let text = source.text.as_deref().unwrap_or_default().trim_start();
    let head = &text[..text.floor_char_boundary(HEAD)];
    text.starts_with('{')
        && head.contains("\"text\"")
        && (source.ending == "otr" || head.contains("data-timestamp="))
}

fn read<'a>(text: &'a str, _: &Source) -> Result<Document<'a>, Fault> {
    let export: Export = serde_json::from_str(text).map_err(|error| fault(&error))?;
    let text = lines_of(&export.text);
    let mut document = Document::default();
    for line in lines(&text) {
        document.push(line.to_owned().into(), Mark::default());
    }
    Labels::of_document(&document).take(&mut document);
    Ok(document)
}

/// The lines of a page, each time in square brackets.
fn lines_of(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        out.push_str(&plain(&rest[..at]));
        rest = &rest[at + 1..];
        let name = rest.trim_start_matches('/');
        let Some((tag, after)) = name.split_once('>') else {
            out.push('<');
            continue;
        };
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        match time(tag) {
            Some(time) if name == "span" => {
                out.push_str(&format!("[{time}] "));
                // What is shown of it says the same, to the second.
                rest = after
                    .split_once("</span>")
                    .map_or(after, |(_, after)| after);
            }
            _ if name.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                if matches!(name, "p" | "br" | "div" | "li" | "h1" | "h2" | "h3") {
                    out.push('\n');
                }
                rest = after;
            }
            // A sign, and no tag.
            _ => out.push('<'),
        }
    }
    out.push_str(&plain(rest));
    out
}

/// The clock that a tag holds.
fn time(tag: &str) -> Option<String> {
    let (_, value) = tag.split_once("data-timestamp=\"")?;
    let milliseconds = moment(value.split('"').next()?)?;
    let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000);
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    Some(format!(
        "{hours}:{minutes:02}:{:02}.{rest:03}",
        seconds % 60
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_becomes_lines_with_times() {
        let page = r#"<p><span class="timestamp" contenteditable="false" data-timestamp="3.25">00:03</span>&nbsp;<b>Ada</b>: Wo &amp; wann?<br />Bo: 1 < 2.</p><p></p>"#;
        let text = lines_of(page);
        let found: Vec<&str> = lines(&text).filter(|line| !line.is_empty()).collect();
        assert_eq!(found, ["[0:00:03.250] \u{a0}Ada: Wo & wann?", "Bo: 1 < 2."]);
    }

    #[test]
    fn an_export_is_told_from_other_json() {
        let is = |text: &str, name: &str| {
            let path = std::path::Path::new(name);
            recognises(&Source::new(text.as_bytes(), Some(path), false))
        };
        assert!(is(r#"{"text": "<p>Ja</p>", "media": "a.mp3"}"#, "a.otr"));
        assert!(is(r#"{"text": "<span data-timestamp=\"1\">"}"#, "a.json"));
        assert!(!is(r#"{"text": "Ja", "segments": []}"#, "a.json"));
        assert!(!is("Nur Text", "a.otr"));
    }
}
