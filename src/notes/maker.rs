//! Who made a note, where it says so.

use super::Note;
use crate::text::visible::visible_line;

impl Note {
    /// The name of who made it; the reader's own say nothing of it.
    #[must_use]
    pub fn maker(&self) -> Option<String> {
        let creator = self.rest.get("creator")?;
        let one = creator
            .as_array()
            .map_or(Some(creator), |all| all.first())?;
        let fields = ["name", "nickname", "id"];
        let named = || fields.iter().find_map(|field| one.get(*field)?.as_str());
        let name = one.as_str().or_else(named)?;
        Some(match name.strip_prefix("acct:") {
            // As Hypothesis names its users.
            Some(account) => visible_line(account.split('@').next().unwrap_or(account)),
            None => visible_line(name),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::Motivation;
    use super::super::tests::{interview, note};

    #[test]
    fn who_made_a_note_is_named_however_it_is_written() {
        let on = interview("a", &["Warum?", "Darum."]);
        let mut note = note(1, Motivation::Commenting, "x", &on, "Darum.");
        assert_eq!(note.maker(), None);
        let iri = "http://example.org/@ada";
        for (creator, name) in [
            (json!("acct:ada@example.org"), "ada"),
            (
                json!({ "type": "Person", "name": "Ada Kroll" }),
                "Ada Kroll",
            ),
            (json!([{ "id": iri }]), iri),
        ] {
            note.rest.insert("creator".into(), creator);
            assert_eq!(note.maker().as_deref(), Some(name));
        }
    }
}
