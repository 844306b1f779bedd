//! Carries out what the reader wants done: the one place where an effect becomes a deed.

mod editor;
mod jobs;
mod writer;

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::Sender;

use super::Event;
use super::terminal::Screen;
use crate::app::{Effect, Message};
use crate::files::Folders;
use crate::lang::Lang;
use writer::{Errand, Writer};

/// Where the reader's files are, and in which language to say that they can't be written.
#[derive(Clone, Debug)]
pub struct Places {
    /// The notes.
    pub notes: PathBuf,
    /// Drafts and sessions, as the platform has them.
    pub folders: Folders,
    /// The language of the interface.
    pub lang: Lang,
}

/// What is left for the loop to do after an effect.
pub enum After {
    /// Nothing.
    Go,
    /// The terminal was lent to another program, and this came of it.
    Lent(Message),
    /// Give the terminal back and stop.
    Suspend,
    /// End.
    End,
}

/// Carries out effects. What takes time goes to other threads, which answer over the loop's channel.
pub struct Executor {
    sender: Sender<Event>,
    writer: Writer,
    places: Places,
}

impl Executor {
    /// # Errors
    /// When no thread can be started.
    pub fn new(sender: Sender<Event>, places: Places) -> io::Result<Executor> {
        let writer = Writer::start(sender.clone(), places.clone())?;
        Ok(Executor {
            sender,
            writer,
            places,
        })
    }

    /// Carries out one effect.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn carry_out(&mut self, effect: Effect, screen: &mut Screen) -> io::Result<After> {
        match effect {
            Effect::Load {
                index,
                path,
                generation,
            } => jobs::load(&self.sender, index, path, generation, self.places.lang),
            Effect::Align {
                interviews,
                judgements,
                generation,
            } => jobs::align(&self.sender, interviews, judgements, generation),
            Effect::Append { lines, known } => self.writer.run(Errand::Append { lines, known }),
            Effect::SaveDraft(draft) => self.writer.run(Errand::SaveDraft(draft)),
            Effect::DropDraft(id) => self.writer.run(Errand::DropDraft(id)),
            Effect::SaveSession(session) => self.writer.run(Errand::SaveSession(session)),
            Effect::Copy(text) => screen.copy(&text)?,
            Effect::Edit(text) => {
                let Places { folders, lang, .. } = &self.places;
                let edited = screen.lend(|| editor::edit(&text, &folders.state, *lang))?;
                return Ok(After::Lent(Message::Edited(edited)));
            }
            Effect::Redraw => screen.fit()?,
            Effect::Suspend => return Ok(After::Suspend),
            Effect::Quit => return Ok(After::End),
        }
        Ok(After::Go)
    }

    /// Waits until everything is written.
    ///
    /// # Errors
    /// One line, when notes could not be appended: it says where they are instead.
    pub fn finish(self) -> Result<(), String> {
        self.writer.finish()
    }
}
