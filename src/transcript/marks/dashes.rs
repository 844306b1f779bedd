//! Signs that turns begin with where nothing else sets them apart: *– Wo waren Sie?*

use std::collections::HashMap;

use crate::transcript::changes::{led, take_off};
use crate::transcript::document::{Document, Kind};
use crate::transcript::structure;

/// So many paragraphs begin with a sign at the least.
const LEAST: usize = 3;

/// What a paragraph says for or against asking counts so much at the most, as a natural logarithm of odds.
const MOST: f32 = 4.0;

/// What it counts against two turns of one side that the same side says both.
const SAME: f32 = 4.0;

/// How sure it is who asks where turns are told by nothing but signs, on the same scale.
const SURE: f32 = 3.0;

/// Takes the sign off paragraphs that begin with it. Where what follows a question begins with it as well, it says that
/// somebody else begins; where these ask and others don't begin so, it sets them apart.
pub fn take(document: &mut Document) {
    let plain = |at: usize| {
        let mark = document.marks[at];
        mark.kind == Kind::Text && !mark.strong
    };
    let signs: Vec<Option<char>> = document
        .paragraphs
        .iter()
        .enumerate()
        .map(|(at, text)| led(text).map(|(sign, _)| sign).filter(|_| plain(at)))
        .collect();
    let mut counts: HashMap<char, usize> = HashMap::new();
    for sign in signs.iter().flatten() {
        *counts.entry(*sign).or_default() += 1;
    }
    let most = counts
        .into_iter()
        .max_by_key(|(sign, count)| (*count, *sign));
    let Some((sign, count)) = most.filter(|(_, count)| *count >= LEAST) else {
        return;
    };
    let so: Vec<bool> = signs.iter().map(|led| *led == Some(sign)).collect();
    let said: Vec<&str> = document
        .paragraphs
        .iter()
        .map(|text| led(text).map_or(text.as_ref(), |(_, said)| said))
        .collect();
    let asking = structure::asks(&said);
    let asks = asking.iter().zip(&so).filter(|(asks, so)| **asks && **so);
    let asks = asks.count();
    let both = tells(&so, &asking);
    let all = so.len();
    // What is listed stands together; questions stand apart, and more is asked in them than elsewhere.
    let listed = so.windows(2).filter(|pair| pair[0] && pair[1]).count();
    let others = asking.iter().filter(|asks| **asks).count() - asks;
    let apart = listed * 4 < count && asks * 4 >= count && asks * (all - count) > others * count;
    let questions = (asks * 2 >= count || apart) && count * 3 <= all * 2 && (0..all).all(plain);
    if !both && !questions {
        return;
    }
    let paragraphs = document.paragraphs.iter_mut().zip(&mut document.marks);
    for ((text, mark), _) in paragraphs.zip(so).filter(|(_, so)| *so) {
        mark.begins = both;
        mark.strong = !both;
        take_off(text);
    }
}

/// Whether what `begins` says tells turns apart: what follows a question nearly always begins, and not all that begins asks.
fn tells(begins: &[bool], asking: &[bool]) -> bool {
    let count = begins.iter().filter(|begins| **begins).count();
    let asked: Vec<usize> = (0..begins.len().saturating_sub(1))
        .filter(|at| begins[*at] && asking[*at])
        .collect();
    let followed = asked.iter().filter(|at| begins[**at + 1]).count();
    asked.len() > 1 && followed * 4 >= asked.len() * 3 && asked.len() * 4 <= count * 3
}

/// How much speaks for it that each paragraph asks where signs say that somebody else begins: the likeliest way in which two
/// sides take turns. `None` where the signs don't tell.
pub fn leans(document: &Document, texts: &[&str], asking: &[bool]) -> Option<Vec<f32>> {
    let begins: Vec<bool> = document.marks.iter().map(|mark| mark.begins).collect();
    if !begins.contains(&true) || !tells(&begins, asking) {
        return None;
    }
    // The paragraphs of each turn, and what they say for asking.
    let weights = structure::asking(texts);
    let mut turns: Vec<(usize, f32)> = Vec::new();
    for (begins, weight) in begins.iter().zip(&weights) {
        match turns.last_mut().filter(|_| !begins) {
            Some((count, sum)) => {
                *count += 1;
                *sum += weight;
            }
            None => turns.push((1, *weight)),
        }
    }
    // The worth of the best way that ends in an answer and in a question, and whether the side changed before.
    let mut worth = [0.0f32; 2];
    let mut changed: Vec<[bool; 2]> = Vec::with_capacity(turns.len());
    for (at, (_, weight)) in turns.iter().enumerate() {
        let own = weight.clamp(-MOST, MOST) / 2.0;
        let step = |side: usize| {
            let (same, other) = (worth[side] - SAME, worth[1 - side]);
            (same.max(other), other >= same)
        };
        let [answer, question] = if at == 0 {
            [(0.0, true); 2]
        } else {
            [step(0), step(1)]
        };
        worth = [answer.0 - own, question.0 + own];
        changed.push([answer.1, question.1]);
    }
    let mut side = usize::from(worth[1] > worth[0]);
    let mut sides: Vec<usize> = Vec::with_capacity(turns.len());
    for changed in changed.iter().rev() {
        sides.push(side);
        if changed[side] {
            side = 1 - side;
        }
    }
    let each = turns.iter().zip(sides.iter().rev());
    let leans = each.flat_map(|((count, _), side)| {
        let lean = if *side == 1 { SURE } else { -SURE };
        std::iter::repeat_n(lean, *count)
    });
    Some(leans.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::document::Mark;

    fn document(paragraphs: &[&'static str]) -> Document<'static> {
        let mut document = Document::default();
        for paragraph in paragraphs {
            document.push((*paragraph).into(), Mark::default());
        }
        take(&mut document);
        document
    }

    fn taken(paragraphs: &[&'static str]) -> String {
        document(paragraphs).paragraphs.concat()
    }

    #[test]
    fn a_sign_before_questions_is_none_of_their_words() {
        let asked = [
            "– Wo?",
            "Hier.",
            "– Und wann?",
            "Jetzt.",
            "– Das ist spät.",
            "Ja.",
            "Und?",
        ];
        assert_eq!(taken(&asked), "Wo?Hier.Und wann?Jetzt.Das ist spät.Ja.Und?");
        let listed = ["Was?", "- Brot.", "- Salz.", "- Öl.", "Wann?", "Heute."];
        assert_eq!(taken(&listed), listed.concat());
    }

    #[test]
    fn a_sign_before_all_turns_says_who_goes_on() {
        let both = [
            "— Wo waren Sie?",
            "— Auf dem Speicher.",
            "Da war es warm.",
            "— Und wann kamen Sie herunter?",
            "— Was glauben Sie denn?",
            "— Man hat Sie gesehen.",
            "— Gegen Abend.",
            "— Warum so spät?",
            "— Ich hatte zu tun.",
        ];
        let document = document(&both);
        assert!(document.paragraphs.iter().all(|text| !text.contains('—')));
        let texts: Vec<&str> = document.paragraphs.iter().map(AsRef::as_ref).collect();
        let leans = leans(&document, &texts, &structure::asks(&texts)).unwrap();
        let asks: String = leans
            .iter()
            .map(|lean| if *lean > 0.0 { 'Q' } else { 'A' })
            .collect();
        assert_eq!(asks, "QAAQAQAQA");
    }
}
