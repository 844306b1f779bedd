//! Another judge of parallels, and the editor's pairs left out, on the command line.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::process::Command;

use serde_json::Value;

/// Runs the program; gives its exit status, what it has printed, and what it has complained of.
fn run(arguments: &[&str]) -> (i32, String, String) {
    run_with("", arguments)
}

/// The same with a configuration.
fn run_with(config: &str, arguments: &[&str]) -> (i32, String, String) {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".config/synopse");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config.toml"), config).unwrap();
    let ran = Command::new(env!("CARGO_BIN_EXE_synopse"))
        .args(arguments)
        .env_clear()
        .env("HOME", home.path())
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("LANG", "C.UTF-8")
        .current_dir(home.path())
        .output()
        .unwrap();
    let [out, err] = [ran.stdout, ran.stderr].map(|said| String::from_utf8(said).unwrap());
    (ran.status.code().unwrap(), out, err)
}

fn pairs(arguments: &[&str]) -> Vec<Value> {
    let (status, out, err) = run(&[&["parallels", "--json"], arguments].concat());
    assert_eq!((status, err.as_str()), (0, ""));
    out.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

const ONE: &str =
    r#"cat >/dev/null; echo '{"left":7,"right":4,"score":0.9,"by":"Ada","theme":"Zum Schluss"}'"#;

#[test]
fn every_command_that_shows_parallels_hears_the_judge() {
    let judged = |command: &[&str]| {
        let (status, out, err) = run(&[command, &["--judge", ONE]].concat());
        assert_eq!((status, err.as_str()), (0, ""), "{command:?}");
        out
    };
    let found = pairs(&["--judge", ONE]);
    let pair = found.iter().find(|pair| pair["left"] == 7).unwrap();
    assert_eq!((&pair["right"], &pair["by"]), (&4.into(), &"Ada".into()));
    assert_eq!(
        (&pair["origin"], &pair["theme"]),
        (&"suggested".into(), &"Zum Schluss".into())
    );
    let others = found.iter().filter(|pair| pair["left"] != 7);
    assert!(others.clone().count() > 5 && others.clone().all(|pair| pair.get("by").is_none()));
    assert!(judged(&["parallels"]).contains("0.90  suggested by Ada  Zum Schluss"));
    assert!(judged(&["show"]).contains("7 ↔ 4 · Zum Schluss · suggested by Ada"));
    assert_ne!(judged(&["map"]), run(&["map"]).1);
    assert_eq!(judged(&[]), judged(&["show"]));
}

#[test]
fn a_judge_without_a_name_is_called_by_its_command_and_may_be_a_list() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pairs.jsonl");
    std::fs::write(&path, "{\"left\":1,\"right\":11}\n").unwrap();
    let command = format!("/bin/cat '{}'", path.display());
    let found = pairs(&["--no-curated", "--judge", &command]);
    let pair = &found[0];
    assert_eq!((&pair["left"], &pair["right"]), (&1.into(), &11.into()));
    assert_eq!((&pair["by"], &pair["score"]), (&"cat".into(), &1.0.into()));
}

#[test]
fn a_judge_that_is_of_no_use_is_one_line() {
    for (judge, said) in [
        (
            "sleep 60",
            "sleep: no answer within 1 s; --judge-time gives it longer",
        ),
        (
            "cat",
            "cat: line 1 of its answer is no pair; one looks like",
        ),
        (
            "echo ach >&2; exit 4",
            "echo: ended with a failure (exit status: 4): ach; run it by itself to see more",
        ),
        (
            "gibt-es-nicht-17",
            "gibt-es-nicht-17: there is no such command; check --judge",
        ),
        (
            r#"echo '{"left":1,"right":12}'"#,
            "echo: line 1 of its answer: right there is no exchange 12, only 1 to 11",
        ),
    ] {
        for command in [&["parallels"][..], &["show"], &["map"], &[]] {
            let judge = ["--judge", judge, "--judge-time", "1"];
            let (status, out, err) = run(&[command, &judge].concat());
            assert_eq!(
                (status, out.as_str(), err.lines().count()),
                (1, "", 1),
                "{err}"
            );
            assert!(err.starts_with(&format!("synopse: {said}")), "{err}");
        }
    }
}

#[test]
fn what_a_judge_has_to_keep_to_is_in_the_manual() {
    let (_, manual, _) = run(&["man"]);
    let (_, judges) = manual.split_once(".SH JUDGES").unwrap();
    let asked = [
        "side",
        "exchange",
        "interview",
        "language",
        "question",
        "answer",
    ];
    let answered = ["left", "right", "score", "theme", "by"];
    for field in asked.iter().chain(&answered) {
        assert!(judges.contains(&format!("\"{field}\":")), "{field}");
    }
}

#[test]
fn without_the_editors_pairs_the_text_alone_decides() {
    let found = pairs(&["--no-curated", "--all"]);
    assert!(!found.is_empty() && found.iter().all(|pair| pair["origin"] == "suggested"));
    let (_, shown, _) = run(&["show", "--no-curated"]);
    assert!(!shown.contains("Geld für Influencer"));
    let (_, map, _) = run(&["map", "--no-curated"]);
    assert_eq!(map.matches('◆').count(), 1, "in the legend alone");
}

#[test]
fn a_judge_without_an_end_is_told_apart_from_one_that_hangs() {
    let (status, _, err) = run(&["parallels", "--judge", "yes"]);
    assert_eq!(status, 1);
    assert!(err.contains("yes: its answer has no end"), "{err}");
}

#[test]
fn the_configuration_may_name_the_judge_and_the_command_line_another_or_none() {
    let rates = |score: &str, by: &str| {
        format!(r#"cat >/dev/null; echo '{{"left":7,"right":4,"score":{score},"by":"{by}"}}'"#)
    };
    let config = format!("judge = \"\"\"{}\"\"\"\n", rates("0.9", "Ada"));
    let heard = |config: &str, arguments: &[&str]| {
        let (status, out, err) = run_with(config, &[&["parallels"], arguments].concat());
        assert_eq!((status, err.as_str()), (0, ""));
        let by = |name: &str| out.contains(&format!("suggested by {name}"));
        (by("Ada"), by("Bo"))
    };
    assert_eq!(heard(&config, &[]), (true, false));
    let other = rates("0.9", "Bo");
    assert_eq!(heard(&config, &["--judge", &other]), (false, true));
    assert_eq!(heard(&config, &["--judge", ""]), (false, false));
    let slow = "judge = \"sleep 60\"\njudge-time = 1\n";
    let (status, _, err) = run_with(slow, &["parallels"]);
    assert_eq!(status, 1);
    assert!(err.contains("sleep: no answer within 1 s"), "{err}");
    let (status, _, err) = run_with("judge-time = 0", &["parallels"]);
    assert!(
        status == 1 && err.contains("config.toml: line 1: "),
        "{err}"
    );
}
