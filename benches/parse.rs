//! How long a file takes to become an interview, beside what anything takes that looks at every byte: its words counted.

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use synopse::transcript;

/// A long conversation of `bytes` bytes or a little more, each speaker's words after `asks` and `answers`.
fn conversation(bytes: usize, asks: &str, answers: &str) -> String {
    let mut text = String::with_capacity(bytes + 1000);
    let mut number = 0;
    while text.len() < bytes {
        number += 1;
        text += &format!(
            "{asks}Wie sind Sie in Ihrem {number}. Jahr auf die Größe dieser Mühle gekommen?\n\n\
             {answers}Das war ein langer Weg, und ich bin ihn nicht allein gegangen. Wir haben damals mit einem Rad \
             angefangen, das mein Großvater gebaut hatte, und jeder Müller im Tal hat uns ausgelacht.\n\n\
             Heute lacht keiner mehr – auch weil es keinen mehr gibt. Uns aber gibt es noch, und das Rad dreht sich.\n\n"
        );
    }
    text
}

fn parse(c: &mut Criterion) {
    let mut group = c.benchmark_group("parse");
    group.sample_size(20);
    for (name, asks, answers) in [
        ("unlabelled", "", ""),
        ("labelled", "Frage: ", "Müllerin: "),
    ] {
        let text = conversation(10_000_000, asks, answers);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(format!("10 MB {name}"), |b| {
            b.iter(|| transcript::read(black_box(text.as_bytes()), Some(Path::new("a.txt"))));
        });
        group.bench_function(format!("10 MB {name}, words counted"), |b| {
            b.iter(|| black_box(text.as_str()).split_whitespace().count());
        });
    }
    let text = conversation(64 << 10, "", "");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("64 KB head", |b| {
        b.iter(|| transcript::read_head(black_box(text.as_bytes()), None));
    });
    group.finish();
    c.bench_function("parse/the shipped interviews", |b| {
        b.iter(transcript::shipped)
    });
}

criterion_group!(benches, parse);
criterion_main!(benches);
