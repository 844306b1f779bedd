//! Which of the voices ask: the choice under which the whole conversation is most likely.
//!
//! A label says who speaks, not what for. What speaks for a voice that it asks is summed over all that it says: how much
//! each turn looks like a question ([`structure::asking`]), whether a longer turn of somebody else follows, who opens. And
//! those who ask and those who answer take turns: two who follow each other again and again are seldom on the same side. So
//! a voice that is heard once, by a slip of the label, gets its side from where it stands.

use std::collections::BTreeMap;

use super::Run;
use crate::transcript::labels::name::{ANSWERERS, ASKERS, PAIRS};
use crate::transcript::structure;

/// So many paragraphs are looked at closely; more tell nothing new.
const PARAGRAPHS: usize = 2_000;

/// A single turn counts no more than this for or against.
const MOST: f32 = 2.0;
/// What it counts that a turn is followed by one that is longer by the factor e.
const LONGER: f32 = 0.3;
/// What it counts to open the conversation.
const OPENS: f32 = 1.5;
/// What a name counts that says what its bearer does.
const NAMED: f32 = 1_000.0;
/// What it counts against a choice that somebody follows on another of the same side.
const SAME_SIDE: f32 = 1.5;

/// A choice is bettered so many times at the most.
const PASSES: usize = 8;

/// From so many voices on, a choice isn't tried beginning with each of them.
const STARTS: usize = 8;

/// Who asks, by index into `speakers`; somebody does, and somebody answers, where there are two.
pub fn asks(speakers: &[String], said: &[impl AsRef<str>], spoken: &[Run]) -> Vec<bool> {
    let names = by_name(speakers);
    if speakers.len() == 2 && names[0] != names[1] {
        return vec![names[0] > names[1], names[1] > names[0]];
    }
    let known = names.iter().all(|name| *name != 0.0);
    if known && names.iter().any(|name| *name > 0.0) && names.iter().any(|name| *name < 0.0) {
        return names.iter().map(|name| *name > 0.0).collect();
    }
    Conversation::of(&names, said, spoken).choose()
}

/// What the names say: more than 0 for one who asks, less for one who answers.
fn by_name(speakers: &[String]) -> Vec<f32> {
    let lower: Vec<String> = speakers.iter().map(|name| name.to_lowercase()).collect();
    let has = |wanted: &str| lower.iter().any(|name| name == wanted);
    let pair = PAIRS
        .iter()
        .find(|(asks, answers)| has(asks) && has(answers));
    let value = |name: &String| {
        let name = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        if ASKERS.contains(&name) || pair.is_some_and(|(asks, _)| name == *asks) {
            NAMED
        } else if ANSWERERS.contains(&name) || pair.is_some_and(|(_, answers)| name == *answers) {
            -NAMED
        } else {
            0.0
        }
    };
    lower.iter().map(value).collect()
}

/// What is known of a conversation.
struct Conversation {
    /// For each voice, what speaks for it that it asks.
    evidence: Vec<f32>,
    /// For each voice, how often it meets which others: one speaks after the other.
    meetings: Vec<BTreeMap<usize, f32>>,
    /// The voices, those with most turns first.
    order: Vec<usize>,
}

impl Conversation {
    fn of(names: &[f32], said: &[impl AsRef<str>], spoken: &[Run]) -> Conversation {
        let looked_at = said.len().min(PARAGRAPHS);
        let weights = structure::asking(&said[..looked_at]);
        let mut evidence = names.to_vec();
        let mut turns = vec![0usize; names.len()];
        let mut meetings = vec![BTreeMap::new(); names.len()];
        let mut at = 0;
        let mut last: Option<(usize, Option<f32>)> = None;
        for run in spoken {
            let paragraphs = at..at + run.paragraphs as usize;
            at = paragraphs.end;
            let Some(voice) = run.speaker.map(|speaker| speaker.index()) else {
                continue;
            };
            turns[voice] += 1;
            let seen = weights.get(paragraphs.start..paragraphs.end.min(looked_at));
            let seen = seen.unwrap_or_default();
            let mean = seen.iter().sum::<f32>() / seen.len().max(1) as f32;
            // A host introduces at length, and asks at the end of that.
            let mean = match (last, seen.last()) {
                (None, Some(end)) => end.max(0.0) + OPENS,
                _ => mean,
            };
            evidence[voice] += mean.clamp(-MOST, MOST);
            let length = said[paragraphs]
                .iter()
                .map(|p| p.as_ref().len())
                .sum::<usize>();
            let length = (length as f32 + 20.0).ln();
            match last {
                Some((other, before)) if other != voice => {
                    if let Some(before) = before {
                        let longer = (length - before).clamp(-2.0, 2.0) * LONGER;
                        evidence[other] += longer;
                        evidence[voice] -= longer;
                    }
                    *meetings[voice].entry(other).or_default() += 1.0;
                    *meetings[other].entry(voice).or_default() += 1.0;
                }
                _ => {}
            }
            last = Some((voice, last.map(|_| length)));
        }
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.sort_by_key(|voice| std::cmp::Reverse(turns[*voice]));
        Conversation {
            evidence,
            meetings,
            order,
        }
    }

    /// The likeliest choice. Each of the most frequent voices is tried as the only one that asks, and the choice bettered
    /// voice by voice.
    fn choose(&self) -> Vec<bool> {
        let starts = self.order.iter().take(STARTS);
        let choices = starts.map(|start| {
            let mut choice = vec![false; self.evidence.len()];
            choice[*start] = true;
            self.better(&mut choice);
            (self.worth(&choice), choice)
        });
        let best = choices.max_by(|a, b| a.0.total_cmp(&b.0));
        best.map(|(_, choice)| choice).unwrap_or_default()
    }

    fn worth(&self, choice: &[bool]) -> f32 {
        let voices = 0..choice.len();
        let worth = |voice: usize| {
            // Each meeting is seen from both.
            self.leaning(voice, choice) - SAME_SIDE * self.on_its_side(voice, choice) / 2.0
        };
        voices.map(worth).sum()
    }

    /// What speaks for the side that a voice has.
    fn leaning(&self, voice: usize, choice: &[bool]) -> f32 {
        let evidence = self.evidence[voice];
        if choice[voice] { evidence } else { -evidence }
    }

    /// How often a voice meets others on its own side.
    fn on_its_side(&self, voice: usize, choice: &[bool]) -> f32 {
        let meetings = self.meetings[voice].iter();
        let same = meetings.filter(|(other, _)| choice[**other] == choice[voice]);
        same.map(|(_, count)| count).sum()
    }

    /// Changes sides as long as that makes the whole likelier, and leaves somebody on each.
    fn better(&self, choice: &mut [bool]) {
        let mut asking = choice.iter().filter(|asks| **asks).count();
        for _ in 0..PASSES {
            let mut changed = false;
            for &voice in &self.order {
                let all: f32 = self.meetings[voice].values().sum();
                let same = self.on_its_side(voice, choice);
                let gain = SAME_SIDE * (2.0 * same - all) - 2.0 * self.leaning(voice, choice);
                let left = if choice[voice] {
                    asking
                } else {
                    choice.len() - asking
                };
                if gain > 1e-3 && left > 1 {
                    asking = if choice[voice] {
                        asking - 1
                    } else {
                        asking + 1
                    };
                    choice[voice] = !choice[voice];
                    changed = true;
                }
            }
            if !changed {
                return;
            }
        }
    }
}
