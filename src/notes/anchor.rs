//! How a note holds on to its passage: the quote with what stands around it, and the position.
//!
//! Where the text is the same, the position holds. Where it isn't, every occurrence of the quote is weighed by how
//! much of its old surroundings stands around it still; too little, or two places as good as one another, and the
//! note is an orphan. It is never put on another passage because that happens to be near.

use std::collections::HashMap;
use std::ops::Range;

use memchr::memmem;
use unicode_segmentation::GraphemeCursor;

use crate::lang::{Lang, Tell};
use crate::text::CodePoints;

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
    /// Whether the quote stood nowhere else in the text.
    pub alone: bool,
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
        let mut places = memmem::find_iter(text.as_bytes(), exact.as_bytes());
        Anchor {
            exact: exact.into(),
            alone: !exact.is_empty() && places.next().is_some() && places.next().is_none(),
            prefix: text[before.min(start)..start].into(),
            suffix: text[end..behind.max(end)].into(),
            position: Some(CodePoints::new(text).range(start..end)),
        }
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
            weigh(text, anchor, bytes[i].as_ref().map(|r| r.start), places)
        });
    }
    found.into_iter().flatten().collect()
}

/// How many code points of its surroundings a passage must still have: one side of them, whole. A quote that stood
/// nowhere else in the text is evidence itself, as far as it is long: nobody writes the same 32 letters twice by chance,
/// but "Yes." anybody does.
fn floor(anchor: &Anchor) -> usize {
    match anchor.alone {
        true => CONTEXT.saturating_sub(anchor.exact.chars().count()),
        false => CONTEXT,
    }
}

/// How many code points of its surroundings are still there. The edge of the text is as good as all of a side.
fn kept(text: &str, anchor: &Anchor, range: &Range<usize>) -> usize {
    let side = |there: &mut dyn Iterator<Item = char>, was: &mut dyn Iterator<Item = char>| {
        let mut same = 0;
        loop {
            match (there.next(), was.next()) {
                (None, None) => return CONTEXT,
                (Some(a), Some(b)) if a == b => same += 1,
                _ => return same,
            }
        }
    };
    let (before, behind) = (&text[..range.start], &text[range.end..]);
    let before = side(&mut before.chars().rev(), &mut anchor.prefix.chars().rev());
    before + side(&mut behind.chars(), &mut anchor.suffix.chars())
}

/// By how many code points of surroundings the best place must lead.
const LEAD: usize = 8;

/// The one of `places` that is the anchor's, as far as the surroundings tell.
fn weigh(
    text: &str,
    anchor: &Anchor,
    expected: Option<usize>,
    places: &[usize],
) -> Result<Range<usize>, Orphan> {
    if anchor.exact.is_empty() {
        return Err(Orphan::Nameless);
    }
    let mut ranked: Vec<(usize, Range<usize>)> = places
        .iter()
        .map(|&start| start..start + anchor.exact.len())
        .filter(|range| whole(text, range))
        .map(|range| (kept(text, anchor, &range), range))
        .collect();
    ranked.sort_by_key(|(kept, range)| (std::cmp::Reverse(*kept), range.start));
    let floor = floor(anchor);
    let Some((best, range)) = ranked.first().cloned() else {
        return Err(Orphan::Gone);
    };
    if best < floor {
        return Err(Orphan::Elsewhere);
    }
    let rivals = ranked.iter().filter(|(kept, _)| kept + LEAD > best);
    match rivals.count() {
        1 => Ok(range),
        places => {
            let all = anchor.prefix.chars().count() + anchor.suffix.chars().count();
            // A refrain: all around is alike. Only the one that hasn't moved at all can be told from the others.
            ranked
                .iter()
                .find(|(kept, range)| *kept >= all && Some(range.start) == expected)
                .map(|(_, range)| range.clone())
                .ok_or(Orphan::Ambiguous { places })
        }
    }
}

/// The anchors' positions in bytes, each the way from the start of the text but once.
fn positions(text: &str, anchors: &[(&Anchor, bool)]) -> Vec<Option<Range<usize>>> {
    let given = || anchors.iter().filter_map(|(a, _)| a.position.as_ref());
    let mut points: Vec<usize> = given().flat_map(|p| [p.start, p.end]).collect();
    points.sort_unstable();
    points.dedup();
    let mut count = CodePoints::new(text);
    let bytes: Vec<usize> = points.iter().map(|&point| count.byte(point)).collect();
    let byte = |point: usize| bytes[points.partition_point(|&p| p < point)];
    anchors
        .iter()
        .map(|(anchor, _)| {
            let position = anchor.position.as_ref()?;
            let start = byte(position.start);
            Some(start..byte(position.end).max(start))
        })
        .collect()
}

/// How many bytes of a quote it is looked up by.
const KEY: usize = 8;

