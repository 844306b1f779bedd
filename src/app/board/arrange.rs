//! In which order the notes stand, and under which headings.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;

use super::Sources;
use super::card::{Card, State};
use crate::app::Side;
use crate::interview::Interview;
use crate::lang::{Lang, Tell};
use crate::parallels::Alignment;
use crate::parallels::rows::{self, Cell};
use crate::text::visible::visible_line;

/// In which order the notes stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As they stand in the interviews.
    #[default]
    Place,
    /// The latest first.
    Date,
    /// By tag; a note with several stands under each.
    Tag,
    /// By the themes of the parallels, both sides opposite.
    Theme,
}

impl Order {
    /// The one that a key goes on to.
    #[must_use]
    pub fn next(self) -> Order {
        match self {
            Order::Place => Order::Date,
            Order::Date => Order::Tag,
            Order::Tag => Order::Theme,
            Order::Theme => Order::Place,
        }
    }
}

impl Tell for Order {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Order::Place => lang.tr("place", "Ort"),
            Order::Date => lang.tr("date", "Datum"),
            Order::Tag => lang.tr("tag", "Schlagwort"),
            Order::Theme => lang.tr("theme", "Thema"),
        }
        .to_owned()
    }
}

/// Where a card stands among the others: numbers alone, for 100,000 are put in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    /// What has no group comes last.
    rank: u8,
    /// The group.
    number: i64,
    /// Within it: the side, then what the order goes by, then the passage.
    side: usize,
    by: i64,
    at: (usize, usize),
}

/// What stands over a group of cards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// What the group is called.
    pub text: String,
    /// The column whose interview the notes are on, where all of them are on that one.
    pub side: Option<Side>,
}

