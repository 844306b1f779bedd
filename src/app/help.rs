//! The lines of the help: the keys of where one was first, then those of everywhere else, from the one table.

use std::borrow::Cow;

use super::keymap::{Context, rows};
use crate::lang::Lang;
use crate::notes::Kinds;

/// The help that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Help {
    /// Where it was asked for.
    pub context: Context,
    /// The first line that is seen.
    pub top: usize,
}

/// A line of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// What a context is called.
    Context(&'static str),
    /// Keys, and what they do.
    Key(&'static str, Cow<'static, str>),
    /// Air.
    Blank,
}

/// The lines of the help that was asked for in `context`.
#[must_use]
pub fn lines(context: Context, kinds: &Kinds, lang: Lang) -> Vec<Line> {
    let others = Context::ALL.into_iter().filter(|c| *c != context);
    let mut lines = Vec::new();
    for context in std::iter::once(context).chain(others) {
        if !lines.is_empty() {
            lines.push(Line::Blank);
        }
        lines.push(Line::Context(context.name(lang)));
        lines
            .extend(rows(context).filter_map(|binding| {
                Some(Line::Key(binding.keys, binding.says_of(kinds, lang)?))
            }));
    }
    lines
}

/// The last line that the help can begin with, in a sheet `height` cells high.
#[must_use]
pub fn last_top(context: Context, kinds: &Kinds, height: u16) -> usize {
    let room = usize::from(height.saturating_sub(2));
    lines(context, kinds, Lang::English)
        .len()
        .saturating_sub(room)
}
