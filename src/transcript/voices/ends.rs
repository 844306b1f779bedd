//! Where a conversation is over: thanks and farewells are no question any more.

use crate::interview::{Role, Turn};
use crate::transcript::document::{Document, Mark};
use crate::transcript::marks;
use crate::transcript::structure::gist::Gist;
use crate::transcript::structure::lexicon::{Class, Lexicon};
use crate::transcript::structure::{find, look};

/// What is no longer than this, in bytes, is soon said at the end.
const SHORT: usize = 200;

/// With fewer words, what stands at the end goes on with the answer.
const ENOUGH: usize = 4;

/// So many turns before the end tell how it goes on.
const NEAR: usize = 24;

/// How sure it is that one who asks asks, as a natural logarithm of odds.
const SURE: f32 = 20.0;

/// Takes from the last speaker what stands below a heading or a rule: as nobody is named there, it is about the interview.
pub fn disown(document: &mut Document) {
    let Some(last) = document.marks.iter().rev().find_map(|mark| mark.speaker) else {
        return;
    };
    let other = |mark: &Mark| mark.speaker.is_some_and(|speaker| speaker != last);
    let run = document
        .marks
        .iter()
        .rposition(other)
        .map_or(0, |at| at + 1);
    let said = |at: &usize| document.marks[*at].speaker.is_some();
    let Some(first) = (run..document.marks.len()).find(said) else {
        return;
    };
    let below = marks::over(document, first);
    for mark in document.marks.iter_mut().skip(below) {
        mark.speaker = None;
    }
}

/// Parts from the last answer what is only about the interview, by the look of it: who it was, where to read more.
pub fn part(turns: &mut Vec<Turn>, said: &[impl AsRef<str>]) {
    let near = turns.len().saturating_sub(NEAR);
    let Some(last) = turns.last().filter(|turn| turn.role == Role::Answer) else {
        return;
    };
    let (start, end) = (last.paragraphs.start(), last.paragraphs.end());
    let leans: Vec<Option<f32>> = turns[near..]
        .iter()
        .flat_map(|turn| {
            let lean = match turn.role {
                Role::Question => Some(SURE),
                Role::Answer => Some(-SURE),
                _ => None,
            };
            turn.paragraphs.range().map(move |_| lean)
        })
        .collect();
    let from = end - leans.len();
    let looks = find(&said[from..end], |at| leans[at]).turns;
    let says_enough = |turn: &&Turn| {
        let first = said[from + turn.paragraphs.start()].as_ref();
        first.split_whitespace().count() >= ENOUGH
    };
    let closing = looks.last().filter(|turn| turn.role == Role::Closing);
    let closing = closing.filter(says_enough);
    let closing = closing.map_or(end, |turn| from + turn.paragraphs.start());
    if closing > start && closing < end {
        if let Some(last) = turns.last_mut() {
            last.paragraphs.end_at(closing);
        }
        turns.push(Turn::new(Role::Closing, closing..end));
    }
}

/// Makes the last turns closing, as far back as those who ask take leave and ask nothing, and the others answer with no
/// more than thanks.
pub fn close(turns: &mut [Turn], said: &[impl AsRef<str>]) {
    let mut from = turns.len();
    for (at, turn) in turns.iter().enumerate().rev() {
        let leave = Leave::of(&said[turn.paragraphs.range()]);
        match turn.role {
            Role::Question if leave.asks => break,
            Role::Question if leave.taken || leave.short && is_last(turns, at) => from = at,
            Role::Answer if leave.taken || leave.short => {}
            Role::Remark | Role::Closing => {}
            _ => break,
        }
    }
    // Somebody has to have asked something.
    if turns[..from].iter().any(|turn| turn.role == Role::Question) {
        for turn in &mut turns[from..] {
            turn.role = Role::Closing;
        }
    }
}

/// Whether nobody speaks after the turn `at`.
fn is_last(turns: &[Turn], at: usize) -> bool {
    turns[at + 1..].iter().all(|turn| turn.speaker.is_none())
}

/// What a turn near the end says.
struct Leave {
    /// Something is asked, or somebody asked to tell.
    asks: bool,
    /// It opens or ends with thanks, or is no more than good wishes.
    taken: bool,
    short: bool,
}

impl Leave {
    fn of(said: &[impl AsRef<str>]) -> Leave {
        let lexicon = Lexicon::shipped();
        let gist = |text: &dyn AsRef<str>| Gist::of(text.as_ref(), lexicon);
        let opens = said.first().map(|text| gist(text).first.any);
        let ends = said.last().map(|text| gist(text).last.any);
        let either = |class| opens.iter().chain(&ends).any(|classes| classes.has(class));
        let length: usize = said.iter().map(|text| text.as_ref().len()).sum();
        let short = length <= SHORT;
        Leave {
            asks: look(said).iter().flatten().any(|look| look.asks()),
            taken: either(Class::Thanks) || short && either(Class::Wish),
            short,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::Voice;

    /// The letters of the roles, after `close`.
    fn closed(said: &[&str]) -> String {
        let roles = [Role::Question, Role::Answer];
        let turn = |(at, role): (usize, Role)| Turn {
            speaker: Voice::of(role as usize),
            ..Turn::new(role, at..at + 1)
        };
        let mut turns: Vec<Turn> = roles
            .into_iter()
            .cycle()
            .take(said.len())
            .enumerate()
            .map(turn)
            .collect();
        close(&mut turns, said);
        let letters = turns.iter().map(|turn| match turn.role {
            Role::Question => 'Q',
            Role::Answer => 'A',
            _ => 'C',
        });
        letters.collect()
    }

    #[test]
    fn thanks_close_and_so_do_those_given_back() {
        assert_eq!(
            closed(&["Wo?", "Hier.", "Vielen Dank für das Gespräch.", "Gern."]),
            "QACC"
        );
        assert_eq!(
            closed(&[
                "Wo?",
                "Hier.",
                "Danke schön!",
                "Ich danke Ihnen.",
                "Alles Gute!",
                "Tschüss."
            ]),
            "QACCCC"
        );
        assert_eq!(
            closed(&["Wo?", "Hier.", "Gut, dann mache ich das Gerät aus."]),
            "QAC"
        );
    }

    #[test]
    fn thanks_before_another_question_do_not() {
        let tale = "Das war so: Wir kamen an, und es regnete. ".repeat(8);
        assert_eq!(
            closed(&["Wo?", "Hier.", "Danke. Und wann?", "Gestern."]),
            "QAQA"
        );
        assert_eq!(
            closed(&["Wo?", "Hier.", "Danke, das war schön.", &tale]),
            "QAQA"
        );
        assert_eq!(
            closed(&["Wo?", "Hier.", "Danke. Erzählen Sie vom Wald.", "Gut."]),
            "QAQA"
        );
        assert_eq!(closed(&["Vielen Dank, dass Sie da sind.", "Gern."]), "QA");
    }
}
