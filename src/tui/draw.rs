//! One frame: each pane is drawn by a file of its own, and drawing changes nothing.

mod column;
mod editor;
mod help;
mod map;
mod notes;
mod pencil;
mod picker;
mod questions;
mod status;
mod synopsis;
mod voices;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use self::pencil::Pencil;
use super::theme::{Signs, Theme};
use crate::app::{App, Overlay, Side};
use crate::notes::{Highlight, Kind, Kinds, Motivation};
use crate::text::width;

/// Draws the reader.
pub fn draw(app: &App, frame: &mut Frame, theme: &Theme) {
    let cursor = paint(app, frame.buffer_mut(), theme);
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
}

/// Draws the reader into `buffer`; returns where the cursor stands, if anything is typed.
pub fn paint(app: &App, buffer: &mut Buffer, theme: &Theme) -> Option<Position> {
    let mut pencil = Pencil::new(buffer, theme);
    let Some(screen) = app.screen() else {
        let text = app.lang.tr("too small", "zu klein");
        pencil.text(0, 0, text, Style::new(), app.size.width);
        return None;
    };
    for rule in &screen.rules {
        for y in rule.y..rule.bottom() {
            pencil.text(rule.x, y, theme.signs.rule, theme.faint, 1);
        }
    }
    for side in Side::BOTH {
        if let Some(area) = screen.columns[side.index()] {
            column::draw(app, side, area, &mut pencil);
        }
    }
    let typed = screen
        .questions
        .and_then(|list| questions::draw(app, list, &mut pencil));
    let asked = status::draw(app, screen.status, &mut pencil);
    let over = match &app.overlay {
        None | Some(Overlay::Search(_)) => None,
        Some(Overlay::Picker(picker)) => picker::draw(picker, &screen, &mut pencil),
        Some(Overlay::Notes(board)) => notes::draw(app, board, &screen, &mut pencil),
        Some(Overlay::Synopsis(synopsis)) => {
            synopsis::draw(app, synopsis, &screen, &mut pencil);
            None
        }
        Some(Overlay::Map(map)) => {
            map::draw(app, map, &screen, &mut pencil);
            None
        }
        Some(Overlay::Editor(editor)) => editor::draw(app, editor, &screen, &mut pencil),
    };
    if let Some(help) = app.help {
        help::draw(app, help, &screen, &mut pencil);
        return None;
    }
    match app.overlay {
        _ if app.naming.is_some() => asked,
        None => typed,
        Some(Overlay::Search(_)) => asked,
        Some(_) => over,
    }
}

/// Clears an area for what lies over the panes, rules it off above and below, and writes its title over `room`, which
/// is the part of it that is written in.
fn sheet(pencil: &mut Pencil, area: Rect, room: Rect, title: &str) {
    let theme = pencil.theme;
    pencil.clear(area);
    pencil.ground(area, theme.raised);
    for x in area.x..area.right() {
        pencil.text(x, area.y, theme.signs.line, theme.faint, 1);
        pencil.text(x, area.bottom() - 1, theme.signs.line, theme.faint, 1);
    }
    let x = room.x.saturating_sub(1);
    let title = format!(" {title} ");
    pencil.clipped(x, area.y, &title, Style::new().bold(), room.width);
}

/// The sign of a kind of note; a kind of highlight that only the reader knows has the first letter of its name.
fn sign<'a>(signs: &Signs, kind: &Kind, kinds: &'a Kinds) -> &'a str {
    match kind {
        Kind::Highlight(own @ Highlight::Other(_)) => {
            let name = kinds.own_name(own).unwrap_or_default();
            let first = name.graphemes(true).next();
            let shown = first
                .filter(|first| width(first) == 1 && (first.is_ascii() || !signs.quote.is_ascii()));
            shown.unwrap_or(signs.highlight)
        }
        Kind::Highlight(Highlight::Quote) => signs.quote,
        Kind::Highlight(Highlight::Query) => signs.query,
        Kind::Highlight(Highlight::Contradiction) => signs.contradiction,
        Kind::Highlight(_) => signs.highlight,
        Kind::Of(Motivation::Bookmarking) => signs.bookmark,
        Kind::Of(Motivation::Tagging) => signs.tag,
        Kind::Of(_) => signs.comment,
    }
}

/// The ground of a kind of highlight; those that only the reader knows take turns with the others.
fn ground(theme: &Theme, kind: &Highlight, kinds: &Kinds) -> Style {
    match kind {
        Highlight::Other(_) => {
            let grounds = [
                theme.highlight,
                theme.quote,
                theme.query,
                theme.contradiction,
            ];
            let place = kinds.place(kind).unwrap_or(0);
            grounds
                .get(place % grounds.len())
                .copied()
                .unwrap_or_default()
        }
        Highlight::Quote => theme.quote,
        Highlight::Query => theme.query,
        Highlight::Contradiction => theme.contradiction,
        Highlight::Plain => theme.highlight,
    }
}
