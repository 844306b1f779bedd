//! Where the program keeps its files, by the XDG Base Directory Specification.

use std::path::PathBuf;

use etcetera::base_strategy::{BaseStrategy, Xdg};

use crate::lang::{Lang, Tell};

/// The program's own folders; none of them need exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// What must not be lost: the notes.
    pub data: PathBuf,
    /// Where the reader was, and unfinished notes.
    pub state: PathBuf,
    /// What the reader has set.
    pub config: PathBuf,
}

/// There is no home folder to keep anything in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.tell(Lang::English))]
pub struct NoHome;

impl Tell for NoHome {
    fn tell(&self, lang: Lang) -> String {
        lang.tr(
            "HOME: there is no home folder; set HOME, or name a file with --notes",
            "HOME: es gibt kein Home-Verzeichnis; HOME setzen oder mit --notes eine Datei nennen",
        )
        .to_owned()
    }
}

impl Folders {
    /// The folders that the environment gives.
    ///
    /// # Errors
    /// When neither the environment nor the system knows a home folder.
    pub fn find() -> Result<Folders, NoHome> {
        let xdg = Xdg::new().map_err(|_| NoHome)?;
        let own = |folder: PathBuf| folder.join("synopse");
        Ok(Folders {
            data: own(xdg.data_dir()),
            state: own(xdg
                .state_dir()
                .unwrap_or_else(|| xdg.home_dir().join(".local/state"))),
            config: own(xdg.config_dir()),
        })
    }

    /// The notes.
    #[must_use]
    pub fn notes(&self) -> PathBuf {
        self.data.join("notes.jsonl")
    }

    /// The folder of unfinished notes.
    #[must_use]
    pub fn drafts(&self) -> PathBuf {
        self.state.join("drafts")
    }

    /// The folder of where the reader was.
    #[must_use]
    pub fn sessions(&self) -> PathBuf {
        self.state.join("sessions")
    }

    /// The configuration.
    #[must_use]
    pub fn config(&self) -> PathBuf {
        self.config.join("config.toml")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_home_the_remedy_is_named() {
        assert!(NoHome.to_string().contains("set HOME"));
        assert!(NoHome.tell(Lang::German).contains("HOME setzen"));
    }

    #[test]
    fn every_file_lies_in_a_folder_of_the_programs_own() {
        let folders = Folders::find().unwrap();
        for path in [
            folders.notes(),
            folders.drafts(),
            folders.sessions(),
            folders.config(),
        ] {
            assert!(path.is_absolute());
            assert!(path.parent().unwrap().ends_with("synopse"), "{path:?}");
        }
    }
}
