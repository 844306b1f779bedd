//! Themes: exchanges of two and more interviews that hang together, each named by somebody or by its most telling words.
//!
//! Clusters by average linkage (Sokal and Michener, *A statistical method for evaluating systematic relationships*, 1958):
//! beginning with the likeliest parallel, two groups become one where an exchange of the one and an exchange of the other
//! interview are, on the average, rather parallel than not. So a chain of parallels does not run together. What is left
//! over and has a parallel joins the theme of its best one; what has none is in no theme.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::alignment::SUGGESTED;
use super::{Alignment, Origin, Parallel, Side};

/// How many words name a theme that nobody has named.
const WORDS: usize = 3;

/// An exchange of several interviews: which interview, and which exchange of it, each counted from 0.
pub type Member = (usize, usize);

/// Exchanges that hang together.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// What it is called: by the reader, else by an editor or a judge who has one name for all of it.
    pub name: Option<String>,
    /// The words that its parallels rest on, the most telling first.
    pub words: Vec<String>,
    /// Its exchanges, in the order of the interviews.
    pub members: Vec<Member>,
}

impl Theme {
    /// Its name, or else its words.
    #[must_use]
    pub fn label(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.words.join(" · "))
    }
}

/// Two exchanges that are parallel, or are not.
struct Tie<'a> {
    members: [usize; 2],
    strength: f32,
    parallel: &'a Parallel,
}

/// The themes of interviews by the alignments between them, each with the two that it is of, left and right. Themes stand
/// in the order of their first members.
#[must_use]
pub fn themes(alignments: &[([usize; 2], &Alignment)]) -> Vec<Theme> {
    let mut numbers: BTreeMap<Member, usize> = BTreeMap::new();
    let ties: Vec<([Member; 2], f32, &Parallel)> = alignments
        .iter()
        .flat_map(|(between, alignment)| ties(*between, alignment))
        .collect();
    for member in ties.iter().flat_map(|(members, ..)| members) {
        numbers.insert(*member, 0);
    }
    for (place, number) in numbers.values_mut().enumerate() {
        *number = place;
    }
    let members: Vec<Member> = numbers.keys().copied().collect();
    let mut ties: Vec<Tie<'_>> = ties
        .into_iter()
        .map(|(members, strength, parallel)| Tie {
            members: members.map(|member| numbers.get(&member).copied().unwrap_or_default()),
            strength,
            parallel,
        })
        .collect();
    ties.sort_by(|a, b| {
        b.strength
            .total_cmp(&a.strength)
            .then(a.members.cmp(&b.members))
    });
    Grouping::new(&members, &ties).themes()
}

/// What is said of the exchanges of two interviews.
fn ties(
    [left, right]: [usize; 2],
    alignment: &Alignment,
) -> impl Iterator<Item = ([Member; 2], f32, &Parallel)> {
    let sizes = alignment.similarity().size();
    let sides = [(Side::Left, sizes.0), (Side::Right, sizes.1)];
    let of_side =
        move |(side, count)| (0..count).flat_map(move |here| alignment.candidates(side, here));
    let mut seen: HashMap<(usize, usize), &Parallel> = HashMap::new();
    for parallel in sides
        .into_iter()
        .flat_map(of_side)
        .chain(alignment.rejected())
    {
        seen.insert((parallel.left, parallel.right), parallel);
    }
    seen.into_values().map(move |parallel| {
        let strength = match parallel.origin {
            Origin::Confirmed | Origin::Curated => 1.0,
            Origin::Suggested => parallel.score,
            Origin::Rejected => -1.0,
        };
        (
            [(left, parallel.left), (right, parallel.right)],
            strength,
            parallel,
        )
    })
}

/// Exchanges in groups that grow.
struct Grouping<'a> {
    members: &'a [Member],
    ties: &'a [Tie<'a>],
    /// The ties of each member, by place.
    ties_of: Vec<Vec<usize>>,
    /// The group of each member.
    group_of: Vec<usize>,
    /// The members of each group; none where it has become part of another.
    groups: Vec<Vec<usize>>,
}

