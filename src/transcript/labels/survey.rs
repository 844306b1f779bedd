//! Which of the words before colons are speakers: seen from the whole file.

use std::collections::HashMap;

use super::Labels;
use super::name::{Head, is_handle, is_known, is_numbered};
use crate::transcript::head::is_key;

/// More speakers than this no interview has; what has more is a list of terms.
const MOST: usize = 16;

/// What is seen of the labels of a file on the way through it.
#[derive(Default)]
pub struct Survey<'a> {
    /// The labels, in the order of their first appearance.
    labels: Vec<Label<'a>>,
    indices: HashMap<&'a str, u32>,
    /// The labels as they stand there, by index, but for those that follow on themselves.
    order: Vec<u32>,
    /// How many paragraphs have one.
    labelled: usize,
    /// How many of these have a time beside it.
    timed: usize,
    /// How many paragraphs there are.
    paragraphs: usize,
    /// Whether the paragraph before had one.
    adjacent: bool,
    /// Whether the first paragraph has one.
    opens: bool,
}

struct Label<'a> {
    text: &'a str,
    /// How often it stands there.
    count: usize,
    /// Whether a time beside it leaves no doubt.
    sure: bool,
}

impl<'a> Survey<'a> {
    /// Looks at a line: what may be its label, and whether it begins a paragraph.
    pub fn see(&mut self, head: Option<Head<'a>>, begins: bool) {
        if let Some(head) = head {
            let index = self.index(head.label);
            if let Some(label) = self.labels.get_mut(index as usize) {
                label.sure |= head.sure;
                if !self.adjacent || self.order.last() != Some(&index) {
                    label.count += 1;
                    self.order.push(index);
                }
            }
            self.opens |= self.paragraphs == 0;
            self.labelled += 1;
            self.timed += usize::from(head.time.is_some());
            self.adjacent = true;
        }
        if begins || head.is_some() {
            self.paragraphs += 1;
            self.adjacent = head.is_some();
        }
    }

    /// How many labels stand above the conversation: once each, above two that come again and again, they begin lines
    /// about the interview (*Interviewer: Ada Kroll*).
    fn heads(&self) -> usize {
        let often = |label: &&Label| label.count > 1;
        let heads = self.labels.iter().take_while(|label| !often(label));
        match self.labels.iter().filter(often).count() {
            0 | 1 => 0,
            _ => heads.count(),
        }
    }

    fn index(&mut self, text: &'a str) -> u32 {
        // Two take turns: it is mostly the last label but one.
        let before = self.order.iter().rev().nth(1).copied();
        let known = |index: &u32| {
            self.labels
                .get(*index as usize)
                .is_some_and(|l| l.text == text)
        };
        if let Some(index) = before.filter(known) {
            return index;
        }
        let next = self.labels.len() as u32;
        let index = *self.indices.entry(text).or_insert(next);
        if index == next {
            self.labels.push(Label {
                text,
                count: 0,
                sure: false,
            });
        }
        index
    }

    /// The labels: there must be two at least; each recurs, or is a word that labels (`Frage`, `Q`); they take turns; and
    /// they stand before one paragraph in ten at the least. Where they stand before nearly all, or are nothing but initials,
    /// or there is a time beside it, a voice may be heard once.
    pub fn labels(self) -> Labels {
        let timed = self.timed > 0 && self.timed * 10 >= self.labelled * 9;
        let all = self.labelled * 10 >= self.paragraphs * 9;
        let short = |label: &str| label.chars().count() <= 2;
        let heads = self.heads();
        let recurs = |(at, label): (usize, &Label)| label.recurs() && (at >= heads || label.sure);
        let recurs: Vec<bool> = self.labels.iter().enumerate().map(recurs).collect();
        let sure: Vec<usize> = (0..recurs.len())
            .filter(|at| recurs[*at])
            .take(MOST + 1)
            .collect();
        let initials = sure.len() > 1 && sure.iter().all(|at| short(self.labels[*at].text));
        if sure.is_empty() || sure.len() > MOST {
            return Labels::default();
        }
        // Of each, the name it stands for.
        let mut names: Vec<&str> = Vec::new();
        let mut slips: Vec<(String, usize)> = Vec::new();
        let mut voices: Vec<Option<usize>> = Vec::with_capacity(self.labels.len());
        for (at, (label, recurs)) in self.labels.iter().zip(&recurs).enumerate() {
            // A title may have a colon.
            let titles = !label.sure && (at < heads || at == 0 && self.opens);
            let once = all && !timed || timed && label.sure || initials && short(label.text);
            let meant = || {
                let names = sure.iter().map(|at| (at, self.labels[*at].text));
                let mut fuller = names
                    .clone()
                    .filter(|(_, name)| is_fuller(label.text, name));
                let slip = names.clone().find(|(_, name)| is_slip(label.text, name));
                let fuller = fuller.next().filter(|_| fuller.next().is_none());
                slip.or(fuller).map(|(at, _)| at)
            };
            voices.push(if *recurs {
                Some(place(&mut names, label.text))
            } else if let Some(meant) = meant() {
                let voice = place(&mut names, self.labels[*meant].text);
                slips.push((label.text.to_owned(), voice));
                Some(voice)
            } else if once && !titles && !is_key(label.text) {
                Some(place(&mut names, label.text))
            } else {
                None
            });
            if slips.len().max(names.len()) > MOST {
                return Labels::default();
            }
        }
        let order = self.order.iter();
        let order: Vec<usize> = order.filter_map(|at| *voices.get(*at as usize)?).collect();
        let changes = order.windows(2).filter(|pair| pair[0] != pair[1]).count();
        let takes_turns = timed || changes * 2 >= order.len().saturating_sub(1);
        let enough = timed || self.labelled * 10 >= self.paragraphs;
        if !(2..=MOST).contains(&names.len()) || !takes_turns || !enough {
            return Labels::default();
        }
        Labels {
            names: names.into_iter().map(str::to_owned).collect(),
            slips,
            timed,
        }
    }
}

