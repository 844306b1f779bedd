//! The only reader and writer of files.
//!
//! What is read is never held open; what is written is either appended under a lock ([`append`]) or put in the place
//! of the old in one step ([`replace`]), readable by its owner alone.

mod append;
mod folders;
mod lock;
mod remote;
mod replace;
mod system;
mod watch;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub use append::{Appended, Mark, append, look, read_marked};
pub use folders::{Folders, NoHome};
pub use lock::{Lock, Unheld};
pub use replace::replace;
pub use watch::watch;

use crate::lang::{Lang, Tell};
use crate::text::visible::visible_line;

/// No file of more bytes is read: it would fill the memory, and a thousand hours of talk take less.
pub const LIMIT: u64 = 128 << 20;

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
        use io::ErrorKind as Kind;
        let path = visible_line(&self.path.to_string_lossy());
        let because = match (self.source.kind(), self.doing) {
            (Kind::NotFound, Doing::Read) => lang.tr(
                "there is no such file; check its name and folder",
                "diese Datei gibt es nicht; bitte Namen und Ordner prüfen",
            ),
            (Kind::NotFound | Kind::NotADirectory, Doing::Write) => lang.tr(
                "its folder is missing and can't be made; choose another place",
                "der Ordner fehlt und lässt sich nicht anlegen; bitte einen anderen Ort wählen",
            ),
            (Kind::NotADirectory, Doing::Read) => lang.tr(
                "part of this path is a file and not a folder; check it",
                "ein Teil des Pfads ist eine Datei und kein Ordner; bitte prüfen",
            ),
            (Kind::IsADirectory, _) => lang.tr(
                "this is a folder; name a file in it",
                "das ist ein Ordner; bitte eine Datei darin nennen",
            ),
            (Kind::InvalidInput, _) => lang.tr(
                "this is a device or a socket; name an ordinary file",
                "das ist ein Gerät oder ein Socket; bitte eine gewöhnliche Datei nennen",
            ),
            (Kind::FileTooLarge, Doing::Read) => lang.tr(
                "it is longer than 128 MB, and no interview is; name another file, or a part of it",
                "sie ist länger als 128 MB, und das ist kein Interview; bitte eine andere oder einen Teil angeben",
            ),
            (Kind::PermissionDenied, Doing::Read) => lang.tr(
                "reading it is not permitted; ask its owner, or chmod u+r",
                "die Leserechte fehlen; den Besitzer fragen oder chmod u+r",
            ),
            (Kind::PermissionDenied, Doing::Write) => lang.tr(
                "writing it is not permitted; chmod u+w, or choose another place",
                "die Schreibrechte fehlen; chmod u+w oder einen anderen Ort wählen",
            ),
            (Kind::ReadOnlyFilesystem, _) => lang.tr(
                "it lies where nothing can be written; choose another place",
                "sie liegt, wo nicht geschrieben werden kann; bitte einen anderen Ort wählen",
            ),
            (Kind::StorageFull | Kind::QuotaExceeded, _) => lang.tr(
                "there is no room left; free some and try again",
                "der Platz ist erschöpft; bitte welchen schaffen und erneut versuchen",
            ),
            _ => return format!("{path}: {}", visible_line(&self.source.to_string())),
        };
        format!("{path}: {because}")
    }
}

impl Error {
    fn reading(path: &Path) -> impl FnOnce(io::Error) -> Error {
        Error::of(path, Doing::Read)
    }

    fn writing(path: &Path) -> impl FnOnce(io::Error) -> Error {
        Error::of(path, Doing::Write)
    }

    fn of(path: &Path, doing: Doing) -> impl FnOnce(io::Error) -> Error {
        let path = path.to_owned();
        move |source| Error {
            path,
            doing,
            source,
        }
    }
}

/// The content of the file at `path`. A pipe is read to its end, as `<(…)` in a shell makes one.
///
/// # Errors
/// When there is no such file, when it is a directory or a device, when it has more than [`LIMIT`] bytes, or when it
/// can't be read.
pub fn read(path: &Path) -> Result<Vec<u8>, Error> {
    open(path)
        .and_then(|(file, bytes)| read_all(file, bytes))
        .map_err(Error::reading(path))
}

