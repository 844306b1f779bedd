//! The lines at the head of a file that speak about the interview and are not part of it.

use super::document::{Document, Kind, Mark};
use crate::interview::Metadata;

/// No line about an interview is longer than this, in bytes.
const LINE: usize = 160;

/// How many lines at the most stand at the head.
const LINES: usize = 12;

/// What a key is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Title,
    Interviewee,
    Organisation,
    Date,
    /// Something the program keeps no field for.
    Other,
}

const KEYS: &[(&str, Key)] = &[
    ("title", Key::Title),
    ("titel", Key::Title),
    ("interviewee", Key::Interviewee),
    ("interviewpartner", Key::Interviewee),
    ("interviewpartnerin", Key::Interviewee),
    ("gesprächspartner", Key::Interviewee),
    ("gesprächspartnerin", Key::Interviewee),
    ("organisation", Key::Organisation),
    ("organization", Key::Organisation),
    ("unternehmen", Key::Organisation),
    ("company", Key::Organisation),
    ("date", Key::Date),
    ("datum", Key::Date),
    ("published", Key::Date),
    ("veröffentlicht", Key::Date),
    ("von", Key::Other),
    ("by", Key::Other),
    ("autor", Key::Other),
    ("autorin", Key::Other),
    ("author", Key::Other),
    ("dauer", Key::Other),
    ("länge", Key::Other),
    ("duration", Key::Other),
    ("length", Key::Other),
];

fn key(word: &str) -> Option<Key> {
    let word = word.to_lowercase();
    KEYS.iter()
        .find(|(name, _)| *name == word)
        .map(|(_, key)| *key)
}

/// Whether `line` may be a line about the interview: `key: value`.
#[must_use]
pub fn is_field(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, _)| is_key(name))
}

/// Whether `word` says what a line about the interview is about.
#[must_use]
pub fn is_key(word: &str) -> bool {
    key(word).is_some()
}

/// Takes the lines about the interview off the head of `document`, and keeps what they say. A file of nothing else still
/// has these to show.
pub fn take(document: &mut Document) {
    let (taken, found) = metadata(&document.paragraphs);
    if taken == 0 || taken == document.paragraphs.len() {
        return;
    }
    document.paragraphs.drain(..taken);
    document.marks.drain(..taken);
    let known = std::mem::take(&mut document.metadata);
    document.metadata = known.or(found);
}

/// Keeps what a field says of the interview, where there is a place for it: of a date and a time the date.
pub fn keep_field(name: &str, value: &str, metadata: &mut Metadata) {
    if let Some(key) = key(name) {
        let day = value.split_once('T').map_or(value, |(day, _)| day);
        let value = if key == Key::Date && day.len() == 10 {
            day
        } else {
            value
        };
        keep(key, value, metadata);
    }
}

/// Takes the heading of the whole off `document`, if it begins with that: one that its title says already, alone or with
/// more (*Am Wasser – Die Zeitung*), or where it has no title, the only one of the first level, which becomes it. Where the
/// document is called otherwise, its heading is one of the text.
pub fn take_title(document: &mut Document) {
    let (Some(mark), Some(first)) = (document.marks.first(), document.paragraphs.first()) else {
        return;
    };
    let top = |mark: &&Mark| mark.kind == Kind::Heading(1);
    let heads = match &document.metadata.title {
        Some(title) => matches!(mark.kind, Kind::Heading(_)) && title.contains(first.as_ref()),
        None => top(&mark) && document.marks.iter().filter(top).count() == 1,
    };
    if heads && document.marks.len() > 1 {
        document.marks.remove(0);
        let title = document.paragraphs.remove(0).into_owned();
        document.metadata.title.get_or_insert(title);
    }
}

/// The lines about the interview at the head of its paragraphs: into how many of them they go, and what they say.
///
/// A line is one when it has nothing but keys and values that are kept: `Titel: Am Wasser`, or, without colons,
/// keys with dates or with nothing (`date 2017-06 Von`). A line that says more stays in the text; so nothing is lost.
#[must_use]
pub fn metadata(paragraphs: &[impl AsRef<str>]) -> (usize, Metadata) {
    let mut metadata = Metadata::default();
    let count = paragraphs
        .iter()
        .take(LINES)
        .take_while(|line| field(line.as_ref(), &mut metadata))
        .count();
    (count, metadata)
}

fn field(line: &str, metadata: &mut Metadata) -> bool {
    if line.len() > LINE {
        return false;
    }
    match line.split_once(':') {
        Some((name, value)) => match key(name) {
            Some(key) => keep(key, value.trim(), metadata),
            None => false,
        },
        None => take_bare(line, metadata),
    }
}

/// Keys and dates without colons.
fn take_bare(line: &str, metadata: &mut Metadata) -> bool {
    let mut words = line.split_whitespace().peekable();
    let mut found = metadata.clone();
    let mut any = false;
    while let Some(word) = words.next() {
        let Some(key) = key(word) else { return false };
        let mut value = String::new();
        while let Some(word) = words.next_if(|word| self::key(word).is_none()) {
            value.push_str(word);
            value.push(' ');
        }
        let dated = key == Key::Date && keep(key, value.trim(), &mut found);
        if !dated && !value.is_empty() {
            return false;
        }
        any |= dated;
    }
    if any {
        *metadata = found;
    }
    any
}

