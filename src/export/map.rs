//! The map of parallels: the questions of one interview against those of another, shaded by how likely two belong
//! together. What a cell shows is the same on the screen and on paper; here is the map on paper, as plain text.

use crate::interview::Interview;
use crate::lang::{Lang, Tell};
use crate::parallels::{Alignment, Likelihood, Origin, Side};
use crate::text::visible::visible_line;
use crate::text::width;
use crate::text::width::clip;

/// How much of a question is looked at, in bytes: more than a label holds.
const LOOKED_AT: usize = 400;

/// The widest label of a row, in cells.
const LABEL: usize = 48;

/// The signs of the map, one cell wide each.
#[derive(Debug)]
pub struct Signs {
    /// For each [`Likelihood`] its shade, the least first.
    pub shades: [char; 5],
    /// An editor's parallel.
    pub curated: char,
    /// A parallel that the reader has confirmed.
    pub confirmed: char,
    /// A pair that the reader has rejected.
    pub rejected: char,
    /// A question without a counterpart.
    pub alone: char,
    /// Where the questions of the one interview stand, and those of the other.
    pub axes: [char; 2],
}

/// The signs of a terminal with more than ASCII.
pub const UNICODE: Signs = Signs {
    shades: [' ', '░', '▒', '▓', '█'],
    curated: '◆',
    confirmed: '✓',
    rejected: '×',
    alone: '∅',
    axes: ['↓', '→'],
};

/// The signs of a terminal without.
pub const ASCII: Signs = Signs {
    shades: [' ', '.', ':', '*', '#'],
    curated: 'o',
    confirmed: '+',
    rejected: 'x',
    alone: '-',
    axes: ['v', '>'],
};

/// Where two questions meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// What their text alone says, or the judge.
    pub likelihood: Likelihood,
    /// Who says that they are parallel, or that they aren't.
    pub origin: Origin,
}

impl Meeting {
    /// Where exchange `left` meets exchange `right`, whose score is known.
    #[must_use]
    pub fn new(alignment: &Alignment, left: usize, right: usize, score: f32) -> Meeting {
        Meeting {
            likelihood: Likelihood::of(score),
            origin: alignment.origin(left, right),
        }
    }
}

impl Signs {
    /// What a cell `cells` wide shows: who has spoken, and the shade.
    #[must_use]
    pub fn cell(&self, meeting: Meeting, cells: usize) -> String {
        let shade = self.shades[meeting.likelihood as usize];
        let first = match meeting.origin {
            Origin::Suggested => shade,
            Origin::Curated => self.curated,
            Origin::Confirmed => self.confirmed,
            Origin::Rejected => self.rejected,
        };
        let rest = std::iter::repeat_n(shade, cells.saturating_sub(1));
        std::iter::once(first).chain(rest).collect()
    }

    /// What the signs say, the most telling first.
    #[must_use]
    pub fn legend(&self, lang: Lang) -> Vec<(char, String)> {
        let shades = Likelihood::ALL.into_iter().skip(1).rev();
        let shades = shades.map(|likely| (self.shades[likely as usize], likely.tell(lang)));
        let said = [
            (self.curated, Origin::Curated.tell(lang)),
            (self.confirmed, Origin::Confirmed.tell(lang)),
            (self.rejected, Origin::Rejected.tell(lang)),
            (
                self.alone,
                lang.tr("no counterpart", "kein Gegenstück").to_owned(),
            ),
        ];
        shades.chain(said).collect()
    }
}

/// How many digits the numbers up to `count` take.
#[must_use]
pub fn digits(count: usize) -> usize {
    count.max(1).ilog10() as usize + 1
}

/// How wide a column of the map is among `count`, in cells: its number, or two signs, and a space.
#[must_use]
pub fn cell_width(count: usize) -> usize {
    digits(count).max(2) + 1
}

/// A question on one line, with its number from 1 before it.
#[must_use]
pub fn label(interview: &Interview, exchange: usize) -> String {
    let pad = digits(interview.exchanges.len());
    let question = interview.question(exchange);
    let question = &question[..question.floor_char_boundary(LOOKED_AT)];
    format!(
        "{:>pad$} {}",
        exchange + 1,
        visible_line(&question.replace('\n', " "))
    )
}

/// The exchanges of the interview on `side` that have no parallel, by index.
pub fn alone(alignment: &Alignment, side: Side) -> impl Iterator<Item = usize> + '_ {
    let (left, right) = alignment.similarity().size();
    let count = match side {
        Side::Left => left,
        Side::Right => right,
    };
    (0..count).filter(move |exchange| alignment.candidates(side, *exchange).is_empty())
}

