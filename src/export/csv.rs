//! Notes as a table, a row each (RFC 4180, with plain newlines): for a spreadsheet or a statistics program.

use std::borrow::Borrow;

use crate::interview::Interview;
use crate::lang::{Lang, Tell};
use crate::notes::book::Place;
use crate::notes::{Book, Note};

/// The names of the columns; they stay the same in every language, so that a script finds them.
const COLUMNS: [&str; 14] = [
    "id",
    "kind",
    "created",
    "modified",
    "interview",
    "exchange",
    "start",
    "end",
    "quote",
    "text",
    "tags",
    "place",
    "class",
    "creator",
];

/// The notes of `book`, a row for each of their targets, by creation. `start` and `end` are code points of the interview's
/// text, `place` says `found`, `away` where the interview isn't open, or why the passage is lost.
#[must_use]
pub fn notes<I: Borrow<Interview>>(book: &Book, interviews: &[I], lang: Lang) -> String {
    let mut out = row(&COLUMNS.map(str::to_owned));
    for placed in book.notes() {
        let note = placed.note;
        let time =
            |time: Option<jiff::Timestamp>| time.map_or(String::new(), |time| time.to_string());
        let tags: Vec<&str> = note.tags().collect();
        for (target, place) in note.targets.iter().zip(placed.places) {
            let (position, place, on) = match place {
                Place::Here(passage) => {
                    let on = interviews.get(passage.interview).map(Borrow::borrow);
                    let mut points = on.map(|on| crate::text::CodePoints::new(&on.text));
                    let position = points
                        .as_mut()
                        .map(|points| points.range(passage.range.clone()));
                    (position, "found".to_owned(), on)
                }
                Place::Orphan(orphan) => (None, orphan.tell(lang), None),
                Place::Away => (target.anchor.position.clone(), "away".to_owned(), None),
            };
            let label = on.map(Interview::label).or(target.source.label.as_deref());
            let label = label.or(target.source.path.as_deref()).unwrap_or_default();
            let number = |number: Option<usize>| number.map_or(String::new(), |n| n.to_string());
            out += &row(&[
                note.id.0.clone(),
                note.motivation().name().to_owned(),
                time(note.created),
                time(note.modified),
                label.to_owned(),
                number(target.exchange),
                number(position.as_ref().map(|p| p.start)),
                number(position.map(|p| p.end)),
                target.anchor.exact.clone(),
                note.text().to_owned(),
                tags.join(", "),
                place,
                class(note),
                note.maker().unwrap_or_default(),
            ]);
        }
    }
    out
}

/// The kind of highlight, by its name on the wire.
fn class(note: &Note) -> String {
    note.highlight().class().unwrap_or_default().to_owned()
}

/// A line of the table. A field is quoted where it must be; one that a spreadsheet would take for a formula, and run, has
/// an apostrophe before it (OWASP, *CSV Injection*).
fn row(fields: &[String]) -> String {
    let fields = fields.iter().map(|field| {
        let guard = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            "'"
        } else {
            ""
        };
        match field.contains(['"', ',', '\n', '\r']) {
            true => format!("\"{guard}{}\"", field.replace('"', "\"\"")),
            false => format!("{guard}{field}"),
        }
    });
    fields.collect::<Vec<_>>().join(",") + "\n"
}

#[cfg(test)]
mod tests {
    use super::super::tests::made_up;
    use super::*;

    #[test]
    fn a_row_a_target_with_quotes_where_they_must_be() {
        let (both, book) = made_up();
        let table = notes(&book, &both, Lang::English);
        assert!(table.starts_with("id,kind,created,"));
        assert!(
            table.contains(
                "\"*wieder* lesen.\n<So>\",\"Schön gesagt.\n\nMerken!\",arbeit,found,,\n"
            )
        );
        assert!(table.contains(",the passage is no longer in the text,,\n"));
        assert!(table.contains(",away,,\n"));
        assert_eq!(row(&["a\"b".into(), "c".into()]), "\"a\"\"b\",c\n");
        let wild = ["=1+1", "+a", "-", "@x,y", "a=b"].map(str::to_owned);
        assert_eq!(row(&wild), "'=1+1,'+a,'-,\"'@x,y\",a=b\n");
    }
}
