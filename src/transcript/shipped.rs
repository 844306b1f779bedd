//! The two interviews that come with the program.

use std::collections::HashMap;
use std::path::Path;

use super::{Error, read};
use crate::interview::{Interview, Metadata};

/// One of the two.
#[derive(Debug)]
pub struct Shipped {
    /// The name by which `assets/shipped.toml` speaks of it.
    pub name: &'static str,
    raw: &'static [u8],
}

/// The interviews that are shown where none is named.
pub static SHIPPED: [Shipped; 2] = [
    Shipped {
        name: "pallenberg",
        raw: include_bytes!("../../seeds/pallenberg.txt"),
    },
    Shipped {
        name: "microsoft",
        raw: include_bytes!("../../seeds/microsoft.txt"),
    },
];

impl Shipped {
    /// Reads it as any file is read; what a reader should see of it beside its text comes from `assets/shipped.toml`.
    ///
    /// # Errors
    /// None that a file of text could have; the type says so.
    pub fn read(&self) -> Result<Interview, Error> {
        let mut interview = read(self.raw, Some(Path::new(self.name)))?;
        interview.identity.path = None;
        let said = std::mem::take(&mut interview.metadata);
        let mut known = metadata().unwrap_or_default();
        interview.metadata = known.remove(self.name).unwrap_or_default().or(said);
        Ok(interview)
    }
}

/// Both, read.
#[must_use]
pub fn shipped() -> Vec<Interview> {
    SHIPPED.iter().filter_map(|one| one.read().ok()).collect()
}

fn metadata() -> Result<HashMap<String, Metadata>, toml::de::Error> {
    toml::from_str(include_str!("../../assets/shipped.toml"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::Role;

    /// The roles of the turns with the number of paragraphs in each, as `I3 Q1 A2 …`.
    fn shape(interview: &Interview) -> String {
        let turns = interview.turns.iter().map(|turn| {
            let letter = match turn.role {
                Role::Introduction => 'I',
                Role::Question => 'Q',
                Role::Answer => 'A',
                Role::Remark => 'R',
                Role::Closing => 'C',
            };
            format!("{letter}{}", turn.paragraphs.len())
        });
        turns.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_known_of_them_is_well_formed_and_about_them() {
        let known = metadata().unwrap();
        assert_eq!(known.len(), SHIPPED.len());
        assert!(SHIPPED.iter().all(|one| known.contains_key(one.name)));
    }

    #[test]
    fn their_structure_is_found_without_a_label() {
        let [pallenberg, microsoft] = &shipped()[..] else {
            panic!("two")
        };
        assert_eq!(
            shape(pallenberg),
            "I3 Q1 A2 Q1 A3 Q1 A3 Q1 A2 Q1 A1 Q1 A2 Q1 A1 C1"
        );
        assert_eq!(shape(microsoft), ["Q1 A1"; 11].join(" "));
        assert_eq!(
            (pallenberg.exchanges.len(), pallenberg.paragraphs.len()),
            (7, 25)
        );
        assert!(microsoft.question(4).ends_with("noch authentisch."));
    }

    #[test]
    fn a_reader_sees_who_they_are() {
        let [pallenberg, microsoft] = &shipped()[..] else {
            panic!("two")
        };
        assert_eq!(pallenberg.label(), "Sascha Pallenberg");
        assert_eq!(pallenberg.metadata.date, None);
        assert_eq!(microsoft.short_label(), "Microsoft");
        assert_eq!(microsoft.metadata.date.as_deref(), Some("2017-06"));
        assert_eq!(microsoft.metadata.interviewee, None);
        assert!(microsoft.text.starts_with("Warum arbeitet"));
    }
}
