//! Which exchanges of two interviews stand in one row.

use crate::parallels::{Alignment, Parallel, Side};

/// What stands side by side: exchanges counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub left: Cell,
    pub right: Cell,
}

/// What a column has in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// An exchange in full.
    Exchange(usize),
    /// An exchange that is printed elsewhere.
    Elsewhere(usize),
    /// Nothing, for the exchange opposite has no parallel here.
    Gap,
}

impl Row {
    /// An exchange with nothing opposite.
    pub fn alone(left: usize) -> Row {
        Row {
            left: Cell::Exchange(left),
            right: Cell::Gap,
        }
    }
}

/// The rows of a synopsis, in the order of the left interview, each exchange in full once.
pub(super) fn rows(alignment: &Alignment, lefts: usize, rights: usize) -> Vec<Row> {
    let best = |side, here| {
        let candidates: &[Parallel] = alignment.candidates(side, here);
        candidates.first().map(|best| side.other().of(best))
    };
    // Opposite whom each right exchange stands: of those whose best parallel it is, the one that is its own best.
    let mut opposite: Vec<Option<usize>> = vec![None; rights];
    for (right, opposite) in opposite.iter_mut().enumerate() {
        let candidates = alignment.candidates(Side::Right, right);
        let mut suitors = candidates.iter().map(|parallel| parallel.left);
        *opposite = suitors.find(|&left| best(Side::Left, left) == Some(right));
    }
    // The others stand under their best parallel, or else under what comes before them.
    let mut under: Vec<Vec<usize>> = vec![Vec::new(); lefts];
    let mut before_all = Vec::new();
    let mut place = None;
    for (right, &opposite) in opposite.iter().enumerate() {
        let home = best(Side::Right, right).or(place);
        match (opposite, home) {
            (Some(_), _) => {}
            (None, Some(home)) => under[home].push(right),
            (None, None) => before_all.push(right),
        }
        place = opposite.or(home);
    }
    let lone = |right| Row {
        left: best(Side::Right, right).map_or(Cell::Gap, Cell::Elsewhere),
        right: Cell::Exchange(right),
    };
    let mut rows: Vec<Row> = before_all.into_iter().map(lone).collect();
    for (left, under) in under.iter().enumerate() {
        rows.push(Row {
            left: Cell::Exchange(left),
            right: match best(Side::Left, left) {
                Some(right) if opposite[right] == Some(left) => Cell::Exchange(right),
                Some(right) => Cell::Elsewhere(right),
                None => Cell::Gap,
            },
        });
        // Its own counterparts come first, in the order of their worth.
        let candidates = alignment.candidates(Side::Left, left);
        let worth = |right| candidates.iter().position(|p| p.right == right);
        let mut under = under.clone();
        under.sort_by_key(|&right| worth(right).unwrap_or(usize::MAX));
        rows.extend(under.into_iter().map(lone));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::Interview;
    use crate::parallels::made_up::{interview, shipped};
    use crate::parallels::{Curated, Terms};

    fn set(left: &Interview, right: &Interview, curated: &Curated) -> Vec<Row> {
        let (ours, theirs) = (Terms::new(left), Terms::new(right));
        let alignment = Alignment::new(left, &ours, right, &theirs, curated, &[]);
        rows(&alignment, ours.len(), theirs.len())
    }

    fn printed(rows: &[Row], side: impl Fn(&Row) -> &Cell) -> Vec<usize> {
        let mut printed: Vec<usize> = rows
            .iter()
            .filter_map(|row| match side(row) {
                Cell::Exchange(exchange) => Some(*exchange),
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
            let rows = set(&left, &right, &curated);
            assert_eq!(printed(&rows, |row| &row.left), (0..7).collect::<Vec<_>>());
            assert_eq!(
                printed(&rows, |row| &row.right),
                (0..11).collect::<Vec<_>>()
            );
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
            set(&left, &right, &Curated::default()),
            [
                row(Cell::Gap, Cell::Exchange(0)),
                row(Cell::Exchange(0), Cell::Exchange(3)),
                row(Cell::Exchange(1), Cell::Exchange(1)),
                row(Cell::Gap, Cell::Exchange(2)),
            ]
        );
    }
}
