//! A line of text being typed: the filter, the search, the palette. The same editing as in the note editor.

use ratatui_textarea::{CursorMove, Scrolling, TextArea};

use super::keymap::{Action, Key};
use crate::text::visible::visible_line;

/// A line of text being typed.
#[derive(Debug, Default)]
pub struct TypedLine {
    area: TextArea<'static>,
}

impl TypedLine {
    /// A line that says `text` already, with the cursor at its end.
    #[must_use]
    pub fn new(text: &str) -> TypedLine {
        let mut area = TextArea::new(vec![visible_line(text)]);
        area.move_cursor(CursorMove::End);
        TypedLine { area }
    }

    /// What is typed.
    #[must_use]
    pub fn text(&self) -> &str {
        self.area.lines().first().map_or("", String::as_str)
    }

    /// What stands before the cursor.
    #[must_use]
    pub fn before_cursor(&self) -> &str {
        let text = self.text();
        let at = text
            .char_indices()
            .nth(self.area.cursor().1)
            .map_or(text.len(), |(at, _)| at);
        &text[..at]
    }

    /// Types a character; returns whether the key was one.
    pub fn type_key(&mut self, key: Key) -> bool {
        let typed = key.typed();
        if let Some(c) = typed {
            self.area.insert_char(c);
        }
        typed.is_some()
    }

    /// Carries out an editing action; returns whether the text changed.
    pub fn act(&mut self, action: Action) -> bool {
        edit(&mut self.area, action)
    }

    /// Puts a pasted text in, on one line.
    pub fn paste(&mut self, text: &str) {
        let joined: Vec<&str> = text.split_whitespace().collect();
        self.area.insert_str(visible_line(&joined.join(" ")));
    }
}

/// Carries out an editing action in a text area; returns whether the text changed.
///
/// The area's own bindings are not used: every key goes by the one table.
pub(super) fn edit(area: &mut TextArea<'_>, action: Action) -> bool {
    let motion = match action {
        Action::EditLeft => CursorMove::Back,
        Action::EditRight => CursorMove::Forward,
        Action::EditWordLeft => CursorMove::WordBack,
        Action::EditWordRight => CursorMove::WordForward,
        Action::EditHome => CursorMove::Head,
        Action::EditEnd => CursorMove::End,
        Action::LineUp => CursorMove::Up,
        Action::LineDown => CursorMove::Down,
        Action::PageUp | Action::PageDown => {
            let page = if action == Action::PageUp {
                Scrolling::PageUp
            } else {
                Scrolling::PageDown
            };
            area.scroll(page);
            return false;
        }
        Action::EraseLeft => return area.delete_char(),
        Action::EraseRight => return area.delete_next_char(),
        Action::EraseWord => return area.delete_word(),
        Action::EraseToStart => return area.delete_line_by_head(),
        Action::Undo => return area.undo(),
        Action::Redo => return area.redo(),
        Action::NewLine => {
            area.insert_newline();
            return true;
        }
        _ => return false,
    };
    area.move_cursor(motion);
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_edited_and_stays_one() {
        let mut line = TypedLine::new("infl");
        line.paste("uen\nzer\x1b");
        assert_eq!(line.text(), "influen zer␛");
        assert!(line.act(Action::EraseWord));
        assert_eq!(line.text(), "influen ");
        line.act(Action::EditHome);
        assert_eq!(line.before_cursor(), "");
        assert!(line.type_key("ü".parse().unwrap()));
        assert_eq!(line.text(), "üinfluen ");
        assert!(!line.type_key("Ctrl-x".parse().unwrap()));
    }
}
