//! Anything at all, in any order: keys, answers that come late or say no, files that change.

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position as Cell, Rect, Size};
use synopse::app::{Effect, Errand, Job, Loaded, Message, Mouse, Overlay};
use synopse::files::{Appended, Mark};
use synopse::notes::{Note, Store};
use synopse::tui::draw::paint;
use synopse::tui::theme::{Colours, Terminal, Theme};

use super::reader::{FIRST, Reader, SECOND, interview, reader};

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
