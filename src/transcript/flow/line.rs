//! A line of text with its type.

use crate::transcript::clock;

/// What stands between two cells of a row, until it is known how many there are.
const CELL: &str = "\u{1f} ";

/// What parts two lines of a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Break {
    /// A line ended in the file.
    #[default]
    Soft,
    /// The author wanted a new line here.
    Hard,
    /// And one line more between them.
    Blank,
}

/// How a piece of text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Emphasis {
    /// In bold type.
    pub bold: bool,
    /// In italics.
    pub italic: bool,
}

/// A line, and how its type goes.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// What stands there.
    pub text: String,
    /// What stands before it.
    pub after: Break,
    /// How far its bold type reaches.
    pub bold: Lead,
    /// How far its italics reach.
    pub italic: Lead,
}

impl Line {
    /// The line `text`, all set in `emphasis`.
    #[must_use]
    pub fn of(text: &str, emphasis: Emphasis) -> Line {
        let mut line = Line::default();
        line.push(text, emphasis);
        line
    }

    /// Adds `text`, set in `emphasis`.
    pub fn push(&mut self, text: &str, emphasis: Emphasis) {
        let at = self.text.len();
        self.bold.go_on(at, text, emphasis.bold);
        self.italic.go_on(at, text, emphasis.italic);
        self.text.push_str(text);
    }

    /// Begins a cell in a row of a table.
    pub fn cell(&mut self) {
        self.push(CELL, Emphasis::default());
    }

    /// How its last word is set.
    #[must_use]
    pub fn emphasis(&self) -> Emphasis {
        Emphasis {
            bold: self.bold.last,
            italic: self.italic.last,
        }
    }

    /// Whether there is nothing but white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Takes off what of `c` stands at its end.
    pub fn trim_end(&mut self, c: fn(char) -> bool) {
        self.text.truncate(self.text.trim_end_matches(c).len());
    }

    /// Two cells are a name and what is said, or something like it.
    pub fn join_cells(&mut self) {
        let cells: Vec<&str> = self.text.split(CELL).map(str::trim).collect();
        // Who spoke and when, in either order, before what is said.
        if let [one, other, said] = cells[..] {
            let clock = |cell: &str| clock::stamp(cell).is_some_and(|(_, rest)| rest.is_empty());
            let named = match (clock(one), clock(other)) {
                (true, false) => Some((other, one)),
                (false, true) => Some((one, other)),
                _ => None,
            };
            if let Some((name, time)) = named.filter(|_| !said.is_empty()) {
                self.text = format!("{time} {}: {said}", name.trim_end_matches(':'));
                return;
            }
        }
        let between = match self.text.matches(CELL).count() {
            0 => return,
            1 if self.text.contains(":\u{1f}") => "  ",
            1 => ": ",
            _ => " | ",
        };
        self.text = self.text.replace(CELL, between);
    }
}

/// How far an emphasis reaches from the beginning of a text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lead {
    pub any: bool,
    end: Option<usize>,
    /// How far it has come, with the marks that follow on it at once.
    reach: usize,
    /// How many letters there are, and how many of them are emphasised.
    letters: usize,
    emphasised: usize,
    /// Whether the last of them is.
    last: bool,
}

impl Lead {
    /// Goes on over `piece`, to be added at byte `at`. A mark that follows at once belongs to the emphasised words
    /// (`**Ada**: …`).
    fn go_on(&mut self, at: usize, piece: &str, emphasised: bool) {
        let mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
        let follows = self.any && self.end.is_none() && self.reach == at;
        if follows && !emphasised {
            self.reach += piece.len() - piece.trim_start_matches(mark).len();
        }
        let letters = piece.chars().filter(|c| c.is_alphanumeric()).count();
        if letters == 0 {
            return;
        }
        self.letters += letters;
        self.last = emphasised;
        if emphasised {
            self.emphasised += letters;
            self.any |= self.end.is_none();
            self.reach = at + piece.len();
        } else if self.end.is_none() {
            self.end = Some(if self.any { self.reach } else { at });
        }
    }

    /// Whether all is emphasised, but for a few words in between that are set apart by the contrary.
    pub fn is_whole(self) -> bool {
        self.any && (self.end.is_none() || self.last && self.emphasised * 3 >= self.letters * 2)
    }

    /// Where it ends inside a text, so that something stands after it.
    pub fn end(self) -> Option<usize> {
        self.end.filter(|_| self.any && !self.is_whole())
    }

    /// Goes on over a line with the lead `next` that was joined on at byte `at`.
    pub fn join(&mut self, at: usize, next: Lead) {
        if self.any && self.end.is_none() {
            self.end = next.end.map(|end| if next.any { at + end } else { at });
        }
        self.letters += next.letters;
        self.emphasised += next.emphasised;
        self.last = next.last;
    }

    /// One that is all there is.
    #[must_use]
    pub fn whole() -> Lead {
        Lead {
            any: true,
            ..Lead::default()
        }
    }
}
