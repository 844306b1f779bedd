//! Notes on the wire: the W3C Web Annotation Data Model (Recommendation of 23 February 2017), one JSON object a line.
//!
//! The context is the standard's own and nothing else. What it has no word for goes by names such as
//! `synopse:scope`: to a JSON-LD processor that is an absolute IRI, so nothing is lost on it and no second context is
//! needed. A text is named by its hash (`nih:sha-256;…`, RFC 6920, section 7).

mod musts;
mod own;
mod short;
mod target;

use jiff::Timestamp;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

pub use self::musts::{MUSTS, Must};
pub use self::own::{Glance, Origin, glance};
use self::short::{Context, Many, Node};
use self::target::WireTarget;
use super::{Body, Id, Motivation, Note};

/// The context of every annotation.
pub const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
/// The context of a deletion, which the annotation model has no word for (Activity Streams 2.0).
const ACTIVITY_CONTEXT: &str = "https://www.w3.org/ns/activitystreams";
const HASH: &str = "nih:sha-256;";

/// What a line of the store says.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    /// This is the note now.
    Note(Box<Note>),
    /// The note of this id is deleted.
    Deleted {
        /// Which.
        id: Id,
        /// When.
        when: Option<Timestamp>,
    },
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is no JSON, or a field is not what the model says.
    Json {
        /// In words, as the parser puts it.
        message: String,
        /// The byte of the line, counted from 1.
        column: usize,
        /// The line ends too early, as after a crash.
        torn: bool,
    },
    /// It is neither an annotation nor a deletion. Its id, where it has one, is that of a note it replaces.
    Foreign {
        /// Its id.
        id: Option<Id>,
    },
}

/// Reads a line.
///
/// # Errors
/// When it is not one that this version knows; such a line is to be kept.
pub fn read(line: &[u8]) -> Result<Line, Unreadable> {
    if let Some(note) = own::read(line) {
        return Ok(Line::Note(Box::new(note)));
    }
    let wire: Wire = serde_json::from_slice(line).map_err(|error| Unreadable::Json {
        message: error.to_string(),
        column: error.column(),
        torn: error.is_eof(),
    })?;
    let is = |kind: &str| wire.kind.0.iter().any(|k| k == kind);
    let (annotation, tombstone) = (is("Annotation"), is("Tombstone"));
    match wire.id {
        Some(id) if tombstone => Ok(Line::Deleted {
            id: Id(id),
            when: wire
                .rest
                .get("deleted")
                .and_then(Value::as_str)
                .and_then(|t| t.parse().ok()),
        }),
        Some(_) if annotation => Ok(Line::Note(Box::new(wire.into_note()))),
        id => Err(Unreadable::Foreign { id: id.map(Id) }),
    }
}

/// The line for `line`, with its newline.
#[must_use]
pub fn write(line: &Line) -> Vec<u8> {
    let written = match line {
        Line::Note(note) => serde_json::to_vec(&Wire::from_note(note)),
        Line::Deleted { id, when } => serde_json::to_vec(&tombstone(id, *when)),
    };
    // Strings, numbers and maps with string keys can't fail to be JSON.
    let mut written = written.unwrap_or_default();
    written.push(b'\n');
    written
}

fn tombstone(id: &Id, when: Option<Timestamp>) -> Value {
    let mut tombstone = serde_json::json!({
        "@context": ACTIVITY_CONTEXT,
        "id": id.0,
        "type": "Tombstone",
        "formerType": "Annotation",
    });
    if let Some(when) = when {
        tombstone["deleted"] = when.to_string().into();
    }
    tombstone
}

/// The note as a JSON value, as [`write()`] writes it.
#[must_use]
pub fn value(note: &Note) -> Value {
    serde_json::to_value(Wire::from_note(note)).unwrap_or_default()
}

/// A name for what has none, the same for the same content (RFC 9562, version 8).
#[must_use]
pub fn name(annotation: &Value) -> String {
    let hash = sha256(annotation.to_string().as_bytes());
    let number = u128::from_str_radix(&hash[..32], 16).unwrap_or_default();
    uuid::Builder::from_custom_bytes(number.to_be_bytes())
        .into_uuid()
        .urn()
        .to_string()
}

