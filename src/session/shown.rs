//! What of an interview was on the screen: the nearest that a program comes to knowing what was read.

use std::ops::Range;

use crate::interview::Interview;

/// Two stretches of text no further apart than this, in bytes, are one: between them is a space or a blank line.
const GAP: usize = 2;

/// The stretches of a text that were on the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Shown {
    /// SHA-256 of the text; of another text nothing is known.
    text: String,
    /// The stretches, in bytes of the text, in order, none near another.
    stretches: Vec<Range<usize>>,
}

impl Shown {
    /// `range` of the text with the hash `text` is on the screen.
    pub fn add(&mut self, text: &str, range: Range<usize>) {
        if self.text != text {
            text.clone_into(&mut self.text);
            self.stretches.clear();
        }
        if range.is_empty() || self.has(&range) {
            return;
        }
        let first = self
            .stretches
            .partition_point(|known| known.end + GAP < range.start);
        let end = self
            .stretches
            .partition_point(|known| known.start <= range.end + GAP);
        let met = &self.stretches[first..end.max(first)];
        let start = met
            .first()
            .map_or(range.start, |known| known.start.min(range.start));
        let last = met
            .last()
            .map_or(range.end, |known| known.end.max(range.end));
        self.stretches
            .splice(first..end.max(first), std::iter::once(start..last));
    }

    /// Whether nothing was.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.stretches.is_empty()
    }

    /// How many exchanges of `interview` were, from the first word to the last, and how many it has.
    #[must_use]
    pub fn exchanges(&self, interview: &Interview) -> (usize, usize) {
        let spans = interview
            .exchanges
            .iter()
            .map(|exchange| interview.span(exchange.paragraphs.clone()));
        let known = self.text == interview.identity.text;
        let shown = spans.filter(|span| known && self.has(span)).count();
        (shown, interview.exchanges.len())
    }

    fn has(&self, range: &Range<usize>) -> bool {
        let at = self
            .stretches
            .partition_point(|known| known.end < range.end);
        self.stretches
            .get(at)
            .is_some_and(|known| known.start <= range.start)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_was_shown_page_by_page_was_shown() {
        let mut shown = Shown::default();
        shown.add("a", 0..50);
        shown.add("a", 90..120);
        assert!(shown.has(&(10..50)) && !shown.has(&(40..100)));
        shown.add("a", 52..90);
        assert_eq!(shown.stretches, vec![0..120; 1]);
        shown.add("b", 3..4);
        assert_eq!(
            shown.stretches,
            vec![3..4; 1],
            "of another text nothing is known"
        );
    }

    proptest! {
        #[test]
        fn stretches_are_the_bytes_they_were_made_of(added in prop::collection::vec((0usize..80, 1usize..12), 1..20)) {
            let mut shown = Shown::default();
            let mut bytes = [false; 100];
            for (start, length) in added {
                shown.add("a", start..start + length);
                bytes[start..start + length].fill(true);
            }
            prop_assert!(shown.stretches.windows(2).all(|two| two[0].end + GAP < two[1].start));
            for (at, shown_then) in bytes.iter().enumerate().take(95) {
                let known = shown.stretches.iter().any(|known| known.contains(&at));
                let between = (1..=GAP).any(|by| at >= by && bytes[at - by]) && (1..=GAP).any(|by| bytes[at + by]);
                prop_assert!(known || !shown_then, "{at}");
                prop_assert!(!known || *shown_then || between, "{at}");
            }
        }
    }
}
