//! The kinds of highlight that a reader uses: the four that come with the program, or others, named in the configuration.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Highlight, Kind};
use crate::lang::{Lang, Tell};
use crate::text::visible::visible_line;
use crate::text::{Fold, fold, width};

/// The most kinds there may be: nobody tells more apart.
pub const MOST: usize = 9;
/// The widest name, in cells: it stands beside others in one line.
pub const WIDEST: usize = 24;
/// What the kind without a class goes by.
const PLAIN: &str = "plain";

/// The kinds of highlight in use, in the order in which a key goes through them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kinds {
    /// Each with what the reader calls it, where that is not what the program does.
    all: Vec<(Highlight, Option<String>)>,
}

impl Default for Kinds {
    /// Those that come with the program.
    fn default() -> Kinds {
        let all = Highlight::ALL.into_iter().map(|kind| (kind, None));
        Kinds { all: all.collect() }
    }
}

/// Why kinds can't be named so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.tell(Lang::English))]
pub enum Wrong {
    /// None is named.
    None,
    /// There are more than [`MOST`].
    Many,
    /// A name says nothing, or has more than [`WIDEST`] cells.
    Name(String),
    /// Two have the same name.
    Twice(String),
}

impl Tell for Wrong {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Wrong::None => lang.tr(
                "no kind of highlight is named; name one, as in quote = \"Quote\", or take the table out".to_owned(),
                "keine Art der Hervorhebung ist benannt; eine benennen, wie quote = \"Zitat\", oder die Tabelle streichen".to_owned(),
            ),
            Wrong::Many => lang.tr(
                format!("more than {MOST} kinds of highlight; take some out"),
                format!("mehr als {MOST} Arten der Hervorhebung; bitte einige streichen"),
            ),
            Wrong::Name(name) => {
                let name = visible_line(name);
                lang.tr(
                    format!("“{name}” names no kind of highlight; a name has 1 to {WIDEST} letters"),
                    format!("„{name}“ benennt keine Art der Hervorhebung; ein Name hat 1 bis {WIDEST} Zeichen"),
                )
            }
            Wrong::Twice(name) => {
                let name = visible_line(name);
                lang.tr(
                    format!("two kinds of highlight are called “{name}”; give one another name"),
                    format!("zwei Arten der Hervorhebung heißen „{name}“; bitte eine anders nennen"),
                )
            }
        }
    }
}

impl Kinds {
    /// The kinds that `named` names, each by its class and with where its name stands, in the order of these places.
    ///
    /// # Errors
    /// Where one can't be named so, with the place.
    pub fn named(
        named: &BTreeMap<String, (Range<usize>, String)>,
    ) -> Result<Kinds, (Option<Range<usize>>, Wrong)> {
        let mut written: Vec<_> = named.iter().collect();
        written.sort_by_key(|(_, (at, _))| at.start);
        if written.is_empty() {
            return Err((None, Wrong::None));
        }
        let mut all: Vec<(Highlight, Option<String>)> = Vec::new();
        for (class, (at, name)) in written {
            let wrong = |what| Err((Some(at.clone()), what));
            let name = name.trim();
            if all.len() == MOST {
                return wrong(Wrong::Many);
            }
            if name.is_empty() || width(name) > WIDEST || visible_line(name) != name {
                return wrong(Wrong::Name(name.to_owned()));
            }
            let key = |name: &str| fold(name, Fold::DIGRAPHS);
            let same = |(_, other): &(_, Option<String>)| {
                other
                    .as_deref()
                    .is_some_and(|other| key(other) == key(name))
            };
            if all.iter().any(same) {
                return wrong(Wrong::Twice(name.to_owned()));
            }
            let kind = match class.as_str() {
                PLAIN => Highlight::Plain,
                class => Highlight::of_class(class),
            };
            all.push((kind, Some(name.to_owned())));
        }
        Ok(Kinds { all })
    }

    /// Whether they are the reader's own.
    #[must_use]
    pub fn are_own(&self) -> bool {
        self.all.iter().any(|(_, name)| name.is_some())
    }

    /// All of them, in order.
    pub fn all(&self) -> impl Iterator<Item = &Highlight> {
        self.all.iter().map(|(kind, _)| kind)
    }

    /// The kind at `place`, counted from 0.
    #[must_use]
    pub fn at(&self, place: usize) -> Option<&Highlight> {
        self.all.get(place).map(|(kind, _)| kind)
    }

    /// Which place `kind` has, where it is in use.
    #[must_use]
    pub fn place(&self, kind: &Highlight) -> Option<usize> {
        self.all().position(|known| known == kind)
    }

    /// The one that a key makes first.
    #[must_use]
    pub fn first(&self) -> Highlight {
        self.at(0).cloned().unwrap_or_default()
    }

    /// The one that a key goes on to from `kind`.
    #[must_use]
    pub fn next(&self, kind: &Highlight) -> Highlight {
        let next = self.place(kind).map_or(0, |at| at + 1);
        self.at(next).cloned().unwrap_or_else(|| self.first())
    }

