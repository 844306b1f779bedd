//! What the styles of a document say: who is bold, and what is a heading.

use std::collections::HashMap;

use super::{is_on, number};
use crate::transcript::document::Kind;
use crate::transcript::fault::Fault;
use crate::transcript::formats::xml::{Event, Reader};

/// No chain of styles is longer.
const CHAIN: usize = 32;

/// What the names of headings begin with, in lower case: Word names its styles in English everywhere, but other programs
/// don't, and the ids are in the language of the one who wrote.
const HEADINGS: &[&str] = &["heading", "überschrift", "berschrift", "ueberschrift"];

/// What is said of a run of text; what isn't said is left to the style below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// Whether it is bold.
    pub bold: Option<bool>,
    /// Whether it is in italics.
    pub italic: Option<bool>,
    /// Whether it is not to be seen.
    pub hidden: Option<bool>,
}

impl Run {
    /// What is said here, and where nothing is, what `below` says.
    #[must_use]
    pub fn or(self, below: Run) -> Run {
        Run {
            bold: self.bold.or(below.bold),
            italic: self.italic.or(below.italic),
            hidden: self.hidden.or(below.hidden),
        }
    }
}

/// What is said of a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Properties {
    /// The id of its style.
    pub style: Option<String>,
    /// Its level in the outline, from 0; 9 is running text.
    pub outline: Option<u8>,
    /// The list that it is an item of; 0 is none.
    pub list: Option<u32>,
    /// The level in that list, from 0.
    pub level: Option<usize>,
}

/// A style.
#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    run: Run,
    paragraph: Properties,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub struct Styles {
    styles: HashMap<String, Style>,
    /// The id of the style of a paragraph that names none.
    standard: Option<String>,
    /// What holds where no style says anything.
    defaults: Run,
}

impl Styles {
    /// The styles in the part `text`.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn read(text: &str) -> Result<Styles, Fault> {
        let mut reader = Reader::new(text);
        let mut styles = Styles::default();
        while let Some(event) = reader.pull()? {
            let Event::Open(tag) = event else { continue };
            match tag.name {
                "rPrDefault" => styles.defaults = run_within(&mut reader)?,
                "style" => {
                    let id = tag.attribute("styleId").unwrap_or_default();
                    let standard = tag.says("type", "paragraph")
                        && tag.attribute("default").is_some_and(|said| said != "0");
                    if standard {
                        styles.standard = Some(id.clone());
                    }
                    styles.styles.insert(id, style(&mut reader)?);
                }
                _ => {}
            }
        }
        Ok(styles)
    }

    /// The style `id` and those that it is based on.
    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let found = |id: &'a str| self.styles.get(id).map(|style| (id, style));
        let first = id.or(self.standard.as_deref()).and_then(found);
        let next = move |(_, style): &(&str, &'a Style)| found(style.based_on.as_deref()?);
        std::iter::successors(first, next).take(CHAIN)
    }

    /// How a run is set that says `direct` of itself, in the character style `character` and a paragraph of the style
    /// `paragraph`. Where both styles say bold, they cancel each other (ECMA-376, 17.7.3).
    #[must_use]
    pub fn run(&self, direct: Run, character: Option<&str>, paragraph: Option<&str>) -> Run {
        let of = |id: Option<&str>| {
            self.chain(id)
                .fold(Run::default(), |run, (_, style)| run.or(style.run))
        };
        let above = character.map_or(Run::default(), |id| of(Some(id)));
        let below = of(paragraph);
        let toggled = |above: Option<bool>, below: Option<bool>, default: Option<bool>| {
            Some(default == Some(true) || (above == Some(true)) != (below == Some(true)))
        };
        direct.or(Run {
            bold: toggled(above.bold, below.bold, self.defaults.bold),
            italic: toggled(above.italic, below.italic, self.defaults.italic),
            hidden: toggled(above.hidden, below.hidden, self.defaults.hidden),
        })
    }

    /// What is said of a paragraph that says `direct` of itself, with what its style adds.
    #[must_use]
    pub fn paragraph(&self, direct: Properties) -> Properties {
        let style = direct.style.clone();
        let chain = self.chain(style.as_deref());
        chain.fold(direct, |known, (_, style)| Properties {
            style: known.style,
            outline: known.outline.or(style.paragraph.outline),
            list: known.list.or(style.paragraph.list),
            level: known.level.or(style.paragraph.level),
        })
    }

    /// What sort of paragraph `paragraph` is, by its style or its place in the outline.
    #[must_use]
    pub fn kind(&self, paragraph: &Properties) -> Kind {
        let outline = paragraph.outline.filter(|level| *level < 9);
        let named = self.chain(paragraph.style.as_deref());
        let named = named.filter_map(|(id, style)| heading(&style.name).or_else(|| heading(id)));
        // A style that is not in the list speaks by its id alone.
        let by_id = || paragraph.style.as_deref().and_then(heading);
        match outline
            .map(|level| level + 1)
            .or_else(|| named.into_iter().next())
            .or_else(by_id)
        {
            Some(level) => Kind::Heading(level.clamp(1, 6)),
            None => Kind::Text,
        }
    }

    /// Whether a paragraph of the style `id` is the title.
    #[must_use]
    pub fn is_title(&self, id: Option<&str>) -> bool {
        self.chain(id).any(|(_, style)| style.name == "title")
    }

    /// Whether a paragraph of the style `id` is part of a table of contents.
    #[must_use]
    pub fn is_contents(&self, id: Option<&str>) -> bool {
        self.chain(id)
            .any(|(_, style)| style.name.starts_with("toc ") || style.name == "table of figures")
    }
}

