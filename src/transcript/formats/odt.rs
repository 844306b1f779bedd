//! OpenDocument's texts, as a package or as one flat file: paragraphs of spans, and styles that say how these are set.

mod lists;
mod styles;
mod text;

use super::package::{self, Package, within};
use super::xml::{self, Event, Reader};
use super::{Format, Read, Source, properties};
use crate::transcript::document::Document;
use crate::transcript::fault::Fault;
use styles::Styles;

/// OpenDocument's texts as packages.
pub const FORMAT: Format = Format {
    name: "odt",
    endings: &["odt", "ott"],
    recognises,
    read: Read::Bytes(read),
};

/// The same in one file.
pub const FLAT: Format = Format {
    name: "fodt",
    endings: &["fodt"],
    recognises: recognises_flat,
    read: Read::Bytes(read_flat),
};

/// The main part of a package.
const CONTENT: &str = "content.xml";

const ENCRYPTED: (&str, &str) = (
    "is protected by a password; save a copy without one",
    "ist mit einem Kennwort geschützt; bitte eine Kopie ohne Kennwort sichern",
);

/// Whether it is a package with a main part.
fn recognises(source: &Source) -> bool {
    package::has(source.raw, |name| name == CONTENT)
}

/// Whether it is such a text in one file.
fn recognises_flat(source: &Source) -> bool {
    source.text.as_deref().and_then(xml::root) == Some("document")
}

/// The paragraphs of the text, and its title.
///
/// # Errors
/// When the package or its main part is damaged or encrypted.
fn read(source: &Source) -> Result<Document<'static>, Fault> {
    let mut package = Package::open(source.raw)?;
    let manifest = package.part("META-INF/manifest.xml")?;
    if manifest.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(package::fault(None, ENCRYPTED));
    }
    let mut styles = Styles::default();
    if let Some(text) = package.part("styles.xml")? {
        // A text can be read without them.
        let _ = styles.read(&text);
    }
    let content = package.part(CONTENT)?.unwrap_or_default();
    let meta = package.part("meta.xml")?.unwrap_or_default();
    let mut document = parts(&content, styles).map_err(|fault| within(CONTENT, fault))?;
    entitle(&mut document, &meta);
    Ok(document)
}

/// The paragraphs and the title of a text in one file.
///
/// # Errors
/// When it is damaged.
fn read_flat(source: &Source) -> Result<Document<'static>, Fault> {
    let text = source.text.as_deref().unwrap_or_default();
    let mut document = parts(text, Styles::default())?;
    entitle(&mut document, text);
    Ok(document)
}

/// The paragraphs of the part `content`, which has styles of its own beside `styles`.
fn parts(content: &str, mut styles: Styles) -> Result<Document<'static>, Fault> {
    styles.read(content)?;
    text::read(content, &styles)
}

/// The title that the part `meta` says, where the text didn't.
fn entitle(document: &mut Document, meta: &str) {
    let (mut title, mut template) = (None, None);
    let mut reader = Reader::new(meta);
    while let Ok(Some(event)) = reader.pull() {
        let Event::Open(tag) = event else { continue };
        match tag.name {
            "template" if template.is_none() => {
                template = tag.attribute("title").or(tag.attribute("href"));
            }
            "title" if title.is_none() && reader.inside("meta") => title = reader.text().ok(),
            "body" => break,
            _ => {}
        }
    }
    let title = title.and_then(|title| properties::title(&title, template.as_deref()));
    document.metadata.title = document.metadata.title.take().or(title);
}
