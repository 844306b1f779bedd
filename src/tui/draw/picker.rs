//! A list to choose from by typing.

use ratatui::layout::Position;
use ratatui::style::Style;

use super::pencil::Pencil;
use super::questions::typed_line;
use super::sheet;
use crate::app::picker::Picker;
use crate::app::screen::Screen;
use crate::text::width;

/// Draws the list; returns where the cursor stands.
pub fn draw(picker: &Picker, screen: &Screen, pencil: &mut Pencil) -> Option<Position> {
    let (area, room) = picker.areas(screen);
    sheet(pencil, area, room, &picker.title);
    let theme = pencil.theme;
    for (y, line) in (area.y + 1..).zip(picker.lines(screen)) {
        pencil.text(room.x, y, &line.text(&picker.about), theme.dim, room.width);
    }
    pencil.text(
        room.x,
        room.y,
        theme.signs.prompt,
        theme.accent[0].bold(),
        1,
    );
    let typed = (picker.list.typed.text(), picker.list.typed.before_cursor());
    let cursor = typed_line(
        typed.0,
        typed.1,
        room.x + 2,
        room.y,
        room.width.saturating_sub(2),
        pencil,
    );
    let height = room.height.saturating_sub(1);
    let top = picker.top(height);
    let rows = picker
        .list
        .rows()
        .enumerate()
        .skip(top)
        .zip(room.y + 1..room.bottom());
    for ((place, item), y) in rows {
        let style = if place == picker.list.chosen {
            pencil.text(room.x - 2, y, theme.signs.focus, theme.accent[0], 1);
            Style::new().bold()
        } else {
            Style::new()
        };
        let aside = u16::try_from(width(&item.aside))
            .unwrap_or(0)
            .min(room.width / 2);
        pencil.clipped(
            room.x,
            y,
            &item.label,
            style,
            room.width.saturating_sub(aside + 1),
        );
        pencil.text(room.right() - aside, y, &item.aside, theme.dim, aside);
    }
    Some(cursor)
}
