//! How likely two exchanges belong opposite each other, in 0..1, and by which words.
//!
//! Each view of two exchanges gives a cosine. The views come together in a mean of powers, `Σ weight · cosine^1.5`, in
//! which one view that is much alike says more than several that are a little alike (the p-norm of Salton, Fox and Wu,
//! *Extended Boolean information retrieval*, 1983): a question that comes again decides, and where none does, the answers do.
//!
//! What two exchanges so have in common means little by itself: all exchanges of two interviews on one subject have much in
//! common, and a question and its translation little. So it is set against the best that either could have: `c · c / √(best
//! of the left · best of the right)`, a correction for exchanges that are near to everything, as in Conneau et al., *Word
//! translation without parallel data*, 2018. The result is read as a likelihood by a [`Curve`]. All steps keep it symmetric,
//! and 1 for a text with itself.

use foldhash::{HashMap, HashMapExt};

use super::curve::Curve;
use super::index::Index;
use super::terms::Terms;
use super::vectors::{Features, Seen, VIEWS, Vector, Views, vectors};

/// What the exchanges of two interviews have in common.
pub struct Similarity {
    left: Terms,
    right: Terms,
    features: Features,
    seen: [Vec<Seen>; 2],
    weights: [f32; VIEWS],
    index: Index,
    curve: Curve,
    /// The root of the most that each left exchange has in common with any, and each right one.
    best: [Vec<f32>; 2],
    /// What each left exchange has in common with each right one, row by row; nothing where that would be too much to
    /// keep.
    kept: Vec<f32>,
}

/// For how many pairs what they have in common is kept, which takes 4 bytes each.
const KEPT: usize = 4_000_000;

/// A word that two exchanges share.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// The word, as the left interview has it first, in lower case; where the right one has another word for the same,
    /// both, with a slash between them.
    pub term: String,
    /// What it contributes, above 0; comparable within a pair.
    pub weight: f32,
}

impl Similarity {
    /// Compares the exchanges of two interviews.
    #[must_use]
    pub fn new(left: &Terms, right: &Terms) -> Similarity {
        Similarity::weighing(left, right, &Views::default())
    }

    /// Compares them with other weights: for whoever wants to know what each view is good for.
    #[must_use]
    pub fn weighing(left: &Terms, right: &Terms, views: &Views) -> Similarity {
        let features = Features::new(left, right);
        let (seen, weights) = vectors(&features, left, right, views);
        let index = Index::new(&seen[1]);
        let mut best = [vec![0.0_f32; left.len()], vec![0.0_f32; right.len()]];
        let mut similarity = Similarity {
            left: left.clone(),
            right: right.clone(),
            features,
            seen,
            weights,
            index,
            curve: Curve::between(left.language(), right.language()),
            best: Default::default(),
            kept: Vec::new(),
        };
        let mut row = Row::default();
        let mut kept = Vec::new();
        for i in 0..left.len() {
            similarity.meet(i, &mut row);
            if left.len() * right.len() <= KEPT {
                kept.extend_from_slice(&row.common);
            }
            for (j, &common) in row.common.iter().enumerate() {
                best[0][i] = best[0][i].max(common);
                best[1][j] = best[1][j].max(common);
            }
        }
        similarity.kept = kept;
        similarity.best = best.map(|best| best.into_iter().map(f32::sqrt).collect());
        similarity
    }