impl<'a> Grouping<'a> {
    fn new(members: &'a [Member], ties: &'a [Tie<'a>]) -> Grouping<'a> {
        let mut ties_of = vec![Vec::new(); members.len()];
        for (place, tie) in ties.iter().enumerate() {
            for member in tie.members {
                ties_of[member].push(place);
            }
        }
        Grouping {
            members,
            ties,
            ties_of,
            group_of: (0..members.len()).collect(),
            groups: (0..members.len()).map(|member| vec![member]).collect(),
        }
    }

    fn themes(mut self) -> Vec<Theme> {
        let parallels = self.ties.iter().take_while(|tie| tie.strength > 0.0);
        for tie in parallels.clone() {
            let [one, other] = tie.members.map(|member| self.group_of[member]);
            if one != other && self.strength(one, other) >= SUGGESTED {
                self.join(one, other);
            }
        }
        for tie in parallels {
            let [one, other] = tie.members.map(|member| self.group_of[member]);
            let lone = self.groups[one].len() == 1 || self.groups[other].len() == 1;
            if one != other && lone {
                self.join(one, other);
            }
        }
        let groups = self.groups.iter().filter(|group| group.len() > 1);
        let mut themes: Vec<Theme> = groups.map(|group| self.theme(group)).collect();
        themes.sort_by(|a, b| a.members.cmp(&b.members));
        themes
    }

    /// How parallel the exchanges of two groups are, on the average of those that are of different interviews.
    fn strength(&self, one: usize, other: usize) -> f32 {
        let (few, many) = match self.groups[one].len() <= self.groups[other].len() {
            true => (one, other),
            false => (other, one),
        };
        let ties = self.groups[few]
            .iter()
            .flat_map(|&member| &self.ties_of[member]);
        let ties = ties.map(|&place| &self.ties[place]);
        let across = ties.filter(|tie| tie.members.iter().any(|&m| self.group_of[m] == many));
        let sum: f32 = across.map(|tie| tie.strength).sum();
        let mut of_interview: HashMap<usize, usize> = HashMap::new();
        for &member in &self.groups[many] {
            *of_interview.entry(self.members[member].0).or_default() += 1;
        }
        let within = self.groups[few].iter();
        let within = within.filter_map(|&member| of_interview.get(&self.members[member].0));
        let count = self.groups[few].len() * self.groups[many].len() - within.sum::<usize>();
        if count == 0 { 0.0 } else { sum / count as f32 }
    }

    fn join(&mut self, one: usize, other: usize) {
        let moved = std::mem::take(&mut self.groups[other]);
        for &member in &moved {
            self.group_of[member] = one;
        }
        self.groups[one].extend(moved);
    }

    fn theme(&self, group: &[usize]) -> Theme {
        let inside = |tie: &&Tie<'_>| {
            let [one, other] = tie.members.map(|member| self.group_of[member]);
            one == other
                && group
                    .first()
                    .is_some_and(|&first| self.group_of[first] == one)
        };
        let mut weights: HashMap<&str, f32> = HashMap::new();
        let mut names: Vec<(Origin, &str)> = Vec::new();
        let mut places: Vec<usize> = group
            .iter()
            .flat_map(|&m| &self.ties_of[m])
            .copied()
            .collect();
        places.sort_unstable();
        places.dedup();
        let ties = places.into_iter().map(|place| &self.ties[place]);
        for tie in ties.filter(inside).filter(|tie| tie.strength > 0.0) {
            for (rank, term) in (1..).zip(&tie.parallel.terms) {
                let word = term.split('/').next().unwrap_or(term);
                *weights.entry(word).or_default() += 1.0 / rank as f32;
            }
            names.extend(
                tie.parallel
                    .theme
                    .as_deref()
                    .map(|name| (tie.parallel.origin, name)),
            );
        }
        let mut words: Vec<(&str, f32)> = weights.into_iter().collect();
        words.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        let words = words.into_iter().take(WORDS);
        let mut members: Vec<Member> = group.iter().map(|&member| self.members[member]).collect();
        members.sort_unstable();
        Theme {
            name: name(&names),
            words: words.map(|(word, _)| word.to_owned()).collect(),
            members,
        }
    }
}

/// The name of a theme whose parallels have these: the one that the reader has given to most of them, else the one that
/// all have in common.
fn name(names: &[(Origin, &str)]) -> Option<String> {
    let given = names
        .iter()
        .filter(|(origin, _)| *origin == Origin::Confirmed);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, name) in given {
        *counts.entry(name).or_default() += 1;
    }
    let most = counts.into_iter().min_by_key(|(_, count)| Reverse(*count));
    let (_, first) = names.first()?;
    let all = names.iter().all(|(_, name)| name == first);
    most.map(|(name, _)| name)
        .or(all.then_some(*first))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::Interview;
    use crate::notes::Verdict;
    use crate::parallels::made_up::{interview, shipped};
    use crate::parallels::{Curated, Judgement, Terms};

