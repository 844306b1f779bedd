//! The note editor: the passage it is about, then what is typed.

use ratatui::layout::Position;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::Widget;

use super::pencil::Pencil;
use super::sheet;
use crate::app::App;
use crate::app::editor::{BAR, Draftiness, Editor};
use crate::app::screen::Screen;
use crate::lang::Tell;
use crate::text::width::clip;

/// Draws the editor. The text area draws its own cursor.
pub fn draw(app: &App, editor: &Editor, screen: &Screen, pencil: &mut Pencil) -> Option<Position> {
    let (theme, lang) = (pencil.theme, app.lang);
    let areas = editor.areas(screen);
    let title = format!("{} · {}", editor.kind().tell(lang), editor.about());
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
    (&editor.area).render(areas.text, pencil.buffer);
    pencil.ground(
        areas.text,
        Style::new().remove_modifier(Modifier::UNDERLINED),
    );
    None
}
