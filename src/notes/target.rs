//! What a note is about: a passage, and the interview that it is from.

use std::ops::Range;

use serde_json::{Map, Value};

use super::Anchor;
use crate::interview::{Identity, Interview};

/// A passage that a note is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Target {
    /// The interview.
    pub source: Source,
    /// The passage.
    pub anchor: Anchor,
    /// Whether the passage itself is meant or what it stands for.
    pub scope: Scope,
    /// The number of the exchange when the note was made: a hint for one who reads the file, never relied on.
    pub exchange: Option<usize>,
    /// Selectors beside the anchor's two, as they were read.
    pub selectors: Vec<Value>,
    /// Its other fields, as they were read.
    pub rest: Map<String, Value>,
}

/// What is meant by a passage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The passage.
    #[default]
    Passage,
    /// The whole exchange; the passage is its question.
    Exchange,
    /// Something that a newer version knows.
    Other(String),
}

/// The interview that a passage is from, as it was known when the note was made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// SHA-256 of its text, as in [`Identity`]; empty where it isn't known.
    pub text: String,
    /// SHA-256 of its raw file; empty where it isn't known.
    pub raw: String,
    /// Where it was read from.
    pub path: Option<String>,
    /// What it was called.
    pub label: Option<String>,
    /// Its other fields, as they were read; its `id` among them where that is another program's.
    pub rest: Map<String, Value>,
}

impl Target {
    /// The passage `range`, in bytes, of `interview`.
    #[must_use]
    pub fn passage(interview: &Interview, range: Range<usize>) -> Target {
        let exchange = interview.exchange_of(interview.paragraph_at(range.start));
        Target {
            source: Source::of(interview),
            anchor: Anchor::at(&interview.text, range),
            exchange: exchange.map(|index| index + 1),
            ..Target::default()
        }
    }

    /// Exchange `index`, counted from 0, of `interview`; it is held by its question.
    #[must_use]
    pub fn exchange(interview: &Interview, index: usize) -> Option<Target> {
        let question = interview.exchanges.get(index)?.question.clone();
        Some(Target {
            scope: Scope::Exchange,
            ..Target::passage(interview, interview.span(question))
        })
    }
}

impl Scope {
    /// The scope of this name on the wire.
    #[must_use]
    pub fn named(name: Option<&str>) -> Scope {
        match name {
            None => Scope::Passage,
            Some("exchange") => Scope::Exchange,
            Some(other) => Scope::Other(other.into()),
        }
    }
}

impl Source {
    /// What is known of `interview`.
    #[must_use]
    pub fn of(interview: &Interview) -> Source {
        let Identity { text, raw, path } = &interview.identity;
        Source {
            text: text.clone(),
            raw: raw.clone(),
            path: path.as_ref().map(|p| p.to_string_lossy().into_owned()),
            label: Some(interview.label().to_owned()).filter(|label| !label.is_empty()),
            rest: Map::new(),
        }
    }

    /// The best of `interviews` to be this source, by index, and whether its text is the very same.
    pub fn among<'a>(
        &self,
        interviews: impl Iterator<Item = &'a Interview> + Clone,
    ) -> Option<(usize, bool)> {
        let is = |a: &str, b: &str| !a.is_empty() && a == b;
        let path = self.path.as_deref().unwrap_or_default();
        let by =
            |same: &dyn Fn(&Identity) -> bool| interviews.clone().position(|i| same(&i.identity));
        by(&|i| is(&i.text, &self.text))
            .map(|index| (index, true))
            .or_else(|| by(&|i| is(&i.raw, &self.raw)).map(|index| (index, false)))
            .or_else(|| {
                let at = |i: &Identity| {
                    i.path
                        .as_ref()
                        .is_some_and(|p| is(&p.to_string_lossy(), path))
                };
                by(&at).map(|index| (index, false))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::interview;
    use super::*;

    #[test]
    fn a_source_is_known_by_text_then_file_then_path() {
        let old = interview("a", &["Eins?", "Zwei."]);
        let source = Source::of(&old);
        let mut edited = interview("a", &["Eins?", "Zwei und drei."]);
        assert_eq!(source.among([&edited, &old].into_iter()), Some((1, true)));
        assert_eq!(source.among([&edited].into_iter()), Some((0, false)));
        edited.identity.path = None;
        assert_eq!(source.among([&edited].into_iter()), None);
        edited.identity.raw = source.raw.clone();
        assert_eq!(source.among([&edited].into_iter()), Some((0, false)));
        assert_eq!(
            Source::default().among([&Interview::default()].into_iter()),
            None
        );
    }
}
