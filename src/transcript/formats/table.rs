//! Tables that are transcripts: a row a turn, with a column for the speaker, and perhaps one for a number or a time.

use std::collections::HashSet;

use super::out::{self, Out};
use crate::interview::Time;
use crate::transcript::clock;
use crate::transcript::document::{Document, Kind};
use crate::transcript::flow::{Block, FIRST_COLUMN};
use crate::transcript::labels::name;

/// A cell that names a speaker is no longer than this, in bytes.
const NAME: usize = 48;

/// So many columns at the most may stand before what is said.
const COLUMNS: usize = 4;

/// More speakers than this no interview has.
const SPEAKERS: usize = 16;

/// A cell that says something about the interview is no longer than this, in bytes.
const VALUE: usize = 160;

/// What a column of speakers or of what they say is headed, in lower case.
const HEADS: &[&str] = &[
    "sprecher",
    "sprecherin",
    "sprecher/in",
    "sprecher:in",
    "speaker",
    "person",
    "name",
    "wer",
    "who",
    "text",
    "transkript",
    "transcript",
    "transkription",
    "inhalt",
    "content",
    "beitrag",
    "äußerung",
    "utterance",
    "nr",
    "nr.",
    "no.",
    "#",
    "zeile",
    "line",
    "zeit",
    "time",
    "timecode",
    "timestamp",
];

/// A table: its rows.
#[derive(Debug, Default)]
pub struct Table {
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Default)]
pub struct Row {
    /// Whether it names the columns.
    pub header: bool,
    /// The paragraphs of each cell.
    pub cells: Vec<Vec<Block>>,
}

impl Row {
    /// The text of cell `column`.
    fn text(&self, column: usize) -> String {
        let paragraphs = self.cells.get(column).into_iter().flatten();
        let texts: Vec<String> = paragraphs.map(out::text).collect();
        texts.join(" ")
    }

    fn heads(&self) -> bool {
        let known = |column| HEADS.contains(&self.text(column).to_lowercase().as_str());
        self.header || self.cells.len() > 1 && (0..self.cells.len()).all(known)
    }
}

impl Table {
    /// The cell that is open: the last one.
    pub fn cell(&mut self) -> Option<&mut Vec<Block>> {
        self.rows.last_mut()?.cells.last_mut()
    }

    /// All of its paragraphs, row by row.
    pub fn paragraphs(self) -> impl Iterator<Item = Block> {
        self.rows.into_iter().flat_map(|row| row.cells).flatten()
    }

    /// Adds to `document` what the table says: its rows as turns, where a column names the speakers; else as what they
    /// are, `key: value` or cell by cell.
    pub fn read(mut self, document: &mut Document<'static>, out: &mut Out) {
        let header = (self.rows.len() > 1 && self.rows.first().is_some_and(Row::heads))
            .then(|| self.rows.remove(0));
        let width = self.rows.iter().map(|row| row.cells.len()).max();
        let width = width.unwrap_or(0);
        let speakers = (0..width.saturating_sub(1).min(COLUMNS))
            .find_map(|column| Some((column, self.speakers(column)?)));
        if let Some((column, names)) = speakers {
            self.read_turns(column, &names, document, out);
        } else if width == 2 && self.rows.iter().all(is_field) {
            for row in &self.rows {
                let key = row.text(0);
                let text = format!("{}: {}", key.trim_end_matches(':'), row.text(1));
                out.push(out::block(&text));
            }
        } else {
            self.read_cells(header, document, out);
        }
    }

    /// The names in `column`, where that is the column of speakers: nearly every cell has one or is empty, they recur
    /// and take turns.
    fn speakers(&self, column: usize) -> Option<HashSet<String>> {
        let cells = self.rows.iter().map(|row| speaker(&row.text(column)));
        let cells: Vec<String> = cells.filter(|cell| !cell.is_empty()).collect();
        let said: Vec<&String> = cells.iter().filter(|cell| may_name(cell)).collect();
        let names: HashSet<String> = said.iter().map(|name| (*name).clone()).collect();
        let recurs = names.len() < said.len() || names.iter().all(|name| name::is_known(name));
        let changes = said.windows(2).filter(|pair| pair[0] != pair[1]).count();
        let nearly_all = said.len() * 10 >= cells.len() * 9;
        let takes_turns = changes * 2 + 1 >= said.len();
        ((2..=SPEAKERS).contains(&names.len()) && recurs && takes_turns && nearly_all)
            .then_some(names)
    }

