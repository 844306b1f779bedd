//! Word's documents: a package whose main part is paragraphs of runs, and whose other parts say how these are set.

mod numbering;
mod styles;
mod text;

use super::package::{self, Package, resolve, within};
use super::xml::{Event, Reader, Tag};
use super::{Format, Read, Source, properties};
use crate::transcript::document::Document;
use crate::transcript::fault::Fault;
use numbering::Numbering;
use styles::Styles;

/// Word's documents, and those of every other word processor that writes them.
pub const FORMAT: Format = Format {
    name: "docx",
    endings: &["docx", "docm", "dotx"],
    recognises,
    read: Read::Bytes(read),
};

const NO_TEXT: (&str, &str) = (
    "has no main part; save it again in a word processor",
    "hat keinen Hauptteil; bitte in einer Textverarbeitung neu sichern",
);

/// Whether it is a package with the main part of such a document.
fn recognises(source: &Source) -> bool {
    let main = |name: &str| name.starts_with("word/document") && name.ends_with(".xml");
    package::has(source.raw, main)
}

/// The paragraphs of the document, and its title.
///
/// # Errors
/// When the package or its main part is damaged. What says how the text is set may be missing.
fn read(source: &Source) -> Result<Document<'static>, Fault> {
    let mut package = Package::open(source.raw)?;
    let main = related(&mut package, "", "/officeDocument")?;
    let main = main.unwrap_or_else(|| "word/document.xml".to_owned());
    let Some(text) = package.part(&main)? else {
        return Err(package::fault(Some(&main), NO_TEXT));
    };
    let styles = aside(&mut package, &main, "/styles", Styles::read)?;
    let numbering = aside(&mut package, &main, "/numbering", Numbering::read)?;
    let mut document = text::read(&text, &styles, numbering).map_err(|f| within(&main, f))?;
    if document.metadata.title.is_none() {
        document.metadata.title = title(&mut package)?;
    }
    Ok(document)
}

/// What the part of the sort `kind` says that belongs to the part `main`; without one, nothing.
fn aside<T: Default>(
    package: &mut Package,
    main: &str,
    kind: &str,
    read: fn(&str) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let name = related(package, main, kind)?;
    let text = name.map(|name| package.part(&name)).transpose()?.flatten();
    Ok(text.and_then(|text| read(&text).ok()).unwrap_or_default())
}

/// The name of the part of the sort `kind` that `part`, or the package itself, refers to.
fn related(package: &mut Package, part: &str, kind: &str) -> Result<Option<String>, Fault> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let list = resolve("", &format!("{folder}/_rels/{name}.rels"));
    let Some(text) = package.part(&list)? else {
        return Ok(None);
    };
    let mut reader = Reader::new(&text);
    while let Ok(Some(event)) = reader.pull() {
        if let Event::Open(tag) = event
            && tag.name == "Relationship"
            && tag
                .attribute("Type")
                .is_some_and(|sort| sort.ends_with(kind))
            && let Some(target) = tag.attribute("Target")
        {
            return Ok(Some(resolve(part, &target)));
        }
    }
    Ok(None)
}

/// The title that the document's properties say. Its dates are those of the file, not of the interview.
fn title(package: &mut Package) -> Result<Option<String>, Fault> {
    let said = element(package, "docProps/core.xml", "title")?;
    let template = element(package, "docProps/app.xml", "Template")?;
    Ok(said.and_then(|said| properties::title(&said, template.as_deref())))
}

/// The text of the first element `name` of a part.
fn element(package: &mut Package, part: &str, name: &str) -> Result<Option<String>, Fault> {
    let Some(text) = package.part(part)? else {
        return Ok(None);
    };
    let mut reader = Reader::new(&text);
    while let Ok(Some(event)) = reader.pull() {
        if matches!(event, Event::Open(tag) if tag.name == name) {
            return Ok(reader.text().ok());
        }
    }
    Ok(None)
}

/// Whether the property that `tag` is about holds: it does, unless it says otherwise.
fn is_on(tag: &Tag) -> bool {
    let said = tag.attribute("val");
    !said.is_some_and(|said| matches!(said.as_str(), "0" | "false" | "off" | "none"))
}

/// The number that the attribute `val` of `tag` says.
fn number<T: std::str::FromStr>(tag: &Tag) -> Option<T> {
    tag.attribute("val")?.parse().ok()
}
