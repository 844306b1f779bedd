//! What leaves the program: one file a format.
//!
//! All of these are pure: a book and its interviews in, text out.

pub mod csv;
pub mod json;
pub mod list;
pub mod map;
pub mod markdown;
pub mod synopsis;

use std::borrow::Borrow;
use std::ops::Range;

use jiff::Timestamp;

use crate::interview::Interview;
use crate::lang::Lang;
use crate::notes::book::{Place, Placed};
use crate::notes::{Book, Motivation, Orphan, Scope};

/// The notes of one interview, in its order.
struct Section<'a> {
    /// What it is called.
    title: String,
    /// The same in short.
    name: String,
    /// Its notes by exchange, those outside any first.
    chapters: Vec<Chapter<'a>>,
}

/// The notes of one exchange.
struct Chapter<'a> {
    /// The exchange's number from 1; none in introduction and closing.
    exchange: Option<usize>,
    /// Its question, where its interview is open.
    question: &'a str,
    /// Its notes by place, then by creation.
    items: Vec<Item<'a>>,
}

/// One target of a note.
struct Item<'a> {
    placed: Placed<'a>,
    /// Which of its targets.
    target: usize,
    /// Where it stands: in bytes where its interview is open, else in code points as it was.
    range: Range<usize>,
}

impl<'a> Item<'a> {
    /// The passage's words.
    fn quote(&self) -> &'a str {
        &self.placed.note.targets[self.target].anchor.exact
    }

    /// Whether the exchange is meant, and the passage only its question.
    fn whole_exchange(&self) -> bool {
        self.placed.note.targets[self.target].scope == Scope::Exchange
    }
}

/// The notes of `book` that `wanted` lets through, by interview (the open ones first, in their order), exchange and
/// place; and those that have lost their passage.
fn outline<'a, I: Borrow<Interview>>(
    book: &'a Book,
    interviews: &'a [I],
    wanted: impl Fn(&Placed) -> bool,
) -> (Vec<Section<'a>>, Vec<(Placed<'a>, Orphan)>) {
    let mut orphans = Vec::new();
    let mut open: Vec<Vec<Item>> = interviews.iter().map(|_| Vec::new()).collect();
    let mut away: Vec<(String, Vec<Item>)> = Vec::new();
    for placed in book.notes().filter(|placed| wanted(placed)) {
        if let Some(orphan) = placed.orphan() {
            orphans.push((placed, orphan));
            continue;
        }
        for (target, place) in placed.places.iter().enumerate() {
            let item = |range| Item {
                placed,
                target,
                range,
            };
            match place {
                Place::Here(passage) => open[passage.interview].push(item(passage.range.clone())),
                Place::Orphan(_) => {}
                Place::Away => {
                    let of = &placed.note.targets[target];
                    let title = of.source.label.as_ref().or(of.source.path.as_ref());
                    let title = title.map_or("–", String::as_str);
                    let item = item(of.anchor.position.clone().unwrap_or_default());
                    match away.iter_mut().find(|(t, _)| t == title) {
                        Some((_, items)) => items.push(item),
                        None => away.push((title.into(), vec![item])),
                    }
                }
            }
        }
    }
    let open = interviews.iter().zip(open).map(|(interview, items)| {
        let interview = interview.borrow();
        let name = interview.short_label().to_owned();
        Section::new(Some(interview), title(interview), name, items)
    });
    let away = away
        .into_iter()
        .map(|(title, items)| Section::new(None, title.clone(), title, items));
    let sections = open
        .chain(away)
        .filter(|section| !section.chapters.is_empty());
    (sections.collect(), orphans)
}

impl<'a> Section<'a> {
    fn new(
        interview: Option<&'a Interview>,
        title: String,
        name: String,
        mut items: Vec<Item<'a>>,
    ) -> Section<'a> {
        items.sort_by_key(|item| (item.range.start, item.range.end));
        let exchange = |item: &Item| match interview {
            Some(i) => i
                .exchange_of(i.paragraph_at(item.range.start))
                .map(|index| index + 1),
            None => item.placed.note.targets[item.target].exchange,
        };
        let mut chapters: Vec<Chapter> = Vec::new();
        for item in items {
            let exchange = exchange(&item);
            match chapters
                .last_mut()
                .filter(|chapter| chapter.exchange == exchange)
            {
                Some(chapter) => chapter.items.push(item),
                None => chapters.push(Chapter {
                    exchange,
                    question: exchange
                        .zip(interview)
                        .map_or("", |(n, i)| i.question(n - 1)),
                    items: vec![item],
                }),
            }
        }
        Section {
            title,
            name,
            chapters,
        }
    }
}

