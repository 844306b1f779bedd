//! `parallels --json`: the parallels as JSON, one object a line.

use serde::Serialize;

use super::{Alignment, Origin, Parallel, Side};

/// A parallel on the wire; exchanges are counted from 1 there. `by` is the judge that gave the score, where one did.
#[derive(Serialize)]
struct Line<'a> {
    left: usize,
    right: usize,
    score: f64,
    origin: Origin,
    theme: Option<&'a str>,
    terms: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
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
        by: parallel.by.as_deref(),
    };
    // Strings and finite numbers always make JSON.
    serde_json::to_string(&line).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallels::made_up::interview;
    use crate::parallels::{Curated, Terms};

    #[test]
    fn a_line_a_pair_counted_from_one() {
        let left = interview(&[
            ("Was bedeutet Ihnen Musik?", "Alles."),
            ("Wo wohnen Sie?", ""),
        ]);
        let right = interview(&[
            ("Wie alt sind Sie?", "Zwölf."),
            ("Was bedeutet Ihnen Musik?", "Wenig."),
        ]);
        let (ours, theirs) = (Terms::new(&left), Terms::new(&right));
        let alignment = Alignment::new(&left, &ours, &right, &theirs, &Curated::default(), &[]);
        let found: Vec<String> = lines(&alignment, false).collect();
        assert_eq!(found.len(), 1);
        let pair: serde_json::Value = serde_json::from_str(&found[0]).unwrap();
        assert_eq!((&pair["left"], &pair["right"]), (&1.into(), &2.into()));
        assert_eq!(pair["origin"], "suggested");
        assert_eq!(pair["theme"], serde_json::Value::Null);
        assert_eq!(pair["terms"], serde_json::json!(["musik"]));
        assert!(pair["score"].as_f64().unwrap() > 0.5);
        let keys: Vec<_> = pair.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["left", "right", "score", "origin", "theme", "terms"]);
        assert_eq!(lines(&alignment, true).count(), 4);
    }
}
