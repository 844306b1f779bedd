//! What the reader wants done outside itself, as data: one place carries it out ([`crate::tui`]).

use std::path::PathBuf;
use std::sync::Arc;

use crate::files::Mark;
use crate::interview::Interview;
use crate::notes::Note;
use crate::notes::draft::Draft;
use crate::parallels::Judgement;
use crate::parallels::between::Two;
use crate::parallels::judge::{Judge, Opinion};
use crate::session::Session;

/// Something to be done outside the reader.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Begin something that takes time.
    Begin(Job),
    /// Write something, after all that was to be written before.
    Write(Errand),
    /// Put a text on the clipboard of the terminal that the reader sits at.
    Copy(String),
    /// Let `$EDITOR` write on at a text; answered by [`super::Message::Edited`].
    Edit(String),
    /// Draw every cell anew.
    Redraw,
    /// Give the terminal back to the shell until told to go on.
    Suspend,
    /// End.
    Quit,
}

/// Something that takes time, and is done beside the reader.
#[derive(Clone, Debug)]
pub enum Job {
    /// Read an interview, its head first if it is long; answered by [`super::Message::Loaded`].
    Load {
        /// Which one of the library, by index.
        index: usize,
        /// Where it is.
        path: PathBuf,
        /// To be handed back.
        generation: u64,
    },
    /// Look through files of the library; answered by several [`super::Message::Surveyed`].
    Survey {
        /// Which ones, by index, and where they are.
        paths: Vec<(usize, PathBuf)>,
    },
    /// Read interviews of the library that no column waits for; answered by several [`super::Message::Gathered`], with the
    /// generation 1.
    Gather {
        /// Which ones, by index, and where they are.
        paths: Vec<(usize, PathBuf)>,
    },
    /// Find what hangs together across interviews; answered by [`super::Message::Grouped`].
    Group {
        /// The interviews by two, with what is known of them.
        twos: Vec<Two>,
        /// Whether the editor's pairs count.
        curated: bool,
        /// To be handed back.
        generation: u64,
    },
    /// Find the parallels of two interviews; answered by [`super::Message::Aligned`].
    Align {
        /// The interviews, left and right.
        interviews: [Arc<Interview>; 2],
        /// Whether the editor's pairs count.
        curated: bool,
        /// What a judge has said of them.
        opinion: Option<Arc<Opinion>>,
        /// What the reader has said of them.
        judgements: Vec<Judgement>,
        /// To be handed back.
        generation: u64,
    },
    /// Ask another judge about two interviews, and no longer about those before; answered by
    /// [`super::Message::Judged`].
    Judge {
        /// The judge.
        judge: Judge,
        /// The interviews, left and right.
        interviews: [Arc<Interview>; 2],
        /// To be handed back.
        generation: u64,
    },
}

/// Something to be written. The order counts: a draft must not go before its note is there.
#[derive(Clone, Debug)]
pub enum Errand {
    /// Append these bytes, whole lines, to the notes; answered by [`super::Message::Saved`].
    Append {
        /// The lines.
        lines: Vec<u8>,
        /// How many versions of notes these are.
        count: usize,
        /// How far the file is known already.
        known: Mark,
    },
    /// Look what others have added to the notes; answered by [`super::Message::Looked`].
    Look {
        /// How far the file is known already.
        known: Mark,
    },
    /// Keep a draft; answered by [`super::Message::Drafted`].
    SaveDraft(Box<Draft>),
    /// Forget a draft that has become a note, or was given up.
    DropDraft(Box<Note>),
    /// Keep where the reader was.
    SaveSession {
        /// The interviews, by [`crate::session::key`].
        keys: Vec<String>,
        /// Where it was with them.
        session: Session,
    },
}

impl Errand {
    /// Whether a message answers it.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        matches!(
            self,
            Errand::Append { .. } | Errand::Look { .. } | Errand::SaveDraft(_)
        )
    }
}