/// Fills in where each of the `quotes` stands in `text`, in bytes: one pass for all quotes of [`KEY`] bytes or more, by
/// a table of their first bytes (after Karp and Rabin, *Efficient randomized pattern-matching algorithms*, IBM Journal
/// of Research and Development 31, 1987), and one for each that is shorter.
fn occurrences(text: &str, quotes: &mut HashMap<&str, Vec<usize>>) {
    /// Bits of the filter that spares most places a look into the table.
    const FILTER: u32 = 16;
    let slot = |key: u64| (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - FILTER)) as usize;
    let mut seen = vec![false; 1 << FILTER];
    let mut by_key: HashMap<u64, Vec<(&str, Vec<usize>)>> = HashMap::new();
    for (quote, places) in quotes.iter_mut() {
        match quote.as_bytes().first_chunk::<KEY>() {
            Some(head) => {
                let key = u64::from_le_bytes(*head);
                seen[slot(key)] = true;
                by_key.entry(key).or_default().push((quote, Vec::new()));
            }
            None => places.extend(memmem::find_iter(text.as_bytes(), quote.as_bytes())),
        }
    }
    if by_key.is_empty() {
        return;
    }
    let text = text.as_bytes();
    for (at, window) in text.windows(KEY).enumerate() {
        let Some(head) = window.first_chunk::<KEY>() else {
            continue;
        };
        let key = u64::from_le_bytes(*head);
        if !seen[slot(key)] {
            continue;
        }
        for (quote, places) in by_key.get_mut(&key).into_iter().flatten() {
            if text[at..].starts_with(quote.as_bytes()) {
                places.push(at);
            }
        }
    }
    for (quote, places) in by_key.into_values().flatten() {
        quotes.insert(quote, places);
    }
}

/// Whether neither end of `range` splits a grapheme.
fn whole(text: &str, range: &Range<usize>) -> bool {
    text.is_char_boundary(range.start)
        && text.is_char_boundary(range.end)
        && is_boundary(text, range.start)
        && is_boundary(text, range.end)
}

fn is_boundary(text: &str, at: usize) -> bool {
    // With all of the text at hand the question always has an answer.
    GraphemeCursor::new(at, text.len(), true)
        .is_boundary(text, 0)
        .unwrap_or(true)
}

/// The start of the grapheme that byte `at` lies in.
fn grapheme_floor(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    if is_boundary(text, at) {
        return at;
    }
    let before = GraphemeCursor::new(at, text.len(), true).prev_boundary(text, 0);
    before.ok().flatten().unwrap_or(0)
}

