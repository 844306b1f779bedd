//! Where everything stands: from a size and what is open to rectangles, and nothing else.
//!
//! Both the reader, to know what is visible, and the drawing ask here.

use ratatui::layout::{Position, Rect, Size};

use super::{Focus, Side};
use crate::export::map::cell_width;

/// The longest line a person reads with ease, in cells.
pub const MEASURE: u16 = 72;

/// The widest that a question gets beside the map, in cells.
const LABEL: u16 = 60;

/// From this width on, in cells, the list stands beside both columns.
const THREE_PANES: u16 = 100;
/// From this width on there are two columns, and the list slides over them.
const TWO_PANES: u16 = 60;
/// Below this there is no room for anything but a line that says so.
const SMALLEST: Size = Size {
    width: 20,
    height: 5,
};

/// Where the panes stand. A pane that isn't seen has no rectangle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// The whole screen.
    pub whole: Rect,
    /// The list of questions.
    pub questions: Option<Rect>,
    /// The columns, left and right.
    pub columns: [Option<ColumnArea>; 2],
    /// The thin rules between panes, from top to bottom.
    pub rules: Vec<Rect>,
    /// The last line.
    pub status: Rect,
}

/// Where the parts of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnArea {
    /// All of it.
    pub whole: Rect,
    /// The line with the interview's name.
    pub head: Rect,
    /// Where signs stand, left of the text: two cells wide.
    pub gutter: Rect,
    /// The text; its width is the measure.
    pub text: Rect,
}

/// Where the parts of the map stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MapArea {
    /// All of it; its first line names the interviews.
    pub whole: Rect,
    /// The numbers of the questions across.
    pub numbers: Rect,
    /// The questions down the side.
    pub labels: Rect,
    /// The cells, from the first that is seen.
    pub cells: Rect,
    /// How wide a cell is, with the space after it.
    pub cell: u16,
    /// What is said of the pair under the cursor; of no height where there is no room.
    pub detail: Rect,
}

impl MapArea {
    /// How many questions across there is room for.
    #[must_use]
    pub fn columns(&self) -> usize {
        usize::from((self.cells.width / self.cell.max(1)).max(1))
    }
}

/// The rectangles of a screen of `size` with the focus at `focus`; `lead` is the column shown where there is room for one.
/// `None` where the size is too small for anything.
#[must_use]
pub fn screen(size: Size, focus: Focus, lead: Side) -> Option<Screen> {
    if size.width < SMALLEST.width || size.height < SMALLEST.height {
        return None;
    }
    let whole = Rect::from((Position::ORIGIN, size));
    let body = Rect {
        height: size.height - 1,
        ..whole
    };
    let status = Rect {
        y: size.height - 1,
        height: 1,
        ..whole
    };
    let in_list = matches!(focus, Focus::Questions | Focus::Filter);
    let mut screen = Screen {
        whole,
        status,
        ..Screen::default()
    };
    if size.width >= THREE_PANES {
        let list = (size.width.min(200) * 26 / 100).clamp(26, 46);
        let columns = screen.split(Rect {
            x: list + 1,
            width: size.width - list - 1,
            ..body
        });
        screen.rules.insert(0, rule(body, list));
        screen.questions = Some(Rect {
            width: list,
            ..body
        });
        screen.columns = columns.map(|rect| Some(column(rect)));
    } else if size.width >= TWO_PANES {
        let columns = screen.split(body);
        screen.columns = columns.map(|rect| Some(column(rect)));
        if in_list {
            let list = columns[0].width;
            screen.questions = Some(Rect {
                width: list,
                ..body
            });
            screen.columns[0] = None;
        }
    } else if in_list {
        screen.questions = Some(body);
    } else {
        screen.columns[lead.index()] = Some(column(body));
    }
    Some(screen)
}

impl Screen {
    /// Divides `rect` into two columns with a rule between them.
    fn split(&mut self, rect: Rect) -> [Rect; 2] {
        let left = (rect.width - 1) / 2;
        self.rules.push(rule(rect, rect.x + left));
        [
            Rect {
                width: left,
                ..rect
            },
            Rect {
                x: rect.x + left + 1,
                width: rect.width - left - 1,
                ..rect
            },
        ]
    }

    /// The columns of a synopsis, which has the whole width; where there is room for one only, both stand there.
    #[must_use]
    pub fn synopsis(&self) -> [ColumnArea; 2] {
        let body = self.body();
        if body.width < TWO_PANES {
            return [column(body); 2];
        }
        Screen::default().split(body).map(column)
    }

