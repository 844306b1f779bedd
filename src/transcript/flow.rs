//! Running text with its emphasis, on its way from markup to a document: what parts paragraphs there, beside the markup.
//!
//! Authors part a question from its answer by less than a paragraph: by a line break, or by bold type alone. Which of
//! these mean something is seen from the whole file, so the paragraphs are put together at the end.

use std::collections::{BTreeMap, HashMap};

use super::bounds;
use super::document::{Document, Kind, Mark, RULE};
use super::head;
use super::labels::name;
use super::paragraphs::{Wrap, ends_sentence, join};
use super::structure;
use crate::interview::Metadata;

/// What stands between two cells of a row, until it is known how many there are.
const CELL: &str = "\u{1f} ";

/// What parts two lines of a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Break {
    /// A line ended in the file.
    #[default]
    Soft,
    /// The author wanted a new line here.
    Hard,
    /// And one line more between them.
    Blank,
}

/// How a piece of text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Emphasis {
    /// In bold type.
    pub bold: bool,
    /// In italics.
    pub italic: bool,
}

/// The text of a file so far.
#[derive(Debug, Default)]
pub struct Flow {
    blocks: Vec<Block>,
    lines: Vec<Line>,
    /// Whether there were more blocks than are read.
    overfull: bool,
}

/// What the markup makes a paragraph.
#[derive(Debug)]
struct Block {
    /// What is known of it but its emphasis.
    mark: Mark,
    /// Which of the file's styles it has; 0 for none.
    style: u16,
    lines: Vec<Line>,
}

#[derive(Debug, Default)]
struct Line {
    text: String,
    /// What stands before it.
    after: Break,
    bold: Lead,
    italic: Lead,
}

/// How far an emphasis reaches from the beginning of a text.
#[derive(Clone, Copy, Debug, Default)]
struct Lead {
    any: bool,
    end: Option<usize>,
    /// How many letters there are, and how many of them are emphasised.
    letters: usize,
    emphasised: usize,
    /// Whether the last of them is.
    last: bool,
}

impl Lead {
    /// Goes on over `piece`, to be added at byte `at`. A mark that follows at once belongs to the emphasised words
    /// (`**Ada**: …`).
    fn go_on(&mut self, at: usize, piece: &str, emphasised: bool) {
        let letters = piece.chars().filter(|c| c.is_alphanumeric()).count();
        if letters == 0 {
            return;
        }
        self.letters += letters;
        self.last = emphasised;
        if emphasised {
            self.emphasised += letters;
            self.any |= self.end.is_none();
        } else if self.end.is_none() {
            let mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
            self.end = Some(at + piece.len() - piece.trim_start_matches(mark).len());
        }
    }

    /// Whether all is emphasised, but for a few words in between that are set apart by the contrary.
    fn is_whole(self) -> bool {
        self.any && (self.end.is_none() || self.last && self.emphasised * 3 >= self.letters * 2)
    }

    /// Where it ends inside a text, so that something stands after it.
    fn end(self) -> Option<usize> {
        self.end.filter(|_| self.any && !self.is_whole())
    }

    /// Goes on over a line with the lead `next` that was joined on at byte `at`.
    fn join(&mut self, at: usize, next: Lead) {
        if self.any && self.end.is_none() {
            self.end = next.end.map(|end| if next.any { at + end } else { at });
        }
        self.letters += next.letters;
        self.emphasised += next.emphasised;
        self.last = next.last;
    }
}

/// A paragraph as it will stand in the document.
struct Paragraph {
    text: String,
    mark: Mark,
    style: u16,
    bold: Lead,
    italic: Lead,
}

impl Flow {
    /// Adds `text`, set in `emphasis`, to the open paragraph.
    pub fn text(&mut self, text: &str, emphasis: Emphasis) {
        if self.lines.is_empty() {
            // Most paragraphs have one line, and there are many paragraphs.
            self.lines.reserve_exact(1);
            self.lines.push(Line::default());
        }
        if let Some(line) = self.lines.last_mut() {
            let text = if line.text.is_empty() {
                text.trim_start()
            } else {
                text
            };
            let at = line.text.len();
            line.bold.go_on(at, text, emphasis.bold);
            line.italic.go_on(at, text, emphasis.italic);
            line.text.push_str(text);
        }
    }

    /// Breaks the line.
    pub fn line(&mut self, after: Break) {
        if let Some(line) = self.lines.last_mut() {
            line.text.truncate(line.text.trim_end().len());
            if line.text.is_empty() {
                line.after = Break::Blank;
                return;
            }
            self.lines.push(Line {
                after,
                ..Line::default()
            });
        }
    }

    /// Ends the open paragraph, if there is one; says whether there was.
    pub fn end(&mut self, kind: Kind, style: u16) -> bool {
        let mark = Mark {
            kind,
            ..Mark::default()
        };
        self.end_as(mark, style)
    }

