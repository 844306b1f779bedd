//! Files that no one meant: bytes at random, and made-up files that were damaged on the way. Nothing panics, and what
//! comes out is an interview or one line that says what to do.
//!
//! The made-up files are those in `tests/formats`, of every format, and what [`MADE`] makes where a format isn't text. A
//! longer run: `PROPTEST_CASES=100000 cargo test --release --test wild`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::sample::Index;
use synopse::lang::{Lang, Tell};
use synopse::transcript::{self, formats::FORMATS};

/// Makes the bytes of a file.
type Made = fn() -> Vec<u8>;

/// A file by its name, and what makes it; a format whose files are no text joins with a line.
const MADE: &[(&str, Made)] = &[("utf16.txt", || {
    let text = "I: Wo waren Sie?\nB: Hier.\nI: Und dann?\nB: Über dem Fluß.";
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
})];

/// The names and bytes of all made-up files.
static SAMPLES: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let paths = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    // The folders there are packages, which have a harness of their own.
    let paths = paths.filter(|path| path.is_file());
    let named = paths.map(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read(path).unwrap())
    });
    let made = MADE.iter().map(|(name, make)| ((*name).to_owned(), make()));
    let mut samples: Vec<_> = named.chain(made).collect();
    samples.sort();
    samples
});

/// Something that happens to a file.
#[derive(Clone, Debug)]
enum Mishap {
    Flip(Index, u8),
    Cut(Index, Index),
    Repeat(Index, Index, usize),
    Insert(Index, Vec<u8>),
}

fn mishap() -> impl Strategy<Value = Mishap> {
    // What means something to one format or another.
    let signs = prop::sample::select(vec![
        "<", ">", "&", "\"", "*", "**", "_", "`", "#", "> ", "- ", "1. ", "---\n", "[", "](", "{{",
        "{%", "|", "\n", "\n\n", "\0", "\t", ":", "?", "<b>", "</p>", "<li>", "<table>", "<!--",
        "\u{feff}", "ä", "\u{2028}", ",", ";",
    ]);
    let bytes = prop::collection::vec(any::<u8>(), 0..8);
    let inserted = prop_oneof![signs.prop_map(|sign| sign.as_bytes().to_vec()), bytes];
    prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(at, bit)| Mishap::Flip(at, 1 << (bit % 8))),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Mishap::Cut(a, b)),
        (any::<Index>(), any::<Index>(), 1usize..20).prop_map(|(a, b, n)| Mishap::Repeat(a, b, n)),
        (any::<Index>(), inserted).prop_map(|(at, bytes)| Mishap::Insert(at, bytes)),
    ]
}

fn happen(raw: &mut Vec<u8>, mishap: &Mishap) {
    let span = |raw: &[u8], a: &Index, b: &Index| {
        let (a, b) = (a.index(raw.len() + 1), b.index(raw.len() + 1));
        a.min(b)..a.max(b)
    };
    match mishap {
        Mishap::Flip(at, bit) if !raw.is_empty() => {
            let at = at.index(raw.len());
            raw[at] ^= bit;
        }
        Mishap::Flip(..) => {}
        Mishap::Cut(a, b) => drop(raw.drain(span(raw, a, b))),
        Mishap::Repeat(a, b, times) => {
            let span = span(raw, a, b);
            let part = raw[span.clone()].repeat(*times);
            let room = 100_000usize.saturating_sub(raw.len()).min(part.len());
            raw.splice(span.end..span.end, part[..room].iter().copied());
        }
        Mishap::Insert(at, bytes) => {
            let at = at.index(raw.len() + 1);
            raw.splice(at..at, bytes.iter().copied());
        }
    }
}

/// Reads a file and holds what comes out against what every interview keeps to.
fn read(raw: &[u8], name: &str) -> Result<(), TestCaseError> {
    let path = Path::new(name);
    match transcript::read(raw, Some(path)) {
        Ok(interview) => {
            let mut at = 0;
            for turn in &interview.turns {
                prop_assert_eq!(turn.paragraphs.start, at);
                prop_assert!(!turn.paragraphs.is_empty());
                at = turn.paragraphs.end;
            }
            prop_assert_eq!(at, interview.paragraphs.len());
            for paragraph in 0..interview.paragraphs.len() {
                let said = interview.paragraph(paragraph);
                prop_assert!(!said.trim().is_empty());
                prop_assert!(!said.contains(char::is_control), "{:?}", said);
            }
            let report = transcript::report(&interview, name);
            prop_assert!(serde_json::to_string(&report).is_ok());
        }
        Err(error) => {
            for lang in [Lang::English, Lang::German] {
                let line = error.tell(lang);
                prop_assert!(line.starts_with(name) && !line.contains('\n'), "{}", line);
            }
        }
    }
    // The head of a file may be shown before the rest is there.
    let _ = transcript::read_head(&raw[..raw.len() / 2], Some(path));
    Ok(())
}

fn endings() -> Vec<String> {
    let endings = FORMATS.iter().flat_map(|format| format.endings);
    endings
        .map(|ending| format!("wild.{ending}"))
        .chain(["wild".to_owned()])
        .collect()
}

