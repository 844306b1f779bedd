//! Making, changing and deleting notes, and having them on the disk before the screen says so.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use super::annotate::Annotations;
use super::editor::Editor;
use super::effect::Effect;
use super::message::Moment;
use super::{App, Arrival, Overlay, Side};
use crate::files::Appended;
use crate::interview::Interview;
use crate::lang::Tell;
use crate::notes::book::{Kept, Passage, Place};
use crate::notes::{Id, Motivation, Note, Scope, Target};

/// How long to wait before notes that could not be saved are tried again.
const AGAIN: Duration = Duration::from_secs(5);

impl App {
    /// What a note would be about: the selection, else the exchange that is read, else the first paragraph seen.
    pub(super) fn target(&self) -> Option<(Arc<Interview>, Target)> {
        let side = self.side();
        let interview = Arc::clone(self.interview(side)?);
        let column = self.column(side);
        let target = match (&column.selection, column.current) {
            (Some(selection), _) => Target::passage(&interview, selection.range()),
            (None, Some(exchange)) => Target::exchange(&interview, exchange)?,
            (None, None) => {
                let paragraph = interview.paragraph_at(column.seen().start);
                Target::passage(&interview, interview.span(paragraph..paragraph + 1))
            }
        };
        Some((interview, target))
    }

    /// Begins a note of `kind`: opens the editor for one that has words, makes the others at once.
    pub(super) fn begin_note(
        &mut self,
        kind: Motivation,
        moment: Moment,
        effects: &mut Vec<Effect>,
    ) {
        let Some((interview, target)) = self.target() else {
            return;
        };
        if self.is_still_read(&interview) {
            return;
        }
        let mut note = Note::new(moment.id, moment.time, kind.clone(), "", vec![target]);
        match kind {
            Motivation::Commenting | Motivation::Tagging => {
                note.bodies.clear();
                self.open_editor(note);
            }
            _ => {
                let side = self.side();
                self.column_mut(side).selection = None;
                self.put(note, effects);
            }
        }
    }

    /// Whether `interview`, in the column that is meant, is not there whole; says so.
    pub(super) fn is_still_read(&mut self, interview: &Interview) -> bool {
        if interview.partial {
            let entry = self.library.get(self.column(self.side()).index);
            let problem = entry.and_then(|entry| entry.problem.clone());
            let wait = self.lang.tr(
                "still reading the file; in a moment",
                "die Datei wird noch gelesen; gleich",
            );
            self.warn(problem.unwrap_or_else(|| wait.to_owned()));
        }
        interview.partial
    }

    /// The note that edit and delete mean: the one in the selection, else the newest in view of the exchange read.
    fn note_here(&self) -> Option<&Note> {
        let side = self.side();
        let (interview, column) = (self.interview(side)?, self.column(side));
        let range = match (&column.selection, column.current) {
            (Some(selection), _) => selection.range(),
            (None, Some(exchange)) => {
                interview.span(interview.exchanges.get(exchange)?.paragraphs.clone())
            }
            (None, None) => column.seen(),
        };
        self.annotations.book.latest(column.index, range)
    }

    pub(super) fn edit_here(&mut self) {
        match self.note_here().cloned() {
            Some(note) => self.edit_note(note),
            None => self.say(self.lang.tr(
                "no note here: c writes one",
                "hier ist keine Notiz: c schreibt eine",
            )),
        }
    }

    /// Opens the editor on a note that there is.
    pub(super) fn edit_note(&mut self, note: Note) {
        match note.motivation() {
            Motivation::Linking | Motivation::Classifying => self.say(self.lang.tr(
                "this has no words to edit: a sets it anew, D deletes it",
                "hier ist nichts zu bearbeiten: a setzt sie neu, D löscht sie",
            )),
            Motivation::Highlighting | Motivation::Bookmarking if note.text().is_empty() => {
                // Words on a highlight make it a comment on the same passage.
                let mut comment = note;
                comment.motivations = vec![Motivation::Commenting];
                self.open_editor(comment);
            }
            _ => self.open_editor(note),
        }
    }

