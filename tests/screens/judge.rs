//! Another judge of parallels, in the reader.

use std::time::Duration;

use ratatui::layout::Size;
use synopse::app::Side;
use synopse::interview::Interview;
use synopse::parallels::judge::Judge;
use synopse::transcript;

use super::reader::Reader;

fn judged(command: &str) -> Reader {
    reader(transcript::shipped(), command)
}

fn reader(interviews: Vec<Interview>, command: &str) -> Reader {
    let judge = Judge {
        command: command.to_owned(),
        limit: Duration::from_secs(20),
    };
    let size = Size::new(140, 40);
    Reader::judged(interviews, None, Some(judge), size)
}

fn opposite(reader: &Reader, left: usize) -> Vec<usize> {
    let candidates = reader.app.pairing.candidates(Side::Left, left - 1).iter();
    candidates.map(|pair| pair.right + 1).collect()
}

#[test]
fn what_a_judge_says_is_suggested_by_its_name() {
    let own = judged("true");
    let mut reader = judged(r#"echo '{"left":1,"right":4,"score":0.9,"by":"die Probe"}'"#);
    assert!(
        reader.status().contains(": 1 Paar beurteilt"),
        "{}",
        reader.status()
    );
    assert_eq!(opposite(&reader, 1)[0], 4);
    for other in 2..=7 {
        assert_eq!(opposite(&reader, other), opposite(&own, other));
    }
    reader.keys("J K");
    assert_eq!(reader.pair(), (Some(1), Some(4)));
    let said = reader.status();
    assert!(
        said.contains("vermutet von die Probe, so gut wie sicher"),
        "{said}"
    );
    reader.keys("M");
    assert!(
        reader.status().contains("laut die Probe so gut wie sicher"),
        "{}",
        reader.status()
    );
    reader.keys("-");
    assert!(
        !opposite(&reader, 1).contains(&4),
        "the reader has the last word"
    );
    reader.keys("u");
    assert_eq!(opposite(&reader, 1)[0], 4);
}

#[test]
fn a_judge_may_take_a_suggestion_away() {
    let twice = || vec![transcript::shipped().remove(0); 2];
    let own = reader(twice(), "true");
    assert_eq!(opposite(&own, 3), [3], "the same question");
    let pair = r#"echo '{"left":3,"right":3,"score":0.1}'"#;
    assert!(opposite(&reader(twice(), pair), 3).is_empty());
}

#[test]
fn a_judge_that_fails_is_said_once_and_the_readers_own_suggestions_stay() {
    let own = judged("true");
    for (command, said) in [
        ("exit 3", "exit: ended with a failure (exit status: 3)"),
        ("echo nonsense", "echo: line 1 of its answer is no pair"),
        (
            r#"echo '{"left":99,"right":1}'"#,
            "echo: line 1 of its answer: left there is no exchange 99",
        ),
    ] {
        let mut reader = judged(command);
        assert!(reader.status().contains(said), "{}", reader.status());
        for left in 1..=7 {
            assert_eq!(opposite(&reader, left), opposite(&own, left));
        }
        reader.keys("J");
        assert!(!reader.status().contains(said));
    }
}