    /// Each row is said by the speaker in its `column`; a row without one goes on with the row above.
    fn read_turns(
        self,
        column: usize,
        names: &HashSet<String>,
        document: &mut Document<'static>,
        out: &mut Out,
    ) {
        let mut speaker_now = None;
        let length = |at: &usize| {
            self.rows
                .iter()
                .map(|row| row.text(*at).len())
                .sum::<usize>()
        };
        let columns = (0..COLUMNS * 2).filter(|at| *at != column);
        let said = columns.rev().max_by_key(length);
        for row in self.rows {
            let name = speaker(&row.text(column));
            let alone = row.cells.len() == 1;
            if !alone && !name.is_empty() {
                speaker_now = document.voice(&name).filter(|_| names.contains(&name));
            }
            let time = (0..row.cells.len()).find_map(|cell| time(&row.text(cell)));
            let count = row.cells.len();
            for (at, cell) in row.cells.into_iter().enumerate() {
                let counts = cell.iter().all(|p| is_counted(&out::text(p))) && count > 2;
                if at == column && !alone || counts && at != count - 1 {
                    continue;
                }
                for mut paragraph in cell {
                    paragraph.mark.speaker = speaker_now.filter(|_| !alone);
                    paragraph.mark.time = paragraph.mark.time.or(time);
                    // Beside what is said stand codes and remarks.
                    if !alone && said != Some(at) {
                        paragraph.mark.kind = Kind::Aside;
                        paragraph.mark.speaker = None;
                    }
                    out.push(paragraph);
                }
            }
        }
    }

    /// Cell by cell. A column headed *Frage* or *Answer* is said by whoever that is; a number counts what stands beside it.
    fn read_cells(self, header: Option<Row>, document: &mut Document<'static>, out: &mut Out) {
        let width = self.rows.iter().map(|row| row.cells.len()).max();
        let heads: Vec<String> = (0..width.unwrap_or(0))
            .map(|column| {
                header
                    .as_ref()
                    .map_or_else(String::new, |row| row.text(column))
            })
            .collect();
        let asked = heads.iter().filter(|head| name::is_known(head)).count() > 1;
        for row in self.rows {
            let (mut number, mut at) = (None, None);
            let many = row.cells.len() > 1;
            let texts = |column: &usize| !is_counted(&row.text(*column));
            let texts: Vec<usize> = (0..row.cells.len()).filter(texts).collect();
            let first = texts.first().copied().filter(|_| texts.len() == 2);
            for (column, (cell, head)) in row.cells.into_iter().zip(&heads).enumerate() {
                let speaker = (asked && name::is_known(head))
                    .then(|| document.voice(head))
                    .flatten();
                for mut paragraph in cell {
                    if let Some(counted) = counter(&out::text(&paragraph)).filter(|_| many) {
                        number = Some(counted);
                        continue;
                    }
                    if let Some(said) = time(&out::text(&paragraph)).filter(|_| many) {
                        at = Some(said);
                        continue;
                    }
                    paragraph.mark.speaker = speaker;
                    paragraph.mark.time = at;
                    if first == Some(column) {
                        paragraph.style = FIRST_COLUMN;
                    }
                    if let (Some(number), Kind::Text) = (number.take(), paragraph.mark.kind) {
                        paragraph.mark.kind = Kind::Numbered(number);
                    }
                    out.push(paragraph);
                }
            }
        }
    }
}

/// The speaker that a cell names.
fn speaker(cell: &str) -> String {
    cell.trim().trim_end_matches(':').trim_end().to_owned()
}

/// Whether a cell may name a speaker.
fn may_name(cell: &str) -> bool {
    cell.len() <= NAME && cell.contains(char::is_alphabetic) && !cell.ends_with(['.', '?', '!'])
}

/// Whether a cell holds nothing but a number or a time.
fn is_counted(cell: &str) -> bool {
    !cell.contains(char::is_alphabetic)
}

/// The number in a cell that holds nothing else.
fn counter(cell: &str) -> Option<u16> {
    cell.trim_end_matches(['.', ')']).parse().ok()
}

/// The time in a cell that holds nothing else.
fn time(cell: &str) -> Option<Time> {
    let (stamp, rest) = clock::stamp(cell.trim())?;
    rest.trim().is_empty().then_some(stamp.time)
}

/// Whether a row says something about the interview: `Datum | 12. 3. 2020`.
fn is_field(row: &Row) -> bool {
    let key = row.text(0);
    (1..=NAME).contains(&key.len())
        && !key.ends_with(['.', '?', '!'])
        && (1..=VALUE).contains(&row.text(1).len())
}
