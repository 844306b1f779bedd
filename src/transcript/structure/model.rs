//! The model of an interview's structure: a linear chain over paragraphs, and the most probable way through it.
//!
//! It is a conditional random field (Lafferty, McCallum, Pereira 2001), decoded by Viterbi's algorithm. Its weights
//! are a table that a person can read, `assets/structure/weights.txt`, fitted by `examples/fit_structure`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::features::{Feature, Features, NAMES};
use crate::interview::Role;

/// What a paragraph is in the chain; a turn's first paragraph is told from those that carry it on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum State {
    /// Before the first question.
    Introduction,
    /// A question begins.
    Question,
    /// The question goes on.
    QuestionMore,
    /// An answer begins.
    Answer,
    /// The answer goes on.
    AnswerMore,
    /// After the last answer.
    Closing,
}

impl State {
    /// All states, in the order of the columns of the weights.
    pub const ALL: [State; 6] = [
        State::Introduction,
        State::Question,
        State::QuestionMore,
        State::Answer,
        State::AnswerMore,
        State::Closing,
    ];

    /// What a turn does whose paragraphs are in this state.
    #[must_use]
    pub fn role(self) -> Role {
        match self {
            State::Introduction => Role::Introduction,
            State::Question | State::QuestionMore => Role::Question,
            State::Answer | State::AnswerMore => Role::Answer,
            State::Closing => Role::Closing,
        }
    }

    /// Whether an interview can begin with this.
    #[must_use]
    pub fn begins(self) -> bool {
        matches!(self, State::Introduction | State::Question)
    }

    /// Whether this can come after `before`.
    #[must_use]
    pub fn follows(self, before: State) -> bool {
        use State as S;
        match before {
            S::Introduction => matches!(self, S::Introduction | S::Question),
            S::Question | S::QuestionMore => matches!(self, S::QuestionMore | S::Answer),
            S::Answer | S::AnswerMore => matches!(self, S::AnswerMore | S::Question | S::Closing),
            S::Closing => matches!(self, S::Closing),
        }
    }
}

/// How an interview is laid out. The paragraphs of one don't say; only all of them together do, so each layout
/// has its own steps, and the better explanation of the whole interview is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Layout {
    /// Turns have as many paragraphs as they need.
    Free,
    /// A turn is a paragraph: question and answer alternate, as in a machine's transcript.
    Alternate,
    /// Most turns are a paragraph, as in talk that somebody has written down.
    Talk,
}

impl Layout {
    /// All layouts.
    pub const ALL: [Layout; 3] = [Layout::Free, Layout::Alternate, Layout::Talk];
}

/// What speaks for a layout or against it.
pub const LAYOUT_SIGNS: [Feature; 8] = [
    Feature::Always,
    Feature::SparseQuestions,
    Feature::DenseQuestions,
    Feature::Alternating,
    Feature::Torn,
    Feature::Talk,
    Feature::LengthsAlternate,
    Feature::LongRuns,
];

/// What an interview can be like as a whole, so that its paragraphs are to be read otherwise: in talk a short paragraph is
/// mostly a listener's, in writing it is a heading or an item of a list.
pub const MANNERS: [Feature; 2] = [Feature::Talk, Feature::Torn];

/// What the features of a paragraph that might as well ask as answer come to, its place in the interview left out: in talk
/// much is asked without a sign of it, so that the chain leans to a question.
const EVEN: f32 = 0.65;

/// A number for every state.
pub type PerState = [f32; State::ALL.len()];

/// The weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// For each feature, in the order of [`NAMES`], what it says for each state; then for each of [`MANNERS`] what it says
    /// there beyond that.
    pub features: Vec<PerState>,
    /// For each layout and state, what it says for each state after it.
    pub steps: [[PerState; State::ALL.len()]; Layout::ALL.len()],
    /// For each layout, what each of [`LAYOUT_SIGNS`] says for it.
    pub layouts: [[f32; LAYOUT_SIGNS.len()]; Layout::ALL.len()],
}

