//! `synopse`: the reader.

use std::io::{self, IsTerminal, Write};
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use jiff::tz::TimeZone;

use super::library::Source;
use super::{Context, Failure, failure::OrTell, library, show};
use crate::app::annotate::Annotations;
use crate::app::{App, Entry, Setup, Side};
use crate::files::{self, Mark};
use crate::interview::Interview;
use crate::lang::Tell;
use crate::notes::draft::Drafts;
use crate::notes::store::{self, Problem, Store};
use crate::notes::{Book, aside};
use crate::parallels::rows::Order;
use crate::session;
use crate::tui::{self, Places, Screen};

/// A file up to this size, in bytes, is read before the first frame; a longer one comes while the reader is there.
const SHORT: u64 = 256 * 1024;
/// How long the first frame waits for the notes. A hundred thousand take a fifth of that.
const PATIENCE: Duration = Duration::from_millis(500);

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
    let kept = begin(context)
        .map_err(tui::Error::NoTerminal)
        .or_tell(lang)?;
    let (library, screen) = prepare(sources, context)?;
    let keys: Vec<String> = library.iter().filter_map(Entry::key).collect();
    let mut drafts = Drafts::new(context.folders.drafts(), uuid::Uuid::new_v4());
    let (mut annotations, notice) = annotations(&kept, &mut drafts, context)?;
    annotations.book.kinds = Arc::new(context.config.kinds.clone());
    let places = Places {
        notes: context.notes(),
        drafts,
        folders: context.folders.clone(),
        lang,
    };
    let (app, effects) = App::new(Setup {
        lang,
        zone: Some(TimeZone::system),
        size: screen.size(),
        library,
        annotations,
        session: session::load(&context.folders.sessions(), &keys),
        no_curated: context.options.no_curated,
        judge: context.judge(),
        notice,
    });
    tui::run(app, effects, screen, context.terminal(), places).or_tell(lang)
}

/// The library, and the screen that it is to stand on. The two interviews that stand in the columns are read at the
/// same time, and while they are the screen is made: each takes about as long.
fn prepare(sources: Vec<Source>, context: &Context) -> Result<(Vec<Entry>, Screen), Failure> {
    thread::scope(|scope| {
        let mut sources = sources.into_iter();
        let first = sources.by_ref().take(Side::BOTH.len());
        let reading: io::Result<Vec<_>> = first
            .map(|source| {
                let read = || entry(source, true, context);
                thread::Builder::new().spawn_scoped(scope, read)
            })
            .collect();
        let made = reading.and_then(|reading| Ok((reading, Screen::new()?)));
        let (reading, screen) = made.map_err(tui::Error::NoTerminal).or_tell(context.lang)?;
        let standing = reading
            .into_iter()
            .map(|reading| reading.join().unwrap_or_else(|panic| resume_unwind(panic)));
        let others = sources.map(|source| entry(source, false, context));
        let library = standing.chain(others).collect::<Result<_, _>>()?;
        Ok((library, screen))
    })
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

/// What was found of the notes: how many of those put aside are back in their place, and the store.
struct Kept {
    back: Result<usize, files::Error>,
    store: Result<(Store, Vec<Problem>, Mark), files::Error>,
}

/// Begins to read the notes, on a thread of its own: their folder may lie on another machine, and that may be away.
fn begin(context: &Context) -> io::Result<Receiver<Kept>> {
    let (sender, kept) = channel();
    let (state, notes) = (context.folders.state.clone(), context.notes());
    let thread = thread::Builder::new().name("store".to_owned());
    thread.spawn(move || {
        // If nobody waits any more, the reader has asked for them in another way.
        let _ = sender.send(Kept {
            back: aside::take_back(&state, &notes),
            store: store::open(&notes),
        });
    })?;
    Ok(kept)
}

/// The notes kept and the drafts left over. Notes that are there and can't be read are no reason to lose them by
/// writing elsewhere: the reader doesn't open. Those of a folder that doesn't answer are late. A line that can't be read
/// is said and stays.
fn annotations(
    kept: &Receiver<Kept>,
    drafts: &mut Drafts,
    context: &Context,
) -> Result<(Annotations, Option<String>), Failure> {
    let mut said = None;
    let left = drafts.left_behind().unwrap_or_else(|error| {
        said = Some(error.tell(context.lang));
        Vec::new()
    });
    let Ok(Kept { back, store }) = kept.recv_timeout(PATIENCE) else {
        return Ok((Annotations::late(left), said));
    };
    let (store, problems, mark) = store.or_tell(context.lang)?;
    let problem = problems.first().map(|problem| {
        let notes = crate::text::visible::visible_line(&context.notes().to_string_lossy());
        format!("{notes}, {}", problem.tell(context.lang))
    });
    let back = match back {
        Ok(0) => None,
        Ok(count) => Some(context.lang.tr(
            format!("{count} notes that could not be saved last time are saved now"),
            format!("{count} Notizen, die zuletzt nicht zu sichern waren, sind jetzt gesichert"),
        )),
        Err(error) => {
            said = said.or(Some(error.tell(context.lang)));
            None
        }
    };
    let book = Book::new::<Interview>(store, &[]);
    Ok((
        Annotations::new(book, mark, left),
        said.or(problem).or(back),
    ))
}
