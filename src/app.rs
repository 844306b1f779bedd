//! The reader: its state, and what each message does to it. Nothing here reads, writes, or asks the time.
//!
//! A key's way: `keymap` names the action, `act` passes it to the part that it concerns, [`App::update`] gives back the
//! effects, and [`crate::tui`] draws what has become of it.

mod act;
pub mod annotate;
pub mod board;
pub mod chooser;
pub mod column;
mod drag;
pub mod editor;
pub mod effect;
mod entry;
mod grouping;
pub mod help;
mod highlighting;
pub mod history;
mod judging;
pub mod keymap;
mod library;
pub mod line;
pub mod list;
pub mod map;
pub mod message;
mod motion;
mod mouse;
pub mod naming;
mod noting;
pub mod pairing;
mod passage;
pub mod picker;
pub mod questions;
pub mod screen;
mod seek;
mod shown;
mod structure;
pub mod synopsis;
pub mod tagging;
pub mod wrapped;

use std::cell::LazyCell;
use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use ratatui::layout::Size;

pub use effect::{Effect, Errand, Job};
pub use entry::Entry;
pub use message::{Loaded, Message, Moment, Mouse};

use self::annotate::Annotations;
use self::board::Board;
use self::column::{Column, Foot};
use self::drag::Drag;
use self::editor::Editor;
use self::grouping::Grouping;
use self::help::Help;
use self::history::History;
use self::keymap::{Action, Context, Key};
use self::line::TypedLine;
use self::map::Map;
use self::naming::Naming;
use self::pairing::Pairing;
use self::picker::Picker;
use self::questions::Questions;
use self::screen::Screen;
use self::seek::Seek;
use self::synopsis::Synopsis;
use crate::interview::Interview;
use crate::lang::Lang;
use crate::notes::Id;
pub use crate::parallels::Side;
use crate::parallels::judge::Judge;
use crate::session::Session;

/// Where keys go, unless something lies over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The list of questions.
    Questions,
    /// The line that filters it.
    Filter,
    /// The left column.
    Left,
    /// The right column.
    Right,
}

impl Focus {
    /// The column that has the focus, if one has.
    #[must_use]
    pub fn side(self) -> Option<Side> {
        match self {
            Focus::Left => Some(Side::Left),
            Focus::Right => Some(Side::Right),
            Focus::Questions | Focus::Filter => None,
        }
    }
}

impl From<Side> for Focus {
    fn from(side: Side) -> Focus {
        match side {
            Side::Left => Focus::Left,
            Side::Right => Focus::Right,
        }
    }
}

/// What lies over the panes and takes the keys.
#[derive(Debug)]
pub enum Overlay {
    /// The line that asks what to search for.
    Search(TypedLine),
    /// A list to choose from: actions by name, or interviews.
    Picker(Picker),
    /// The list of all notes.
    Notes(Board),
    /// What is parallel in one row.
    Synopsis(Box<Synopsis>),
    /// The map of parallels.
    Map(Box<Map>),
    /// A note being written.
    Editor(Box<Editor>),
}

/// What the status line says until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// One line.
    pub text: String,
    /// Whether something went wrong.
    pub wrong: bool,
}

/// What the reader begins with.
#[derive(Debug, Default)]
pub struct Setup {
    /// The language of the interface.
    pub lang: Lang,
    /// Looks up the time zone that dates are shown in, when one is; UTC by default.
    pub zone: Option<fn() -> TimeZone>,
    /// The size of the terminal, in cells.
    pub size: Size,
    /// The interviews; the first two stand in the columns.
    pub library: Vec<Entry>,
    /// The notes kept, the drafts left over, and what was wrong with them.
    pub annotations: Annotations,
    /// Where the reader was the last time.
    pub session: Option<Session>,
    /// Whether the editor's parallels of shipped interviews are left out.
    pub no_curated: bool,
    /// Another judge of parallels.
    pub judge: Option<Judge>,
    /// Something to say at the start.
    pub notice: Option<String>,
}

