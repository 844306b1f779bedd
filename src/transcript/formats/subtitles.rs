//! What WebVTT and SubRip have in common: blocks of lines under a time, marks in these lines, captions that roll, and
//! names before what is said.

mod colours;
mod marks;
mod rolling;

use std::borrow::Cow;

use super::Source;
use super::cues::{self, Begins, Cue};
use crate::interview::Time;
use crate::transcript::bounds;
use crate::transcript::clock;
use crate::transcript::document::Document;
use crate::transcript::fault::Fault;
use crate::transcript::joining;
use crate::transcript::paragraphs::lines;
pub use marks::plain;
use marks::{dash, voice_tag};
use rolling::unroll;

/// What is said of a file without any, at the first line below the head.
const NO_CUE: Fault = Fault {
    place: None,
    what: (
        "no cue with a time stands here or below; export the subtitles again",
        "hier und darunter steht kein Untertitel mit Zeit; bitte die Untertitel neu exportieren",
    ),
};

/// `fault`, at the line `line` of `text`.
fn at(fault: Fault, line: &str, text: &str) -> Fault {
    let place = joining::place(line, text.as_bytes()).unwrap_or_default();
    fault.at_byte(text, place.start)
}

/// A line of a cue, without its marks.
#[derive(Debug)]
struct Piece<'a> {
    /// The cue that it stands in.
    cue: usize,
    /// Who says it, by a mark of the format.
    voice: Option<Cow<'a, str>>,
    /// What begins with it.
    begins: Begins,
    /// What it is coloured with, as a whole.
    colour: Option<&'a str>,
    text: Cow<'a, str>,
}

/// The document in the cues of `text`.
///
/// # Errors
/// When there is no cue in it, or more than are read.
pub fn read<'a>(text: &'a str, source: &Source) -> Result<Document<'a>, Fault> {
    bounds::lines(text)?;
    let blocks = Blocks::of(text);
    let mut document = Document::default();
    let mut said = lines(text).filter(|line| !line.is_empty());
    if blocks.times.is_empty()
        && let Some(line) = said.nth(1)
    {
        return Err(at(NO_CUE, line, text));
    }
    let mut pieces = blocks.pieces(text)?;
    unroll(&mut pieces, &blocks.times);
    colours::take(&mut pieces);
    let cues = voiced(pieces, &blocks.times, &mut document);
    cues::join(&cues, &mut document);
    if source.torn {
        document.tear_off();
    }
    Ok(document)
}

