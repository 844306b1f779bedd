//! Writes notes on one thread, drafts and where the reader was on another, each in the order asked for: a folder that
//! stalls, as one on a network may, keeps no draft from the disk. A draft goes only after its note has been answered for.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use memchr::memmem;

use super::Places;
use super::jobs::caught;
use crate::app::{Errand, Message};
use crate::files::{self, Folders};
use crate::lang::{Lang, Tell};
use crate::notes::draft::Drafts;
use crate::notes::{aside, store};
use crate::session;
use crate::text::visible::visible_line;
use crate::tui::Event;

/// How long to wait at the end for a folder that doesn't answer.
pub const PARTING: Duration = Duration::from_secs(3);

/// The threads that write, and this end of them.
pub struct Writer {
    notes: Desk,
    state: Desk,
    aside: Aside,
}

impl Writer {
    /// Starts them; they answer over `sender`.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn start(sender: Sender<Event>, places: Places) -> io::Result<Writer> {
        let Places {
            notes,
            folders,
            drafts,
            lang,
        } = places;
        let aside = Aside {
            notes,
            state: folders.state.clone(),
            lang,
        };
        let to_notes = Notes {
            aside: aside.clone(),
            unsaved: Vec::new(),
        };
        let to_state = State {
            drafts,
            folders,
            lang,
        };
        Ok(Writer {
            aside,
            notes: Desk::start("notes", sender.clone(), to_notes)?,
            state: Desk::start("state", sender, to_state)?,
        })
    }

    /// Has an errand run after those before it.
    pub fn run(&self, errand: Errand) {
        match errand {
            Errand::Append { .. } | Errand::Look { .. } => self.notes.run(errand),
            _ => self.state.run(errand),
        }
    }

    /// Waits for the last errand; puts aside the lines `unsaved` where the notes don't answer.
    ///
    /// # Errors
    /// One line, when notes could not be appended: it says where they are instead.
    pub fn finish(mut self, unsaved: &[u8]) -> Result<(), String> {
        // What is lost with it is no more than a place.
        let _ = self.state.finish();
        match self.notes.finish() {
            Some(done) => done,
            None => self.aside.put(unsaved),
        }
    }
}

impl Writer {
    /// Waits for drafts, and for no notes: none are unsaved, and nobody is left to want those of others.
    pub fn leave(mut self) {
        self.notes.errands = None;
        let _ = self.state.finish();
    }
}

impl Drop for Writer {
    /// Also when the reader breaks down, what it wanted written is written.
    fn drop(&mut self) {
        let _ = (self.state.finish(), self.notes.finish());
    }
}

/// A thread and what it still has to do.
struct Desk {
    errands: Option<Sender<Errand>>,
    ended: Receiver<Result<(), String>>,
}

impl Desk {
    fn start(name: &str, sender: Sender<Event>, mut clerk: impl Clerk) -> io::Result<Desk> {
        let (errands, waiting) = channel();
        let (ends, ended) = channel();
        thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                for errand in waiting {
                    if let Some(answer) = clerk.run(errand) {
                        let _ = sender.send(Event::Answer(answer));
                    }
                }
                let _ = ends.send(clerk.end());
            })?;
        Ok(Desk {
            errands: Some(errands),
            ended,
        })
    }

    fn run(&self, errand: Errand) {
        if let Some(errands) = &self.errands {
            // The thread catches every panic and ends only when this end is dropped.
            let _ = errands.send(errand);
        }
    }

    /// Waits until all is done; `None` where that takes too long.
    fn finish(&mut self) -> Option<Result<(), String>> {
        self.errands.take()?;
        match self.ended.recv_timeout(PARTING) {
            Ok(done) => Some(done),
            Err(RecvTimeoutError::Disconnected) => Some(Ok(())),
            Err(RecvTimeoutError::Timeout) => None,
        }
    }
}

/// Who sits at a desk.
trait Clerk: Send + 'static {
    /// Runs an errand; what to answer, if that is wanted.
    fn run(&mut self, errand: Errand) -> Option<Message>;
    /// As the last thing.
    fn end(self) -> Result<(), String>;
}

/// Appends to the notes.
struct Notes {
    aside: Aside,
    /// Lines that could not be appended; the reader tries them again, and at the end they are put aside.
    unsaved: Vec<u8>,
}

