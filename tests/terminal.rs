//! The real program in a real pseudo-terminal: keys in, screen out, and the files that are left behind.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "terminal/late.rs"]
mod late;
#[path = "terminal/noting.rs"]
mod noting;
#[path = "terminal/pty.rs"]
mod pty;

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use pty::Pty;

const WIDE: (u16, u16) = (120, 36);
/// A word of the first question of the first interview that comes with the program, and of no other.
const FIRST: &str = "Aufgaben";

fn home() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// The reader on the two interviews that come with it, with the first frame drawn.
fn reader(home: &Path) -> Pty {
    let pty = Pty::reader(&[], home, WIDE);
    pty.shows(FIRST);
    pty.settles();
    pty
}

fn notes(home: &Path) -> String {
    fs::read_to_string(home.join(".local/share/synopse/notes.jsonl")).unwrap_or_default()
}

fn drafts(home: &Path) -> Vec<PathBuf> {
    let folder = fs::read_dir(home.join(".local/state/synopse/drafts"));
    let files = folder
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .collect()
}

/// What has been put aside because it could not be appended to the notes.
fn put_aside(home: &Path) -> String {
    let files = fs::read_dir(home.join(".local/state/synopse")).unwrap();
    let paths = files.map(|entry| entry.unwrap().path());
    let aside = paths.filter(|path| path.to_string_lossy().contains("unsaved-"));
    aside
        .map(|path| fs::read_to_string(path).unwrap())
        .collect()
}

/// Quits, and sees that the terminal is as it was.
#[track_caller]
fn quits(mut pty: Pty) {
    pty.types("q");
    assert!(pty.ends().success());
    gave_back(&pty);
}

#[track_caller]
fn gave_back(pty: &Pty) {
    pty.settles();
    assert!(pty.is_cooked(), "the terminal is left raw");
    assert!(!pty.on_other_screen(), "the shell's screen isn't back");
    let raw = pty.raw();
    for mode in ["1002", "1006", "2004", "1049"] {
        let last = |way: &str| raw.rfind(&format!("\x1b[?{mode}{way}"));
        assert!(last("l") > last("h"), "mode {mode} is left on");
    }
    assert!(raw.rfind("\x1b[?25h") > raw.rfind("\x1b[?25l"), "no cursor");
}

/// Writes a comment on what is read, and closes the editor.
fn comments(pty: &mut Pty, text: &str) {
    pty.types("c");
    pty.settles();
    pty.types(text);
    pty.shows(text);
    keeps(pty);
}

/// Closes the editor; the note goes on being read, at the foot of its column.
fn keeps(pty: &mut Pty) {
    pty.esc();
    pty.hides("keep and close");
}

#[test]
fn a_note_written_beside_parallel_answers_is_there_the_next_time() {
    let home = home();
    let mut pty = reader(home.path());
    pty.shows("Pallenberg");
    pty.shows("Microsoft");
    // What is filtered away leaves the list and stays in the columns.
    let listed = |text: &str| text.matches("Warum arbeit").count();
    assert_eq!(listed(&pty.text()), 1);
    pty.types("fpersonal");
    pty.shows("personal");
    pty.settles();
    assert_eq!(listed(&pty.text()), 0, "{}", pty.text());
    pty.types("\x7f\x7f brand\r");
    pty.settles();
    pty.shows("Als Personal Brand");
    comments(&mut pty, "Ein Gedanke dazu.");
    pty.shows("saved");
    assert!(notes(home.path()).contains("Ein Gedanke dazu."));
    quits(pty);
    assert_eq!(drafts(home.path()), Vec::<PathBuf>::new());

    let mut again = Pty::reader(&[], home.path(), WIDE);
    again.shows("Als Personal Brand");
    again.settles();
    again.types("C");
    again.shows("Ein Gedanke dazu.");
    again.esc();
    again.hides("Esc close");
    quits(again);
}

