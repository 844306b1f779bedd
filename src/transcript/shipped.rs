//! The two interviews that come with the program.

use std::collections::HashMap;
use std::path::Path;

use super::read;
use crate::interview::{Interview, Metadata};

/// The files, with the names by which `assets/shipped.toml` speaks of them.
const FILES: [(&str, &[u8]); 2] = [
    ("pallenberg", include_bytes!("../../seeds/pallenberg.txt")),
    ("microsoft", include_bytes!("../../seeds/microsoft.txt")),
];

/// The interviews that are shown where none is named, read as any file is; what a reader should see of them beside
/// their text comes from `assets/shipped.toml`.
#[must_use]
pub fn shipped() -> Vec<Interview> {
    let mut known = metadata().unwrap_or_default();
    FILES
        .into_iter()
        .filter_map(|(name, raw)| {
            let mut interview = read(raw, Some(Path::new(name))).ok()?;
            interview.identity.path = None;
            let said = std::mem::take(&mut interview.metadata);
            let known = known.remove(name).unwrap_or_default();
            interview.metadata = known.or(said);
            Some(interview)
        })
        .collect()
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
        assert_eq!(known.len(), FILES.len());
        assert!(FILES.iter().all(|(name, _)| known.contains_key(*name)));
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
