//! Which exchanges of two interviews stand in one row of their synopsis.

use std::collections::HashMap;

use super::between::Member;
use super::themes::themes;
use super::{Alignment, Between, Parallel, Side};
use crate::lang::{Lang, Tell};

/// In which order the rows of a synopsis stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As the left interview goes.
    #[default]
    Left,
    /// As the right interview goes.
    Right,
    /// What hangs together stands together, what stands alone comes last; else as the left interview goes.
    Theme,
}

impl Order {
    /// The one that a key goes on to.
    #[must_use]
    pub fn next(self) -> Order {
        match self {
            Order::Left => Order::Right,
            Order::Right => Order::Theme,
            Order::Theme => Order::Left,
        }
    }
}

impl Tell for Order {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Order::Left => lang.tr("left", "links"),
            Order::Right => lang.tr("right", "rechts"),
            Order::Theme => lang.tr("themes", "Themen"),
        }
        .to_owned()
    }
}

/// What stands side by side: exchanges counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// What the left interview has.
    pub left: Cell,
    /// What the right interview has.
    pub right: Cell,
}

/// What an interview has in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// An exchange in full.
    Exchange(usize),
    /// An exchange that stands in full elsewhere.
    Elsewhere(usize),
    /// Nothing, for the exchange opposite has no parallel here.
    Gap,
}

impl Cell {
    /// The exchange, wherever it stands in full.
    #[must_use]
    pub fn exchange(self) -> Option<usize> {
        match self {
            Cell::Exchange(exchange) | Cell::Elsewhere(exchange) => Some(exchange),
            Cell::Gap => None,
        }
    }
}

impl Row {
    /// An exchange with nothing opposite.
    #[must_use]
    pub fn alone(left: usize) -> Row {
        Row {
            left: Cell::Exchange(left),
            right: Cell::Gap,
        }
    }

    /// What the interview on `side` has.
    #[must_use]
    pub fn cell(&self, side: Side) -> Cell {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
        }
    }

    /// The exchanges that stand opposite each other, where there are two.
    #[must_use]
    pub fn pair(&self) -> Option<(usize, usize)> {
        self.left.exchange().zip(self.right.exchange())
    }

    /// A row with `one` on `side` and `other` opposite.
    fn on(side: Side, one: Cell, other: Cell) -> Row {
        match side {
            Side::Left => Row {
                left: one,
                right: other,
            },
            Side::Right => Row {
                left: other,
                right: one,
            },
        }
    }
}

/// The rows of a synopsis, each exchange in full once.
#[must_use]
pub fn rows(alignment: &Alignment, order: Order) -> Vec<Row> {
    match order {
        Order::Left => led(alignment, Side::Left),
        Order::Right => led(alignment, Side::Right),
        Order::Theme => by_theme(alignment, led(alignment, Side::Left)),
    }
}

/// The rows in the order of the interview on `lead`.
fn led(alignment: &Alignment, lead: Side) -> Vec<Row> {
    let (follow, size) = (lead.other(), alignment.similarity().size());
    let (leads, follows) = match lead {
        Side::Left => size,
        Side::Right => (size.1, size.0),
    };
    let best = |side: Side, here| {
        let candidates: &[Parallel] = alignment.candidates(side, here);
        candidates.first().map(|best| side.other().of(best))
    };
    // Opposite whom each that follows stands: of those whose best parallel it is, the one that is its own best.
    let mut opposite: Vec<Option<usize>> = vec![None; follows];
    for (there, opposite) in opposite.iter_mut().enumerate() {
        let candidates = alignment.candidates(follow, there);
        let mut suitors = candidates.iter().map(|parallel| lead.of(parallel));
        *opposite = suitors.find(|&here| best(lead, here) == Some(there));
    }
    // The others stand under their best parallel, or else under what comes before them.
    let mut under: Vec<Vec<usize>> = vec![Vec::new(); leads];
    let mut before_all = Vec::new();
    let mut place = None;
    for (there, &opposite) in opposite.iter().enumerate() {
        let home = best(follow, there).or(place);
        match (opposite, home) {
            (Some(_), _) => {}
            (None, Some(home)) => under[home].push(there),
            (None, None) => before_all.push(there),
        }
        place = opposite.or(home);
    }
    let lone = |there| {
        let here = best(follow, there).map_or(Cell::Gap, Cell::Elsewhere);
        Row::on(lead, here, Cell::Exchange(there))
    };
    let mut rows: Vec<Row> = before_all.into_iter().map(lone).collect();
    for (here, mut under) in under.into_iter().enumerate() {
        let there = match best(lead, here) {
            Some(there) if opposite[there] == Some(here) => Cell::Exchange(there),
            Some(there) => Cell::Elsewhere(there),
            None => Cell::Gap,
        };
        rows.push(Row::on(lead, Cell::Exchange(here), there));
        // Its own counterparts come first, in the order of their worth.
        let candidates = alignment.candidates(lead, here);
        let worth = |there| candidates.iter().position(|p| follow.of(p) == there);
        under.sort_by_key(|&there| worth(there).unwrap_or(usize::MAX));
        rows.extend(under.into_iter().map(lone));
    }
    rows
}

