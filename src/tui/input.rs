//! Reads the terminal, on a thread of its own, one piece of input for each leave it is given: so it stands still
//! while another program has the terminal.

mod assemble;
mod translate;

use std::fs::File;
use std::io::{self, IsTerminal};
use std::os::fd::{AsFd, OwnedFd};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event;
use rustix::event::{PollFd, PollFlags, Timespec};

use super::Event;
use assemble::Assembler;

/// The main thread's end of the input: it gives leave to read on.
#[derive(Debug)]
pub struct Leave(Sender<()>);

impl Leave {
    /// Gives leave to read one more piece of input.
    pub fn give(&self) {
        // The thread is gone only when it has said so, and the loop is about to end.
        let _ = self.0.send(());
    }
}

/// Starts the thread. It answers each leave with one [`Event::Input`], and says [`Event::Quiet`] before it where that
/// is not there yet; [`Event::InputEnded`] when the terminal is gone.
///
/// # Errors
/// When there is no terminal to read from, or no thread can be started.
pub fn listen(sender: Sender<Event>) -> io::Result<Leave> {
    let tty = tty()?;
    let (watched, hung) = (tty.try_clone()?, sender.clone());
    let (leave, leaves) = channel();
    thread::Builder::new()
        .name("input".to_owned())
        .spawn(move || {
            let ended = read_on(&tty, &leaves, &sender);
            let _ = sender.send(Event::InputEnded(ended));
        })?;
    thread::Builder::new()
        .name("hang-up".to_owned())
        .spawn(move || {
            let _ = hung.send(Event::InputEnded(hang_up(&watched)));
        })?;
    Ok(Leave(leave))
}

/// The terminal that keys come from, as the terminal library finds it too.
fn tty() -> io::Result<OwnedFd> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return stdin.as_fd().try_clone_to_owned();
    }
    Ok(File::options()
        .read(true)
        .write(true)
        .open("/dev/tty")?
        .into())
}

/// Reads for each leave; returns why it can't any more.
fn read_on(tty: &OwnedFd, leaves: &Receiver<()>, sender: &Sender<Event>) -> io::Error {
    let start = Instant::now();
    let mut assembler = Assembler::default();
    while leaves.recv().is_ok() {
        let mut said_quiet = false;
        let messages = loop {
            if !said_quiet && !is_readable(tty) {
                said_quiet = true;
                let _ = sender.send(Event::Quiet);
            }
            let until = assembler.deadline();
            let read = match until.map(|until| until.saturating_sub(start.elapsed())) {
                None => event::read().map(Some),
                // With no time left the library would not even look.
                Some(left) => event::poll(left.max(Duration::from_millis(1)))
                    .and_then(|there| there.then(event::read).transpose()),
            };
            let messages = match read {
                Err(error) => return error,
                Ok(Some(event)) => assembler.take(event, start.elapsed()),
                Ok(None) => assembler.give_up_waiting(),
            };
            if !messages.is_empty() {
                break messages;
            }
        };
        if sender.send(Event::Input(messages)).is_err() {
            break;
        }
    }
    io::ErrorKind::BrokenPipe.into()
}

/// Whether the terminal holds input that nobody has read yet.
fn is_readable(tty: &OwnedFd) -> bool {
    let mut fds = [PollFd::new(tty, PollFlags::IN)];
    rustix::event::poll(&mut fds, Some(&Timespec::default())).is_ok_and(|ready| ready > 0)
}

/// Waits for the terminal to hang up; the library would read on for ever.
fn hang_up(tty: &OwnedFd) -> io::Error {
    loop {
        let mut fds = [PollFd::new(tty, PollFlags::empty())];
        match rustix::event::poll(&mut fds, None) {
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return error.into(),
            Ok(_) => return io::ErrorKind::UnexpectedEof.into(),
        }
    }
}
