//! Writes notes, drafts and where the reader was: one thread, in the order asked for, so that a draft is never dropped
//! before its note is safe.

use std::io;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use memchr::memmem;

use super::Places;
use super::jobs::caught;
use crate::app::{Errand, Message};
use crate::files;
use crate::lang::Tell;
use crate::notes::{aside, store};
use crate::session;
use crate::text::visible::visible_line;
use crate::tui::Event;

/// The thread that writes, and this end of it.
pub struct Writer {
    errands: Option<Sender<Errand>>,
    thread: Option<JoinHandle<Result<(), String>>>,
}

impl Writer {
    /// Starts it; it answers over `sender`.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn start(sender: Sender<Event>, places: Places) -> io::Result<Writer> {
        let (errands, waiting) = channel();
        let thread = thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || {
                Desk {
                    sender,
                    places,
                    unsaved: Vec::new(),
                }
                .work(&waiting)
            })?;
        Ok(Writer {
            errands: Some(errands),
            thread: Some(thread),
        })
    }

    /// Has an errand run after those before it.
    pub fn run(&self, errand: Errand) {
        if let Some(errands) = &self.errands {
            // The thread catches every panic and ends only when this end is dropped.
            let _ = errands.send(errand);
        }
    }

    /// Waits for the last errand.
    ///
    /// # Errors
    /// One line, when notes could not be appended: it says where they are instead.
    pub fn finish(mut self) -> Result<(), String> {
        self.wait()
    }

    fn wait(&mut self) -> Result<(), String> {
        self.errands = None;
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(done)) => done,
            Some(Err(_)) | None => Ok(()),
        }
    }
}

impl Drop for Writer {
    /// Also when the reader breaks down, what it wanted written is written.
    fn drop(&mut self) {
        let _ = self.wait();
    }
}

/// The thread's own.
struct Desk {
    sender: Sender<Event>,
    places: Places,
    /// Lines that could not be appended; the reader tries them again, and at the end they are put aside.
    unsaved: Vec<u8>,
}

impl Desk {
    fn work(mut self, errands: &Receiver<Errand>) -> Result<(), String> {
        for errand in errands {
            let Places {
                notes,
                folders,
                drafts,
                lang,
            } = &mut self.places;
            let told = |error: files::Error| error.tell(*lang);
            let answer = match errand {
                Errand::Append {
                    lines,
                    count,
                    known,
                } => {
                    let saved = caught(|| store::save(notes, &lines, &known).map_err(told));
                    let result = saved.and_then(|saved| saved);
                    self.note(lines, result.is_ok());
                    Message::Saved { count, result }
                }
                // What can't be read now is read when something is saved, and a failure told then.
                Errand::Look { known } => {
                    let found = caught(|| files::look(notes, &known).ok().flatten());
                    Message::Looked(found.unwrap_or_default())
                }
                Errand::SaveDraft(draft) => {
                    let kept = caught(|| drafts.save(&draft).map_err(told));
                    Message::Drafted {
                        id: draft.note.id,
                        result: kept.and_then(|kept| kept),
                    }
                }
                // A draft that stays and a place that is forgotten do no harm: the one is offered again, the other
                // is the start.
                Errand::DropDraft(note) => {
                    let _ = caught(|| drafts.discard(&note));
                    continue;
                }
                Errand::SaveSession { keys, session } => {
                    let _ = caught(|| session::save(&folders.sessions(), &keys, &session));
                    continue;
                }
            };
            let _ = self.sender.send(Event::Answer(answer));
        }
        self.put_aside()
    }

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

    /// Puts what could not be appended where it can be found.
    fn put_aside(&self) -> Result<(), String> {
        if self.unsaved.is_empty() {
            return Ok(());
        }
        let Places {
            notes,
            folders,
            lang,
            ..
        } = &self.places;
        let shown = |path: &Path| visible_line(&path.to_string_lossy());
        let aside = aside::put(&folders.state, notes, &self.unsaved);
        let notes = shown(notes);
        let name = aside.map_err(|error| error.tell(*lang))?;
        let name = shown(&name);
        Err(lang.tr(
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
        Box::new(Draft {
            note: Note::new(id, time, Motivation::Commenting, text, vec![]),
        })
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
        writer.finish().unwrap();
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
        writer.finish().unwrap();
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
        let said = writer.finish().unwrap_err();
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
        writer.finish().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "eins\n");
    }
}
