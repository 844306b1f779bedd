//! What 100,000 notes cost: opening their store, finding them in the interviews read, a note more, a key in the reader
//! with the whole frame, the list of all of them and a key in its filter. Beside it `jq`, if there is one, on the same
//! file.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "criterion's macros document nothing, and a bench may stop"
)]

#[path = "support/made_up.rs"]
mod made_up;

use std::hint::black_box;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use synopse::app::annotate::Annotations;
use synopse::app::{App, Entry, Message, Moment, Setup};
use synopse::files::Mark;
use synopse::interview::Interview;
use synopse::notes::w3c::{self, Line};
use synopse::notes::{Book, Motivation, Note, Store, Target, store};
use synopse::transcript;
use synopse::tui::draw::paint;
use synopse::tui::theme::{Colours, Terminal, Theme};
use uuid::Uuid;

const NOTES: usize = 100_000;
/// How many interviews they are on.
const INTERVIEWS: usize = 100;
const SIZE: Size = Size::new(180, 50);

fn interviews() -> Vec<Interview> {
    let seeds = 0..u64::try_from(INTERVIEWS).unwrap();
    seeds
        .map(|seed| {
            let path = format!("/texte/gespräch-{seed}.txt");
            let text = made_up::interview(40_000, seed);
            let mut on = transcript::read(text.as_bytes(), Some(Path::new(&path))).unwrap();
            on.metadata.interviewee = Some(format!("Gespräch {seed}"));
            on.identity.path = Some(path.into());
            on
        })
        .collect()
}

/// A note a sentence: a comment, a highlight, or a tag; on `all` interviews in turn.
fn notes(all: &[Interview]) -> Vec<u8> {
    let sentences: Vec<Vec<(usize, usize)>> = all
        .iter()
        .map(|on| {
            let ends: Vec<usize> = on.text.match_indices(". ").map(|(at, _)| at + 1).collect();
            ends.windows(2).map(|two| (two[0] + 1, two[1])).collect()
        })
        .collect();
    let mut made: Vec<Vec<Option<Target>>> =
        sentences.iter().map(|s| vec![None; s.len()]).collect();
    let mut lines = Vec::new();
    for n in 0..NOTES {
        let (i, nth) = (n % all.len(), n / all.len());
        let nth = nth % sentences[i].len();
        let (start, end) = sentences[i][nth];
        let target = made[i][nth].get_or_insert_with(|| Target::passage(&all[i], start..end));
        let (kind, text) = match n % 4 {
            0 => (Motivation::Highlighting, String::new()),
            1 => (Motivation::Tagging, format!("thema-{}", n % 97)),
            _ => (
                Motivation::Commenting,
                format!("Dazu Nummer {n}: {}", &target.anchor.exact),
            ),
        };
        let time = Timestamp::from_second(1_780_000_000 + i64::try_from(n).unwrap()).unwrap();
        let id = Uuid::from_u128(n as u128 * 0x9e37_79b9_7f4a_7c15_f39c_0c11_8d2c_0b55);
        let note = Note::new(id, time, kind, &text, vec![target.clone()]);
        lines.extend(w3c::write(&Line::Note(Box::new(note))));
    }
    lines
}

fn moment() -> Moment {
    Moment {
        elapsed: Duration::ZERO,
        time: Timestamp::from_second(1_790_000_000).unwrap(),
        id: Uuid::from_u128(7),
    }
}

/// The reader on the first two interviews.
fn reader(book: Book, all: &[Interview]) -> App {
    let library = all.iter().take(2).cloned();
    let library =
        library.map(|on| Entry::read(on.name.clone(), on.identity.path.clone(), Arc::new(on)));
    let (mut app, _) = App::new(Setup {
        size: SIZE,
        library: library.collect(),
        annotations: Annotations::new(book, Mark::default(), Vec::new()),
        ..Setup::default()
    });
    app.update(Message::Resize(SIZE), moment());
    app
}

fn key(app: &mut App, key: &str) {
    app.update(Message::Key(key.parse().unwrap()), moment());
}

