//! Where notes stand in the open interviews.

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::interview::Interview;
use crate::notes::anchor::{self, CONTEXT};
use crate::notes::{Id, Note, Orphan, Target};

/// Where a note's target is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In an open interview.
    Here(Passage),
    /// Its interview is open, and the passage isn't found in it.
    Orphan(Orphan),
    /// Its interview isn't open.
    Away,
}

/// A span of an open interview's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The interview, as an index into those the book was made for.
    pub interview: usize,
    /// The bytes of its text.
    pub range: Range<usize>,
}

impl Place {
    /// The passage, where it was found.
    #[must_use]
    pub fn here(&self) -> Option<&Passage> {
        match self {
            Place::Here(passage) => Some(passage),
            Place::Orphan(_) | Place::Away => None,
        }
    }
}

/// Where the targets of `notes` are, each interview's text gone through once.
pub(super) fn places<I: Borrow<Interview>>(
    notes: &[&Note],
    interviews: &[I],
) -> HashMap<Id, Vec<Place>> {
    let mut places: Vec<Vec<Place>> = notes
        .iter()
        .map(|note| vec![Place::Away; note.targets.len()])
        .collect();
    let mut asked: Vec<Vec<(usize, usize, bool)>> = vec![Vec::new(); interviews.len()];
    let mut strangers: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
    for (n, note) in notes.iter().enumerate() {
        for (t, target) in note.targets.iter().enumerate() {
            let all = interviews.iter().map(Borrow::borrow);
            let known = target.source.among(all);
            let Some((interview, same_text)) = known else {
                strangers
                    .entry(&target.source.text)
                    .or_default()
                    .push((n, t));
                continue;
            };
            // Of a text that is still being read nothing can be said to be missing, or to stand there once.
            if !interviews[interview].borrow().partial {
                asked[interview].push((n, t, same_text));
            }
        }
    }
    for (text, targets) in strangers.into_iter().filter(|(text, _)| !text.is_empty()) {
        let of = targets
            .iter()
            .map(|&(n, t)| &notes[n].targets[t])
            .collect::<Vec<_>>();
        if let Some(interview) = version(text, &of, interviews) {
            asked[interview].extend(targets.into_iter().map(|(n, t)| (n, t, false)));
        }
    }
    for (interview, asked) in asked.into_iter().enumerate() {
        let text = &interviews[interview].borrow().text;
        let anchors: Vec<_> = asked
            .iter()
            .map(|&(n, t, same_text)| (&notes[n].targets[t].anchor, same_text))
            .collect();
        for (&(n, t, _), found) in asked.iter().zip(anchor::find_all(text, &anchors)) {
            places[n][t] = match found {
                Ok(range) => Place::Here(Passage { interview, range }),
                Err(orphan) => Place::Orphan(orphan),
            };
        }
    }
    let ids = notes.iter().map(|note| note.id.clone());
    ids.zip(places).collect()
}

/// Which of `interviews` is another version of the text with the hash `text`, as far as its notes' `targets` tell: the one
/// of the same name in which most of their longer quotes stand word for word. They are the sample of the old text that is
/// left, and nobody says the same 32 letters twice by chance. Where two are, or none is sure, there is none.
pub(super) fn version<I: Borrow<Interview>>(
    text: &str,
    targets: &[&Target],
    interviews: &[I],
) -> Option<usize> {
    /// Quotes that are looked for at most; a sample is enough.
    const SAMPLE: usize = 64;
    let long = |quote: &&str| quote.chars().nth(CONTEXT - 1).is_some();
    let quotes = targets.iter().map(|target| target.anchor.exact.as_str());
    let quotes: HashSet<&str> = quotes.filter(long).take(SAMPLE).collect();
    let label = targets.first()?.source.label.as_deref()?;
    let same = |interview: &Interview| {
        let named = !interview.partial && interview.label() == label;
        let kept = || {
            quotes
                .iter()
                .filter(|quote| interview.text.contains(**quote))
                .count()
        };
        named
            && !quotes.is_empty()
            && interview.identity.text != text
            && kept() * 4 >= quotes.len() * 3
    };
    let mut found = (0..interviews.len()).filter(|&index| same(interviews[index].borrow()));
    found.next().filter(|_| found.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::Motivation;
    use crate::notes::tests::{interview, note};

    #[test]
    fn another_version_is_known_by_its_name_and_what_was_quoted_of_it() {
        let said = "Lesen, schreiben und wieder lesen, von morgens bis abends.";
        let old = interview("anna", &["Was tun Sie?", said, "Und sonst?"]);
        let notes = [
            note(1, Motivation::Commenting, "", &old, said),
            note(2, Motivation::Commenting, "", &old, "Und sonst?"),
        ];
        let found = |on: &Interview| {
            let places = places(&notes.each_ref(), std::slice::from_ref(on));
            notes.each_ref().map(|note| places[&note.id][0].clone())
        };
        let elsewhere = |name: &str, paragraphs: &[&str]| {
            let mut new = interview(name, paragraphs);
            new.name = "anna".into();
            new
        };
        let mut new = elsewhere("neu", &["Was machen Sie?", said]);
        let [kept, lost] = found(&new);
        assert!(kept.here().is_some());
        assert_eq!(lost, Place::Orphan(Orphan::Gone));
        new.name = "otto".into();
        assert_eq!(found(&new), [Place::Away, Place::Away]);
        let other = elsewhere("neu", &["Was machen Sie?", "Nichts. Und sonst?"]);
        assert_eq!(found(&other), [Place::Away, Place::Away]);
        let twice = [
            elsewhere("neu", &[said]),
            elsewhere("neuer", &[said, "Ja."]),
        ];
        let places = places(&notes.each_ref(), &twice);
        assert_eq!(places[&notes[0].id], [Place::Away]);
    }
    #[test]
    fn no_version_is_told_from_short_quotes_or_from_what_is_still_read() {
        let said = "Lesen, schreiben und wieder lesen, von morgens bis abends.";
        let old = interview("anna", &["Was tun Sie?", said]);
        let mut new = interview("anna", &["Was machen Sie?", said]);
        let found = |quote: &str, new: &Interview, text: &str| {
            let note = note(1, Motivation::Commenting, "", &old, quote);
            version(text, &[&note.targets[0]], std::slice::from_ref(new))
        };
        let text = old.identity.text.clone();
        assert_eq!(found(said, &new, &text), Some(0));
        assert_eq!(found("schreiben", &new, &text), None);
        assert_eq!(found(said, &new, &new.identity.text.clone()), None);
        new.partial = true;
        assert_eq!(found(said, &new, &text), None);
    }
}
