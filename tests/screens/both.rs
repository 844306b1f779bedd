//! A note about a pair.

use synopse::app::Side;

use super::reader::Reader;

/// What stands in the gutter and at the foot of the columns: how often `words` are seen.
fn seen(reader: &Reader, words: &str) -> usize {
    reader.text().matches(words).count()
}

#[test]
fn a_note_about_two_exchanges_shows_beside_both_and_in_the_list() {
    let mut reader = Reader::new(140, 40);
    reader.keys("J J c");
    assert!(
        reader.text().contains("Kommentar · Sascha Pallenberg 3 "),
        "{}",
        reader.text()
    );
    reader.keys("Shift-Tab `Zweimal dasselbe Geld`");
    insta::assert_snapshot!("about_both", reader.screen());
    reader.keys("Esc");
    assert_eq!(seen(&reader, "Zweimal dasselbe"), 2, "{}", reader.text());
    let kept = std::fs::read_to_string(&reader.notes).unwrap();
    let note: serde_json::Value = serde_json::from_str(kept.lines().last().unwrap()).unwrap();
    assert_eq!(note["target"].as_array().map(Vec::len), Some(2), "{kept}");
    reader.keys("C");
    let list = reader.text();
    assert!(list.contains("Pallenberg 3 + "), "{list}");
    reader.keys("Esc l e Shift-Tab Esc");
    assert_eq!(seen(&reader, "Zweimal dasselbe"), 1, "{}", reader.text());
    reader.keys("u");
    assert_eq!(seen(&reader, "Zweimal dasselbe"), 2);
    reader.keys("D");
    assert_eq!(seen(&reader, "Zweimal dasselbe"), 0);
}

#[test]
fn it_stays_where_it_is_when_the_pair_is_another() {
    let mut reader = Reader::new(140, 40);
    reader.keys("J J c Shift-Tab `Beide` Esc p");
    let index = |side: Side| reader.app.column(side).index;
    let all = |side: Side| {
        let text = reader.app.interview(side).unwrap().text.len();
        reader
            .app
            .annotations
            .book
            .within(index(side), 0..text)
            .count()
    };
    assert_eq!(Side::BOTH.map(all), [1, 1]);
    assert_eq!(seen(&reader, "Beide"), 1);
}

#[test]
fn a_note_on_a_passage_is_about_that_passage_alone() {
    let mut reader = Reader::new(140, 40);
    reader.keys("J J v c Shift-Tab");
    assert!(
        reader.status().contains("kann beiden gelten"),
        "{}",
        reader.status()
    );
    assert!(!reader.text().contains("Shift-Tab zu beiden"));
}
