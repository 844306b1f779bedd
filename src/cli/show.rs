//! `synopse show`: the synopsis as plain text.

use std::io::Write;
use std::path::PathBuf;

use super::library::{self, Source};
use super::{Context, Failure, notes, parallels};
use crate::export::synopsis::synopsis;
use crate::interview::Interview;
use crate::parallels::rows::Order;
use crate::text::visible;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Interviews, or folders of them; - is standard input [default: two that come with it].
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// In which order the rows stand: as either interview goes, or by theme [default: left].
    #[arg(long, value_name = "ORDER")]
    order: Option<Sequence>,
}

/// In which order the rows stand.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
pub enum Sequence {
    #[default]
    Left,
    Right,
    Theme,
}

impl From<Sequence> for Order {
    fn from(sequence: Sequence) -> Order {
        match sequence {
            Sequence::Left => Order::Left,
            Sequence::Right => Order::Right,
            Sequence::Theme => Order::Theme,
        }
    }
}

pub fn run(arguments: &Arguments, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
    print(
        library::sources(&arguments.files, context.lang)?,
        arguments.order.unwrap_or_default().into(),
        context,
        out,
    )
}

/// Prints the synopsis of the first two of `sources`, or the only one, its rows in `order`.
pub fn print(
    sources: Vec<Source>,
    order: Order,
    context: &Context,
    out: &mut dyn Write,
) -> Result<(), Failure> {
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
    let width = context.width();
    let text = match <[Interview; 2]>::try_from(interviews) {
        Ok(mut both) => {
            let alignment = parallels::align(&mut both, context)?;
            synopsis(&both[0], Some((&both[1], &alignment)), order, width, lang)
        }
        Err(mut fewer) => {
            notes::book(notes::load_or_tell(context), &mut fewer);
            let alone = fewer
                .first()
                .map(|only| synopsis(only, None, order, width, lang));
            alone.unwrap_or_default()
        }
    };
    Ok(out.write_all(visible(&text).as_bytes())?)
}
