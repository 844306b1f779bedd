//! The list of notes: orders, filter, marks, what is past, and notes that have lost their place.

use ratatui::layout::{Position, Size};
use ratatui::style::Color;
use synopse::app::Message;
use synopse::app::board::{Order, Shelf};
use synopse::app::{Mouse, Overlay, Side};
use synopse::export::markdown;
use synopse::lang::Lang;
use synopse::tui::theme::{Colours, Terminal};

use super::reader::{Reader, interview};

/// A reader who has noted something of every kind in either interview.
fn noted(width: u16, height: u16) -> Reader {
    let mut reader = Reader::new(width, height);
    reader.keys("J J c`Wer zahlt, schafft an.` Enter `#geld` Esc");
    reader.keys("v . x v . . 2 v . . . 3");
    reader.keys("t`geld, vertrauen` Enter l v c`Dagegen steht: kein Honorar.` Esc");
    reader.keys("J m J t`vertrauen` Enter h J J c`Noch ein Gedanke.` Esc");
    reader
}

fn board(reader: &Reader) -> &synopse::app::board::Board {
    match &reader.app.overlay {
        Some(Overlay::Notes(board)) => board,
        other => panic!("no list of notes: {other:?}"),
    }
}

fn count(reader: &Reader) -> usize {
    reader.app.annotations.book.notes().count()
}

#[test]
fn the_notes_by_place() {
    for (width, height) in [(60, 24), (100, 40), (140, 40), (200, 50)] {
        let mut reader = noted(width, height);
        reader.keys("C");
        insta::assert_snapshot!(format!("notes_by_place_{width}"), reader.screen());
    }
}

#[test]
fn the_notes_by_theme_stand_opposite_each_other_where_there_is_room() {
    for (width, height) in [(60, 30), (100, 40), (200, 50)] {
        let mut reader = noted(width, height);
        reader.keys("C o o o");
        assert_eq!(board(&reader).order, Order::Theme);
        insta::assert_snapshot!(format!("notes_by_theme_{width}"), reader.screen());
    }
}

#[test]
fn what_stands_opposite_is_a_key_away() {
    let mut reader = noted(140, 50);
    reader.keys("C o o o g");
    let side = |reader: &Reader| board(reader).list.choice().and_then(|card| card.side);
    assert_eq!(side(&reader), Some(Side::Left));
    reader.keys("l");
    assert_eq!(side(&reader), Some(Side::Right));
    assert!(reader.text().contains("Dagegen steht"));
    reader.keys("h");
    assert_eq!(side(&reader), Some(Side::Left));
}

#[test]
fn by_tag_a_note_stands_under_each_of_its_own() {
    let mut reader = noted(100, 40);
    reader.keys("C o o");
    let all = count(&reader);
    assert_eq!(board(&reader).count(), (all, all));
    assert_eq!(
        board(&reader).list.rows().len(),
        all + 1,
        "one has two tags"
    );
    insta::assert_snapshot!("notes_by_tag", reader.screen());
}

#[test]
fn by_date_the_latest_comes_first_under_its_day() {
    let mut reader = noted(100, 40);
    reader.elapsed += std::time::Duration::from_secs(86_400);
    reader.keys("c`Am nächsten Tag.` Esc C o");
    let groups = board(&reader).groups.clone();
    assert_eq!(groups.len(), 2, "{groups:?}");
    assert!(groups[0].text > groups[1].text);
    let first = board(&reader).list.get(0).unwrap().note.text().to_owned();
    assert_eq!(first, "Am nächsten Tag.");
}

#[test]
fn the_filter_knows_fields_in_either_language() {
    let mut reader = noted(100, 40);
    reader.keys("C");
    for (typed, passing) in [
        ("tag:geld", 2),
        ("schlagwort:vertrauen", 2),
        ("kind:comment", 3),
        ("art:kommentar", 3),
        ("art:hervorhebung", 3),
        ("art:nachfrage", 1),
        ("!art:hervorhebung", 6),
        ("in:microsoft", 3),
        ("in:microsoft art:kommentar", 1),
        ("tag:geld | art:lesezeichen", 3),
        ("schafft", 1),
    ] {
        reader.keys(&format!("f`{typed}`"));
        assert_eq!(board(&reader).list.rows().len(), passing, "{typed}");
        reader.keys("Esc");
    }
    reader.keys("f`art:nachfrage` Enter");
    insta::assert_snapshot!("notes_one_kind", reader.screen());
}

