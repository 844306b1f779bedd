//! Drafts: what is being written when something goes wrong.

use synopse::app::annotate::Annotations;
use synopse::app::editor::Draftiness;
use synopse::app::{App, Effect, Errand, Message, Overlay, Setup};
use synopse::files::Mark;
use synopse::interview::Interview;
use synopse::notes::{Book, Motivation, Note, Store, Target};

use super::reader::{FIRST, Reader, SECOND, appends, drafts, dropped, entry, interview, reader};

#[test]
fn a_draft_goes_only_when_its_note_is_on_the_disk() {
    let mut reader = reader();
    reader.keys("c a b");
    assert_eq!(drafts(&reader.wait())[0].text(), "ab");
    let closed = reader.keys("Esc");
    assert_eq!((appends(&closed), dropped(&closed).len()), (vec![1], 0));
    assert!(dropped(&reader.send(Message::Terminate)).is_empty());
    assert!(dropped(&reader.saved(1, false)).is_empty());
    reader.wait();
    assert_eq!(dropped(&reader.saved(1, true)).len(), 1);
}

#[test]
fn the_draft_of_a_note_opened_again_outlives_the_saving_of_its_earlier_version() {
    let mut reader = reader();
    reader.keys("c a Esc e b");
    assert_eq!(drafts(&reader.wait()).last().unwrap().text(), "ab");
    assert!(dropped(&reader.saved(1, true)).is_empty());
    reader.keys("Esc");
    assert_eq!(dropped(&reader.saved(1, true)).len(), 1);
}

#[test]
fn a_reader_that_is_suspended_keeps_the_draft_first() {
    let mut reader = reader();
    let effects = reader.keys("c a Ctrl-z");
    assert!(matches!(
        &effects[..],
        [Effect::Write(Errand::SaveDraft(_)), Effect::Suspend]
    ));
}

#[test]
fn what_can_be_kept_as_no_draft_is_kept_as_a_note_at_the_end() {
    let mut reader = reader();
    reader.keys("c a");
    let effects = reader.wait();
    reader.drafted(&effects, false);
    let ended = reader.send(Message::Terminate);
    assert_eq!((appends(&ended), reader.notes()[0].text()), (vec![1], "a"));
}

#[test]
fn the_answer_about_one_draft_says_nothing_of_another() {
    let mut reader = reader();
    reader.keys("c a");
    let first = reader.wait();
    reader.keys("Esc J c b");
    let second = reader.wait();
    let state = |reader: &Reader| match &reader.app.overlay {
        Some(Overlay::Editor(editor)) => editor.state.clone(),
        other => panic!("{other:?}"),
    };
    reader.drafted(&first, true);
    assert_eq!(state(&reader), Draftiness::Typing);
    reader.drafted(&second, true);
    assert_eq!(state(&reader), Draftiness::Kept);
}

#[test]
fn a_draft_that_says_what_is_kept_is_none_and_another_is_offered() {
    let on = interview("eins", FIRST);
    let mut kept = Note::new(
        uuid::Uuid::from_u128(7),
        jiff::Timestamp::UNIX_EPOCH,
        Motivation::Commenting,
        "da",
        vec![Target::exchange(&on, 0).unwrap()],
    );
    let mut line =
        synopse::notes::w3c::write(&synopse::notes::w3c::Line::Note(Box::new(kept.clone())));
    line.push(b'\n');
    let offered = |draft: Note| {
        let book = Book::new::<Interview>(Store::load(&line).0, &[]);
        let annotations = Annotations::new(book, Mark::default(), vec![draft.into()]);
        let library = vec![entry(&on)];
        let (app, _) = App::new(Setup {
            library,
            annotations,
            ..Setup::default()
        });
        matches!(app.overlay, Some(Overlay::Editor(_)))
    };
    kept.set_text("da", jiff::Timestamp::from_second(9).unwrap());
    assert!(
        !offered(kept.clone()),
        "it was closed in the moment of the crash"
    );
    kept.set_text("da und dort", jiff::Timestamp::from_second(9).unwrap());
    assert!(offered(kept));
}

#[test]
fn on_a_slow_disk_drafts_do_not_queue_up() {
    let mut reader = reader();
    reader.keys("c a");
    let first = reader.wait();
    reader.keys("b c");
    assert_eq!(reader.app.deadline(), None, "one at a time");
    reader.drafted(&first, true);
    assert_eq!(drafts(&reader.wait())[0].text(), "abc");
}

#[test]
fn what_was_typed_last_is_a_draft_where_its_note_takes_long_to_save() {
    let mut reader = reader();
    reader.keys("c a b Esc");
    assert_eq!(drafts(&reader.wait())[0].text(), "ab");
    assert_eq!(dropped(&reader.saved(1, true)).len(), 1);
    reader.keys("J c a b Esc");
    reader.saved(1, true);
    assert_eq!(reader.app.deadline(), None, "it was saved before that");
    reader.keys("J c a Esc e b");
    let effects = reader.wait();
    let said: Vec<&str> = drafts(&effects).iter().map(|note| note.text()).collect();
    assert_eq!(said, ["a", "ab"], "and what is typed on comes behind it");
}

#[test]
fn tags_that_a_crash_interrupts_are_given_to_all_their_notes() {
    let mut reader = reader();
    reader.keys("x J x C V t n e u");
    let effects = reader.wait();
    let draft = effects.iter().find_map(|effect| match effect {
        Effect::Write(Errand::SaveDraft(draft)) => Some((**draft).clone()),
        _ => None,
    });
    let lines = reader.app.annotations.book.unsaved().lines;
    let book = Book::new::<Interview>(Store::load(&lines).0, &[]);
    let annotations = Annotations::new(book, Mark::default(), vec![draft.unwrap()]);
    let library = vec![
        entry(&interview("eins", FIRST)),
        entry(&interview("zwei", SECOND)),
    ];
    let (app, _) = App::new(Setup {
        library,
        annotations,
        ..Setup::default()
    });
    reader.app = app;
    assert!(matches!(reader.app.overlay, Some(Overlay::Editor(_))));
    reader.keys("Esc");
    let notes = reader.notes();
    let tags: Vec<Vec<&str>> = notes.iter().map(|note| note.tags().collect()).collect();
    assert_eq!(tags, [["neu"], ["neu"]]);
}