impl Default for Model {
    fn default() -> Model {
        Model {
            features: vec![PerState::default(); NAMES.len() * (1 + MANNERS.len())],
            steps: Default::default(),
            layouts: Default::default(),
        }
    }
}

impl Model {
    /// The weights that come with the program, read once.
    #[must_use]
    pub fn shipped() -> &'static Model {
        static SHIPPED: LazyLock<Model> =
            LazyLock::new(|| Model::read(include_str!("../../../assets/structure/weights.txt")));
        &SHIPPED
    }

    /// Reads a table as [`Model::write`] gives it. A row that it doesn't know counts for nothing, and so does a row
    /// that is missing.
    fn read(table: &str) -> Model {
        let mut model = Model::default();
        let names = row_names();
        let mut rows: HashMap<&str, &mut [f32]> =
            names.iter().map(String::as_str).zip(model.rows()).collect();
        for (name, numbers) in table.lines().filter_map(|line| line.split_once(':')) {
            let row = rows
                .get_mut(name)
                .into_iter()
                .flat_map(|row| row.iter_mut());
            for (to, number) in row.zip(numbers.split_whitespace()) {
                *to = number.parse().unwrap_or_default();
            }
        }
        model
    }

    /// The table: a row for each feature and each step, a column for each state; last the signs of a layout.
    #[must_use]
    pub fn write(&self) -> String {
        let mut copy = self.clone();
        let rows = copy.rows().map(|row| {
            let numbers = row.iter().map(|n| format!(" {n:6.2}"));
            numbers.collect::<String>()
        });
        let named = row_names().into_iter().zip(rows);
        named.map(|(name, row)| format!("{name}:{row}\n")).collect()
    }

    /// Every weight, row by row, in the order of the table.
    pub fn rows(&mut self) -> impl Iterator<Item = &mut [f32]> {
        let features = self
            .features
            .iter_mut()
            .chain(self.steps.as_flattened_mut());
        features
            .map(PerState::as_mut_slice)
            .chain(self.layouts.iter_mut().map(|row| row.as_mut_slice()))
    }

    /// How much the features of an interview's first paragraph, which tell of the whole, speak for `layout`.
    #[must_use]
    pub fn weigh_layout(&self, layout: Layout, first: Features) -> f32 {
        let signs = LAYOUT_SIGNS.iter().zip(&self.layouts[layout as usize]);
        let seen = signs.filter(|(sign, _)| first.has(**sign));
        seen.map(|(_, weight)| weight).sum()
    }

    /// What the features of a paragraph say for each state.
    #[must_use]
    pub fn weigh(&self, features: Features) -> PerState {
        self.sum(features.iter().flat_map(|at| rows_of(at, features)))
    }

    /// What `feature`, an index into [`NAMES`], says for each state in a paragraph with these features.
    #[must_use]
    pub fn weigh_one(&self, feature: usize, features: Features) -> PerState {
        self.sum(rows_of(feature, features))
    }

    fn sum(&self, rows: impl Iterator<Item = usize>) -> PerState {
        let mut sum = PerState::default();
        for row in rows {
            for (sum, weight) in sum.iter_mut().zip(&self.features[row]) {
                *sum += weight;
            }
        }
        sum
    }

    /// What the features of each paragraph say for each state; each number in `leans` is added to what they say for a
    /// question.
    #[must_use]
    pub fn weigh_all(&self, paragraphs: &[Features], leans: &[f32]) -> Vec<PerState> {
        let leans = leans.iter().copied().chain(std::iter::repeat(0.0));
        let each = paragraphs.iter().zip(leans).map(|(features, lean)| {
            let mut weighed = self.weigh(*features);
            lean_to_asking(&mut weighed, lean);
            weighed
        });
        each.collect()
    }

    /// The most probable states of paragraphs that weigh `weighed`; `first` are the features of the first one.
    #[must_use]
    pub fn decode_weighed(&self, weighed: &[PerState], first: Features) -> Vec<State> {
        let ways = Layout::ALL.map(|layout| {
            let (sum, states) = way(&self.steps[layout as usize], weighed);
            (sum + self.weigh_layout(layout, first), states)
        });
        let best = ways.into_iter().max_by(|a, b| a.0.total_cmp(&b.0));
        best.map(|(_, states)| states).unwrap_or_default()
    }

    /// How much a paragraph with these features looks like a question rather than an answer, whatever stands around it and
    /// whatever the whole is like.
    #[must_use]
    pub fn asks(&self, features: Features) -> f32 {
        let asks = |feature: usize| {
            let row = &self.features[feature];
            row[State::Question as usize].max(row[State::QuestionMore as usize])
                - row[State::Answer as usize].max(row[State::AnswerMore as usize])
        };
        features.iter().map(asks).sum::<f32>() - EVEN
    }
}

