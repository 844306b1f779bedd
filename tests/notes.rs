//! Notes on the command line: added, taken in, checked and had back by the real program.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const INTERVIEW: &str = "Was tun Sie den lieben langen Tag?\n\nLesen, schreiben und wieder lesen. Das ist alles.\n\n\
    Und das ist alles?\n\nJa, lesen ist alles, was ich brauche, um glücklich zu sein.\n";

struct Home(TempDir);

impl Home {
    /// A home folder with an interview in it.
    fn new() -> Home {
        let home = Home(tempfile::tempdir().unwrap());
        fs::write(home.path("a.txt"), INTERVIEW).unwrap();
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_synopse"));
        command
            .args(["--notes", "n.jsonl", "--lang", "en", "notes"])
            .args(arguments)
            .env_clear()
            .env("HOME", self.0.path())
            .current_dir(self.0.path())
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let Output {
            status,
            stdout,
            stderr,
        } = self.command(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (status.code().unwrap(), text(stdout), text(stderr))
    }

    #[track_caller]
    fn prints(&self, arguments: &[&str]) -> String {
        let (status, out, err) = self.run(arguments);
        assert_eq!((status, err.as_str()), (0, ""), "{out}");
        out
    }

    #[track_caller]
    fn fails(&self, arguments: &[&str]) -> String {
        let (status, out, err) = self.run(arguments);
        assert_eq!((status, out.as_str()), (1, ""), "{err}");
        err
    }
}

fn lines(path: &Path) -> usize {
    fs::read_to_string(path).unwrap().lines().count()
}

#[test]
fn what_is_deleted_is_listed_as_text_and_as_lines_with_when() {
    let home = Home::new();
    let id = home.prints(&["add", "--at", "wieder lesen", "--text", "Aha.", "a.txt"]);
    let id = id.trim();
    let store = home.0.path().join("n.jsonl");
    let mut lines = fs::read_to_string(&store).unwrap();
    let when = "2026-11-25T10:00:00Z";
    lines += &format!(r#"{{"id":"{id}","type":"Tombstone","deleted":"{when}"}}"#);
    fs::write(&store, lines + "\n").unwrap();
    let text = home.prints(&["list", "--deleted"]);
    assert!(
        text.starts_with(id) && text.contains(" 1 · deleted 2026-11-25\n"),
        "{text}"
    );
    let json = home.prints(&["list", "--deleted", "--json"]);
    assert!(
        json.contains("\"Aha.\"") && json.ends_with(&format!(",\"deleted\":\"{when}\"}}\n")),
        "{json}"
    );
    home.prints(&["restore", id]);
    assert_eq!(home.prints(&["list", "--deleted", "--json"]), "");
}

#[test]
fn a_note_is_added_where_its_quote_stands_once() {
    let home = Home::new();
    let id = home.prints(&[
        "add",
        "--at",
        "wieder lesen",
        "--text",
        "Aha.",
        "--tag",
        "#arbeit",
        "a.txt",
    ]);
    assert!(id.starts_with("urn:uuid:"));
    home.prints(&["add", "--at", "glücklich", "--highlight=query", "a.txt"]);
    home.prints(&[
        "add",
        "--at",
        "den lieben langen Tag",
        "--tag",
        "frage",
        "a.txt",
    ]);
    let listed = home.prints(&["list", "a.txt"]);
    assert!(
        listed.contains("│ wieder lesen\n  Aha.\n  #arbeit"),
        "{listed}"
    );
    assert!(listed.contains("query · "), "{listed}");
    let twice = home.fails(&["add", "--at", "ist alles", "--text", "?", "a.txt"]);
    assert_eq!(
        twice,
        "synopse: a.txt: the quote stands in it 3 times, in paragraphs 2, 3, 4; give more of it\n"
    );
    let none = home.fails(&["add", "--at", "nirgends", "--highlight", "a.txt"]);
    assert!(
        none.contains("a.txt: the quote doesn't stand in it"),
        "{none}"
    );
    assert_eq!(home.run(&["add", "--at", "glücklich", "a.txt"]).0, 2);
    let csv = home.prints(&["export", "--format", "csv", "a.txt"]);
    assert_eq!(csv.lines().count(), 4);
    assert!(csv.contains(",wieder lesen,Aha.,arbeit,found,,\n"), "{csv}");
}

#[test]
fn what_was_exported_is_taken_in_elsewhere_and_a_second_time_changes_nothing() {
    let (home, other) = (Home::new(), Home::new());
    home.prints(&["add", "--at", "wieder lesen", "--text", "Aha.", "a.txt"]);
    home.prints(&["add", "--at", "glücklich", "--highlight", "a.txt"]);
    let out = other.path("notes.json");
    home.prints(&[
        "export",
        "--format",
        "json",
        "-o",
        out.to_str().unwrap(),
        "a.txt",
    ]);
    let told = other.prints(&["import", "notes.json"]);
    assert_eq!(told, "notes.json: 2 new, 0 changed, 0 known already\n");
    let before = fs::read(other.path("n.jsonl")).unwrap();
    assert_eq!(before, fs::read(home.path("n.jsonl")).unwrap());
    let told = other.prints(&["import", "notes.json"]);
    assert_eq!(told, "notes.json: 0 new, 0 changed, 2 known already\n");
    assert_eq!(fs::read(other.path("n.jsonl")).unwrap(), before);
    fs::write(other.path("bad.json"), "kein JSON").unwrap();
    let (status, _, err) = other.run(&["import", "bad.json"]);
    assert_eq!(status, 1);
    assert!(err.starts_with("synopse: bad.json: line 1"), "{err}");
}

#[test]
fn notes_of_hypothesis_find_their_interview() {
    let home = Home::new();
    let rows = r#"{"total":1,"rows":[{"id":"x1","created":"2026-01-02T03:04:05+00:00","updated":"2026-01-02T03:04:05+00:00",
        "user":"acct:jemand@hypothes.is","uri":"https://example.org/a","text":"Aha.","tags":["arbeit"],
        "target":[{"selector":[{"type":"TextQuoteSelector","exact":"schreiben und wieder lesen",
        "prefix":"Lesen, ","suffix":". Das ist alles."}]}]}]}"#;
    fs::write(home.path("h.json"), rows).unwrap();
    for told in ["1 new, 0 changed, 0 known", "0 new, 0 changed, 1 known"] {
        assert!(
            home.prints(&["import", "h.json", "--on", "a.txt"])
                .contains(told)
        );
    }
    let listed = home.prints(&["list", "a.txt"]);
    assert!(
        listed.contains("│ schreiben und wieder lesen\n  Aha.\n  #arbeit"),
        "{listed}"
    );
    assert!(
        home.prints(&["check", "a.txt"])
            .contains("1 found, 0 not looked for; 0 wrong")
    );
}

