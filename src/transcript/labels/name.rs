//! A label by itself: what may be one, and what its words say of who asks.

use crate::interview::Time;
use crate::transcript::clock::{self, Setting};

/// A label is no longer than this, in bytes.
const LABEL: usize = 48;

/// So much a time before a label takes at the most, in bytes.
const TIME: usize = 32;

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
    "investigator",
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

/// What machines call the voices that they only tell apart, in lower case; a number follows.
const NUMBERED: &[&str] = &[
    "speaker",
    "spk",
    "sprecher",
    "sprecherin",
    "person",
    "voice",
    "stimme",
    "s",
    "teilnehmer",
    "participant",
];

/// Labels that say that nobody knows who speaks, in lower case.
pub const UNKNOWN: &[&str] = &[
    "unknown",
    "unknown speaker",
    "unidentified",
    "unidentified speaker",
    "unbekannt",
    "unbekannte stimme",
    "unbekannter sprecher",
    "unbekannte sprecherin",
    "unk",
    "?",
    "??",
];

/// What counts turns and names nobody: *Frage 3* is asked by whoever asks *Frage 2*.
const COUNTED: &[&str] = &["frage", "antwort", "question", "answer", "q", "a", "f"];

/// Words in a name that have no capital.
const PARTICLES: &[&str] = &[
    "von", "vom", "van", "de", "del", "den", "der", "di", "da", "du", "la", "le", "zu", "zur",
    "und", "and", "of", "&", "/",
];

/// How a line begins that may name a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head<'a> {
    /// The speaker.
    pub label: &'a str,
    /// The time beside the label. With one, a colon is not needed.
    pub time: Option<Time>,
    /// What is said; empty where the label has a line of its own.
    pub said: &'a str,
    /// Whether there is a time beside the label, and a colon or nothing behind: what else should it be?
    pub sure: bool,
}

/// The label at the beginning of `line`, with the time before or behind it: `Ada: Ja`, `[0:12] Ada: Ja`, `Ada: [0:12] Ja`,
/// `Ada [0:12] Ja`, or above what is said `Ada  0:12` and `0:12 Ada`.
///
/// That a label recurs is seen from the whole file only ([`Labels::of`](super::Labels::of)).
#[must_use]
pub fn head(line: &str) -> Option<Head<'_>> {
    if let Some((label, said)) = bracketed(line) {
        return Some(Head {
            label,
            time: None,
            said,
            sure: false,
        });
    }
    let near = line.floor_char_boundary(LABEL + TIME);
    // Labels and clocks both have a colon; most lines of a file have none here.
    memchr::memchr(b':', &line.as_bytes()[..near])?;
    let (before, rest) = match clock::stamp(line) {
        Some((stamp, rest)) => (Some(stamp.time), rest.trim_start_matches(is_between)),
        None => (None, line),
    };
    if let Some((label, said)) = before.and_then(|_| sender(rest)).or_else(|| split(rest)) {
        let (after, said) = match clock::stamp(said) {
            // *Ada: 10:30 war es* has no time beside the label.
            Some((stamp, rest)) if stamp.setting != Setting::Bare || rest.is_empty() => {
                (Some(stamp.time), rest.trim_start())
            }
            _ => (None, said),
        };
        let time = before.or(after);
        return Some(Head {
            label,
            time,
            said,
            sure: time.is_some(),
        });
    }
    if before.is_some() {
        let label = inner(rest.trim_end());
        let time = before;
        return is_name(label, true).then(|| Head {
            label: speaker(label),
            time,
            said: "",
            sure: true,
        });
    }
    timed(line)
}

/// A voice that a machine numbered, in brackets: `[SPEAKER_00] Ja`, `(speaker 1) Ja`.
fn bracketed(line: &str) -> Option<(&str, &str)> {
    let close = match line.as_bytes().first()? {
        b'[' => b']',
        b'(' => b')',
        _ => return None,
    };
    let end = line.bytes().take(LABEL).position(|byte| byte == close)?;
    let (label, rest) = (&line[1..end], &line[end + 1..]);
    let said = rest.strip_prefix(':').unwrap_or(rest).trim_start();
    is_numbered(label).then_some((label, said))
}

