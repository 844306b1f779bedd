//! Praat's TextGrid: tiers of intervals along a time line. Long and short files hold the same: of all that stands there
//! Praat reads numbers, quoted strings and flags that stand free, and nothing else.

use std::collections::BTreeSet;

use super::timeline::Transcription;
use super::{Format, Read, Source};
use crate::transcript::bounds;
use crate::transcript::clock::milliseconds;
use crate::transcript::document::Document;
use crate::transcript::fault::Fault;

/// Praat's TextGrid, long or short.
pub const FORMAT: Format = Format {
    name: "textgrid",
    endings: &["textgrid"],
    recognises: |source| {
        let mut tokens = Tokens::new(source.text.as_deref().unwrap_or_default());
        let mut says =
            |word: &str| matches!(tokens.next(), Some(Token::String(said)) if said == word);
        says("ooTextFile") && says("TextGrid")
    },
    read: Read::Bytes(read),
};

/// What tiers are called, or end in, that hold no words, in lower case.
const SOUNDS: &[&str] = &[
    "laute",
    "phon",
    "phone",
    "phonemes",
    "phones",
    "silences",
    "syllables",
];

/// How tiers are called behind the name of who speaks.
const WORDS: &[&str] = &[" - words", " - utterances", "-words", "_words"];

/// What is said in an interval, from when to when, in milliseconds.
type Interval = (u32, u32, String);

/// What stands free in a file.
#[derive(Debug, PartialEq)]
enum Token {
    Number(f64),
    String(String),
    Flag,
}

struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    fn new(text: &'a str) -> Tokens<'a> {
        let rest = text.trim_start_matches('\u{feff}');
        Tokens { rest }
    }

    fn number(&mut self) -> Option<f64> {
        match self.next()? {
            Token::Number(number) => Some(number),
            _ => None,
        }
    }

    fn string(&mut self) -> Option<String> {
        match self.next()? {
            Token::String(text) => Some(text),
            _ => None,
        }
    }

    fn time(&mut self) -> Option<u32> {
        milliseconds(self.number()?, 1000.0)
    }

    /// A string; a quotation mark in it is doubled.
    fn quoted(&mut self) -> Option<String> {
        let mut text = String::new();
        loop {
            let end = memchr::memchr(b'"', self.rest.as_bytes())?;
            text.push_str(&self.rest[..end]);
            self.rest = &self.rest[end + 1..];
            match self.rest.strip_prefix('"') {
                Some(rest) => self.rest = rest,
                None => return Some(text),
            }
            text.push('"');
        }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            self.rest = self.rest.trim_start();
            if let Some(rest) = self.rest.strip_prefix('"') {
                self.rest = rest;
                return self.quoted().map(Token::String);
            }
            if self.rest.starts_with('!') {
                let line = self.rest.split_once('\n');
                self.rest = line.map_or("", |(_, rest)| rest);
                continue;
            }
            let end = self
                .rest
                .find(char::is_whitespace)
                .unwrap_or(self.rest.len());
            let (word, rest) = self.rest.split_at(end);
            self.rest = rest;
            match word.as_bytes() {
                [] => return None,
                [b'<', .., b'>'] => return Some(Token::Flag),
                [b'0'..=b'9' | b'-', ..] => match word.parse() {
                    Ok(number) => return Some(Token::Number(number)),
                    Err(_) => continue,
                },
                _ => continue,
            }
        }
    }
}

fn read(source: &Source) -> Result<Document<'static>, Fault> {
    let text = source.text.as_deref().unwrap_or_default();
    let mut tokens = Tokens::new(text);
    let (_, _) = (tokens.string(), tokens.string());
    let (_, _) = (tokens.number(), tokens.number());
    let (_, count) = (tokens.next(), tokens.number());
    let mut tiers: Vec<(String, Vec<Interval>)> = Vec::new();
    let mut pieces = 0;
    // A file that is cut off ends where it is cut.
    while tiers.len() < count.unwrap_or(0.0) as usize
        && let Some((name, intervals)) = tier(&mut tokens)
    {
        pieces += intervals.len() + 1;
        let read = text.len() - tokens.rest.len();
        bounds::pieces(pieces).map_err(|fault| fault.at_byte(text, read))?;
        tiers.push((name, intervals));
    }
    Ok(document(tiers))
}

/// The name of a tier, and what is said in it.
fn tier(tokens: &mut Tokens) -> Option<(String, Vec<Interval>)> {
    let points = tokens.string()? == "TextTier";
    let name = tokens.string()?;
    let (_, _) = (tokens.number()?, tokens.number()?);
    let count = tokens.number()? as usize;
    let mut intervals = Vec::new();
    for _ in 0..count.min(bounds::PIECES) {
        let Some(from) = tokens.time() else { break };
        let to = if points { Some(from) } else { tokens.time() };
        let Some((to, text)) = to.zip(tokens.string()) else {
            break;
        };
        if !text.trim().is_empty() && !points {
            intervals.push((from, to, text + " "));
        }
    }
    Some((name, intervals))
}

fn document(mut tiers: Vec<(String, Vec<Interval>)>) -> Document<'static> {
    let sounds = |name: &str| {
        SOUNDS
            .iter()
            .any(|sound| name.to_lowercase().ends_with(sound))
    };
    if tiers
        .iter()
        .any(|(name, said)| !sounds(name) && !said.is_empty())
    {
        tiers.retain(|(name, _)| !sounds(name));
    }
    let mut found = Transcription::default();
    let intervals = tiers.iter().flat_map(|(_, intervals)| intervals);
    let times: BTreeSet<u32> = intervals.flat_map(|(from, to, _)| [*from, *to]).collect();
    for time in times {
        found.add_point(Some(time.to_string()), Some(time));
    }
    for (name, intervals) in tiers {
        let name = WORDS
            .iter()
            .find_map(|words| name.strip_suffix(words))
            .unwrap_or(&name);
        // Where one tier has sentences, another one has their words.
        let words: usize = intervals
            .iter()
            .map(|(_, _, said)| said.split_whitespace().count())
            .sum();
        found.begin_tier(name, words * 2 > intervals.len() * 3);
        for (from, to, said) in intervals {
            found.add_event([from, to].map(|time| Some(time.to_string())), &said);
        }
    }
    found.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_free_is_read() {
        let text = "File type = \"ooTextFile\"\n! 7\nitem [1]:\n  xmin = 0.5 \n <exists> \"Sie sagte \"\"ja\"\".\" 3a";
        let found: Vec<Token> = Tokens::new(text).collect();
        let expected = [
            Token::String("ooTextFile".to_owned()),
            Token::Number(0.5),
            Token::Flag,
            Token::String("Sie sagte \"ja\".".to_owned()),
        ];
        assert_eq!(found, expected);
    }
}
