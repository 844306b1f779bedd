//! What hangs together, on the command line: parallels, the map, the synopsis, themes.

use super::*;

#[test]
fn parallels_come_best_first_with_what_they_rest_on() {
    let home = Home::new();
    home.file("eins.txt", TALK);
    home.file("zwei.txt", OTHER);
    let out = home.prints(&["parallels", "--json", "--all", "eins.txt", "zwei.txt"]);
    let lines: Vec<Value> = out
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!(lines.len(), 4, "every pair");
    for line in &lines {
        let score = line["score"].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&score));
        assert!(line["terms"].is_array() && line["origin"].is_string());
    }
    let score = |left: u64, right: u64| {
        let line = lines
            .iter()
            .find(|l| l["left"] == left && l["right"] == right);
        line.unwrap()["score"].as_f64().unwrap()
    };
    assert!(score(1, 2) > score(1, 1) && score(2, 1) > score(2, 2));
    assert!(
        home.fails(&["parallels", "eins.txt"])
            .contains("name two files")
    );
}

#[test]
fn the_curated_parallels_of_the_shipped_interviews_are_there() {
    let home = Home::new();
    let out = home.prints(&["parallels", "--json"]);
    let curated = out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter(|line| line["origin"] == "curated");
    let curated: Vec<Value> = curated.collect();
    assert_eq!(curated.len(), 12);
    assert!(curated.iter().all(|line| line["theme"].is_string()));
    let plain = home.prints(&["parallels", "--lang", "de"]);
    assert!(plain.contains("redaktionell"), "{plain}");
}

#[test]
fn the_map_sets_questions_against_questions_and_says_what_stands_alone() {
    let home = Home::new();
    home.file("eins.txt", TALK);
    home.file("zwei.txt", OTHER);
    let map = home.prints(&["map", "eins.txt", "zwei.txt"]);
    assert!(map.starts_with("eins ↓   zwei →\n"), "{map}");
    assert!(map.contains("1 Womit fangen Sie morgens an?"), "{map}");
    assert!(map.contains("◆ curated"), "{map}");
    let shipped = home.prints(&["map", "--lang", "de", "--width", "70"]);
    assert!(shipped.lines().all(|line| synopse::text::width(line) <= 70));
    assert!(
        shipped.contains("∅ Sascha Pallenberg: kein Gegenstück"),
        "{shipped}"
    );
    let mut plain = home.command(&["map"]);
    let plain = plain.env("LANG", "C").output().unwrap();
    let plain = String::from_utf8(plain.stdout).unwrap();
    assert!(
        plain.contains("o curated") && !plain.contains(['◆', '░']),
        "{plain}"
    );
    assert_eq!(
        home.fails(&["map", "eins.txt"]),
        "parallels are found between two interviews; name two files"
    );
}

#[test]
fn the_synopsis_follows_either_interview_or_the_themes() {
    let home = Home::new();
    let line = |shown: &str, words: &str| shown.lines().position(|line| line.contains(words));
    let order = |order: &str, one: &str, other: &str| {
        let shown = home.prints(&["show", "--order", order]);
        line(&shown, one).unwrap() < line(&shown, other).unwrap()
    };
    assert_eq!(
        home.prints(&["show", "--order", "left"]),
        home.prints(&["show"])
    );
    // The third question of the left one has its best parallel late in the right one.
    let (third, fifth) = ("3 ↔ 9", "5 ↔ 2");
    assert!(order("left", third, fifth));
    assert!(!order("right", third, fifth));
    let alone = "(no counterpart)";
    assert!(order("theme", "6 ↔", alone), "what stands alone comes last");
    assert_eq!(home.run(&["show", "--order", "up"]).status, 2);
}

#[test]
fn themes_hang_together_across_three_interviews() {
    let home = Home::new();
    home.file("eins.txt", TALK);
    home.file("zwei.txt", OTHER);
    home.file("drei.txt", TALK.replace("Amsel", "Drossel"));
    let themes = home.prints(&["themes", "eins.txt", "zwei.txt", "drei.txt", "--json"]);
    let themes: Vec<Value> = themes
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(!themes.is_empty());
    for theme in &themes {
        assert!(
            theme["name"].is_null() && theme["words"][0].is_string(),
            "{theme}"
        );
        let of: Vec<_> = theme["exchanges"].as_array().unwrap().iter().collect();
        assert!(
            of.len() >= 2 && of.iter().any(|member| member["interview"] == 3),
            "{theme}"
        );
    }
    let printed = home.prints(&["themes", "eins.txt", "zwei.txt", "drei.txt"]);
    assert!(
        printed.contains("  eins 1: Womit fangen Sie morgens an?"),
        "{printed}"
    );
    assert!(
        printed.contains("  drei 1: Womit fangen Sie morgens an?"),
        "{printed}"
    );
    assert!(home.prints(&["themes"]).contains("Du bist als Techblogger"));
    assert_eq!(
        home.fails(&["themes", "eins.txt"]),
        "themes are found across interviews; name two files or more"
    );
}
