//! Who speaks and when: in the empty row above a turn, so that it moves no text.

use ratatui::layout::Rect;

use super::pencil::Pencil;
use crate::app::App;
use crate::app::column::{Column, Row};
use crate::interview::{Interview, Turn};

/// As many as a reader keeps apart by the look of question and answer; of more, each is named.
const TOLD_APART: usize = 2;

/// Names the turn that begins below the empty `row` at `line`, if one begins there.
pub fn between(app: &App, interview: &Interview, row: &Row, line: Rect, pencil: &mut Pencil) {
    if row.line.is_none() {
        name(app, interview, row.paragraph + 1, line, pencil);
    }
}

/// Names the turn that the first row of `column` begins, above `area`.
pub fn above(app: &App, column: &Column, interview: &Interview, area: Rect, pencil: &mut Pencil) {
    let top = column.rows.first().filter(|row| begins(row));
    if let (Some(row), Some(y)) = (top, area.y.checked_sub(1)) {
        name(app, interview, row.paragraph, Rect { y, ..area }, pencil);
    }
}

/// Names the turn that paragraph `paragraph` begins, if it begins one.
fn name(app: &App, interview: &Interview, paragraph: usize, line: Rect, pencil: &mut Pencil) {
    let names = interview.voices > TOLD_APART;
    if !names && !app.times {
        return;
    }
    let turn = interview
        .turn_of(paragraph)
        .map(|turn| &interview.turns[turn]);
    let Some(turn) = turn.filter(|turn| turn.paragraphs.start() == paragraph) else {
        return;
    };
    let name = interview.speaker(turn).filter(|_| names);
    let said = label(turn, name, app.times);
    pencil.clipped(line.x, line.y, &said, pencil.theme.dim, line.width);
}

/// Whether a row is the first of its paragraph.
fn begins(row: &Row) -> bool {
    row.line.as_ref().is_some_and(|line| line.range.start == 0)
}

fn label(turn: &Turn, name: Option<&str>, time: bool) -> String {
    let time = turn.time.filter(|_| time).map(|time| time.to_string());
    let said: Vec<&str> = name.into_iter().chain(time.as_deref()).collect();
    said.join(" · ")
}
