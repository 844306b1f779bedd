//! Tables of utterances: CSV and TSV, a row an utterance, with columns for who speaks, what and when.

use std::collections::BTreeSet;

use csv::{Reader, ReaderBuilder, StringRecord};

use super::cues::{self, Cue};
use super::key::{Key, key};
use super::{Format, Read, Source};
use crate::transcript::bounds;
use crate::transcript::clock::{self, milliseconds, moment, span, unit};
use crate::transcript::document::{Document, Mark, Voice};
use crate::transcript::fault::Fault;
use crate::transcript::labels::name::is_name;

/// So many bytes of a file are looked at to tell whether it is a table.
const HEAD: usize = 32 << 10;

/// More speakers than this no interview has.
const SPEAKERS: usize = 16;

/// A row an utterance; also what Whisper calls TSV.
pub const FORMAT: Format = Format {
    name: "csv",
    endings: &["csv", "tsv", "tab"],
    recognises: |source| layout(source.text.as_deref().unwrap_or_default()).is_some(),
    read: Read::Text(read),
};

/// How a table is laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Layout {
    /// What stands between two fields.
    delimiter: u8,
    /// Where the first row begins, in bytes.
    from: usize,
    /// Whether the first row names the columns.
    headed: bool,
    /// The columns with what is said, each with the one who says it where the column's name says that: *Frage*.
    said: Vec<(usize, Option<String>)>,
    speaker: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
}

fn reader(text: &str, delimiter: u8) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// How the table in `text` is laid out; `None` where there is none.
fn layout(text: &str) -> Option<Layout> {
    // A line by which a spreadsheet is told the delimiter.
    let from = match text.strip_prefix("sep=") {
        Some(rest) => text.len() - rest.split_once('\n')?.1.len(),
        None => 0,
    };
    let text = &text[from..];
    let head = &text[..text.floor_char_boundary(HEAD)];
    let whole = head.len() == text.len();
    let line = head.lines().find(|line| !line.trim().is_empty())?;
    [b'\t', b';', b',', b'|']
        .into_iter()
        .filter(|delimiter| memchr::memchr(*delimiter, line.as_bytes()).is_some())
        .find_map(|delimiter| {
            let mut rows: Vec<StringRecord> = reader(head, delimiter)
                .into_records()
                .map_while(Result::ok)
                .filter(|row| !is_rule(row))
                .collect();
            // The last row may be cut off.
            if !whole {
                rows.pop();
            }
            let columns = rows.first()?.len();
            let even = rows.iter().filter(|row| row.len() == columns).count();
            let headless = || headless(&rows).filter(|_| even == rows.len());
            let headed = headed(&rows).filter(|_| even * 10 >= rows.len() * 8);
            Some(Layout {
                delimiter,
                from,
                ..headed.or_else(headless)?
            })
        })
}

/// Whether a row does nothing but part the head of a table of Markdown from its body: `---|:--`.
fn is_rule(row: &StringRecord) -> bool {
    let mut cells = row.iter().map(str::trim);
    let dashes = |cell: &str| cell.bytes().all(|byte| matches!(byte, b'-' | b':'));
    cells.all(dashes) && row.iter().any(|cell| cell.contains("--"))
}

/// The layout of a table whose first row names its columns.
fn headed(rows: &[StringRecord]) -> Option<Layout> {
    let head = rows.first().filter(|_| rows.len() > 1)?;
    let keys: Vec<Key> = head.iter().map(|name| key(name.trim())).collect();
    let best = |rank: fn(&Key) -> Option<u8>| {
        let ranked = keys.iter().enumerate();
        let ranked = ranked.filter_map(|(at, key)| Some((rank(key)?, std::cmp::Reverse(at))));
        ranked.max().map(|(_, at)| at.0)
    };
    let first = |wanted: fn(&Key) -> bool| keys.iter().position(wanted);
    let text = best(|key| match key {
        Key::Text(rank) => Some(*rank),
        _ => None,
    });
    let labels = (0..keys.len()).filter(|at| keys[*at] == Key::Label);
    let labels: Vec<(usize, Option<String>)> = labels
        .map(|at| (at, head.get(at).map(|name| name.trim().to_owned())))
        .collect();
    Some(Layout {
        delimiter: 0,
        from: 0,
        headed: true,
        said: match text {
            Some(text) => vec![(text, None)],
            None if labels.len() > 1 => labels,
            None => return None,
        },
        speaker: best(|key| match key {
            Key::Speaker(rank) => Some(*rank),
            Key::Speakers => Some(1),
            _ => None,
        }),
        start: first(|key| matches!(key, Key::Start(_))),
        end: first(|key| matches!(key, Key::End(_))),
    })
}

