//! Ranges, where many are kept.

use std::ops::Range;

/// A range of bytes, paragraphs or turns in half the memory of a `Range<usize>`, which it is everywhere else: a long
/// interview has several for each sentence. An end past 4,294,967,295 counts as that; no text is so long by far
/// ([`bounds`](crate::transcript::bounds)).
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// Where it begins.
    #[must_use]
    pub fn start(&self) -> usize {
        self.start as usize
    }

    /// Where it ends; exclusive.
    #[must_use]
    pub fn end(&self) -> usize {
        self.end as usize
    }

    /// The same as a range.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start()..self.end()
    }

    /// How many bytes, paragraphs or turns it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.range().len()
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.range().is_empty()
    }

    /// Whether `at` lies within.
    #[must_use]
    pub fn contains(&self, at: &usize) -> bool {
        self.range().contains(at)
    }

    /// Makes it end at `end`.
    pub fn end_at(&mut self, end: usize) {
        *self = Span::from(self.start()..end);
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Span {
        let end = |at| u32::try_from(at).unwrap_or(u32::MAX);
        Span {
            start: end(range.start),
            end: end(range.end),
        }
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Range<usize> {
        span.range()
    }
}

impl IntoIterator for Span {
    type Item = usize;
    type IntoIter = Range<usize>;

    fn into_iter(self) -> Range<usize> {
        self.range()
    }
}

impl PartialEq<Range<usize>> for Span {
    fn eq(&self, other: &Range<usize>) -> bool {
        self.range() == *other
    }
}

impl std::fmt::Debug for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        self.range().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_a_range_in_half_its_memory() {
        assert_eq!(2 * size_of::<Span>(), size_of::<Range<usize>>());
        let mut span = Span::from(3..5);
        assert_eq!((span.start(), span.end(), span.len()), (3, 5, 2));
        assert!(span.contains(&4) && !span.contains(&5) && !span.is_empty());
        assert_eq!(span.clone().into_iter().collect::<Vec<_>>(), [3, 4]);
        span.end_at(9);
        assert_eq!(span, 3..9);
        assert_eq!(format!("{span:?}"), "3..9");
    }

    #[test]
    fn what_is_longer_than_anything_ends_at_the_end() {
        let all = Span::from(1..usize::MAX);
        assert_eq!(all, 1..u32::MAX as usize);
    }
}
