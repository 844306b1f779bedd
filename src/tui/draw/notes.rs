//! The list of all notes: where each stands, the passage, and what the reader says of it.

use ratatui::layout::Position;
use ratatui::style::Style;

use super::pencil::Pencil;
use super::questions::typed_line;
use super::{sheet, sign};
use crate::app::App;
use crate::app::board::{Board, Card};
use crate::app::screen::{Screen, room};
use crate::lang::Tell;
use crate::text::visible::visible_line;
use crate::text::width;

/// The rows a note takes: where it stands, its passage, its words, and air.
const ROWS: u16 = 4;

/// Draws the list; returns where the cursor stands while the filter is typed.
pub fn draw(app: &App, board: &Board, screen: &Screen, pencil: &mut Pencil) -> Option<Position> {
    let (theme, lang) = (pencil.theme, app.lang);
    let area = screen.body();
    let room = room(area, 100);
    sheet(pencil, area, room, lang.tr("Notes", "Notizen"));
    let count = match board.list.rows().len() {
        passing if passing == board.list.all() => format!(" {passing} "),
        passing => format!(" {passing}/{} ", board.list.all()),
    };
    pencil.right(room.right(), area.y, &count, theme.dim);
    let mut y = room.y;
    let mut cursor = None;
    if board.typing || !board.list.typed.text().is_empty() {
        pencil.text(room.x, y, theme.signs.prompt, theme.accent[0].bold(), 1);
        let (text, before) = (board.list.typed.text(), board.list.typed.before_cursor());
        let at = typed_line(
            text,
            before,
            room.x + 2,
            y,
            room.width.saturating_sub(2),
            pencil,
        );
        cursor = board.typing.then_some(at);
        y += 2;
    }
    if board.list.rows().len() == 0 {
        let none = if board.list.all() == 0 {
            lang.tr(
                "No notes yet: c comments, x highlights.",
                "Noch keine Notizen: c kommentiert, x hebt hervor.",
            )
        } else {
            lang.tr("No note matches.", "Keine Notiz passt.")
        };
        pencil.clipped(room.x, y, none, theme.dim, room.width);
        return cursor;
    }
    let fit = usize::from((room.bottom().saturating_sub(y) + 1) / ROWS).max(1);
    let top = (board.list.chosen + 1).saturating_sub(fit);
    for (place, item) in board.list.rows().enumerate().skip(top) {
        if y >= room.bottom() {
            break;
        }
        if place == board.list.chosen {
            for row in y..(y + ROWS - 1).min(room.bottom()) {
                pencil.text(room.x - 2, row, theme.signs.focus, theme.accent[0], 1);
            }
        }
        let heading = Place {
            x: room.x,
            y,
            right: room.right(),
            bottom: room.bottom(),
        };
        card(app, item, place == board.list.chosen, heading, pencil);
        y += ROWS;
    }
    cursor
}

/// Where a card is drawn.
struct Place {
    x: u16,
    y: u16,
    right: u16,
    bottom: u16,
}

fn card(app: &App, card: &Card, chosen: bool, at: Place, pencil: &mut Pencil) {
    let (theme, lang) = (pencil.theme, app.lang);
    let strong = if chosen {
        Style::new().bold()
    } else {
        Style::new()
    };
    let room = |x: u16| at.right.saturating_sub(x);
    let kind = card.note.motivation();
    let x = pencil.text(at.x, at.y, sign(theme.signs, kind), strong, 1) + 1;
    let x = pencil.clipped(x, at.y, &card.place, strong, room(x)) + 2;
    let x = pencil.clipped(x, at.y, &kind.tell(lang), theme.dim, room(x)) + 2;
    let date = card.note.modified.or(card.note.created).map(|time| {
        let zoned = time.to_zoned(app.zone.clone());
        zoned.strftime("%Y-%m-%d %H:%M").to_string()
    });
    let date = date.unwrap_or_default();
    if width(&date) <= usize::from(room(x)) {
        pencil.right(at.right, at.y, &date, theme.dim);
    }
    let mut rows = Vec::new();
    if let Some(why) = &card.orphan {
        rows.push((why.clone(), theme.wrong));
    }
    let quote = card
        .note
        .targets
        .first()
        .map_or("", |target| &target.anchor.exact);
    rows.push((
        lang.tr(
            format!("“{}”", visible_line(quote)),
            format!("„{}“", visible_line(quote)),
        ),
        theme.dim,
    ));
    if !card.note.text().is_empty() {
        rows.push((card.note.text().replace('\n', " "), strong));
    }
    let rows = rows.iter().zip(at.y + 1..(at.y + ROWS - 1).min(at.bottom));
    for ((text, style), y) in rows {
        pencil.clipped(at.x + 2, y, &visible_line(text), *style, room(at.x + 2));
    }
}
