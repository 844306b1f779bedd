//! `synopse parallels`: which exchanges belong together, and why.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use super::failure::OrTell;
use super::{Context, Failure, library, notes};
use crate::interview::Interview;
use crate::lang::Lang;
use crate::parallels::judge::{self, Leash};
use crate::parallels::{Alignment, Curated, Judgement, Parallel, Side, Terms, judgements, report};
use crate::text::width::clip;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Two interviews, or a folder of two; - is standard input [default: two that come with it].
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print one JSON object a line, best first for each exchange of the first interview.
    #[arg(long)]
    json: bool,
    /// Every pair and its score, and not only those that are parallel.
    #[arg(long)]
    all: bool,
}

pub fn run(arguments: &Arguments, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
    let lang = context.lang;
    let mut both = two(&arguments.files, lang)?;
    let alignment = align(&mut both, context)?;
    let [left, right] = both;
    if arguments.json {
        for line in report::lines(&alignment, arguments.all) {
            writeln!(out, "{line}")?;
        }
        return Ok(());
    }
    let width = context.width();
    let mut write = |parallel: &Parallel| {
        let line = line(parallel, &left, &right, lang);
        writeln!(out, "{}", clip(&line, width))
    };
    if arguments.all {
        alignment.all().try_for_each(|parallel| write(&parallel))?;
    } else {
        (0..left.exchanges.len())
            .flat_map(|exchange| alignment.candidates(Side::Left, exchange))
            .try_for_each(&mut write)?;
    }
    Ok(())
}

/// The two interviews that `files` name.
pub fn two(files: &[PathBuf], lang: Lang) -> Result<[Interview; 2], Failure> {
    let mut interviews = Vec::new();
    for source in library::sources(files, lang)? {
        interviews.push(source.read(lang)?);
    }
    interviews.try_into().map_err(|_| {
        let said = lang.tr(
            "parallels are found between two interviews; name two files",
            "Parallelen gibt es zwischen zwei Interviews; bitte zwei Dateien nennen",
        );
        Failure::Told(said.to_owned())
    })
}

/// The parallels of two interviews, with what an editor has said of them, a judge, and the reader, who may have corrected
/// their structure too.
///
/// # Errors
/// When the judge that was named is of no use.
pub fn align(both: &mut [Interview; 2], context: &Context) -> Result<Alignment, Failure> {
    let book = notes::book(notes::load_or_tell(context), both);
    let terms = both.each_ref().map(Terms::new);
    align_two(
        both.each_ref(),
        terms.each_ref(),
        &judgements(&book, [0, 1]),
        context,
    )
}

/// The same of two interviews whose terms are known, and what the reader has said of them.
pub fn align_two(
    [left, right]: [&Interview; 2],
    [left_terms, right_terms]: [&Terms; 2],
    said: &[Judgement],
    context: &Context,
) -> Result<Alignment, Failure> {
    let curated = match context.options.no_curated {
        true => Curated::default(),
        false => Curated::shipped(),
    };
    let alignment = Alignment::new(left, left_terms, right, right_terms, &curated, said);
    let Some(judge) = context.judge() else {
        return Ok(alignment);
    };
    let opinion = judge::ask(&judge, [left, right], &Leash::default()).or_tell(context.lang)?;
    Ok(alignment.judged(Arc::new(opinion)))
}

/// A parallel in a line: both numbers, the score, where it comes from, and what it rests on.
fn line(parallel: &Parallel, left: &Interview, right: &Interview, lang: Lang) -> String {
    let origin = parallel.whence(lang);
    let theme = parallel.theme.iter().cloned();
    let terms = (!parallel.terms.is_empty()).then(|| parallel.terms.join(", "));
    let because: Vec<String> = theme.chain(terms).collect();
    format!(
        "{} {} – {} {}  {:.2}  {origin}  {}",
        left.short_label(),
        parallel.left + 1,
        right.short_label(),
        parallel.right + 1,
        parallel.score,
        because.join(" · ")
    )
}
