//! The reader without a terminal: keys in, screen out. A screen is its text as it stands, and one line that hashes its
//! styles, so that a change of either shows.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

#[path = "screens/both.rs"]
mod both;
#[path = "screens/judge.rs"]
mod judge;
#[path = "screens/judgements.rs"]
mod judgements;
#[path = "screens/kinds.rs"]
mod kinds;
#[path = "screens/library.rs"]
mod library;
#[path = "screens/map.rs"]
mod map;
#[path = "screens/notes.rs"]
mod notes;
#[path = "screens/reader.rs"]
mod reader;
#[path = "screens/structure.rs"]
mod structure;
#[path = "screens/synopsis.rs"]
mod synopsis;
#[path = "screens/themes.rs"]
mod themes;

use std::time::Duration;

use proptest::prelude::*;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use synopse::app::{Focus, Message, Mouse, Side};
use synopse::notes::Store;
use synopse::transcript;
use synopse::tui::theme::{Colours, Terminal};

use reader::{Reader, interview};

#[test]
fn the_first_screen_shows_the_first_question_and_what_stands_opposite() {
    insta::assert_snapshot!(Reader::new(140, 40).screen());
}

#[test]
fn the_screen_at_other_widths() {
    for (width, height) in [(200, 55), (100, 30), (60, 20), (40, 12), (20, 5)] {
        insta::assert_snapshot!(
            format!("first_{width}x{height}"),
            Reader::new(width, height).screen()
        );
    }
    assert_eq!(Reader::new(19, 5).text().lines().next(), Some("zu klein"));
}

#[test]
fn without_colour_and_in_ascii_nothing_is_lost() {
    let mut reader = Reader::new(100, 24);
    reader.keys("v x");
    reader.terminal = Terminal {
        colours: Colours::None,
        dark: true,
        unicode: false,
    };
    let buffer = reader.buffer();
    assert!(
        buffer
            .content
            .iter()
            .all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset)
    );
    assert!(
        buffer
            .content
            .iter()
            .any(|cell| cell.modifier.contains(Modifier::REVERSED)),
        "the highlight shows"
    );
    insta::assert_snapshot!(reader.screen());
}

#[test]
fn the_filter_narrows_the_list_and_shows_what_matched() {
    let mut reader = Reader::new(140, 40);
    reader.keys("f`influ`");
    insta::assert_snapshot!(reader.screen());
    assert_eq!(reader.app.questions.counts().1, 18);
    let matched = reader
        .buffer()
        .content
        .iter()
        .filter(|cell| cell.modifier.contains(Modifier::BOLD))
        .count();
    assert!(matched > 0);
}

#[test]
fn a_filter_finds_umlauts_however_they_are_typed() {
    for typed in [
        "persönlich",
        "persoenlich",
        "personlich",
        "perso\u{308}nlich",
    ] {
        let mut reader = Reader::new(140, 40);
        reader.keys("f");
        reader.send(Message::Paste(typed.to_owned()));
        assert!(reader.app.questions.counts().0 >= 1, "{typed}");
    }
}

#[test]
fn an_empty_result_says_so_and_escape_brings_everything_back() {
    let mut reader = Reader::new(140, 40);
    reader.keys("f`xyzqw`");
    assert!(reader.text().contains("keine Frage passt"));
    reader.keys("Esc");
    assert_eq!(reader.app.questions.counts(), (18, 18));
    assert_eq!(reader.app.focus, Focus::Left);
}

#[test]
fn enter_reads_the_question_that_the_filter_found() {
    let mut reader = Reader::new(140, 40);
    reader.keys("f`hoffnung` Enter");
    assert_eq!((reader.app.focus, reader.pair().0), (Focus::Left, Some(7)));
    assert!(
        reader.status().contains("kein Gegenstück"),
        "{}",
        reader.status()
    );
}

#[test]
fn the_other_column_follows_and_steps_through_the_parallels() {
    let mut reader = Reader::new(140, 40);
    reader.keys("J J");
    assert_eq!(reader.pair(), (Some(3), Some(9)));
    let mut seen = vec![9];
    for _ in 0..4 {
        reader.keys("p");
        seen.extend(reader.pair().1);
    }
    assert_eq!(seen, [9, 8, 10, 11, 1]);
    reader.keys("p");
    assert_eq!(reader.pair(), (Some(3), Some(9)), "round");
    reader.keys("P");
    assert_eq!(reader.pair(), (Some(3), Some(1)));
}

