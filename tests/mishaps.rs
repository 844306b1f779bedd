//! What goes wrong while one reads: disks that fail, answers that come late, files that have changed meanwhile. No disk
//! and no terminal here: effects are looked at, and answered as they may be answered.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position as Cell, Rect, Size};
use synopse::app::annotate::Annotations;
use synopse::app::editor::Draftiness;
use synopse::app::{
    App, Effect, Entry, Errand, Job, Loaded, Message, Moment, Mouse, Overlay, Setup, Side,
};
use synopse::files::{Appended, Mark};
use synopse::interview::Interview;
use synopse::notes::draft::Draft;
use synopse::notes::{Book, Id, Motivation, Note, Store, Target};
use synopse::parallels::{Alignment, Curated, Terms};
use synopse::session::{Position, Session};
use synopse::transcript;
use synopse::tui::draw::paint;
use synopse::tui::theme::{Colours, Terminal, Theme};

const FIRST: &str = "Wie geht es Ihnen heute?\n\nGut, danke der Nachfrage.\n\nUnd was lesen Sie gerade?\n\nEinen Roman.\n\n\
    Wovon handelt er?\n\nVon einer Reise.";
const SECOND: &str =
    "Was lesen Sie gern?\n\nRomane, am liebsten lange.\n\nWohin reisen Sie?\n\nNach Norden.";

struct Reader {
    app: App,
    sent: u128,
    elapsed: Duration,
}

/// An interview of this text, as if read from a file of this name.
fn interview(name: &str, text: &str) -> Arc<Interview> {
    let path = PathBuf::from(format!("/texte/{name}.txt"));
    let mut interview = transcript::read(text.as_bytes(), Some(&path)).unwrap();
    interview.identity.path = Some(path);
    Arc::new(interview)
}

fn entry(interview: &Arc<Interview>) -> Entry {
    let path = interview.identity.path.clone();
    Entry::read(interview.name.clone(), path, Arc::clone(interview))
}

fn position(interview: &Interview, exchange: usize) -> Position {
    Position {
        interview: synopse::session::key(interview),
        paragraph: 2 * exchange,
        byte: 0,
        exchange: Some(exchange),
    }
}

fn start(
    library: Vec<Entry>,
    session: Option<Session>,
    drafts: Vec<Draft>,
) -> (Reader, Vec<Effect>) {
    let book = Book::new::<Interview>(Store::default(), &[]);
    let (app, effects) = App::new(Setup {
        size: Size::new(120, 30),
        library,
        session,
        annotations: Annotations::new(book, Mark::default(), drafts),
        ..Setup::default()
    });
    let (sent, elapsed) = (0, Duration::ZERO);
    (Reader { app, sent, elapsed }, effects)
}

/// A reader of both interviews.
fn reader() -> Reader {
    let library = vec![
        entry(&interview("eins", FIRST)),
        entry(&interview("zwei", SECOND)),
    ];
    let (mut reader, effects) = start(library, None, Vec::new());
    reader.align(&effects);
    reader
}

impl Reader {
    fn send(&mut self, message: Message) -> Vec<Effect> {
        self.sent += 1;
        let moment = Moment {
            elapsed: self.elapsed,
            time: jiff::Timestamp::from_second(1_780_000_000).unwrap(),
            id: uuid::Uuid::from_u128(self.sent),
        };
        self.app.update(message, moment)
    }

    /// Types keys as the table writes them; gives the effects of all.
    fn keys(&mut self, keys: &str) -> Vec<Effect> {
        let keys = keys.split(' ').map(|key| key.parse().unwrap());
        keys.flat_map(|key| self.send(Message::Key(key))).collect()
    }

    /// Lets the time come that was asked for.
    fn wait(&mut self) -> Vec<Effect> {
        self.elapsed = self.app.deadline().unwrap();
        self.send(Message::Deadline)
    }

    fn saved(&mut self, count: usize, works: bool) -> Vec<Effect> {
        let appended = Appended {
            mark: Mark::default(),
            others: Vec::new(),
            anew: false,
        };
        let result = works.then_some(appended).ok_or_else(|| "kaputt".to_owned());
        self.send(Message::Saved { count, result })
    }

