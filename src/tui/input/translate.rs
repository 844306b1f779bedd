//! The terminal library's keys and mouse as the program's own.

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};
use ratatui::layout::Position;

use crate::app::keymap::{Code, Key};
use crate::app::{Message, Mouse};

/// What an event of the terminal library means to the reader; `None` where it means nothing.
///
/// A new size is left to the signal that tells of it: the library would notice only with the next key.
pub fn message(event: Event) -> Option<Message> {
    match event {
        Event::Key(event) => key(event).map(Message::Key),
        Event::Paste(text) => Some(Message::Paste(text)),
        Event::Mouse(event) => {
            let mouse = match event.kind {
                MouseEventKind::Down(MouseButton::Left) => Mouse::Click,
                MouseEventKind::Drag(MouseButton::Left) => Mouse::Drag,
                MouseEventKind::Up(MouseButton::Left) => Mouse::Release,
                MouseEventKind::ScrollUp => Mouse::WheelUp,
                MouseEventKind::ScrollDown => Mouse::WheelDown,
                _ => return None,
            };
            let at = Position::new(event.column, event.row);
            Some(Message::Mouse(mouse, at))
        }
        Event::Resize(..) | Event::FocusGained | Event::FocusLost => None,
    }
}

/// The key that was pressed, or held until it repeats; a released one means nothing.
pub fn key(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let held = |modifier| event.modifiers.contains(modifier);
    let (ctrl, alt, shift) = (
        held(KeyModifiers::CONTROL),
        held(KeyModifiers::ALT),
        held(KeyModifiers::SHIFT),
    );
    let code = match event.code {
        KeyCode::Char(c) if ctrl => Code::Char(c.to_ascii_lowercase()),
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab | KeyCode::BackTab => Code::Tab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::F(n) => Code::F(n),
        _ => return None,
    };
    let shift = match event.code {
        KeyCode::Char(_) => false,
        KeyCode::BackTab => true,
        _ => shift,
    };
    Some(Key {
        code,
        ctrl,
        alt,
        shift,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Option<String> {
        key(KeyEvent::new(code, modifiers)).map(|key| key.to_string())
    }

    #[test]
    fn keys_are_named_as_the_table_names_them() {
        let plain = KeyModifiers::NONE;
        assert_eq!(pressed(KeyCode::Char('j'), plain).unwrap(), "j");
        let shift = KeyModifiers::SHIFT;
        assert_eq!(pressed(KeyCode::Char('J'), shift).unwrap(), "J");
        assert_eq!(pressed(KeyCode::BackTab, shift).unwrap(), "Shift-Tab");
        let ctrl = KeyModifiers::CONTROL;
        assert_eq!(pressed(KeyCode::Char('D'), ctrl).unwrap(), "Ctrl-d");
        assert_eq!(pressed(KeyCode::Left, ctrl).unwrap(), "Ctrl-←");
        assert_eq!(pressed(KeyCode::Char('h'), ctrl).unwrap(), "Ctrl-h");
        assert_eq!(pressed(KeyCode::Backspace, plain).unwrap(), "Backspace");
        assert_eq!(pressed(KeyCode::Insert, plain), None);
    }

    #[test]
    fn a_released_key_means_nothing_and_a_repeated_one_does() {
        let j = KeyCode::Char('j');
        let kind = |kind| KeyEvent::new_with_kind(j, KeyModifiers::NONE, kind);
        assert_eq!(key(kind(KeyEventKind::Release)), None);
        assert_eq!(
            key(kind(KeyEventKind::Repeat)),
            Some(Key::plain(Code::Char('j')))
        );
    }
}