proptest! {
    #[test]
    fn any_bytes_are_read_whatever_they_are_called(
        raw in prop::collection::vec(any::<u8>(), 0..400),
        name in prop::sample::select(endings()),
    ) {
        read(&raw, &name)?;
    }

    #[test]
    fn any_signs_are_read_whatever_they_are_called(
        text in "([<>&*_`#\\-|\\[\\](){}:?!.,;\"'=/ \n\tÄaBb1]|<b>|</p>|<td>|-->|\\*\\*|\n\n|00:01 |Ada: ){0,80}",
        name in prop::sample::select(endings()),
    ) {
        read(text.as_bytes(), &name)?;
    }

    #[test]
    fn damaged_files_are_read(
        sample in any::<Index>(),
        mishaps in prop::collection::vec(mishap(), 1..6),
    ) {
        let (name, raw) = sample.get(&SAMPLES);
        let mut raw = raw.clone();
        for mishap in &mishaps {
            happen(&mut raw, mishap);
        }
        read(&raw, name)?;
    }

    #[test]
    fn files_under_the_name_of_another_format_are_read(
        sample in any::<Index>(),
        name in prop::sample::select(endings()),
    ) {
        let (_, raw) = sample.get(&SAMPLES);
        read(raw, &name)?;
    }
}

/// Nested or repeated far beyond what anyone writes; the name says what format it is meant to be.
fn monsters() -> Vec<(&'static str, String)> {
    const DEEP: usize = 10_000;
    let lines = |line: &str| format!("{line}\n").repeat(DEEP);
    let levels = (0..500).map(|level| format!("{}- a\n", "  ".repeat(level)));
    vec![
        ("quotes.md", format!("{} a?", ">".repeat(DEEP))),
        ("lists.md", format!("{}a?", "- ".repeat(DEEP))),
        ("numbers.md", format!("{}a?", "1. ".repeat(DEEP))),
        ("levels.md", levels.collect()),
        ("stars.md", "*a **b ".repeat(DEEP)),
        ("brackets.md", "[".repeat(DEEP) + &"](".repeat(DEEP)),
        (
            "ticks.md",
            (1..1_000).map(|n| "`".repeat(n) + " ").collect(),
        ),
        ("braces.md", "{{ {% ".repeat(DEEP) + "}}"),
        ("divs.md", "<div>\n\n".repeat(DEEP)),
        ("components.md", lines("<A b={{{")),
        ("footnotes.md", lines("[^1]: a [^1]")),
        ("references.md", lines("[a]: b") + &"[a]".repeat(DEEP)),
        (
            "cells.md",
            format!(
                "{}\n{}\n{}",
                "|a".repeat(DEEP),
                "|-".repeat(DEEP),
                "|a".repeat(DEEP)
            ),
        ),
        ("front.md", format!("---\n{}---\n", lines("title: >\n  a"))),
        (
            "labels.md",
            (0..DEEP).map(|n| format!("**N{n}:** a?\n\n")).collect(),
        ),
        (
            "divs.html",
            "<html>".to_owned() + &"<div>".repeat(DEEP) + "a?",
        ),
        ("crossed.html", "<html><b><p>a</b><i></p>".repeat(DEEP)),
        (
            "lists.html",
            "<html>".to_owned() + &"<ul><li>a".repeat(DEEP),
        ),
        (
            "tables.html",
            "<html>".to_owned() + &"<table><tr><td>a".repeat(DEEP),
        ),
        (
            "cells.html",
            "<html><table><tr>".to_owned() + &"<td>a".repeat(DEEP),
        ),
        (
            "spans.html",
            "<html><p>".to_owned() + &"<span><b>a".repeat(DEEP),
        ),
        (
            "closed.html",
            "<html>".to_owned() + &"<div>".repeat(300) + &"</p></section>".repeat(DEEP),
        ),
        (
            "classes.html",
            (0..DEEP).map(|n| format!("<p class=c{n}>a?</p>")).collect(),
        ),
        (
            "attributes.html",
            "<html ".to_owned() + &"class=a ".repeat(DEEP) + ">a",
        ),
        (
            "entities.html",
            "<html>".to_owned() + &"&lt;&amp;&CounterClockwiseContourIntegral;&#x41;".repeat(DEEP),
        ),
        ("comments.html", "<html>".to_owned() + &"<!-- ".repeat(DEEP)),
        (
            "scripts.html",
            "<html>a".to_owned() + &"<script><!--<script>".repeat(DEEP),
        ),
        (
            "linked.html",
            "<script type=application/ld+json>".to_owned() + &"[".repeat(DEEP) + "</script>a",
        ),
        (
            "breaks.html",
            "<html><p>a".to_owned() + &"<br>".repeat(DEEP),
        ),
    ]
}

#[test]
fn no_nesting_is_too_deep_for_the_stack_or_too_slow() {
    // Two seconds of the program, which does as much in one as the tests' own do in five.
    let limit = Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 2 });
    for (name, text) in monsters() {
        // A quarter of what a thread of the program has.
        let thread = std::thread::Builder::new().stack_size(512 << 10);
        let begun = Instant::now();
        let reader = thread
            .spawn(move || read(text.as_bytes(), name).unwrap())
            .unwrap();
        reader.join().unwrap();
        let took = begun.elapsed();
        assert!(took < limit, "{name}: {took:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn no_nesting_takes_200_megabytes() {
    for (name, text) in monsters() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::File::create(&path)
            .unwrap()
            .write_all(text.as_bytes())
            .unwrap();
        let mut shell = Command::new("sh");
        shell.args(["-c", "ulimit -v 204800; exec \"$0\" parse --json \"$1\""]);
        shell.args([Path::new(env!("CARGO_BIN_EXE_synopse")), &path]);
        let ran = shell
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&ran.stderr);
        let code = ran.status.code();
        assert!(
            matches!(code, Some(0 | 1)) && told.lines().count() < 2,
            "{name}: {code:?} {told}"
        );
    }
}
