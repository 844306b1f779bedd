//! A note being written: the text area, the passage it is about, and its draft.

use std::time::Duration;

use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

use super::Side;
use super::board::Board;
use super::board::card::place;
use super::column::Place;
use super::effect::{Effect, Errand};
use super::keymap::{Action, Key};
use super::line::edit;
use super::message::Moment;
use super::screen::{MEASURE, Screen, room};
use super::wrapped::wrapped;
use crate::notes::draft::{Draft, Onto};
use crate::notes::tags::{offered, typed};
use crate::notes::{Id, Motivation, Note, Target};
use crate::text::visible::{visible, visible_line};

/// A draft is written at the latest this long after the first key that it doesn't hold yet.
const DRAFT_AFTER: Duration = Duration::from_millis(250);

/// What the bar before a quoted passage takes, in cells.
pub const BAR: u16 = 2;

/// How the text that is typed stands with the disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Draftiness {
    /// Nothing was typed.
    #[default]
    Untouched,
    /// Something was typed that isn't on the disk yet.
    Typing,
    /// All of it is on the disk.
    Kept,
    /// It could not be written; one line saying why.
    Wrong(String),
}

/// A note being written.
#[derive(Debug)]
pub struct Editor {
    /// The text.
    pub area: TextArea<'static>,
    /// Whether the note is one that there is already.
    existing: bool,
    /// Whether the text was changed.
    pub changed: bool,
    /// How the text stands with the disk.
    pub state: Draftiness,
    /// When the draft is to be written, as time since the program started; nothing where that is kept which was typed.
    due: Option<Duration>,
    /// The list of notes that it was opened from.
    pub from: Option<Board>,
    /// Where a column stood before it made room for the editor.
    pub before: Option<(Side, Place)>,
    /// The notes that get the tags typed, where they are of several.
    pub onto: Option<Onto>,
    /// The tags in use, the most used first, each with how often.
    known: Option<Vec<(String, usize)>>,
    /// What was typed of a tag before it was completed, and which completion stands there.
    completing: Option<(String, usize)>,
    /// How many drafts are being written.
    on_the_way: usize,
    /// The exchange that stands opposite, where the note could be about both.
    opposite: Option<Target>,
    note: Note,
}

/// Where the parts of the editor stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Areas {
    /// All of it.
    pub sheet: Rect,
    /// What is written in of it.
    pub room: Rect,
    /// The passage that the note is about.
    pub quote: Rect,
    /// The text.
    pub text: Rect,
}

impl Editor {
    /// An editor on `note`, which is one that there is already if `existing`.
    #[must_use]
    pub fn new(note: Note, existing: bool) -> Editor {
        let text = typeable(&note.words());
        let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
        area.set_wrap_mode(WrapMode::WordOrGlyph);
        area.set_cursor_line_style(Style::new());
        // Behind what is said; its tags stand below that.
        match note.motivation() {
            Motivation::Tagging => area.move_cursor(CursorMove::Bottom),
            _ => {
                let said = typeable(note.text().trim_end()).split('\n').count();
                let row = u16::try_from(said.saturating_sub(1)).unwrap_or(u16::MAX);
                area.move_cursor(CursorMove::Jump(row, 0));
            }
        }
        area.move_cursor(CursorMove::End);
        Editor {
            area,
            existing,
            changed: false,
            state: Draftiness::default(),
            due: None,
            from: None,
            before: None,
            onto: None,
            known: None,
            completing: None,
            on_the_way: 0,
            opposite: None,
            note,
        }
    }

    /// The note's id.
    #[must_use]
    pub fn id(&self) -> &Id {
        &self.note.id
    }

    /// What kind of note it is.
    #[must_use]
    pub fn kind(&self) -> &Motivation {
        self.note.motivation()
    }

    /// The passage that the note is about, behind a bar in `width` cells, at most `most` lines of it.
    #[must_use]
    pub fn quote(&self, width: u16, most: u16) -> Vec<String> {
        let target = self.note.targets.first();
        let quote = target.map_or("", |target| &target.anchor.exact);
        let quote = visible_line(&quote.replace('\n', " "));
        let measure = usize::from(width.saturating_sub(BAR));
        wrapped(&quote, measure, usize::from(most))
    }

