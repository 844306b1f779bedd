//! The list of questions by theme: what hangs together across the interviews of the library.
//!
//! The interviews are read and compared beside the reader; the list stays as it is until that is done. Of each two it is
//! kept what was found, so that a word of the reader's costs comparing two again and not all.

use std::collections::HashMap;
use std::sync::Arc;

use super::effect::{Effect, Job};
use super::message::Loaded;
use super::questions::Themes;
use super::{App, Entry, Focus, Side};
use crate::interview::Interview;
use crate::notes::book::Link;
use crate::parallels::alignment::Alignment;
use crate::parallels::between::{Between, Member, Two};
use crate::parallels::themes::Theme;
use crate::parallels::{Judgement, judgements_of};

/// How many interviews are compared at most: of these there are 780 times two, which takes about a second.
const MOST: usize = 40;

/// Whether the questions are wanted by theme, and what was found.
#[derive(Debug, Default)]
pub struct Grouping {
    /// Whether the reader wants them by theme.
    wanted: bool,
    /// Each two of the interviews, as they were when themes were last asked for.
    twos: Vec<Two>,
    /// The themes of these; none before they are found, and when a text has become another.
    found: Option<Vec<Theme>>,
    /// Whether it is still to be said that the list is another.
    owed: bool,
    generation: u64,
}

impl Grouping {
    /// What stands opposite `member`, best first, in the interview `with` or in any.
    fn opposite(&self, member: Member, with: Option<usize>) -> Option<(Member, f32)> {
        let twos = self.twos.iter().filter(|two| {
            two.of.contains(&member.0) && with.is_none_or(|with| two.of.contains(&with))
        });
        let found = twos.filter_map(|two| two.between.as_ref()?.opposite(member));
        found.min_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)))
    }
}

impl App {
    /// Lists the questions by theme, or by interview again.
    pub(super) fn group(&mut self, effects: &mut Vec<Effect>) {
        self.grouping.wanted = !self.grouping.wanted;
        if !self.grouping.wanted {
            self.list_questions();
            let said = self
                .lang
                .tr("questions by interview", "Fragen nach Interviews");
            return self.say(said);
        }
        let among = self.among();
        if among.len() < 2 {
            self.grouping.wanted = false;
            return self.say(self.lang.tr(
                "themes are found across interviews; there is only one",
                "Themen gibt es zwischen Interviews; hier ist nur eines",
            ));
        }
        let count = among.len();
        self.say(self.lang.tr(
            format!("looking for themes in {count} interviews …"),
            format!("Themen in {count} Interviews werden gesucht …"),
        ));
        self.grouping.owed = true;
        self.gather(&among, effects);
        self.regroup(effects);
    }

    /// The interviews whose questions are grouped, by index: those that are read, and the first of the library.
    fn among(&self) -> Vec<usize> {
        let standing = self.columns.iter().map(|column| column.index);
        let mut among: Vec<usize> = Vec::new();
        for index in standing.chain(0..self.library.len()) {
            let readable = |entry: &Entry| entry.interview.is_some() || entry.problem.is_none();
            let there = self.library.get(index).is_some_and(readable);
            if there && among.len() < MOST && !among.contains(&index) {
                among.push(index);
            }
        }
        among.sort_unstable();
        among
    }

    /// Asks for those of `among` that nobody has read yet.
    fn gather(&mut self, among: &[usize], effects: &mut Vec<Effect>) {
        let mut paths = Vec::new();
        for &index in among {
            let Some(entry) = self.library.get_mut(index) else {
                continue;
            };
            // One that was asked for before comes without being asked for again.
            if let (None, Some(path), 0) = (&entry.interview, &entry.path, entry.generation) {
                paths.push((index, path.clone()));
                entry.generation = 1;
            }
        }
        if !paths.is_empty() {
            effects.push(Effect::Begin(Job::Gather { paths }));
        }
    }

    /// Interviews of the library were read, or could not be.
    pub(super) fn gathered(&mut self, gathered: Vec<Loaded>, effects: &mut Vec<Effect>) {
        for loaded in gathered {
            let entry = self.library.get_mut(loaded.index);
            let Some(entry) = entry.filter(|entry| entry.generation == loaded.generation) else {
                continue;
            };
            match loaded.result {
                Ok(interview) => entry.take(interview),
                Err(problem) => entry.problem = Some(problem),
            }
        }
        // With all of them: looking for the notes in many interviews takes time.
        if self.all_whole().is_some() {
            self.know_interviews();
            self.regroup(effects);
        }
    }

    /// The interviews whose questions are grouped, once all of them are there.
    fn all_whole(&self) -> Option<Vec<(usize, Arc<Interview>)>> {
        let whole = |index: usize| Some((index, Arc::clone(self.library.get(index)?.whole()?)));
        self.among().into_iter().map(whole).collect()
    }

    /// Asks for the themes where something is another than when they were last asked for, and all interviews are there.
    pub(super) fn regroup(&mut self, effects: &mut Vec<Effect>) {
        let Some(all) = self.all_whole().filter(|_| self.grouping.wanted) else {
            return self.list_questions();
        };
        let before = std::mem::take(&mut self.grouping.twos);
        let book = &self.annotations.book;
        let links: Vec<Link> = book.links().collect();
        let known: HashMap<[usize; 2], &Two> = before.iter().map(|two| (two.of, two)).collect();
        let mut twos = Vec::with_capacity(before.len());
        let (mut same_texts, mut same) = (true, true);
        for (place, (right, other)) in all.iter().enumerate() {
            for (left, one) in all.iter().take(place) {
                let of = [*left, *right];
                let mut two = Two {
                    of,
                    interviews: [Arc::clone(one), Arc::clone(other)],
                    judgements: judgements_of(book, &links, of),
                    between: None,
                };
                let known = known.get(&of);
                match known.filter(|known| known.is_as(&two)) {
                    Some(known) => two.between.clone_from(&known.between),
                    None => same = false,
                }
                same_texts &= known.is_some_and(|known| known.is_of(&two));
                twos.push(two);
            }
        }
        let as_many = twos.len() == before.len();
        if !same_texts || !as_many {
            self.grouping.found = None;
        }
        self.grouping.twos = twos;
        if !same || !as_many {
            self.find_themes(effects);
        }
        self.list_questions();
    }

