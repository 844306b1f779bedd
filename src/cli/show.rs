//! `synopse show`: the synopsis as plain text.

use std::io::Write;
use std::path::PathBuf;

use super::library::{self, Source};
use super::{Context, Failure, parallels};
use crate::export::synopsis::synopsis;
use crate::text::visible;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Interviews, or folders of them; - is standard input [default: two that come with it].
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub fn run(arguments: &Arguments, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
    print(
        library::sources(&arguments.files, context.lang)?,
        context,
        out,
    )
}

/// Prints the synopsis of the first two of `sources`, or the only one.
pub fn print(sources: Vec<Source>, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
    let lang = context.lang;
    if sources.len() > 2 {
        context.remark(lang.tr(
            "only the first two interviews are set side by side",
            "nur die ersten zwei Interviews stehen nebeneinander",
        ));
    }
    let mut interviews = Vec::new();
    for source in sources.into_iter().take(2) {
        interviews.push(source.read(lang)?);
    }
    let text = match &interviews[..] {
        [left, right] => {
            let alignment = parallels::align(left, right, context);
            synopsis(left, Some((right, &alignment)), context.width(), lang)
        }
        [only] => synopsis(only, None, context.width(), lang),
        _ => String::new(),
    };
    Ok(out.write_all(visible(&text).as_bytes())?)
}