/// What a group of cards goes by. It is told of each group, and not of each card.
enum Title {
    /// This.
    Says(&'static str),
    /// An interview of the library, by index.
    Interview(usize),
    /// A day.
    Day(Date),
    /// A name; those that go by names are numbered once all are known.
    Name(String),
    /// A tag, as [`Title::Name`].
    Tag(String),
    /// The theme of an exchange.
    Theme(Side, usize),
}

/// A card with where it stands and what its group goes by.
type Spotted = (Spot, Title, Card);

/// Puts `cards` in order; gives them, each with its group, and what stands over the groups.
pub(super) fn arrange(
    cards: Vec<Card>,
    order: Order,
    sources: &Sources,
) -> (Vec<Card>, Vec<Heading>) {
    let themes = match (order, sources.alignment) {
        (Order::Theme, Some(alignment)) => themes(alignment, sources.lang),
        _ => Default::default(),
    };
    let mut spotted: Vec<Spotted> = Vec::with_capacity(cards.len());
    for card in cards {
        match order {
            Order::Place => spotted.push(by_place(card, sources)),
            Order::Date => spotted.push(by_date(card, sources)),
            Order::Tag => spotted.extend(by_tag(card, sources.lang)),
            Order::Theme => spotted.push(by_theme(card, &themes, sources)),
        }
    }
    number(&mut spotted);
    let mut spots: Vec<(Spot, usize)> = (0..).zip(&spotted).map(|(at, one)| (one.0, at)).collect();
    spots.sort_unstable();
    let mut spotted: Vec<Option<Spotted>> = spotted.into_iter().map(Some).collect();
    let mut groups: Vec<Heading> = Vec::new();
    let mut cards: Vec<Card> = Vec::with_capacity(spotted.len());
    let mut last: Option<(u8, i64)> = None;
    for (spot, title, card) in spots.into_iter().filter_map(|(_, at)| spotted[at].take()) {
        let group = (spot.rank, spot.number);
        if last != Some(group) {
            let text = match title {
                Title::Says(text) => text.to_owned(),
                Title::Interview(index) => {
                    let interview = sources.annotations.interviews.get(index);
                    interview.map_or(String::new(), |on| name(on))
                }
                Title::Day(day) => day.to_string(),
                Title::Name(name) => visible_line(&name),
                Title::Tag(tag) => format!("#{}", visible_line(&tag)),
                Title::Theme(side, exchange) => {
                    let theme = themes[side.index()].get(exchange).and_then(Option::as_ref);
                    theme.map_or(String::new(), |(_, heading)| heading.clone())
                }
            };
            let on = card.passage.as_ref().map(|passage| passage.interview);
            let side = Side::BOTH
                .into_iter()
                .find(|side| order == Order::Place && on == Some(sources.columns[side.index()]));
            groups.push(Heading { text, side });
            last = Some(group);
        }
        cards.push(Card {
            group: groups.len().saturating_sub(1),
            ..card
        });
    }
    (cards, groups)
}

/// Numbers the groups that go by a name.
fn number(spotted: &mut [Spotted]) {
    let key = |title: &Title| match title {
        Title::Name(name) => Some(name.clone()),
        Title::Tag(tag) => Some(tag.to_lowercase()),
        _ => None,
    };
    let named = spotted.iter().filter_map(|(_, title, _)| key(title));
    let names: BTreeSet<String> = named.collect();
    let numbers: HashMap<String, i64> = names.into_iter().zip(0..).collect();
    for (spot, title, _) in spotted {
        let number = key(title).and_then(|name| numbers.get(&name));
        spot.number = number.copied().unwrap_or(spot.number);
    }
}

/// What every order has: the passage, for notes that are alike otherwise.
fn spot(card: &Card) -> Spot {
    let at = |range: &std::ops::Range<usize>| (range.start, range.end);
    let there = card.passage.as_ref().map(|passage| at(&passage.range));
    let then = card
        .note
        .targets
        .first()
        .and_then(|target| target.anchor.position.as_ref());
    Spot {
        at: there.or(then.map(at)).unwrap_or_default(),
        by: card.note.created.map_or(0, |time| time.as_millisecond()),
        ..Spot::default()
    }
}

/// Last of all, what has lost its passage.
fn orphaned(card: Card, lang: Lang) -> Spotted {
    let title = Title::Says(lang.tr("Without a place", "Ohne Stelle"));
    let spot = Spot {
        rank: u8::MAX,
        ..spot(&card)
    };
    (spot, title, card)
}

fn by_place(card: Card, sources: &Sources) -> Spotted {
    if matches!(card.state, State::Orphan(..)) {
        return orphaned(card, sources.lang);
    }
    let there = Spot {
        by: 0,
        ..spot(&card)
    };
    match &card.passage {
        Some(passage) => {
            let number = i64::try_from(passage.interview).unwrap_or(i64::MAX);
            let title = Title::Interview(passage.interview);
            (Spot { number, ..there }, title, card)
        }
        None => {
            let name = card.interviews().next().unwrap_or("–").to_owned();
            (Spot { rank: 1, ..there }, Title::Name(name), card)
        }
    }
}

/// What an interview is called, with whom its interviewee speaks for.
fn name(interview: &Interview) -> String {
    let label = interview.label();
    let beside = interview
        .metadata
        .organisation
        .as_deref()
        .filter(|word| *word != label);
    let words: Vec<&str> = std::iter::once(label).chain(beside).collect();
    visible_line(&words.join(" · "))
}

fn by_date(card: Card, sources: &Sources) -> Spotted {
    let Some(time) = card.time() else {
        let title = Title::Says(sources.lang.tr("Without a date", "Ohne Datum"));
        let spot = Spot {
            rank: 1,
            ..spot(&card)
        };
        return (spot, title, card);
    };
    let day = time.to_zoned(sources.zone.clone()).date();
    let number =
        i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day());
    let spot = Spot {
        number: -number,
        by: -time.as_millisecond(),
        ..spot(&card)
    };
    (spot, Title::Day(day), card)
}

