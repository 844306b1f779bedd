//! A reader without a terminal: keys in, screen out.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use synopse::app::annotate::Annotations;
use synopse::app::{App, Effect, Entry, Errand, Job, Message, Moment, Setup, Side};
use synopse::files::Mark;
use synopse::interview::Interview;
use synopse::lang::Lang;
use synopse::notes::draft::Draft;
use synopse::notes::{Book, Store, store};
use synopse::parallels::between::compare;
use synopse::parallels::judge::{self, Judge, Leash};
use synopse::parallels::themes::themes;
use synopse::parallels::{Alignment, Curated, Terms};
use synopse::session::Session;
use synopse::transcript;
use synopse::tui::draw::paint;
use synopse::tui::theme::{Colours, Terminal, Theme};

pub const TRUE: Terminal = Terminal {
    colours: Colours::True,
    dark: true,
    unicode: true,
};

/// A reader whose effects are carried out at once, in a folder of its own.
pub struct Reader {
    pub app: App,
    pub terminal: Terminal,
    pub notes: PathBuf,
    pub copied: Vec<String>,
    pub drafts: Vec<Draft>,
    pub session: Option<Session>,
    pub ended: bool,
    pub ids: u128,
    pub elapsed: Duration,
    _folder: tempfile::TempDir,
}

impl Reader {
    /// The reader with the interviews that come with it.
    pub fn new(width: u16, height: u16) -> Reader {
        Reader::with(transcript::shipped(), None, width, height)
    }

    pub fn with(
        interviews: Vec<Interview>,
        session: Option<Session>,
        width: u16,
        height: u16,
    ) -> Reader {
        Reader::judged(interviews, session, None, Size { width, height })
    }

    /// A reader in which another judge is asked too; it has answered when this returns.
    pub fn judged(
        interviews: Vec<Interview>,
        session: Option<Session>,
        judge: Option<Judge>,
        size: Size,
    ) -> Reader {
        let folder = tempfile::tempdir().unwrap();
        let library = interviews
            .into_iter()
            .map(|i| Entry::read(i.name.clone(), None, Arc::new(i)));
        let book = Book::new::<Interview>(Store::default(), &[]);
        let setup = Setup {
            lang: Lang::German,
            zone: None,
            size,
            library: library.collect(),
            annotations: Annotations::new(book, Mark::default(), Vec::new()),
            session,
            no_curated: judge.is_some(),
            judge,
            notice: None,
        };
        let (app, effects) = App::new(setup);
        let mut reader = Reader {
            app,
            terminal: TRUE,
            notes: folder.path().join("notes.jsonl"),
            copied: Vec::new(),
            drafts: Vec::new(),
            session: None,
            ended: false,
            ids: 0,
            elapsed: Duration::ZERO,
            _folder: folder,
        };
        reader.carry_out(effects);
        reader
    }

