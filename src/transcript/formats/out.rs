//! Where the paragraphs of a body go, those of its tables among them.

use crate::transcript::document::Document;
use crate::transcript::flow::{Block, Break, Emphasis, Flow, Line};
use crate::transcript::labels::name;
use crate::transcript::paragraphs::Wrap;

/// A block that says `text`.
#[must_use]
pub fn block(text: &str) -> Block {
    Block {
        lines: vec![Line::of(text, Emphasis::default())],
        ..Block::default()
    }
}

/// The text of a block on one line.
#[must_use]
pub fn text(block: &Block) -> String {
    let lines: Vec<&str> = block.lines.iter().map(|line| line.text.as_str()).collect();
    lines.join(" ").trim().to_owned()
}

/// Where paragraphs go.
#[derive(Debug)]
pub struct Out {
    flow: Flow,
    wrap: Wrap,
}

impl Out {
    /// Nothing yet; `wrap` says how the lines are broken within paragraphs.
    #[must_use]
    pub fn new(wrap: Wrap) -> Out {
        Out {
            flow: Flow::default(),
            wrap,
        }
    }

    /// Adds a paragraph.
    pub fn push(&mut self, mut block: Block) {
        let broken = if self.wrap == Wrap::default() {
            Break::Hard
        } else {
            Break::Soft
        };
        let mut apart = false;
        for line in &mut block.lines {
            line.trim_end(char::is_whitespace);
            // A name with a time, above what was said then.
            let timed = name::head(line.text.trim()).is_some_and(|head| head.time.is_some());
            line.after = if apart || timed { Break::Blank } else { broken };
            apart = timed || line.is_blank();
        }
        self.flow.push(block);
    }

    /// Adds what there is to `document`.
    pub fn write(self, document: &mut Document) {
        self.flow.write(document, self.wrap);
    }
}
