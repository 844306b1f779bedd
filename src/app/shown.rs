//! What of the interviews was on the screen: noticed whenever it is settled, and kept with the session.

use super::screen::Screen;
use super::{App, Entry, Overlay, Side};
use crate::session::Shown;

impl Entry {
    /// How many of its exchanges were on the screen, and how many it has; nothing where it isn't read.
    #[must_use]
    pub fn exchanges_shown(&self) -> Option<(usize, usize)> {
        let interview = self
            .interview
            .as_ref()
            .filter(|interview| !interview.partial)?;
        Some(self.shown.exchanges(interview))
    }
}

impl App {
    /// What of the texts nothing covers is on the screen from here on.
    pub(super) fn settle_shown(&mut self, screen: &Screen) {
        if self.help.is_some() || !matches!(self.overlay, None | Some(Overlay::Search(_))) {
            return;
        }
        for side in Side::BOTH {
            let column = &self.columns[side.index()];
            let seen = column.seen();
            let Some(entry) = self.library.get_mut(column.index) else {
                continue;
            };
            let whole = entry
                .interview
                .as_ref()
                .filter(|interview| !interview.partial);
            if let (Some(interview), Some(_)) = (whole, screen.columns[side.index()]) {
                entry.shown.add(&interview.identity.text, seen);
            }
        }
    }

    /// What of the interviews was on the screen.
    pub(super) fn shown(&self) -> Vec<(String, Shown)> {
        let entries = self.library.iter().filter(|entry| !entry.shown.is_empty());
        let keyed = entries.filter_map(|entry| Some((entry.key()?, entry.shown.clone())));
        keyed.collect()
    }
}
