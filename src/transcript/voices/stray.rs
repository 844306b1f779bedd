//! Voices that no one could name: a jingle, an advertisement, a machine's doubt.

use std::mem::take;

use super::{Run, span};
use crate::transcript::document::Document;
use crate::transcript::labels::name::UNKNOWN;

/// Which speakers are nobody, by index: their name says that nobody knows who it is, and they say little beside two
/// others.
pub fn strays(document: &Document) -> Vec<bool> {
    let unknown = |name: &String| UNKNOWN.contains(&name.to_lowercase().as_str());
    let strays: Vec<bool> = document.speakers.iter().map(unknown).collect();
    let named = strays.iter().filter(|stray| !**stray).count();
    if named == strays.len() {
        return strays;
    }
    let (mut all, mut turns, mut last) = (0usize, 0usize, None);
    for voice in document.marks.iter().filter_map(|mark| mark.speaker) {
        if last.replace(voice) != Some(voice) {
            all += 1;
            turns += usize::from(strays[voice.index()]);
        }
    }
    // Who takes part often does so, whatever he is called.
    if named < 2 || turns * 10 > all {
        return vec![false; strays.len()];
    }
    strays
}

/// Sets what such a voice throws in beside the turn that it interrupts, so that this is one again: above a question, which
/// belongs to its answer, and below an answer.
pub fn set_aside(document: &mut Document, spoken: &mut Vec<Run>, asks: &[bool]) {
    let interrupts = |around: &[Run]| {
        around[1].stray && around[0].speaker.is_some() && around[0].speaker == around[2].speaker
    };
    if !spoken.windows(3).any(interrupts) {
        return;
    }
    let mut paragraphs = take(&mut document.paragraphs).into_iter();
    let mut runs: Vec<(Run, Vec<_>)> = Vec::new();
    for run in spoken.drain(..) {
        let said = paragraphs.by_ref().take(run.paragraphs as usize);
        let said: Vec<_> = said.collect();
        let stray = runs.pop_if(|(last, _)| last.stray);
        let goes_on = stray.is_some()
            && run.speaker.is_some()
            && runs
                .last()
                .is_some_and(|(last, _)| last.speaker == run.speaker);
        if !goes_on {
            runs.extend(stray);
            runs.push((run, said));
            continue;
        }
        let asks = run.speaker.is_some_and(|voice| asks[voice.index()]);
        if let Some((open, before)) = runs.last_mut() {
            open.paragraphs += run.paragraphs;
            open.time = span(open.time, run.time);
            before.extend(said);
        }
        let at = if asks { runs.len() - 1 } else { runs.len() };
        runs.splice(at..at, stray);
    }
    for (run, said) in runs {
        document.paragraphs.extend(said);
        spoken.push(run);
    }
}
