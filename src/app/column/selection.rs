//! A passage being selected: a caret on a sentence, and an end that may be pinned.

use std::ops::Range;

use crate::interview::Interview;
use crate::text::{sentences, words};

/// A selection begun. Offsets are bytes of the interview's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// What the caret stands on: a sentence, or a word.
    pub caret: Range<usize>,
    /// What was pinned; the selection reaches from it to the caret.
    pub pinned: Option<Range<usize>>,
}

/// How far one step goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the next or previous word.
    Word,
    /// To the next or previous sentence.
    Sentence,
    /// To the next or previous paragraph.
    Paragraph,
}

impl Selection {
    /// A caret on the first sentence that ends after `byte`.
    #[must_use]
    pub fn begin(interview: &Interview, byte: usize) -> Option<Selection> {
        let paragraph = interview.paragraph_at(byte);
        let caret = (paragraph..interview.paragraphs.len()).find_map(|p| {
            units(interview, p, Step::Sentence)
                .into_iter()
                .find(|unit| unit.end > byte)
        })?;
        Some(Selection {
            caret,
            pinned: None,
        })
    }

    /// What is selected.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        match &self.pinned {
            Some(pinned) => pinned.start.min(self.caret.start)..pinned.end.max(self.caret.end),
            None => self.caret.clone(),
        }
    }

    /// Pins the end where the caret stands; pinned already, lets it go.
    pub fn pin(&mut self) {
        self.pinned = match self.pinned.take() {
            Some(_) => None,
            None => Some(self.caret.clone()),
        };
    }

    /// Lets the caret and the pinned end change places.
    pub fn other_end(&mut self) {
        if let Some(pinned) = &mut self.pinned {
            std::mem::swap(pinned, &mut self.caret);
        }
    }

    /// Moves the caret by one step, on or back; at the end of the text it stays.
    pub fn step(&mut self, interview: &Interview, step: Step, on: bool) {
        let here = interview.paragraph_at(self.caret.start);
        let found = if on {
            (here..interview.paragraphs.len()).find_map(|p| {
                units(interview, p, step)
                    .into_iter()
                    .find(|u| u.start > self.caret.start)
            })
        } else {
            (0..=here).rev().find_map(|p| {
                units(interview, p, step)
                    .into_iter()
                    .rfind(|u| u.start < self.caret.start)
            })
        };
        if let Some(found) = found {
            self.caret = found;
        }
    }
}

/// The words, sentences or the whole of a paragraph, as bytes of the interview's text.
fn units(interview: &Interview, paragraph: usize, step: Step) -> Vec<Range<usize>> {
    let start = interview.paragraphs[paragraph].start();
    let text = interview.paragraph(paragraph);
    let units: Vec<Range<usize>> = match step {
        Step::Word => words(text).map(|(at, word)| at..at + word.len()).collect(),
        Step::Sentence => sentences(text),
        Step::Paragraph => std::iter::once(0..text.len()).collect(),
    };
    units
        .into_iter()
        .map(|u| start + u.start..start + u.end)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::{Role, Turn};

    fn made_up() -> Interview {
        Interview::new(
            &["Wie geht es?", "Gut. Sehr gut sogar. Danke!"],
            vec![
                Turn::new(Role::Question, 0..1),
                Turn::new(Role::Answer, 1..2),
            ],
        )
    }

    #[test]
    fn a_caret_goes_by_sentences_and_a_pinned_end_stays() {
        let interview = made_up();
        let says = |s: &Selection| interview.text[s.range()].to_owned();
        let mut s = Selection::begin(&interview, 0).unwrap();
        assert_eq!(says(&s), "Wie geht es?");
        s.step(&interview, Step::Sentence, true);
        assert_eq!(says(&s), "Gut.");
        s.pin();
        s.step(&interview, Step::Sentence, true);
        assert_eq!(says(&s), "Gut. Sehr gut sogar.");
        s.other_end();
        s.step(&interview, Step::Paragraph, false);
        assert_eq!(says(&s), "Wie geht es?\n\nGut. Sehr gut sogar.");
    }

    #[test]
    fn a_caret_goes_by_words_and_stops_at_the_ends() {
        let interview = made_up();
        let mut s = Selection::begin(&interview, 20).unwrap();
        s.step(&interview, Step::Word, true);
        assert_eq!(&interview.text[s.range()], "gut");
        for _ in 0..9 {
            s.step(&interview, Step::Word, true);
        }
        assert_eq!(&interview.text[s.range()], "Danke");
        for _ in 0..20 {
            s.step(&interview, Step::Word, false);
        }
        assert_eq!(&interview.text[s.range()], "Wie");
    }
}
