//! The list of questions: the filter's line, then each question with its signs.

use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::pencil::Pencil;
use crate::app::questions::Row;
use crate::app::{App, Focus, Side};
use crate::parallels::between::Member;
use crate::text::width;
use crate::text::width::clip;

/// The dots that one question shows at most, in a list this many cells wide.
fn most_dots(width: u16) -> u16 {
    if width >= 34 { 5 } else { 3 }
}

/// The cells for the name of an interview where there are many, in a list this many cells wide.
fn name_width(app: &App, width: u16) -> u16 {
    let longest = u16::try_from(app.questions.longest_name()).unwrap_or(u16::MAX);
    longest.min((width / 4).max(5))
}

/// Draws the list; returns where the cursor stands while the filter is typed.
pub fn draw(app: &App, area: Rect, pencil: &mut Pencil) -> Option<Position> {
    let theme = pencil.theme;
    pencil.clear(area);
    if area.right() < app.size.width {
        for y in area.y..area.bottom() {
            pencil.text(area.right(), y, theme.signs.rule, theme.faint, 1);
        }
    }
    let cursor = filter(app, area, pencil);
    let height = crate::app::questions_height(area.height);
    let first = area.bottom() - u16::try_from(height).unwrap_or(area.height);
    if app.questions.is_empty() {
        let (_, all) = app.questions.counts();
        let says = if all == 0 {
            app.lang.tr("no questions", "keine Fragen")
        } else {
            app.lang.tr("no question matches", "keine Frage passt")
        };
        pencil.clipped(
            area.x + 2,
            first,
            says,
            theme.dim,
            area.width.saturating_sub(3),
        );
        return cursor;
    }
    for (y, row) in (first..area.bottom()).zip(app.questions.top..) {
        let line = Rect {
            y,
            height: 1,
            ..area
        };
        match app.questions.row(row) {
            Some(Row::Heading(index)) => heading(app, index, line, pencil),
            Some(Row::Theme(place)) => {
                let names = app.questions.themes.as_ref().map(|themes| &themes.names);
                let name = names.and_then(|names| names.get(place));
                let none = app.lang.tr("no counterpart", "kein Gegenstück");
                let name = name.map_or(none, String::as_str);
                let room = line.width.saturating_sub(3);
                pencil.clipped(line.x + 2, line.y, name, Style::new().bold(), room);
            }
            Some(Row::Question(member, place)) => question(app, member, place, line, pencil),
            Some(Row::Blank) => {}
            None => break,
        }
    }
    cursor
}

fn filter(app: &App, area: Rect, pencil: &mut Pencil) -> Option<Position> {
    let theme = pencil.theme;
    let (passing, all) = app.questions.counts();
    let loose = if app.questions.is_loose() { "~" } else { "" };
    let count = if app.questions.typed.text().is_empty() {
        all.to_string()
    } else {
        format!("{loose}{passing}/{all}")
    };
    let end = pencil.right(area.right() - 1, area.y, &count, theme.dim);
    let in_list = matches!(app.focus, Focus::Questions | Focus::Filter);
    let prompt = if in_list {
        Style::new().bold()
    } else {
        theme.dim
    };
    pencil.text(
        area.x + 1,
        area.y,
        theme.signs.prompt,
        prompt.patch(if in_list { theme.accent[0] } else { theme.dim }),
        1,
    );
    let (x, room) = (area.x + 3, end.saturating_sub(area.x + 4));
    let typed = &app.questions.typed;
    if typed.text().is_empty() && app.focus != Focus::Filter {
        pencil.clipped(
            x,
            area.y,
            app.lang.tr("f filters", "f filtert"),
            theme.dim,
            room,
        );
        return None;
    }
    let at = typed_line(typed.text(), typed.before_cursor(), x, area.y, room, pencil);
    (app.focus == Focus::Filter).then_some(at)
}

/// Draws a line being typed in `room` cells, so that its cursor is seen; returns where it stands.
pub fn typed_line(
    text: &str,
    before: &str,
    x: u16,
    y: u16,
    room: u16,
    pencil: &mut Pencil,
) -> Position {
    let cursor = width(before);
    let skip = (cursor + 1).saturating_sub(usize::from(room));
    let mut passed = 0;
    let from = text
        .char_indices()
        .find(|(_, c)| {
            let here = passed;
            passed += width(c.encode_utf8(&mut [0; 4]));
            here >= skip
        })
        .map_or(text.len(), |(at, _)| at);
    pencil.text(x, y, &text[from..], Style::new().bold(), room);
    let hidden = width(&text[..from]);
    let at = u16::try_from(cursor.saturating_sub(hidden)).unwrap_or(0);
    Position { x: x + at, y }
}

/// The column that the interview of this index stands in, the one that leads before the other.
fn standing(app: &App, index: usize) -> Option<Side> {
    let lead = app.pairing.lead;
    let mut sides = [lead, lead.other()].into_iter();
    sides.find(|side| app.column(*side).index == index)
}

