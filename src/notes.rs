//! Notes: what the reader thinks of a passage, a W3C Web Annotation each.
//!
//! The model here is the standard's, without its detours: a note has motivations, bodies and targets. What it has
//! beyond that, from another program or a newer version, stays with it unread ([`Note::rest`] and its like).

pub mod anchor;
pub mod aside;
pub mod book;
pub mod draft;
pub mod import;
pub mod kind;
pub mod kinds;
mod maker;
pub mod store;
pub mod tags;
pub mod target;
pub mod w3c;

use jiff::Timestamp;
use serde_json::{Map, Value};
use uuid::Uuid;

pub use anchor::{Anchor, Orphan};
pub use book::Book;
pub use kind::{Highlight, Kind};
pub use kinds::Kinds;
pub use store::Store;
pub use target::{Scope, Source, Target};

use crate::interview::{Correction, Role};
use crate::lang::{Lang, Tell};

/// A note's name: an IRI, for those made here `urn:uuid:…`.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct Id(pub String);

impl From<Uuid> for Id {
    fn from(uuid: Uuid) -> Id {
        Id(uuid.urn().to_string())
    }
}

/// Why a note was made; the standard's names, of which these are used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Motivation {
    /// To say something: a comment.
    Commenting,
    /// To make it stand out: a highlight.
    Highlighting,
    /// To come back to it: a bookmark.
    Bookmarking,
    /// To name it: a tag.
    Tagging,
    /// To link two exchanges, or to say that they don't belong together.
    Linking,
    /// To correct the structure: the role of a paragraph, or where a turn begins.
    Classifying,
    /// Another of the standard's, or another program's own.
    Other(String),
}

impl Motivation {
    const NAMES: [(&'static str, Motivation); 6] = [
        ("commenting", Motivation::Commenting),
        ("highlighting", Motivation::Highlighting),
        ("bookmarking", Motivation::Bookmarking),
        ("tagging", Motivation::Tagging),
        ("linking", Motivation::Linking),
        ("classifying", Motivation::Classifying),
    ];

    /// Its name on the wire.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Motivation::Other(name) => name,
            known => Motivation::NAMES
                .iter()
                .find(|(_, motivation)| motivation == known)
                .map_or("", |(name, _)| name),
        }
    }

    /// The motivation of this name on the wire.
    #[must_use]
    pub fn named(name: &str) -> Motivation {
        let known = Motivation::NAMES.into_iter().find(|(n, _)| *n == name);
        known.map_or_else(|| Motivation::Other(name.into()), |(_, known)| known)
    }
}

impl Tell for Motivation {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Motivation::Commenting => lang.tr("comment", "Kommentar"),
            Motivation::Highlighting => lang.tr("highlight", "Hervorhebung"),
            Motivation::Bookmarking => lang.tr("bookmark", "Lesezeichen"),
            Motivation::Tagging => lang.tr("tag", "Schlagwort"),
            Motivation::Linking => lang.tr("link", "Verknüpfung"),
            Motivation::Classifying => lang.tr("role", "Rolle"),
            Motivation::Other(name) => return crate::text::visible::visible_line(name),
        }
        .to_owned()
    }
}

/// One note.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Its name, for life.
    pub id: Id,
    /// Why it was made. The first decides what it is; a note from elsewhere may have none or several.
    pub motivations: Vec<Motivation>,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// When it was last changed, where it ever was.
    pub modified: Option<Timestamp>,
    /// What it says.
    pub bodies: Vec<Body>,
    /// What it says it of; a link has two.
    pub targets: Vec<Target>,
    /// Its other fields, as they were read.
    pub rest: Map<String, Value>,
}

/// A text in a note, with its purpose.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Body {
    /// What it is, `TextualBody`; nothing where it is a resource somewhere else.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<Value>,
    /// The text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What it is for, where that is not the note's motivation: `tagging`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Value>,
    /// Its media type, `text/plain`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<Value>,
    /// Its other fields, as they were read.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// What the reader says of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The exchanges belong opposite one another.
    Confirmed,
    /// They don't.
    Rejected,
}

impl Verdict {
    const NAMES: [(&'static str, Verdict); 2] = [
        ("confirmed", Verdict::Confirmed),
        ("rejected", Verdict::Rejected),
    ];
}

impl Tell for Verdict {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Verdict::Confirmed => lang.tr("confirmed", "bestätigt"),
            Verdict::Rejected => lang.tr("rejected", "verworfen"),
        }
        .to_owned()
    }
}