    /// Ends the open paragraph, of which `mark` is known; says whether there was one.
    pub fn end_as(&mut self, mark: Mark, style: u16) -> bool {
        let mut lines = std::mem::take(&mut self.lines);
        lines.retain(|line| !line.text.trim().is_empty());
        lines.iter_mut().for_each(Line::join_cells);
        let any = !lines.is_empty();
        if any && self.blocks.len() >= bounds::BLOCKS {
            self.overfill();
        } else if any {
            self.blocks.push(Block { mark, style, lines });
        }
        any
    }

    /// There is more than is read, and it is left out.
    pub fn overfill(&mut self) {
        self.overfull = true;
    }

    /// Begins a cell in a row of a table.
    pub fn cell(&mut self) {
        if self.lines.iter().any(|line| !line.text.is_empty()) {
            self.text(CELL, Emphasis::default());
        }
    }

    /// Adds a rule across the text.
    pub fn rule(&mut self) {
        self.end(Kind::Text, 0);
        self.text(RULE, Emphasis::default());
        self.end(Kind::Aside, 0);
    }

    /// The document: the paragraphs parted as they were meant. `wrap` says how the lines of the file were broken.
    #[must_use]
    pub fn document<'a>(self, metadata: Metadata, wrap: Wrap) -> Document<'a> {
        let mut document = Document::default();
        document.metadata = metadata;
        self.write(&mut document, wrap);
        document
    }

    /// Adds the paragraphs to `document`, parted as they were meant.
    pub fn write(mut self, document: &mut Document, wrap: Wrap) {
        self.end(Kind::Text, 0);
        if self.overfull {
            document.overfull = true;
            return;
        }
        let labels = self.labels();
        let mut paragraphs: Vec<Paragraph> = Vec::with_capacity(self.blocks.len());
        for block in self.blocks {
            part(block, &labels, wrap, &mut paragraphs);
        }
        part_names(&mut paragraphs);
        part_questions(&mut paragraphs);
        let strong = strong(&paragraphs);
        for paragraph in paragraphs {
            let strong = strong.is_so(&paragraph);
            let mark = Mark {
                strong,
                ..paragraph.mark
            };
            document.push(paragraph.text.into(), mark);
        }
    }

    /// The labels that lines begin with, such as recur and such as are words that label.
    fn labels(&self) -> HashMap<String, usize> {
        let mut labels: HashMap<String, usize> = HashMap::new();
        let lines = self.blocks.iter().flat_map(|block| &block.lines);
        for label in lines.filter_map(|line| label(&line.text, line.bold, line.italic)) {
            match labels.get_mut(label) {
                Some(count) => *count += 1,
                None => drop(labels.insert(label.to_owned(), 1)),
            }
        }
        labels.retain(|label, count| *count > 1 || name::is_known(label));
        labels
    }
}

