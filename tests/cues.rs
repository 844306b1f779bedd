//! Subtitles, machines' transcripts, tables and times: made-up files (`tests/formats`) in every character set, and bad ones.
//! A longer run over wild files: `PROPTEST_CASES=100000 cargo test --release --test cues`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::sample::{Index, select};
use synopse::lang::{Lang, Tell};
use synopse::transcript;

/// What the files of this test end in.
const ENDINGS: &[&str] = &["csv", "ndjson", "otr", "srt", "tsv", "txt", "vtt"];

/// The made-up files.
static FILES: LazyLock<Vec<(PathBuf, Vec<u8>)>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|ending| ENDINGS.contains(&ending))
    });
    paths.sort();
    let read = |path: PathBuf| {
        let raw = fs::read(&path).unwrap();
        (path, raw)
    };
    paths.into_iter().map(read).collect()
});

/// The report of a file, in lines.
fn found(raw: &[u8], path: &Path) -> String {
    let name = path.file_name().unwrap().to_string_lossy();
    let interview = transcript::read(raw, Some(Path::new(&*name))).unwrap();
    serde_json::to_string_pretty(&transcript::report(&interview, &name)).unwrap() + "\n"
}

/// `text` in another character set, or written as others write it.
fn rewritten(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    use encoding_rs::{ISO_8859_15, MACINTOSH, WINDOWS_1252};
    let utf16 =
        |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let lines = |end: &str| text.replace("\r\n", "\n").replace('\n', end).into_bytes();
    let parted = |text: &str| {
        let marks = [
            ('ä', "a\u{308}"),
            ('ö', "o\u{308}"),
            ('ü', "u\u{308}"),
            ('Ö', "O\u{308}"),
        ];
        marks.iter().fold(text.to_owned(), |text, (letter, parts)| {
            text.replace(*letter, parts)
        })
    };
    vec![
        (
            "UTF-8 with a mark",
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        ),
        (
            "UTF-16",
            [b"\xff\xfe".to_vec(), utf16(u16::to_le_bytes)].concat(),
        ),
        (
            "UTF-16, the other way",
            [b"\xfe\xff".to_vec(), utf16(u16::to_be_bytes)].concat(),
        ),
        ("windows-1252", WINDOWS_1252.encode(text).0.into_owned()),
        ("ISO 8859-15", ISO_8859_15.encode(text).0.into_owned()),
        ("Mac Roman", MACINTOSH.encode(text).0.into_owned()),
        ("letters and marks apart", parted(text).into_bytes()),
        ("CR", lines("\r")),
        ("CRLF", lines("\r\n")),
    ]
}

#[test]
fn a_file_says_the_same_in_every_character_set() {
    for (path, raw) in FILES.iter() {
        let text = std::str::from_utf8(raw).unwrap();
        let expected = found(raw, path);
        for (how, raw) in rewritten(text) {
            assert_eq!(found(&raw, path), expected, "{}: {how}", path.display());
        }
    }
}

#[test]
fn soft_hyphens_and_divided_words_are_joined_in_what_is_cut_into_lines() {
    let file = |text: &str, name: &str| {
        let interview = transcript::read(text.as_bytes(), Some(Path::new(name))).unwrap();
        interview.text
    };
    let cue = "WEBVTT\n\n00:01.000 --> 00:03.000\nAda: Das Ver\u{ad}trau-\nen ist da.\n\n00:03.000 --> 00:04.000\nBo: Ja.\n\n00:05.000 --> 00:06.000\nAda: Gut.";
    assert!(file(cue, "a.vtt").starts_with("Das Vertrauen ist da.\n"));
    let table = "Sprecher,Text\nAda,\"Das Ver\u{ad}trau-\nen ist da.\"\nBo,Ja.\n";
    assert!(file(table, "a.csv").starts_with("Das Vertrauen ist da.\n"));
    let json = "[{\"speaker\": \"Ada\", \"text\": \"Das Ver\u{ad}trau-\\nen ist da.\"}, {\"speaker\": \"Bo\", \"text\": \"Ja.\"}]";
    assert!(file(json, "a.json").starts_with("Das Vertrauen ist da.\n"));
}