    /// How many exchanges the left and the right interview have.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        (self.left.len(), self.right.len())
    }

    /// The score of the left exchange `left` with every right one, in their order.
    #[must_use]
    pub fn row(&self, left: usize) -> Vec<f32> {
        let mut row = Row::default();
        let scores = self.commons(left, &mut row);
        scores.map(|common| self.curve.likelihood(common)).collect()
    }

    /// How likely two exchanges belong together that have this in common.
    #[must_use]
    pub fn curve(&self) -> &Curve {
        &self.curve
    }

    /// As [`Similarity::common`], of the left exchange `left` with every right one, in their order; `row` is room to find
    /// it out.
    pub fn commons<'a>(&'a self, left: usize, row: &'a mut Row) -> impl Iterator<Item = f32> + 'a {
        let rights = self.right.len();
        let kept = self.kept.get(left * rights..(left + 1) * rights);
        let common = match kept {
            Some(kept) if !kept.is_empty() => kept,
            _ => {
                self.meet(left, row);
                &row.common
            }
        };
        let common = common.iter().enumerate();
        common.map(move |(right, &common)| self.against(left, right, common))
    }

    /// The score of the exchanges `left` and `right`; 0 where there is no such exchange.
    #[must_use]
    pub fn score(&self, left: usize, right: usize) -> f32 {
        self.curve.likelihood(self.common(left, right))
    }

    /// What the exchanges `left` and `right` have in common, set against the best that either could have: in 0..1, not
    /// yet a likelihood; 0 where there is no such exchange.
    #[must_use]
    pub fn common(&self, left: usize, right: usize) -> f32 {
        let (Some(one), Some(other)) = (self.seen[0].get(left), self.seen[1].get(right)) else {
            return 0.0;
        };
        let cosines = self.cosines(&one.vector, &other.vector);
        let together = cosines.iter().zip(&self.weights);
        let together: f32 = together
            .map(|(cosine, weight)| weight * power(*cosine))
            .sum();
        self.against(left, right, together / (one.root * other.root))
    }

    /// The cosine of each view of two vectors.
    fn cosines(&self, one: &Vector, other: &Vector) -> [f32; VIEWS] {
        let mut cosines = [0.0; VIEWS];
        for (feature, product) in common(one, other) {
            cosines[self.view(feature)] += product;
        }
        cosines
    }

    /// The view that a feature belongs to.
    fn view(&self, feature: u32) -> usize {
        let view = feature.checked_div(self.features.count());
        view.map_or(VIEWS - 1, |view| (view as usize).min(VIEWS - 1))
    }

    /// What two exchanges have in common, against the best that either could have.
    fn against(&self, left: usize, right: usize, common: f32) -> f32 {
        let best = self.best[0][left] * self.best[1][right];
        if common <= 0.0 || best <= 0.0 {
            return 0.0;
        }
        common * common / best
    }

    /// What the left exchange `left` has in common with every right one, into `row`.
    fn meet(&self, left: usize, row: &mut Row) {
        row.common.clear();
        let Some(one) = self.seen[0].get(left) else {
            return;
        };
        let rights = &self.seen[1];
        row.common.resize(rights.len(), 0.0);
        for view in one.vector.chunk_by(|a, b| self.view(a.0) == self.view(b.0)) {
            let weight = view
                .first()
                .map_or(0.0, |first| self.weights[self.view(first.0)]);
            self.index.cosines(view, rights.len(), &mut row.cosines);
            for (common, &cosine) in row.common.iter_mut().zip(&row.cosines) {
                *common += weight * power(cosine);
            }
        }
        for (common, other) in row.common.iter_mut().zip(rights) {
            if *common > 0.0 {
                *common /= one.root * other.root;
            }
        }
    }

    /// The words that the exchanges `left` and `right` share, the most telling first.
    #[must_use]
    pub fn reasons(&self, left: usize, right: usize) -> Vec<Reason> {
        let (Some(one), Some(other)) = (self.seen[0].get(left), self.seen[1].get(right)) else {
            return Vec::new();
        };
        let count = self.features.count();
        let cosines = self.cosines(&one.vector, &other.vector);
        let mut weights: HashMap<u32, f32> = HashMap::new();
        for (feature, product) in common(&one.vector, &other.vector) {
            if feature < count * 3 {
                // Its share in the power of its view.
                let view = self.view(feature);
                let share = self.weights[view] * product * cosines[view].sqrt();
                *weights.entry(feature % count).or_default() += share;
            }
        }
        let (ours, theirs) = (self.bearers(0, left), self.bearers(1, right));
        let mut shared: Vec<(u32, f32)> = weights.into_iter().collect();
        shared.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut reasons: Vec<Reason> = Vec::new();
        let mut given: [Vec<u32>; 2] = Default::default();
        for (feature, weight) in shared {
            let (Some(&one), Some(&other)) = (ours.get(&feature), theirs.get(&feature)) else {
                continue;
            };
            // A word, its parts and its meaning are one reason, not three.
            if given[0].contains(&one) || given[1].contains(&other) {
                continue;
            }
            given[0].push(one);
            given[1].push(other);
            let word = &self.left.vocabulary[one as usize].word;
            let term = if self.features.stem(0, one) == self.features.stem(1, other) {
                word.clone()
            } else {
                format!("{word}/{}", self.right.vocabulary[other as usize].word)
            };
            reasons.push(Reason { term, weight });
        }
        reasons
    }

    /// The bytes of the shared words in the left text and in the right one, in order: what is underlined while the pair
    /// is in view.
    #[must_use]
    pub fn shared(&self, left: usize, right: usize) -> [Vec<std::ops::Range<usize>>; 2] {
        let bearers = [self.bearers(0, left), self.bearers(1, right)];
        [(0, left), (1, right)].map(|(side, exchange)| {
            let Some(terms) = self.terms(side).exchanges.get(exchange) else {
                return Vec::new();
            };
            let opposite = &bearers[1 - side];
            let shares = |stem| {
                let mut features = self.features.of(side, stem);
                features.any(|feature| opposite.contains_key(&feature))
            };
            let places = terms.places.iter().filter(|place| shares(place.stem));
            places.map(|place| place.range.clone()).collect()
        })
    }

    /// For each feature of an exchange the stem that bears it; the stem itself before those that it is a part of.
    fn bearers(&self, side: usize, exchange: usize) -> HashMap<u32, u32> {
        let mut bearers = HashMap::new();
        let Some(terms) = self.terms(side).exchanges.get(exchange) else {
            return bearers;
        };
        let stems = || terms.question.iter().chain(&terms.answer).map(|&(s, _)| s);
        bearers.extend(stems().map(|stem| (self.features.stem(side, stem), stem)));
        for stem in stems() {
            for feature in self.features.of(side, stem) {
                bearers.entry(feature).or_insert(stem);
            }
        }
        bearers
    }

    fn terms(&self, side: usize) -> &Terms {
        if side == 0 { &self.left } else { &self.right }
    }
}

