//! `synopse notes check`: whether every line can be read, is what the standard wants, and finds its passage.

use std::io::Write;
use std::path::PathBuf;

use super::super::failure::OrTell;
use super::super::{Context, Failure};
use crate::files;
use crate::lang::Tell;
use crate::notes::book::Place;
use crate::notes::{Store, anchor, w3c};
use crate::text::visible::visible_line;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Interviews to look for the passages in [default: two that come with it].
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Prints a line for all that is wrong, and one that counts. What stands in no open interview can't be looked for, and is
/// not wrong for that.
pub fn run(arguments: &Arguments, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
    let lang = context.lang;
    let path = context.notes();
    let (bytes, _) = files::read_marked(&path).or_tell(lang)?;
    let (store, problems) = Store::load(&bytes);
    let mut wrong: Vec<(usize, String)> = problems
        .iter()
        .map(|problem| (problem.line, problem.tell(lang)))
        .collect();
    for (line, number) in bytes.split(|&b| b == b'\n').zip(1..) {
        if let (Ok(w3c::Line::Note(_)), Ok(value)) = (w3c::read(line), serde_json::from_slice(line))
        {
            let failed = w3c::MUSTS.iter().filter(|must| !must.holds(&value));
            let said = failed.map(|must| match lang {
                crate::lang::Lang::English => format!("line {number}: {}", must.tell(lang)),
                crate::lang::Lang::German => format!("Zeile {number}: {}", must.tell(lang)),
            });
            wrong.extend(said.map(|said| (number, said)));
        }
    }
    wrong.sort_by_key(|(line, _)| *line);
    let mut wrong: Vec<String> = wrong.into_iter().map(|(_, said)| said).collect();
    let mut interviews = super::read(&arguments.files, context)?;
    let deleted = store.deleted().len();
    let book = super::book(store, &mut interviews);
    let (mut notes, mut found, mut away) = (0, 0, 0);
    for placed in book.notes() {
        notes += 1;
        for (target, place) in placed.note.targets.iter().zip(placed.places) {
            match place {
                Place::Here(_) => found += 1,
                Place::Away => away += 1,
                Place::Orphan(orphan) => {
                    let mut all = interviews.iter();
                    let on = target
                        .source
                        .among(all.clone())
                        .and_then(|(on, _)| all.nth(on));
                    let likeliest = on.map(|on| {
                        let places = anchor::likeliest(&on.text, &target.anchor);
                        let places = places
                            .iter()
                            .map(|at| (on.paragraph_at(at.start) + 1).to_string());
                        places.collect::<Vec<_>>().join(", ")
                    });
                    let likeliest = likeliest.filter(|places| !places.is_empty()).map(|places| {
                        lang.tr(
                            format!("; likeliest paragraph {places}"),
                            format!("; am ehesten Absatz {places}"),
                        )
                    });
                    wrong.push(format!(
                        "{}: {}{}: {}",
                        placed.note.id.0,
                        orphan.tell(lang),
                        likeliest.unwrap_or_default(),
                        target.anchor.exact
                    ));
                }
            }
        }
    }
    let path = visible_line(&path.to_string_lossy());
    for said in &wrong {
        writeln!(out, "{path}: {}", visible_line(said))?;
    }
    let (lines, count) = (
        bytes
            .split(|&b| b == b'\n')
            .filter(|line| !line.is_empty())
            .count(),
        wrong.len(),
    );
    let told = lang.tr(
        format!("{path}: {lines} lines, {notes} notes, {deleted} deleted; passages: {found} found, {away} not looked for; {count} wrong"),
        format!("{path}: {lines} Zeilen, {notes} Notizen, {deleted} gelöscht; Stellen: {found} gefunden, {away} nicht gesucht; {count} falsch"),
    );
    writeln!(out, "{told}")?;
    if wrong.is_empty() {
        return Ok(());
    }
    out.flush()?;
    Err(Failure::Said)
}
