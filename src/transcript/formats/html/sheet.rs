//! What the style sheet of a page says of the classes that set type: word processors write questions so.

use std::collections::HashMap;

use crate::transcript::flow::Emphasis;

/// More rules than this are not read: no word processor writes so many.
const RULES: usize = 4_096;

/// Red, green and blue of a colour are so far apart at the least, of 255.
const CHROMA: i32 = 64;

/// The colours that are written with a name.
const COLOURS: &[&str] = &[
    "blue",
    "brown",
    "crimson",
    "darkblue",
    "darkgreen",
    "darkorange",
    "darkred",
    "firebrick",
    "fuchsia",
    "gold",
    "green",
    "indigo",
    "lightblue",
    "lightyellow",
    "magenta",
    "maroon",
    "mediumblue",
    "navy",
    "olive",
    "orange",
    "orangered",
    "purple",
    "red",
    "royalblue",
    "steelblue",
    "teal",
    "yellow",
];

/// The weights of bold type.
const BOLD: &[&str] = &["bold", "bolder", "600", "700", "800", "900"];

/// The styles of italics.
const ITALIC: &[&str] = &["italic", "oblique"];

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
            let emphasis = emphasis(style);
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

/// How the declarations `style` set type. Colour, which parts who asks from who answers as type does, counts as italics.
#[must_use]
pub fn emphasis(style: &str) -> Emphasis {
    let coloured = |property| value(style, property).any(is_colour);
    Emphasis {
        bold: declares(style, "font-weight", BOLD),
        italic: declares(style, "font-style", ITALIC)
            || coloured("color")
            || coloured("background-color")
            || coloured("background"),
    }
}

/// Whether `value` is a colour, and neither black, white nor grey.
#[must_use]
pub fn is_colour(value: &str) -> bool {
    let value = value.trim();
    let parts: Vec<i32> = match value.strip_prefix('#') {
        Some(digits) if digits.is_ascii() => {
            let width = if digits.len() < 6 { 1 } else { 2 };
            let scale = if width == 1 { 17 } else { 1 };
            let part =
                |at: usize| i32::from_str_radix(digits.get(at * width..(at + 1) * width)?, 16).ok();
            (0..3).filter_map(part).map(|part| part * scale).collect()
        }
        Some(_) => return false,
        None => {
            let inside = value.to_ascii_lowercase();
            let Some(inside) = inside.strip_prefix("rgb") else {
                return COLOURS.contains(&inside.as_str());
            };
            let numbers = inside
                .split(|c: char| !c.is_ascii_digit())
                .filter(|number| !number.is_empty());
            numbers
                .take(3)
                .filter_map(|number| number.parse().ok())
                .collect()
        }
    };
    let range = parts.iter().max().zip(parts.iter().min());
    parts.len() == 3 && range.is_some_and(|(most, least)| most - least >= CHROMA)
}

/// Whether the declarations `style` give `property` one of the values.
pub fn declares(style: &str, property: &str, values: &[&str]) -> bool {
    value(style, property).any(|value| values.contains(&value.to_ascii_lowercase().as_str()))
}

/// What the declarations `style` give `property`.
fn value<'a>(style: &'a str, property: &str) -> impl Iterator<Item = &'a str> {
    style.split(';').filter_map(move |declaration| {
        let (name, value) = declaration.split_once(':')?;
        let value = value.trim();
        let value = value
            .strip_suffix("!important")
            .map_or(value, str::trim_end);
        name.trim().eq_ignore_ascii_case(property).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_told_from_black_and_grey() {
        for yes in [
            "#c00",
            "#0000FF",
            "#1a2b9c",
            "rgb(200, 0, 0)",
            "rgba(0,90,200,1)",
            "Navy",
        ] {
            assert!(is_colour(yes), "{yes}");
        }
        for no in [
            "#000",
            "#434343",
            "#eeeeee",
            "rgb(51,51,51)",
            "black",
            "inherit",
            "#zz",
            "#ä",
            "",
        ] {
            assert!(!is_colour(no), "{no}");
        }
    }

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
