//! Writes text into cells, clipped to the room it has.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use crate::text::width::clip;
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
        self.buffer
            .set_stringn(x, y, text, usize::from(cells), anew.patch(style))
            .0
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
