//! Files that somebody made to do harm, or a program by mistake.

use synopse::transcript::bounds;

const MANY: usize = 200_000;

/// What stands above a cue.
const CUE: &str = "WEBVTT\n\n00:01.000 --> 00:02.000\n";

/// Nested or repeated far beyond what anyone writes; the name says what format it is meant to be.
pub fn monsters() -> Vec<(&'static str, String)> {
    const DEEP: usize = 10_000;
    let lines = |line: &str| format!("{line}\n").repeat(DEEP);
    let levels = (0..500).map(|level| format!("{}- a\n", "  ".repeat(level)));
    vec![
        ("quotes.md", format!("{} a?", ">".repeat(DEEP))),
        ("lists.md", format!("{}a?", "- ".repeat(DEEP))),
        ("numbers.md", format!("{}a?", "1. ".repeat(DEEP))),
        ("levels.md", levels.collect()),
        ("stars.md", "*a **b ".repeat(DEEP)),
        ("brackets.md", "[".repeat(DEEP) + &"](".repeat(DEEP)),
        (
            "ticks.md",
            (1..1_000).map(|n| "`".repeat(n) + " ").collect(),
        ),
        ("braces.md", "{{ {% ".repeat(DEEP) + "}}"),
        ("divs.md", "<div>\n\n".repeat(DEEP)),
        ("components.md", lines("<A b={{{")),
        ("footnotes.md", lines("[^1]: a [^1]")),
        ("references.md", lines("[a]: b") + &"[a]".repeat(DEEP)),
        (
            "cells.md",
            format!(
                "{}\n{}\n{}",
                "|a".repeat(DEEP),
                "|-".repeat(DEEP),
                "|a".repeat(DEEP)
            ),
        ),
        ("front.md", format!("---\n{}---\n", lines("title: >\n  a"))),
        (
            "labels.md",
            (0..DEEP).map(|n| format!("**N{n}:** a?\n\n")).collect(),
        ),
        (
            "divs.html",
            "<html>".to_owned() + &"<div>".repeat(DEEP) + "a?",
        ),
        ("crossed.html", "<html><b><p>a</b><i></p>".repeat(DEEP)),
        (
            "lists.html",
            "<html>".to_owned() + &"<ul><li>a".repeat(DEEP),
        ),
        (
            "tables.html",
            "<html>".to_owned() + &"<table><tr><td>a".repeat(DEEP),
        ),
        (
            "cells.html",
            "<html><table><tr>".to_owned() + &"<td>a".repeat(DEEP),
        ),
        (
            "spans.html",
            "<html><p>".to_owned() + &"<span><b>a".repeat(DEEP),
        ),
        (
            "closed.html",
            "<html>".to_owned() + &"<div>".repeat(300) + &"</p></section>".repeat(DEEP),
        ),
        (
            "classes.html",
            (0..DEEP).map(|n| format!("<p class=c{n}>a?</p>")).collect(),
        ),
        (
            "attributes.html",
            "<html ".to_owned() + &"class=a ".repeat(DEEP) + ">a",
        ),
        (
            "entities.html",
            "<html>".to_owned() + &"&lt;&amp;&CounterClockwiseContourIntegral;&#x41;".repeat(DEEP),
        ),
        ("comments.html", "<html>".to_owned() + &"<!-- ".repeat(DEEP)),
        (
            "scripts.html",
            "<html>a".to_owned() + &"<script><!--<script>".repeat(DEEP),
        ),
        (
            "linked.html",
            "<script type=application/ld+json>".to_owned() + &"[".repeat(DEEP) + "</script>a",
        ),
        (
            "breaks.html",
            "<html><p>a".to_owned() + &"<br>".repeat(DEEP),
        ),
        ("groups.rtf", "{\\rtf1 ".to_owned() + &"{\\b a".repeat(DEEP)),
        (
            "cells.rtf",
            "{\\rtf1 ".to_owned() + &"\\intbl\\cell\\row ".repeat(DEEP),
        ),
        ("arrays.json", "[".repeat(DEEP)),
        ("objects.json", "{\"a\":".repeat(DEEP)),
        (
            "utterances.json",
            "[{\"text\": \"a\", \"b\": ".repeat(DEEP) + &"}]".repeat(DEEP),
        ),
        (
            "speakers.json",
            (0..2 * DEEP)
                .map(|n| {
                    format!(
                        "{{\"speaker\": \"S{n}\", \"text\": \"ja\", \"k{n}x\": {{\"a\": 1}}}}\n"
                    )
                })
                .collect(),
        ),
        ("times.otr", "{\"text\": \"<p data-timestamp=".repeat(DEEP)),
        ("voices.vtt", "<v A>".repeat(MANY)),
        ("open.vtt", CUE.to_owned() + &"<v A".repeat(MANY)),
        ("changes.vtt", CUE.to_owned() + &">> a ".repeat(MANY)),
        ("styles.vtt", CUE.to_owned() + &"{\\ ".repeat(MANY)),
        ("times.srt", "00:01.000 --> 00:02.000\n".repeat(50_000)),
        (
            "rolling.srt",
            "1\n00:00:01,000 --> 00:00:02,000\na b c\n\n".repeat(2 * DEEP),
        ),
        ("quotes.csv", "\"".repeat(1_000_001)),
        ("quoted.csv", "Sprecher,Text\n\"Ada\",\"".repeat(2 * DEEP)),
        ("times.txt", "[0:01] ".repeat(MANY)),
        ("stamps.txt", "#00:00:01-0# ".repeat(MANY)),
        ("open.txt", "Ada (".repeat(MANY)),
        (
            "terms.txt",
            (0..2 * DEEP)
                .map(|n| format!("Wort{n}: ja, und nein.\n"))
                .collect(),
        ),
        ("line.txt", "a".repeat(5_000_000)),
        ("points.exb", timeline()),
        (
            "fields.docx",
            format!(
                "<w:p><w:r>{}",
                much("<w:fldChar w:fldCharType='begin'/><w:t>a</w:t>")
            ),
        ),
        (
            "cells.docx",
            format!(
                "<w:tbl><w:tr>{}{}",
                much("<w:tc/>"),
                much("<w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr>")
            ),
        ),
        (
            "utterances.tei",
            format!("<TEI><text>{}", much("<u who='a'>")),
        ),
        ("crossed.tei", format!("<TEI><text>{}", much("<p></q>"))),
        (
            "turns.trs",
            format!("<Trans><Turn speaker='a'>{}", much("<Sync/><Who nb='9'/>")),
        ),
        ("lists.epub", much("<td><ol><li>")),
    ]
}

