//! The characters that HTML has names for; XML with a document type of HTML's uses them too.

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// What the character reference `&name;` stands for; `None` for a name that HTML does not know.
#[must_use]
pub fn character(name: &str) -> Option<String> {
    let mut text = String::new();
    let emitter = CallbackEmitter::new(
        |event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
            if let CallbackEvent::String { value } = event {
                text.push_str(&String::from_utf8_lossy(value));
            }
            None
        },
    );
    let reference = format!("&{name};");
    let mut tokens = Tokenizer::new_with_emitter(&reference, emitter);
    while tokens.next().is_some() {}
    drop(tokens);
    // HTML reads `&notit;` as `¬it;`: what is left of a name says that the whole of it is none.
    (text == ";" || !text.ends_with(';')).then_some(text)
}
