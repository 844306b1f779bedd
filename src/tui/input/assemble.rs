//! Puts together what the terminal library takes apart: an escape sequence that a slow line has split after its Esc,
//! and the terminal's word on its background.
//!
//! A split sequence reaches the library as the key Esc and some letters, and the terminal's answer to OSC 11 as Alt-]
//! and what follows. Both are held back until they are whole, or can't become so, or a short while has passed; what
//! turns out to have been typed is handed on as typed. No clock and no terminal here: times come in, messages go out.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::layout::Position;

use super::translate;
use crate::app::keymap::{Code, Key};
use crate::app::{Message, Mouse};

/// How long an Esc may be the beginning of a sequence.
const AFTER_ESC: Duration = Duration::from_millis(30);
/// How long a sequence that has begun may pause.
const WITHIN: Duration = Duration::from_millis(100);
/// No sequence that is known here has more characters.
const LONGEST: usize = 40;

/// What is held back until it is clear what it is.
#[derive(Debug, Default)]
pub struct Assembler {
    /// What could be the beginning of a sequence, as the characters that the terminal sent; empty for nothing.
    held: String,
    /// The text of a paste whose opening sequence was split, so that the library takes the rest for typing.
    paste: Option<String>,
    /// Until when to wait for more; counts only while something is held.
    until: Duration,
}

/// What a string of characters from the terminal can be.
enum Verdict {
    /// A sequence that isn't whole yet; it may pause for so long.
    Begun(Duration),
    /// A whole sequence, and what it means, where it means something.
    Whole(Option<Message>),
    /// The opening sequence of a paste.
    Paste,
    /// No sequence.
    Typed,
}

impl Assembler {
    /// Takes an event that came at `now`; gives what is clear by now, in order.
    pub fn take(&mut self, event: Event, now: Duration) -> Vec<Message> {
        let mut out = Vec::new();
        let piece = piece(&event);
        if let Some(text) = &mut self.paste {
            if let Some(typed) = pasted(&event) {
                text.push(typed);
                self.until = now + WITHIN;
                return out;
            }
            out.extend(self.give_up_waiting());
        }
        if let Some(piece) = &piece {
            let mut longer = std::mem::take(&mut self.held);
            let before = longer.len();
            longer.push_str(piece);
            match verdict(&longer) {
                Verdict::Begun(pause) => {
                    self.held = longer;
                    self.until = now + pause;
                    return out;
                }
                Verdict::Whole(meaning) => {
                    out.extend(meaning);
                    return out;
                }
                Verdict::Paste => {
                    self.paste = Some(String::new());
                    self.until = now + WITHIN;
                    return out;
                }
                Verdict::Typed if before > 0 => {
                    longer.truncate(before);
                    self.held = longer;
                    out.extend(self.give_up_waiting());
                    out.extend(self.take(event, now));
                    return out;
                }
                Verdict::Typed => {}
            }
        } else {
            out.extend(self.give_up_waiting());
        }
        out.extend(translate::message(event));
        out
    }

    /// Until when to wait for more, where something is held back.
    pub fn deadline(&self) -> Option<Duration> {
        (!self.held.is_empty() || self.paste.is_some()).then_some(self.until)
    }

    /// Hands on what is held back as what it would be if nothing followed.
    pub fn give_up_waiting(&mut self) -> Vec<Message> {
        if let Some(text) = self.paste.take() {
            return vec![Message::Paste(text)];
        }
        let held = std::mem::take(&mut self.held);
        let (alt, rest) = match held.strip_prefix("\x1b]") {
            Some(rest) => (Some(']'), rest),
            None => (None, held.as_str()),
        };
        let alt = alt.map(|c| Key {
            alt: true,
            ..Key::plain(Code::Char(c))
        });
        let typed = rest.chars().map(|c| match c {
            '\x1b' => Key::plain(Code::Esc),
            c => Key::plain(Code::Char(c)),
        });
        alt.into_iter().chain(typed).map(Message::Key).collect()
    }
}

/// The characters that the terminal must have sent for `event`, where they can be part of a sequence.
fn piece(event: &Event) -> Option<String> {
    let Event::Key(KeyEvent {
        code,
        modifiers,
        kind: KeyEventKind::Press,
        ..
    }) = event
    else {
        return None;
    };
    match (*code, modifiers.difference(KeyModifiers::SHIFT)) {
        (KeyCode::Esc, KeyModifiers::NONE) => Some("\x1b".to_owned()),
        (KeyCode::Char(c), KeyModifiers::NONE) => Some(c.to_string()),
        (KeyCode::Char(c), KeyModifiers::ALT) => Some(format!("\x1b{c}")),
        (KeyCode::Char('g'), KeyModifiers::CONTROL) => Some("\x07".to_owned()),
        _ => None,
    }
}

/// The character that `event` adds to a paste.
fn pasted(event: &Event) -> Option<char> {
    let Event::Key(KeyEvent {
        code, modifiers, ..
    }) = event
    else {
        return None;
    };
    match (code, modifiers.difference(KeyModifiers::SHIFT)) {
        (KeyCode::Char(c), KeyModifiers::NONE) => Some(*c),
        (KeyCode::Char('j'), KeyModifiers::CONTROL) => Some('\n'),
        (KeyCode::Enter, _) => Some('\n'),
        (KeyCode::Tab, _) => Some('\t'),
        _ => None,
    }
}