/// The lines of the cues.
#[derive(Default)]
struct Blocks<'a> {
    times: Vec<Time>,
    /// Each with its cue, by index.
    lines: Vec<(usize, &'a str)>,
    /// What stands above a time, where it names a voice, with the cue.
    names: Vec<(usize, &'a str)>,
}

/// What stands above a line.
#[derive(Clone, Copy)]
enum Above<'a> {
    /// A blank line, or nothing.
    Blank,
    /// The time of a cue.
    Timing,
    /// A line, and whether there was a blank one above it.
    Line(&'a str, bool),
}

impl<'a> Blocks<'a> {
    /// Reads the blocks of a file. A blank line may stand within a cue, and be missing between two.
    fn of(text: &'a str) -> Blocks<'a> {
        let mut blocks = Blocks::default();
        let mut above = Above::Blank;
        // In a block that is no cue: a head, a comment, a style.
        let mut aside = true;
        for line in lines(text) {
            if let Some(time) = clock::timing(line) {
                blocks.take_name(above, aside);
                blocks.times.push(time);
                (above, aside) = (Above::Timing, false);
                continue;
            }
            if line.is_empty() {
                (above, aside) = (Above::Blank, blocks.times.is_empty());
                continue;
            }
            let first = matches!(above, Above::Blank);
            aside |= first && is_aside(line);
            if !aside {
                blocks.lines.push((blocks.times.len() - 1, line));
            }
            above = Above::Line(line, first);
        }
        // The file may be cut off below a number.
        if matches!(above, Above::Line(line, true) if is_number(line)) {
            blocks.take_name(above, aside);
        }
        blocks
    }

    /// Takes the line above a time for the number or the name of its cue, where it can be one.
    fn take_name(&mut self, above: Above<'a>, aside: bool) {
        let Above::Line(line, first) = above else {
            return;
        };
        if !first && !is_number(line) {
            return;
        }
        if !aside {
            self.lines.pop();
        }
        // Webex names the one who speaks there: `1 "Ada Kroll" (4711)`.
        if let Some(name) = line.split('"').nth(1) {
            self.names.push((self.times.len(), name));
        }
    }

    /// The lines of `text` without their marks.
    ///
    /// # Errors
    /// When they fall into more pieces than are read.
    fn pieces(&self, text: &str) -> Result<Vec<Piece<'a>>, Fault> {
        let mut pieces = Vec::with_capacity(self.lines.len());
        let mut names = self.names.iter().copied().peekable();
        let mut last = None;
        let mut voice: Option<Cow<str>> = None;
        let mut colour = None;
        for &(cue, line) in &self.lines {
            let first = last.replace(cue) != Some(cue);
            let before = pieces.len();
            if first {
                colour = None;
                while names.next_if(|(at, _)| *at < cue).is_some() {}
                let name = names.next_if(|(at, _)| *at == cue);
                voice = name.map(|(_, name)| name.into());
            }
            let mut rest = line;
            let mut from = 0;
            while let Some(at) = memchr::memchr(b'<', &rest.as_bytes()[from..]).map(|at| from + at)
            {
                from = at + 1;
                let said = &rest[..at];
                if let Some(after) = rest[at..].strip_prefix("</v>") {
                    push(&mut pieces, cue, voice.take().as_ref(), said, first);
                    (rest, from) = (after, 0);
                } else if let Some((name, after)) = voice_tag(&rest[at..]) {
                    push(&mut pieces, cue, voice.as_ref(), said, first);
                    (voice, rest, from) = (Some(plain(name)), after, 0);
                }
            }
            push(&mut pieces, cue, voice.as_ref(), rest, first);
            // A colour may go on over several lines.
            colour = colours::colour(line).or(colour);
            let said = pieces.iter_mut().skip(before);
            said.for_each(|piece| piece.colour = colour);
            if line.contains("</") {
                colour = None;
            }
            bounds::pieces(pieces.len()).map_err(|fault| at(fault, line, text))?;
        }
        Ok(pieces)
    }
}

fn is_number(line: &str) -> bool {
    line.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether `line` begins a block of WebVTT that nobody says.
fn is_aside(line: &str) -> bool {
    ["NOTE", "STYLE", "REGION"].iter().any(|word| {
        line.strip_prefix(word)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    })
}

/// Adds what is said in a line of a cue, parted where a mark says that somebody else begins: `>>`, or a dash at the
/// beginning of a cue's line.
fn push<'a>(
    pieces: &mut Vec<Piece<'a>>,
    cue: usize,
    voice: Option<&Cow<'a, str>>,
    line: &'a str,
    first: bool,
) {
    let mut add = |text: Cow<'a, str>, changes: bool| {
        // One more than are read tells that there are more.
        if pieces.len() <= bounds::PIECES && !text.trim().is_empty() {
            pieces.push(Piece {
                cue,
                voice: voice.cloned(),
                begins: match changes {
                    true => Begins::Voice,
                    false => Begins::Nothing,
                },
                colour: None,
                text,
            });
        }
    };
    let text = plain(line);
    if text.contains(">>") {
        for (at, part) in text.split(">>").enumerate() {
            add(part.trim_matches(['>', ' ']).to_owned().into(), at > 0);
        }
        return;
    }
    match dash(&text) {
        Some(length) if first || matches!(text.as_bytes(), [b'-', ..]) => {
            add(cues::from(text, length), true);
        }
        _ => add(text, false),
    }
}

/// The cues of the pieces, with their voices: by the marks of the format, else by names before what is said.
fn voiced<'a>(pieces: Vec<Piece<'a>>, times: &[Time], document: &mut Document) -> Vec<Cue<'a>> {
    let marked = pieces.iter().any(|piece| piece.voice.is_some());
    let mut cues: Vec<Cue> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        cues.push(Cue {
            voice: piece.voice.and_then(|name| document.voice(&name)),
            time: times.get(piece.cue).copied(),
            begins: piece.begins,
            text: piece.text,
        });
    }
    if !marked {
        cues::name(&mut cues, document);
    }
    cues
}

#[cfg(test)]
mod tests {
    use super::super::Source;
    use super::*;
    use crate::transcript::document::Voice;

