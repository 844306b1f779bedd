//! Made-up transcripts, edited as transcripts are: words, sentences and paragraphs changed, moved, deleted and added.
//! What an anchor finds then is held against where each sentence really went.
//!
//! `SYNOPSE_EDITIONS=1000 cargo test --lib edited_editions -- --nocapture` edits a thousand and prints the figures;
//! `SYNOPSE_FIRST_EDITION=1001` makes them others.

use std::ops::Range;

use super::*;

/// A sentence with the name it keeps wherever it goes.
#[derive(Clone)]
struct Sentence {
    name: usize,
    /// The one that it is nearly, by its name.
    like: Option<usize>,
    words: Vec<String>,
    /// What it said at first.
    born: String,
    changed: bool,
}

type Paragraphs = Vec<Vec<Sentence>>;

/// Numbers that look random and are the same in every run (Marsaglia's xorshift, 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % most.max(1)
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

const WORDS: &[&str] = &[
    "und",
    "wir",
    "haben",
    "dann",
    "immer",
    "nicht",
    "Vertrauen",
    "über",
    "Straße",
    "weil",
    "später",
    "zwischen",
    "the",
    "people",
    "café",
    "nai\u{308}v",
    "Garten",
    "heute",
    "sehr",
    "lange",
    "gearbeitet",
    "Mühe",
    "alte",
    "Zeit",
    "👍🏽",
    "Häuser",
    "gewesen",
    "niemand",
    "wusste",
    "davon",
    "eigentlich",
    "Montag",
    "Dienstag",
    "anders",
    "so",
    "ja",
];
/// What is said again and again.
const REFRAINS: &[&str] = &[
    "Ja.",
    "Nein.",
    "Ja, genau.",
    "Das ist eine gute Frage.",
    "Was meinen Sie damit genau?",
];

fn sentence(dice: &mut Dice, name: usize, before: &[Sentence]) -> Sentence {
    let mut like = None;
    let words = match dice.below(10) {
        0 => dice.one(REFRAINS).split(' ').map(str::to_owned).collect(),
        // One that is nearly another: a word is different.
        1 if !before.is_empty() => {
            let other = dice.one(before);
            like = other.like.or(Some(other.name));
            let mut words = other.words.clone();
            let at = dice.below(words.len());
            words[at] = (*dice.one(WORDS)).to_owned();
            words
        }
        _ => {
            let count = 4 + dice.below(14);
            let mut words: Vec<String> =
                (0..count).map(|_| (*dice.one(WORDS)).to_owned()).collect();
            words[count - 1].push(*dice.one(&['.', '?', '!']));
            words
        }
    };
    Sentence {
        name,
        like,
        born: words.join(" "),
        words,
        changed: false,
    }
}

fn transcript(dice: &mut Dice) -> Paragraphs {
    let mut all = Vec::new();
    let mut name = 0;
    (0..20 + dice.below(20))
        .map(|_| {
            (0..1 + dice.below(5))
                .map(|_| {
                    name += 1;
                    let one = sentence(dice, name, &all);
                    all.push(one.clone());
                    one
                })
                .collect()
        })
        .collect()
}

fn edit(dice: &mut Dice, text: &mut Paragraphs) {
    let at = dice.below(text.len());
    let inside = dice.below(text[at].len());
    match dice.below(9) {
        0..3 => {
            let sentence = &mut text[at][inside];
            let word = dice.below(sentence.words.len());
            match dice.below(3) {
                0 => sentence.words[word] = (*dice.one(WORDS)).to_owned(),
                1 => sentence.words.insert(word, (*dice.one(WORDS)).to_owned()),
                _ if sentence.words.len() > 1 => drop(sentence.words.remove(word)),
                _ => sentence.words[word].push('x'),
            }
            sentence.changed = true;
        }
        3 => drop(text[at].remove(inside)),
        4 => {
            let new = sentence(dice, usize::MAX, &text.concat());
            text[at].insert(inside, new);
        }
        5 => {
            let moved = text[at].remove(inside);
            let to = dice.below(text.len());
            text[to].push(moved);
        }
        6 if text.len() > 3 => drop(text.remove(at)),
        7 => {
            let moved = text.remove(at);
            text.insert(dice.below(text.len()), moved);
        }
        _ => {
            let new = sentence(dice, usize::MAX, &text.concat());
            text.insert(at, vec![new]);
        }
    }
    text.retain(|paragraph| !paragraph.is_empty());
    if text.is_empty() {
        text.push(vec![sentence(dice, usize::MAX, &[])]);
    }
}

/// The text, and where each sentence stands in it, in order.
fn set(text: &Paragraphs) -> (String, Vec<(Sentence, Range<usize>)>) {
    let mut out = String::new();
    let mut places = Vec::new();
    for paragraph in text {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        for (nth, sentence) in paragraph.iter().enumerate() {
            if nth > 0 {
                out.push(' ');
            }
            let start = out.len();
            out.push_str(&sentence.words.join(" "));
            places.push((sentence.clone(), start..out.len()));
        }
    }
    (out, places)
}

#[derive(Debug, Default)]
struct Figures {
    untouched: usize,
    untouched_lost: usize,
    short: usize,
    short_found: usize,
    mended: usize,
    mended_found: usize,
    deleted: usize,
    twins: usize,
    wrong: usize,
}

