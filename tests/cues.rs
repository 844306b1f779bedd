//! Subtitles, machines' transcripts, tables and times: made-up files (`tests/formats`) in every character set.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

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
    // What a character set has no sign for, no file in it holds.
    let sets = [
        ("windows-1252", WINDOWS_1252),
        ("ISO 8859-15", ISO_8859_15),
        ("Mac Roman", MACINTOSH),
    ];
    let encoded = sets.into_iter().filter_map(|(name, set)| {
        let (raw, _, unmappable) = set.encode(text);
        (!unmappable).then(|| (name, raw.into_owned()))
    });
    let mut all = vec![
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
        ("letters and marks apart", parted(text).into_bytes()),
        ("CR", lines("\r")),
        ("CRLF", lines("\r\n")),
    ];
    all.extend(encoded);
    all
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
