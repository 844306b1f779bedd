//! Which of the tracks of a JSON file is the transcript, and what it says.

use std::collections::HashMap;

use super::fields::Moment;
use super::harvest::{Harvest, Track};
use crate::interview::Time;
use crate::transcript::clock::{milliseconds, span, unit};
use crate::transcript::document::{Document, Voice};
use crate::transcript::formats::cues::{self, Begins, Cue};

/// What is said in the transcript, in pieces; empty where there is none.
#[must_use]
pub fn cues(harvest: &Harvest, document: &mut Document) -> Vec<Cue<'static>> {
    let Some(chosen) = choose(harvest) else {
        return Vec::new();
    };
    let chosen = finer(harvest, chosen).unwrap_or(chosen);
    let track = &harvest.tracks[chosen];
    let unit = unit_of(harvest, chosen);
    let mut voices: HashMap<u32, Option<Voice>> = HashMap::new();
    let words = is_words(track);
    // Words may bring their spaces along.
    let spaced = words && said(track).any(|said| said.trim().len() < said.len());
    let mut cues: Vec<Cue> = Vec::new();
    let mut parted = true;
    for (index, said) in said(track).enumerate() {
        if said.trim().is_empty() {
            parted |= !said.is_empty();
            continue;
        }
        let speaker = inherited(harvest, chosen, index, |track, at| {
            track.utterances[at].speaker
        });
        let voice = speaker.and_then(|speaker| {
            *voices.entry(speaker).or_insert_with(|| {
                let name = harvest.speakers.get(speaker as usize)?;
                document.voice(harvest.names.get(name).unwrap_or(name))
            })
        });
        let time = inherited(harvest, chosen, index, |track, at| time(track, at, unit));
        if !words {
            cues::paragraphs(said, voice, time, &mut cues);
            continue;
        }
        let attached = match spaced {
            true => !parted && !said.starts_with(char::is_whitespace),
            false => said.chars().all(|c| c.is_ascii_punctuation() || c == '…'),
        };
        match cues
            .last_mut()
            .filter(|last| attached && last.voice == voice)
        {
            Some(last) => last.text.to_mut().push_str(said.trim()),
            None => cues.push(Cue {
                voice,
                time,
                begins: Begins::Nothing,
                text: said.trim().to_owned().into(),
            }),
        }
        parted = said.ends_with(char::is_whitespace);
    }
    cues
}

/// What a track says, piece by piece.
fn said(track: &Track) -> impl Iterator<Item = &str> {
    (0..track.utterances.len()).map(|index| track.said(index))
}

/// The track that is the transcript: of those that say most of what is said at all, one that knows the speakers rather
/// than not, whole sentences rather than words, with times rather than without.
fn choose(harvest: &Harvest) -> Option<usize> {
    let tracks = || harvest.tracks.iter().enumerate();
    let most = tracks().map(|(_, track)| track.text.len()).max()?;
    tracks()
        .filter(|(_, track)| !track.text.is_empty() && track.text.len() * 10 >= most * 6)
        .max_by_key(|(at, track)| {
            let spoken = share(harvest, *at, |track, at| {
                track.utterances[at].speaker.is_some()
            });
            let timed = share(harvest, *at, |track, at| {
                track.utterances[at].start != Moment::Unknown
            });
            (spoken, !is_words(track), timed, track.utterances.len())
        })
        .map(|(at, _)| at)
}

/// The words in `chosen`, where they know that several speak in one of its utterances.
fn finer(harvest: &Harvest, chosen: usize) -> Option<usize> {
    let enough = harvest.tracks[chosen].text.len() / 2;
    let words = harvest.tracks.iter().enumerate();
    let words = words
        .filter(|(at, track)| *at != chosen && track.around == chosen && track.text.len() > enough);
    words
        .filter(|(_, track)| {
            let mut spoken = track
                .utterances
                .iter()
                .filter(|word| word.speaker.is_some());
            let mut last = spoken.next();
            spoken.any(|word| {
                let before = last.replace(word);
                before.is_some_and(|b| b.within == word.within && b.speaker != word.speaker)
            })
        })
        .map(|(at, _)| at)
        .next()
}

/// Whether `known` of half of what a track says at least, or of what is around it.
fn share(harvest: &Harvest, at: usize, known: impl Fn(&Track, usize) -> bool) -> bool {
    let track = &harvest.tracks[at];
    let all = track.utterances.len();
    let known = (0..all).filter(|index| {
        inherited(harvest, at, *index, |track, at| {
            known(track, at).then_some(())
        })
        .is_some()
    });
    known.count() * 2 > all
}

/// What is known of an utterance, or of the objects around it.
fn inherited<T>(
    harvest: &Harvest,
    at: usize,
    index: usize,
    known: impl Fn(&Track, usize) -> Option<T>,
) -> Option<T> {
    let (mut at, mut index) = (at, index);
    loop {
        let track = &harvest.tracks[at];
        let utterance = track.utterances.get(index)?;
        if let Some(found) = known(track, index) {
            return Some(found);
        }
        if track.around == at {
            return None;
        }
        (at, index) = (track.around, utterance.within as usize);
    }
}

/// Whether a track goes word by word.
fn is_words(track: &Track) -> bool {
    let words = |said: &str| said.split_whitespace().take(2).count();
    let (several, all) = said(track).fold((0usize, 0usize), |(several, all), said| {
        (several + usize::from(words(said) > 1), all + 1)
    });
    several * 5 < all
}

fn time(track: &Track, at: usize, unit: f64) -> Option<Time> {
    let utterance = track.utterances.get(at)?;
    let of = |moment| match moment {
        Moment::Unknown => None,
        Moment::Exact(time) => Some(time),
        Moment::Number(number) => milliseconds(number, unit),
    };
    let start = of(utterance.start)?;
    Some(span(start, of(utterance.end).unwrap_or(start)))
}

/// How many milliseconds the numbers of a track count.
fn unit_of(harvest: &Harvest, at: usize) -> f64 {
    let (mut least, mut most) = (f64::MAX, f64::MIN);
    let mut around = at;
    loop {
        let track = &harvest.tracks[around];
        for utterance in &track.utterances {
            if let Moment::Number(number) = utterance.start {
                (least, most) = (least.min(number), most.max(number));
            }
            if let Moment::Number(number) = utterance.end {
                most = most.max(number);
            }
        }
        if least <= most || track.around == around {
            break;
        }
        around = track.around;
    }
    unit(least..most, harvest.tracks[at].text.len())
}