    fn drafted(&mut self, effects: &[Effect], works: bool) {
        let id = drafts(effects)[0].id.clone();
        let result = works.then_some(()).ok_or_else(|| "kaputt".to_owned());
        self.send(Message::Drafted { id, result });
    }

    /// Answers what was asked about parallels; gives what the reader had said of them.
    fn align(&mut self, effects: &[Effect]) -> Option<usize> {
        let asked = effects.iter().rev().find_map(|effect| match effect {
            Effect::Begin(Job::Align {
                interviews,
                judgements,
                generation,
                ..
            }) => Some((interviews.clone(), judgements.clone(), *generation)),
            _ => None,
        });
        let ([left, right], judgements, generation) = asked?;
        let terms = [Terms::new(&left), Terms::new(&right)];
        let curated = Curated::default();
        let alignment = Alignment::new(&left, &terms[0], &right, &terms[1], &curated, &judgements);
        let alignment = Arc::new(alignment);
        self.send(Message::Aligned {
            generation,
            alignment,
        });
        Some(judgements.len())
    }

    /// Answers the requests to read interview 0 with `text`, or with a failure.
    fn loaded(
        &mut self,
        effects: &[Effect],
        result: Result<Arc<Interview>, String>,
    ) -> Vec<Effect> {
        let asked = effects.iter().find_map(|effect| match effect {
            Effect::Begin(Job::Load {
                index: 0,
                generation,
                ..
            }) => Some(*generation),
            _ => None,
        });
        self.send(Message::Loaded(Loaded {
            index: 0,
            generation: asked.unwrap(),
            result,
        }))
    }

    fn notes(&self) -> Vec<Note> {
        let notes = self.app.annotations.book.notes();
        notes.map(|placed| placed.note.clone()).collect()
    }
}

/// How many versions each append is to write.
fn appends(effects: &[Effect]) -> Vec<usize> {
    let count = |effect: &Effect| match effect {
        Effect::Write(Errand::Append { count, .. }) => Some(*count),
        _ => None,
    };
    effects.iter().filter_map(count).collect()
}

/// The drafts to be kept.
fn drafts(effects: &[Effect]) -> Vec<&Note> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Write(Errand::SaveDraft(draft)) => Some(&draft.note),
            _ => None,
        })
        .collect()
}

/// The drafts to be forgotten.
fn dropped(effects: &[Effect]) -> Vec<&Id> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Write(Errand::DropDraft(note)) => Some(&note.id),
            _ => None,
        })
        .collect()
}

#[test]
fn a_highlight_that_is_only_looked_at_stays_one() {
    let mut reader = reader();
    reader.keys("v x e Esc");
    assert_eq!(reader.notes()[0].motivation(), &Motivation::Highlighting);
    reader.keys("e a Backspace Esc");
    assert_eq!(reader.notes()[0].motivation(), &Motivation::Highlighting);
    reader.keys("e a Esc");
    assert_eq!(
        (reader.notes()[0].motivation(), reader.notes()[0].text()),
        (&Motivation::Commenting, "a")
    );
    reader.keys("e Backspace Esc");
    assert!(reader.notes().is_empty(), "what says nothing more is none");
}

#[test]
fn what_came_while_an_append_was_failing_is_tried_too() {
    let mut reader = reader();
    assert_eq!(appends(&reader.keys("x")), [1]);
    assert!(appends(&reader.keys("m")).is_empty(), "one at a time");
    assert!(appends(&reader.send(Message::Terminate)).is_empty());
    assert_eq!(appends(&reader.saved(1, false)), [2]);
    assert!(
        appends(&reader.saved(2, false)).is_empty(),
        "and then later"
    );
    assert_eq!(appends(&reader.wait()), [2]);
}

