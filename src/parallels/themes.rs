//! Themes: exchanges of two and more interviews that hang together, each named by somebody or by its most telling words.
//!
//! Clusters by average linkage (Sokal and Michener, *A statistical method for evaluating systematic relationships*, 1958):
//! beginning with the likeliest parallel, two groups become one where an exchange of the one and an exchange of the other
//! interview are, on the average, rather parallel than not. So a chain of parallels does not run together. What is left
//! over and has a parallel joins the theme of its best one; what has none is in no theme.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::alignment::SUGGESTED;
use super::between::{Between, Member, strength};
use super::{Origin, Parallel};

/// How many words name a theme that nobody has named.
const WORDS: usize = 3;

/// Between the names of a theme, or its words.
const BETWEEN: &str = " · ";

/// Exchanges that hang together.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// What it is called: by the reader and by editors, all that they have called parts of it; else by a judge who has
    /// one name for it.
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
        self.name
            .clone()
            .unwrap_or_else(|| self.words.join(BETWEEN))
    }
}

/// Two exchanges that are parallel, or are not.
struct Tie<'a> {
    members: [usize; 2],
    strength: f32,
    parallel: &'a Parallel,
}

/// The themes of interviews, by what is said of each two of them. Themes stand in the order of their first members.
#[must_use]
pub fn themes<'a>(between: impl IntoIterator<Item = &'a Between>) -> Vec<Theme> {
    let mut numbers: BTreeMap<Member, usize> = BTreeMap::new();
    let pairs: Vec<([Member; 2], &Parallel)> = between
        .into_iter()
        .flat_map(|two| two.pairs.iter().map(|pair| (two.members(pair), pair)))
        .collect();
    for member in pairs.iter().flat_map(|(members, _)| members) {
        numbers.insert(*member, 0);
    }
    for (place, number) in numbers.values_mut().enumerate() {
        *number = place;
    }
    let members: Vec<Member> = numbers.keys().copied().collect();
    let mut ties: Vec<Tie<'_>> = pairs
        .into_iter()
        .map(|(members, parallel)| Tie {
            members: members.map(|member| numbers.get(&member).copied().unwrap_or_default()),
            strength: strength(parallel).min(1.0),
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

/// The name of a theme whose parallels have these: those that the reader has given, then those of editors, the more
/// frequent first; else the one that a judge has for all of it.
fn name(names: &[(Origin, &str)]) -> Option<String> {
    let of = |wanted: Origin| {
        let of = names.iter().filter(move |(origin, _)| *origin == wanted);
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for (_, name) in of {
            match counts.iter_mut().find(|(known, _)| known == name) {
                Some((_, count)) => *count += 1,
                None => counts.push((name, 1)),
            }
        }
        counts.sort_by_key(|(_, count)| Reverse(*count));
        counts.into_iter().map(|(name, _)| name)
    };
    let mut given: Vec<&str> = of(Origin::Confirmed).collect();
    for name in of(Origin::Curated) {
        if !given.contains(&name) {
            given.push(name);
        }
    }
    match (given.is_empty(), names.first()) {
        (false, _) => Some(given.join(BETWEEN)),
        (true, Some((_, first))) if names.iter().all(|(_, name)| name == first) => {
            Some((*first).to_owned())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::Interview;
    use crate::notes::Verdict;
    use crate::parallels::made_up::{interview, shipped};
    use crate::parallels::{Alignment, Curated, Judgement, Terms};

    /// The themes of interviews, with judgements on the first two.
    fn found(interviews: &[Interview], curated: &Curated, judged: &[Judgement]) -> Vec<Theme> {
        let terms: Vec<Terms> = interviews.iter().map(Terms::new).collect();
        let mut between = Vec::new();
        for left in 0..interviews.len() {
            for right in left + 1..interviews.len() {
                let said = if (left, right) == (0, 1) { judged } else { &[] };
                let (one, other) = (&interviews[left], &interviews[right]);
                let alignment =
                    Alignment::new(one, &terms[left], other, &terms[right], curated, said);
                between.push(Between::new([left, right], &alignment));
            }
        }
        themes(&between)
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
        assert!(themes([]).is_empty());
    }

    #[test]
    fn a_theme_bears_all_the_names_that_it_was_given_the_readers_first() {
        use Origin::{Confirmed, Curated, Suggested};
        let named = |names: &[(Origin, &str)]| name(names).unwrap_or_default();
        let both = [(Curated, "Geld"), (Curated, "Ehre"), (Curated, "Geld")];
        assert_eq!(named(&both), "Geld · Ehre");
        assert_eq!(named(&both[..2]), "Geld · Ehre", "as they come");
        let renamed = [(Curated, "Geld"), (Curated, "Ruhm"), (Confirmed, "Lohn")];
        assert_eq!(named(&renamed), "Lohn · Geld · Ruhm");
        assert_eq!(named(&[(Confirmed, "Geld"), (Curated, "Geld")]), "Geld");
        let judged = [(Suggested, "Mut"), (Suggested, "Mut")];
        assert_eq!(named(&judged), "Mut");
        assert_eq!(name(&[(Suggested, "Mut"), (Suggested, "Wut")]), None);
        assert_eq!(named(&[(Suggested, "Mut"), (Curated, "Ehre")]), "Ehre");
    }
}
