//! Labels without a colon: every other way to set a name apart from what is said is brought to the one that is read,
//! `Name: …`. They are looked for only where a file has no labels with colons, and hold only where they recur through it.

use std::borrow::Cow;

use super::name::{self, Head};
use super::survey::Survey;
use super::{Labels, head};
use crate::transcript::document::Document;
use crate::transcript::paragraphs::{Wrap, ends_sentence, lines};

/// What may be a label at the beginning of a line, and what is said.
type Spelling = fn(&str) -> Option<(&str, &str)>;

/// The ways to spell a label; each label stands before one paragraph in so many at the least.
const SPELLINGS: &[(Spelling, usize)] = &[
    (led, 6),
    (bracketed, 6),
    (columned, 6),
    (dashed, 6),
    (dotted, 6),
    (tight, 6),
    (alone, 4),
];

/// So many lines are looked at to tell whether they are numbered, or whether any has a label.
const LINES: usize = 200;

/// No label is longer, in bytes.
const LONGEST: usize = 100;

/// `text` with its labels spelled with a colon; `None` where there are none. Of wrapped lines, only such count as don't
/// carry on a sentence.
#[must_use]
pub fn of_text(text: &str, wrap: Wrap) -> Option<String> {
    let said = || {
        let mut last = "";
        lines(text).map(move |line| {
            let carries_on = wrap.carries_on(last, line);
            let begins = wrap.begins(last, line);
            last = line;
            (line, begins, !carries_on)
        })
    };
    let (spelling, labels) = spelling(said)?;
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for (line, _, counts) in said() {
        let label = spelling(line).filter(|_| counts);
        spell(
            line,
            label.filter(|(label, _)| labels.knows(label)),
            &mut out,
        );
        out.push('\n');
    }
    Some(out)
}

/// Spells the labels of `document` with a colon.
pub fn of_document(document: &mut Document) {
    let said = || {
        let paragraphs = document.paragraphs.iter().zip(&document.marks);
        paragraphs.map(|(text, mark)| (text.as_ref(), true, !mark.is_apart(text)))
    };
    let found = spelling(said);
    spell_all(found, document.paragraphs.iter_mut());
}

/// Spells the labels of `texts`, none of which begins a paragraph for sure, with a colon.
pub fn of_texts(mut texts: Vec<&mut Cow<'_, str>>) {
    let found = spelling(|| texts.iter().map(|text| (&***text, false, true)));
    spell_all(found, texts.iter_mut().map(|text| &mut **text));
}

fn spell_all<'a: 'b, 'b>(
    found: Option<(Spelling, Labels)>,
    texts: impl Iterator<Item = &'b mut Cow<'a, str>>,
) {
    let Some((spelling, labels)) = found else {
        return;
    };
    for text in texts {
        if let Some(label) = spelling(text).filter(|(label, _)| labels.knows(label)) {
            let mut spelled = String::with_capacity(text.len() + 2);
            spell(text, Some(label), &mut spelled);
            *text = Cow::Owned(spelled);
        }
    }
}

fn spell(line: &str, label: Option<(&str, &str)>, out: &mut String) {
    match label {
        Some((label, said)) => out.extend([label, ": ", said]),
        None => out.push_str(line),
    }
}

