//! The command line: from its arguments to what is done.
//!
//! One definition, in the types below, feeds the parser, the help, the manual and the completions.

mod completions;
mod failure;
mod library;
mod man;
mod map;
mod notes;
mod parallels;
mod parse;
mod read;
mod show;
mod themes;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

pub use failure::Failure;

use crate::config::{self, Config};
use crate::files::Folders;
use crate::lang::Lang;
use crate::parallels::judge::{self, Judge};
use crate::tui::theme::Terminal;
use failure::OrTell;

/// Command lines to begin with.
const EXAMPLES: &str = "\
Examples:
  synopse                                   read the two interviews that come with it
  synopse first.txt second.txt              read two of your own, side by side
  synopse show first.txt second.txt | less  the same as plain text
  synopse notes export --format md          your notes, to send to somebody

Press ? in the reader for its keys.";

/// Reads two interviews side by side and brings up the answer that belongs opposite.
#[derive(Debug, Parser)]
#[command(name = "synopse", version, after_help = EXAMPLES)]
struct Arguments {
    #[command(flatten)]
    options: Options,
    /// Interviews, or folders of them; - is standard input [default: two that come with it].
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What every command knows.
#[derive(Debug, Args)]
struct Options {
    /// Keep the notes in this file.
    #[arg(long, global = true, value_name = "FILE")]
    notes: Option<PathBuf>,
    /// Columns of plain text [default: the terminal's, else 100].
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(20..=1000))]
    width: Option<u16>,
    /// When to use colours; auto heeds NO_COLOR [default: auto].
    #[arg(long, global = true, value_name = "WHEN")]
    color: Option<Color>,
    /// The language to speak [default: the locale's].
    #[arg(long, global = true, value_name = "LANG", value_parser = ["de", "en"])]
    lang: Option<String>,
    /// Ask this command too: exchanges in as JSON lines, pairs out as {"left":1,"right":2,"score":0.9}.
    #[arg(long, global = true, value_name = "COMMAND")]
    judge: Option<String>,
    /// How long the judge may take, in seconds [default: 60].
    #[arg(long, global = true, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..))]
    judge_time: Option<u32>,
    /// Leave out the editor's parallels of the interviews that come with it.
    #[arg(long, global = true)]
    no_curated: bool,
    /// Say nothing but errors.
    #[arg(long, short, global = true)]
    quiet: bool,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

impl From<Color> for config::Color {
    fn from(color: Color) -> config::Color {
        match color {
            Color::Auto => config::Color::Auto,
            Color::Always => config::Color::Always,
            Color::Never => config::Color::Never,
        }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print two interviews as plain text, parallel exchanges side by side.
    Show(show::Arguments),
    /// Print the structure found in each file: who asks, who answers.
    Parse(parse::Arguments),
    /// Print which exchanges of two interviews belong together, and why.
    Parallels(parallels::Arguments),
    /// Print the questions of one interview against those of another, shaded by how likely two are parallel.
    Map(map::Arguments),
    /// Print what hangs together across two and more interviews, theme by theme.
    Themes(themes::Arguments),
    /// List, add, import, export, check or restore notes.
    Notes(notes::Arguments),
    /// Print a script that completes the command line in a shell.
    Completions(completions::Arguments),
    /// Print the manual page.
    Man,
}

/// What a command works with.
struct Context {
    /// The language of the interface.
    lang: Lang,
    /// What the command line says.
    options: Options,
    /// What the configuration says.
    config: Config,
    /// Where the program's own files are.
    folders: Folders,
}

impl Context {
    fn new(options: Options) -> Result<Context, Failure> {
        let by_hand = options.lang.as_deref().and_then(Lang::from_code);
        let by_locale = Lang::from_locale(|name| std::env::var(name).ok());
        let lang = by_hand.unwrap_or(by_locale);
        let folders = Folders::find().or_tell(lang)?;
        let config = Config::read(&folders.config()).or_tell(lang)?;
        Ok(Context {
            lang: by_hand.or(config.lang.map(Lang::from)).unwrap_or(by_locale),
            options,
            config,
            folders,
        })
    }

    /// Where the notes are.
    fn notes(&self) -> PathBuf {
        let named = self.options.notes.as_ref().or(self.config.notes.as_ref());
        named.cloned().unwrap_or_else(|| self.folders.notes())
    }

