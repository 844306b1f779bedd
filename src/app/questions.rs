//! The list of questions, by interview or by theme, and its filter.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::line::TypedLine;
use crate::find::filter::{Filter, Matches, emphasis};
use crate::find::query::Query;
use crate::interview::Interview;
use crate::parallels::between::Member;
use crate::parallels::themes::Theme;
use crate::text::width;

/// The list of questions. A question is known by its interview in the library and its exchange there.
#[derive(Debug, Default)]
pub struct Questions {
    /// The filter, as typed.
    pub typed: TypedLine,
    /// The chosen one among those that pass, by place.
    pub chosen: usize,
    /// The themes that it is grouped by, where it is.
    pub themes: Option<Themes>,
    /// The first row that is seen; made by [`Questions::settle`].
    pub top: usize,
    /// The interviews whose questions are listed.
    sources: Vec<Source>,
    filter: Filter,
    query: Query,
    matches: Matches,
}

/// An interview whose questions are listed.
#[derive(Debug)]
struct Source {
    /// Which one of the library.
    index: usize,
    interview: Arc<Interview>,
    /// What tells it from the others, in few letters.
    sign: String,
    /// How many questions stand before its first one.
    first: usize,
}

/// What the list is grouped by.
#[derive(Debug, Default)]
pub struct Themes {
    /// What each theme is called; what comes after them has no counterpart.
    pub names: Vec<String>,
    /// The theme of each question, by place in `names`.
    of: HashMap<Member, usize>,
    /// The rows of the list, made when it is filtered.
    rows: Vec<Row>,
}

impl Themes {
    /// The themes that were `found`.
    #[must_use]
    pub fn new(found: &[Theme]) -> Themes {
        let members = found.iter().enumerate();
        let of = members.flat_map(|(place, theme)| theme.members.iter().map(move |m| (*m, place)));
        Themes {
            names: found.iter().map(Theme::label).collect(),
            of: of.collect(),
            rows: Vec::new(),
        }
    }
}

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// The name of an interview, by index.
    Heading(usize),
    /// The name of a theme, by place; past the last one, that what follows has no counterpart.
    Theme(usize),
    /// A question, and its place among those that pass.
    Question(Member, usize),
    /// A blank row.
    Blank,
}

impl Questions {
    /// Takes the questions of these interviews of the library, and the themes to group them by; the filter stays, and so
    /// does the chosen question, if it still passes.
    pub fn set(&mut self, interviews: Vec<(usize, Arc<Interview>)>, themes: Option<Themes>) {
        let before = self.choice();
        let mut known = self.sources.iter().zip(&interviews);
        let same = self.sources.len() == interviews.len()
            && known.all(|(source, (index, interview))| {
                source.index == *index && Arc::ptr_eq(&source.interview, interview)
            });
        self.themes = themes;
        if !same {
            self.take(interviews);
        }
        self.pass(before);
    }

    fn take(&mut self, interviews: Vec<(usize, Arc<Interview>)>) {
        let of = |interview: &Interview| {
            let exchanges = 0..interview.exchanges.len();
            let questions = exchanges.map(|exchange| one_line(interview.question(exchange)));
            questions.collect::<Vec<String>>()
        };
        let all: Vec<String> = interviews.iter().flat_map(|(_, i)| of(i)).collect();
        self.filter = Filter::new(all.iter().map(String::as_str));
        let labels: Vec<&str> = interviews.iter().map(|(_, i)| i.short_label()).collect();
        // Of interviews with the same people the file's name tells which is which.
        let named = interviews
            .iter()
            .zip(&labels)
            .map(|((_, interview), label)| {
                let alike = labels.iter().filter(|other| *other == label).count();
                if alike > 1 {
                    interview.name.as_str()
                } else {
                    label
                }
            });
        let labels: Vec<&str> = named.collect();
        let signs = told_apart(&labels);
        let mut first = 0;
        let sources = interviews.into_iter().zip(signs);
        let sources = sources.map(|((index, interview), sign)| {
            let before = first;
            first += interview.exchanges.len();
            Source {
                index,
                interview,
                sign,
                first: before,
            }
        });
        self.sources = sources.collect();
    }

