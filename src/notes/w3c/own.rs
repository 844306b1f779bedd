//! Notes as this program writes them, read without a detour: their fields stand in one order, and nothing else is there.
//!
//! A store of 100,000 notes is opened by what [`glance`] tells of a line; the note is read when it is looked at, and
//! several times as fast as JSON in general. Whatever else a line may be is left to [`super::read`].

use std::borrow::Cow;

use serde_json::Map;

use super::target::{POSITION, QUOTE};
use super::{CONTEXT, HASH};
use crate::notes::{Anchor, Body, Id, Motivation, Note, Scope, Source, Target};

/// What is known of a note at a glance.
#[derive(Debug, PartialEq, Eq)]
pub struct Glance<'a> {
    /// The note.
    pub id: Id,
    /// What its targets are of, one each.
    pub origins: Vec<Origin<'a>>,
}

/// What a target says of its interview; the fields are those of [`Source`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin<'a> {
    /// SHA-256 of its text.
    pub text: Cow<'a, str>,
    /// SHA-256 of its raw file.
    pub raw: Cow<'a, str>,
    /// Where it was read from.
    pub path: Option<Cow<'a, str>>,
    /// What it was called.
    pub label: Option<Cow<'a, str>>,
}

/// Glances at a line; `None` where it has to be read in full. Then, and only then, it may be no note.
#[must_use]
pub fn glance(line: &[u8]) -> Option<Glance<'_>> {
    let own = scan(line)?;
    let origins = own.targets.iter().map(|target| target.source.origin());
    Some(Glance {
        id: Id(own.id.get().into_owned()),
        origins: origins.collect(),
    })
}

/// Reads a line; `None` where it is not as this program writes one.
pub(super) fn read(line: &[u8]) -> Option<Note> {
    let own = scan(line)?;
    let time = |given: Option<Quoted>| match given {
        // What is no time is kept as it was.
        Some(given) => given.get().parse().ok().map(Some),
        None => Some(None),
    };
    let bodies = own
        .bodies
        .iter()
        .map(|[kind, value, purpose, format]| Body {
            kind: kind.value(),
            value: value.map(Quoted::owned),
            purpose: purpose.value(),
            format: format.value(),
            rest: Map::new(),
        });
    Some(Note {
        id: Id(own.id.owned()),
        motivations: vec![Motivation::named(&own.motivation.get())],
        created: time(own.created)?,
        modified: time(own.modified)?,
        bodies: bodies.collect(),
        targets: own.targets.into_iter().map(OwnTarget::target).collect(),
        rest: Map::new(),
    })
}

/// A line, taken apart.
struct Own<'a> {
    id: Quoted<'a>,
    motivation: Quoted<'a>,
    created: Option<Quoted<'a>>,
    modified: Option<Quoted<'a>>,
    bodies: Vec<[Option<Quoted<'a>>; 4]>,
    targets: Vec<OwnTarget<'a>>,
}

struct OwnTarget<'a> {
    source: OwnSource<'a>,
    /// The passage, and what stands before and behind it.
    quote: [Quoted<'a>; 3],
    position: [usize; 2],
    scope: Option<Quoted<'a>>,
    exchange: Option<usize>,
    alone: bool,
    alike: Option<usize>,
}

struct OwnSource<'a> {
    text: Quoted<'a>,
    label: Option<Quoted<'a>>,
    raw: Option<Quoted<'a>>,
    path: Option<Quoted<'a>>,
}

impl<'a> OwnSource<'a> {
    fn origin(&self) -> Origin<'a> {
        Origin {
            text: self.text.get(),
            raw: self.raw.map(Quoted::get).unwrap_or_default(),
            path: self.path.map(Quoted::get),
            label: self.label.map(Quoted::get),
        }
    }
}

