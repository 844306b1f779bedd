//! Notes as plain text, a block each: what `synopse notes list` prints.

use std::borrow::Borrow;

use super::{dates, day, outline};
use crate::interview::Interview;
use crate::lang::{Lang, Tell};
use crate::notes::book::Placed;
use crate::notes::{Book, Kinds, Motivation, Store};
use crate::text::visible::{visible, visible_line};
use crate::text::width;
use crate::typeset::typeset;

/// The notes of `book`, a block each with a blank line between: kind, date, interview, exchange; the quote behind a
/// bar; what the note says; all in lines of `cells` terminal cells. The orphans come last, each with the reason.
#[must_use]
pub fn notes<I: Borrow<Interview>>(
    book: &Book,
    interviews: &[I],
    cells: usize,
    lang: Lang,
) -> String {
    let (sections, orphans) = outline(book, interviews, |_| true);
    let mut blocks = Vec::new();
    for section in &sections {
        for chapter in &section.chapters {
            // A link has two passages and is one note: it stands where its first passage is.
            for item in chapter.items.iter().filter(|item| item.target == 0) {
                let mut place = place(&section.title, chapter.exchange);
                for other in &item.placed.note.targets[1..] {
                    let label = other.source.label.as_deref().unwrap_or("–");
                    place = format!("{place} ↔ {}", self::place(label, other.exchange));
                }
                blocks.push(block(&item.placed, &place, &book.kinds, cells, lang));
            }
        }
    }
    for (placed, orphan) in &orphans {
        blocks.push(block(placed, &orphan.tell(lang), &book.kinds, cells, lang));
    }
    blocks.join("\n")
}

/// The deleted notes of `store` as they were last, as [`notes`] has them, under the id by which each is had back.
#[must_use]
pub fn deleted(store: &Store, kinds: &Kinds, cells: usize, lang: Lang) -> String {
    let blocks = store.deleted().into_iter().map(|(note, when)| {
        let when = when.map(day).map_or(String::new(), |day| {
            lang.tr(format!("deleted {day}"), format!("gelöscht {day}"))
        });
        let on = note.targets.first();
        let label = on.and_then(|target| target.source.label.as_deref());
        let stood = label.map(|label| place(label, on.and_then(|target| target.exchange)));
        let when: Vec<String> = stood.into_iter().chain([when]).collect();
        let when = when.join(" · ");
        let placed = Placed { note, places: &[] };
        format!(
            "{}\n{}",
            visible_line(&note.id.0),
            block(&placed, &when, kinds, cells, lang)
        )
    });
    blocks.collect::<Vec<_>>().join("\n")
}

/// An interview, and the exchange in it.
fn place(title: &str, exchange: Option<usize>) -> String {
    exchange.map_or(title.to_owned(), |number| format!("{title} {number}"))
}

fn block(placed: &Placed, place: &str, kinds: &Kinds, cells: usize, lang: Lang) -> String {
    let note = placed.note;
    let kind = kinds.tell(&note.kind(), lang);
    let head = [Some(kind), dates(placed, lang), Some(place.to_owned())];
    let head: Vec<String> = head.into_iter().flatten().collect();
    let mut out = format!("{}\n", visible_line(&head.join(" · ")));
    let mut put = |before: &str, text: &str| {
        let text = visible(text);
        for line in typeset(&text, cells.saturating_sub(width(before)), None) {
            out.push_str(format!("{before}{}", line.text(&text)).trim_end());
            out.push('\n');
        }
    };
    for target in &note.targets {
        put("  │ ", &target.anchor.exact);
    }
    match note.verdict() {
        Some(verdict) => put("  ", &verdict.tell(lang)),
        None if note.motivation() == &Motivation::Tagging => {}
        None => put("  ", note.text()),
    }
    let tags: Vec<String> = note.tags().map(|tag| format!("#{tag}")).collect();
    put("  ", &tags.join(" "));
    out
}

#[cfg(test)]
mod tests {
    use super::super::tests::made_up;
    use super::*;

    #[test]
    fn a_block_a_note() {
        let (both, book) = made_up();
        insta::assert_snapshot!(notes(&book, &both, 50, Lang::German));
    }

    #[test]
    fn no_note_is_no_line() {
        let book = Book::new::<Interview>(Store::default(), &[]);
        assert_eq!(notes::<Interview>(&book, &[], 80, Lang::English), "");
    }
}