    /// The interview of this index in the library, if its questions are listed, and what tells it from the others.
    #[must_use]
    pub fn interview(&self, index: usize) -> Option<(&Arc<Interview>, &str)> {
        let source = self.sources.iter().find(|source| source.index == index)?;
        Some((&source.interview, &source.sign))
    }

    /// How many digits the numbers of its questions have, at least two; where all stand in one group, those of any.
    #[must_use]
    pub fn digits(&self, index: usize) -> usize {
        let grouped = self.themes.is_some();
        let of = self.sources.iter();
        let of = of.filter(|source| grouped || source.index == index);
        let most = of.map(|source| source.interview.exchanges.len()).max();
        most.unwrap_or(0).max(10).ilog10() as usize + 1
    }

    /// How wide the longest is of what tells the interviews apart, in cells.
    #[must_use]
    pub fn longest_name(&self) -> usize {
        let widths = self.sources.iter().map(|source| width(&source.sign));
        widths.max().unwrap_or(0)
    }

    /// Whether questions of more interviews than two stand in one group.
    #[must_use]
    pub fn is_of_many(&self) -> bool {
        self.sources.len() > 2
    }

    /// Filters anew by what is typed; the chosen question stays chosen if it still passes.
    pub fn refilter(&mut self) {
        self.pass(self.choice());
    }

    /// Finds what passes, and chooses `before` again.
    fn pass(&mut self, before: Option<Member>) {
        self.query = Query::parse(self.typed.text());
        self.matches = self.filter.matches(&self.query);
        self.group();
        self.chosen = before.and_then(|before| self.place_of(before)).unwrap_or(0);
    }

    /// Puts what passes in the order of the themes, and a row for the name of each.
    fn group(&mut self) {
        let Some(mut themes) = self.themes.take() else {
            return;
        };
        let last = themes.names.len();
        let theme = |member: &Option<Member>| {
            let theme = member.and_then(|member| themes.of.get(&member).copied());
            theme.unwrap_or(last)
        };
        let passing = self.matches.rows.iter();
        let mut placed: Vec<(usize, u32)> = passing
            .map(|row| (theme(&self.question(*row)), *row))
            .collect();
        placed.sort_unstable();
        themes.rows.clear();
        let mut number = 0;
        for (place, same) in placed.chunk_by(|a, b| a.0 == b.0).enumerate() {
            if place > 0 {
                themes.rows.push(Row::Blank);
            }
            let heading = same.first().map(|(theme, _)| Row::Theme(*theme));
            themes.rows.extend(heading);
            for (_, row) in same {
                let question = self.question(*row);
                let question = question.map(|member| Row::Question(member, number));
                themes.rows.extend(question);
                number += 1;
            }
        }
        self.matches.rows = placed.into_iter().map(|(_, row)| row).collect();
        self.themes = Some(themes);
    }

