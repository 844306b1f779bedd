//! What the style sheet of a page says of the classes that set type: word processors write questions so.

use std::collections::HashMap;

use crate::transcript::flow::Emphasis;

/// More rules than this are not read: no word processor writes so many.
const RULES: usize = 4_096;

/// The weights of bold type.
pub const BOLD: &[&str] = &["bold", "bolder", "600", "700", "800", "900"];

/// The styles of italics.
pub const ITALIC: &[&str] = &["italic", "oblique"];

/// The classes that set type, by their names.
#[derive(Debug, Default)]
pub struct Sheet {
    classes: HashMap<String, Emphasis>,
}

impl Sheet {
    /// Reads the rules of `css` whose selectors are nothing but a class, with or without an element: `.c1`, `p.c1`.
    pub fn read(&mut self, css: &str) {
        for rule in css.split('}').take(RULES) {
            let Some((selectors, style)) = rule.rsplit_once('{') else {
                continue;
            };
            let emphasis = Emphasis {
                bold: declares(style, "font-weight", BOLD),
                italic: declares(style, "font-style", ITALIC),
            };
            if emphasis == Emphasis::default() {
                continue;
            }
            for selector in selectors.split(',') {
                let class = selector.trim().split_once('.').map(|(_, class)| class);
                let plain = |class: &&str| !class.contains([' ', ':', '.', '>', '#', '[']);
                if let Some(class) = class.filter(plain) {
                    self.classes.insert(class.to_owned(), emphasis);
                }
            }
        }
    }

    /// How the classes of an element set its type.
    #[must_use]
    pub fn emphasis(&self, classes: &str) -> Emphasis {
        let mut emphasis = Emphasis::default();
        if self.classes.is_empty() {
            return emphasis;
        }
        let known = classes.split_whitespace();
        for class in known.filter_map(|class| self.classes.get(class)) {
            emphasis.bold |= class.bold;
            emphasis.italic |= class.italic;
        }
        emphasis
    }
}

/// Whether the declarations `style` give `property` one of the values.
pub fn declares(style: &str, property: &str, values: &[&str]) -> bool {
    style.split(';').any(|declaration| {
        declaration.split_once(':').is_some_and(|(name, value)| {
            let value = value.trim().to_ascii_lowercase();
            name.trim().eq_ignore_ascii_case(property) && values.contains(&value.as_str())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_may_set_type() {
        let mut sheet = Sheet::default();
        sheet.read("@page{a:b}.c1{color:#000;font-weight:700}p.c2, .c3 {font-style: italic}.c4 b{font-weight:bold}");
        let set = |classes| {
            let found = sheet.emphasis(classes);
            (found.bold, found.italic)
        };
        assert_eq!(set("c0 c1"), (true, false));
        assert_eq!(set("c2 c1"), (true, true));
        assert_eq!((set("c3"), set("c4")), ((false, true), (false, false)));
    }
}