    pub(super) fn delete_here(&mut self, moment: Moment, effects: &mut Vec<Effect>) {
        match self.note_here().map(|note| note.id.clone()) {
            Some(id) => self.delete_note(&id, moment, effects),
            None => self.say(self.lang.tr("no note here", "hier ist keine Notiz")),
        }
    }

    pub(super) fn delete_note(&mut self, id: &Id, moment: Moment, effects: &mut Vec<Effect>) {
        let Annotations {
            book, interviews, ..
        } = &mut self.annotations;
        if book.delete(id, moment.time, interviews) {
            self.say(
                self.lang
                    .tr("deleted; u brings it back", "gelöscht; u holt sie zurück"),
            );
            self.annotations.save(effects);
            self.notes_changed(effects);
        }
    }

    /// Keeps a note, new or changed.
    pub(super) fn put(&mut self, note: Note, effects: &mut Vec<Effect>) {
        let Annotations {
            book, interviews, ..
        } = &mut self.annotations;
        book.put(note, interviews);
        self.annotations.save(effects);
        self.notes_changed(effects);
    }

    pub(super) fn undo(&mut self, moment: Moment, redo: bool, effects: &mut Vec<Effect>) {
        let Annotations {
            book, interviews, ..
        } = &mut self.annotations;
        let done = if redo {
            book.redo(moment.time, interviews)
        } else {
            book.undo(moment.time, interviews)
        };
        let lang = self.lang;
        match done {
            Ok(step) => {
                let kind = match step.as_slice() {
                    [change] => {
                        let note = change.after.as_ref().or(change.before.as_ref());
                        note.map_or(String::new(), |note| note.motivation().tell(lang))
                    }
                    several => format!("{} {}", several.len(), lang.tr("notes", "Notizen")),
                };
                let said = if redo {
                    lang.tr("again", "wiederholt")
                } else {
                    lang.tr("undone", "rückgängig gemacht")
                };
                self.say(format!("{said}: {kind}"));
                self.annotations.save(effects);
                self.notes_changed(effects);
            }
            Err(Kept::Nothing) if redo => {
                self.say(lang.tr("nothing to redo", "nichts zu wiederholen"))
            }
            Err(Kept::Nothing) => {
                self.say(lang.tr("nothing to undo", "nichts rückgängig zu machen"))
            }
            Err(Kept::Foreign) => self.warn(lang.tr(
                "another reader has changed this note since; it stays",
                "diese Notiz wurde inzwischen anderswo geändert; sie bleibt",
            )),
        }
    }

    /// Opens the editor on `note`, over the list of notes if that is where it was asked for.
    fn open_editor(&mut self, note: Note) {
        // Its draft is in use again: it must not go when an earlier version of the note is saved.
        self.annotations
            .closed
            .retain(|closed| closed.id != note.id);
        let existing = self.annotations.book.note(&note.id).is_some();
        let passage = self.passage_of(&note);
        let opposite = self.opposite_of(&note, passage.as_ref());
        let mut editor = Editor::new(note, existing);
        opposite.into_iter().for_each(|target| editor.offer(target));
        editor.from = match self.overlay.take() {
            Some(Overlay::Notes(board)) => Some(board),
            _ => None,
        };
        if let (Some(screen), Some((side, range))) = (self.screen(), passage)
            && let Some(area) = screen.columns[side.index()]
        {
            let sheet = editor.areas(&screen).sheet;
            let free = usize::from(sheet.y.saturating_sub(area.text.y));
            let column = self.column_mut(side);
            let before = column.top;
            column.reveal(&range, free);
            if column.top != before {
                editor.before = Some((side, before));
            }
        }
        self.overlay = Some(Overlay::Editor(Box::new(editor)));
    }

    /// The exchange that stands opposite a note on the exchange that is read.
    fn opposite_of(&self, note: &Note, passage: Option<&(Side, Range<usize>)>) -> Option<Target> {
        let ([target], Some((side, range))) = (note.targets.as_slice(), passage) else {
            return None;
        };
        let here = self.interview(*side)?;
        let read = here.exchange_of(here.paragraph_at(range.start));
        let is_read = target.scope == Scope::Exchange && read == self.column(*side).current;
        let other = self
            .interview(side.other())
            .filter(|i| !i.partial && is_read)?;
        Target::exchange(other, self.column(side.other()).current?)
    }

