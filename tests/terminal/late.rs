//! Notes in a folder that does not answer when the reader starts, as one on a network may.

use std::fs::{self, File, OpenOptions};
use std::path::Path;
use std::time::{Duration, Instant};

use super::pty::Pty;
use super::{FIRST, WIDE, comments, home, notes, quits, reader};

/// Holds the store, which is made where there is none: whoever wants to read it waits until this is dropped.
fn hold(home: &Path) -> File {
    let folder = home.join(".local/share/synopse");
    fs::create_dir_all(&folder).unwrap();
    let store = folder.join("notes.jsonl");
    let held = OpenOptions::new().create(true).append(true).open(store);
    let held = held.unwrap();
    held.lock().unwrap();
    held
}

/// A store with one note, held.
fn stalled(home: &Path) -> File {
    let mut pty = reader(home);
    comments(&mut pty, "Vorher.");
    pty.shows("saved");
    quits(pty);
    hold(home)
}

#[test]
fn the_reader_opens_without_them_and_they_come_when_they_can() {
    let home = home();
    let held = stalled(home.path());
    let mut pty = Pty::reader(&[], home.path(), WIDE);
    pty.shows(FIRST);
    pty.shows("no notes yet: their folder doesn't answer");
    pty.settles();
    comments(&mut pty, "Nebenher.");
    pty.shows("not saved yet");
    assert!(!notes(home.path()).contains("Nebenher."));
    drop(held);
    pty.types("C");
    pty.shows("Vorher.");
    pty.shows("Nebenher.");
    pty.esc();
    quits(pty);
    assert!(notes(home.path()).contains("Nebenher."));
}

#[test]
fn a_draft_is_offered_once_it_is_known_what_became_of_it() {
    let home = home();
    let mut pty = reader(home.path());
    pty.types("cUnfertig");
    pty.shows("Unfertig");
    std::thread::sleep(Duration::from_millis(600));
    pty.signal("KILL");
    pty.ends();
    let held = hold(home.path());
    let pty = Pty::reader(&[], home.path(), WIDE);
    pty.shows("no notes yet");
    pty.hides("Unfertig");
    drop(held);
    pty.shows("Unfertig");
}

#[test]
fn one_who_leaves_before_they_come_does_not_wait_for_them() {
    let home = home();
    let held = stalled(home.path());
    let mut pty = Pty::reader(&[], home.path(), WIDE);
    pty.shows("no notes yet");
    let start = Instant::now();
    pty.types("q");
    assert_eq!(pty.ends().exit_code(), 0);
    assert!(start.elapsed() < Duration::from_secs(2));
    drop(held);
}
