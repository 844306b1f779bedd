//! WebVTT: cues below a head that names the format.

use super::{Format, Read, Source, subtitles};

/// Web video text tracks, as Zoom, Teams, Webex and YouTube write them.
pub const FORMAT: Format = Format {
    name: "webvtt",
    endings: &["vtt"],
    recognises,
    read: Read::Text(subtitles::read),
};

fn recognises(source: &Source) -> bool {
    let text = source.text.as_deref().unwrap_or_default();
    let head = text.trim_start_matches('\u{feff}').strip_prefix("WEBVTT");
    head.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}
