//! Which of the places in a text is the anchor's, as far as quote and surroundings tell.
//!
//! A place is sure where the quote stands unchanged and enough of its old surroundings with it, or where the
//! surroundings stand unchanged on both sides and the quote between them is nearly the old one. How much is enough the
//! text itself has said when the anchor was made: more than any other place had in common with it then.

use std::cmp::Reverse;
use std::ops::Range;

use memchr::memmem;
use triple_accel::levenshtein::{LEVENSHTEIN_COSTS, levenshtein_search_simd_with_opts};
use triple_accel::{SearchType, levenshtein::levenshtein_simd_k};

use super::{Anchor, CONTEXT, Orphan, grapheme_ceil, grapheme_floor, whole};

/// By how many code points of surroundings the best place must lead.
const LEAD: usize = 8;
/// How many code points must stand unchanged on either side of a quote that has changed itself.
const EDGE: usize = 12;
/// One letter of a quote in so many may have changed.
const CHANGED: usize = 3;
/// How many places are named as the likeliest.
const NAMED: usize = 3;

/// The one of `places`, starts in bytes, that is the anchor's; else the one between its surroundings.
///
/// # Errors
/// When there is none, or none that is sure.
pub(super) fn weigh(text: &str, anchor: &Anchor, places: &[usize]) -> Result<Range<usize>, Orphan> {
    if anchor.exact.is_empty() {
        return Err(Orphan::Nameless);
    }
    let exact = ranked(text, anchor, exact(text, anchor, places));
    let apart =
        |one: &Range<usize>, other: &Range<usize>| one.end <= other.start || other.end <= one.start;
    match best(&exact, floor(anchor, anchor.alone && places.len() == 1)) {
        // What was nearly it then may be what is nearly it now.
        Err(lost @ (Orphan::Gone | Orphan::Elsewhere))
            if anchor.alone || anchor.position.is_none() =>
        {
            let between = ranked(text, anchor, between(text, anchor));
            let found = best(&between, floor(anchor, false)).map_err(|_| lost)?;
            // Another stands in its place, it may be, and it stands elsewhere.
            if exact.iter().any(|(_, place)| apart(place, &found)) {
                return Err(lost);
            }
            Ok(without_what_was_put_in(text, anchor, found))
        }
        Ok(found) => {
            let kept = Kept::of(text, anchor, &found).all();
            // What would be it without this one, and has clearly more of its surroundings, may be it reworded, and this a
            // copy.
            let enough = floor(anchor, false).all.max(kept + LEAD);
            let as_good = |range: &Range<usize>| {
                apart(range, &found) && Kept::of(text, anchor, range).all() >= enough
            };
            match between(text, anchor).filter(as_good).count() {
                0 => Ok(found),
                places => Err(Orphan::Ambiguous { places: places + 1 }),
            }
        }
        lost => lost,
    }
}

/// `found` without what was put in at its ends, beside a quote that is nearly as it was.
fn without_what_was_put_in(text: &str, anchor: &Anchor, found: Range<usize>) -> Range<usize> {
    let (quote, there) = (anchor.exact.as_bytes(), text[found.clone()].as_bytes());
    /// One byte in so many may have changed, such as a line's end.
    const SAME: usize = 16;
    let most = u32::try_from(quote.len()).unwrap_or(u32::MAX);
    let few = u32::try_from(quote.len() / SAME).unwrap_or(u32::MAX);
    let changed = levenshtein_simd_k(quote, there, most);
    let best = SearchType::Best;
    let mut inside =
        levenshtein_search_simd_with_opts(quote, there, few, best, LEVENSHTEIN_COSTS, false)
            .filter_map(|part| {
                let range = found.start + part.start..found.start + part.end;
                let put_in = u32::try_from(there.len().saturating_sub(range.len())).ok()?;
                // What is left out is just what makes the rest more like the quote.
                (changed? == part.k + put_in && whole(text, &range)).then_some(range)
            });
    match (inside.next(), inside.next()) {
        (Some(quote), None) => quote,
        _ => found,
    }
}

/// How many code points of its surroundings the passage `at` shares with the place in `text` that is most like it: as
/// many [`weigh`] must find and more.
pub(super) fn alike(text: &str, anchor: &Anchor, at: &Range<usize>, places: &[usize]) -> usize {
    let others = exact(text, anchor, places).chain(between(text, anchor));
    let shared = others.filter(|range| range != at);
    let shared = shared.map(|range| Kept::of_any(text, anchor, &range).all());
    shared.max().unwrap_or(0)
}

