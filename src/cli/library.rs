//! The interviews that a command is given: files, folders of them, standard input, or what comes with the program.

use std::path::{Path, PathBuf};

use super::Failure;
use super::failure::OrTell;
use crate::files;
use crate::interview::Interview;
use crate::lang::Lang;
use crate::text::visible::visible_line;
use crate::transcript::formats::{FORMATS, has_known_ending};
use crate::transcript::{self, SHIPPED, Shipped};

/// Where an interview comes from.
#[derive(Debug)]
pub enum Source {
    /// It comes with the program.
    Shipped(&'static Shipped),
    /// A file.
    File(PathBuf),
    /// Standard input.
    Input,
}

impl Source {
    /// What to call it where it is reported on.
    pub fn name(&self) -> String {
        match self {
            Source::Shipped(shipped) => shipped.name.to_owned(),
            Source::File(path) => visible_line(&path.to_string_lossy()),
            Source::Input => "-".to_owned(),
        }
    }

    /// Reads the interview.
    pub fn read(self, lang: Lang) -> Result<Interview, Failure> {
        match self {
            Source::Shipped(shipped) => shipped.read().or_tell(lang),
            Source::File(path) => transcript::open(&path).or_tell(lang),
            Source::Input => {
                let input = lang.tr("standard input", "Standardeingabe");
                let read = files::read_all(std::io::stdin().lock(), 0);
                let raw = read.map_err(|source| files::Error {
                    path: input.into(),
                    doing: files::Doing::Read,
                    source,
                });
                let mut interview = transcript::read(raw.or_tell(lang)?, None).or_tell(lang)?;
                interview.name = input.to_owned();
                Ok(interview)
            }
        }
    }
}

/// The interviews that `paths` name, folders opened; those that come with the program where none is named.
pub fn sources(paths: &[PathBuf], lang: Lang) -> Result<Vec<Source>, Failure> {
    if paths.is_empty() {
        return Ok(SHIPPED.iter().map(Source::Shipped).collect());
    }
    let mut sources = Vec::new();
    for path in paths {
        if path == Path::new("-") {
            if sources.iter().any(|source| matches!(source, Source::Input)) {
                let said = lang.tr(
                    "-: standard input can be read only once",
                    "-: die Standardeingabe lässt sich nur einmal lesen",
                );
                return Err(Failure::Told(said.to_owned()));
            }
            sources.push(Source::Input);
        } else if path.is_dir() {
            sources.extend(folder(path, lang)?.into_iter().map(Source::File));
        } else {
            sources.push(Source::File(path.clone()));
        }
    }
    Ok(sources)
}

/// The interviews in a folder, by name.
fn folder(path: &Path, lang: Lang) -> Result<Vec<PathBuf>, Failure> {
    let listed = files::list(path).or_tell(lang)?;
    let mut names: Vec<String> = listed
        .into_iter()
        .map(|file| file.name)
        .filter(|name| has_known_ending(name))
        .collect();
    names.sort();
    if names.is_empty() {
        let path = visible_line(&path.to_string_lossy());
        let endings = FORMATS.iter().flat_map(|format| format.endings);
        let endings: Vec<String> = endings.map(|ending| format!(".{ending}")).collect();
        let said = lang.tr(
            "no interviews in this folder; they end in",
            "keine Interviews in diesem Ordner; sie enden auf",
        );
        return Err(Failure::Told(format!(
            "{path}: {said} {}",
            endings.join(" ")
        )));
    }
    Ok(names.into_iter().map(|name| path.join(name)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(paths: &[PathBuf]) -> Result<Vec<String>, Failure> {
        let sources = sources(paths, Lang::English)?;
        Ok(sources.iter().map(Source::name).collect())
    }

    #[test]
    fn a_folder_gives_its_interviews_by_name() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a.TXT", "c.exe", ".versteckt.txt"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        std::fs::create_dir(folder.path().join("d.txt")).unwrap();
        let names = names(&[folder.path().to_owned()]).unwrap();
        let short: Vec<_> = names.iter().filter_map(|n| n.rsplit('/').next()).collect();
        assert_eq!(short, ["a.TXT", "b.txt"]);
    }

    #[test]
    fn a_folder_without_interviews_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let Err(Failure::Told(said)) = names(&[folder.path().to_owned()]) else {
            panic!("no failure");
        };
        assert!(
            said.contains(": no interviews in this folder; they end in ") && said.contains(" .txt"),
            "{said}"
        );
    }

    #[test]
    fn without_files_there_are_those_that_come_with_the_program() {
        assert_eq!(names(&[]).unwrap(), ["pallenberg", "microsoft"]);
    }

    #[test]
    fn standard_input_is_read_once() {
        assert_eq!(names(&["-".into()]).unwrap(), ["-"]);
        assert!(names(&["-".into(), "-".into()]).is_err());
    }
}
