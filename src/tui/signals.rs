//! Signals as events, and how the program suspends itself.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;

use rustix::process::{Signal, kill_current_process_group};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGWINCH};
use signal_hook::iterator::Signals;

use super::Event;
use crate::app::Message;

/// Starts the thread that turns signals into events.
///
/// SIGINT is taken and means nothing: in raw mode Ctrl-c is a key, and while `$EDITOR` runs it is meant for that.
///
/// # Errors
/// When a signal can't be listened to, or no thread started.
pub fn listen(sender: Sender<Event>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGCONT, SIGWINCH])?;
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            for signal in &mut signals {
                let event = match signal {
                    SIGTERM | SIGHUP => Event::Answer(Message::Terminate),
                    SIGCONT => Event::Continued,
                    SIGWINCH => Event::Resized,
                    _ => continue,
                };
                if sender.send(event).is_err() {
                    break;
                }
            }
        })?;
    Ok(())
}

/// Stops this process and those of its job, as Ctrl-z does in a shell: whoever started it through another program gets
/// the prompt back too. The system declines where no shell is there to go on with it.
///
/// # Errors
/// When the signal can't be sent.
pub fn suspend() -> io::Result<()> {
    Ok(kill_current_process_group(Signal::TSTP)?)
}
