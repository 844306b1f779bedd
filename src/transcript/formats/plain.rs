//! Plain text: paragraphs parted by blank lines or line breaks, speakers by labels, if at all.

use super::{Source, cues, pages};
use crate::transcript::bounds;
use crate::transcript::changes;
use crate::transcript::document::{Document, Mark};
use crate::transcript::fault::Fault;
use crate::transcript::head;
use crate::transcript::labels::{Labels, spelling};
use crate::transcript::paragraphs::{self, Wrap};
use crate::transcript::times;

/// The paragraphs of `text`, what is said at its head taken off, its labels made speakers, and its times taken off.
///
/// # Errors
/// When it has more lines than are read.
pub fn read<'a>(text: &'a str, source: &Source) -> Result<Document<'a>, Fault> {
    bounds::lines(text)?;
    match pages::without_heads(text) {
        Some(text) => Ok(read_page(&text, source)?.into_owned()),
        None => read_page(text, source),
    }
}

/// The same of a text on one page.
fn read_page<'a>(text: &'a str, source: &Source) -> Result<Document<'a>, Fault> {
    match spelling::unnumbered(text).or_else(|| changes::parted(text)) {
        Some(text) => Ok(read_labels(&text, source)?.into_owned()),
        None => read_labels(text, source),
    }
}

/// The same of a text that isn't numbered.
fn read_labels<'a>(text: &'a str, source: &Source) -> Result<Document<'a>, Fault> {
    let wrap = Wrap::of(text);
    let labels = Labels::of(text, wrap);
    if labels.names().is_empty()
        && let Some(text) = spelling::of_text(text, wrap)
    {
        let labels = Labels::of(&text, wrap);
        return Ok(read_paragraphs(&text, source, wrap, &labels)?.into_owned());
    }
    read_paragraphs(text, source, wrap, &labels)
}

fn read_paragraphs<'a>(
    text: &'a str,
    source: &Source,
    wrap: Wrap,
    labels: &Labels,
) -> Result<Document<'a>, Fault> {
    let timed = times::stand_in(text);
    let mut found = paragraphs::paragraphs(text, wrap, |last, line| {
        let above = |last| labels.stands_above(last) || timed && times::is_time(last);
        labels.begins(line) || head::is_field(line) || timed && times::begins(line) || above(last)
    });
    // The last paragraph may be cut off.
    if source.torn && found.len() > 1 {
        found.pop();
    }
    let mut document = Document::default();
    if bounds::pieces(found.len()).is_err() {
        found.truncate(bounds::PIECES);
        (document.overfull, document.paragraphs) = (true, found);
        return Ok(document);
    }
    document.marks = vec![Mark::default(); found.len()];
    document.paragraphs = found;
    head::take(&mut document);
    labels.take(&mut document);
    times::take(&mut document);
    cues::rejoin(&mut document);
    Ok(document)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who says what from when on, a line a paragraph.
    fn said(text: &str) -> Vec<String> {
        let source = Source::new(b"", None, false);
        let document = read(text, &source).unwrap();
        let paragraphs = document.paragraphs.iter().zip(&document.marks);
        let lines = paragraphs.map(|(text, mark)| {
            let voice = mark.speaker.map(|voice| voice.index());
            let name = voice.map_or("", |voice| &document.speakers[voice]);
            let time = mark.time.map_or(String::new(), |t| format!(" {}", t.start));
            format!("{name}{time}: {text}")
        });
        lines.collect()
    }

    #[test]
    fn programs_write_names_and_times_in_many_ways() {
        let expected = [
            "Ada Kroll 2000: Wo waren Sie damals?",
            "Bo 4000: Hier.",
            "Ada Kroll 9000: Und dann?",
            "Bo 12000: Fort.",
        ];
        for (name, text) in [
            (
                "a line above",
                "Ada Kroll  0:02\nWo waren Sie damals?\n\nBo  0:04\nHier.\n\nAda Kroll  0:09\nUnd dann?\n\nBo  0:12\nFort.\n\n",
            ),
            (
                "a time before",
                "00:00:02 Ada Kroll: Wo waren Sie damals?\n00:00:04 Bo: Hier.\n00:00:09 Ada Kroll: Und dann?\n00:00:12 Bo: Fort.",
            ),
            (
                "a time behind",
                "Ada Kroll: [00:00:02] Wo waren Sie damals?\n\nBo: [00:00:04] Hier.\n\nAda Kroll: [00:00:09] Und dann?\n\nBo: [00:00:12] Fort.",
            ),
            (
                "a time between",
                "Ada Kroll (00:02):\nWo waren Sie damals?\n\nBo (00:04):\nHier.\n\nAda Kroll (00:09):\nUnd dann?\n\nBo (00:12):\nFort.",
            ),
            (
                "a dash",
                "[00:00:02.000] - Ada Kroll\nWo waren Sie damals?\n\n[00:00:04.000] - Bo\nHier.\n\n[00:00:09.000] - Ada Kroll\nUnd dann?\n\n[00:00:12.000] - Bo\nFort.",
            ),
            (
                "brackets",
                "[Ada Kroll] 00:00:02\nWo waren Sie damals?\n\n[Bo] 00:00:04\nHier.\n\n[Ada Kroll] 00:00:09\nUnd dann?\n\n[Bo] 00:00:12\nFort.",
            ),
        ] {
            assert_eq!(said(text), expected, "{name}");
        }
    }

    #[test]
    fn a_time_at_the_end_of_what_is_said_is_when_it_ended() {
        let text = "I: Wo waren Sie? #00:00:02-5#\n\nB: Hier. Um 10:30 Uhr dann nicht mehr. #00:00:09-0#\n\nI: Warum? #00:00:11-0#\n\nB: Darum. #00:00:12-0#";
        assert_eq!(
            said(text),
            [
                "I 0: Wo waren Sie?",
                "B 2500: Hier. Um 10:30 Uhr dann nicht mehr.",
                "I 9000: Warum?",
                "B 11000: Darum."
            ]
        );
    }

    #[test]
    fn above_the_first_time_nobody_speaks() {
        let text = "Datum: 2020\nDauer: 0:12\nI: Interviewerin, B: Befragter\n\nI: [0:00] Wo?\nB: [0:02] Hier.\nI: [0:04] Warum?\nB: [0:06] Darum.\nEnde des Transkripts";
        let found = said(text);
        assert_eq!(
            found[..2],
            [": Dauer: 0:12", ": I: Interviewerin, B: Befragter"]
        );
        assert_eq!(found[2], "I 0: Wo?");
        assert_eq!(
            found.last().map(String::as_str),
            Some(": Ende des Transkripts")
        );
    }

    #[test]
    fn lines_that_a_machine_cut_are_joined() {
        let clocks = "0:00\nAm Anfang stand\n0:02\neine Presse, und die\n0:04\nwar alt. Ja.\n0:06\nDann kam eine neue.";
        assert_eq!(
            said(clocks),
            [" 0: Am Anfang stand eine Presse, und die war alt. Ja. Dann kam eine neue."]
        );
        let ranges = "[00:00:00.000 --> 00:00:02.000]  Am Anfang stand\n[00:00:02.000 --> 00:00:04.000]  eine Presse.\n[00:00:08.000 --> 00:00:09.000]  Und dann eine\n[00:00:09.000 --> 00:00:10.000]  neue.";
        assert_eq!(
            said(ranges),
            [
                " 0: Am Anfang stand eine Presse.",
                " 8000: Und dann eine neue."
            ]
        );
    }
}
