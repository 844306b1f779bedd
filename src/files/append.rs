//! Appending to a file that any number of readers share.
//!
//! Open, lock, read what others added, end a torn last line, one write, sync, close. The file is never held open, so
//! it may be renamed, replaced or synchronised at any time; a [`Mark`] tells what of it is known already.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::system::{Disk, Disks, System};
use super::{Error, make_folder_of, private};

/// How far a file is known: its length, and what stood at its end. The default knows nothing.
///
/// The content decides and not the inode: a copy put in the file's place is the same file, another text in the same
/// inode is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// Bytes known.
    len: u64,
    /// SHA-256 of the last [`TAIL`] of them.
    tail: [u8; 32],
}

/// How many bytes before a mark must be as they were.
const TAIL: usize = 4096;

/// What an append has found and done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// What is known of the file now, with what was appended.
    pub mark: Mark,
    /// What others had added since the last mark, before what was appended now; all of the file where it is `anew`.
    pub others: Vec<u8>,
    /// The file is not the one that the last mark was made on; what was known of it must be read again.
    pub anew: bool,
}

/// The content of the file at `path` with a mark on it; nothing where there is no such file.
///
/// # Errors
/// When the file is there and can't be read.
pub fn read_marked(path: &Path) -> Result<(Vec<u8>, Mark), Error> {
    let read = || {
        let (mut file, bytes) = match super::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            opened => opened?,
        };
        // So that no half-written line is read. Where locks are unknown, one is met at worst, and told as torn.
        let _ = file.lock_shared();
        let mut content = read_at_once(&file, usize::try_from(bytes).unwrap_or(0));
        file.seek(SeekFrom::Start(content.len() as u64))?;
        file.read_to_end(&mut content)?;
        Ok(content)
    };
    let content = read().map_err(Error::reading(path))?;
    let mark = Mark::after(0, &content);
    Ok((content, mark))
}

/// Appends to the file at `path` what `lines` makes of what others have added since `known`, whole lines; nothing is
/// written where that is empty. When it returns, what was written is on the disk.
///
/// # Errors
/// When the file can't be opened, read or written; what was written of it by then is cut off again.
pub fn append(
    path: &Path,
    known: &Mark,
    lines: impl FnOnce(&[u8]) -> Vec<u8>,
) -> Result<Appended, Error> {
    let write = || {
        let mut file = open_locked(path)?;
        let mut end = End::of(&mut file, known)?;
        let others = end.bytes[end.known..].to_vec();
        let mut new = lines(&others);
        if !new.is_empty() {
            let len = end.start + end.bytes.len() as u64;
            if end.bytes.last().is_some_and(|&last| last != b'\n') {
                new.insert(0, b'\n');
            }
            write_or_cut_back(&mut file, &new, len)?;
            if len == 0 {
                System.sync_folder(make_folder_of(path)?)?;
            }
            end.bytes.extend(new);
        }
        Ok(Appended {
            mark: Mark::after(end.start, &end.bytes),
            others,
            anew: end.anew,
        })
    };
    write().map_err(Error::writing(path))
}

/// The first `bytes` bytes of a long file, read by as many threads as the machine runs at once: most of the time goes into
/// finding room in the memory. Nothing where it is shorter than that, or than it is worth.
fn read_at_once(file: &File, bytes: usize) -> Vec<u8> {
    use std::os::unix::fs::FileExt;
    /// Below this a thread costs more than it saves.
    const WORTH_A_THREAD: usize = 4 << 20;
    if bytes < 2 * WORTH_A_THREAD {
        return Vec::with_capacity(bytes);
    }
    let mut content = vec![0; bytes];
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = bytes.div_ceil(threads).max(WORTH_A_THREAD);
    let parts = content.chunks_mut(share).zip((0u64..).step_by(share));
    let whole = std::thread::scope(|scope| {
        let threads: Vec<_> = parts
            .map(|(part, at)| scope.spawn(move || file.read_exact_at(part, at).is_ok()))
            .collect();
        let mut read = threads.into_iter().map(std::thread::ScopedJoinHandle::join);
        read.all(|read| read.unwrap_or(false))
    });
    if whole { content } else { Vec::new() }
}

/// What has come since `known` to the file at `path`; `None` where there is no file, as for a moment when it is put
/// elsewhere: what is known of it is still known.
///
/// # Errors
/// When it can't be opened or read.
pub fn look(path: &Path, known: &Mark) -> Result<Option<Appended>, Error> {
    let look = || {
        let mut file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            opened => opened?,
        };
        // As in reading it.
        let _ = file.lock_shared();
        let end = End::of(&mut file, known)?;
        Ok(Some(Appended {
            mark: Mark::after(end.start, &end.bytes),
            others: end.bytes[end.known..].to_vec(),
            anew: end.anew,
        }))
    };
    look().map_err(Error::reading(path))
}

impl Mark {
    /// The mark behind `bytes`, which stand in the file from byte `start` on: all of it, or [`TAIL`] bytes at least.
    fn after(start: u64, bytes: &[u8]) -> Mark {
        Mark {
            len: start + bytes.len() as u64,
            tail: Sha256::digest(&bytes[bytes.len().saturating_sub(TAIL)..]).into(),
        }
    }
}

