//! A label by itself: what may be one, and what its words say of who asks.

/// A label is no longer than this, in bytes.
const LABEL: usize = 48;

/// Labels that ask by their meaning, in lower case.
pub const ASKERS: &[&str] = &[
    "frage",
    "question",
    "interviewer",
    "interviewerin",
    "moderator",
    "moderatorin",
    "moderation",
    "redaktion",
    "host",
    "reporter",
    "reporterin",
];

/// Labels that come in pairs, the one who asks first.
pub const PAIRS: &[(&str, &str)] = &[("f", "a"), ("q", "a"), ("i", "b"), ("i", "p"), ("i", "r")];

/// Labels that stand for whoever answers, and are no name.
pub const ANSWERERS: &[&str] = &[
    "antwort",
    "answer",
    "befragte",
    "befragter",
    "befragte person",
    "gast",
    "guest",
    "interviewee",
    "interviewte",
    "interviewter",
    "experte",
    "expertin",
    "respondent",
    "participant",
    "proband",
    "probandin",
];

/// What counts turns and names nobody: *Frage 3* is asked by whoever asks *Frage 2*.
const COUNTED: &[&str] = &["frage", "antwort", "question", "answer", "q", "a", "f"];

/// Words in a name that have no capital.
const PARTICLES: &[&str] = &[
    "von", "vom", "van", "de", "del", "den", "der", "di", "da", "du", "la", "le", "zu", "zur",
    "und", "and", "of", "&", "/",
];

/// What stands before the first colon of `line`, if it may be a speaker's name, and what follows.
///
/// One to six words with capitals, in square brackets or not; after the colon comes a space or nothing. So neither
/// `https://` nor `10:30` nor *Es gilt:* is a label; that a label recurs is seen from the whole file only
/// ([`Labels::of`](super::Labels::of)).
#[must_use]
pub fn split(line: &str) -> Option<(&str, &str)> {
    let head = &line[..line.floor_char_boundary(LABEL + 1)];
    let colon = memchr::memchr(b':', head.as_bytes())?;
    let (label, rest) = (line[..colon].trim_end(), &line[colon + 1..]);
    let label = label
        .strip_prefix('[')
        .and_then(|label| label.strip_suffix(']'))
        .unwrap_or(label);
    let parted = rest.is_empty() || rest.starts_with(char::is_whitespace);
    (is_name(label) && parted).then(|| (speaker(label), rest.trim_start()))
}

/// The speaker that a line names which has nothing else on it, and is set apart by its typography: a name, or whatever
/// stands before a colon.
#[must_use]
pub fn alone(line: &str) -> Option<&str> {
    let line = line.trim();
    let label = line.strip_suffix(':').map(str::trim_end);
    let short = line.len() <= LABEL && line.split(' ').count() <= 6;
    let named = label.is_some_and(|label| !label.is_empty()) || is_name(line);
    (short && named).then(|| speaker(label.unwrap_or(line)))
}

/// Whether `label` is one to six words with capitals.
fn is_name(label: &str) -> bool {
    let capital = |word: &str| {
        word.trim_start_matches('(')
            .starts_with(|c: char| c.is_uppercase() || c.is_numeric())
    };
    label.starts_with(char::is_uppercase)
        && label.split(' ').count() <= 6
        && label
            .split(' ')
            .all(|word| capital(word) || PARTICLES.contains(&word))
        && label
            .chars()
            .all(|c| c.is_alphanumeric() || " .-'’()/&_".contains(c))
}

/// The speaker that a label names: the label, without a number that counts turns.
fn speaker(label: &str) -> &str {
    let word = label.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let counted = word.len() < label.len() && COUNTED.contains(&word.to_lowercase().as_str());
    if counted { word } else { label }
}

/// Whether `label` is a word that labels, and so needn't recur.
#[must_use]
pub fn is_known(label: &str) -> bool {
    let label = label.to_lowercase();
    let label = label.as_str();
    ASKERS.contains(&label)
        || ANSWERERS.contains(&label)
        || PAIRS.iter().any(|(q, a)| *q == label || *a == label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_a_short_name_before_a_colon() {
        assert_eq!(split("Dr. Ada Kroll: Ja."), Some(("Dr. Ada Kroll", "Ja.")));
        assert_eq!(split("S1:"), Some(("S1", "")));
        assert_eq!(split("[JO]: Ja"), Some(("JO", "Ja")));
        let long = "Dr. Jan van der Meer (JM)";
        assert_eq!(split(&format!("{long}: Ja")), Some((long, "Ja")));
        assert_eq!(split("Frage 12: Wo?"), Some(("Frage", "Wo?")));
        for no in [
            "https://example.org",
            "10:30 Uhr",
            "und zwar: so",
            "Er sagte, er gehe: fort",
            "Um 10:30 Uhr",
            "Es gilt: nichts",
        ] {
            assert_eq!(split(no), None, "{no}");
        }
    }

    #[test]
    fn a_line_of_its_own_may_be_a_name_without_a_colon() {
        assert_eq!(alone("Ada Kroll"), Some("Ada Kroll"));
        assert_eq!(alone("Frage 3"), Some("Frage"));
        assert_eq!(alone("die stimme:"), Some("die stimme"));
        for no in ["Wie geht es?", "die stimme", "Das war es.", ":", ""] {
            assert_eq!(alone(no), None, "{no}");
        }
    }
}
