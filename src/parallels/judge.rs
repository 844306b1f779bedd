//! Another judge of parallels: a command that reads the exchanges of two interviews and says which belong together.
//!
//! On its standard input it gets one JSON object a line for each exchange, those of the left interview first, and then
//! the end of the input. Exchanges are counted from 1 on each side; `language` is `null` where it is unknown:
//!
//! ```json
//! {"side":"left","exchange":1,"interview":"Ada","language":"de","question":"Was ist Glück?","answer":"Ein Nachmittag."}
//! ```
//!
//! On its standard output it gives one JSON object a line for each pair that it has an opinion of, in the format of
//! `synopse parallels --json`:
//!
//! ```json
//! {"left":1,"right":2,"score":0.9,"theme":"Glück","by":"a model"}
//! ```
//!
//! `score` is how likely the two belong together, in 0..1, and 1 where it is left out; from [`SUGGESTED`] on the pair is
//! suggested, below it isn't, whatever the text says. `theme` and `by` may be left out; `by` is the name that the pair is
//! shown under, by default that of the command. Other fields and blank lines are passed over, and of two lines on one pair
//! the later one holds. A pair that it doesn't name is judged by the text as ever.
//!
//! It ends with exit status 0 within the time that it is given ([`LIMIT`] by default). What doesn't keep to this is
//! refused whole.
//!
//! [`SUGGESTED`]: super::alignment::SUGGESTED

mod run;

use std::collections::HashMap;
use std::io;
use std::process::ExitStatus;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::interview::Interview;
use crate::lang::{Lang, Tell};
use crate::text::visible::visible_line;

pub use run::{Leash, ask};

/// How long a judge may take, where nothing else is said.
pub const LIMIT: Duration = Duration::from_secs(60);

/// A judge to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judge {
    /// The command, as a shell reads it.
    pub command: String,
    /// How long it may take.
    pub limit: Duration,
}

impl Judge {
    /// What it is called where it doesn't name itself: the command without its folder and its arguments.
    #[must_use]
    pub fn name(&self) -> String {
        let first = self.command.split_whitespace().next().unwrap_or_default();
        visible_line(first.rsplit('/').next().unwrap_or(first))
    }
}

/// What a judge has said of two interviews.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opinion {
    /// Of which pairs, left and right, counted from 0.
    pairs: HashMap<(usize, usize), Word>,
}

/// What a judge has said of a pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// How likely the two belong together, in 0..1.
    pub score: f32,
    /// What they are about, where it has said so.
    pub theme: Option<String>,
    /// The judge's name.
    pub by: Arc<str>,
}

impl Opinion {
    /// What was said of a pair, counted from 0.
    #[must_use]
    pub fn of(&self, left: usize, right: usize) -> Option<&Word> {
        self.pairs.get(&(left, right))
    }

    /// The pairs that something was said of.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.pairs.keys().copied()
    }

    /// How many pairs something was said of.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Whether nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}

/// Why a judge was not heard.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.tell(Lang::English))]
pub struct Error {
    /// Its name.
    pub judge: String,
    /// What was wrong.
    pub trouble: Trouble,
}

/// What was wrong with a judge.
#[derive(Debug)]
pub enum Trouble {
    /// It could not be run, or not be heard.
    System(io::Error),
    /// It says more than can be kept.
    Long,
    /// It did not end in time.
    Late(Duration),
    /// It ended with a failure; the last that it said on standard error.
    Failed(ExitStatus, String),
    /// The line, counted from 1, is no pair.
    NoPair(usize),
    /// The line, counted from 1, gives a score that is none.
    NoScore(usize),
    /// The line, counted from 1, names an exchange that there is not: whether on the left, which, and how many there are.
    NoExchange(usize, bool, usize, usize),
}