#[test]
fn no_size_is_too_much_or_too_little() {
    let home = home();
    let mut pty = reader(home.path());
    for rows in [5, 6, 8, 12, 24, 50, 100] {
        for columns in [20, 21, 40, 59, 60, 61, 80, 99, 100, 101, 180, 300] {
            pty.resize(columns, rows);
            pty.types("jJ\x1b[6~");
        }
    }
    for over in ["C", "?", "f", "v", ":", "c"] {
        pty.types(over);
        for (columns, rows) in [(180, 50), (99, 24), (59, 12), (20, 5), (300, 100)] {
            pty.resize(columns, rows);
            pty.types("j");
        }
        pty.esc();
    }
    for (columns, rows) in [(1, 1), (2, 1), (1, 2), (3, 3), (19, 4)] {
        pty.resize(columns, rows);
        pty.types("jk");
    }
    pty.resize(WIDE.0, WIDE.1);
    pty.types("g");
    pty.shows("Pallenberg");
    quits(pty);
}

#[test]
#[cfg(target_os = "linux")]
fn what_another_reader_notes_is_seen_at_once_and_waiting_for_it_costs_nothing() {
    let home = home();
    let (mut one, mut other) = (reader(home.path()), reader(home.path()));
    let pid = other.child.process_id().unwrap();
    other.types("C");
    other.settles();
    for text in ["Das erste im neuen Ordner.", "Und noch eines."] {
        comments(&mut one, text);
        let saved = std::time::Instant::now();
        one.shows("saved");
        other.shows(text);
        assert!(
            saved.elapsed() < Duration::from_secs(2),
            "{:?}",
            saved.elapsed()
        );
        other.settles();
        let work = pty::work_done(pid);
        thread::sleep(Duration::from_secs(1));
        assert_eq!(pty::work_done(pid), work, "it was awake");
    }
    other.esc();
    quits(one);
    quits(other);
    assert_eq!(notes(home.path()).lines().count(), 2);
}

#[test]
fn what_was_typed_survives_a_kill_and_is_offered_again() {
    let home = home();
    let mut pty = reader(home.path());
    pty.types("cMitten im Sa");
    pty.shows("Mitten im Sa");
    thread::sleep(Duration::from_millis(1100));
    pty.signal("KILL");
    pty.ends();
    assert_eq!(drafts(home.path()).len(), 1);

    let mut again = Pty::reader(&[], home.path(), WIDE);
    again.shows("Mitten im Sa");
    again.types("tz.");
    again.shows("Mitten im Satz.");
    keeps(&mut again);
    quits(again);
    assert!(notes(home.path()).contains("Mitten im Satz."));
    assert_eq!(drafts(home.path()), Vec::<PathBuf>::new());
}

#[test]
#[cfg(target_os = "linux")]
fn notes_that_cannot_be_written_are_said_so_and_put_aside() {
    let home = home();
    let nowhere = "/proc/nirgends/n.jsonl";
    let mut pty = Pty::reader(&["--notes", nowhere], home.path(), WIDE);
    pty.shows(FIRST);
    pty.settles();
    comments(&mut pty, "Wohin damit?");
    pty.shows("not saved");
    pty.types("q");
    pty.settles();
    if pty.on_other_screen() {
        // It may warn first.
        pty.types("q");
    }
    assert_eq!(pty.ends().exit_code(), 1);
    pty.settles();
    assert!(
        pty.text().contains("synopse: /proc/nirgends/n.jsonl: "),
        "{}",
        pty.text()
    );
    assert!(put_aside(home.path()).contains("Wohin damit?"));
}

#[test]
fn a_folder_that_does_not_answer_is_said_so_and_one_reads_on_and_leaves() {
    let home = home();
    let mut pty = reader(home.path());
    comments(&mut pty, "Vorher.");
    pty.shows("saved");
    // As a folder on a network may do: whoever wants to write waits.
    let path = home.path().join(".local/share/synopse/notes.jsonl");
    let held = fs::File::open(&path).unwrap();
    held.lock().unwrap();
    comments(&mut pty, "Ins Leere.");
    pty.shows("not saved yet");
    pty.types("J");
    pty.shows("Als Personal Brand");
    pty.types("cNoch ein Entwurf");
    pty.shows("Noch ein Entwurf");
    thread::sleep(Duration::from_secs(1));
    let written = drafts(home.path()).into_iter();
    let written: String = written
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    assert!(written.contains("Noch ein Entwurf"), "{written}");
    keeps(&mut pty);
    pty.types("q");
    pty.settles();
    if pty.on_other_screen() {
        pty.types("q");
    }
    assert_eq!(pty.ends().exit_code(), 1);
    let aside = put_aside(home.path());
    assert!(
        aside.contains("Ins Leere.") && aside.contains("Noch ein Entwurf"),
        "{aside}"
    );
    drop(held);

    let again = Pty::reader(&[], home.path(), WIDE);
    again.shows("2 notes that could not be saved last time are saved now");
    again.settles();
    quits(again);
    let kept = notes(home.path());
    for text in ["Vorher.", "Ins Leere.", "Noch ein Entwurf"] {
        assert_eq!(kept.matches(text).count(), 1, "{text}: {kept}");
    }
    assert_eq!(put_aside(home.path()), "");
}

