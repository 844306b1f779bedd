//! What writing asks of the system. A test gives it one in which each of these may fail.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::private;

/// What writing needs of a file; a test gives one that fails.
pub(super) trait Disk: Write {
    /// Waits until what was written is on the disk.
    fn sync(&mut self) -> io::Result<()>;
    /// Leaves the first `len` bytes.
    fn cut(&mut self, len: u64) -> io::Result<()>;
}

impl Disk for File {
    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        self.set_len(len)
    }
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
pub(super) mod faulty {
    use std::cell::Cell;
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
}