/// The place of `name` among `names`, where it is put if it isn't there.
fn place<'a>(names: &mut Vec<&'a str>, name: &'a str) -> usize {
    let known = names.iter().position(|other| *other == name);
    known.unwrap_or_else(|| {
        names.push(name);
        names.len() - 1
    })
}

impl Label<'_> {
    fn recurs(&self) -> bool {
        let least = if is_handle(self.text) { 3 } else { 2 };
        self.count >= least || is_known(self.text) || is_numbered(self.text)
    }
}

/// Whether `label` says more of whom `name` stands for, as where they speak first: *Ada Kroll*, *ADA KROLL, HOST* for *Kroll*.
fn is_fuller(label: &str, name: &str) -> bool {
    let whole = label.split(',').next().unwrap_or_default().trim();
    let more = |rest: Option<&str>, end: fn(&str) -> bool| rest.is_some_and(end);
    // *Ada Kroll (AK)* for *AK*
    let inside = label
        .strip_suffix(')')
        .and_then(|label| label.rsplit_once(" ("));
    inside.is_some_and(|(_, initials)| initials == name)
        || name.chars().count() > 2
            && (whole == name && whole.len() < label.len()
                || more(whole.strip_suffix(name), |rest| rest.ends_with(' '))
                || more(label.strip_prefix(name), |rest| rest.starts_with(' ')))
}

/// Whether `label` is `name` with a slip of the pen: another case, or one letter more, less or different.
fn is_slip(label: &str, name: &str) -> bool {
    let letters = |text: &str| {
        text.chars()
            .flat_map(char::to_lowercase)
            .collect::<Vec<_>>()
    };
    let (mut a, mut b) = (letters(label), letters(name));
    if a.len() > b.len() {
        std::mem::swap(&mut a, &mut b);
    }
    if a == b {
        return true;
    }
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (rest, other) = (&a[same..], &b[same..]);
    // *Speaker 1* and *Speaker 2* are two.
    let letter = other.first().is_some_and(|c| c.is_alphabetic());
    let off = if a.len() == b.len() { 1 } else { 0 };
    a.len() > 3 && letter && rest.get(off..) == other.get(1..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_be_said_in_full_where_it_stands_first() {
        for (label, name) in [
            ("Ada Kroll", "Kroll"),
            ("Ada Kroll", "Ada"),
            ("ADA KROLL, HOST", "KROLL"),
            ("KROLL, HOST", "KROLL"),
            ("Ada Kroll (AK)", "AK"),
        ] {
            assert!(is_fuller(label, name), "{label}");
        }
        for (label, name) in [("Adam", "Ada"), ("Bo Kroll", "Ada"), ("A B", "B")] {
            assert!(!is_fuller(label, name), "{label}");
        }
    }

    #[test]
    fn a_slip_of_the_pen_is_told_from_another_name() {
        for (label, name) in [
            ("kroll", "Kroll"),
            ("Krol", "Kroll"),
            ("Krolll", "Kroll"),
            ("Kröll", "Kroll"),
        ] {
            assert!(is_slip(label, name), "{label}");
        }
        for (label, name) in [
            ("Speaker 1", "Speaker 2"),
            ("Bo", "Jo"),
            ("Krause", "Kroll"),
            ("S1", "S2"),
        ] {
            assert!(!is_slip(label, name), "{label}");
        }
    }
}
