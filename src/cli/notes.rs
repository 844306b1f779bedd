//! `synopse notes`: what the reader has noted.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};

use super::failure::OrTell;
use super::{Context, Failure, library};
use crate::export::{json, list, markdown};
use crate::files;
use crate::interview::Interview;
use crate::lang::Tell;
use crate::notes::{Book, Store, store};
use crate::text::visible;
use crate::text::visible::visible_line;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the notes, with the passages they are on.
    List {
        /// Interviews to look for the passages in [default: two that come with it].
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Print one W3C annotation a line.
        #[arg(long)]
        json: bool,
    },
    /// Write the notes as a document.
    Export {
        /// Interviews to look for the passages in [default: two that come with it].
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The document: Markdown, or a W3C annotation collection.
        #[arg(long, value_name = "FORMAT", default_value = "md")]
        format: Format,
        /// Write to this file [default: standard output].
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Md,
    Json,
}

pub fn run(arguments: &Arguments, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
    let lang = context.lang;
    let (Command::List { files, .. } | Command::Export { files, .. }) = &arguments.command;
    let mut interviews = Vec::new();
    for source in library::sources(files, lang)? {
        interviews.push(source.read(lang)?);
    }
    let book = book(load(context)?, &mut interviews);
    let (text, output) = match &arguments.command {
        Command::List { json: true, .. } => (json::lines(&book), None),
        Command::List { .. } => {
            let text = list::notes(&book, &interviews, context.width(), lang);
            (text, None)
        }
        Command::Export { format, output, .. } => (
            document(*format, &book, &interviews, context),
            output.as_deref(),
        ),
    };
    let text = visible(&text);
    match output {
        Some(path) if path != Path::new("-") => files::replace(path, text.as_bytes()).or_tell(lang),
        _ => Ok(out.write_all(text.as_bytes())?),
    }
}

fn document(format: Format, book: &Book, interviews: &[Interview], context: &Context) -> String {
    match format {
        Format::Md => markdown::notes(book, interviews, context.lang),
        Format::Json => json::collection(book, context.lang),
    }
}

/// The notes kept so far, for what needs them only to know what the reader has corrected and linked: notes that can't be
/// read are told of and left out.
pub fn load_or_tell(context: &Context) -> Store {
    load(context).unwrap_or_else(|failure| {
        if let Failure::Told(line) = failure {
            context.remark(&line);
        }
        Store::default()
    })
}

/// Corrects the structure of `interviews` as the notes in `store` say, and finds these notes in them.
pub fn book(store: Store, interviews: &mut [Interview]) -> Book {
    let book = Book::new(store, interviews);
    for (index, interview) in interviews.iter_mut().enumerate() {
        let made = book.corrections(index).map(|(_, at, what)| (at, what));
        let made: Vec<_> = made.collect();
        if !made.is_empty() {
            *interview = interview.corrected(&made);
        }
    }
    book
}

/// The notes kept so far; lines of theirs that can't be read are told of.
pub fn load(context: &Context) -> Result<Store, Failure> {
    let path = context.notes();
    let (store, problems, _) = store::open(&path).or_tell(context.lang)?;
    for problem in problems {
        let path = visible_line(&path.to_string_lossy());
        context.remark(&format!("{path}: {}", problem.tell(context.lang)));
    }
    Ok(store)
}
