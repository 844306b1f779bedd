//! What reaches the reader: keys, the mouse, signals, and the answers of jobs.

use std::sync::Arc;
use std::time::Duration;

use ratatui::layout::{Position, Size};
use uuid::Uuid;

use super::chooser::Surveyed;
use super::keymap::Key;
use crate::files::Appended;
use crate::interview::Interview;
use crate::notes::Id;
use crate::parallels::Alignment;
use crate::parallels::between::Two;
use crate::parallels::judge::Opinion;
use crate::parallels::themes::Theme;

/// When a message comes, and an id for what it may make: the reader itself asks no clock and draws no lots.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// Time since the program started.
    pub elapsed: Duration,
    /// The date and time of day.
    pub time: jiff::Timestamp,
    /// An id that nothing has yet.
    pub id: Uuid,
}

/// What reaches the reader.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something at a cell.
    Mouse(Mouse, Position),
    /// The terminal has another size.
    Resize(Size),
    /// An interview was read, or its head, or it could not be.
    Loaded(Loaded),
    /// Files of the library were looked through: some of those asked for.
    Surveyed(Surveyed),
    /// Interviews of the library were read, or could not be: some of those asked for.
    Gathered(Vec<Loaded>),
    /// The themes of several interviews were found.
    Grouped {
        /// Which request it answers; an older one is dropped.
        generation: u64,
        /// The interviews by two, all of them compared.
        twos: Vec<Two>,
        /// What hangs together across them.
        themes: Vec<Theme>,
    },
    /// The parallels between two interviews were found.
    Aligned {
        /// Which request it answers; an older one is dropped.
        generation: u64,
        /// The parallels.
        alignment: Arc<Alignment>,
    },
    /// A judge has said which exchanges are parallel, or could not be heard.
    Judged {
        /// Which request it answers; an older one is dropped.
        generation: u64,
        /// What it has said, or one line saying why not.
        result: Result<Arc<Opinion>, String>,
    },
    /// Lines were appended to the notes, or could not be.
    Saved {
        /// How many versions of notes were to be appended.
        count: usize,
        /// What was found in the file on doing so, or one line saying why not.
        result: Result<Appended, String>,
    },
    /// The notes' file has changed, by this reader or by another.
    Touched,
    /// What others have added to the notes, nothing where there are none now; or one line saying why that can't be told.
    Looked(Result<Option<Appended>, String>),
    /// A draft was written, or could not be.
    Drafted {
        /// The note it is of.
        id: Id,
        /// Nothing, or one line saying why not.
        result: Result<(), String>,
    },
    /// `$EDITOR` was left with this text, or could not be run.
    Edited(Result<String, String>),
    /// The terminal has said what its background is like; drawing needs to know, the reader doesn't.
    Background {
        /// Whether it is dark.
        dark: bool,
    },
    /// A job broke down; one line of what it said.
    Failed(String),
    /// A time asked for with [`super::App::deadline`] has come.
    Deadline,
    /// The program is to end: SIGTERM or SIGHUP.
    Terminate,
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    /// The left button went down.
    Click,
    /// The pointer moved while it was held.
    Drag,
    /// It was let go.
    Release,
    /// The wheel turned away from the hand.
    WheelUp,
    /// The wheel turned towards the hand.
    WheelDown,
}

/// The answer to [`super::Job::Load`]; of [`super::Job::Gather`] one for each interview.
#[derive(Debug)]
pub struct Loaded {
    /// Which interview of the library, by index.
    pub index: usize,
    /// Which request it answers; an older one is dropped.
    pub generation: u64,
    /// The interview, or one line saying why not.
    pub result: Result<Arc<Interview>, String>,
}
