//! The note editor: the passage it is about, then what is typed.

use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::Widget;

use super::pencil::Pencil;
use super::sheet;
use crate::app::App;
use crate::app::editor::{BAR, Draftiness, Editor};
use crate::app::screen::Screen;
use crate::lang::Tell;
use crate::text::visible::visible_line;
use crate::text::width;
use crate::text::width::clip;

/// Draws the editor. The text area draws its own cursor.
pub fn draw(app: &App, editor: &Editor, screen: &Screen, pencil: &mut Pencil) -> Option<Position> {
    let (theme, lang) = (pencil.theme, app.lang);
    let areas = editor.areas(screen);
    let about = match editor.onto.as_ref().map(|onto| onto.notes.len()) {
        Some(count) if count > 1 => format!("{count} {}", lang.tr("notes", "Notizen")),
        _ => editor.about(),
    };
    let title = format!("{} · {about}", editor.kind().tell(lang));
    sheet(pencil, areas.sheet, areas.room, &title);
    let (state, style) = match &editor.state {
        Draftiness::Untouched => (String::new(), theme.dim),
        Draftiness::Typing => ("…".to_owned(), theme.dim),
        Draftiness::Kept => (
            lang.tr("draft saved", "Entwurf gesichert").to_owned(),
            theme.dim,
        ),
        Draftiness::Wrong(why) => (why.clone(), theme.wrong),
    };
    if !state.is_empty() {
        let state = format!(" {} ", clip(&state, usize::from(areas.room.width / 2)));
        pencil.right(areas.room.right(), areas.sheet.y, &state, style);
    }
    let quote = areas.quote;
    let lines = editor.quote(quote.width, quote.height);
    for (y, line) in (quote.y..quote.bottom()).zip(lines) {
        pencil.text(quote.x, y, theme.signs.bar, theme.faint, 1);
        let cells = quote.width.saturating_sub(BAR);
        pencil.text(quote.x + BAR, y, &line, theme.dim, cells);
    }
    offered(editor, areas.sheet, areas.room, pencil);
    (&editor.area).render(areas.text, pencil.buffer);
    pencil.ground(
        areas.text,
        Style::new().remove_modifier(Modifier::UNDERLINED),
    );
    None
}

/// The tags in use that what is typed may become, on the rule below.
fn offered(editor: &Editor, sheet: Rect, room: Rect, pencil: &mut Pencil) {
    let theme = pencil.theme;
    let offered = editor.offered();
    if offered.is_empty() {
        return;
    }
    let (y, right) = (sheet.bottom() - 1, room.right());
    let mut x = pencil.text(room.x, y, " Tab: ", theme.dim, room.width);
    for (at, (tag, count)) in offered.iter().enumerate() {
        let tag = visible_line(tag);
        let count = format!(" {count}  ");
        let cells = u16::try_from(width(&tag) + width(&count)).unwrap_or(u16::MAX);
        if cells > right.saturating_sub(x) {
            break;
        }
        let style = match editor.completed() == Some(at) {
            true => Style::new().bold(),
            false => Style::new(),
        };
        x = pencil.text(x, y, &tag, style, cells);
        x = pencil.text(x, y, &count, theme.dim, cells);
    }
}
