//! Notes on the command line.

use super::*;

#[test]
fn notes_are_listed_and_exported_wherever_they_are_kept() {
    let home = Home::new();
    home.file("eins.txt", TALK);
    let note = r#"{"@context":"http://www.w3.org/ns/anno.jsonld","id":"urn:uuid:6f0e3b1c-6a5e-4a07-9f3b-0d6c1f0a2b01","type":"Annotation","motivation":"commenting","created":"2026-05-04T10:00:00Z","body":{"type":"TextualBody","value":"Schön.","purpose":"commenting"},"target":{"source":"eins.txt","selector":[{"type":"TextQuoteSelector","exact":"Mit dem Garten."},{"type":"TextPositionSelector","start":30,"end":45}]}}"#;
    home.file("n.jsonl", format!("{note}\nkein JSON\n"));
    let ran = home.run(&["notes", "list", "--json", "--notes", "n.jsonl", "eins.txt"]);
    assert_eq!(ran.status, 0);
    assert!(
        ran.err.starts_with("synopse: n.jsonl: line 2"),
        "{}",
        ran.err
    );
    let listed: Value = serde_json::from_str(ran.out.trim_end()).unwrap();
    assert_eq!(listed["body"]["value"], "Schön.");
    let written = home.run(&[
        "notes", "export", "-q", "--notes", "n.jsonl", "-o", "n.md", "eins.txt",
    ]);
    assert_eq!(
        (written.status, written.out.as_str(), written.err.as_str()),
        (0, "", "")
    );
    let document = fs::read_to_string(home.path().join("n.md")).unwrap();
    assert!(
        document.contains("Mit dem Garten.") && document.contains("Schön."),
        "{document}"
    );
    let json = home.run(&[
        "notes", "export", "-q", "--format", "json", "--notes", "n.jsonl", "eins.txt",
    ]);
    let collection: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(collection["type"], "AnnotationCollection");
    assert_eq!(collection["total"], 1);
}

#[test]
fn what_the_reader_has_corrected_is_what_every_command_sees() {
    let home = Home::new();
    home.file("eins.txt", TALK);
    home.file("zwei.txt", OTHER);
    let roles = |json: &str| {
        let parsed: Value = serde_json::from_str(json.trim_end()).unwrap();
        let turns = parsed["turns"].as_array().unwrap().clone();
        let roles = turns
            .iter()
            .map(|turn| turn["role"].as_str().unwrap().to_owned());
        roles.collect::<Vec<_>>()
    };
    let parse = ["parse", "--json", "--notes", "n.jsonl", "eins.txt"];
    let found = roles(&home.prints(&parse));
    assert_eq!(found, ["question", "answer", "question", "answer"]);
    let correction = r#"{"@context":"http://www.w3.org/ns/anno.jsonld","id":"urn:uuid:6f0e3b1c-6a5e-4a07-9f3b-0d6c1f0a2b02","type":"Annotation","motivation":"classifying","created":"2026-05-04T10:00:00Z","body":{"type":"TextualBody","value":"answer","purpose":"classifying"},"target":{"source":{"synopse:path":"FILE"},"selector":[{"type":"TextQuoteSelector","exact":"Und wann hören Sie auf?","prefix":"kommt die Post, und die dauert.\n\n","suffix":"\n\nWenn die Amsel aufhört, also spä"}]}}"#;
    let file = home.path().join("eins.txt").display().to_string();
    let correction = correction.replace("FILE", &file);
    home.file("n.jsonl", format!("{correction}\n"));
    assert_eq!(roles(&home.prints(&parse)), ["question", "answer"]);
    let show = ["show", "--notes", "n.jsonl", "eins.txt", "zwei.txt"];
    let (plain, corrected) = (
        home.prints(&["show", "eins.txt", "zwei.txt"]),
        home.prints(&show),
    );
    assert_ne!(plain, corrected);
    let pairs = [
        "parallels",
        "--json",
        "--all",
        "--notes",
        "n.jsonl",
        "eins.txt",
        "zwei.txt",
    ];
    let pairs = home.prints(&pairs);
    assert!(
        !pairs.contains(r#""left":2"#) && pairs.contains(r#""left":1"#),
        "{pairs}"
    );
}

#[test]
fn notes_that_cannot_be_read_are_told_of() {
    let home = Home::new();
    fs::create_dir(home.path().join("n.jsonl")).unwrap();
    assert_eq!(
        home.fails(&["notes", "list", "--notes", "n.jsonl"]),
        "n.jsonl: this is a folder; name a file in it"
    );
    let ran = home.run(&["show", "--notes", "n.jsonl"]);
    assert_eq!(ran.status, 0, "the synopsis needs no notes");
    assert_eq!(
        ran.err,
        "synopse: n.jsonl: this is a folder; name a file in it\n"
    );
    assert!(
        home.prints(&["notes", "list"]).is_empty(),
        "no notes are no error"
    );
}