    /// How many pass, and how many there are.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        (self.matches.rows.len(), self.filter.len())
    }

    /// Whether only a loose match was found: letters in order, anywhere in the line.
    #[must_use]
    pub fn is_loose(&self) -> bool {
        self.matches.loose
    }

    /// The chosen question.
    #[must_use]
    pub fn choice(&self) -> Option<Member> {
        self.at(self.chosen)
    }

    /// Chooses a question, if it passes.
    pub fn choose(&mut self, member: Member) {
        if let Some(place) = self.place_of(member) {
            self.chosen = place;
        }
    }

    /// Moves the choice by `by` questions, and stops at the ends.
    pub fn step(&mut self, by: isize) {
        let last = self.matches.rows.len().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(by).min(last);
    }

    /// The bytes of a question that the filter matched.
    #[must_use]
    pub fn emphasis(&self, question: &str) -> Vec<Range<usize>> {
        emphasis(&self.query, question, self.matches.loose)
    }

    /// Moves the list so that the chosen question is among `height` rows.
    pub fn settle(&mut self, height: usize) {
        let row = self.row_of(self.chosen);
        let head = row.checked_sub(1).and_then(|above| self.row(above));
        let headed = matches!(head, Some(Row::Heading(_) | Row::Theme(_)));
        let first = row.saturating_sub(usize::from(headed));
        self.top = self.top.min(first).max((row + 1).saturating_sub(height));
        self.top = self
            .top
            .min(self.len().saturating_sub(height.min(self.len())));
    }

    /// How many rows there are, headings and blank ones among them.
    #[must_use]
    pub fn len(&self) -> usize {
        if let Some(themes) = &self.themes {
            return themes.rows.len();
        }
        let rows = self.blocks().map(|(_, places)| places.len() + 2).sum();
        usize::saturating_sub(rows, 1)
    }

    /// Whether nothing passes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.matches.rows.is_empty()
    }

    /// Row `row` of the list.
    #[must_use]
    pub fn row(&self, row: usize) -> Option<Row> {
        if let Some(themes) = &self.themes {
            return themes.rows.get(row).copied();
        }
        let mut row = row;
        for (source, places) in self.blocks() {
            match row.checked_sub(places.len() + 1) {
                Some(0) => return (places.end < self.matches.rows.len()).then_some(Row::Blank),
                Some(rest) => row = rest - 1,
                None if row == 0 => return Some(Row::Heading(source.index)),
                None => {
                    let place = places.start + row - 1;
                    return self.at(place).map(|member| Row::Question(member, place));
                }
            }
        }
        None
    }

    fn row_of(&self, place: usize) -> usize {
        if let Some(themes) = &self.themes {
            let is = |row: &Row| matches!(row, Row::Question(_, at) if *at == place);
            return themes.rows.iter().position(is).unwrap_or(0);
        }
        let before = self.blocks().filter(|(_, places)| places.end <= place);
        place + 1 + 2 * before.count()
    }

    /// The interviews of which questions pass, with the places of these.
    fn blocks(&self) -> impl Iterator<Item = (&Source, Range<usize>)> {
        let rows = &self.matches.rows;
        let places = |source: &Source| {
            let at = |number: usize| rows.partition_point(|&row| (row as usize) < number);
            at(source.first)..at(source.first + source.interview.exchanges.len())
        };
        let blocks = self
            .sources
            .iter()
            .map(move |source| (source, places(source)));
        blocks.filter(|(_, places)| !places.is_empty())
    }

    fn at(&self, place: usize) -> Option<Member> {
        self.question(*self.matches.rows.get(place)?)
    }

    /// A question by its number among all.
    fn question(&self, number: u32) -> Option<Member> {
        let number = number as usize;
        let after = self
            .sources
            .partition_point(|source| source.first <= number);
        let source = self.sources.get(after.checked_sub(1)?)?;
        Some((source.index, number - source.first))
    }

    fn place_of(&self, (index, exchange): Member) -> Option<usize> {
        let source = self.sources.iter().find(|source| source.index == index)?;
        let row = u32::try_from(source.first + exchange).ok()?;
        match &self.themes {
            Some(_) => self.matches.rows.iter().position(|known| *known == row),
            None => self.matches.rows.binary_search(&row).ok(),
        }
    }
}

/// What tells each of `labels` from the others: the words left out that all of them begin with, and those that it begins
/// with as the one most like it does, where no other is called so then.
fn told_apart(labels: &[&str]) -> Vec<String> {
    // The bytes of the words with which both begin.
    let alike = |one: &str, other: &str| {
        let same = one.char_indices().zip(other.chars());
        let same = same.take_while(|((_, a), b)| a == b);
        let words = same.filter(|((_, c), _)| !c.is_alphanumeric());
        words.last().map_or(0, |((at, c), _)| at + c.len_utf8())
    };
    let first = labels.first().copied().unwrap_or_default();
    let all = labels.iter().map(|label| alike(label, first)).min();
    let named = |rest: &str| !rest.is_empty();
    let rests: Option<Vec<&str>> = labels
        .iter()
        .map(|label| label.get(all.unwrap_or(0)..).filter(|rest| named(rest)))
        .collect();
    let labels = rests.unwrap_or_else(|| labels.to_vec());
    let own = |(place, label): (usize, &&str)| {
        let others = labels
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != place);
        let most = others.map(|(_, other)| alike(label, other)).max();
        label.get(most.unwrap_or(0)..).unwrap_or(label).to_owned()
    };
    let mut told: Vec<String> = labels.iter().enumerate().map(own).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for own in &told {
        *counts.entry(own.clone()).or_default() += 1;
    }
    for (own, label) in told.iter_mut().zip(labels) {
        if own.is_empty() || counts.get(own.as_str()).is_some_and(|count| *count > 1) {
            label.clone_into(own);
        }
    }
    told
}