#[test]
fn what_has_no_counterpart_says_so_and_leaves_the_other_column_alone() {
    let mut reader = Reader::new(140, 40);
    reader.keys("J");
    assert_eq!(reader.pair().0, Some(2));
    assert!(reader.status().contains("kein Gegenstück"));
    insta::assert_snapshot!(reader.status());
}

#[test]
fn scrolling_brings_the_other_along_until_it_is_let_go() {
    let mut reader = Reader::new(140, 40);
    let right = |reader: &Reader| reader.app.column(Side::Right).top;
    let before = right(&reader);
    while reader.pair().0 != Some(3) {
        reader.keys("j");
    }
    assert_ne!(right(&reader), before);
    reader.keys("s");
    let here = right(&reader);
    reader.keys("J J");
    assert_eq!(right(&reader), here);
    reader.keys("s");
    assert_eq!(
        reader.pair(),
        (Some(5), Some(2)),
        "it follows again at once"
    );
}

#[test]
fn the_other_column_scrolled_alone_stays_where_it_was_put() {
    let mut reader = Reader::new(140, 40);
    reader.keys("J J");
    let over_the_right = Position { x: 120, y: 20 };
    for _ in 0..6 {
        reader.send(Message::Mouse(Mouse::WheelDown, over_the_right));
    }
    let put = reader.app.column(Side::Right).top;
    assert_eq!(reader.pair().0, Some(3));
    reader.keys("j j k");
    assert_eq!(reader.app.column(Side::Right).top, put);
}

#[test]
fn a_click_chooses_a_question_and_gives_a_column_the_focus() {
    let mut reader = Reader::new(140, 40);
    let row = reader
        .text()
        .lines()
        .position(|line| line.contains(" 5 Wie wichtig"))
        .unwrap();
    reader.send(Message::Mouse(
        Mouse::Click,
        Position {
            x: 6,
            y: u16::try_from(row).unwrap(),
        },
    ));
    assert_eq!(reader.pair().0, Some(5));
    reader.send(Message::Mouse(Mouse::Click, Position { x: 120, y: 5 }));
    assert_eq!(reader.app.focus, Focus::Right);
}

#[test]
fn a_search_goes_through_both_columns_and_round() {
    let mut reader = Reader::new(140, 40);
    reader.keys("/`vertrauen` Enter");
    let (at, of) = reader.app.seek.counts();
    assert_eq!((at, of > 2), (Some(1), true));
    let mut sides = vec![reader.app.focus];
    for _ in 1..of {
        reader.keys("n");
        sides.push(reader.app.focus);
    }
    assert!(sides.contains(&Focus::Left) && sides.contains(&Focus::Right));
    reader.keys("n");
    assert_eq!(reader.app.seek.counts().0, Some(1), "round");
    reader.keys("N");
    assert_eq!(reader.app.seek.counts().0, Some(of));
    reader.keys("/`gibtesnicht` Enter");
    assert!(reader.status().contains("nicht gefunden"));
}

#[test]
fn a_selection_grows_by_sentences_from_a_pinned_end() {
    let mut reader = Reader::new(140, 40);
    reader.keys("J J v . v .");
    insta::assert_snapshot!(reader.status());
    reader.keys("y");
    assert_eq!(
        reader.copied,
        [
            "Manchmal fragen mich Unternehmen, ob sie Influencer einkaufen sollen, um dadurch Reichweite zu generieren. \
          Was meinst Du dazu?"
        ]
    );
    assert!(reader.app.column(Side::Left).selection.is_none());
}

#[test]
fn a_copy_can_say_where_it_comes_from() {
    let mut reader = Reader::new(140, 40);
    reader.keys("J J v Y");
    let copied = &reader.copied[0];
    assert!(
        copied.starts_with('„') && copied.ends_with("(Sascha Pallenberg, Daimler, Frage 3)"),
        "{copied}"
    );
}

