//! Who speaks and when: in the empty row above a turn, so that it moves no text.

use ratatui::layout::Rect;

use super::pencil::Pencil;
use crate::app::App;
use crate::app::column::{Column, Row};
use crate::interview::{Interview, Turn};

/// As many as a reader keeps apart by the look of question and answer; of more, each is named.
const TOLD_APART: usize = 2;

/// Names the turns that begin in `column`, whose text stands in `area`.
pub fn draw(app: &App, column: &Column, interview: &Interview, area: Rect, pencil: &mut Pencil) {
    let names = interview.voices > TOLD_APART;
    if !names && !app.times {
        return;
    }
    let mut name = |y: u16, paragraph: usize| {
        let turn = interview
            .turn_of(paragraph)
            .map(|turn| &interview.turns[turn]);
        let Some(turn) = turn.filter(|turn| turn.paragraphs.start == paragraph) else {
            return;
        };
        let said = label(turn, names, app.times);
        pencil.clipped(area.x, y, &said, pencil.theme.dim, area.width);
    };
    let top = column.rows.first().filter(|row| begins(row));
    if let (Some(row), Some(y)) = (top, area.y.checked_sub(1)) {
        name(y, row.paragraph);
    }
    for (y, row) in (area.y..area.bottom()).zip(&column.rows) {
        if row.line.is_none() {
            name(y, row.paragraph + 1);
        }
    }
}

/// Whether a row is the first of its paragraph.
fn begins(row: &Row) -> bool {
    row.line.as_ref().is_some_and(|line| line.range.start == 0)
}

fn label(turn: &Turn, name: bool, time: bool) -> String {
    let name = turn.speaker.clone().filter(|_| name);
    let time = turn.time.filter(|_| time).map(|time| time.to_string());
    let said: Vec<String> = name.into_iter().chain(time).collect();
    said.join(" · ")
}
