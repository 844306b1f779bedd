//! `synopse`: the reader.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::library::Source;
use super::{Context, Failure, failure::OrTell, library, show};
use crate::app::annotate::Annotations;
use crate::app::{App, Entry, Setup};
use crate::files;
use crate::interview::Interview;
use crate::lang::Tell;
use crate::notes::draft::Drafts;
use crate::notes::{Book, aside, store};
use crate::parallels::rows::Order;
use crate::session;
use crate::tui::{self, Places};

/// A file up to this size, in bytes, is read before the first frame; a longer one comes while the reader is there.
const SHORT: u64 = 256 * 1024;

/// Opens the reader; prints the synopsis instead where standard output is no terminal, or none that can show it.
pub fn run(files: &[PathBuf], context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
    let lang = context.lang;
    let sources = library::sources(files, lang)?;
    if !io::stdout().is_terminal() {
        return show::print(sources, Order::default(), context, out);
    }
    if std::env::var("TERM").is_ok_and(|term| term == "dumb") {
        context.remark(lang.tr(
            "TERM=dumb: this terminal can't show the reader; here is the synopsis",
            "TERM=dumb: dieses Terminal kann den Leser nicht zeigen; hier ist die Synopse",
        ));
        return show::print(sources, Order::default(), context, out);
    }
    let numbered = sources.into_iter().enumerate();
    let library = numbered
        .map(|(place, source)| entry(source, place < 2, context))
        .collect::<Result<Vec<Entry>, Failure>>()?;
    let keys: Vec<String> = library.iter().filter_map(Entry::key).collect();
    let mut drafts = Drafts::new(context.folders.drafts(), uuid::Uuid::new_v4());
    let (annotations, notice) = annotations(&mut drafts, context)?;
    let places = Places {
        notes: context.notes(),
        drafts,
        folders: context.folders.clone(),
        lang,
    };
    let (app, effects) = App::new(Setup {
        lang,
        zone: Some(TimeZone::system),
        size: tui::size(),
        library,
        annotations,
        session: session::load(&context.folders.sessions(), &keys),
        no_curated: context.options.no_curated,
        judge: context.judge(),
        notice,
    });
    tui::run(app, effects, context.terminal(), places).or_tell(lang)
}

/// An interview of the library; `stands` if it is one of the first two, which stand in the columns.
fn entry(source: Source, stands: bool, context: &Context) -> Result<Entry, Failure> {
    let name = source.name();
    let path = match &source {
        Source::File(path) => path.clone(),
        Source::Shipped(_) | Source::Input => {
            return read(source, context).map(|i| Entry::read(name, None, i));
        }
    };
    let absolute = std::path::absolute(&path).unwrap_or(path.clone());
    let short = files::length(&path).is_none_or(|length| length <= SHORT);
    if stands && short {
        return read(source, context).map(|i| Entry::read(name, Some(absolute), i));
    }
    Ok(Entry::unread(name, absolute))
}

fn read(source: Source, context: &Context) -> Result<Arc<Interview>, Failure> {
    source.read(context.lang).map(Arc::new)
}

/// The notes kept and the drafts left over. Notes that are there and can't be read are no reason to lose them by
/// writing elsewhere: the reader doesn't open. A line that can't be read is said and stays.
fn annotations(
    drafts: &mut Drafts,
    context: &Context,
) -> Result<(Annotations, Option<String>), Failure> {
    let back = aside::take_back(&context.folders.state, &context.notes());
    let (store, problems, mark) = store::open(&context.notes()).or_tell(context.lang)?;
    let left = drafts.left_behind();
    let mut said = problems.first().map(|problem| {
        let notes = crate::text::visible::visible_line(&context.notes().to_string_lossy());
        format!("{notes}, {}", problem.tell(context.lang))
    });
    match back {
        Ok(0) => {}
        Ok(count) => {
            said = said.or(Some(context.lang.tr(
                format!("{count} notes that could not be saved last time are saved now"),
                format!(
                    "{count} Notizen, die zuletzt nicht zu sichern waren, sind jetzt gesichert"
                ),
            )));
        }
        Err(error) => said = Some(error.tell(context.lang)),
    }
    let left = left.unwrap_or_else(|error| {
        said = Some(error.tell(context.lang));
        Vec::new()
    });
    let book = Book::new::<Interview>(store, &[]);
    Ok((Annotations::new(book, mark, left), said))
}
