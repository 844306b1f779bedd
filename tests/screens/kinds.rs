//! Kinds of highlight of the reader's own.

use std::sync::Arc;

use synopse::notes::Kinds;

use super::reader::Reader;

#[test]
fn kinds_of_the_readers_own_are_called_so_everywhere() {
    let mut reader = Reader::new(140, 40);
    let names = ["quote", "geld", "plain", "frage", "zahl"];
    let named = ["O-Ton", "Geld", "Beleg", "Frage", "Zahl"].into_iter();
    let named = named
        .enumerate()
        .map(|(at, name)| (at..at + 1, name.to_owned()));
    let named = names.into_iter().map(str::to_owned).zip(named).collect();
    reader.app.annotations.book.kinds = Arc::new(Kinds::named(&named).unwrap());
    reader.keys("J v 2");
    assert!(reader.status().contains("Geld"), "{}", reader.status());
    reader.keys("x");
    assert!(reader.status().contains("Beleg · "), "{}", reader.status());
    reader.keys("u");
    reader.keys(": `Zahl` Enter C");
    let screen = reader.screen();
    assert!(
        screen.contains("2  Zahl") && screen.contains("1 Geld"),
        "{screen}"
    );
    reader.keys("f `art:geld`");
    let screen = reader.screen();
    assert!(
        screen.contains("2  Geld") && !screen.contains("2  Zahl"),
        "{screen}"
    );
    reader.keys("Esc Esc F1");
    assert!(!reader.screen().contains("Zitat"), "{}", reader.screen());
}

#[test]
fn a_passage_is_not_highlighted_twice() {
    let mut reader = Reader::new(140, 40);
    reader.keys("J v . 3 J K v . 3");
    assert_eq!(reader.app.annotations.book.notes().count(), 1);
    reader.keys("J K v . 2 K J x j x");
    let kinds: Vec<_> = reader
        .app
        .annotations
        .book
        .notes()
        .map(|placed| placed.note.highlight())
        .collect();
    assert_eq!(kinds.len(), 2, "the exchange is no passage: {kinds:?}");
}