fn by_tag(card: Card, lang: Lang) -> Vec<Spotted> {
    let mut tags: Vec<String> = card.note.tags().map(str::to_owned).collect();
    tags.sort();
    tags.dedup();
    let there = spot(&card);
    if tags.is_empty() {
        let title = Title::Says(lang.tr("Without a tag", "Ohne Schlagwort"));
        return vec![(Spot { rank: 1, ..there }, title, card)];
    }
    let under = |tag: &str, card: Card| (there, Title::Tag(tag.to_owned()), card);
    let last = tags.pop().unwrap_or_default();
    let mut spotted: Vec<Spotted> = tags.iter().map(|tag| under(tag, card.clone())).collect();
    spotted.push(under(&last, card));
    spotted
}

/// For each exchange of either side its theme: a number to sort by, and what it is called.
type Themes = [Vec<Option<(i64, String)>>; 2];

/// The themes of the parallels, as the synopsis has them; what a parallel without one rests on stands for it.
fn themes(alignment: &Alignment, lang: Lang) -> Themes {
    #[derive(PartialEq)]
    enum Group {
        Theme(String),
        Left(usize),
        Alone,
    }
    let (left, right) = alignment.similarity().size();
    let mut themes: Themes = [vec![None; left], vec![None; right]];
    let (mut number, mut last) = (0, None);
    for row in rows::rows(alignment, rows::Order::Theme) {
        let (group, heading) = match row.pair() {
            Some((left, right)) => {
                let pair = alignment.pair(left, right);
                let terms = || {
                    pair.terms
                        .iter()
                        .take(3)
                        .cloned()
                        .collect::<Vec<_>>()
                        .join(" · ")
                };
                match &pair.theme {
                    Some(theme) => (Group::Theme(theme.clone()), theme.clone()),
                    // What a reader links need not share a word.
                    None if pair.terms.is_empty() => {
                        let questions = lang.tr("Questions", "Fragen");
                        let pair = format!("{questions} {} ↔ {}", left + 1, right + 1);
                        (Group::Left(left), pair)
                    }
                    None => (Group::Left(left), terms()),
                }
            }
            None => (
                Group::Alone,
                lang.tr("No counterpart", "Kein Gegenstück").to_owned(),
            ),
        };
        if last.as_ref() != Some(&group) {
            number += 1;
            last = Some(group);
        }
        for side in Side::BOTH {
            if let Cell::Exchange(exchange) = row.cell(side)
                && let Some(theme) = themes[side.index()].get_mut(exchange)
            {
                *theme = Some((number, heading.clone()));
            }
        }
    }
    themes
}

fn by_theme(card: Card, themes: &Themes, sources: &Sources) -> Spotted {
    let lang = sources.lang;
    if matches!(card.state, State::Orphan(..)) {
        return orphaned(card, lang);
    }
    let there = Spot {
        by: 0,
        ..spot(&card)
    };
    let book = &sources.annotations.book;
    let side = card.passage.as_ref().and_then(|passage| {
        let mut sides = Side::BOTH.into_iter();
        sides.find(|side| book.stands_in(passage, sources.columns[side.index()]))
    });
    let (Some(side), Some(passage)) = (side, &card.passage) else {
        let title = Title::Says(lang.tr("Other interviews", "Andere Interviews"));
        return (Spot { rank: 2, ..there }, title, card);
    };
    let interview = sources.annotations.interviews.get(passage.interview);
    let exchange = interview.and_then(|on| on.exchange_of(on.paragraph_at(passage.range.start)));
    let theme = exchange.and_then(|exchange| {
        let theme = themes[side.index()].get(exchange)?.as_ref();
        theme.map(|(number, _)| (*number, exchange))
    });
    let there = Spot {
        side: side.index(),
        ..there
    };
    let card = Card {
        side: Some(side),
        ..card
    };
    match theme {
        Some((number, exchange)) => {
            let title = Title::Theme(side, exchange);
            (Spot { number, ..there }, title, card)
        }
        None => {
            let outside = lang.tr("Outside the questions", "Außerhalb der Fragen");
            (Spot { rank: 1, ..there }, Title::Says(outside), card)
        }
    }
}
