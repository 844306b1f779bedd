//! Who asks and who answers, where it is known who speaks: a document to an interview.

use super::document::{Document, Mark, Voice};
use super::labels::Labels;
use super::labels::name::{ANSWERERS, ASKERS, PAIRS};
use super::{marks, structure};
use crate::interview::{Interview, Role, Time, Turn};

/// An answer to thanks has no more words than this.
const REPLY: usize = 30;

/// So many turns before the end tell how it goes on.
const NEAR: usize = 24;

/// How sure it is that one who asks asks, as a natural logarithm of odds.
const SURE: f32 = 20.0;

/// The interview in `document`: by its speakers, where it names any, else by its typography and by what the paragraphs
/// say themselves.
#[must_use]
pub fn interview(mut document: Document) -> Interview {
    if document.speakers.is_empty() {
        Labels::of_document(&document).take(&mut document);
    }
    if document.labelled {
        close(&mut document);
    }
    if document.speakers.is_empty() {
        let turns = marks::turns(&mut document);
        let mut interview = Interview::new(&document.paragraphs, turns);
        interview.metadata = document.metadata;
        return interview;
    }
    let Document {
        metadata,
        paragraphs,
        marks,
        speakers,
        labelled,
        ..
    } = document;
    let spoken = runs(&marks);
    let asks = asks(&speakers, &paragraphs, &spoken);
    let mut turns = turns(&speakers, &paragraphs, &spoken, &asks);
    if labelled {
        part_closing(&mut turns, &paragraphs);
    }
    let mut interview = Interview::new(&paragraphs, turns);
    interview.metadata = metadata;
    let known = interview.metadata.interviewee.take();
    interview.metadata.interviewee = known.or_else(|| interviewee(&speakers, &asks));
    interview
}