/// All that `source` gives, of which `bytes` bytes are expected.
///
/// # Errors
/// When it can't be read, or has more than [`LIMIT`] bytes.
pub fn read_all(source: impl Read, bytes: u64) -> io::Result<Vec<u8>> {
    // Its size is looked at before anything is read; a pipe tells none.
    if bytes > LIMIT {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let mut content = Vec::with_capacity(usize::try_from(bytes).unwrap_or(0));
    source.take(LIMIT + 1).read_to_end(&mut content)?;
    if content.len() as u64 > LIMIT {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(content)
}

/// The length in bytes of the file at `path`; `None` where that can't be told.
#[must_use]
pub fn length(path: &Path) -> Option<u64> {
    std::fs::metadata(path).ok().map(|metadata| metadata.len())
}

/// The first `bytes` bytes of the file at `path`, and whether that is all of it.
///
/// # Errors
/// As [`read`].
pub fn read_head(path: &Path, bytes: usize) -> Result<(Vec<u8>, bool), Error> {
    let (file, _) = open(path).map_err(Error::reading(path))?;
    let mut content = Vec::with_capacity(bytes + 1);
    // One byte more is asked for: only that tells a file of just this length from a longer one.
    file.take(bytes as u64 + 1)
        .read_to_end(&mut content)
        .map_err(Error::reading(path))?;
    let whole = content.len() <= bytes;
    content.truncate(bytes);
    Ok((content, whole))
}

/// Opens what has an end: a file or a pipe. Gives its length in bytes too.
fn open(path: &Path) -> io::Result<(File, u64)> {
    use std::os::unix::fs::FileTypeExt;
    let metadata = fs::metadata(path)?;
    let kind = metadata.file_type();
    if kind.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if kind.is_char_device() || kind.is_block_device() || kind.is_socket() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    Ok((File::open(path)?, metadata.len()))
}

/// The files of `folder` by name, in no order; none where there is no such folder.
///
/// # Errors
/// When the folder is there and can't be read.
pub fn list(folder: &Path) -> Result<Vec<Listed>, Error> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(Error::reading(folder))?,
    };
    Ok(entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let metadata = entry.metadata().ok().filter(fs::Metadata::is_file)?;
            Some(Listed {
                name: entry.file_name().into_string().ok()?,
                modified: metadata.modified().ok(),
            })
        })
        .collect())
}

/// A file in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its name, without the folder.
    pub name: String,
    /// When it was last written, where the system says so.
    pub modified: Option<std::time::SystemTime>,
}

/// Gives the file at `from` the name `to`; false where there is none any more.
///
/// # Errors
/// When the folder can't be written.
pub fn rename(from: &Path, to: &Path) -> Result<bool, Error> {
    gone_or(fs::rename(from, to)).map_err(Error::writing(from))
}

/// Removes the file at `path`; false where there was none.
///
/// # Errors
/// When the folder can't be written.
pub fn remove(path: &Path) -> Result<bool, Error> {
    gone_or(fs::remove_file(path)).map_err(Error::writing(path))
}

fn gone_or(done: io::Result<()>) -> io::Result<bool> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        done => done.map(|()| true),
    }
}

/// What is made new is for its owner's eyes only.
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600)
}