    /// The interview and the exchange that the note is about, or both interviews and exchanges.
    #[must_use]
    pub fn about(&self) -> String {
        place(&self.note)
    }

    /// Offers the exchange opposite, for a note that is about two.
    pub(super) fn offer(&mut self, opposite: Target) {
        self.opposite = Some(opposite);
    }

    /// Whether the note may be about the exchange opposite too.
    #[must_use]
    pub fn may_be_about_both(&self) -> bool {
        self.opposite.is_some() || self.note.targets.len() == 2
    }

    /// Makes the note be about the exchange opposite too, or no longer.
    pub(super) fn turn_both(&mut self, moment: Moment) {
        match self.note.targets.len() {
            1 => self.note.targets.extend(self.opposite.take()),
            2 => self.opposite = self.note.targets.pop(),
            _ => return,
        }
        // A note that says nothing is none yet, whatever it is about.
        if !self.text().trim().is_empty() {
            self.touched(moment);
        }
    }

    /// The text as it is typed.
    #[must_use]
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// The note as it would be if it were closed now.
    #[must_use]
    pub fn note(&self, now: Timestamp) -> Note {
        let mut note = self.note.clone();
        note.set_words(self.text().trim(), now);
        if !self.existing {
            note.modified = None;
        }
        note
    }

    /// Where the parts of the editor stand on `screen`.
    #[must_use]
    pub fn areas(&self, screen: &Screen) -> Areas {
        /// What tags need: they are one line, below the passage.
        const TAGS: u16 = 9;
        let most = match self.kind() {
            Motivation::Tagging => TAGS,
            _ => 18,
        };
        let height = (screen.whole.height.min(100) * 2 / 5).clamp(5, most);
        let sheet = screen.foot(height);
        let inner = room(sheet, MEASURE);
        let most = match inner.height {
            0..=2 => 0,
            3..=6 => 1,
            _ => 3,
        };
        let quoted = self.quote(inner.width, most).len();
        let quoted = u16::try_from(quoted).unwrap_or(most);
        let air = u16::from(most > 1);
        Areas {
            sheet,
            room: inner,
            quote: Rect {
                height: quoted,
                ..inner
            },
            text: Rect {
                y: inner.y + quoted + air,
                height: inner.height.saturating_sub(quoted + air),
                ..inner
            },
        }
    }

    /// Lets the text wrap at the width that it has, so that the next motion knows the rows.
    pub fn settle(&mut self, screen: &Screen) {
        let text = self.areas(screen).text;
        (&self.area).render(text, &mut Buffer::empty(text));
    }

    /// Types a character.
    pub fn type_key(&mut self, key: Key, moment: Moment) {
        if let Some(c) = key.typed() {
            self.area.insert_char(c);
            self.touched(moment);
        }
    }

    /// Carries out an editing action.
    pub fn act(&mut self, action: Action, moment: Moment) {
        if edit(&mut self.area, action) {
            self.touched(moment);
        }
    }

    /// Puts a pasted text in.
    pub fn paste(&mut self, text: &str, moment: Moment) {
        self.area.insert_str(typeable(text));
        self.touched(moment);
    }

    /// Puts `text` in the place of all that was typed, as one step that undo takes back.
    pub fn replace(&mut self, text: &str, moment: Moment) {
        let text = text.trim_end_matches('\n');
        if text != self.text() {
            self.area.select_all();
            self.area.cut();
            self.paste(text, moment);
        }
    }

    /// When the draft is to be written: not while another is on the way, or on a slow disk they would queue up, and each
    /// would be older than the last when it gets there.
    #[must_use]
    pub fn due(&self) -> Option<Duration> {
        self.due.filter(|_| self.on_the_way == 0)
    }

