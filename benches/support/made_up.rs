//! Made-up interviews: any number of them, of any length, the same on every machine.

use std::fmt::Write as _;

/// Words that hold sentences together, so that the text is taken for the German it looks like.
const SMALL: &[&str] = &[
    "der", "die", "das", "und", "ist", "nicht", "ich", "wir", "ein", "eine", "mit", "auch", "auf",
    "für", "den", "von", "sich", "aber", "dass", "haben", "war", "bei", "oder", "über", "schon",
];
/// What nouns and verbs are put together from.
const SYLLABLES: &[&str] = &[
    "ga", "ter", "lin", "schu", "mel", "bra", "ken", "wör", "to", "fil", "nach", "rei", "sum",
    "pfe", "die", "kal", "üb", "zen", "mor", "gel", "stra", "ßen", "vor", "lau", "hof",
];

/// A source of numbers that look random.
pub struct Random(u64);

impl Random {
    /// The numbers that follow from `seed`.
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// The next one below `below`, by the generator of Knuth's MMIX.
    fn below(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }

    /// One of some thousand words; a few are frequent and most are rare, as in speech.
    fn word(&mut self) -> String {
        if self.below(5) < 2 {
            return SMALL[self.below(SMALL.len())].to_owned();
        }
        let spread = self.below(12_000) + 1;
        let mut number = self.below(spread);
        let mut word = String::new();
        for _ in 0..2 + number % 2 {
            word.push_str(SYLLABLES[number % SYLLABLES.len()]);
            number /= SYLLABLES.len();
        }
        word
    }

    /// `words` words, the first with a capital.
    fn sentence(&mut self, words: usize, end: char) -> String {
        let words: Vec<String> = (0..words).map(|_| self.word()).collect();
        let mut sentence = words.join(" ");
        let first = sentence.chars().next().map_or(0, char::len_utf8);
        let capital = sentence[..first].to_uppercase();
        sentence.replace_range(..first, &capital);
        sentence.push(end);
        sentence
    }
}

/// A question of a dozen words or so.
pub fn question(random: &mut Random) -> String {
    let words = 8 + random.below(9);
    random.sentence(words, '?')
}

/// A labelled interview of `bytes` bytes or a little more: questions, and answers of a hundred words in two paragraphs.
pub fn interview(bytes: usize, seed: u64) -> String {
    let mut random = Random::new(seed);
    let mut text = String::with_capacity(bytes + 2000);
    while text.len() < bytes {
        let _ = write!(text, "Weber: {}\n\n", question(&mut random));
        let _ = write!(text, "Kern:");
        for end in ["\n\n", "\n\n"] {
            for _ in 0..4 {
                let words = 8 + random.below(10);
                let _ = write!(text, " {}", random.sentence(words, '.'));
            }
            text.push_str(end);
        }
    }
    text
}