    pub fn send(&mut self, message: Message) {
        self.ids += 1;
        let moment = Moment {
            elapsed: self.elapsed,
            time: jiff::Timestamp::from_second(
                1_780_000_000 + self.elapsed.as_secs().cast_signed(),
            )
            .unwrap(),
            id: uuid::Uuid::from_u128(self.ids),
        };
        let effects = self.app.update(message, moment);
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Begin(Job::Align {
                    interviews,
                    curated,
                    opinion,
                    judgements,
                    generation,
                }) => {
                    let [left, right] = &interviews;
                    let terms = [Terms::new(left), Terms::new(right)];
                    let curated = match curated {
                        true => Curated::shipped(),
                        false => Curated::default(),
                    };
                    let alignment =
                        Alignment::new(left, &terms[0], right, &terms[1], &curated, &judgements);
                    let alignment = alignment.judged(opinion.unwrap_or_default());
                    self.send(Message::Aligned {
                        generation,
                        alignment: Arc::new(alignment),
                    });
                }
                Effect::Begin(Job::Group {
                    mut twos,
                    curated,
                    generation,
                }) => {
                    let curated = match curated {
                        true => Curated::shipped(),
                        false => Curated::default(),
                    };
                    compare(&mut twos, &curated);
                    let themes = themes(twos.iter().filter_map(|two| two.between.as_deref()));
                    self.send(Message::Grouped {
                        generation,
                        twos,
                        themes,
                    });
                }
                Effect::Begin(Job::Judge {
                    judge,
                    interviews: [left, right],
                    generation,
                }) => {
                    let heard = judge::ask(&judge, [&left, &right], &Leash::default());
                    let result = heard.map(Arc::new).map_err(|error| error.to_string());
                    self.send(Message::Judged { generation, result });
                }
                Effect::Write(Errand::Append {
                    lines,
                    count,
                    known,
                }) => {
                    let result =
                        store::save(&self.notes, &lines, &known).map_err(|e| e.to_string());
                    self.send(Message::Saved { count, result });
                }
                Effect::Write(Errand::Look { known }) => {
                    let found = synopse::files::look(&self.notes, &known);
                    self.send(Message::Looked(found.map_err(|e| e.to_string())));
                }
                Effect::Write(Errand::SaveDraft(draft)) => {
                    self.drafts.retain(|d| d.note.id != draft.note.id);
                    let id = draft.note.id.clone();
                    self.drafts.push(*draft);
                    self.send(Message::Drafted { id, result: Ok(()) });
                }
                Effect::Write(Errand::DropDraft(note)) => {
                    self.drafts.retain(|d| d.note.id != note.id)
                }
                Effect::Write(Errand::SaveSession { session, .. }) => self.session = Some(session),
                Effect::Copy(text) => self.copied.push(text),
                Effect::Edit(text) => self.send(Message::Edited(Ok(format!("{text}, im Editor")))),
                Effect::Quit => self.ended = true,
                Effect::Begin(Job::Load { .. } | Job::Survey { .. } | Job::Gather { .. })
                | Effect::Redraw
                | Effect::Suspend => {}
            }
        }
    }

    /// Types keys as the table writes them, separated by spaces; what stands in backquotes is typed letter by letter.
    pub fn keys(&mut self, keys: &str) -> &mut Reader {
        for (place, part) in keys.split('`').enumerate() {
            if place % 2 == 1 {
                let letters: Vec<char> = part.chars().collect();
                for c in letters {
                    let name = if c == ' ' {
                        "Space".to_owned()
                    } else {
                        c.to_string()
                    };
                    self.key(&name);
                }
            } else {
                part.split_whitespace().for_each(|key| self.key(key));
            }
        }
        self
    }

    pub fn key(&mut self, written: &str) {
        let key = written
            .parse()
            .unwrap_or_else(|()| panic!("no key {written}"));
        self.send(Message::Key(key));
    }

    pub fn buffer(&self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::from((Position::ORIGIN, self.app.size)));
        paint(&self.app, &mut buffer, &Theme::new(self.terminal));
        buffer
    }

    /// The text of the screen, without spaces at line ends.
    pub fn text(&self) -> String {
        let buffer = self.buffer();
        let width = usize::from(buffer.area.width);
        let rows = buffer.content.chunks(width).map(|row| {
            let line: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
            line.trim_end().to_owned()
        });
        rows.collect::<Vec<_>>().join("\n")
    }

    /// The text of the screen, and a hash of its styles.
    pub fn screen(&self) -> String {
        let buffer = self.buffer();
        let styles: String = buffer
            .content
            .iter()
            .map(|cell| format!("{:?}", cell.style()))
            .collect();
        let hash = synopse::notes::w3c::sha256(styles.as_bytes());
        format!("{}\nstyles {}", self.text(), &hash[..16])
    }

    /// What the file of notes says.
    pub fn saved(&self) -> String {
        std::fs::read_to_string(&self.notes).unwrap_or_default()
    }

    /// The exchanges that are read, counted from 1.
    pub fn pair(&self) -> (Option<usize>, Option<usize>) {
        let number = |side: Side| self.app.column(side).current.map(|exchange| exchange + 1);
        (number(Side::Left), number(Side::Right))
    }

    pub fn status(&self) -> String {
        self.text().lines().last().unwrap_or_default().to_owned()
    }
}

/// A made-up interview: a paragraph that ends in a question mark asks.
pub fn interview(name: &str, text: &str) -> Interview {
    let mut interview = transcript::read(text.as_bytes(), None).unwrap();
    interview.name = name.to_owned();
    interview
}
