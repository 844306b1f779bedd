//! The formats that are read, each in a file of its own, and the one table of them.
//!
//! A format is recognised by what a file contains; its name decides only where the content leaves it open.

pub mod body;
pub mod chat;
pub mod csv;
pub mod cues;
pub mod docx;
pub mod elan;
pub mod epub;
pub mod exmaralda;
pub mod folker;
pub mod html;
pub mod json;
pub mod key;
pub mod latex;
pub mod light;
pub mod markdown;
pub mod odt;
pub mod otranscribe;
pub mod out;
pub mod package;
pub mod pages;
pub mod plain;
pub mod properties;
pub mod refused;
pub mod rtf;
pub mod subrip;
pub mod subtitles;
pub mod table;
pub mod tei;
pub mod textgrid;
pub mod timeline;
pub mod transcriber;
pub mod ttml;
pub mod webvtt;
pub mod xml;

use std::borrow::Cow;
use std::path::Path;

use super::document::Document;
use super::encoding;
use super::fault::Fault;

/// The endings of Markdown files, which may begin with a tag as a page does.
pub const MARKDOWN: &[&str] = &["md", "markdown", "mdown", "mkd", "mdx"];

/// A format: how it is called, how its files are named, how it is recognised and read.
#[derive(Debug)]
pub struct Format {
    /// Its name, as `parse --json` gives it.
    pub name: &'static str,
    /// The endings of its files' names, in lower case, without the dot.
    pub endings: &'static [&'static str],
    /// Whether a file is in it.
    pub recognises: fn(&Source) -> bool,
    /// Reads a file that is in it.
    pub read: Read,
}

/// How a format is read.
#[derive(Debug)]
pub enum Read {
    /// From its decoded text. The head of a longer file can be read as well: [`Source::torn`] is set then.
    Text(for<'a> fn(&'a str, &Source) -> Result<Document<'a>, Fault>),
    /// From its bytes, whole.
    Bytes(fn(&Source) -> Result<Document<'static>, Fault>),
}

/// All formats, in the order in which they are tried: the last one takes whatever is text.
pub const FORMATS: &[Format] = &[
    docx::FORMAT,
    odt::FORMAT,
    odt::FLAT,
    epub::FORMAT,
    rtf::FORMAT,
    refused::FORMAT,
    exmaralda::FORMAT,
    elan::FORMAT,
    folker::FORMAT,
    tei::FORMAT,
    transcriber::FORMAT,
    textgrid::FORMAT,
    chat::FORMAT,
    ttml::FORMAT,
    webvtt::FORMAT,
    subrip::FORMAT,
    otranscribe::FORMAT,
    json::FORMAT,
    csv::FORMAT,
    Format {
        name: "html",
        endings: html::ENDINGS,
        recognises: html::recognises,
        read: Read::Bytes(html::read),
    },
    refused::XML,
    latex::FORMAT,
    light::wiki::FORMAT,
    light::bbcode::FORMAT,
    light::org::FORMAT,
    light::asciidoc::FORMAT,
    light::restructured::FORMAT,
    Format {
        name: "markdown",
        endings: MARKDOWN,
        recognises: markdown::recognises,
        read: Read::Text(markdown::read),
    },
    Format {
        name: "text",
        endings: &["txt", "text"],
        recognises: |source| source.text.is_some(),
        read: Read::Text(plain::read),
    },
];

/// Whether a file named `name` may be an interview, by the ending: what is taken of a folder.
#[must_use]
pub fn has_known_ending(name: &str) -> bool {
    let (stem, ending) = name.rsplit_once('.').unwrap_or_default();
    let ending = ending.to_lowercase();
    let known = || {
        FORMATS
            .iter()
            .any(|format| format.endings.contains(&ending.as_str()))
    };
    !stem.is_empty() && !stem.starts_with('.') && known()
}

/// A file to be read.
#[derive(Debug)]
pub struct Source<'a> {
    /// Its bytes.
    pub raw: &'a [u8],
    /// Its text, decoded; `None` where it is none in any character set.
    pub text: Option<Cow<'a, str>>,
    /// The ending of its name, in lower case, without the dot; empty where there is none.
    pub ending: String,
    /// Whether these are only the first bytes of it, cut off anywhere.
    pub torn: bool,
}

impl<'a> Source<'a> {
    /// The file with the bytes `raw`, named `path`.
    #[must_use]
    pub fn new(raw: &'a [u8], path: Option<&Path>, torn: bool) -> Source<'a> {
        let ending = path.and_then(Path::extension).unwrap_or_default();
        Source {
            raw,
            text: encoding::decode(raw, torn),
            ending: ending.to_string_lossy().to_lowercase(),
            torn,
        }
    }

    /// Whether its name has one of `endings`.
    #[must_use]
    pub fn is_named(&self, endings: &[&str]) -> bool {
        endings.contains(&self.ending.as_str())
    }

    /// The format of the file; `None` where it is in none of them.
    #[must_use]
    pub fn format(&self) -> Option<&'static Format> {
        FORMATS.iter().find(|format| (format.recognises)(self))
    }

    /// The document in the file, read as `format`; `None` where only its head is there and its format wants the whole.
    ///
    /// # Errors
    /// When the file is damaged, so that nothing of it can be read.
    pub fn read(&self, format: &Format) -> Result<Option<Document<'_>>, Fault> {
        match (&format.read, &self.text) {
            (Read::Text(read), Some(text)) => read(text, self).map(Some),
            (Read::Bytes(read), _) if !self.torn => read(self).map(Some),
            _ => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_has_a_name_of_its_own_and_endings_that_are_fit_to_be_compared() {
        for (at, format) in FORMATS.iter().enumerate() {
            assert!(FORMATS[..at].iter().all(|other| other.name != format.name));
            for ending in format.endings {
                assert_eq!(*ending, ending.to_lowercase().trim_start_matches('.'));
            }
        }
    }

    #[test]
    fn the_head_of_a_file_is_read_where_its_format_can() {
        let torn = Source::new(b"Wer?\n\nIch.\n\nUnd wa", None, true);
        let read = torn.read(torn.format().unwrap()).unwrap().unwrap();
        assert_eq!(read.paragraphs, ["Wer?", "Ich."]);
        let whole_only = Format {
            read: Read::Bytes(|_| Ok(Document::default())),
            ..Format {
                name: "",
                endings: &[],
                recognises: |_| true,
                read: Read::Text(plain::read),
            }
        };
        assert!(torn.read(&whole_only).unwrap().is_none());
    }
}
