//! The synopsis: what is parallel in one row.

use ratatui::layout::{Position, Size};
use synopse::app::synopsis::Synopsis;
use synopse::app::{Message, Mouse, Overlay};
use synopse::interview::Interview;
use synopse::parallels::rows::Order;
use synopse::tui::theme::{Colours, Terminal};

use super::reader::{Reader, interview};

fn synopsis(reader: &Reader) -> &Synopsis {
    let Some(Overlay::Synopsis(synopsis)) = &reader.app.overlay else {
        panic!("no synopsis: {}", reader.text());
    };
    synopsis
}

fn two() -> Vec<Interview> {
    let one = "Was malen Sie?\n\nBäume, auch im Winter.\n\nVerkaufen Sie davon etwas?\n\nSelten.\n\n\
               Wer hat Ihnen das Malen beigebracht?\n\nEin Nachbar.";
    let two = "Stört Sie der Lärm?\n\nNein.\n\nWer hat Ihnen das Malen beigebracht?\n\nMeine Tante.\n\n\
               Was malen Sie?\n\nBäume, aber nur im Sommer.";
    vec![interview("eins", one), interview("zwei", two)]
}

#[test]
fn the_synopsis_at_four_widths() {
    for (width, height) in [(200, 55), (100, 30), (60, 20), (40, 12)] {
        let mut reader = Reader::new(width, height);
        reader.keys("J J z");
        insta::assert_snapshot!(format!("synopsis_{width}x{height}"), reader.screen());
    }
    let mut small = Reader::new(20, 5);
    small.keys("z J");
    assert!(small.text().contains("Zeile 2"), "{}", small.text());
}

#[test]
fn the_rows_stand_in_the_order_of_either_side_or_by_theme() {
    let mut reader = Reader::with(two(), None, 80, 30);
    reader.keys("z");
    insta::assert_snapshot!("synopsis_left", reader.text());
    reader.keys("o");
    assert_eq!(synopsis(&reader).order, Order::Right);
    reader.keys("g");
    insta::assert_snapshot!("synopsis_right", reader.text());
    reader.keys("o");
    assert!(reader.text().contains("Folge: Themen"), "{}", reader.text());
}

#[test]
fn it_opens_where_one_reads_and_closes_where_one_was() {
    let mut reader = Reader::new(140, 40);
    reader.keys("J J J J j j");
    let (before, pair) = (reader.screen(), reader.pair());
    reader.keys("z");
    assert!(reader.text().contains("Wie wichtig"), "{}", reader.text());
    reader.keys("J J Space o z");
    assert_eq!(reader.screen(), before);
    reader.keys("z J J k Esc");
    assert_eq!((reader.screen(), reader.pair()), (before, pair));
}

#[test]
fn enter_reads_the_row_in_the_columns() {
    let mut reader = Reader::new(140, 40);
    reader.keys("J J z J Enter");
    assert_eq!(reader.pair(), (Some(3), Some(8)), "the second counterpart");
    assert!(reader.app.overlay.is_none());
    reader.keys("H");
    assert_eq!(reader.pair(), (Some(3), Some(9)), "and back");
}

#[test]
fn rows_are_scrolled_line_by_line_and_the_end_rests_on_the_last_line() {
    let mut reader = Reader::new(140, 20);
    reader.keys("z");
    let first = reader.text();
    reader.keys("j j j Space Space k k k b b");
    assert_eq!(reader.text(), first);
    reader.keys("G");
    let end = reader.text();
    assert_eq!(synopsis(&reader).current, synopsis(&reader).rows.len() - 1);
    reader.keys("j Space");
    assert_eq!(reader.text(), end);
}

#[test]
fn another_width_leaves_the_line_at_the_top() {
    let mut reader = Reader::new(140, 20);
    reader.keys("J J z j j j j j j j j j j");
    let top = |reader: &Reader| reader.text().lines().nth(2).unwrap_or_default().to_owned();
    let before = top(&reader);
    for (width, height) in [(90, 30), (30, 10), (140, 20)] {
        reader.send(Message::Resize(Size { width, height }));
    }
    let word = |line: &str| line.split_whitespace().next().map(str::to_owned);
    assert_eq!(word(&top(&reader)), word(&before));
}

#[test]
fn a_pair_is_judged_where_it_stands() {
    let mut reader = Reader::with(two(), None, 100, 30);
    reader.keys("z +");
    assert!(reader.text().contains("bestätigt"), "{}", reader.text());
    reader.keys("j");
    assert!(
        reader.status().contains("bestätigt, dem Text nach"),
        "{}",
        reader.status()
    );
    reader.keys("-");
    assert!(
        reader.text().contains("kein Gegenstück"),
        "{}",
        reader.text()
    );
    reader.keys("u u");
    assert_eq!(synopsis(&reader).rows.len(), 4);
}

#[test]
fn a_click_chooses_a_row_and_a_second_one_reads_it() {
    let mut reader = Reader::with(two(), None, 100, 30);
    reader.keys("z");
    let row = reader
        .text()
        .lines()
        .position(|line| line.contains("Zeile 3 ─"));
    let y = u16::try_from(row.unwrap()).unwrap();
    let click = || Message::Mouse(Mouse::Click, Position { x: 9, y });
    reader.send(click());
    assert_eq!(synopsis(&reader).current, 2);
    reader.send(click());
    assert_eq!(reader.pair().0, Some(2));
}

#[test]
fn without_signs_and_colours_it_says_the_same() {
    let mut reader = Reader::new(100, 40);
    reader.keys("J J z");
    reader.terminal = Terminal {
        colours: Colours::None,
        dark: true,
        unicode: false,
    };
    let text = reader.text();
    assert!(
        text.contains("> Zeile 5: ") && !text.contains(['→', '─', '│']),
        "{text}"
    );
}

#[test]
fn one_interview_alone_has_no_synopsis_and_one_without_questions_no_rows() {
    let mut alone = Reader::with(two().into_iter().take(1).collect(), None, 100, 20);
    alone.keys("z");
    assert!(alone.app.overlay.is_none(), "{}", alone.text());
    let mute = vec![
        interview("a", "Nur ein Satz."),
        interview("b", "Noch einer."),
    ];
    let mut mute = Reader::with(mute, None, 100, 20);
    mute.keys("z j J G Enter z o Esc");
}

#[test]
fn a_key_typesets_only_the_rows_that_are_seen() {
    let paragraph = "Ein Satz, der eine Weile braucht, bis er zu Ende ist. ".repeat(6);
    let long = format!("Was nun?\n\n{paragraph}\n\n").repeat(1_000);
    let both = vec![interview("lang", &long), interview("auch", &long)];
    let mut reader = Reader::with(both, None, 180, 50);
    reader.keys("z");
    let typeset = |reader: &Reader| {
        let flows = &synopsis(reader).flows;
        flows.iter().map(|flow| flow.typeset).sum::<usize>()
    };
    for keys in ["j", "Space", "J", "G", "b", "g", "o"] {
        let before = typeset(&reader);
        reader.keys(keys);
        let after = typeset(&reader) - before;
        assert!(
            after <= 90,
            "{keys}: {after} paragraphs for 50 lines of two"
        );
    }
}