#[test]
fn a_signal_to_end_keeps_what_was_typed_and_gives_the_terminal_back() {
    for signal in ["TERM", "HUP"] {
        let home = home();
        let mut pty = reader(home.path());
        pty.types("cGerade getippt");
        pty.shows("Gerade getippt");
        pty.signal(signal);
        assert!(pty.ends().success(), "{signal}");
        gave_back(&pty);
        let kept = drafts(home.path()).pop().unwrap();
        assert!(fs::read_to_string(kept).unwrap().contains("Gerade getippt"));
    }
}

#[test]
fn a_terminal_that_goes_away_takes_nothing_with_it() {
    let home = home();
    let mut pty = reader(home.path());
    pty.types("cGerade getippt");
    pty.shows("Gerade getippt");
    pty.unplug();
    pty.ends();
    let kept = drafts(home.path()).pop().unwrap();
    assert!(fs::read_to_string(kept).unwrap().contains("Gerade getippt"));
}

#[test]
fn a_shell_suspends_it_and_goes_on_with_it() {
    let home = home();
    let mut pty = Pty::start("bash", &["--norc", "-i"], home.path(), WIDE);
    pty.shows("prompt>");
    pty.types(&format!("{}\r", env!("CARGO_BIN_EXE_synopse")));
    pty.shows(FIRST);
    pty.settles();
    pty.types("\x1a");
    pty.shows("Stopped");
    assert!(!pty.on_other_screen());
    pty.types("echo $((6 * 7))\r");
    pty.shows("42");
    pty.resize(100, 30);
    pty.types("fg\r");
    pty.shows(FIRST);
    assert!(pty.on_other_screen());
    pty.settles();
    pty.types("q");
    pty.shows("prompt>");
    // That was there before, and what is typed ahead of the program's end is thrown away.
    pty.settles();
    pty.types("echo left with $?; stty -a\r");
    pty.shows("left with 0");
    pty.settles();
    // What the shell hands to the next program.
    assert!(pty.text().contains(" icanon ") && pty.text().contains(" echo "));
    assert!(!pty.on_other_screen());
}

#[test]
fn a_stop_from_outside_does_no_harm() {
    let home = home();
    let pty = reader(home.path());
    pty.signal("STOP");
    thread::sleep(Duration::from_millis(50));
    let before = pty.written();
    pty.signal("CONT");
    pty.settles();
    assert!(
        pty.raw()[before..].contains("\x1b[?1049h"),
        "the screen is taken anew"
    );
    pty.shows(FIRST);
    quits(pty);
}

#[test]
fn without_a_shell_there_is_nothing_to_suspend_to() {
    let home = home();
    let mut pty = reader(home.path());
    pty.types("\x1a");
    pty.settles();
    pty.shows(FIRST);
    quits(pty);
}

#[test]
fn an_arrow_key_that_comes_in_pieces_is_an_arrow_key() {
    let home = home();
    let mut pty = reader(home.path());
    pty.types("cab");
    pty.shows("ab");
    // Taken for Esc it would close the editor, and the rest would be commands.
    pty.types("\x1b");
    thread::sleep(Duration::from_millis(8));
    pty.types("[D");
    thread::sleep(Duration::from_millis(60));
    pty.types("-");
    pty.shows("a-b");
    keeps(&mut pty);
    quits(pty);
}

