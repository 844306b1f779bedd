//! Running text with its emphasis, on its way from markup to a document: what parts paragraphs there, beside the markup.
//!
//! Authors part a question from its answer by less than a paragraph: by a line break, or by bold type alone. Which of
//! these mean something is seen from the whole file, so the paragraphs are put together at the end.

mod line;
mod parting;
mod strong;
mod styles;

pub use line::{Break, Emphasis, Line};
pub use styles::{FIRST_COLUMN, Styles};

use super::bounds;
use super::document::{Document, Kind, Mark, RULE};
use super::fault::Fault;
use super::paragraphs::{Wrap, ends_sentence};
use crate::interview::Metadata;
use parting::{Paragraph, labels, part, part_names, part_questions};
use strong::strong;

/// The text of a file so far.
#[derive(Debug, Default)]
pub struct Flow {
    blocks: Vec<Block>,
    lines: Vec<Line>,
}

/// What the markup makes a paragraph.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// What is known of it but its emphasis.
    pub mark: Mark,
    /// Which of the file's styles it has; 0 for none.
    pub style: u16,
    /// Its lines, as they were written.
    pub lines: Vec<Line>,
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
            let blank = line.text.is_empty();
            line.push(if blank { text.trim_start() } else { text }, emphasis);
        }
    }

    /// Breaks the line.
    pub fn line(&mut self, after: Break) {
        if let Some(line) = self.lines.last_mut() {
            line.trim_end(char::is_whitespace);
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
        let lines = std::mem::take(&mut self.lines);
        self.push(Block { mark, style, lines })
    }

    /// Adds a block; says whether there is anything in it.
    pub fn push(&mut self, mut block: Block) -> bool {
        block.lines.retain(|line| !line.is_blank());
        block.lines.iter_mut().for_each(Line::join_cells);
        let any = !block.lines.is_empty();
        if any {
            self.blocks.push(block);
        }
        any
    }

    /// Whether it has no more blocks than are read; to be asked while it grows.
    ///
    /// # Errors
    /// When it has more.
    pub fn bounded(&self) -> Result<(), Fault> {
        match self.blocks.len() > bounds::BLOCKS {
            true => Err(bounds::TOO_MANY),
            false => Ok(()),
        }
    }

    /// Begins a cell in a row of a table.
    pub fn cell(&mut self) {
        // A cell with a sentence in it is a paragraph.
        let sentence = |line: &Line| {
            let words = line.text.split_whitespace().nth(2).is_some();
            words && ends_sentence(line.text.trim_end()) && !line.text.contains(':')
        };
        if self.lines.last().is_some_and(sentence) {
            self.end(Kind::Text, 0);
        } else if self.lines.iter().any(|line| !line.text.is_empty()) {
            self.lines.last_mut().into_iter().for_each(Line::cell);
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
        let labels = labels(&self.blocks);
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
        assert_eq!(texts(&lines).len(), 4);
    }
}
