//! Who asks and who answers, where it is known who speaks: a document to an interview.

mod ends;
mod stray;
mod who;

use std::mem::take;

use super::document::{Document, Mark, Voice};
use super::labels::name::{ANSWERERS, is_numbered};
use super::marks;
use crate::interview::{Interview, Role, Time, Turn};

/// The interview in `document`, without its text, which is left there: by its speakers, where it names two, else by its
/// typography and by what the paragraphs say themselves.
#[must_use]
pub fn interview(document: &mut Document) -> Interview {
    if document.labelled {
        ends::disown(document);
    }
    let strays = stray::strays(document);
    let mut heard = vec![false; document.speakers.len()];
    for voice in document.marks.iter().filter_map(|mark| mark.speaker) {
        heard[voice.index()] = !strays[voice.index()];
    }
    let mut findings = Vec::new();
    let turns = if heard.iter().filter(|heard| **heard).count() < 2 {
        let found = marks::find(document);
        let mut turns = found.turns;
        for turn in &mut turns {
            tell(turn, document);
        }
        findings = found.findings;
        turns
    } else {
        let mut spoken = runs(take(&mut document.marks), &strays);
        let asks = who::asks(&document.speakers, &document.paragraphs, &spoken);
        stray::set_aside(document, &mut spoken, &asks);
        let known = document.metadata.interviewee.take();
        document.metadata.interviewee =
            known.or_else(|| interviewee(&document.speakers, &heard, &asks));
        turns(document, spoken, &asks)
    };
    let mut interview = Interview {
        metadata: take(&mut document.metadata),
        speakers: take(&mut document.speakers),
        findings,
        ..Interview::default()
    };
    interview.set_turns(turns);
    interview
}

/// Says of a turn that was found without the speakers what is known of all its paragraphs.
fn tell(turn: &mut Turn, document: &Document) {
    let marks = &document.marks[turn.paragraphs.range()];
    turn.time = marks.iter().fold(None, |time, mark| span(time, mark.time));
    let speaker = marks.first().and_then(|mark| mark.speaker);
    let speaker = speaker.filter(|_| marks.iter().all(|mark| mark.speaker == speaker));
    turn.speaker = speaker.or(turn.speaker);
}

/// So many paragraphs in a row that one speaker says.
struct Run {
    speaker: Option<Voice>,
    /// A voice speaks that nobody knows, and it is no part of the conversation.
    stray: bool,
    paragraphs: u32,
    time: Option<Time>,
}

/// What is said in one go. It takes the memory of the `marks`: of a long file that is as much as the turns.
fn runs(marks: Vec<Mark>, strays: &[bool]) -> Vec<Run> {
    let run = |mark: Mark| {
        let stray = mark.speaker.is_some_and(|voice| strays[voice.index()]);
        Run {
            speaker: mark.speaker.filter(|_| !stray),
            stray,
            paragraphs: 1,
            time: mark.time,
        }
    };
    let mut runs: Vec<Run> = marks.into_iter().map(run).collect();
    runs.dedup_by(|next, last| {
        let goes_on = (last.speaker, last.stray) == (next.speaker, next.stray);
        if goes_on {
            last.paragraphs += next.paragraphs;
            last.time = span(last.time, next.time);
        }
        goes_on
    });
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

/// The turns of the speakers. What stands before the first of them is introduction, what nobody says below the last is
/// closing; elsewhere that is a remark.
fn turns(document: &Document, spoken: Vec<Run>, asks: &[bool]) -> Vec<Turn> {
    let mut at = 0;
    let mut turns: Vec<Turn> = Vec::with_capacity(spoken.len());
    for (index, run) in spoken.iter().enumerate() {
        let paragraphs = at..at + run.paragraphs as usize;
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
            speaker: run.speaker,
            paragraphs: paragraphs.into(),
            time: run.time,
        });
    }
    drop(spoken);
    if document.labelled {
        ends::part(&mut turns, &document.paragraphs);
    }
    ends::close(&mut turns, &document.paragraphs);
    turns
}

/// The one who answers, where there is one, by a name.
fn interviewee(speakers: &[String], heard: &[bool], asks: &[bool]) -> Option<String> {
    let voices = speakers.iter().zip(heard).zip(asks);
    let mut answers = voices.filter(|((_, heard), asks)| **heard && !**asks);
    let ((name, _), _) = answers.next()?;
    let generic = ANSWERERS.contains(&name.to_lowercase().as_str())
        || is_numbered(name)
        || name.chars().count() < 3;
    (answers.next().is_none() && !generic).then(|| name.clone())
}