#[test]
fn a_look_and_an_append_are_never_under_way_at_once() {
    let looks = |effects: &[Effect]| {
        let look = |effect: &&Effect| matches!(effect, Effect::Write(Errand::Look { .. }));
        effects.iter().filter(look).count()
    };
    let mut reader = reader();
    assert_eq!(looks(&reader.send(Message::Touched)), 1);
    assert!(appends(&reader.keys("x")).is_empty());
    assert_eq!(looks(&reader.send(Message::Touched)), 0);
    assert_eq!(appends(&reader.send(Message::Looked(None))), [1]);
    assert_eq!(looks(&reader.send(Message::Touched)), 0);
    assert_eq!(looks(&reader.saved(1, true)), 1);
    assert!(appends(&reader.send(Message::Terminate)).is_empty());
    reader.keys("m");
    assert_eq!(
        appends(&reader.send(Message::Looked(None))),
        [1],
        "also when nobody looks any more"
    );
}

#[test]
fn a_draft_goes_only_when_its_note_is_on_the_disk() {
    let mut reader = reader();
    reader.keys("c a b");
    assert_eq!(drafts(&reader.wait())[0].text(), "ab");
    let closed = reader.keys("Esc");
    assert_eq!((appends(&closed), dropped(&closed).len()), (vec![1], 0));
    assert!(dropped(&reader.send(Message::Terminate)).is_empty());
    assert!(dropped(&reader.saved(1, false)).is_empty());
    reader.wait();
    assert_eq!(dropped(&reader.saved(1, true)).len(), 1);
}

#[test]
fn the_draft_of_a_note_opened_again_outlives_the_saving_of_its_earlier_version() {
    let mut reader = reader();
    reader.keys("c a Esc e b");
    assert_eq!(drafts(&reader.wait())[0].text(), "ab");
    assert!(dropped(&reader.saved(1, true)).is_empty());
    reader.keys("Esc");
    assert_eq!(dropped(&reader.saved(1, true)).len(), 1);
}

#[test]
fn a_reader_that_is_suspended_keeps_the_draft_first() {
    let mut reader = reader();
    let effects = reader.keys("c a Ctrl-z");
    assert!(matches!(
        &effects[..],
        [Effect::Write(Errand::SaveDraft(_)), Effect::Suspend]
    ));
}

#[test]
fn what_can_be_kept_as_no_draft_is_kept_as_a_note_at_the_end() {
    let mut reader = reader();
    reader.keys("c a");
    let effects = reader.wait();
    reader.drafted(&effects, false);
    let ended = reader.send(Message::Terminate);
    assert_eq!((appends(&ended), reader.notes()[0].text()), (vec![1], "a"));
}

#[test]
fn the_answer_about_one_draft_says_nothing_of_another() {
    let mut reader = reader();
    reader.keys("c a");
    let first = reader.wait();
    reader.keys("Esc J c b");
    let second = reader.wait();
    let state = |reader: &Reader| match &reader.app.overlay {
        Some(Overlay::Editor(editor)) => editor.state.clone(),
        other => panic!("{other:?}"),
    };
    reader.drafted(&first, true);
    assert_eq!(state(&reader), Draftiness::Typing);
    reader.drafted(&second, true);
    assert_eq!(state(&reader), Draftiness::Kept);
}

#[test]
fn a_draft_that_says_what_is_kept_is_none_and_another_is_offered() {
    let on = interview("eins", FIRST);
    let mut kept = Note::new(
        uuid::Uuid::from_u128(7),
        jiff::Timestamp::UNIX_EPOCH,
        Motivation::Commenting,
        "da",
        vec![Target::exchange(&on, 0).unwrap()],
    );
    let mut line =
        synopse::notes::w3c::write(&synopse::notes::w3c::Line::Note(Box::new(kept.clone())));
    line.push(b'\n');
    let offered = |draft: Note| {
        let book = Book::new::<Interview>(Store::load(&line).0, &[]);
        let annotations = Annotations::new(book, Mark::default(), vec![Draft { note: draft }]);
        let library = vec![entry(&on)];
        let (app, _) = App::new(Setup {
            library,
            annotations,
            ..Setup::default()
        });
        matches!(app.overlay, Some(Overlay::Editor(_)))
    };
    kept.set_text("da", jiff::Timestamp::from_second(9).unwrap());
    assert!(
        !offered(kept.clone()),
        "it was closed in the moment of the crash"
    );
    kept.set_text("da und dort", jiff::Timestamp::from_second(9).unwrap());
    assert!(offered(kept));
}

