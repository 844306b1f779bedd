//! Themes: what two exchanges are about, named by the reader.

use std::sync::Arc;

use ratatui::layout::Size;
use synopse::app::{Effect, Entry, Job, Loaded, Message, Side};
use synopse::interview::Interview;

use super::reader::{Reader, interview};

fn theme(
    reader: &Reader,
    left: usize,
    right: usize,
) -> (Option<String>, synopse::parallels::Origin) {
    let alignment = reader.app.pairing.alignment.as_ref().unwrap();
    let pair = alignment.pair(left - 1, right - 1);
    (pair.theme, pair.origin)
}

#[test]
fn a_theme_is_named_where_one_reads_and_undone() {
    use synopse::parallels::Origin::{Confirmed, Curated};
    let mut reader = Reader::new(140, 40);
    reader.keys("J J");
    assert_eq!(reader.pair(), (Some(3), Some(9)));
    assert!(reader.status().contains("Geld für Influencer"));
    reader.keys("a");
    assert!(
        reader.status().contains("Thema: Geld für Influencer"),
        "{}",
        reader.status()
    );
    reader.keys("Ctrl-u ` Honorare ` Enter");
    assert_eq!(theme(&reader, 3, 9), (Some("Honorare".into()), Confirmed));
    reader.keys("J K");
    assert!(reader.status().contains("Honorare"), "{}", reader.status());
    let kept = std::fs::read_to_string(&reader.notes).unwrap();
    assert!(
        kept.contains("linking") && kept.contains("\"Honorare\""),
        "{kept}"
    );
    reader.keys("a Ctrl-u `Geld` Enter u");
    assert_eq!(theme(&reader, 3, 9).0.as_deref(), Some("Honorare"));
    reader.keys("a Ctrl-u `Geld` Esc");
    assert_eq!(theme(&reader, 3, 9).0.as_deref(), Some("Honorare"));
    // Rejected and confirmed again, it is still called so; without a name, the editor's is back.
    reader.keys("- +");
    assert_eq!(theme(&reader, 3, 9).0.as_deref(), Some("Honorare"));
    reader.keys("a Ctrl-u Enter");
    assert_eq!(
        theme(&reader, 3, 9),
        (Some("Geld für Influencer".into()), Confirmed)
    );
    reader.keys("u u u u");
    assert_eq!(
        theme(&reader, 3, 9),
        (Some("Geld für Influencer".into()), Curated)
    );
}

#[test]
fn a_theme_is_named_in_the_synopsis_and_on_the_map() {
    let mut reader = Reader::new(140, 40);
    reader.keys("z g a");
    assert!(reader.status().contains("Thema: Werkzeuge und Methoden"));
    reader.keys("Ctrl-u `Aufgaben` Enter");
    assert!(reader.text().contains("Aufgaben"), "{}", reader.text());
    assert_eq!(theme(&reader, 1, 3).0.as_deref(), Some("Aufgaben"));
    reader.keys("u Esc M g l l l a");
    assert!(reader.status().contains("Thema:"), "{}", reader.status());
    reader.keys("`Nebenbei` Enter");
    assert_eq!(theme(&reader, 1, 4).0.as_deref(), Some("Nebenbei"));
    assert!(reader.text().contains("Nebenbei"), "{}", reader.text());
    reader.keys("+");
    assert_eq!(
        theme(&reader, 1, 4).0,
        None,
        "said again under the cursor, it is taken back"
    );
}

#[test]
fn without_two_questions_there_is_nothing_to_name() {
    let mut reader = Reader::new(140, 40);
    reader.keys("g a");
    assert!(reader.app.naming.is_none() && reader.status().contains("auf jeder Seite"));
}

#[test]
fn the_list_stands_by_theme_and_by_interview_again() {
    let mut reader = Reader::new(140, 40);
    reader.keys("i");
    insta::assert_snapshot!("list_by_theme", reader.screen());
    let list: Vec<String> = reader.text().lines().map(str::to_owned).collect();
    let at = |words: &str| list.iter().position(|line| line.contains(words)).unwrap();
    assert!(at("Werkzeuge und Methoden") < at("kein Gegenstück"));
    reader.keys("h g");
    assert_eq!(reader.app.questions.choice(), Some((0, 0)));
    reader.keys("j");
    assert_eq!(
        reader.app.questions.choice(),
        Some((1, 2)),
        "what hangs together"
    );
    reader.keys("G");
    assert_eq!(reader.app.questions.choice(), Some((1, 6)));
    reader.keys("f `hoffnung`");
    assert_eq!(reader.app.questions.choice(), Some((0, 6)));
    reader.keys("Esc J K i Ctrl-l");
    let mut again = Reader::new(140, 40);
    again.keys("J K");
    assert_eq!(reader.app.questions.len(), again.app.questions.len());
}

