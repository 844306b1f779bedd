//! The places visited, to go back to.

use super::column::Place;
use super::{Focus, Side};

/// A place visited: where both columns stood.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Visit {
    /// Where keys went.
    pub focus: Focus,
    /// Which column led.
    pub lead: Side,
    /// For each column: which interview, its top row, and the exchange read.
    pub columns: [(usize, Place, Option<usize>); 2],
}

/// How many places are remembered.
const KEPT: usize = 200;

/// The places visited.
#[derive(Debug, Default)]
pub struct History {
    back: Vec<Visit>,
    forward: Vec<Visit>,
}

impl History {
    /// Remembers `here` before going elsewhere; what lay ahead is forgotten.
    pub fn leave(&mut self, here: Visit) {
        self.forward.clear();
        if self
            .back
            .last()
            .is_none_or(|last| last.columns != here.columns)
        {
            self.back.push(here);
        }
        if self.back.len() > KEPT {
            self.back.remove(0);
        }
    }

    /// The place before, leaving `here` ahead.
    pub fn back(&mut self, here: Visit) -> Option<Visit> {
        let visit = pop_other(&mut self.back, &here)?;
        self.forward.push(here);
        Some(visit)
    }

    /// The place ahead, leaving `here` behind.
    pub fn forward(&mut self, here: Visit) -> Option<Visit> {
        let visit = pop_other(&mut self.forward, &here)?;
        self.back.push(here);
        Some(visit)
    }
}

/// The last visit that isn't where one is already.
fn pop_other(visits: &mut Vec<Visit>, here: &Visit) -> Option<Visit> {
    while let Some(visit) = visits.pop() {
        if visit.columns != here.columns {
            return Some(visit);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(paragraph: usize) -> Visit {
        let column = (0, Place { paragraph, byte: 0 }, None);
        Visit {
            focus: Focus::Left,
            lead: Side::Left,
            columns: [column; 2],
        }
    }

    #[test]
    fn back_and_forward_and_a_new_way_forgets_what_lay_ahead() {
        let mut history = History::default();
        history.leave(at(1));
        history.leave(at(2));
        assert_eq!(history.back(at(3)), Some(at(2)));
        assert_eq!(history.back(at(2)), Some(at(1)));
        assert_eq!(history.back(at(1)), None);
        assert_eq!(history.forward(at(1)), Some(at(2)));
        history.leave(at(2));
        assert_eq!(history.forward(at(9)), None);
    }
}