impl Tell for Error {
    fn tell(&self, lang: Lang) -> String {
        let said = match &self.trouble {
            Trouble::System(error) => visible_line(&error.to_string()),
            Trouble::Long => lang
                .tr(
                    "its answer has no end; it is to give one line a pair",
                    "die Antwort nimmt kein Ende; erwartet wird eine Zeile je Paar",
                )
                .to_owned(),
            Trouble::Late(limit) => {
                let seconds = limit.as_secs();
                lang.tr(
                    format!("no answer within {seconds} s; --judge-time gives it longer"),
                    format!("keine Antwort in {seconds} s; --judge-time gibt mehr Zeit"),
                )
            }
            Trouble::Failed(status, _) if status.code() == Some(127) => lang
                .tr(
                    "there is no such command; check --judge",
                    "diesen Befehl gibt es nicht; bitte --judge prüfen",
                )
                .to_owned(),
            Trouble::Failed(status, said) => {
                let why = visible_line(said);
                let why = if why.is_empty() {
                    why
                } else {
                    format!(": {why}")
                };
                lang.tr(
                    format!("ended with a failure ({status}){why}; run it by itself to see more"),
                    format!(
                        "endete mit einem Fehler ({status}){why}; allein aufgerufen sagt er mehr"
                    ),
                )
            }
            Trouble::NoPair(line) => {
                let pair = r#"{"left": 1, "right": 2, "score": 0.9}"#;
                lang.tr(
                    format!("line {line} of its answer is no pair; one looks like {pair}"),
                    format!("Zeile {line} der Antwort ist kein Paar; eines sieht aus wie {pair}"),
                )
            }
            Trouble::NoScore(line) => lang.tr(
                format!("line {line} of its answer: a score lies between 0 and 1"),
                format!("Zeile {line} der Antwort: eine Bewertung liegt zwischen 0 und 1"),
            ),
            Trouble::NoExchange(line, left, exchange, count) => {
                let side = match left {
                    true => lang.tr("left", "links"),
                    false => lang.tr("right", "rechts"),
                };
                lang.tr(
                    format!("line {line} of its answer: {side} there is no exchange {exchange}, only 1 to {count}"),
                    format!("Zeile {line} der Antwort: {side} gibt es keine Frage {exchange}, nur 1 bis {count}"),
                )
            }
        };
        format!("{}: {said}", self.judge)
    }
}

/// An exchange on the wire.
#[derive(Serialize)]
struct Asked<'a> {
    side: &'static str,
    exchange: usize,
    interview: &'a str,
    language: Option<&'static str>,
    question: &'a str,
    answer: &'a str,
}

/// What a judge is given to read.
fn questions(both: [&Interview; 2]) -> String {
    let mut lines = String::new();
    for (side, interview) in ["left", "right"].into_iter().zip(both) {
        for (index, exchange) in interview.exchanges.iter().enumerate() {
            let answer = interview.span(exchange.answer());
            let line = Asked {
                side,
                exchange: index + 1,
                interview: interview.label(),
                language: interview.language.map(|language| language.code()),
                question: interview.question(index),
                answer: interview.text.get(answer).unwrap_or_default(),
            };
            // Strings and numbers always make JSON.
            lines.push_str(&serde_json::to_string(&line).unwrap_or_default());
            lines.push('\n');
        }
    }
    lines
}

/// A pair on the wire.
#[derive(Deserialize)]
struct Answered {
    left: usize,
    right: usize,
    #[serde(default)]
    score: Option<f32>,
    #[serde(default)]
    theme: Option<String>,
    #[serde(default)]
    by: Option<String>,
}

