//! Who asks and who answers, where it is known who speaks: a document to an interview.

use super::document::{Document, Mark, Voice};
use super::labels::Labels;
use super::labels::name::{ANSWERERS, ASKERS, PAIRS};
use super::structure;
use crate::interview::{Interview, Role, Time, Turn};

/// The interview in `document`: by its speakers, where it names any, else by what the paragraphs say themselves.
#[must_use]
pub fn interview(mut document: Document) -> Interview {
    if document.speakers.is_empty() {
        Labels::of_document(&document).take(&mut document);
    }
    let Document {
        metadata,
        paragraphs,
        marks,
        speakers,
        ..
    } = document;
    if speakers.is_empty() {
        let mut interview = Interview::new(&paragraphs, structure::turns(&paragraphs));
        interview.metadata = metadata;
        return interview;
    }
    let spoken = runs(&marks);
    let asks = asks(&speakers, &paragraphs, &spoken);
    let turns = turns(&speakers, &paragraphs, &spoken, &asks);
    let mut interview = Interview::new(&paragraphs, turns);
    interview.metadata = metadata;
    let known = interview.metadata.interviewee.take();
    interview.metadata.interviewee = known.or_else(|| interviewee(&speakers, &asks));
    interview
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
/// nothing is closing, and so is what nobody says below it; elsewhere that is a remark.
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
    let asks_nothing = |turn: &Turn| {
        let paragraphs = &said[turn.paragraphs.clone()];
        !paragraphs.iter().any(|p| p.as_ref().contains('?'))
    };
    if turns.len() > 1
        && let Some(last) = turns.last_mut()
        && last.role == Role::Question
        && asks_nothing(last)
    {
        last.role = Role::Closing;
    }
    turns
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
