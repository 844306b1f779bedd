//! What a key in the filter costs over 100,000 questions, and a search through 10 MB.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "criterion's macros document nothing, and a bench may stop"
)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use synopse::find::{Filter, Query, Search, emphasis};

const SEEDS: [&str; 2] = [
    include_str!("../seeds/pallenberg.txt"),
    include_str!("../seeds/microsoft.txt"),
];

/// Questions of 80 to 120 bytes, from the words of the interviews in an order that is always the same. Every fifth word is
/// grown together from two, so that there are as many different words as a large collection has.
fn questions(count: usize) -> Vec<String> {
    let words: Vec<&str> = SEEDS.iter().flat_map(|s| s.split_whitespace()).collect();
    let mut state = 1u64;
    let mut random = move |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    (0..count)
        .map(|_| {
            let length = 80 + random(40);
            let mut question = String::new();
            while question.len() < length {
                question.push_str(words[random(words.len())]);
                if random(5) == 0 {
                    question.push_str(&words[random(words.len())].to_lowercase());
                }
                question.push(' ');
            }
            question.pop();
            question + "?"
        })
        .collect()
}

fn filter(c: &mut Criterion) {
    let questions = questions(100_000);
    if let Ok(path) = std::env::var("SYNOPSE_BENCH_QUESTIONS") {
        // For `time fzf -f`, to measure against.
        std::fs::write(path, questions.join("\n")).unwrap();
    }
    let mut group = c.benchmark_group("filter");
    group.sample_size(10);
    group.bench_function("make ready", |b| {
        b.iter(|| Filter::new(questions.iter().map(String::as_str)))
    });
    group.finish();
    let filter = Filter::new(questions.iter().map(String::as_str));
    let mut group = c.benchmark_group("key");
    group.sample_size(20);
    for typed in [
        "e",
        "ein",
        "influencer",
        "influecer",
        "ein die und",
        "Influencer !geld",
        "ernst",
        "stern eine",
        "warum | wie zusammen$",
        "neristad",
        "xqzvjw",
        "Neristad",
        "^w !ein",
    ] {
        let query = Query::parse(typed);
        let found = filter.matches(&query);
        let name = format!(
            "{typed} ({}{})",
            found.rows.len(),
            if found.loose { ", loose" } else { "" }
        );
        group.bench_function(name, |b| b.iter(|| filter.matches(black_box(&query))));
    }
    group.finish();
    c.bench_function("emphasis of 50 lines", |b| {
        let query = Query::parse("influecer neristad");
        b.iter(|| {
            for line in &questions[..50] {
                black_box(emphasis(&query, line, true));
            }
        });
    });
}

fn search(c: &mut Criterion) {
    let text = SEEDS.join("\n\n");
    let text = vec![text.as_str(); 10_000_000 / text.len() + 1].join("\n\n");
    let mut group = c.benchmark_group("search 10 MB");
    group.sample_size(10);
    for query in ["xqzvjw", "Influencer", "über", "e"] {
        let search = Search::new(query);
        group.bench_function(query, |b| b.iter(|| search.find_all(black_box(&text))));
    }
    let search = Search::new("xqzvjw");
    group.bench_function("next, nothing", |b| {
        b.iter(|| search.next(black_box(&text), 0, true))
    });
}

criterion_group!(benches, filter, search);
criterion_main!(benches);
