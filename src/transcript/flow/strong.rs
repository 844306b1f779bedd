//! What sets questions apart.

use std::collections::BTreeMap;

use super::parting::Paragraph;
use crate::transcript::structure;

/// What sets paragraphs apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strong {
    /// Bold type.
    Bold,
    /// Italics.
    Italic,
    /// One of the file's styles.
    Style(u16),
}

impl Strong {
    /// Everything that a paragraph is set apart with.
    fn ways(paragraph: &Paragraph) -> impl Iterator<Item = Strong> {
        let bold = paragraph.bold.is_whole().then_some(Strong::Bold);
        let italic = paragraph.italic.is_whole().then_some(Strong::Italic);
        let style = (paragraph.style > 0).then_some(Strong::Style(paragraph.style));
        [bold, italic, style].into_iter().flatten()
    }

    /// Whether `paragraph` is set so.
    #[must_use]
    pub fn is_so(self, paragraph: &Paragraph) -> bool {
        match self {
            Strong::Bold => paragraph.bold.is_whole(),
            Strong::Italic => paragraph.italic.is_whole(),
            Strong::Style(style) => paragraph.style == style,
        }
    }
}

/// What the questions are set apart with: of all that some paragraphs have, that which asks the most. Bold, where nothing
/// does; else italics.
#[must_use]
pub fn strong(paragraphs: &[Paragraph]) -> Strong {
    let mut ways: BTreeMap<Strong, i64> = BTreeMap::new();
    for way in paragraphs.iter().flat_map(Strong::ways) {
        ways.insert(way, 0);
    }
    if ways.len() > 1 {
        let texts: Vec<&str> = paragraphs.iter().map(|p| p.text.as_str()).collect();
        for (paragraph, asking) in paragraphs.iter().zip(structure::asks(&texts)) {
            for way in Strong::ways(paragraph) {
                *ways.entry(way).or_default() += if asking { 1 } else { -1 };
            }
        }
    }
    let first = ways.keys().next().copied();
    // The first of equals is taken.
    let best = ways.into_iter().rev().max_by_key(|(_, asks)| *asks);
    let asking = best.filter(|(_, asks)| *asks > 0).map(|(way, _)| way);
    asking.or(first).unwrap_or(Strong::Bold)
}
