//! What has been said of two interviews: an editor's pairs, and what the reader confirms and rejects.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::Origin;
use crate::interview::Interview;
use crate::notes::Verdict;
use crate::notes::book::{Book, Link};
use crate::text::{Fold, fold};

/// The pairs of editors.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Curated {
    edition: Vec<Edition>,
}

/// What an editor says about two interviews.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Edition {
    /// The pairs, the better first.
    pair: Vec<Pair>,
    /// Passages of either interview that have no counterpart in the other.
    alone: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    theme: String,
    /// A passage of each interview, in either order.
    passages: [String; 2],
}

impl Curated {
    /// The pairs that come with the program.
    #[must_use]
    pub fn shipped() -> Curated {
        // A test holds the asset to the format.
        include_str!("../../assets/parallels.toml")
            .parse()
            .unwrap_or_default()
    }
}

impl std::str::FromStr for Curated {
    type Err = toml::de::Error;

    /// Reads curated pairs from TOML, in the format of `assets/parallels.toml`.
    fn from_str(text: &str) -> Result<Curated, toml::de::Error> {
        toml::from_str(text)
    }
}

/// What the reader says about two passages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Whether they belong together.
    pub verdict: Verdict,
    /// The passage of the left interview, in bytes of its text.
    pub left: Range<usize>,
    /// The passage of the right interview, in bytes of its text.
    pub right: Range<usize>,
    /// What they are about, where the reader has named it.
    pub theme: Option<String>,
}

/// What the reader says in the links of `book` about two of the interviews that it was made for, left and right, by
/// index; oldest first. A link knows no left and right: where it fits either way, its passages stand in its order.
#[must_use]
pub fn judgements(book: &Book, two: [usize; 2]) -> Vec<Judgement> {
    judgements_of(book, &book.links().collect::<Vec<_>>(), two)
}

/// As [`judgements`], with the `links` of the book at hand: for whoever asks about many times two.
#[must_use]
pub fn judgements_of(book: &Book, links: &[Link], [left, right]: [usize; 2]) -> Vec<Judgement> {
    let judgement = |link: &Link| {
        let [one, other] = &link.passages;
        let stand = |a, b| book.stands_in(a, left) && book.stands_in(b, right);
        let (left, right) = if stand(one, other) {
            (one, other)
        } else if stand(other, one) {
            (other, one)
        } else {
            return None;
        };
        Some(Judgement {
            verdict: link.verdict,
            left: left.range.clone(),
            right: right.range.clone(),
            theme: link.theme.clone(),
        })
    };
    links.iter().filter_map(judgement).collect()
}

/// What has been said of two interviews; exchanges are counted from 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// What has been said of a pair of exchanges, left and right.
    pub pairs: HashMap<(usize, usize), Word>,
    /// The exchanges of either side that have no counterpart, says an editor.
    pub alone: [HashSet<usize>; 2],
}

/// What has been said of a pair.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// By whom, and to what effect.
    pub origin: Origin,
    /// Its place in the editor's or the reader's order.
    pub order: usize,
    /// What the pair is about.
    pub theme: Option<String>,
}

/// What has been said of these two interviews, left and right. Of two judgements on the same exchanges the later one
/// holds; it keeps the theme of the earlier one where it names none.
pub(super) fn said(
    interviews: [&Interview; 2],
    curated: &Curated,
    judgements: &[Judgement],
) -> Said {
    let mut said = Said::default();
    if !curated.edition.is_empty() {
        let texts = interviews.map(folded);
        for edition in &curated.edition {
            said.take_edition(&texts, edition);
        }
    }
    for (order, judgement) in judgements.iter().enumerate() {
        said.take_judgement(interviews, judgement, order);
    }
    said
}

impl Said {
    fn take_edition(&mut self, [left, right]: &[Vec<String>; 2], edition: &Edition) {
        let mut holds = false;
        for (order, pair) in edition.pair.iter().enumerate() {
            let [one, other] = &pair.passages;
            for (one, other) in [(one, other), (other, one)] {
                let found = (standing(left, one).next(), standing(right, other).next());
                if let (Some(left), Some(right)) = found {
                    holds = true;
                    self.pairs.entry((left, right)).or_insert_with(|| Word {
                        origin: Origin::Curated,
                        order,
                        theme: Some(pair.theme.clone()),
                    });
                }
            }
        }
        for passage in edition.alone.iter().filter(|_| holds) {
            self.alone[0].extend(standing(left, passage));
            self.alone[1].extend(standing(right, passage));
        }
    }

    fn take_judgement(&mut self, [left, right]: [&Interview; 2], judged: &Judgement, order: usize) {
        let at = |interview: &Interview, passage: &Range<usize>| {
            interview.exchange_of(interview.paragraph_at(passage.start))
        };
        let (Some(left), Some(right)) = (at(left, &judged.left), at(right, &judged.right)) else {
            return;
        };
        let before = self.pairs.remove(&(left, right));
        let word = Word {
            origin: match judged.verdict {
                Verdict::Confirmed => Origin::Confirmed,
                Verdict::Rejected => Origin::Rejected,
            },
            order,
            theme: judged.theme.clone().or_else(|| before?.theme),
        };
        self.pairs.insert((left, right), word);
    }
}

