//! A key, whatever terminal library read it, and how it is written.

use std::fmt;
use std::str::FromStr;

use crate::text::visible::picture;

/// A key as the program knows it, whatever terminal library read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Held with Control.
    pub ctrl: bool,
    /// Held with Alt.
    pub alt: bool,
    /// Held with Shift; never set beside a character, which is upper case then.
    pub shift: bool,
}

/// Which key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Home,
    End,
    F(u8),
}

impl Key {
    /// A key held with nothing.
    #[must_use]
    pub const fn plain(code: Code) -> Key {
        Key {
            code,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }

    /// The character it types into a text, where it types one; for one that the terminal would obey, the sign for it.
    #[must_use]
    pub fn typed(self) -> Option<char> {
        match self {
            Key {
                code: Code::Char(c),
                ctrl: false,
                alt: false,
                ..
            } => Some(picture(c).unwrap_or(c)),
            _ => None,
        }
    }
}

/// The names of keys other than characters, as the table writes them.
const NAMES: &[(&str, Code)] = &[
    ("Space", Code::Char(' ')),
    ("Enter", Code::Enter),
    ("Esc", Code::Esc),
    ("Tab", Code::Tab),
    ("Backspace", Code::Backspace),
    ("Del", Code::Delete),
    ("↑", Code::Up),
    ("↓", Code::Down),
    ("←", Code::Left),
    ("→", Code::Right),
    ("PgUp", Code::PageUp),
    ("PgDn", Code::PageDown),
    ("Home", Code::Home),
    ("End", Code::End),
];

impl FromStr for Key {
    type Err = ();

    /// Reads a key as the table writes it: `j`, `Ctrl-d`, `Shift-Tab`, `PgDn`.
    fn from_str(written: &str) -> Result<Key, ()> {
        let (mut ctrl, mut alt, mut shift, mut rest) = (false, false, false, written);
        loop {
            rest = if let Some(after) = rest.strip_prefix("Ctrl-").filter(|r| !r.is_empty()) {
                ctrl = true;
                after
            } else if let Some(after) = rest.strip_prefix("Alt-").filter(|r| !r.is_empty()) {
                alt = true;
                after
            } else if let Some(after) = rest.strip_prefix("Shift-").filter(|r| !r.is_empty()) {
                shift = true;
                after
            } else {
                break;
            };
        }
        let named = NAMES
            .iter()
            .find(|(name, _)| *name == rest)
            .map(|(_, code)| *code);
        let mut chars = rest.chars();
        let code = match (named, chars.next(), chars.next()) {
            (Some(code), ..) => code,
            (None, Some(c), None) => Code::Char(c),
            _ => Code::F(
                rest.strip_prefix('F')
                    .and_then(|n| n.parse().ok())
                    .ok_or(())?,
            ),
        };
        Ok(Key {
            code,
            ctrl,
            alt,
            shift,
        })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = [
            (self.ctrl, "Ctrl-"),
            (self.alt, "Alt-"),
            (self.shift, "Shift-"),
        ];
        for (_, name) in held.iter().filter(|(held, _)| *held) {
            f.write_str(name)?;
        }
        match (NAMES.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, Code::Char(c)) => write!(f, "{c}"),
            (None, Code::F(n)) => write!(f, "F{n}"),
            (None, code) => write!(f, "{code:?}"),
        }
    }
}
