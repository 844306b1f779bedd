//! A note's target on the wire: the interview, and the selectors of the passage.

use serde_json::{Map, Value};

use super::short::{Many, Node};
use super::{HASH, hash_iri};
use crate::notes::{Anchor, Scope, Source, Target};

pub(super) const QUOTE: &str = "TextQuoteSelector";
pub(super) const POSITION: &str = "TextPositionSelector";

#[derive(Clone, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub(super) struct WireTarget {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Node<WireSource>>,
    #[serde(skip_serializing_if = "Many::is_empty")]
    selector: Many<Node<Selector>>,
    #[serde(rename = "synopse:scope", skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(rename = "synopse:exchange", skip_serializing_if = "Option::is_none")]
    exchange: Option<usize>,
    #[serde(rename = "synopse:alone", skip_serializing_if = "std::ops::Not::not")]
    alone: bool,
    #[serde(rename = "synopse:alike", skip_serializing_if = "is_zero")]
    alike: usize,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Clone, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub(super) struct WireSource {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    #[serde(rename = "synopse:raw", skip_serializing_if = "Option::is_none")]
    raw: Option<String>,
    #[serde(rename = "synopse:path", skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// Either of the anchor's selectors, or another.
#[derive(Clone, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub(super) struct Selector {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exact: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prefix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suffix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Value>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl From<WireTarget> for Target {
    fn from(wire: WireTarget) -> Target {
        let mut target = Target {
            source: wire.source.map(|s| s.0.into()).unwrap_or_default(),
            scope: Scope::named(wire.scope.as_deref()),
            exchange: wire.exchange,
            rest: wire.rest,
            ..Target::default()
        };
        target.anchor.alone = wire.alone;
        target.anchor.alike = wire.alike;
        if let Some(kind) = wire.kind.filter(|kind| kind != "SpecificResource") {
            target.rest.insert("type".into(), kind);
        }
        let anchor = &mut target.anchor;
        for Node(selector) in wire.selector.0 {
            let is = |kind: &str| selector.kind.as_ref().is_some_and(|k| k == kind);
            let number = |value: &Option<Value>| {
                value
                    .as_ref()
                    .and_then(Value::as_u64)
                    .and_then(|n| usize::try_from(n).ok())
            };
            let position = number(&selector.start).zip(number(&selector.end));
            let mut known = false;
            if let (Some(exact), true, true) = (&selector.exact, is(QUOTE), anchor.exact.is_empty())
            {
                anchor.exact.clone_from(exact);
                anchor.prefix = selector.prefix.clone().unwrap_or_default();
                anchor.suffix = selector.suffix.clone().unwrap_or_default();
                known = true;
            }
            if let (Some((start, end)), true, None) = (position, is(POSITION), &anchor.position) {
                anchor.position = Some(start..end.max(start));
                known = true;
            }
            if !known || !selector.rest.is_empty() {
                target.selectors.extend(serde_json::to_value(selector));
            }
        }
        target
    }
}

impl From<&Target> for WireTarget {
    fn from(target: &Target) -> WireTarget {
        let Anchor {
            exact,
            prefix,
            suffix,
            alone,
            alike,
            position,
        } = &target.anchor;
        // One that was read with more to it than the anchor knows is written as it was.
        let carried = |kind: &str, same: &dyn Fn(&Value) -> bool| {
            let mut others = target.selectors.iter();
            others.any(|s| s.get("type").is_some_and(|k| k == kind) && same(s))
        };
        let quoted = |s: &Value| s.get("exact").is_some_and(|e| e == exact);
        let quote = !exact.is_empty() && !carried(QUOTE, &quoted);
        let quote = quote.then(|| Selector {
            kind: Some(QUOTE.into()),
            exact: Some(exact.clone()),
            prefix: Some(prefix.clone()),
            suffix: Some(suffix.clone()),
            ..Selector::default()
        });
        let position = position.as_ref().filter(|position| {
            !carried(POSITION, &|s| {
                s.get("start").is_some_and(|p| *p == position.start)
            })
        });
        let position = position.map(|position| Selector {
            kind: Some(POSITION.into()),
            start: Some(position.start.into()),
            end: Some(position.end.into()),
            ..Selector::default()
        });
        let others = target
            .selectors
            .iter()
            .filter_map(|s| serde_json::from_value(s.clone()).ok());
        let selector: Vec<_> = quote
            .into_iter()
            .chain(position)
            .chain(others)
            .map(Node)
            .collect();
        let mut rest = target.rest.clone();
        // A target that is a resource as a whole names itself by its id and has no source.
        let source = (target.source != Source::default()).then(|| Node((&target.source).into()));
        let specific = source.is_some() || !selector.is_empty();
        WireTarget {
            kind: rest
                .shift_remove("type")
                .or_else(|| specific.then(|| "SpecificResource".into())),
            source,
            selector: Many(selector),
            scope: match &target.scope {
                Scope::Passage => None,
                Scope::Exchange => Some("exchange".into()),
                Scope::Other(other) => Some(other.clone()),
            },
            exchange: target.exchange,
            alone: *alone,
            alike: *alike,
            rest,
        }
    }
}

impl From<WireSource> for Source {
    fn from(wire: WireSource) -> Source {
        let hash = |iri: &Option<String>| {
            iri.as_deref()
                .and_then(|iri| iri.strip_prefix(HASH))
                .unwrap_or_default()
                .to_owned()
        };
        let mut source = Source {
            text: hash(&wire.id),
            raw: hash(&wire.raw),
            path: wire.path,
            label: wire.label,
            rest: wire.rest,
        };
        if let Some(kind) = wire.kind.filter(|kind| kind != "Text") {
            source.rest.insert("type".into(), kind);
        }
        // What is no hash is another program's and stays as it was.
        for (name, given, hash) in [
            ("id", wire.id, &source.text),
            ("synopse:raw", wire.raw, &source.raw),
        ] {
            if let Some(given) = given.filter(|_| hash.is_empty()) {
                source.rest.insert(name.into(), given.into());
            }
        }
        source
    }
}

impl From<&Source> for WireSource {
    fn from(source: &Source) -> WireSource {
        let mut rest = source.rest.clone();
        let mut iri = |name: &str, hash: &str| {
            let given = rest.shift_remove(name);
            match hash {
                "" => given.and_then(|given| given.as_str().map(str::to_owned)),
                hash => Some(hash_iri(hash)),
            }
        };
        let id = iri("id", &source.text);
        let raw = iri("synopse:raw", &source.raw);
        let text = (!source.text.is_empty()).then(|| "Text".into());
        WireSource {
            id,
            kind: rest.shift_remove("type").or(text),
            label: source.label.clone(),
            raw,
            path: source.path.clone(),
            rest,
        }
    }
}