#[test]
fn a_note_is_written_kept_and_marked_in_text_and_list() {
    let mut reader = Reader::new(140, 40);
    reader.keys("J J v . c`Wer zahlt, schafft an.`");
    insta::assert_snapshot!("editor", reader.screen());
    reader.keys("Esc");
    assert!(reader.saved().contains("Wer zahlt, schafft an."));
    assert!(reader.saved().ends_with('\n') && reader.saved().lines().count() == 1);
    assert!(reader.status().contains("gesichert"));
    insta::assert_snapshot!("noted", reader.screen());
}

#[test]
fn what_is_typed_is_a_draft_within_a_second_and_none_once_it_is_kept() {
    let mut reader = Reader::new(140, 40);
    reader.keys("c`ab`");
    let due = reader.app.deadline().unwrap();
    assert!(due <= Duration::from_secs(1));
    reader.elapsed = due;
    reader.send(Message::Deadline);
    assert_eq!(reader.drafts[0].note.text(), "ab");
    assert_eq!(reader.app.deadline(), None, "nothing more to wake for");
    reader.keys("`c` Esc");
    assert!(reader.drafts.is_empty() && reader.saved().contains("abc"));
}

#[test]
fn a_note_can_be_edited_deleted_and_had_back() {
    let mut reader = Reader::new(140, 40);
    reader.keys("c`eins` Esc e`, zwei` Esc");
    let text = |reader: &Reader| {
        let notes: Vec<String> = reader
            .app
            .annotations
            .book
            .notes()
            .map(|p| p.note.text().to_owned())
            .collect();
        notes.join("|")
    };
    assert_eq!(text(&reader), "eins, zwei");
    reader.keys("u");
    assert_eq!(text(&reader), "eins");
    reader.keys("Ctrl-r");
    assert_eq!(text(&reader), "eins, zwei");
    reader.keys("D");
    assert_eq!(text(&reader), "");
    reader.keys("u");
    assert_eq!(text(&reader), "eins, zwei");
    assert_eq!(reader.saved().lines().count(), 6, "every version is a line");
}

#[test]
fn the_external_editor_goes_on_with_the_text() {
    let mut reader = Reader::new(140, 40);
    reader.keys("c`kurz` Ctrl-g Esc");
    assert!(reader.saved().contains("kurz, im Editor"));
}

#[test]
fn highlight_bookmark_and_tag_need_few_keys() {
    let mut reader = Reader::new(140, 40);
    reader.keys("v x m t`vertrauen` Enter");
    let kinds: Vec<_> = reader
        .app
        .annotations
        .book
        .notes()
        .map(|p| p.note.motivation().name().to_owned())
        .collect();
    assert_eq!(kinds, ["highlighting", "bookmarking", "tagging"]);
    insta::assert_snapshot!(reader.screen());
}

#[test]
fn the_list_of_notes_filters_and_jumps() {
    let mut reader = Reader::new(140, 40);
    reader.keys("J J v x J J J c`Mut` Esc K K K K K C");
    insta::assert_snapshot!("notes", reader.screen());
    reader.keys("f`mut` Enter");
    insta::assert_snapshot!("notes_filtered", reader.screen());
    reader.keys("Enter");
    assert_eq!((reader.pair().0, reader.app.focus), (Some(6), Focus::Left));
}

#[test]
fn help_shows_every_context_and_the_palette_runs_by_name() {
    let mut reader = Reader::new(100, 30);
    reader.keys("?");
    insta::assert_snapshot!("help", reader.screen());
    reader.keys("Esc :`rückg`");
    insta::assert_snapshot!("palette", reader.screen());
    reader.keys("Enter");
    assert!(reader.status().contains("nichts rückgängig zu machen"));
}

#[test]
fn linking_and_unlinking_change_what_stands_opposite() {
    let mut reader = Reader::new(140, 40);
    reader.keys("J J -");
    let candidates = |reader: &Reader| reader.app.pairing.candidates(Side::Left, 2).len();
    assert_eq!(candidates(&reader), 4, "the rejected one is gone");
    reader.keys("u");
    assert!(reader.saved().lines().count() == 2);
}

#[test]
fn places_visited_can_be_gone_back_to() {
    let mut reader = Reader::new(140, 40);
    reader.keys("J J G H");
    assert_eq!(reader.pair().0, Some(3));
    reader.keys("H H L");
    assert_eq!(reader.pair().0, Some(2));
}