/// Takes from the last speaker what stands below a heading or a rule: as nobody is named there, it is about the interview.
fn close(document: &mut Document) {
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

/// So many paragraphs in a row that one speaker says.
struct Run {
    speaker: Option<Voice>,
    paragraphs: usize,
    time: Option<Time>,
}

fn runs(marks: &[Mark]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for mark in marks {
        match runs.last_mut() {
            Some(last) if last.speaker == mark.speaker => {
                last.paragraphs += 1;
                last.time = span(last.time, mark.time);
            }
            _ => runs.push(Run {
                speaker: mark.speaker,
                paragraphs: 1,
                time: mark.time,
            }),
        }
    }
    runs
}

/// From the beginning of the first to the end of the last.
fn span(first: Option<Time>, last: Option<Time>) -> Option<Time> {
    match (first, last) {
        (Some(first), Some(last)) => Some(Time {
            start: first.start,
            end: last.end.max(first.end),
        }),
        (first, last) => first.or(last),
    }
}

/// The turns of the speakers. What stands before the first of them is introduction. A last turn of one who asks that asks
/// nothing is closing, and so is all below it where it takes leave, and what nobody says at the end; elsewhere that is a
/// remark.
fn turns(
    speakers: &[String],
    said: &[impl AsRef<str>],
    spoken: &[Run],
    asks: &[bool],
) -> Vec<Turn> {
    let mut at = 0;
    let mut turns: Vec<Turn> = Vec::with_capacity(spoken.len());
    for (index, run) in spoken.iter().enumerate() {
        let paragraphs = at..at + run.paragraphs;
        at = paragraphs.end;
        let role = match run.speaker {
            None if paragraphs.start == 0 => Role::Introduction,
            None if index + 1 == spoken.len() => Role::Closing,
            None => Role::Remark,
            Some(speaker) if asks[speaker.index()] => Role::Question,
            Some(_) => Role::Answer,
        };
        turns.push(Turn {
            role,
            speaker: run.speaker.map(|speaker| speakers[speaker.index()].clone()),
            paragraphs,
            time: run.time,
        });
    }
    if let Some(closing) = leave(&turns, said) {
        for turn in &mut turns[closing..] {
            turn.role = Role::Closing;
        }
    }
    turns
}

/// The turn with which the last one who asks takes leave: it asks nothing, and nothing comes after it, or thanks for thanks.
fn leave(turns: &[Turn], said: &[impl AsRef<str>]) -> Option<usize> {
    let asks = |turn: &Turn| turn.role == Role::Question;
    let last = turns.iter().rposition(asks).filter(|at| *at > 0)?;
    let mut words = said[turns[last].paragraphs.clone()]
        .iter()
        .map(AsRef::as_ref);
    if words.clone().any(|said| said.contains('?')) {
        return None;
    }
    let answers = |turn: &&Turn| turn.role == Role::Answer;
    let reply = turns[last..]
        .iter()
        .find(answers)
        .and_then(|turn| said.get(turn.paragraphs.start));
    let is_short = |said: &str| said.split_whitespace().nth(REPLY).is_none();
    let returned = reply
        .is_none_or(|reply| is_short(reply.as_ref()) || structure::takes_leave(reply.as_ref()));
    let parting = last + 1 == turns.len() || returned && words.any(structure::takes_leave);
    parting.then_some(last)
}

/// Parts from the last answer what is only about the interview, by the look of it: who it was, where to read more.
fn part_closing(turns: &mut Vec<Turn>, said: &[impl AsRef<str>]) {
    let near = turns.len().saturating_sub(NEAR);
    let Some(last) = turns.last().filter(|turn| turn.role == Role::Answer) else {
        return;
    };
    let (start, end) = (last.paragraphs.start, last.paragraphs.end);
    let leans: Vec<Option<f32>> = turns[near..]
        .iter()
        .flat_map(|turn| {
            let lean = match turn.role {
                Role::Question => Some(SURE),
                Role::Answer => Some(-SURE),
                _ => None,
            };
            turn.paragraphs.clone().map(move |_| lean)
        })
        .collect();
    let from = end - leans.len();
    let looks = structure::turns_leaning(&said[from..end], |at| leans[at]);
    let closing = looks.last().filter(|turn| turn.role == Role::Closing);
    let closing = closing.map_or(end, |turn| from + turn.paragraphs.start);
    if closing > start && closing < end {
        if let Some(last) = turns.last_mut() {
            last.paragraphs.end = closing;
        }
        turns.push(Turn::new(Role::Closing, closing..end));
    }
}

/// Who asks, by index: those whose name says so; else the one whose paragraphs most look like questions, and whoever
/// comes near.
fn asks(speakers: &[String], said: &[impl AsRef<str>], spoken: &[Run]) -> Vec<bool> {
    let lower: Vec<String> = speakers.iter().map(|name| name.to_lowercase()).collect();
    let has = |wanted: &str| lower.iter().any(|name| name == wanted);
    let pair = PAIRS
        .iter()
        .find(|(asks, answers)| has(asks) && has(answers));
    let by_name: Vec<bool> = lower
        .iter()
        .map(|name| ASKERS.contains(&name.as_str()) || pair.is_some_and(|(asks, _)| name == asks))
        .collect();
    if by_name.contains(&true) && by_name.contains(&false) {
        return by_name;
    }
    let mut sums = vec![(0.0f32, 0.0f32); speakers.len()];
    let mut asking = structure::asking(said).into_iter();
    for run in spoken {
        for weight in asking.by_ref().take(run.paragraphs) {
            if let Some(speaker) = run.speaker {
                let sum = &mut sums[speaker.index()];
                sum.0 += weight;
                sum.1 += 1.0;
            }
        }
    }
    // Where all ask alike, the first to speak does: somebody answers.
    let means: Vec<f32> = sums.iter().map(|(sum, n)| sum / n.max(1.0)).collect();
    let most = means.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let least = means.iter().copied().fold(f32::INFINITY, f32::min);
    let stands_out = |(speaker, mean): (usize, &f32)| {
        if most > least {
            *mean - least > (most - least) * 0.75
        } else {
            speaker == 0
        }
    };
    means.iter().enumerate().map(stands_out).collect()
}

/// The one who answers, where there is one, by a name.
fn interviewee(speakers: &[String], asks: &[bool]) -> Option<String> {
    let mut answers = speakers.iter().zip(asks).filter(|(_, asks)| !**asks);
    let (name, _) = answers.next()?;
    let generic = ANSWERERS.contains(&name.to_lowercase().as_str()) || name.chars().count() < 3;
    (answers.next().is_none() && !generic).then(|| name.clone())
}

#[cfg(test)]
mod tests {
    use super::super::document::RULE;
    use super::*;

    fn labelled(paragraphs: &[&str]) -> Interview {
        let mut document = Document::default();
        for paragraph in paragraphs {
            document.push(paragraph.to_string().into(), Mark::default());
        }
        Labels::of_document(&document).take(&mut document);
        interview(document)
    }

    fn turns(paragraphs: &[&str]) -> Vec<(Role, String, usize)> {
        let turns = labelled(paragraphs).turns.into_iter();
        turns
            .map(|t| (t.role, t.speaker.unwrap_or_default(), t.paragraphs.len()))
            .collect()
    }

    fn said(speaker: Option<Voice>, start: u32, end: u32) -> Mark {
        Mark {
            speaker,
            time: Some(Time { start, end }),
            ..Mark::default()
        }
    }

    #[test]
    fn a_turn_has_the_time_of_all_its_paragraphs() {
        let mut document = Document::default();
        let [ada, bo] = ["Ada", "Bo"].map(|name| document.voice(name));
        document.push("Wo waren Sie?".into(), said(ada, 0, 900));
        document.push("Hier.".into(), said(bo, 900, 1_500));
        document.push("Den ganzen Tag.".into(), said(bo, 1_700, 2_500));
        document.push("(Pause)".into(), Mark::default());
        document.push("Und dann?".into(), said(ada, 3_000, 4_000));
        document.push("Fort.".into(), said(bo, 4_000, 4_400));
        let interview = interview(document);
        let times: Vec<_> = interview
            .turns
            .iter()
            .map(|t| t.time.map(|t| (t.start, t.end)))
            .collect();
        let [first, last] = [Some((0, 900)), Some((4_000, 4_400))];
        assert_eq!(
            times,
            [first, Some((900, 2_500)), None, Some((3_000, 4_000)), last]
        );
        assert_eq!(interview.turns[2].role, Role::Remark);
    }

    #[test]
    fn who_asks_is_seen_from_the_whole() {
        let found = turns(&[
            "Ein Gespräch im Mai.",
            "Kroll: Woher kommt das Holz?",
            "Ott: Aus dem eigenen Wald, den mein Vater noch gepflanzt hat.",
            "Wir schlagen selbst.",
            "Kroll: Und das reicht Ihnen?",
            "Ott: Fragen Sie mich im Winter noch einmal. Ich weiß es nicht.",
            "Kroll: Danke für den Kaffee.",
        ]);
        let expected = [
            (Role::Introduction, "", 1),
            (Role::Question, "Kroll", 1),
            (Role::Answer, "Ott", 2),
            (Role::Question, "Kroll", 1),
            (Role::Answer, "Ott", 1),
            (Role::Closing, "Kroll", 1),
        ];
        assert_eq!(found, expected.map(|(r, s, n)| (r, s.to_owned(), n)));
    }

    #[test]
    fn words_that_label_need_not_recur() {
        let found = turns(&["Frage: Sie malen.", "Antwort: Ist das so?"]);
        assert_eq!(found[0].0, Role::Question);
        assert_eq!(found[1].0, Role::Answer);
    }

    #[test]
    fn two_may_answer_and_a_label_may_stand_alone() {
        let found = turns(&[
            "I:",
            "Wie war der Umzug?",
            "S1: Lang.",
            "S2: Ich fand ihn schön.",
            "I: Warum?",
            "S1: Ich weiß nicht.",
            "S2: Weil.",
        ]);
        let roles: Vec<Role> = found.iter().map(|t| t.0).collect();
        use Role::{Answer as A, Question as Q};
        assert_eq!(roles, [Q, A, A, Q, A, A]);
        assert_eq!(found[0].2, 1);
    }

    #[test]
    fn who_asked_is_said_at_the_end() {
        let found = turns(&[
            "I: Wo?",
            "B: Hier.",
            "I: Wann?",
            "B: Jetzt.",
            "Die Fragen stellte Ida.",
        ]);
        assert_eq!(found.last(), Some(&(Role::Closing, String::new(), 1)));
        assert_eq!(found[3], (Role::Answer, "B".to_owned(), 1));
    }

    #[test]
    fn thanks_and_what_is_only_about_the_interview_close_it() {
        let answer =
            "Ott: Wir schlagen im Winter, wenn der Boden hart ist, und ich zähle dann die Ringe.";
        let mut lines = ["Lenz: Und wann fällen Sie?", answer].repeat(4);
        lines.extend([
            "Lenz: Vielen Dank für das Gespräch.",
            "Ott: Gerne, kommen Sie wieder.",
            "Josef Ott lebt mit seiner Familie am Rand des Waldes.",
        ]);
        let roles: Vec<Role> = turns(&lines).into_iter().map(|turn| turn.0).collect();
        assert_eq!(roles[..8], [Role::Question, Role::Answer].repeat(4));
        assert!(roles[8..].iter().all(|role| *role == Role::Closing));
    }

    #[test]
    fn below_a_rule_or_a_heading_nobody_speaks_who_is_not_named() {
        let mut document = Document::default();
        for text in [
            "I: Wo?",
            "B: Hier.",
            "I: Wann?",
            "B: Jetzt.",
            "Und morgen.",
            RULE,
            "Mehr im Netz.",
        ] {
            document.push(text.into(), Mark::default());
        }
        let interview = interview(document);
        let last = interview
            .turns
            .last()
            .map(|turn| (turn.role, turn.paragraphs.clone()));
        assert_eq!(last, Some((Role::Closing, 5..7)));
        assert_eq!(interview.turns[3].paragraphs, 3..5);
    }

    #[test]
    fn a_name_on_the_answers_is_who_is_asked() {
        let lines = [
            "Frage: Wer?",
            "Ada Kroll: Ich.",
            "Frage: Wo?",
            "Ada Kroll: Hier.",
        ];
        let found = labelled(&lines);
        assert_eq!(found.metadata.interviewee.as_deref(), Some("Ada Kroll"));
    }
}
