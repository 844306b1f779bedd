//! What goes wrong while one reads: disks that fail, answers that come late, files that have changed meanwhile. No disk
//! and no terminal here: effects are looked at, and answered as they may be answered.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

#[path = "mishaps/anything.rs"]
mod anything;
#[path = "mishaps/changed.rs"]
mod changed;
#[path = "mishaps/drafts.rs"]
mod drafts;
#[path = "mishaps/reader.rs"]
mod reader;
#[path = "mishaps/saving.rs"]
mod saving;
