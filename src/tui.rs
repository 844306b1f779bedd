//! The terminal side: keys in, screen out, and everything that the reader wants done outside itself.
//!
//! One channel carries keys, signals and the answers of jobs. The main thread waits on it, or until the reader wants to
//! be woken; a message changes the reader, its effects are carried out, and when no further message waits the screen is
//! drawn, once. Nothing here runs on a clock.

pub mod draw;
mod effects;
mod input;
mod signals;
mod terminal;
pub mod theme;

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use uuid::Uuid;

pub use effects::Places;
pub use terminal::{Screen, size};

use effects::{After, Executor, PARTING};
use input::Leave;
use theme::Theme;

use crate::app::{App, Effect, Message, Moment};
use crate::lang::{Lang, Tell};
use crate::text::visible::visible_line;

/// A frame is never put off for longer than this, however fast messages come.
const LATEST: Duration = Duration::from_millis(33);
/// The first frame waits no longer than this, from the start, for a text that is still being read.
const EARLY: Duration = Duration::from_millis(5);
/// How long a signal to stop may take to reach this process.
const STOPPING: Duration = Duration::from_millis(100);

/// Why the reader ended other than by the reader's wish.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.tell(Lang::English))]
pub enum Error {
    /// There is no terminal, or it does not let itself be taken.
    NoTerminal(#[source] io::Error),
    /// The terminal went away.
    Lost(#[source] io::Error),
    /// Notes could not be appended, and the reader had to end.
    NotSaved(String),
}

impl Tell for Error {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Error::NoTerminal(source) => format!(
                "{}: {}",
                lang.tr(
                    "there is no terminal to read in; `synopse show` prints the synopsis",
                    "kein Terminal zum Lesen; `synopse show` gibt die Synopse aus"
                ),
                visible_line(&source.to_string())
            ),
            Error::Lost(source) => format!(
                "{}: {}",
                lang.tr(
                    "the terminal is gone; what was typed is kept",
                    "das Terminal ist weg; was getippt war, ist gesichert"
                ),
                visible_line(&source.to_string())
            ),
            Error::NotSaved(said) => visible_line(said),
        }
    }
}

/// What reaches the main thread.
#[derive(Debug)]
enum Event {
    /// What came of one piece of input; the input thread waits for leave to go on.
    Input(Vec<Message>),
    /// The input thread has leave to read, and nothing is there.
    Quiet,
    /// No more input will come.
    InputEnded(io::Error),
    /// A job's answer, or a signal that concerns the reader.
    Answer(Message),
    /// The program goes on after having been stopped.
    Continued,
    /// The terminal has another size.
    Resized,
}

/// Runs the reader on `screen` until it ends. `effects` are what it wants done first.
///
/// # Errors
/// When there is no terminal, when it goes away, or when notes could not be saved at the end.
pub fn run(
    app: App,
    effects: Vec<Effect>,
    mut screen: Screen,
    terminal: theme::Terminal,
    places: Places,
) -> Result<(), Error> {
    let start = Instant::now();
    let (sender, events) = channel();
    let executor = Executor::new(sender.clone(), places).map_err(Error::NoTerminal)?;
    // Jobs run while the terminal is being taken.
    let effects = executor.begin(effects);
    // A terminal that changes its size from here on says so.
    signals::listen(sender.clone()).map_err(Error::NoTerminal)?;
    screen.take().map_err(Error::NoTerminal)?;
    let leave = input::listen(sender).map_err(Error::NoTerminal)?;
    let mut reader = Running {
        app,
        terminal,
        theme: Theme::new(terminal),
        screen,
        executor,
        leave,
        events,
        start,
        drawn: start,
        stale: false,
        quiet: false,
        ended: false,
    };
    // A reader that breaks down has something to keep too, as far as it can still say what.
    let ran = catch_unwind(AssertUnwindSafe(|| reader.run(effects)));
    let lost = !matches!(ran, Ok(Ok(())));
    let parted = catch_unwind(AssertUnwindSafe(|| reader.part(lost)));
    let Running {
        app,
        screen,
        executor,
        ..
    } = reader;
    let kept = executor.finish(&app.annotations.book.unsaved().lines);
    drop(screen);
    match (ran.and_then(|ran| parted.map(|()| ran)), kept) {
        (Err(panic), _) => resume_unwind(panic),
        (Ok(_), Err(said)) => Err(Error::NotSaved(said)),
        (Ok(ran), Ok(())) => ran.map_err(Error::Lost),
    }
}

/// The reader while it runs, and all it needs for that.
struct Running {
    app: App,
    /// What the terminal is like, as far as it has said.
    terminal: theme::Terminal,
    theme: Theme,
    screen: Screen,
    executor: Executor,
    /// Lets the input thread read on.
    leave: Leave,
    /// What reaches the main thread.
    events: Receiver<Event>,
    /// Elapsed time counts from here.
    start: Instant,
    /// When the screen was last drawn.
    drawn: Instant,
    /// Whether something has changed since.
    stale: bool,
    /// Whether the input thread is known to wait for the reader's next key.
    quiet: bool,
    /// Whether to end.
    ended: bool,
}

