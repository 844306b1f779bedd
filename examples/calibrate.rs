//! Holds the parallels that are suggested against pairs that somebody has judged, and fits the curve of likelihood.
//!
//! ```text
//! cargo run --release --example calibrate -- PAIRS.jsonl
//! ```
//!
//! Each line of the file names two interviews, by paths from where the file is, and which of their exchanges, counted from
//! 1, are parallel. Where an exchange has a counterpart there, its other pairs count as wrong; pairs of which neither has one
//! are not judged. Lines of one `group` (by default each is its own) come from one source, and are weighed together as one:
//!
//! ```json
//! {"group": "radio", "left": "first.txt", "right": "second.txt", "pairs": [[1, 3], [2, 2]]}
//! ```
//!
//! Printed are, for each group, how often the right counterpart comes first, and precision and recall of what is
//! suggested; the curve: of the pairs with a score, how many are right; the same with the curve fitted on the other groups
//! alone; the curve that fits all of them; and what each view adds. Groups count alike, whatever their size. Pairs across
//! languages have a curve of their own, fitted on such groups alone; a group is either across languages or not.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::error::Error;
use std::path::{Path, PathBuf};

use synopse::parallels::alignment::SUGGESTED;
use synopse::parallels::{Curve, Similarity, Terms, Views};
use synopse::transcript;

/// Two interviews, and their parallels.
#[derive(serde::Deserialize)]
struct Line {
    group: Option<String>,
    left: PathBuf,
    right: PathBuf,
    pairs: Vec<[usize; 2]>,
}

/// A pair of exchanges that was judged.
#[derive(Clone, Copy)]
struct Judged {
    /// What they have in common, before the curve.
    common: f32,
    right: bool,
}

/// What was judged of one group.
#[derive(Default)]
struct Group {
    pairs: Vec<Judged>,
    /// The curve that its interviews are read by.
    curve: Curve,
    /// For how many exchanges that have a counterpart it comes first, and how many there are.
    first: [usize; 2],
}

/// How a curve does.
#[derive(Default)]
struct Figures {
    precision: f64,
    recall: f64,
    /// For each tenth of the score, how many pairs are right, and how many there are.
    tenths: [[usize; 2]; 10],
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args()
        .nth(1)
        .ok_or("usage: calibrate PAIRS.jsonl")?;
    let lines = std::fs::read_to_string(&path)?;
    let lines = lines.lines().filter(|line| !line.trim().is_empty());
    let lines: Vec<Line> = lines.map(serde_json::from_str).collect::<Result<_, _>>()?;
    let terms = read(&lines, Path::new(&path).parent().unwrap_or(Path::new("")))?;

    let groups = judge(&lines, &terms, &Views::default());
    println!(
        "{:28} {:>6} {:>6} {:>6}",
        "group", "top-1", "prec.", "recall"
    );
    for (name, group) in &groups {
        let figures = measure([(group, group.curve)]);
        println!(
            "{name:28} {:6.3} {:6.2} {:6.2}",
            share(group.first),
            figures.precision,
            figures.recall
        );
    }
    let all = measure(groups.values().map(|group| (group, group.curve)));
    println!(
        "{:28} {:6.3} {:6.2} {:6.2}",
        "mean",
        top(&groups),
        all.precision,
        all.recall
    );

    let held_out = measure(by_others(&groups));
    println!(
        "\nof the pairs with a score    right, by the curve    right, each group by the others' curve"
    );
    for tenth in 0..10 {
        println!(
            "{:22}.{tenth}–.{:<8} {:>19} {:>24}",
            "",
            (tenth + 1) % 10,
            counted(all.tenths[tenth]),
            counted(held_out.tenths[tenth])
        );
    }
    println!(
        "held out: precision {:.2}, recall {:.2}",
        held_out.precision, held_out.recall
    );
    let mut curves: Vec<Curve> = Vec::new();
    for curve in groups.values().map(|group| group.curve) {
        if !curves.contains(&curve) {
            let alike = groups.values().filter(|group| group.curve == curve);
            println!("the curve is {curve:?}; its groups fit {:?}", fit(alike));
            curves.push(curve);
        }
    }
    for (name, (group, curve)) in groups.keys().zip(by_others(&groups)) {
        let figures = measure([(group, curve)]);
        println!(
            "{name:28} by the others' curve: precision {:.2}, recall {:.2}",
            figures.precision, figures.recall
        );
    }

