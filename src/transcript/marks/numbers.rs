//! Numbers that count the questions: *1. Wie …*, *(2) Und …*.

use std::borrow::Cow;

use crate::transcript::document::{Document, Kind};
use crate::transcript::structure;

/// Takes the numbers off paragraphs that they count, where these ask.
pub fn take(document: &mut Document) {
    let mut next = 1;
    let mut counted: Vec<(usize, u16, usize)> = Vec::new();
    let mut others = 0usize;
    for (at, paragraph) in document.paragraphs.iter().enumerate() {
        match number(paragraph) {
            // A file may hold several interviews.
            Some((number, length)) if number == next || number == 1 => {
                counted.push((at, number, length));
                next = number.saturating_add(1);
            }
            Some(_) => others += 1,
            None => {}
        }
    }
    if counted.len() < 2 || others * 4 > counted.len() {
        return;
    }
    let asking = structure::asks(&document.paragraphs);
    let asks = counted
        .iter()
        .filter(|(at, ..)| asking.get(*at) == Some(&true));
    if asks.count() * 2 < counted.len() {
        return;
    }
    for (at, number, length) in counted {
        match &mut document.paragraphs[at] {
            Cow::Borrowed(text) => *text = &text[length..],
            Cow::Owned(text) => drop(text.drain(..length)),
        }
        let mark = &mut document.marks[at];
        if mark.kind == Kind::Text {
            mark.kind = Kind::Numbered(number);
        }
    }
}

/// The number that `text` begins with, and how many bytes it takes; there must be something left.
fn number(text: &str) -> Option<(u16, usize)> {
    let open = text.strip_prefix('(').unwrap_or(text);
    let digits = open.len() - open.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = open
        .get(..digits)
        .filter(|digits| digits.len() <= 3)?
        .parse()
        .ok()?;
    let rest = &open[digits..];
    let rest = match open.len() == text.len() {
        true => rest.strip_prefix([')', '.', ':'])?,
        false => rest.strip_prefix(')')?,
    };
    let said = rest.trim_start();
    let parted = said.len() < rest.len() && !said.is_empty();
    parted.then(|| (number, text.len() - said.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::document::Mark;

    #[test]
    fn a_number_is_parted_from_what_it_counts() {
        assert_eq!(number("1. Wo?"), Some((1, 3)));
        assert_eq!(number("(12) Wo?"), Some((12, 5)));
        assert_eq!(number("3) Wo?"), Some((3, 3)));
        for no in [
            "1.",
            "1.5 Liter",
            "2009 war es",
            "(1. Wo?",
            "10:30 Uhr",
            "1. ",
        ] {
            assert_eq!(number(no), None, "{no}");
        }
    }

    #[test]
    fn only_questions_lose_their_numbers() {
        let taken = |paragraphs: &[&'static str]| {
            let mut document = Document::default();
            for paragraph in paragraphs {
                document.push((*paragraph).into(), Mark::default());
            }
            take(&mut document);
            document.paragraphs.concat()
        };
        assert_eq!(
            taken(&["1. Wo?", "Hier.", "2. Wann?", "Jetzt."]),
            "Wo?Hier.Wann?Jetzt."
        );
        let steps = [
            "Wie?",
            "1. Wir sägen den Baum ab.",
            "2. Wir tragen ihn fort.",
        ];
        assert_eq!(taken(&steps), steps.concat());
    }
}
