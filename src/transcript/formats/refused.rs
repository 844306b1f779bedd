//! What interviews come in that can't be read here, and what to do about it. None of these has endings: a folder is not
//! searched for what is refused.

use super::{Format, Read, Source, package, xml};
use crate::transcript::document::Document;
use crate::transcript::fault::Fault;

/// What is known, and can't be read.
pub const FORMAT: Format = Format {
    name: "unreadable",
    endings: &[],
    recognises: |source| refusal(source).is_some(),
    read: Read::Bytes(read),
};

/// XML of which no format knew the root: its tags are no text.
pub const XML: Format = Format {
    name: "xml",
    endings: &[],
    recognises: |source| {
        let text = source.text.as_deref().unwrap_or_default();
        let declared = text.trim_start_matches('\u{feff}').starts_with("<?xml");
        declared && xml::root(text).is_some()
    },
    read: Read::Bytes(|_| Err(package::fault(None, UNKNOWN_XML))),
};

/// What is wrong and the remedy, in English and in German.
type What = (&'static str, &'static str);

/// How the files of Microsoft's compound format begin: the old Word's, and documents with a password.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// The part of a compound file that is a document with a password; its name is in UTF-16.
const PASSWORD: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

/// How a PDF begins.
const PDF_BEGINS: &[u8] = b"%PDF-";

const PDF: What = (
    "is a PDF; take the text out of it: pdftotext FILE.pdf - | synopse -",
    "ist ein PDF; bitte den Text herausholen: pdftotext DATEI.pdf - | synopse -",
);

const OLD_WORD: What = (
    "is in Word's old format; open it in a word processor and save it as .docx",
    "ist im alten Word-Format; bitte in einer Textverarbeitung öffnen und als .docx sichern",
);

const ENCRYPTED: What = (
    "is protected by a password; save a copy without one",
    "ist mit einem Kennwort geschützt; bitte eine Kopie ohne Kennwort sichern",
);

const PAGES: What = (
    "is in the format of Pages; export it there as Word or EPUB",
    "ist im Format von Pages; bitte dort als Word oder EPUB exportieren",
);

const UNKNOWN_XML: What = (
    "is XML of a kind that is not known here; export it as text, as .docx or as TEI",
    "ist XML einer hier unbekannten Art; bitte als Text, als .docx oder als TEI exportieren",
);

const PACKAGE: What = (
    "is an archive or cut off; unpack it, or fetch the file again, and name a .docx, .odt or .epub",
    "ist ein Archiv oder abgeschnitten; bitte entpacken oder neu holen und ein .docx, .odt oder .epub angeben",
);

/// Why the file isn't read, if that is known.
fn refusal(source: &Source) -> Option<What> {
    let raw = source.raw;
    if raw.starts_with(PDF_BEGINS) {
        return Some(PDF);
    }
    if raw.starts_with(COMPOUND) {
        let password = memchr::memmem::find(raw, PASSWORD).is_some();
        return Some(if password { ENCRYPTED } else { OLD_WORD });
    }
    if !package::is_package(raw) {
        return None;
    }
    let pages = package::has(raw, |name| {
        name.ends_with(".iwa") || name == "buildVersionHistory.plist"
    });
    Some(if pages { PAGES } else { PACKAGE })
}

fn read(source: &Source) -> Result<Document<'static>, Fault> {
    let what = refusal(source);
    Err(package::fault(None, what.unwrap_or(PACKAGE)))
}
