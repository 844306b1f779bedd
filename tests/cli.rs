//! The real program on its command line.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "cli/notes.rs"]
mod notes;
#[path = "cli/pairs.rs"]
mod pairs;

use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// What a run of the program has printed, and its exit status.
struct Ran {
    out: String,
    err: String,
    status: i32,
}

/// A home folder with nothing in it, which is also the working folder.
struct Home(TempDir);

impl Home {
    fn new() -> Home {
        Home(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path().join(name), content).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_synopse"));
        command
            .args(arguments)
            .env_clear()
            .env("HOME", self.path())
            .env("LANG", "C.UTF-8")
            .env("TERM", "xterm")
            .current_dir(self.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.run_on(arguments, b"")
    }

    fn run_on(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        let output = child.wait_with_output().unwrap();
        Ran {
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
            status: output.status.code().unwrap(),
        }
    }

    /// The one line on standard error of a run that fails with status 1 and prints nothing.
    #[track_caller]
    fn fails(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{}", ran.err);
        let line = ran.err.strip_suffix('\n').unwrap();
        assert!(!line.contains(|c: char| c.is_control()), "{line:?}");
        line.strip_prefix("synopse: ").unwrap().to_owned()
    }

    /// What a run prints that has nothing to complain of.
    #[track_caller]
    fn prints(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""));
        ran.out
    }
}

const TALK: &str = "\
Womit fangen Sie morgens an?\n\n\
Mit dem Garten. Danach kommt die Post, und die dauert.\n\n\
Und wann hören Sie auf?\n\n\
Wenn die Amsel aufhört, also spät, und im Winter sehr früh.\n";

const OTHER: &str = "\
Wann ist für Sie Feierabend?\n\n\
Ich höre auf, wenn es dunkel wird, denn ohne Licht sehe ich die Schrift nicht mehr.\n\n\
Was steht am Anfang eines Tages?\n\n\
Der Garten, immer der Garten, auch wenn die Post schon wartet.\n";

#[test]
fn without_a_terminal_the_reader_prints_the_synopsis() {
    let home = Home::new();
    let shown = home.prints(&["show"]);
    assert_eq!(home.prints(&[]), shown);
    assert!(shown.contains("Pallenberg") && shown.contains("Microsoft"));
    assert!(!shown.contains('\x1b'));
    assert!(
        fs::read_dir(home.path()).unwrap().next().is_none(),
        "looking writes nothing"
    );
}

#[test]
fn the_synopsis_keeps_to_its_width() {
    let home = Home::new();
    for width in [20, 59, 60, 100, 180] {
        let shown = home.prints(&["show", "--width", &width.to_string()]);
        let widest = shown.lines().map(synopse::text::width).max().unwrap();
        assert!(widest <= width, "{widest} cells in {width}");
        assert!(shown.lines().all(|line| !line.ends_with(' ')));
    }
}

#[test]
fn two_files_one_file_and_the_same_file_twice() {
    let home = Home::new();
    home.file("eins.txt", TALK);
    home.file("zwei.txt", OTHER);
    let both = home.prints(&["show", "eins.txt", "zwei.txt"]);
    assert!(both.contains("eins") && both.contains("zwei") && both.contains("Feierabend"));
    let one = home.prints(&["show", "eins.txt"]);
    assert!(one.contains("Amsel") && !one.contains("Feierabend"));
    let twice = home.prints(&["show", "eins.txt", "eins.txt"]);
    assert!(twice.matches("Amsel").count() >= 2, "{twice}");
    assert_eq!(
        home.prints(&["show", "."]),
        both,
        "a folder is the files in it"
    );
}

#[test]
fn of_more_than_two_files_the_first_two_are_shown_and_it_says_so() {
    let home = Home::new();
    for name in ["a.txt", "b.txt", "c.txt"] {
        home.file(name, TALK);
    }
    let ran = home.run(&["show", "a.txt", "b.txt", "c.txt"]);
    assert_eq!(
        ran.err,
        "synopse: only the first two interviews are set side by side\n"
    );
    assert_eq!(ran.status, 0);
    let quiet = home.run(&["show", "--quiet", "a.txt", "b.txt", "c.txt"]);
    assert_eq!((quiet.err.as_str(), quiet.out), ("", ran.out));
}

#[test]
fn standard_input_is_an_interview_too() {
    let home = Home::new();
    home.file("zwei.txt", OTHER);
    let ran = home.run_on(&["show", "-", "zwei.txt"], TALK.as_bytes());
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("Amsel") && ran.out.contains("Feierabend"));
    assert_eq!(
        home.fails(&["show", "-", "-"]),
        "-: standard input can be read only once"
    );
    assert_eq!(
        home.fails(&["show", "-"]),
        "standard input: contains no text; name a file with an interview in it"
    );
}

#[test]
fn what_cannot_be_read_is_one_line_with_a_remedy() {
    let home = Home::new();
    assert_eq!(
        home.fails(&["show", "fehlt.txt"]),
        "fehlt.txt: there is no such file; check its name and folder"
    );
    assert_eq!(
        home.fails(&["--lang", "de", "fehlt\x1b[31m.txt"]),
        "fehlt␛[31m.txt: diese Datei gibt es nicht; bitte Namen und Ordner prüfen"
    );
    fs::create_dir(home.path().join("leer")).unwrap();
    let line = home.fails(&["show", "leer"]);
    let said = "leer: no interviews in this folder; they end in ";
    assert!(line.starts_with(said) && line.contains(" .txt"), "{line}");
    home.file("leer.txt", "");
    home.file("blank.txt", " \n\n\t\n");
    home.file(
        "bild.txt",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0",
    );
    for (name, part) in [
        ("leer.txt", "no text"),
        ("blank.txt", "no text"),
        ("bild.txt", "binary"),
    ] {
        let line = home.fails(&["show", name]);
        assert!(line.starts_with(&format!("{name}: ")), "{line}");
        assert!(line.contains(part) && line.contains(';'), "{line}");
    }
}

