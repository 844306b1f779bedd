//! The structure of an interview as the reader sees it, and corrects it.

use synopse::app::Side;

use super::reader::{Reader, interview};
use synopse::interview::Finding;
use synopse::transcript;

fn two() -> Vec<synopse::interview::Interview> {
    let one = "Ida: Was tun Sie den ganzen Tag?\n\nOtto: Ich male Bäume, auch im Winter.\n\nWarum denn nicht? Es fragt \
               ja keiner danach.\n\nUnd so male ich weiter.\n\nIda: Verkaufen Sie davon etwas?\n\nOtto: Selten. Die Leute haben selbst Bäume.";
    let two = "Was malen Sie?\n\nBäume, aber nur im Sommer, wenn das Licht danach ist.";
    vec![interview("eins", one), interview("zwei", two)]
}

fn questions(reader: &Reader) -> Vec<String> {
    let interview = reader.app.interview(Side::Left).unwrap();
    let all = 0..interview.exchanges.len();
    all.map(|index| interview.question(index).to_owned())
        .collect()
}

#[test]
fn a_role_is_corrected_kept_and_taken_back() {
    let mut reader = Reader::with(two(), None, 140, 30);
    let found = questions(&reader);
    assert_eq!(found.len(), 2);
    reader.keys("v J J r");
    let offered = reader.text();
    assert!(
        offered.contains("Dieser Absatz ist …") && offered.contains("wie jetzt"),
        "{offered}"
    );
    reader.keys("`frage` Enter");
    assert_eq!(questions(&reader).len(), 3, "{}", reader.text());
    assert!(questions(&reader)[1].starts_with("Warum denn nicht?"));
    assert!(
        reader.text().contains("  2 Warum denn nicht"),
        "{}",
        reader.text()
    );
    assert!(
        reader.saved().contains("\"classifying\""),
        "{}",
        reader.saved()
    );
    reader.keys("u");
    assert_eq!(questions(&reader), found);
    reader.keys("Ctrl-r");
    assert_eq!(questions(&reader).len(), 3);
}

#[test]
fn what_is_doubtful_is_marked_explained_and_certain_once_corrected() {
    let mut unlabelled = two().remove(1);
    let finding = |doubt| Finding {
        doubt,
        lean: Some(0.0),
    };
    unlabelled.findings = vec![finding(0.38), finding(0.01)];
    let mut reader = Reader::with(vec![unlabelled, two().remove(0)], None, 140, 30);
    let marked = |reader: &Reader| {
        let text = reader.text();
        (
            text.contains("? 1 Was malen"),
            text.contains("? Was malen Sie?"),
            text.contains("? Bäume"),
        )
    };
    assert_eq!(marked(&reader), (true, true, false), "{}", reader.text());
    reader.terminal.unicode = false;
    assert_eq!(marked(&reader), (true, true, false));
    reader.keys("r");
    let text = reader.text();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("Gefunden als Frage, zu 62 % sicher, sonst"),
        "{text}"
    );
    assert!(text.contains("endet mit einem Fragezeichen"), "{text}");
    reader.keys("`frage` Enter");
    assert_eq!(marked(&reader), (false, false, false), "{}", reader.text());
    reader.keys("r");
    assert!(
        reader.text().contains("Berichtigt; gefunden als Frage"),
        "{}",
        reader.text()
    );
    reader.keys("Esc Esc u");
    assert!(marked(&reader).0, "{}", reader.text());
}

#[test]
fn a_correction_can_be_taken_back_where_it_was_made() {
    let mut reader = Reader::with(two(), None, 140, 30);
    let found = questions(&reader);
    reader.keys("J r `antwort` Enter");
    assert_eq!(questions(&reader).len(), 1, "{}", reader.text());
    reader.keys("g v J J J J r `gefunden` Enter");
    assert_eq!(questions(&reader), found, "{}", reader.text());
}

#[test]
fn leaving_the_question_of_a_role_changes_nothing() {
    let mut reader = Reader::with(two(), None, 140, 30);
    let before = reader.screen();
    reader.keys("r Esc Esc");
    assert_eq!(reader.screen(), before);
    assert!(reader.saved().is_empty());
}

#[test]
fn a_correction_holds_for_the_parallels_too() {
    let mut reader = Reader::new(140, 30);
    let count = || transcript::shipped()[0].exchanges.len();
    reader.keys("J r `antwort` Enter");
    let left = reader.app.interview(Side::Left).unwrap();
    assert_eq!(left.exchanges.len(), count() - 1);
    let alignment = reader.app.pairing.alignment.as_ref().unwrap();
    assert_eq!(alignment.similarity().size().0, count() - 1);
}

#[test]
fn of_more_than_two_voices_each_is_named_above_its_turn() {
    let of_three = "Ida: Wo?\n\nOtto: Hier, wo denn sonst.\n\nUwe: Oder da drüben.\n\nIda: Und wann?\n\nOtto: Jetzt.";
    let three = interview("drei", of_three);
    let rows = |reader: &Reader| {
        let text = reader.text();
        let column = text
            .lines()
            .map(|line| line.chars().skip(36).take(40).collect::<String>());
        column.map(|row| row.trim().to_owned()).collect::<Vec<_>>()
    };
    let reader = Reader::with(vec![three, two().remove(1)], None, 140, 30);
    let seen = rows(&reader);
    let at = |name: &str| {
        seen.iter()
            .position(|row| row.contains(name))
            .unwrap_or_else(|| panic!("{seen:#?}"))
    };
    assert_eq!(at("Otto"), at("Hier, wo") - 1);
    assert_eq!(at("Uwe"), at("Oder da") - 1);
    let two_voices = interview(
        "zwei",
        "Ida: Wo?\n\nOtto: Hier.\n\nIda: Wann?\n\nOtto: Jetzt.",
    );
    let reader = Reader::with(vec![two_voices, two().remove(1)], None, 140, 30);
    assert!(
        !rows(&reader)[1..].iter().any(|row| row.contains("Ida")),
        "{}",
        reader.text()
    );
}

#[test]
fn times_are_shown_on_demand() {
    let mut timed = interview(
        "eins",
        "Ida: Wo?\n\nOtto: Hier.\n\nIda: Wann?\n\nOtto: Jetzt.",
    );
    for (turn, start) in timed.turns.iter_mut().zip([0, 4_000, 61_000, 3_600_000]) {
        turn.time = Some(synopse::interview::Time { start, end: start });
    }
    let mut reader = Reader::with(vec![timed, two().remove(1)], None, 140, 30);
    assert!(!reader.text().contains("1:00:00"));
    reader.keys("T");
    assert!(
        reader.text().contains("0:04") && reader.text().contains("1:00:00"),
        "{}",
        reader.text()
    );
    reader.keys("T");
    assert!(!reader.text().contains("1:00:00"));
    let mut without = Reader::with(two(), None, 140, 30);
    without.keys("T");
    assert!(
        without.status().contains("keine Zeiten"),
        "{}",
        without.status()
    );
}