    /// The map of so many left questions against so many right ones: what is below it gets what it leaves, and more
    /// than nothing where that can be.
    #[must_use]
    pub fn map(&self, size: [usize; 2]) -> MapArea {
        let body = self.body();
        let [lefts, rights] = size.map(|count| u16::try_from(count).unwrap_or(u16::MAX));
        let cell = u16::try_from(cell_width(size[1])).unwrap_or(u16::MAX);
        let numbers = if body.height >= 14 { 2 } else { 1 };
        let heads = 1 + u16::from(body.height >= 14) + numbers;
        let detail = match body.height {
            24.. => 9,
            16.. => 6,
            8.. => 3,
            _ => 0,
        };
        let room = body.height.saturating_sub(heads);
        let height = lefts.min(room.saturating_sub(detail).max(1)).min(room);
        // Left of the labels a bar, right of them what stands alone.
        let inner = body.width.saturating_sub(2 + 3);
        let least = (body.width / 3).clamp(6, 24).min(inner);
        let wide = rights.max(1).saturating_mul(cell);
        let labels = inner.saturating_sub(wide).clamp(least, LABEL.max(least));
        let x = body.x + 2 + labels + 3;
        let below = body.y + heads + height;
        MapArea {
            whole: body,
            numbers: Rect {
                y: body.y + heads - numbers,
                height: numbers,
                ..body
            },
            labels: Rect {
                x: body.x + 2,
                y: body.y + heads,
                width: labels,
                height,
            },
            cells: Rect {
                x,
                y: body.y + heads,
                width: body.right().saturating_sub(x),
                height,
            },
            cell,
            // A line of air, where there is room.
            detail: match (body.bottom() - below, detail) {
                (_, 0) => Rect { height: 0, ..body },
                (left, _) => {
                    let air = u16::from(left > detail);
                    Rect {
                        y: below + air,
                        height: left - air,
                        ..body
                    }
                }
            },
        }
    }

    /// A strip over the whole width at the foot of the panes, at most `height` cells high.
    #[must_use]
    pub fn foot(&self, height: u16) -> Rect {
        let height = height.min(self.status.y);
        Rect {
            y: self.status.y - height,
            height,
            ..self.whole
        }
    }

    /// All that the panes take.
    #[must_use]
    pub fn body(&self) -> Rect {
        self.foot(u16::MAX)
    }
}

/// The room inside a sheet that lies over the panes: between its two rules, at most `width` cells wide, in the middle.
#[must_use]
pub fn room(sheet: Rect, width: u16) -> Rect {
    let inner = sheet.width.saturating_sub(4).min(width).max(1);
    Rect {
        x: sheet.x + (sheet.width - inner) / 2,
        y: sheet.y + 1,
        width: inner,
        height: sheet.height.saturating_sub(2),
    }
}

fn rule(body: Rect, x: u16) -> Rect {
    Rect {
        x,
        width: 1,
        ..body
    }
}

fn column(whole: Rect) -> ColumnArea {
    let air = if whole.height >= 12 { 2 } else { 1 };
    let inner = whole.width.saturating_sub(3).max(1);
    let measure = inner.min(MEASURE);
    let x = whole.x + 2 + (inner - measure) / 2;
    let text = Rect {
        x,
        y: whole.y + air,
        width: measure,
        height: whole.height.saturating_sub(air),
    };
    ColumnArea {
        whole,
        head: Rect { height: 1, ..whole },
        gutter: Rect {
            x: x - 2,
            width: 2,
            ..text
        },
        text,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(width: u16, height: u16, focus: Focus) -> Option<Screen> {
        screen(Size { width, height }, focus, Side::Left)
    }

    #[test]
    fn the_width_decides_how_many_panes_stand_side_by_side() {
        let panes = |width, focus| {
            let s = at(width, 30, focus).unwrap();
            (s.questions.is_some(), s.columns.map(|c| c.is_some()))
        };
        assert_eq!(panes(100, Focus::Left), (true, [true, true]));
        assert_eq!(panes(99, Focus::Left), (false, [true, true]));
        assert_eq!(panes(99, Focus::Filter), (true, [false, true]));
        assert_eq!(panes(59, Focus::Left), (false, [true, false]));
        assert_eq!(panes(59, Focus::Questions), (true, [false, false]));
        assert_eq!(at(19, 30, Focus::Left), None);
        assert_eq!(at(80, 4, Focus::Left), None);
    }

    #[test]
    fn a_wide_column_keeps_the_measure_and_centres_it() {
        let column = at(300, 100, Focus::Left).unwrap().columns[0].unwrap();
        assert_eq!(column.text.width, MEASURE);
        let left = column.gutter.x - column.whole.x;
        let right = column.whole.right() - column.text.right();
        assert!(left.abs_diff(right) <= 2, "{left} {right}");
    }

    proptest! {
        #[test]
        fn a_map_of_any_size_lies_on_any_screen(
            width in 20u16..320,
            height in 5u16..120,
            lefts in 0usize..2000,
            rights in 0usize..2000,
        ) {
            let screen = at(width, height, Focus::Left).unwrap();
            let map = screen.map([lefts, rights]);
            for rect in [map.numbers, map.labels, map.cells, map.detail] {
                prop_assert_eq!(rect.intersection(map.whole), rect);
            }
            prop_assert!(map.cells.width >= map.cell && map.labels.width > 0);
            prop_assert!(lefts == 0 || map.cells.height > 0);
        }

        #[test]
        fn everything_lies_on_the_screen(width in 20u16..320, height in 5u16..120, focus in 0usize..4) {
            let focus = [Focus::Questions, Focus::Filter, Focus::Left, Focus::Right][focus];
            let s = at(width, height, focus).unwrap();
            let synopsis = s.synopsis();
            let columns = s.columns.iter().flatten().chain(&synopsis);
            let parts = columns.flat_map(|c| [c.whole, c.head, c.gutter, c.text]);
            for rect in parts.chain(s.questions).chain(s.rules.clone()).chain([s.status, s.body(), s.foot(9)]) {
                prop_assert_eq!(rect.intersection(s.whole), rect);
                prop_assert!(rect.width > 0 && rect.height > 0);
            }
        }
    }
}
