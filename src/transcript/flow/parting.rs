//! Blocks to paragraphs: what their lines and their type part.

use std::collections::HashMap;

use super::Block;
use super::line::{Break, Lead, Line};
use crate::transcript::document::{Kind, Mark};
use crate::transcript::head;
use crate::transcript::labels::name;
use crate::transcript::paragraphs::{Wrap, ends_sentence, join};
use crate::transcript::structure;

/// A paragraph as it will stand in the document.
pub struct Paragraph {
    /// What is said in it.
    pub text: String,
    /// What is known of it.
    pub mark: Mark,
    /// Which of the file's styles it has; 0 for none.
    pub style: u16,
    /// How far its bold type reaches.
    pub bold: Lead,
    /// How far its italics reach.
    pub italic: Lead,
}

/// The labels that lines begin with, such as recur and such as are words that label.
#[must_use]
pub fn labels(blocks: &[Block]) -> HashMap<String, usize> {
    let mut labels: HashMap<String, usize> = HashMap::new();
    let lines = blocks.iter().flat_map(|block| &block.lines);
    let above = blocks.iter().flat_map(|block| {
        let last = block.lines.len().saturating_sub(1);
        block.lines[..last]
            .iter()
            .filter_map(|line| above(&line.text))
    });
    let beside = lines.filter_map(|line| label(&line.text, line.bold, line.italic));
    for label in beside.chain(above) {
        match labels.get_mut(label) {
            Some(count) => *count += 1,
            None => drop(labels.insert(label.to_owned(), 1)),
        }
    }
    labels.retain(|label, count| *count > 1 || name::is_known(label));
    labels
}

/// The name that stands on a line of its own, above others of its paragraph.
fn above(line: &str) -> Option<&str> {
    let line = line.trim();
    let named = !ends_sentence(line) && name::is_name(line, false);
    named.then_some(line)
}

/// What may be the label of a text.
fn label(text: &str, bold: Lead, italic: Lead) -> Option<&str> {
    label_lead(text, bold)
        .or_else(|| label_lead(text, italic))
        .or_else(|| name::split(text).map(|(label, _)| label))
}

/// The emphasised words at the beginning of `text`, where they may be a label.
fn label_lead(text: &str, lead: Lead) -> Option<&str> {
    let end = lead.end().unwrap_or(text.len());
    name::alone(text.get(..end).filter(|_| lead.any)?)
}

/// The paragraphs of a block.
pub fn part(block: Block, labels: &HashMap<String, usize>, wrap: Wrap, out: &mut Vec<Paragraph>) {
    let Block { mark, style, lines } = block;
    let first = out.len();
    // How long the line above is, and whether it is a name.
    let (mut last, mut below) = (0, false);
    for line in lines {
        let mark = if out.len() > first {
            uncounted(mark)
        } else {
            mark
        };
        let goes_on = out.get_mut(first..).and_then(|new| new.last_mut());
        let labelled = label(&line.text, line.bold, line.italic)
            .is_some_and(|label| labels.contains_key(label));
        let named = above(&line.text).is_some_and(|label| labels.contains_key(label));
        let begins = labelled || named || below || head::is_field(&line.text);
        below = named;
        let length = line.text.len();
        match goes_on.filter(|open| !begins && !parts(open, last, &line, wrap)) {
            Some(open) => {
                join(&mut open.text, &line.text);
                let at = open.text.len() - length;
                open.bold.join(at, line.bold);
                open.italic.join(at, line.italic);
            }
            None => out.push(Paragraph {
                text: line.text,
                mark,
                style,
                bold: line.bold,
                italic: line.italic,
            }),
        }
        last = length;
    }
}

/// What is known of a second paragraph of the same: the number is that of the first.
fn uncounted(mark: Mark) -> Mark {
    match mark.kind {
        Kind::Numbered(_) => Mark {
            kind: Kind::Text,
            ..mark
        },
        _ => mark,
    }
}

