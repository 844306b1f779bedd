//! `synopse themes`: what hangs together across two and more interviews.

use std::io::Write;
use std::path::PathBuf;

use serde::Serialize;

use super::{Context, Failure, library, notes, parallels};
use crate::interview::Interview;
use crate::parallels::themes::{Theme, themes};
use crate::parallels::{Between, Terms, judgements};
use crate::text::visible::visible_line;
use crate::text::width::clip;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Two interviews or more, or folders of them; - is standard input [default: two that come with it].
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print one JSON object a line, a theme each.
    #[arg(long)]
    json: bool,
}

/// A theme on the wire.
#[derive(Serialize)]
struct Line<'a> {
    name: Option<&'a str>,
    words: &'a [String],
    exchanges: Vec<Member<'a>>,
}

/// An exchange of a theme on the wire, counted from 1.
#[derive(Serialize)]
struct Member<'a> {
    interview: usize,
    label: &'a str,
    exchange: usize,
    question: &'a str,
}

pub fn run(arguments: &Arguments, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
    let mut interviews = Vec::new();
    for source in library::sources(&arguments.files, context.lang)? {
        interviews.push(source.read(context.lang)?);
    }
    if interviews.len() < 2 {
        let said = context.lang.tr(
            "themes are found across interviews; name two files or more",
            "Themen gibt es zwischen Interviews; bitte zwei oder mehr Dateien nennen",
        );
        return Err(Failure::Told(said.to_owned()));
    }
    let found = found(&mut interviews, context)?;
    if arguments.json {
        return found.iter().try_for_each(|theme| {
            // Strings and numbers always make JSON.
            let line = serde_json::to_string(&line(theme, &interviews)).unwrap_or_default();
            Ok(writeln!(out, "{line}")?)
        });
    }
    let width = context.width();
    for (place, theme) in found.iter().enumerate() {
        if place > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", clip(&visible_line(&theme.label()), width))?;
        for member in line(theme, &interviews).exchanges {
            let question = visible_line(&member.question.replace('\n', " "));
            let label = visible_line(member.label);
            let line = format!("  {label} {}: {question}", member.exchange);
            writeln!(out, "{}", clip(&line, width))?;
        }
    }
    Ok(())
}

/// The themes of all `interviews`, whose structure the reader may have corrected.
fn found(interviews: &mut [Interview], context: &Context) -> Result<Vec<Theme>, Failure> {
    let book = notes::book(notes::load_or_tell(context), interviews);
    let terms: Vec<Terms> = interviews.iter().map(Terms::new).collect();
    let mut between: Vec<Between> = Vec::new();
    for (right, (other, other_terms)) in interviews.iter().zip(&terms).enumerate() {
        for (left, (one, one_terms)) in interviews.iter().zip(&terms).enumerate().take(right) {
            let said = judgements(&book, [left, right]);
            let both = ([one, other], [one_terms, other_terms]);
            let alignment = parallels::align_two(both.0, both.1, &said, context)?;
            between.push(Between::new([left, right], &alignment));
        }
    }
    Ok(themes(&between))
}

fn line<'a>(theme: &'a Theme, interviews: &'a [Interview]) -> Line<'a> {
    let member = |&(interview, exchange): &(usize, usize)| {
        let of = interviews.get(interview)?;
        Some(Member {
            interview: interview + 1,
            label: of.short_label(),
            exchange: exchange + 1,
            question: of.question(exchange),
        })
    };
    Line {
        name: theme.name.as_deref(),
        words: &theme.words,
        exchanges: theme.members.iter().filter_map(member).collect(),
    }
}
