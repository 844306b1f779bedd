//! A table of contents says each question once more, above the first.

use std::collections::HashSet;

use crate::transcript::document::{Document, Kind};

/// Sets aside the paragraphs of `document` that say what a heading further down says.
pub fn set_aside(document: &mut Document) {
    let heads = |kind: Kind| matches!(kind, Kind::Heading(_));
    let mut below: HashSet<&str> = HashSet::new();
    let mut listed: Vec<usize> = Vec::new();
    let paragraphs = document.paragraphs.iter().zip(&document.marks);
    for (at, (text, mark)) in paragraphs.enumerate().rev() {
        if heads(mark.kind) {
            below.insert(text);
        } else if below.contains(text.as_ref()) {
            listed.push(at);
        }
    }
    // One heading may be said again by chance.
    if listed.len() > 1 {
        for at in listed {
            document.marks[at].kind = Kind::Aside;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::document::Mark;

    #[test]
    fn what_is_listed_above_is_no_question() {
        let mut document = Document::default();
        for line in ["Wo?", "Und wann?", "#Wo?", "Wo? Hier.", "#Und wann?", "Wo?"] {
            let kind = if line.starts_with('#') {
                Kind::Heading(2)
            } else {
                Kind::Text
            };
            let mark = Mark {
                kind,
                ..Mark::default()
            };
            document.push(line.trim_start_matches('#').into(), mark);
        }
        set_aside(&mut document);
        let aside = document.marks.iter().map(|mark| mark.kind == Kind::Aside);
        let aside: Vec<bool> = aside.collect();
        assert_eq!(aside, [true, true, false, false, false, false]);
    }
}
