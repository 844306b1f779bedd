//! Which vectors have a feature: what is looked up instead of comparing each with each.

use super::vectors::Seen;

/// Vectors by their features, so that a vector meets only those that have something in common with it.
pub(super) struct Index {
    /// For each feature where its entries begin; one more at the end.
    starts: Vec<u32>,
    /// The vectors that have it, with the weight it has there.
    entries: Vec<(u32, f32)>,
}

impl Index {
    pub fn new(seen: &[Seen]) -> Index {
        let all = || seen.iter().flat_map(|seen| &seen.vector);
        let features = all().map(|(f, _)| *f as usize + 1);
        let mut starts = vec![0_u32; features.max().unwrap_or(0) + 1];
        for (feature, _) in all() {
            starts[*feature as usize + 1] += 1;
        }
        for feature in 1..starts.len() {
            starts[feature] += starts[feature - 1];
        }
        let mut free = starts.clone();
        let mut entries = vec![(0, 0.0); seen.iter().map(|seen| seen.vector.len()).sum()];
        for (number, seen) in (0..).zip(seen) {
            for &(feature, weight) in &seen.vector {
                let place = &mut free[feature as usize];
                entries[*place as usize] = (number, weight);
                *place += 1;
            }
        }
        Index { starts, entries }
    }

    /// The product of `vector` with each of the `count` vectors, into `row`.
    pub fn cosines(&self, vector: &[(u32, f32)], count: usize, row: &mut Vec<f32>) {
        row.clear();
        row.resize(count, 0.0);
        for &(feature, weight) in vector {
            let feature = feature as usize;
            let Some(&[start, end]) = self
                .starts
                .get(feature..feature + 2)
                .and_then(|w| w.first_chunk())
            else {
                continue;
            };
            for &(number, other) in &self.entries[start as usize..end as usize] {
                row[number as usize] += weight * other;
            }
        }
    }
}