/// The level of the heading whose style is called `name`.
fn heading(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    match name.as_str() {
        "title" | "titel" => return Some(1),
        "subtitle" | "untertitel" => return Some(2),
        _ => {}
    }
    let level = HEADINGS
        .iter()
        .find_map(|heading| name.strip_prefix(heading))?;
    level
        .trim()
        .parse()
        .ok()
        .filter(|level| (1..=9).contains(level))
}

/// The style that has just opened.
fn style(reader: &mut Reader) -> Result<Style, Fault> {
    let mut style = Style::default();
    let outer = reader.depth() - 1;
    while reader.depth() > outer
        && let Some(event) = reader.pull()?
    {
        let Event::Open(tag) = event else { continue };
        match tag.name {
            "name" => style.name = tag.attribute("val").unwrap_or_default().to_lowercase(),
            "basedOn" => style.based_on = tag.attribute("val"),
            "pPr" => style.paragraph = paragraph_within(reader)?,
            "rPr" => style.run = run_within(reader)?,
            // How a table sets its first row says nothing of the text.
            "tblStylePr" => reader.skip()?,
            _ => {}
        }
    }
    Ok(style)
}

/// What the element that has just opened says of a paragraph.
///
/// # Errors
/// When it can't be read.
pub fn paragraph_within(reader: &mut Reader) -> Result<Properties, Fault> {
    let mut found = Properties::default();
    let outer = reader.depth() - 1;
    while reader.depth() > outer
        && let Some(event) = reader.pull()?
    {
        let Event::Open(tag) = event else { continue };
        match tag.name {
            "pStyle" => found.style = tag.attribute("val"),
            "outlineLvl" => found.outline = number(&tag),
            "numId" => found.list = number(&tag),
            "ilvl" => found.level = number(&tag),
            // How its mark is set, and how it was before a change.
            "rPr" | "pPrChange" => reader.skip()?,
            _ => {}
        }
    }
    Ok(found)
}

/// What the element that has just opened says of a run.
fn run_within(reader: &mut Reader) -> Result<Run, Fault> {
    run_and_style(reader).map(|(run, _)| run)
}

/// What the element that has just opened says of a run, and the id of its style.
///
/// # Errors
/// When it can't be read.
pub fn run_and_style(reader: &mut Reader) -> Result<(Run, Option<String>), Fault> {
    let mut run = Run::default();
    let mut style = None;
    let outer = reader.depth() - 1;
    while reader.depth() > outer
        && let Some(event) = reader.pull()?
    {
        let Event::Open(tag) = event else { continue };
        match tag.name {
            "rStyle" => style = tag.attribute("val"),
            "b" => run.bold = Some(is_on(&tag)),
            // Underlined as on a typewriter.
            "i" | "u" => run.italic = Some(is_on(&tag)),
            "vanish" => run.hidden = Some(is_on(&tag)),
            "rPrChange" => reader.skip()?,
            _ => {}
        }
    }
    Ok((run, style))
}