/// The end of a file: the tail of what is known, and what follows it.
struct End {
    /// Where it begins in the file, in bytes.
    start: u64,
    /// From there to the end of the file.
    bytes: Vec<u8>,
    /// How many of these bytes are known.
    known: usize,
    /// Nothing is, although something should be.
    anew: bool,
}

impl End {
    fn of(file: &mut File, mark: &Mark) -> io::Result<End> {
        let start = mark.len.saturating_sub(TAIL as u64);
        let known = usize::try_from(mark.len - start).unwrap_or(TAIL);
        let bytes = read_from(file, start)?;
        if mark.len == 0 || bytes.len() >= known && Mark::after(start, &bytes[..known]) == *mark {
            return Ok(End {
                start,
                bytes,
                known,
                anew: false,
            });
        }
        Ok(End {
            start: 0,
            bytes: read_from(file, 0)?,
            known: 0,
            anew: true,
        })
    }
}

fn read_from(file: &mut File, start: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(start))?;
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens the file at `path` for reading and appending, makes it where it is missing, and locks it.
fn open_locked(path: &Path) -> io::Result<File> {
    /// How often the file may be replaced while its lock is waited for.
    const PATIENCE: usize = 16;
    make_folder_of(path)?;
    let mut options = OpenOptions::new();
    private(options.read(true).append(true).create(true));
    for _ in 0..PATIENCE {
        let file = options.open(path)?;
        match file.lock() {
            // Some network folders know no locks; a note that is not kept is worse than two readers' lines at odds.
            Err(error) if error.kind() == io::ErrorKind::Unsupported => return Ok(file),
            locked => locked?,
        }
        // Another file may have been put in this one's place before the lock was had: a line in the old one is lost.
        if still_at(&file, path) {
            return Ok(file);
        }
    }
    Err(io::ErrorKind::ResourceBusy.into())
}

fn still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let inode = |m: fs::Metadata| (m.dev(), m.ino());
    match (file.metadata(), fs::metadata(path)) {
        (Ok(held), Ok(there)) => inode(held) == inode(there),
        _ => false,
    }
}

/// Writes `new` at the end of `file`, `len` bytes long, and waits for the disk; cuts it back to `len` on an error.
fn write_or_cut_back(file: &mut impl Disk, new: &[u8], len: u64) -> io::Result<()> {
    let written = file.write_all(new).and_then(|()| file.sync());
    if written.is_err() {
        // The first error is the one to tell. Should this fail too, half a line stays, and the next append ends it.
        let _ = file.cut(len).and_then(|()| file.sync());
    }
    written
}

#[cfg(test)]
mod tests {
    use super::super::system::faulty::{Fault, Faulty};
    use super::*;

    /// Appends `line` to what is known by `mark`; gives what others had added, and whether the file was another.
    fn add(path: &Path, mark: &mut Mark, line: &str) -> (String, bool) {
        let appended = append(path, mark, |_| line.into()).unwrap();
        *mark = appended.mark;
        (String::from_utf8(appended.others).unwrap(), appended.anew)
    }

