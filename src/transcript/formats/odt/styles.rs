//! What the styles of a text say: who is bold, what is a heading, and how a list is numbered.

use std::collections::HashMap;

use crate::transcript::fault::Fault;
use crate::transcript::formats::xml::{Event, Reader, Tag};

/// No chain of styles is longer.
const CHAIN: usize = 32;

/// From this weight on, letters are bold.
const BOLD: u16 = 600;

/// How text is set; what isn't said is left to what it stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// Whether it is bold.
    pub bold: Option<bool>,
    /// Whether it is in italics.
    pub italic: Option<bool>,
    /// Whether it is not to be seen.
    pub hidden: Option<bool>,
}

impl Setting {
    /// What is said here, and where nothing is, what `below` says.
    #[must_use]
    pub fn or(self, below: Setting) -> Setting {
        Setting {
            bold: self.bold.or(below.bold),
            italic: self.italic.or(below.italic),
            hidden: self.hidden.or(below.hidden),
        }
    }

    fn add(&mut self, tag: &Tag) {
        let weight = tag.attribute("font-weight");
        let bold = |said: String| said == "bold" || said.parse().is_ok_and(|n: u16| n >= BOLD);
        self.bold = weight.map(bold).or(self.bold);
        let style = tag.attribute("font-style");
        self.italic = style.map(|said| said != "normal").or(self.italic);
        let display = tag.attribute("display");
        self.hidden = display.map(|said| said == "none").or(self.hidden);
    }
}

/// A style.
#[derive(Debug, Default)]
struct Style {
    /// Whether a program made it of what somebody set by hand.
    automatic: bool,
    parent: Option<String>,
    setting: Setting,
    outline: Option<u8>,
    list: Option<String>,
}

/// The styles of a text.
#[derive(Debug, Default)]
pub struct Styles {
    /// By family and name; the one without a name holds where no other says anything.
    families: HashMap<String, HashMap<String, Style>>,
    /// Of the levels of lists that have numbers, where each begins.
    numbered: HashMap<(String, usize), u16>,
}

impl Styles {
    /// Adds the styles in the part `text`.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn read(&mut self, text: &str) -> Result<(), Fault> {
        let mut reader = Reader::new(text);
        let (mut open, mut list, mut automatic) = (None, String::new(), false);
        while let Some(event) = reader.pull()? {
            let Event::Open(tag) = event else {
                if matches!(event, Event::Close("style" | "default-style")) {
                    open = None;
                }
                continue;
            };
            match tag.name {
                "style" | "default-style" => {
                    let family = tag.attribute("family").unwrap_or_default();
                    let name = tag.attribute("name").unwrap_or_default();
                    let style = Style {
                        automatic,
                        parent: tag.attribute("parent-style-name"),
                        outline: tag
                            .attribute("default-outline-level")
                            .and_then(|level| level.parse().ok()),
                        list: tag
                            .attribute("list-style-name")
                            .filter(|list| !list.is_empty()),
                        ..Style::default()
                    };
                    let styles = self.families.entry(family.clone()).or_default();
                    styles.insert(name.clone(), style);
                    open = Some((family, name));
                }
                "text-properties" => {
                    if let Some((family, name)) = &open
                        && let Some(styles) = self.families.get_mut(family)
                        && let Some(style) = styles.get_mut(name)
                    {
                        style.setting.add(&tag);
                    }
                }
                "list-style" => list = tag.attribute("name").unwrap_or_default(),
                "list-level-style-number" => {
                    let level = tag.attribute("level").and_then(|level| level.parse().ok());
                    let start = tag.attribute("start-value").and_then(|n| n.parse().ok());
                    // A level without a format has numbers that are not shown.
                    if tag
                        .attribute("num-format")
                        .is_some_and(|format| !format.is_empty())
                    {
                        let key = (list.clone(), level.unwrap_or(1));
                        self.numbered.insert(key, start.unwrap_or(1));
                    }
                }
                "styles" => automatic = false,
                "automatic-styles" => automatic = true,
                "body" => break,
                _ => {}
            }
        }
        Ok(())
    }

    /// The style `name` of `family` and those that it is based on, with their names.
    fn chain<'a>(
        &'a self,
        family: &'a str,
        name: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let styles = self.families.get(family);
        let found = move |name: &'a str| Some((name, styles?.get(name)?));
        let next = move |(_, style): &(&str, &'a Style)| found(style.parent.as_deref()?);
        std::iter::successors(found(name), next).take(CHAIN)
    }

    /// How text is set in the style `name` of `family`.
    #[must_use]
    pub fn setting(&self, family: &str, name: &str) -> Setting {
        let said = self.chain(family, name).map(|(_, style)| style.setting);
        let said = said.fold(Setting::default(), Setting::or);
        let default = self.chain(family, "").map(|(_, style)| style.setting);
        default.fold(said, Setting::or)
    }

    /// The style that somebody chose for a paragraph of the style `name`.
    #[must_use]
    pub fn chosen<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        let mut chain = self.chain("paragraph", name);
        chain.find_map(|(name, style)| (!style.automatic).then_some(name))
    }

    /// The level of the heading that a paragraph of the style `name` is; the title's is 1.
    #[must_use]
    pub fn outline(&self, name: &str) -> Option<u8> {
        let mut said = self.chain("paragraph", name);
        said.find_map(|(_, style)| style.outline)
            .or_else(|| self.is("Subtitle", name).then_some(2))
            .or_else(|| self.is("Title", name).then_some(1))
    }

    /// Whether a paragraph of the style `name` is of the style `wanted`, or of one that is based on it.
    #[must_use]
    pub fn is(&self, wanted: &str, name: &str) -> bool {
        name == wanted
            || self
                .chain("paragraph", name)
                .any(|(name, _)| name == wanted)
    }

    /// The list whose item a paragraph of the style `name` is.
    #[must_use]
    pub fn list<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.chain("paragraph", name)
            .find_map(|(_, style)| style.list.as_deref())
    }

    /// Where the numbers of the list `name` begin on `level`, counted from 1; nothing for a bullet.
    #[must_use]
    pub fn start(&self, name: &str, level: usize) -> Option<u16> {
        self.numbered.get(&(name.to_owned(), level)).copied()
    }
}