/// Makes the folder that `path` lies in, and those above it, where they are missing.
fn make_folder_of(path: &Path) -> io::Result<&Path> {
    use std::os::unix::fs::DirBuilderExt;
    let folder = match path.parent() {
        None => Path::new("/"),
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
    };
    if !folder.is_dir() {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
    }
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn what_cannot_be_read_says_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let told = read(folder.path()).unwrap_err().to_string();
        assert!(told.ends_with("this is a folder; name a file in it"));
        let missing = read(&folder.path().join("fehlt\n.txt")).unwrap_err();
        assert!(missing.to_string().contains("fehlt␊.txt: there is no such"));
        assert!(missing.tell(Lang::German).contains("gibt es nicht"));
        let told = read(Path::new("/dev/null")).unwrap_err().to_string();
        assert_eq!(
            told,
            "/dev/null: this is a device or a socket; name an ordinary file"
        );
    }

    #[test]
    fn every_failure_names_the_file_and_a_remedy_in_both_languages() {
        use io::ErrorKind as Kind;
        let kinds = [
            Kind::NotFound,
            Kind::NotADirectory,
            Kind::IsADirectory,
            Kind::InvalidInput,
            Kind::FileTooLarge,
            Kind::PermissionDenied,
            Kind::ReadOnlyFilesystem,
            Kind::StorageFull,
            Kind::QuotaExceeded,
        ];
        for kind in kinds {
            for doing in [Doing::Read, Doing::Write] {
                let error = Error::of(Path::new("a.txt"), doing)(kind.into());
                let told = [Lang::English, Lang::German].map(|lang| error.tell(lang));
                assert!(told.iter().all(|told| told.starts_with("a.txt: ")));
                let plain = doing == Doing::Write && kind == Kind::FileTooLarge;
                assert!(
                    plain || told[0].contains([';', ',']),
                    "{kind:?}: {}",
                    told[0]
                );
                assert!(plain || told[0] != told[1], "{kind:?}");
            }
        }
        let other = Error::of(Path::new("a.txt"), Doing::Read)(io::Error::other("so\nnicht"));
        assert_eq!(other.tell(Lang::German), "a.txt: so␊nicht");
    }

    #[test]
    fn what_has_no_end_or_is_no_folder_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("socket");
        let _bound = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let told = read(&socket).unwrap_err().to_string();
        assert!(told.ends_with("name an ordinary file"), "{told}");
        let file = folder.path().join("a");
        fs::write(&file, "abc").unwrap();
        assert_eq!(length(&file), Some(3));
        assert_eq!(length(&folder.path().join("fehlt")), None);
        let told = list(&file).unwrap_err().to_string();
        assert!(told.contains("is a file and not a folder"), "{told}");
        assert!(remove(folder.path()).is_err());
    }

    #[test]
    fn every_file_has_a_folder() {
        let folder = |path: &str| make_folder_of(Path::new(path)).unwrap().to_owned();
        assert_eq!(folder("notes.jsonl"), Path::new("."));
        assert_eq!(folder("/"), Path::new("/"));
    }

    #[test]
    fn what_is_longer_than_the_memory_is_refused_before_it_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lang");
        let file = File::create(&path).unwrap();
        file.set_len(LIMIT + 1).unwrap();
        let error = read(&path).unwrap_err();
        assert!(error.to_string().contains("longer than 128 MB"));
        assert!(error.tell(Lang::German).contains("länger als 128 MB"));
        let endless = read_all(io::repeat(b'a'), 0).unwrap_err();
        assert_eq!(endless.kind(), io::ErrorKind::FileTooLarge);
    }

    #[test]
    fn the_head_of_a_file_says_whether_it_is_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "abc").unwrap();
        assert_eq!(read_head(&path, 2).unwrap(), (b"ab".to_vec(), false));
        assert_eq!(read_head(&path, 3).unwrap(), (b"abc".to_vec(), true));
        assert_eq!(read(&path).unwrap(), b"abc");
    }

    #[test]
    fn a_file_is_replaced_whole_and_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tief/unten/a.json");
        replace(&path, b"alt").unwrap();
        replace(&path, b"neu").unwrap();
        assert_eq!(read(&path).unwrap(), b"neu");
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(path.parent().unwrap()), 0o700);
        assert_eq!(list(path.parent().unwrap()).unwrap().len(), 1);
        assert!(list(&folder.path().join("keiner")).unwrap().is_empty());
    }

    #[test]
    fn a_link_that_is_replaced_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&real, "alt").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        replace(&link, b"neu").unwrap();
        assert!(link.is_symlink());
        assert_eq!(read(&real).unwrap(), b"neu");
    }

    #[test]
    fn a_failed_replacement_leaves_the_old_and_no_litter() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::create_dir(&path).unwrap();
        let error = replace(&path, b"neu").unwrap_err();
        assert_eq!(error.doing, Doing::Write);
        assert!(list(folder.path()).unwrap().is_empty());
        assert!(!remove(&folder.path().join("fehlt")).unwrap());
    }
}