impl Note {
    /// A new note on `targets` that says `text`; an empty text is none.
    #[must_use]
    pub fn new(
        id: Uuid,
        now: Timestamp,
        motivation: Motivation,
        text: &str,
        targets: Vec<Target>,
    ) -> Note {
        let bodies = match text {
            "" => Vec::new(),
            text => vec![Body::text(text, motivation.name())],
        };
        Note {
            id: id.into(),
            motivations: vec![motivation],
            created: Some(to_the_millisecond(now)),
            modified: None,
            bodies,
            targets,
            rest: Map::new(),
        }
    }

    /// A judgement on whether two exchanges belong opposite one another.
    #[must_use]
    pub fn link(id: Uuid, now: Timestamp, verdict: Verdict, exchanges: [Target; 2]) -> Note {
        let mut note = Note::new(id, now, Motivation::Linking, "", exchanges.into());
        let name = Verdict::NAMES.iter().find(|(_, v)| *v == verdict);
        note.bodies = name
            .map(|n| Body::text(n.0, "assessing"))
            .into_iter()
            .collect();
        note
    }

    /// A correction of the structure that was found, at `passage`.
    #[must_use]
    pub fn correction(id: Uuid, now: Timestamp, what: Correction, passage: Target) -> Note {
        let name = CORRECTIONS.iter().find(|(_, known)| *known == what);
        let name = name.map_or("", |(name, _)| name);
        Note::new(id, now, Motivation::Classifying, name, vec![passage])
    }

    /// What it is: its first motivation, and for one without, a comment if it says something, else a highlight.
    #[must_use]
    pub fn motivation(&self) -> &Motivation {
        self.motivations
            .first()
            .unwrap_or(if self.text().is_empty() {
                &Motivation::Highlighting
            } else {
                &Motivation::Commenting
            })
    }

    /// What it says: its first text that is no tag; of a tag, the tag.
    #[must_use]
    pub fn text(&self) -> &str {
        self.main_body()
            .and_then(|at| self.bodies[at].value.as_deref())
            .unwrap_or_default()
    }

    /// Makes it say `text`, at the time `now`.
    pub fn set_text(&mut self, text: &str, now: Timestamp) {
        match self.main_body() {
            Some(at) if text.is_empty() => drop(self.bodies.remove(at)),
            Some(at) => self.bodies[at].value = Some(text.into()),
            None if text.is_empty() => {}
            None => {
                let body = Body::text(text, self.motivation().name());
                self.bodies.insert(0, body);
            }
        }
        self.change(now);
    }

    /// Says that it was changed at the time `now`.
    pub fn change(&mut self, now: Timestamp) {
        self.modified = Some(to_the_millisecond(now));
    }

    fn main_body(&self) -> Option<usize> {
        let text = |tags: bool| {
            self.bodies
                .iter()
                .position(|b| b.value.is_some() && (tags || !b.is_tag()))
        };
        text(false).or_else(|| text(self.motivations.first() == Some(&Motivation::Tagging)))
    }

    /// Its tags.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        let all = self.motivations.first() == Some(&Motivation::Tagging);
        self.bodies
            .iter()
            .filter(move |body| body.is_tag() || all && body.purpose.is_none())
            .filter_map(|body| body.value.as_deref())
    }

    /// What it says of the link that it is, if it is one.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        let named = Verdict::NAMES.iter().find(|(name, _)| *name == self.text());
        named
            .filter(|_| self.motivation() == &Motivation::Linking)
            .map(|(_, verdict)| *verdict)
    }

    /// What the two exchanges of a link are about, where the reader has named it; a tag of the link.
    #[must_use]
    pub fn theme(&self) -> Option<&str> {
        let mut tags = self.tags();
        tags.next()
            .filter(|_| self.motivation() == &Motivation::Linking)
    }

    /// Names what the two exchanges of a link are about; an empty name takes it back.
    pub fn set_theme(&mut self, theme: &str) {
        self.bodies.retain(|body| !body.is_tag());
        if !theme.is_empty() {
            let tag = Body::text(theme, Motivation::Tagging.name());
            self.bodies.push(tag);
        }
    }

    /// What it corrects, if it is a correction.
    #[must_use]
    pub fn corrects(&self) -> Option<Correction> {
        let named = CORRECTIONS.iter().find(|(name, _)| *name == self.text());
        named
            .filter(|_| self.motivation() == &Motivation::Classifying)
            .map(|(_, correction)| *correction)
    }
}