#[test]
fn where_the_reader_was_comes_back() {
    let mut reader = Reader::new(140, 40);
    reader.keys("f`unternehmen` Enter j j l j j q");
    assert!(reader.ended);
    let session = reader.session.clone();
    let again = Reader::with(transcript::shipped(), session, 140, 40);
    assert_eq!(again.text(), reader.text());
    assert_eq!(
        (again.app.focus, again.pair()),
        (reader.app.focus, reader.pair())
    );
}

#[test]
fn one_interview_alone_and_one_twice() {
    let text = "Wie geht es?\n\nGut, danke.\n\nUnd sonst?\n\nAuch gut.";
    let alone = Reader::with(vec![interview("a", text)], None, 120, 20);
    insta::assert_snapshot!("alone", alone.screen());
    let mut twice = Reader::with(
        vec![interview("a", text), interview("a", text)],
        None,
        120,
        20,
    );
    twice.keys("J");
    assert_eq!(
        twice.pair(),
        (Some(2), Some(2)),
        "each question meets itself"
    );
}

#[test]
fn a_text_without_a_question_is_read_all_the_same() {
    let mut reader = Reader::with(
        vec![interview("a", "Nur ein Satz.\n\nNoch einer.")],
        None,
        120,
        20,
    );
    assert!(reader.text().contains("Nur ein Satz.") && reader.text().contains("keine Fragen"));
    reader.keys("J K p Enter f Enter Esc v x c`x` Esc y G g");
    assert_eq!(reader.app.annotations.book.notes().count(), 2);
}

#[test]
fn a_key_typesets_only_what_is_seen() {
    let paragraph = "Ein Satz, der eine Weile braucht, bis er zu Ende ist. ".repeat(6);
    let long = format!("Was nun?\n\n{paragraph}\n\n").repeat(2_000);
    let mut reader = Reader::with(
        vec![interview("lang", &long), interview("kurz", "Was?\n\nDas.")],
        None,
        180,
        50,
    );
    let typeset = |reader: &Reader| reader.app.column(Side::Left).flow.typeset;
    for keys in ["j", "Space", "J", "G", "g", "Ctrl-d"] {
        let before = typeset(&reader);
        reader.keys(keys);
        let after = typeset(&reader) - before;
        assert!(after <= 60, "{keys}: {after} paragraphs for 50 rows");
    }
}

/// Every key of the table, and some that are in none of its rows.
fn any_key() -> impl Strategy<Value = String> {
    let mut keys: Vec<String> = synopse::app::keymap::BINDINGS
        .iter()
        .flat_map(|binding| binding.all_keys())
        .filter(|key| key.to_string() != "q")
        .map(|key| key.to_string())
        .collect();
    keys.extend(["ä", "ß", "語", "F5", "Alt-x", "q", "1"].map(str::to_owned));
    keys.sort();
    keys.dedup();
    prop::sample::select(keys)
}

#[derive(Clone, Debug)]
enum Doing {
    Key(String),
    Resize(u16, u16),
    Mouse(Mouse, u16, u16),
    Paste(String),
    Wait,
}

