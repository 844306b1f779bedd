//! `parallels --json`: the parallels as JSON, one object a line.

use serde::Serialize;

use super::{Alignment, Origin, Parallel, Side};

/// A parallel on the wire; exchanges are counted from 1 there.
#[derive(Serialize)]
struct Line<'a> {
    left: usize,
    right: usize,
    score: f64,
    origin: Origin,
    theme: Option<&'a str>,
    terms: &'a [String],
}

/// The lines of the report, without line ends, best first for each left exchange; `all` gives every pair and its score,
/// those that are no parallels and those that the reader has rejected too.
pub fn lines(alignment: &Alignment, all: bool) -> Box<dyn Iterator<Item = String> + '_> {
    if all {
        return Box::new(alignment.all().map(|parallel| line(&parallel)));
    }
    let size = alignment.similarity().size().0;
    let found = (0..size).flat_map(|left| alignment.candidates(Side::Left, left));
    Box::new(found.map(line))
}

fn line(parallel: &Parallel) -> String {
    let line = Line {
        left: parallel.left + 1,
        right: parallel.right + 1,
        score: (f64::from(parallel.score) * 10_000.0).round() / 10_000.0,
        origin: parallel.origin,
        theme: parallel.theme.as_deref(),
        terms: &parallel.terms,
    };
    // Strings and finite numbers always make JSON.
    serde_json::to_string(&line).unwrap_or_default()
}
