//! Carries out what the reader wants done: the one place where an effect becomes a deed.

mod editor;
mod jobs;
mod writer;

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::Sender;

use super::Event;
use super::terminal::Screen;
use crate::app::{Effect, Job, Message};
use crate::files::{self, Folders};
use crate::lang::Lang;
use crate::notes::draft::Drafts;
use crate::parallels::judge::Leash;
pub use writer::PARTING;
use writer::Writer;

/// Where the reader's files are, and in which language to say that they can't be written.
#[derive(Debug)]
pub struct Places {
    /// The notes.
    pub notes: PathBuf,
    /// Sessions, and what could not be put where it belongs.
    pub folders: Folders,
    /// Unfinished notes.
    pub drafts: Drafts,
    /// The language of the interface.
    pub lang: Lang,
}

/// What is left for the loop to do after an effect.
pub enum After {
    /// Nothing.
    Go,
    /// The screen was fitted to the terminal anew.
    Fitted,
    /// The terminal was lent to another program: what came of it, and whether the terminal could be taken back.
    Lent(Message, io::Result<()>),
    /// Give the terminal back and stop.
    Suspend,
    /// End.
    End,
}

/// Carries out effects. What takes time goes to other threads, which answer over the loop's channel.
pub struct Executor {
    sender: Sender<Event>,
    writer: Writer,
    /// How many answers of the writer are still to come.
    unanswered: usize,
    /// Where a text waits for the user's editor.
    state: PathBuf,
    /// Holds the judge that is asked.
    leash: Leash,
    /// The notes.
    watched: PathBuf,
    lang: Lang,
}

impl Executor {
    /// # Errors
    /// When no thread can be started.
    pub fn new(sender: Sender<Event>, places: Places) -> io::Result<Executor> {
        Ok(Executor {
            state: places.folders.state.clone(),
            lang: places.lang,
            leash: Leash::default(),
            watched: places.notes.clone(),
            writer: Writer::start(sender.clone(), places)?,
            unanswered: 0,
            sender,
        })
    }

    /// Says from now on when the notes have changed, whoever has changed them. That thread sleeps until then.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn watch(&self) -> io::Result<()> {
        let (sender, path) = (self.sender.clone(), self.watched.clone());
        let touched = move || sender.send(Event::Answer(Message::Touched)).is_ok();
        let thread = std::thread::Builder::new().name("watch".to_owned());
        thread.spawn(move || files::watch(&path, touched)).map(drop)
    }

    /// Begins those of `effects` that are jobs, and hands the others back.
    pub fn begin(&self, effects: Vec<Effect>) -> Vec<Effect> {
        let mut left = Vec::new();
        for effect in effects {
            match effect {
                Effect::Begin(job) => self.start(job),
                other => left.push(other),
            }
        }
        left
    }

    fn start(&self, job: Job) {
        match job {
            Job::Load {
                index,
                path,
                generation,
            } => jobs::load(&self.sender, index, path, generation, self.lang),
            Job::Survey { paths } => jobs::survey(&self.sender, paths, self.lang),
            Job::Gather { paths } => jobs::gather(&self.sender, paths, self.lang),
            Job::Group {
                twos,
                curated,
                generation,
            } => jobs::group(&self.sender, twos, curated, generation),
            Job::Align {
                interviews,
                curated,
                opinion,
                judgements,
                generation,
            } => {
                let said = (curated, judgements, opinion);
                jobs::align(&self.sender, interviews, said, generation);
            }
            Job::Judge {
                judge,
                interviews,
                generation,
            } => {
                self.leash.stop();
                let leash = self.leash.clone();
                jobs::judge(
                    &self.sender,
                    judge,
                    interviews,
                    generation,
                    leash,
                    self.lang,
                );
            }
        }
    }

    /// Carries out one effect.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn carry_out(&mut self, effect: Effect, screen: &mut Screen) -> io::Result<After> {
        match effect {
            Effect::Begin(job) => self.start(job),
            Effect::Write(errand) => {
                self.unanswered += usize::from(errand.is_answered());
                self.writer.run(errand);
            }
            Effect::Copy(text) => screen.copy(&text)?,
            Effect::Edit(text) => {
                let (edited, back) = screen.lend(|| editor::edit(&text, &self.state, self.lang));
                return Ok(After::Lent(Message::Edited(edited), back));
            }
            Effect::Redraw => {
                screen.fit()?;
                return Ok(After::Fitted);
            }
            Effect::Suspend => return Ok(After::Suspend),
            Effect::Quit => return Ok(After::End),
        }
        Ok(After::Go)
    }

    /// Whether an answer of the writer is still to come.
    pub fn is_waiting(&self) -> bool {
        self.unanswered > 0
    }

    /// Takes note of an answer.
    pub fn hear(&mut self, answer: &Message) {
        let answers = matches!(
            answer,
            Message::Saved { .. } | Message::Looked(_) | Message::Drafted { .. }
        );
        if answers {
            self.unanswered = self.unanswered.saturating_sub(1);
        }
    }

    /// Waits until everything is written; the lines `unsaved` are put aside where the notes don't answer.
    ///
    /// # Errors
    /// One line, when notes could not be appended: it says where they are instead.
    pub fn finish(self, unsaved: &[u8]) -> Result<(), String> {
        self.leash.stop();
        if unsaved.is_empty() && self.is_waiting() {
            self.writer.leave();
            return Ok(());
        }
        self.writer.finish(unsaved)
    }
}
