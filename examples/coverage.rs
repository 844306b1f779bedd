//! Reads what cargo-llvm-cov has counted, and says which branches of the store and the anchor no test takes, and which
//! functions none calls; fails where one is no exception, or an exception none. Run by `.ci/coverage`.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;
use std::{env, error::Error, fs};

use serde_json::Value;

/// What must be covered: files, and folders of them.
const COVERED: &[&str] = &[
    "src/files",
    "src/notes/store",
    "src/notes/anchor",
    "src/notes/book",
    "src/notes/w3c",
];

/// What needn't be, and why.
#[derive(serde::Deserialize)]
struct Exception {
    file: String,
    /// The line it is about, as it stands there but for the white space around it.
    line: String,
    reason: String,
}

#[derive(serde::Deserialize)]
struct Exceptions {
    exception: Vec<Exception>,
}

/// A piece of code: its file, and line and column of its first and last character, from 1.
type Place = (String, [u64; 4]);

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [report, exceptions] = arguments.as_slice() else {
        return Err("usage: coverage REPORT EXCEPTIONS".into());
    };
    let report: Value = serde_json::from_slice(&fs::read(report)?)?;
    let exceptions: Exceptions = toml::from_str(&fs::read_to_string(exceptions)?)?;
    let (branches, functions) = counts(&report);
    let mut missed: BTreeSet<(String, u64, String)> = BTreeSet::new();
    for ((file, [line, ..]), [taken, not]) in &branches {
        for (count, what) in [(taken, "never true"), (not, "never false")] {
            if *count == 0 {
                missed.insert((file.clone(), *line, what.to_owned()));
            }
        }
    }
    for ((file, [line, ..]), count) in &functions {
        if *count == 0 {
            missed.insert((file.clone(), *line, "never called".to_owned()));
        }
    }
    let mut sources: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let all = branches.keys().chain(functions.keys());
    for file in all.map(|(file, _)| file.as_str()) {
        if !sources.contains_key(file) {
            let source = fs::read_to_string(file)?;
            sources.insert(file, source.lines().map(str::to_owned).collect());
        }
    }
    let said = |file: &str, line: u64| -> Option<&str> {
        let at = usize::try_from(line).ok()?.checked_sub(1)?;
        Some(sources.get(file)?.get(at)?.trim())
    };
    let is_test = |file: &str, line: u64| {
        let source = sources.get(file).map_or(&[][..], Vec::as_slice);
        let mut lines = source.iter().zip(1u64..);
        let tests = lines.find(|(text, _)| text.starts_with("#[cfg(") && text.contains("test"));
        // A module of tests stands last; where one is only named, it is a file of its own.
        tests.is_some_and(|(_, first)| {
            let named = source.get(usize::try_from(first).unwrap_or(usize::MAX));
            first < line && named.is_some_and(|next| next.ends_with('{'))
        })
    };
    missed.retain(|(file, line, _)| !is_test(file, *line));
    let mut used = BTreeSet::new();
    let mut bad = 0;
    for (file, line, what) in &missed {
        let code = said(file, *line).unwrap_or_default();
        let exception = exceptions.exception.iter().enumerate();
        let mut exception = exception.filter(|(_, e)| e.file == *file && e.line == code);
        match exception.next() {
            Some((index, exception)) => {
                used.insert(index);
                println!("{file}:{line}: {what}: {code}\n    {}", exception.reason);
            }
            None => {
                bad += 1;
                println!("{file}:{line}: {what}, and no exception: {code}");
            }
        }
    }
    for (index, exception) in exceptions.exception.iter().enumerate() {
        if !used.contains(&index) {
            bad += 1;
            println!(
                "{}: is covered, or not there: {}",
                exception.file, exception.line
            );
        }
    }
    let count = branches
        .keys()
        .filter(|(file, [line, ..])| !is_test(file, *line))
        .count();
    println!(
        "{} branches, {} lines not covered, {bad} of them wrongly",
        2 * count,
        missed.len()
    );
    Ok(ExitCode::from(u8::from(bad > 0)))
}

/// How often each branch was taken and not taken, and how often each function was called, however many copies of it the
/// compiler has made.
fn counts(report: &Value) -> (BTreeMap<Place, [u64; 2]>, BTreeMap<Place, u64>) {
    let root = env::current_dir().unwrap_or_default();
    let mut branches: BTreeMap<Place, [u64; 2]> = BTreeMap::new();
    let mut called: BTreeMap<Place, u64> = BTreeMap::new();
    let number = |value: &Value| value.as_u64().unwrap_or_default();
    let array = |value: &Value| value.as_array().cloned().unwrap_or_default();
    for function in array(&report["data"][0]["functions"]) {
        let files = array(&function["filenames"]);
        let place = |at: &[Value], file: &Value| -> Option<Place> {
            let file = files.get(usize::try_from(number(file)).ok()?)?.as_str()?;
            let file = file.strip_prefix(root.to_str()?)?.strip_prefix('/')?;
            let inside = |start: &&&str| {
                file.strip_prefix(**start)
                    .is_some_and(|rest| rest.starts_with(['.', '/']))
            };
            let tests = ["tests.rs", "harness.rs", "musts.rs"];
            let wanted = COVERED.iter().any(|start| inside(&start));
            let at = [
                number(&at[0]),
                number(&at[1]),
                number(&at[2]),
                number(&at[3]),
            ];
            let mine = wanted && !tests.iter().any(|name| file.ends_with(name));
            mine.then(|| (file.to_owned(), at))
        };
        for branch in array(&function["branches"]) {
            let Some(branch) = branch.as_array().filter(|branch| branch.len() > 6) else {
                continue;
            };
            if let Some(place) = place(branch, &branch[6]) {
                let sum = branches.entry(place).or_default();
                sum[0] += number(&branch[4]);
                sum[1] += number(&branch[5]);
            }
        }
        let regions = array(&function["regions"]);
        let first = regions.first().and_then(Value::as_array);
        if let Some(first) = first.filter(|first| first.len() > 5)
            && let Some(place) = place(first, &first[5])
        {
            *called.entry(place).or_default() += number(&function["count"]);
        }
    }
    (branches, called)
}