fn much(text: &str) -> String {
    text.repeat(50_000)
}

/// As many points and events.
fn timeline() -> String {
    let points: String = (0..50_000).map(|id| format!("<tli id='{id}'/>")).collect();
    let events: String = (0..50_000)
        .map(|id| format!("<event start='{id}'>a</event>"))
        .collect();
    format!("<basic-transcription>{points}<tier type='t'>{events}")
}

/// A file with more pieces than are read, by little.
pub struct Swarm {
    /// Its name, which says what format it is meant to be; `.docx`, `.odt` and `.epub` are packages.
    pub name: &'static str,
    /// Its text, or that of the main part of the package.
    pub text: String,
    /// The line in which there are too many.
    pub line: usize,
}

/// A file of each format, with one more piece than is read.
pub fn swarms() -> Vec<Swarm> {
    let (blocks, pieces) = (bounds::BLOCKS, bounds::PIECES);
    let swarm = |name, begins: &str, piece: &str, count: usize, line| Swarm {
        name,
        text: begins.to_owned() + &piece.repeat(count + 1),
        line,
    };
    // What is all the same is packed too closely to be unpacked.
    let numbered = |name, begins: &str, before: &str, behind: &str, line| {
        let each = (0..=blocks).map(|n| format!("{before}{n}{behind}\n"));
        Swarm {
            name,
            text: format!("{begins}\n{}", each.collect::<String>()),
            line,
        }
    };
    let labels = "A: a.\nB: b.\nA: a.\nB: b.\n";
    let cue = "WEBVTT\n\n";
    vec![
        swarm("lines.txt", "", "a\n", bounds::LINES, bounds::LINES + 1),
        swarm("paragraphs.txt", "", "a.\n", pieces, pieces),
        swarm("labels.txt", labels, "A: a. B: b. ", pieces / 2, 5),
        swarm("lines.md", "", "a\n", pieces, pieces + 1),
        swarm("stars.md", "", "*a", pieces, 1),
        swarm("blocks.md", "", "a\n\n", blocks, 2 * blocks + 1),
        swarm(
            "parts.html",
            "<html>\n",
            "<p>a\n",
            pieces / 2,
            pieces / 2 + 1,
        ),
        swarm(
            "paragraphs.html",
            "<html>\n",
            "<p>a\n",
            blocks + 1,
            blocks + 3,
        ),
        swarm("cells.html", "<html>\n", "<td>a", pieces / 2, 2),
        swarm("paragraphs.rtf", "{\\rtf1 ", "a\\par\n", blocks, blocks + 1),
        swarm("cells.rtf", "{\\rtf1\n", "\\cell\\row ", pieces / 2, 2),
        swarm(
            "utterances.json",
            "",
            "{\"text\": \"a\"}\n",
            pieces,
            pieces + 1,
        ),
        Swarm {
            name: "texts.json",
            text: format!("{{\"text\":\n[\"a\"{}]}}", ",\"a\"".repeat(pieces)),
            line: 2,
        },
        swarm(
            "rows.csv",
            "Sprecher,Text\n",
            "Ada,Ja.\n",
            pieces,
            pieces + 2,
        ),
        swarm(
            "cues.vtt",
            cue,
            "00:01.000 --> 00:02.000\na\n",
            pieces,
            bounds::LINES + 1,
        ),
        swarm(
            "changes.srt",
            "1\n00:00:01,000 --> 00:00:02,000\n",
            ">>a",
            pieces,
            3,
        ),
        swarm(
            "paragraphs.fodt",
            "<document><text>\n",
            "<text:p>a</text:p>\n",
            blocks,
            blocks + 2,
        ),
        swarm(
            "paragraphs.tei",
            "<TEI><text>\n",
            "<p>a</p>\n",
            blocks,
            blocks + 2,
        ),
        swarm(
            "points.exb",
            "<basic-transcription>\n",
            "<tli/>\n",
            pieces,
            pieces + 2,
        ),
        swarm(
            "points.eaf",
            "<ANNOTATION_DOCUMENT>\n",
            "<TIME_SLOT/>\n",
            pieces,
            pieces + 2,
        ),
        swarm(
            "points.flk",
            "<folker-transcription>\n",
            "<timepoint/>\n",
            pieces,
            pieces + 2,
        ),
        swarm(
            "turns.trs",
            "<Trans><Turn>\n",
            "<Sync/>a\n",
            pieces,
            pieces + 2,
        ),
        numbered(
            "paragraphs.docx",
            "<w:body>",
            "<w:p><w:r><w:t>",
            "</w:t></w:r></w:p>",
            blocks + 2,
        ),
        numbered(
            "paragraphs.odt",
            "<office:text>",
            "<text:p>",
            "</text:p>",
            blocks + 2,
        ),
        numbered(
            "paragraphs.epub",
            "<html><body>",
            "<p>",
            "</p>",
            pieces / 3 + 2,
        ),
    ]
}
