//! EPUB: a package of pages, and a list of the order in which they are read.

use std::collections::{HashMap, HashSet};

use super::package::{self, Package, resolve, within};
use super::xml::{Event, Reader};
use super::{Format, Read, Source, html, properties};
use crate::interview::Metadata;
use crate::transcript::document::Document;
use crate::transcript::fault::Fault;
use crate::transcript::flow::Flow;
use crate::transcript::head;
use crate::transcript::paragraphs::Wrap;
use crate::transcript::paragraphs::line_ends;

/// Electronic books.
pub const FORMAT: Format = Format {
    name: "epub",
    endings: &["epub"],
    recognises: |source| package::has(source.raw, |name| name == CONTAINER),
    read: Read::Bytes(read),
};

/// The part that says where the list of pages is.
const CONTAINER: &str = "META-INF/container.xml";

/// The part that says which others are encrypted.
const ENCRYPTION: &str = "META-INF/encryption.xml";

/// What a page is that doesn't belong to the text: by its sort in the guide or of its root, or by its file's name.
const FRONT_MATTER: &[&str] = &[
    "cover",
    "coverpage",
    "titlepage",
    "title-page",
    "halftitlepage",
    "copyright",
    "copyright-page",
    "imprint",
    "impressum",
    "toc",
    "contents",
    "nav",
    "landmarks",
    "loi",
    "lot",
];

const NO_LIST: (&str, &str) = (
    "has no list of pages; export the book again",
    "hat kein Verzeichnis der Seiten; bitte das Buch neu exportieren",
);

const PROTECTED: (&str, &str) = (
    "is encrypted; get a copy without copy protection",
    "ist verschlüsselt; bitte eine Ausgabe ohne Kopierschutz besorgen",
);

/// What the list of pages says.
#[derive(Debug, Default)]
struct Book {
    metadata: Metadata,
    /// The names of the pages, in order.
    pages: Vec<String>,
}

/// The text of all pages in order, as one interview.
fn read(source: &Source) -> Result<Document<'static>, Fault> {
    let mut package = Package::open(source.raw)?;
    let container = package.part(CONTAINER)?.unwrap_or_default();
    let list = list(&container).map_err(|fault| within(CONTAINER, fault))?;
    let Some(text) = package.part(&list)? else {
        return Err(package::fault(Some(&list), NO_LIST));
    };
    let book = Book::read(&text, &list).map_err(|fault| within(&list, fault))?;
    let encryption = package.part(ENCRYPTION)?.unwrap_or_default();
    // All are unpacked before the first is read: of a bomb, none is.
    let mut pages = Vec::with_capacity(book.pages.len());
    for name in book.pages {
        let page = package.part(&name).map_err(|fault| {
            let encrypted = encryption.contains(&name);
            if encrypted {
                package::fault(Some(&name), PROTECTED)
            } else {
                fault
            }
        })?;
        pages.extend(page.map(|page| (name, page)));
    }
    let mut flow = Flow::default();
    for (name, page) in pages {
        let (head, body) = page.split_at(body(&page));
        html::read_part(body, &mut flow)
            .map_err(|fault| within(&name, fault.below(line_ends(head))))?;
    }
    let mut document = flow.document(book.metadata, Wrap::default());
    head::take_title(&mut document);
    Ok(document)
}

/// Where a page begins below its head, in which XML may close what HTML can't.
fn body(page: &str) -> usize {
    memchr::memmem::find(page.as_bytes(), b"<body").unwrap_or(0)
}

/// The name of the list of pages.
fn list(container: &str) -> Result<String, Fault> {
    let mut reader = Reader::new(container);
    while let Some(event) = reader.pull()? {
        if let Event::Open(tag) = event
            && tag.name == "rootfile"
            && let Some(path) = tag.attribute("full-path")
        {
            return Ok(resolve("", &path));
        }
    }
    Err(package::fault(None, NO_LIST))
}

impl Book {
    /// Reads the list `text`, which is called `name`.
    fn read(text: &str, name: &str) -> Result<Book, Fault> {
        let mut reader = Reader::new(text);
        let mut book = Book::default();
        // The names of the files by their ids; nothing for what is front matter.
        let mut files: HashMap<String, Option<String>> = HashMap::new();
        let mut spine = Vec::new();
        let mut guide = HashSet::new();
        while let Some(event) = reader.pull()? {
            let Event::Open(tag) = event else { continue };
            match tag.name {
                "title" if book.metadata.title.is_none() => {
                    book.metadata.title = properties::title(&reader.text()?, None);
                }
                "date" if book.metadata.date.is_none() => {
                    let said = reader.text()?;
                    book.metadata.date = head::date(said.split('T').next().unwrap_or_default());
                }
                "item" => {
                    let href = tag.attribute("href").unwrap_or_default();
                    let sort = tag.attribute("properties").unwrap_or_default();
                    let front =
                        sort.split_whitespace().any(is_front_matter) || is_front_page(&href);
                    let file = (!front).then(|| resolve(name, &href));
                    files.insert(tag.attribute("id").unwrap_or_default(), file);
                }
                "itemref" if !tag.says("linear", "no") => {
                    spine.extend(tag.attribute("idref"));
                }
                "reference"
                    if tag
                        .attribute("type")
                        .is_some_and(|sort| is_front_matter(&sort)) =>
                {
                    guide.extend(tag.attribute("href").map(|href| resolve(name, &href)));
                }
                _ => {}
            }
        }
        let pages = spine.iter().filter_map(|id| files.remove(id)?);
        book.pages = pages.filter(|page| !guide.contains(page)).collect();
        Ok(book)
    }
}

/// Whether a page of this sort doesn't belong to the text.
fn is_front_matter(sort: &str) -> bool {
    FRONT_MATTER.contains(&sort.to_lowercase().as_str())
}

/// Whether a page's file is called like one that doesn't belong to the text.
fn is_front_page(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    is_front_matter(name.split('.').next().unwrap_or_default())
}
