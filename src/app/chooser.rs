//! Choosing which interview of the library stands in a column: a list that fills while the files are being read.

use std::path::PathBuf;

use super::effect::{Effect, Job};
use super::picker::{Choice, Item, Picker};
use super::{App, Entry, Overlay, Side};
use crate::interview::Interview;
use crate::lang::Lang;

/// What the list says of an interview whose text isn't kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// What it is called.
    pub label: String,
    /// When it was held or published, as far as it is known.
    pub date: Option<String>,
    /// How many questions it has.
    pub questions: usize,
}

impl Summary {
    /// What the list says of `interview`.
    #[must_use]
    pub fn of(interview: &Interview) -> Summary {
        Summary {
            label: interview.label().to_owned(),
            date: interview.metadata.date.clone(),
            questions: interview.exchanges.len(),
        }
    }

    fn aside(&self, lang: Lang) -> String {
        let questions = match self.questions {
            1 => lang.tr("1 question", "1 Frage").to_owned(),
            count => format!("{count} {}", lang.tr("questions", "Fragen")),
        };
        let date = self.date.iter().cloned();
        date.chain([questions]).collect::<Vec<_>>().join(" · ")
    }
}

/// Which of the library was looked through, by index, and what was found or one line saying why nothing was.
pub type Surveyed = Vec<(usize, Result<Summary, String>)>;

impl App {
    /// Lets the reader choose what stands in the column that is meant. What nobody has read yet is looked through.
    pub(super) fn choose_interview(&mut self, effects: &mut Vec<Effect>) {
        let side = self.side();
        let here = self.column(side).index;
        let picker = Picker::new(self.chooser_title(side), self.chooser_items(side), here);
        self.overlay = Some(Overlay::Picker(picker));
        let unknown = |entry: &mut Entry| {
            let wanted = entry.is_unknown() && !entry.asked;
            entry.asked |= wanted;
            entry.path.clone().filter(|_| wanted)
        };
        let library = self.library.iter_mut().enumerate();
        let paths: Vec<(usize, PathBuf)> = library
            .filter_map(|(index, entry)| Some((index, unknown(entry)?)))
            .collect();
        if !paths.is_empty() {
            effects.push(Effect::Begin(Job::Survey { paths }));
        }
    }

    /// Takes what was found in files of the library, into the list too where that is open.
    pub(super) fn surveyed(&mut self, surveyed: Surveyed) {
        for (index, found) in surveyed {
            let Some(entry) = self.library.get_mut(index) else {
                continue;
            };
            match found {
                Ok(summary) => entry.summary = Some(summary),
                Err(_) if entry.interview.is_some() => {}
                Err(problem) => entry.problem = Some(problem),
            }
        }
        let Some(Overlay::Picker(picker)) = &self.overlay else {
            return;
        };
        let Some(&Choice::Stand(_, side)) = picker.choices().next() else {
            return;
        };
        let (title, items) = (self.chooser_title(side), self.chooser_items(side));
        if let Some(Overlay::Picker(picker)) = &mut self.overlay {
            picker.renew(title, items);
        }
    }

    /// Whose column it is, and how many files are still to be looked through.
    fn chooser_title(&self, side: Side) -> String {
        let title = match side {
            Side::Left => self.lang.tr("Left column", "Linke Spalte"),
            Side::Right => self.lang.tr("Right column", "Rechte Spalte"),
        };
        let all = self.library.len();
        match self
            .library
            .iter()
            .filter(|entry| entry.is_unknown())
            .count()
        {
            0 => title.to_owned(),
            unknown => {
                let read = self.lang.tr("read", "gelesen");
                format!("{title} · {}/{all} {read}", all - unknown)
            }
        }
    }

    fn chooser_items(&self, side: Side) -> Vec<Item> {
        let item = |(index, entry): (usize, &Entry)| {
            let known = match &entry.interview {
                Some(interview) if !interview.partial => Some(Summary::of(interview)),
                _ => entry.summary.clone(),
            };
            let name = entry.name.as_str();
            let label = match &known {
                // Of interviews with the same people the file's name tells which is which.
                Some(known) if known.label != name && entry.path.is_some() => {
                    format!("{} – {name}", known.label)
                }
                Some(known) => known.label.clone(),
                None => name.to_owned(),
            };
            let aside = match (&known, &entry.problem) {
                (Some(known), _) => known.aside(self.lang),
                (None, Some(_)) => self.lang.tr("can't be read", "nicht lesbar").to_owned(),
                (None, None) => self.lang.tr("being read", "wird gelesen").to_owned(),
            };
            Item {
                label,
                aside,
                choice: Choice::Stand(index, side),
            }
        };
        self.library.iter().enumerate().map(item).collect()
    }
}