/// SHA-256 of `bytes` in lower-case hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}

/// The IRI of what has this SHA-256.
#[must_use]
pub fn hash_iri(sha256: &str) -> String {
    format!("{HASH}{sha256}")
}

/// A line as it stands.
#[derive(serde::Serialize, serde::Deserialize)]
struct Wire {
    #[serde(rename = "@context", default, skip_serializing_if = "Option::is_none")]
    context: Option<Context>,
    #[serde(default)]
    id: Option<String>,
    #[serde(rename = "type", default, skip_serializing_if = "Many::is_empty")]
    kind: Many<String>,
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    motivation: Many<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
    #[serde(rename = "bodyValue", default, skip_serializing)]
    body_value: Option<String>,
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    body: Many<Node<Body>>,
    #[serde(default, skip_serializing_if = "Many::is_empty")]
    target: Many<Node<WireTarget>>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

impl Wire {
    fn into_note(self) -> Note {
        let mut rest = self.rest;
        if let Some(Context::Other(context)) = self.context {
            rest.insert("@context".into(), context);
        }
        let mut kind = self.kind.0;
        if kind.len() > 1 {
            kind.retain(|k| k != "Annotation");
            rest.insert("type".into(), kind.into());
        }
        let mut time = |name: &str, given: Option<String>| {
            let given = given?;
            let time = given.parse().ok();
            if time.is_none() {
                rest.insert(name.into(), given.into());
            }
            time
        };
        let (created, modified) = (
            time("created", self.created),
            time("modified", self.modified),
        );
        let short = self.body_value.map(|value| Body {
            kind: Some("TextualBody".into()),
            value: Some(value),
            ..Body::default()
        });
        Note {
            id: Id(self.id.unwrap_or_default()),
            motivations: self
                .motivation
                .0
                .iter()
                .map(|m| Motivation::named(m))
                .collect(),
            created,
            modified,
            bodies: short
                .into_iter()
                .chain(self.body.0.into_iter().map(|b| b.0))
                .collect(),
            targets: self.target.0.into_iter().map(|t| t.0.into()).collect(),
            rest,
        }
    }

