//! What a key costs: the change of state, and the whole frame drawn anew. What the terminal is sent then is measured in
//! `terminal.rs`.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "criterion's macros document nothing, and a bench may stop"
)]

#[path = "support/made_up.rs"]
mod made_up;

use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use synopse::app::annotate::Annotations;
use synopse::app::{App, Effect, Entry, Job, Message, Moment, Setup, Side};
use synopse::files::Mark;
use synopse::interview::Interview;
use synopse::lang::Lang;
use synopse::notes::{Book, Store};
use synopse::parallels::{Alignment, Curated, Terms};
use synopse::transcript;
use synopse::tui::draw::paint;
use synopse::tui::theme::{Colours, Terminal, Theme};

const SIZE: Size = Size {
    width: 180,
    height: 50,
};
const TERMINAL: Terminal = Terminal {
    colours: Colours::True,
    dark: true,
    unicode: true,
};

/// A reader whose frames go into a buffer.
struct Reader {
    app: App,
    theme: Theme,
    buffer: Buffer,
}

impl Reader {
    fn new(interviews: Vec<Interview>) -> Reader {
        let library = interviews
            .into_iter()
            .map(|interview| Entry::read(interview.name.clone(), None, Arc::new(interview)));
        let book = Book::new::<Interview>(Store::default(), &[]);
        let (app, effects) = App::new(Setup {
            lang: Lang::German,
            zone: None,
            size: SIZE,
            library: library.collect(),
            annotations: Annotations::new(book, Mark::default(), Vec::new()),
            ..Setup::default()
        });
        let mut reader = Reader {
            app,
            theme: Theme::new(TERMINAL),
            buffer: Buffer::empty(Rect::from((Position::ORIGIN, SIZE))),
        };
        for effect in effects {
            reader.align(effect);
        }
        reader
    }

    /// Finds the parallels, if they are wanted; nothing else that is wanted changes a frame.
    fn align(&mut self, effect: Effect) {
        let Effect::Begin(Job::Align {
            interviews: [left, right],
            judgements,
            generation,
            ..
        }) = effect
        else {
            return;
        };
        let terms = [Terms::new(&left), Terms::new(&right)];
        let curated = Curated::shipped();
        let alignment = Alignment::new(&left, &terms[0], &right, &terms[1], &curated, &judgements);
        self.send(Message::Aligned {
            generation,
            alignment: Arc::new(alignment),
        });
    }

    fn send(&mut self, message: Message) {
        let moment = Moment {
            elapsed: Duration::ZERO,
            time: jiff::Timestamp::UNIX_EPOCH,
            id: uuid::Uuid::nil(),
        };
        self.app.update(message, moment);
    }

    fn key(&mut self, key: &str) {
        self.send(Message::Key(key.parse().unwrap()));
    }

    /// How long it takes from a key to a whole frame.
    fn frame(&mut self, key: &str) -> Duration {
        let message = Message::Key(key.parse().unwrap());
        let start = Instant::now();
        self.send(message);
        self.buffer.reset();
        paint(&self.app, &mut self.buffer, &self.theme);
        start.elapsed()
    }

    /// Where both columns stand.
    fn place(&self) -> impl PartialEq + use<> {
        Side::BOTH.map(|side| self.app.column(side).top)
    }
}

fn frames(c: &mut Criterion, name: &str, interviews: Vec<Interview>) {
    let mut reader = Reader::new(interviews);
    let mut group = c.benchmark_group(name);
    for (what, key) in [("a line", "j"), ("a page", "Space"), ("a question", "J")] {
        reader.key("g");
        group.bench_function(what, |b| {
            b.iter_custom(|times| {
                (0..times)
                    .map(|_| {
                        let before = reader.place();
                        let time = reader.frame(key);
                        if reader.place() == before {
                            // The end: from the beginning again.
                            reader.key("g");
                        }
                        time
                    })
                    .sum()
            });
        });
    }
    reader.key("f");
    group.bench_function("a letter of the filter", |b| {
        b.iter_custom(|times| {
            (0..times)
                .map(|_| {
                    let time = reader.frame("e");
                    reader.key("Backspace");
                    time
                })
                .sum()
        });
    });
    reader.key("Esc");
    group.bench_function("nothing new", |b| {
        b.iter(|| {
            reader.buffer.reset();
            paint(&reader.app, &mut reader.buffer, &reader.theme)
        });
    });
}

fn frame(c: &mut Criterion) {
    frames(c, "frame, two interviews", transcript::shipped());
    let halves = [2, 3].map(|seed| {
        let text = made_up::interview(5_000_000, seed);
        transcript::read(text.as_bytes(), None).unwrap()
    });
    frames(c, "frame, 10 MB", halves.into());
}

criterion_group!(benches, frame);
criterion_main!(benches);
