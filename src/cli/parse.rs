//! `synopse parse`: the structure found in files.

use std::io::Write;
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
            match source.and_then(|source| report(source, store, arguments.json, context)) {
                Ok(report) => out.write_all(report.as_bytes())?,
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

fn report(
    source: Source,
    corrected: Option<&Store>,
    json: bool,
    context: &Context,
) -> Result<String, Failure> {
    let name = source.name();
    let mut interview = source.read(context.lang)?;
    if let Some(store) = corrected {
        notes::book(store.clone(), std::slice::from_mut(&mut interview));
    }
    if json {
        let report = serde_json::to_string(&transcript::report(&interview, &name));
        return report
            .map(|line| line + "\n")
            .map_err(|error| Failure::Told(format!("{name}: {error}")));
    }
    Ok(outline(&interview, &name, context))
}

/// A line for each turn: the number of its exchange, its role, who speaks, and how it begins.
fn outline(interview: &Interview, name: &str, context: &Context) -> String {
    let mut lines = vec![name.to_owned()];
    for turn in &interview.turns {
        let exchange = interview.exchange_of(turn.paragraphs.start);
        let number = exchange.map_or(String::new(), |index| (index + 1).to_string());
        let speaker = turn.speaker.as_ref().map(|speaker| format!("{speaker}: "));
        let line = format!(
            "{number:>4}  {:<12}  {}{}",
            turn.role.tell(context.lang),
            speaker.unwrap_or_default(),
            interview.paragraph(turn.paragraphs.start)
        );
        lines.push(clip(&line, context.width()).into_owned());
    }
    lines.join("\n") + "\n"
}
