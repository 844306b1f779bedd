//! A column: the interview's name, and its text with everything that marks it.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::pencil::Pencil;
use super::voices;
use crate::app::column::{Column, Row};
use crate::app::screen::ColumnArea;
use crate::app::{App, Focus, Side};
use crate::interview::{Interview, Role};
use crate::text::width;

/// How wide the rule above the footnotes is, in cells.
const RULE: u16 = 12;

/// Draws the column on `side`.
pub fn draw(app: &App, side: Side, area: ColumnArea, pencil: &mut Pencil) {
    let column = app.column(side);
    head(app, side, area, pencil);
    let Some(interview) = &column.interview else {
        return absent(app, column, area.text, pencil);
    };
    let stretch = Stretch {
        side,
        interview,
        current: app.is_bright(side).then_some(column.current),
        shared: &app.pairing.shared[side.index()],
        rows: (area.text.y..).zip(&column.rows).collect(),
    };
    stretch.draw(app, area, pencil);
    voices::above(app, column, interview, area.text, pencil);
    foot(app, side, area, pencil);
}

/// Rows of an interview's text that stand together on the screen.
pub struct Stretch<'a> {
    /// Whose text it is.
    pub side: Side,
    /// The interview.
    pub interview: &'a Interview,
    /// What is read and therefore bright: an exchange by index, or what stands in none.
    pub current: Option<Option<usize>>,
    /// The words that it shares with what stands opposite, in bytes of the text.
    pub shared: &'a [Range<usize>],
    /// The rows, and where on the screen each stands.
    pub rows: Vec<(u16, &'a Row)>,
}

impl Stretch<'_> {
    /// Draws the rows with everything that marks them.
    pub fn draw(&self, app: &App, area: ColumnArea, pencil: &mut Pencil) {
        let seen = self.seen();
        let layers = Layers::of(app, self, &seen, pencil);
        for (y, row) in &self.rows {
            let line = Rect {
                y: *y,
                height: 1,
                ..area.text
            };
            self.text(row, &layers, line, pencil);
            voices::between(app, self.interview, row, line, pencil);
        }
        self.signs(app, &seen, area, pencil);
    }

    /// The bytes of the text that are seen.
    fn seen(&self) -> Range<usize> {
        let mut lines = self.rows.iter().filter_map(|(_, row)| {
            let start = self.interview.paragraphs.get(row.paragraph)?.start();
            let range = &row.line.as_ref()?.range;
            Some(start + range.start..start + range.end)
        });
        let first = lines.next().unwrap_or_default();
        let end = lines.next_back().map_or(first.end, |last| last.end);
        first.start..end
    }

    fn text(&self, row: &Row, layers: &Layers, area: Rect, pencil: &mut Pencil) {
        let (theme, interview) = (pencil.theme, self.interview);
        let turn = interview
            .turn_of(row.paragraph)
            .and_then(|turn| interview.turns.get(turn));
        let is_question = turn.is_some_and(|turn| turn.role == Role::Question);
        let exchange = interview.exchange_of(row.paragraph);
        let current = self.current == Some(exchange);
        if current && is_question && (row.line.is_some() || self.goes_on(row)) {
            let accent = theme.accent[self.side.index()];
            pencil.text(area.x - 2, area.y, theme.signs.bar, accent, 1);
        }
        let Some(line) = &row.line else { return };
        let doubt = interview.doubt(row.paragraph..row.paragraph + 1);
        if line.range.start == 0 && doubt.is_some() {
            // In the place of the bar: beside the text it would read as a part of it.
            pencil.text(area.x - 2, area.y, theme.signs.doubt, theme.dim, 1);
        }
        let mut style = if current { Style::new() } else { theme.dim };
        if is_question {
            style = style.add_modifier(Modifier::BOLD);
        }
        let start = interview.paragraphs[row.paragraph].start();
        let range = start + line.range.start..start + line.range.end;
        let mut x = area.x;
        for (segment, style) in layers.segments(&range, style) {
            let piece = crate::typeset::Line {
                hyphen: line.hyphen && segment.end == range.end,
                range: segment,
            };
            x = pencil.text(
                x,
                area.y,
                &piece.text(&interview.text),
                style,
                area.right() - x,
            );
        }
    }

    /// Whether the blank row after a question's paragraph stands between two paragraphs of the same question.
    fn goes_on(&self, row: &Row) -> bool {
        let current = self.current.flatten();
        let exchange = current.and_then(|at| self.interview.exchanges.get(at));
        exchange.is_some_and(|exchange| exchange.question.contains(&(row.paragraph + 1)))
    }

    /// The signs of the notes, in the gutter beside the line where the passage begins.
    fn signs(&self, app: &App, seen: &Range<usize>, area: ColumnArea, pencil: &mut Pencil) {
        let (theme, interview) = (pencil.theme, self.interview);
        for (at, kind) in app.annotations.signs(app.column(self.side).index, seen) {
            let row = self.rows.iter().find(|(_, row)| {
                let start = interview.paragraphs[row.paragraph].start();
                row.line
                    .as_ref()
                    .is_some_and(|line| at < start + line.range.end.max(line.range.start + 1))
            });
            let Some((y, _)) = row else { continue };
            let style = theme.accent[self.side.index()].bold();
            pencil.text(
                area.gutter.x,
                *y,
                super::sign(theme.signs, &kind, &app.annotations.book.kinds),
                style,
                1,
            );
        }
    }
}