/// The layout of a table by what stands in its columns: a few names come again and again in one, and sentences stand in
/// another. What the first row calls them is no matter, if it does.
fn headless<'a>(rows: &'a [StringRecord]) -> Option<Layout> {
    let first = rows.first().filter(|_| rows.len() > 3)?;
    let columns = first.len();
    let cells = |column: usize| {
        let cell = move |row: &'a StringRecord| row.get(column).unwrap_or_default().trim();
        rows.iter().map(cell)
    };
    let heads = |column: usize| {
        let head = first.get(column).unwrap_or_default().trim();
        !cells(column).skip(1).any(|name| name == head)
    };
    let speaker = (0..columns).find(|column| {
        let headed = usize::from(heads(*column));
        let names: BTreeSet<&str> = cells(*column).skip(headed).collect();
        let named = names.iter().all(|name| is_name(name, true));
        let most = SPEAKERS.min((rows.len() - headed).div_ceil(2));
        named && (2..=most).contains(&names.len())
    })?;
    let clocks: Vec<usize> = (0..columns)
        .filter(|column| {
            let headed = usize::from(heads(speaker));
            cells(*column)
                .skip(headed)
                .all(|cell| clock::stamp(cell).is_some())
        })
        .collect();
    let length = |column: &usize| cells(*column).map(str::len).sum::<usize>();
    let said = (0..columns)
        .filter(|column| *column != speaker && !clocks.contains(column))
        .max_by_key(length)?;
    let words = cells(said).map(|cell| cell.split_whitespace().count());
    (words.sum::<usize>() >= rows.len() * 3).then(|| Layout {
        delimiter: 0,
        from: 0,
        headed: heads(speaker),
        said: vec![(said, None)],
        speaker: Some(speaker),
        start: clocks.first().copied(),
        end: clocks.get(1).copied(),
    })
}

/// What is said at the first row of a file that is no transcript.
const NO_TABLE: Fault = Fault {
    place: None,
    what: (
        "no table of utterances begins here; give it a column for the speaker and one for the text",
        "hier beginnt keine Tabelle mit Beiträgen; bitte je eine Spalte für Sprecher und Text anlegen",
    ),
};

/// The document in the table `text`. Rows with times are cues, and joined; others stay paragraphs. Where nobody is named,
/// whoever spoke last goes on.
///
/// # Errors
/// When it isn't a table, or has more rows than are read.
fn read<'a>(text: &'a str, source: &Source) -> Result<Document<'a>, Fault> {
    let layout = layout(text).ok_or_else(|| {
        let head = text.len() - text.trim_start().len();
        NO_TABLE.at_byte(text, head)
    })?;
    bounds::lines(text)?;
    let mut document = Document::default();
    let mut rows = reader(&text[layout.from..], layout.delimiter);
    let mut row = StringRecord::new();
    let mut cues: Vec<Cue> = Vec::new();
    let mut times: Vec<(usize, [Count; 2])> = Vec::new();
    let mut speaker: Option<Voice> = None;
    let mut heading = layout.headed;
    // Text can't be anything but UTF-8, so nothing but the end ends it.
    while rows.read_record(&mut row).unwrap_or(false) {
        if std::mem::take(&mut heading) || is_rule(&row) {
            continue;
        }
        let cell = |column: Option<usize>| row.get(column?).map(str::trim);
        let named = cell(layout.speaker).and_then(|name| document.voice(name));
        speaker = named.or(speaker);
        let times_here = [layout.start, layout.end].map(|column| Count::of(cell(column)));
        for (column, label) in &layout.said {
            let before = cues.len();
            let voice = match label {
                Some(label) => document.voice(label),
                None => speaker,
            };
            cues::paragraphs(
                cell(Some(*column)).unwrap_or_default(),
                voice,
                None,
                &mut cues,
            );
            bounds::pieces(cues.len()).map_err(|fault| {
                let row = row.position().map_or(1, |at| at.line());
                fault.at_line(usize::try_from(row).unwrap_or(usize::MAX))
            })?;
            if times_here[0] != Count::None && cues.len() > before {
                times.push((before, times_here));
            }
        }
    }
    let timed = !times.is_empty();
    tell(&times, &mut cues);
    cues::name(&mut cues, &mut document);
    if timed {
        cues::join(&cues, &mut document);
    } else {
        for cue in cues {
            let mark = Mark {
                speaker: cue.voice,
                ..Mark::default()
            };
            document.push(cue.text.into_owned().into(), mark);
        }
    }
    if source.torn {
        document.tear_off();
    }
    Ok(document)
}

/// What a cell says of a time.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Count {
    None,
    /// A clock, in milliseconds.
    Clock(u32),
    /// A number of what must be seen from the whole.
    Number(f64),
}

impl Count {
    fn of(cell: Option<&str>) -> Count {
        let Some(cell) = cell else {
            return Count::None;
        };
        let number = cell.replace(',', ".").parse().ok();
        let number = number.filter(|number: &f64| number.is_finite());
        let clock = || moment(cell).map_or(Count::None, Count::Clock);
        number.map_or_else(clock, Count::Number)
    }
}