/// Reads what the judge `name` says of interviews with `counts` exchanges on the left and on the right.
fn opinion(answer: &[u8], name: &str, counts: [usize; 2]) -> Result<Opinion, Trouble> {
    let mut names: HashMap<String, Arc<str>> = HashMap::new();
    let mut pairs = HashMap::new();
    let lines = answer.split(|&byte| byte == b'\n');
    for (number, line) in (1..).zip(lines) {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let pair: Answered = serde_json::from_slice(line).map_err(|_| Trouble::NoPair(number))?;
        for (exchange, count, left) in
            [(pair.left, counts[0], true), (pair.right, counts[1], false)]
        {
            if exchange == 0 || exchange > count {
                return Err(Trouble::NoExchange(number, left, exchange, count));
            }
        }
        let score = pair.score.unwrap_or(1.0);
        if !(0.0..=1.0).contains(&score) {
            return Err(Trouble::NoScore(number));
        }
        let by = pair.by.map(|by| visible_line(by.trim()));
        let by = by
            .filter(|by| !by.is_empty())
            .unwrap_or_else(|| name.to_owned());
        let by = names.entry(by).or_insert_with_key(|by| by.as_str().into());
        let theme = pair.theme.map(|theme| visible_line(theme.trim()));
        let word = Word {
            score,
            theme: theme.filter(|theme| !theme.is_empty()),
            by: Arc::clone(by),
        };
        pairs.insert((pair.left - 1, pair.right - 1), word);
    }
    Ok(Opinion { pairs })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallels::made_up::interview;

    #[test]
    fn a_judge_reads_a_line_an_exchange() {
        let left = interview(&[("Was ist Glück?", "Ein \"Nachmittag\"."), ("Und?", "")]);
        let mut right = interview(&[("Wer?", "Ich.")]);
        right.language = None;
        let lines = questions([&left, &right]);
        let lines: Vec<serde_json::Value> = lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[0]["answer"], "Ein \"Nachmittag\".");
        assert_eq!(
            (&lines[0]["side"], &lines[0]["language"]),
            (&"left".into(), &"de".into())
        );
        assert_eq!(
            (&lines[1]["exchange"], &lines[1]["answer"]),
            (&2.into(), &"".into())
        );
        assert_eq!(lines[2]["side"], "right");
        assert!(lines[2]["language"].is_null());
    }

    #[test]
    fn its_words_are_pairs_and_the_last_one_holds() {
        let answer = b"\n{\"left\":2,\"right\":1,\"score\":0.25}\r\n\
            {\"left\":1,\"right\":1}\n\
            {\"left\":2,\"right\":1,\"score\":0.75,\"theme\":\" Hut \",\"by\":\"Ada\",\"more\":[]}";
        let said = opinion(answer, "probe", [2, 1]).unwrap();
        assert_eq!(said.len(), 2);
        let word = said.of(1, 0).unwrap();
        assert_eq!(
            (word.score, word.theme.as_deref(), &*word.by),
            (0.75, Some("Hut"), "Ada")
        );
        let word = said.of(0, 0).unwrap();
        assert_eq!((word.score, &word.theme, &*word.by), (1.0, &None, "probe"));
        assert!(opinion(b"", "probe", [0, 0]).unwrap().is_empty());
    }

    #[test]
    fn what_is_no_pair_is_told_with_its_line() {
        let wrong = |answer: &str| {
            let trouble = opinion(answer.as_bytes(), "probe", [2, 3]).unwrap_err();
            let error = Error {
                judge: "probe".into(),
                trouble,
            };
            assert!(
                error.tell(Lang::German).starts_with("probe: Zeile 2"),
                "{error}"
            );
            error.to_string()
        };
        let good = r#"{"left":1,"right":3}"#;
        for line in [
            "nonsense",
            "[1]",
            r#"{"left":1}"#,
            r#"{"left":-1,"right":1}"#,
            "\u{0}",
        ] {
            let told = wrong(&format!("{good}\n{line}\n"));
            assert!(told.contains("line 2 of its answer is no pair"), "{told}");
        }
        let told = wrong(&format!("{good}\n{{\"left\":1,\"right\":4}}"));
        assert!(
            told.contains("right there is no exchange 4, only 1 to 3"),
            "{told}"
        );
        let told = wrong(&format!("{good}\n{{\"left\":0,\"right\":1}}"));
        assert!(told.contains("left there is no exchange 0"), "{told}");
        let told = wrong(&format!("{good}\n{{\"left\":1,\"right\":1,\"score\":1.5}}"));
        assert!(told.contains("between 0 and 1"), "{told}");
    }

    #[test]
    fn a_judge_is_called_by_its_command() {
        let name = |command: &str| {
            Judge {
                command: command.into(),
                limit: LIMIT,
            }
            .name()
        };
        assert_eq!(name("/opt/judge.py --fast 'a b'"), "judge.py");
        assert_eq!(name("  wc"), "wc");
        assert_eq!(name(""), "");
    }
}
