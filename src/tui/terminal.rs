//! The terminal: taken whole, given back whole, whatever happens; and one write for each frame.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::panic;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crossterm::clipboard::CopyToClipboard;
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Position, Rect, Size};
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::termios::{QueueSelector, tcflush};

/// The other screen, pastes in brackets, the mouse while a button is held and its wheel, no cursor. Of the mouse the program
/// wants no more: the library's own sequence asks for every movement, and each would wake the program up.
const OPEN: &str = "\x1b[?1049h\x1b[?2004h\x1b[?1002h\x1b[?1006h\x1b[?25l";
/// The opposite, after the end of a frame that may have been cut short, and of its colours.
const CLOSE: &str = "\x1b[?2026l\x1b[0m\x1b[?1006l\x1b[?1002l\x1b[?2004l\x1b[?25h\x1b[?1049l";
/// A terminal that knows these marks shows a frame all at once.
const BEGIN_FRAME: &[u8] = b"\x1b[?2026h";
const END_FRAME: &[u8] = b"\x1b[?2026l";
/// OSC 11 with a question mark: what colour is the background?
const ASK_BACKGROUND: &[u8] = b"\x1b]11;?\x07";
/// The size of a terminal that doesn't say.
const USUAL: Size = Size {
    width: 80,
    height: 24,
};

/// The terminal, as long as the reader has it. Dropping it gives it back.
pub struct Screen {
    /// Where the bytes go, without a buffer in between.
    out: File,
    /// What is drawn and not shown yet.
    page: Page,
    /// The bytes of the frame shown last. The same again would change nothing: a frame sets what it sets absolutely.
    shown: Vec<u8>,
    /// The size of what is drawn: what the terminal's was when it was last asked.
    size: Size,
    /// The cells.
    cells: Terminal<CrosstermBackend<Page>>,
    /// Whether the terminal is ours just now; the panic hook knows it too.
    taken: Arc<AtomicBool>,
    /// Whether the terminal was asked for its background and has not answered.
    asked: bool,
}

impl Screen {
    /// A screen of the terminal's size. The terminal itself is left as it is.
    ///
    /// # Errors
    /// When there is no standard output.
    pub fn new() -> io::Result<Screen> {
        let page = Page::default();
        let size = size();
        // Of a fixed size, for the terminal tells when it changes: no need to ask it with every frame.
        let viewport = Viewport::Fixed(area(size));
        let backend = CrosstermBackend::new(page.clone());
        Ok(Screen {
            out: File::from(io::stdout().as_fd().try_clone_to_owned()?),
            page,
            shown: Vec::new(),
            size,
            cells: Terminal::with_options(backend, TerminalOptions { viewport })?,
            taken: Arc::default(),
            asked: false,
        })
    }

    /// Takes the terminal, and sees to it that a panic on this thread gives it back before it says anything.
    ///
    /// # Errors
    /// When standard output is no terminal, or there is none to read from.
    pub fn take(&mut self) -> io::Result<()> {
        self.give_back_on_panic();
        self.enter()
    }

    /// Before the message of a panic on this thread, the terminal is given back. What a job's panic says would spoil the
    /// screen, and the job's answer says it again.
    fn give_back_on_panic(&self) {
        let taken = Arc::clone(&self.taken);
        let here = thread::current().id();
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if thread::current().id() == here {
                give_back(&taken);
                before(info);
            }
        }));
    }

    /// Makes the terminal the reader's, whatever state it is in.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn enter(&mut self) -> io::Result<()> {
        // The library believes itself in raw mode after a stop from outside, which may have ended it.
        disable_raw_mode()?;
        enable_raw_mode()?;
        self.taken.store(true, Ordering::SeqCst);
        self.write(OPEN.as_bytes())?;
        self.fit()
    }

    /// Lends the terminal, as the shell had it, to what `other` does. What that gives must not be lost where the
    /// terminal is gone afterwards: whether it could be taken back is told beside it.
    pub fn lend<T>(&mut self, other: impl FnOnce() -> T) -> (T, io::Result<()>) {
        give_back(&self.taken);
        let done = other();
        (done, self.enter())
    }

    /// Fits the cells to the terminal's size and forgets what it shows: the next frame draws every cell.
    ///
    /// # Errors
    /// Never on a page; the type says so.
    pub fn fit(&mut self) -> io::Result<()> {
        self.shown.clear();
        self.size = size();
        self.cells.resize(area(self.size))
    }

    /// The size of what is drawn, in cells. The reader must go by this one: the terminal's may have changed again.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size
    }

    /// Draws a frame and shows what is different in it, in one write.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Frame)) -> io::Result<()> {
        self.page
            .0
            .borrow_mut()
            .splice(..0, BEGIN_FRAME.iter().copied());
        self.cells.draw(draw)?;
        let mut frame = std::mem::take(&mut *self.page.0.borrow_mut());
        frame.extend_from_slice(END_FRAME);
        if frame != self.shown {
            self.write(&frame)?;
            self.shown = frame;
        }
        Ok(())
    }

    /// Asks the terminal for the colour of its background; the answer comes as input, or never.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn ask_background(&mut self) -> io::Result<()> {
        self.asked = true;
        self.write(ASK_BACKGROUND)
    }

    /// Notes that the terminal has answered.
    pub fn answered(&mut self) {
        self.asked = false;
    }

    /// Puts `text` on the clipboard of the terminal the reader sits at, by OSC 52: through SSH too.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        let mut bytes = Vec::new();
        crossterm::queue!(bytes, CopyToClipboard::to_clipboard_from(text))?;
        self.write(&bytes)
    }

    /// Writes all of `bytes`; waits where another program has made the terminal a non-blocking one.
    fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match self.out.write(bytes) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => bytes = &bytes[written..],
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let _ = poll(&mut [PollFd::new(&self.out, PollFlags::OUT)], None);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        if self.asked {
            // An answer that comes so late must not end up on the shell's line.
            let _ = tcflush(&self.out, QueueSelector::IFlush);
        }
        give_back(&self.taken);
    }
}

/// Gives the terminal back, once; also in a panic, so it makes the best of every error.
fn give_back(taken: &AtomicBool) {
    if taken.swap(false, Ordering::SeqCst) {
        let mut out = io::stdout().lock();
        let _ = out.write_all(CLOSE.as_bytes());
        let _ = out.flush();
        let _ = disable_raw_mode();
    }
}

/// The size of the terminal in cells.
#[must_use]
pub fn size() -> Size {
    match crossterm::terminal::size() {
        Ok((width, height)) if width > 0 && height > 0 => Size { width, height },
        _ => USUAL,
    }
}

fn area(size: Size) -> Rect {
    Rect::from((Position::ORIGIN, size))
}

/// Bytes on their way to the terminal, shared with what draws them. Flushing is the screen's business.
#[derive(Clone, Default)]
struct Page(Rc<RefCell<Vec<u8>>>);

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
