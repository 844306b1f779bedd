//! The rules of the house: arrows point down only, the terminal stays under one roof, and files keep a size that can
//! be read at one sitting.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules by floor, the ground first. A module uses its own, and what lies on a lower floor.
const FLOORS: &[&[&str]] = &[
    &["text", "lang"],
    &["files", "interview"],
    &["find", "notes", "transcript", "typeset"],
    &["config", "parallels", "session"],
    &["export"],
    &["app"],
    &["tui"],
    &["cli"],
];

/// Files that may name a crate which belongs to the terminal.
fn may_name(file: &str, krate: &str) -> bool {
    match krate {
        "crossterm" => file.starts_with("src/tui"),
        // Cells and rectangles are data; the text area wraps without a screen.
        "ratatui" => file.starts_with("src/tui") || file.starts_with("src/app"),
        "ratatui_textarea" => matches!(file, "src/app/editor.rs" | "src/app/line.rs"),
        "fuzzy_matcher" => file.starts_with("src/find"),
        // A terminal is a file too, but none of ours.
        "std::fs" => {
            file.starts_with("src/files")
                || matches!(file, "src/tui/input.rs" | "src/tui/terminal.rs")
        }
        _ => true,
    }
}

fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|e| e == "rs") {
                out.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    walk(&root.join("src"), &mut paths);
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect()
}

/// The code of a file without its tests and without comments.
fn code(source: &str) -> String {
    let end = source.find("\n#[cfg(test)]").unwrap_or(source.len());
    let lines = source[..end]
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// The modules of the crate that a file uses: whatever follows `crate::` or stands in its braces.
fn uses(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in code.split("crate::").skip(1) {
        let rest = part.strip_prefix('{');
        let names = match rest {
            Some(list) => list.split('}').next().unwrap_or_default().to_owned(),
            None => part.to_owned(),
        };
        let heads = if rest.is_some() {
            names.split(',').collect::<Vec<_>>()
        } else {
            vec![names.as_str()]
        };
        for head in heads {
            let name: String = head
                .trim()
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            found.push(name);
        }
    }
    found
}

#[test]
fn arrows_point_down_only() {
    let mut wrong = BTreeMap::new();
    for (file, source) in sources() {
        let module = file
            .trim_start_matches("src/")
            .split(['/', '.'])
            .next()
            .unwrap_or_default();
        let Some(here) = floor(module) else {
            assert!(matches!(module, "main" | "lib"), "{file}: on no floor");
            continue;
        };
        for used in uses(&code(&source)) {
            let Some(there) = floor(&used) else { continue };
            if used != module && there >= here {
                wrong.insert(format!("{file} uses {used}"), ());
            }
        }
    }
    assert!(wrong.is_empty(), "{:#?}", wrong.keys());
}

#[test]
fn the_terminal_and_the_disk_stay_under_their_roofs() {
    let mut wrong = Vec::new();
    for (file, source) in sources() {
        let code = code(&source);
        for krate in [
            "crossterm",
            "ratatui",
            "ratatui_textarea",
            "fuzzy_matcher",
            "std::fs",
        ] {
            let named = code.contains(&format!("{krate}::")) || code.contains(&format!("{krate};"));
            let longer =
                krate == "ratatui" && !code.replace("ratatui_textarea", "").contains("ratatui::");
            if named && !longer && !may_name(&file, krate) {
                wrong.push(format!("{file} names {krate}"));
            }
        }
        if file.starts_with("src/app") && !file.ends_with("editor.rs") {
            assert!(!code.contains("ratatui::widgets"), "{file}: draws");
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_file_can_be_read_at_one_sitting() {
    let long: Vec<String> = sources()
        .into_iter()
        .map(|(file, source)| (file, source.lines().count()))
        .filter(|(_, lines)| *lines > 600)
        .map(|(file, lines)| format!("{file}: {lines}"))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn names_say_what_they_hold() {
    for (file, _) in sources() {
        assert!(
            !file.contains("util") && !file.ends_with("/mod.rs") && !file.contains("helper"),
            "{file}"
        );
    }
}
