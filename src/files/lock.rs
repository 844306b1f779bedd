//! A lock that lives as long as its holder: the system lifts it however the holder ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use super::{Error, make_folder_of, private};

/// An exclusive advisory lock on a file, held until dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Makes the file at `path` where it is missing and locks it. `None` where another holds it.
    ///
    /// # Errors
    /// When the file can't be made.
    pub fn make(path: &Path) -> Result<Option<Lock>, Error> {
        make_folder_of(path)
            .and_then(|_| {
                private(OpenOptions::new().write(true).create(true).truncate(false)).open(path)
            })
            .map(take)
            .map_err(Error::writing(path))
    }

    /// Whether nobody holds the file at `path`: the lock then, or no lock where there is no file to be held.
    #[must_use]
    pub fn unheld(path: &Path) -> Unheld {
        match OpenOptions::new().write(true).open(path) {
            Ok(file) => take(file).map_or(Unheld::No, |lock| Unheld::Yes(Some(lock))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Unheld::Yes(None),
            Err(_) => Unheld::No,
        }
    }
}

/// Whether nobody holds a file.
#[derive(Debug)]
pub enum Unheld {
    /// Nobody; where there is a file, it is now held by this lock.
    Yes(Option<Lock>),
    /// Somebody does, or it can't be told.
    No,
}

fn take(file: File) -> Option<Lock> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => None,
        // Some file systems know no locks. To go on without is to risk that two offer the same draft: nothing is lost.
        Ok(()) | Err(TryLockError::Error(_)) => Some(Lock { _file: file }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_held_by_one_and_ends_with_its_holder() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("neu/a.lock");
        assert!(matches!(Lock::unheld(&path), Unheld::Yes(None)));
        let lock = Lock::make(&path).unwrap().unwrap();
        assert!(Lock::make(&path).unwrap().is_none());
        assert!(matches!(Lock::unheld(&path), Unheld::No));
        drop(lock);
        assert!(matches!(Lock::unheld(&path), Unheld::Yes(Some(_))));
        let untold = Lock::unheld(folder.path());
        assert!(
            matches!(untold, Unheld::No),
            "a folder has no holder to be told"
        );
    }
}