/// The reader.
#[derive(Debug)]
pub struct App {
    /// The language of the interface.
    pub lang: Lang,
    /// The time zone that dates are shown in, looked up with the first of them.
    pub zone: LazyCell<TimeZone>,
    /// The size of the terminal, in cells.
    pub size: Size,
    /// The interviews the program was given.
    pub library: Vec<Entry>,
    /// The two columns.
    pub columns: [Column; 2],
    /// The list of questions.
    pub questions: Questions,
    /// Where keys go.
    pub focus: Focus,
    /// What lies over the panes.
    pub overlay: Option<Overlay>,
    /// The name of a theme that is typed, over what lies over the panes.
    pub naming: Option<Naming>,
    /// The help, over everything else, which waits below it as it was.
    pub help: Option<Help>,
    /// Which exchanges stand opposite, and which column leads.
    pub pairing: Pairing,
    /// Whether the list of questions is by theme, and what the themes are.
    grouping: Grouping,
    /// The reader's notes.
    pub annotations: Annotations,
    /// Whether the times of turns are shown, where the source has them.
    pub times: bool,
    /// What was searched for.
    pub seek: Seek,
    /// What the status line says until the next key.
    pub notice: Option<Notice>,
    history: History,
    arrival: Arrival,
    /// How the list of notes was left.
    board: board::View,
    /// The note without a place that the reader looks for one for.
    homeless: Option<Id>,
    /// The highlight just made, while its kind may still be changed by the key that made it.
    fresh: Option<Id>,
    /// The left button, while it is held.
    drag: Option<Drag>,
}

/// Whether the interviews of the columns are there, and what happened then.
#[derive(Debug)]
enum Arrival {
    /// They are still read; the reader was here the last time.
    Waiting(Option<Box<Session>>),
    /// They are there.
    Here,
}

impl App {
    /// A reader with what it begins with, and what it wants done first.
    #[must_use]
    pub fn new(setup: Setup) -> (App, Vec<Effect>) {
        let mut app = App {
            lang: setup.lang,
            zone: LazyCell::new(setup.zone.unwrap_or(|| TimeZone::UTC)),
            size: setup.size,
            library: setup.library,
            columns: Default::default(),
            questions: Questions::default(),
            focus: Focus::Left,
            overlay: None,
            naming: None,
            help: None,
            pairing: Pairing::new(!setup.no_curated, setup.judge),
            grouping: Grouping::default(),
            annotations: setup.annotations,
            times: false,
            seek: Seek::default(),
            notice: setup.notice.map(|text| Notice { text, wrong: true }),
            history: History::default(),
            board: board::View::default(),
            homeless: None,
            fresh: None,
            drag: None,
            arrival: Arrival::Waiting(setup.session.map(Box::new)),
        };
        let mut effects = Vec::new();
        app.open_first(&mut effects);
        app.annotations.ask(&mut effects, app.lang);
        app.settle();
        (app, effects)
    }

    /// Takes a message, changes the state, and gives back what is to be done outside.
    pub fn update(&mut self, message: Message, moment: Moment) -> Vec<Effect> {
        let mut effects = Vec::new();
        match message {
            Message::Key(key) => self.key(key, moment, &mut effects),
            Message::Paste(text) => self.paste(&text, moment, &mut effects),
            Message::Mouse(mouse, at) => self.mouse(mouse, at, moment, &mut effects),
            Message::Resize(size) => self.size = size,
            Message::Loaded(loaded) => self.loaded(loaded, &mut effects),
            Message::Surveyed(surveyed) => self.surveyed(surveyed),
            Message::Gathered(gathered) => self.gathered(gathered, &mut effects),
            Message::Grouped {
                generation,
                twos,
                themes,
            } => self.grouped(generation, twos, themes),
            Message::Aligned {
                generation,
                alignment,
            } => self.aligned(generation, alignment, &mut effects),
            Message::Judged { generation, result } => {
                self.judged(generation, result, &mut effects);
            }
            Message::Saved { count, result } => self.saved(count, result, moment, &mut effects),
            Message::Touched => self.annotations.look(&mut effects),
            Message::Looked(found) => self.looked(found, moment, &mut effects),
            Message::Background { .. } => {}
            Message::Failed(why) => self.warn(why),
            Message::Drafted { id, result } => self.drafted(&id, &result, moment),
            Message::Edited(result) => self.edited(result, moment),
            Message::Deadline => self.save_draft_if_due(moment, &mut effects),
            Message::Terminate => {
                // Nobody looks any more, and what is to be kept must not depend on what can be shown.
                self.quit(moment, &mut effects);
                return effects;
            }
        }
        self.annotations.mind(moment.elapsed, self.lang);
        self.settle();
        effects
    }

