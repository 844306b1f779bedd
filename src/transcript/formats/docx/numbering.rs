//! The numbers that a word processor puts before the items of its lists, and that stand nowhere in the text.

use std::collections::HashMap;

use super::number;
use crate::transcript::fault::Fault;
use crate::transcript::formats::xml::{Event, Reader};

/// Lists nest no deeper.
const LEVELS: usize = 9;

/// How one level of a list is numbered.
#[derive(Clone, Debug, Default)]
struct Level {
    start: u32,
    /// Whether there is a number at all, and no bullet.
    numbered: bool,
    /// What stands before the item; `%1` is the number of the first level.
    text: String,
}

/// A list: the levels that it shares with others, and where it begins anew.
#[derive(Debug, Default)]
struct List {
    levels: String,
    starts: HashMap<usize, u32>,
}

/// The lists of a document, and how far each of them is.
#[derive(Debug, Default)]
pub struct Numbering {
    levels: HashMap<String, Vec<Level>>,
    lists: HashMap<u32, List>,
    /// The next number of each level, by the levels that lists share.
    counts: HashMap<String, [Option<u32>; LEVELS]>,
}

/// What stands before an item.
#[derive(Debug, PartialEq, Eq)]
pub enum Item {
    /// A number.
    Number(u16),
    /// A label: `Frage 3:`.
    Label(String),
}

impl Numbering {
    /// The lists in the part `text`.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn read(text: &str) -> Result<Numbering, Fault> {
        let mut reader = Reader::new(text);
        let mut found = Numbering::default();
        let (mut shared, mut list, mut level) = (String::new(), None, 0);
        while let Some(event) = reader.pull()? {
            let Event::Open(tag) = event else { continue };
            match tag.name {
                "abstractNum" => {
                    shared = tag.attribute("abstractNumId").unwrap_or_default();
                    list = None;
                }
                "num" => list = tag.attribute("numId").and_then(|id| id.parse().ok()),
                "abstractNumId" => {
                    if let Some(list) = list {
                        let levels = tag.attribute("val").unwrap_or_default();
                        found.lists.entry(list).or_default().levels = levels;
                    }
                }
                "lvl" | "lvlOverride" => {
                    let said = tag.attribute("ilvl").and_then(|level| level.parse().ok());
                    level = said.filter(|level| *level < LEVELS).unwrap_or(0);
                }
                "startOverride" => {
                    if let (Some(list), Some(start)) = (list, number(&tag)) {
                        let list: &mut List = found.lists.entry(list).or_default();
                        list.starts.insert(level, start);
                    }
                }
                "start" | "numFmt" | "lvlText" if list.is_none() => {
                    let levels = found.levels.entry(shared.clone()).or_default();
                    levels.resize(levels.len().max(level + 1), Level::default());
                    if let Some(level) = levels.get_mut(level) {
                        let said = tag.attribute("val").unwrap_or_default();
                        match tag.name {
                            "start" => level.start = said.parse().unwrap_or(1),
                            "numFmt" => level.numbered = said != "bullet" && said != "none",
                            _ => level.text = said,
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(found)
    }

    /// What stands before the next item of the list `id` on `level`; nothing for a bullet.
    pub fn next(&mut self, id: u32, level: usize) -> Option<Item> {
        let list = self.lists.get_mut(&id)?;
        let levels = self.levels.get(&list.levels)?;
        let said = levels.get(level)?;
        let counts = self.counts.entry(list.levels.clone()).or_default();
        let next = counts.get_mut(level)?;
        let number = list.starts.remove(&level).or(*next).unwrap_or(said.start);
        *next = Some(number.saturating_add(1));
        counts
            .iter_mut()
            .skip(level + 1)
            .for_each(|deeper| *deeper = None);
        if said.text.ends_with(':') && said.text.contains(char::is_alphabetic) {
            let mut text = said.text.clone();
            for (at, next) in counts.iter().enumerate() {
                let last = next.map_or(1, |next| next.saturating_sub(1));
                text = text.replace(&format!("%{}", at + 1), &last.to_string());
            }
            return Some(Item::Label(text));
        }
        if said.numbered && said.text.contains('%') {
            return u16::try_from(number).ok().map(Item::Number);
        }
        None
    }
}
