//! Captions that roll up the screen, as YouTube's do: most of each was shown before.

use super::Piece;
use crate::interview::Time;
use crate::transcript::formats::cues::Begins;

/// A caption that rolls follows the one above it after so many milliseconds at the most.
const ROLLING: u32 = 1_000;

/// A caption of more words is none that rolls.
const WORDS: usize = 100;

/// Takes out what is shown twice: captions that roll have each line again above the next one, or again with a word more.
pub fn unroll(pieces: &mut Vec<Piece>, times: &[Time]) {
    let mut again = Vec::new();
    let mut above: &[Piece] = &[];
    for cue in pieces.chunk_by(|a, b| a.cue == b.cue) {
        again.push((cue.len(), repeated(above, cue, times)));
        above = cue;
    }
    // Somebody may say *Ja.* twice; a third of all cues don't.
    let rolling = again.iter().filter(|(_, words)| *words > 0).count();
    if rolling < 3 || rolling * 3 < again.len() {
        return;
    }
    let mut rest = pieces.iter_mut();
    for (length, mut words) in again {
        for piece in rest.by_ref().take(length) {
            let here = piece.text.split_whitespace().count().min(words);
            words -= here;
            if here > 0 {
                let kept: Vec<&str> = piece.text.split_whitespace().skip(here).collect();
                piece.begins = Begins::Nothing;
                piece.text = kept.join(" ").into();
            }
        }
    }
    pieces.retain(|piece| !piece.text.is_empty());
}

/// How many words of a cue were shown in the one above it already, where that is a line at least.
fn repeated(above: &[Piece], cue: &[Piece], times: &[Time]) -> usize {
    let time = |pieces: &[Piece]| times.get(pieces.first()?.cue).copied();
    let follows = match (time(above), time(cue)) {
        (Some(above), Some(cue)) => cue.start <= above.end.saturating_add(ROLLING),
        _ => false,
    };
    let Some(last) = above.last().filter(|_| follows) else {
        return 0;
    };
    let line = last.text.split_whitespace().count();
    let (before, here) = (words(above), words(cue));
    let most = before.len().min(here.len());
    if before.len() > WORDS || here.len() > WORDS {
        return 0;
    }
    (line.min(most)..=most)
        .rev()
        .find(|&count| count > 0 && before[before.len() - count..] == here[..count])
        .unwrap_or(0)
}

/// The first words of the pieces, one more than are looked at.
fn words<'a>(pieces: &'a [Piece]) -> Vec<&'a str> {
    let lines = pieces.iter().map(|piece| piece.text.as_ref());
    let words = lines.flat_map(str::split_whitespace);
    words.take(WORDS + 1).collect()
}
