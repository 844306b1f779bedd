//! `synopse map`: the map of parallels as plain text.

use std::io::Write;
use std::path::PathBuf;

use super::{Context, Failure, parallels};
use crate::export::map;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Two interviews, or a folder of two; - is standard input [default: two that come with it].
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub fn run(arguments: &Arguments, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
    let lang = context.lang;
    let mut both = parallels::two(&arguments.files, lang)?;
    let alignment = parallels::align(&mut both, context)?;
    let signs = match context.terminal().unicode {
        true => &map::UNICODE,
        false => &map::ASCII,
    };
    let [left, right] = &both;
    let text = map::map([left, right], &alignment, context.width(), lang, signs);
    Ok(out.write_all(text.as_bytes())?)
}