    /// The themes of interviews, with judgements on the first two.
    fn found(interviews: &[Interview], curated: &Curated, judged: &[Judgement]) -> Vec<Theme> {
        let terms: Vec<Terms> = interviews.iter().map(Terms::new).collect();
        let mut alignments = Vec::new();
        for left in 0..interviews.len() {
            for right in left + 1..interviews.len() {
                let said = if (left, right) == (0, 1) { judged } else { &[] };
                let (one, other) = (&interviews[left], &interviews[right]);
                let alignment =
                    Alignment::new(one, &terms[left], other, &terms[right], curated, said);
                alignments.push(([left, right], alignment));
            }
        }
        let alignments: Vec<_> = alignments.iter().map(|(of, a)| (*of, a)).collect();
        themes(&alignments)
    }

    fn cooks() -> Vec<Interview> {
        vec![
            interview(&[
                ("Was kochen Sie am liebsten?", "Suppe mit Linsen."),
                ("Wer hat Ihnen das Kochen beigebracht?", "Ein Schiffskoch."),
                ("Glauben Sie an Geister?", "Nein."),
            ]),
            interview(&[
                ("Wer hat Ihnen das Kochen beigebracht?", "Meine Tante."),
                ("Was kochen Sie am liebsten?", "Linsen, immer Linsen."),
            ]),
            interview(&[
                ("Wohin fahren Sie im Sommer?", "Ans Meer."),
                ("Was kochen Sie am liebsten?", "Eine Suppe aus Linsen."),
            ]),
        ]
    }

    #[test]
    fn what_hangs_together_across_three_interviews_is_a_theme_named_by_its_words() {
        let themes = found(&cooks(), &Curated::default(), &[]);
        let members: Vec<_> = themes.iter().map(|theme| theme.members.clone()).collect();
        assert_eq!(
            members,
            [vec![(0, 0), (1, 1), (2, 1)], vec![(0, 1), (1, 0)]]
        );
        assert!(themes[0].name.is_none());
        assert!(
            themes[0].label().contains("linsen"),
            "{}",
            themes[0].label()
        );
    }

    #[test]
    fn the_readers_name_counts_and_what_is_rejected_stays_apart() {
        let cooks = cooks();
        let judge = |verdict, [left, right]: [usize; 2], theme: Option<&str>| Judgement {
            verdict,
            left: cooks[0].span(cooks[0].exchanges[left].question.clone()),
            right: cooks[1].span(cooks[1].exchanges[right].question.clone()),
            theme: theme.map(str::to_owned),
        };
        let named = judge(Verdict::Confirmed, [0, 1], Some("Lieblingsgerichte"));
        let apart = judge(Verdict::Rejected, [1, 0], None);
        let themes = found(&cooks, &Curated::default(), &[named, apart]);
        assert_eq!(themes.len(), 1, "{themes:?}");
        assert_eq!(themes[0].label(), "Lieblingsgerichte");
    }

    #[test]
    fn parallels_that_form_a_chain_are_not_one_theme() {
        let themes = found(&shipped(), &Curated::shipped(), &[]);
        let of = |member| {
            themes
                .iter()
                .position(|theme| theme.members.contains(&member))
        };
        assert!(themes.len() >= 2, "{themes:?}");
        assert_ne!(of((0, 2)), of((0, 5)));
        for alone in [(0, 1), (0, 6), (1, 3), (1, 6)] {
            assert_eq!(of(alone), None);
        }
        let members = themes
            .iter()
            .map(|theme| theme.members.len())
            .sum::<usize>();
        assert_eq!(members, 5 + 9, "what has a parallel is in one theme");
    }

    #[test]
    fn nothing_has_no_themes() {
        assert!(found(&[interview(&[]), interview(&[])], &Curated::default(), &[]).is_empty());
        assert!(themes(&[]).is_empty());
    }
}
