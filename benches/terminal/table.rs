//! Figures that were measured several times, set as a table.

use std::fmt;

/// What a figure counts.
#[derive(Clone, Copy)]
pub enum Unit {
    /// Milliseconds.
    Milliseconds,
    /// Bytes.
    Bytes,
    /// Mebibytes.
    Mebibytes,
    /// A bare number.
    Times,
}

/// One figure, measured several times.
#[derive(Default)]
pub struct Figure(Vec<f64>);

impl Figure {
    /// Takes one more measurement.
    pub fn add(&mut self, value: f64) {
        let at = self.0.partition_point(|other| *other < value);
        self.0.insert(at, value);
    }

    /// The middle of what was measured; of two middle ones the lower.
    pub fn median(&self) -> Option<f64> {
        self.0.get(self.0.len().saturating_sub(1) / 2).copied()
    }

    /// The median with the least and the most, and the median as a multiple of `other`'s.
    fn set(&self, unit: Unit, other: Option<f64>) -> String {
        let (Some(median), [least, .., most] | [least @ most]) = (self.median(), &self.0[..])
        else {
            return "–".to_owned();
        };
        let digits = match unit {
            Unit::Milliseconds if median < 10.0 => 2,
            Unit::Milliseconds | Unit::Mebibytes => 1,
            Unit::Bytes | Unit::Times => 0,
        };
        let mut text = format!("{median:.digits$}");
        if least < most {
            text += &format!(" ({least:.digits$}–{most:.digits$})");
        }
        if let Some(other) = other.filter(|other| *other > 0.0) {
            text += &format!(" ×{:.2}", median / other);
        }
        text
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Unit::Milliseconds => "ms",
            Unit::Bytes => "bytes",
            Unit::Mebibytes => "MiB",
            Unit::Times => "times",
        })
    }
}

/// A table of figures: programs across, what was measured of them down.
pub struct Table {
    title: String,
    programs: Vec<String>,
    /// What, in which unit, and the figure of each program.
    rows: Vec<(String, Unit, Vec<Figure>)>,
}

impl Table {
    /// An empty table. The others are set as multiples of the first of the `programs`.
    pub fn new(title: impl Into<String>, programs: Vec<String>) -> Table {
        Table {
            title: title.into(),
            programs,
            rows: Vec::new(),
        }
    }

    /// The figure in the row `what` of the program at place `program`; rows stand in the order they are asked for.
    pub fn figure(&mut self, what: &str, unit: Unit, program: usize) -> &mut Figure {
        let known = self.rows.iter().position(|row| row.0 == what);
        let row = known.unwrap_or_else(|| {
            let figures = self.programs.iter().map(|_| Figure::default());
            self.rows.push((what.to_owned(), unit, figures.collect()));
            self.rows.len() - 1
        });
        &mut self.rows[row].2[program]
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        writeln!(f, "\n### {}\n", self.title)?;
        writeln!(f, "| | {} |", self.programs.join(" | "))?;
        writeln!(f, "| --- |{}", " ---: |".repeat(self.programs.len()))?;
        for (what, unit, figures) in &self.rows {
            let first = figures.first().and_then(Figure::median);
            let cells = figures.iter().enumerate();
            let cells: Vec<String> = cells
                .map(|(place, figure)| figure.set(*unit, first.filter(|_| place > 0)))
                .collect();
            writeln!(f, "| {what}, {unit} | {} |", cells.join(" | "))?;
        }
        Ok(())
    }
}
