//! `synopse parse`: the structure found in files.

use std::io::{self, Write};
use std::path::PathBuf;

use super::failure::complain;
use super::library::{self, Source};
use super::{Context, Failure, notes};
use crate::interview::Interview;
use crate::lang::Tell;
use crate::notes::Store;
use crate::text::width::clip;
use crate::transcript;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Interviews, or folders of them; - is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print one JSON object a line, one line a file.
    #[arg(long)]
    json: bool,
}

/// A file that can't be read is told of, and the others go on.
pub fn run(arguments: &Arguments, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
    let mut failed = false;
    let store = notes::load_or_tell(context);
    let corrected = store.notes().iter().any(|note| note.corrects().is_some());
    // Most readers correct nothing, and there may be thousands of files.
    let store = corrected.then_some(&store);
    for path in &arguments.files {
        let sources = library::sources(std::slice::from_ref(path), context.lang);
        let each = match sources {
            Ok(sources) => sources.into_iter().map(Ok).collect(),
            Err(failure) => vec![Err(failure)],
        };
        for source in each {
            let read = source.and_then(|source| Ok((source.name(), read(source, store, context)?)));
            match read {
                Ok((name, interview)) if arguments.json => {
                    // Written as it goes: a long file is not to stand in the memory once more.
                    let report = transcript::report(&interview, &name);
                    serde_json::to_writer(&mut *out, &report).map_err(io::Error::from)?;
                    writeln!(out)?;
                }
                Ok((name, interview)) => outline(&interview, &name, context, out)?,
                Err(Failure::Told(line)) => {
                    failed = true;
                    complain(&line);
                }
                Err(other) => return Err(other),
            }
        }
    }
    if failed { Err(Failure::Said) } else { Ok(()) }
}

/// The interview, with what the reader corrected of its structure.
fn read(
    source: Source,
    corrected: Option<&Store>,
    context: &Context,
) -> Result<Interview, Failure> {
    let mut interview = source.read(context.lang)?;
    if let Some(store) = corrected {
        notes::book(store.clone(), std::slice::from_mut(&mut interview));
    }
    Ok(interview)
}

/// A line for each turn: the number of its exchange, its role, who speaks, and how it begins.
fn outline(
    interview: &Interview,
    name: &str,
    context: &Context,
    out: &mut dyn Write,
) -> io::Result<()> {
    let width = context.width();
    writeln!(out, "{name}")?;
    for turn in &interview.turns {
        let exchange = interview.exchange_of(turn.paragraphs.start());
        let number = exchange.map_or(String::new(), |index| (index + 1).to_string());
        let speaker = interview
            .speaker(turn)
            .map(|speaker| format!("{speaker}: "));
        let line = format!(
            "{number:>4}  {:<12}  {}{}",
            turn.role.tell(context.lang),
            speaker.unwrap_or_default(),
            interview.paragraph(turn.paragraphs.start())
        );
        writeln!(out, "{}", clip(&line, width))?;
    }
    Ok(())
}
