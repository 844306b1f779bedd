//! `synopse notes`: what the reader has noted.

mod add;
mod check;
mod import;
mod restore;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Subcommand, ValueEnum};

use super::failure::OrTell;
use super::{Context, Failure, library};
use crate::export::{csv, json, list, markdown};
use crate::files::{self, Mark};
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
        /// List the deleted notes instead, each with the id that `restore` wants.
        #[arg(long, conflicts_with = "files")]
        deleted: bool,
    },
    /// Note something on a passage.
    Add(add::Arguments),
    /// Take in notes of another program: W3C JSON-LD, JSON Lines, or Hypothesis' JSON.
    Import(import::Arguments),
    /// Check every line of the notes, and whether every passage is found.
    Check(check::Arguments),
    /// Bring back a deleted note, or the wording before the last.
    Restore(restore::Arguments),
    /// Write the notes as a document.
    Export {
        /// Interviews to look for the passages in [default: two that come with it].
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The document: Markdown, a W3C annotation collection, or a table.
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
    Csv,
}

pub fn run(arguments: &Arguments, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
    match &arguments.command {
        Command::List {
            deleted: true,
            json,
            ..
        } => {
            let store = load(context)?;
            let text = match json {
                true => json::deleted(&store),
                false => {
                    list::deleted(&store, &context.config.kinds, context.width(), context.lang)
                }
            };
            Ok(out.write_all(visible(&text).as_bytes())?)
        }
        Command::List { files, json, .. } => {
            let (interviews, book) = open(files, context)?;
            let text = match json {
                true => json::lines(&book),
                false => list::notes(&book, &interviews, context.width(), context.lang),
            };
            Ok(out.write_all(visible(&text).as_bytes())?)
        }
        Command::Export {
            files,
            format,
            output,
        } => {
            let (interviews, book) = open(files, context)?;
            let text = document(*format, &book, &interviews, context);
            let text = visible(&text);
            match output.as_deref() {
                Some(path) if path != Path::new("-") => {
                    files::replace(path, text.as_bytes()).or_tell(context.lang)
                }
                _ => Ok(out.write_all(text.as_bytes())?),
            }
        }
        Command::Add(arguments) => add::run(arguments, context, out),
        Command::Import(arguments) => import::run(arguments, context, out),
        Command::Check(arguments) => check::run(arguments, context, out),
        Command::Restore(arguments) => restore::run(arguments, context, out),
    }
}

/// The interviews, corrected, and where the notes stand in them.
fn open(files: &[PathBuf], context: &Context) -> Result<(Vec<Interview>, Book), Failure> {
    let mut interviews = read(files, context)?;
    let mut book = book(load(context)?, &mut interviews);
    book.kinds = Arc::new(context.config.kinds.clone());
    Ok((interviews, book))
}

fn read(files: &[PathBuf], context: &Context) -> Result<Vec<Interview>, Failure> {
    let sources = library::sources(files, context.lang)?;
    let read = sources.into_iter().map(|source| source.read(context.lang));
    read.collect()
}

fn document(format: Format, book: &Book, interviews: &[Interview], context: &Context) -> String {
    match format {
        Format::Md => markdown::notes(book, interviews, context.lang),
        Format::Json => json::collection(book, context.lang),
        Format::Csv => csv::notes(book, interviews, context.lang),
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
    load_marked(context).map(|(store, _)| store)
}

/// As [`load`], with how far the file is known.
fn load_marked(context: &Context) -> Result<(Store, Mark), Failure> {
    let path = context.notes();
    let (store, problems, mark) = store::open(&path).or_tell(context.lang)?;
    for problem in problems {
        let path = visible_line(&path.to_string_lossy());
        context.remark(&format!("{path}: {}", problem.tell(context.lang)));
    }
    Ok((store, mark))
}

/// Writes what is new in `store`, whose file is known up to `mark`; it is on the disk then.
fn save(store: &Store, mark: &Mark, context: &Context) -> Result<(), Failure> {
    let unsaved = store.unsaved();
    if unsaved.count > 0 {
        store::save(&context.notes(), &unsaved.lines, mark).or_tell(context.lang)?;
    }
    Ok(())
}
