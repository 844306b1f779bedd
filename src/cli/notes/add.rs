//! `synopse notes add`: a note from the shell.

use std::io::Write;
use std::path::PathBuf;

use jiff::Timestamp;
use uuid::Uuid;

use super::super::{Context, Failure};
use crate::notes::w3c::Line;
use crate::notes::{Body, Highlight, Motivation, Note, Target};
use crate::text::visible::visible_line;

#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true))]
pub struct Arguments {
    /// The passage, word for word; it must stand in the interview once.
    #[arg(long, value_name = "QUOTE")]
    at: String,
    /// Comment on it.
    #[arg(long, group = "what")]
    text: Option<String>,
    /// Tag it; may be given several times.
    #[arg(long = "tag", value_name = "TAG", group = "what")]
    tags: Vec<String>,
    /// Highlight it: plain, quote, query, contradiction, or a kind of your own.
    #[arg(
        long,
        value_name = "KIND",
        group = "what",
        conflicts_with = "text",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = ""
    )]
    highlight: Option<String>,
    /// The interview.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub fn run(arguments: &Arguments, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
    let lang = context.lang;
    let interviews = super::read(std::slice::from_ref(&arguments.file), context)?;
    let file = visible_line(&arguments.file.to_string_lossy());
    let quote = arguments.at.trim();
    let mut found = Vec::new();
    for interview in interviews.iter().filter(|_| !quote.is_empty()) {
        let places = interview.text.match_indices(quote);
        found.extend(places.map(|(at, _)| (interview, at..at + quote.len())));
    }
    let (interview, range) = match found.as_slice() {
        [one] => one.clone(),
        [] => {
            return Err(Failure::Told(lang.tr(
                format!("{file}: the quote doesn't stand in it; give it word for word, with its capitals"),
                format!("{file}: das Zitat steht nicht darin; bitte wörtlich angeben, mit Großschreibung"),
            )));
        }
        several => {
            let places = several
                .iter()
                .map(|(on, range)| (on.paragraph_at(range.start) + 1).to_string());
            let (count, places) = (several.len(), places.collect::<Vec<_>>().join(", "));
            return Err(Failure::Told(lang.tr(
                format!("{file}: the quote stands in it {count} times, in paragraphs {places}; give more of it"),
                format!("{file}: das Zitat steht {count}-mal darin, in den Absätzen {places}; bitte mehr davon angeben"),
            )));
        }
    };
    let highlight = arguments.highlight.as_deref();
    let highlight = highlight.map(|name| kind(name, context)).transpose()?;
    let motivation = match (&arguments.text, &highlight) {
        (Some(_), _) => Motivation::Commenting,
        (None, Some(_)) => Motivation::Highlighting,
        (None, None) => Motivation::Tagging,
    };
    let text = arguments.text.as_deref().unwrap_or_default();
    let target = Target::passage(interview, range);
    let mut note = Note::new(
        Uuid::new_v4(),
        Timestamp::now(),
        motivation,
        text,
        vec![target],
    );
    if let Some(kind) = highlight {
        note.set_highlight(&kind, Timestamp::now());
        note.modified = None;
    }
    let tags = arguments
        .tags
        .iter()
        .map(|tag| tag.trim().trim_start_matches('#'));
    note.bodies.extend(
        tags.filter(|tag| !tag.is_empty())
            .map(|tag| Body::text(tag, "tagging")),
    );
    let id = note.id.0.clone();
    let (mut store, mark) = super::load_marked(context)?;
    store.push(Line::Note(Box::new(note)));
    super::save(&store, &mark, context)?;
    Ok(writeln!(out, "{id}")?)
}

/// The kind of highlight that is called `name`; the first where none is named.
fn kind(name: &str, context: &Context) -> Result<Highlight, Failure> {
    let kinds = &context.config.kinds;
    if name.is_empty() {
        return Ok(kinds.first());
    }
    kinds.called(name).cloned().ok_or_else(|| {
        let known = kinds.classes().collect::<Vec<_>>().join(", ");
        let (name, known) = (visible_line(name), visible_line(&known));
        Failure::Told(context.lang.tr(
            format!("--highlight={name}: no such kind; there are {known}"),
            format!("--highlight={name}: diese Art gibt es nicht; es gibt {known}"),
        ))
    })
}
