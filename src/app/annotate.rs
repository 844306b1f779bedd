//! The reader's notes: where they stand, and what of them is on its way to the disk.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use super::effect::{Effect, Errand};
use crate::files::Mark;
use crate::interview::Interview;
use crate::lang::Lang;
use crate::notes::draft::Draft;
use crate::notes::{Book, Highlight, Kind, Note};

/// How long the notes may take to answer before that is said.
const ANSWER: Duration = Duration::from_secs(2);

/// The notes kept, and what is on its way to the disk.
#[derive(Debug, Default)]
pub struct Annotations {
    /// The notes, and where they stand in the interviews.
    pub book: Book,
    /// Why notes are not saved, while they are not.
    pub trouble: Option<String>,
    /// When to try again.
    pub retry: Option<Duration>,
    /// How far the file is known.
    pub(super) mark: Mark,
    /// Whether an append is under way, or a look at what others have added: one at a time, or it would be taken twice.
    pub(super) saving: bool,
    /// When that was asked for.
    asked: Option<Duration>,
    /// Whether the file has changed since either was asked for.
    touched: bool,
    /// What another reader that ended without closing it had been writing.
    pub(super) drafts: VecDeque<Draft>,
    /// The same, while the notes have not come yet: which of it is kept already can't be told before.
    pub(super) late: Option<Vec<Draft>>,
    /// Notes whose drafts go when they are saved.
    pub(super) closed: Vec<Note>,
    /// What was typed last in notes that are closed and on their way to the disk, and when it is to be kept as a draft if
    /// that takes long.
    pub(super) undrafted: Vec<(Duration, Draft)>,
    /// The interviews of the library; one that isn't read yet is empty.
    pub(super) interviews: Vec<Arc<Interview>>,
}

impl Annotations {
    /// What was read from the notes' file, known up to `mark`, and the drafts left over.
    #[must_use]
    pub fn new(book: Book, mark: Mark, drafts: Vec<Draft>) -> Annotations {
        let mut annotations = Annotations {
            book,
            mark,
            ..Annotations::default()
        };
        annotations.sort_drafts(drafts);
        annotations
    }

    /// Nothing yet but the drafts left over: the notes are still to come, from a folder that takes its time.
    #[must_use]
    pub fn late(drafts: Vec<Draft>) -> Annotations {
        Annotations {
            late: Some(drafts),
            ..Annotations::default()
        }
    }

    /// Asks for the notes, if they have not come, and says so.
    pub(super) fn ask(&mut self, effects: &mut Vec<Effect>, lang: Lang) {
        if self.late.is_some() {
            let said = lang.tr(
                "no notes yet: their folder doesn't answer; they come when it does",
                "noch keine Notizen: ihr Ordner antwortet nicht; sie kommen, sobald er es tut",
            );
            self.trouble = Some(said.to_owned());
            self.look(effects);
        }
    }

    /// The notes have come, if they had not.
    pub(super) fn arrive(&mut self) {
        if let Some(drafts) = self.late.take() {
            self.trouble = None;
            self.sort_drafts(drafts);
        }
    }

    /// Tries again what has failed.
    pub(super) fn again(&mut self, effects: &mut Vec<Effect>) {
        self.save(effects);
        if self.late.is_some() {
            self.look(effects);
        }
    }

    /// Those of `drafts` that say what is kept already were closed in the moment of the crash, and go; the others are to be
    /// offered.
    fn sort_drafts(&mut self, drafts: Vec<Draft>) {
        let kept = |draft: &Draft| draft.is_kept(self.book.store());
        let (closed, open): (Vec<Draft>, Vec<Draft>) = drafts.into_iter().partition(kept);
        self.drafts = open.into();
        self.closed
            .extend(closed.into_iter().map(|draft| draft.note));
    }

    /// Takes the interviews of the library, and finds the notes in them.
    pub(super) fn set_interviews(&mut self, interviews: Vec<Arc<Interview>>) {
        let mut known = self.interviews.iter().zip(&interviews);
        let alike = |(one, other): (&Arc<Interview>, &Arc<Interview>)| {
            // One that isn't read is as good as another.
            Arc::ptr_eq(one, other) || one.text.is_empty() && other.text.is_empty()
        };
        if self.interviews.len() == interviews.len() && known.all(alike) {
            return;
        }
        self.interviews = interviews;
        self.book.resolve(&self.interviews);
    }

    /// The highlighted passages of interview `index` that overlap `seen`, in bytes of its text, and how each is.
    #[must_use]
    pub fn highlights(&self, index: usize, seen: &Range<usize>) -> Vec<(Range<usize>, Highlight)> {
        let marks = self.book.marks(index, seen.clone());
        let grounds =
            marks.flat_map(|mark| mark.grounds.iter().map(|ground| (&mark.range, ground)));
        grounds
            .map(|(range, ground)| (range.clone(), ground.clone()))
            .collect()
    }