/// The corrections by their names on the wire.
const CORRECTIONS: [(&str, Correction); 7] = [
    ("introduction", Correction::Role(Role::Introduction)),
    ("question", Correction::Role(Role::Question)),
    ("answer", Correction::Role(Role::Answer)),
    ("remark", Correction::Role(Role::Remark)),
    ("closing", Correction::Role(Role::Closing)),
    ("split", Correction::Split),
    ("join", Correction::Join),
];

impl Body {
    /// A text with its purpose.
    #[must_use]
    pub fn text(value: &str, purpose: &str) -> Body {
        Body {
            kind: Some("TextualBody".into()),
            value: Some(value.into()),
            purpose: Some(purpose.into()),
            format: Some("text/plain".into()),
            rest: Map::new(),
        }
    }

    fn is_tag(&self) -> bool {
        self.purpose.as_ref().is_some_and(|p| p == "tagging")
    }
}

/// As fine as a file needs it and as short as a line wants it.
fn to_the_millisecond(time: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(time.as_millisecond()).unwrap_or(time)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::interview::{Identity, Interview, Turn};

    /// An interview of these paragraphs, a question each that ends in a question mark.
    pub(crate) fn interview(name: &str, paragraphs: &[&str]) -> Interview {
        let turns = paragraphs.iter().enumerate().map(|(i, text)| {
            let role = match text.ends_with('?') {
                true => Role::Question,
                false => Role::Answer,
            };
            Turn::new(role, i..i + 1)
        });
        let mut interview = Interview::new(paragraphs, turns.collect());
        interview.name = name.into();
        interview.identity = Identity {
            text: w3c::sha256(interview.text.as_bytes()),
            raw: w3c::sha256(format!("raw {}", interview.text).as_bytes()),
            path: Some(format!("/texte/{name}.txt").into()),
        };
        interview
    }

    pub(crate) fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_780_000_000 + second).unwrap()
    }

    pub(crate) fn uuid(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    /// A note on the first occurrence of `passage`, made at second `n`.
    pub(crate) fn note(
        n: u32,
        motivation: Motivation,
        text: &str,
        on: &Interview,
        passage: &str,
    ) -> Note {
        let start = on.text.find(passage).unwrap();
        let target = Target::passage(on, start..start + passage.len());
        Note::new(uuid(n.into()), at(n.into()), motivation, text, vec![target])
    }

    #[test]
    fn a_note_says_one_thing_and_may_carry_tags() {
        let on = interview("a", &["Warum?", "Darum, sage ich."]);
        let mut comment = note(1, Motivation::Commenting, "Aha.", &on, "Darum");
        comment.bodies.push(Body::text("gründe", "tagging"));
        assert_eq!(comment.text(), "Aha.");
        assert_eq!(comment.tags().collect::<Vec<_>>(), ["gründe"]);
        comment.set_text("", at(2));
        assert_eq!((comment.text(), comment.bodies.len()), ("", 1));
        comment.set_text("Doch.", at(3));
        assert_eq!(comment.text(), "Doch.");
        assert_eq!(comment.modified, Some(at(3)));
        let mut tag = note(2, Motivation::Tagging, "offen", &on, "Warum?");
        assert_eq!((tag.text(), tag.tags().next()), ("offen", Some("offen")));
        tag.set_text("geklärt", at(4));
        assert_eq!(tag.tags().collect::<Vec<_>>(), ["geklärt"]);
    }

    #[test]
    fn links_and_corrections_say_what_they_judge() {
        let on = interview("a", &["Warum?", "Darum."]);
        let exchange = Target::exchange(&on, 0).unwrap();
        assert_eq!(exchange.scope, Scope::Exchange);
        assert_eq!(
            (exchange.anchor.exact.as_str(), exchange.exchange),
            ("Warum?", Some(1))
        );
        assert!(Target::exchange(&on, 1).is_none());
        let pair = [exchange.clone(), exchange.clone()];
        let link = Note::link(uuid(1), at(1), Verdict::Rejected, pair);
        assert_eq!(link.verdict(), Some(Verdict::Rejected));
        let mut named = link.clone();
        named.set_theme("Gründe");
        named.set_theme("Ursachen");
        let said = (named.verdict(), named.theme());
        assert_eq!(said, (Some(Verdict::Rejected), Some("Ursachen")));
        named.set_theme("");
        assert_eq!(named, link);
        let remark = Correction::Role(Role::Remark);
        let role = Note::correction(uuid(2), at(2), remark, exchange);
        assert_eq!(role.corrects(), Some(remark));
        assert_eq!(role.verdict(), None);
    }
}
