//! What is wrong with a file, and where.

use std::fmt;

use super::paragraphs::line_ends;
use crate::lang::{Lang, Tell};

/// Why a file of a known format can't be read, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where in the file; `None` where it is the whole of it.
    pub place: Option<Spot>,
    /// What is wrong and the remedy, in English and in German.
    pub what: (&'static str, &'static str),
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A line, counted from 1.
    Line(usize),
    /// A paragraph, counted from 1, where lines say nothing.
    Paragraph(usize),
    /// A file within a package, by its name.
    Part(String),
}

impl Fault {
    /// The fault, in the line `line`.
    #[must_use]
    pub fn at_line(self, line: usize) -> Fault {
        Fault {
            place: Some(Spot::Line(line)),
            ..self
        }
    }

    /// The fault, in the line of `text` in which its byte `byte` stands.
    #[must_use]
    pub fn at_byte(self, text: &str, byte: usize) -> Fault {
        let above = text.get(..byte).unwrap_or(text);
        self.at_line(1 + line_ends(above))
    }

    /// The same where `lines` lines stand above what it was found in.
    #[must_use]
    pub fn below(self, lines: usize) -> Fault {
        match self.place {
            Some(Spot::Line(line)) => self.at_line(line + lines),
            _ => self,
        }
    }
}

impl Tell for Fault {
    fn tell(&self, lang: Lang) -> String {
        let what = lang.tr(self.what.0, self.what.1);
        match &self.place {
            Some(Spot::Line(line)) => format!("{} {line}: {what}", lang.tr("line", "Zeile")),
            Some(Spot::Paragraph(number)) => {
                format!("{} {number}: {what}", lang.tr("paragraph", "Absatz"))
            }
            Some(Spot::Part(part)) => {
                format!("{}: {what}", crate::text::visible::visible_line(part))
            }
            None => what.to_owned(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.tell(Lang::English))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_the_place() {
        let what = ("is cut off", "ist abgeschnitten");
        let fault = |place| Fault { place, what };
        let part = Spot::Part("word/\u{1b}.xml".to_owned());
        assert_eq!(
            fault(Some(Spot::Line(7))).tell(Lang::German),
            "Zeile 7: ist abgeschnitten"
        );
        assert_eq!(fault(Some(part)).to_string(), "word/␛.xml: is cut off");
        assert_eq!(fault(None).to_string(), "is cut off");
        let paragraph = fault(Some(Spot::Paragraph(3)));
        assert_eq!(
            paragraph.clone().below(2).to_string(),
            "paragraph 3: is cut off"
        );
        let line = paragraph.at_byte("ä\r\nb", 4);
        assert_eq!(line.below(2).to_string(), "line 4: is cut off");
    }
}
