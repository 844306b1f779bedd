//! The names of HTML that matter here, and what they mean.

/// The elements whose names matter; all others are alike.
pub const NAMES: &[&str] = &[
    "a",
    "address",
    "article",
    "aside",
    "b",
    "base",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "col",
    "dd",
    "dialog",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "legend",
    "li",
    "link",
    "main",
    "menu",
    "meta",
    "nav",
    "noscript",
    "object",
    "ol",
    "p",
    "pre",
    "script",
    "section",
    "select",
    "source",
    "span",
    "strong",
    "style",
    "summary",
    "details",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "track",
    "u",
    "ul",
    "wbr",
];

/// The attributes whose values matter.
pub const ATTRIBUTES: &[&str] = &[
    "aria-hidden",
    "class",
    "color",
    "content",
    "data-author",
    "data-name",
    "data-role",
    "data-speaker",
    "data-who",
    "datetime",
    "epub:type",
    "hidden",
    "href",
    "id",
    "itemprop",
    "name",
    "property",
    "role",
    "start",
    "style",
    "type",
];

/// The attributes that tell the sorts of paragraphs apart, those first that say it of who speaks.
pub const SORTS: &[&str] = &[
    "data-role",
    "data-speaker",
    "data-who",
    "data-name",
    "data-author",
    "class",
];

/// How the classes of those are called who speak, in lower case.
const SPEAKERS: &[&str] = &["name", "person", "speaker", "sprecher", "sprecherin", "who"];

/// How the classes of times are called, in lower case.
const TIMES: &[&str] = &["time", "timecode", "timestamp", "zeit", "zeitmarke"];

/// Whether a class says that a name stands there.
#[must_use]
pub fn is_speaker(class: &str) -> bool {
    says(class, SPEAKERS)
}

/// Whether a class says that a time stands there.
#[must_use]
pub fn is_time(class: &str) -> bool {
    says(class, TIMES)
}

fn says(class: &str, known: &[&str]) -> bool {
    let words = class.split(|c: char| !c.is_alphanumeric());
    let mut words = words.map(str::to_lowercase);
    words.any(|word| known.contains(&word.as_str()))
}

/// What the parts of a book are that a reader doesn't show in the text: notes, and what stands before the first page.
pub const APART: &[&str] = &[
    "copyright-page",
    "cover",
    "endnote",
    "endnotes",
    "footnote",
    "footnotes",
    "halftitlepage",
    "landmarks",
    "loi",
    "lot",
    "page-list",
    "pagebreak",
    "rearnote",
    "rearnotes",
    "titlepage",
    "toc",
];

/// The name among `names` that is written so.
#[must_use]
pub fn known(names: &[&'static str], name: &[u8]) -> &'static str {
    let found = names
        .iter()
        .find(|known| known.as_bytes().eq_ignore_ascii_case(name));
    found.copied().unwrap_or("")
}

/// Whether an element has nothing in it, and no end.
#[must_use]
pub fn is_void(name: &str) -> bool {
    matches!(
        name,
        "base"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether an element may stand in the head of a page.
#[must_use]
pub fn stands_in_head(name: &str) -> bool {
    matches!(
        name,
        "base" | "link" | "meta" | "noscript" | "script" | "style" | "template" | "title"
    )
}

/// Whether an element is a block by itself, or holds what is not read as text of a line.
#[must_use]
pub fn is_block(name: &str) -> bool {
    !matches!(
        name,
        "" | "a" | "b" | "em" | "i" | "span" | "strong" | "sup" | "time"
    )
}
