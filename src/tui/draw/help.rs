//! The help: the keys of where one was first, then those of everywhere else, from the one table.

use ratatui::style::Style;

use super::pencil::Pencil;
use super::sheet;
use crate::app::App;
use crate::app::help::{Help, Line, last_top, lines};
use crate::app::keymap::{Context, rows};
use crate::app::screen::{Screen, room};
use crate::text::width;

/// Draws the help.
pub fn draw(app: &App, help: Help, screen: &Screen, pencil: &mut Pencil) {
    let Help { context, top } = help;
    let area = screen.body();
    let room = room(area, 76);
    sheet(pencil, area, room, app.lang.tr("Keys", "Tasten"));
    let kinds = &app.annotations.book.kinds;
    let lines = lines(context, kinds, app.lang);
    let keys = rows_width();
    let top = top.min(last_top(context, kinds, area.height));
    for (y, line) in (room.y..room.bottom()).zip(&lines[top..]) {
        match line {
            Line::Context(name) => {
                pencil.clipped(room.x, y, name, pencil.theme.accent[0].bold(), room.width);
            }
            Line::Key(keys_written, says) => {
                let x = room.x + 1;
                pencil.clipped(
                    x,
                    y,
                    keys_written,
                    Style::new().bold(),
                    room.width.saturating_sub(1),
                );
                let x = x + keys.min(room.width / 2);
                pencil.clipped(
                    x + 1,
                    y,
                    says,
                    Style::new(),
                    room.right().saturating_sub(x + 1),
                );
            }
            Line::Blank => {}
        }
    }
    if top < last_top(context, kinds, area.height) {
        let more = app.lang.tr(" more: j ", " weiter: j ");
        pencil.text(
            room.x,
            area.bottom() - 1,
            more,
            pencil.theme.dim,
            room.width,
        );
    }
}

fn rows_width() -> u16 {
    let widest = Context::ALL
        .iter()
        .flat_map(|c| rows(*c))
        .map(|binding| width(binding.keys))
        .max();
    u16::try_from(widest.unwrap_or(0) + 2).unwrap_or(20)
}
