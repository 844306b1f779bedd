//! The list of all notes: under headings, where each stands, the passage, and what the reader says of it.

use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::pencil::Pencil;
use super::questions::typed_line;
use super::{ground, sheet, sign};
use crate::app::App;
use crate::app::board::card::INDENT;
use crate::app::board::{Board, Card, Ink, Shelf, What};
use crate::app::screen::Screen;
use crate::app::wrapped::wrapped;
use crate::lang::Lang;
use crate::notes::{Kind, Motivation};
use crate::text::visible::visible_line;
use crate::text::width;

/// Draws the list; returns where the cursor stands while the filter is typed.
pub fn draw(app: &App, board: &Board, screen: &Screen, pencil: &mut Pencil) -> Option<Position> {
    let theme = pencil.theme;
    let area = screen.body();
    let areas = board.areas(screen);
    let (room, list) = (areas.room, areas.list);
    sheet(pencil, area, room, &board.title());
    let title = cells(width(&board.title()) + 2);
    let mut count = match board.count() {
        (passing, all) if passing == all => all.to_string(),
        (passing, all) => format!("{passing}/{all}"),
    };
    if !board.marked.is_empty() {
        let marked = app.lang.tr("marked", "markiert");
        count = format!(
            "{} {marked} {} {count}",
            board.marked.len(),
            theme.signs.dot
        );
    }
    if title + cells(width(&count)) + 3 < room.width {
        pencil.right(room.right(), area.y, &format!(" {count} "), theme.dim);
    }
    let mut cursor = None;
    if board.is_filtered() {
        let (x, y) = (room.x, room.y);
        pencil.text(x, y, theme.signs.prompt, theme.accent[0].bold(), 1);
        let (text, before) = (board.list.typed.text(), board.list.typed.before_cursor());
        let cells = room.width.saturating_sub(2);
        let at = typed_line(text, before, x + 2, y, cells, pencil);
        cursor = board.typing.then_some(at);
    }
    let counts = areas.counts;
    let counted = wrapped(
        &board.counts,
        usize::from(counts.width),
        usize::from(counts.height),
    );
    for (y, line) in (counts.y..counts.bottom()).zip(counted) {
        pencil.text(counts.x, y, &line, theme.dim, counts.width);
    }
    if board.list.rows().len() == 0 {
        pencil.clipped(list.x, list.y, none(board, app.lang), theme.dim, list.width);
        return cursor;
    }
    for seen in board.seen(screen) {
        match seen.what {
            What::Heading(group) => {
                if let Some(heading) = board.groups.get(group) {
                    let at = seen.area;
                    let accent = heading.side.map(|side| theme.accent[side.index()]);
                    let style = accent.unwrap_or_default().bold();
                    pencil.clipped(at.x, at.y, &heading.text, style, at.width);
                }
            }
            What::Card(place) => {
                if let Some(card) = board.list.get(place) {
                    draw_card(
                        app,
                        board,
                        card,
                        place == board.list.chosen,
                        seen.area,
                        pencil,
                    );
                }
            }
        }
    }
    cursor
}

/// Why nothing is listed.
fn none(board: &Board, lang: Lang) -> &'static str {
    match (board.list.all(), board.shelf) {
        (0, Shelf::Notes) => lang.tr(
            "No notes yet: c comments, x highlights.",
            "Noch keine Notizen: c kommentiert, x hebt hervor.",
        ),
        (0, Shelf::Past) => lang.tr(
            "Nothing was deleted or worded otherwise.",
            "Nichts wurde gelöscht oder anders gefasst.",
        ),
        _ => lang.tr("No note matches.", "Keine Notiz passt."),
    }
}

fn draw_card(app: &App, board: &Board, card: &Card, chosen: bool, at: Rect, pencil: &mut Pencil) {
    let (theme, lang) = (pencil.theme, app.lang);
    let strong = match chosen {
        true => Style::new().bold(),
        false => Style::new(),
    };
    if chosen {
        for y in at.y..at.bottom() {
            pencil.text(at.x - 2, y, theme.signs.focus, theme.accent[0], 1);
        }
    }
    if board.marked.contains(&card.note.id) {
        pencil.text(
            at.x - 1,
            at.y,
            theme.signs.marked,
            theme.accent[1].bold(),
            1,
        );
    }
    head(app, card, strong, at, pencil);
    let kind = card.note.kind();
    let x = at.x + INDENT;
    let room = at.right().saturating_sub(x);
    for ((ink, text), y) in card.lines(at.width, lang).iter().zip(at.y + 1..at.bottom()) {
        let style = match (ink, &kind) {
            (Ink::Wrong, _) => theme.wrong,
            (Ink::Quote, Kind::Highlight(kind)) => ground(theme, kind, &app.annotations.book.kinds),
            (Ink::Quote, _) | (Ink::Aside, _) => theme.dim,
            (Ink::Words, _) => strong,
            (Ink::Tags, _) => theme.accent[1],
        };
        pencil.clipped(x, y, text, style, room);
    }
}

/// Its sign, where it stands, what it is, and when that was said, as far as there is room.
fn head(app: &App, card: &Card, strong: Style, at: Rect, pencil: &mut Pencil) {
    let theme = pencil.theme;
    let kind = card.note.kind();
    let date = card.time().map(|time| {
        let zoned = time.to_zoned(app.zone.clone());
        zoned.strftime("%Y-%m-%d %H:%M").to_string()
    });
    let date = date.unwrap_or_default();
    let told = match &kind {
        // Its tags say that it is one.
        Kind::Of(Motivation::Tagging) => String::new(),
        kind => app.annotations.book.kinds.tell(kind, app.lang),
    };
    let sign_style = strong.add_modifier(Modifier::BOLD);
    let x = pencil.text(
        at.x,
        at.y,
        sign(theme.signs, &kind, &app.annotations.book.kinds),
        sign_style,
        1,
    ) + 1;
    let room = |x: u16| at.right().saturating_sub(x);
    let x = pencil.clipped(x, at.y, &visible_line(&card.place()), strong, room(x)) + 2;
    let needed = cells(width(&date) + 2);
    let left = room(x).saturating_sub(needed);
    let x = match cells(width(&told)) <= left {
        true => pencil.text(x, at.y, &told, theme.dim, left) + 2,
        false => x,
    };
    if cells(width(&date)) <= room(x) {
        pencil.right(at.right(), at.y, &date, theme.dim);
    }
}

fn cells(width: usize) -> u16 {
    u16::try_from(width).unwrap_or(u16::MAX)
}
