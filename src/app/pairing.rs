//! Which exchanges stand opposite: one column leads, the other is brought along.

use std::ops::Range;
use std::sync::Arc;

use super::effect::{Effect, Job};
use super::{App, Side};
use crate::parallels::judge::{Judge, Opinion};
use crate::parallels::{Alignment, Judgement, Parallel, judgements};

/// Which exchanges stand opposite, and which column leads.
#[derive(Debug)]
pub struct Pairing {
    /// The column that the other is brought along with.
    pub lead: Side,
    /// Whether the other column follows.
    pub follow: bool,
    /// The parallels, once they are found.
    pub alignment: Option<Arc<Alignment>>,
    /// The words that the exchanges in view share, as byte ranges of each interview's text, in order.
    pub shared: [Vec<Range<usize>>; 2],
    /// Whether the editor's pairs count.
    curated: bool,
    /// Another judge, which is asked about every two interviews.
    judge: Option<Judge>,
    /// What it has said of these two.
    opinion: Option<Arc<Opinion>>,
    /// The request to the judge that is under way, or was the last.
    asked: u64,
    /// What the reader had said when the parallels were last asked for.
    pub(super) judgements: Vec<Judgement>,
    shared_by: Option<(usize, usize)>,
    /// Whether the other column was to be brought along before the parallels were found.
    owed: bool,
    generation: u64,
}