#[test]
fn undo_and_redo_of_a_link_are_seen_in_the_parallels() {
    let mut reader = reader();
    for (key, links) in [("+", 1), ("u", 0), ("Ctrl-r", 1), ("+", 0)] {
        let effects = reader.keys(key);
        assert_eq!(reader.align(&effects), Some(links), "{key}");
    }
    let effects = reader.keys("x");
    assert_eq!(
        reader.align(&effects),
        None,
        "a highlight says nothing of parallels"
    );
}

#[test]
fn a_file_that_has_shrunk_leaves_no_place_that_is_not_there() {
    let mut reader = reader();
    let asked = reader.keys("J J / r Enter G v w w Esc R");
    let effects = reader.loaded(
        &asked,
        Ok(interview("eins", "Wie geht es Ihnen heute?\n\nGut.")),
    );
    reader.align(&effects);
    for key in "y Y c Esc e Esc n N p P + - H H H y v o y L J K v . y G g".split(' ') {
        let effects = reader.keys(key);
        reader.align(&effects);
        let column = reader.app.column(Side::Left);
        assert!(column.current.is_none_or(|exchange| exchange == 0), "{key}");
    }
}

#[test]
fn a_file_read_again_leaves_both_columns_where_they_were() {
    let mut reader = reader();
    reader.keys("J s l G h s");
    let tops = |reader: &Reader| Side::BOTH.map(|side| reader.app.column(side).top);
    reader.keys("l g h");
    let before = tops(&reader);
    let asked = reader.keys("R");
    let effects = reader.loaded(&asked, Ok(interview("eins", FIRST)));
    reader.align(&effects);
    assert_eq!(tops(&reader), before);
}

#[test]
fn the_interviews_stand_where_they_stood_the_last_time() {
    let [one, two, three] =
        ["eins", "zwei", "drei"].map(|name| interview(name, &format!("{FIRST}\n\n{name}.")));
    let library = || {
        let path = three.identity.path.clone().unwrap();
        vec![entry(&one), entry(&two), Entry::unread("drei".into(), path)]
    };
    let session = |columns| {
        Some(Session {
            columns,
            focus: "left".into(),
            follow: true,
            ..Session::default()
        })
    };
    let swapped = session([position(&two, 1), position(&one, 99)]);
    let (mut reader, effects) = start(library(), swapped, Vec::new());
    let aligned = effects.iter().any(|effect| {
        matches!(effect, Effect::Begin(Job::Align { interviews, .. }) if interviews[0].name == "zwei" && interviews[1].name == "eins")
    });
    assert!(aligned, "parallels are those of what stands there");
    reader.align(&effects);
    let current = Side::BOTH.map(|side| reader.app.column(side).current);
    assert_eq!(current[0], Some(1));
    assert!(current[1].is_some_and(|exchange| exchange < one.exchanges.len()));
    let (_, effects) = start(
        library(),
        session([position(&three, 1), position(&one, 0)]),
        Vec::new(),
    );
    let asked: Vec<usize> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Begin(Job::Load { index, .. }) => Some(*index),
            _ => None,
        })
        .collect();
    assert_eq!(asked, [2], "it is read");
}

#[test]
fn a_file_that_cannot_be_read_keeps_nothing_waiting() {
    let path = PathBuf::from("/texte/eins.txt");
    let unread = Entry::unread("eins".into(), path);
    let on = interview("zwei", SECOND);
    let target = Target::exchange(&on, 0).unwrap();
    let note = Note::new(
        uuid::Uuid::from_u128(7),
        jiff::Timestamp::UNIX_EPOCH,
        Motivation::Commenting,
        "halb",
        vec![target],
    );
    let (mut reader, effects) = start(vec![unread, entry(&on)], None, vec![Draft { note }]);
    let mut head = (*interview("eins", FIRST)).clone();
    head.partial = true;
    reader.loaded(&effects, Ok(Arc::new(head)));
    assert!(reader.app.overlay.is_none());
    reader.loaded(&effects, Err("eins.txt: kaputt".into()));
    assert!(
        matches!(reader.app.overlay, Some(Overlay::Editor(_))),
        "the draft is offered"
    );
    reader.keys("Esc");
    reader.saved(1, true);
    reader.app.focus = Side::Left.into();
    reader.keys("c");
    assert_eq!(reader.app.notice.unwrap().text, "eins.txt: kaputt");
}