/// A label with a time behind it and no colon before that.
fn timed(line: &str) -> Option<Head<'_>> {
    let near = line.floor_char_boundary(LABEL + 1);
    let bytes = line.as_bytes();
    let opens = |at: usize| match bytes[at] {
        b'[' | b'(' | b'#' | b'<' => at > 0,
        byte => byte.is_ascii_digit() && bytes[at - 1].is_ascii_whitespace(),
    };
    let (at, stamp, rest) = (1..near)
        .filter(|&at| opens(at))
        .find_map(|at| clock::stamp(&line[at..]).map(|(stamp, rest)| (at, stamp, rest)))?;
    let label = inner(line[..at].trim_end_matches(is_between));
    let said = rest.strip_prefix(':').unwrap_or(rest).trim_start();
    let alone = said.is_empty();
    let apart = stamp.setting != Setting::Bare && rest.starts_with([' ', ':', '\t']);
    (is_name(label, alone) && (alone || apart)).then(|| Head {
        label: speaker(label),
        time: Some(stamp.time),
        said,
        sure: alone || rest.starts_with(':'),
    })
}

/// Whether `c` may stand between a label and its time.
fn is_between(c: char) -> bool {
    c.is_whitespace() || "-–—|,•·".contains(c)
}

/// Who wrote a line of a chat that was kept, and what: `From Ada to Everyone: Ja`.
fn sender(line: &str) -> Option<(&str, &str)> {
    let line = ["From ", "Von "]
        .iter()
        .find_map(|word| line.strip_prefix(word))?;
    let (names, said) = line.split_once(':')?;
    let to = [" to ", " an "].iter().find_map(|word| names.find(word));
    let label = names[..to.unwrap_or(names.len())].trim();
    is_name(label, false).then(|| (label, said.trim_start()))
}

/// What stands before the first colon of `line`, if it may be a speaker's name, and what follows.
///
/// One to six words with capitals, in square brackets or not, or a [handle](is_handle); after the colon comes a space or
/// nothing. So neither `https://` nor `10:30` nor *Es gilt:* is a label; that a label recurs is seen from the whole file
/// only ([`Labels::of`](super::Labels::of)).
#[must_use]
pub fn split(line: &str) -> Option<(&str, &str)> {
    let head = &line.as_bytes()[..line.floor_char_boundary(LABEL + 1)];
    // *Befragte:r: Ja*
    let colon = memchr::memchr_iter(b':', head).find(|at| {
        let next = line.as_bytes().get(at + 1);
        !next.is_some_and(u8::is_ascii_lowercase)
    })?;
    let (label, rest) = (inner(line[..colon].trim_end()), &line[colon + 1..]);
    let parted = rest.is_empty() || rest.starts_with(char::is_whitespace);
    // *ADA KROLL, HOST (off): Ja*, *Ada (laughs): Ja*
    let whole = directed(label);
    let shouted = whole.split_once(',').map(|(name, _)| name);
    let shouted = shouted.filter(|name| !name.contains(char::is_lowercase));
    let named = parted && (is_name(shouted.unwrap_or(whole), false) || is_handle(whole));
    named.then(|| (speaker(whole), rest.trim_start()))
}

/// `label` without the direction behind it: *(laughs)*.
fn directed(label: &str) -> &str {
    let inside = label
        .strip_suffix(')')
        .and_then(|label| label.rsplit_once(" ("));
    match inside {
        Some((name, direction)) if direction.starts_with(char::is_lowercase) => name.trim_end(),
        _ => label,
    }
}

/// Whether `label` is in small letters, as some papers and stations write their names: `taz`, `zeit.de`.
#[must_use]
pub fn is_handle(label: &str) -> bool {
    label.starts_with(char::is_lowercase)
        && label
            .chars()
            .all(|c| c.is_alphanumeric() || ".-_&".contains(c))
        && !is_known(label)
        && !is_numbered(label)
}

/// The speaker that a line names which has nothing else on it, and is set apart by its typography: a name, or whatever
/// stands before a colon.
#[must_use]
pub fn alone(line: &str) -> Option<&str> {
    let line = line.trim();
    if line.len() > LABEL || line.split(' ').count() > 6 {
        return None;
    }
    let marked = line.trim_end_matches([':', '|', '/', '→', '–', '—', '»', '>', ' ']);
    let label = Some(marked).filter(|label| label.len() < line.len());
    let named = label.is_some_and(|label| !label.is_empty()) || is_name(line, false);
    named.then(|| speaker(label.unwrap_or(line)))
}

/// A label without its square brackets.
fn inner(label: &str) -> &str {
    let inside = label.strip_prefix('[').and_then(|l| l.strip_suffix(']'));
    inside.unwrap_or(label)
}