impl Default for Pairing {
    fn default() -> Pairing {
        Pairing::new(true, None)
    }
}
/// What stands opposite the exchange that leads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Opposite<'a> {
    /// The parallels are still looked for, or there is one interview only.
    Unknown,
    /// No exchange is read: introduction or closing.
    NoExchange,
    /// One of its parallels: which, of how many.
    Parallel(&'a Parallel, usize, usize),
    /// It has parallels, but something else stands opposite.
    Elsewhere(usize),
    /// It has no counterpart; the nearest exchange, if any comes near.
    Alone(Option<&'a Parallel>),
}

impl Pairing {
    /// Nothing stands opposite yet; whether the editor's pairs will count, and the judge to be asked.
    #[must_use]
    pub fn new(curated: bool, judge: Option<Judge>) -> Pairing {
        Pairing {
            lead: Side::Left,
            follow: true,
            alignment: None,
            shared: Default::default(),
            curated,
            judge,
            opinion: None,
            asked: 0,
            judgements: Vec::new(),
            shared_by: None,
            owed: false,
            generation: 0,
        }
    }

    /// Whether the editor's pairs count.
    #[must_use]
    pub fn is_curated(&self) -> bool {
        self.curated
    }

    /// The parallels of an exchange, best first.
    #[must_use]
    pub fn candidates(&self, side: Side, exchange: usize) -> &[Parallel] {
        self.alignment
            .as_ref()
            .map_or(&[], |a| a.candidates(side, exchange))
    }
}

impl App {
    /// What stands opposite the exchange that leads.
    #[must_use]
    pub fn opposite(&self) -> Opposite<'_> {
        let lead = self.pairing.lead;
        let Some(alignment) = &self.pairing.alignment else {
            return Opposite::Unknown;
        };
        let Some(exchange) = self.column(lead).current else {
            return Opposite::NoExchange;
        };
        let candidates = alignment.candidates(lead, exchange);
        if candidates.is_empty() {
            return Opposite::Alone(alignment.nearest(lead, exchange));
        }
        let shown = self.column(lead.other()).current;
        match candidates
            .iter()
            .position(|c| Some(lead.other().of(c)) == shown)
        {
            Some(place) => Opposite::Parallel(&candidates[place], place, candidates.len()),
            None => Opposite::Elsewhere(candidates.len()),
        }
    }

    /// Whether the exchange read in the column on `side` is bright: it leads, or it stands opposite as a parallel.
    #[must_use]
    pub fn is_bright(&self, side: Side) -> bool {
        side == self.pairing.lead
            || match self.opposite() {
                Opposite::Parallel(..) => true,
                Opposite::Unknown | Opposite::NoExchange => !self.pairing.follow,
                Opposite::Elsewhere(_) => true,
                Opposite::Alone(nearest) => {
                    nearest.is_some_and(|n| Some(side.of(n)) == self.column(side).current)
                }
            }
    }

    /// Brings exchange `exchange` to the top of the column on `side`, which leads from now on, and the other along.
    pub(super) fn lead_to(&mut self, side: Side, exchange: usize) {
        self.pairing.lead = side;
        self.column_mut(side).go(exchange);
        self.bring_along();
    }

    /// Brings the other column to the best parallel of the exchange that leads, if it follows.
    pub(super) fn bring_along(&mut self) {
        let lead = self.pairing.lead;
        if !self.pairing.follow {
            return;
        }
        self.pairing.owed = self.pairing.alignment.is_none();
        let best = self.column(lead).current.and_then(|exchange| {
            let best = self.pairing.candidates(lead, exchange).first();
            best.map(|parallel| lead.other().of(parallel))
        });
        if let Some(best) = best {
            self.column_mut(lead.other()).go(best);
        }
    }

    /// Scrolls the column on `side` by `rows`. The one that leads brings the other along when it comes to another
    /// exchange; the other one moves alone, and the pair is what stands there then.
    pub(super) fn scroll(&mut self, side: Side, rows: isize) {
        let before = self.column(side).current;
        self.column_mut(side).scroll(rows);
        self.moved(side, before);
    }

    /// After the column on `side` has moved: the one that leads brings the other along if it came to another exchange.
    pub(super) fn moved(&mut self, side: Side, before: Option<usize>) {
        if side == self.pairing.lead && self.column(side).current != before {
            self.bring_along();
        }
    }

    /// Puts the next or previous parallel of the exchange that leads opposite; the nearest where it has none.
    pub(super) fn step_parallel(&mut self, by: isize) {
        let lead = self.pairing.lead;
        let (next, said) = match self.opposite() {
            Opposite::Unknown => (
                None,
                self.lang
                    .tr("no parallels found yet", "noch keine Parallelen gefunden"),
            ),
            Opposite::NoExchange => (
                None,
                self.lang.tr(
                    "no question is being read here",
                    "hier wird keine Frage gelesen",
                ),
            ),
            Opposite::Alone(None) => (
                None,
                self.lang.tr(
                    "nothing comes near this question",
                    "nichts kommt dieser Frage nahe",
                ),
            ),
            Opposite::Alone(Some(nearest)) => (Some(lead.other().of(nearest)), ""),
            Opposite::Elsewhere(_) => (self.candidate(0), ""),
            Opposite::Parallel(_, _, 1) => (
                self.candidate(0),
                self.lang
                    .tr("this is the only parallel", "das ist die einzige Parallele"),
            ),
            Opposite::Parallel(_, place, of) => {
                let next = (place.cast_signed() + by).rem_euclid(of.cast_signed());
                (self.candidate(next.unsigned_abs()), "")
            }
        };
        if !said.is_empty() {
            self.say(said);
        }
        if let Some(next) = next {
            self.leave_place();
            self.column_mut(lead.other()).go(next);
        }
    }

    /// Whether there is another parallel to step to.
    #[must_use]
    pub fn has_next_parallel(&self) -> bool {
        match self.opposite() {
            Opposite::Unknown | Opposite::NoExchange | Opposite::Alone(None) => false,
            Opposite::Parallel(_, _, of) => of > 1,
            Opposite::Elsewhere(_) => true,
            Opposite::Alone(Some(nearest)) => {
                let other = self.pairing.lead.other();
                self.column(other).current != Some(other.of(nearest))
            }
        }
    }

    fn candidate(&self, place: usize) -> Option<usize> {
        let lead = self.pairing.lead;
        let candidates = self.pairing.candidates(lead, self.column(lead).current?);
        candidates
            .get(place)
            .map(|parallel| lead.other().of(parallel))
    }

    /// Whether there are two interviews to be compared; says so if not.
    pub(super) fn are_two(&mut self) -> bool {
        let two = Side::BOTH
            .iter()
            .all(|side| self.interview(*side).is_some());
        if !two {
            self.say(self.lang.tr(
                "parallels are found between two interviews; o brings another one",
                "Parallelen gibt es zwischen zwei Interviews; o holt ein anderes",
            ));
        }
        two
    }

    /// Asks for the parallels of the two interviews, when both are there whole.
    pub(super) fn align(&mut self, effects: &mut Vec<Effect>) {
        let [Some(left), Some(right)] = [self.interview(Side::Left), self.interview(Side::Right)]
        else {
            return;
        };
        if left.partial || right.partial {
            return;
        }
        let interviews = [Arc::clone(left), Arc::clone(right)];
        self.pairing.judgements = self.judgements();
        self.pairing.generation += 1;
        effects.push(Effect::Begin(Job::Align {
            interviews,
            curated: self.pairing.curated,
            opinion: self.pairing.opinion.clone(),
            judgements: self.pairing.judgements.clone(),
            generation: self.pairing.generation,
        }));
    }

    /// Asks the judge about the two interviews, where there is one and both are there whole.
    pub(super) fn ask_judge(&mut self, effects: &mut Vec<Effect>) {
        self.pairing.asked += 1;
        self.pairing.opinion = None;
        let both = [self.interview(Side::Left), self.interview(Side::Right)];
        let ([Some(left), Some(right)], Some(judge)) = (both, &self.pairing.judge) else {
            return;
        };
        if !left.partial && !right.partial {
            effects.push(Effect::Begin(Job::Judge {
                judge: judge.clone(),
                interviews: [Arc::clone(left), Arc::clone(right)],
                generation: self.pairing.asked,
            }));
        }
    }

    /// Takes what the judge has said; where it could not be heard, what was suggested stays.
    pub(super) fn judged(
        &mut self,
        generation: u64,
        result: Result<Arc<Opinion>, String>,
        effects: &mut Vec<Effect>,
    ) {
        if generation != self.pairing.asked {
            return;
        }
        match result {
            Ok(opinion) => {
                let name = self.pairing.judge.as_ref().map(Judge::name);
                let count = opinion.len();
                let judged = match count {
                    1 => self.lang.tr("pair judged", "Paar beurteilt"),
                    _ => self.lang.tr("pairs judged", "Paare beurteilt"),
                };
                if self.notice.is_none() {
                    self.say(format!("{}: {count} {judged}", name.unwrap_or_default()));
                }
                self.pairing.opinion = Some(opinion);
                self.align(effects);
            }
            Err(why) => self.warn(why),
        }
    }

    /// What the reader has said of the parallels of the two interviews.
    pub(super) fn judgements(&self) -> Vec<Judgement> {
        judgements(
            &self.annotations.book,
            [self.columns[0].index, self.columns[1].index],
        )
    }

    pub(super) fn aligned(
        &mut self,
        generation: u64,
        alignment: Arc<Alignment>,
        effects: &mut Vec<Effect>,
    ) {
        if generation != self.pairing.generation {
            return;
        }
        if self.pairing.opinion.is_some() {
            self.group_judged(&alignment, effects);
        }
        self.pairing.alignment = Some(alignment);
        self.pairing.shared_by = None;
        if self.pairing.owed {
            self.bring_along();
        }
    }

    /// Forgets the parallels: another interview stands in a column.
    pub(super) fn unpair(&mut self) {
        self.pairing.alignment = None;
        self.pairing.generation += 1;
    }

    /// Finds the words that the exchanges in view share, when the pair has changed.
    pub(super) fn settle_pair(&mut self) {
        let pair = match self.opposite() {
            Opposite::Parallel(parallel, ..) => Some((parallel.left, parallel.right)),
            Opposite::Alone(Some(nearest)) => {
                let shown = [self.columns[0].current, self.columns[1].current];
                (shown == [Some(nearest.left), Some(nearest.right)])
                    .then_some((nearest.left, nearest.right))
            }
            _ => None,
        };
        if pair != self.pairing.shared_by || pair.is_none() {
            self.pairing.shared_by = pair;
            let alignment = self.pairing.alignment.as_ref();
            self.pairing.shared = match (alignment, pair) {
                (Some(alignment), Some((left, right))) => alignment.shared(left, right),
                _ => Default::default(),
            };
        }
        if self.focus.side().is_some()
            && let Some(exchange) = self.column(self.pairing.lead).current
        {
            let index = self.column(self.pairing.lead).index;
            self.questions.choose((index, exchange));
        }
    }
}
