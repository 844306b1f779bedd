//! Interviews made up from others, as kinds of them are rare: a machine's transcript with known speakers above all.

use synopse::transcript::structure::model::State;

use crate::Turns;

/// All that is made of an interview.
pub fn all(turns: &Turns) -> Vec<Turns> {
    vec![tear(turns), unmark(turns)]
}

/// The interview with every other question mark lost, as typists and machines lose them.
fn unmark(turns: &Turns) -> Turns {
    let mut roll = dice();
    let turns = turns.iter().map(|(state, paragraphs)| {
        let lost = |text: &String| match roll(2) {
            0 => text.replace('?', "."),
            _ => text.clone(),
        };
        (*state, paragraphs.iter().map(lost).collect())
    });
    turns.collect()
}

/// Dice that fall the same way each time.
fn dice() -> impl FnMut(u32) -> u32 {
    let mut seed = 1u32;
    move |sides| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) % sides
    }
}

/// The interview as a machine might have transcribed it: a turn a paragraph, and the ends of turns heard as the
/// beginnings of the next, or the other way round. Machines' transcripts with known speakers are rare.
fn tear(turns: &Turns) -> Turns {
    let mut dice = dice();
    let mut words: Vec<(State, Vec<&str>)> = turns
        .iter()
        .filter(|(state, _)| matches!(state, State::Question | State::Answer))
        .map(|(state, ps)| {
            (
                *state,
                ps.iter().flat_map(|p| p.split_whitespace()).collect(),
            )
        })
        .collect();
    for at in 1..words.len() {
        let take = 1 + dice(6) as usize;
        let (before, after) = words.split_at_mut(at);
        let (before, after) = (&mut before[at - 1].1, &mut after[0].1);
        match dice(5) {
            0 if before.len() > take + 2 => {
                let tail = before.split_off(before.len() - take);
                after.splice(0..0, tail);
            }
            1 if after.len() > take + 2 => before.extend(after.drain(..take)),
            _ => {}
        }
    }
    let paragraphs = words.into_iter().filter(|(_, words)| !words.is_empty());
    paragraphs
        .map(|(state, words)| (state, vec![words.join(" ")]))
        .collect()
}