    #[test]
    fn two_readers_see_what_the_other_added() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tief/notes.jsonl");
        let (mut a, mut b) = (Mark::default(), Mark::default());
        assert_eq!(add(&path, &mut a, "a1\n"), (String::new(), false));
        assert_eq!(add(&path, &mut b, "b1\n"), ("a1\n".into(), false));
        assert_eq!(add(&path, &mut a, "a2\n"), ("b1\n".into(), false));
        assert_eq!(add(&path, &mut b, ""), ("a2\n".into(), false));
        assert_eq!(add(&path, &mut b, ""), (String::new(), false));
        assert_eq!(read_marked(&path).unwrap(), (b"a1\nb1\na2\n".to_vec(), b));
    }

    #[test]
    fn a_torn_last_line_is_ended_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.jsonl");
        fs::write(&path, "whole\nto").unwrap();
        let (_, mut mark) = read_marked(&path).unwrap();
        assert_eq!(add(&path, &mut mark, "new\n"), (String::new(), false));
        assert_eq!(fs::read_to_string(&path).unwrap(), "whole\nto\nnew\n");
    }

    #[test]
    fn another_file_in_its_place_is_noticed_and_read_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.jsonl");
        let mut mark = Mark::default();
        add(&path, &mut mark, &"x".repeat(5000));
        add(&path, &mut mark, "\nmine\n");
        fs::remove_file(&path).unwrap();
        assert_eq!(add(&path, &mut mark, "again\n"), (String::new(), true));
        fs::write(&path, "another, and longer than before\n").unwrap();
        assert_eq!(
            add(&path, &mut mark, "third\n"),
            ("another, and longer than before\n".into(), true)
        );
    }

    #[test]
    fn a_long_file_is_read_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.jsonl");
        let content: Vec<u8> = (0u32..3_000_000).flat_map(u32::to_le_bytes).collect();
        fs::write(&path, &content).unwrap();
        assert!(read_marked(&path).unwrap().0 == content);
        let file = File::open(&path).unwrap();
        assert!(read_at_once(&file, content.len() + 1).is_empty());
    }

    #[test]
    fn a_look_finds_what_others_added_and_makes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.jsonl");
        assert_eq!(look(&path, &Mark::default()).unwrap(), None);
        assert!(!path.exists());
        let (mut a, mut b) = (Mark::default(), Mark::default());
        add(&path, &mut a, "a1\n");
        let found = look(&path, &b).unwrap().unwrap();
        assert_eq!((found.others.as_slice(), found.anew), (&b"a1\n"[..], false));
        b = found.mark;
        assert_eq!(look(&path, &b).unwrap().unwrap().others, b"");
        fs::write(&path, "x\n").unwrap();
        let found = look(&path, &b).unwrap().unwrap();
        assert_eq!((found.others.as_slice(), found.anew), (&b"x\n"[..], true));
        assert!(look(folder.path(), &b).is_err());
    }

    #[test]
    fn a_full_disk_is_told_though_nothing_can_be_cut_back_there() {
        let mut full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let told = write_or_cut_back(&mut full, b"a line\n", 0).unwrap_err();
        assert_eq!(told.kind(), io::ErrorKind::StorageFull);
    }

    #[test]
    fn a_look_that_fails_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.jsonl");
        fs::write(&path, "").unwrap();
        assert!(look(&path.join("darin"), &Mark::default()).is_err());
    }

    #[test]
    fn a_line_goes_into_the_file_that_is_there_when_the_lock_is_had() {
        let folder = tempfile::tempdir().unwrap();
        let path = &folder.path().join("notes.jsonl");
        fs::write(path, "old\n").unwrap();
        let held = File::open(path).unwrap();
        held.lock().unwrap();
        std::thread::scope(|scope| {
            let adding = scope.spawn(move || add(path, &mut Mark::default(), "mine\n"));
            std::thread::sleep(std::time::Duration::from_millis(100));
            let new = folder.path().join("new");
            fs::write(&new, "synchronised\n").unwrap();
            fs::rename(&new, path).unwrap();
            drop(held);
            assert_eq!(adding.join().unwrap(), ("synchronised\n".into(), false));
        });
        assert_eq!(fs::read(path).unwrap(), b"synchronised\nmine\n");
    }

    #[test]
    fn a_copy_in_its_place_is_the_same_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.jsonl");
        let mut mark = Mark::default();
        add(&path, &mut mark, "mine\n");
        fs::remove_file(&path).unwrap();
        fs::write(&path, "mine\nsynchronised\n").unwrap();
        assert_eq!(add(&path, &mut mark, ""), ("synchronised\n".into(), false));
    }

    #[test]
    fn a_folder_or_a_read_only_file_is_told_and_nothing_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let error = append(folder.path(), &Mark::default(), |_| b"x\n".to_vec()).unwrap_err();
        assert_eq!(error.doing, crate::files::Doing::Write);
        let (content, mark) = read_marked(&folder.path().join("none")).unwrap();
        assert_eq!((content.len(), mark.len), (0, 0));
    }

    #[test]
    fn threads_that_append_at_once_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = &folder.path().join("notes.jsonl");
        std::thread::scope(|scope| {
            for name in ["a", "b", "c"] {
                scope.spawn(move || {
                    let mut mark = Mark::default();
                    for i in 0..40 {
                        add(path, &mut mark, &format!("{name}{i}\n"));
                    }
                });
            }
        });
        let content = fs::read_to_string(path).unwrap();
        for name in ["a", "b", "c"] {
            let lines: Vec<_> = content.lines().filter(|l| l.starts_with(name)).collect();
            let expected: Vec<_> = (0..40).map(|i| format!("{name}{i}")).collect();
            assert_eq!(lines, expected);
        }
    }

    #[test]
    fn whatever_fails_the_file_is_the_old_or_the_new() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.jsonl");
        let (old, new) = (b"old\n", b"a new line\n");
        let mut failed = 0;
        for fault in Fault::all() {
            fs::write(&path, old).unwrap();
            let file = OpenOptions::new().append(true).open(&path).unwrap();
            let written =
                write_or_cut_back(&mut Faulty(file, fault.clone()), new, old.len() as u64);
            let there = fs::read(&path).unwrap();
            let whole = [&old[..], new].concat();
            let expected = if written.is_ok() { &whole[..] } else { old };
            assert_eq!(there, expected, "{fault:?}");
            failed += usize::from(written.is_err());
        }
        assert_eq!(
            failed, 15,
            "the write, short or not at all, and the sync, with each error"
        );
    }

    #[test]
    fn where_it_can_not_even_be_cut_back_half_a_line_stays_and_costs_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.jsonl");
        fs::write(&path, "old\n").unwrap();
        let (_, mut mark) = read_marked(&path).unwrap();
        fs::write(&path, "old\na ne").unwrap();
        assert_eq!(
            add(&path, &mut mark, "a new line\n"),
            ("a ne".into(), false)
        );
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            "old\na ne\na new line\n"
        );
    }
}
