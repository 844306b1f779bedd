//! Putting a file in the place of another in one step.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::append::Disk;
use super::{Error, make_folder_of, private};

/// Puts `content` in the place of the file at `path`, in one step: whoever reads it sees the old or the new, also
/// after a crash. Its folder is made where it is missing; both are the owner's alone.
///
/// # Errors
/// When the folder can't be made or the file not written; the old content is still there then. When only the folder
/// doesn't reach the disk, the new one is, and may be gone after a crash.
pub fn replace(path: &Path, content: &[u8]) -> Result<(), Error> {
    replace_on(&System, path, content)
}

fn replace_on(disks: &impl Disks, path: &Path, content: &[u8]) -> Result<(), Error> {
    // A link stays a link: what it points to is replaced.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let written = (|| {
        let folder = make_folder_of(path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let new = folder.join(format!(".{name}.{}.new", uuid::Uuid::new_v4().simple()));
        let renamed = disks
            .make(&new)
            .and_then(|mut file| {
                file.write_all(content)?;
                file.sync()
            })
            .and_then(|()| disks.rename(&new, path));
        if renamed.is_err() {
            // The first error is the one to tell; what is left of the new file can only be tidied up.
            let _ = fs::remove_file(&new);
        }
        renamed?;
        disks.sync_folder(folder)
    })();
    written.map_err(Error::writing(path))
}

/// What writing asks of the system; a test gives one in which each of it may fail.
pub(super) trait Disks {
    /// A file, open for writing.
    type File: Disk;
    /// Makes a new file, its owner's alone.
    fn make(&self, path: &Path) -> io::Result<Self::File>;
    /// Gives a file another name.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Makes a new name in a folder outlive a crash.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
}

/// The system itself.
pub(super) struct System;

impl Disks for System {
    type File = File;

    fn make(&self, path: &Path) -> io::Result<File> {
        private(OpenOptions::new().write(true).create_new(true)).open(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    /// A file system that has no such thing says so, and no harm is done.
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
        match File::open(folder).and_then(|folder| folder.sync_all()) {
            Err(error) if matches!(error.kind(), InvalidInput | Unsupported | PermissionDenied) => {
                Ok(())
            }
            synced => synced,
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::cell::Cell;
    use std::path::PathBuf;
    use std::rc::Rc;

    use super::*;

    /// What goes wrong, and with the how manieth of all writes, syncs, cuts and renames.
    #[derive(Clone, Debug)]
    pub(in crate::files) struct Fault {
        pub(in crate::files) at: usize,
        pub(in crate::files) how: How,
        pub(in crate::files) done: Rc<Cell<usize>>,
    }

    #[derive(Clone, Copy, Debug)]
    pub(in crate::files) enum How {
        /// Error of this number, nothing done.
        Refused(i32),
        /// A write takes but so many bytes; what follows is refused with this number. What is no write is as if refused.
        Short(usize, i32),
    }

    /// No room left on the device, an input or output error, quota exceeded, by their numbers under Linux.
    pub(in crate::files) const ERRORS: [i32; 3] = [28, 5, 122];

    impl Fault {
        pub(in crate::files) fn all() -> impl Iterator<Item = Fault> {
            let hows = ERRORS.into_iter().flat_map(|error| {
                let short = [1, 5, 9].map(|bytes| How::Short(bytes, error));
                [How::Refused(error)].into_iter().chain(short)
            });
            hows.flat_map(|how| {
                (0..8).map(move |at| Fault {
                    at,
                    how,
                    done: Rc::default(),
                })
            })
        }

        /// Counts one more thing to be done; how many bytes may be written, or the error.
        fn next(&self) -> io::Result<usize> {
            let now = self.done.replace(self.done.get() + 1);
            match self.how {
                How::Refused(error) if now == self.at => Err(io::Error::from_raw_os_error(error)),
                How::Short(bytes, _) if now == self.at => Ok(bytes),
                How::Short(_, error) if now == self.at + 1 => {
                    Err(io::Error::from_raw_os_error(error))
                }
                _ => Ok(usize::MAX),
            }
        }
    }

    /// A real file that fails as planned.
    pub(in crate::files) struct Faulty(pub(in crate::files) File, pub(in crate::files) Fault);

    impl Write for Faulty {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let most = self.1.next()?;
            self.0.write(&bytes[..most.min(bytes.len())])
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Disk for Faulty {
        fn sync(&mut self) -> io::Result<()> {
            self.1.next()?;
            self.0.sync_all()
        }

        fn cut(&mut self, len: u64) -> io::Result<()> {
            self.1.next()?;
            self.0.set_len(len)
        }
    }

    impl Disks for Fault {
        type File = Faulty;

        fn make(&self, path: &Path) -> io::Result<Faulty> {
            self.next()?;
            Ok(Faulty(System.make(path)?, self.clone()))
        }

        fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
            self.next()?;
            System.rename(from, to)
        }

        fn sync_folder(&self, folder: &Path) -> io::Result<()> {
            self.next()?;
            System.sync_folder(folder)
        }
    }

    #[test]
    fn whatever_fails_the_file_is_the_old_or_the_new_and_nothing_is_left_beside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("draft.json");
        let (mut failed, mut kept) = (0, 0);
        for fault in Fault::all() {
            for old in [None, Some(&b"the old one"[..])] {
                let _ = fs::remove_file(&path);
                if let Some(old) = old {
                    fs::write(&path, old).unwrap();
                }
                let done = replace_on(&fault, &path, b"the new one, and longer");
                fault.done.set(0);
                let there = fs::read(&path).ok();
                let new = there.as_deref() == Some(b"the new one, and longer");
                assert!(new || there.as_deref() == old, "{fault:?}: {there:?}");
                assert!(new || done.is_err(), "{fault:?}");
                failed += usize::from(done.is_err());
                kept += usize::from(!new);
                let names: Vec<PathBuf> = fs::read_dir(folder.path())
                    .unwrap()
                    .map(|entry| entry.unwrap().path())
                    .collect();
                assert_eq!(
                    names.len(),
                    usize::from(there.is_some()),
                    "{fault:?}: {names:?}"
                );
            }
        }
        assert!(failed > 60 && kept > 40, "{failed} {kept}");
    }
}
