//! How much is read of a file: far more than any interview has, so that no file, whatever it was made of, takes the memory
//! or the time of the machine. Within these bounds everything is read in two seconds and 200 MB.
//!
//! How many bytes a file may have at all is said where it is read ([`files::LIMIT`](crate::files::LIMIT)).

use super::fault::Fault;
use super::paragraphs;

/// So many bytes of text, decoded or unpacked: five hundred hours of talk.
pub const TEXT: usize = 32 << 20;

/// So many lines.
pub const LINES: usize = 1_000_000;

/// So many paragraphs, and so many of what they are put together from: the cues of a film, the utterances and words that
/// a machine timed, the nodes of a page, the cells of tables, the signs of Markdown.
pub const PIECES: usize = 500_000;

/// So many paragraphs with markup, of each of which more is kept until the whole tells what its type means.
pub const BLOCKS: usize = 200_000;

/// What is said of a file with more text.
pub const TOO_LONG: Fault = Fault {
    place: None,
    what: (
        "is more than 32 MB of text, and no interview is; name another file, or a part of it",
        "umfasst mehr als 32 MB Text, und das ist kein Interview; bitte eine andere Datei oder einen Teil angeben",
    ),
};

/// What is said of a file with more lines, pieces or blocks.
pub const TOO_MANY: Fault = Fault {
    place: None,
    what: (
        "falls into far more pieces than an interview does; name another file, or a part of it",
        "zerfällt in weit mehr Stücke als ein Interview; bitte eine andere Datei oder einen Teil angeben",
    ),
};

/// Whether `raw` may be read, which is no package.
///
/// # Errors
/// [`TOO_LONG`], with the line that is.
pub fn raw(raw: &[u8]) -> Result<(), Fault> {
    match raw.get(..=TEXT) {
        Some(read) => Err(TOO_LONG.at_line(1 + memchr::memchr_iter(b'\n', read).count())),
        None => Ok(()),
    }
}

/// Whether `text` may be read.
///
/// # Errors
/// [`TOO_LONG`], with the line that is.
pub fn text(text: &str) -> Result<(), Fault> {
    raw(text.as_bytes())
}

/// Whether `text` has no more lines than are read.
///
/// # Errors
/// [`TOO_MANY`], with the line that is.
pub fn lines(text: &str) -> Result<(), Fault> {
    // There are no more lines than bytes, and nearly no file has so many.
    match text.len() <= LINES || paragraphs::line_ends(text) <= LINES {
        true => Ok(()),
        false => Err(TOO_MANY.at_line(LINES + 1)),
    }
}

/// Whether so many pieces may be read.
///
/// # Errors
/// [`TOO_MANY`]; where, only the reader of a format knows.
pub fn pieces(count: usize) -> Result<(), Fault> {
    if count <= PIECES {
        Ok(())
    } else {
        Err(TOO_MANY)
    }
}

/// Whether `text` has no more of the bytes `signs`, each of which may begin a piece, than are read.
///
/// # Errors
/// [`TOO_MANY`], with the line that has the first too many.
pub fn signs(text: &str, signs: &[u8]) -> Result<(), Fault> {
    if text.len() <= PIECES {
        return Ok(());
    }
    let count = |sign: &u8| memchr::memchr_iter(*sign, text.as_bytes()).count();
    pieces(signs.iter().map(count).sum()).map_err(|fault| {
        let mut places = text
            .bytes()
            .enumerate()
            .filter(|(_, byte)| signs.contains(byte));
        let (at, _) = places.nth(PIECES).unwrap_or((text.len(), 0));
        fault.at_byte(text, at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_interview_has_is_read_and_what_none_has_is_not() {
        assert_eq!(raw(&vec![b'a'; TEXT]), Ok(()));
        assert_eq!(raw(&vec![b'a'; TEXT + 1]), Err(TOO_LONG.at_line(1)));
        assert_eq!(
            text(&"a\n".repeat(TEXT)),
            Err(TOO_LONG.at_line(TEXT / 2 + 1))
        );
        for end in ["\n", "\r\n", "\r", "\u{2028}"] {
            assert_eq!(lines(&format!("a{end}").repeat(LINES)), Ok(()), "{end:?}");
            let more = format!("a{end}").repeat(LINES + 1);
            let fault = TOO_MANY.at_line(LINES + 1);
            assert_eq!(lines(&more), Err(fault), "{end:?}");
        }
        let many = "*a[".repeat(PIECES / 2);
        assert_eq!(signs(&many, b"*[<"), Ok(()));
        let fault = TOO_MANY.at_line(2);
        assert_eq!(signs(&(many + "\n<"), b"*[<"), Err(fault));
    }

    #[test]
    fn the_bounds_are_what_is_said_of_them() {
        let said = format!("{} MB", TEXT >> 20);
        assert!(TOO_LONG.what.0.contains(&said) && TOO_LONG.what.1.contains(&said));
    }
}
