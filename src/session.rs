//! Where the reader was, for the next start with the same interviews: one small file for each set of interviews.
//!
//! Nothing here is worth an error: a session that can't be read is as good as none.

mod shown;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use shown::Shown;

use crate::files;
use crate::interview::Interview;

/// How many sets of interviews are remembered.
const REMEMBERED: usize = 200;

/// Where the reader was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// The columns, left and right.
    pub columns: [Position; 2],
    /// Which pane had the focus, by the reader's name for it.
    pub focus: String,
    /// The filter.
    pub filter: String,
    /// The question that was selected.
    pub selected: Option<Selected>,
    /// What of the interviews was on the screen, by their [`key`]s.
    pub shown: Vec<(String, Shown)>,
    /// Whether the other column followed.
    pub follow: bool,
}

/// Where a column stood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Position {
    /// The interview, by its [`key`].
    pub interview: String,
    /// The first paragraph shown, by index. The interview may have been edited since: it need not be there.
    pub paragraph: usize,
    /// The byte of that paragraph that the first line shown starts with.
    pub byte: usize,
    /// The exchange that was read, by index from 0.
    pub exchange: Option<usize>,
}

/// A question in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selected {
    /// The interview, by its [`key`].
    pub interview: String,
    /// The exchange, by index from 0.
    pub exchange: usize,
}

/// What an interview goes by from one start to the next: its path, so that an edit doesn't lose the place, and for
/// one without, the hash of its text.
#[must_use]
pub fn key(interview: &Interview) -> String {
    let identity = &interview.identity;
    match &identity.path {
        Some(path) => path.to_string_lossy().into_owned(),
        None => identity.text.clone(),
    }
}

/// The session's file in `folder` for the interviews of these [`key`]s, in whatever order.
fn file(folder: &Path, keys: &[String]) -> PathBuf {
    let mut keys: Vec<&String> = keys.iter().collect();
    keys.sort_unstable();
    let mut hash = Sha256::new();
    for key in keys {
        hash.update(key);
        hash.update([0]);
    }
    let hash = hash.finalize();
    let name: String = hash.iter().take(16).map(|b| format!("{b:02x}")).collect();
    folder.join(name + ".json")
}

/// Where the reader was with the interviews of these [`key`]s, if that is known.
#[must_use]
pub fn load(folder: &Path, keys: &[String]) -> Option<Session> {
    let content = files::read(&file(folder, keys)).ok()?;
    serde_json::from_slice(&content).ok()
}

/// Keeps where the reader is with the interviews of these [`key`]s, and forgets the oldest of too many others.
///
/// # Errors
/// When it can't be written.
pub fn save(folder: &Path, keys: &[String], session: &Session) -> Result<(), files::Error> {
    // Strings, numbers and truth values can't fail to be JSON.
    let content = serde_json::to_vec(session).unwrap_or_default();
    files::replace(&file(folder, keys), &content)?;
    let mut kept = files::list(folder)?;
    kept.retain(|file| file.name.ends_with(".json"));
    kept.sort_by_key(|file| std::cmp::Reverse(file.modified));
    for old in kept.iter().skip(REMEMBERED) {
        files::remove(&folder.join(&old.name))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(keys: &[&str]) -> Vec<String> {
        keys.iter().map(|&key| key.into()).collect()
    }

    #[test]
    fn a_session_comes_back_for_the_same_interviews_in_any_order() {
        let folder = tempfile::tempdir().unwrap();
        let session = Session {
            columns: [
                Position {
                    interview: "a".into(),
                    paragraph: 3,
                    byte: 17,
                    exchange: Some(2),
                },
                Position {
                    interview: "b".into(),
                    ..Position::default()
                },
            ],
            focus: "left".into(),
            filter: "'geld".into(),
            selected: Some(Selected {
                interview: "b".into(),
                exchange: 4,
            }),
            shown: vec![("a".into(), Shown::default())],
            follow: true,
        };
        save(folder.path(), &keys(&["a", "b"]), &session).unwrap();
        assert_eq!(load(folder.path(), &keys(&["b", "a"])), Some(session));
        assert_eq!(load(folder.path(), &keys(&["ab"])), None);
    }

    #[test]
    fn a_session_that_cannot_be_read_is_none_and_a_field_may_be_missing() {
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), &keys(&["a"]));
        std::fs::write(&path, "{\"columns\": 7").unwrap();
        assert_eq!(load(folder.path(), &keys(&["a"])), None);
        std::fs::write(&path, "{\"filter\": \"x\", \"newer\": []}").unwrap();
        assert_eq!(load(folder.path(), &keys(&["a"])).unwrap().filter, "x");
    }

    #[test]
    fn only_so_many_are_remembered() {
        let folder = tempfile::tempdir().unwrap();
        for n in 0..REMEMBERED + 3 {
            std::fs::write(folder.path().join(format!("{n}.json")), "{}").unwrap();
        }
        save(folder.path(), &keys(&["new"]), &Session::default()).unwrap();
        assert_eq!(files::list(folder.path()).unwrap().len(), REMEMBERED);
        assert!(load(folder.path(), &keys(&["new"])).is_some());
    }

    #[test]
    fn an_interview_goes_by_its_path_or_else_by_its_text() {
        let mut interview = Interview::default();
        interview.identity.text = "abc".into();
        assert_eq!(key(&interview), "abc");
        interview.identity.path = Some("/a/b.txt".into());
        assert_eq!(key(&interview), "/a/b.txt");
    }
}
