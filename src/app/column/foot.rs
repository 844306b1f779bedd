//! What the reader said of the exchange that is read, as footnotes of its column.

use std::ops::Range;

use crate::app::wrapped::wrapped;
use crate::notes::{Kind, Motivation, Note};
use crate::text::visible::visible;

/// The most lines that one of several notes takes.
const LINES: usize = 3;
/// The most lines that all of them take.
const MOST: usize = 7;
/// A column gives one row in so many to its notes.
const SHARE: usize = 4;

/// A line at the foot of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FootLine {
    /// What kind of note begins here.
    pub kind: Option<Kind>,
    /// What it says.
    pub text: String,
}

/// The foot of a column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Foot {
    /// Its lines.
    pub lines: Vec<FootLine>,
    /// How many more notes there are than it has room for.
    pub left_out: usize,
}

impl Foot {
    /// What is said of `passages`, in a column `measure` cells wide and `height` rows high; of those in `seen` first. Each
    /// comes with how many notes say something of it, and these; no more of them are looked at than there is room for.
    #[must_use]
    pub fn new<'a, N: Iterator<Item = &'a Note>>(
        passages: impl Iterator<Item = (Range<usize>, usize, N)>,
        seen: &Range<usize>,
        measure: usize,
        height: usize,
    ) -> Foot {
        let room = (height / SHARE).min(MOST);
        let mut passages: Vec<_> = passages.collect();
        passages.sort_by_key(|(at, _, _)| (at.end <= seen.start || seen.end <= at.start, at.start));
        let count = passages.iter().map(|(_, count, _)| count).sum();
        let each = if count == 1 { room } else { LINES };
        let mut foot = Foot {
            left_out: count,
            ..Foot::default()
        };
        for note in passages.into_iter().flat_map(|(_, _, notes)| notes) {
            let left = each.min(room - foot.lines.len());
            let words = wrapped(&words(note), measure, left);
            if words.is_empty() {
                break;
            }
            foot.left_out -= 1;
            foot.lines
                .extend(words.into_iter().enumerate().map(|(row, text)| FootLine {
                    kind: (row == 0).then(|| note.kind()),
                    text,
                }));
        }
        foot
    }

    /// How many rows it takes, with the rule above it.
    #[must_use]
    pub fn rows(&self) -> usize {
        if self.lines.is_empty() {
            0
        } else {
            self.lines.len() + 1
        }
    }
}

/// What a note says, then its tags; of a tag, the tag alone, for its sign says what it is.
#[must_use]
pub fn words(note: &Note) -> String {
    let said = if note.motivation() == &Motivation::Tagging {
        note.tags().collect::<Vec<_>>().join(", ")
    } else {
        let tags = note.tags().map(|tag| format!(" #{tag}"));
        format!("{}{}", note.text().trim(), tags.collect::<String>())
    };
    visible(said.trim()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::Target;

    fn note(number: u128, kind: Motivation, text: &str) -> Note {
        let id = uuid::Uuid::from_u128(number);
        let now = jiff::Timestamp::UNIX_EPOCH;
        Note::new(id, now, kind, text, Vec::<Target>::new())
    }

    #[test]
    fn notes_in_view_come_first_and_what_has_no_room_is_counted() {
        let notes = [
            note(1, Motivation::Commenting, "far away"),
            note(2, Motivation::Highlighting, ""),
            note(
                3,
                Motivation::Commenting,
                "one two three four five six seven",
            ),
            note(4, Motivation::Tagging, "money"),
        ];
        let placed = || {
            let says = |note: &&Note| !words(note).is_empty();
            let ranges = (0..).step_by(10).map(|at| at..at + 5).zip(&notes);
            ranges.map(move |(at, note)| {
                let notes = Some(note).into_iter().filter(says);
                (at, notes.clone().count(), notes)
            })
        };
        let foot = Foot::new(placed(), &(20..40), 10, 16);
        let lines: Vec<&str> = foot.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(lines, ["one two", "three four", "five six…", "money"]);
        assert_eq!(foot.lines[0].kind, Some(Kind::Of(Motivation::Commenting)));
        assert_eq!(foot.lines[1].kind, None);
        assert_eq!((foot.left_out, foot.rows()), (1, 5));
        assert_eq!(Foot::new(placed(), &(20..40), 10, 3).rows(), 0);
    }
}
