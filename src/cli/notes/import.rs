//! `synopse notes import`: notes of another program, or of another reader.

use std::io::Write;
use std::path::PathBuf;

use super::super::failure::{OrTell, complain};
use super::super::{Context, Failure};
use crate::files;
use crate::lang::Tell;
use crate::notes::import;
use crate::text::visible::visible_line;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The notes: an annotation, a collection or page of them, one a line, or what Hypothesis' API gives.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Interviews that the notes may be on; a note of another program is tied to the one that has its quote.
    #[arg(long = "on", value_name = "INTERVIEW")]
    interviews: Vec<PathBuf>,
}

pub fn run(arguments: &Arguments, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
    let lang = context.lang;
    let bytes = files::read(&arguments.file).or_tell(lang)?;
    let interviews = match arguments.interviews.as_slice() {
        [] => Vec::new(),
        named => super::read(named, context)?,
    };
    let (mut notes, problems) = import::read(&bytes);
    let file = visible_line(&arguments.file.to_string_lossy());
    for problem in &problems {
        complain(&format!("{file}: {}", problem.tell(lang)));
    }
    notes
        .iter_mut()
        .for_each(|note| import::tie(note, &interviews));
    let (mut store, mark) = super::load_marked(context)?;
    let taken = import::take(&mut store, notes);
    super::save(&store, &mark, context)?;
    let import::Taken {
        new,
        changed,
        known,
    } = taken;
    let told = lang.tr(
        format!("{file}: {new} new, {changed} changed, {known} known already"),
        format!("{file}: {new} neu, {changed} geändert, {known} schon bekannt"),
    );
    writeln!(out, "{told}")?;
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Failure::Said)
    }
}