/// The same rows by theme ([`themes`]), in each those of one name together, then those that have none.
fn by_theme(alignment: &Alignment, rows: Vec<Row>) -> Vec<Row> {
    let found = themes([&Between::new([0, 1], alignment)]);
    let members = (0..).zip(&found);
    let members = members.flat_map(|(place, theme)| theme.members.iter().map(move |&m| (m, place)));
    let places: HashMap<Member, usize> = members.collect();
    let mut names: Vec<&str> = Vec::new();
    let mut placed: Vec<((usize, usize), Row)> = Vec::with_capacity(rows.len());
    for row in rows {
        let mut of_sides = Side::BOTH.into_iter().filter_map(|side| {
            let exchange = row.cell(side).exchange()?;
            places.get(&(side.index(), exchange)).copied()
        });
        let place = of_sides.next().filter(|_| row.pair().is_some());
        let name = row.pair().and_then(|pair| theme(alignment, pair));
        let name = name.map_or(usize::MAX, |name| {
            let known = names.iter().position(|known| *known == name);
            known.unwrap_or_else(|| {
                names.push(name);
                names.len() - 1
            })
        });
        placed.push(((place.unwrap_or(usize::MAX), name), row));
    }
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, row)| row).collect()
}

/// The theme of a pair that is a parallel, if it has one.
fn theme(alignment: &Alignment, (left, right): (usize, usize)) -> Option<&str> {
    let of_left = alignment.candidates(Side::Left, left).iter();
    let of_right = alignment.candidates(Side::Right, right).iter();
    let mut both = of_left.chain(of_right);
    let pair = both.find(|found| (found.left, found.right) == (left, right))?;
    pair.theme.as_deref()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::interview::Interview;
    use crate::parallels::made_up::{interview, shipped};
    use crate::parallels::{Curated, Terms};

    fn align(left: &Interview, right: &Interview, curated: &Curated) -> Alignment {
        let (ours, theirs) = (Terms::new(left), Terms::new(right));
        Alignment::new(left, &ours, right, &theirs, curated, &[])
    }

    fn set(left: &Interview, right: &Interview, order: Order) -> Vec<Row> {
        rows(&align(left, right, &Curated::default()), order)
    }

    fn printed(rows: &[Row], side: Side) -> Vec<usize> {
        let mut printed: Vec<usize> = rows
            .iter()
            .filter_map(|row| match row.cell(side) {
                Cell::Exchange(exchange) => Some(exchange),
                _ => None,
            })
            .collect();
        printed.sort_unstable();
        printed
    }

    #[test]
    fn every_exchange_is_printed_once() {
        let [left, right] = shipped();
        for curated in [Curated::shipped(), Curated::default()] {
            let alignment = align(&left, &right, &curated);
            for order in [Order::Left, Order::Right, Order::Theme] {
                let rows = rows(&alignment, order);
                let both = [7, 11].map(|count| (0..count).collect::<Vec<_>>());
                assert_eq!(Side::BOTH.map(|side| printed(&rows, side)), both);
            }
        }
    }

    #[test]
    fn crossing_pairs_meet_and_the_rest_keeps_its_place() {
        let left = interview(&[("Was ist Glück?", ""), ("Woher der Hut?", "")]);
        let right = interview(&[
            ("Stört der Lärm?", ""),
            ("Woher der Hut?", ""),
            ("Wann beginnt es?", ""),
            ("Was ist Glück?", ""),
        ]);
        let row = |left, right| Row { left, right };
        assert_eq!(
            set(&left, &right, Order::Left),
            [
                row(Cell::Gap, Cell::Exchange(0)),
                row(Cell::Exchange(0), Cell::Exchange(3)),
                row(Cell::Exchange(1), Cell::Exchange(1)),
                row(Cell::Gap, Cell::Exchange(2)),
            ]
        );
        assert_eq!(
            set(&left, &right, Order::Right),
            [
                row(Cell::Gap, Cell::Exchange(0)),
                row(Cell::Exchange(1), Cell::Exchange(1)),
                row(Cell::Gap, Cell::Exchange(2)),
                row(Cell::Exchange(0), Cell::Exchange(3)),
            ]
        );
    }

    #[test]
    fn what_has_one_theme_stands_together_and_what_stands_alone_last() {
        let [left, right] = shipped();
        let alignment = align(&left, &right, &Curated::shipped());
        let rows = rows(&alignment, Order::Theme);
        let mut themes: Vec<Option<&str>> = rows
            .iter()
            .map(|row| row.pair().and_then(|pair| theme(&alignment, pair)))
            .collect();
        let known = themes.iter().flatten().collect::<HashSet<_>>().len();
        themes.dedup();
        assert_eq!(themes.iter().flatten().count(), known, "{themes:?}");
        assert_eq!(themes.last(), Some(&None));
    }
}
