//! The synopsis: rows ruled off with what they are about, both sides in each.

use ratatui::style::{Modifier, Style};

use super::column::Stretch;
use super::pencil::Pencil;
use crate::app::screen::{ColumnArea, Screen};
use crate::app::synopsis::{Content, Line, Piece, Synopsis};
use crate::app::{App, Side};
use crate::interview::Interview;
use crate::lang::Tell;
use crate::text::width;

/// Draws the synopsis over the panes.
pub fn draw(app: &App, synopsis: &Synopsis, screen: &Screen, pencil: &mut Pencil) {
    let theme = pencil.theme;
    let areas = screen.synopsis();
    pencil.clear(screen.body());
    heads(app, synopsis, areas, pencil);
    if synopsis.rows.is_empty() {
        let none = match &app.pairing.alignment {
            None => app
                .lang
                .tr("looking for parallels …", "Parallelen werden gesucht …"),
            Some(_) => app.lang.tr("no questions", "keine Fragen"),
        };
        let text = areas[0].text;
        pencil.clipped(text.x, text.y, none, theme.dim, text.width);
        return;
    }
    if !synopsis.is_stacked() {
        let x = areas[0].whole.right();
        for y in areas[0].whole.y..areas[0].whole.bottom() {
            pencil.text(x, y, theme.signs.rule, theme.faint, 1);
        }
    }
    let mut lines = (areas[0].text.y..).zip(&synopsis.lines).peekable();
    while let Some((y, line)) = lines.next() {
        if line.content == Content::Head {
            head(app, synopsis, line.row, y, areas, pencil);
        }
        let mut block: Vec<(u16, &Line)> = vec![(y, line)];
        while let Some(next) = lines.next_if(|(_, next)| next.row == line.row) {
            block.push(next);
        }
        for side in Side::BOTH {
            if let Some(interview) = app.interview(side) {
                cell(
                    app,
                    synopsis,
                    side,
                    interview,
                    &block,
                    areas[side.index()],
                    pencil,
                );
            }
        }
    }
}

/// The interviews' names; at the right, in which order the rows stand.
fn heads(app: &App, synopsis: &Synopsis, areas: [ColumnArea; 2], pencil: &mut Pencil) {
    let theme = pencil.theme;
    let order = app.lang.tr("order", "Folge");
    let order = format!("{order}: {}", synopsis.order.tell(app.lang));
    let y = areas[1].head.y;
    let end = pencil.right(areas[1].text.right(), y, &order, theme.dim);
    let names = Side::BOTH.map(|side| app.interview(side).map_or("", |i| i.short_label()));
    let mut x = areas[0].text.x;
    for side in Side::BOTH {
        let area = areas[side.index()];
        x = x.max(area.text.x);
        let right = if synopsis.is_stacked() || side == Side::Right {
            end.saturating_sub(1)
        } else {
            area.text.right()
        };
        let full = app.interview(side).map_or("", |i| i.label());
        let room = right.saturating_sub(x);
        let name = match synopsis.is_stacked() || width(full) > usize::from(room) {
            true => names[side.index()],
            false => full,
        };
        let style = theme.accent[side.index()].bold();
        x = pencil.clipped(x, y, name, style, room) + 2;
    }
}

/// The line above a row: its number and what it is about, at the right of either side the number of the exchange.
fn head(
    app: &App,
    synopsis: &Synopsis,
    row: usize,
    y: u16,
    areas: [ColumnArea; 2],
    pencil: &mut Pencil,
) {
    let theme = pencil.theme;
    let current = row == synopsis.current;
    let (from, to) = (areas[0].text.x, areas[1].text.right());
    for x in from..areas[1].whole.right() {
        pencil.text(x, y, theme.signs.line, theme.faint, 1);
    }
    if current {
        pencil.text(areas[0].whole.x, y, theme.signs.focus, theme.accent[0], 1);
    }
    let Some(cells) = synopsis.rows.get(row) else {
        return;
    };
    let number = |side: Side| match cells.cell(side).exchange() {
        Some(exchange) => format!(" {} ", exchange + 1),
        None => format!(" {} ", theme.signs.apart),
    };
    let mut end = to;
    for side in [Side::Right, Side::Left] {
        let accent = if current {
            theme.accent[side.index()]
        } else {
            theme.dim
        };
        let right = match synopsis.is_stacked() {
            true => end,
            false => areas[side.index()].text.right(),
        };
        end = pencil.right(right, y, &number(side), accent);
    }
    let about = synopsis.pair_of(row).and_then(|pair| pair.theme);
    let ink = if current { Style::new() } else { theme.dim };
    let label = app.lang.tr("row", "Zeile");
    let label = format!("{label} {} ", row + 1);
    let room = |x: u16| end.saturating_sub(x + 1);
    let x = pencil.clipped(
        from,
        y,
        &label,
        ink.add_modifier(Modifier::BOLD),
        room(from),
    );
    if let Some(theme) = about {
        let after = pencil.clipped(x, y, &theme, ink, room(x));
        pencil.text(after, y, " ", ink, 1);
    }
}

/// What the interview on `side` has in a row of which `block` is seen.
fn cell(
    app: &App,
    synopsis: &Synopsis,
    side: Side,
    interview: &Interview,
    block: &[(u16, &Line)],
    area: ColumnArea,
    pencil: &mut Pencil,
) {
    let theme = pencil.theme;
    let row = block.first().map_or(0, |(_, line)| line.row);
    let current = row == synopsis.current;
    let mut rows = Vec::new();
    for (y, line) in block {
        let Content::Text(pieces) = &line.content else {
            continue;
        };
        match &pieces[side.index()] {
            Some(Piece::Text(text)) => rows.push((*y, text)),
            Some(Piece::Elsewhere(said)) => {
                let said = format!("{} {said}", theme.signs.elsewhere);
                pencil.clipped(area.text.x, *y, &said, theme.dim, area.text.width);
            }
            Some(Piece::Gap) => {
                let none = app.lang.tr("no counterpart", "kein Gegenstück");
                let none = format!("{} {none}", theme.signs.apart);
                pencil.clipped(area.text.x, *y, &none, theme.dim, area.text.width);
            }
            None => {}
        }
    }
    let exchange = synopsis
        .rows
        .get(row)
        .and_then(|row| row.cell(side).exchange());
    let stretch = Stretch {
        side,
        interview,
        current: current.then_some(exchange),
        shared: match current {
            true => &synopsis.shared[side.index()],
            false => &[],
        },
        rows,
    };
    stretch.draw(app, area, pencil);
}
