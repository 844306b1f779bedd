//! Noting in the real terminal: the mouse that selects, and the user's own editor, which may crash.

use std::fs;

use super::pty::Pty;
use super::{WIDE, comments, home, keeps, notes, quits, reader};

/// Where `words` stand on the screen, in the terminal's own count, from 1.
fn place(pty: &Pty, words: &str) -> (usize, usize) {
    let text = pty.text();
    let found = text.lines().zip(1..).find_map(|(line, row)| {
        let before = line.split_once(words)?.0;
        Some((before.chars().count() + 1, row))
    });
    found.unwrap()
}

#[test]
fn the_mouse_selects_what_is_commented_then() {
    let home = home();
    let mut pty = reader(home.path());
    let (x, y) = place(&pty, "Deine Rolle");
    pty.types(&format!("\x1b[<0;{x};{y}M"));
    let (x, y) = place(&pty, "Aufgaben");
    pty.types(&format!("\x1b[<32;{x};{y}M\x1b[<0;{x};{y}m"));
    pty.shows("pinned");
    comments(&mut pty, "Mit der Maus.");
    pty.shows("saved");
    let saved = notes(home.path());
    assert!(saved.contains(r#""exact":"Deine Rolle"#), "{saved}");
    quits(pty);
}

#[test]
fn an_editor_that_crashes_loses_nothing_and_its_file_is_its_owners_alone() {
    let home = home();
    let script = "ls -l \"$1\" > \"$HOME/mode\"; echo geschrieben >> \"$1\"; kill -9 $$";
    fs::write(home.path().join("ed.sh"), script).unwrap();
    let run = format!("EDITOR='sh ed.sh' exec '{}'", env!("CARGO_BIN_EXE_synopse"));
    let mut pty = Pty::start("sh", &["-c", &run], home.path(), WIDE);
    pty.shows(super::FIRST);
    pty.settles();
    pty.types("cVorher.");
    pty.shows("Vorher.");
    pty.types("\x07");
    pty.shows("sh ed.sh: failed (");
    pty.shows("what it wrote is in");
    let mode = fs::read_to_string(home.path().join("mode")).unwrap();
    assert!(mode.starts_with("-rw-------"), "{mode}");
    let state = home.path().join(".local/state/synopse");
    let left = || {
        let files = fs::read_dir(&state)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let edited = files.filter(|path| path.to_string_lossy().contains("edit-"));
        edited
            .map(|path| fs::read_to_string(path).unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(left(), ["Vorher.geschrieben\n"], "what it wrote stays");
    pty.types(" Nachher.");
    pty.shows("Nachher.");
    keeps(&mut pty);
    pty.shows("saved");
    assert!(notes(home.path()).contains("Vorher. Nachher."));
    quits(pty);
}
