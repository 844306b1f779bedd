//! Made-up files of every format, and what is found in them.
//!
//! Each file in `tests/formats` has its report beside it, under its name with `.json` for its ending. A new one is added by
//! putting the file there; `EXPECT=write cargo test --test formats` writes the reports, to be read before they are kept.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

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
    let name = path.file_name().unwrap().to_string_lossy();
    let raw = fs::read(path).unwrap();
    match transcript::read(&raw, Some(Path::new(&*name))) {
        Ok(interview) => {
            serde_json::to_string_pretty(&transcript::report(&interview, &name)).unwrap() + "\n"
        }
        Err(error) => serde_json::to_string_pretty(&error.to_string()).unwrap() + "\n",
    }
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
        let beside = file.with_extension("json");
        let found = found(file);
        if write {
            fs::write(&beside, found).unwrap();
        } else if fs::read_to_string(&beside).unwrap_or_default() != found {
            different.push(format!("{}: found\n{found}", file.display()));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
    for path in expected {
        let of_a_file = files
            .iter()
            .any(|file| file.with_extension("json") == *path);
        assert!(of_a_file, "{}: of no file", path.display());
    }
}
