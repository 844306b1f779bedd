//! Labels that stand in the middle of a paragraph, where two turns have run together.

use std::borrow::Cow;

use super::Labels;
use crate::transcript::document::{Document, Kind};
use crate::transcript::paragraphs::ends_sentence;

impl Labels {
    /// Parts the paragraphs of `document` before each label that follows on the end of a sentence: *Wo? Ada: Hier.*
    pub(super) fn part(&self, document: &mut Document) {
        let found = |text: &str| self.within(text, 0).is_some();
        if !document.paragraphs.iter().any(|text| found(text)) {
            return;
        }
        let marks = std::mem::take(&mut document.marks);
        for (text, mark) in std::mem::take(&mut document.paragraphs)
            .into_iter()
            .zip(marks)
        {
            let (mut from, mut mark) = (0, mark);
            while let Some(at) = self.within(&text, from) {
                document.push(piece(&text, from, at), mark);
                from = at;
                if let Kind::Numbered(_) = mark.kind {
                    mark.kind = Kind::Text;
                }
            }
            match from {
                0 => {
                    document.paragraphs.push(text);
                    document.marks.push(mark);
                }
                from => document.push(piece(&text, from, text.len()), mark),
            }
        }
    }

    /// Where in `text`, after `from`, the next label begins.
    fn within(&self, text: &str, from: usize) -> Option<usize> {
        let bytes = text.as_bytes();
        let colons = memchr::memchr_iter(b':', &bytes[from..]).map(|at| from + at);
        let parted = colons.filter(|at| bytes.get(at + 1).is_none_or(|b| *b == b' '));
        parted.into_iter().find_map(|colon| {
            let names = self.names.iter();
            let starts = names.filter_map(|name| {
                let before = text.get(from..colon)?.strip_suffix(name.as_str())?;
                let sentence = before.strip_suffix(' ')?;
                let ends = ends_sentence(sentence) && !sentence.ends_with(':');
                ends.then_some(from + before.len())
            });
            starts.min()
        })
    }
}

fn piece<'a>(text: &Cow<'a, str>, from: usize, to: usize) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[from..to]),
        Cow::Owned(text) => Cow::Owned(text[from..to].to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::document::Mark;

    #[test]
    fn turns_that_ran_together_are_parted_at_their_labels() {
        let mut document = Document::default();
        for text in [
            "Ada: Wo? Bo: Hier. Dort sagt Bo: nichts.",
            "Bo: Ja.",
            "Ada: Und Bo: wann? Ada: Ja? Bo:",
            "Bo: Um 10:30. Cy: nie.",
            "Ada: Aha.",
        ] {
            document.push(text.into(), Mark::default());
        }
        Labels::of_document(&document).take(&mut document);
        let said = document.marks.iter().zip(&document.paragraphs);
        let said: Vec<(&str, &str)> = said
            .map(|(mark, text)| {
                let speaker = mark.speaker.map(|voice| voice.index());
                let name = speaker.and_then(|at| document.speakers.get(at));
                (name.map_or("", String::as_str), text.as_ref())
            })
            .collect();
        let expected = [
            ("Ada", "Wo?"),
            ("Bo", "Hier. Dort sagt Bo: nichts."),
            ("Bo", "Ja."),
            ("Ada", "Und Bo: wann?"),
            ("Ada", "Ja?"),
            ("Bo", "Um 10:30. Cy: nie."),
            ("Ada", "Aha."),
        ];
        assert_eq!(said, expected);
    }
}
