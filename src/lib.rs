//! Synopse sets two interviews side by side and brings up the answer that belongs opposite.
//!
//! The map of the house, from the ground up; a module uses only what stands below it.
//!
//! | floor | modules |
//! | --- | --- |
//! | the ground | [`text`], [`lang`], [`files`] |
//! | what is read | [`interview`] |
//! | trades | [`transcript`], [`notes`], [`find`], [`typeset`] |
//! | across interviews | [`parallels`], [`export`], [`session`] |
//! | the reader | [`app`]: state, and what each message does to it |
//! | the terminal | [`tui`]: keys in, screen out, effects carried out |
//! | the door | [`cli`]: arguments to what is done |

pub mod files;
pub mod interview;
pub mod lang;
pub mod text;
pub mod transcript;
