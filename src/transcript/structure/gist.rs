//! What a paragraph looks like to one who only skims it: its first and last sentence, whom it addresses, how it ends.

use super::lexicon::{Class, Classes, Hash, Lexicon};

/// From this many bytes on only the two ends of a paragraph are read: who opens and closes like an answer is one,
/// and the cost of a paragraph stays bounded.
const ENDS: usize = 800;

/// What stands between two full stops.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sentence {
    /// Its words.
    pub words: u32,
    /// The classes of its first word that is more than a link (*und*, *so*) or an acknowledgement (*okay*).
    pub opens: Classes,
    /// The classes of its very first word.
    pub first: Classes,
    /// The classes of all its words.
    pub any: Classes,
    /// The mark it ends with; 0 where it just stops.
    pub mark: u8,
    /// How many words address someone.
    pub you: u32,
    /// How many words are the first person.
    pub me: u32,
    /// The first person says what it wants: *ich möchte*, *I'd like*.
    pub wants: bool,
    /// Its long words that are in no class, as a Bloom filter with one bit a word (Bloom 1970).
    pub content: [u64; 4],
}

/// What is seen of a paragraph.
#[derive(Clone, Copy, Debug, Default)]
pub struct Gist {
    /// The first sentence.
    pub first: Sentence,
    /// The last sentence; the first where there is only one.
    pub last: Sentence,
    /// The mark of the sentence before the last.
    pub mark_before: u8,
    /// How many sentences were seen.
    pub sentences: u32,
    /// How many of them end in a question mark.
    pub questions: u32,
    /// The classes of all words seen.
    pub any: Classes,
    /// Which of the questions it is, is said: *the next question*, *Frage 7*.
    pub counts: bool,
    /// It breaks off: `…`, `--`.
    pub cut: bool,
    /// It starts as if it had been broken off: `… and`.
    pub resumes: bool,
    /// How many words set limits.
    pub limits: u32,
    /// How many words address someone.
    pub you: u32,
    /// How many words are the first person.
    pub me: u32,
    /// How many verbs tell what was.
    pub past: u32,
    /// How many words only pad.
    pub hedges: u32,
    /// The first person says what it wants.
    pub wants: bool,
    /// It takes up what another has said: *you mentioned*.
    pub mentions: bool,
    /// Somebody is called by name.
    pub calls: bool,
    /// It ends within quotation marks.
    pub quoted: bool,
    /// How many words there are; reckoned from the bytes in what was skipped.
    pub words: u32,
    /// It starts with a small letter, as if in the middle of a sentence.
    pub small: bool,
    /// Nothing was said in words.
    pub wordless: bool,
}

impl Gist {
    /// Skims `paragraph`.
    #[must_use]
    pub fn of(paragraph: &str, lexicon: &Lexicon) -> Gist {
        let text = without_stage_direction(paragraph.trim_end());
        let mut skim = Skim {
            lexicon,
            gist: Gist::default(),
            sentence: Sentence::default(),
            bare: true,
            before: Classes::default(),
        };
        let skipped = if text.len() > 2 * ENDS {
            let head = text.floor_char_boundary(ENDS);
            let tail = text.ceil_char_boundary(text.len() - ENDS);
            skim.read(&text.as_bytes()[..head]);
            skim.read(&text.as_bytes()[tail..]);
            tail - head
        } else {
            skim.read(text.as_bytes());
            0
        };
        skim.end_sentence(0);
        let mut gist = skim.gist;
        let bare = text.trim_end_matches(['"', '“', '”', '«', '»', ' ']);
        gist.cut = ["...", "…", "--", "–", "—", "-"]
            .iter()
            .any(|end| bare.ends_with(end));
        let bare = text.trim_start_matches(['"', '“', '”', '«', '»', ' ']);
        gist.resumes = ["...", "…", "--", "–", "—"]
            .iter()
            .any(|start| bare.starts_with(start));
        gist.quoted = text.ends_with(['"', '“', '”', '«', '»', '’', '‘']);
        gist.small = text.chars().next().is_some_and(char::is_lowercase);
        gist.wordless = gist.words == 0 && !paragraph.chars().any(char::is_alphanumeric);
        // A word of either language takes about six bytes with its space.
        gist.words += u32::try_from(skipped / 6).unwrap_or(u32::MAX / 2);
        gist
    }
}

/// `text` without a remark in brackets after its last sentence: `Wirklich? (lacht)` ends in a question mark.
fn without_stage_direction(text: &str) -> &str {
    let open = match text.as_bytes().last() {
        Some(b')') => b'(',
        Some(b']') => b'[',
        _ => return text,
    };
    let from = text.len().saturating_sub(40);
    match text.as_bytes()[from..].iter().rposition(|&b| b == open) {
        Some(at) => {
            let before = text[..from + at].trim_end();
            if before.ends_with(['.', '?', '!', '…']) {
                before
            } else {
                text
            }
        }
        None => text,
    }
}

struct Skim<'a> {
    lexicon: &'a Lexicon,
    gist: Gist,
    sentence: Sentence,
    /// The classes of the word before.
    before: Classes,
    /// Only links and acknowledgements have stood in this sentence so far.
    bare: bool,
}