    /// Where notes begin in `seen` of interview `index`, and what they are; the weightiest last, so that of a row it
    /// is the one that is seen.
    #[must_use]
    pub fn signs(&self, index: usize, seen: &Range<usize>) -> Vec<(usize, Kind)> {
        let marks = self.book.marks(index, seen.clone());
        let mut signs: Vec<(usize, Kind)> = marks
            .filter(|mark| seen.contains(&mark.range.start))
            .filter_map(|mark| Some((mark.range.start, mark.sign.clone()?)))
            .collect();
        signs.sort_by_key(|(_, kind)| kind.weight());
        signs
    }

    /// The weightiest kind of note in `range` of interview `index`.
    #[must_use]
    pub fn sign_in(&self, index: usize, range: &Range<usize>) -> Option<Kind> {
        let marks = self.book.marks(index, range.clone());
        let signs = marks.filter_map(|mark| mark.sign.as_ref());
        signs.max_by_key(|kind| kind.weight()).cloned()
    }

    /// Asks for everything unsaved to be appended, unless that is under way.
    pub(super) fn save(&mut self, effects: &mut Vec<Effect>) {
        if self.saving {
            return;
        }
        let unsaved = self.book.unsaved();
        if unsaved.count == 0 {
            return;
        }
        self.saving = true;
        self.touched = false;
        self.retry = None;
        effects.push(Effect::Write(Errand::Append {
            lines: unsaved.lines,
            count: unsaved.count,
            known: self.mark.clone(),
        }));
    }

    /// Asks what others have added, now or after what is under way.
    pub(super) fn look(&mut self, effects: &mut Vec<Effect>) {
        self.touched = self.saving;
        if !self.saving {
            self.saving = true;
            let known = self.mark.clone();
            effects.push(Effect::Write(Errand::Look { known }));
        }
    }

    /// At the time `now`: sees whether the notes answer, and says so if they don't.
    pub(super) fn mind(&mut self, now: Duration, lang: Lang) {
        self.asked = self.saving.then_some(self.asked.unwrap_or(now));
        if self.stalled(now) && (self.trouble.is_none() || self.late.is_some()) {
            let said = lang.tr(
                "not saved yet: the notes' folder doesn't answer; read on, they are kept",
                "noch nicht gesichert: der Ordner der Notizen antwortet nicht; weiterlesen, sie sind behalten",
            );
            self.trouble = Some(said.to_owned());
        }
    }

    /// Whether something is unsaved because the notes don't answer.
    fn stalled(&self, now: Duration) -> bool {
        let long = self.asked.is_some_and(|asked| asked + ANSWER <= now);
        (long || self.late.is_some()) && self.book.unsaved().count > 0
    }

    /// When something is to be done again: to try anew, to see whether the notes answer, to keep a draft.
    pub(super) fn due(&self) -> Option<Duration> {
        let asked = self.asked.filter(|_| self.trouble.is_none());
        let asked = asked.filter(|_| self.book.unsaved().count > 0);
        let undrafted = self.undrafted.iter().map(|(due, _)| *due);
        let others = [self.retry, asked.map(|asked| asked + ANSWER)];
        others.into_iter().flatten().chain(undrafted).min()
    }

    /// At the time `now`: keeps as a draft what was typed in notes that are closed and still not on the disk.
    pub(super) fn draft_closed(&mut self, now: Duration, effects: &mut Vec<Effect>) {
        let due = self.undrafted.extract_if(.., |(due, _)| *due <= now);
        effects.extend(due.map(|(_, draft)| Effect::Write(Errand::SaveDraft(Box::new(draft)))));
    }

    /// What was under way is done: what has come up meanwhile is next.
    pub(super) fn go_on(&mut self, effects: &mut Vec<Effect>) {
        self.save(effects);
        if self.touched {
            self.look(effects);
        }
    }

    /// Forgets the drafts of what is closed, once all of it is on the disk.
    pub(super) fn drop_closed(&mut self, effects: &mut Vec<Effect>) {
        if self.book.unsaved().count > 0 {
            return;
        }
        self.undrafted.clear();
        effects.extend(
            self.closed
                .drain(..)
                .map(|note| Effect::Write(Errand::DropDraft(Box::new(note)))),
        );
    }

    /// As the last thing: everything unsaved is appended. The drafts of what is closed go only when that is done.
    pub(super) fn finish(&mut self, effects: &mut Vec<Effect>) {
        self.save(effects);
        self.drop_closed(effects);
    }
}