#[cfg(test)]
mod tests {
    use super::super::document::RULE;
    use super::super::labels::Labels;
    use super::*;

    fn interview(mut document: Document) -> Interview {
        super::interview(&mut document)
    }

    fn labelled(paragraphs: &[&str]) -> Interview {
        let mut document = Document::default();
        for paragraph in paragraphs {
            document.push(paragraph.to_string().into(), Mark::default());
        }
        Labels::of_document(&document).take(&mut document);
        interview(document)
    }

    fn turns(paragraphs: &[&str]) -> Vec<(Role, String, usize)> {
        let interview = labelled(paragraphs);
        let turn = |turn: &Turn| {
            let speaker = interview.speaker(turn).unwrap_or_default();
            (turn.role, speaker.to_owned(), turn.paragraphs.len())
        };
        interview.turns.iter().map(turn).collect()
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
        Labels::of_document(&document).take(&mut document);
        let interview = interview(document);
        let last = interview
            .turns
            .last()
            .map(|turn| (turn.role, turn.paragraphs.range()));
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

    /// Who has which role, of turns given as `name: text`, a letter a turn.
    fn letters(lines: &[&str]) -> String {
        let mut document = Document::default();
        for line in lines {
            let (name, text) = line.split_once(": ").unwrap();
            let speaker = document.voice(name);
            let mark = Mark {
                speaker,
                ..Mark::default()
            };
            document.push(text.to_owned().into(), mark);
        }
        let letter = |turn: &Turn| match turn.role {
            Role::Introduction => 'I',
            Role::Question => 'Q',
            Role::Answer => 'A',
            Role::Remark => 'R',
            Role::Closing => 'C',
        };
        interview(document).turns.iter().map(letter).collect()
    }

    #[test]
    fn who_is_asked_may_speak_first() {
        let found = letters(&[
            "SPEAKER_00: Ich setze mich hierher, wenn das recht ist, da sieht man den Hof.",
            "SPEAKER_01: Gern. Wie lange arbeiten Sie schon hier?",
            "SPEAKER_00: Seit dreißig Jahren, und mein Vater vor mir auch schon.",
            "SPEAKER_01: Und was hat sich verändert?",
            "SPEAKER_00: Alles. Früher waren wir zwölf, heute bin ich allein.",
        ]);
        assert_eq!(found, "AQAQA");
    }

    #[test]
    fn several_may_ask_and_a_slip_of_a_label_is_seen_by_its_place() {
        let found = letters(&[
            "Ada: Wie fing das an?",
            "Bo: Mit einem Schuppen, den wir von einer Tante geerbt hatten.",
            "Cleo: Und wer hatte die Idee?",
            "Bo: Meine Frau, wie immer, sie hat ja auch das Rad entdeckt.",
            "Ada: Das Rad?",
            "Bo: Es lag unter dem Stroh und war noch ganz, bis auf zwei Schaufeln.",
            "Cleo: Ah, interessant.",
            "Bob: Ja, und dann kam der erste Winter, und alles fror ein.",
            "Ada: Und dann?",
            "Bo: Dann haben wir geheizt und gewartet, was sonst.",
        ]);
        assert_eq!(found, "QAQAQAQAQA");
    }

    #[test]
    fn a_host_may_introduce_at_length_and_an_unknown_voice_interrupt() {
        let found = letters(&[
            "Ada: Guten Abend und herzlich willkommen. Heute geht es um Mühlen, und darum, was aus ihnen wird, wenn keiner mehr mahlt.",
            "Unknown: Werbung für Mehl.",
            "Ada: Bei mir ist ein Müller. Schön, dass Sie da sind.",
            "Bo: Danke für die Einladung.",
            "Ada: Wie viele Mühlen gibt es noch?",
            "Bo: Im ganzen Tal sind es drei, und zwei davon drehen sich nur noch für Besucher.",
            "Ada: Warum?",
            "Bo: Weil niemand mehr Korn bringt, und weil das Wasser fehlt.",
            "Ada: Wohin ist es?",
            "Bo: In die Leitungen.",
            "Ada: Vielen Dank.",
        ]);
        assert_eq!(found, "IQAQAQAQAC");
    }

    #[test]
    fn one_voice_alone_has_no_side() {
        let found = letters(&["Ada: Warum Mühlen?", "Ada: Weil sie sich drehen."]);
        assert_eq!(found, "QA");
    }
}
