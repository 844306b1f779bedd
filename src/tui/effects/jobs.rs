//! What takes time and needs no order: each on a thread of its own, answered over the loop's channel.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use crate::app::chooser::Summary;
use crate::app::{Loaded, Message};
use crate::interview::Interview;
use crate::lang::{Lang, Tell};
use crate::parallels::between::{Two, compare};
use crate::parallels::judge::{self, Judge, Leash, Opinion};
use crate::parallels::themes::themes;
use crate::parallels::{Alignment, Curated, Judgement, Terms};
use crate::text::visible::visible_line;
use crate::tui::Event;
use crate::{files, transcript};

/// How much of a long file is shown while the rest of it is read, in bytes.
const HEAD: usize = 16 * 1024;

/// How long a survey of many files keeps to itself what it has found.
const OFTEN: Duration = Duration::from_millis(50);

/// Reads an interview, its head first if it is long.
pub fn load(sender: &Sender<Event>, index: usize, path: PathBuf, generation: u64, lang: Lang) {
    let answer = move |result| {
        Message::Loaded(Loaded {
            index,
            generation,
            result,
        })
    };
    let failed = move |said| answer(Err(said));
    spawn(sender, failed, move |tell| {
        let result = read(&path, |head| tell(answer(Ok(Arc::new(head)))));
        tell(answer(
            result.map(Arc::new).map_err(|error| error.tell(lang)),
        ));
    });
}

/// Reads the interview at `path`; hands its head to `early` first, where it is long.
fn read(path: &Path, early: impl FnOnce(Interview)) -> Result<Interview, transcript::Error> {
    // What a pipe has given it doesn't give again.
    if !path.is_file() {
        return transcript::open(path);
    }
    let (raw, whole) = files::read_head(path, HEAD)?;
    if whole {
        return transcript::read(raw, Some(path));
    }
    // What the head can't tell, such as that the file is binary after all, the whole will.
    if let Ok(Some(head)) = transcript::read_head(&raw, Some(path)) {
        early(head);
    }
    transcript::open(path)
}

/// Looks through many files, and keeps of each only what a list says of it.
pub fn survey(sender: &Sender<Event>, paths: Vec<(usize, PathBuf)>, lang: Lang) {
    let summary = move |index: usize, path: &Path| {
        let read = read_whole(path, lang);
        (index, read.map(|interview| Summary::of(&interview)))
    };
    through(sender, paths, summary, Message::Surveyed);
}

/// Reads many interviews that no column waits for.
pub fn gather(sender: &Sender<Event>, paths: Vec<(usize, PathBuf)>, lang: Lang) {
    let loaded = move |index: usize, path: &Path| Loaded {
        index,
        generation: 1,
        result: read_whole(path, lang).map(Arc::new),
    };
    through(sender, paths, loaded, Message::Gathered);
}

/// Reads one of many files: that no reader of formats is up to one is no reason to give up the others.
fn read_whole(path: &Path, lang: Lang) -> Result<Interview, String> {
    caught(|| transcript::open(path).map_err(|error| error.tell(lang))).and_then(|read| read)
}

/// Goes through many files, on as many threads as the machine runs at once, and answers a few times a second.
fn through<T: 'static>(
    sender: &Sender<Event>,
    paths: Vec<(usize, PathBuf)>,
    make: impl Fn(usize, &Path) -> T + Send + Copy + 'static,
    answer: fn(Vec<T>) -> Message,
) {
    let (paths, next) = (Arc::new(paths), Arc::new(AtomicUsize::new(0)));
    for _ in 0..thread::available_parallelism()
        .map_or(1, usize::from)
        .min(paths.len())
    {
        let (paths, next) = (Arc::clone(&paths), Arc::clone(&next));
        spawn(sender, Message::Failed, move |tell| {
            let (mut found, mut told) = (Vec::new(), Instant::now());
            while let Some((index, path)) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                found.push(make(*index, path));
                if told.elapsed() >= OFTEN {
                    told = Instant::now();
                    tell(answer(std::mem::take(&mut found)));
                }
            }
            tell(answer(found));
        });
    }
}

/// Compares interviews by two, as far as they are not yet, and finds what hangs together across all of them.
pub fn group(sender: &Sender<Event>, mut twos: Vec<Two>, curated: bool, generation: u64) {
    spawn(sender, Message::Failed, move |tell| {
        compare(&mut twos, &edition(curated));
        let themes = themes(twos.iter().filter_map(|two| two.between.as_deref()));
        tell(Message::Grouped {
            generation,
            twos,
            themes,
        });
    });
}