    println!(
        "\n{:28} {:>6} {:>6} {:>6}   held out",
        "without", "top-1", "prec.", "recall"
    );
    let views = Views::default();
    for (name, views) in [
        ("(nothing)", views),
        (
            "question",
            Views {
                question: 0.0,
                ..views
            },
        ),
        (
            "n-grams",
            Views {
                grams: 0.0,
                ..views
            },
        ),
        (
            "answer",
            Views {
                answer: 0.0,
                ..views
            },
        ),
        (
            "all words",
            Views {
                whole: 0.0,
                ..views
            },
        ),
        (
            "parts and meanings",
            Views {
                related: 0.0,
                ..views
            },
        ),
    ] {
        let groups = judge(&lines, &terms, &views);
        let figures = measure(by_others(&groups));
        println!(
            "{name:28} {:6.3} {:6.2} {:6.2}",
            top(&groups),
            figures.precision,
            figures.recall
        );
    }
    Ok(())
}

/// Each group with the curve that the others of its kind fit; where there are none, its own.
fn by_others(groups: &BTreeMap<String, Group>) -> impl Iterator<Item = (&Group, Curve)> {
    groups.iter().map(|(name, group)| {
        let alike =
            |(other, known): &(&String, &Group)| *other != name && known.curve == group.curve;
        let others: Vec<&Group> = groups
            .iter()
            .filter(alike)
            .map(|(_, group)| group)
            .collect();
        let curve = match others.is_empty() {
            true => group.curve,
            false => fit(others.into_iter()),
        };
        (group, curve)
    })
}

/// The terms of each interview that is named.
fn read<'a>(lines: &'a [Line], folder: &Path) -> Result<HashMap<&'a Path, Terms>, Box<dyn Error>> {
    let mut terms = HashMap::new();
    for file in lines.iter().flat_map(|line| [&line.left, &line.right]) {
        if !terms.contains_key(file.as_path()) {
            let interview = transcript::open(&folder.join(file))?;
            terms.insert(file.as_path(), Terms::new(&interview));
        }
    }
    Ok(terms)
}

/// What each group says of the measure with these weights.
fn judge(lines: &[Line], terms: &HashMap<&Path, Terms>, views: &Views) -> BTreeMap<String, Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for (number, line) in lines.iter().enumerate() {
        let (left, right) = (&terms[line.left.as_path()], &terms[line.right.as_path()]);
        let similarity = Similarity::weighing(left, right, views);
        let name = line
            .group
            .clone()
            .unwrap_or_else(|| format!("line {}", number + 1));
        let group = groups.entry(name).or_default();
        group.curve = *similarity.curve();
        let known: HashSet<[usize; 2]> = line.pairs.iter().copied().collect();
        let partnered: [HashSet<usize>; 2] =
            [0, 1].map(|side| known.iter().map(|p| p[side]).collect());
        for left in 0..left.len() {
            for right in 0..right.len() {
                let pair = [left + 1, right + 1];
                if (0..2).any(|side| partnered[side].contains(&pair[side])) {
                    group.pairs.push(Judged {
                        common: similarity.common(left, right),
                        right: known.contains(&pair),
                    });
                }
            }
        }
        for (side, partnered) in partnered.iter().enumerate() {
            let opposite = [right.len(), left.len()][side];
            for &here in partnered {
                let pair = |there: usize| {
                    if side == 0 {
                        [here, there]
                    } else {
                        [there, here]
                    }
                };
                let common = |there: &usize| {
                    let [left, right] = pair(*there);
                    similarity.common(left - 1, right - 1)
                };
                let best = (1..=opposite)
                    .rev()
                    .max_by(|a, b| common(a).total_cmp(&common(b)));
                let found = best.is_some_and(|best| known.contains(&pair(best)));
                group.first[0] += usize::from(found);
                group.first[1] += 1;
            }
        }
    }
    groups
}