#[test]
fn a_file_without_permission_is_told_of() {
    let home = Home::new();
    home.file("geheim.txt", TALK);
    let path = home.path().join("geheim.txt");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::File::open(&path).is_ok() {
        // Root reads everything.
        assert!(home.prints(&["show", "geheim.txt"]).contains("Amsel"));
    } else {
        let line = home.fails(&["show", "geheim.txt"]);
        assert_eq!(
            line,
            "geheim.txt: reading it is not permitted; ask its owner, or chmod u+r"
        );
    }
}

#[test]
fn text_in_windows_1252_is_read_as_what_it_is() {
    let home = Home::new();
    let text = "Was hören Sie?\n\nDie Vögel, und früh die Züge über den Fluß – meist schön.\n";
    let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(text);
    assert!(!lost);
    home.file("alt.txt", &bytes);
    let shown = home.prints(&["show", "alt.txt"]);
    assert!(shown.contains("Die Vögel, und früh die Züge über den Fluß – meist schön."));
}

#[test]
fn controls_are_shown_and_never_passed_on() {
    let home = Home::new();
    home.file(
        "boese.txt",
        "Was nun?\n\nNichts\x1b]0;weg\x07 und \u{202e}rückwärts\u{9b}2J.\n",
    );
    for command in [
        &["show", "boese.txt"][..],
        &["parse", "boese.txt"],
        &["parse", "--json", "boese.txt"],
    ] {
        let shown = home.prints(command);
        assert!(shown.contains("Nichts␛]0;weg␇ und"), "{shown}");
        assert!(
            !shown.contains(|c: char| (c.is_control() && c != '\n') || c == '\u{202e}'),
            "{shown:?}"
        );
    }
}

#[test]
fn a_file_without_a_question_is_one_introduction() {
    let home = Home::new();
    home.file(
        "brief.txt",
        "Liebe Anna,\n\nhier regnet es seit Tagen, und der Fluss steigt.\n",
    );
    let report: Value =
        serde_json::from_str(&home.prints(&["parse", "--json", "brief.txt"])).unwrap();
    let turns = report["turns"].as_array().unwrap();
    assert_eq!(turns.len(), 1);
    assert_eq!(turns[0]["role"], "introduction");
    assert!(
        home.prints(&["show", "brief.txt"])
            .contains("der Fluss steigt")
    );
}

#[test]
fn parse_goes_on_after_a_file_that_cannot_be_read() {
    let home = Home::new();
    home.file("eins.txt", TALK);
    let ran = home.run(&["parse", "--json", "eins.txt", "fehlt.txt", "eins.txt"]);
    assert_eq!(ran.status, 1);
    assert_eq!(
        ran.err,
        "synopse: fehlt.txt: there is no such file; check its name and folder\n"
    );
    let reports: Vec<Value> = ran
        .out
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!(reports.len(), 2);
    let report = &reports[0];
    for field in [
        "file",
        "format",
        "language",
        "title",
        "date",
        "interviewee",
        "turns",
    ] {
        assert!(report.get(field).is_some(), "{field}");
    }
    assert_eq!(report["file"], "eins.txt");
    let roles: Vec<_> = report["turns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|t| &t["role"])
        .collect();
    assert_eq!(roles, ["question", "answer", "question", "answer"]);
}

#[test]
fn the_configuration_is_heeded_and_its_mistakes_are_told_with_their_line() {
    let home = Home::new();
    let folder = home.path().join(".config/synopse");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), "lang = \"de\"\n").unwrap();
    assert!(home.fails(&["show", "fehlt.txt"]).contains("gibt es nicht"));
    assert!(
        home.fails(&["--lang", "en", "fehlt.txt"])
            .contains("no such file")
    );
    fs::write(folder.join("config.toml"), "lang = \"de\"\nfarbe = 1\n").unwrap();
    let line = home.fails(&["show"]);
    assert!(line.contains("config.toml: line 2: "), "{line}");
}

#[test]
fn wrong_usage_has_its_own_status() {
    let home = Home::new();
    for arguments in [
        &["--gibt-es-nicht"][..],
        &["--width", "3"],
        &["--lang", "fr"],
        &["parse"],
        &["completions", "csh"],
    ] {
        let ran = home.run(arguments);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.starts_with("error: "), "{}", ran.err);
    }
}

#[test]
fn nobody_reading_on_is_no_error() {
    let home = Home::new();
    home.file("lang.txt", format!("{TALK}\n").repeat(2000));
    let mut child = home.command(&["show", "lang.txt"]).spawn().unwrap();
    let mut first = [0; 64];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn help_stands_as_it_is_written() {
    insta::assert_snapshot!(Home::new().prints(&["--help"]));
}

#[test]
fn every_command_has_help_a_section_in_the_manual_and_completions() {
    let home = Home::new();
    let manual = home.prints(&["man"]);
    let script = home.prints(&["completions", "bash"]);
    for command in [
        "show",
        "parse",
        "parallels",
        "themes",
        "notes",
        "completions",
        "man",
    ] {
        let help = home.prints(&[command, "--help"]);
        assert!(
            help.contains(&format!("Usage: synopse {command}")),
            "{help}"
        );
        let title = format!(".SH \"SYNOPSE {}\"", command.to_uppercase());
        assert!(manual.contains(&title), "{title}");
        assert!(script.contains(command));
    }
    for shell in ["zsh", "fish", "elvish", "powershell"] {
        assert!(home.prints(&["completions", shell]).contains("synopse"));
    }
}
