//! Writes text into cells, clipped to the room it has.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use crate::text::width::{clip, is_plain};
use crate::tui::theme::Theme;

/// Writes into a buffer with a theme.
pub struct Pencil<'a> {
    /// The cells.
    pub buffer: &'a mut Buffer,
    /// The colours and signs.
    pub theme: &'a Theme,
}

impl<'a> Pencil<'a> {
    /// Writes into `buffer` with `theme`.
    pub fn new(buffer: &'a mut Buffer, theme: &'a Theme) -> Pencil<'a> {
        Pencil { buffer, theme }
    }

    /// Writes `text` from `x` on, at most `cells` wide, and returns the column after it.
    pub fn text(&mut self, x: u16, y: u16, text: &str, style: Style, cells: u16) -> u16 {
        let area = self.buffer.area;
        if y >= area.bottom() || x >= area.right() {
            return x;
        }
        let cells = cells.min(area.right() - x);
        // What stood here before leaves its ground and nothing else.
        let anew = Style::new()
            .fg(Color::Reset)
            .remove_modifier(Modifier::all());
        let style = anew.patch(style);
        if !is_plain(text) {
            let cells = usize::from(cells);
            return self.buffer.set_stringn(x, y, text, cells, style).0;
        }
        let mut after = x;
        for (x, c) in (x..x + cells).zip(text.chars()) {
            if let Some(cell) = self.buffer.cell_mut((x, y)) {
                cell.set_char(c).set_style(style);
            }
            after = x + 1;
        }
        after
    }

    /// As [`Pencil::text`]; where it doesn't fit, it ends in `…`.
    pub fn clipped(&mut self, x: u16, y: u16, text: &str, style: Style, cells: u16) -> u16 {
        self.text(x, y, &clip(text, usize::from(cells)), style, cells)
    }

    /// Writes `text` so that it ends before column `right`, and returns where it begins.
    pub fn right(&mut self, right: u16, y: u16, text: &str, style: Style) -> u16 {
        let width = u16::try_from(crate::text::width(text)).unwrap_or(u16::MAX);
        let x = right.saturating_sub(width);
        self.text(x, y, text, style, width);
        x
    }

    /// Empties an area.
    pub fn clear(&mut self, area: Rect) {
        for y in area.y..area.bottom() {
            for x in area.x..area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
    }

    /// Lays a style under an area.
    pub fn ground(&mut self, area: Rect, style: Style) {
        self.buffer.set_style(area, style);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tui::theme::Terminal;

    proptest! {
        /// What plain text is spared is the library's way of writing, not what comes of it.
        #[test]
        fn it_writes_as_the_library_would(
            text in "[ -~à-ÿ„“–…]{0,12}|\\PC{0,12}",
            x in 0u16..12,
            cells in 0u16..14,
        ) {
            let area = Rect::new(0, 0, 10, 1);
            let (mut ours, mut theirs) = (Buffer::empty(area), Buffer::empty(area));
            let theme = Theme::new(Terminal::from_environment(|_| None, true));
            let style = Style::new().fg(Color::Reset).bold();
            let after = Pencil::new(&mut ours, &theme).text(x, 0, &text, style, cells);
            if x < 10 {
                let anew = Style::new().remove_modifier(Modifier::all()).patch(style);
                let there = theirs.set_stringn(x, 0, &text, usize::from(cells), anew).0;
                prop_assert_eq!(after, there);
            }
            prop_assert_eq!(ours, theirs);
        }
    }
}
