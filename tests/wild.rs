//! Files that no one meant: bytes at random, and made-up files that were damaged on the way. Nothing panics, and what
//! comes out is an interview or one line that says what to do.
//!
//! The made-up files are those in `tests/formats`, of every format, packages among them. A longer run:
//! `PROPTEST_CASES=100000 cargo test --release --test wild`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

#[path = "wild/mishap.rs"]
mod mishap;
#[path = "wild/monsters.rs"]
mod monsters;
#[path = "packages/pack.rs"]
mod pack;
#[path = "packages/parts.rs"]
mod parts;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use synopse::lang::{Lang, Tell};
use synopse::transcript::{self, formats::FORMATS};

use mishap::{BEGINNINGS, SIGNS, happen, mishap};
use monsters::{Swarm, monsters, swarms};
use pack::pack_parts;

/// A made-up file: one part, or those of a package.
struct Sample {
    name: String,
    parts: Vec<(String, Vec<u8>)>,
    packed: bool,
}

impl Sample {
    fn raw(&self) -> Vec<u8> {
        if self.packed {
            pack_parts(&self.parts)
        } else {
            self.parts[0].1.clone()
        }
    }
}

/// All made-up files.
static SAMPLES: LazyLock<Vec<Sample>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let paths = fs::read_dir(folder).unwrap();
    let mut samples: Vec<Sample> = paths
        .map(|entry| {
            let path = entry.unwrap().path();
            let packed = path.is_dir();
            let name = match packed {
                true => path.file_stem(),
                false => path.file_name(),
            };
            Sample {
                name: name.unwrap().to_string_lossy().into_owned(),
                parts: match packed {
                    true => parts::parts(&path),
                    false => vec![(String::new(), fs::read(&path).unwrap())],
                },
                packed,
            }
        })
        .collect();
    let text = "I: Wo waren Sie?\nB: Hier.\nI: Und dann?\nB: Über dem Fluß.";
    let wide = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    samples.push(Sample {
        name: "utf16.txt".to_owned(),
        parts: vec![(String::new(), wide)],
        packed: false,
    });
    samples.sort_by(|a, b| a.name.cmp(&b.name));
    samples
});

