//! Putting a file in the place of another in one step.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::system::{Disk, Disks, System};
use super::{Error, make_folder_of};

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

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::system::faulty::Fault;
    use super::*;

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