fn bench(c: &mut Criterion, name: &str, all: &[Interview]) {
    let on = all.len();
    let bytes = notes(all);
    let folder = tempfile::tempdir().unwrap();
    let path = &folder.path().join("notes.jsonl");
    std::fs::write(path, &bytes).unwrap();
    println!("{name}: {} bytes", bytes.len());
    let mut group = c.benchmark_group(format!("{NOTES} notes on {name}"));
    group.sample_size(10);
    group.bench_function("read the file", |b| {
        b.iter(|| black_box(std::fs::read(path).unwrap()))
    });
    group.bench_function("open the store", |b| {
        b.iter_with_large_drop(|| store::open(path).unwrap())
    });
    group.bench_function("find those of two interviews", |b| {
        b.iter_batched(
            || store::open(path).unwrap().0,
            |store| Book::new(store, &all[..on.min(2)]),
            BatchSize::PerIteration,
        );
    });
    if Command::new("jq").arg("--version").output().is_ok() {
        group.bench_function("jq -c .id", |b| {
            b.iter(|| {
                let mut jq = Command::new("jq");
                jq.args(["-c", ".id"]).arg(path).stdout(Stdio::null());
                assert!(jq.status().unwrap().success());
            });
        });
    }
    group.bench_function("a note more, saved", |b| {
        let (_, _, mut mark) = store::open(path).unwrap();
        let line = &bytes[..=memchr(&bytes)];
        b.iter(|| mark = store::save(path, line, &mark).unwrap().mark);
    });
    group.bench_function("the same line, appended and synced", |b| {
        let line = &bytes[..=memchr(&bytes)];
        b.iter(|| {
            let mut file = std::fs::OpenOptions::new().append(true).open(path).unwrap();
            file.write_all(line).unwrap();
            file.sync_data().unwrap();
        });
    });
    let book = Book::new::<Interview>(Store::load(&bytes).0, &[]);
    let mut app = reader(book.clone(), all);
    let theme = Theme::new(Terminal {
        colours: Colours::True,
        dark: true,
        unicode: true,
    });
    let mut buffer = Buffer::empty(Rect::from((Position::ORIGIN, SIZE)));
    group.bench_function("a line down and up in the reader, drawn", |b| {
        b.iter(|| {
            for one in ["j", "k"] {
                key(&mut app, one);
                buffer.reset();
                paint(&app, &mut buffer, &theme);
            }
        });
    });
    group.bench_function("a note made and taken back in the reader", |b| {
        b.iter(|| {
            key(&mut app, "m");
            key(&mut app, "u");
        });
    });
    group.bench_function("the list of all", |b| {
        b.iter_batched(
            || reader(book.clone(), all),
            |mut app| {
                key(&mut app, "C");
                app
            },
            BatchSize::PerIteration,
        );
    });
    let mut app = reader(book, all);
    key(&mut app, "x");
    key(&mut app, "C");
    key(&mut app, "f");
    for typed in ["d", "dazu", "nmmr", "thema-4 zz"] {
        group.bench_function(format!("a key of the filter: {typed}"), |b| {
            let (last, first) = (typed.len() - 1, typed);
            for one in first[..last].chars() {
                key(
                    &mut app,
                    &if one == ' ' {
                        "Space".into()
                    } else {
                        one.to_string()
                    },
                );
            }
            b.iter(|| {
                key(&mut app, &first[last..]);
                key(&mut app, "Backspace");
            });
            for _ in 0..last {
                key(&mut app, "Backspace");
            }
        });
    }
    group.finish();
}

fn memchr(bytes: &[u8]) -> usize {
    bytes.iter().position(|&b| b == b'\n').unwrap()
}

fn many(c: &mut Criterion) {
    bench(c, "a hundred interviews", &interviews());
}

fn two(c: &mut Criterion) {
    bench(c, "the two interviews read", &interviews()[..2]);
}

fn shipped(c: &mut Criterion) {
    bench(c, "the two shipped interviews", &transcript::shipped());
}

criterion_group!(benches, many, two, shipped);
criterion_main!(benches);