#[test]
fn several_notes_are_deleted_and_had_back_at_once() {
    let mut reader = noted(100, 40);
    let all = count(&reader);
    reader.keys("C v v v");
    assert_eq!(board(&reader).marked.len(), 3);
    assert!(reader.text().contains("3 markiert"), "{}", reader.text());
    insta::assert_snapshot!("notes_marked", reader.screen());
    reader.keys("D");
    assert_eq!(
        (count(&reader), reader.status().contains("3 gelöscht")),
        (all - 3, true)
    );
    reader.keys("u");
    assert_eq!(count(&reader), all);
    reader.keys("Ctrl-r u V D");
    assert_eq!(count(&reader), 0);
    assert!(reader.text().contains("Noch keine Notizen"));
    reader.keys("u");
    assert_eq!(count(&reader), all);
    assert!(board(&reader).marked.is_empty());
}

#[test]
fn what_is_marked_and_not_listed_is_left_alone() {
    let mut reader = noted(100, 40);
    let all = count(&reader);
    reader.keys("C V f`art:nachfrage` Enter D Esc");
    assert_eq!(count(&reader), all - 1);
}

#[test]
fn several_notes_are_tagged_at_once() {
    let mut reader = noted(100, 40);
    reader.keys("C f`art:hervorhebung` Enter V t`ver` Tab");
    insta::assert_snapshot!("notes_tagging", reader.screen());
    reader.keys("`, neu` Enter");
    let tagged = |reader: &Reader, tag: &str| {
        let notes = reader.app.annotations.book.notes();
        notes
            .filter(|placed| placed.note.tags().any(|t| t == tag))
            .count()
    };
    assert_eq!(
        (tagged(&reader, "vertrauen"), tagged(&reader, "neu")),
        (5, 3)
    );
    assert!(
        reader.status().contains("3 Notizen geändert"),
        "{}",
        reader.status()
    );
    // What all of them have stands there, and what is taken out goes.
    reader.keys("V V t Ctrl-w Ctrl-w Ctrl-w Esc");
    assert_eq!(
        (tagged(&reader, "vertrauen"), tagged(&reader, "neu")),
        (2, 0)
    );
    reader.keys("u");
    assert_eq!(
        (tagged(&reader, "vertrauen"), tagged(&reader, "neu")),
        (5, 3)
    );
}

#[test]
fn a_tag_is_completed_again_with_the_next_and_in_a_comment_too() {
    let mut reader = Reader::new(100, 30);
    reader.keys("t`verantwortung, geld` Enter J t`vertrauen` Enter t`ver` Tab");
    let typed = |reader: &Reader| match &reader.app.overlay {
        Some(Overlay::Editor(editor)) => editor.text(),
        _ => String::new(),
    };
    assert_eq!(typed(&reader), "verantwortung");
    reader.keys("Tab");
    assert_eq!(typed(&reader), "vertrauen");
    reader.keys("Tab");
    assert_eq!(typed(&reader), "verantwortung", "round");
    reader.keys("`, ver` Tab");
    assert_eq!(
        typed(&reader),
        "verantwortung, vertrauen",
        "what is there is not offered again"
    );
    reader.keys("Enter c`Siehe` Enter `#g` Tab");
    assert_eq!(typed(&reader), "Siehe\n#geld");
    reader.keys("Esc");
    let last = reader.app.annotations.book.notes().last().unwrap();
    assert_eq!(
        (last.note.text(), last.note.tags().next()),
        ("Siehe", Some("geld"))
    );
    reader.keys("c`kein Schlagwort` Tab");
    assert_eq!(typed(&reader), "kein Schlagwort");
}

#[test]
fn what_was_deleted_or_said_otherwise_is_had_back() {
    let mut reader = noted(100, 40);
    let all = count(&reader);
    reader.keys("C f`schafft` Enter e");
    reader.keys("`!!` Esc D Esc d");
    assert_eq!(board(&reader).shelf, Shelf::Past);
    insta::assert_snapshot!("notes_past", reader.screen());
    let first = board(&reader).list.choice().unwrap().note.clone();
    reader.keys("D");
    assert!(
        reader.status().contains("erst mit Enter"),
        "{}",
        reader.status()
    );
    reader.keys("Enter");
    assert_eq!(count(&reader), all);
    assert_eq!(
        reader.app.annotations.book.note(&first.id).unwrap().note,
        first.as_ref()
    );
    reader.keys("u");
    assert_eq!(count(&reader), all - 1);
    reader.keys("d");
    assert_eq!(board(&reader).shelf, Shelf::Notes);
}