    fn document(text: &str) -> Document<'_> {
        read(text, &Source::new(b"", None, false)).unwrap()
    }

    /// The speakers of the paragraphs, and what they say.
    fn said(text: &str) -> Vec<(String, String)> {
        let document = document(text);
        let name = |voice: Option<Voice>| {
            voice.map_or(String::new(), |voice| {
                document.speakers[voice.index()].clone()
            })
        };
        let names = document.marks.iter().map(|mark| name(mark.speaker));
        names
            .zip(document.paragraphs.iter().map(ToString::to_string))
            .collect()
    }

    fn pairs(said: &[(&str, &str)]) -> Vec<(String, String)> {
        said.iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect()
    }

    #[test]
    fn blocks_are_read_with_and_without_what_belongs_between_them() {
        let text = "WEBVTT - Ein Kopf\nKind: captions\n\nSTYLE\n::cue { color: red }\n\n1\n00:01.000 --> 00:02.000\nEins\n2\n\
                    00:02.000 --> 00:03.000\nund zwei\n\nNOTE nicht\nzu hören\n\ndrei\n00:03.000 --> 00:04.000\nund\n\ndrei.\n\n4";
        assert_eq!(said(text), pairs(&[("", "Eins und zwei und drei.")]));
    }

    #[test]
    fn a_file_without_a_cue_says_from_where_on() {
        let text = "WEBVTT\n\n\nAda: Wo waren Sie?\n00:01.000 bis 00:02.000\n";
        let fault = read(text, &Source::new(b"", None, false)).unwrap_err();
        assert!(fault.to_string().starts_with("line 4: no cue with a time"));
    }

    #[test]
    fn voices_are_marked_in_many_ways() {
        let expected = pairs(&[
            ("Ada Kroll", "Wo waren Sie?"),
            ("Bo", "Hier."),
            ("Ada Kroll", "Und dann?"),
        ]);
        let cues = |lines: [&str; 3]| {
            let cue =
                |(at, line): (usize, &str)| format!("\n00:0{at}.000 --> 00:0{at}.900\n{line}\n");
            "WEBVTT\n".to_owned() + &lines.into_iter().enumerate().map(cue).collect::<String>()
        };
        for lines in [
            [
                "<v Ada Kroll>Wo waren <i>Sie</i>?</v>",
                "<v.leise Bo>Hier.",
                "<v Ada Kroll>Und dann?",
            ],
            [
                "Ada Kroll: Wo waren Sie?",
                "Bo: Hier.",
                "Ada Kroll: Und dann?",
            ],
            [
                "[Ada Kroll]: Wo waren Sie?",
                "[Bo]: Hier.",
                "[Ada Kroll]: Und dann?",
            ],
            [
                ">> Ada Kroll: Wo waren Sie?",
                "&gt;&gt; Bo: Hier.",
                ">> Ada Kroll: Und dann?",
            ],
            [
                "- Ada Kroll: Wo waren Sie?\n- Bo: Hier.",
                "- Ada Kroll: Und",
                "dann?",
            ],
        ] {
            assert_eq!(said(&cues(lines)), expected, "{lines:?}");
        }
        let numbered = said(&cues(["[SPEAKER_00] Wo?", "[SPEAKER_01] Hier.", "Und da."]));
        assert_eq!(
            numbered,
            pairs(&[("SPEAKER_00", "Wo?"), ("SPEAKER_01", "Hier. Und da.")])
        );
        let webex = "WEBVTT\n\n1 \"Ada\" (47)\n00:01.000 --> 00:02.000\nWo?\n\n2 \"Bo\" (11)\n00:02.000 --> 00:03.000\nHier.\n";
        assert_eq!(said(webex), pairs(&[("Ada", "Wo?"), ("Bo", "Hier.")]));
    }

    #[test]
    fn who_is_not_named_still_speaks_for_himself() {
        let text = "1\n00:00:01,000 --> 00:00:02,000\n- Wo waren Sie?\n- Hier.\n\n2\n00:00:02,000 --> 00:00:03,000\n>> Ach. >> Ja.\n";
        let expected = ["Wo waren Sie?", "Hier.", "Ach.", "Ja."];
        assert_eq!(said(text), pairs(&expected.map(|text| ("", text))));
    }

    #[test]
    fn captions_that_roll_are_read_once() {
        let lines = [
            "so war das<00:00:01.000><c> dann</c>",
            "so war das dann",
            "so war das dann\nund wir gingen",
            "und wir gingen",
            "und wir gingen\nnach Hause.",
        ];
        let text: String = lines
            .iter()
            .enumerate()
            .map(|(at, line)| {
                format!(
                    "00:00:0{at}.000 --> 00:00:0{}.000 align:start\n{line}\n \n\n",
                    at + 1
                )
            })
            .collect();
        assert_eq!(
            said(&text),
            pairs(&[("", "so war das dann und wir gingen nach Hause.")])
        );
        let twice = "00:01.000 --> 00:02.000\nJa.\n\n00:02.000 --> 00:03.000\nJa.\n\n00:03.000 --> 00:04.000\nNein.\n\n00:04.000 --> 00:05.000\nDoch.\n";
        assert_eq!(said(twice), pairs(&[("", "Ja. Ja. Nein. Doch.")]));
    }

    #[test]
    fn a_file_without_cues_says_so() {
        let source = Source::new(b"", None, false);
        assert!(read("WEBVTT\n\nNur Text.", &source).is_err());
        assert!(read("WEBVTT\n", &source).unwrap().paragraphs.is_empty());
    }
}
