//! Waiting for a file to change, without looking at it again and again.

use std::path::{Path, PathBuf};

/// Calls `changed` whenever the file at `path` may have changed, whoever did it and however: written on, replaced, or
/// made. Ends when `changed` says so, or the system declines. What another machine does to a network folder no system
/// tells; it is seen with the next note that is saved.
pub fn watch(path: &Path, mut changed: impl FnMut() -> bool) {
    // A link is written through.
    let path = std::fs::canonicalize(path).or_else(|_| std::path::absolute(path));
    let Ok(path) = path else { return };
    let mut new = true;
    while follow(&path, new, &mut changed).is_some() {
        new = false;
    }
}

/// The folder that is to be watched for `path`: its own, or the deepest one that there is.
fn folder(path: &Path) -> Option<PathBuf> {
    let mut above = path.ancestors().skip(1);
    above.find(|folder| folder.is_dir()).map(Path::to_owned)
}

/// Follows the file at `path` for as long as the deepest folder on the way to it that there is stays that; `None` when it
/// is not to be followed any more. What is there before a `new` watch begins is known.
#[cfg(target_os = "linux")]
fn follow(path: &Path, new: bool, changed: &mut impl FnMut() -> bool) -> Option<()> {
    use rustix::fs::inotify::{self, CreateFlags, Reader, WatchFlags};

    let folder = folder(path)?;
    let own = path.parent() == Some(&folder);
    let next = path.strip_prefix(&folder).ok()?.iter().next()?;
    let watch = inotify::init(CreateFlags::CLOEXEC).ok()?;
    // The folder and not the file: another may be put in its place.
    let events = WatchFlags::MODIFY
        | WatchFlags::CREATE
        | WatchFlags::MOVED_TO
        | WatchFlags::DELETE_SELF
        | WatchFlags::MOVE_SELF;
    if inotify::add_watch(&watch, &folder, events).is_err() {
        // It may have gone meanwhile, and one above it is to be watched.
        return (!folder.is_dir()).then_some(());
    }
    let mut room = [std::mem::MaybeUninit::uninit(); 4096];
    let mut events = Reader::new(watch, &mut room);
    // What came between two watches was told by none.
    if !new && path.exists() {
        changed().then_some(())?;
    }
    // A folder that came before it was watched for tells nothing.
    let mut there = !own && folder.join(next).exists();
    while !there {
        let event = events.next().ok()?;
        match event.file_name() {
            Some(name) if name.to_bytes() != next.as_encoded_bytes() => {}
            Some(_) if own => changed().then_some(())?,
            // A folder nearer to it has come, or this one gone.
            Some(_) | None => there = true,
        }
    }
    Some(())
}

/// Where the system has no such watch: looks once a second.
#[cfg(not(target_os = "linux"))]
fn follow(path: &Path, _new: bool, changed: &mut impl FnMut() -> bool) -> Option<()> {
    let state = || {
        let metadata = std::fs::metadata(path).ok()?;
        Some((metadata.len(), metadata.modified().ok()))
    };
    let before = state();
    folder(path)?;
    std::thread::sleep(std::time::Duration::from_secs(1));
    match state() == before {
        true => Some(()),
        false => changed().then_some(()),
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::fs;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use super::*;

    #[test]
    fn whatever_happens_to_a_file_is_told_and_nothing_else() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a/b/n.jsonl");
        let (sender, told) = channel();
        let watched = path.clone();
        std::thread::spawn(move || watch(&watched, || sender.send(()).is_ok()));
        let quiet = || {
            std::thread::sleep(Duration::from_millis(200));
            told.try_iter().count()
        };
        let tells = || told.recv_timeout(Duration::from_secs(5)).unwrap();
        assert_eq!(quiet(), 0);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        assert_eq!(quiet(), 0);
        fs::write(&path, "eins").unwrap();
        tells();
        quiet();
        fs::write(path.with_file_name("other"), "x").unwrap();
        assert_eq!(quiet(), 0);
        fs::write(path.with_file_name("new"), "zwei").unwrap();
        quiet();
        fs::rename(path.with_file_name("new"), &path).unwrap();
        tells();
        quiet();
        fs::remove_dir_all(home.path().join("a")).unwrap();
        quiet();
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        quiet();
        fs::write(&path, "drei").unwrap();
        tells();
    }
}