impl OwnTarget<'_> {
    fn target(self) -> Target {
        let Origin {
            text,
            raw,
            path,
            label,
        } = self.source.origin();
        let [exact, prefix, suffix] = self.quote.map(Quoted::owned);
        let [start, end] = self.position;
        Target {
            source: Source {
                text: text.into_owned(),
                raw: raw.into_owned(),
                path: path.map(Cow::into_owned),
                label: label.map(Cow::into_owned),
                rest: Map::new(),
            },
            anchor: Anchor {
                exact,
                prefix,
                suffix,
                alone: self.alone,
                alike: self.alike.unwrap_or_default(),
                position: Some(start..end.max(start)),
            },
            scope: Scope::named(self.scope.map(Quoted::get).as_deref()),
            exchange: self.exchange,
            selectors: Vec::new(),
            rest: Map::new(),
        }
    }
}

/// What stands between quotes: a JSON string.
#[derive(Clone, Copy)]
struct Quoted<'a> {
    inside: &'a str,
    escapes: bool,
}

impl<'a> Quoted<'a> {
    fn get(self) -> Cow<'a, str> {
        if !self.escapes {
            return self.inside.into();
        }
        // The escapes were looked at: this can't fail.
        let read: Result<String, _> = serde_json::from_str(&format!("\"{}\"", self.inside));
        read.unwrap_or_default().into()
    }

    fn owned(self) -> String {
        self.get().into_owned()
    }
}

/// What is not there is no value.
trait AsValue {
    fn value(&self) -> Option<serde_json::Value>;
}

impl AsValue for Option<Quoted<'_>> {
    fn value(&self) -> Option<serde_json::Value> {
        self.map(|quoted| quoted.owned().into())
    }
}

fn scan(line: &[u8]) -> Option<Own<'_>> {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    // JSON wants these escaped. To look at all of them is quicker than to ask at each whether to go on.
    if line.iter().fold(false, |any, &byte| any | (byte < b' ')) {
        return None;
    }
    let rest = str::from_utf8(line).ok()?;
    let mut scan = Scan { rest };
    scan.take("{\"@context\":\"")?;
    scan.take(CONTEXT)?;
    let own = Own {
        id: scan.take("\",\"id\":").and_then(|()| scan.string())?,
        motivation: scan
            .take(",\"type\":\"Annotation\",\"motivation\":")
            .and_then(|()| scan.string())?,
        created: scan.field(",\"created\":", Scan::string)?,
        modified: scan.field(",\"modified\":", Scan::string)?,
        bodies: scan
            .field(",\"body\":", |scan| scan.several(Scan::body))?
            .unwrap_or_default(),
        targets: scan
            .take(",\"target\":")
            .and_then(|()| scan.several(Scan::target))?,
    };
    (scan.rest == "}").then_some(own)
}

/// What of a line is still to be taken apart. `None` from any of these: it is not as expected.
struct Scan<'a> {
    rest: &'a str,
}

impl<'a> Scan<'a> {
    fn take(&mut self, expected: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(expected)?;
        Some(())
    }

    /// A field that need not be there, by what stands before its value.
    fn field<T>(
        &mut self,
        name: &str,
        value: impl Fn(&mut Self) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.take(name) {
            Some(()) => value(self).map(Some),
            None => Some(None),
        }
    }

    /// One alone, or several in an array.
    fn several<T>(&mut self, one: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        if self.take("[").is_none() {
            return Some(vec![one(self)?]);
        }
        let mut all = vec![one(self)?];
        while self.take(",").is_some() {
            all.push(one(self)?);
        }
        self.take("]")?;
        Some(all)
    }