    /// What the reader calls `kind`, where it has a name of theirs.
    #[must_use]
    pub fn own_name(&self, kind: &Highlight) -> Option<&str> {
        let named = self.all.iter().find(|(known, _)| known == kind)?;
        named.1.as_deref()
    }

    /// What `kind` is called: by the reader, else by the program, and what neither knows by its class.
    #[must_use]
    pub fn highlight(&self, kind: &Highlight, lang: Lang) -> String {
        let own = self.own_name(kind).map(str::to_owned);
        own.unwrap_or_else(|| kind.tell(lang))
    }

    /// What a note of `kind` is called.
    #[must_use]
    pub fn tell(&self, kind: &Kind, lang: Lang) -> String {
        match kind {
            Kind::Highlight(highlight) => self.highlight(highlight, lang),
            Kind::Of(motivation) => motivation.tell(lang),
        }
    }

    /// Everything that a note of `kind` goes by in a filter, in `lang`: a quote is a highlight too.
    #[must_use]
    pub fn names(&self, kind: &Kind, lang: Lang) -> Vec<String> {
        let mut names = vec![self.tell(kind, lang)];
        if let Kind::Highlight(_) = kind {
            names.insert(0, Highlight::Plain.tell(lang));
            names.dedup();
        }
        names
    }

    /// The kind that is called `name`, by its class too.
    #[must_use]
    pub fn called(&self, name: &str) -> Option<&Highlight> {
        let called = |kind: &&Highlight| {
            let class = kind.class().unwrap_or(PLAIN);
            class == name || self.own_name(kind) == Some(name)
        };
        self.all().find(called)
    }

    /// The classes of all, as [`Kinds::called`] knows them.
    pub fn classes(&self) -> impl Iterator<Item = &str> {
        self.all().map(|kind| kind.class().unwrap_or(PLAIN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(written: &[(&str, &str)]) -> Result<Kinds, (Option<Range<usize>>, Wrong)> {
        let at = |n: usize, name: &str| (n..n + 1, name.to_owned());
        let named = written.iter().enumerate();
        let named = named.map(|(n, (class, name))| ((*class).to_owned(), at(n, name)));
        Kinds::named(&named.collect())
    }

    #[test]
    fn a_reader_names_their_own_and_a_key_goes_through_them_and_round() {
        let kinds = named(&[("quote", "O-Ton"), ("plain", "Beleg"), ("geld", "Geld")]).unwrap();
        assert_eq!(
            kinds.classes().collect::<Vec<_>>(),
            ["quote", "plain", "geld"]
        );
        let geld = Highlight::Other("geld".into());
        assert_eq!(kinds.first(), Highlight::Quote);
        assert_eq!(kinds.next(&Highlight::Plain), geld);
        assert_eq!(kinds.next(&geld), Highlight::Quote);
        assert_eq!(
            kinds.next(&Highlight::Query),
            Highlight::Quote,
            "not in use"
        );
        assert_eq!(kinds.called("Geld"), Some(&geld));
        let told = |kind: &Highlight| kinds.highlight(kind, Lang::German);
        assert_eq!(told(&Highlight::Quote), "O-Ton");
        assert_eq!(
            told(&Highlight::Query),
            "Nachfrage",
            "as the program calls it"
        );
        assert_eq!(told(&Highlight::Other("fremd".into())), "fremd");
        let names = kinds.names(&Kind::Highlight(geld), Lang::German);
        assert_eq!(names, ["Hervorhebung", "Geld"]);
    }

    #[test]
    fn those_of_the_program_go_round_too() {
        let kinds = Kinds::default();
        let mut kind = kinds.first();
        for next in [1, 2, 3, 0] {
            kind = kinds.next(&kind);
            assert_eq!(kind, Highlight::ALL[next]);
        }
        assert!(!kinds.are_own());
        let plain = Kind::Highlight(Highlight::Plain);
        assert_eq!(kinds.names(&plain, Lang::English), ["highlight"]);
    }

    #[test]
    fn what_names_nothing_says_where() {
        assert_eq!(named(&[]), Err((None, Wrong::None)));
        let twice = named(&[("a", "Über"), ("b", "ueber")]);
        assert_eq!(twice, Err((Some(1..2), Wrong::Twice("ueber".into()))));
        for name in ["", "  ", "a\u{7}b", &"x".repeat(WIDEST + 1)] {
            let (at, what) = named(&[("a", name)]).unwrap_err();
            assert!(at.is_some() && matches!(what, Wrong::Name(_)), "{what}");
        }
        let many: Vec<String> = (0..=MOST).map(|n| format!("k{n}")).collect();
        let many: Vec<_> = many
            .iter()
            .map(|name| (name.as_str(), name.as_str()))
            .collect();
        assert_eq!(named(&many).unwrap_err().1, Wrong::Many);
        assert!(named(&many[..MOST]).is_ok());
    }
}
