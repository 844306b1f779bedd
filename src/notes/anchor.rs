//! How a note holds on to its passage: the quote with what stands around it, and the position.
//!
//! Where the text is the same, the position holds. Where it isn't, every occurrence of the quote is weighed by how
//! much of its old surroundings stands around it still; else the quote may itself have changed, if what stands around
//! it hasn't. Too little, or two places as good as one another, and the note is an orphan. It is never put on another
//! passage because that happens to be near.

mod places;
mod weigh;
mod whole;

#[cfg(test)]
mod harness;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::ops::Range;

use memchr::memmem;

use crate::lang::{Lang, Tell};
use crate::text::CodePoints;
use places::{occurrences, positions};
pub use weigh::likeliest;
use weigh::{alike, has_twin, weigh};
use whole::{grapheme_ceil, grapheme_floor, whole};

/// How many code points of what stands before and behind a quote are kept with it.
pub const CONTEXT: usize = 32;

/// What a note remembers of its passage. The default names none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    /// The passage's text.
    pub exact: String,
    /// Up to [`CONTEXT`] code points before it, whole graphemes.
    pub prefix: String,
    /// Up to [`CONTEXT`] code points behind it, whole graphemes.
    pub suffix: String,
    /// Whether the quote stood nowhere else in the text, nor anything nearly like it.
    pub alone: bool,
    /// How many code points of its surroundings another place in the text shared that also had the quote or one nearly
    /// like it, the most alike one; 0 where there was none, or where that isn't known.
    pub alike: usize,
    /// Where it stood, in code points of the interview's text, end exclusive.
    pub position: Option<Range<usize>>,
}

/// Why a note has lost its passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.tell(Lang::English))]
pub enum Orphan {
    /// The quote stands nowhere in the text.
    Gone,
    /// The quote is short and stands only where its old surroundings don't.
    Elsewhere,
    /// The quote stands in several places that are equally good.
    Ambiguous {
        /// How many.
        places: usize,
    },
    /// The note names no passage.
    Nameless,
}

impl Tell for Orphan {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Orphan::Gone => lang
                .tr(
                    "the passage is no longer in the text",
                    "die Stelle steht nicht mehr im Text",
                )
                .into(),
            Orphan::Elsewhere => lang
                .tr(
                    "the words stand in the text, but in other surroundings",
                    "die Worte stehen im Text, aber in anderer Umgebung",
                )
                .into(),
            Orphan::Ambiguous { places } => lang.tr(
                format!("the passage stands in {places} places that fit equally well"),
                format!("die Stelle findet sich an {places} Orten, die gleich gut passen"),
            ),
            Orphan::Nameless => lang
                .tr("the note names no passage", "die Notiz nennt keine Stelle")
                .into(),
        }
    }
}

impl Anchor {
    /// The anchor for the passage `range` of `text`, in bytes; widened to whole graphemes.
    #[must_use]
    pub fn at(text: &str, range: Range<usize>) -> Anchor {
        let start = grapheme_floor(text, range.start);
        let end = grapheme_ceil(text, range.end.max(start));
        let before = text[..start].char_indices().rev().take(CONTEXT).last();
        let behind = text[end..].char_indices().nth(CONTEXT);
        let before = grapheme_ceil(text, before.map_or(start, |(at, _)| at));
        let behind = grapheme_floor(text, behind.map_or(text.len(), |(at, _)| end + at));
        let exact = &text[start..end];
        let mut anchor = Anchor {
            exact: exact.into(),
            prefix: text[before.min(start)..start].into(),
            suffix: text[end..behind.max(end)].into(),
            position: Some(CodePoints::new(text).range(start..end)),
            ..Anchor::default()
        };
        if !exact.is_empty() {
            let places: Vec<usize> = memmem::find_iter(text.as_bytes(), exact).collect();
            anchor.alone = places.len() == 1 && !has_twin(text, exact, &(start..end));
            anchor.alike = alike(text, &anchor, &(start..end), &places);
        }
        anchor
    }

    /// The passage in `text`, in bytes. `same_text` says that this is the very text that the anchor was made on.
    ///
    /// # Errors
    /// When it can't be found, or not with certainty.
    pub fn find(&self, text: &str, same_text: bool) -> Result<Range<usize>, Orphan> {
        let found = find_all(text, &[(self, same_text)]);
        found.into_iter().next().unwrap_or(Err(Orphan::Nameless))
    }
}

/// As [`Anchor::find`], for many anchors in one pass over the text.
#[must_use]
pub fn find_all(text: &str, anchors: &[(&Anchor, bool)]) -> Vec<Result<Range<usize>, Orphan>> {
    let bytes = positions(text, anchors);
    let mut found: Vec<_> = anchors
        .iter()
        .zip(&bytes)
        .map(|(&(anchor, same_text), position)| {
            let range = position.clone().filter(|_| same_text)?;
            let holds = anchor.exact.is_empty() || text[range.clone()] == anchor.exact;
            (holds && !range.is_empty() && whole(text, &range)).then_some(Ok(range))
        })
        .collect();
    let mut quotes: HashMap<&str, Vec<usize>> = HashMap::new();
    for ((anchor, _), _) in anchors.iter().zip(&found).filter(|(_, f)| f.is_none()) {
        if !anchor.exact.is_empty() {
            quotes.entry(&anchor.exact).or_default();
        }
    }
    occurrences(text, &mut quotes);
    let none = Vec::new();
    for (i, (anchor, _)) in anchors.iter().enumerate() {
        found[i].get_or_insert_with(|| {
            let places = quotes.get(anchor.exact.as_str()).unwrap_or(&none);
            weigh(text, anchor, places)
        });
    }
    found.into_iter().flatten().collect()
}
