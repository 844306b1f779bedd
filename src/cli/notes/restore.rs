//! `synopse notes restore`: nothing that was noted is ever gone.

use std::io::Write;

use super::super::{Context, Failure};
use crate::notes::Id;
use crate::notes::store::Version;
use crate::notes::w3c::Line;
use crate::text::visible::visible_line;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The note, as `notes list --deleted` and `notes list --json` name it.
    #[arg(value_name = "ID")]
    id: String,
}

pub fn run(arguments: &Arguments, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
    let (mut store, mark) = super::load_marked(context)?;
    let id = Id(arguments.id.clone());
    let now = store.note(&id);
    let mut versions = store.versions(&id).iter().rev().filter_map(Version::note);
    let before = versions.find(|&version| Some(version) != now).cloned();
    let Some(before) = before else {
        let id = visible_line(&arguments.id);
        return Err(Failure::Told(context.lang.tr(
            format!("{id}: no such note, or no other wording of it; see `synopse notes list --deleted`"),
            format!("{id}: keine solche Notiz oder keine andere Fassung; siehe `synopse notes list --deleted`"),
        )));
    };
    store.push(Line::Note(Box::new(before)));
    super::save(&store, &mark, context)?;
    Ok(writeln!(out, "{}", visible_line(&arguments.id))?)
}