fn heading(app: &App, index: usize, line: Rect, pencil: &mut Pencil) {
    let Some((interview, _)) = app.questions.interview(index) else {
        return;
    };
    let accent =
        standing(app, index).map_or(pencil.theme.dim, |side| pencil.theme.accent[side.index()]);
    pencil.clipped(
        line.x + 2,
        line.y,
        interview.short_label(),
        accent.bold(),
        line.width.saturating_sub(3),
    );
}

fn question(app: &App, (index, exchange): Member, place: usize, line: Rect, pencil: &mut Pencil) {
    let theme = pencil.theme;
    let Some((interview, name)) = app.questions.interview(index) else {
        return;
    };
    let side = standing(app, index);
    let accent = side.map_or(theme.dim, |side| theme.accent[side.index()]);
    let chosen = place == app.questions.chosen;
    if chosen {
        pencil.ground(line, theme.raised);
        pencil.text(line.x, line.y, theme.signs.focus, accent, 1);
    }
    let opposite = side.is_some_and(|side| app.column(side).current == Some(exchange));
    let digits = u16::try_from(app.questions.digits(index)).unwrap_or(4);
    let number = (exchange + 1).to_string();
    let ink = if chosen || opposite {
        Style::new()
    } else {
        theme.dim
    };
    let number_style = if opposite { accent } else { theme.dim };
    pencil.right(line.x + 2 + digits, line.y, &number, number_style);
    let Some(of) = interview.exchanges.get(exchange) else {
        return;
    };
    // Under themes all interviews stand under one head: which one a question is from is what to say first.
    let beside = match (&app.questions.themes, side) {
        (Some(_), Some(side)) => Some((["<", ">"][side.index()], accent)),
        (Some(_), None) => None,
        (None, _) => interview
            .doubt(of.question.clone())
            .map(|_| (theme.signs.doubt, theme.dim)),
    };
    if let Some((sign, style)) = beside {
        pencil.text(line.x + 1, line.y, sign, style, 1);
    }
    // At the right: the sign of a note, a space, the dots or the name, a space.
    let aside = match app.questions.is_of_many() {
        true => name_width(app, line.width),
        false => most_dots(line.width),
    };
    let signs = line.right().saturating_sub(aside + 3);
    let x = line.x + digits + 3;
    let room = signs.saturating_sub(x + 1);
    let text = crate::app::questions::one_line(interview.question(exchange));
    let emphasis = app.questions.emphasis(&text);
    excerpt(&text, &emphasis, x, line.y, room, [ink, accent], pencil);
    let passage = interview.span(of.paragraphs.clone());
    if let Some(kind) = app.annotations.sign_in(index, &passage) {
        let sign = super::sign(theme.signs, &kind, &app.annotations.book.kinds);
        pencil.text(signs, line.y, sign, accent.bold(), 1);
    }
    if app.questions.is_of_many() {
        pencil.clipped(signs + 2, line.y, name, accent, aside);
        return;
    }
    let dots = aside;
    let parallels = side.map_or(0, |side| app.pairing.candidates(side, exchange).len());
    let parallels = u16::try_from(parallels).unwrap_or(u16::MAX);
    for dot in 0..parallels.min(dots) {
        let more = dot + 1 == dots && parallels > dots;
        let choice = [theme.signs.parallel, theme.signs.more];
        let sign = choice[usize::from(more)];
        pencil.text(signs + 2 + dot, line.y, sign, theme.dim, 1);
    }
}

/// Draws of a question what fits: its beginning, or the part around what the filter matched.
fn excerpt(
    text: &str,
    emphasis: &[std::ops::Range<usize>],
    x: u16,
    y: u16,
    room: u16,
    [ink, accent]: [Style; 2],
    pencil: &mut Pencil,
) {
    let cells = usize::from(room);
    let from = match emphasis.first() {
        Some(first) if width(&text[..first.end]) + 1 > cells => {
            start_of_excerpt(text, first, cells)
        }
        _ => 0,
    };
    let mut x = x;
    let right = x + room;
    if from > 0 {
        x = pencil.text(x, y, "…", ink, room);
    }
    let shown = clip(&text[from..], usize::from(right.saturating_sub(x)));
    let kept = shown.strip_suffix('…').map_or(shown.len(), str::len);
    let mut at = from;
    for range in emphasis {
        let range = range.start.clamp(at, from + kept)..range.end.clamp(at, from + kept);
        x = pencil.text(x, y, &text[at..range.start], ink, right.saturating_sub(x));
        let style = accent.add_modifier(Modifier::BOLD);
        x = pencil.text(x, y, &text[range.clone()], style, right.saturating_sub(x));
        at = range.end;
    }
    pencil.text(x, y, &shown[at - from..], ink, right.saturating_sub(x));
}

/// Where to begin so that the match at `first` is seen with some text before it.
fn start_of_excerpt(text: &str, first: &std::ops::Range<usize>, cells: usize) -> usize {
    let match_width = width(&text[first.clone()]);
    let lead = cells.saturating_sub(match_width + 1) / 3;
    let mut used = 0;
    text[..first.start]
        .char_indices()
        .rev()
        .take_while(|(_, c)| {
            used += width(c.encode_utf8(&mut [0; 4]));
            used <= lead
        })
        .last()
        .map_or(first.start, |(at, _)| {
            at + text[at..].len() - text[at..].trim_start().len()
        })
}
