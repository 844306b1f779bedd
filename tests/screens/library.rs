//! A library of interviews, and the list of them that fills while they are being looked through.

use std::sync::Arc;

use synopse::app::chooser::Summary;
use synopse::app::{App, Effect, Entry, Job, Message, Side};

use super::reader::{Reader, interview};

/// A reader with two interviews in its columns and `more` files that nobody has read.
fn library(more: usize) -> Reader {
    let mut reader = Reader::new(100, 30);
    let unread = (0..more).map(|n| {
        let name = format!("gespräch-{n:03}");
        Entry::unread(name.clone(), format!("/da/{name}.docx").into())
    });
    reader.app.library.extend(unread);
    reader
}

fn survey(app: &mut App) -> Vec<usize> {
    let moment = synopse::app::Moment {
        elapsed: std::time::Duration::ZERO,
        time: jiff::Timestamp::UNIX_EPOCH,
        id: uuid::Uuid::nil(),
    };
    let effects = app.update(Message::Key("o".parse().unwrap()), moment);
    let asked = effects.into_iter().filter_map(|effect| match effect {
        Effect::Begin(Job::Survey { paths }) => Some(paths),
        _ => None,
    });
    asked.flatten().map(|(index, _)| index).collect()
}

fn found(index: usize, label: &str) -> (usize, Result<Summary, String>) {
    let summary = Summary {
        label: label.to_owned(),
        date: Some("2024-03".to_owned()),
        questions: 12,
    };
    (index, Ok(summary))
}

#[test]
fn the_list_of_interviews_is_there_at_once_and_fills() {
    let mut reader = library(3);
    assert_eq!(survey(&mut reader.app), [2, 3, 4]);
    let first = reader.text();
    assert!(first.contains("Linke Spalte · 2/5 gelesen"), "{first}");
    assert!(
        first.contains("gespräch-001") && first.contains("wird gelesen"),
        "{first}"
    );
    reader.send(Message::Surveyed(vec![
        found(3, "Ada Kroll"),
        (4, Err("kaputt".into())),
    ]));
    let then = reader.text();
    assert!(then.contains("Linke Spalte · 4/5 gelesen"), "{then}");
    assert!(
        then.contains("Ada Kroll – gespräch-001") && then.contains("2024-03 · 12 Fragen"),
        "{then}"
    );
    assert!(then.contains("nicht lesbar"), "{then}");
    reader.send(Message::Surveyed(vec![found(2, "Bo Lenz")]));
    assert!(!reader.text().contains("gelesen"), "{}", reader.text());
}

#[test]
fn what_is_typed_and_chosen_stays_while_the_list_fills() {
    let mut reader = library(40);
    reader.keys("o `gespräch` ↓ ↓");
    let chosen = |reader: &Reader| {
        let text = reader.text();
        let row = text
            .lines()
            .find(|line| line.contains('▌') && line.contains("gespräch"));
        row.unwrap_or_default().to_owned()
    };
    assert!(
        chosen(&reader).contains("gespräch-002"),
        "{}",
        reader.text()
    );
    reader.send(Message::Surveyed(
        (2..40).map(|index| found(index, "Ada Kroll")).collect(),
    ));
    assert!(
        chosen(&reader).contains("Ada Kroll – gespräch-002"),
        "{}",
        reader.text()
    );
    reader.keys("Esc o");
    assert!(
        survey(&mut reader.app).is_empty(),
        "nothing is looked through twice"
    );
}

#[test]
fn what_is_chosen_is_read_and_stands_in_the_column() {
    let mut reader = library(1);
    reader.keys("o `gespräch` Enter");
    assert_eq!(reader.app.column(Side::Left).index, 2);
    let text =
        "Ida: Wo waren Sie damals?\n\nOtto: Hier.\n\nIda: Und wann kamen Sie zurück?\n\nOtto: Nie.";
    let other = Arc::new(interview("gespräch-000", text));
    let loaded = synopse::app::Loaded {
        index: 2,
        generation: 1,
        result: Ok(other),
    };
    reader.send(Message::Loaded(loaded));
    assert!(
        reader.text().contains("Wo waren Sie damals?"),
        "{}",
        reader.text()
    );
}
