//! The store in good days and bad.

use proptest::prelude::*;

use super::*;
use crate::notes::Motivation;
use crate::notes::tests::{at, interview, note};

fn made(n: u32, text: &str) -> Note {
    let on = interview("a", &["Warum?", "Darum."]);
    note(n, Motivation::Commenting, text, &on, "Darum.")
}

fn line(n: u32, text: &str) -> Line {
    Line::Note(Box::new(made(n, text)))
}

fn deletion(n: u32) -> Line {
    Line::Deleted {
        id: made(n, "").id,
        when: Some(at(99)),
    }
}

fn texts(store: &Store) -> Vec<&str> {
    store.notes().into_iter().map(Note::text).collect()
}

#[test]
fn a_later_line_replaces_an_earlier_and_all_stay() {
    let lines = [
        line(2, "zwei"),
        line(1, "eins"),
        line(2, "zwei b"),
        deletion(1),
        line(3, "drei"),
    ];
    let bytes: Vec<u8> = lines.iter().flat_map(w3c::write).collect();
    let (mut store, problems) = Store::load(&bytes);
    assert!(problems.is_empty());
    assert_eq!(texts(&store), ["zwei b", "drei"]);
    assert_eq!(store.versions(&made(2, "").id).len(), 2);
    assert_eq!(store.deleted()[0].0.text(), "eins");
    assert_eq!(store.deleted()[0].1, Some(at(99)));
    store.replay(&w3c::write(&line(1, "wieder da")));
    assert_eq!(texts(&store), ["wieder da", "zwei b", "drei"]);
    assert_eq!(store.versions(&made(1, "").id).len(), 3);
}

#[test]
fn deleted_notes_are_listed_by_creation() {
    let lines = [line(2, "zwei"), line(1, "eins"), deletion(2), deletion(1)];
    let bytes: Vec<u8> = lines.iter().flat_map(w3c::write).collect();
    let (store, _) = Store::load(&bytes);
    let deleted: Vec<&str> = store
        .deleted()
        .iter()
        .map(|(note, _)| note.text())
        .collect();
    assert_eq!(deleted, ["eins", "zwei"]);
}

#[test]
fn an_empty_line_from_elsewhere_is_none() {
    let (mut store, _) = Store::load(&w3c::write(&line(1, "eins")));
    let mut others = b"\n".to_vec();
    others.extend(w3c::write(&line(2, "zwei")));
    others.extend(b"kein JSON\n");
    let problems = store.replay(&others);
    assert_eq!(texts(&store), ["eins", "zwei"]);
    assert_eq!(problems[0].line, 4, "it counts as a line all the same");
}

#[test]
fn what_cannot_be_read_is_told_by_line_and_costs_nothing_else() {
    let mut bytes = w3c::write(&line(1, "eins"));
    bytes.extend(b"{\"id\":\"urn:x\",\"type\":\"Zettel\"}\n\nkein JSON\n");
    bytes.extend(w3c::write(&line(2, "zwei")));
    let torn = w3c::write(&line(3, "drei"));
    bytes.extend(&torn[..torn.len() / 2]);
    let (store, problems) = Store::load(&bytes);
    assert_eq!(texts(&store), ["eins", "zwei"]);
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        told[0],
        "line 2: neither a note nor a deletion; it is kept as it is"
    );
    assert_eq!(
        told[1],
        "line 4, byte 1: expected value; it is kept as it is"
    );
    assert!(told[2].starts_with("line 6: ends too early"), "{}", told[2]);
    let mut store = store;
    let problems = store.replay(b"\nkein JSON\n");
    assert_eq!(problems[0].line, 7);
}

