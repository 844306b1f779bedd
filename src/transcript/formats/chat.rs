//! CHAT, the transcripts of TalkBank: main lines of what is said (`*INV:`), dependent ones below (`%com:`), and headers.
//!
//! MacWhinney, *The CHILDES Project: Tools for analyzing talk*, part 1: the CHAT transcription format.

use std::collections::HashMap;

use super::cues::{self, Cue};
use super::{Format, Read, Source};
use crate::interview::Time;
use crate::transcript::bounds;
use crate::transcript::clock::span;
use crate::transcript::document::Document;
use crate::transcript::fault::Fault;
use crate::transcript::head;
use crate::transcript::labels::name::is_known;

/// A transcript in CHAT.
pub const FORMAT: Format = Format {
    name: "chat",
    endings: &["cha"],
    recognises: |source| {
        let text = source.text.as_deref().unwrap_or_default();
        let mut lines = text.trim_start_matches('\u{feff}').lines().take(LINES);
        lines.any(|line| line.trim_end() == "@Begin")
    },
    read: Read::Text(read),
};

/// Within so many lines a transcript begins.
const LINES: usize = 20;

/// What stands around the times of a line, in milliseconds: `\u{15}1200_3400\u{15}`.
const BULLET: char = '\u{15}';

/// How an utterance ends that is broken off or goes on, and what is read for it.
const ENDS: &[(&str, &str)] = &[
    ("+...", "…"),
    ("+..?", "…?"),
    ("+!?", "?!"),
    ("+/?", "?"),
    ("+//?", "?"),
    ("+\"/.", ":"),
    ("+\".", "."),
    ("+//.", " –"),
    ("+/.", " –"),
    ("+.", "."),
];

fn read<'a>(text: &'a str, source: &Source) -> Result<Document<'a>, Fault> {
    bounds::lines(text)?;
    let mut document = Document::default();
    let mut names: HashMap<String, String> = HashMap::new();
    let mut cues: Vec<Cue> = Vec::new();
    for (number, line) in whole_lines(text) {
        let Some((code, rest)) = line.split_once(':') else {
            continue;
        };
        let rest = rest.trim();
        match (code.as_bytes().first(), code) {
            (_, "@Participants") => names.extend(rest.split(',').filter_map(participant)),
            (_, "@Date") => {
                let date = head::date(&rest.replace('-', " "));
                document.metadata.date = document.metadata.date.take().or(date);
            }
            (_, "@Title") => document.metadata.title = Some(rest.to_owned()),
            (Some(b'*'), _) => {
                let name = names.get(&code[1..]).map_or(&code[1..], String::as_str);
                let (said, time) = timed(rest);
                cues.push(Cue {
                    voice: document.voice(name),
                    time,
                    text: plain(&said).into(),
                    ..Cue::default()
                });
                bounds::pieces(cues.len()).map_err(|fault| fault.at_line(number))?;
            }
            _ => {}
        }
    }
    if source.torn && cues.len() > 1 {
        cues.pop();
    }
    cues::join(&cues, &mut document);
    Ok(document)
}

/// The lines, each with its number and together with those that go on with it, which begin with a tab.
fn whole_lines(text: &str) -> impl Iterator<Item = (usize, String)> {
    let mut lines = text.lines().zip(1..).peekable();
    std::iter::from_fn(move || {
        let (line, number) = lines.next()?;
        let mut line = line.to_owned();
        while let Some((more, _)) = lines.next_if(|(line, _)| line.starts_with(['\t', ' '])) {
            line.push(' ');
            line.push_str(more.trim());
        }
        Some((number, line))
    })
}

/// The code of a participant, and what to call him: by what he does, if that says who asks, else by his name.
fn participant(said: &str) -> Option<(String, String)> {
    let mut words = said.split_whitespace();
    let code = words.next()?.to_owned();
    let rest: Vec<&str> = words.collect();
    let role = rest.last().copied().filter(|role| is_known(role));
    let name = role
        .or(rest.first().copied())
        .unwrap_or(&code)
        .replace('_', " ");
    Some((code, name))
}

/// What is said in a line, and when.
fn timed(line: &str) -> (String, Option<Time>) {
    let mut said = String::with_capacity(line.len());
    let mut time: Option<Time> = None;
    for (at, part) in line.split(BULLET).enumerate() {
        let ends = (at % 2 == 1).then(|| part.split_once('_')).flatten();
        match ends.and_then(|(from, to)| from.parse().ok().zip(to.parse().ok())) {
            Some((from, to)) => time = Some(span(time.map_or(from, |time| time.start), to)),
            None => said.push_str(part),
        }
    }
    (said, time)
}

/// What is said, without its codes: `[//]`, `<…>`, `&=laughs`, `(.)`.
fn plain(said: &str) -> String {
    let mut text = String::with_capacity(said.len());
    let mut coded = false;
    for word in said.split_whitespace() {
        let (opens, closes) = (word.starts_with('['), word.ends_with(']'));
        if opens || coded {
            coded = !closes;
            continue;
        }
        let end = ENDS
            .iter()
            .find(|(code, _)| *code == word)
            .map(|(_, end)| *end);
        let pause = word.starts_with('(')
            && word[1..]
                .trim_end_matches(')')
                .bytes()
                .all(|b| matches!(b, b'.' | b'0'..=b'9' | b':'));
        if pause || word.starts_with("&=") || word == "0." || end.is_none() && word.starts_with('+')
        {
            continue;
        }
        let word = word.trim_matches(['<', '>']);
        let word = ["&-", "&+", "&~", "&"]
            .iter()
            .find_map(|mark| word.strip_prefix(mark))
            .unwrap_or(word);
        let word = word.split_once('@').map_or(word, |(word, _)| word);
        let word = end.unwrap_or(word);
        let joins = matches!(word, "." | "?" | "!" | "," | "‡" | "„" | ";") || end.is_some();
        if !text.is_empty() && !joins {
            text.push(' ');
        }
        match word {
            "‡" | "„" => text.push(','),
            // *goin(g)*, *ice_cream*
            word => text.extend(
                word.chars()
                    .filter(|c| !matches!(c, '(' | ')'))
                    .map(|c| if c == '_' { ' ' } else { c }),
            ),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_no_words() {
        for (said, expected) in [
            ("where were you ?", "where were you?"),
            (
                "<I was> [//] I went (.) goin(g) to the ice_cream +...",
                "I was I went going to the ice cream…",
            ),
            ("&-um well ‡ &=laughs yes [% both laugh] .", "um well, yes."),
            ("+< das war schön@s:deu +/.", "das war schön –"),
        ] {
            assert_eq!(plain(said), expected);
        }
    }

    #[test]
    fn a_line_may_have_several_times() {
        let (said, time) = timed("ja \u{15}100_200\u{15} nein \u{15}300_400\u{15}");
        assert_eq!((said.trim(), time), ("ja  nein", Some(span(100, 400))));
    }
}
