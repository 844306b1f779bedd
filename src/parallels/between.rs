//! What is said of the exchanges of two interviews out of several: what [`themes`](super::themes) are made of, kept so that
//! of fifty interviews only the two are compared again of which something else is said.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::thread;

use super::{Alignment, Curated, Judgement, Origin, Parallel, Side, Terms};
use crate::interview::Interview;

/// An exchange of several interviews: which interview, and which exchange of it, each counted from 0.
pub type Member = (usize, usize);

/// What is parallel between two interviews, and what the reader says isn't.
#[derive(Clone, Debug, PartialEq)]
pub struct Between {
    /// The interviews, by index, the lower one first.
    pub of: [usize; 2],
    /// The pairs; their left exchange is of the interview with the lower index.
    pub pairs: Vec<Parallel>,
}

impl Between {
    /// What `alignment` says of the interviews `of`, left and right.
    #[must_use]
    pub fn new(of: [usize; 2], alignment: &Alignment) -> Between {
        let (lefts, rights) = alignment.similarity().size();
        let all = |side, count| (0..count).flat_map(move |here| alignment.candidates(side, here));
        let (of_left, of_right) = (all(Side::Left, lefts), all(Side::Right, rights));
        let mut seen = HashSet::new();
        let pairs = of_left.chain(of_right).chain(alignment.rejected());
        let pairs = pairs.filter(|pair| seen.insert((pair.left, pair.right)));
        let turned = of[0] > of[1];
        let pairs = pairs.cloned().map(|pair| match turned {
            true => Parallel {
                left: pair.right,
                right: pair.left,
                ..pair
            },
            false => pair,
        });
        let mut pairs: Vec<Parallel> = pairs.collect();
        pairs.sort_by_key(|pair| (pair.left, pair.right));
        Between {
            pairs,
            of: if turned { [of[1], of[0]] } else { of },
        }
    }

    /// The two exchanges of a pair.
    #[must_use]
    pub fn members(&self, pair: &Parallel) -> [Member; 2] {
        [(self.of[0], pair.left), (self.of[1], pair.right)]
    }

    /// What stands opposite an exchange of either interview, and how strongly: its best parallel.
    #[must_use]
    pub fn opposite(&self, member: Member) -> Option<(Member, f32)> {
        let opposite = |pair: &Parallel| match self.members(pair) {
            [one, other] if one == member => Some(other),
            [one, other] if other == member => Some(one),
            _ => None,
        };
        let found = self
            .pairs
            .iter()
            .filter_map(|pair| Some((opposite(pair)?, strength(pair))));
        let found = found.filter(|(_, strength)| *strength > 0.0);
        found.min_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)))
    }
}

/// How parallel a pair is, in 0..1, and above that where somebody says so, the reader rather than an editor; below 0 where
/// the reader says that it isn't.
#[must_use]
pub fn strength(pair: &Parallel) -> f32 {
    match pair.origin {
        Origin::Confirmed => 2.0,
        Origin::Curated => 1.5,
        Origin::Suggested => pair.score,
        Origin::Rejected => -1.0,
    }
}

/// Two interviews out of several, and what is said of them.
#[derive(Clone, Debug)]
pub struct Two {
    /// Which ones, by index, the lower one first.
    pub of: [usize; 2],
    /// The interviews themselves.
    pub interviews: [Arc<Interview>; 2],
    /// What the reader says of them.
    pub judgements: Vec<Judgement>,
    /// What comes of it, once they were compared.
    pub between: Option<Arc<Between>>,
}

impl Two {
    /// Whether `other` is of the same two, in the same words and structure.
    #[must_use]
    pub fn is_of(&self, other: &Two) -> bool {
        let mut both = self.interviews.iter().zip(&other.interviews);
        self.of == other.of && both.all(|(one, other)| Arc::ptr_eq(one, other))
    }

    /// Whether the same would be found of `other`.
    #[must_use]
    pub fn is_as(&self, other: &Two) -> bool {
        self.is_of(other) && self.judgements == other.judgements
    }
}

/// Compares those of `twos` that were not compared yet, on as many threads as the machine runs at once.
pub fn compare(twos: &mut [Two], curated: &Curated) {
    let mut left: Vec<&mut Two> = twos
        .iter_mut()
        .filter(|two| two.between.is_none())
        .collect();
    let mut terms: HashMap<usize, Terms> = HashMap::new();
    for two in &left {
        for (index, interview) in two.of.iter().zip(&two.interviews) {
            terms.entry(*index).or_insert_with(|| Terms::new(interview));
        }
    }
    let compare = |two: &mut Two| {
        if let [Some(ours), Some(theirs)] = two.of.map(|index| terms.get(&index)) {
            let [left, right] = &two.interviews;
            let alignment = Alignment::new(left, ours, right, theirs, curated, &two.judgements);
            two.between = Some(Arc::new(Between::new(two.of, &alignment)));
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = left.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let mut shares = left.chunks_mut(share);
        let own = shares.next();
        for share in shares {
            scope.spawn(move || share.iter_mut().for_each(|two| compare(two)));
        }
        own.into_iter().flatten().for_each(|two| compare(two));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallels::made_up::interview;

    fn talks() -> [Arc<Interview>; 3] {
        [
            interview(&[("Woher kommt der Hut?", "Aus Ulm."), ("Was ist Glück?", "")]),
            interview(&[("Was ist Glück?", "Ein Nachmittag.")]),
            interview(&[("Stört der Lärm?", ""), ("Woher kommt der Hut?", "Geerbt.")]),
        ]
        .map(Arc::new)
    }

    fn two(of: [usize; 2]) -> Two {
        let talks = talks();
        Two {
            of,
            interviews: of.map(|index| Arc::clone(&talks[index])),
            judgements: Vec::new(),
            between: None,
        }
    }

    #[test]
    fn whichever_stands_on_the_left_the_same_is_said() {
        let talks = talks();
        let terms = talks.each_ref().map(|talk| Terms::new(talk));
        let between = |left: usize, right: usize| {
            let curated = Curated::default();
            let (one, other) = (&talks[left], &talks[right]);
            let of = Alignment::new(one, &terms[left], other, &terms[right], &curated, &[]);
            Between::new([left, right], &of)
        };
        let (on, back) = (between(0, 2), between(2, 0));
        assert_eq!((on.of, on.pairs.len()), (back.of, back.pairs.len()));
        assert_eq!(on.opposite((0, 0)).map(|(member, _)| member), Some((2, 1)));
        assert_eq!(on.opposite((2, 1)).map(|(member, _)| member), Some((0, 0)));
        assert_eq!(on.opposite((0, 1)), None);
        assert_eq!(on.opposite((1, 0)), None, "of another interview");
    }

    #[test]
    fn what_is_known_is_not_compared_again() {
        let known = Arc::new(Between {
            of: [0, 1],
            pairs: Vec::new(),
        });
        let mut twos = [two([0, 1]), two([0, 2]), two([1, 2])];
        twos[0].between = Some(Arc::clone(&known));
        compare(&mut twos, &Curated::default());
        let found: Vec<usize> = twos
            .iter()
            .map(|two| two.between.as_ref().unwrap().pairs.len())
            .collect();
        assert_eq!(found, [0, 1, 0]);
        assert!(!twos[0].is_as(&two([0, 1])), "other texts, however alike");
    }
}