/// The features that two vectors have in common, with the product of their weights.
fn common(one: &Vector, other: &Vector) -> impl Iterator<Item = (u32, f32)> {
    let mut others = other.iter().peekable();
    one.iter().filter_map(move |&(feature, weight)| {
        while others.next_if(|&&(f, _)| f < feature).is_some() {}
        let (_, found) = others.next_if(|&&(f, _)| f == feature)?;
        Some((feature, weight * found))
    })
}

/// What a cosine counts for: one that is high for more than its share.
fn power(cosine: f32) -> f32 {
    cosine * cosine.sqrt()
}

/// What an exchange has in common with all on the other side, and room to find that out.
#[derive(Debug, Default)]
pub struct Row {
    common: Vec<f32>,
    cosines: Vec<f32>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::interview::Interview;
    use crate::parallels::made_up::interview;
    use crate::text::Language;

    fn compare(left: &Interview, right: &Interview) -> Similarity {
        Similarity::new(&Terms::new(left), &Terms::new(right))
    }

    fn terms(similarity: &Similarity, left: usize, right: usize) -> Vec<String> {
        let reasons = similarity.reasons(left, right);
        reasons.into_iter().map(|reason| reason.term).collect()
    }

    fn gardener() -> Interview {
        interview(&[
            (
                "Wie kamen Sie zum Gärtnern?",
                "Durch meine Großmutter und ihre Rosen.",
            ),
            (
                "Woran erkennt man gute Erde?",
                "Sie riecht nach Wald und krümelt.",
            ),
            (
                "Was kostet so ein Garten im Jahr?",
                "Vor allem Zeit, kaum Geld.",
            ),
        ])
    }

    fn beekeeper() -> Interview {
        interview(&[
            (
                "Lohnt sich das Imkern?",
                "Das Geld kommt vom Honig, die Kosten vom Winter.",
            ),
            (
                "Wie sind Sie zur Imkerei gekommen?",
                "Meine Großmutter hatte Bienen bei den Rosen.",
            ),
        ])
    }

    #[test]
    fn each_question_finds_its_own_and_says_why() {
        let similarity = compare(&gardener(), &beekeeper());
        assert!(similarity.score(0, 1) > similarity.score(0, 0));
        assert!(similarity.score(2, 0) > similarity.score(2, 1));
        let origin = terms(&similarity, 0, 1);
        assert!(origin.contains(&"großmutter".to_owned()), "{origin:?}");
        assert!(origin.contains(&"rosen".to_owned()), "{origin:?}");
        let money = terms(&similarity, 2, 0);
        assert!(money.iter().any(|term| term.contains("geld")), "{money:?}");
        assert!(similarity.score(1, 0) < 0.5);
    }

