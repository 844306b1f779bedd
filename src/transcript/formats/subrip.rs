//! SubRip, SRT: cues under their numbers and times.

use super::{Format, Read, Source, subtitles};
use crate::transcript::clock;
use crate::transcript::paragraphs::lines;

/// The time of the first cue stands in so many bytes.
const HEAD: usize = 1 << 10;

/// Subtitles without the head that WebVTT has.
pub const FORMAT: Format = Format {
    name: "subrip",
    endings: &["srt", "sbv"],
    recognises,
    read: Read::Text(subtitles::read),
};

fn recognises(source: &Source) -> bool {
    source.text.as_deref().is_some_and(|text| {
        lines(&text[..text.floor_char_boundary(HEAD)]).any(|line| clock::timing(line).is_some())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_with_an_arrow_tells_subtitles() {
        let is = |text: &str| recognises(&Source::new(text.as_bytes(), None, false));
        assert!(is("1\n00:00:01,000 --> 00:00:02,000\nJa\n"));
        assert!(is("\r\n00:01.5->00:02.5\rJa\r"));
        assert!(!is("[00:00:01.000 --> 00:00:02.000] Ja"));
        assert!(!is("Um 10:30 --> oder so\n"));
    }
}