/// Reads a file as a program would that was given it: an interview whose turns cover it, or one line.
fn look(raw: &[u8], name: &Path) {
    let begun = Instant::now();
    let head = transcript::read_head(&raw[..raw.len() / 2], Some(name));
    for read in [transcript::read(raw, Some(name)).map(Some), head] {
        match read {
            Ok(Some(interview)) => {
                let mut at = 0;
                for turn in &interview.turns {
                    assert_eq!(turn.paragraphs.start, at);
                    assert!(!turn.paragraphs.is_empty());
                    assert!(turn.time.is_none_or(|time| time.start <= time.end));
                    at = turn.paragraphs.end;
                }
                assert_eq!(at, interview.paragraphs.len());
                let _ = serde_json::to_string(&transcript::report(&interview, "")).unwrap();
            }
            Ok(None) => {}
            Err(error) => {
                for lang in [Lang::English, Lang::German] {
                    let line = error.tell(lang);
                    assert!(!line.is_empty() && !line.contains('\n'), "{line}");
                }
            }
        }
    }
    // On a quiet machine it is a fifth of that; without the compiler's help it takes some ten times as long.
    let most = Duration::from_secs(if cfg!(debug_assertions) { 30 } else { 5 });
    assert!(begun.elapsed() < most, "{}", name.display());
}

