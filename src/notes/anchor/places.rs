//! Where things stand in a text: positions in code points as bytes, and quotes, many in one pass.

use std::collections::HashMap;
use std::ops::Range;

use memchr::memmem;

use super::Anchor;
use crate::text::CodePoints;

/// The anchors' positions in bytes, each the way from the start of the text but once.
pub(super) fn positions(text: &str, anchors: &[(&Anchor, bool)]) -> Vec<Option<Range<usize>>> {
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
pub(super) fn occurrences(text: &str, quotes: &mut HashMap<&str, Vec<usize>>) {
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
    let heads = text.windows(KEY).filter_map(<[u8]>::first_chunk::<KEY>);
    for (at, head) in heads.enumerate() {
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
