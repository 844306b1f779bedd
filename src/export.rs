//! The interviews and what is known of them, in the formats of other trades; one file a format.

pub mod synopsis;
