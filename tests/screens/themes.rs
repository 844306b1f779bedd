//! Themes: what two exchanges are about, named by the reader.

use synopse::app::Side;

use super::reader::Reader;

fn theme(
    reader: &Reader,
    left: usize,
    right: usize,
) -> (Option<String>, synopse::parallels::Origin) {
    let alignment = reader.app.pairing.alignment.as_ref().unwrap();
    let pair = alignment.pair(left - 1, right - 1);
    (pair.theme, pair.origin)
}

#[test]
fn a_theme_is_named_where_one_reads_and_undone() {
    use synopse::parallels::Origin::{Confirmed, Curated};
    let mut reader = Reader::new(140, 40);
    reader.keys("J J");
    assert_eq!(reader.pair(), (Some(3), Some(9)));
    assert!(reader.status().contains("Geld für Influencer"));
    reader.keys("a");
    assert!(
        reader.status().contains("Thema: Geld für Influencer"),
        "{}",
        reader.status()
    );
    reader.keys("Ctrl-u ` Honorare ` Enter");
    assert_eq!(theme(&reader, 3, 9), (Some("Honorare".into()), Confirmed));
    reader.keys("J K");
    assert!(reader.status().contains("Honorare"), "{}", reader.status());
    let kept = std::fs::read_to_string(&reader.notes).unwrap();
    assert!(
        kept.contains("linking") && kept.contains("\"Honorare\""),
        "{kept}"
    );
    reader.keys("a Ctrl-u `Geld` Enter u");
    assert_eq!(theme(&reader, 3, 9).0.as_deref(), Some("Honorare"));
    reader.keys("a Ctrl-u `Geld` Esc");
    assert_eq!(theme(&reader, 3, 9).0.as_deref(), Some("Honorare"));
    // Rejected and confirmed again, it is still called so; without a name, the editor's is back.
    reader.keys("- +");
    assert_eq!(theme(&reader, 3, 9).0.as_deref(), Some("Honorare"));
    reader.keys("a Ctrl-u Enter");
    assert_eq!(
        theme(&reader, 3, 9),
        (Some("Geld für Influencer".into()), Confirmed)
    );
    reader.keys("u u u u");
    assert_eq!(
        theme(&reader, 3, 9),
        (Some("Geld für Influencer".into()), Curated)
    );
}

#[test]
fn a_theme_is_named_in_the_synopsis_and_on_the_map() {
    let mut reader = Reader::new(140, 40);
    reader.keys("z g a");
    assert!(reader.status().contains("Thema: Werkzeuge und Methoden"));
    reader.keys("Ctrl-u `Aufgaben` Enter");
    assert!(reader.text().contains("Aufgaben"), "{}", reader.text());
    assert_eq!(theme(&reader, 1, 3).0.as_deref(), Some("Aufgaben"));
    reader.keys("u Esc M g l l l a");
    assert!(reader.status().contains("Thema:"), "{}", reader.status());
    reader.keys("`Nebenbei` Enter");
    assert_eq!(theme(&reader, 1, 4).0.as_deref(), Some("Nebenbei"));
    assert!(reader.text().contains("Nebenbei"), "{}", reader.text());
    reader.keys("+");
    assert_eq!(
        theme(&reader, 1, 4).0,
        None,
        "said again under the cursor, it is taken back"
    );
}

#[test]
fn without_two_questions_there_is_nothing_to_name() {
    let mut reader = Reader::new(140, 40);
    reader.keys("g a");
    assert!(reader.app.naming.is_none() && reader.status().contains("auf jeder Seite"));
}

#[test]
fn the_list_stands_by_theme_and_by_interview_again() {
    let mut reader = Reader::new(140, 40);
    reader.keys("i");
    insta::assert_snapshot!("list_by_theme", reader.screen());
    let list: Vec<String> = reader.text().lines().map(str::to_owned).collect();
    let at = |words: &str| list.iter().position(|line| line.contains(words)).unwrap();
    assert!(at("Werkzeuge und Methoden") < at("kein Gegenstück"));
    reader.keys("h g");
    assert_eq!(reader.app.questions.choice(), Some((Side::Left, 0)));
    reader.keys("j");
    assert_eq!(
        reader.app.questions.choice(),
        Some((Side::Right, 2)),
        "what hangs together"
    );
    reader.keys("G");
    assert_eq!(reader.app.questions.choice(), Some((Side::Right, 6)));
    reader.keys("f `hoffnung`");
    assert_eq!(reader.app.questions.choice(), Some((Side::Left, 6)));
    reader.keys("Esc J K i Ctrl-l");
    let mut again = Reader::new(140, 40);
    again.keys("J K");
    assert_eq!(reader.app.questions.len(), again.app.questions.len());
}

#[test]
fn a_new_name_heads_the_list_at_once_and_undo_takes_it_back() {
    let mut reader = Reader::new(140, 40);
    reader.keys("i a Ctrl-u `Handwerk` Enter");
    let heads = |reader: &Reader| reader.app.questions.themes.as_ref().unwrap().names.clone();
    assert_eq!(heads(&reader)[0], "Handwerk");
    assert!(reader.text().contains("Handwerk"));
    reader.keys("u");
    assert_eq!(heads(&reader)[0], "Werkzeuge und Methoden");
}
