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
    ]
}

/// More pieces than are read, by little; the name says what format it is meant to be. Those of `.docx` and `.odt` are the
/// main part of a package.
pub fn swarms() -> Vec<(&'static str, String)> {
    let many =
        |begins: &str, piece: &str, count: usize| begins.to_owned() + &piece.repeat(count + 1);
    // What is all the same is packed too closely to be unpacked.
    let numbered = |begins: &str, before: &str, behind: &str| {
        let each = (0..=bounds::BLOCKS).map(|n| format!("{before}{n}{behind}"));
        begins.to_owned() + &each.collect::<String>()
    };
    let (blocks, pieces) = (bounds::BLOCKS, bounds::PIECES);
    vec![
        ("lines.txt", many("", "a\n", bounds::LINES)),
        (
            "labels.txt",
            many("A: a.\nB: b.\nA: a.\nB: b.\n", "A: a. B: b. ", pieces / 2),
        ),
        ("lines.md", many("", "a\n", pieces)),
        ("stars.md", many("", "*a", pieces)),
        ("blocks.md", many("", "a\n\n", blocks)),
        ("paragraphs.html", many("<html>", "<p>a", pieces / 2)),
        ("cells.html", many("<html>", "<td>a", pieces / 2)),
        ("paragraphs.rtf", many("{\\rtf1 ", "a\\par ", blocks)),
        ("cells.rtf", many("{\\rtf1 ", "\\cell\\row ", pieces / 2)),
        ("utterances.json", many("", "{\"text\": \"a\"}", pieces)),
        (
            "texts.json",
            many("{\"text\": [\"a\"", ",\"a\"", pieces) + "]}",
        ),
        ("rows.csv", many("Sprecher,Text\n", "Ada,Ja.\n", pieces)),
        (
            "cues.vtt",
            many("WEBVTT\n\n", "00:01.000 --> 00:02.000\na\n", pieces),
        ),
        (
            "changes.srt",
            many("1\n00:00:01,000 --> 00:00:02,000\n", ">>a", pieces),
        ),
        (
            "paragraphs.fodt",
            many("<document><text>", "<text:p>a</text:p>", blocks),
        ),
        ("paragraphs.tei", many("<TEI><text>", "<p>a</p>", blocks)),
        (
            "points.exb",
            many("<basic-transcription>", "<tli/>", pieces),
        ),
        ("turns.trs", many("<Trans><Turn>", "<Sync/>a", pieces)),
        (
            "paragraphs.docx",
            numbered("<w:body>", "<w:p><w:r><w:t>", "</w:t></w:r></w:p>"),
        ),
        (
            "paragraphs.odt",
            numbered("<office:text>", "<text:p>", "</text:p>"),
        ),
    ]
}
