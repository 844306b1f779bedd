//! The properties that a word processor keeps of a document, and which of them say something.

/// What a title is called that nobody gave, in lower case.
const UNTITLED: &[&str] = &[
    "untitled",
    "untitled document",
    "unbenannt",
    "unbenanntes dokument",
    "ohne titel",
    "document",
    "dokument",
    "title",
    "titel",
    "powerpoint-präsentation",
];

/// What the names of files end in that a title is often no more than.
const ENDINGS: &[&str] = &[
    ".doc", ".docx", ".docm", ".dot", ".dotx", ".dotm", ".odt", ".ott", ".rtf", ".txt", ".pdf",
];

/// The title that the property says, where it is one: neither the name of a file or of the `template`, nor what a
/// program puts there by itself.
#[must_use]
pub fn title(said: &str, template: Option<&str>) -> Option<String> {
    let said = said.trim();
    let lower = said.to_lowercase();
    let numbered = lower.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let template = template.map(|name| {
        name.rsplit(['/', '\\'])
            .next()
            .unwrap_or(name)
            .to_lowercase()
    });
    let of_template = template.is_some_and(|name| {
        lower == name || name.rsplit_once('.').is_some_and(|(stem, _)| stem == lower)
    });
    let empty = !said.contains(char::is_alphabetic) || UNTITLED.contains(&numbered);
    let file = ENDINGS.iter().any(|ending| lower.ends_with(ending))
        || lower.starts_with("microsoft word - ")
        || said.contains('_') && !said.contains(' ');
    (!empty && !file && !of_template).then(|| said.to_owned())
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn a_title_is_what_somebody_gave() {
        assert_eq!(title(" Am Wasser ", None).as_deref(), Some("Am Wasser"));
        let vorlage = Some("C:\\Vorlagen\\Transkript.dotx");
        assert_eq!(title("Protokoll", vorlage).as_deref(), Some("Protokoll"));
        for no in [
            "",
            "–",
            "Dokument1",
            "Untitled document",
            "Microsoft Word - Am Wasser.doc",
            "am_wasser_final2",
            "Am Wasser.odt",
            "Transkript",
            "Transkript.dotx",
        ] {
            assert_eq!(title(no, vorlage), None, "{no}");
        }
    }
}
