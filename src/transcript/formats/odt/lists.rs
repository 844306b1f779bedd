//! The numbers of the items of lists, which stand nowhere in the text.

use std::collections::HashMap;

use super::styles::Styles;
use crate::transcript::formats::xml::Tag;

/// The lists that are open, and how far each is.
#[derive(Debug, Default)]
pub struct Lists {
    /// The styles of those that are open, the innermost last.
    open: Vec<Option<String>>,
    /// The next number, by style and level; it outlives the list, for another may carry on.
    next: HashMap<(String, usize), u16>,
    /// Whether an item has begun that has no paragraph yet, and the number that it asks for.
    item: Option<Option<u16>>,
}

impl Lists {
    /// A list begins.
    pub fn begin(&mut self, tag: &Tag) {
        let outer = self.open.last().cloned().flatten();
        let style = tag.attribute("style-name").or(outer);
        let level = self.open.len() + 1;
        let goes_on =
            tag.says("continue-numbering", "true") || tag.attribute("continue-list").is_some();
        if let Some(style) = style.clone().filter(|_| !goes_on) {
            self.next.remove(&(style, level));
        }
        self.open.push(style);
    }

    /// The innermost list ends.
    pub fn end(&mut self) {
        self.open.pop();
        self.item = None;
    }

    /// An item begins.
    pub fn begin_item(&mut self, tag: &Tag) {
        let start = tag.attribute("start-value");
        self.item = Some(start.and_then(|start| start.parse().ok()));
    }

    /// The number of the paragraph that begins, in the style `paragraph`: it has one if it is the first of its item.
    pub fn number(&mut self, paragraph: &str, styles: &Styles) -> Option<u16> {
        let asked = self.item.take()?;
        let style = self
            .open
            .last()?
            .as_deref()
            .or_else(|| styles.list(paragraph))?;
        let level = self.open.len();
        let start = styles.start(style, level)?;
        let next = self.next.entry((style.to_owned(), level)).or_insert(start);
        let number = asked.unwrap_or(*next);
        *next = number.saturating_add(1);
        Some(number)
    }
}
