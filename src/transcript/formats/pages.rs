//! The pages of a print, as `pdftotext` parts them: what stands at the head or the foot of each is no part of the text.

use std::collections::HashMap;

use crate::transcript::paragraphs::ends_sentence;

/// What ends a page.
const END: char = '\x0c';

/// A running head is no longer than this, in bytes.
const HEAD: usize = 120;

/// `text` without the running heads and numbers of its pages; `None` where it has no pages, or they have none.
#[must_use]
pub fn without_heads(text: &str) -> Option<String> {
    memchr::memchr(END as u8, text.as_bytes())?;
    let pages: Vec<Vec<&str>> = text.split(END).map(|page| page.lines().collect()).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for page in &pages {
        for line in edges(page).into_iter().flatten() {
            *counts.entry(worn(page[line])).or_default() += 1;
        }
    }
    // The last page may be short, and the first and the second of a sheet have heads of their own.
    let least = (pages.len() / 3).max(2);
    let runs = |line: &str| {
        let worn = worn(line);
        let count = counts.get(&worn).copied().unwrap_or(0);
        worn.len() <= HEAD && (count >= least || worn == "#")
    };
    let mut out = String::with_capacity(text.len());
    let mut any = false;
    for page in &pages {
        let edges = edges(page);
        let said = page.iter().enumerate().filter(|(at, line)| {
            let head = edges.contains(&Some(*at)) && runs(line);
            any |= head;
            !head
        });
        let said: Vec<&str> = said.map(|(_, line)| *line).collect();
        // A sentence may go on over the end of a page.
        out.truncate(out.trim_end().len());
        out.push_str(if ends_sentence(&out) { "\n\n" } else { "\n" });
        out.push_str(said.join("\n").trim_start_matches(['\n', '\r']));
    }
    any.then_some(out)
}

/// The lines at the edges of a page: the first that says something, and the last two.
fn edges(page: &[&str]) -> [Option<usize>; 3] {
    let said = || (0..page.len()).filter(|at| !page[*at].trim().is_empty());
    // There is no edge where there is nothing within.
    if said().nth(2).is_none() {
        return [None; 3];
    }
    let last = said().next_back();
    let before = said().rev().nth(1);
    [said().next(), before, last]
}

/// A line with its numbers worn off, which differ from page to page.
fn worn(line: &str) -> String {
    let mut worn = String::new();
    for c in line.trim().chars() {
        match c {
            c if c.is_numeric() && worn.ends_with('#') => {}
            c if c.is_numeric() => worn.push('#'),
            c => worn.push(c),
        }
    }
    worn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heads_of_pages_go_and_sentences_are_put_together() {
        let text = "Das Blatt · Heft 3\n\nI: Wo waren\n\n4\n\x0cDas Blatt · Heft 3\n\nSie damals?\n\nB: Hier.\n\n5\n\x0cDas Blatt · Heft 3\n\nUnd dort.\n\n6\n";
        let found = without_heads(text).unwrap();
        let lines: Vec<&str> = found.lines().map(str::trim).collect();
        assert_eq!(
            lines.join("|"),
            "|I: Wo waren|Sie damals?||B: Hier.||Und dort."
        );
        assert_eq!(without_heads("I: Wo?\n\x0cB: Hier.\n\x0cI: Wann?"), None);
        assert_eq!(without_heads("I: Wo?"), None);
    }
}