/// Whether something in `text` apart from the passage `at` is nearly its quote, which stands but once: within a few words
/// of it. Of what is as much like it one of four parts at least stands unchanged.
pub(super) fn has_twin(text: &str, exact: &str, at: &Range<usize>) -> bool {
    /// So many parts are looked for.
    const PARTS: usize = 4;
    /// A shorter part stands everywhere, in bytes.
    const SHORTEST: usize = 4;
    let most = u32::try_from(exact.len() / CHANGED).unwrap_or(u32::MAX);
    let share = exact.len() / PARTS;
    if share < SHORTEST {
        return false;
    }
    let bytes = text.as_bytes();
    let near = |start: usize| {
        let end = (start + exact.len()).min(bytes.len());
        let apart = end <= at.start || at.end <= start;
        apart && levenshtein_simd_k(exact.as_bytes(), &bytes[start..end], most).is_some()
    };
    (0..PARTS).any(|part| {
        let part = part * share..(part + 1) * share;
        let mut found = memmem::find_iter(bytes, &exact.as_bytes()[part.clone()]);
        found.any(|found| near(found.saturating_sub(part.start)))
    })
}

/// Where in `text` the passage of an anchor that isn't found may stand, the likeliest first: where its quote stands, or
/// else what is most like it. For the reader to choose from; never to be taken unasked.
#[must_use]
pub fn likeliest(text: &str, anchor: &Anchor) -> Vec<Range<usize>> {
    /// Bytes of a long quote that are looked for.
    const HEAD: usize = 256;
    if anchor.exact.is_empty() {
        return Vec::new();
    }
    let all: Vec<usize> = memmem::find_iter(text.as_bytes(), &anchor.exact).collect();
    let mut places = ranked(text, anchor, exact(text, anchor, &all));
    if places.is_empty() {
        places = ranked(text, anchor, between(text, anchor));
    }
    if places.is_empty() {
        let head = &anchor.exact[..anchor.exact.floor_char_boundary(HEAD)];
        let most = u32::try_from(head.len() / CHANGED).unwrap_or(u32::MAX);
        let similar = levenshtein_search_simd_with_opts(
            head.as_bytes(),
            text.as_bytes(),
            most,
            SearchType::Best,
            LEVENSHTEIN_COSTS,
            false,
        );
        let rest = anchor.exact.len() - head.len();
        let widened = similar.map(|found| {
            let end = found.end + rest;
            grapheme_floor(text, found.start)..grapheme_ceil(text, end.min(text.len()))
        });
        places = ranked(text, anchor, widened);
    }
    let mut likeliest: Vec<Range<usize>> = Vec::new();
    for (_, range) in places {
        let apart = |known: &Range<usize>| range.end <= known.start || known.end <= range.start;
        if likeliest.len() < NAMED && likeliest.iter().all(apart) {
            likeliest.push(range);
        }
    }
    likeliest
}

/// How many code points of its surroundings a passage must still have: one side of them, whole, and of the other the
/// more, the shorter the quote is; and more by a whole side than the place most like it had when the anchor was made, or
/// all of both, for that place may stand where this one did by now. A quote that stands `alone`,
/// then as now, is evidence itself, as far as it is long: nobody writes the same 32 letters twice by chance, but "Yes."
/// anybody does.
fn floor(anchor: &Anchor, alone: bool) -> Floor {
    let short = CONTEXT.saturating_sub(anchor.exact.chars().count());
    let enough = match alone {
        true => short,
        false => {
            let likely = (CONTEXT + LEAD + short).min(2 * CONTEXT);
            let unlike = (anchor.alike + CONTEXT).min(2 * CONTEXT);
            likely.max(unlike).max(anchor.alike + 2 * LEAD)
        }
    };
    match anchor.position {
        Some(_) => Floor {
            all: enough,
            side: if short > 0 { LEAD / 2 } else { 0 },
        },
        // Another program's: it names what it names, and nothing of that may be missing.
        None => Floor {
            all: enough.min(anchor.prefix.chars().chain(anchor.suffix.chars()).count()),
            side: 0,
        },
    }
}

/// How many code points of its surroundings a passage must still have.
struct Floor {
    /// On both sides together.
    all: usize,
    /// On either: a short quote with all of one side alone may be another's end.
    side: usize,
}

/// The first of the places, if it is sure.
fn best(ranked: &[(Kept, Range<usize>)], floor: Floor) -> Result<Range<usize>, Orphan> {
    let most = ranked.first().map(|(kept, _)| kept.all());
    let most = most.ok_or(Orphan::Gone)?;
    let first = ranked
        .first()
        .map_or((0, 0), |(kept, _)| (kept.before, kept.behind));
    let rivals = ranked.iter().filter(|(kept, _)| {
        // One that leads on either side may be it as well, moved, with another in its old place.
        kept.all() + LEAD > most || kept.before > first.0 + LEAD || kept.behind > first.1 + LEAD
    });
    match rivals.count() {
        places @ 2.. if most >= floor.all.min(CONTEXT) => Err(Orphan::Ambiguous { places }),
        1 if most >= floor.all && first.0.min(first.1) >= floor.side => {
            let first = ranked.first().map(|(_, at)| at.clone());
            first.ok_or(Orphan::Gone)
        }
        _ => Err(Orphan::Elsewhere),
    }
}

