//! The map: questions against questions, and below it what stands under the cursor.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::pencil::Pencil;
use super::status::worth;
use crate::app::map::Map;
use crate::app::screen::{MapArea, Screen};
use crate::app::wrapped::wrapped;
use crate::app::{App, Side};
use crate::export::map::{Meeting, label};
use crate::parallels::{Likelihood, Origin};
use crate::text::width;

/// The most lines that a question takes below the map.
const LINES: usize = 6;

/// From so many cells on, the two questions stand side by side.
const SIDE_BY_SIDE: u16 = 60;

/// Draws the map over the panes.
pub fn draw(app: &App, map: &Map, screen: &Screen, pencil: &mut Pencil) {
    let theme = pencil.theme;
    let area = screen.map(map.size);
    pencil.clear(screen.body());
    heads(app, map, &area, pencil);
    if map.size.contains(&0) {
        let none = match &app.pairing.alignment {
            None => app
                .lang
                .tr("looking for parallels …", "Parallelen werden gesucht …"),
            Some(_) => app.lang.tr(
                "one of the two has no questions",
                "eines der beiden hat keine Fragen",
            ),
        };
        pencil.clipped(
            area.labels.x,
            area.cells.y,
            none,
            theme.dim,
            area.whole.width,
        );
        return;
    }
    numbers(map, &area, pencil);
    for (place, meetings) in map.rows.iter().enumerate() {
        let y = area.cells.y + u16::try_from(place).unwrap_or(u16::MAX);
        row(app, map, map.top[0] + place, y, meetings, &area, pencil);
    }
    detail(app, map, area.detail, pencil);
}

/// Whose questions stand down the side, and whose across.
fn heads(app: &App, map: &Map, area: &MapArea, pencil: &mut Pencil) {
    let theme = pencil.theme;
    let axes = theme.signs.map.axes;
    let y = area.whole.y;
    let full = |side: Side| app.interview(side).map_or("", |i| i.label());
    let short = |side: Side| app.interview(side).map_or("", |i| i.short_label());
    let right = area.whole.right() - 1;
    let wide = Side::BOTH
        .map(|side| width(full(side)) + 3)
        .iter()
        .sum::<usize>();
    let mut x = area.labels.x;
    for (side, axis) in Side::BOTH.into_iter().zip(axes) {
        let name = if wide < usize::from(area.whole.width) {
            full(side)
        } else {
            short(side)
        };
        let style = theme.accent[side.index()].bold();
        let room = |x: u16| right.saturating_sub(x);
        x = pencil.clipped(x, y, name, style, room(x)) + 1;
        x = pencil.text(x, y, &axis.to_string(), theme.dim, room(x)) + 2;
    }
    let [lefts, rights] = map.size;
    let count = format!("{lefts} × {rights}");
    if usize::from(right.saturating_sub(x)) >= width(&count) {
        pencil.right(right, y, &count, theme.dim);
    }
}

/// The numbers of the questions across; below them, where there is room, what stands alone.
fn numbers(map: &Map, area: &MapArea, pencil: &mut Pencil) {
    let theme = pencil.theme;
    let mut x = area.cells.x;
    for right in map.columns(area) {
        let after = x + area.cell - 1;
        let here = right == map.cursor[1];
        let style = if here {
            theme.accent[1].bold()
        } else {
            theme.dim
        };
        pencil.right(after, area.numbers.y, &(right + 1).to_string(), style);
        if area.numbers.height > 1 && map.is_alone(Side::Right, right) {
            let alone = theme.signs.map.alone.to_string();
            pencil.right(after, area.numbers.y + 1, &alone, theme.dim);
        }
        x += area.cell;
    }
}