#[test]
fn a_new_name_heads_the_list_at_once_and_undo_takes_it_back() {
    let mut reader = Reader::new(140, 40);
    reader.keys("i a Ctrl-u `Handwerk` Enter");
    let heads = |reader: &Reader| reader.app.questions.themes.as_ref().unwrap().names.clone();
    assert_eq!(heads(&reader)[0], "Handwerk");
    assert!(reader.text().contains("Handwerk"));
    reader.keys("u");
    assert_eq!(heads(&reader)[0], "Werkzeuge und Methoden");
}

/// Four interviews of a kitchen's people: the soup hangs together in three, the cook in the first and the last.
fn kitchen() -> Vec<Interview> {
    let talk = |name: &str, turns: &[&str]| interview(name, &turns.join("\n\n"));
    let soup = "Ida: Welche Suppe kochen Sie am liebsten?";
    let cook = "Ida: Wer hat Ihnen das Handwerk beigebracht?";
    vec![
        talk(
            "Küche Anna",
            &[
                soup,
                "Anna: Linsen, mit Essig.",
                cook,
                "Anna: Ein alter Schiffskoch.",
            ],
        ),
        talk(
            "Küche Bert",
            &[
                "Ida: Glauben Sie an Geister?",
                "Bert: Nur im Keller.",
                "Ida: Fahren Sie im Sommer fort?",
                "Bert: Ans Meer.",
            ],
        ),
        talk(
            "Küche Carl",
            &[
                "Ida: Stört Sie der Lärm?",
                "Carl: Nie.",
                soup,
                "Carl: Linsen mit Speck.",
            ],
        ),
        talk(
            "Küche Dora",
            &[
                cook,
                "Dora: Der Schiffskoch, so wie Anna.",
                soup,
                "Dora: Linsen, was sonst.",
            ],
        ),
    ]
}

fn kitchen_reader(width: u16) -> Reader {
    Reader::with(kitchen(), None, width, 30)
}

/// Which interviews stand in the columns, and which of their exchanges is read, from 1.
fn columns(reader: &Reader) -> [(usize, Option<usize>); 2] {
    let column = |side| reader.app.column(side).index;
    let (left, right) = reader.pair();
    [(column(Side::Left), left), (column(Side::Right), right)]
}

#[test]
fn the_list_by_theme_holds_the_questions_of_all_interviews() {
    for width in [60, 100, 140, 200] {
        let mut reader = kitchen_reader(width);
        reader.keys("h i");
        insta::assert_snapshot!(format!("library_by_theme_{width}"), reader.screen());
    }
    let mut reader = kitchen_reader(140);
    reader.keys("h i");
    assert!(
        reader.status().contains("Themen · 4 Interviews"),
        "{}",
        reader.status()
    );
    assert_eq!(reader.app.questions.counts().1, 8);
    reader.keys("i");
    assert_eq!(reader.app.questions.counts().1, 4, "the two that are read");
}

#[test]
fn reading_a_question_brings_its_interview_and_what_is_parallel_to_it() {
    let mut reader = kitchen_reader(140);
    reader.keys("h i g");
    // Bert has nothing to say to a soup: the best that is said anywhere comes instead of him.
    let [(left, soup), (right, there)] = columns(&reader);
    assert_eq!((left, soup), (0, Some(1)));
    assert!(right == 2 && there == Some(2) || right == 3 && there == Some(2));
    reader.keys("j Enter");
    let shown = columns(&reader);
    assert!(shown.contains(&(2, Some(2))), "{shown:?}");
    assert!(reader.status().contains("vermutet"), "{}", reader.status());
    reader.keys("h f `Handwerk` ↓ Enter");
    let shown = columns(&reader);
    assert!(
        shown.contains(&(0, Some(2))) && shown.contains(&(3, Some(1))),
        "{shown:?}"
    );
    // What has no counterpart anywhere takes the column that led, and the other stays.
    reader.keys("f Ctrl-u `Geister` Enter");
    assert!(columns(&reader).contains(&(1, Some(1))));
    reader.keys("H");
    assert!(!columns(&reader).iter().any(|(index, _)| *index == 1));
}