/// What the reader said of the exchange, below a short rule.
fn foot(app: &App, side: Side, area: ColumnArea, pencil: &mut Pencil) {
    let theme = pencil.theme;
    let foot = &app.column(side).foot;
    let rows = u16::try_from(foot.rows()).unwrap_or(0);
    if rows == 0 {
        return;
    }
    let y = area.text.bottom().saturating_sub(rows);
    let (mut x, right) = (area.text.x, area.text.right());
    for _ in 0..RULE.min(area.text.width) {
        x = pencil.text(x, y, theme.signs.line, theme.faint, 1);
    }
    if foot.left_out > 0 {
        let more = app.lang.tr("more: C", "weitere: C");
        let more = format!(" {} {more}", foot.left_out);
        pencil.clipped(x, y, &more, theme.dim, right.saturating_sub(x));
    }
    for (y, line) in (y + 1..area.text.bottom()).zip(&foot.lines) {
        if let Some(kind) = &line.kind {
            let sign = super::sign(theme.signs, kind, &app.annotations.book.kinds);
            pencil.text(area.gutter.x, y, sign, theme.accent[side.index()].bold(), 1);
        }
        pencil.text(area.text.x, y, &line.text, Style::new(), area.text.width);
    }
}

/// The interview's name, organisation and date; at the right, which exchange of how many.
fn head(app: &App, side: Side, area: ColumnArea, pencil: &mut Pencil) {
    let theme = pencil.theme;
    let column = app.column(side);
    let (x, y, right) = (area.gutter.x, area.head.y, area.text.right());
    let accent = theme.accent[side.index()];
    if app.focus == Focus::from(side) {
        pencil.text(x, y, theme.signs.focus, accent, 1);
    }
    let Some(interview) = &column.interview else {
        let name = app
            .library
            .get(column.index)
            .map_or("", |entry| entry.name.as_str());
        pencil.clipped(area.text.x, y, name, accent.bold(), area.text.width);
        return;
    };
    let count = interview.exchanges.len();
    // Of a head nobody knows yet how many there will be.
    let of = match interview.partial {
        true => "…".to_owned(),
        false => count.to_string(),
    };
    let place = match column.current {
        Some(exchange) => format!("{}/{of}", exchange + 1),
        None if count == 0 => String::new(),
        None => format!("{}/{of}", theme.signs.dot),
    };
    let end = pencil.right(right, y, &place, theme.dim);
    let room = end.saturating_sub(area.text.x + 1);
    let full = interview.label();
    let name = if width(full) <= usize::from(room) {
        full
    } else {
        interview.short_label()
    };
    let after = pencil.clipped(area.text.x, y, name, accent.bold(), room);
    let metadata = &interview.metadata;
    let known = [metadata.organisation.as_deref(), metadata.date.as_deref()];
    let mut x = after + 2;
    for word in known.into_iter().flatten().filter(|word| *word != name) {
        if x.saturating_add(u16::try_from(width(word)).unwrap_or(u16::MAX)) < end {
            x = pencil.text(x, y, word, theme.dim, end - x) + 2;
        }
    }
}