#[test]
fn a_deleted_note_is_listed_and_had_back() {
    let home = Home::new();
    let id = home.prints(&["add", "--at", "glücklich", "--text", "Wirklich?", "a.txt"]);
    let id = id.trim();
    let tombstone = format!(
        "{{\"@context\":\"https://www.w3.org/ns/activitystreams\",\"id\":\"{id}\",\"type\":\"Tombstone\",\
         \"deleted\":\"2026-01-02T03:04:05Z\"}}\n"
    );
    let mut store = fs::read_to_string(home.path("n.jsonl")).unwrap();
    store.push_str(&tombstone);
    fs::write(home.path("n.jsonl"), store).unwrap();
    assert_eq!(home.prints(&["list", "a.txt"]), "");
    let deleted = home.prints(&["list", "--deleted"]);
    assert!(
        deleted.starts_with(id) && deleted.contains("deleted 2026-01-02"),
        "{deleted}"
    );
    home.prints(&["restore", id]);
    assert!(home.prints(&["list", "a.txt"]).contains("Wirklich?"));
    assert_eq!(home.prints(&["list", "--deleted"]), "");
    assert_eq!(lines(&home.path("n.jsonl")), 3);
    let told = home.fails(&["restore", "urn:uuid:none"]);
    assert!(
        told.starts_with("synopse: urn:uuid:none: no such note"),
        "{told}"
    );
}