/// A question down the side, and where it meets those across.
fn row(
    app: &App,
    map: &Map,
    left: usize,
    y: u16,
    meetings: &[Meeting],
    area: &MapArea,
    pencil: &mut Pencil,
) {
    let theme = pencil.theme;
    let here = left == map.cursor[0];
    if here {
        pencil.text(area.whole.x, y, theme.signs.focus, theme.accent[0], 1);
    }
    let ink = if here { Style::new().bold() } else { theme.dim };
    if let Some(interview) = app.interview(Side::Left) {
        pencil.clipped(
            area.labels.x,
            y,
            &label(interview, left),
            ink,
            area.labels.width,
        );
    }
    if map.is_alone(Side::Left, left) {
        let alone = theme.signs.map.alone.to_string();
        pencil.text(area.labels.right() + 1, y, &alone, theme.dim, 1);
    }
    let mut x = area.cells.x;
    for (right, meeting) in map.columns(area).zip(meetings) {
        let text = theme.signs.map.cell(*meeting, usize::from(area.cell - 1));
        let style = shade(*meeting, pencil);
        let (mark, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
        let after = pencil.text(x, y, mark, said(*meeting, style, pencil), 1);
        pencil.text(after, y, rest, style, area.cell - 2);
        if [left, right] == map.cursor {
            // On either side, so that the shade is seen.
            pencil.text(x - 1, y, "[", theme.hit_here, 1);
            pencil.text(x + area.cell - 1, y, "]", theme.hit_here, 1);
        }
        x += area.cell;
    }
}

/// The likelier, the brighter.
fn shade(meeting: Meeting, pencil: &Pencil) -> Style {
    match meeting.likelihood {
        Likelihood::Sure | Likelihood::Likely => Style::new(),
        Likelihood::Possible => pencil.theme.dim,
        Likelihood::Unlikely | Likelihood::None => pencil.theme.faint,
    }
}

/// What an editor or the reader has said stands out.
fn said(meeting: Meeting, style: Style, pencil: &Pencil) -> Style {
    let theme = pencil.theme;
    match meeting.origin {
        Origin::Suggested => style,
        Origin::Curated => theme.accent[0].bold(),
        Origin::Confirmed => theme.accent[1].bold(),
        Origin::Rejected => theme.wrong,
    }
}

/// The pair under the cursor: what it is worth and why, both questions; then what stands alone, and the signs.
fn detail(app: &App, map: &Map, area: Rect, pencil: &mut Pencil) {
    let (theme, lang) = (pencil.theme, app.lang);
    let Some(pair) = map.pair.as_ref().filter(|_| area.height > 0) else {
        return;
    };
    let room = Rect {
        x: area.x + 2,
        width: area.width.saturating_sub(3),
        ..area
    };
    for x in room.x..room.right() {
        pencil.text(x, area.y, theme.signs.line, theme.faint, 1);
    }
    let strong = Style::new().bold();
    let numbers = format!(
        "{} {} {} ",
        pair.left + 1,
        theme.signs.opposite,
        pair.right + 1
    );
    let x = pencil.clipped(room.x, area.y, &numbers, strong, room.width);
    // What it is worth stands below, where there is room for that.
    let reasoned = area.height >= 5;
    let worth_it = || {
        if reasoned {
            String::new()
        } else {
            worth(pair, lang)
        }
    };
    let about = pair.theme.clone().unwrap_or_else(worth_it);
    let x = pencil.clipped(
        x,
        area.y,
        &about,
        Style::new(),
        room.right().saturating_sub(x),
    );
    if !about.is_empty() {
        pencil.text(x, area.y, " ", Style::new(), 1);
    }
    let mut y = area.y + 1;
    if reasoned {
        let mut why = worth(pair, lang);
        if !pair.terms.is_empty() {
            let shared = lang.tr("shared", "gemeinsam");
            let between = format!(" {} ", theme.signs.dot);
            why = format!("{why}  {shared}: {}", pair.terms.join(&between));
        }
        pencil.clipped(room.x, y, &why, theme.dim, room.width);
        y += 2;
    }
    y = questions(
        app,
        map,
        Rect {
            y,
            height: area.bottom().saturating_sub(y),
            ..room
        },
        pencil,
    );
    let left = area.bottom().saturating_sub(y);
    if left >= 4 {
        let legend = legend(app, room.width, pencil);
        // Of what stands alone some must be seen too.
        let lines = u16::try_from(legend.len()).unwrap_or(1).min(left / 3);
        let rest = Rect {
            y: y + 1,
            height: left - 2 - lines,
            ..room
        };
        alone(app, map, rest, pencil);
        for (y, line) in (area.bottom() - lines..).zip(legend.into_iter().take(lines.into())) {
            let mut x = room.x;
            for (sign, says) in line {
                let cells = room.right().saturating_sub(x);
                let after = pencil.text(x, y, &sign.to_string(), Style::new(), cells) + 1;
                x = pencil.clipped(after, y, &says, pencil.theme.dim, room.right() - after) + 2;
            }
        }
    }
}

/// Where each of the two sides has its place in `area`.
fn halves(area: Rect) -> [Rect; 2] {
    let half = area.width.saturating_sub(3) / 2;
    let left = Rect {
        width: half,
        ..area
    };
    [
        left,
        Rect {
            x: area.x + half + 3,
            ..left
        },
    ]
}

/// Both questions, side by side or one under the other; returns the line after them.
fn questions(app: &App, map: &Map, area: Rect, pencil: &mut Pencil) -> u16 {
    let beside = area.width >= SIDE_BY_SIDE;
    let mut bottom = area.y;
    for (side, half) in Side::BOTH.into_iter().zip(halves(area)) {
        let Some(interview) = app.interview(side) else {
            continue;
        };
        let place = if beside {
            half
        } else {
            Rect { y: bottom, ..area }
        };
        let question = interview.question(map.cursor[side.index()]);
        let most = usize::from(area.bottom().saturating_sub(place.y)).min(LINES);
        let most = if beside { most } else { most.div_ceil(2) };
        let accent = pencil.theme.accent[side.index()];
        let lines = wrapped(
            question,
            usize::from(place.width.saturating_sub(2)).max(1),
            most,
        );
        let mut y = place.y;
        for line in lines {
            pencil.text(place.x, y, pencil.theme.signs.bar, accent, 1);
            let cells = place.width.saturating_sub(2);
            pencil.text(place.x + 2, y, &line, Style::new().bold(), cells);
            y += 1;
        }
        bottom = bottom.max(y);
    }
    bottom
}

/// What has no counterpart, on either side.
fn alone(app: &App, map: &Map, area: Rect, pencil: &mut Pencil) {
    let theme = pencil.theme;
    if area.width < SIDE_BY_SIDE {
        return;
    }
    for (side, half) in Side::BOTH.into_iter().zip(halves(area)) {
        let Some(interview) = app.interview(side) else {
            continue;
        };
        let count = map.alone(side).count();
        let room = usize::from(half.height);
        // The last line says how many don't fit.
        let listed = if count > room {
            room.saturating_sub(1)
        } else {
            count
        };
        let mut lines = map
            .alone(side)
            .take(listed)
            .map(|exchange| label(interview, exchange));
        let more = (count > listed).then(|| {
            let more = app.lang.tr("more", "weitere");
            format!("… {} {more}", count - listed)
        });
        for (y, line) in (half.y..half.bottom()).zip(lines.by_ref().chain(more)) {
            let line = format!("{} {line}", theme.signs.map.alone);
            pencil.clipped(half.x, y, &line, theme.dim, half.width);
        }
    }
}

/// What the signs say, in lines of at most `cells` cells.
fn legend(app: &App, cells: u16, pencil: &Pencil) -> Vec<Vec<(char, String)>> {
    let (mut lines, mut used) = (vec![Vec::new()], 0);
    for (sign, says) in pencil.theme.signs.map.legend(app.lang) {
        let more = width(&says) + 4;
        if used > 0 && used + more > usize::from(cells) + 2 {
            lines.push(Vec::new());
            used = 0;
        }
        used += more;
        lines
            .last_mut()
            .into_iter()
            .for_each(|line| line.push((sign, says.clone())));
    }
    lines
}