/// How groups do, each by its own curve.
fn measure<'a>(groups: impl IntoIterator<Item = (&'a Group, Curve)>) -> Figures {
    let mut figures = Figures::default();
    let (mut precisions, mut recalls) = (Vec::new(), Vec::new());
    for (group, curve) in groups {
        let (mut hits, mut suggested, mut known) = (0, 0, 0);
        for pair in &group.pairs {
            let score = curve.likelihood(pair.common);
            let tenth = &mut figures.tenths[((score * 10.0) as usize).min(9)];
            tenth[0] += usize::from(pair.right);
            tenth[1] += 1;
            known += usize::from(pair.right);
            suggested += usize::from(score >= SUGGESTED);
            hits += usize::from(pair.right && score >= SUGGESTED);
        }
        // Where nothing is suggested nothing is wrong, and nothing is said of precision.
        precisions.extend((suggested > 0).then(|| share([hits, suggested])));
        recalls.push(share([hits, known]));
    }
    figures.precision = mean(&precisions);
    figures.recall = mean(&recalls);
    figures
}

/// The curve that fits groups best: the logistic regression of being right over the logarithm of what is in common, each
/// group with the same weight. Newton's steps are halved until they lead down; a slight penalty keeps the curve finite
/// where right and wrong are told apart wholly.
fn fit<'a>(groups: impl Iterator<Item = &'a Group> + Clone) -> Curve {
    let points: Vec<(f64, f64, f64)> = groups
        .flat_map(|group| {
            let weight = 1.0 / group.pairs.len().max(1) as f64;
            let point = move |pair: &Judged| {
                let right = f64::from(u8::from(pair.right));
                (f64::from(pair.common.max(1e-6)).ln(), right, weight)
            };
            group.pairs.iter().map(point)
        })
        .collect();
    let start = Curve::default();
    let mut slope = f64::from(start.steep);
    let mut height = -slope * f64::from(start.even).ln();
    for _ in 0..50 {
        let mut gradient = [0.0, -PENALTY * slope];
        let mut curvature = [1e-9, 0.0, PENALTY];
        for &(at, right, weight) in &points {
            let likely = 1.0 / (1.0 + (-(height + slope * at)).exp());
            let error = weight * (right - likely);
            let bend = weight * likely * (1.0 - likely);
            gradient[0] += error;
            gradient[1] += error * at;
            curvature[0] += bend;
            curvature[1] += bend * at;
            curvature[2] += bend * at * at;
        }
        let [a, b, c] = curvature;
        let size = a * c - b * b;
        let step = [
            (c * gradient[0] - b * gradient[1]) / size,
            (a * gradient[1] - b * gradient[0]) / size,
        ];
        let now = loss(&points, height, slope);
        let part = (0..30)
            .map(|halved| 0.5_f64.powi(halved))
            .find(|part| loss(&points, height + part * step[0], slope + part * step[1]) < now);
        let Some(part) = part else { break };
        height += part * step[0];
        slope += part * step[1];
    }
    Curve {
        even: (-height / slope).exp() as f32,
        steep: slope as f32,
    }
}

/// The penalty on a curve's steepness, squared.
const PENALTY: f64 = 1e-3;

/// How badly a logistic curve fits points, each with its place, its outcome and its weight.
fn loss(points: &[(f64, f64, f64)], height: f64, slope: f64) -> f64 {
    let of = |&(at, right, weight): &(f64, f64, f64)| {
        let towards = (1.0 - 2.0 * right) * (height + slope * at);
        // ln(1 + exp(x)), without overflow.
        weight * (towards.max(0.0) + (-towards.abs()).exp().ln_1p())
    };
    points.iter().map(of).sum::<f64>() + PENALTY / 2.0 * slope * slope
}

fn top(groups: &BTreeMap<String, Group>) -> f64 {
    let shares: Vec<f64> = groups.values().map(|group| share(group.first)).collect();
    mean(&shares)
}

fn share([of, all]: [usize; 2]) -> f64 {
    of as f64 / all.max(1) as f64
}

fn mean(of: &[f64]) -> f64 {
    of.iter().sum::<f64>() / of.len().max(1) as f64
}

/// A share, and of how many.
fn counted([right, all]: [usize; 2]) -> String {
    match all {
        0 => "–".to_owned(),
        all => format!("{:.2} of {all}", share([right, all])),
    }
}
