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
    let (leave, leaves) = channel();
    thread::Builder::new()
        .name("input".to_owned())
        .spawn(move || {
            let ended = read_on(&tty, &leaves, &sender);
            let _ = sender.send(Event::InputEnded(ended));
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
            let messages = match crossterm::event::poll(Duration::ZERO) {
                Err(error) => return error,
                Ok(true) => match crossterm::event::read() {
                    Err(error) => return error,
                    Ok(event) => assembler.take(event, start.elapsed()),
                },
                Ok(false) => {
                    if !said_quiet {
                        said_quiet = true;
                        let _ = sender.send(Event::Quiet);
                    }
                    let until = assembler.deadline();
                    match wait(
                        tty,
                        until.map(|until| until.saturating_sub(start.elapsed())),
                    ) {
                        Err(error) => return error,
                        Ok(true) => continue,
                        Ok(false) => assembler.give_up_waiting(),
                    }
                }
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

/// Waits for input; false when `timeout` has passed first.
///
/// The terminal library would spin for ever on a terminal that has hung up, so that is looked for here.
fn wait(tty: &OwnedFd, timeout: Option<Duration>) -> io::Result<bool> {
    let timeout = timeout.and_then(|timeout| Timespec::try_from(timeout).ok());
    let mut fds = [PollFd::new(tty, PollFlags::IN)];
    match rustix::event::poll(&mut fds, timeout.as_ref()) {
        Err(rustix::io::Errno::INTR) => Ok(true),
        Err(error) => Err(error.into()),
        Ok(0) => Ok(false),
        Ok(_) if fds[0].revents().intersects(PollFlags::HUP | PollFlags::ERR) => {
            Err(io::ErrorKind::UnexpectedEof.into())
        }
        Ok(_) => Ok(true),
    }
}
