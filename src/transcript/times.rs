//! Times that stand in the text of a transcript are taken off it and kept beside it.

use std::borrow::Cow;

use super::clock::{self, Setting, Stamp, span};
use super::document::Document;
use super::paragraphs::lines;

/// So many paragraphs of a file are looked at to tell whether times stand in it.
const PARAGRAPHS: usize = 1_000;

/// Takes the times off the paragraphs of `document` and keeps them with their marks. A clock that is spoken of
/// (*um 10:30 Uhr*) stays: a time is taken only in a notation in which times follow one another through the file.
///
/// One at the beginning of a paragraph says when it began; one at its end when it ended, as in f4. A paragraph that is
/// nothing but a time is that of the next one.
pub fn take(document: &mut Document) {
    let notation = Notation::of(&document.paragraphs);
    if notation == Notation::default() {
        return;
    }
    let mut waiting = None;
    let mut before = 0;
    for (paragraph, mark) in document.paragraphs.iter_mut().zip(&mut document.marks) {
        let mut time = mark.time.or(waiting.take());
        while let Some((stamp, rest)) = notation.first(paragraph) {
            time = time.or(Some(stamp.time));
            cut(paragraph, paragraph.len() - rest, 0);
        }
        while let Some((stamp, rest)) = notation.last(paragraph) {
            let end = stamp.time.end;
            let start = time.map_or(before.min(end), |time| time.start);
            time = Some(span(start, end));
            cut(paragraph, 0, paragraph.len() - rest);
        }
        if let Some(without) = notation.without(paragraph) {
            *paragraph = Cow::Owned(without);
        }
        before = time.map_or(before, |time| time.end);
        if paragraph.is_empty() {
            waiting = time;
        } else {
            mark.time = time;
        }
    }
    document.drop_empty();
}

/// Whether times stand at the beginnings of lines of `text`, as far as can be seen before it is parted into paragraphs.
#[must_use]
pub fn stand_in(text: &str) -> bool {
    let lines = lines(text).filter(|line| !line.is_empty());
    lines
        .take(PARAGRAPHS)
        .filter(|line| begins(line))
        .nth(1)
        .is_some()
}

/// Whether `line` begins with a time that is set apart, or is one.
#[must_use]
pub fn begins(line: &str) -> bool {
    clock::stamp(line)
        .is_some_and(|(stamp, rest)| stamp.setting != Setting::Bare || rest.is_empty())
}

/// Whether `line` is nothing but a time.
#[must_use]
pub fn is_time(line: &str) -> bool {
    clock::stamp(line).is_some_and(|(_, rest)| matches!(rest, "" | ":"))
}

/// Leaves out the first `head` and the last `tail` bytes.
fn cut(paragraph: &mut Cow<str>, head: usize, tail: usize) {
    let end = paragraph.len() - tail;
    match paragraph {
        Cow::Borrowed(text) => *text = &text[head..end],
        Cow::Owned(text) => {
            text.truncate(end);
            text.drain(..head);
        }
    }
}

/// How the times of a file are set apart, by [`Setting`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Notation {
    /// At the beginning or the end of a paragraph.
    at_ends: [bool; 6],
    /// Within one.
    inside: [bool; 6],
    /// Bare, in a paragraph of their own.
    alone: bool,
}

/// The times of one notation, in the order of the file.
#[derive(Clone, Copy, Default)]
struct Seen {
    count: usize,
    /// How many are not before the one before.
    onward: usize,
    last: u32,
    /// Whether any can be nothing but a time.
    sure: bool,
}

impl Seen {
    fn see(&mut self, stamp: &Stamp) {
        self.count += 1;
        self.onward += usize::from(stamp.time.start >= self.last);
        self.last = stamp.time.start;
        self.sure |= stamp.hours || stamp.setting == Setting::Hash;
    }

    /// Whether there are `least`, and nearly all go on from the one before.
    fn run_on(&self, least: usize) -> bool {
        self.count >= least && self.onward * 10 >= self.count * 8
    }
}

impl Notation {
    fn of(paragraphs: &[impl AsRef<str>]) -> Notation {
        let (mut ends, mut inside) = ([Seen::default(); 6], [Seen::default(); 6]);
        let (mut leading, mut alone) = (Seen::default(), Seen::default());
        let looked_at = paragraphs.len().min(PARAGRAPHS);
        for paragraph in &paragraphs[..looked_at] {
            let text = paragraph.as_ref();
            let mut from = 0;
            if let Some((stamp, rest)) = clock::stamp(text) {
                let seen = match stamp.setting {
                    Setting::Bare if rest.trim().is_empty() => &mut alone,
                    Setting::Bare => &mut leading,
                    setting => &mut ends[setting as usize],
                };
                seen.see(&stamp);
                seen.sure |= stamp.setting != Setting::Bare && matches!(rest, "" | ":");
                from = text.len() - rest.len();
            }
            while let Some((stamp, place)) = clock::next(&text[from..]) {
                from += place.end;
                let seen = match text[from..].trim().is_empty() {
                    true => &mut ends,
                    false => &mut inside,
                };
                seen[stamp.setting as usize].see(&stamp);
            }
        }
        let mut notation = Notation {
            alone: alone.run_on(2),
            ..Notation::default()
        };
        for setting in 0..6 {
            // Three that follow one another are no verses of the Bible.
            let least = |seen: Seen| match seen.sure {
                true if setting != Setting::Round as usize => 1,
                true => 2,
                false => 3,
            };
            let [ends, inside] = [ends[setting], inside[setting]];
            notation.at_ends[setting] = ends.run_on(least(ends));
            notation.inside[setting] = inside.run_on(least(inside))
                || notation.at_ends[setting] && inside.count > 0 && inside.sure;
        }
        notation.at_ends[Setting::Bare as usize] = leading.run_on(2.max(looked_at / 2));
        notation
    }