/// What may happen next.
#[derive(Clone, Debug)]
enum Doing {
    Key(String),
    /// An answer to the append that is under way, and whether it worked.
    Saved(bool),
    /// An answer to the oldest draft that is being written.
    Drafted(bool),
    /// The parallels asked for last are found.
    Aligned,
    /// A file that is being read has this text by now; nothing stands for one that can't be read.
    Loaded(Option<&'static str>),
    Wheel(u16, u16),
    Resize(u16, u16),
    Wait,
}

fn anything() -> impl Strategy<Value = Doing> {
    let bindings = synopse::app::keymap::BINDINGS.iter();
    let keys = bindings
        .flat_map(|b| b.all_keys())
        .map(|key| key.to_string());
    let mut keys: Vec<String> = keys.filter(|key| key != "q").collect();
    // What makes notes and changes texts is worth more tries than the rest.
    for key in ["x", "c", "e", "Esc", "ä", "R", "J", "H", "G", "y"] {
        keys.extend(std::iter::repeat_n(key.to_owned(), 12));
    }
    let texts = [
        Some(FIRST),
        Some(SECOND),
        Some("Nur ein Satz."),
        Some("Was?\n\nDas."),
        None,
    ];
    prop_oneof![
        20 => prop::sample::select(keys).prop_map(Doing::Key),
        3 => any::<bool>().prop_map(Doing::Saved),
        3 => any::<bool>().prop_map(Doing::Drafted),
        2 => Just(Doing::Aligned),
        3 => prop::sample::select(texts.to_vec()).prop_map(Doing::Loaded),
        1 => (0u16..160, 0u16..40).prop_map(|(x, y)| Doing::Wheel(x, y)),
        1 => (10u16..160, 3u16..40).prop_map(|(w, h)| Doing::Resize(w, h)),
        2 => Just(Doing::Wait),
    ]
}

/// A world around the reader in which everything takes its time.
struct World {
    reader: Reader,
    /// What was asked for and is not answered yet, oldest first.
    asked: Vec<Effect>,
    /// The file of notes.
    disk: Vec<u8>,
    /// What could not be appended, as the writing thread keeps account of it.
    aside: Vec<u8>,
    drafts: Vec<Note>,
}

impl World {
    fn send(&mut self, message: Message) {
        let effects = self.reader.send(message);
        for effect in effects {
            match effect {
                Effect::Write(Errand::DropDraft(note)) => {
                    self.drafts.retain(|draft| draft.id != note.id)
                }
                effect => self.asked.push(effect),
            }
        }
    }

    /// Takes the oldest effect that `wanted` knows.
    fn take<T>(&mut self, wanted: impl Fn(&Effect) -> Option<T>) -> Option<T> {
        let place = self
            .asked
            .iter()
            .position(|effect| wanted(effect).is_some())?;
        wanted(&self.asked.remove(place))
    }

    fn saved(&mut self, works: bool) -> bool {
        let append = self.take(|effect| match effect {
            Effect::Write(Errand::Append { lines, count, .. }) => Some((lines.clone(), *count)),
            _ => None,
        });
        let Some((lines, count)) = append else {
            return false;
        };
        let appended = Appended {
            mark: Mark::default(),
            others: Vec::new(),
            anew: false,
        };
        let result = works.then_some(appended).ok_or_else(|| "kaputt".to_owned());
        if works {
            self.disk.extend(lines);
            self.aside.clear();
        } else {
            assert!(lines.starts_with(&self.aside), "all of it is tried again");
            self.aside = lines;
        }
        self.send(Message::Saved { count, result });
        true
    }