fn ranked(
    text: &str,
    anchor: &Anchor,
    places: impl Iterator<Item = Range<usize>>,
) -> Vec<(Kept, Range<usize>)> {
    let mut ranked: Vec<_> = places
        .map(|range| (Kept::of(text, anchor, &range), range))
        .collect();
    ranked.sort_by_key(|(kept, range)| (Reverse(kept.all()), range.start));
    ranked
}

/// The quote itself, at the starts `places`.
fn exact<'a>(
    text: &'a str,
    anchor: &'a Anchor,
    places: &'a [usize],
) -> impl Iterator<Item = Range<usize>> + 'a {
    let ranges = places
        .iter()
        .map(|&start| start..start + anchor.exact.len());
    ranges.filter(|range| whole(text, range))
}

/// What stands between the surroundings where the quote stood and is nearly it.
fn between(text: &str, anchor: &Anchor) -> impl Iterator<Item = Range<usize>> {
    let before = anchor.prefix.char_indices().rev().nth(EDGE - 1);
    let before = &anchor.prefix[before.map_or(0, |(at, _)| at)..];
    let behind = anchor.suffix.char_indices().nth(EDGE);
    let behind = &anchor.suffix[..behind.map_or(anchor.suffix.len(), |(at, _)| at)];
    let find = |part: &str| memmem::find_iter(text.as_bytes(), part).collect::<Vec<_>>();
    let starts = match before {
        "" => vec![0],
        before => find(before)
            .into_iter()
            .map(|at| at + before.len())
            .collect(),
    };
    let ends = match behind {
        "" => vec![text.len()],
        behind => find(behind),
    };
    let len = anchor.exact.len();
    let (shortest, longest) = (len - len / CHANGED, len + len / CHANGED);
    let most = u32::try_from(len / CHANGED).unwrap_or(u32::MAX);
    let near = starts.into_iter().flat_map(move |start| {
        let first = ends.partition_point(|&end| end < start + shortest);
        let last = ends.partition_point(|&end| end <= start + longest);
        let ends = ends.get(first..last).unwrap_or_default();
        ends.iter().map(|&end| start..end).collect::<Vec<_>>()
    });
    near.filter(move |range| {
        let kept = Kept::of(text, anchor, range);
        kept.before >= EDGE
            && kept.behind >= EDGE
            && whole(text, range)
            && levenshtein_simd_k(
                anchor.exact.as_bytes(),
                text[range.clone()].as_bytes(),
                most,
            )
            .is_some()
    })
}

/// How many code points of an anchor's surroundings stand around a place.
struct Kept {
    before: usize,
    behind: usize,
}

impl Kept {
    /// The edge of the text, where the passage stood there, is as good as all of a side.
    fn of(text: &str, anchor: &Anchor, range: &Range<usize>) -> Kept {
        let mut kept = Kept::of_any(text, anchor, range);
        // Of what stood at the edge and no longer does, what is known is no more than its few letters.
        if range.start != anchor.prefix.len() {
            kept.before = kept.before.min(anchor.prefix.chars().count());
        }
        if range.end + anchor.suffix.len() != text.len() {
            kept.behind = kept.behind.min(anchor.suffix.chars().count());
        }
        kept
    }

    /// As if the place, too, stood at the edge of the text: it may come to stand there.
    fn of_any(text: &str, anchor: &Anchor, range: &Range<usize>) -> Kept {
        let side = |there: &mut dyn Iterator<Item = char>,
                    was: &mut dyn Iterator<Item = char>,
                    edge: bool| {
            let mut same = 0;
            loop {
                match (there.next(), was.next()) {
                    (_, None) if edge => return CONTEXT,
                    (Some(a), Some(b)) if a == b => same += 1,
                    _ => return same,
                }
            }
        };
        let (before, behind) = (&text[..range.start], &text[range.end..]);
        // Another program may have kept fewer surroundings than there were; one of ours has kept a position too.
        let position = anchor.position.as_ref();
        let first = position.is_some_and(|p| p.start == anchor.prefix.chars().count());
        Kept {
            before: side(
                &mut before.chars().rev(),
                &mut anchor.prefix.chars().rev(),
                first,
            ),
            behind: side(
                &mut behind.chars(),
                &mut anchor.suffix.chars(),
                position.is_some(),
            ),
        }
    }

    fn all(&self) -> usize {
        self.before + self.behind
    }
}
