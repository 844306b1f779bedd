//! Notes on their way to a disk that fails or takes its time.

use synopse::app::{Effect, Errand, Message};
use synopse::notes::Motivation;

use super::reader::{appends, reader};

#[test]
fn what_came_while_an_append_was_failing_is_tried_too() {
    let mut reader = reader();
    assert_eq!(appends(&reader.keys("x")), [1]);
    assert!(appends(&reader.keys("m")).is_empty(), "one at a time");
    assert!(appends(&reader.send(Message::Terminate)).is_empty());
    assert_eq!(appends(&reader.saved(1, false)), [2]);
    assert!(
        appends(&reader.saved(2, false)).is_empty(),
        "and then later"
    );
    assert_eq!(appends(&reader.wait()), [2]);
}

#[test]
fn a_look_and_an_append_are_never_under_way_at_once() {
    let looks = |effects: &[Effect]| {
        let look = |effect: &&Effect| matches!(effect, Effect::Write(Errand::Look { .. }));
        effects.iter().filter(look).count()
    };
    let mut reader = reader();
    assert_eq!(looks(&reader.send(Message::Touched)), 1);
    assert!(appends(&reader.keys("x")).is_empty());
    assert_eq!(looks(&reader.send(Message::Touched)), 0);
    assert_eq!(appends(&reader.send(Message::Looked(Ok(None)))), [1]);
    assert_eq!(looks(&reader.send(Message::Touched)), 0);
    assert_eq!(looks(&reader.saved(1, true)), 1);
    assert!(appends(&reader.send(Message::Terminate)).is_empty());
    reader.keys("m");
    assert_eq!(
        appends(&reader.send(Message::Looked(Ok(None)))),
        [1],
        "also when nobody looks any more"
    );
}

#[test]
fn a_highlight_that_is_only_looked_at_stays_one() {
    let mut reader = reader();
    reader.keys("v x e Esc");
    assert_eq!(reader.notes()[0].motivation(), &Motivation::Highlighting);
    reader.keys("e a Backspace Esc");
    assert_eq!(reader.notes()[0].motivation(), &Motivation::Highlighting);
    reader.keys("e a Esc");
    assert_eq!(
        (reader.notes()[0].motivation(), reader.notes()[0].text()),
        (&Motivation::Commenting, "a")
    );
    reader.keys("e Backspace Esc");
    assert!(reader.notes().is_empty(), "what says nothing more is none");
}

#[test]
fn undo_and_redo_of_a_link_are_seen_in_the_parallels() {
    let mut reader = reader();
    for (key, links) in [("+", 1), ("u", 0), ("Ctrl-r", 1), ("+", 0)] {
        let effects = reader.keys(key);
        assert_eq!(reader.align(&effects), Some(links), "{key}");
    }
    let effects = reader.keys("x");
    assert_eq!(
        reader.align(&effects),
        None,
        "a highlight says nothing of parallels"
    );
}
