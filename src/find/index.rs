//! What the filter looks things up in: lines laid end to end, and the words they are made of.

use std::collections::HashMap;

use memchr::memmem;

use super::{KEYS, Needle, fuzzy};
use crate::text::fold;

/// Lines in one stretch of memory, each ended by a newline, which no folded line has within.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    text: String,
    /// Where each begins, and after the last where a further one would.
    starts: Vec<usize>,
}

impl Lines {
    pub(super) fn new(lines: impl Iterator<Item = String>) -> Lines {
        let mut all = Lines {
            text: String::new(),
            starts: vec![0],
        };
        for line in lines {
            all.text.push_str(&line);
            all.text.push('\n');
            all.starts.push(all.text.len());
        }
        all
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub(super) fn get(&self, row: usize) -> &str {
        &self.text[self.starts[row]..self.starts[row + 1] - 1]
    }

    /// Marks every line that has what `finder` finds.
    pub(super) fn mark(&self, finder: &memmem::Finder, hit: &mut [bool]) {
        let text = self.text.as_bytes();
        let (mut at, mut row) = (0, 0);
        while let Some(found) = finder.find(&text[at..]) {
            while self.starts[row + 1] <= at + found {
                row += 1;
            }
            hit[row] = true;
            at = self.starts[row + 1];
        }
    }
}

/// The different words of lines, and which lines have each: a language has far fewer words than a text, so that a term is
/// compared with each of them once.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    /// By key.
    words: [Lines; 2],
    /// Which letters each has ([`fuzzy::letters`]).
    letters: Vec<u32>,
    /// The lines of the first word, those of the second, and so on.
    rows: Vec<u32>,
    /// Where the lines of each word begin among them, and after the last where those of a further one would.
    starts: Vec<usize>,
}

impl Vocabulary {
    /// The words of `lines`, which are folded without case and digraphs.
    pub(super) fn new(lines: &Lines) -> Vocabulary {
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let mut words = Vec::new();
        let mut seen: Vec<(u32, u32)> = Vec::new();
        for (number, row) in (0..lines.len()).zip(0u32..) {
            for word in lines.get(number).split(' ').filter(|word| !word.is_empty()) {
                let word = *numbers.entry(word).or_insert_with(|| {
                    words.push(word);
                    u32::try_from(words.len() - 1).unwrap_or(u32::MAX)
                });
                seen.push((word, row));
            }
        }
        // A counting sort of what was seen, by word.
        let mut starts = vec![0; words.len() + 1];
        for (word, _) in &seen {
            starts[*word as usize + 1] += 1;
        }
        for word in 0..words.len() {
            starts[word + 1] += starts[word];
        }
        let mut rows = vec![0; seen.len()];
        let mut next = starts.clone();
        for (word, row) in seen {
            rows[next[word as usize]] = row;
            next[word as usize] += 1;
        }
        Vocabulary {
            letters: words.iter().map(|word| fuzzy::letters(word)).collect(),
            words: KEYS.map(|key| Lines::new(words.iter().map(|word| fold(word, key)))),
            rows,
            starts,
        }
    }

    /// Gives `found` every line with a word that has `needle` nearly as it is, case aside; some of them more than once.
    pub(super) fn near(&self, needle: &Needle, mut found: impl FnMut(usize)) {
        let [marks, digraphs] = &needle.keys;
        let fits = [marks, digraphs].map(|key| fuzzy::fits_words(key));
        if fits == [false; 2] {
            return;
        }
        // A word has all letters that it has left without its digraphs.
        let wanted = fuzzy::letters(digraphs);
        for (word, letters) in self.letters.iter().enumerate() {
            if letters & wanted != wanted {
                continue;
            }
            let [with, without] = self.words.each_ref().map(|words| words.get(word));
            let differ = with.len() > without.len() || marks.len() > digraphs.len();
            if fits[0] && fuzzy::in_word(with, marks)
                || fits[1] && differ && fuzzy::in_word(without, digraphs)
            {
                let rows = &self.rows[self.starts[word]..self.starts[word + 1]];
                rows.iter().for_each(|row| found(*row as usize));
            }
        }
    }
}