#[test]
fn a_theme_of_all_interviews_is_renamed_rejected_and_put_back() {
    let mut reader = kitchen_reader(140);
    reader.keys("h i g");
    let heads = |reader: &Reader| reader.app.questions.themes.as_ref().unwrap().names.clone();
    let before = heads(&reader);
    reader.keys("a `Eintopf` Enter");
    assert_eq!(heads(&reader)[0], "Eintopf");
    assert!(reader.saved().contains("\"Eintopf\""), "{}", reader.saved());
    // It keeps its name when other two of the theme are read.
    reader.keys("j j");
    assert!(reader.text().contains("Eintopf"), "{}", reader.text());
    reader.keys("u");
    assert_eq!(heads(&reader), before);
    let grouped = |reader: &Reader| {
        let rows = (0..).map_while(|row| reader.app.questions.row(row));
        rows.take_while(|row| *row != synopse::app::questions::Row::Blank)
            .count()
    };
    reader.keys("f `Handwerk` Enter h");
    assert_eq!(grouped(&reader), 3);
    reader.keys("-");
    assert_eq!(
        grouped(&reader),
        3,
        "both stand under what has no counterpart"
    );
    assert_eq!(heads(&reader).len(), before.len() - 1);
    reader.keys("u");
    assert_eq!(heads(&reader), before);
}

#[test]
fn interviews_that_nobody_has_read_are_read_beside_the_reader() {
    let mut reader = Reader::with(kitchen()[..2].to_vec(), None, 140, 30);
    for name in ["carl", "dora", "eva"] {
        let path = format!("/da/{name}.txt");
        reader
            .app
            .library
            .push(Entry::unread(name.into(), path.into()));
    }
    let effects = reader
        .app
        .update(Message::Key("i".parse().unwrap()), moment());
    let asked: Vec<usize> = effects
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Begin(Job::Gather { paths }) => Some(paths),
            _ => None,
        })
        .flatten()
        .map(|(index, _)| index)
        .collect();
    assert_eq!(asked, [2, 3, 4]);
    assert!(
        reader.status().contains("5 Interviews werden gesucht"),
        "{}",
        reader.status()
    );
    // The list stays as it was, and what is not there yet is not missed.
    assert!(reader.app.questions.themes.is_none());
    reader.keys("J K");
    let read = |index: usize, result| Loaded {
        index,
        generation: 1,
        result,
    };
    let [_, _, carl, dora] = <[Interview; 4]>::try_from(kitchen()).unwrap();
    reader.send(Message::Gathered(vec![read(2, Ok(Arc::new(carl)))]));
    assert!(reader.app.questions.themes.is_none());
    let broken = Err("/da/eva.txt: kaputt".to_owned());
    reader.send(Message::Gathered(vec![
        read(4, broken),
        read(3, Ok(Arc::new(dora))),
    ]));
    assert_eq!(reader.app.questions.counts().1, 8);
    assert!(
        reader.status().contains("4 von 5 Interviews"),
        "{}",
        reader.status()
    );
    assert_eq!(reader.app.size, Size::new(140, 30));
}

#[test]
fn of_a_large_library_the_first_are_grouped_and_that_is_said() {
    let mut all = kitchen();
    (0..60).for_each(|_| all.push(kitchen().remove(1)));
    let mut reader = Reader::with(all, None, 100, 30);
    reader.keys("i");
    assert!(
        reader.status().contains("40 von 64 Interviews"),
        "{}",
        reader.status()
    );
    assert_eq!(reader.app.questions.counts().1, 80);
}

#[test]
fn of_interviews_with_the_same_person_the_file_is_named() {
    let mut all = kitchen();
    for name in ["morgens", "abends"] {
        let mut anna = kitchen().remove(0);
        anna.name = name.to_owned();
        all.push(anna);
    }
    for talk in [0, 4, 5] {
        all[talk].metadata.interviewee = Some("Anna".to_owned());
    }
    let mut reader = Reader::with(all, None, 140, 40);
    reader.keys("i");
    let text = reader.text();
    for name in ["morgens", "abends", "Küche An"] {
        assert!(text.contains(name), "{name}: {text}");
    }
}

#[test]
fn one_interview_has_no_themes() {
    let mut reader = Reader::with(kitchen()[..1].to_vec(), None, 100, 30);
    reader.keys("i");
    assert!(reader.status().contains("nur eines"), "{}", reader.status());
    assert!(reader.app.questions.themes.is_none());
}

fn moment() -> synopse::app::Moment {
    synopse::app::Moment {
        elapsed: std::time::Duration::ZERO,
        time: jiff::Timestamp::UNIX_EPOCH,
        id: uuid::Uuid::nil(),
    }
}
