//! Signs that questions begin with where nothing else sets them apart: *– Wo waren Sie?*

use std::borrow::Cow;
use std::collections::HashMap;

use crate::transcript::document::{Document, Kind};
use crate::transcript::structure;

/// The signs, each before a space.
const SIGNS: &[char] = &['–', '—', '-', '*', '>', '?', '•', '■', '▪', '►', '»'];

/// So many paragraphs begin with it at the least.
const LEAST: usize = 3;

/// Takes the sign off paragraphs that begin with it, where these ask and others don't begin so, and sets them apart.
pub fn take(document: &mut Document) {
    if document
        .marks
        .iter()
        .any(|mark| mark.strong || mark.kind != Kind::Text)
    {
        return;
    }
    let mut counts: HashMap<char, usize> = HashMap::new();
    for (sign, _) in document.paragraphs.iter().filter_map(|text| led(text)) {
        *counts.entry(sign).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    let all = document.paragraphs.len();
    let Some((sign, count)) = most.filter(|(_, n)| *n >= LEAST && *n * 3 <= all * 2) else {
        return;
    };
    let so = |text: &str| led(text).is_some_and(|(led, _)| led == sign);
    let asking = structure::asks(&document.paragraphs);
    let asks = document.paragraphs.iter().zip(asking);
    let asks = asks.filter(|(text, asks)| *asks && so(text)).count();
    if asks * 2 < count {
        return;
    }
    for (text, mark) in document.paragraphs.iter_mut().zip(&mut document.marks) {
        let Some((_, said)) = led(text).filter(|(led, _)| *led == sign) else {
            continue;
        };
        let at = text.len() - said.len();
        mark.strong = true;
        match text {
            Cow::Borrowed(text) => *text = &text[at..],
            Cow::Owned(text) => drop(text.drain(..at)),
        }
    }
}

/// The sign that `text` begins with, and what follows it.
fn led(text: &str) -> Option<(char, &str)> {
    let sign = text.chars().next().filter(|sign| SIGNS.contains(sign))?;
    let said = text[sign.len_utf8()..].strip_prefix(' ')?.trim_start();
    (!said.is_empty()).then_some((sign, said))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::document::Mark;

    fn taken(paragraphs: &[&'static str]) -> String {
        let mut document = Document::default();
        for paragraph in paragraphs {
            document.push((*paragraph).into(), Mark::default());
        }
        take(&mut document);
        document.paragraphs.concat()
    }

    #[test]
    fn a_sign_before_questions_is_none_of_their_words() {
        let asked = [
            "– Wo?",
            "Hier.",
            "– Und wann?",
            "Jetzt.",
            "– Das ist spät.",
            "Ja.",
            "Und?",
        ];
        assert_eq!(taken(&asked), "Wo?Hier.Und wann?Jetzt.Das ist spät.Ja.Und?");
        let listed = ["Was?", "- Brot.", "- Salz.", "- Öl.", "Wann?", "Heute."];
        assert_eq!(taken(&listed), listed.concat());
        let both = ["– Wo?", "– Hier.", "– Wann?", "– Jetzt."];
        assert_eq!(taken(&both), both.concat());
    }
}
