//! The map of parallels.

use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use synopse::app::map::Map;
use synopse::app::{Message, Mouse, Overlay, Side};
use synopse::parallels::Origin;
use synopse::tui::theme::{Colours, Terminal};

use super::reader::{Reader, interview};

fn map(reader: &Reader) -> &Map {
    let Some(Overlay::Map(map)) = &reader.app.overlay else {
        panic!("no map: {}", reader.text());
    };
    map
}

#[test]
fn the_map_at_four_widths() {
    for (width, height) in [(140, 40), (100, 30), (60, 20), (20, 5)] {
        let mut reader = Reader::new(width, height);
        reader.keys("J J M");
        insta::assert_snapshot!(format!("map_{width}x{height}"), reader.screen());
    }
}

#[test]
fn the_cursor_moves_by_questions_and_by_parallels_and_enter_reads_the_pair() {
    let mut reader = Reader::new(140, 40);
    reader.keys("J J M");
    assert_eq!(map(&reader).cursor, [2, 8]);
    reader.keys("j l k h h");
    assert_eq!(map(&reader).cursor, [2, 7]);
    reader.keys("g J");
    assert_eq!(map(&reader).cursor, [0, 2]);
    reader.keys("J K K K");
    assert_eq!(map(&reader).cursor, [0, 2]);
    assert!(reader.status().contains("keine weitere Parallele"));
    reader.keys("G");
    assert_eq!(map(&reader).cursor, [6, 10]);
    reader.keys("g J J Enter");
    assert_eq!(reader.pair(), (Some(3), Some(1)));
    assert!(reader.app.overlay.is_none());
}

#[test]
fn it_closes_where_one_was() {
    let mut reader = Reader::new(140, 40);
    reader.keys("J J j j");
    let before = reader.screen();
    reader.keys("M J J l Esc M G M");
    assert_eq!(reader.screen(), before);
}

#[test]
fn a_pair_is_judged_under_the_cursor_and_undone() {
    let mut reader = Reader::new(140, 40);
    reader.keys("M g +");
    let origin = |reader: &Reader| map(reader).pair.as_ref().map(|pair| pair.origin);
    assert_eq!(origin(&reader), Some(Origin::Confirmed));
    assert!(reader.text().contains('✓'), "{}", reader.text());
    reader.keys("-");
    assert_eq!(origin(&reader), Some(Origin::Rejected));
    reader.keys("u u");
    assert_eq!(origin(&reader), Some(Origin::Suggested));
    assert_eq!(map(&reader).cursor, [0, 0]);
}

#[test]
fn without_colour_and_in_ascii_the_map_says_the_same() {
    let mut reader = Reader::new(100, 30);
    reader.keys("J J M h -");
    reader.terminal = Terminal {
        colours: Colours::None,
        dark: true,
        unicode: false,
    };
    let buffer = reader.buffer();
    let plain = |cell: &ratatui::buffer::Cell| (cell.fg, cell.bg) == (Color::Reset, Color::Reset);
    assert!(buffer.content.iter().all(plain));
    let reversed = |cell: &&ratatui::buffer::Cell| cell.modifier.contains(Modifier::REVERSED);
    assert_eq!(
        buffer.content.iter().filter(reversed).count(),
        2,
        "the cursor shows"
    );
    insta::assert_snapshot!("map_ascii", reader.screen());
}

#[test]
fn a_click_sets_the_cursor_and_a_second_one_reads() {
    let mut reader = Reader::new(140, 40);
    reader.keys("M G");
    let row = reader
        .text()
        .lines()
        .position(|line| line.contains(" 3 Du bist"));
    let at = Position {
        x: 66,
        y: u16::try_from(row.unwrap()).unwrap(),
    };
    reader.send(Message::Mouse(Mouse::Click, at));
    let cursor = map(&reader).cursor;
    assert_eq!(cursor[0], 2);
    reader.send(Message::Mouse(Mouse::WheelDown, at));
    assert_eq!(map(&reader).cursor, [3, cursor[1]]);
    reader.send(Message::Mouse(Mouse::Click, at));
    reader.send(Message::Mouse(Mouse::Click, at));
    assert_eq!(reader.pair(), (Some(3), Some(cursor[1] + 1)));
}

#[test]
fn many_questions_are_scrolled_with_their_labels_in_view() {
    let asked = |what: &str| {
        let questions = (1..=200).map(|n| format!("Was ist {what} {n}?\n\nDas ist {n}.\n\n"));
        questions.collect::<String>()
    };
    let both = vec![
        interview("eins", &asked("Ding")),
        interview("zwei", &asked("Sache")),
    ];
    let mut reader = Reader::with(both, None, 100, 30);
    reader.keys("M G");
    let text = reader.text();
    assert!(
        text.contains("200 Was ist Ding 200?") && text.contains("198 199 200"),
        "{text}"
    );
    let alone = map(&reader).alone(Side::Left).count();
    let listed = text.lines().filter(|line| line.contains("  ∅ ")).count();
    assert!(listed < alone, "{text}");
    let more = format!("∅ … {} weitere", alone + 1 - listed);
    assert!(text.contains(&more), "{more}: {text}");
    reader.send(Message::Resize(Size::new(20, 5)));
    reader.keys("b h");
    let side = |side| reader.app.interview(side).unwrap().exchanges.len();
    assert_eq!((side(Side::Left), side(Side::Right)), (200, 200));
    assert!(reader.text().contains("199"), "{}", reader.text());
}

#[test]
fn a_map_needs_two_interviews_and_says_when_one_asks_nothing() {
    let mut alone = Reader::with(vec![interview("a", "Wo?\n\nHier.")], None, 100, 20);
    alone.keys("M");
    assert!(alone.app.overlay.is_none());
    assert!(
        alone.status().contains("zwei Interviews"),
        "{}",
        alone.status()
    );
    let mute = vec![
        interview("a", "Wo?\n\nHier."),
        interview("b", "Noch einer."),
    ];
    let mut mute = Reader::with(mute, None, 100, 20);
    mute.keys("M j l J K g G + -");
    assert!(
        mute.text().contains("eines der beiden hat keine Fragen"),
        "{}",
        mute.text()
    );
    mute.keys("Enter M Esc");
}

#[test]
fn map_and_synopsis_open_while_the_parallels_are_still_looked_for() {
    for key in ["M", "z"] {
        let mut reader = Reader::new(140, 40);
        reader.keys("J J");
        let found = reader.app.pairing.alignment.take().unwrap();
        reader.keys(key);
        assert!(
            reader.text().contains("Parallelen werden gesucht …"),
            "{}",
            reader.text()
        );
        reader.keys("G g + - a p Enter Esc");
        reader.keys("Esc g J J J");
        reader.keys(key);
        reader.app.pairing.alignment = Some(found);
        reader.send(Message::Resize(Size::new(140, 39)));
        match &reader.app.overlay {
            Some(Overlay::Map(map)) => assert_eq!(map.cursor, [2, 8]),
            Some(Overlay::Synopsis(synopsis)) => {
                let row = synopsis.rows[synopsis.current];
                assert_eq!(row.pair(), Some((2, 8)));
            }
            other => panic!("{other:?}"),
        }
    }
}
