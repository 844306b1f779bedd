//! What the keys of one object of a JSON transcript say of it.

use crate::transcript::clock;
use crate::transcript::formats::key::{Key, Unit};

/// When something happens.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Moment {
    /// Nothing is said of it.
    #[default]
    Unknown,
    /// In milliseconds.
    Exact(u32),
    /// In a unit that must be seen from the whole.
    Number(f64),
}

impl Moment {
    /// This, or where nothing is said of it, `other`.
    #[must_use]
    pub fn or(self, other: Moment) -> Moment {
        if self == Moment::Unknown { other } else { self }
    }
}

/// What a value holds for the object around it.
#[derive(Debug)]
pub enum Found {
    /// Nothing that is known here.
    Nothing,
    /// Words, or a name.
    Text(String),
    /// A number.
    Number(f64),
    /// When something begins and ends.
    Times(Moment, Moment),
}

/// What is known of an object while it is read.
#[derive(Debug, Default)]
pub struct Fields {
    /// What is said, with the rank of its key.
    pub text: Option<(u8, String)>,
    /// Who says it, with the rank of its key.
    pub speaker: Option<(u8, String)>,
    /// What a speaker is called where the name is not meant.
    pub id: Option<String>,
    start: Moment,
    end: Moment,
    duration: Moment,
}

impl Fields {
    /// Takes what a key holds.
    pub fn take(&mut self, key: Key, found: Found) {
        match (key, found) {
            (Key::Text(rank), Found::Text(text)) => keep(&mut self.text, rank, text),
            (Key::Speaker(rank), Found::Text(name)) => keep(&mut self.speaker, rank, name),
            (Key::Speaker(rank), Found::Number(number)) => {
                keep(&mut self.speaker, rank, numbered(number));
            }
            (Key::Id, Found::Text(id)) => self.id = Some(id),
            (Key::Id, Found::Number(id)) => self.id = Some(numbered(id)),
            (Key::Start(unit), Found::Times(start, end)) => {
                self.start = self.start.or(of(start, unit));
                self.end = self.end.or(of(end, unit));
            }
            (Key::Start(unit), Found::Text(text)) => match clock::moment(&text) {
                // A clock says what it counts; a number beside it may not.
                Some(time) => self.start = of(Moment::Exact(time), unit),
                // `"from": "Ada"`
                None => keep(&mut self.speaker, 1, text),
            },
            (Key::Start(unit), found) => self.start = self.start.or(moment(&found, unit)),
            (Key::End(unit), found) => self.end = self.end.or(moment(&found, unit)),
            (Key::Duration(unit), found) => self.duration = moment(&found, unit),
            _ => {}
        }
    }

    /// When it begins and ends.
    #[must_use]
    pub fn times(&self) -> (Moment, Moment) {
        let end = match (self.end, self.start, self.duration) {
            (Moment::Unknown, Moment::Exact(start), Moment::Exact(length)) => {
                Moment::Exact(start.saturating_add(length))
            }
            (Moment::Unknown, Moment::Number(start), Moment::Number(length)) => {
                Moment::Number(start + length)
            }
            (end, ..) => end,
        };
        (self.start, end)
    }
}

/// Puts `text` in `place`, unless something of a higher rank is there.
fn keep(place: &mut Option<(u8, String)>, rank: u8, text: String) {
    if !text.trim().is_empty() && place.as_ref().is_none_or(|(held, _)| *held < rank) {
        *place = Some((rank, text));
    }
}

/// What a voice is called that a machine counts: *0* alone would be no name.
fn numbered(number: f64) -> String {
    format!("Speaker {number}")
}

fn of(moment: Moment, unit: Unit) -> Moment {
    let Moment::Number(number) = moment else {
        return moment;
    };
    let exact = match unit {
        Unit::Unknown => return moment,
        Unit::Milliseconds => clock::milliseconds(number, 1.0),
        Unit::Ticks => clock::milliseconds(number, 1e-4),
    };
    exact.map_or(Moment::Unknown, Moment::Exact)
}

fn moment(found: &Found, unit: Unit) -> Moment {
    match found {
        Found::Number(number) => of(Moment::Number(*number), unit),
        Found::Text(text) => clock::moment(text).map_or(Moment::Unknown, Moment::Exact),
        _ => Moment::Unknown,
    }
}