/// What an interview is called, with whom its interviewee speaks for and when.
fn title(interview: &Interview) -> String {
    let beside = [&interview.metadata.organisation, &interview.metadata.date];
    let label = interview.label();
    let beside = beside.into_iter().flatten().map(String::as_str);
    let beside: Vec<&str> = beside.filter(|word| *word != label).collect();
    match beside.is_empty() {
        true => label.into(),
        false => format!("{label} ({})", beside.join(", ")),
    }
}

/// The day, in universal time: `2026-11-23`.
fn day(time: Timestamp) -> String {
    time.to_string().chars().take_while(|&c| c != 'T').collect()
}

/// When a note was made, and when it was changed if that was on another day.
fn dates(placed: &Placed, lang: Lang) -> Option<String> {
    let note = placed.note;
    let created = note.created.map(day);
    match (created, note.modified.map(day)) {
        (Some(created), Some(modified)) if created != modified => Some(lang.tr(
            format!("{created}, changed {modified}"),
            format!("{created}, geändert {modified}"),
        )),
        (created, modified) => created.or(modified),
    }
}

/// Whether a note is about the interviews' structure and not about what they say.
fn structural(placed: &Placed) -> bool {
    matches!(
        placed.note.motivation(),
        Motivation::Linking | Motivation::Classifying
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::book::Link;
    use crate::notes::tests::{at, interview, note, uuid};
    use crate::notes::{Body, Note, Store, Target};

    /// Two interviews with a note of every kind, one of them lost and one on an interview that isn't open.
    pub(super) fn made_up() -> ([Interview; 2], Book) {
        let one = [
            "Was tun Sie den lieben langen Tag?",
            "Lesen, schreiben und *wieder* lesen.\n<So> ist es.",
        ];
        let two = [
            "Wem vertrauen Sie?",
            "Nur den Leuten, die mir widersprechen.",
        ];
        let mut both = [interview("eins", &one), interview("zwei", &two)];
        both[0].metadata.interviewee = Some("Anna Muster".into());
        both[0].metadata.organisation = Some("Verlag".into());
        both[0].metadata.date = Some("2017-06".into());
        let gone = interview("zwei", &["Ein Satz, den es nicht mehr gibt."]);
        let away = interview("anderswo", &["Wirklich?", "Ja, wirklich."]);
        let mut book = Book::new(Store::default(), &both);
        let quote = "*wieder* lesen.\n<So>";
        let mut comment = note(
            1,
            Motivation::Commenting,
            "Schön gesagt.\n\nMerken!",
            &both[0],
            quote,
        );
        comment.bodies.push(Body::text("arbeit", "tagging"));
        comment.modified = Some(at(200_000));
        let exchange = Target::exchange(&both[1], 0).unwrap();
        let opposite = [Target::exchange(&both[0], 0).unwrap(), exchange.clone()];
        for note in [
            comment,
            note(2, Motivation::Tagging, "lesen", &both[0], quote),
            note(
                3,
                Motivation::Highlighting,
                "",
                &both[1],
                "die mir widersprechen",
            ),
            Note::new(
                uuid(4),
                at(4),
                Motivation::Commenting,
                "Gute Frage.",
                vec![exchange],
            ),
            note(
                5,
                Motivation::Commenting,
                "Schade.",
                &gone,
                "Satz, den es nicht mehr gibt",
            ),
            note(6, Motivation::Bookmarking, "", &away, "Ja, wirklich."),
            Note::link(uuid(7), at(7), crate::notes::Verdict::Confirmed, opposite),
        ] {
            book.put(note, &both);
        }
        (both, book)
    }

    #[test]
    fn notes_come_by_interview_exchange_and_place() {
        let (both, book) = made_up();
        let (sections, orphans) = outline(&book, &both, |_| true);
        let titles: Vec<_> = sections.iter().map(|s| s.title.as_str()).collect();
        assert_eq!(
            titles,
            ["Anna Muster (Verlag, 2017-06)", "zwei", "anderswo"]
        );
        let chapter = &sections[0].chapters[0];
        assert_eq!(
            (chapter.exchange, chapter.question),
            (Some(1), both[0].question(0))
        );
        assert_eq!(orphans.len(), 1);
        assert_eq!(sections[2].chapters[0].question, "");
        assert_eq!(
            book.links().map(|Link { id, .. }| id).collect::<Vec<_>>(),
            [uuid(7).into()]
        );
    }
}