impl Line {
    /// Two cells are a name and what is said, or something like it.
    fn join_cells(&mut self) {
        let between = match self.text.matches(CELL).count() {
            0 => return,
            1 if self.text.contains(":\u{1f}") => "  ",
            1 => ": ",
            _ => " | ",
        };
        self.text = self.text.replace(CELL, between);
    }
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
fn part(block: Block, labels: &HashMap<String, usize>, wrap: Wrap, out: &mut Vec<Paragraph>) {
    let Block { mark, style, lines } = block;
    let first = out.len();
    // How long the line above is.
    let mut last = 0;
    for line in lines {
        let mark = if out.len() > first {
            uncounted(mark)
        } else {
            mark
        };
        let goes_on = out.get_mut(first..).and_then(|new| new.last_mut());
        let labelled = label(&line.text, line.bold, line.italic)
            .is_some_and(|label| labels.contains_key(label));
        let begins = labelled || head::is_field(&line.text);
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
fn part_names(paragraphs: &mut Vec<Paragraph>) {
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
fn part_questions(paragraphs: &mut Vec<Paragraph>) {
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
    let whole = Lead {
        any: true,
        ..Lead::default()
    };
    for mut paragraph in std::mem::take(paragraphs) {
        let Some(end) = at(&paragraph) else {
            paragraphs.push(paragraph);
            continue;
        };
        let lead = |lead: Lead| {
            let all = lead.end().is_some_and(|e| e >= end);
            if all { whole } else { Lead::default() }
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

/// What sets paragraphs apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Strong {
    Bold,
    Italic,
    Style(u16),
}

impl Strong {
    fn is_so(self, paragraph: &Paragraph) -> bool {
        match self {
            Strong::Bold => paragraph.bold.is_whole(),
            Strong::Italic => paragraph.italic.is_whole(),
            Strong::Style(style) => paragraph.style == style,
        }
    }
}

impl Paragraph {
    /// Everything that it is set apart with.
    fn ways(&self) -> impl Iterator<Item = Strong> {
        let bold = self.bold.is_whole().then_some(Strong::Bold);
        let italic = self.italic.is_whole().then_some(Strong::Italic);
        let style = (self.style > 0).then_some(Strong::Style(self.style));
        [bold, italic, style].into_iter().flatten()
    }
}

/// What the questions are set apart with: of all that some paragraphs have, that which asks the most. Bold, where nothing
/// does; else italics.
fn strong(paragraphs: &[Paragraph]) -> Strong {
    let mut ways: BTreeMap<Strong, i64> = BTreeMap::new();
    for way in paragraphs.iter().flat_map(Paragraph::ways) {
        ways.insert(way, 0);
    }
    if ways.len() > 1 {
        let texts: Vec<&str> = paragraphs.iter().map(|p| p.text.as_str()).collect();
        for (paragraph, asking) in paragraphs.iter().zip(structure::asks(&texts)) {
            for way in paragraph.ways() {
                *ways.entry(way).or_default() += if asking { 1 } else { -1 };
            }
        }
    }
    let first = ways.keys().next().copied();
    // The first of equals is taken.
    let best = ways.into_iter().rev().max_by_key(|(_, asks)| *asks);
    let asking = best.filter(|(_, asks)| *asks > 0).map(|(way, _)| way);
    asking.or(first).unwrap_or(Strong::Bold)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOLD: Emphasis = Emphasis {
        bold: true,
        italic: false,
    };
    const PLAIN: Emphasis = Emphasis {
        bold: false,
        italic: false,
    };

    /// The paragraphs of blocks in a notation of pieces: `*` for what is bold, `/` and `|` for a soft and a hard break.
    fn parted(blocks: &[&[&str]]) -> Vec<(String, bool)> {
        let mut flow = Flow::default();
        for block in blocks {
            for piece in *block {
                match (*piece, piece.strip_prefix('*')) {
                    ("/", _) => flow.line(Break::Soft),
                    ("|", _) => flow.line(Break::Hard),
                    (_, Some(bold)) => flow.text(bold, BOLD),
                    (plain, None) => flow.text(plain, PLAIN),
                }
            }
            flow.end(Kind::Text, 0);
        }
        let document = flow.document(Metadata::default(), Wrap::default());
        let texts = document.paragraphs.iter().map(ToString::to_string);
        texts
            .zip(document.marks.iter().map(|mark| mark.strong))
            .collect()
    }

    fn texts(blocks: &[&[&str]]) -> Vec<String> {
        parted(blocks).into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn a_soft_break_joins_and_a_hard_one_parts_sentences() {
        let text = [
            "Ein Satz, der",
            "/",
            "weitergeht.",
            "/",
            "Noch einer.",
            "|",
            "Und der.",
            "|",
            "|",
            "letzte",
        ];
        assert_eq!(
            texts(&[&text]),
            [
                "Ein Satz, der weitergeht. Noch einer.",
                "Und der.",
                "letzte"
            ]
        );
        assert_eq!(texts(&[&["Rosen", "|", "rot"]]), ["Rosen rot"]);
    }

    #[test]
    fn a_question_is_parted_from_its_answer_by_its_type() {
        let blocks: [&[&str]; 4] = [
            &[
                "*Woher kommt das Holz?",
                " Aus dem eigenen Wald, den mein Vater gepflanzt hat.",
            ],
            &["*Und das reicht Ihnen", "?", " Ja, ich schlage selbst."],
            &[
                "*Wann fangen Sie an?",
                "/",
                "Im Winter, wenn der Boden hart ist.",
            ],
            &["Wir *fällen", " nie im Mai."],
        ];
        let found = parted(&blocks);
        let strong: Vec<bool> = found.iter().map(|(_, strong)| *strong).collect();
        assert_eq!(strong, [true, false, true, false, true, false, false]);
        assert_eq!(found[3].0, "Ja, ich schlage selbst.");
    }

    #[test]
    fn names_in_bold_are_labels_without_a_colon_too() {
        let blocks: [&[&str]; 4] = [
            &["*Ada", " Wie geht es?"],
            &["*Bo", " – Gut. ", "*Sehr", " gut."],
            &["*Ada", "/", "Und sonst?"],
            &["*Bo", "/", "Auch."],
        ];
        let expected = [
            "Ada",
            "Wie geht es?",
            "Bo",
            "Gut. Sehr gut.",
            "Ada",
            "Und sonst?",
            "Bo",
            "Auch.",
        ];
        assert_eq!(texts(&blocks), expected);
        let lines: [&[&str]; 1] = [&[
            "*taz:", " Warum?", "/", "*Kroll:", " Darum.", "/", "*taz:", " So?", "/", "*Kroll:",
            " Ja.",
        ]];
        assert_eq!(texts(&lines).len(), 6);
    }
}
