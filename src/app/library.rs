//! Interviews coming in: which stands in which column, and where the reader was in them the last time.

use std::sync::Arc;

use super::column::Place;
use super::editor::Draftiness;
use super::effect::{Effect, Errand, Job};
use super::history::Visit;
use super::message::{Loaded, Moment};
use super::{App, Arrival, Entry, Focus, Overlay, Side};
use crate::interview::Interview;
use crate::session::{self, Position, Selected, Session, Shown};

impl App {
    /// Puts the interviews that stood there the last time into the columns, else the first two, and asks for those that
    /// aren't read yet.
    pub(super) fn open_first(&mut self, effects: &mut Vec<Effect>) {
        for side in Side::BOTH {
            let index = self.stood(side).unwrap_or(side.index());
            let interview = self.library.get(index).and_then(|e| e.interview.clone());
            self.column_mut(side).set(index, interview);
            self.load(index, effects);
        }
        self.take_interviews(effects);
    }

    /// The interview that stood in the column on `side` the last time. Of the same file twice each column has its own.
    fn stood(&self, side: Side) -> Option<usize> {
        let Arrival::Waiting(Some(session)) = &self.arrival else {
            return None;
        };
        let key = &session.columns[side.index()].interview;
        let is = |index: &usize| self.library[*index].key().as_ref() == Some(key);
        let own = Some(side.index()).filter(|index| *index < self.library.len());
        own.filter(is).or_else(|| (0..self.library.len()).find(is))
    }

    /// Asks for an interview, if it is to be read from a file.
    fn load(&mut self, index: usize, effects: &mut Vec<Effect>) {
        let Some(entry) = self.library.get_mut(index) else {
            return;
        };
        let wanted = entry.interview.is_none() && entry.problem.is_none();
        if let (Some(path), true) = (&entry.path, wanted) {
            entry.generation += 1;
            effects.push(Effect::Begin(Job::Load {
                index,
                path: path.clone(),
                generation: entry.generation,
            }));
        }
    }

    /// Reads the files of the interviews in the columns again.
    pub(super) fn reload(&mut self, effects: &mut Vec<Effect>) {
        let mut indices: Vec<usize> = self.columns.iter().map(|column| column.index).collect();
        indices.dedup();
        for index in indices {
            let Some(entry) = self.library.get_mut(index) else {
                continue;
            };
            if let Some(path) = &entry.path {
                entry.generation += 1;
                effects.push(Effect::Begin(Job::Load {
                    index,
                    path: path.clone(),
                    generation: entry.generation,
                }));
            }
        }
        if effects.is_empty() {
            self.say(self.lang.tr(
                "these are from no file that could be read again",
                "diese stammen aus keiner Datei, die neu zu lesen wäre",
            ));
        }
    }

    pub(super) fn loaded(&mut self, loaded: Loaded, effects: &mut Vec<Effect>) {
        let Some(entry) = self.library.get_mut(loaded.index) else {
            return;
        };
        if entry.generation != loaded.generation {
            return;
        }
        match loaded.result {
            Ok(interview) => {
                entry.take(Arc::clone(&interview));
                for side in Side::BOTH {
                    if self.column(side).index == loaded.index {
                        self.stand_again(side, Arc::clone(&interview));
                    }
                }
                self.take_interviews(effects);
            }
            Err(problem) => {
                self.warn(problem.clone());
                if let Some(entry) = self.library.get_mut(loaded.index) {
                    entry.problem = Some(problem);
                }
                self.regroup(effects);
                self.come_back();
            }
        }
    }

    /// The text in a column has come, or come anew: it stays where it was.
    pub(super) fn stand_again(&mut self, side: Side, interview: Arc<Interview>) {
        let column = self.column_mut(side);
        let (top, index) = (column.top, column.index);
        column.set(index, Some(interview));
        column.put(top, None);
    }

    /// Lets interview `index` of the library stand in the column on `side`.
    pub(super) fn stand(&mut self, index: usize, side: Side, effects: &mut Vec<Effect>) {
        let mut now = self.columns.each_ref().map(|column| column.index);
        now[side.index()] = index;
        self.stand_both(now, effects);
    }

    /// Lets these interviews of the library stand in the columns.
    pub(super) fn stand_both(&mut self, indices: [usize; 2], effects: &mut Vec<Effect>) {
        let mut changed = false;
        for (side, index) in Side::BOTH.into_iter().zip(indices) {
            if self.column(side).index == index && self.interview(side).is_some() {
                continue;
            }
            let entry = self.library.get(index);
            let interview = entry.and_then(|entry| entry.interview.clone());
            self.column_mut(side).set(index, interview);
            self.load(index, effects);
            changed = true;
        }
        if changed {
            self.take_interviews(effects);
        }
    }

    /// After an interview has come or changed its column: list, notes, hits and parallels are those of what stands there.
    fn take_interviews(&mut self, effects: &mut Vec<Effect>) {
        self.know_interviews();
        self.take_structure(effects);
    }

    /// Finds the notes in the interviews that there are, and corrects these as the notes say.
    pub(super) fn know_interviews(&mut self) {
        let unread = Arc::new(Interview::default());
        let all = self.library.iter().map(|entry| match &entry.interview {
            Some(interview) if !interview.partial => Arc::clone(interview),
            _ => Arc::clone(&unread),
        });
        self.annotations.set_interviews(all.collect());
        self.restructure();
    }

