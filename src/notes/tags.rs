//! Tags as they are typed, completed, and as they stand in a note.

use std::collections::HashMap;

use jiff::Timestamp;

use super::{Body, Book, Motivation, Note};
use crate::text::{Fold, fold};

/// How many tags are offered at most.
const OFFERED: usize = 6;

/// The tags in `typed`: with or without `#`, a comma or a further `#` between them; each once.
#[must_use]
pub fn typed(typed: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    let parts = typed.split([',', '\n']).flat_map(|part| part.split(" #"));
    for part in parts {
        let words: Vec<&str> = part.split_whitespace().collect();
        let tag = words.join(" ");
        let tag = tag.trim_start_matches('#').trim_start();
        if !tag.is_empty() && !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

/// Of the tags `known`, with how often each is used, those that what is typed may become: first those that begin with it.
#[must_use]
pub fn offered(stem: &str, known: &[(String, usize)], taken: &[String]) -> Vec<(String, usize)> {
    let key = |text: &str| fold(text, Fold::DIGRAPHS);
    let stem = key(stem);
    let free = || known.iter().filter(|(tag, _)| !taken.contains(tag));
    let begins = free().filter(|(tag, _)| key(tag).starts_with(&stem));
    let within = free().filter(|(tag, _)| {
        let tag = key(tag);
        !tag.starts_with(&stem) && tag.contains(&stem)
    });
    begins.chain(within).take(OFFERED).cloned().collect()
}

impl Note {
    /// What one types to say what it says: of a tag its tags, of anything else its text, and its tags in a last line.
    #[must_use]
    pub fn words(&self) -> String {
        let tags: Vec<&str> = self.tags().collect();
        if self.motivation() == &Motivation::Tagging {
            return tags.join(", ");
        }
        let tags: Vec<String> = tags.iter().map(|tag| format!("#{tag}")).collect();
        match (self.text(), tags.is_empty()) {
            (text, true) => text.to_owned(),
            ("", false) => tags.join(" "),
            (text, false) => format!("{}\n\n{}", text.trim_end(), tags.join(" ")),
        }
    }

    /// Makes it say `words`, as [`Note::words`] gives them, at the time `now`.
    pub fn set_words(&mut self, words: &str, now: Timestamp) {
        if self.motivation() == &Motivation::Tagging {
            return self.set_tags(&typed(words), now);
        }
        let (text, tags) = self.parted(words.trim());
        let (text, tags) = (text.to_owned(), tags);
        self.set_text(&text, now);
        self.set_tags(&tags, now);
        if text.is_empty() && !tags.is_empty() && self.motivation() == &Motivation::Commenting {
            // Nothing but tags was said.
            self.motivations = vec![Motivation::Tagging];
        }
    }

    /// The text in `words`, and the tags in its last line, if that has nothing else in it. Only a tag that it had already
    /// may have spaces: anything else is a sentence that begins with `#`.
    fn parted<'a>(&self, words: &'a str) -> (&'a str, Vec<String>) {
        let (text, last) = words.rsplit_once('\n').unwrap_or(("", words));
        let tags = typed(last);
        let known = |tag: &String| !tag.contains(' ') || self.tags().any(|had| had == tag);
        let is_tags =
            last.trim_start().starts_with('#') && !last.contains(',') && tags.iter().all(known);
        match is_tags && !tags.is_empty() {
            true => (text.trim_end(), tags),
            false => (words, Vec::new()),
        }
    }

    /// Gives it these tags and no others, at the time `now`; those it had stay as they were written.
    pub fn set_tags(&mut self, tags: &[String], now: Timestamp) {
        let had: Vec<String> = self.tags().map(str::to_owned).collect();
        if had == tags {
            return;
        }
        let of_tags = self.motivations.first() == Some(&Motivation::Tagging);
        self.bodies.retain(|body| {
            let tag = body.is_tag() || of_tags && body.purpose.is_none();
            !tag || body
                .value
                .as_ref()
                .is_some_and(|value| tags.contains(value))
        });
        let new = tags.iter().filter(|tag| !had.contains(tag));
        let new: Vec<Body> = new.map(|tag| Body::text(tag, "tagging")).collect();
        self.bodies.extend(new);
        self.change(now);
    }
}

impl Book {
    /// The tags in use, the most used first, each with how many notes have it.
    #[must_use]
    pub fn tags(&self) -> Vec<(String, usize)> {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let notes = self.store().notes();
        for tag in notes.iter().flat_map(|note| note.tags()) {
            *counts.entry(tag).or_default() += 1;
        }
        let mut tags: Vec<(String, usize)> = counts
            .into_iter()
            .map(|(tag, count)| (tag.to_owned(), count))
            .collect();
        tags.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        tags
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at, interview, note};
    use super::*;
    use crate::notes::Store;

    #[test]
    fn tags_are_typed_as_one_likes() {
        for written in [
            "geld, macht der leute",
            "#geld #macht der leute",
            " geld ,, #macht  der leute,geld",
        ] {
            assert_eq!(typed(written), ["geld", "macht der leute"], "{written}");
        }
        assert!(typed(" # , ").is_empty());
    }

    #[test]
    fn what_is_typed_in_a_tag_are_its_tags() {
        let on = interview("a", &["Warum?", "Darum."]);
        let mut tag = note(1, Motivation::Tagging, "offen", &on, "Warum?");
        assert_eq!(tag.words(), "offen");
        tag.set_words("offen, #geld", at(2));
        assert_eq!(tag.tags().collect::<Vec<_>>(), ["offen", "geld"]);
        assert_eq!(
            (tag.words().as_str(), tag.modified),
            ("offen, geld", Some(at(2)))
        );
        tag.set_words("geld", at(3));
        assert_eq!(tag.tags().collect::<Vec<_>>(), ["geld"]);
        tag.set_words("", at(4));
        assert_eq!((tag.tags().count(), tag.text()), (0, ""));
    }

    #[test]
    fn a_comment_has_its_tags_in_its_last_line() {
        let on = interview("a", &["Warum?", "Darum."]);
        let mut comment = note(1, Motivation::Commenting, "", &on, "Darum.");
        comment.set_words("Aha.\n\nNa ja.\n#geld #macht", at(2));
        assert_eq!(comment.text(), "Aha.\n\nNa ja.");
        assert_eq!(comment.words(), "Aha.\n\nNa ja.\n\n#geld #macht");
        comment.bodies.push(Body::text("zwei Worte", "tagging"));
        let words = comment.words();
        comment.set_words(&words, at(3));
        assert_eq!(
            comment.tags().collect::<Vec<_>>(),
            ["geld", "macht", "zwei Worte"]
        );
        for sentence in ["#1 ist das nicht", "Aha.\n#eins zwei"] {
            let mut comment = note(1, Motivation::Commenting, "", &on, "Darum.");
            comment.set_words(sentence, at(2));
            assert_eq!((comment.text(), comment.tags().count()), (sentence, 0));
        }
        comment.set_words("#geld", at(5));
        assert_eq!(
            (comment.motivation(), comment.tags().next()),
            (&Motivation::Tagging, Some("geld"))
        );
    }

    #[test]
    fn the_tags_in_use_are_counted() {
        let on = [interview("a", &["Warum?", "Darum."])];
        let mut book = Book::new(Store::default(), &on);
        for (n, tag) in [(1, "b"), (2, "a"), (3, "c"), (4, "c")] {
            book.put(note(n, Motivation::Tagging, tag, &on[0], "Darum."), &on);
        }
        let tags = [("c", 2), ("a", 1), ("b", 1)].map(|(tag, count)| (tag.to_owned(), count));
        assert_eq!(book.tags(), tags);
    }

    #[test]
    fn what_begins_so_is_offered_first_and_what_is_there_not_again() {
        let known = [
            ("Überzeugung", 5),
            ("geld", 3),
            ("zuübung", 2),
            ("über uns", 1),
        ];
        let known = known.map(|(tag, count)| (tag.to_owned(), count));
        let offered = |stem: &str, taken: &[&str]| {
            let taken: Vec<String> = taken.iter().map(|&tag| tag.to_owned()).collect();
            let offered = super::offered(stem, &known, &taken).into_iter();
            offered.map(|(tag, _)| tag).collect::<Vec<_>>()
        };
        assert_eq!(offered("ueb", &[]), ["Überzeugung", "über uns", "zuübung"]);
        assert_eq!(
            offered("", &["geld"]),
            ["Überzeugung", "zuübung", "über uns"]
        );
        assert!(offered("nichts", &[]).is_empty());
    }
}