    /// Asks for the themes of what is known, and of what is still to be compared.
    fn find_themes(&mut self, effects: &mut Vec<Effect>) {
        self.grouping.generation += 1;
        effects.push(Effect::Begin(Job::Group {
            twos: self.grouping.twos.clone(),
            curated: self.pairing.is_curated(),
            generation: self.grouping.generation,
        }));
    }

    /// The themes were found.
    pub(super) fn grouped(&mut self, generation: u64, twos: Vec<Two>, themes: Vec<Theme>) {
        if generation == self.grouping.generation {
            self.grouping.twos = twos;
            self.grouping.found = Some(themes);
            self.list_questions();
        }
    }

    /// What a judge says of the two interviews in the columns counts among all too.
    pub(super) fn group_judged(&mut self, alignment: &Alignment, effects: &mut Vec<Effect>) {
        let of = self.columns.each_ref().map(|column| column.index);
        let between = Between::new(of, alignment);
        let Some(two) = self
            .grouping
            .twos
            .iter_mut()
            .find(|two| two.of == between.of)
        else {
            return;
        };
        let turn = |judgement: &Judgement| match between.of == of {
            true => judgement.clone(),
            false => Judgement {
                left: judgement.right.clone(),
                right: judgement.left.clone(),
                ..judgement.clone()
            },
        };
        two.judgements = self.pairing.judgements.iter().map(turn).collect();
        if two.between.as_deref() != Some(&between) {
            two.between = Some(Arc::new(between));
            self.find_themes(effects);
        }
    }

    /// Lists the questions that there are: by theme those of all interviews, once the themes are found, else those of the
    /// two that are read.
    pub(super) fn list_questions(&mut self) {
        let found = self.grouping.found.as_ref();
        let found = found.filter(|_| self.grouping.wanted);
        let (Some(themes), Some(all)) = (found.map(|found| Themes::new(found)), self.all_whole())
        else {
            let mut shown: Vec<(usize, Arc<Interview>)> = Vec::new();
            for column in &self.columns {
                let interview = column.interview.clone().map(|i| (column.index, i));
                shown.extend(interview.filter(|(i, _)| shown.iter().all(|(known, _)| known != i)));
            }
            return self.questions.set(shown, None);
        };
        let (count, of) = (all.len(), self.library.len());
        self.questions.set(all, Some(themes));
        if std::mem::take(&mut self.grouping.owed) {
            let by = self.lang.tr("questions by theme", "Fragen nach Themen");
            let interviews = self.lang.tr("interviews", "Interviews");
            let said = match count {
                2 if of == 2 => by.to_owned(),
                _ if count == of => format!("{by} · {count} {interviews}"),
                _ => {
                    let some = self.lang.tr("of", "von");
                    format!("{by} · {count} {some} {of} {interviews}")
                }
            };
            self.say(said);
        }
    }

    /// Reads a question of the list in its column, which leads from now on, with its best parallel opposite. Where its
    /// interview stands in neither column it takes the place of the one that has less to say to it; where nothing
    /// stands opposite it and another interview has a parallel, that one comes.
    pub(super) fn lead_to_question(&mut self, member: Member, effects: &mut Vec<Effect>) {
        let (index, exchange) = member;
        let standing = self.columns.each_ref().map(|column| column.index);
        let lead = self.pairing.lead;
        let both = [lead, lead.other()].into_iter();
        let stands = both.clone().find(|side| standing[side.index()] == index);
        let grouped = self.questions.themes.is_some();
        let with = |side: Side| {
            let with = standing[side.index()];
            let found = self.grouping.opposite(member, Some(with));
            found.filter(|_| grouped)
        };
        let side = stands.unwrap_or_else(|| {
            let [here, there] = [lead, lead.other()].map(|side| with(side).map_or(0.0, |(_, s)| s));
            if here > there { lead.other() } else { lead }
        });
        let anywhere = || self.grouping.opposite(member, None).filter(|_| grouped);
        let opposite = with(side.other()).or_else(anywhere);
        let opposite = opposite.filter(|_| self.pairing.follow);
        let mut now = standing;
        now[side.index()] = index;
        if let Some(((other, _), _)) = opposite {
            now[side.other().index()] = other;
        }
        if now == standing {
            return self.lead_to(side, exchange);
        }
        self.leave_place();
        self.stand_both(now, effects);
        self.lead_to(side, exchange);
        if let Some(((_, there), _)) = opposite {
            self.column_mut(side.other()).go(there);
        }
    }

    /// Shows the chosen question in its column, with its best parallel opposite.
    pub(super) fn preview(&mut self, effects: &mut Vec<Effect>) {
        if let Some(member) = self.questions.choice() {
            self.lead_to_question(member, effects);
        }
    }

    /// Goes to the column of the chosen question.
    pub(super) fn read_chosen(&mut self, effects: &mut Vec<Effect>) {
        if let Some(member) = self.questions.choice() {
            self.leave_place();
            self.lead_to_question(member, effects);
            self.focus = Focus::from(self.pairing.lead);
        }
    }
}
