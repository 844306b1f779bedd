//! The search through a text: what was typed, spaces and all, wherever it stands.

use std::ops::Range;

use memchr::memmem;

use super::Needle;

/// Something to be searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    needle: Needle,
}

impl Search {
    /// A search for `query` as it stands, case minded if it has a capital.
    #[must_use]
    pub fn new(query: &str) -> Search {
        Search {
            needle: Needle::new(query),
        }
    }

    /// Whether there is nothing to search for; then nothing is found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.needle.is_empty()
    }

    /// Every place in `text`, in order; none reaches over a blank line.
    #[must_use]
    pub fn find_all(&self, text: &str) -> Vec<Range<usize>> {
        if self.is_empty() {
            return Vec::new();
        }
        paragraphs(text)
            .flat_map(|paragraph| self.in_paragraph(text, paragraph))
            .collect()
    }

    /// The first place that begins at byte `from` or after it; or, if not `forward`, the last that begins before it.
    #[must_use]
    pub fn next(&self, text: &str, from: usize, forward: bool) -> Option<Range<usize>> {
        if self.is_empty() {
            return None;
        }
        if forward {
            paragraphs(text)
                .filter(|paragraph| paragraph.end > from)
                .find_map(|paragraph| {
                    let found = self.in_paragraph(text, paragraph);
                    found.into_iter().find(|range| range.start >= from)
                })
        } else {
            let before: Vec<_> = paragraphs(text).take_while(|p| p.start < from).collect();
            before.into_iter().rev().find_map(|paragraph| {
                let found = self.in_paragraph(text, paragraph);
                found.into_iter().rfind(|range| range.start < from)
            })
        }
    }

    fn in_paragraph(&self, text: &str, paragraph: Range<usize>) -> Vec<Range<usize>> {
        let mut found = self.needle.occurrences(&text[paragraph.clone()]);
        for range in &mut found {
            *range = range.start + paragraph.start..range.end + paragraph.start;
        }
        found
    }
}

/// The parts of `text` between blank lines.
fn paragraphs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    memmem::find_iter(text.as_bytes(), "\n\n")
        .map(|at| (at, at + 2))
        .chain([(text.len(), text.len())])
        .map(move |(end, next)| std::mem::replace(&mut start, next)..end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found<'a>(query: &str, text: &'a str) -> Vec<&'a str> {
        let ranges = Search::new(query).find_all(text);
        ranges.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn a_text_is_found_however_it_is_spelt() {
        let text = "Über, ueber, U\u{308}BER und uber; drüber";
        assert_eq!(
            found("über", text),
            ["Über", "ueber", "U\u{308}BER", "uber", "über"]
        );
        assert_eq!(found("Über", text), ["Über"]);
        assert_eq!(found("„so“ – ja", "Und \"so\" - ja"), ["\"so\" - ja"]);
        assert_eq!(found("strasse", "Die Stra\u{ad}ße"), ["Stra\u{ad}ße"]);
        assert_eq!(found("frau", "Frauen"), ["Frau"]);
    }

    #[test]
    fn spaces_are_part_of_what_is_looked_for() {
        assert_eq!(found("n d", "in der\nBahn\ndort"), ["n d", "n\nd"]);
        assert_eq!(found("n d", "Bahn\n\ndort"), Vec::<&str>::new());
        assert_eq!(found("", "text"), Vec::<&str>::new());
    }

    #[test]
    fn next_goes_either_way_and_leaves_wrapping_to_its_caller() {
        let text = "eins zwei\n\neins\n\nzwei eins";
        let search = Search::new("eins");
        let starts: Vec<_> = search.find_all(text).iter().map(|r| r.start).collect();
        assert_eq!(starts, [0, 11, 22]);
        assert_eq!(search.next(text, 1, true), Some(11..15));
        assert_eq!(search.next(text, 11, true), Some(11..15));
        assert_eq!(search.next(text, 11, false), Some(0..4));
        assert_eq!(search.next(text, 0, false), None);
        assert_eq!(search.next(text, 23, true), None);
        assert_eq!(search.next(text, usize::MAX, false), Some(22..26));
    }

    proptest! {
        #[test]
        fn next_visits_what_find_all_found(text in "[ab ü\u{308}e\n]{0,60}", query in "[abü ]{1,2}") {
            let search = Search::new(&query);
            let all = search.find_all(&text);
            let (mut there, mut back) = (Vec::new(), Vec::new());
            let (mut from, mut before) = (0, text.len());
            while let Some(range) = search.next(&text, from, true) {
                from = range.start + 1;
                there.push(range);
            }
            while let Some(range) = search.next(&text, before, false) {
                before = range.start;
                back.push(range);
            }
            back.reverse();
            prop_assert_eq!(&there, &all);
            prop_assert_eq!(&back, &all);
            prop_assert!(all.windows(2).all(|two| two[0].end <= two[1].start));
        }

        #[test]
        fn what_is_found_is_text(text in "\\PC{0,40}", query in "\\PC{1,3}") {
            for range in Search::new(&query).find_all(&text) {
                prop_assert!(text.get(range).is_some_and(|found| !found.is_empty()));
            }
        }
    }
}
