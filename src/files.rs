//! The only reader and writer of files.

use std::io;
use std::path::{Path, PathBuf};

use crate::lang::{Lang, Tell};
use crate::text::visible::visible_line;

/// What could not be done with a file, and why.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.tell(Lang::English))]
pub struct Error {
    /// The file.
    pub path: PathBuf,
    /// What was to be done with it.
    pub doing: Doing,
    /// What the system said.
    pub source: io::Error,
}

/// What was to be done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Its content was asked for.
    Read,
    /// Something was to be written.
    Write,
}

impl Tell for Error {
    fn tell(&self, lang: Lang) -> String {
        let _ = lang;
        let path = visible_line(&self.path.to_string_lossy());
        format!("{path}: {}", self.source)
    }
}

/// The content of the file at `path`.
///
/// # Errors
/// When there is no such file, when it is a directory, or when it can't be read.
pub fn read(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|source| Error {
        path: path.to_owned(),
        doing: Doing::Read,
        source,
    })
}
