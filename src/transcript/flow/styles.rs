//! The styles of a file's paragraphs: what matters of them is only which have the same.

use std::collections::HashMap;

/// The style of what stands in the first of two columns.
pub const FIRST_COLUMN: u16 = u16::MAX;

/// The numbers of a file's styles, by their names.
#[derive(Debug, Default)]
pub struct Styles(HashMap<String, u16>);

impl Styles {
    /// The number of the style `name`, from 1 on; past the last number it is 0, as where there is none.
    pub fn number(&mut self, name: &str) -> u16 {
        if let Some(number) = self.0.get(name) {
            return *number;
        }
        let next = u16::try_from(self.0.len() + 1).unwrap_or(0);
        self.0.insert(name.to_owned(), next);
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_number_and_no_other_has_it() {
        let mut styles = Styles::default();
        let numbers = ["frage", "antwort", "frage"].map(|name| styles.number(name));
        assert_eq!(numbers, [1, 2, 1]);
    }
}