impl Skim<'_> {
    fn read(&mut self, text: &[u8]) {
        let mut at = 0;
        while let Some(&byte) = text.get(at) {
            if is_word(byte) {
                let start = at;
                let mut hash = Hash::START;
                while let Some(&byte) = text.get(at).filter(|b| is_word(**b)) {
                    hash = hash.push(byte);
                    at += 1;
                }
                let capital = text[start].is_ascii_uppercase();
                // `Ada, what …` and `…, Ada?` call somebody by name.
                let comma = |at: Option<usize>| at.and_then(|at| text.get(at)) == Some(&b',');
                let opens = self.bare && comma(Some(at));
                let ends =
                    comma(start.checked_sub(2)) && matches!(text.get(at), Some(b'?' | b'.' | b'!'));
                self.gist.counts |=
                    text[start].is_ascii_digit() && self.before.has(Class::Question);
                let classes = self.word(hash, capital, at - start > 4);
                let calls = capital && (opens || ends) && classes == Classes::default();
                self.gist.calls |= calls || capital && classes.has(Class::Title);
                continue;
            }
            let (mark, length) = match byte {
                b'.' | b'?' | b'!' => (byte, 1),
                b':' => (b':', 1),
                0xe2 if text[at..].starts_with("…".as_bytes()) => (b'.', 3),
                0xe2 => (0, 3),
                0xc2 => (0, 2),
                _ => (0, 1),
            };
            at += length;
            // A full stop may stand in an abbreviation, a colon in a time; but not before white space or a quote.
            let ends = match text.get(at) {
                None => true,
                Some(b'"' | b'\'' | b')' | b']' | 0xc2 | 0xe2) => true,
                Some(next) if matches!(mark, b'.' | b':') => next.is_ascii_whitespace(),
                Some(next) => !next.is_ascii_alphanumeric(),
            };
            if mark != 0 && ends {
                self.end_sentence(mark);
            }
        }
    }

    fn word(&mut self, hash: Hash, capital: bool, long: bool) -> Classes {
        let classes = self.lexicon.classes(hash);
        let content = long && classes == Classes::default();
        let sentence = &mut self.sentence;
        let opening = sentence.words == 0;
        if opening {
            sentence.first = classes;
        }
        if self.bare {
            sentence.opens = classes;
            self.bare = classes.has(Class::Link) || classes.has(Class::Acknowledge);
        }
        sentence.any.add(classes);
        if content {
            let bit = hash.bits() & 255;
            sentence.content[bit as usize / 64] |= 1 << (bit % 64);
        }
        sentence.words += 1;
        let formal = capital && !opening && classes.has(Class::Formal);
        let before = std::mem::replace(&mut self.before, classes);
        if classes.has(Class::Filler) {
            // `you know` addresses nobody, and `I mean` is not about the speaker.
            sentence.you -= u32::from(before.has(Class::You) && sentence.you > 0);
            sentence.me -= u32::from(before.has(Class::Me) && sentence.me > 0);
        }
        sentence.you += u32::from(formal || classes.has(Class::You) && !before.has(Class::Thanks));
        sentence.me += u32::from(classes.has(Class::Me));
        sentence.wants |= classes.has(Class::Want) && before.has(Class::Me)
            || classes.has(Class::Me) && before.has(Class::Want);
        self.gist.counts |= before.has(Class::Ordinal) && classes.has(Class::Question);
        self.gist.limits += u32::from(classes.has(Class::Limit));
        self.gist.past += u32::from(classes.has(Class::Past));
        self.gist.hedges += u32::from(classes.has(Class::Hedge));
        classes
    }

    fn end_sentence(&mut self, mark: u8) {
        let gist = &mut self.gist;
        if self.sentence.words == 0 {
            // `?!`, `…?`, `?"`: the mark that asks counts.
            if mark == b'?' && gist.sentences > 0 && gist.last.mark != b'?' {
                gist.last.mark = b'?';
                gist.questions += 1;
                if gist.sentences == 1 {
                    gist.first.mark = b'?';
                }
            }
            return;
        }
        self.sentence.mark = mark;
        gist.mark_before = gist.last.mark;
        if gist.sentences == 0 {
            gist.first = self.sentence;
        }
        gist.last = self.sentence;
        gist.sentences += 1;
        gist.questions += u32::from(mark == b'?');
        gist.you += self.sentence.you;
        gist.me += self.sentence.me;
        gist.words += self.sentence.words;
        gist.any.add(self.sentence.any);
        gist.wants |= self.sentence.wants;
        gist.mentions |= self.sentence.you > 0 && self.sentence.any.has(Class::Mention);
        self.sentence = Sentence::default();
        self.bare = true;
        self.before = Classes::default();
    }
}

/// Letters and digits. Of what is not ASCII, all but U+0080–00BF and U+2000–2FFF, where the punctuation is.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || (byte >= 0x80 && byte != 0xe2 && byte != 0xc2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gist(text: &str) -> Gist {
        Gist::of(text, Lexicon::shipped())
    }

    #[test]
    fn the_last_mark_is_seen_through_quotes_and_stage_directions() {
        for text in [
            "Wirklich?",
            "Sagt man „Warum?“",
            "Ist das so? (lacht)",
            "Wie bitte?!",
            "Und weiter …?",
        ] {
            assert_eq!(gist(text).last.mark, b'?', "{text}");
        }
        assert_eq!(gist("Warum nicht? Weil.").last.mark, b'.');
        assert_eq!(gist("Warum nicht? Weil.").first.mark, b'?');
    }

    #[test]
    fn a_capital_tells_address_from_report() {
        assert_eq!(gist("Wie machen Sie das?").you, 1);
        assert_eq!(gist("Wie machen sie das?").you, 0);
    }

    #[test]
    fn of_a_long_paragraph_the_ends_are_read() {
        let text = format!(
            "Wie war es? {} Und warum?",
            "Füllung ohne Ende. ".repeat(500)
        );
        let gist = gist(&text);
        assert_eq!((gist.first.mark, gist.last.mark), (b'?', b'?'));
        assert!(gist.words > 1200);
    }

    #[test]
    fn a_row_of_stars_says_nothing() {
        assert!(gist("* * *").wordless);
        assert!(!gist("7").wordless);
    }
}