    /// How many cells wide plain text is set: as asked for, else the terminal's width, else 100.
    fn width(&self) -> usize {
        let asked = self.options.width.or(self.config.width);
        usize::from(asked.unwrap_or_else(|| {
            if io::stdout().is_terminal() {
                crate::tui::size().width
            } else {
                100
            }
        }))
    }

    /// The judge of parallels, where one was named; an empty name is that of none.
    fn judge(&self) -> Option<Judge> {
        let named = self.options.judge.as_ref().or(self.config.judge.as_ref());
        let asked = self.options.judge_time;
        let seconds = asked.or(self.config.judge_time.map(NonZeroU32::get));
        Some(Judge {
            command: named.filter(|named| !named.trim().is_empty())?.clone(),
            limit: seconds.map_or(judge::LIMIT, |seconds| Duration::from_secs(seconds.into())),
        })
    }

    /// What the terminal is like, by the environment and by what is asked for.
    fn terminal(&self) -> Terminal {
        let asked = self.options.color.map(config::Color::from);
        let color = asked.or(self.config.color).unwrap_or_default();
        let var = |name: &str| {
            let silenced = name == "NO_COLOR" && color == config::Color::Always;
            std::env::var(name).ok().filter(|_| !silenced)
        };
        Terminal::from_environment(var, color != config::Color::Never)
    }

    /// Says something that is no error, on standard error.
    fn remark(&self, text: &str) {
        if !self.options.quiet {
            failure::complain(text);
        }
    }
}

/// Does what the arguments say.
///
/// # Errors
/// When it can't be done; the failure knows what to print and the exit status.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Result<(), Failure> {
    let Arguments {
        options,
        files,
        command,
    } = Arguments::try_parse_from(arguments)?;
    let out = &mut io::BufWriter::new(io::stdout().lock());
    match command {
        None => read::run(&files, &Context::new(options)?, out),
        Some(Command::Show(arguments)) => show::run(&arguments, &Context::new(options)?, out),
        Some(Command::Parse(arguments)) => parse::run(&arguments, &Context::new(options)?, out),
        Some(Command::Parallels(arguments)) => {
            parallels::run(&arguments, &Context::new(options)?, out)
        }
        Some(Command::Map(arguments)) => map::run(&arguments, &Context::new(options)?, out),
        Some(Command::Themes(arguments)) => themes::run(&arguments, &Context::new(options)?, out),
        Some(Command::Notes(arguments)) => notes::run(&arguments, &Context::new(options)?, out),
        Some(Command::Completions(arguments)) => completions::run(&arguments, out),
        Some(Command::Man) => man::run(out),
    }?;
    Ok(out.flush()?)
}

/// The definition of the command line, for what is made of it: help, manual, completions.
#[must_use]
pub fn definition() -> clap::Command {
    Arguments::command()
}

#[cfg(test)]
mod tests {
    use clap::error::ErrorKind;

    use super::*;

    #[test]
    fn the_definition_holds_together() {
        definition().debug_assert();
    }

    fn parsed(line: &str) -> Result<Arguments, ErrorKind> {
        Arguments::try_parse_from(line.split_whitespace()).map_err(|error| error.kind())
    }

    #[test]
    fn options_stand_before_and_after_a_command() {
        for line in [
            "synopse --lang de show a b",
            "synopse show a b --lang de",
            "synopse show --lang de a b",
        ] {
            let arguments = parsed(line).unwrap();
            assert_eq!(arguments.options.lang.as_deref(), Some("de"), "{line}");
            assert!(matches!(arguments.command, Some(Command::Show(_))));
        }
    }

    #[test]
    fn what_is_no_command_is_a_file() {
        let arguments = parsed("synopse a.txt b.txt").unwrap();
        assert_eq!(arguments.files.len(), 2);
        assert!(arguments.command.is_none());
        assert_eq!(parsed("synopse a.txt show").unwrap().files.len(), 2);
    }

    #[test]
    fn wrong_values_are_wrong_usage() {
        assert_eq!(
            parsed("synopse --lang fr").unwrap_err(),
            ErrorKind::InvalidValue
        );
        assert_eq!(
            parsed("synopse --width 3").unwrap_err(),
            ErrorKind::ValueValidation
        );
    }
}