    /// When [`Message::Deadline`] is wanted: the time since the program started.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        let draft = match &self.overlay {
            Some(Overlay::Editor(editor)) => editor.due(),
            _ => None,
        };
        [draft, self.annotations.due()].into_iter().flatten().min()
    }

    /// Where everything stands; `None` where there is no room.
    #[must_use]
    pub fn screen(&self) -> Option<Screen> {
        screen::screen(self.size, self.focus, self.pairing.lead)
    }

    /// Where the next key goes.
    #[must_use]
    pub fn context(&self) -> Context {
        match &self.overlay {
            _ if self.help.is_some() => Context::Help,
            _ if self.naming.is_some() => Context::Line,
            Some(Overlay::Search(_) | Overlay::Picker(_)) => Context::Line,
            Some(Overlay::Notes(board)) if board.typing => Context::Line,
            Some(Overlay::Notes(_)) => Context::Notes,
            Some(Overlay::Synopsis(_)) => Context::Synopsis,
            Some(Overlay::Map(_)) => Context::Map,
            Some(Overlay::Editor(_)) => Context::Editor,
            None if self.focus == Focus::Filter => Context::Filter,
            None => match self.focus.side() {
                Some(side) if self.column(side).selection.is_some() => Context::Selection,
                _ => Context::Reader,
            },
        }
    }

    /// The column on `side`.
    #[must_use]
    pub fn column(&self, side: Side) -> &Column {
        &self.columns[side.index()]
    }

    fn column_mut(&mut self, side: Side) -> &mut Column {
        &mut self.columns[side.index()]
    }

    /// The interview on `side`, if one stands there.
    #[must_use]
    pub fn interview(&self, side: Side) -> Option<&Arc<Interview>> {
        self.column(side).interview.as_ref()
    }

    /// Whether a column has nothing to show yet, because its interview is still being read.
    #[must_use]
    pub fn is_reading(&self) -> bool {
        let reads = |entry: &Entry| entry.interview.is_none() && entry.problem.is_none();
        let standing = self
            .columns
            .iter()
            .filter_map(|column| self.library.get(column.index));
        standing.into_iter().any(reads)
    }

    /// The column that an action on a passage means: the one with the focus, else the one that leads.
    #[must_use]
    pub fn side(&self) -> Side {
        self.focus.side().unwrap_or(self.pairing.lead)
    }

    fn key(&mut self, key: Key, moment: Moment, effects: &mut Vec<Effect>) {
        self.notice = None;
        let action = keymap::action(self.context(), key);
        self.fresh = self
            .fresh
            .take()
            .filter(|_| action.is_some_and(Action::highlights));
        match action {
            Some(action) => self.act(action, moment, effects),
            None if self.help.is_some() => {}
            None => self.type_key(key, moment, effects),
        }
    }

    /// A key that no row of the table has: text, where text is typed.
    fn type_key(&mut self, key: Key, moment: Moment, effects: &mut Vec<Effect>) {
        if let Some(naming) = &mut self.naming {
            naming.line.type_key(key);
            return;
        }
        match &mut self.overlay {
            Some(Overlay::Search(line)) => {
                line.type_key(key);
            }
            Some(Overlay::Picker(picker)) => picker.list.type_key(key),
            Some(Overlay::Notes(board)) if board.typing => board.list.type_key(key),
            Some(Overlay::Editor(editor)) => editor.type_key(key, moment),
            Some(Overlay::Notes(_) | Overlay::Synopsis(_) | Overlay::Map(_)) => {}
            None if self.focus == Focus::Filter && self.questions.typed.type_key(key) => {
                self.filter_changed(effects);
            }
            None => {}
        }
    }

    fn paste(&mut self, text: &str, moment: Moment, effects: &mut Vec<Effect>) {
        if self.help.is_some() {
            return;
        }
        if let Some(naming) = &mut self.naming {
            return naming.line.paste(text);
        }
        match &mut self.overlay {
            Some(Overlay::Search(line)) => line.paste(text),
            Some(Overlay::Picker(picker)) => picker.list.paste(text),
            Some(Overlay::Notes(board)) if board.typing => board.list.paste(text),
            Some(Overlay::Editor(editor)) => editor.paste(text, moment),
            Some(Overlay::Notes(_) | Overlay::Synopsis(_) | Overlay::Map(_)) => {}
            None if self.focus == Focus::Filter => {
                self.questions.typed.paste(text);
                self.filter_changed(effects);
            }
            None => {}
        }
    }

    /// Brings what is seen in line with the state: the one place that typesets.
    fn settle(&mut self) {
        let Some(screen) = self.screen() else { return };
        for side in Side::BOTH {
            if let Some(area) = screen.columns[side.index()] {
                self.settle_column(side, area.text.as_size());
            }
        }
        if let Some(list) = screen.questions {
            self.questions.settle(questions_height(list.height));
        }
        match &mut self.overlay {
            Some(Overlay::Editor(editor)) => {
                editor.know(|| self.annotations.book.tags());
                editor.settle(&screen);
            }
            Some(Overlay::Synopsis(synopsis)) => {
                synopsis.take(&self.columns, self.pairing.alignment.as_ref());
                synopsis.settle(&screen, self.lang);
            }
            Some(Overlay::Map(map)) => {
                map.take(self.pairing.alignment.as_ref());
                map.settle(&screen);
            }
            _ => {}
        }
        self.settle_orphan();
        if let Some(Overlay::Notes(board)) = &mut self.overlay {
            board.settle(&screen);
        }
        self.settle_shown(&screen);
        self.settle_pair();
    }

    /// A column gives way to its footnotes; which of them come first depends on what of it is seen.
    fn settle_column(&mut self, side: Side, size: Size) {
        let bright = self.is_bright(side);
        let column = &mut self.columns[side.index()];
        column.foot = Foot::default();
        column.settle(size);
        let current = column.interview.as_ref().zip(column.current);
        let Some((interview, exchange)) = current.filter(|_| bright) else {
            return;
        };
        let Some(exchange) = interview.exchanges.get(exchange) else {
            return;
        };
        let span = interview.span(exchange.paragraphs.clone());
        let book = &self.annotations.book;
        let marks = book.marks(column.index, span);
        let said = marks.map(|mark| (mark.range.clone(), mark.says(), book.saying(mark)));
        let (measure, height) = (usize::from(size.width), usize::from(size.height));
        let foot = Foot::new(said, &column.seen(), measure, height);
        if foot.rows() > 0 {
            column.foot = foot;
            column.settle(size);
        }
    }

    fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            wrong: false,
        });
    }

    fn warn(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            wrong: true,
        });
    }
}

/// The rows that the list has for questions in a pane `height` cells high: below the filter's line and some air.
#[must_use]
pub fn questions_height(height: u16) -> usize {
    usize::from(if height >= 12 { height - 2 } else { height - 1 })
}

/// What an action is called in the palette: the row of the table that has it.
fn named_actions() -> impl Iterator<Item = (Action, &'static keymap::Binding)> {
    keymap::rows(Context::Reader).map(|binding| (binding.action, binding))
}