#[test]
fn the_tags_in_use_are_listed_with_how_often_and_lead_to_their_notes() {
    let mut reader = noted(100, 40);
    reader.keys("#");
    insta::assert_snapshot!("tags", reader.screen());
    reader.keys("`vertr` Enter");
    assert_eq!(board(&reader).list.rows().len(), 2);
    assert!(
        reader.text().contains("tag:^vertrauen$"),
        "{}",
        reader.text()
    );
    reader.keys("# Esc");
    assert_eq!(board(&reader).list.rows().len(), 2, "back where one was");
}

#[test]
fn the_list_opens_as_it_was_left() {
    let mut reader = noted(100, 40);
    reader.keys("C o f`kommentar` Enter j");
    let chosen = board(&reader).list.choice().unwrap().note.id.clone();
    reader.keys("Enter C");
    assert_eq!(board(&reader).order, Order::Date);
    assert_eq!(board(&reader).list.choice().unwrap().note.id, chosen);
}

#[test]
fn what_was_on_the_screen_is_counted_and_kept() {
    let mut reader = Reader::new(140, 40);
    reader.keys("C");
    assert!(
        reader.text().contains("bisher angezeigt: Pallenberg 1/7"),
        "{}",
        reader.text()
    );
    reader.keys("Esc");
    for _ in 0..40 {
        reader.keys("Space");
    }
    reader.keys("C");
    assert!(
        reader.text().contains("Pallenberg 7/7"),
        "{}",
        reader.text()
    );
    reader.keys("Esc q");
    let session = reader.session.clone();
    let mut again = Reader::with(synopse::transcript::shipped(), session, 140, 40);
    again.keys("C");
    assert!(again.text().contains("Pallenberg 7/7"), "{}", again.text());
}

/// A reader with a note whose passage was edited away.
fn orphaned() -> Reader {
    let text = "Ida: Was tun Sie den ganzen Tag?\n\nOtto: Ich lese und schreibe und lese wieder, bis es dunkel wird. \
                Dann höre ich auf.\n\nIda: Und sonst?\n\nOtto: Nichts weiter.";
    let edited = text
        .replace(
            "lese wieder, bis es dunkel wird",
            "lese dann, bis es dämmert",
        )
        .replace("den ganzen Tag", "denn so");
    let mut reader = Reader::with(vec![interview("otto", text)], None, 100, 30);
    reader.keys("v . c`Ein schöner Tag.` Esc");
    let mut again = Reader::with(vec![interview("otto", &edited)], None, 100, 30);
    let mut line = reader.saved();
    // The same file, as far as its name tells.
    let hash = |reader: &Reader| reader.app.interview(Side::Left).unwrap().identity.clone();
    line = line.replace(&hash(&reader).raw, &hash(&again).raw);
    std::fs::write(&again.notes, line).unwrap();
    again.keys("m u");
    again
}

#[test]
fn a_note_that_lost_its_place_says_why_and_is_set_anew() {
    let mut reader = orphaned();
    reader.keys("C");
    insta::assert_snapshot!("notes_orphan", reader.screen());
    reader.keys("a");
    insta::assert_snapshot!("notes_orphan_places", reader.screen());
    reader.keys("Enter");
    assert!(reader.app.annotations.book.orphans().next().is_none());
    assert!(!reader.text().contains("Ohne Stelle"));
    reader.keys("u");
    assert!(reader.app.annotations.book.orphans().next().is_some());
}

#[test]
fn a_note_that_lost_its_place_is_set_on_what_is_selected() {
    let mut reader = orphaned();
    reader.keys("C a `anderswo` Enter");
    assert!(
        reader.app.overlay.is_none() && reader.status().contains("v wählt aus"),
        "{}",
        reader.status()
    );
    reader.keys("J v .");
    assert!(
        reader.status().contains("a hierher setzen"),
        "{}",
        reader.status()
    );
    reader.keys("a");
    let placed = reader.app.annotations.book.notes().next().unwrap();
    assert_eq!(placed.note.targets[0].anchor.exact, "Nichts weiter.");
    assert!(reader.app.annotations.book.orphans().next().is_none());
    // The selection first, then the list.
    let mut reader = orphaned();
    reader.keys("J v . C a");
    assert!(reader.text().contains("ausgewählt"), "{}", reader.text());
    reader.keys("Enter");
    let placed = reader.app.annotations.book.notes().next().unwrap();
    assert_eq!(placed.note.targets[0].anchor.exact, "Nichts weiter.");
    reader.keys("Esc v a");
    assert!(
        reader.status().contains("keine Notiz sucht"),
        "{}",
        reader.status()
    );
}

