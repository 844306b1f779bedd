//! What the documentation says, held against the program.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

#[path = "../examples/picture.rs"]
mod picture;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use synopse::app::keymap::{Context, rows};
use synopse::config::Config;
use synopse::lang::Lang;
use synopse::transcript::formats::FORMATS;

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The lines between two marks of the README.
fn part(readme: &str, name: &str) -> String {
    let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let from = readme.find(&start).unwrap_or_else(|| panic!("no {start}")) + start.len();
    let to = from
        + readme[from..]
            .find(&end)
            .unwrap_or_else(|| panic!("no {end}"));
    readme[from..to].to_owned()
}

fn key_table() -> String {
    let mut table = String::new();
    for context in Context::ALL {
        table += &format!(
            "\n**{}**\n\n| keys | what they do |\n| --- | --- |\n",
            context.name(Lang::English)
        );
        for binding in rows(context) {
            let keys: Vec<String> = binding
                .keys
                .split_whitespace()
                .map(|key| format!("`{key}`"))
                .collect();
            table += &format!("| {} | {} |\n", keys.join(" "), binding.says(Lang::English));
        }
    }
    table
}

#[test]
fn the_key_table_of_the_readme_is_the_table_of_the_program() {
    let (readme, table) = (read("README.md"), key_table());
    let known = part(&readme, "keys");
    if std::env::var_os("UPDATE_README").is_some() {
        let readme = readme.replace(&known, &table);
        fs::write(
            Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"),
            readme,
        )
        .unwrap();
    } else {
        assert!(
            known.trim() == table.trim(),
            "out of date: UPDATE_README=1 cargo test --test documentation"
        );
    }
}

#[test]
fn the_formats_of_the_readme_are_those_that_are_read() {
    let table = part(&read("README.md"), "formats");
    let rows = table.lines().skip(2).filter(|row| row.starts_with('|'));
    let said: BTreeSet<(String, Vec<String>)> = rows
        .map(|row| {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let endings = cells[2].split(' ').map(|ending| ending.trim_matches('`'));
            (
                cells[1].to_owned(),
                endings
                    .map(|e| e.trim_start_matches('.').to_owned())
                    .collect(),
            )
        })
        .collect();
    // What has no ending is recognised to be refused.
    let known = FORMATS.iter().filter(|format| !format.endings.is_empty());
    let known = known.map(|f| {
        (
            f.name.to_owned(),
            f.endings.iter().map(ToString::to_string).collect(),
        )
    });
    assert_eq!(said, known.collect());
}

#[test]
fn the_picture_is_a_frame_of_this_program() {
    assert!(
        read("assets/screen.svg") == picture::picture(),
        "out of date: cargo run --example picture > assets/screen.svg"
    );
}

#[test]
fn every_command_that_the_readme_names_is_one() {
    let readme = read("README.md");
    let help = |args: &[&str]| {
        let ran = Command::new(env!("CARGO_BIN_EXE_synopse"))
            .args(args)
            .arg("--help")
            .output()
            .unwrap();
        assert!(ran.status.success(), "{args:?}");
        String::from_utf8(ran.stdout).unwrap()
    };
    let listed: BTreeSet<String> = help(&[])
        .lines()
        .skip_while(|line| !line.starts_with("Commands:"))
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .filter(|name| name != "help")
        .collect();
    let lines = part(&readme, "commands");
    let named: BTreeSet<String> = lines
        .lines()
        .filter_map(|line| line.strip_prefix("synopse "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|word| word.chars().all(char::is_lowercase))
        .map(str::to_owned)
        .collect();
    assert_eq!(named, listed);
    for name in &named {
        let said = help(&[name.as_str()]);
        let mine = lines
            .lines()
            .filter(|line| line.starts_with(&format!("synopse {name}")));
        let options = mine
            .flat_map(|line| line.split_whitespace())
            .filter(|word| word.starts_with("--"));
        for option in options {
            let option = option.trim_end_matches([']', ',']);
            assert!(
                said.contains(option) || help(&[name.as_str(), "export"]).contains(option),
                "{name}: {option}"
            );
        }
    }
}

#[test]
fn the_test_command_of_the_readme_is_the_one_that_is_run() {
    let readme = read("README.md");
    let command = "cargo test";
    assert!(
        readme.contains(&format!("\n{command}\n")) || readme.contains(&format!("\n{command} "))
    );
    assert!(read(".ci/run").lines().any(|line| line.trim() == command));
}

#[test]
fn the_version_is_in_the_changelog() {
    assert!(read("CHANGELOG.md").contains(&format!("## {}", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn each_dependency_says_why_it_is_there() {
    let manifest = read("Cargo.toml");
    let mut in_dependencies = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            in_dependencies = line.contains("dependencies]");
        } else if in_dependencies && line.contains('=') {
            assert!(line.contains(" # "), "{line}");
        }
    }
}

#[test]
fn the_readme_names_all_that_can_be_configured() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    fs::write(&path, "no-such-key = 1").unwrap();
    let told = Config::read(&path).unwrap_err().to_string();
    let keys = told.split_once("expected one of ").unwrap().1.split('`');
    let keys: Vec<&str> = keys.skip(1).step_by(2).collect();
    assert!(keys.contains(&"lang") && keys.len() > 4, "{told}");
    let readme = read("README.md");
    let row = readme
        .lines()
        .find(|line| line.contains("/config.toml`"))
        .unwrap();
    let unnamed = keys.iter().filter(|key| !row.contains(&format!("`{key}`")));
    assert_eq!(unnamed.collect::<Vec<_>>(), Vec::<&&str>::new());
}
