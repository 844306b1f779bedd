//! The tokens of RTF.

/// What comes next in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// A group opens.
    Open,
    /// The innermost open group closes.
    Close,
    /// A control word, with its number where it has one.
    Word(&'a str, Option<i32>),
    /// A control symbol.
    Symbol(u8),
    /// A byte of text, written as its number.
    Byte(u8),
    /// Bytes of text.
    Text(&'a [u8]),
}

/// The tokens of a file; line breaks, which only lay it out, are none.
#[derive(Debug)]
pub struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    /// The tokens of `raw`.
    #[must_use]
    pub fn new(raw: &'a [u8]) -> Tokens<'a> {
        Tokens { rest: raw }
    }

    /// The line of `raw`, whose tokens these are, that was read last, from 1.
    #[must_use]
    pub fn line(&self, raw: &[u8]) -> usize {
        let read = raw.len().saturating_sub(self.rest.len());
        1 + memchr::memchr_iter(b'\n', &raw[..read]).count()
    }

    /// Takes the first `count` bytes of the rest, or as many as there are.
    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(count.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    /// Takes the bytes at the beginning of the rest of which `so` says yes.
    fn take_while(&mut self, so: fn(&u8) -> bool) -> &'a [u8] {
        let count = self.rest.iter().take_while(|byte| so(byte)).count();
        self.take(count)
    }

    /// The token after a backslash; `None` for one that says nothing.
    fn control(&mut self) -> Option<Token<'a>> {
        let first = *self.rest.first()?;
        if first.is_ascii_alphabetic() {
            let name = self.take_while(u8::is_ascii_alphabetic);
            let name = std::str::from_utf8(name).ok()?;
            let number = self.number();
            if self.rest.first() == Some(&b' ') {
                self.take(1);
            }
            // So many bytes follow that are no text, whatever they look like.
            if name == "bin" {
                self.take(number.and_then(|n| usize::try_from(n).ok()).unwrap_or(0));
                return None;
            }
            return Some(Token::Word(name, number));
        }
        self.take(1);
        match first {
            b'\'' => {
                let digits = std::str::from_utf8(self.take(2)).ok()?;
                u8::from_str_radix(digits, 16).ok().map(Token::Byte)
            }
            b'\n' | b'\r' => Some(Token::Word("par", None)),
            symbol => Some(Token::Symbol(symbol)),
        }
    }

    fn number(&mut self) -> Option<i32> {
        let (sign, digits) = match self.rest {
            [b'-', digits @ ..] if digits.first().is_some_and(u8::is_ascii_digit) => (-1, digits),
            digits => (1, digits),
        };
        self.rest = digits;
        let digits = std::str::from_utf8(self.take_while(u8::is_ascii_digit)).ok()?;
        digits.parse::<i32>().ok().map(|number| number * sign)
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let token = match *self.rest.first()? {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\\' => {
                    self.take(1);
                    match self.control() {
                        Some(token) => return Some(token),
                        None => continue,
                    }
                }
                b'\n' | b'\r' | 0 => {
                    self.take(1);
                    continue;
                }
                _ => {
                    let text =
                        self.take_while(|b| !matches!(b, b'{' | b'}' | b'\\' | b'\n' | b'\r' | 0));
                    return Some(Token::Text(text));
                }
            };
            self.take(1);
            return Some(token);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_numbers_and_a_space_that_is_none() {
        let found: Vec<Token> =
            Tokens::new(b"{\\b0 a\\u-5?\\'e4\\~\\bin3 }}}\\\n\r\nb\\").collect();
        let expected = [
            Token::Open,
            Token::Word("b", Some(0)),
            Token::Text(b"a"),
            Token::Word("u", Some(-5)),
            Token::Text(b"?"),
            Token::Byte(0xe4),
            Token::Symbol(b'~'),
            Token::Word("par", None),
            Token::Text(b"b"),
        ];
        assert_eq!(found, expected);
        assert_eq!(
            Tokens::new(b"\\a99999999999\\b-").collect::<Vec<_>>(),
            [
                Token::Word("a", None),
                Token::Word("b", None),
                Token::Text(b"-")
            ]
        );
    }
}