#[test]
fn a_check_tells_every_line_and_every_lost_passage() {
    let home = Home::new();
    home.prints(&[
        "add",
        "--at",
        "um glücklich zu sein",
        "--text",
        "!",
        "a.txt",
    ]);
    home.prints(&["add", "--at", "lieben langen", "--highlight", "a.txt"]);
    assert!(
        home.prints(&["check", "a.txt"])
            .contains("2 found, 0 not looked for; 0 wrong")
    );
    fs::write(
        home.path("a.txt"),
        INTERVIEW.replace(", um glücklich zu sein", ""),
    )
    .unwrap();
    let mut store = fs::read_to_string(home.path("n.jsonl")).unwrap();
    store.push_str("kein JSON\n{\"id\":\"ohne\",\"type\":\"Annotation\"}\n");
    fs::write(home.path("n.jsonl"), store).unwrap();
    let (status, out, _) = home.run(&["check", "a.txt"]);
    assert_eq!(status, 1);
    assert!(out.contains("line 3, byte 1: expected value"), "{out}");
    assert!(out.contains("line 4: the id must be one IRI"), "{out}");
    assert!(
        out.contains("the passage is no longer in the text"),
        "{out}"
    );
    assert!(
        out.ends_with("1 found, 0 not looked for; 5 wrong\n"),
        "{out}"
    );
}

#[test]
fn two_processes_that_add_at_once_lose_nothing() {
    let each: usize = std::env::var("SYNOPSE_NOTES_EACH").map_or(20, |n| n.parse().unwrap());
    let home = &Home::new();
    std::thread::scope(|scope| {
        for text in ["eins", "zwei"] {
            scope.spawn(move || {
                for _ in 0..each {
                    home.prints(&["add", "--at", "glücklich", "--text", text, "a.txt"]);
                }
            });
        }
    });
    assert_eq!(lines(&home.path("n.jsonl")), 2 * each);
    let told = home.prints(&["check", "a.txt"]);
    assert!(
        told.contains(&format!("{} found, 0 not looked for; 0 wrong", 2 * each)),
        "{told}"
    );
}

#[test]
fn a_damaged_store_gives_what_is_left_of_it_and_takes_new_notes() {
    let whole = {
        let home = Home::new();
        home.prints(&["add", "--at", "wieder lesen", "--text", "eins", "a.txt"]);
        home.prints(&["add", "--at", "glücklich", "--text", "zwei", "a.txt"]);
        fs::read(home.path("n.jsonl")).unwrap()
    };
    let second = whole.iter().position(|&b| b == b'\n').unwrap() + 1;
    let mut flipped = whole.clone();
    flipped[second + 2] ^= 0x80;
    let damages: [(&str, Vec<u8>, usize); 11] = [
        ("torn at the end", whole[..whole.len() - 40].to_vec(), 1),
        (
            "without its last newline",
            whole[..whole.len() - 1].to_vec(),
            2,
        ),
        ("a flipped bit", flipped, 1),
        (
            "a block of zeros at the end",
            [&whole[..], &[0; 4096]].concat(),
            2,
        ),
        (
            "a line of something else between",
            [&whole[..second], b"<<<<<<< HEAD\n", &whole[second..]].concat(),
            2,
        ),
        ("every line twice", [&whole[..], &whole[..]].concat(), 2),
        (
            "newlines of another system",
            String::from_utf8(whole.clone())
                .unwrap()
                .replace('\n', "\r\n")
                .into(),
            2,
        ),
        ("empty", Vec::new(), 0),
        ("cut at its start", whole[40..].to_vec(), 1),
        (
            "a byte order mark before it",
            [&b"\xef\xbb\xbf"[..], &whole].concat(),
            1,
        ),
        (
            "its last block lost to zeros",
            [&whole[..second + 50], &[0; 512]].concat(),
            1,
        ),
    ];
    for (damage, bytes, left) in damages {
        let home = Home::new();
        fs::write(home.path("n.jsonl"), &bytes).unwrap();
        let (status, listed, _) = home.run(&["list", "--json", "a.txt"]);
        assert_eq!((status, listed.lines().count()), (0, left), "{damage}");
        assert_eq!(
            home.run(&["add", "--at", "Und das", "--text", "drei", "a.txt"])
                .0,
            0,
            "{damage}"
        );
        let listed = home.run(&["list", "--json", "a.txt"]).1;
        assert_eq!(listed.lines().count(), left + 1, "{damage}");
        assert!(
            fs::read(home.path("n.jsonl")).unwrap().starts_with(&bytes),
            "{damage}"
        );
    }
}