fn verdict(sent: &str) -> Verdict {
    let Some(rest) = sent.strip_prefix('\x1b') else {
        return Verdict::Typed;
    };
    if sent.len() > LONGEST {
        return Verdict::Typed;
    }
    let mut chars = rest.chars();
    match chars.next() {
        None => Verdict::Begun(AFTER_ESC),
        Some('[') => control(chars.as_str()),
        Some('O') => match chars.next() {
            None => Verdict::Begun(AFTER_ESC),
            Some(last) => Verdict::Whole(by_letter(last).map(|code| pressed(code, None))),
        },
        Some(']') => report(chars.as_str()),
        Some(_) => Verdict::Typed,
    }
}

/// What stands after `Esc [`: parameters, then a letter or a tilde.
fn control(rest: &str) -> Verdict {
    let Some((at, last)) = rest
        .char_indices()
        .find(|(_, c)| !matches!(c, '0'..='9' | ';' | '<' | '?'))
    else {
        return Verdict::Begun(WITHIN);
    };
    let parameters = &rest[..at];
    if let Some(mouse) = parameters.strip_prefix('<') {
        return Verdict::Whole(moused(mouse, last));
    }
    let mut numbers = parameters.split(';').map(|n| n.parse::<u8>().ok());
    let (first, modifiers) = (numbers.next().flatten(), numbers.next().flatten());
    match (last, first) {
        ('~', Some(200)) => Verdict::Paste,
        ('~', Some(number)) => {
            Verdict::Whole(by_number(number).map(|code| pressed(code, modifiers)))
        }
        ('Z', _) => Verdict::Whole(Some(pressed(Code::Tab, Some(2)))),
        _ => Verdict::Whole(by_letter(last).map(|code| pressed(code, modifiers))),
    }
}

/// The keys that end in a letter, after `Esc [` or `Esc O`.
fn by_letter(last: char) -> Option<Code> {
    Some(match last {
        'A' => Code::Up,
        'B' => Code::Down,
        'C' => Code::Right,
        'D' => Code::Left,
        'F' => Code::End,
        'H' => Code::Home,
        'P'..='S' => Code::F(last as u8 - b'O'),
        _ => return None,
    })
}

/// The keys that have a number and a tilde after `Esc [`.
fn by_number(number: u8) -> Option<Code> {
    Some(match number {
        1 | 7 => Code::Home,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => Code::F(number - 10),
        17..=21 => Code::F(number - 11),
        23..=24 => Code::F(number - 12),
        _ => return None,
    })
}

/// A key held with what xterm's modifier number says: one more than a sum of 1 for Shift, 2 for Alt, 4 for Control.
fn pressed(code: Code, modifiers: Option<u8>) -> Message {
    let held = modifiers.unwrap_or(1).saturating_sub(1);
    Message::Key(Key {
        code,
        ctrl: held & 4 != 0,
        alt: held & 2 != 0,
        shift: held & 1 != 0,
    })
}

/// What the mouse did, by xterm's SGR report: button, column and row from 1, `M` for down.
fn moused(parameters: &str, last: char) -> Option<Message> {
    let mut numbers = parameters.split(';').map(|n| n.parse::<u16>().ok());
    let mut next = || numbers.next().flatten();
    let (button, column, row) = (next()?, next()?, next()?);
    let mouse = match (button, last) {
        (0, 'M') => Mouse::Click,
        (64, 'M') => Mouse::WheelUp,
        (65, 'M') => Mouse::WheelDown,
        _ => return None,
    };
    let at = Position::new(column.checked_sub(1)?, row.checked_sub(1)?);
    Some(Message::Mouse(mouse, at))
}

/// What stands after `Esc ]`: the answer to OSC 11, `11;rgb:rrrr/gggg/bbbb`, and a terminator.
fn report(rest: &str) -> Verdict {
    let body = rest
        .strip_suffix('\x07')
        .or_else(|| rest.strip_suffix("\x1b\\"));
    if let Some(body) = body {
        return match dark(body) {
            Some(dark) => Verdict::Whole(Some(Message::Background { dark })),
            None => Verdict::Typed,
        };
    }
    let rest = rest.strip_suffix('\x1b').unwrap_or(rest);
    let begun = "11;rgb".starts_with(rest)
        || rest.strip_prefix("11;rgb").is_some_and(|colours| {
            colours
                .chars()
                .all(|c| c.is_ascii_hexdigit() || matches!(c, ':' | '/'))
        });
    if begun {
        Verdict::Begun(WITHIN)
    } else {
        Verdict::Typed
    }
}

/// Whether a colour, as the terminal names it, is dark: its luma by ITU-R BT.709 is less than a half.
fn dark(body: &str) -> Option<bool> {
    let colours = body.strip_prefix("11;")?;
    let colours = colours
        .strip_prefix("rgb:")
        .or_else(|| colours.strip_prefix("rgba:"))?;
    let mut parts = colours.split('/').map(|part| {
        let digits = u32::try_from(part.len()).ok().filter(|n| *n <= 4)?;
        let value = u32::from_str_radix(part, 16).ok()?;
        Some(f64::from(value) / f64::from(16_u32.pow(digits) - 1))
    });
    let mut next = || parts.next().flatten();
    let luma = 0.2126 * next()? + 0.7152 * next()? + 0.0722 * next()?;
    Some(luma < 0.5)
}

#[cfg(test)]
mod tests;
