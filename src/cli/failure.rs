//! Why a command failed, what is printed then, and the exit status.

use std::io::{self, Write};
use std::process::ExitCode;

use crate::lang::{Lang, Tell};
use crate::text::visible::visible_line;

/// Why a command did not do what it was asked for.
#[derive(Debug)]
pub enum Failure {
    /// Wrong usage, or help was asked for; the parser knows what to print.
    Usage(clap::Error),
    /// One line says what went wrong.
    Told(String),
    /// What went wrong has been said on the way.
    Said,
    /// Nobody reads on, as in `synopse show | head`. No failure, then.
    Unread,
}

impl Failure {
    /// Prints what there is to print, and gives the exit status: 1 for a failure, 2 for wrong usage.
    #[must_use]
    pub fn print(&self) -> ExitCode {
        match self {
            Failure::Usage(error) => {
                // Nothing is left to be done if even that can't be printed.
                let _ = error.print();
                ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
            }
            Failure::Told(line) => {
                complain(line);
                ExitCode::FAILURE
            }
            Failure::Said => ExitCode::FAILURE,
            Failure::Unread => ExitCode::SUCCESS,
        }
    }
}

/// Says one line on standard error. Where nobody listens there, nothing more can be done.
pub fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "synopse: {line}");
}

impl From<clap::Error> for Failure {
    fn from(error: clap::Error) -> Failure {
        Failure::Usage(error)
    }
}

/// The only errors of input and output that reach a command untold come from standard output.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Failure::Unread;
        }
        Failure::Told(format!(
            "standard output: {}",
            visible_line(&error.to_string())
        ))
    }
}

/// Turns an error that can be told into a failure that tells it.
pub trait OrTell<T> {
    /// The value, or the failure in the language of the interface.
    fn or_tell(self, lang: Lang) -> Result<T, Failure>;
}

impl<T, E: Tell> OrTell<T> for Result<T, E> {
    fn or_tell(self, lang: Lang) -> Result<T, Failure> {
        self.map_err(|error| Failure::Told(error.tell(lang)))
    }
}
