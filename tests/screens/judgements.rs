//! What the reader says of parallels: wherever it is said it can be undone, and it outlives a new version of either text.

use std::sync::Arc;

use ratatui::layout::Size;
use synopse::app::{Loaded, Message, Overlay, Side};
use synopse::interview::Interview;
use synopse::parallels::Origin::{self, Confirmed, Curated, Rejected, Suggested};

use super::reader::{Reader, interview};

/// Where a pair stands, and what it is about; exchanges from 1.
fn pair(reader: &Reader, left: usize, right: usize) -> (Origin, Option<String>) {
    let alignment = reader.app.pairing.alignment.as_ref().unwrap();
    let pair = alignment.pair(left - 1, right - 1);
    (pair.origin, pair.theme)
}

fn origin(reader: &Reader, left: usize, right: usize) -> Origin {
    pair(reader, left, right).0
}

#[test]
fn each_word_is_said_and_undone_wherever_two_exchanges_are_shown() {
    // In the columns, in the list, in the list by theme, in the synopsis and on the map.
    for there in ["", "h", "h i", "z", "M"] {
        let mut reader = Reader::new(140, 40);
        reader.keys("J J").keys(there);
        let theme = Some("Geld für Influencer".to_owned());
        assert_eq!(pair(&reader, 3, 9), (Curated, theme.clone()), "{there}");
        reader.keys("+");
        assert_eq!(origin(&reader, 3, 9), Confirmed, "{there}");
        reader.keys("u");
        assert_eq!(origin(&reader, 3, 9), Curated, "{there}");
        reader.keys("Ctrl-r");
        assert_eq!(origin(&reader, 3, 9), Confirmed, "{there}");
        reader.keys("a Ctrl-u `Honorar` Enter");
        let named = (Confirmed, Some("Honorar".to_owned()));
        assert_eq!(pair(&reader, 3, 9), named, "{there}");
        reader.keys("u");
        assert_eq!(pair(&reader, 3, 9), (Confirmed, theme), "{there}");
        reader.keys("u");
        assert_eq!(origin(&reader, 3, 9), Curated, "{there}");
        // Where rejecting takes the pair out of sight, undoing needs nothing in sight.
        reader.keys("-");
        assert_eq!(origin(&reader, 3, 9), Rejected, "{there}");
        reader.keys("u");
        assert_eq!(origin(&reader, 3, 9), Curated, "{there}");
        reader.keys("Ctrl-r u");
        assert_eq!(origin(&reader, 3, 9), Curated, "{there}");
    }
}

const ADA: [&str; 3] = [
    "Bo: Welchen Weg gehen Sie zur Arbeit?\n\nAda: Am Fluss entlang, auch im Regen.",
    "Bo: Was haben Sie dort gelernt?\n\nAda: Geduld mit den Maschinen und mit den Kollegen.",
    "Bo: Wovor fürchten Sie sich?\n\nAda: Vor Montagen ohne Plan.",
];
const UDO: [&str; 3] = [
    "Bo: Wer hat Sie damals angestellt, und warum gerade Sie?\n\nUdo: Die alte Meisterin, nach drei Tagen Probe.",
    "Bo: Welchen Fehler vergessen Sie nie?\n\nUdo: Eine Charge ohne Salz.",
    "Bo: Wohin führt Ihr Heimweg nach einer langen Schicht?\n\nUdo: Durch den Park, am Teich vorbei.",
];

fn talk(name: &str, parts: &[&str]) -> Interview {
    let mut talk = interview(name, &parts.join("\n\n"));
    talk.identity.path = Some(format!("/da/{name}.txt").into());
    talk
}

fn again(reader: &mut Reader, index: usize, interview: Interview) {
    reader.send(Message::Loaded(Loaded {
        index,
        generation: 0,
        result: Ok(Arc::new(interview)),
    }));
}

/// A reader who has confirmed and named a pair that hardly anything speaks for, and rejected another.
fn judged() -> Reader {
    let both = vec![talk("ada", &ADA), talk("udo", &UDO)];
    let mut reader = Reader::with(both, None, 140, 40);
    reader.keys("M g l l a Ctrl-u `Wege` Enter");
    reader.keys("g j -");
    reader.keys("Esc");
    assert_eq!(pair(&reader, 1, 3), (Confirmed, Some("Wege".into())));
    assert_eq!(origin(&reader, 2, 1), Rejected);
    reader
}

#[test]
fn judgements_outlive_a_new_version_of_either_text() {
    let mut reader = judged();
    let new = "Bo: Wie alt sind Sie?\n\nAda: Alt genug.";
    let edited = ADA[0].replace("Am Fluss", "Jeden Tag am Fluss");
    let louder = ADA[1].replace("dort gelernt", "dort alles gelernt");
    again(
        &mut reader,
        0,
        talk("ada", &[new, &edited, &louder, ADA[2]]),
    );
    assert_eq!(pair(&reader, 2, 3), (Confirmed, Some("Wege".into())));
    assert_eq!(origin(&reader, 3, 1), Rejected);
    assert_eq!(
        origin(&reader, 1, 3),
        Suggested,
        "the number is not what counts"
    );
    again(&mut reader, 1, talk("udo", &[UDO[2], UDO[0], UDO[1]]));
    assert_eq!(pair(&reader, 2, 1), (Confirmed, Some("Wege".into())));
    assert_eq!(origin(&reader, 3, 2), Rejected);
    let candidates = reader.app.pairing.candidates(Side::Left, 1);
    assert_eq!(candidates[0].right, 0);
}

#[test]
fn a_parallel_whose_exchange_is_gone_is_kept_and_listed_as_an_orphan() {
    let mut reader = judged();
    again(&mut reader, 1, talk("udo", &UDO[..2]));
    let alignment = reader.app.pairing.alignment.as_ref().unwrap();
    assert_eq!(alignment.similarity().size(), (3, 2));
    assert_eq!(reader.app.annotations.book.orphans().count(), 1);
    reader.keys("C");
    let text = reader.text();
    for part in [
        "Verknüpfung",
        "Wege",
        "bestätigt",
        "Wohin führt Ihr Heimweg nach einer langen Schicht?",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    // It can't be worded otherwise; it can go, and come back.
    reader.keys("e");
    assert!(matches!(reader.app.overlay, Some(Overlay::Notes(_))));
    reader.keys("D u");
    assert_eq!(reader.app.annotations.book.orphans().count(), 1);
    for (width, height) in [(60, 20), (100, 30), (20, 5)] {
        reader.send(Message::Resize(Size::new(width, height)));
        reader.text();
    }
    // The exchange is there again, and the parallel with it.
    again(&mut reader, 1, talk("udo", &UDO));
    assert_eq!(pair(&reader, 1, 3), (Confirmed, Some("Wege".into())));
    assert_eq!(reader.app.annotations.book.orphans().count(), 0);
    assert!(!reader.text().contains("Verknüpfung"), "{}", reader.text());
}
