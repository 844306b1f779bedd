//! What typesetting costs: an interview, and a screenful from the middle of a giant paragraph.
#![allow(missing_docs, reason = "criterion's macros document nothing")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use synopse::text::Language;
use synopse::typeset::{Lines, stretch, typeset};

const INTERVIEW: &str = include_str!("../seeds/pallenberg.txt");

fn all(c: &mut Criterion) {
    let german = Some(Language::German);
    let mut group = c.benchmark_group("typeset");
    group.sample_size(20);
    group.throughput(Throughput::Bytes(INTERVIEW.len() as u64));
    group.bench_function("an interview, 34 cells", |b| {
        b.iter(|| typeset(black_box(INTERVIEW), 34, german))
    });
    let giant = INTERVIEW.replace('\n', " ").repeat(1_000);
    group.throughput(Throughput::Elements(100));
    group.bench_function("100 lines inside 10 MB on one line", |b| {
        b.iter(|| {
            let start = stretch(&giant, black_box(giant.len() / 2)).start;
            Lines::from(&giant, start, 34, german).take(100).count()
        });
    });
}

criterion_group!(benches, all);
criterion_main!(benches);