    fn drafted(&mut self, works: bool) -> bool {
        let draft = self.take(|effect| match effect {
            Effect::Write(Errand::SaveDraft(draft)) => Some(draft.note.clone()),
            _ => None,
        });
        let Some(note) = draft else { return false };
        let id = note.id.clone();
        let result = works.then_some(()).ok_or_else(|| "kaputt".to_owned());
        if works {
            self.drafts.retain(|draft| draft.id != id);
            self.drafts.push(note);
        }
        self.send(Message::Drafted { id, result });
        true
    }

    fn happen(&mut self, doing: Doing) {
        match doing {
            Doing::Key(key) => self.send(Message::Key(key.parse().unwrap())),
            Doing::Saved(works) => drop(self.saved(works)),
            Doing::Drafted(works) => drop(self.drafted(works)),
            Doing::Aligned => {
                let asked = std::mem::take(&mut self.asked);
                self.reader.align(&asked);
                let rest = asked
                    .into_iter()
                    .filter(|e| !matches!(e, Effect::Begin(Job::Align { .. })));
                self.asked = rest.collect();
            }
            Doing::Loaded(text) => {
                let load = self.take(|effect| match effect {
                    Effect::Begin(Job::Load {
                        index, generation, ..
                    }) => Some((*index, *generation)),
                    _ => None,
                });
                if let Some((index, generation)) = load {
                    let name = ["eins", "zwei"][index];
                    let result = text.map(|text| interview(name, text));
                    let result = result.ok_or_else(|| "kaputt".to_owned());
                    self.send(Message::Loaded(Loaded {
                        index,
                        generation,
                        result,
                    }));
                }
            }
            Doing::Wheel(x, y) => self.send(Message::Mouse(Mouse::WheelDown, Cell { x, y })),
            Doing::Resize(width, height) => self.send(Message::Resize(Size { width, height })),
            Doing::Wait => {
                if let Some(due) = self.reader.app.deadline() {
                    self.reader.elapsed = self.reader.elapsed.max(due);
                    self.send(Message::Deadline);
                }
            }
        }
        let terminal = Terminal {
            colours: Colours::True,
            dark: true,
            unicode: true,
        };
        let mut buffer = Buffer::empty(Rect::from((Cell::ORIGIN, self.reader.app.size)));
        paint(&self.reader.app, &mut buffer, &Theme::new(terminal));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    /// However answers come, files change and disks fail: in the end every note is in the file or beside it, and what
    /// is still being written is a draft, or a note if it can't be one.
    #[test]
    fn nothing_typed_is_lost_and_nothing_breaks(
        doings in prop::collection::vec(anything(), 1..150),
        end in prop::collection::vec(any::<bool>(), 0..6),
    ) {
        let mut world = World {
            reader: reader(),
            asked: Vec::new(),
            disk: Vec::new(),
            aside: Vec::new(),
            drafts: Vec::new(),
        };
        for doing in doings {
            world.happen(doing);
        }
        let typed = match &world.reader.app.overlay {
            Some(Overlay::Editor(editor)) if editor.changed => {
                let note = editor.note(jiff::Timestamp::UNIX_EPOCH);
                let onto = editor.onto.as_ref().map(|onto| onto.notes.clone());
                Some((note, onto))
            }
            _ => None,
        };
        world.send(Message::Terminate);
        let mut end = end.into_iter();
        while world.drafted(true) || world.saved(end.next().unwrap_or(false)) {}
        let mut kept = world.disk.clone();
        kept.extend(&world.aside);
        let (kept, problems) = Store::load(&kept);
        prop_assert!(problems.is_empty());
        let kept: Vec<Note> = kept.notes().into_iter().cloned().collect();
        prop_assert_eq!(&kept, &world.reader.notes());
        if let Some((typed, None)) = &typed {
            let notes = world.drafts.iter().chain(&kept);
            let there = notes.filter(|note| note.id == typed.id).any(|note| note.words() == typed.words());
            prop_assert!(there || typed.words().is_empty(), "{:?} is lost", typed.words());
        }
        if let Some((typed, Some(onto))) = &typed {
            for note in kept.iter().filter(|note| onto.contains(&note.id)) {
                let all = typed.tags().all(|tag| note.tags().any(|given| given == tag));
                prop_assert!(all, "{:?} is lost", typed.words());
            }
        }
    }
}