impl Running {
    /// Runs until the end, with `effects` still to be carried out.
    fn run(&mut self, effects: Vec<Effect>) -> io::Result<()> {
        self.message(Message::Resize(self.screen.size()))?;
        self.carry_out(effects)?;
        // A page without text helps nobody; what else is still to come can come later.
        while self.app.is_reading()
            && !self.ended
            && let Some(left) = EARLY.checked_sub(self.start.elapsed())
            && let Ok(event) = self.events.recv_timeout(left)
        {
            self.event(event)?;
        }
        self.draw()?;
        // Without it others' notes are seen when something is saved.
        let _ = self.executor.watch();
        self.screen.ask_background()?;
        self.leave.give();
        while !self.ended {
            match self.next() {
                Some(event) => self.event(event)?,
                None => self.message(Message::Deadline)?,
            }
            while !self.ended
                && self.drawn.elapsed() < LATEST
                && let Ok(event) = self.events.try_recv()
            {
                self.event(event)?;
            }
            if self.stale && !self.ended && (self.quiet || self.drawn.elapsed() >= LATEST) {
                self.draw()?;
            }
        }
        Ok(())
    }

    /// Waits for the next event; `None` when the reader wants to be woken first.
    fn next(&self) -> Option<Event> {
        let Some(deadline) = self.app.deadline() else {
            return self.events.recv().ok();
        };
        // A deadline that has passed comes first: keys that come one upon another would push it away for ever.
        let left = deadline.checked_sub(self.start.elapsed())?;
        self.events.recv_timeout(left).ok()
    }

    fn event(&mut self, event: Event) -> io::Result<()> {
        match event {
            Event::Input(messages) => {
                self.quiet = false;
                for message in messages {
                    self.message(message)?;
                }
                self.leave.give();
            }
            Event::Quiet => self.quiet = true,
            Event::InputEnded(error) => return Err(error),
            Event::Answer(message) => {
                self.executor.hear(&message);
                let last = matches!(message, Message::Terminate);
                self.message(message)?;
                self.ended |= last;
            }
            Event::Continued => {
                // Whoever had the terminal in between has left it as no one knows.
                self.screen.lend(|| ()).1?;
                self.message(Message::Resize(self.screen.size()))?;
            }
            Event::Resized => {
                self.screen.fit()?;
                self.message(Message::Resize(self.screen.size()))?;
            }
        }
        Ok(())
    }

    /// One message to the reader, and what it wants done for it.
    fn message(&mut self, message: Message) -> io::Result<()> {
        if let Message::Background { dark } = message {
            self.screen.answered();
            self.terminal.dark = dark;
            self.theme = Theme::new(self.terminal);
        }
        self.stale = true;
        let effects = self.app.update(message, self.moment());
        self.carry_out(effects)
    }

    fn carry_out(&mut self, effects: Vec<Effect>) -> io::Result<()> {
        for effect in effects {
            match self.executor.carry_out(effect, &mut self.screen)? {
                After::Go => {}
                After::Fitted => self.message(Message::Resize(self.screen.size()))?,
                After::Lent(message, back) => {
                    self.message(Message::Resize(self.screen.size()))?;
                    self.message(message)?;
                    back?;
                }
                After::Suspend => self.suspend()?,
                After::End => self.ended = true,
            }
        }
        Ok(())
    }

    /// Gives the terminal back and stops until told to go on.
    fn suspend(&mut self) -> io::Result<()> {
        let events = &self.events;
        let (meanwhile, back) = self.screen.lend(|| {
            let mut meanwhile = Vec::new();
            // Where no shell is there to go on with the program, the system doesn't stop it and nothing is told. The
            // time that it was stopped counts too, so a wait that has run out then is begun anew.
            let mut waits = 2;
            if signals::suspend().is_ok() {
                while waits > 0 {
                    match events.recv_timeout(STOPPING) {
                        Ok(Event::Continued) => break,
                        Ok(other) => meanwhile.push(other),
                        Err(_) => waits -= 1,
                    }
                }
            }
            meanwhile
        });
        self.message(Message::Resize(self.screen.size()))?;
        for event in meanwhile {
            self.event(event)?;
        }
        back
    }

    fn draw(&mut self) -> io::Result<()> {
        let (app, theme) = (&self.app, &self.theme);
        self.screen.draw(|frame| draw::draw(app, frame, theme))?;
        self.drawn = Instant::now();
        self.stale = false;
        Ok(())
    }

    /// Sees to it that what was typed is kept. When the terminal or the reader is `lost` there is nobody to ask, as with
    /// a signal to end. What the reader learns of an append may make it ask for another: the last answer is waited for, unless
    /// none comes.
    fn part(&mut self, lost: bool) {
        let mut effects = Vec::new();
        if lost {
            effects = self.app.update(Message::Terminate, self.moment());
        }
        loop {
            for effect in effects {
                // What needs the terminal may fail now; what writes files doesn't.
                let _ = self.executor.carry_out(effect, &mut self.screen);
            }
            let unsaved = self.app.annotations.book.unsaved().count > 0;
            if !unsaved || !self.executor.is_waiting() {
                return;
            }
            effects = match self.events.recv_timeout(PARTING) {
                Ok(Event::Answer(message)) => {
                    self.executor.hear(&message);
                    self.app.update(message, self.moment())
                }
                Ok(_) => Vec::new(),
                Err(_) => return,
            };
        }
    }

    fn moment(&self) -> Moment {
        moment(self.start)
    }
}

fn moment(start: Instant) -> Moment {
    Moment {
        elapsed: start.elapsed(),
        time: jiff::Timestamp::now(),
        id: Uuid::new_v4(),
    }
}
