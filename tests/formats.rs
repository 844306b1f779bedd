//! Made-up files of every format, and what is found in them.
//!
//! Each file in `tests/formats` has its report beside it, under its name with `.json` for its ending. A new one is added by
//! putting the file there; `EXPECT=write cargo test --test formats` writes the reports, to be read before they are kept.
//! A package stands there as a folder of its parts, whose name ends in `.d`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

#[path = "packages/pack.rs"]
mod pack;
#[path = "packages/parts.rs"]
mod parts;

use std::fs;
use std::path::{Path, PathBuf};

use synopse::transcript;

fn made_up() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// The report of the file at `path`, in lines; what can't be read gives its error.
fn found(path: &Path) -> String {
    let (name, raw) = match path.is_dir() {
        true => (path.file_stem(), pack::pack_parts(&parts::parts(path))),
        false => (path.file_name(), fs::read(path).unwrap()),
    };
    let name = name.unwrap().to_string_lossy();
    match transcript::read(raw, Some(Path::new(&*name))) {
        Ok(interview) => {
            serde_json::to_string_pretty(&transcript::report(&interview, &name)).unwrap() + "\n"
        }
        Err(error) => serde_json::to_string_pretty(&error.to_string()).unwrap() + "\n",
    }
}

/// Where the report of a file stands.
fn beside(path: &Path) -> PathBuf {
    let file = if path.is_dir() {
        path.with_extension("")
    } else {
        path.to_owned()
    };
    file.with_extension("json")
}

#[test]
fn what_is_found_in_each_file_is_what_was_expected() {
    let write = std::env::var_os("EXPECT").is_some_and(|value| value == "write");
    let mut different = Vec::new();
    let files = made_up();
    let (expected, files): (Vec<&PathBuf>, Vec<&PathBuf>) = files
        .iter()
        .partition(|path| path.extension().is_some_and(|ending| ending == "json"));
    for file in &files {
        let beside = beside(file);
        let found = found(file);
        if write {
            fs::write(&beside, found).unwrap();
        } else if fs::read_to_string(&beside).unwrap_or_default() != found {
            different.push(format!("{}: found\n{found}", file.display()));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
    for path in expected {
        let of_a_file = files.iter().any(|file| beside(file) == *path);
        assert!(of_a_file, "{}: of no file", path.display());
    }
}