/// Puts `value` where `key` says; `false` where there is no place for it.
fn keep(key: Key, value: &str, metadata: &mut Metadata) -> bool {
    let field = match key {
        Key::Title => &mut metadata.title,
        Key::Interviewee => &mut metadata.interviewee,
        Key::Organisation => &mut metadata.organisation,
        Key::Date => {
            let date = date(value);
            let known = date.is_some();
            metadata.date = date.or(metadata.date.take());
            return known;
        }
        Key::Other => return value.is_empty(),
    };
    if !value.is_empty() {
        *field = Some(value.to_owned());
    }
    !value.is_empty()
}

/// The months by the beginnings of their names, German and English.
const MONTHS: [&[&str]; 12] = [
    &["jan", "jän"],
    &["feb"],
    &["mär", "mar", "mrz"],
    &["apr"],
    &["mai", "may"],
    &["jun"],
    &["jul"],
    &["aug"],
    &["sep"],
    &["okt", "oct"],
    &["nov"],
    &["dez", "dec"],
];

/// A date as ISO 8601 writes it, as far as it is given: `2017-06`, `1.6.2017`, `June 1, 2017`, `Juni 2017`, `2017`.
#[must_use]
pub fn date(value: &str) -> Option<String> {
    let (mut year, mut month, mut days) = (None, None, Vec::new());
    let parts = value
        .split(|c: char| !c.is_alphanumeric())
        .filter(|p| !p.is_empty());
    for part in parts {
        if let Ok(number) = part.parse::<u16>() {
            if part.len() == 4 && year.is_none() {
                year = Some(number);
            } else if (1..=31).contains(&number) {
                days.push(number);
            } else {
                return None;
            }
        } else {
            let part = part.to_lowercase();
            let named = MONTHS
                .iter()
                .position(|names| names.iter().any(|n| part.starts_with(n)))?;
            if month.replace(named as u16 + 1).is_some() {
                return None;
            }
        }
    }
    let year = year?;
    let (month, day) = match (month, days.as_slice()) {
        (Some(month), []) => (month, None),
        (Some(month), [day]) => (month, Some(*day)),
        (None, []) => return Some(format!("{year:04}")),
        (None, [month]) => (*month, None),
        // The year leads as in 2017-06-01, or the day does as in 1.6.2017.
        (None, [first, second]) => {
            if value
                .trim_start()
                .get(..4)
                .is_some_and(|y| y.parse() == Ok(year))
            {
                (*first, Some(*second))
            } else {
                (*second, Some(*first))
            }
        }
        _ => return None,
    };
    match (month, day) {
        (13.., _) => None,
        (_, None) => Some(format!("{year:04}-{month:02}")),
        (_, Some(day)) => Some(format!("{year:04}-{month:02}-{day:02}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (written, meant) in [
            ("2017", "2017"),
            ("2017-06", "2017-06"),
            ("06/2017", "2017-06"),
            ("2017-06-01", "2017-06-01"),
            ("1. 6. 2017", "2017-06-01"),
            ("1. März 2017", "2017-03-01"),
            ("June 1, 2017", "2017-06-01"),
            ("Juni 2017", "2017-06"),
        ] {
            assert_eq!(date(written).as_deref(), Some(meant), "{written}");
        }
        for no in ["", "gestern", "17", "2017-13", "1 2 3 2017", "2017 Uhr"] {
            assert_eq!(date(no), None, "{no}");
        }
    }

    #[test]
    fn the_heading_of_the_whole_is_its_title_unless_it_has_another() {
        let taken = |title: Option<&str>, level: u8| {
            let mut document = Document::default();
            document.metadata.title = title.map(str::to_owned);
            for (text, kind) in [("Am Wasser", Kind::Heading(level)), ("Wo?", Kind::Text)] {
                let mark = Mark {
                    kind,
                    ..Mark::default()
                };
                document.push(text.into(), mark);
            }
            take_title(&mut document);
            (document.metadata.title, document.paragraphs.len())
        };
        let title = |title: &str| Some(title.to_owned());
        assert_eq!(taken(None, 1), (title("Am Wasser"), 1));
        assert_eq!(taken(None, 2), (None, 2));
        assert_eq!(taken(Some("Am Wasser"), 2), (title("Am Wasser"), 1));
        let longer = "Am Wasser – Die Zeitung";
        assert_eq!(taken(Some(longer), 1), (title(longer), 1));
        assert_eq!(taken(Some("Juni"), 1), (title("Juni"), 2));
    }

    #[test]
    fn lines_about_the_interview_are_taken_and_no_others() {
        let (count, found) = metadata(&["date 2019-11 Von", "Wer sind Sie?"]);
        assert_eq!((count, found.date.as_deref()), (1, Some("2019-11")));
        let head = [
            "Titel: Am Wasser",
            "Gesprächspartnerin: Ada Kroll",
            "Datum: Mai 2020",
            "Autor: ich",
        ];
        let (count, found) = metadata(&head);
        assert_eq!(
            count, 3,
            "there is no place for an author, so the line stays"
        );
        assert_eq!(found.interviewee.as_deref(), Some("Ada Kroll"));
        for text in [
            "Von der Idee zur Tat",
            "Von",
            "Datum unbekannt",
            "Date someone, then talk",
        ] {
            assert_eq!(metadata(&[text]), (0, Metadata::default()), "{text}");
        }
    }
}