/// Adds `lean` to what is `weighed` for a question.
pub fn lean_to_asking(weighed: &mut PerState, lean: f32) {
    for state in [State::Question, State::QuestionMore] {
        weighed[state as usize] += lean;
    }
}

/// The rows of the weights that count for `feature`, an index into [`NAMES`], in a paragraph with these features.
pub fn rows_of(feature: usize, features: Features) -> impl Iterator<Item = usize> {
    let manners = MANNERS.into_iter().zip(1..);
    let manners = manners.filter(move |(manner, _)| features.has(*manner));
    let blocks = std::iter::once(0).chain(manners.map(|(_, block)| block));
    blocks.map(move |block| block * NAMES.len() + feature)
}

/// The best way through paragraphs that weigh `weighed`, and how much speaks for it (Viterbi's algorithm).
fn way(steps: &[PerState; State::ALL.len()], weighed: &[PerState]) -> (f32, Vec<State>) {
    let mut best = PerState::default();
    let mut back: Vec<[u8; State::ALL.len()]> = Vec::with_capacity(weighed.len());
    for (at, weighed) in weighed.iter().enumerate() {
        let mut now = [f32::NEG_INFINITY; State::ALL.len()];
        let mut from = [0; State::ALL.len()];
        for (to, state) in State::ALL.into_iter().enumerate() {
            if at == 0 && state.begins() {
                now[to] = weighed[to];
            }
            for (before, &state_before) in State::ALL.iter().enumerate() {
                let sum = best[before] + steps[before][to] + weighed[to];
                if at > 0 && state.follows(state_before) && sum > now[to] {
                    now[to] = sum;
                    from[to] = before as u8;
                }
            }
        }
        best = now;
        back.push(from);
    }
    let mut state = (0..best.len())
        .max_by(|&a, &b| best[a].total_cmp(&best[b]))
        .unwrap_or_default();
    let sum = best[state];
    let mut states = Vec::with_capacity(back.len());
    for from in back.iter().rev() {
        states.push(State::ALL[state]);
        state = usize::from(from[state]);
    }
    states.reverse();
    (sum, states)
}

/// The names of the rows of the table.
fn row_names() -> Vec<String> {
    let manners = MANNERS.map(|manner| format!("{}, ", NAMES[manner as usize]));
    let blocks = std::iter::once(String::new()).chain(manners);
    let features = blocks.flat_map(|block| NAMES.iter().map(move |name| format!("{block}{name}")));
    let steps = Layout::ALL.into_iter().flat_map(|layout| {
        State::ALL.map(|state| format!("{layout:?}, after {state:?}").to_lowercase())
    });
    let layouts = Layout::ALL.map(|layout| format!("{layout:?}").to_lowercase());
    features.chain(steps).chain(layouts).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_has_every_row_and_no_other() {
        let table = include_str!("../../../assets/structure/weights.txt");
        let rows: Vec<&str> = table
            .lines()
            .filter_map(|line| Some(line.split_once(':')?.0))
            .filter(|name| !name.starts_with('#'))
            .collect();
        assert_eq!(rows, row_names());
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut model = Model::default();
        model.features[3][1] = 1.25;
        model.steps[1][2][4] = -0.5;
        assert_eq!(Model::read(&model.write()), model);
    }

    #[test]
    fn no_paragraphs_no_states() {
        assert!(
            Model::default()
                .decode_weighed(&[], Features::default())
                .is_empty()
        );
    }
}
