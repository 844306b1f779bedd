//! The ground: what any text is made of, whatever it says.
//!
//! Offsets are bytes on character boundaries; on the wire they are code points ([`offsets`]).

pub mod fold;
pub mod language;
pub mod offsets;
pub mod segment;
pub mod span;
pub mod visible;
pub mod width;

pub use fold::{Fold, Folded, fold, fold_with_map};
pub use language::Language;
pub use offsets::CodePoints;
pub use segment::{sentences, words};
pub use span::Span;
pub use visible::visible;
pub use width::width;
