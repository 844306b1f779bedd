//! What is counted of the notes: how many of each kind, by whom, and how much of each interview was on the screen.

use std::collections::HashMap;

use super::Sources;
use crate::app::Side;
use crate::lang::Lang;
use crate::notes::{Kind, Kinds, Motivation, Note};
use crate::text::visible::visible_line;

/// What is counted of `notes`, in words, what matters most first.
pub(super) fn counts<'a>(notes: impl Iterator<Item = &'a Note>, sources: &Sources) -> String {
    let lang = sources.lang;
    let mut kinds: Vec<(Kind, usize)> = Vec::new();
    let mut makers: HashMap<Option<String>, usize> = HashMap::new();
    for note in notes {
        let kind = note.kind();
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((kind, 1)),
        }
        *makers.entry(note.maker()).or_default() += 1;
    }
    kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut counts: Vec<String> = Vec::new();
    if !kinds.is_empty() {
        let kinds = kinds.iter().map(|(kind, count)| {
            format!(
                "{count} {}",
                several(kind, *count, &sources.annotations.book.kinds, lang)
            )
        });
        counts.push(kinds.collect::<Vec<_>>().join(", "));
    }
    let lost = sources.annotations.book.orphans().count();
    if lost > 0 {
        counts.push(format!(
            "{lost} {}",
            lang.tr("without a place", "ohne Stelle")
        ));
    }
    if makers.len() > 1 || makers.keys().any(Option::is_some) {
        let mut makers: Vec<(Option<String>, usize)> = makers.into_iter().collect();
        makers.sort();
        let own = lang.tr("own", "eigene");
        let makers = makers
            .iter()
            .map(|(maker, count)| format!("{} {count}", maker.as_deref().unwrap_or(own)));
        counts.push(makers.collect::<Vec<_>>().join(", "));
    }
    let shown = Side::BOTH.map(|side| sources.columns[side.index()]);
    let shown = shown
        .iter()
        .enumerate()
        .filter(|(at, index)| *at == 0 || shown[0] != **index);
    let shown: Vec<String> = shown
        .filter_map(|(_, &index)| {
            let entry = sources.library.get(index)?;
            let (seen, of) = entry.exchanges_shown()?;
            let interview = entry.interview.as_ref()?;
            Some(format!(
                "{} {seen}/{of}",
                visible_line(interview.short_label())
            ))
        })
        .collect();
    if !shown.is_empty() {
        let been = lang.tr("shown so far:", "bisher angezeigt:");
        counts.push(format!("{been} {}", shown.join(", ")));
    }
    counts.join(" · ")
}

/// What `count` notes of a kind are called.
fn several(kind: &Kind, count: usize, kinds: &Kinds, lang: Lang) -> String {
    use crate::notes::Highlight;
    let one = kinds.tell(kind, lang);
    let own = matches!(kind, Kind::Highlight(kind) if kinds.own_name(kind).is_some());
    if count == 1 || own {
        return one;
    }
    match kind {
        Kind::Of(Motivation::Commenting) => lang.tr("comments", "Kommentare"),
        Kind::Of(Motivation::Bookmarking) => lang.tr("bookmarks", "Lesezeichen"),
        Kind::Of(Motivation::Tagging) => lang.tr("tags", "Schlagwörter"),
        Kind::Highlight(Highlight::Plain) => lang.tr("highlights", "Hervorhebungen"),
        Kind::Highlight(Highlight::Quote) => lang.tr("quotes", "Zitate"),
        Kind::Highlight(Highlight::Query) => lang.tr("queries", "Nachfragen"),
        Kind::Highlight(Highlight::Contradiction) => lang.tr("contradictions", "Widersprüche"),
        Kind::Of(_) | Kind::Highlight(_) => return one,
    }
    .to_owned()
}
