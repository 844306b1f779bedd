//! Bytes to an interview: what a file says, paragraph by paragraph, and who says it.
//!
//! One of the [`formats`] makes a [`document`] of a file: paragraphs, with what their markup says of each. Then either it
//! is known who speaks, by the format or by [`labels`], and [`voices`] finds out which of them asks; or [`marks`] finds it
//! from the typography, and [`structure`] from the text alone.

pub mod bounds;
pub mod changes;
pub mod clock;
pub mod document;
pub mod encoding;
pub mod fault;
pub mod flow;
pub mod formats;
pub mod head;
pub mod joining;
pub mod labels;
pub mod marks;
pub mod paragraphs;
pub mod report;
pub mod shipped;
pub mod structure;
pub mod times;
pub mod voices;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

pub use report::report;
pub use shipped::{SHIPPED, Shipped, shipped};

use crate::files;
use crate::interview::Interview;
use crate::lang::{Lang, Tell};
use crate::text::Language;
use crate::text::visible::visible_line;
use document::Document;
use fault::{Fault, Spot};
use formats::{Source, package};
use joining::Piece;
use labels::{Labels, spelling};

/// From this length on, in bytes, a file is worth a second thread.
const LONG: usize = 1 << 20;

/// Why a file gives no interview.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.tell(Lang::English))]
pub enum Error {
    /// It can't be read at all.
    File(#[from] files::Error),
    /// There is nothing in it but white space.
    Empty {
        /// The file; `None` for standard input.
        path: Option<PathBuf>,
    },
    /// It isn't text, nor in a format that is known.
    Binary {
        /// The file; `None` for standard input.
        path: Option<PathBuf>,
    },
    /// It is in a known format, but nothing of it can be read.
    Damaged {
        /// The file; `None` for standard input.
        path: Option<PathBuf>,
        /// What is wrong with it, and where.
        fault: Fault,
    },
}

impl Tell for Error {
    fn tell(&self, lang: Lang) -> String {
        let name = |path: &Option<PathBuf>| match path {
            Some(path) => visible_line(&path.to_string_lossy()),
            None => lang.tr("standard input", "Standardeingabe").to_owned(),
        };
        match self {
            Error::File(error) => error.tell(lang),
            Error::Empty { path } => format!(
                "{}: {}",
                name(path),
                lang.tr(
                    "contains no text; name a file with an interview in it",
                    "enthält keinen Text; bitte eine Datei mit einem Interview angeben"
                )
            ),
            Error::Binary { path } => format!(
                "{}: {}",
                name(path),
                lang.tr(
                    "is binary, not text; convert it to plain text first",
                    "ist binär, kein Text; bitte zuerst in reinen Text umwandeln"
                )
            ),
            Error::Damaged { path, fault } => format!("{}: {}", name(path), fault.tell(lang)),
        }
    }
}

/// The interview in the file at `path`.
///
/// # Errors
/// When the file can't be read, or has no text in it ([`read`]).
pub fn open(path: &Path) -> Result<Interview, Error> {
    let mut interview = read(files::read(path)?, Some(path))?;
    interview.identity.path = Some(std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
    Ok(interview)
}

/// The interview in the bytes `raw`; `path` gives it its name and a hint where it was.
///
/// # Errors
/// When there is no text in `raw`, or it is binary.
pub fn read(raw: impl Into<Vec<u8>>, path: Option<&Path>) -> Result<Interview, Error> {
    let raw = raw.into();
    let (parsed, digest) = std::thread::scope(|scope| {
        // Of a long file, this takes as long as all the rest, and needs nothing of it.
        let digest = (raw.len() >= LONG)
            .then(|| std::thread::Builder::new().spawn_scoped(scope, || hex(&raw)))
            .and_then(Result::ok);
        let parsed = parse(&raw, path, false);
        let digest = digest.and_then(|digest| digest.join().ok());
        (parsed, digest.unwrap_or_else(|| hex(&raw)))
    });
    let parsed = parsed?.ok_or_else(|| Error::Binary {
        path: path.map(Path::to_owned),
    })?;
    let mut interview = parsed.finish(raw);
    interview.identity.text = hex(interview.text.as_bytes());
    interview.identity.raw = digest;
    Ok(interview)
}

/// The interview in the first bytes of a longer file, cut off anywhere, to be shown while the rest is read; `None` where
/// its format can't be read so. The last paragraph, which may be torn, is left out if there is another; identity has no
/// more than the path.
///
/// # Errors
/// When there is no text in `raw`, or it is binary.
pub fn read_head(raw: &[u8], path: Option<&Path>) -> Result<Option<Interview>, Error> {
    let parsed = parse(raw, path, true)?;
    Ok(parsed.map(|parsed| Interview {
        partial: true,
        ..parsed.finish(raw.to_vec())
    }))
}

/// What was found in a file, before its text is put together.
struct Parsed {
    /// The interview without its text.
    interview: Interview,
    /// Its paragraphs.
    pieces: Vec<Piece>,
    /// The file as text, where its bytes aren't that.
    decoded: Option<String>,
}

impl Parsed {
    /// The interview with its text, in the memory of the file `raw` or of what was decoded.
    fn finish(self, raw: Vec<u8>) -> Interview {
        let file = match self.decoded {
            Some(decoded) => {
                drop(raw);
                decoded.into_bytes()
            }
            None => raw,
        };
        let (text, paragraphs) = joining::join(self.pieces, file);
        Interview {
            language: Language::of(&text),
            text,
            paragraphs,
            ..self.interview
        }
    }
}

/// `None` where only the head of a file is there, and its format wants the whole.
fn parse(raw: &[u8], path: Option<&Path>, torn: bool) -> Result<Option<Parsed>, Error> {
    let damaged = |fault| Error::Damaged {
        path: path.map(Path::to_owned),
        fault,
    };
    // A package has pictures, and only parts of it are read.
    if !package::is_package(raw) {
        bounds::raw(raw).map_err(damaged)?;
    }
    let source = Source::new(raw, path, torn);
    bounds::text(source.text.as_deref().unwrap_or_default()).map_err(damaged)?;
    let Some(format) = source.format() else {
        return Err(Error::Binary {
            path: path.map(Path::to_owned),
        });
    };
    let Some(mut document) = source.read(format).map_err(damaged)? else {
        return Ok(None);
    };
    bounded(&document, &source).map_err(damaged)?;
    if document.speakers.is_empty() {
        let mut labels = Labels::of_document(&document);
        if labels.names().is_empty() {
            spelling::of_document(&mut document);
            labels = Labels::of_document(&document);
        }
        labels.take(&mut document);
    }
    // A time may stand beside a label, and tell it.
    times::take(&mut document);
    bounded(&document, &source).map_err(damaged)?;
    let path = path.map(Path::to_owned);
    if document.paragraphs.is_empty() {
        return Err(Error::Empty { path });
    }
    let mut interview = voices::interview(&mut document);
    interview.format = format.name;
    interview.name = name(path.as_deref());
    interview.identity.path = path;
    let file = match &source.text {
        Some(Cow::Owned(decoded)) => decoded.as_bytes(),
        _ => raw,
    };
    let pieces = joining::pieces(document.paragraphs, file);
    let decoded = match source.text {
        Some(Cow::Owned(decoded)) => Some(decoded),
        _ => None,
    };
    Ok(Some(Parsed {
        interview,
        pieces,
        decoded,
    }))
}

/// Whether no paragraph of `source` had to be left out; where there are more, the fault says where the last one stands.
fn bounded(document: &Document, source: &Source) -> Result<(), Fault> {
    if !document.overfull {
        return Ok(());
    }
    let text = source.text.as_deref().unwrap_or_default();
    let mut paragraphs = document.paragraphs.iter().rev();
    let place = paragraphs.find_map(|paragraph| joining::place(paragraph, text.as_bytes()));
    Err(match place {
        Some(place) => bounds::TOO_MANY.at_byte(text, place.start),
        None => Fault {
            place: Some(Spot::Paragraph(document.paragraphs.len())),
            ..bounds::TOO_MANY
        },
    })
}

/// What an interview goes by: its file's name without the ending, fit to be shown.
fn name(path: Option<&Path>) -> String {
    let stem = path.and_then(Path::file_stem).unwrap_or_default();
    visible_line(&stem.to_string_lossy())
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::Role;

    #[test]
    fn an_interview_has_turns_a_name_and_an_identity() {
        let file = "Titel: Holz\n\nWoher kommt das Holz?\n\nAus dem eigenen Wald. Ich schlage es selbst.\n";
        let interview = read(file.as_bytes(), Some(Path::new("dir/ott.txt"))).unwrap();
        assert_eq!((interview.name.as_str(), interview.format), ("ott", "text"));
        assert_eq!(interview.metadata.title.as_deref(), Some("Holz"));
        assert_eq!(interview.exchanges.len(), 1);
        assert_eq!(interview.identity.text, hex(interview.text.as_bytes()));
        assert_eq!(interview.identity.raw, hex(file.as_bytes()));
        assert_eq!(
            hex(b""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }

    #[test]
    fn a_file_without_a_question_is_one_introduction() {
        let text = "Der Wald ist alt.\n\nEr war schon immer da.\n\nNiemand hat ihn gepflanzt.";
        let interview = read(text.as_bytes(), None).unwrap();
        assert_eq!(interview.turns.len(), 1);
        assert_eq!(interview.turns[0].role, Role::Introduction);
        assert!(interview.exchanges.is_empty());
    }

    #[test]
    fn labels_leave_the_text_and_name_the_speakers() {
        let text = "I: Woher kommt\ndas Holz?\nB: Aus dem Wald,\nder hinter dem Haus\nanfängt und nicht\naufhört.\nI: Und das reicht?\nB: Ja.";
        let interview = read(text.as_bytes(), None).unwrap();
        let turns: Vec<(Role, Option<&str>)> = interview
            .turns
            .iter()
            .map(|t| (t.role, interview.speaker(t)))
            .collect();
        let (i, b) = (Some("I"), Some("B"));
        assert_eq!(
            turns,
            [
                (Role::Question, i),
                (Role::Answer, b),
                (Role::Question, i),
                (Role::Answer, b)
            ]
        );
        assert_eq!(interview.question(0), "Woher kommt das Holz?");
    }

    #[test]
    fn the_head_of_a_file_leaves_out_what_may_be_torn() {
        let text = "Woher kommt das Holz?\n\nAus dem Wald. Ich schlage es selbst.\n\nUnd wie schön ist es d";
        let head = read_head(text.as_bytes(), None).unwrap().unwrap();
        assert!(head.partial);
        assert_eq!(head.paragraphs.len(), 2);
        assert!(!read(text.as_bytes(), None).unwrap().partial);
    }

    #[test]
    fn what_has_no_text_says_so_and_what_to_do() {
        let path = Path::new("a\nb.pdf");
        let empty = read(b" \n\t\n", Some(path)).unwrap_err();
        assert_eq!(
            empty.to_string(),
            "a␊b.pdf: contains no text; name a file with an interview in it"
        );
        let binary = read(b"\0\x01\x02\x03", None).unwrap_err();
        assert_eq!(
            binary.tell(Lang::German),
            "Standardeingabe: ist binär, kein Text; bitte zuerst in reinen Text umwandeln"
        );
        assert!(matches!(
            open(Path::new("there/is/none")),
            Err(Error::File(_))
        ));
    }

    proptest::proptest! {
        #[test]
        fn every_paragraph_belongs_to_one_turn(text in "([A-Z][a-z]{0,3}[:?.]? ?\n{0,2}){0,40}") {
            if let Ok(interview) = read(text.as_bytes(), None) {
                let mut at = 0;
                for turn in &interview.turns {
                    proptest::prop_assert_eq!(turn.paragraphs.start(), at);
                    proptest::prop_assert!(!turn.paragraphs.is_empty());
                    at = turn.paragraphs.end();
                }
                proptest::prop_assert_eq!(at, interview.paragraphs.len());
            }
        }
    }
}