    #[test]
    fn what_is_shared_is_found_in_both_texts() {
        let (left, right) = (gardener(), beekeeper());
        let [ours, theirs] = compare(&left, &right).shared(0, 1);
        let ours: Vec<_> = ours.into_iter().map(|range| &left.text[range]).collect();
        let theirs: Vec<_> = theirs.into_iter().map(|range| &right.text[range]).collect();
        assert_eq!(ours, ["Großmutter", "Rosen"]);
        assert_eq!(theirs, ["Großmutter", "Rosen"]);
    }

    #[test]
    fn a_compound_meets_its_parts() {
        let left = interview(&[("Was ist ein Rosengarten?", ""), ("Wer mäht?", "")]);
        let right = interview(&[("Wer pflegt den Garten?", ""), ("Wann schläft er?", "")]);
        let similarity = compare(&left, &right);
        assert_eq!(terms(&similarity, 0, 0), ["rosengarten/garten"]);
        assert!(similarity.score(0, 0) > similarity.score(0, 1));
    }

    #[test]
    fn a_question_meets_its_translation() {
        let left = interview(&[
            ("Was gibt Ihnen Hoffnung?", "Meine Kinder."),
            ("Welche Bücher lesen Sie?", "Keine."),
        ]);
        let mut right = interview(&[
            ("Which books do you read?", "Novels."),
            ("Where do you find hope?", "In children."),
        ]);
        right.language = Some(Language::English);
        let similarity = compare(&left, &right);
        let scores = [similarity.score(0, 1), similarity.score(1, 0)];
        // The second has nothing but its question to go by.
        assert!(scores[0] > 0.5 && scores[1] > 0.25, "{scores:?}");
        assert_eq!(similarity.score(0, 0), 0.0);
        assert_eq!(
            terms(&similarity, 0, 1),
            ["kinder/children", "hoffnung/hope"]
        );
    }

    #[test]
    fn other_scripts_and_missing_exchanges_do_no_harm() {
        let none = interview(&[]);
        let mut greek = interview(&[("Τι κάνεις;", "Καλά."), ("", "…")]);
        greek.language = None;
        let similarity = compare(&greek, &none);
        assert!(similarity.row(0).is_empty());
        assert_eq!(similarity.score(0, 0), 0.0);
        assert_eq!(compare(&none, &greek).row(0), Vec::<f32>::new());
        assert_eq!(compare(&greek, &gardener()).score(0, 0), 0.0);
        assert!(similarity.reasons(7, 7).is_empty());
        assert!(similarity.shared(7, 7).iter().all(Vec::is_empty));
    }

    fn wild() -> impl Strategy<Value = Interview> {
        let exchange = (
            "[a-dA-D ß]{1,30}\\?",
            "(der |Haus|Hausboot|geld |\\PC){0,12}",
        );
        prop::collection::vec(exchange, 1..6).prop_map(|exchanges| {
            let exchanges: Vec<(&str, &str)> = exchanges
                .iter()
                .map(|(q, a)| (q.as_str(), a.as_str()))
                .collect();
            interview(&exchanges)
        })
    }

    proptest! {
        #[test]
        fn the_order_of_the_files_does_not_matter(left in wild(), right in wild()) {
            let (there, back) = (compare(&left, &right), compare(&right, &left));
            for i in 0..left.exchanges.len() {
                for j in 0..right.exchanges.len() {
                    prop_assert!((there.score(i, j) - back.score(j, i)).abs() < 1e-3);
                    prop_assert!((there.score(i, j) - there.row(i)[j]).abs() < 1e-3);
                    prop_assert!((0.0..=1.0).contains(&there.score(i, j)));
                }
            }
        }

        #[test]
        fn a_text_is_like_itself(text in wild()) {
            let similarity = compare(&text, &text);
            for (i, exchange) in Terms::new(&text).exchanges.iter().enumerate() {
                let says = !(exchange.grams.is_empty() && exchange.places.is_empty());
                let expected = if says { 1.0 } else { 0.0 };
                prop_assert!((similarity.score(i, i) - expected).abs() < 1e-3);
            }
        }

        #[test]
        fn shared_words_are_whole_and_in_order(left in wild(), right in wild()) {
            let similarity = compare(&left, &right);
            for ranges in similarity.shared(0, 0).iter().zip([&left, &right]) {
                let (ranges, interview) = ranges;
                prop_assert!(ranges.windows(2).all(|two| two[0].end <= two[1].start));
                prop_assert!(ranges.iter().all(|range| interview.text.get(range.clone()).is_some()));
            }
        }
    }
}
