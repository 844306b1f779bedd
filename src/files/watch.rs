//! Waiting for a file to change, without looking at it again and again where the system tells.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::remote::is_remote;

/// How often a file is looked at of which the system doesn't tell.
const OFTEN: Duration = Duration::from_secs(1);

/// Calls `changed` whenever the file at `path` may have changed, whoever did it and however: written on, replaced, or
/// made. Ends when `changed` says so, or the system declines. What another machine does to a network folder no system
/// tells: there, and only there, the file is looked at once a second.
pub fn watch(path: &Path, mut changed: impl FnMut() -> bool) {
    // A link is written through.
    let path = std::fs::canonicalize(path).or_else(|_| std::path::absolute(path));
    let Ok(path) = path else { return };
    let mut new = true;
    while let Some(folder) = folder(&path) {
        let went_on = match is_remote(&folder) {
            true => look_often(&path, &folder, new, OFTEN, &mut changed),
            false => follow(&path, &folder, new, &mut changed),
        };
        if went_on.is_none() {
            return;
        }
        new = false;
    }
}

/// The folder that is to be watched for `path`: its own, or the deepest one that there is.
fn folder(path: &Path) -> Option<PathBuf> {
    let mut above = path.ancestors().skip(1);
    above.find(|folder| folder.is_dir()).map(Path::to_owned)
}

/// Looks at the file at `path` for as long as `folder` is the deepest one on the way to it; `None` when it is not to be
/// looked at any more. What is there before a `new` watch begins is known.
fn look_often(
    path: &Path,
    folder: &Path,
    new: bool,
    often: Duration,
    changed: &mut impl FnMut() -> bool,
) -> Option<()> {
    let mut seen = new.then(|| state(path)).flatten();
    while self::folder(path).as_deref() == Some(folder) {
        let now = state(path);
        if now != seen && now.is_some() {
            changed().then_some(())?;
        }
        seen = now;
        thread::sleep(often);
    }
    Some(())
}

/// What tells one state of a file from another: which it is, its length in bytes, when it was written.
fn state(path: &Path) -> Option<(u64, u64, Option<std::time::SystemTime>)> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path)
        .ok()
        .filter(std::fs::Metadata::is_file)?;
    // A network folder answers from what it remembers, but for a file that is opened it asks.
    let metadata = std::fs::File::open(path)
        .and_then(|file| file.metadata())
        .ok()?;
    Some((metadata.ino(), metadata.len(), metadata.modified().ok()))
}

/// Follows the file at `path` for as long as `folder`, the deepest one on the way to it that there is, stays that; `None`
/// when it is not to be followed any more. What is there before a `new` watch begins is known.
#[cfg(target_os = "linux")]
fn follow(path: &Path, folder: &Path, new: bool, changed: &mut impl FnMut() -> bool) -> Option<()> {
    use rustix::fs::inotify::{self, CreateFlags, Reader, WatchFlags};

    let own = path.parent() == Some(folder);
    let next = path.strip_prefix(folder).ok()?.iter().next()?;
    let watch = inotify::init(CreateFlags::CLOEXEC).ok()?;
    // The folder and not the file: another may be put in its place.
    let events = WatchFlags::MODIFY
        | WatchFlags::CREATE
        | WatchFlags::MOVED_TO
        | WatchFlags::DELETE_SELF
        | WatchFlags::MOVE_SELF;
    if inotify::add_watch(&watch, folder, events).is_err() {
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

/// Where the system has no such watch, every folder is looked at.
#[cfg(not(target_os = "linux"))]
fn follow(
    _path: &Path,
    _folder: &Path,
    _new: bool,
    _changed: &mut impl FnMut() -> bool,
) -> Option<()> {
    None
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
    #[test]
    fn where_the_system_does_not_tell_the_file_is_looked_at() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("n.jsonl");
        fs::write(&path, "eins").unwrap();
        let (sender, told) = channel();
        let (watched, folder) = (path.clone(), home.path().to_owned());
        let often = Duration::from_millis(5);
        let watch = std::thread::spawn(move || {
            let mut changed = || sender.send(()).is_ok();
            let first = look_often(&watched, &folder, true, often, &mut changed);
            // The folder has gone: what comes later came between two watches.
            fs::create_dir(&folder).unwrap();
            fs::write(&watched, "vier").unwrap();
            (
                first,
                look_often(&watched, &folder, false, often, &mut changed),
            )
        });
        let quiet = || {
            std::thread::sleep(Duration::from_millis(100));
            told.try_iter().count()
        };
        let tells = || told.recv_timeout(Duration::from_secs(5)).unwrap();
        assert_eq!(quiet(), 0, "what is there is known");
        fs::write(path.with_file_name("other"), "x").unwrap();
        assert_eq!(quiet(), 0);
        fs::write(&path, "eins und zwei").unwrap();
        tells();
        quiet();
        fs::write(path.with_file_name("new"), "drei und mehr").unwrap();
        fs::rename(path.with_file_name("new"), &path).unwrap();
        tells();
        quiet();
        fs::remove_file(&path).unwrap();
        assert_eq!(
            quiet(),
            0,
            "it may only have been put elsewhere for a moment"
        );
        fs::remove_dir_all(home.path()).unwrap();
        tells();
        drop(told);
        fs::write(&path, "niemand hört mehr zu").unwrap();
        assert_eq!(watch.join().unwrap(), (Some(()), None));
    }
    #[test]
    fn what_came_between_two_watches_is_told_by_the_second() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("n.jsonl");
        fs::write(&path, "eins").unwrap();
        let mut told = 0;
        let ended = follow(&path, home.path(), false, &mut || {
            told += 1;
            false
        });
        assert_eq!((ended, told), (None, 1));
        watch(Path::new(""), || unreachable!("no file, no change"));
    }

    #[test]
    fn a_folder_that_went_before_it_was_watched_is_looked_for_again() {
        let home = tempfile::tempdir().unwrap();
        let gone = home.path().join("weg");
        let mut untold = || false;
        assert_eq!(follow(&gone.join("n"), &gone, true, &mut untold), Some(()));
    }
}