#[test]
fn a_highlight_is_of_one_of_several_kinds_with_a_sign_and_a_ground_each() {
    let mut reader = Reader::new(140, 40);
    let kind = |reader: &Reader| {
        let placed = reader.app.annotations.book.notes().next().unwrap();
        placed.note.highlight()
    };
    use synopse::notes::Highlight;
    reader.keys("J J v . x");
    assert_eq!(kind(&reader), Highlight::Plain);
    assert!(
        reader.status().contains("noch einmal x: Zitat"),
        "{}",
        reader.status()
    );
    reader.keys("x");
    assert_eq!((kind(&reader), count(&reader)), (Highlight::Quote, 1));
    reader.keys("4");
    assert_eq!(
        (kind(&reader), count(&reader)),
        (Highlight::Contradiction, 1)
    );
    assert!(
        reader
            .saved()
            .lines()
            .last()
            .unwrap()
            .contains(r#""styleClass":"contradiction""#)
    );
    reader.keys("x x u");
    assert_eq!(kind(&reader), Highlight::Plain);
    reader.keys("j x");
    assert_eq!(count(&reader), 2, "after another key it is a new one");
    reader.keys("D v . 2 v . . 3 v . . . 4");
    insta::assert_snapshot!("highlights", reader.screen());
    let grounds = |reader: &Reader| {
        let mut grounds: Vec<Color> = reader.buffer().content.iter().map(|cell| cell.bg).collect();
        grounds.sort_by_key(|ground| format!("{ground:?}"));
        grounds.dedup();
        grounds.len()
    };
    assert!(grounds(&reader) >= 5, "four kinds and none");
    reader.terminal = Terminal {
        colours: Colours::None,
        dark: true,
        unicode: false,
    };
    let text = reader.text();
    for sign in ["\"", "q", "!"] {
        assert!(
            text.contains(&format!("|{sign}  "))
                || text.contains(&format!("|{sign} |"))
                || text.contains(&format!("|{sign}")),
            "{sign}: {text}"
        );
    }
}

#[test]
fn a_kind_is_changed_in_the_list_too() {
    let mut reader = noted(100, 40);
    reader.keys("C f`art:nachfrage` Enter 2");
    assert_eq!(board(&reader).list.rows().len(), 0);
    reader.keys("Esc f`art:zitat` Enter");
    assert_eq!(board(&reader).list.rows().len(), 2);
}

#[test]
fn in_ascii_and_without_colour_marks_and_choice_are_seen() {
    let mut reader = noted(60, 24);
    reader.terminal = Terminal {
        colours: Colours::None,
        dark: false,
        unicode: false,
    };
    reader.keys("C v");
    insta::assert_snapshot!("notes_ascii", reader.screen());
    assert!(
        reader
            .buffer()
            .content
            .iter()
            .all(|cell| cell.fg == Color::Reset)
    );
    for (width, height) in [(20, 5), (40, 12), (30, 7)] {
        reader.send(Message::Resize(Size { width, height }));
        reader.keys("j o d d t Esc");
        reader.buffer();
    }
}

/// Sends what the mouse does at the first letter of `words`, as the screen has them.
fn mouse_at(reader: &mut Reader, mouse: Mouse, words: &str) {
    let text = reader.text();
    let found = text.lines().zip(0u16..).find_map(|(line, y)| {
        let before = &line[..line.find(words)?];
        Some((u16::try_from(before.chars().count()).unwrap(), y))
    });
    let (x, y) = found.unwrap_or_else(|| panic!("no {words} in {text}"));
    reader.send(Message::Mouse(mouse, Position { x, y }));
}

#[test]
fn the_mouse_selects_whole_words_across_paragraphs_either_way() {
    let mut reader = Reader::new(140, 40);
    reader.keys("J J");
    mouse_at(&mut reader, Mouse::Click, "heute noch");
    assert!(
        reader.app.column(Side::Left).selection.is_none(),
        "a click selects nothing"
    );
    mouse_at(&mut reader, Mouse::Drag, "eute noch");
    assert!(
        reader.app.column(Side::Left).selection.is_none(),
        "nor does a trembling hand"
    );
    mouse_at(&mut reader, Mouse::Drag, "nterne Markenbot");
    let selected = |reader: &Reader| {
        let column = reader.app.column(Side::Left);
        let selection = column.selection.as_ref().unwrap().range();
        column.interview.as_ref().unwrap().text[selection].to_owned()
    };
    assert_eq!(
        selected(&reader),
        "heute noch und genau deshalb sind mir interne"
    );
    mouse_at(&mut reader, Mouse::Drag, "vielbeschworene");
    assert!(
        selected(&reader).contains("wichtig.\n\nDie vielbeschworene"),
        "{}",
        selected(&reader)
    );
    mouse_at(&mut reader, Mouse::Drag, "ich auch heute");
    assert_eq!(selected(&reader), "ich auch heute");
    mouse_at(&mut reader, Mouse::Release, "ich auch heute");
    mouse_at(&mut reader, Mouse::Drag, "interne");
    assert_eq!(selected(&reader), "ich auch heute", "let go");
    reader.keys("c`Mit der Maus.` Esc");
    let placed = reader.app.annotations.book.notes().next().unwrap();
    assert_eq!(placed.note.targets[0].anchor.exact, "ich auch heute");
}

#[test]
fn a_selection_by_mouse_goes_beyond_what_is_seen() {
    let mut reader = Reader::new(140, 20);
    reader.keys("J J");
    let current = reader.pair().0;
    mouse_at(&mut reader, Mouse::Click, "bekannt geworden");
    for _ in 0..30 {
        reader.send(Message::Mouse(Mouse::Drag, Position { x: 60, y: 19 }));
    }
    let column = reader.app.column(Side::Left);
    let selection = column.selection.as_ref().unwrap().range();
    assert!(
        column.interview.as_ref().unwrap().text[selection.clone()]
            .matches("\n\n")
            .count()
            > 2
    );
    assert!(selection.end <= column.seen().end, "its end is seen");
    assert_eq!(reader.pair().0, current);
}

/// A reading of the two interviews that come with it, as somebody would do it who compares them: notes of every kind.
fn read() -> Reader {
    let mut reader = Reader::new(140, 45);
    reader.keys("c`Eine Rolle, die es vorher nicht gab. Bei Microsoft gibt es dafür ein Programm.` Enter `#rolle` Esc");
    reader.keys("J J c`Die Kernfrage des Vergleichs: Honorar oder keins?` Enter `Beide sagen nein, jeder aus anderen Gründen.` Esc");
    reader.keys("t`honorar, haltung` Enter v . . . x v . . . . 2 v . . . . . 3");
    reader.keys(
        "J c`Klingt nach Berater, wird aber gleich konkret.` Esc v . . 2 t`mar` Tab `ke` Enter",
    );
    reader.keys("J m v . 4 J c`Drei Wörter, die gegenüber nicht fallen.` Enter `#vertrauen` Esc");
    reader.keys("J 1 c`Der persönliche Schluss.` Esc");
    reader.keys("l g J c`Programm statt Person: darin liegt der Unterschied.` Esc v . 2 J t`kultur` Enter J m");
    reader.keys("J c`Wie viele nutzen das Werkzeug wirklich?` Enter `#nachfragen` Esc v . . 3");
    reader.keys("J J v . x J c`Hier widersprechen sich die beiden.` Esc v . . 4");
    reader.keys("J J t`ver` Tab Enter m + J c`Als Regel formuliert, nicht als Haltung.` Esc");
    reader
}

#[test]
fn a_reading_makes_a_document_that_one_would_send() {
    let reader = read();
    let kinds: std::collections::BTreeSet<String> = {
        let notes = reader.app.annotations.book.notes();
        notes
            .map(|placed| format!("{:?}", placed.note.kind()))
            .collect()
    };
    assert_eq!(
        kinds.len(),
        8,
        "comments, tags, bookmarks, four highlights, a link: {kinds:?}"
    );
    assert!(count(&reader) > 20);
    let interviews: Vec<_> = Side::BOTH
        .map(|side| reader.app.interview(side).unwrap().clone())
        .into();
    let book = &reader.app.annotations.book;
    insta::assert_snapshot!(markdown::notes(book, &interviews, Lang::German));
}
