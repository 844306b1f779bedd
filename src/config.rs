//! The configuration: what the reader has set for good. Every field is also an option of the command line, which wins.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use crate::files;
use crate::lang::{Lang, Tell};
use crate::notes::{Kinds, kinds};
use crate::text::visible::visible_line;

/// What can be set; what isn't is decided by the program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The language of the interface.
    pub lang: Option<Language>,
    /// The notes' file.
    pub notes: Option<PathBuf>,
    /// When to use colour.
    pub color: Option<Color>,
    /// The width of printed text, in cells.
    pub width: Option<u16>,
    /// The command that is asked about parallels too.
    pub judge: Option<String>,
    /// How long it may take, in seconds.
    pub judge_time: Option<NonZeroU32>,
    /// What the kinds of highlight are called, by class, as it is written.
    #[serde(rename = "highlights")]
    named: Option<BTreeMap<String, Spanned<String>>>,
    /// The kinds of highlight, in the order in which they are written.
    #[serde(skip)]
    pub kinds: Kinds,
}

/// A language of the interface, by its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// German.
    De,
    /// English.
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Lang {
        match language {
            Language::De => Lang::German,
            Language::En => Lang::English,
        }
    }
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Color {
    /// Where the terminal and its user want it.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What is wrong with a configuration.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.tell(Lang::English))]
pub enum Error {
    /// It can't be read.
    File(#[from] files::Error),
    /// It says what can't be meant.
    Content {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong, in the parser's words.
        message: String,
    },
    /// It names kinds of highlight that can't be told apart.
    Kinds {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong.
        what: kinds::Wrong,
    },
}

impl Tell for Error {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Error::File(error) => error.tell(lang),
            Error::Kinds { path, line, what } => {
                let path = visible_line(&path.to_string_lossy());
                let at = lang.tr("line", "Zeile");
                format!("{path}: {at} {line}: {}", what.tell(lang))
            }
            Error::Content {
                path,
                line,
                message,
            } => {
                let path = visible_line(&path.to_string_lossy());
                let message = visible_line(message.trim()).replace('␊', " ");
                lang.tr(
                    format!("{path}: line {line}: {message}; correct it or take it out"),
                    format!("{path}: Zeile {line}: {message}; bitte berichtigen oder streichen"),
                )
            }
        }
    }
}

impl Config {
    /// The configuration in the file at `path`; nothing is set where there is none.
    ///
    /// # Errors
    /// When the file can't be read or says what can't be meant.
    pub fn read(path: &Path) -> Result<Config, Error> {
        match files::read(path) {
            Ok(content) => Config::parse(&String::from_utf8_lossy(&content), path),
            Err(error) if error.source.kind() == std::io::ErrorKind::NotFound => {
                Ok(Config::default())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The configuration that `content` says; `path` is where it stands, and a relative path in it starts there.
    fn parse(content: &str, path: &Path) -> Result<Config, Error> {
        let content = content.strip_prefix('\u{feff}').unwrap_or(content);
        let line = |span: Option<Range<usize>>| {
            let at = span.map_or(0, |span| content.floor_char_boundary(span.start));
            content[..at].matches('\n').count() + 1
        };
        let mut config: Config = toml::from_str(content).map_err(|error| Error::Content {
            path: path.into(),
            line: line(error.span()),
            message: error.message().into(),
        })?;
        if let Some(named) = &config.named {
            let named = named
                .iter()
                .map(|(class, name)| (class.clone(), (name.span(), name.get_ref().clone())));
            let table = || content.find("highlights").map(|at| at..at);
            config.kinds = Kinds::named(&named.collect()).map_err(|(at, what)| Error::Kinds {
                path: path.into(),
                line: line(at.or_else(table)),
                what,
            })?;
        }
        if let (Some(notes), Some(folder)) = (&mut config.notes, path.parent()) {
            *notes = match notes.strip_prefix("~") {
                Ok(rest) => etcetera::home_dir()
                    .unwrap_or_else(|_| folder.into())
                    .join(rest),
                Err(_) => folder.join(&*notes),
            };
        }
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(content: &str) -> Result<Config, Error> {
        Config::parse(content, Path::new("/konfiguration/config.toml"))
    }

    #[test]
    fn what_is_set_counts_and_the_rest_is_open() {
        let config = parse("lang = \"de\"\nnotes = \"n.jsonl\"\ncolor = \"never\"\n").unwrap();
        assert_eq!(config.lang.map(Lang::from), Some(Lang::German));
        assert_eq!(config.notes, Some("/konfiguration/n.jsonl".into()));
        assert_eq!((config.color, config.width), (Some(Color::Never), None));
        let judged = parse("judge = \"rate -q\"\njudge-time = 5\n").unwrap();
        assert_eq!(judged.judge.as_deref(), Some("rate -q"));
        assert_eq!(judged.judge_time.map(NonZeroU32::get), Some(5));
        assert_eq!(config.kinds, Kinds::default());
        let own = parse("[highlights]\nquote = \"O-Ton\"\ngeld = \"Geld\"\n").unwrap();
        let classes: Vec<&str> = own.kinds.classes().collect();
        assert_eq!(classes, ["quote", "geld"]);
        let home = parse("notes = \"~/n.jsonl\"").unwrap().notes.unwrap();
        assert_eq!(home, etcetera::home_dir().unwrap().join("n.jsonl"));
        assert_eq!(
            Config::read(Path::new("/gibt/es/nicht.toml")).unwrap(),
            Config::default()
        );
    }

    #[test]
    fn what_cannot_be_meant_is_one_line_with_its_place() {
        for (content, line, word) in [
            ("# so\nlan = \"de\"\n", 2, "lan"),
            ("lang = \"fr\"", 1, "fr"),
            ("width = 80\n\nwidth 9\n", 3, ""),
            ("width = -1", 1, "-1"),
            ("judge = [\"a\"]", 1, "string"),
            ("judge = \"a\"\njudge-time = 0", 2, "`0`"),
            ("judge-time = \"long\"", 1, "long"),
            ("judge_time = 5", 1, "judge-time"),
            (
                "[highlights]\nquote = \"O-Ton\"\ngeld = \"o-ton\"",
                3,
                "o-ton",
            ),
            ("lang = \"de\"\n\n[highlights]\n", 3, ""),
            ("[highlights]\nquote = 3", 2, "string"),
        ] {
            let error = parse(content).unwrap_err();
            let told = error.to_string();
            assert!(
                told.starts_with(&format!("/konfiguration/config.toml: line {line}: ")),
                "{told}"
            );
            assert!(told.contains(word) && !told.contains('\n'), "{told}");
            assert!(error.tell(Lang::German).contains(&format!("Zeile {line}")));
        }
    }
}