    /// The passage of a note, old or new, in the column that shows it.
    fn passage_of(&self, note: &Note) -> Option<(Side, Range<usize>)> {
        if let Ok(Passage { interview, range }) = self.place_of(&note.id) {
            let shows = |side: &Side| self.column(*side).index == interview;
            return Some((Side::BOTH.into_iter().find(shows)?, range));
        }
        let side = self.side();
        let (interview, column) = (self.interview(side)?, self.column(side));
        let range = match (&column.selection, column.current) {
            (Some(selection), _) => selection.range(),
            (None, Some(exchange)) => {
                interview.span(interview.exchanges.get(exchange)?.question.clone())
            }
            (None, None) => return None,
        };
        Some((side, range))
    }

    /// Keeps what the editor holds and closes it.
    pub(super) fn close_editor(&mut self, moment: Moment, effects: &mut Vec<Effect>) {
        let Some(Overlay::Editor(mut editor)) = self.overlay.take() else {
            return;
        };
        if let Some((side, before)) = editor.before {
            self.column_mut(side).top = before;
        }
        self.overlay = editor.from.take().map(Overlay::Notes);
        let side = self.side();
        self.column_mut(side).selection = None;
        if let Some(onto) = &editor.onto {
            let undrafted = editor.undrafted(moment.time);
            self.annotations.undrafted.extend(undrafted);
            self.tagged(onto, &editor.text(), moment, effects);
            self.annotations.closed.push(editor.note(moment.time));
            self.annotations.drop_closed(effects);
            return self.offer_draft();
        }
        let note = editor.note(moment.time);
        let before = self.annotations.book.note(&note.id);
        let said = before.is_some_and(|placed| !placed.note.words().is_empty());
        match (editor.changed, note.words().is_empty()) {
            (true, false) => {
                let undrafted = editor.undrafted(moment.time);
                self.annotations.undrafted.extend(undrafted);
                self.put(note.clone(), effects);
            }
            // A note that says nothing more is none; a highlight that was not written on stays what it is.
            (true, true) if said => self.delete_note(&note.id, moment, effects),
            _ => {}
        }
        self.annotations.closed.push(note);
        self.annotations.drop_closed(effects);
        self.offer_draft();
    }

    /// Keeps the draft, if that is due.
    pub(super) fn save_draft_if_due(&mut self, moment: Moment, effects: &mut Vec<Effect>) {
        let retry = &mut self.annotations.retry;
        if retry.take_if(|due| *due <= moment.elapsed).is_some() {
            self.annotations.again(effects);
        }
        self.annotations.draft_closed(moment.elapsed, effects);
        if let Some(Overlay::Editor(editor)) = &mut self.overlay
            && editor.due().is_some_and(|due| due <= moment.elapsed)
        {
            effects.extend(editor.draft(moment.time));
        }
    }

    /// Keeps the draft now: nobody may be there when it is due.
    pub(super) fn save_draft(&mut self, moment: Moment, effects: &mut Vec<Effect>) {
        if let Some(Overlay::Editor(editor)) = &mut self.overlay {
            effects.extend(editor.draft(moment.time));
        }
    }

    pub(super) fn drafted(&mut self, id: &Id, result: &Result<(), String>, moment: Moment) {
        match &mut self.overlay {
            Some(Overlay::Editor(editor)) if editor.id() == id => editor.drafted(result, moment),
            // The note was closed meanwhile, and went the way of notes.
            _ => {}
        }
    }

    pub(super) fn edited(&mut self, result: Result<String, String>, moment: Moment) {
        match (result, &mut self.overlay) {
            (Ok(text), Some(Overlay::Editor(editor))) => editor.replace(&text, moment),
            (Ok(_), _) => {}
            (Err(why), _) => self.warn(why),
        }
    }