/// Gives the cues their times: those of the rows that begin at these indices.
fn tell(times: &[(usize, [Count; 2])], cues: &mut [Cue]) {
    let numbers = times.iter().flat_map(|(_, both)| both);
    let (mut least, mut most) = (f64::MAX, f64::MIN);
    for count in numbers {
        if let Count::Number(number) = count {
            (least, most) = (least.min(*number), most.max(*number));
        }
    }
    let unit = unit(least..most, cues.iter().map(|cue| cue.text.len()).sum());
    let of = |count: Count| match count {
        Count::None => None,
        Count::Clock(time) => Some(time),
        Count::Number(number) => milliseconds(number, unit),
    };
    for (at, [start, end]) in times {
        if let (Some(cue), Some(start)) = (cues.get_mut(*at), of(*start)) {
            cue.time = Some(span(start, of(*end).unwrap_or(start)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who says what, a line a paragraph; `None` where the text isn't a table.
    fn said(text: &str) -> Option<Vec<String>> {
        let source = Source::new(text.as_bytes(), None, false);
        (FORMAT.recognises)(&source).then(|| {
            let document = read(text, &source).unwrap();
            let paragraphs = document.paragraphs.iter().zip(&document.marks);
            let lines = paragraphs.map(|(text, mark)| {
                let voice = mark.speaker.map(|voice| voice.index());
                let name = voice.map_or("", |voice| &document.speakers[voice]);
                let time = mark
                    .time
                    .map_or(String::new(), |t| format!(" {}–{}", t.start, t.end));
                format!("{name}{time}: {text}")
            });
            lines.collect()
        })
    }

    #[test]
    fn columns_are_found_by_their_names_in_any_order_and_by_any_delimiter() {
        let expected = vec![
            "Ada: Wo, bitte?".to_owned(),
            "Bo: Hier.".to_owned(),
            "Bo: Und da; ja.".to_owned(),
        ];
        for text in [
            "Nr,Sprecher,Text\n1,Ada,\"Wo, bitte?\"\n2,Bo,\"Hier.\n\nUnd da; ja.\"\n",
            "sep=;\r\nInhalt;Name\r\nWo, bitte?;Ada\r\nHier.;Bo\r\n\"Und da; ja.\";\r\n",
            "speaker\tutterance\tcode\nAda\tWo, bitte?\tx\nBo\tHier.\t\nBo\tUnd da; ja.\ty\n",
            "who|content\nAda|Wo, bitte?\nBo|Hier.\nBo|Und da; ja.\n",
        ] {
            assert_eq!(said(text).as_ref(), Some(&expected), "{text}");
        }
    }

    #[test]
    fn times_make_cues_of_rows_whatever_they_count() {
        let whisper = "start\tend\ttext\n0\t2500\tAm Anfang stand\n2500\t4000\teine Presse.\n9000\t11000\tDie war alt.\n";
        let expected = [
            " 0–4000: Am Anfang stand eine Presse.",
            " 9000–11000: Die war alt.",
        ];
        assert_eq!(said(whisper).unwrap(), expected);
        let clocks = "Zeit,Sprecher,Text\n00:00:01,Ada,Wo?\n00:00:02,Bo,Hier.\n";
        assert_eq!(
            said(clocks).unwrap(),
            ["Ada 1000–1000: Wo?", "Bo 2000–2000: Hier."]
        );
    }

    #[test]
    fn a_table_need_not_name_its_columns() {
        let text = "0:01\tAda\tWo waren Sie damals?\n0:04\tBo\tIch war hier.\n0:09\tAda\tUnd was geschah dann?\n0:12\tBo\tNichts, so viel ich weiß.\n";
        let found = said(text).unwrap();
        assert_eq!(found.len(), 4);
        assert_eq!(found[1], "Bo 4000–4000: Ich war hier.");
    }

    #[test]
    fn a_question_with_its_answer_is_a_row() {
        let text = "Frage;Antwort\nWo?;Hier.\nWann?;Jetzt.\n";
        assert_eq!(
            said(text).unwrap(),
            [
                "Frage: Wo?",
                "Antwort: Hier.",
                "Frage: Wann?",
                "Antwort: Jetzt."
            ]
        );
    }

    #[test]
    fn text_with_commas_is_no_table() {
        for text in [
            "Wo waren Sie, bitte?\nHier, den ganzen Tag.\nUnd dann, am Abend?\nDa auch, glaube ich.",
            "I: Wo, bitte?\nB: Hier, ja.\nI: Und, sonst?\nB: Ja, nein.\nI: So, gut.\nB: Ja, gut.",
            "Text, der kein Kopf ist.\nUnd noch einer, der lang ist, und länger.",
            "",
            "Ada,Bo",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