    /// After the structure of what stands in the columns has changed.
    pub(super) fn take_structure(&mut self, effects: &mut Vec<Effect>) {
        self.regroup(effects);
        self.find_hits();
        self.unpair();
        self.ask_judge(effects);
        self.align(effects);
        self.come_back();
    }

    /// Once both interviews are there, goes where the reader was the last time; the first time, to the first exchange.
    fn come_back(&mut self) {
        let waiting = Side::BOTH.into_iter().any(|side| {
            let entry = self.library.get(self.column(side).index);
            entry.is_some_and(|entry| {
                let whole = entry.interview.as_ref().is_some_and(|i| !i.partial);
                !whole && entry.problem.is_none()
            })
        });
        if waiting {
            return;
        }
        let Arrival::Waiting(session) = std::mem::replace(&mut self.arrival, Arrival::Here) else {
            return;
        };
        if let Some(session) = session {
            self.restore(&session);
        } else {
            let has_questions = |side: &Side| {
                self.interview(*side)
                    .is_some_and(|i| !i.exchanges.is_empty())
            };
            if let Some(side) = Side::BOTH.into_iter().find(has_questions) {
                self.focus = Focus::from(side);
                self.lead_to(side, 0);
            }
        }
        self.offer_draft();
    }

    fn restore(&mut self, session: &Session) {
        for entry in &mut self.library {
            let key = entry.key();
            let before = session
                .shown
                .iter()
                .find(|(known, _)| Some(known) == key.as_ref());
            entry.shown = before.map_or_else(Shown::default, |(_, shown)| shown.clone());
        }
        for (side, position) in Side::BOTH.into_iter().zip(&session.columns) {
            if self.interview(side).map(|i| session::key(i)).as_ref() != Some(&position.interview) {
                continue;
            }
            let top = Place {
                paragraph: position.paragraph,
                byte: position.byte,
            };
            self.column_mut(side).put(top, position.exchange);
        }
        self.questions.typed.paste(&session.filter);
        self.questions.refilter();
        if let Some(selected) = &session.selected {
            let side = Side::BOTH.into_iter().find(|side| {
                let interview = self.interview(*side);
                interview.is_some_and(|i| session::key(i) == selected.interview)
            });
            if let Some(side) = side {
                let index = self.column(side).index;
                self.questions.choose((index, selected.exchange));
            }
        }
        self.focus = match session.focus.as_str() {
            "questions" => Focus::Questions,
            "right" => Focus::Right,
            _ => Focus::Left,
        };
        self.pairing.follow = session.follow;
        if let Some(side) = self.focus.side() {
            self.pairing.lead = side;
        } else if let Some((index, _)) = self.questions.choice() {
            let stands = |side: &Side| self.column(*side).index == index;
            self.pairing.lead = Side::BOTH.into_iter().find(stands).unwrap_or_default();
        }
    }

    /// Where the reader is, to be kept for the next time; nothing where no interview was read.
    fn session(&self) -> Option<Effect> {
        let keys: Vec<String> = self.library.iter().filter_map(Entry::key).collect();
        if keys.is_empty() || matches!(self.arrival, Arrival::Waiting(_)) {
            return None;
        }
        let position = |side: Side| {
            let column = self.column(side);
            Position {
                interview: column
                    .interview
                    .as_deref()
                    .map(session::key)
                    .unwrap_or_default(),
                paragraph: column.top.paragraph,
                byte: column.top.byte,
                exchange: column.current,
            }
        };
        let selected = self.questions.choice().and_then(|(index, exchange)| {
            Some(Selected {
                interview: session::key(self.library.get(index)?.interview.as_deref()?),
                exchange,
            })
        });
        let session = Session {
            columns: Side::BOTH.map(position),
            focus: match self.focus {
                Focus::Questions | Focus::Filter => "questions",
                Focus::Left => "left",
                Focus::Right => "right",
            }
            .to_owned(),
            filter: self.questions.typed.text().to_owned(),
            shown: self.shown(),
            selected,
            follow: self.pairing.follow,
        };
        Some(Effect::Write(Errand::SaveSession { keys, session }))
    }

    /// Ends: what is typed is kept, as a draft if it isn't closed, and so is where the reader is.
    pub(super) fn quit(&mut self, moment: Moment, effects: &mut Vec<Effect>) {
        match &self.overlay {
            // What can't be kept as a draft is kept as a note; a draft is of one note, and tags may be of several.
            Some(Overlay::Editor(editor))
                if matches!(editor.state, Draftiness::Wrong(_)) || editor.onto.is_some() =>
            {
                self.close_editor(moment, effects);
            }
            _ => self.save_draft(moment, effects),
        }
        self.annotations.finish(effects);
        effects.extend(self.session());
        effects.push(Effect::Quit);
    }

    /// Remembers where one is before going elsewhere.
    pub(super) fn leave_place(&mut self) {
        let here = self.visit();
        self.history.leave(here);
    }

    pub(super) fn visit(&self) -> Visit {
        Visit {
            focus: self.focus,
            lead: self.pairing.lead,
            columns: Side::BOTH.map(|side| {
                let column = self.column(side);
                (column.index, column.top, column.current)
            }),
        }
    }

    /// Goes back to a place visited.
    pub(super) fn revisit(&mut self, visit: Visit, effects: &mut Vec<Effect>) {
        for (side, (index, top, current)) in Side::BOTH.into_iter().zip(visit.columns) {
            self.stand(index, side, effects);
            self.column_mut(side).put(top, current);
        }
        self.pairing.lead = visit.lead;
        self.focus = visit.focus;
    }
}