    /// The effect that keeps the draft as it is now; none where that is kept.
    pub fn draft(&mut self, now: Timestamp) -> Option<Effect> {
        self.due.take()?;
        self.on_the_way += 1;
        let draft = self.as_draft(now);
        Some(Effect::Write(Errand::SaveDraft(Box::new(draft))))
    }

    /// What was typed and is in no draft yet, and when it is to be in one; the note is about to be closed.
    pub(super) fn undrafted(&self, now: Timestamp) -> Option<(Duration, Draft)> {
        self.due.map(|due| (due, self.as_draft(now)))
    }

    fn as_draft(&self, now: Timestamp) -> Draft {
        Draft {
            note: self.note(now),
            onto: self.onto.clone(),
        }
    }

    /// Takes the answer to a draft.
    pub fn drafted(&mut self, result: &Result<(), String>, moment: Moment) {
        self.on_the_way = self.on_the_way.saturating_sub(1);
        match result {
            Ok(()) if self.due.is_none() && self.on_the_way == 0 => self.state = Draftiness::Kept,
            Ok(()) => {}
            Err(why) => {
                self.state = Draftiness::Wrong(why.clone());
                self.due.get_or_insert(moment.elapsed + DRAFT_AFTER * 4);
            }
        }
    }

    /// What stands before the cursor of the tag being typed, where one is: all of a tag, in a comment a word with `#`.
    fn stem(&self) -> Option<String> {
        let cursor = self.area.cursor();
        let line = self.area.lines().get(cursor.0)?.chars();
        let line: String = line.take(cursor.1).collect();
        if self.kind() == &Motivation::Tagging {
            let stem = line.rsplit([',', '#']).next().unwrap_or_default();
            return Some(stem.trim_start().to_owned());
        }
        let word = line.rsplit(char::is_whitespace).next()?;
        word.strip_prefix('#').map(str::to_owned)
    }

    /// The tags in use that what is typed may become, the likeliest first, each with how often it is used.
    #[must_use]
    pub fn offered(&self) -> Vec<(String, usize)> {
        let Some(stem) = self
            .completing
            .as_ref()
            .map(|(stem, _)| stem.clone())
            .or_else(|| self.stem())
        else {
            return Vec::new();
        };
        let mut taken = match self.kind() {
            Motivation::Tagging => typed(&self.text()),
            _ => Vec::new(),
        };
        let here = self.stem().unwrap_or_default();
        taken.retain(|tag| *tag != here);
        offered(&stem, self.known.as_deref().unwrap_or_default(), &taken)
    }

    /// Gives it the tags in use, which take a look at every note, once a tag is typed.
    pub fn know(&mut self, tags: impl FnOnce() -> Vec<(String, usize)>) {
        if self.known.is_none() && self.stem().is_some() {
            self.known = Some(tags());
        }
    }

    /// Which of the tags offered stands there, where one was taken.
    #[must_use]
    pub fn completed(&self) -> Option<usize> {
        self.completing.as_ref().map(|(_, at)| *at)
    }

    /// Completes the tag being typed; again, with the next that it may become.
    pub fn complete(&mut self, moment: Moment) {
        let offered = self.offered();
        let Some(here) = self.stem().filter(|_| !offered.is_empty()) else {
            return;
        };
        let (stem, at) = match self.completing.take() {
            Some((stem, at)) => (stem, (at + 1) % offered.len()),
            None => (here.clone(), 0),
        };
        for _ in here.chars() {
            self.area.delete_char();
        }
        if let Some((tag, _)) = offered.get(at) {
            self.area.insert_str(typeable(tag));
        }
        self.touched(moment);
        self.completing = Some((stem, at));
    }

    fn touched(&mut self, moment: Moment) {
        self.completing = None;
        self.changed = true;
        self.state = Draftiness::Typing;
        self.due.get_or_insert(moment.elapsed + DRAFT_AFTER);
    }
}

/// A text as the editor can hold it: newlines of one kind, no tabs, and no character that the terminal would obey.
fn typeable(text: &str) -> String {
    let text = text
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace('\t', "    ");
    visible(&text).into_owned()
}