/// Whether a paragraph begins with `line`, below `open`, the last line of which has `last` bytes.
fn parts(open: &Paragraph, last: usize, line: &Line, wrap: Wrap) -> bool {
    let turns = |open: Lead, line: Lead| {
        open.is_whole() && !line.any || !open.is_whole() && line.is_whole()
    };
    if line.after == Break::Blank {
        return true;
    }
    let hard = line.after == Break::Hard;
    let first = open.text.len() == last;
    let last = &open.text[open.text.len().saturating_sub(last)..];
    let meant = hard || wrap.has_room(last, &line.text);
    // The first line of what is counted is what is counted.
    let counted = matches!(open.mark.kind, Kind::Numbered(_)) && ends_sentence(last);
    let ends = hard && ends_sentence(last) || first && (last.ends_with('?') || counted);
    meant && (ends || turns(open.bold, line.bold) || turns(open.italic, line.italic))
}

/// Puts names that stand at the beginning of paragraphs in bold, without a colon, on lines of their own, as labels may
/// stand.
pub fn part_names(paragraphs: &mut Vec<Paragraph>) {
    let name = |paragraph: &Paragraph| {
        label(&paragraph.text, paragraph.bold, paragraph.italic).map(str::to_owned)
    };
    let mut names: HashMap<String, usize> = HashMap::new();
    for name in paragraphs.iter().filter_map(name) {
        *names.entry(name).or_default() += 1;
    }
    names.retain(|_, count| *count > 1);
    let all: usize = names.values().sum();
    if names.len() < 2 || all * 10 < paragraphs.len() {
        return;
    }
    split(paragraphs, |paragraph| {
        let end = paragraph.bold.end().or(paragraph.italic.end())?;
        let name = name(paragraph).filter(|name| names.contains_key(name))?;
        let labelled = name::split(&paragraph.text).is_some_and(|(label, _)| label == name);
        (!labelled).then_some(end)
    });
}

/// Parts a question in bold from the answer that follows it in the same paragraph.
pub fn part_questions(paragraphs: &mut Vec<Paragraph>) {
    let question = |paragraph: &Paragraph| -> Option<usize> {
        let end = paragraph.bold.end().or(paragraph.italic.end())?;
        let open = paragraph.text.get(..end)?;
        let ends = ends_sentence(open) && !open.trim_end().ends_with(':');
        (ends && !matches!(paragraph.mark.kind, Kind::Heading(_))).then_some(end)
    };
    let mut texts: Vec<&str> = Vec::new();
    for paragraph in &*paragraphs {
        if let Some(end) = question(paragraph) {
            texts.extend([&paragraph.text[..end], &paragraph.text[end..]]);
        }
    }
    let asking = structure::asks(&texts);
    let asks = |part: usize| {
        let asking = asking.iter().skip(part).step_by(2);
        asking.filter(|asks| **asks).count()
    };
    let (leads, rests, all) = (asks(0), asks(1), texts.len() / 2);
    if all > 1 && leads * 2 >= all && leads > rests * 2 {
        split(paragraphs, question);
    }
}

/// Parts paragraphs in two at the byte that `at` gives.
fn split(paragraphs: &mut Vec<Paragraph>, at: impl Fn(&Paragraph) -> Option<usize>) {
    for mut paragraph in std::mem::take(paragraphs) {
        let Some(end) = at(&paragraph) else {
            paragraphs.push(paragraph);
            continue;
        };
        let lead = |lead: Lead| {
            let all = lead.end().is_some_and(|e| e >= end);
            if all { Lead::whole() } else { Lead::default() }
        };
        let rest = paragraph.text[end..].trim_start_matches([' ', '\u{a0}', '–', '—', '-']);
        let rest = Paragraph {
            text: rest.to_owned(),
            mark: uncounted(paragraph.mark),
            style: paragraph.style,
            bold: Lead::default(),
            italic: Lead::default(),
        };
        (paragraph.bold, paragraph.italic) = (lead(paragraph.bold), lead(paragraph.italic));
        paragraph.text.truncate(end);
        paragraphs.extend([paragraph, rest]);
    }
}
