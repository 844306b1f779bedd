//! What a JSON file says, gathered in one pass and without keeping the file: of every object what may be speech, who
//! speaks and when, by its place.
//!
//! Objects at the same place are one track: `segments`, `segments/words`. Which of them is the transcript is decided
//! afterwards ([`track`](super::track)), from the whole.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::fields::{Fields, Found, Moment};
use crate::transcript::bounds;
use crate::transcript::clock;
use crate::transcript::fault::Fault;
use crate::transcript::formats::key::{Key, key};

/// More places than this no transcript has; what stands at others is read over.
const TRACKS: usize = 500;

/// More speakers than this have no name of their own.
const NAMES: usize = 1_000;

/// More speakers than this aren't told apart.
const SPEAKERS: usize = u16::MAX as usize;

/// An object that may be something said.
#[derive(Clone, Debug, Default)]
pub struct Utterance {
    /// The object around it, by index into the track around its own.
    pub within: u32,
    /// Who speaks, by index into [`Harvest::speakers`].
    pub speaker: Option<u32>,
    /// When it begins.
    pub start: Moment,
    /// When it ends.
    pub end: Moment,
    /// Where what is said ends in [`Track::text`]; it begins where that of the one before ends.
    pub until: usize,
}

/// The objects at one place, in the order of the file.
#[derive(Debug, Default)]
pub struct Track {
    /// The track around it; its own index for the outermost.
    pub around: usize,
    /// Its objects.
    pub utterances: Vec<Utterance>,
    /// What they say.
    pub text: String,
    /// The keys seen in its objects, and the tracks of what stands below them.
    keys: Vec<(Box<str>, Key, usize)>,
}

impl Track {
    /// What the utterance `index` says.
    #[must_use]
    pub fn said(&self, index: usize) -> &str {
        let from = index
            .checked_sub(1)
            .and_then(|before| self.utterances.get(before));
        let until = self.utterances.get(index).map_or(0, |here| here.until);
        self.text
            .get(from.map_or(0, |before| before.until)..until)
            .unwrap_or_default()
    }
}

/// What was gathered.
#[derive(Debug)]
pub struct Harvest {
    /// By place; the outermost first.
    pub tracks: Vec<Track>,
    /// Who speaks, as the file writes it.
    pub speakers: Vec<String>,
    /// What speakers are called, by what the file calls them elsewhere.
    pub names: HashMap<String, String>,
    /// The title of the whole.
    pub title: Option<String>,
    /// The date of the whole.
    pub date: Option<String>,
    indices: HashMap<String, u32>,
    /// How many utterances there are in all tracks.
    gathered: usize,
}

impl Harvest {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Harvest {
        Harvest {
            tracks: vec![Track::default()],
            speakers: Vec::new(),
            names: HashMap::new(),
            title: None,
            date: None,
            indices: HashMap::new(),
            gathered: 0,
        }
    }

    /// Gathers the next value of `deserializer`.
    ///
    /// # Errors
    /// When the JSON is not well formed; what stood before is kept.
    pub fn gather<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        let value = Value {
            harvest: self,
            track: 0,
            within: 0,
            key: Key::Other,
        };
        value.deserialize(deserializer).map(drop)
    }

    fn speaker(&mut self, name: String) -> Option<u32> {
        if let Some(index) = self.indices.get(&name) {
            return Some(*index);
        }
        let index = u32::try_from(self.speakers.len()).ok()?;
        if self.speakers.len() >= SPEAKERS {
            return None;
        }
        self.speakers.push(name.clone());
        self.indices.insert(name, index);
        Some(index)
    }

    fn name(&mut self, id: String, name: String) {
        if self.names.len() < NAMES {
            self.names.insert(id, name);
        }
    }

    /// What `name` is about in the objects of `track`, and the track of what stands below it. Numbered keys are one.
    fn below(&mut self, track: usize, name: &str) -> Option<(Key, usize)> {
        let name: Cow<str> = match name.bytes().any(|byte| byte.is_ascii_digit()) {
            true => name.chars().filter(|c| !c.is_ascii_digit()).collect(),
            false => name.into(),
        };
        let known = self.tracks[track].keys.iter();
        if let Some((_, key, below)) = known.rev().find(|(key, ..)| **key == *name) {
            return Some((*key, *below));
        }
        let below = self.tracks.len();
        if below >= TRACKS {
            return None;
        }
        self.tracks.push(Track {
            around: track,
            ..Track::default()
        });
        let about = key(&name);
        self.tracks[track].keys.push((name.into(), about, below));
        Some((about, below))
    }

    /// Adds something said to `track`.
    fn add(&mut self, track: usize, mut utterance: Utterance, text: &str) {
        // Its paragraphs are apart.
        self.gathered += 1 + memchr::memchr_iter(b'\n', text.as_bytes()).count();
        let track = &mut self.tracks[track];
        track.text.push_str(text);
        utterance.until = track.text.len();
        track.utterances.push(utterance);
    }

    /// Whether there are no more utterances than are read; to be asked while they are gathered.
    ///
    /// # Errors
    /// When there are more.
    pub fn bounded(&self) -> Result<(), Fault> {
        bounds::pieces(self.gathered)
    }

    /// Keeps an object of `track` that stands below `around`, or gives what it holds to the object around it.
    fn keep(
        &mut self,
        track: usize,
        within: u32,
        around: Key,
        fields: Fields,
        needed: bool,
    ) -> Found {
        let (start, end) = fields.times();
        let Fields {
            text, speaker, id, ..
        } = fields;
        let text = text.map(|(_, text)| text).unwrap_or_default();
        let speaker = speaker.map(|(_, name)| name);
        if text.trim().is_empty() && !needed {
            match around {
                // `"timestamps": {"from": …, "to": …}`
                Key::Start(_) => return Found::Times(start, end),
                // `"speaker": {"name": …}`
                Key::Speaker(_) => return speaker.or(id).map_or(Found::Nothing, Found::Text),
                Key::Speakers => {
                    if let (Some(id), Some(name)) = (id, speaker) {
                        self.name(id, name);
                    }
                }
                _ => {}
            }
            return Found::Nothing;
        }
        let speaker = speaker.and_then(|name| self.speaker(name));
        let utterance = Utterance {
            within,
            speaker,
            start,
            end,
            until: 0,
        };
        self.add(track, utterance, &text);
        Found::Nothing
    }
}

