//! Searching the text of both columns.

use std::ops::Range;

use super::{App, Focus, Side};
use crate::find::search::Search;

/// What was searched for, and where it stands.
#[derive(Debug, Default)]
pub struct Seek {
    /// The query; empty where nothing was searched for.
    pub query: String,
    /// The hits in each column, as byte ranges of its interview's text, in order.
    pub hits: [Vec<Range<usize>>; 2],
    /// The hit one is at: its side and its place among the hits there.
    pub at: Option<(Side, usize)>,
}

impl Seek {
    /// How many hits there are, and which of them one is at, counted from 1 through both columns.
    #[must_use]
    pub fn counts(&self) -> (Option<usize>, usize) {
        let [left, right] = [self.hits[0].len(), self.hits[1].len()];
        let at = self.at.map(|(side, place)| match side {
            Side::Left => place + 1,
            Side::Right => left + place + 1,
        });
        (at, left + right)
    }

    /// The range of the hit one is at, if it stands in `side`.
    #[must_use]
    pub fn here(&self, side: Side) -> Option<&Range<usize>> {
        let (at, place) = self.at?;
        if at == side {
            self.hits[side.index()].get(place)
        } else {
            None
        }
    }

    /// The next hit after `from` on `side`, on or back, going over to the other column at the end, and round.
    fn next(&self, side: Side, from: usize, on: bool) -> Option<(Side, usize)> {
        let here = &self.hits[side.index()];
        let other = (side.other(), &self.hits[side.other().index()]);
        let found = if on {
            let place = here.partition_point(|hit| hit.start <= from);
            (place < here.len()).then_some((side, place))
        } else {
            let place = here.partition_point(|hit| hit.start < from);
            place.checked_sub(1).map(|place| (side, place))
        };
        let end = |hits: &[Range<usize>]| if on { 0 } else { hits.len().saturating_sub(1) };
        found
            .or_else(|| (!other.1.is_empty()).then(|| (other.0, end(other.1))))
            .or_else(|| (!here.is_empty()).then(|| (side, end(here))))
    }
}

impl App {
    /// Searches both columns for `query` and goes to the first hit from where one is.
    pub(super) fn search(&mut self, query: &str) {
        query.clone_into(&mut self.seek.query);
        self.seek.at = None;
        self.find_hits();
        if query.is_empty() {
            return;
        }
        let side = self.side();
        let from = self.column(side).seen().start;
        let first = self.seek.next(side, from.saturating_sub(1), true);
        self.go_to_hit(first);
    }

    /// Goes to the next hit, on or back.
    pub(super) fn search_next(&mut self, on: bool) {
        if self.seek.query.is_empty() {
            let none = self.lang.tr(
                "nothing searched for yet: / searches",
                "noch nichts gesucht: / sucht",
            );
            return self.say(none);
        }
        let (side, from) = match self.seek.at {
            Some((side, place)) => (
                side,
                self.seek.hits[side.index()]
                    .get(place)
                    .map_or(0, |hit| hit.start),
            ),
            None => (self.side(), self.column(self.side()).seen().start),
        };
        let next = self.seek.next(side, from, on);
        self.go_to_hit(next);
    }

    /// Finds the hits anew: the query or a text has changed.
    pub(super) fn find_hits(&mut self) {
        let search = Search::new(&self.seek.query);
        for side in Side::BOTH {
            let text = self.interview(side).map(|i| i.text.as_str());
            self.seek.hits[side.index()] = match text {
                Some(text) if !self.seek.query.is_empty() => search.find_all(text),
                _ => Vec::new(),
            };
        }
        let hits = &self.seek.hits;
        self.seek.at = self
            .seek
            .at
            .filter(|(side, place)| *place < hits[side.index()].len());
    }

    fn go_to_hit(&mut self, hit: Option<(Side, usize)>) {
        let Some((side, place)) = hit else {
            let none = self.lang.tr("not found", "nicht gefunden");
            return self.warn(format!("{none}: {}", self.seek.query));
        };
        self.leave_place();
        let range = self.seek.hits[side.index()][place].clone();
        self.seek.at = Some((side, place));
        self.focus = Focus::from(side);
        self.pairing.lead = side;
        self.show_passage(side, &range);
    }
}
