//! What a note is to its reader: a comment, a bookmark, a tag, or a highlight of one of several kinds.
//!
//! The kind of a highlight is the style class of its passage (Web Annotation Data Model, 4.4): what other programs may show
//! as they like, and keep if they don't know it.

use jiff::Timestamp;

use super::{Motivation, Note, Scope, Target};
use crate::lang::{Lang, Tell};
use crate::text::visible::visible_line;

/// The field of a target that names the class.
const CLASS: &str = "styleClass";

/// The kinds of highlight.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Highlight {
    /// It stands out, for whatever reason: it has no class.
    #[default]
    Plain,
    /// To be quoted.
    Quote,
    /// To be checked.
    Query,
    /// It contradicts something.
    Contradiction,
    /// Another program's, or a newer version's, by its class.
    Other(String),
}

/// What a note is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A highlight.
    Highlight(Highlight),
    /// Something else, which its motivation says.
    Of(Motivation),
}

impl Highlight {
    /// Those that come with the program, in the order in which a key goes through them.
    pub const ALL: [Highlight; 4] = [
        Highlight::Plain,
        Highlight::Quote,
        Highlight::Query,
        Highlight::Contradiction,
    ];

    /// Its class on the wire, where it has one.
    #[must_use]
    pub fn class(&self) -> Option<&str> {
        match self {
            Highlight::Plain => None,
            Highlight::Quote => Some("quote"),
            Highlight::Query => Some("query"),
            Highlight::Contradiction => Some("contradiction"),
            Highlight::Other(class) => Some(class),
        }
    }

    pub(super) fn of_class(class: &str) -> Highlight {
        let known = Highlight::ALL
            .into_iter()
            .find(|known| known.class() == Some(class));
        known.unwrap_or_else(|| Highlight::Other(class.to_owned()))
    }
}

impl Tell for Highlight {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Highlight::Plain => lang.tr("highlight", "Hervorhebung"),
            Highlight::Quote => lang.tr("quote", "Zitat"),
            Highlight::Query => lang.tr("query", "Nachfrage"),
            Highlight::Contradiction => lang.tr("contradiction", "Widerspruch"),
            Highlight::Other(class) => return visible_line(class),
        }
        .to_owned()
    }
}

impl Kind {
    /// How much it says among others on one passage, of which one sign is shown. Links and corrections have no sign: they
    /// show in what they change.
    #[must_use]
    pub fn weight(&self) -> Option<u8> {
        match self {
            Kind::Of(Motivation::Linking | Motivation::Classifying) => None,
            Kind::Of(Motivation::Commenting) => Some(5),
            Kind::Of(Motivation::Tagging) => Some(4),
            Kind::Of(Motivation::Bookmarking) => Some(3),
            Kind::Highlight(Highlight::Plain) | Kind::Of(_) => Some(1),
            Kind::Highlight(_) => Some(2),
        }
    }
}

impl Note {
    /// What it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self.motivation() {
            Motivation::Highlighting => Kind::Highlight(self.highlight()),
            other => Kind::Of(other.clone()),
        }
    }

    /// How its passage is highlighted; a comment's is too.
    #[must_use]
    pub fn highlight(&self) -> Highlight {
        let classes = self
            .targets
            .iter()
            .filter_map(|target| target.rest.get(CLASS));
        let mut names = classes.filter_map(|class| match class.as_array() {
            Some(several) => several.first()?.as_str(),
            None => class.as_str(),
        });
        names.next().map_or(Highlight::Plain, Highlight::of_class)
    }

    /// How the ground of its passages is, where they have one: a highlight's, and a comment's unless it is on an exchange,
    /// which its sign says.
    #[must_use]
    pub fn ground(&self) -> Option<Highlight> {
        let on_exchange = |target: &Target| target.scope == Scope::Exchange;
        let has_one = match self.motivation() {
            Motivation::Highlighting => true,
            Motivation::Commenting => !self.targets.iter().any(on_exchange),
            _ => false,
        };
        has_one.then(|| self.highlight())
    }

    /// Whether the reader sees it as a note; links and corrections show in what they change.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.kind().weight().is_some()
    }

    /// Highlights its passages in another way, at the time `now`.
    pub fn set_highlight(&mut self, kind: &Highlight, now: Timestamp) {
        for target in &mut self.targets {
            match kind.class() {
                Some(class) => drop(target.rest.insert(CLASS.to_owned(), class.into())),
                None => drop(target.rest.shift_remove(CLASS)),
            }
        }
        self.change(now);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::{at, interview, note};
    use super::super::w3c;
    use super::*;

    #[test]
    fn the_kind_of_a_highlight_is_the_class_of_its_passage() {
        let on = interview("a", &["Warum?", "Darum, sage ich."]);
        let mut note = note(1, Motivation::Highlighting, "", &on, "Darum");
        assert_eq!(note.kind(), Kind::Highlight(Highlight::Plain));
        assert!(w3c::value(&note)["target"].get(CLASS).is_none());
        note.set_highlight(&Highlight::Query, at(2));
        assert_eq!(w3c::value(&note)["target"][CLASS], "query");
        let written = w3c::write(&w3c::Line::Note(Box::new(note.clone())));
        assert_eq!(
            w3c::read(&written),
            Ok(w3c::Line::Note(Box::new(note.clone())))
        );
        assert_eq!(
            (note.highlight().tell(Lang::German), note.modified),
            ("Nachfrage".into(), Some(at(2)))
        );
        note.targets[0]
            .rest
            .insert(CLASS.into(), json!(["rot", "fett"]));
        assert_eq!(note.highlight(), Highlight::Other("rot".into()));
        note.set_highlight(&Highlight::Plain, at(3));
        assert_eq!(note.highlight(), Highlight::Plain);
    }
}