/// The folded text of each exchange.
fn folded(interview: &Interview) -> Vec<String> {
    interview
        .exchanges
        .iter()
        .map(|exchange| {
            let span = interview.span(exchange.paragraphs.clone());
            fold(&interview.text[span], Fold::MARKS)
        })
        .collect()
}

/// The exchanges in which `passage` stands.
fn standing(folded: &[String], passage: &str) -> impl Iterator<Item = usize> {
    let passage = fold(passage, Fold::MARKS);
    let stands = move |text: &String| {
        !passage.is_empty() && memchr::memmem::find(text.as_bytes(), passage.as_bytes()).is_some()
    };
    folded
        .iter()
        .enumerate()
        .filter(move |(_, text)| stands(text))
        .map(|(exchange, _)| exchange)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallels::made_up::interview;

    const EDITION: &str = r#"
        [[edition]]
        alone = ["wie alt sind sie"]
        [[edition.pair]]
        theme = "Herkunft"
        passages = ["Woher kommst du?", "wo sind Sie geboren"]
    "#;

    fn talks() -> [Interview; 2] {
        [
            interview(&[("Woher kommst Du?", "Aus Ulm."), ("Und wohin?", "Heim.")]),
            interview(&[
                ("Wie alt sind Sie?", "80."),
                ("Wo sind Sie geboren?", "Hier."),
            ]),
        ]
    }

    #[test]
    fn a_curated_pair_holds_wherever_its_passages_stand() {
        let curated: Curated = EDITION.parse().unwrap();
        let [left, right] = talks();
        let there = said([&left, &right], &curated, &[]);
        assert_eq!(there.pairs.keys().collect::<Vec<_>>(), [&(0, 1)]);
        assert_eq!(there.alone[1], HashSet::from([0]));
        let back = said([&right, &left], &curated, &[]);
        assert_eq!(back.pairs.keys().collect::<Vec<_>>(), [&(1, 0)]);
        assert_eq!(back.pairs[&(1, 0)].theme.as_deref(), Some("Herkunft"));
    }

    #[test]
    fn an_edition_says_nothing_of_other_interviews() {
        let curated: Curated = EDITION.parse().unwrap();
        let [_, right] = talks();
        let other = interview(&[("Was machen Sie?", "Dies.")]);
        let nothing = said([&other, &right], &curated, &[]);
        assert!(nothing.pairs.is_empty() && nothing.alone[1].is_empty());
    }

    #[test]
    fn the_last_judgement_holds_and_keeps_the_theme() {
        let curated: Curated = EDITION.parse().unwrap();
        let [left, right] = talks();
        let judge = |verdict, theme: Option<&str>| Judgement {
            verdict,
            left: 3..5,
            right: right.text.find("geboren").unwrap()..right.text.len(),
            theme: theme.map(str::to_owned),
        };
        let judgements = [
            judge(Verdict::Rejected, None),
            judge(Verdict::Confirmed, None),
        ];
        let word = &said([&left, &right], &curated, &judgements).pairs[&(0, 1)];
        assert_eq!(word.origin, Origin::Confirmed);
        assert_eq!(word.theme.as_deref(), Some("Herkunft"));
        let named = [judge(Verdict::Confirmed, Some("Heimat"))];
        let word = &said([&left, &right], &curated, &named).pairs[&(0, 1)];
        assert_eq!(word.theme.as_deref(), Some("Heimat"));
    }

    #[test]
    fn the_readers_links_are_judgements_on_the_interviews_that_they_link() {
        use crate::notes::tests::{at, interview, uuid};
        use crate::notes::{Note, Store, Target};
        let one = interview("eins", &["Woher?", "Aus Ulm.", "Und wohin?", "Heim."]);
        let two = interview("zwei", &["Wo?", "Hier."]);
        let all = [one.clone(), two, one];
        let mut book = Book::new(Store::default(), &all);
        let mut link = |n: u32, verdict, passages: [(usize, usize); 2]| {
            let targets = passages.map(|(i, e)| Target::exchange(&all[i], e).unwrap());
            book.put(
                Note::link(uuid(n.into()), at(n.into()), verdict, targets),
                &all,
            );
        };
        link(1, Verdict::Confirmed, [(1, 0), (0, 1)]);
        link(2, Verdict::Rejected, [(0, 1), (0, 0)]);
        let question = |exchange: usize| all[0].paragraphs[2 * exchange].range();
        let between = judgements(&book, [0, 1]);
        assert_eq!(between.len(), 1, "a link within one says nothing of two");
        assert_eq!(
            (&between[0].left, between[0].verdict),
            (&question(1), Verdict::Confirmed)
        );
        assert_eq!(between[0].theme, None, "a verdict is no theme");
        assert_eq!(judgements(&book, [1, 2])[0].right, question(1));
        let twice = judgements(&book, [0, 2]);
        assert_eq!(
            (&twice[0].left, &twice[0].right),
            (&question(1), &question(0))
        );
    }

    #[test]
    fn the_shipped_pairs_keep_to_the_format() {
        let text = include_str!("../../assets/parallels.toml");
        let curated: Curated = text.parse().unwrap();
        assert_eq!(curated, Curated::shipped());
        assert!(!curated.edition.is_empty());
        assert!("[[edition]]\nlone = []".parse::<Curated>().is_err());
    }
}