/// The map as plain text, in lines of `cells` terminal cells: where the questions across don't fit, they follow below.
/// Then what the signs say, and what stands alone. No line ends in spaces; the text ends in a newline.
#[must_use]
pub fn map(
    both: [&Interview; 2],
    alignment: &Alignment,
    cells: usize,
    lang: Lang,
    signs: &Signs,
) -> String {
    let [left, right] = both;
    let (lefts, rights) = alignment.similarity().size();
    let cell = cell_width(rights);
    let labels = (0..lefts).map(|exchange| width(&label(left, exchange)));
    let room = (cells * 2 / 5).min(LABEL).min(labels.max().unwrap_or(0));
    let columns = (cells.saturating_sub(room + 3) / cell).max(1);
    let mut out = String::new();
    let mut end = |line: &str| {
        out.push_str(clip(line.trim_end(), cells).trim_end());
        out.push('\n');
    };
    let [down, across] = signs.axes;
    end(&format!(
        "{} {down}   {} {across}",
        left.label(),
        right.label()
    ));
    if lefts == 0 || rights == 0 {
        end("");
        end(lang.tr(
            "one of the two has no questions",
            "eines der beiden hat keine Fragen",
        ));
    }
    let shown = if lefts == 0 { 0 } else { rights };
    for first in (0..shown).step_by(columns) {
        let shown = first..rights.min(first + columns);
        let numbers = shown
            .clone()
            .map(|right| format!("{:>1$} ", right + 1, cell - 1));
        end("");
        end(&format!(
            "{}{}",
            " ".repeat(room + 3),
            numbers.collect::<String>()
        ));
        for exchange in 0..lefts {
            let label = label(left, exchange);
            let label = clip(&label, room);
            let pad = " ".repeat(room.saturating_sub(width(&label)) + 1);
            let lone = alignment.candidates(Side::Left, exchange).is_empty();
            let lone = if lone { signs.alone } else { ' ' };
            let scores = alignment.scores(exchange);
            let meetings = shown.clone().map(|right| {
                let score = scores.get(right).copied().unwrap_or_default();
                let meeting = Meeting::new(alignment, exchange, right, score);
                signs.cell(meeting, cell - 1) + " "
            });
            end(&format!(
                "{label}{pad}{lone} {}",
                meetings.collect::<String>()
            ));
        }
    }
    end("");
    let mut legend = String::new();
    for (sign, says) in signs.legend(lang) {
        let more = format!("{sign} {says}   ");
        if !legend.is_empty() && width(&legend) + width(more.trim_end()) > cells {
            end(&std::mem::take(&mut legend));
        }
        legend.push_str(&more);
    }
    end(&legend);
    for (side, interview) in Side::BOTH.into_iter().zip(both) {
        let mut lone = alone(alignment, side).peekable();
        if lone.peek().is_some() {
            end("");
            let none = lang.tr("no counterpart", "kein Gegenstück");
            end(&format!("{} {}: {none}", signs.alone, interview.label()));
        }
        lone.for_each(|exchange| end(&label(interview, exchange)));
    }
    visible_lines(&out)
}

/// The text without what a terminal would act upon.
fn visible_lines(text: &str) -> String {
    crate::text::visible::visible(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallels::made_up::interview;
    use crate::parallels::{Curated, Terms};

    fn talks() -> [Interview; 2] {
        let mut left = interview(&[
            ("Was ist Glück?", "Ein Nachmittag, an dem es still ist."),
            ("Woher der Hut?", "Vom Flohmarkt."),
        ]);
        left.name = "Ada".to_owned();
        let mut right = interview(&[
            ("Woher der Hut?", "Ein Erbstück."),
            ("Stört Sie der Lärm?", "Nein."),
        ]);
        right.name = "Bo".to_owned();
        [left, right]
    }

    fn drawn(cells: usize, signs: &Signs) -> String {
        let [left, right] = talks();
        let (ours, theirs) = (Terms::new(&left), Terms::new(&right));
        let alignment = Alignment::new(&left, &ours, &right, &theirs, &Curated::default(), &[]);
        map([&left, &right], &alignment, cells, Lang::German, signs)
    }

    #[test]
    fn questions_stand_against_questions() {
        assert_eq!(
            drawn(60, &UNICODE),
            "\
Ada ↓   Bo →

                    1  2
1 Was ist Glück? ∅
2 Woher der Hut?   ██

█ so gut wie sicher   ▓ wahrscheinlich   ▒ möglich
░ unwahrscheinlich   ◆ redaktionell   ✓ bestätigt
× verworfen   ∅ kein Gegenstück

∅ Ada: kein Gegenstück
1 Was ist Glück?

∅ Bo: kein Gegenstück
2 Stört Sie der Lärm?
"
        );
    }

    #[test]
    fn no_line_is_wider_than_asked_and_ascii_is_ascii() {
        for cells in [0, 7, 20, 24, 60, 200] {
            for line in drawn(cells, &ASCII).lines() {
                assert!(width(line) <= cells, "{cells}: {line}");
                assert_eq!(line, line.trim_end());
            }
        }
        let drawn = drawn(60, &ASCII);
        assert!(
            drawn.contains("##") && !drawn.contains(['█', '∅', '↓']),
            "{drawn}"
        );
    }

    #[test]
    fn where_one_asks_nothing_that_is_said() {
        let [asked, mute] = [talks()[0].clone(), interview(&[])];
        let (ours, theirs) = (Terms::new(&asked), Terms::new(&mute));
        let said = |left, right, alignment| {
            let text = map([left, right], &alignment, 60, Lang::English, &UNICODE);
            assert!(text.contains("one of the two has no questions"), "{text}");
            assert!(!text.contains("    1"), "{text}");
            text.matches("no counterpart").count()
        };
        let none = Curated::default();
        let on = Alignment::new(&asked, &ours, &mute, &theirs, &none, &[]);
        let back = Alignment::new(&mute, &theirs, &asked, &ours, &none, &[]);
        assert_eq!(said(&asked, &mute, on), said(&mute, &asked, back));
    }

    #[test]
    fn who_has_spoken_stands_before_the_shade() {
        let likelihood = Likelihood::Likely;
        let cell = |origin| UNICODE.cell(Meeting { likelihood, origin }, 2);
        let origins = [
            Origin::Suggested,
            Origin::Curated,
            Origin::Confirmed,
            Origin::Rejected,
        ];
        assert_eq!(origins.map(cell), ["▓▓", "◆▓", "✓▓", "×▓"]);
    }
}