/// Reads a file and holds what comes out against what every interview keeps to.
fn read(raw: &[u8], name: &str) -> Result<(), TestCaseError> {
    let path = Path::new(name);
    // The head of a file may be shown before the rest is there.
    let head = transcript::read_head(&raw[..raw.len() / 2], Some(path));
    for read in [transcript::read(raw, Some(path)).map(Some), head] {
        match read {
            Ok(Some(interview)) => {
                let mut at = 0;
                for turn in &interview.turns {
                    prop_assert_eq!(turn.paragraphs.start(), at);
                    prop_assert!(!turn.paragraphs.is_empty());
                    prop_assert!(turn.time.is_none_or(|time| time.start <= time.end));
                    at = turn.paragraphs.end();
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
            Ok(None) => {}
            Err(error) => {
                for lang in [Lang::English, Lang::German] {
                    let line = error.tell(lang);
                    prop_assert!(line.starts_with(name) && !line.contains('\n'), "{}", line);
                }
            }
        }
    }
    Ok(())
}

fn names() -> Vec<String> {
    let endings = FORMATS.iter().flat_map(|format| format.endings);
    endings
        .map(|ending| format!("wild.{ending}"))
        .chain(["wild".to_owned()])
        .collect()
}

proptest! {
    #[test]
    fn any_bytes_are_read_whatever_they_are_called(
        beginning in select(BEGINNINGS),
        rest in prop::collection::vec(any::<u8>(), 0..400),
        name in select(names()),
    ) {
        read(&[beginning.as_bytes(), &rest].concat(), &name)?;
    }

    #[test]
    fn any_signs_are_read_whatever_they_are_called(
        beginning in select(BEGINNINGS),
        signs in prop::collection::vec(select(SIGNS), 0..80),
        name in select(names()),
    ) {
        let text = [beginning, &signs.concat()].concat();
        read(text.as_bytes(), &name)?;
        let container = "<a><rootfile full-path='a.opf'/></a>";
        let list = "<a><item id='p' href='p'/><itemref idref='p'/></a>";
        for parts in [
            &[("word/document.xml", text.as_str())][..],
            &[("content.xml", &text)],
            &[("META-INF/container.xml", container), ("a.opf", list), ("p", &text)],
        ] {
            read(&pack_parts(parts), &name)?;
        }
    }

    #[test]
    fn damaged_files_are_read(
        sample in any::<Index>(),
        mishaps in prop::collection::vec(mishap(), 1..6),
    ) {
        let sample = sample.get(&SAMPLES);
        let mut raw = sample.raw();
        mishaps.iter().for_each(|mishap| happen(&mut raw, mishap));
        read(&raw, &sample.name)?;
    }

    #[test]
    fn packages_with_a_damaged_part_are_read(
        sample in any::<Index>(),
        part in any::<Index>(),
        mishaps in prop::collection::vec(mishap(), 1..6),
    ) {
        let packages: Vec<&Sample> = SAMPLES.iter().filter(|sample| sample.packed).collect();
        let sample = sample.get(&packages);
        let mut parts = sample.parts.clone();
        let at = part.index(parts.len());
        mishaps.iter().for_each(|mishap| happen(&mut parts[at].1, mishap));
        read(&pack_parts(&parts), &sample.name)?;
    }

    #[test]
    fn files_under_the_name_of_another_format_are_read(
        sample in any::<Index>(),
        name in select(names()),
    ) {
        read(&sample.get(&SAMPLES).raw(), &name)?;
    }
}

#[test]
fn no_nesting_is_too_deep_for_the_stack() {
    for (name, text) in monsters() {
        // A quarter of what a thread of the program has.
        let thread = std::thread::Builder::new().stack_size(512 << 10);
        let raw = raw(name, text);
        let reader = thread.spawn(move || read(&raw, name).unwrap()).unwrap();
        reader.join().unwrap();
    }
}

/// The bytes of a file with this text, or of a package whose main part has it.
fn raw(name: &str, text: String) -> Vec<u8> {
    let container = "<container><rootfile full-path='a.opf'/></container>";
    let list = "<package><item id='p' href='p.html'/><itemref idref='p'/></package>";
    match name.rsplit('.').next() {
        Some("docx") => pack_parts(&[("word/document.xml", text)]),
        Some("odt") => pack_parts(&[("content.xml", text)]),
        Some("epub") => pack_parts(&[
            ("META-INF/container.xml", container),
            ("a.opf", list),
            ("p.html", &text),
        ]),
        _ => text.into_bytes(),
    }
}

/// What the program says of a file, with 200 MB of memory to do it in, and two minutes of the processor's time: without the
/// compiler's help it takes some twenty seconds at the most, and what hangs takes for ever.
fn parsed(raw: &[u8], name: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, raw).unwrap();
    let limited = "ulimit -d 204800; ulimit -t 120; exec \"$0\" parse --json \"$1\"";
    let mut shell = Command::new("sh");
    shell.args(["-c", limited]);
    shell.args([Path::new(env!("CARGO_BIN_EXE_synopse")), &path]);
    let shell = shell.stdout(Stdio::null()).stderr(Stdio::piped());
    shell.output().unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn no_nesting_takes_200_megabytes_or_for_ever() {
    for (name, text) in monsters() {
        let ran = parsed(&raw(name, text), name);
        let told = String::from_utf8_lossy(&ran.stderr);
        let code = ran.status.code();
        assert!(
            matches!(code, Some(0 | 1)) && told.lines().count() < 2,
            "{name}: {code:?} {told}"
        );
    }
}

#[test]
#[cfg(target_os = "linux")]
fn of_more_pieces_than_any_interview_has_one_line_says_so_and_where() {
    let mut wrong = Vec::new();
    for Swarm { name, text, line } in swarms() {
        let ran = parsed(&raw(name, text), name);
        let told = String::from_utf8_lossy(&ran.stderr);
        let place = match name.rsplit('.').next() {
            Some("docx") => format!("word/document.xml:{line}"),
            Some("odt") => format!("content.xml:{line}"),
            Some("epub") => format!("p.html:{line}"),
            _ => format!("line {line}"),
        };
        let clear = format!("{name}: {place}: falls into far more pieces than an interview does; ");
        let code = ran.status.code();
        if code != Some(1) || !told.contains(&clear) || told.lines().count() != 1 {
            wrong.push(format!("{code:?} {told} (not {place})"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
