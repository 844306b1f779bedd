//! Which classes a word belongs to: interrogatives, pronouns of address, formulas of thanks.
//!
//! A word is hashed while it is scanned, lower-cased on the way, so that looking it up takes neither a copy nor a
//! second pass; at 10 MB of text that is most of the time a structure takes to be found.

use std::sync::LazyLock;

/// A class of words; the names in the list are these in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Class {
    /// Words that open a question: *was*, *why*.
    Interrogative,
    /// Verbs that open a question by standing first: *haben Sie*, *did you*.
    Inversion,
    /// Verbs that ask without a question mark: *erzählen Sie*, *tell us*.
    Ask,
    /// Pronouns of address.
    You,
    /// German pronouns that address only when they are written with a capital.
    Formal,
    /// The first person.
    Me,
    /// What an answer opens with: *ja*, *well*.
    Answer,
    /// What a listener says: *spannend*, *right*.
    Acknowledge,
    /// What ties a sentence to the last one: *und*, *so*.
    Link,
    /// Thanks.
    Thanks,
    /// Wishes and farewells.
    Wish,
    /// What the occasion is called: *Gespräch*, *interview*.
    Interview,
    /// Greetings.
    Greeting,
    /// What asking is called, and curiosity: *Frage*, *wonder*.
    Question,
    /// What makes the pronoun before it a filler: *you know*, *I mean*.
    Filler,
    /// What another has said, to go on from it: *you mentioned*.
    Mention,
    /// What one would like to do next: *ich möchte*, *I want to*.
    Want,
    /// Verbs that tell what was.
    Past,
    /// Words that talk is padded with.
    Hedge,
    /// What turns a statement into a question when it stands alone after it: *right?*, *oder?*
    Tag,
    /// What stands before a name by which someone is addressed.
    Title,
    /// What belongs to the one addressed: *dein*, *your*.
    Your,
    /// How often: *immer*, *usually*.
    Habit,
    /// What gives a reason: *weil*, *because*.
    Reason,
    /// What sets limits: *nicht*, *only*.
    Limit,
    /// What one holds to be so: *glaube*, *think*.
    Think,
    /// Numerals.
    Numeral,
    /// Which of the questions it is: *dritte*, *last*.
    Ordinal,
}

/// The classes by their names in the list.
const CLASSES: [(&str, Class); 28] = [
    ("interrogative", Class::Interrogative),
    ("inversion", Class::Inversion),
    ("ask", Class::Ask),
    ("you", Class::You),
    ("formal", Class::Formal),
    ("me", Class::Me),
    ("answer", Class::Answer),
    ("acknowledge", Class::Acknowledge),
    ("link", Class::Link),
    ("thanks", Class::Thanks),
    ("wish", Class::Wish),
    ("interview", Class::Interview),
    ("greeting", Class::Greeting),
    ("question", Class::Question),
    ("filler", Class::Filler),
    ("mention", Class::Mention),
    ("want", Class::Want),
    ("past", Class::Past),
    ("hedge", Class::Hedge),
    ("tag", Class::Tag),
    ("title", Class::Title),
    ("your", Class::Your),
    ("habit", Class::Habit),
    ("reason", Class::Reason),
    ("limit", Class::Limit),
    ("think", Class::Think),
    ("numeral", Class::Numeral),
    ("ordinal", Class::Ordinal),
];

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(u32);

impl Classes {
    /// Whether `class` is among them.
    #[must_use]
    pub fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u8) != 0
    }

    /// Adds all of `other`.
    pub fn add(&mut self, other: Classes) {
        self.0 |= other.0;
    }

    fn insert(&mut self, class: Class) {
        self.0 |= 1 << class as u8;
    }
}

/// The hash of a word, taken byte by byte (FNV-1a, Fowler–Noll–Vo).
#[derive(Clone, Copy)]
pub struct Hash(u64);

impl Hash {
    /// The hash of nothing.
    pub const START: Hash = Hash(0xcbf2_9ce4_8422_2325);

    /// The hash with one byte more; ASCII is lower-cased, and so are Ä, Ö and Ü, whose second UTF-8 byte is the one
    /// that differs.
    #[must_use]
    pub fn push(self, byte: u8) -> Hash {
        let lower = match byte {
            b'A'..=b'Z' => byte + 32,
            0x84 | 0x96 | 0x9c => byte + 32,
            byte => byte,
        };
        Hash((self.0 ^ u64::from(lower)).wrapping_mul(0x0100_0000_01b3))
    }

    /// The hash's upper half, which is mixed better than the lower.
    #[must_use]
    pub fn bits(self) -> u64 {
        self.0 >> 32
    }

    fn of(word: &str) -> Hash {
        word.bytes().fold(Hash::START, Hash::push)
    }
}

/// The words and their classes.
pub struct Lexicon {
    /// Open addressing; a free slot has hash 0. Less than half full, so that a miss ends at once.
    slots: Vec<(u64, Classes)>,
}

impl Lexicon {
    /// The list that comes with the program, read once.
    #[must_use]
    pub fn shipped() -> &'static Lexicon {
        static SHIPPED: LazyLock<Lexicon> =
            LazyLock::new(|| Lexicon::read(include_str!("../../../assets/structure/words.txt")));
        &SHIPPED
    }

    /// Reads a list: a line a class, its name, a colon, its words. Other lines say nothing.
    fn read(list: &str) -> Lexicon {
        let entries: Vec<(Hash, Class)> = list
            .lines()
            .filter_map(|line| line.split_once(':'))
            .filter_map(|(name, words)| {
                let class = CLASSES.iter().find(|(n, _)| *n == name)?.1;
                Some(words.split_whitespace().map(move |w| (Hash::of(w), class)))
            })
            .flatten()
            .collect();
        let size = (entries.len() * 4).next_power_of_two().max(4);
        let mut lexicon = Lexicon {
            slots: vec![(0, Classes::default()); size],
        };
        for (hash, class) in entries {
            let slot = lexicon.slot(hash);
            lexicon.slots[slot].0 = hash.0;
            lexicon.slots[slot].1.insert(class);
        }
        lexicon
    }

    /// The classes of the word with this hash; none for a word that isn't listed.
    #[must_use]
    pub fn classes(&self, hash: Hash) -> Classes {
        self.slots[self.slot(hash)].1
    }

    /// Where `hash` stands, or the free slot where it would.
    fn slot(&self, hash: Hash) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (hash.0 ^ (hash.0 >> 32)) as usize & mask;
        while self.slots[slot].0 != 0 && self.slots[slot].0 != hash.0 {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_names_a_class_and_every_class_has_words() {
        let list = include_str!("../../../assets/structure/words.txt");
        let named: Vec<&str> = list
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split_once(':').unwrap().0)
            .collect();
        let classes: Vec<&str> = CLASSES.iter().map(|(name, _)| *name).collect();
        assert_eq!(named, classes);
    }

    #[test]
    fn a_word_is_found_in_any_case() {
        let lexicon = Lexicon::shipped();
        for word in ["Könnten", "KÖNNTEN", "könnten"] {
            assert!(
                lexicon.classes(Hash::of(word)).has(Class::Inversion),
                "{word}"
            );
        }
        assert_eq!(lexicon.classes(Hash::of("Teekanne")), Classes::default());
    }
}