    /// The time at the beginning of `text`, and the length of what follows it.
    fn first(&self, text: &str) -> Option<(Stamp, usize)> {
        let (stamp, rest) = clock::stamp(text)?;
        // *[0:02] - Ja*, and *(0:02):* above what is said.
        let rest = match stamp.setting {
            Setting::Bare => rest.trim_start(),
            _ => rest.trim_start_matches([':', '-', '–', ' ', '\t']),
        };
        let alone = stamp.setting == Setting::Bare && rest.is_empty() && self.alone;
        let taken =
            alone || self.at_ends[stamp.setting as usize] || self.inside[stamp.setting as usize];
        taken.then_some((stamp, rest.len()))
    }

    /// The time at the end of `text`, and the length of what stands before it.
    fn last(&self, text: &str) -> Option<(Stamp, usize)> {
        let (stamp, rest) = clock::last(text)?;
        let taken = self.at_ends[stamp.setting as usize] || self.inside[stamp.setting as usize];
        taken.then_some((stamp, rest.trim_end().len()))
    }

    /// `text` without the times within it; `None` where there are none.
    fn without(&self, text: &str) -> Option<String> {
        if !self.inside.contains(&true) {
            return None;
        }
        let mut out = String::new();
        let mut rest = text;
        let mut from = 0;
        while let Some((stamp, place)) = clock::next(&rest[from..]) {
            let place = from + place.start..from + place.end;
            if !self.inside[stamp.setting as usize] {
                from = place.end;
                continue;
            }
            out.push_str(&rest[..place.start]);
            rest = &rest[place.end..];
            from = 0;
            // One space is enough, and none before a full stop.
            if rest.starts_with([' ', '.', ',', ';', '?', '!']) && out.ends_with(' ') {
                out.pop();
            }
        }
        if rest.len() == text.len() {
            return None;
        }
        out.push_str(rest);
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::Mark;
    use super::*;

    /// What is left of the paragraphs, and when they were said.
    fn taken(paragraphs: &[&str]) -> Vec<(String, Option<(u32, u32)>)> {
        let mut document = Document::default();
        for paragraph in paragraphs {
            document.push(paragraph.to_string().into(), Mark::default());
        }
        take(&mut document);
        let times = document
            .marks
            .iter()
            .map(|m| m.time.map(|t| (t.start, t.end)));
        let texts = document.paragraphs.iter().map(ToString::to_string);
        texts.zip(times).collect()
    }

    fn said(text: &str, start: u32, end: u32) -> (String, Option<(u32, u32)>) {
        (text.to_owned(), Some((start, end)))
    }

    #[test]
    fn a_time_begins_a_paragraph_or_ends_it() {
        assert_eq!(
            taken(&["[00:00:02] Wo?", "[00:00:04]", "Hier."]),
            [said("Wo?", 2_000, 2_000), said("Hier.", 4_000, 4_000)]
        );
        assert_eq!(
            taken(&["Wo? #00:00:02-5#", "Hier. #00:00:04-0#"]),
            [said("Wo?", 0, 2_500), said("Hier.", 2_500, 4_000)]
        );
        assert_eq!(
            taken(&["[00:00:01.000 --> 00:00:02.000]  Wo?"]),
            [said("Wo?", 1_000, 2_000)]
        );
    }

    #[test]
    fn bare_clocks_count_where_they_stand_alone_or_nearly_everywhere() {
        assert_eq!(
            taken(&["0:02", "Wo?", "0:04", "Hier."]),
            [said("Wo?", 2_000, 2_000), said("Hier.", 4_000, 4_000)]
        );
        assert_eq!(
            taken(&["0:02 Wo?", "0:04 Hier.", "Und da."])[..2],
            [said("Wo?", 2_000, 2_000), said("Hier.", 4_000, 4_000)]
        );
    }

    #[test]
    fn times_within_a_paragraph_leave_no_trace() {
        let found = taken(&[
            "[0:00:01] Das [0:00:03] war so [0:00:05]. Ja.",
            "[0:00:09] Gut.",
        ]);
        assert_eq!(found[0], said("Das war so. Ja.", 1_000, 1_000));
    }

    #[test]
    fn what_is_spoken_of_stays() {
        for text in [
            [
                "10:30 Uhr war es.",
                "Um 11:00 (oder 11:15) nicht mehr.",
                "Gut.",
            ],
            [
                "Das steht bei Lukas (3:16).",
                "Oder bei Johannes (1:14).",
                "Ja.",
            ],
            ["Das Spiel ging 3:15 aus [1:12].", "Na ja.", "Gut."],
        ] {
            let texts = taken(&text).into_iter().map(|(text, time)| {
                assert_eq!(time, None);
                text
            });
            assert_eq!(texts.collect::<Vec<_>>(), text);
        }
    }
}
