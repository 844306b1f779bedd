//! A reader without a disk and without a terminal: what it wants done is looked at, and answered as it may be answered.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ratatui::layout::Size;
use synopse::app::annotate::Annotations;
use synopse::app::{App, Effect, Entry, Errand, Job, Loaded, Message, Moment, Setup};
use synopse::files::{Appended, Mark};
use synopse::interview::Interview;
use synopse::notes::draft::Draft;
use synopse::notes::{Book, Id, Note, Store};
use synopse::parallels::{Alignment, Curated, Terms};
use synopse::session::{Position, Session};
use synopse::transcript;

pub const FIRST: &str = "Wie geht es Ihnen heute?\n\nGut, danke der Nachfrage.\n\nUnd was lesen Sie gerade?\n\nEinen Roman.\n\n\
    Wovon handelt er?\n\nVon einer Reise.";
pub const SECOND: &str =
    "Was lesen Sie gern?\n\nRomane, am liebsten lange.\n\nWohin reisen Sie?\n\nNach Norden.";

pub struct Reader {
    pub app: App,
    pub sent: u128,
    pub elapsed: Duration,
}

/// An interview of this text, as if read from a file of this name.
pub fn interview(name: &str, text: &str) -> Arc<Interview> {
    let path = PathBuf::from(format!("/texte/{name}.txt"));
    let mut interview = transcript::read(text.as_bytes(), Some(&path)).unwrap();
    interview.identity.path = Some(path);
    Arc::new(interview)
}

pub fn entry(interview: &Arc<Interview>) -> Entry {
    let path = interview.identity.path.clone();
    Entry::read(interview.name.clone(), path, Arc::clone(interview))
}

pub fn position(interview: &Interview, exchange: usize) -> Position {
    Position {
        interview: synopse::session::key(interview),
        paragraph: 2 * exchange,
        byte: 0,
        exchange: Some(exchange),
    }
}

pub fn start(
    library: Vec<Entry>,
    session: Option<Session>,
    drafts: Vec<Draft>,
) -> (Reader, Vec<Effect>) {
    let book = Book::new::<Interview>(Store::default(), &[]);
    let (app, effects) = App::new(Setup {
        size: Size::new(120, 30),
        library,
        session,
        annotations: Annotations::new(book, Mark::default(), drafts),
        ..Setup::default()
    });
    let (sent, elapsed) = (0, Duration::ZERO);
    (Reader { app, sent, elapsed }, effects)
}

/// A reader of both interviews.
pub fn reader() -> Reader {
    let library = vec![
        entry(&interview("eins", FIRST)),
        entry(&interview("zwei", SECOND)),
    ];
    let (mut reader, effects) = start(library, None, Vec::new());
    reader.align(&effects);
    reader
}

impl Reader {
    pub fn send(&mut self, message: Message) -> Vec<Effect> {
        self.sent += 1;
        let moment = Moment {
            elapsed: self.elapsed,
            time: jiff::Timestamp::from_second(1_780_000_000).unwrap(),
            id: uuid::Uuid::from_u128(self.sent),
        };
        self.app.update(message, moment)
    }

    /// Types keys as the table writes them; gives the effects of all.
    pub fn keys(&mut self, keys: &str) -> Vec<Effect> {
        let keys = keys.split(' ').map(|key| key.parse().unwrap());
        keys.flat_map(|key| self.send(Message::Key(key))).collect()
    }

    /// Lets the time come that was asked for.
    pub fn wait(&mut self) -> Vec<Effect> {
        self.elapsed = self.app.deadline().unwrap();
        self.send(Message::Deadline)
    }

    pub fn saved(&mut self, count: usize, works: bool) -> Vec<Effect> {
        let appended = Appended {
            mark: Mark::default(),
            others: Vec::new(),
            anew: false,
        };
        let result = works.then_some(appended).ok_or_else(|| "kaputt".to_owned());
        self.send(Message::Saved { count, result })
    }

    pub fn drafted(&mut self, effects: &[Effect], works: bool) {
        let id = drafts(effects)[0].id.clone();
        let result = works.then_some(()).ok_or_else(|| "kaputt".to_owned());
        self.send(Message::Drafted { id, result });
    }

    /// Answers what was asked about parallels; gives what the reader had said of them.
    pub fn align(&mut self, effects: &[Effect]) -> Option<usize> {
        let asked = effects.iter().rev().find_map(|effect| match effect {
            Effect::Begin(Job::Align {
                interviews,
                judgements,
                generation,
                ..
            }) => Some((interviews.clone(), judgements.clone(), *generation)),
            _ => None,
        });
        let ([left, right], judgements, generation) = asked?;
        let terms = [Terms::new(&left), Terms::new(&right)];
        let curated = Curated::default();
        let alignment = Alignment::new(&left, &terms[0], &right, &terms[1], &curated, &judgements);
        let alignment = Arc::new(alignment);
        self.send(Message::Aligned {
            generation,
            alignment,
        });
        Some(judgements.len())
    }

    /// Answers the requests to read interview 0 with `text`, or with a failure.
    pub fn loaded(
        &mut self,
        effects: &[Effect],
        result: Result<Arc<Interview>, String>,
    ) -> Vec<Effect> {
        let asked = effects.iter().find_map(|effect| match effect {
            Effect::Begin(Job::Load {
                index: 0,
                generation,
                ..
            }) => Some(*generation),
            _ => None,
        });
        self.send(Message::Loaded(Loaded {
            index: 0,
            generation: asked.unwrap(),
            result,
        }))
    }

    pub fn notes(&self) -> Vec<Note> {
        let notes = self.app.annotations.book.notes();
        notes.map(|placed| placed.note.clone()).collect()
    }
}

/// How many versions each append is to write.
pub fn appends(effects: &[Effect]) -> Vec<usize> {
    let count = |effect: &Effect| match effect {
        Effect::Write(Errand::Append { count, .. }) => Some(*count),
        _ => None,
    };
    effects.iter().filter_map(count).collect()
}

/// The drafts to be kept.
pub fn drafts(effects: &[Effect]) -> Vec<&Note> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Write(Errand::SaveDraft(draft)) => Some(&draft.note),
            _ => None,
        })
        .collect()
}

/// The drafts to be forgotten.
pub fn dropped(effects: &[Effect]) -> Vec<&Id> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Write(Errand::DropDraft(note)) => Some(&note.id),
            _ => None,
        })
        .collect()
}
