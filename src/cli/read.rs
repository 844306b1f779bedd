//! `synopse`: the reader.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use super::{Context, Failure, failure::OrTell, library, show};
use crate::app::App;
use crate::notes::draft::Drafts;
use crate::tui::{self, Places};

/// Opens the reader; prints the synopsis instead where standard output is no terminal, or none that can show it.
pub fn run(files: &[PathBuf], context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
    let lang = context.lang;
    let sources = library::sources(files, lang)?;
    if !io::stdout().is_terminal() {
        return show::print(sources, context, out);
    }
    if std::env::var("TERM").is_ok_and(|term| term == "dumb") {
        context.remark(lang.tr(
            "TERM=dumb: this terminal can't show the reader; here is the synopsis",
            "TERM=dumb: dieses Terminal kann den Leser nicht zeigen; hier ist die Synopse",
        ));
        return show::print(sources, context, out);
    }
    let (app, effects) = App::new();
    let places = Places {
        notes: context.notes(),
        drafts: Drafts::new(context.folders.drafts(), uuid::Uuid::new_v4()),
        folders: context.folders.clone(),
        lang,
    };
    tui::run(app, effects, context.terminal(), places).or_tell(lang)
}