/// Says why there is no text.
fn absent(app: &App, column: &Column, area: Rect, pencil: &mut Pencil) {
    let problem = app
        .library
        .get(column.index)
        .map(|entry| entry.problem.as_deref());
    let (says, style) = match problem {
        Some(Some(problem)) => (problem, pencil.theme.wrong),
        Some(None) => (app.lang.tr("reading …", "wird gelesen …"), pencil.theme.dim),
        None => (
            app.lang.tr(
                "No second interview: name one when starting.",
                "Kein zweites Interview: beim Start eins nennen.",
            ),
            pencil.theme.dim,
        ),
    };
    let lines = crate::typeset::typeset(says, usize::from(area.width), None);
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        pencil.text(area.x, y, &line.text(says), style, area.width);
    }
}

/// What is laid over the text, lowest first: byte ranges of the interview's text, and a style each.
struct Layers {
    layers: Vec<(Vec<Range<usize>>, Style)>,
}

impl Layers {
    fn of(app: &App, stretch: &Stretch, seen: &Range<usize>, pencil: &Pencil) -> Layers {
        let (theme, side) = (pencil.theme, stretch.side);
        let column = app.column(side);
        let within = |ranges: &[Range<usize>]| -> Vec<Range<usize>> {
            let first = ranges.partition_point(|range| range.end <= seen.start);
            ranges[first..]
                .iter()
                .take_while(|range| range.start < seen.end)
                .cloned()
                .collect()
        };
        let shared = theme.accent[side.index()].add_modifier(Modifier::UNDERLINED);
        // One over another, in the order in which they begin.
        let highlights = app.annotations.highlights(column.index, seen).into_iter();
        let kinds = &app.annotations.book.kinds;
        let highlights =
            highlights.map(|(range, kind)| (vec![range], super::ground(theme, &kind, kinds)));
        let selected = column.selection.iter().map(|s| s.range()).collect();
        let mut layers = vec![(within(stretch.shared), shared)];
        layers.extend(highlights);
        layers.extend([
            (within(&app.seek.hits[side.index()]), theme.hit),
            (
                app.seek.here(side).cloned().into_iter().collect(),
                theme.hit_here,
            ),
            (selected, theme.selection),
        ]);
        Layers { layers }
    }

    /// Divides `range` where a style changes.
    fn segments(&self, range: &Range<usize>, base: Style) -> Vec<(Range<usize>, Style)> {
        let overlapping: Vec<(Range<usize>, Style)> = self
            .layers
            .iter()
            .flat_map(|(ranges, style)| {
                ranges
                    .iter()
                    .map(|r| (r.start.max(range.start)..r.end.min(range.end), *style))
            })
            .filter(|(r, _)| r.start < r.end)
            .collect();
        let mut cuts: Vec<usize> = overlapping
            .iter()
            .flat_map(|(r, _)| [r.start, r.end])
            .collect();
        cuts.extend([range.start, range.end]);
        cuts.sort_unstable();
        cuts.dedup();
        cuts.windows(2)
            .map(|cut| {
                let segment = cut[0]..cut[1];
                let over = overlapping
                    .iter()
                    .filter(|(r, _)| r.start <= segment.start && segment.end <= r.end);
                let style = over.fold(base, |style, (_, layer)| style.patch(*layer));
                (segment, style)
            })
            .collect()
    }
}