#[test]
fn the_terminals_answer_about_its_background_is_not_typed() {
    let home = home();
    let mut pty = reader(home.path());
    assert_eq!(pty.raw().matches("\x1b]11;?").count(), 1);
    pty.types("c");
    pty.settles();
    let before = pty.text();
    pty.types("\x1b]11;rgb:ffff/ffff/ffff\x1b\\");
    pty.settles();
    assert_eq!(pty.text(), before);
    pty.esc();
    quits(pty);
}

#[test]
fn a_paste_is_text_and_not_keys() {
    let home = home();
    let mut pty = reader(home.path());
    pty.types("\x1b[200~qqq\x1b[201~");
    pty.settles();
    pty.types("c\x1b[200~q und\nq\x1b[201~");
    pty.shows("q und");
    keeps(&mut pty);
    quits(pty);
    assert!(notes(home.path()).contains("q und\\nq"));
}

#[test]
fn an_editor_of_ones_own_writes_on() {
    let home = home();
    let mut pty = reader(home.path());
    pty.types("cvon Hand");
    pty.shows("von Hand");
    // The editor here puts an exclamation mark at the end of each line.
    pty.types("\x07");
    pty.shows("von Hand!");
    keeps(&mut pty);
    quits(pty);
    assert!(notes(home.path()).contains("von Hand!"));
    let state = fs::read_dir(home.path().join(".local/state/synopse")).unwrap();
    let left = state.filter(|e| {
        e.as_ref()
            .unwrap()
            .file_name()
            .to_string_lossy()
            .starts_with("edit-")
    });
    assert_eq!(left.count(), 0, "the editor's file is gone");
}

#[test]
fn a_copy_goes_to_the_terminal_one_sits_at() {
    let home = home();
    let mut pty = reader(home.path());
    let before = pty.written();
    pty.types("y");
    pty.settles();
    assert!(pty.raw()[before..].contains("\x1b]52;c;"));
    quits(pty);
}

#[test]
fn a_frame_comes_whole_and_nothing_moves_by_itself() {
    let home = home();
    let mut pty = reader(home.path());
    let pid = pty.child.process_id().unwrap();
    let (written, work) = (pty.written(), pty::work_done(pid));
    thread::sleep(Duration::from_millis(1500));
    assert_eq!(pty.written(), written, "a frame without a change");
    assert_eq!(pty::work_done(pid), work, "it was awake");
    pty.types("jjjjjjjjjj");
    pty.settles();
    let raw = pty.raw();
    let frames = raw.matches("\x1b[?2026h").count();
    assert_eq!(raw.matches("\x1b[?2026l").count(), frames);
    assert!((2..=12).contains(&frames), "{frames} frames");
    quits(pty);
}

#[test]
fn keys_come_from_the_terminal_when_the_interview_comes_by_a_pipe() {
    let home = home();
    let talk = "Womit fangen Sie an?\n\nMit dem Garten, und dann kommt die Post.\n";
    fs::write(home.path().join("eins.txt"), talk).unwrap();
    let command = format!("cat eins.txt | {} -", env!("CARGO_BIN_EXE_synopse"));
    let mut pty = Pty::start("sh", &["-c", &command], home.path(), WIDE);
    pty.shows("Mit dem Garten");
    pty.settles();
    pty.types("?");
    pty.shows("PgDn");
    pty.esc();
    quits(pty);
}

#[test]
fn a_terminal_that_shows_no_more_than_text_gets_the_synopsis() {
    let home = home();
    let mut pty = Pty::start(
        "sh",
        &[
            "-c",
            &format!("TERM=dumb {} --width 60", env!("CARGO_BIN_EXE_synopse")),
        ],
        home.path(),
        WIDE,
    );
    assert!(pty.ends().success());
    pty.settles();
    let raw = pty.raw();
    assert!(
        raw.contains(
            "synopse: TERM=dumb: this terminal can't show the reader; here is the synopsis"
        )
    );
    assert!(raw.contains("Pallenberg") && !raw.contains('\x1b'));
}

#[test]
fn a_file_that_is_not_there_leaves_the_terminal_alone() {
    let home = home();
    let mut pty = Pty::reader(&["fehlt.txt"], home.path(), WIDE);
    assert_eq!(pty.ends().exit_code(), 1);
    pty.settles();
    assert_eq!(
        pty.raw().trim_end(),
        "synopse: fehlt.txt: there is no such file; check its name and folder"
    );
}
