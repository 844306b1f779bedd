//! From byte offsets, used inside the program, to code points, used on the wire, and back.

use std::ops::Range;

/// Converts offsets of one text, each counted on from the last: offsets asked for in rising order cost one pass in all.
#[derive(Clone, Debug)]
pub struct CodePoints<'a> {
    text: &'a str,
    byte: usize,
    code_point: usize,
}

impl<'a> CodePoints<'a> {
    /// Starts at the beginning of `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        CodePoints {
            text,
            byte: 0,
            code_point: 0,
        }
    }

    /// The number of code points before byte `byte`; one inside a character counts as its start, one past the end as the end.
    pub fn at(&mut self, byte: usize) -> usize {
        let byte = self.text.floor_char_boundary(byte);
        if byte < self.byte {
            (self.byte, self.code_point) = (0, 0);
        }
        self.code_point += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.code_point
    }

    /// The byte offset of code point `code_point`; past the end, the end.
    pub fn byte(&mut self, code_point: usize) -> usize {
        if code_point < self.code_point {
            (self.byte, self.code_point) = (0, 0);
        }
        let rest = &self.text[self.byte..];
        match rest.char_indices().nth(code_point - self.code_point) {
            Some((bytes, _)) => {
                self.byte += bytes;
                self.code_point = code_point;
            }
            None => {
                self.code_point += rest.chars().count();
                self.byte = self.text.len();
            }
        }
        self.byte
    }

    /// Both ends of a byte range, in code points, end exclusive.
    pub fn range(&mut self, bytes: Range<usize>) -> Range<usize> {
        let start = self.at(bytes.start);
        start..self.at(bytes.end)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn there_and_back(text in "\\PC{0,40}", asked in prop::collection::vec(0usize..60, 1..8)) {
            let (mut there, mut back) = (CodePoints::new(&text), CodePoints::new(&text));
            for byte in asked {
                let byte = text.floor_char_boundary(byte.min(text.len()));
                let point = there.at(byte);
                prop_assert_eq!(point, text[..byte].chars().count());
                prop_assert_eq!(back.byte(point), byte);
            }
        }
    }
}
