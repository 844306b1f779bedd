//! How long it takes to compare two interviews, and how that grows with the number of their exchanges.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use synopse::interview::{Interview, Role, Turn};
use synopse::parallels::{Alignment, Curated, Terms};
use synopse::text::Language;

/// A made-up interview: questions of a dozen words, answers of a hundred, from some thousand words of which a few are
/// frequent and most are rare, as in speech.
fn interview(exchanges: usize, mut seed: u64) -> Interview {
    let mut random = move |below: u64| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let mut sentence = |words: usize| {
        let mut text = String::new();
        for _ in 0..words {
            let spread = random(4000) + 1;
            let mut number = random(spread);
            for _ in 0..3 {
                for letters in ["bdfgklmnprst", "aeiou"] {
                    let at = number as usize % letters.len();
                    text.push_str(&letters[at..=at]);
                    number /= letters.len() as u64;
                }
            }
            text.push(' ');
        }
        text
    };
    let mut paragraphs = Vec::new();
    let mut turns = Vec::new();
    for (role, words) in [(Role::Question, 12), (Role::Answer, 100)]
        .into_iter()
        .cycle()
        .take(exchanges * 2)
    {
        let start = paragraphs.len();
        paragraphs.push(sentence(words));
        turns.push(Turn::new(role, start..start + 1));
    }
    let mut interview = Interview::new(&paragraphs, turns);
    interview.language = Some(Language::German);
    interview
}

fn parallels(c: &mut Criterion) {
    let mut group = c.benchmark_group("parallels");
    group.sample_size(10);
    for exchanges in [10, 100, 1000] {
        let (left, right) = (interview(exchanges, 1), interview(exchanges, 2));
        group.bench_function(BenchmarkId::new("terms", exchanges), |b| {
            b.iter(|| black_box(Terms::new(black_box(&left))));
        });
        let (ours, theirs) = (Terms::new(&left), Terms::new(&right));
        group.bench_function(BenchmarkId::new("align", exchanges), |b| {
            b.iter(|| {
                let curated = Curated::shipped();
                black_box(Alignment::new(&left, &ours, &right, &theirs, &curated, &[]))
            });
        });
        let alignment = Alignment::new(&left, &ours, &right, &theirs, &Curated::default(), &[]);
        group.bench_function(BenchmarkId::new("judge", exchanges), |b| {
            b.iter(|| {
                let similarity = alignment.similarity().clone();
                let curated = Curated::default();
                black_box(Alignment::with(similarity, &left, &right, &curated, &[]))
            });
        });
    }
    group.finish();
}

criterion_group!(benches, parallels);
criterion_main!(benches);
