//! TEMPORARY stand-in.

use ratatui::Frame;

use super::theme::Theme;
use crate::app::App;

/// Draws what the stand-in knows.
pub fn draw(app: &App, frame: &mut Frame, _theme: &Theme) {
    let area = frame.area();
    let buffer = frame.buffer_mut();
    for (row, line) in app.lines().iter().enumerate() {
        if row < usize::from(area.height) {
            buffer.set_stringn(
                0,
                row as u16,
                line,
                usize::from(area.width),
                ratatui::style::Style::new(),
            );
        }
    }
}
