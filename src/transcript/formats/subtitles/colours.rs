//! Colours by which broadcasters tell those who speak apart: `<font color="#ffff00">`, `<c.yellow>`.

use crate::transcript::formats::cues::Begins;

use super::Piece;

/// So often the colour changes at the least where it tells who speaks.
const LEAST: usize = 2;

/// The colour of a whole line: there is one, at its beginning. Machines colour words by how sure they are of them.
pub fn colour(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let (tag, said) = line.strip_prefix('<')?.split_once('>')?;
    let font = tag
        .strip_prefix("font")
        .and_then(|rest| rest.split_once("color="));
    let colour = tag.strip_prefix("c.").or(font.map(|(_, value)| value))?;
    let once = !said.contains("<c") && !said.contains("<font");
    once.then(|| colour.trim_matches(['"', '\'', ' ', '/']))
}

/// Somebody else begins where the colour changes.
pub fn take(pieces: &mut [Piece]) {
    let changes = |pair: &&[Piece]| pair[0].colour != pair[1].colour;
    if pieces.windows(2).filter(changes).count() < LEAST {
        return;
    }
    let mut last = None;
    for piece in pieces {
        if last.is_some_and(|last| last != piece.colour) && piece.begins == Begins::Nothing {
            piece.begins = Begins::Voice;
        }
        last = Some(piece.colour);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_one_colour() {
        for (line, expected) in [
            ("<font color=\"#ffff00\">Wo?</font>", Some("#ffff00")),
            ("<c.yellow>Wo?</c>", Some("yellow")),
            ("<c.colorE5E5E5>Wo</c><c.colorCCCCCC> denn</c>", None),
            ("<i>Wo?</i>", None),
            ("Wo?", None),
        ] {
            assert_eq!(colour(line), expected, "{line}");
        }
    }
}
