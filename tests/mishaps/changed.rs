//! Interviews whose files have changed, or can no longer be read.

use std::path::PathBuf;
use std::sync::Arc;

use synopse::app::{Effect, Entry, Job, Overlay, Side};
use synopse::notes::{Motivation, Note, Target};
use synopse::session::Session;

use super::reader::{FIRST, Reader, SECOND, entry, interview, position, reader, start};

#[test]
fn a_file_that_has_shrunk_leaves_no_place_that_is_not_there() {
    let mut reader = reader();
    let asked = reader.keys("J J / r Enter G v w w Esc R");
    let effects = reader.loaded(
        &asked,
        Ok(interview("eins", "Wie geht es Ihnen heute?\n\nGut.")),
    );
    reader.align(&effects);
    for key in "y Y c Esc e Esc n N p P + - H H H y v o y L J K v . y G g".split(' ') {
        let effects = reader.keys(key);
        reader.align(&effects);
        let column = reader.app.column(Side::Left);
        assert!(column.current.is_none_or(|exchange| exchange == 0), "{key}");
    }
}

#[test]
fn a_file_read_again_leaves_both_columns_where_they_were() {
    let mut reader = reader();
    reader.keys("J s l G h s");
    let tops = |reader: &Reader| Side::BOTH.map(|side| reader.app.column(side).top);
    reader.keys("l g h");
    let before = tops(&reader);
    let asked = reader.keys("R");
    let effects = reader.loaded(&asked, Ok(interview("eins", FIRST)));
    reader.align(&effects);
    assert_eq!(tops(&reader), before);
}

#[test]
fn the_interviews_stand_where_they_stood_the_last_time() {
    let [one, two, three] =
        ["eins", "zwei", "drei"].map(|name| interview(name, &format!("{FIRST}\n\n{name}.")));
    let library = || {
        let path = three.identity.path.clone().unwrap();
        vec![entry(&one), entry(&two), Entry::unread("drei".into(), path)]
    };
    let session = |columns| {
        Some(Session {
            columns,
            focus: "left".into(),
            follow: true,
            ..Session::default()
        })
    };
    let swapped = session([position(&two, 1), position(&one, 99)]);
    let (mut reader, effects) = start(library(), swapped, Vec::new());
    let aligned = effects.iter().any(|effect| {
        matches!(effect, Effect::Begin(Job::Align { interviews, .. }) if interviews[0].name == "zwei" && interviews[1].name == "eins")
    });
    assert!(aligned, "parallels are those of what stands there");
    reader.align(&effects);
    let current = Side::BOTH.map(|side| reader.app.column(side).current);
    assert_eq!(current[0], Some(1));
    assert!(current[1].is_some_and(|exchange| exchange < one.exchanges.len()));
    let (_, effects) = start(
        library(),
        session([position(&three, 1), position(&one, 0)]),
        Vec::new(),
    );
    let asked: Vec<usize> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Begin(Job::Load { index, .. }) => Some(*index),
            _ => None,
        })
        .collect();
    assert_eq!(asked, [2], "it is read");
}

#[test]
fn a_file_that_cannot_be_read_keeps_nothing_waiting() {
    let path = PathBuf::from("/texte/eins.txt");
    let unread = Entry::unread("eins".into(), path);
    let on = interview("zwei", SECOND);
    let target = Target::exchange(&on, 0).unwrap();
    let note = Note::new(
        uuid::Uuid::from_u128(7),
        jiff::Timestamp::UNIX_EPOCH,
        Motivation::Commenting,
        "halb",
        vec![target],
    );
    let (mut reader, effects) = start(vec![unread, entry(&on)], None, vec![note.into()]);
    let mut head = (*interview("eins", FIRST)).clone();
    head.partial = true;
    reader.loaded(&effects, Ok(Arc::new(head)));
    assert!(reader.app.overlay.is_none());
    reader.loaded(&effects, Err("eins.txt: kaputt".into()));
    assert!(
        matches!(reader.app.overlay, Some(Overlay::Editor(_))),
        "the draft is offered"
    );
    reader.keys("Esc");
    reader.saved(1, true);
    reader.app.focus = Side::Left.into();
    reader.keys("c");
    assert_eq!(reader.app.notice.unwrap().text, "eins.txt: kaputt");
}
