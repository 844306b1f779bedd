//! The text of an interview, put together from its paragraphs in the memory that its file was read into: nearly all of a
//! long file is its text, and it needn't be kept twice for that.

use std::borrow::Cow;
use std::ops::Range;

use crate::text::Span;

/// What stands between two paragraphs.
const BETWEEN: &[u8] = b"\n\n";

/// A paragraph on its way from the file to the text.
#[derive(Debug)]
pub enum Piece {
    /// It stands in the file as it is.
    Kept(Span),
    /// It was changed on the way.
    Changed(Box<str>),
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Piece::Kept(place) => place.len(),
            Piece::Changed(text) => text.len(),
        }
    }
}

/// What `paragraphs` are made of, which were read from `file`. Those that stand in another order there count as changed.
#[must_use]
pub fn pieces(paragraphs: Vec<Cow<str>>, file: &[u8]) -> Vec<Piece> {
    let mut end = 0;
    let piece = |paragraph| match paragraph {
        Cow::Borrowed(text) => match place(text, file).filter(|place| place.start >= end) {
            Some(place) => {
                end = place.end;
                Piece::Kept(place.into())
            }
            None => Piece::Changed(text.into()),
        },
        Cow::Owned(text) => Piece::Changed(text.into()),
    };
    paragraphs.into_iter().map(piece).collect()
}

/// Where `text` stands in `file`, if it is a part of it and no copy.
#[must_use]
pub fn place(text: &str, file: &[u8]) -> Option<Range<usize>> {
    let start = text
        .as_ptr()
        .addr()
        .checked_sub(file.as_ptr().addr())
        .filter(|start| start + text.len() <= file.len())?;
    Some(start..start + text.len())
}

/// The text that `pieces` of `file` make, joined by one blank line, and where in it each of them stands.
#[must_use]
pub fn join(pieces: Vec<Piece>, mut file: Vec<u8>) -> (String, Vec<Span>) {
    let ahead = make_room(&pieces, &mut file);
    let mut end = 0;
    let put = |piece| {
        if end > 0 {
            file[end..end + BETWEEN.len()].copy_from_slice(BETWEEN);
            end += BETWEEN.len();
        }
        let start = end;
        match piece {
            Piece::Kept(place) => {
                end += place.len();
                file.copy_within(place.start() + ahead..place.end() + ahead, start);
            }
            Piece::Changed(text) => {
                end += text.len();
                file[start..end].copy_from_slice(text.as_bytes());
            }
        }
        Span::from(start..end)
    };
    let spans = pieces.into_iter().map(put).collect();
    file.truncate(end);
    file.shrink_to_fit();
    // What it is made of was text before.
    (String::from_utf8(file).unwrap_or_default(), spans)
}

/// Leaves out of `file` what no piece is made of at its end, and moves the rest back as far as the text could otherwise
/// run over what is still to be read: blank lines are longer than line ends. Gives the number of bytes it was moved by.
fn make_room(pieces: &[Piece], file: &mut Vec<u8>) -> usize {
    let (mut length, mut kept, mut ahead) = (0, 0, 0);
    for piece in pieces {
        length += if length > 0 { BETWEEN.len() } else { 0 };
        if let Piece::Kept(place) = piece {
            kept = place.end();
            ahead = ahead.max(length.saturating_sub(place.start()));
        }
        length += piece.len();
    }
    ahead = ahead.max(length.saturating_sub(kept));
    file.truncate(kept);
    file.reserve_exact(ahead);
    file.resize(kept + ahead, 0);
    file.copy_within(..kept, ahead);
    ahead
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::*;

    /// Paragraphs of `file`: what stands between cuts, and whether it was changed to something else.
    fn cut<'a>(file: &'a str, cuts: &[(Index, Option<String>)]) -> Vec<Cow<'a, str>> {
        let at = |index: &Index| file.floor_char_boundary(index.index(file.len() + 1));
        let parts = cuts.chunks(2).filter_map(|two| {
            let (from, to) = (at(&two[0].0), at(&two.last()?.0));
            Some(match &two[0].1 {
                Some(changed) => Cow::Owned(changed.clone()),
                None => Cow::Borrowed(&file[from.min(to)..from.max(to)]),
            })
        });
        parts.filter(|part| !part.is_empty()).collect()
    }

    #[test]
    fn a_file_is_put_together_where_it_stands() {
        let file = b"I: Wo?\nB: Hier.\n".to_vec();
        let memory = file.as_ptr().addr();
        let text = std::str::from_utf8(&file).unwrap();
        let pieces = pieces(vec![text[3..6].into(), text[10..15].into()], &file);
        assert!(pieces.iter().all(|piece| matches!(piece, Piece::Kept(_))));
        let (text, spans) = join(pieces, file);
        assert_eq!(
            (text.as_str(), spans),
            ("Wo?\n\nHier.", vec![(0..3).into(), (5..10).into()])
        );
        assert_eq!(text.as_ptr().addr(), memory);
    }

    proptest! {
        #[test]
        fn the_text_is_that_of_the_paragraphs_however_they_stand_in_the_file(
            file in "[a-cäß\n]{0,40}",
            cuts in prop::collection::vec((any::<Index>(), prop::option::weighted(0.3, "[x-zü]{0,9}")), 0..12),
            sorted: bool,
        ) {
            let mut cuts = cuts;
            if sorted {
                cuts.sort_by_key(|(index, _)| index.index(file.len() + 1));
            }
            let paragraphs = cut(&file, &cuts);
            let expected = paragraphs.join("\n\n");
            let each: Vec<String> = paragraphs.iter().map(ToString::to_string).collect();
            let pieces = pieces(paragraphs, file.as_bytes());
            let (text, spans) = join(pieces, file.clone().into_bytes());
            prop_assert_eq!(&text, &expected);
            let found: Vec<&str> = spans.iter().map(|span| &text[span.range()]).collect();
            prop_assert_eq!(found, each);
        }
    }
}