    pub(super) fn saved(
        &mut self,
        count: usize,
        result: Result<Appended, String>,
        moment: Moment,
        effects: &mut Vec<Effect>,
    ) {
        self.annotations.saving = false;
        match result {
            Ok(appended) => {
                let others = appended.anew || !appended.others.is_empty();
                self.annotations.trouble = None;
                if !self.take_in(count, &appended) && self.notice.is_none() {
                    self.say(self.lang.tr("saved", "gesichert"));
                }
                self.annotations.drop_closed(effects);
                self.annotations.go_on(effects);
                // The reader's own were shown before they were on the disk.
                if others {
                    self.notes_changed(effects);
                }
                self.offer_draft();
            }
            Err(why) => {
                let not_saved = self.lang.tr("not saved", "nicht gesichert");
                self.annotations.trouble = Some(format!("{not_saved}: {why}"));
                if self.annotations.book.unsaved().count > count {
                    // What has come since was not tried yet, and the reader may be about to end.
                    self.annotations.save(effects);
                } else {
                    self.annotations.retry = Some(moment.elapsed + AGAIN);
                }
            }
        }
    }

    /// What others have added to the notes is there, or the notes themselves where they were late.
    pub(super) fn looked(
        &mut self,
        found: Result<Option<Appended>, String>,
        moment: Moment,
        effects: &mut Vec<Effect>,
    ) {
        self.annotations.saving = false;
        match found {
            Ok(found) => {
                if let Some(found) = found.filter(|found| found.anew || !found.others.is_empty()) {
                    self.take_in(0, &found);
                    self.notes_changed(effects);
                }
                self.annotations.arrive();
            }
            Err(why) if self.annotations.late.is_some() => {
                self.annotations.trouble = Some(why);
                self.annotations.retry = Some(moment.elapsed + AGAIN);
            }
            // It is read when something is saved, and a failure told then.
            Err(_) => {}
        }
        self.annotations.go_on(effects);
        self.offer_draft();
    }

    /// The first `count` changes are written, and `appended` was found; whether it holds a line that can't be read.
    fn take_in(&mut self, count: usize, appended: &Appended) -> bool {
        let Annotations {
            book, interviews, ..
        } = &mut self.annotations;
        let problems = book.saved(count, appended, interviews);
        self.annotations.mark = appended.mark.clone();
        self.annotations.arrive();
        if let Some(problem) = problems.first() {
            let notes = self.lang.tr("notes", "Notizen");
            self.warn(format!("{notes}, {}", problem.tell(self.lang)));
        }
        !problems.is_empty()
    }

    /// Offers a draft that was left over, once what it is about can be shown.
    pub(super) fn offer_draft(&mut self) {
        if self.overlay.is_some() || matches!(self.arrival, Arrival::Waiting(_)) {
            return;
        }
        if let Some(draft) = self.annotations.drafts.pop_front() {
            self.open_editor(draft.note);
            if let Some(Overlay::Editor(editor)) = &mut self.overlay {
                editor.changed = true;
                editor.onto = draft.onto;
            }
            self.say(self.lang.tr(
                "this note was not finished the last time",
                "diese Notiz wurde letztes Mal nicht fertig",
            ));
        }
    }

    /// The place of a note: which interview, and where; or why not.
    pub(super) fn place_of(&self, id: &Id) -> Result<Passage, String> {
        let gone = || {
            self.lang
                .tr(
                    "this note is no longer there",
                    "diese Notiz gibt es nicht mehr",
                )
                .to_owned()
        };
        let placed = self.annotations.book.note(id).ok_or_else(gone)?;
        if let Some(passage) = placed.passage() {
            return Ok(passage.clone());
        }
        Err(match placed.places.first() {
            Some(Place::Orphan(orphan)) => orphan.tell(self.lang),
            _ => {
                let away = self.lang.tr(
                    "its interview is not open",
                    "ihr Interview ist nicht geöffnet",
                );
                let label = placed
                    .note
                    .targets
                    .first()
                    .and_then(|t| t.source.label.clone());
                format!(
                    "{away}: {}",
                    crate::text::visible::visible_line(&label.unwrap_or_default())
                )
            }
        })
    }

    /// The list of notes shows what there is now, and parallels are looked for anew where a link says something else.
    pub(super) fn notes_changed(&mut self, effects: &mut Vec<Effect>) {
        self.refresh_notes();
        if self.restructure() {
            self.take_structure(effects);
        } else if self.judgements() != self.pairing.judgements {
            self.align(effects);
        }
        self.regroup(effects);
    }
}