fn anything() -> impl Strategy<Value = Doing> {
    let mouse = prop::sample::select(vec![
        Mouse::Click,
        Mouse::Drag,
        Mouse::Release,
        Mouse::WheelUp,
        Mouse::WheelDown,
    ]);
    prop_oneof![
        30 => any_key().prop_map(Doing::Key),
        3 => (1u16..310, 1u16..105).prop_map(|(w, h)| Doing::Resize(w, h)),
        3 => (mouse, 0u16..310, 0u16..105).prop_map(|(m, x, y)| Doing::Mouse(m, x, y)),
        1 => "\\PC{0,12}".prop_map(Doing::Paste),
        1 => Just(Doing::Wait),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn no_keys_in_whatever_order_break_it_and_every_note_made_is_on_the_disk(
        doings in prop::collection::vec(anything(), 1..120)
    ) {
        let mut reader = Reader::new(140, 40);
        for doing in doings {
            match doing {
                Doing::Key(key) => reader.key(&key),
                Doing::Resize(width, height) => reader.send(Message::Resize(Size { width, height })),
                Doing::Mouse(mouse, x, y) => reader.send(Message::Mouse(mouse, Position { x, y })),
                Doing::Paste(text) => reader.send(Message::Paste(text)),
                Doing::Wait => {
                    reader.elapsed += Duration::from_secs(2);
                    reader.send(Message::Deadline);
                }
            }
            reader.buffer();
        }
        let (kept, problems) = Store::load(reader.saved().as_bytes());
        prop_assert!(problems.is_empty());
        let live: Vec<_> = reader.app.annotations.book.notes().map(|placed| placed.note.clone()).collect();
        let on_disk: Vec<_> = kept.notes().into_iter().cloned().collect();
        prop_assert_eq!(live, on_disk);
    }
}

#[test]
fn a_comment_is_read_at_the_foot_of_its_column() {
    let mut reader = Reader::new(140, 40);
    reader.keys("J J c`Wer zahlt, schafft an.` Esc");
    let foot = |reader: &Reader| reader.app.column(Side::Left).foot.clone();
    assert_eq!(foot(&reader).lines[0].text, "Wer zahlt, schafft an.");
    assert!(reader.text().contains("│¶ Wer zahlt, schafft an."));
    reader.keys("x");
    let question = reader.text().lines().nth(2).unwrap().to_owned();
    assert!(
        question.contains("│¶ Du bist"),
        "of two signs the weightier: {question}"
    );
    reader.keys("J");
    assert_eq!(foot(&reader).rows(), 0, "of another exchange");
    reader.keys("K");
    assert_eq!(foot(&reader).rows(), 2);
    let last = reader.app.column(Side::Left).rows.len();
    assert_eq!(last, 37 - 2, "the text gives way");
}

#[test]
fn the_editor_leaves_its_passage_in_view_and_puts_the_column_back() {
    let mut reader = Reader::new(140, 40);
    reader.keys("J J v . . . . . . . . . v .");
    let before = reader.app.column(Side::Left).top;
    let passage = "Als Personal Brand muss man nicht unbedingt";
    let row = |reader: &Reader| {
        reader
            .text()
            .lines()
            .position(|line| line.contains(passage))
    };
    assert_eq!(row(&reader), Some(29));
    reader.keys("c");
    assert!(
        row(&reader).is_some_and(|row| row < 20),
        "{:?}",
        row(&reader)
    );
    reader.keys("`Marke` Esc");
    assert_eq!(reader.app.column(Side::Left).top, before);
}

#[test]
fn the_help_is_had_everywhere_and_gives_way_to_what_lay_below() {
    let mut reader = Reader::new(100, 30);
    reader.keys("c`eins` F1");
    assert!(reader.text().contains("Notiz schreiben"));
    reader.keys("x Esc");
    reader.keys("`zwei` Esc C");
    assert!(reader.text().contains("einszwei"), "{}", reader.text());
    reader.keys("?");
    assert!(reader.text().contains("Liste der Notizen"));
    reader.keys("q e Esc");
    assert!(
        reader.text().contains("Notizen nach Ort ─"),
        "back in the list"
    );
}

#[test]
fn a_click_chooses_in_the_list_of_notes_and_a_second_one_goes_there() {
    let mut reader = Reader::new(100, 30);
    reader.keys("c`eins` Esc J J c`zwei` Esc g C");
    let click = |row| Message::Mouse(Mouse::Click, Position { x: 20, y: row });
    let row = reader.text().lines().position(|line| line.contains("zwei"));
    let row = u16::try_from(row.unwrap()).unwrap();
    reader.send(click(row));
    assert!(reader.text().contains("▌   zwei"), "{}", reader.text());
    reader.send(click(row));
    assert_eq!(reader.pair().0, Some(3));
    reader.keys(":`beenden`");
    reader.send(click(7));
    assert!(reader.ended);
}

#[test]
fn where_room_is_scarce_the_theme_and_the_way_to_the_help_stay() {
    let mut reader = Reader::new(60, 20);
    reader.keys("J J");
    let status = reader.status();
    assert!(
        status.starts_with(" ↔ 1/5 Geld für Influencer "),
        "{status}"
    );
    assert!(
        status.ends_with("? Hilfe") && !status.contains('…'),
        "{status}"
    );
    reader.send(Message::Resize(Size::new(40, 12)));
    assert!(reader.status().ends_with("? Hilfe"));
}