/// The end of the grapheme that byte `at` lies in.
fn grapheme_ceil(text: &str, at: usize) -> usize {
    let at = text.ceil_char_boundary(at);
    if is_boundary(text, at) {
        return at;
    }
    let behind = GraphemeCursor::new(at, text.len(), true).next_boundary(text, 0);
    behind.ok().flatten().unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn anchor(text: &str, passage: &str) -> Anchor {
        let at = text.find(passage).unwrap();
        Anchor::at(text, at..at + passage.len())
    }

    fn found<'a>(anchor: &Anchor, text: &'a str) -> Result<&'a str, Orphan> {
        anchor.find(text, false).map(|range| &text[range])
    }

    #[test]
    fn an_anchor_is_quote_surroundings_and_code_points() {
        let text = "Für mich? Ja, über alles.";
        let anchor = anchor(text, "über");
        assert_eq!(anchor.exact, "über");
        assert_eq!(anchor.prefix, "Für mich? Ja, ");
        assert_eq!(anchor.suffix, " alles.");
        assert_eq!(anchor.position, Some(14..18));
    }

    #[test]
    fn where_the_text_is_the_same_the_position_decides() {
        let text = "Ja. Ja. Ja.";
        let second = Anchor::at(text, 4..7);
        assert_eq!(second.find(text, true), Ok(4..7));
        assert_eq!(Anchor::default().find(text, true), Err(Orphan::Nameless));
    }

    #[test]
    fn a_passage_is_found_where_it_has_moved_to() {
        let text = "Erstens eine Frage zum Vertrauen.\n\nDas Vertrauen ist nämlich das Wichtigste.";
        let anchor = anchor(text, "Vertrauen ist");
        let later = format!("Eine Vorrede, die es vorher nicht gab.\n\n{text}");
        let range = anchor.find(&later, false).unwrap();
        assert_eq!(range.start, later.rfind("Vertrauen ist").unwrap());
    }

    #[test]
    fn the_surroundings_tell_two_occurrences_apart() {
        let text = "Warum denn das? Weil es sich so gehört. Warum denn das? Aus alter Gewohnheit.";
        let at = text.rfind("Warum").unwrap();
        let second = Anchor::at(text, at..at + 15);
        assert!(!second.alone && second.exact == "Warum denn das?");
        let later = format!("Neu. {text}");
        assert_eq!(second.find(&later, false), Ok(at + 5..at + 20));
        let first_only = text[..at].to_owned() + "Schluss.";
        assert_eq!(second.find(&first_only, false), Err(Orphan::Elsewhere));
    }

    #[test]
    fn what_is_gone_or_unsure_is_an_orphan_and_says_why() {
        let text = "Ist das gut? Ja. Und ist jenes gut, was sie tun? Nein.";
        let yes = anchor(text, "Ja.");
        assert_eq!(found(&yes, "Ist das gut? Nein."), Err(Orphan::Gone));
        let other = "Hier steht ganz anderes, und irgendwo auch einmal: Ja. Punkt.";
        assert_eq!(found(&yes, other), Err(Orphan::Elsewhere));
        let twice = format!("Neu. {text} {text}");
        assert_eq!(found(&yes, &twice), Err(Orphan::Ambiguous { places: 2 }));
        let told = Orphan::Ambiguous { places: 2 }.tell(Lang::German);
        assert!(told.contains("2 Orten"), "{told}");
    }

    #[test]
    fn of_a_refrain_only_the_one_that_has_not_moved_is_sure() {
        let verse = "Und was dann? Dann geht es weiter, immer weiter, wie es immer ging.\n\n";
        let text = verse.repeat(5);
        let at = verse.len() * 2;
        let third = Anchor::at(&text, at..at + 13);
        let after = format!("{text}Schluss.");
        assert_eq!(third.find(&after, false), Ok(at..at + 13));
        let before = format!("Anfang. {text}");
        let lost = third.find(&before, false);
        assert!(matches!(lost, Err(Orphan::Ambiguous { .. })), "{lost:?}");
    }

    #[test]
    fn an_anchor_never_splits_a_grapheme() {
        let text = "e\u{301}a 👨‍👩‍👧 e";
        assert_eq!(Anchor::at(text, 1..2).exact, "e\u{301}");
        let e = Anchor {
            exact: "e".into(),
            ..Anchor::default()
        };
        assert_eq!(e.find(text, false), Ok(text.len() - 1..text.len()));
    }

    #[test]
    fn many_quotes_are_found_in_one_pass() {
        let text = "abcdefgh abc abcdefghi ab";
        let mut quotes: HashMap<&str, Vec<usize>> = ["abcdefgh", "abcdefghi", "abc", "fehlt darin"]
            .map(|quote| (quote, Vec::new()))
            .into();
        occurrences(text, &mut quotes);
        assert_eq!(quotes["abcdefgh"], [0, 13]);
        assert_eq!(quotes["abcdefghi"], [13]);
        assert_eq!(quotes["abc"], [0, 9, 13]);
        assert!(quotes["fehlt darin"].is_empty());
    }

    /// A text of sentences that are all different.
    fn sentences(numbers: Range<usize>) -> String {
        numbers
            .map(|n| format!("Satz {n} sagt, dass {} mal {n} ist. ", n * 7))
            .collect()
    }

    proptest! {
        #[test]
        fn edits_elsewhere_leave_a_passage_where_it_is(
            start in 300usize..600, len in 1usize..120,
            before in 0usize..200, cut_before in 0usize..60, behind in 0usize..200,
            inserted in "\\PC{0,40}", appended in "\\PC{0,40}",
        ) {
            let text = sentences(1..60);
            let anchor = Anchor::at(&text, start..start + len);
            let tail = start + len + CONTEXT + behind;
            let edited = format!(
                "{}{inserted}{}{appended}{}",
                &text[..before], &text[before + cut_before..tail], &text[tail..],
            );
            let moved = start + inserted.len() - cut_before;
            prop_assert_eq!(anchor.find(&edited, false), Ok(moved..moved + len));
        }

        #[test]
        fn edits_around_it_lose_a_passage_rather_than_misplace_it(
            start in 300usize..600, len in 1usize..120, left in 0usize..40, right in 0usize..40,
            instead in "[a-zöß., ]{0,40}",
        ) {
            let text = sentences(1..60);
            let anchor = Anchor::at(&text, start..start + len);
            let edited = format!(
                "{}{instead}{}{instead}{}",
                &text[..start - left], &text[start..start + len], &text[start + len + right..],
            );
            let moved = start - left + instead.len();
            match anchor.find(&edited, false) {
                Ok(range) => prop_assert_eq!(range, moved..moved + len),
                Err(_) => prop_assert!(len < CONTEXT),
            }
        }

        #[test]
        fn any_anchor_in_any_text_is_found_in_the_same_text(text in "\\PC{1,60}", a in 0usize..90, b in 0usize..90) {
            let range = a.min(b).min(text.len() - 1)..a.max(b).min(text.len());
            let anchor = Anchor::at(&text, range.clone());
            prop_assume!(!anchor.exact.is_empty());
            let found = anchor.find(&text, true).unwrap();
            prop_assert!(found.start <= range.start && found.end >= range.end);
            prop_assert_eq!(&text[found], anchor.exact);
            prop_assert!(anchor.prefix.chars().count() <= CONTEXT);
        }
    }
}