#[test]
fn a_newer_form_of_a_note_hides_the_old_one_and_can_be_had_back() {
    let mut bytes = w3c::write(&line(1, "alt"));
    let newer = format!(
        "{{\"id\":\"{}\",\"type\":\"Annotation2\"}}\n",
        made(1, "").id.0
    );
    bytes.extend(newer.as_bytes());
    let (store, problems) = Store::load(&bytes);
    assert_eq!(problems.len(), 1);
    assert!(store.notes().is_empty());
    let versions = store.versions(&made(1, "").id);
    assert_eq!(versions[0].note().unwrap().text(), "alt");
    assert!(matches!(versions[1], Version::Unreadable));
}

#[test]
fn what_others_wrote_meanwhile_stands_before_what_is_not_written_yet() {
    let mut store = Store::default();
    store.push(line(1, "meins"));
    let unsaved = store.unsaved();
    store.push(line(1, "meins, später"));
    let appended = Appended {
        mark: Mark::default(),
        others: w3c::write(&line(1, "von anderen")),
        anew: false,
    };
    store.saved(unsaved.count, &appended);
    let versions: Vec<_> = store
        .versions(&made(1, "").id)
        .iter()
        .map(|v| v.note().unwrap().text())
        .collect();
    let expected = ["von anderen", "meins", "meins, später", "von anderen"];
    assert_eq!(versions, expected);
    assert_eq!(texts(&store), ["von anderen", "meins, später"]);
    assert_eq!(store.unsaved().count, 3);
}

#[test]
fn of_two_edits_at_once_both_stay_and_the_later_is_a_note_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = &folder.path().join("notes.jsonl");
    save(path, &w3c::write(&line(1, "anfangs")), &Mark::default()).unwrap();
    let mut readers = [open(path).unwrap(), open(path).unwrap()];
    for ((store, _, mark), text) in readers.iter_mut().zip(["so", "oder so"]) {
        store.push(line(1, text));
        while store.unsaved().count > 0 {
            let unsaved = store.unsaved();
            let saved = save(path, &unsaved.lines, mark).unwrap();
            store.saved(unsaved.count, &saved);
            *mark = saved.mark;
        }
    }
    let [(first, _, mark), (second, ..)] = &mut readers;
    first.saved(0, &save(path, &[], mark).unwrap());
    let (third, problems, _) = open(path).unwrap();
    assert!(problems.is_empty());
    for store in [&*first, &*second, &third] {
        assert_eq!(texts(store), ["so", "oder so"]);
        assert_eq!(store.note(&made(1, "").id).map(Note::text), Some("so"));
    }
}

#[test]
fn two_edits_at_once_that_say_the_same_are_one_and_a_deletion_is_none() {
    for (ours, theirs) in [
        (line(1, "so"), line(1, "so")),
        (deletion(1), line(1, "so")),
        (line(1, "so"), deletion(1)),
    ] {
        let (mut store, _) = Store::load(&w3c::write(&line(1, "anfangs")));
        store.push(ours);
        let appended = Appended {
            mark: Mark::default(),
            others: w3c::write(&theirs),
            anew: false,
        };
        store.saved(1, &appended);
        assert_eq!(
            (store.unsaved().count, store.versions(&made(1, "").id).len()),
            (0, 3)
        );
        assert!(store.notes().len() + store.deleted().len() == 1);
    }
}

#[test]
fn notes_are_found_by_their_interview_and_many_are_read_at_once() {
    let mut bytes: Vec<u8> = Vec::new();
    for n in 0..5000 {
        bytes.extend(w3c::write(&line(n, "x")));
    }
    let (mut store, problems) = Store::load(&bytes);
    assert!(problems.is_empty());
    let other = interview("b", &["Wozu?", "Dazu."]);
    store.push(Line::Note(Box::new(note(
        7000,
        Motivation::Commenting,
        "y",
        &other,
        "Dazu.",
    ))));
    let on = |label: &str| store.notes_on(|source| source.label.as_deref() == Some(label));
    assert_eq!((on("a").len(), on("b").len(), on("c").len()), (5000, 1, 0));
    assert_eq!(store.notes().len(), 5001);
    assert_eq!(store.most_targets(), 1);
}