/// The first spelling in which the lines have labels; of each line, whether it begins a paragraph and whether it counts.
fn spelling<'a, I>(lines: impl Fn() -> I) -> Option<(Spelling, Labels)>
where
    I: Iterator<Item = (&'a str, bool, bool)>,
{
    SPELLINGS.iter().find_map(|(spelling, share)| {
        let mut survey = Survey::default();
        let (mut labelled, mut all) = (0usize, 0usize);
        for (line, begins, counts) in lines() {
            let label = spelling(line).filter(|_| counts);
            labelled += usize::from(label.is_some());
            all += usize::from(!line.is_empty());
            if all > LINES && labelled == 0 {
                return None;
            }
            let head = label.map(|(label, said)| Head {
                label,
                time: None,
                said,
                sure: false,
            });
            survey.see(head, begins);
        }
        let labels = survey.labels();
        (!labels.names.is_empty() && labelled * share >= all).then_some((*spelling, labels))
    })
}

/// Whether `label` may be one without a colon: what it names must be more than a word of a sentence.
fn named(label: &str) -> Option<&str> {
    if label.len() > LONGEST {
        return None;
    }
    let label = label.trim().trim_end_matches(':').trim_end();
    // *Q.   Ja*
    let dotted = label
        .strip_suffix('.')
        .filter(|label| name::is_known(label));
    let label = dotted.unwrap_or(label);
    let name = name::is_name(label, false) || name::is_handle(label);
    (name && label.contains(char::is_alphabetic)).then_some(label)
}

/// As much of `line` as a label may take.
fn opening(line: &str) -> &str {
    &line[..line.floor_char_boundary(LONGEST)]
}

/// `>> ADA: Ja`, `- Ada: Ja`
fn led(line: &str) -> Option<(&str, &str)> {
    let rest = line.trim_start_matches(['>', '-', '–', '—', '•', '*', '·']);
    let rest = (rest.len() < line.len()).then_some(rest)?.trim_start();
    head(rest).map(|head| (head.label, head.said))
}

/// `[Ada] Ja`, `(Ada) Ja`, `<Ada> Ja`, `*Ada:* Ja`, `_Ada_: Ja`
fn bracketed(line: &str) -> Option<(&str, &str)> {
    let line = match line.as_bytes().first()? {
        b'[' | b'(' | b'<' | b'*' | b'_' | b'`' => line,
        _ => return None,
    };
    // *[10:02] <Ada> Ja*
    let line = crate::transcript::clock::stamp(line).map_or(line, |(_, rest)| rest.trim_start());
    let close = match line.as_bytes().first()? {
        b'[' => ']',
        b'(' => ')',
        b'<' => '>',
        b'*' => '*',
        b'_' => '_',
        b'`' => '`',
        _ => return None,
    };
    let (label, said) = line[1..].split_once(close)?;
    let parted = said.is_empty() || said.starts_with([':', ' ', '\t']);
    let said = said.strip_prefix(':').unwrap_or(said).trim_start();
    Some((named(label).filter(|_| parted)?, said))
}

/// `Ada    Ja`, as in columns, or with a tab.
fn columned(line: &str) -> Option<(&str, &str)> {
    let opening = opening(line);
    let tab = memchr::memchr(b'\t', opening.as_bytes());
    let gap = || opening.find("  ");
    let (label, said) = line.split_at(tab.or_else(gap)?);
    Some((named(label)?, said.trim_start()))
}

/// `Ada – Ja`, `ADA | Ja`
fn dashed(line: &str) -> Option<(&str, &str)> {
    let opening = opening(line);
    let at = opening.find([' ', '—', '–'])?;
    let dash = opening[at..].find(['-', '–', '—', '|', '•'])? + at;
    let (label, rest) = line.split_at(dash);
    let said = rest.trim_start_matches(['-', '–', '—', '|', '•']);
    let parted = label.ends_with(' ') && (said.starts_with(' ') || said.is_empty());
    Some((named(label).filter(|_| parted)?, said.trim_start()))
}

/// `Q. Ja`, `ADA. Ja`, `A) Ja`: what is known to label, initials, or a name in capitals.
fn dotted(line: &str) -> Option<(&str, &str)> {
    let at = opening(line).find(['.', ')'])?;
    let (label, said) = (&line[..at], &line[at + 1..]);
    let label = named(label)?;
    let capitals = !label.contains(char::is_lowercase);
    let parted = said.starts_with([' ', '\t']);
    (parted && (capitals || name::is_known(label)))
        .then(|| (name::speaker(label), said.trim_start()))
}

/// `Ada:Ja`
fn tight(line: &str) -> Option<(&str, &str)> {
    let (label, said) = line.split_at(opening(line).find([':', '：'])?);
    let said = said.strip_prefix([':', '：'])?;
    let parted =
        said.starts_with(|c: char| c.is_alphabetic() || c.is_whitespace() || c == '„' || c == '"');
    Some((named(label).filter(|_| parted)?, said.trim_start()))
}

/// `Ada` on a line of its own, above what is said.
fn alone(line: &str) -> Option<(&str, &str)> {
    Some((named(line).filter(|_| !ends_sentence(line))?, ""))
}

/// `text` without the numbers of its lines or paragraphs; `None` where they aren't counted.
#[must_use]
pub fn unnumbered(text: &str) -> Option<String> {
    let (mut counted, mut all, mut last) = (0usize, 0usize, 0u32);
    for line in lines(text).filter(|line| !line.is_empty()).take(LINES) {
        let number = number(line);
        // A page has its number, and begins anew.
        let is_page = |(number, rest): &(u32, &str)| rest.is_empty() && *number != last + 1;
        if number.as_ref().is_some_and(is_page) {
            continue;
        }
        all += 1;
        if let Some((number, _)) = number {
            counted += usize::from(number == last + 1 || number == 1);
            last = number;
        } else if all > 8 && counted == 0 {
            return None;
        }
    }
    if counted < 4 || counted * 10 < all * 9 {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    last = 0;
    for line in lines(text) {
        match number(line) {
            Some((number, "")) if number != last + 1 => continue,
            Some((number, rest)) => {
                last = number;
                out.push_str(rest);
            }
            None => out.push_str(line),
        }
        out.push('\n');
    }
    Some(out)
}

/// The number that a line begins with, and the rest, which doesn't belong to it.
fn number(line: &str) -> Option<(u32, &str)> {
    let width = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(width..).filter(|_| (1..=5).contains(&width))?;
    let parted = rest.is_empty() || rest.starts_with([' ', '\t']);
    let number = line[..width].parse().ok().filter(|_| parted)?;
    Some((number, rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: [&str; 6] = [
        "Wo waren Sie damals?",
        "Hier, wo sonst.",
        "Das war im Mai.",
        "Im Mai, ja, und im Juni auch noch.",
        "Und dann?",
        "Fort.",
    ];

    /// The conversation with each line begun by what `begin` makes of a name.
    fn told(begin: impl Fn(&str) -> String) -> String {
        let lines = SAID.iter().enumerate();
        let lines = lines.map(|(at, said)| begin(["LENZ", "KROLL"][at % 2]) + said);
        lines.collect::<Vec<_>>().join("\n")
    }

    fn expected() -> String {
        told(|name| format!("{name}: ")) + "\n"
    }

    #[test]
    fn a_name_is_set_apart_in_many_ways() {
        for form in [
            ">> #: ", "- #: ", "[#] ", "(#): ", "<#> ", "*#:* ", "_#_ ", "#\t", "#   ", "# – ",
            "# - ", "# | ", "#. ", "#) ", "#:",
        ] {
            let text = told(|name| form.replace('#', name));
            let found = of_text(&text, Wrap::default());
            assert_eq!(found.as_deref(), Some(expected().as_str()), "{form}");
        }
        let above = of_text(&told(|name| format!("{name}\n")), Wrap::default());
        assert_eq!(above, Some(told(|name| format!("{name}: \n")) + "\n"));
    }

    #[test]
    fn what_doesnt_recur_or_take_turns_names_nobody() {
        for text in [
            "Berlin – Wo waren Sie?\nHier.\nUnd dann?\nFort.",
            "Erstens – ja.\nErstens – nein.\nZweitens – ja.\nZweitens – nein.",
            "– Wo waren Sie?\n– Hier.\n– Und dann?\n– Fort.",
            "[lacht] Ja.\nUnd?\n[lacht] Nein.\nWarum?\n[hustet] Darum.\n[hustet] So.",
            "Holz\nDas Holz ist alt.\nStein\nDer Stein ist neu.",
            "1. Wo?\nHier.\n2. Wann?\nJetzt.",
        ] {
            assert_eq!(of_text(text, Wrap::default()), None, "{text}");
        }
    }

    #[test]
    fn the_numbers_of_lines_and_paragraphs_come_off() {
        let numbered = "\n   4\n\n 1  LENZ: Wo waren\n 2    Sie damals?\n 3\n 4  KROLL: Hier.\n\n   5\n\n 1  LENZ: 12 Mal?\n 2  KROLL: Ja.\n";
        let found = unnumbered(numbered).unwrap();
        let lines: Vec<&str> = found.lines().filter(|line| !line.is_empty()).collect();
        let expected = [
            "LENZ: Wo waren",
            "Sie damals?",
            "KROLL: Hier.",
            "LENZ: 12 Mal?",
            "KROLL: Ja.",
        ];
        assert_eq!(lines, expected);
        assert!(unnumbered("1 Wo?\nHier.\n2 Wann?\nJetzt.\n3 Und?\nSo.\n4 Ja?\nJa.").is_none());
        assert!(unnumbered("1989 war es so.\n1990 anders.\n1991 auch.\n1992 nicht.").is_none());
    }
}
