//! Plain text: paragraphs parted by blank lines or line breaks, speakers by labels, if at all.

use super::Source;
use crate::transcript::document::{Document, Fault, Mark};
use crate::transcript::head;
use crate::transcript::labels::Labels;
use crate::transcript::paragraphs::{self, Wrap};

/// The paragraphs of `text`, what is said at its head taken off, and its labels made speakers.
///
/// # Errors
/// Never; whatever is text can be read.
pub fn read<'a>(text: &'a str, source: &Source) -> Result<Document<'a>, Fault> {
    let wrap = Wrap::of(text);
    let labels = Labels::of(text, wrap);
    let mut found = paragraphs::paragraphs(text, wrap, |line| {
        labels.begins(line) || head::is_field(line)
    });
    // The last paragraph may be cut off.
    if source.torn && found.len() > 1 {
        found.pop();
    }
    let mut document = Document::default();
    document.marks = vec![Mark::default(); found.len()];
    document.paragraphs = found;
    head::take(&mut document);
    labels.take(&mut document);
    Ok(document)
}