#[test]
fn a_store_that_was_replaced_is_read_again_and_what_is_unsaved_stays() {
    let (mut store, _) = Store::load(&w3c::write(&line(1, "weg")));
    store.push(line(2, "geschrieben"));
    let count = store.unsaved().count;
    store.push(line(3, "noch nicht"));
    let others = w3c::write(&line(4, "neu"));
    store.saved(
        count,
        &Appended {
            mark: Mark::default(),
            others,
            anew: true,
        },
    );
    assert_eq!(texts(&store), ["geschrieben", "noch nicht", "neu"]);
    assert_eq!(store.unsaved().lines, w3c::write(&line(3, "noch nicht")));
    assert_eq!(store.lines, 2);
}

#[test]
fn two_stores_that_append_at_once_lose_nothing() {
    const EACH: u32 = 50;
    let folder = tempfile::tempdir().unwrap();
    let path = &folder.path().join("notes.jsonl");
    let run = |base: u32| {
        move || {
            let (mut store, _, mut mark) = open(path).unwrap();
            for n in 0..EACH {
                store.push(line(base + n, &format!("{}", base + n)));
                let unsaved = store.unsaved();
                let saved = save(path, &unsaved.lines, &mark).unwrap();
                assert!(store.saved(unsaved.count, &saved).is_empty());
                mark = saved.mark;
            }
            let saved = save(path, &[], &mark).unwrap();
            store.saved(0, &saved);
            store.lines
        }
    };
    let ends: Vec<usize> = std::thread::scope(|scope| {
        [0, 1000, 2000]
            .map(|base| scope.spawn(run(base)))
            .into_iter()
            .map(|t| t.join().unwrap())
            .collect()
    });
    let (store, problems, _) = open(path).unwrap();
    assert!(problems.is_empty());
    assert_eq!(store.notes().len(), 3 * EACH as usize);
    assert_eq!(*ends.iter().max().unwrap(), store.lines);
}

#[test]
fn a_failed_write_keeps_the_note_for_the_next_try() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("blocked");
    files::replace(&blocked.join("x"), b"").unwrap();
    let mut store = Store::default();
    store.push(line(1, "bleibt"));
    assert!(save(&blocked, &store.unsaved().lines, &Mark::default()).is_err());
    assert_eq!((texts(&store), store.unsaved().count), (vec!["bleibt"], 1));
}

#[test]
fn a_long_log_read_in_parts_is_the_same_log() {
    let mut bytes: Vec<u8> = Vec::new();
    let filler = "x".repeat(9_000);
    for n in 0..600 {
        bytes.extend(w3c::write(&line(n, &filler)));
        if n % 100 == 0 {
            bytes.extend(b"kein JSON\n");
        }
    }
    let (store, problems) = Store::load(&bytes);
    assert_eq!(store.notes().len(), 600);
    let lines: Vec<_> = problems.iter().map(|p| p.line).collect();
    assert_eq!(lines, [2, 103, 204, 305, 406, 507]);
}

proptest! {
    #[test]
    fn a_log_cut_anywhere_keeps_every_whole_line(texts in prop::collection::vec("\\PC{0,12}", 1..6), cut in 0.0f64..1.0) {
        let lines: Vec<Vec<u8>> = texts.iter().zip(1..).map(|(t, n)| w3c::write(&line(n, t))).collect();
        let all = lines.concat();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a short test text")]
        let cut = (all.len() as f64 * cut) as usize;
        let (store, problems) = Store::load(&all[..cut]);
        let mut end = 0;
        // A line that lacks nothing but its newline is whole.
        let whole = lines.iter().take_while(|line| { end += line.len(); end <= cut + 1 }).count();
        prop_assert_eq!(store.notes().len(), whole);
        prop_assert!(problems.len() <= 1);
    }

    #[test]
    fn any_bytes_at_all_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let (store, problems) = Store::load(&bytes);
        prop_assert!(store.notes().len() + problems.len() <= bytes.len());
    }
}
