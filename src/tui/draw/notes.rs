//! The list of all notes: where each stands, the passage, and what the reader says of it.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::pencil::Pencil;
use super::questions::typed_line;
use super::{sheet, sign};
use crate::app::App;
use crate::app::board::{Board, Card, INDENT};
use crate::app::screen::Screen;
use crate::lang::Tell;
use crate::text::visible::visible_line;
use crate::text::width;

/// Draws the list; returns where the cursor stands while the filter is typed.
pub fn draw(app: &App, board: &Board, screen: &Screen, pencil: &mut Pencil) -> Option<Position> {
    let (theme, lang) = (pencil.theme, app.lang);
    let area = screen.body();
    let (room, list) = board.areas(screen);
    sheet(pencil, area, room, lang.tr("Notes", "Notizen"));
    let count = match board.list.rows().len() {
        passing if passing == board.list.all() => format!(" {passing} "),
        passing => format!(" {passing}/{} ", board.list.all()),
    };
    pencil.right(room.right(), area.y, &count, theme.dim);
    let mut cursor = None;
    if board.is_filtered() {
        let (x, y) = (room.x, room.y);
        pencil.text(x, y, theme.signs.prompt, theme.accent[0].bold(), 1);
        let (text, before) = (board.list.typed.text(), board.list.typed.before_cursor());
        let cells = room.width.saturating_sub(2);
        let at = typed_line(text, before, x + 2, y, cells, pencil);
        cursor = board.typing.then_some(at);
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
        pencil.clipped(list.x, list.y, none, theme.dim, list.width);
        return cursor;
    }
    let mut y = list.y;
    for (place, item) in board.list.rows().enumerate().skip(board.top) {
        if y >= list.bottom() {
            break;
        }
        let rows = u16::try_from(item.rows(list.width)).unwrap_or(u16::MAX);
        let at = Rect {
            y,
            height: rows.min(list.bottom() - y),
            ..list
        };
        card(app, item, place == board.list.chosen, at, pencil);
        y = y.saturating_add(rows + 1);
    }
    cursor
}

fn card(app: &App, card: &Card, chosen: bool, at: Rect, pencil: &mut Pencil) {
    let (theme, lang) = (pencil.theme, app.lang);
    let strong = if chosen {
        Style::new().bold()
    } else {
        Style::new()
    };
    let room = |x: u16| at.right().saturating_sub(x);
    if chosen {
        for y in at.y..at.bottom() {
            pencil.text(at.x - 2, y, theme.signs.focus, theme.accent[0], 1);
        }
    }
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
        pencil.right(at.right(), at.y, &date, theme.dim);
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
    let words = card.words(at.width).into_iter();
    rows.extend(words.map(|line| (line, strong)));
    let x = at.x + INDENT;
    for ((text, style), y) in rows.iter().zip(at.y + 1..at.bottom()) {
        pencil.clipped(x, y, &visible_line(text), *style, room(x));
    }
}