impl Clerk for Notes {
    fn run(&mut self, errand: Errand) -> Option<Message> {
        let Aside { notes, lang, .. } = &self.aside;
        match errand {
            Errand::Append {
                lines,
                count,
                known,
            } => {
                let told = |error: files::Error| error.tell(*lang);
                let saved = caught(|| store::save(notes, &lines, &known).map_err(told));
                let result = saved.and_then(|saved| saved);
                self.note(lines, result.is_ok());
                Some(Message::Saved { count, result })
            }
            Errand::Look { known } => {
                let told = |error: files::Error| error.tell(*lang);
                let found = caught(|| files::look(notes, &known).map_err(told));
                Some(Message::Looked(found.and_then(|found| found)))
            }
            _ => None,
        }
    }

    fn end(self) -> Result<(), String> {
        self.aside.put(&self.unsaved)
    }
}

impl Notes {
    /// Keeps account of what is not saved. Lines tried again come with those before and after them, or alone.
    fn note(&mut self, lines: Vec<u8>, saved: bool) {
        let again = memmem::find(&lines, &self.unsaved).is_some();
        match (saved, again) {
            (true, true) => self.unsaved.clear(),
            (true, false) => {}
            (false, true) => self.unsaved = lines,
            (false, false) => self.unsaved.extend(lines),
        }
    }
}

/// Keeps drafts, and where the reader was.
struct State {
    drafts: Drafts,
    folders: Folders,
    lang: Lang,
}

impl Clerk for State {
    fn run(&mut self, errand: Errand) -> Option<Message> {
        let State {
            drafts,
            folders,
            lang,
        } = self;
        match errand {
            Errand::SaveDraft(draft) => {
                let told = |error: files::Error| error.tell(*lang);
                let kept = caught(|| drafts.save(&draft).map_err(told));
                return Some(Message::Drafted {
                    id: draft.note.id,
                    result: kept.and_then(|kept| kept),
                });
            }
            // A draft that stays and a place that is forgotten do no harm: the one is offered again, the other is the
            // start.
            Errand::DropDraft(note) => drop(caught(|| drafts.discard(&note))),
            Errand::SaveSession { keys, session } => {
                let _ = caught(|| session::save(&folders.sessions(), &keys, &session));
            }
            Errand::Append { .. } | Errand::Look { .. } => {}
        }
        None
    }

    fn end(self) -> Result<(), String> {
        Ok(())
    }
}

/// Where to put what could not be appended to the notes.
#[derive(Clone)]
struct Aside {
    notes: PathBuf,
    state: PathBuf,
    lang: Lang,
}

