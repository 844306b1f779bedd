//! Sequences in pieces, and what comes of them.

use super::*;

const START: Duration = Duration::from_secs(5);

fn typed(c: char) -> Event {
    let modifiers = if c.is_uppercase() {
        KeyModifiers::SHIFT
    } else {
        KeyModifiers::NONE
    };
    Event::Key(KeyEvent::new(KeyCode::Char(c), modifiers))
}

fn esc() -> Event {
    Event::Key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE))
}

fn alt(c: char) -> Event {
    Event::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::ALT))
}

fn bell() -> Event {
    Event::Key(KeyEvent::new(KeyCode::Char('g'), KeyModifiers::CONTROL))
}

/// What comes out, in short: keys by name, and the rest as Rust writes it.
fn told(messages: Vec<Message>) -> String {
    let told = messages.into_iter().map(|message| match message {
        Message::Key(key) => key.to_string(),
        other => format!("{other:?}"),
    });
    told.collect::<Vec<_>>().join(" ")
}

/// Everything that comes of `events`, the last one followed by silence.
fn all(events: impl IntoIterator<Item = Event>) -> String {
    let mut assembler = Assembler::default();
    let mut out = Vec::new();
    for event in events {
        out.extend(assembler.take(event, START));
    }
    out.extend(assembler.give_up_waiting());
    assert_eq!(assembler.deadline(), None);
    told(out)
}

fn split(rest: &str) -> String {
    all(std::iter::once(esc()).chain(rest.chars().map(typed)))
}

#[test]
fn an_esc_is_waited_on_and_then_is_an_esc() {
    let mut assembler = Assembler::default();
    assert!(assembler.take(esc(), START).is_empty());
    assert_eq!(
        assembler.deadline(),
        Some(START + Duration::from_millis(30))
    );
    assert_eq!(told(assembler.give_up_waiting()), "Esc");
    assert_eq!(assembler.deadline(), None);
}

#[test]
fn a_split_sequence_is_the_key_it_was() {
    assert_eq!(split("[A"), "↑");
    assert_eq!(split("OB"), "↓");
    assert_eq!(split("[1;5C"), "Ctrl-→");
    assert_eq!(split("[6~"), "PgDn");
    assert_eq!(split("[3;5~"), "Ctrl-Del");
    assert_eq!(split("[Z"), "Shift-Tab");
    assert_eq!(split("OP"), "F1");
    assert_eq!(split("[15~"), "F5");
    assert_eq!(split("[24~"), "F12");
    assert_eq!(split("[Aj"), "↑ j");
}

#[test]
fn a_sequence_that_nobody_knows_types_nothing() {
    assert_eq!(split("[99~"), "");
    assert_eq!(split("[?1;2c"), "");
}

#[test]
fn what_follows_an_esc_and_begins_no_sequence_is_typed() {
    assert_eq!(split("j"), "Esc j");
    assert_eq!(all([esc(), esc(), typed('q')]), "Esc Esc q");
    assert_eq!(split("["), "Esc [");
    assert_eq!(split("[1;"), "Esc [ 1 ;");
}

#[test]
fn keys_with_alt_go_through_at_once() {
    let mut assembler = Assembler::default();
    assert_eq!(told(assembler.take(alt('b'), START)), "Alt-b");
    assert_eq!(told(assembler.take(typed('j'), START)), "j");
    assert_eq!(told(assembler.take(bell(), START)), "Ctrl-g");
    assert_eq!(assembler.deadline(), None);
}

#[test]
fn a_split_report_of_the_mouse_is_a_click() {
    assert_eq!(split("[<0;12;3M"), "Mouse(Click, Position { x: 11, y: 2 })");
    assert_eq!(split("[<0;12;3m"), "");
    assert_eq!(
        split("[<65;1;1M"),
        "Mouse(WheelDown, Position { x: 0, y: 0 })"
    );
    assert_eq!(split("[<0;0;0M"), "");
}

#[test]
fn a_paste_whose_beginning_was_split_is_not_taken_for_commands() {
    assert_eq!(split("[200~quit"), "Paste(\"quit\")");
}

fn answer(body: &str, end: impl IntoIterator<Item = Event>) -> String {
    let body = body.chars().map(typed);
    all(std::iter::once(alt(']')).chain(body).chain(end))
}

#[test]
fn the_terminals_word_on_its_background_is_understood() {
    let dark = "Background { dark: true }";
    let light = "Background { dark: false }";
    assert_eq!(answer("11;rgb:1e1e/1e1e/2e2e", [bell()]), dark);
    assert_eq!(answer("11;rgb:ffff/fafa/f0f0", [alt('\\')]), light);
    assert_eq!(answer("11;rgb:ff/ff/ff", [esc(), typed('\\')]), light);
    assert_eq!(answer("11;rgba:0000/0000/0000/ffff", [bell()]), dark);
    // Split after its first byte, it begins with an Esc.
    assert_eq!(
        all([esc(), typed(']')]
            .into_iter()
            .chain("11;rgb:0/0/0".chars().map(typed))
            .chain([bell()])),
        dark
    );
}

#[test]
fn what_only_looks_like_that_word_is_handed_on() {
    assert_eq!(answer("12", []), "Alt-] 1 2");
    assert_eq!(answer("11;rgb:", [typed('q')]), "Alt-] 1 1 ; r g b : q");
    assert_eq!(
        answer("11;rgb:0/0", [bell()]),
        "Alt-] 1 1 ; r g b : 0 / 0 Ctrl-g"
    );
}

#[test]
fn other_events_come_after_what_was_held() {
    let paste = Event::Paste("x".to_owned());
    assert_eq!(all([esc(), paste]), "Esc Paste(\"x\")");
}

proptest::proptest! {
    /// Whatever is typed, nothing is held for good, and letters that began no sequence are all there, in order.
    #[test]
    fn nothing_typed_is_lost(text in "[a-z0-9;~ ]{0,60}") {
        let expected: String = text.replace(' ', "Space");
        let out = all(text.chars().map(typed));
        proptest::prop_assert_eq!(out.replace(' ', ""), expected);
    }

    /// No order of pieces makes it stumble.
    #[test]
    fn nothing_makes_it_stumble(pieces in proptest::collection::vec(0_u8..12, 0..80)) {
        let event = |n: &u8| match n {
            0 => esc(),
            1 => alt(']'),
            2 => alt('\\'),
            3 => bell(),
            n => typed(['[', 'O', ']', '1', ';', '<', '~', 'A'][usize::from(n - 4)]),
        };
        all(pieces.iter().map(event));
    }
}