/// What happens to a file, at places in it.
#[derive(Clone, Debug)]
enum Mishap {
    Flip(Index, u8),
    Cut(Index, Index),
    Repeat(Index, Index, usize),
    Insert(Index, &'static str),
}

/// What means something to one of the formats.
const SIGNS: &[&str] = &[
    "-->",
    "\n\n",
    "\n",
    "\r",
    "WEBVTT",
    "NOTE",
    "<v ",
    "<v Ada>",
    "</v>",
    ">>",
    "- ",
    "{\\",
    "}",
    "&#",
    "&amp;",
    "[",
    "]",
    "{",
    "\"",
    ":",
    ",",
    ";",
    "\t",
    "|",
    "sep=",
    "00:00:01",
    "[0:12]",
    "#00:00:01-2#",
    "99:99:99",
    "4294967295",
    "1e308",
    "-1",
    "null",
    "\"speaker\":",
    "\"start\":",
    "\\u0000",
    "\u{feff}",
    "\u{308}",
    "ä",
    "\0",
    "Ada: ",
    "data-timestamp=\"",
];

fn mishap() -> impl Strategy<Value = Mishap> {
    let place = any::<Index>;
    prop_oneof![
        (place(), any::<u8>()).prop_map(|(at, with)| Mishap::Flip(at, with)),
        (place(), place()).prop_map(|(a, b)| Mishap::Cut(a, b)),
        (place(), place(), 1usize..20).prop_map(|(a, b, times)| Mishap::Repeat(a, b, times)),
        (place(), select(SIGNS)).prop_map(|(at, sign)| Mishap::Insert(at, sign)),
    ]
}

fn happen(raw: &mut Vec<u8>, mishap: &Mishap) {
    let length = raw.len() + 1;
    let span = |a: &Index, b: &Index| {
        let (a, b) = (a.index(length), b.index(length));
        a.min(b)..a.max(b)
    };
    match mishap {
        Mishap::Flip(at, with) => {
            if let Some(byte) = raw.get_mut(at.index(length)) {
                *byte ^= with;
            }
        }
        Mishap::Cut(a, b) => drop(raw.drain(span(a, b))),
        Mishap::Repeat(a, b, times) => {
            let piece = raw[span(a, b)].repeat(*times);
            let at = span(a, b).end;
            raw.splice(at..at, piece);
        }
        Mishap::Insert(at, sign) => {
            drop(raw.splice(at.index(length)..at.index(length), sign.bytes()))
        }
    }
}

/// How a file of each format begins.
const BEGINNINGS: &[&str] = &[
    "WEBVTT\n\n",
    "1\n00:00:01,000 --> 00:00:02,000\n",
    "[{\"speaker\": \"Ada\", \"text\": \"",
    "{\"segments\": [{\"start\": ",
    "{\"text\": \"<p>data-timestamp=",
    "Sprecher;Text\n",
    "start\tend\ttext\n",
    "I: [00:00:01] ",
    "Ada  0:01\n",
    "#00:00:01-0# ",
    "",
];

proptest! {
    #[test]
    fn no_bytes_are_too_wild(
        beginning in select(BEGINNINGS),
        rest in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        look(&[beginning.as_bytes(), &rest].concat(), Path::new("a"));
    }

    #[test]
    fn no_signs_are_too_wild(
        beginning in select(BEGINNINGS),
        signs in prop::collection::vec(select(SIGNS), 0..80),
    ) {
        look(&[beginning, &signs.concat()].concat().into_bytes(), Path::new("a"));
    }

    #[test]
    fn no_mishap_is_too_bad(
        which in any::<Index>(),
        mishaps in prop::collection::vec(mishap(), 1..8),
    ) {
        let (path, raw) = which.get(&FILES);
        let mut raw = raw.clone();
        for mishap in &mishaps {
            happen(&mut raw, mishap);
            raw.truncate(1 << 20);
        }
        look(&raw, path);
    }
}

#[test]
fn files_made_to_harm_do_none() {
    let many = |piece: &str, count: usize| piece.repeat(count).into_bytes();
    let deep = 10_000;
    for (raw, name) in [
        (many("[", deep), "a.json"),
        (many("{\"a\":", deep), "a.json"),
        (
            [many("[{\"text\": \"a\", \"b\": ", deep), many("}]", deep)].concat(),
            "a.json",
        ),
        (many("<v A>", 200_000), "a.vtt"),
        (
            [
                b"WEBVTT\n\n00:01.000 --> 00:02.000\n".to_vec(),
                many("<v A", 200_000),
            ]
            .concat(),
            "a.vtt",
        ),
        (
            [
                b"WEBVTT\n\n00:01.000 --> 00:02.000\n".to_vec(),
                many(">> a ", 200_000),
            ]
            .concat(),
            "a.vtt",
        ),
        (many("00:01.000 --> 00:02.000\n", 50_000), "a.srt"),
        (
            many("1\n00:00:01,000 --> 00:00:02,000\na b c\n\n", 20_000),
            "a.srt",
        ),
        (many("\"", 1_000_001), "a.csv"),
        (many("Sprecher,Text\n\"Ada\",\"", 20_000), "a.csv"),
        (many("[0:01] ", 200_000), "a.txt"),
        (many("#00:00:01-0# ", 100_000), "a.txt"),
        (many("Ada (", 200_000), "a.txt"),
        (
            (0..20_000u32)
                .flat_map(|n| format!("Wort{n}: ja, und nein.\n").into_bytes())
                .collect(),
            "a.txt",
        ),
        (
            (0..20_000u32)
                .flat_map(|n| {
                    format!(
                        "{{\"speaker\": \"S{n}\", \"text\": \"ja\", \"k{n}x\": {{\"a\": 1}}}}\n"
                    )
                    .into_bytes()
                })
                .collect(),
            "a.json",
        ),
        (
            [
                b"WEBVTT\n\n00:01.000 --> 00:02.000\n".to_vec(),
                many("{\\ ", 200_000),
            ]
            .concat(),
            "a.vtt",
        ),
        (many("{\"text\": \"<p data-timestamp=", 20_000), "a.otr"),
        (many("a", 5_000_000), "a.txt"),
        (b"".to_vec(), "a.vtt"),
        (b"{".to_vec(), "a.csv"),
        (b"WEBVTT".to_vec(), "a.json"),
    ] {
        look(&raw, Path::new(name));
    }
}