impl Aside {
    /// Puts `unsaved` where it can be found.
    fn put(&self, unsaved: &[u8]) -> Result<(), String> {
        if unsaved.is_empty() {
            return Ok(());
        }
        let shown = |path: &Path| visible_line(&path.to_string_lossy());
        let aside = aside::put(&self.state, &self.notes, unsaved);
        let notes = shown(&self.notes);
        let name = aside.map_err(|error| error.tell(self.lang))?;
        let name = shown(&name);
        Err(self.lang.tr(
            format!(
                "{notes}: notes could not be appended; they are in {name}, and the next start adds them"
            ),
            format!(
                "{notes}: Notizen ließen sich nicht anhängen; sie stehen in {name}, der nächste Start hängt sie an"
            ),
        ))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::files::{Folders, Mark};
    use crate::lang::Lang;
    use crate::notes::draft::{Draft, Drafts};
    use crate::notes::{Motivation, Note};

    struct Bench {
        home: tempfile::TempDir,
        writer: Writer,
        answers: Receiver<Event>,
    }

    /// A writer in a folder of its own, with the notes in the file `notes` there.
    fn bench(notes: &str) -> Bench {
        let home = tempfile::tempdir().unwrap();
        let folders = Folders {
            data: home.path().into(),
            state: home.path().join("state"),
            config: home.path().into(),
        };
        let places = Places {
            notes: home.path().join(notes),
            drafts: Drafts::new(folders.drafts(), Uuid::from_u128(1)),
            folders,
            lang: Lang::English,
        };
        let (sender, answers) = channel();
        let writer = Writer::start(sender, places).unwrap();
        Bench {
            home,
            writer,
            answers,
        }
    }

    fn append(lines: &str) -> Errand {
        Errand::Append {
            lines: lines.into(),
            count: 1,
            known: Mark::default(),
        }
    }

    fn draft(text: &str) -> Box<Draft> {
        let id = Uuid::from_u128(2);
        let time = jiff::Timestamp::UNIX_EPOCH;
        Box::new(Note::new(id, time, Motivation::Commenting, text, vec![]).into())
    }

    #[test]
    fn what_is_asked_for_last_is_done_before_the_end() {
        let Bench {
            home,
            writer,
            answers,
        } = bench("n.jsonl");
        for line in ["eins\n", "zwei\n", "drei\n"] {
            writer.run(append(line));
        }
        writer.finish(&[]).unwrap();
        let written = std::fs::read_to_string(home.path().join("n.jsonl")).unwrap();
        assert_eq!(written, "eins\nzwei\ndrei\n");
        let saved = answers
            .try_iter()
            .filter(|event| matches!(event, Event::Answer(Message::Saved { result: Ok(_), .. })));
        assert_eq!(saved.count(), 3);
    }

    #[test]
    fn a_draft_is_kept_until_it_is_dropped() {
        let Bench { home, writer, .. } = bench("n.jsonl");
        let kept = || files::list(&home.path().join("state/drafts")).unwrap();
        writer.run(Errand::SaveDraft(draft("Entwu")));
        writer.run(Errand::SaveDraft(draft("Entwurf")));
        writer.run(append("{}\n"));
        writer.run(Errand::DropDraft(Box::new(draft("Entwurf").note)));
        writer.finish(&[]).unwrap();
        assert!(kept().iter().all(|file| !file.name.ends_with(".json")));
    }

    #[test]
    fn what_could_not_be_appended_is_put_aside_at_the_end() {
        let Bench {
            home,
            writer,
            answers,
        } = bench("ordner");
        std::fs::create_dir(home.path().join("ordner")).unwrap();
        writer.run(append("eins\n"));
        writer.run(append("eins\nzwei\n"));
        let said = writer.finish(&[]).unwrap_err();
        let name = said
            .split(' ')
            .find(|word| word.contains("unsaved-"))
            .unwrap();
        let aside = std::fs::read_to_string(name.trim_end_matches(',')).unwrap();
        assert_eq!(aside, "eins\nzwei\n");
        let refused = answers
            .try_iter()
            .filter(|event| matches!(event, Event::Answer(Message::Saved { result: Err(_), .. })));
        assert_eq!(refused.count(), 2);
    }

    #[test]
    fn a_store_that_stalls_keeps_no_draft_from_the_disk_and_its_notes_are_put_aside() {
        let Bench {
            home,
            writer,
            answers,
        } = bench("n.jsonl");
        let path = home.path().join("n.jsonl");
        let held = std::fs::File::create(&path).unwrap();
        held.lock().unwrap();
        writer.run(append("eins\n"));
        writer.run(Errand::SaveDraft(draft("Entwurf")));
        let first = answers.recv_timeout(PARTING).unwrap();
        assert!(matches!(
            first,
            Event::Answer(Message::Drafted { result: Ok(()), .. })
        ));
        let said = writer.finish(b"eins\nzwei\n").unwrap_err();
        assert!(said.contains("unsaved-"), "{said}");
        assert_eq!(std::fs::read(&path).unwrap(), b"");
        drop(held);
        answers.recv_timeout(PARTING).unwrap();
        assert_eq!(
            std::fs::read(&path).unwrap(),
            b"eins\n",
            "it comes to it after all"
        );
    }

    #[test]
    fn what_is_saved_at_the_second_try_is_not_put_aside() {
        let Bench {
            home,
            writer,
            answers,
        } = bench("ordner");
        let path = home.path().join("ordner");
        std::fs::create_dir(&path).unwrap();
        writer.run(append("eins\n"));
        answers.recv().unwrap();
        std::fs::remove_dir(&path).unwrap();
        writer.run(append("eins\n"));
        writer.finish(&[]).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "eins\n");
    }
}
