//! What a reader could not append is put aside when it ends, and taken back at the next start.

use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::store::{Store, Version, save};
use super::w3c::{self, Line};
use crate::files;

/// Puts `lines`, meant for the store at `notes`, in a file of their own in the folder `state`; gives its path.
///
/// # Errors
/// When it can't be written either.
pub fn put(state: &Path, notes: &Path, lines: &[u8]) -> Result<PathBuf, files::Error> {
    let name = format!("{}{}.jsonl", meant_for(notes), Uuid::new_v4().simple());
    let path = state.join(name);
    files::replace(&path, lines)?;
    Ok(path)
}

/// Appends what was put aside for the store at `notes`, but for what it has already, and gives how many lines that were.
/// A file is removed only when all of it is on the disk.
///
/// # Errors
/// When a file, or the store, can't be read or written; what was put aside is still there then.
pub fn take_back(state: &Path, notes: &Path) -> Result<usize, files::Error> {
    let meant = meant_for(notes);
    let mut count = 0;
    for file in files::list(state)? {
        if !file.name.starts_with(&meant) || !file.name.ends_with(".jsonl") {
            continue;
        }
        let path = state.join(&file.name);
        let (known, mark) = files::read_marked(notes)?;
        let (store, _) = Store::load(&known);
        let mut lines = Vec::new();
        for line in files::read(&path)?.split(|&b| b == b'\n') {
            if !line.trim_ascii().is_empty() && !has(&store, line) {
                lines.extend(line);
                lines.push(b'\n');
                count += 1;
            }
        }
        if !lines.is_empty() {
            save(notes, &lines, &mark)?;
        }
        files::remove(&path)?;
    }
    Ok(count)
}

fn has(store: &Store, line: &[u8]) -> bool {
    match w3c::read(line) {
        Ok(Line::Note(note)) => {
            let versions = store.versions(&note.id);
            versions
                .iter()
                .any(|version| version.note() == Some(&*note))
        }
        Ok(Line::Deleted { id, when }) => {
            let mut versions = store.versions(&id).iter();
            versions.any(|version| matches!(version, Version::Deleted(then) if *then == when))
        }
        Err(_) => false,
    }
}

/// How the names of what is meant for the store at `notes` begin: no other store takes it.
fn meant_for(notes: &Path) -> String {
    let notes = std::path::absolute(notes).unwrap_or_else(|_| notes.to_owned());
    let hash = w3c::sha256(notes.as_os_str().as_encoded_bytes());
    format!("unsaved-{}-", &hash[..16])
}

#[cfg(test)]
mod tests {
    use super::super::Motivation;
    use super::super::tests::{interview, note};
    use super::*;

    #[test]
    fn what_was_put_aside_comes_back_once_and_to_its_own_store() {
        let folder = tempfile::tempdir().unwrap();
        let (state, notes) = (folder.path().join("state"), folder.path().join("n.jsonl"));
        let on = interview("a", &["Warum?", "Darum."]);
        let line = |n| {
            w3c::write(&Line::Note(Box::new(note(
                n,
                Motivation::Commenting,
                "x",
                &on,
                "Darum.",
            ))))
        };
        save(&notes, &line(1), &files::Mark::default()).unwrap();
        put(&state, &notes, &[line(1), line(2)].concat()).unwrap();
        put(&state, &folder.path().join("andere.jsonl"), &line(3)).unwrap();
        assert_eq!(take_back(&state, &notes).unwrap(), 1);
        assert_eq!(take_back(&state, &notes).unwrap(), 0);
        assert_eq!(files::read(&notes).unwrap(), [line(1), line(2)].concat());
        assert_eq!(files::list(&state).unwrap().len(), 1);
    }

    #[test]
    fn what_cannot_be_taken_back_stays_aside() {
        let folder = tempfile::tempdir().unwrap();
        let (state, notes) = (folder.path().join("state"), folder.path().join("ordner"));
        std::fs::create_dir(&notes).unwrap();
        put(&state, &notes, b"{}\n").unwrap();
        assert!(take_back(&state, &notes).is_err());
        assert_eq!(files::list(&state).unwrap().len(), 1);
        assert_eq!(take_back(&folder.path().join("keiner"), &notes).unwrap(), 0);
    }
}