    fn from_note(note: &Note) -> Wire {
        let mut rest = note.rest.clone();
        let mut kind = vec!["Annotation".to_owned()];
        if let Some(Value::Array(more)) = rest.shift_remove("type") {
            kind.extend(more.iter().filter_map(Value::as_str).map(str::to_owned));
        }
        let context = rest
            .shift_remove("@context")
            .map_or(Context::Own, Context::Other);
        let mut time = |name: &str, time: Option<Timestamp>| match (time, rest.shift_remove(name)) {
            (Some(time), _) => Some(time.to_string()),
            (None, given) => given.and_then(|g| g.as_str().map(str::to_owned)),
        };
        Wire {
            context: Some(context),
            id: Some(note.id.0.clone()),
            kind: Many(kind),
            motivation: Many(note.motivations.iter().map(|m| m.name().into()).collect()),
            created: time("created", note.created),
            modified: time("modified", note.modified),
            body_value: None,
            body: Many(note.bodies.iter().cloned().map(Node).collect()),
            target: Many(note.targets.iter().map(|t| Node(t.into())).collect()),
            rest,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::super::tests::{at, interview, note, uuid};
    use super::super::{Target, Verdict};
    use super::*;

    fn read_note(value: &Value) -> Note {
        match read(value.to_string().as_bytes()) {
            Ok(Line::Note(note)) => *note,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_note_is_one_line_of_the_w3c_model() {
        let on = interview("a", &["Warum über?", "Darum über alles."]);
        let comment = note(1, Motivation::Commenting, "Aha.", &on, "über alles");
        let line = write(&Line::Note(Box::new(comment.clone())));
        assert_eq!(line.iter().filter(|&&b| b == b'\n').count(), 1);
        let value: Value = serde_json::from_slice(&line).unwrap();
        assert_eq!(
            value,
            json!({
                "@context": "http://www.w3.org/ns/anno.jsonld",
                "id": "urn:uuid:00000000-0000-0000-0000-000000000001",
                "type": "Annotation",
                "motivation": "commenting",
                "created": "2026-05-28T20:26:41Z",
                "body": {
                    "type": "TextualBody", "value": "Aha.", "purpose": "commenting", "format": "text/plain"
                },
                "target": {
                    "type": "SpecificResource",
                    "source": {
                        "id": hash_iri(&on.identity.text),
                        "type": "Text",
                        "label": "a",
                        "synopse:raw": hash_iri(&on.identity.raw),
                        "synopse:path": "/texte/a.txt"
                    },
                    "selector": [
                        {
                            "type": "TextQuoteSelector", "exact": "über alles",
                            "prefix": "Warum über?\n\nDarum ", "suffix": "."
                        },
                        { "type": "TextPositionSelector", "start": 19, "end": 29 }
                    ],
                    "synopse:exchange": 1,
                    "synopse:alone": true
                }
            })
        );
        let keys: Vec<_> = value.as_object().unwrap().keys().collect();
        assert_eq!(
            keys,
            [
                "@context",
                "id",
                "type",
                "motivation",
                "created",
                "body",
                "target"
            ]
        );
        assert_eq!(read(&line), Ok(Line::Note(Box::new(comment))));
    }

    #[test]
    fn a_link_and_a_deletion_come_back_as_they_were() {
        let on = interview("a", &["Warum?", "Darum."]);
        let exchange = Target::exchange(&on, 0).unwrap();
        let link = Note::link(
            uuid(7),
            at(7),
            Verdict::Confirmed,
            [exchange.clone(), exchange],
        );
        let deletion = |when| Line::Deleted {
            id: link.id.clone(),
            when,
        };
        let (timed, bare) = (deletion(Some(at(8))), deletion(None));
        for line in [Line::Note(Box::new(link)), timed, bare] {
            assert_eq!(read(&write(&line)), Ok(line));
        }
    }

    #[test]
    fn what_is_unknown_survives_a_rewrite() {
        let foreign = json!({
            "@context": ["http://www.w3.org/ns/anno.jsonld", "http://example.org/more.jsonld"],
            "id": "http://example.org/anno/1",
            "type": ["Annotation", "ex:Own"],
            "motivation": ["commenting", "ex:wondering"],
            "created": "yesterday",
            "body": [
                { "type": "TextualBody", "value": "Ha", "language": "de", "ex:deep": { "a": [1, null] } },
                { "id": "http://example.org/picture" }
            ],
            "target": {
                "type": "ex:Target",
                "source": { "id": "http://example.org/text", "format": "text/html" },
                "selector": [
                    { "type": "TextQuoteSelector", "exact": "Ha", "ex:case": true },
                    { "type": "XPathSelector", "value": "/p[1]" },
                    { "type": "TextPositionSelector", "start": 3, "end": 5 }
                ],
                "synopse:scope": "pair",
                "ex:more": 1.5
            },
            "ex:z": 1, "ex:a": { "y": 2, "b": 3 }, "creator": "http://example.org/me"
        });
        let note = read_note(&foreign);
        assert_eq!(
            (note.text(), note.motivation()),
            ("Ha", &Motivation::Commenting)
        );
        assert_eq!(note.targets[0].anchor.exact, "Ha");
        let again: Value =
            serde_json::from_slice(&write(&Line::Note(Box::new(note.clone())))).unwrap();
        let sorted = |value: &Value| {
            let mut value = value.clone();
            let selectors = value["target"]["selector"].as_array_mut().unwrap();
            selectors.sort_by_key(Value::to_string);
            value
        };
        assert_eq!(sorted(&again), sorted(&foreign));
        assert_eq!(read_note(&again), note);
    }

    #[test]
    fn short_forms_are_understood() {
        let note = read_note(&json!({
            "@context": CONTEXT, "id": "urn:x:1", "type": "Annotation", "bodyValue": "kurz",
            "target": "http://example.org/text"
        }));
        assert_eq!(
            (note.text(), note.motivation()),
            ("kurz", &Motivation::Commenting)
        );
        assert_eq!(
            value(&note)["target"],
            json!({ "id": "http://example.org/text" })
        );
        let sourced = read_note(&json!({
            "id": "urn:x:1", "type": "Annotation", "motivation": "highlighting",
            "target": [{ "source": "http://example.org/text" }]
        }));
        assert_eq!(
            sourced.targets[0].source.rest["id"],
            "http://example.org/text"
        );
    }

    #[test]
    fn a_source_of_another_kind_stays_one() {
        let foreign = json!({
            "@context": CONTEXT, "id": "urn:x:1", "type": "Annotation", "motivation": "highlighting",
            "target": { "source": { "id": "http://example.org/film", "type": "Video" } }
        });
        let note = read_note(&foreign);
        assert_eq!(note.targets[0].source.rest["type"], "Video");
        assert_eq!(
            value(&note)["target"]["source"],
            foreign["target"]["source"]
        );
    }

    #[test]
    fn a_position_with_more_to_it_stays_as_it_was() {
        let foreign = json!({
            "@context": CONTEXT, "id": "urn:x:1", "type": "Annotation", "motivation": "highlighting",
            "target": {
                "type": "SpecificResource", "source": { "id": "urn:x:2" },
                "selector": { "type": "TextPositionSelector", "start": 3, "end": 5, "ex:unit": "code point" }
            }
        });
        let note = read_note(&foreign);
        assert_eq!(note.targets[0].anchor.position, Some(3..5));
        assert_eq!(
            value(&note)["target"]["selector"],
            foreign["target"]["selector"]
        );
    }

    #[test]
    fn nothing_is_no_body_and_a_number_no_source() {
        let empty =
            json!({ "id": "urn:x:1", "type": "Annotation", "body": null, "target": "urn:x:2" });
        assert!(read_note(&empty).bodies.is_empty());
        let wrong = read(br#"{"id":"urn:x:1","type":"Annotation","target":{"source":7}}"#);
        assert!(
            matches!(&wrong, Err(Unreadable::Json { message, .. }) if message.contains("an object or an IRI")),
            "{wrong:?}"
        );
    }

    #[test]
    fn what_is_no_annotation_says_so() {
        let torn = read(br#"{"id":"urn:x:1","type":"Annot"#);
        assert!(
            matches!(torn, Err(Unreadable::Json { torn: true, .. })),
            "{torn:?}"
        );
        let wrong = read(br#"{"id":"urn:x:1","type":"Annotation","body":7}"#);
        assert!(
            matches!(wrong, Err(Unreadable::Json { torn: false, .. })),
            "{wrong:?}"
        );
        let other = read(br#"{"id":"urn:x:1","type":"Zettel"}"#);
        assert_eq!(
            other,
            Err(Unreadable::Foreign {
                id: Some(Id("urn:x:1".into()))
            })
        );
        assert!(read(b"\xff").is_err());
    }

    proptest! {
        #[test]
        fn any_text_and_any_unknown_field_come_back(
            text in "\\PC{0,30}", passage in "[^\\p{M}\\p{C}]{1,20}", name in "[a-z]{1,6}:[a-z]{1,6}", given in "\\PC{0,9}",
        ) {
            let on = interview("a", &[passage.as_str()]);
            let mut note = note(1, Motivation::Tagging, &text, &on, &passage);
            prop_assume!(!name.starts_with("synopse"));
            note.rest.insert(name.clone(), json!({ "x": given.clone() }));
            note.targets[0].rest.insert(name.clone(), given.clone().into());
            note.targets[0].source.rest.insert(name.clone(), given.clone().into());
            if let Some(body) = note.bodies.first_mut() {
                body.rest.insert(name, given.into());
            }
            let line = Line::Note(Box::new(note));
            prop_assert_eq!(read(&write(&line)), Ok(line));
        }
    }
}