    fn string(&mut self) -> Option<Quoted<'a>> {
        self.take("\"")?;
        let bytes = self.rest.as_bytes();
        let (mut at, mut escapes) = (0, false);
        loop {
            at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
            if bytes.get(at) == Some(&b'"') {
                break;
            }
            escapes = true;
            at += match bytes.get(at + 1)? {
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => 2,
                // The program writes no others.
                b'u' => {
                    let digits = bytes.get(at + 2..at + 6)?.strip_prefix(b"00")?;
                    digits.iter().all(u8::is_ascii_hexdigit).then_some(6)?
                }
                _ => return None,
            };
        }
        let inside = self.rest.get(..at)?;
        self.rest = self.rest.get(at + 1..)?;
        Some(Quoted { inside, escapes })
    }

    fn number(&mut self) -> Option<usize> {
        /// More digits than any text is long, and fewer than a number has room for.
        const DIGITS: usize = 15;
        let end = self.rest.bytes().position(|byte| !byte.is_ascii_digit())?;
        let digits = &self.rest[..end];
        self.rest = &self.rest[end..];
        let plain = end <= DIGITS && (end == 1 || !digits.starts_with('0'));
        digits.parse().ok().filter(|_| plain)
    }

    /// The digits of a hash.
    fn hash(&mut self) -> Option<Quoted<'a>> {
        let Quoted { inside, escapes } = self.string()?;
        let inside = inside
            .strip_prefix(HASH)
            .filter(|digits| !digits.is_empty() && !escapes)?;
        Some(Quoted { inside, escapes })
    }

    fn body(&mut self) -> Option<[Option<Quoted<'a>>; 4]> {
        self.take("{\"type\":")?;
        let body = [
            Some(self.string()?),
            self.take(",\"value\":")
                .and_then(|()| self.string())
                .map(Some)?,
            self.field(",\"purpose\":", Scan::string)?,
            self.field(",\"format\":", Scan::string)?,
        ];
        self.take("}")?;
        Some(body)
    }

    fn target(&mut self) -> Option<OwnTarget<'a>> {
        self.take("{\"type\":\"SpecificResource\",\"source\":")?;
        let target = OwnTarget {
            source: self.source()?,
            quote: self.take(",\"selector\":[").and_then(|()| self.quote())?,
            position: self.take(",").and_then(|()| self.position())?,
            scope: self.field(",\"synopse:scope\":", Scan::string)?,
            exchange: self.field(",\"synopse:exchange\":", Scan::number)?,
            alone: self.take(",\"synopse:alone\":true").is_some(),
            alike: self.field(",\"synopse:alike\":", Scan::number)?,
        };
        self.take("}")?;
        Some(target)
    }

    fn source(&mut self) -> Option<OwnSource<'a>> {
        self.take("{\"id\":")?;
        let text = self.hash()?;
        self.take(",\"type\":\"Text\"")?;
        let source = OwnSource {
            text,
            label: self.field(",\"label\":", Scan::string)?,
            raw: self.field(",\"synopse:raw\":", Scan::hash)?,
            path: self.field(",\"synopse:path\":", Scan::string)?,
        };
        self.take("}")?;
        Some(source)
    }

    fn quote(&mut self) -> Option<[Quoted<'a>; 3]> {
        self.take("{\"type\":\"")?;
        self.take(QUOTE)?;
        let mut part = |name: &str| self.take(name).and_then(|()| self.string());
        let quote = [
            part("\",\"exact\":")?,
            part(",\"prefix\":")?,
            part(",\"suffix\":")?,
        ];
        self.take("}")?;
        Some(quote)
    }

    fn position(&mut self) -> Option<[usize; 2]> {
        self.take("{\"type\":\"")?;
        self.take(POSITION)?;
        self.take("\",\"start\":")?;
        let start = self.number()?;
        self.take(",\"end\":")?;
        let end = self.number()?;
        // The last of the selectors.
        self.take("}]")?;
        Some([start, end])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Line, Unreadable, read, write};
    use super::*;
    use crate::interview::Interview;
    use crate::notes::tests::{at, interview, note, uuid};
    use crate::notes::{Motivation, Note, Source, Target, Verdict};

    /// What a line says to one who reads it as any other JSON.
    fn slowly(line: &[u8]) -> Result<Line, Unreadable> {
        // White space is nothing to JSON, and not as this program writes it.
        read(&[b" ", line].concat())
    }

    fn made() -> (Interview, Vec<Note>) {
        let on = interview("a \"b\"", &["Warum über?", "Darum über alles."]);
        let exchange = Target::exchange(&on, 0).unwrap();
        let pair = [exchange.clone(), exchange];
        let mut changed = note(2, Motivation::Tagging, "zeug\u{1f600}\n\"", &on, "Darum");
        changed.set_text("anders", at(9));
        let link = Note::link(uuid(3), at(3), Verdict::Confirmed, pair);
        let highlight = note(1, Motivation::Highlighting, "", &on, "über");
        (on, vec![highlight, changed, link])
    }

    #[test]
    fn whatever_the_reader_writes_is_known_at_a_glance() {
        let (on, notes) = made();
        let source = Source::of(&on);
        for note in notes {
            let targets = note.targets.len();
            let line = write(&Line::Note(Box::new(note.clone())));
            assert_eq!(super::read(&line), Some(note.clone()));
            assert_eq!(slowly(&line), Ok(Line::Note(Box::new(note.clone()))));
            let glance = glance(&line).unwrap();
            assert_eq!((&glance.id, glance.origins.len()), (&note.id, targets));
            for origin in glance.origins {
                assert_eq!(origin.text, source.text);
                assert_eq!(origin.raw, source.raw);
                assert_eq!(origin.path.as_deref(), source.path.as_deref());
                assert_eq!(origin.label.as_deref(), source.label.as_deref());
            }
        }
    }

    #[test]
    fn what_others_write_is_read_in_full() {
        let (_, notes) = made();
        let mut note = notes[0].clone();
        note.rest.insert("creator".into(), "urn:x:me".into());
        assert_eq!(glance(&write(&Line::Note(Box::new(note)))), None);
        let deleted = Line::Deleted {
            id: notes[0].id.clone(),
            when: None,
        };
        assert_eq!(glance(&write(&deleted)), None);
        assert_eq!(glance(b"{}"), None);
    }

    #[test]
    fn a_number_or_a_hash_that_the_reader_would_not_write_is_read_in_full() {
        let (_, notes) = made();
        let line = String::from_utf8(write(&Line::Note(Box::new(notes[0].clone())))).unwrap();
        let start = line.find("\"start\":").unwrap() + "\"start\":".len();
        let (before, behind) = line.split_at(start);
        let hash = &notes[0].targets[0].source.text;
        let odd = [
            (format!("{before}{}{behind}", "1".repeat(15)), true),
            (format!("{before}0{behind}"), false),
            (line.replace(hash, ""), true),
        ];
        for (odd, is_note) in odd {
            assert_eq!(glance(odd.as_bytes()), None, "{odd}");
            assert_eq!(read(odd.as_bytes()).is_ok(), is_note, "{odd}");
        }
    }

    proptest! {
        /// A line with a few bytes changed: nothing is taken at a glance that isn't a note when read.
        #[test]
        fn a_glance_takes_nothing_that_is_no_note(
            which in 0usize..3,
            changes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(vec![
                "null", "7", "\"", "{}", "[]", "-1", "\\ud800", "true", ":", "", "1e999", "x", "ü",
            ])), 0..3),
        ) {
            let (_, notes) = made();
            let mut line = write(&Line::Note(Box::new(notes[which].clone())));
            for (at, instead) in changes {
                // In place of a value, a byte, or what stands in quotes.
                let start = at.index(line.len() - 1);
                let len = match line[start..].iter().position(|&b| b == b',' || b == b'}') {
                    Some(len) if line[start.saturating_sub(1)] == b':' => len,
                    _ => 1,
                };
                line.splice(start..start + len, instead.bytes());
            }
            if let Some(glance) = glance(&line) {
                match slowly(&line) {
                    Ok(Line::Note(note)) => {
                        prop_assert_eq!(read(&line), Ok(Line::Note(note.clone())));
                        prop_assert_eq!(&note.id, &glance.id);
                        prop_assert_eq!(note.targets.len(), glance.origins.len());
                        for (target, origin) in note.targets.iter().zip(&glance.origins) {
                            prop_assert_eq!(&target.source.text, &*origin.text);
                            prop_assert_eq!(target.source.label.as_deref(), origin.label.as_deref());
                        }
                    }
                    other => prop_assert!(false, "{other:?}"),
                }
            }
        }
    }
}