impl Figures {
    /// Counts a passage that was found in the wrong place, and says which.
    fn misplaced(
        &mut self,
        wrong: bool,
        seed: u64,
        anchor: &Anchor,
        new: &str,
        found: &Result<Range<usize>, Orphan>,
    ) {
        if let (true, Ok(range)) = (wrong, found) {
            self.wrong += 1;
            let around = new.floor_char_boundary(range.start.saturating_sub(60))
                ..new.ceil_char_boundary((range.end + 60).min(new.len()));
            println!(
                "edition {seed}: {anchor:#?}\nfound {:?} in {:?}",
                &new[range.clone()],
                &new[around]
            );
        }
    }
}

fn edition(seed: u64, figures: &mut Figures) {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut text = transcript(&mut dice);
    let (old, before) = set(&text);
    for _ in 0..1 + dice.below(25) {
        edit(&mut dice, &mut text);
    }
    let (new, after) = set(&text);
    for (nth, (sentence, at)) in before.iter().enumerate() {
        // The whole sentence, some words of it, or it and the next.
        let words = sentence.words.len();
        let last = before.get(nth + 1).filter(|_| dice.below(6) == 0);
        let (first, count) = match dice.below(3) {
            0 if last.is_none() => {
                let first = dice.below(words);
                (first, 1 + dice.below(words - first))
            }
            _ => (0, words),
        };
        let skipped: usize = sentence.words[..first].iter().map(|w| w.len() + 1).sum();
        let start = at.start + skipped;
        let taken = sentence.words[first..first + count].join(" ");
        let end = last.map_or(start + taken.len(), |(_, next)| next.end);
        let anchor = Anchor::at(&old, start..end);
        let find = |name: usize| after.iter().position(|(s, _)| s.name == name);
        let now = find(sentence.name);
        let found = anchor.find(&new, false);
        // Another passage may have come to read like it, surroundings and all: the text itself tells no more.
        let twin = |range: &Range<usize>| {
            new[range.clone()] == anchor.exact
                && new[..range.start].ends_with(&anchor.prefix)
                && new[range.end..].starts_with(&anchor.suffix)
        };
        let over = |range: &Range<usize>, place: &Range<usize>| {
            range.start < place.end && place.start < range.end
        };
        let Some(index) = now else {
            figures.deleted += 1;
            // Half of it may be there still; and what was written anew after it, in its words or nearly, is a wording of it.
            let excused = |range: &Range<usize>| {
                after
                    .iter()
                    .filter(|(_, place)| over(range, place))
                    .any(|(s, _)| {
                        last.is_some_and(|(next, _)| s.name == next.name)
                            || s.name == usize::MAX
                                && (s.born == sentence.born
                                    || s.like == Some(sentence.name)
                                    || s.like.is_some() && s.like == sentence.like)
                    })
            };
            let wrong = found.as_ref().is_ok_and(|range| !excused(range));
            let twin = wrong && found.as_ref().is_ok_and(twin);
            figures.twins += usize::from(twin);
            figures.misplaced(wrong && !twin, seed, &anchor, &new, &found);
            continue;
        };
        let (moved, place) = &after[index];
        let next = last.map(|(next, _)| after.get(index + 1).filter(|(s, _)| s.name == next.name));
        let whole = !moved.changed && next.is_none_or(|n| n.is_some_and(|(s, _)| !s.changed));
        let truth = match next {
            _ if !whole => place.start..next.flatten().map_or(place.end, |(_, n)| n.end),
            Some(Some((_, next))) => place.start..next.end,
            _ => place.start + skipped..place.start + skipped + taken.len(),
        };
        let right = match &found {
            Ok(range) if whole => *range == truth,
            Ok(range) => {
                let next = last.and_then(|(next, _)| find(next.name));
                over(range, &truth) || next.is_some_and(|next| over(range, &after[next].1))
            }
            Err(_) => true,
        };
        let twin = !right && found.as_ref().is_ok_and(twin);
        figures.twins += usize::from(twin);
        figures.misplaced(!right && !twin, seed, &anchor, &new, &found);
        if !whole {
            figures.mended += 1;
            figures.mended_found += usize::from(found.is_ok());
        } else if anchor.alone
            && anchor.exact.chars().count() >= CONTEXT
            && new.matches(&anchor.exact).count() == 1
        {
            figures.untouched += 1;
            figures.untouched_lost += usize::from(found.is_err());
            if let Err(why) = found {
                println!("edition {seed}: {anchor:#?}\nlost: {why}");
            }
        } else {
            figures.short += 1;
            figures.short_found += usize::from(found.is_ok());
        }
    }
}

#[test]
fn edited_editions_lose_nothing_untouched_and_misplace_nothing() {
    let count = std::env::var("SYNOPSE_EDITIONS").ok();
    let count = count.and_then(|count| count.parse().ok()).unwrap_or(60);
    let mut figures = Figures::default();
    let first = std::env::var("SYNOPSE_FIRST_EDITION").ok();
    let first = first.and_then(|first| first.parse().ok()).unwrap_or(1);
    for seed in first..first + count {
        edition(seed, &mut figures);
    }
    println!("{count} editions: {figures:?}");
    assert_eq!(
        (figures.wrong, figures.untouched_lost),
        (0, 0),
        "{figures:?}"
    );
}