/// Whether `label` may name a speaker; `comma` says that it may be written *Kroll, Ada*.
#[must_use]
pub fn is_name(label: &str, comma: bool) -> bool {
    let capital = |word: &str| {
        word.trim_start_matches('(')
            .starts_with(|c: char| c.is_uppercase() || c.is_numeric())
    };
    if label.len() > LABEL {
        return false;
    }
    let dated = || label.contains(',') && label.contains(|c: char| c.is_ascii_digit());
    let named = label.starts_with(char::is_uppercase)
        && !dated()
        && label.split(is_space).count() <= 6
        && label
            .split(is_space)
            .filter(|word| !word.is_empty())
            .all(|word| capital(word) || PARTICLES.contains(&word))
        && label
            .chars()
            .all(|c| c.is_alphanumeric() || " \u{a0}.-'’()/&_*:".contains(c) || comma && c == ',');
    named || is_numbered(label) || label.len() > 1 && is_known(label)
}

/// A name may hold a no-break space.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}')
}

/// Whether `label` is what a machine calls a voice that it only tells from others: `SPEAKER_00`, `spk_1`, `Speaker B`.
#[must_use]
pub fn is_numbered(label: &str) -> bool {
    let word = label.trim_end_matches(|c: char| c.is_ascii_digit());
    let word = if word.len() < label.len() {
        word
    } else {
        let word = label.trim_end_matches(|c: char| c.is_ascii_uppercase());
        if word.len() + 1 != label.len() || !word.ends_with([' ', '_']) {
            return false;
        }
        word
    };
    let word = word.trim_end_matches(['_', '-', ' ', '#']);
    NUMBERED
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
}

/// The speaker that a label names: the label, without a number that counts turns.
#[must_use]
pub fn speaker(label: &str) -> &str {
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
    fn a_time_may_stand_on_either_side_of_a_label() {
        for line in [
            "Ada Kroll: [00:01:02] Ja.",
            "[00:01:02] Ada Kroll: Ja.",
            "[1:02] - Ada Kroll: Ja.",
            "00:01:02 Ada Kroll: Ja.",
            "Ada Kroll [00:01:02] Ja.",
            "Ada Kroll [00:01:02]: Ja.",
            "Ada Kroll (1:02): Ja.",
            "#00:01:02-0# Ada Kroll: Ja.",
        ] {
            let found = head(line).map(|h| (h.label, h.time.map(|t| t.start), h.said));
            assert_eq!(found, Some(("Ada Kroll", Some(62_000), "Ja.")), "{line}");
        }
        for line in [
            "Ada Kroll  1:02",
            "00:01:02 Ada Kroll",
            "[Ada Kroll] 00:01:02",
            "[00:01:02.000] - Ada Kroll",
            "Ada Kroll: 1:02",
            "Ada Kroll | 01:02",
        ] {
            let found = head(line).map(|h| (h.label, h.time.map(|t| t.start), h.said));
            assert_eq!(found, Some(("Ada Kroll", Some(62_000), "")), "{line}");
        }
        assert_eq!(
            head("Kroll, Ada  0:12").map(|h| h.label),
            Some("Kroll, Ada")
        );
        assert_eq!(head("spk_1 0:12").map(|h| h.label), Some("spk_1"));
    }

    #[test]
    fn a_time_that_is_content_is_left_to_it() {
        let found = head("Ada: 10:30 war es schon.").unwrap();
        assert_eq!((found.time, found.said), (None, "10:30 war es schon."));
        for no in [
            "Ada kam um 10:30",
            "Um 10:30 Uhr",
            "10:30 Uhr war es schon.",
            "Das steht bei Lukas (3:16) und anderswo",
            "Er sagte: nein",
            "0:12",
        ] {
            assert_eq!(head(no), None, "{no}");
        }
    }

    #[test]
    fn a_machine_numbers_its_voices() {
        for yes in [
            "SPEAKER_00",
            "spk_1",
            "Speaker 2",
            "S01",
            "Sprecher A",
            "Person#3",
        ] {
            assert!(is_numbered(yes), "{yes}");
        }
        for no in [
            "Speaker",
            "Ada 1",
            "S",
            "SPEAKER_",
            "Peter",
            "1",
            "",
            "Person AB",
        ] {
            assert!(!is_numbered(no), "{no}");
        }
    }

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