/// How much of a question the list knows, in bytes: no question is longer, but a text without structure may be.
const LONGEST: usize = 4000;

/// A question on one line, as the list knows it; its offsets stay.
#[must_use]
pub fn one_line(question: &str) -> String {
    question[..question.floor_char_boundary(LONGEST)].replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::{Role, Turn};

    fn interview(questions: &[&str]) -> Arc<Interview> {
        let turns = (0..questions.len()).map(|at| Turn::new(Role::Question, at..at + 1));
        Arc::new(Interview::new(questions, turns.collect()))
    }

    #[test]
    fn each_interview_has_a_heading_and_each_question_a_row() {
        let mut list = Questions::default();
        let talks = [
            (4, interview(&["Woher?", "Wohin?"])),
            (0, interview(&[])),
            (2, interview(&["Warum?"])),
        ];
        list.set(talks.to_vec(), None);
        let rows: Vec<Row> = (0..).map_while(|row| list.row(row)).collect();
        let expected = [
            Row::Heading(4),
            Row::Question((4, 0), 0),
            Row::Question((4, 1), 1),
            Row::Blank,
            Row::Heading(2),
            Row::Question((2, 0), 2),
        ];
        assert_eq!((rows.as_slice(), list.len()), (&expected[..], 6));
        for (row, expected) in rows.iter().enumerate() {
            if let Row::Question(member, place) = expected {
                assert_eq!((list.row_of(*place), list.at(*place)), (row, Some(*member)));
            }
        }
        list.choose((2, 0));
        list.typed.paste("wo");
        list.refilter();
        assert_eq!((list.len(), list.choice()), (3, Some((4, 0))));
    }

    #[test]
    fn what_is_chosen_stays_chosen_when_other_interviews_come_in() {
        let (one, two) = (interview(&["Woher?"]), interview(&["Woher?", "Warum?"]));
        let mut list = Questions::default();
        list.set(vec![(1, Arc::clone(&two))], None);
        list.choose((1, 1));
        let theme = Theme {
            name: None,
            words: vec!["woher".into()],
            members: vec![(0, 0), (1, 0)],
        };
        list.set(vec![(0, one), (1, two)], Some(Themes::new(&[theme])));
        assert_eq!(list.choice(), Some((1, 1)));
        let rows: Vec<Row> = (0..).map_while(|row| list.row(row)).collect();
        assert_eq!(rows.last(), Some(&Row::Question((1, 1), 2)));
        assert_eq!((rows[0], rows[4]), (Row::Theme(0), Row::Theme(1)));
    }

    #[test]
    fn labels_are_told_apart_by_what_they_do_not_share() {
        let apart = |labels: &[&str]| told_apart(labels).join("|");
        assert_eq!(apart(&["Gespräch B1", "Gespräch B2"]), "B1|B2");
        assert_eq!(apart(&["Ada Kroll", "Bo Lenz"]), "Ada Kroll|Bo Lenz");
        assert_eq!(apart(&["Gespräch", "Gespräch 2"]), "Gespräch|Gespräch 2");
        let groups = ["Kurs A Bo", "Kurs A Ina", "Kurs B Ute"];
        assert_eq!(apart(&groups), "Bo|Ina|B Ute");
        let twice = ["Kurs A Bo", "Kurs A Ina", "Kurs B Bo", "Kurs B Ina"];
        assert_eq!(apart(&twice), "A Bo|A Ina|B Bo|B Ina");
        let mixed = ["de-x-1", "en-x-1", "de-x-2", "de-y-7"];
        assert_eq!(apart(&mixed), "1|en-x-1|2|y-7");
        assert_eq!(apart(&["a-x", "a-x"]), "x|x");
        assert_eq!(apart(&[]), "");
    }
}
