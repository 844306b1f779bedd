//! Notes as plain text, a block each: what `synopse notes list` prints.

use std::borrow::Borrow;

use super::{dates, outline};
use crate::interview::Interview;
use crate::lang::{Lang, Tell};
use crate::notes::book::Placed;
use crate::notes::{Book, Motivation};
use crate::text::visible;

/// The notes of `book`, a block each with a blank line between: kind, date, interview, exchange; the quote behind a
/// bar; what the note says. The orphans come last, each with the reason.
#[must_use]
pub fn notes<I: Borrow<Interview>>(book: &Book, interviews: &[I], lang: Lang) -> String {
    let (sections, orphans) = outline(book, interviews, |_| true);
    let mut blocks = Vec::new();
    for section in &sections {
        for chapter in &section.chapters {
            for item in &chapter.items {
                let place = match chapter.exchange {
                    Some(number) => format!("{} {number}", section.title),
                    None => section.title.clone(),
                };
                blocks.push(block(&item.placed, &place, &[item.quote()], lang));
            }
        }
    }
    for (placed, orphan) in &orphans {
        let quotes: Vec<&str> = placed
            .note
            .targets
            .iter()
            .map(|t| t.anchor.exact.as_str())
            .collect();
        blocks.push(block(placed, &orphan.tell(lang), &quotes, lang));
    }
    blocks.join("\n")
}

fn block(placed: &Placed, place: &str, quotes: &[&str], lang: Lang) -> String {
    let note = placed.note;
    let head = [
        Some(note.motivation().tell(lang)),
        dates(placed, lang),
        Some(place.to_owned()),
    ];
    let head: Vec<String> = head.into_iter().flatten().collect();
    let mut out = visible(&head.join(" · ")).replace('\n', " ");
    out.push('\n');
    for quote in quotes {
        for part in visible(quote).lines() {
            out.push_str(format!("  │ {part}").trim_end());
            out.push('\n');
        }
    }
    if note.motivation() != &Motivation::Tagging {
        for part in visible(note.text()).lines() {
            out.push_str(format!("  {part}").trim_end());
            out.push('\n');
        }
    }
    let tags: Vec<String> = note.tags().map(|tag| format!("#{tag}")).collect();
    if !tags.is_empty() {
        out.push_str(&visible(&format!("  {}\n", tags.join(" "))));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::tests::made_up;
    use super::*;
    use crate::notes::Store;

    #[test]
    fn a_block_a_note() {
        let (both, book) = made_up();
        insta::assert_snapshot!(notes(&book, &both, Lang::German));
    }

    #[test]
    fn no_note_is_no_line() {
        let book = Book::new::<Interview>(Store::default(), &[]);
        assert_eq!(notes::<Interview>(&book, &[], Lang::English), "");
    }
}
