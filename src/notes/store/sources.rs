//! Which notes are on which interview, as far as they say themselves: the reader opens two of a hundred.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::notes::w3c::Origin;
use crate::notes::{Note, Source};

/// The interviews that notes are on, and which notes, by their places among all entries.
#[derive(Clone, Debug, Default)]
pub(super) struct Sources {
    all: Vec<(Source, Vec<usize>)>,
    /// Where in `all` those are that have this for a text, or else for a name or path.
    index: HashMap<String, Vec<usize>, RandomState>,
    /// The most targets that any note has.
    targets: usize,
}

impl Sources {
    /// A version of the note at `entry` is on `origins`.
    pub(super) fn add(&mut self, entry: usize, origins: &[Origin]) {
        self.targets = self.targets.max(origins.len());
        for origin in origins {
            let at = self.place(origin);
            let entries = &mut self.all[at].1;
            if entries.last() != Some(&entry) {
                entries.push(entry);
            }
        }
    }

    /// As [`Sources::add`], for a note that was read.
    pub(super) fn add_note(&mut self, entry: usize, note: &Note) {
        let sources = note.targets.iter().map(|target| &target.source);
        let origins: Vec<Origin> = sources.map(Origin::from).collect();
        self.add(entry, &origins);
    }

    fn place(&mut self, origin: &Origin) -> usize {
        let key = [
            Some(&origin.text),
            origin.label.as_ref(),
            origin.path.as_ref(),
        ];
        let key = key.into_iter().flatten().find(|key| !key.is_empty());
        let key = key.map_or("", |key| key);
        let known = self.index.get(key);
        let same = |&&at: &&usize| Origin::from(&self.all[at].0) == *origin;
        if let Some(&at) = known.and_then(|places| places.iter().find(same)) {
            return at;
        }
        let owned = |text: &Option<Cow<str>>| text.as_deref().map(str::to_owned);
        let source = Source {
            text: origin.text.clone().into_owned(),
            raw: origin.raw.clone().into_owned(),
            path: owned(&origin.path),
            label: owned(&origin.label),
            ..Source::default()
        };
        self.index
            .entry(key.to_owned())
            .or_default()
            .push(self.all.len());
        self.all.push((source, Vec::new()));
        self.all.len() - 1
    }

    /// The entries with a version on a source that is `wanted`, in order.
    pub(super) fn on(&self, wanted: impl Fn(&Source) -> bool) -> Vec<usize> {
        let wanted = self.all.iter().filter(|(source, _)| wanted(source));
        let mut entries: Vec<usize> = wanted.flat_map(|(_, entries)| entries).copied().collect();
        entries.sort_unstable();
        entries.dedup();
        entries
    }

    /// The most targets that any note has.
    pub(super) fn most_targets(&self) -> usize {
        self.targets
    }
}

impl<'a> From<&'a Source> for Origin<'a> {
    fn from(source: &'a Source) -> Origin<'a> {
        Origin {
            text: source.text.as_str().into(),
            raw: source.raw.as_str().into(),
            path: source.path.as_deref().map(Cow::from),
            label: source.label.as_deref().map(Cow::from),
        }
    }
}
