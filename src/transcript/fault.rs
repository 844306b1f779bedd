//! What is wrong with a file, and where.

use std::fmt;

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
    /// A file within a package, by its name.
    Part(String),
}

impl Tell for Fault {
    fn tell(&self, lang: Lang) -> String {
        let what = lang.tr(self.what.0, self.what.1);
        match &self.place {
            Some(Spot::Line(line)) => format!("{} {line}: {what}", lang.tr("line", "Zeile")),
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
    }
}