/// The editor's pairs, where they count.
fn edition(curated: bool) -> Curated {
    match curated {
        true => Curated::shipped(),
        false => Curated::default(),
    }
}

/// Finds the parallels of two interviews, with what was said of them: whether the editor's pairs count, the reader's, and a
/// judge's.
pub fn align(
    sender: &Sender<Event>,
    interviews: [Arc<Interview>; 2],
    (curated, judgements, opinion): (bool, Vec<Judgement>, Option<Arc<Opinion>>),
    generation: u64,
) {
    spawn(sender, Message::Failed, move |tell| {
        let [left, right] = &interviews;
        let (ours, theirs) = (Terms::new(left), Terms::new(right));
        let curated = edition(curated);
        let alignment = Alignment::new(left, &ours, right, &theirs, &curated, &judgements);
        let alignment = match opinion {
            Some(opinion) => alignment.judged(opinion),
            None => alignment,
        };
        tell(Message::Aligned {
            generation,
            alignment: Arc::new(alignment),
        });
    });
}

/// Asks a judge about two interviews; `leash` stops it.
pub fn judge(
    sender: &Sender<Event>,
    judge: Judge,
    interviews: [Arc<Interview>; 2],
    generation: u64,
    leash: Leash,
    lang: Lang,
) {
    spawn(sender, Message::Failed, move |tell| {
        let [left, right] = &interviews;
        let heard = judge::ask(&judge, [left, right], &leash);
        tell(Message::Judged {
            generation,
            result: heard.map(Arc::new).map_err(|error| error.tell(lang)),
        });
    });
}

/// Runs `job` on a thread of its own. If it breaks down, `failed` makes a message of what it says then.
fn spawn(
    sender: &Sender<Event>,
    failed: impl FnOnce(String) -> Message + Send + Clone + 'static,
    job: impl FnOnce(&dyn Fn(Message)) + Send + 'static,
) {
    let (answers, otherwise) = (sender.clone(), failed.clone());
    let spawned = thread::Builder::new()
        .name("job".to_owned())
        .spawn(move || {
            // When the loop is gone, nobody wants the answer.
            let tell = |message| drop(answers.send(Event::Answer(message)));
            if let Err(said) = caught(|| job(&tell)) {
                tell(failed(said));
            }
        });
    if let Err(error) = spawned {
        let said = otherwise(visible_line(&error.to_string()));
        let _ = sender.send(Event::Answer(said));
    }
}

/// What `job` gives, or what its panic says.
pub fn caught<T>(job: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(job)).map_err(|payload| {
        let payload: &dyn Any = &*payload;
        let said = payload
            .downcast_ref::<&str>()
            .copied()
            .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
            .unwrap_or("a job broke down");
        visible_line(said)
    })
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn a_job_that_breaks_down_says_so() {
        let (sender, events) = channel();
        spawn(&sender, Message::Failed, |_| panic!("so nicht"));
        let event = events.recv().unwrap();
        assert!(matches!(event, Event::Answer(Message::Failed(said)) if said == "so nicht"));
    }

    #[test]
    fn a_file_that_is_not_there_is_an_answer_too() {
        let (sender, events) = channel();
        load(&sender, 1, "/gibt/es/nicht.txt".into(), 7, Lang::English);
        let Event::Answer(Message::Loaded(loaded)) = events.recv().unwrap() else {
            panic!("another message");
        };
        assert_eq!((loaded.index, loaded.generation), (1, 7));
        assert!(
            loaded
                .result
                .unwrap_err()
                .starts_with("/gibt/es/nicht.txt: ")
        );
    }

    #[test]
    fn of_a_long_file_the_head_comes_first() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lang.txt");
        std::fs::write(
            &path,
            "Und dann? Erzählen Sie.\n\nDann kam der Regen.\n\n".repeat(8000),
        )
        .unwrap();
        let mut partial = None;
        let whole = read(&path, |head| partial = Some(head)).unwrap();
        let head = partial.unwrap();
        assert!(head.partial && !whole.partial);
        assert!(whole.text.starts_with(&head.text) && head.text.len() < whole.text.len());
    }
}