/// A value below `key`; objects in it belong to `track`.
struct Value<'h> {
    harvest: &'h mut Harvest,
    track: usize,
    within: u32,
    key: Key,
}

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Found, E> {
        Ok(Found::Nothing)
    }

    fn visit_unit<E>(self) -> Result<Found, E> {
        Ok(Found::Nothing)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Found, E> {
        Ok(Found::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Found, E> {
        Ok(Found::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Found, E> {
        Ok(Found::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Found, E> {
        // What nothing is to be learnt from needn't be copied.
        Ok(match self.key {
            Key::Other => Found::Nothing,
            _ => Found::Text(text.to_owned()),
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Found, A::Error> {
        let mut texts = String::new();
        let mut times: Vec<Moment> = Vec::new();
        loop {
            let value = Value {
                harvest: &mut *self.harvest,
                track: self.track,
                within: self.within,
                key: self.key,
            };
            match (seq.next_element_seed(value)?, self.key) {
                (None, _) => break,
                (Some(_), Key::Alternatives) => {
                    while seq.next_element::<IgnoredAny>()?.is_some() {}
                    break;
                }
                (Some(Found::Text(text)), Key::Text(_)) => {
                    if !texts.is_empty() {
                        texts.push_str("\n\n");
                    }
                    texts.push_str(&text);
                }
                (Some(Found::Text(text)), Key::Start(_)) if times.len() < 2 => {
                    times.extend(clock::moment(&text).map(Moment::Exact));
                }
                (Some(Found::Number(number)), Key::Start(_)) if times.len() < 2 => {
                    times.push(Moment::Number(number));
                }
                _ => {}
            }
        }
        Ok(match times.as_slice() {
            [start, rest @ ..] => Found::Times(*start, rest.first().copied().unwrap_or_default()),
            [] if !texts.is_empty() => Found::Text(texts),
            [] => Found::Nothing,
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found, A::Error> {
        let Value {
            harvest,
            track,
            within,
            key: around,
        } = self;
        let here = u32::try_from(harvest.tracks[track].utterances.len()).unwrap_or(u32::MAX);
        let before = harvest.gathered;
        let mut fields = Fields::default();
        while let Some(name) = map.next_key_seed(Name)? {
            let Some((about, below)) = harvest.below(track, &name) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            // `"speakers": {"S1": "Ada"}`
            let calls = around == Key::Speakers && about == Key::Other;
            let found = map.next_value_seed(Value {
                harvest: &mut *harvest,
                track: below,
                within: here,
                key: if calls { Key::Id } else { about },
            })?;
            match (about, found) {
                (_, Found::Text(text)) if calls => harvest.name(name.into_owned(), text),
                (Key::Title, Found::Text(text)) if track == 0 => harvest.title = Some(text),
                (Key::Date, Found::Text(text)) if track == 0 => harvest.date = Some(text),
                (Key::Label, Found::Text(text)) => {
                    let said = Utterance {
                        within: here,
                        speaker: harvest.speaker(name.into_owned()),
                        ..Utterance::default()
                    };
                    // Both sides of a question and its answer are one track.
                    if let Some((_, both)) = harvest.below(track, "") {
                        harvest.add(both, said, &text);
                    }
                }
                (about, found) => fields.take(about, found),
            }
        }
        // What stands in it must find it where it says that it is.
        let needed = harvest.gathered > before;
        let kept = harvest.keep(track, within, around, fields, needed);
        harvest.bounded().map_err(A::Error::custom)?;
        Ok(kept)
    }
}

/// The name of a key, as it stands in the file where it can.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}
