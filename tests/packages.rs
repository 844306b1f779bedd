//! Packages and XML: what their markup says of a paragraph, and what bad ones do.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

#[path = "packages/damage.rs"]
mod damage;
#[path = "packages/pack.rs"]
mod pack;

use synopse::transcript::document::Kind;
use synopse::transcript::formats::Source;

use pack::pack_parts;

/// The paragraphs of a Word document with the main part `body`, each with its kind and whether it is strong.
fn word(body: &str, others: &[(&str, &str)]) -> Vec<(String, Kind, bool)> {
    let body = format!("<w:document><w:body>{body}</w:body></w:document>");
    let parts = [&[("word/document.xml", body.as_str())], others].concat();
    marks(&pack_parts(&parts))
}

fn marks(raw: &[u8]) -> Vec<(String, Kind, bool)> {
    let source = Source::new(raw, None, false);
    let document = source.read(source.format().unwrap()).unwrap().unwrap();
    let texts = document.paragraphs.iter().map(ToString::to_string);
    let marks = document.marks.iter().map(|mark| (mark.kind, mark.strong));
    texts
        .zip(marks)
        .map(|(text, (kind, strong))| (text, kind, strong))
        .collect()
}

#[test]
fn headings_and_numbers_are_told_from_styles_and_lists() {
    let relationship =
        |kind: &str| format!("<Relationship Type=\"a/{kind}\" Target=\"{kind}.xml\"/>");
    let relationships = relationship("styles") + &relationship("numbering");
    let styles = "<w:styles>
        <w:style w:type='paragraph' w:styleId='berschrift2'><w:name w:val='heading 2'/></w:style>
        <w:style w:type='paragraph' w:styleId='Mein'><w:name w:val='Mein'/><w:basedOn w:val='Oben'/></w:style>
        <w:style w:type='paragraph' w:styleId='Oben'><w:name w:val='Oben'/><w:pPr><w:outlineLvl w:val='2'/></w:pPr></w:style>
        <w:style w:type='paragraph' w:styleId='Kreis'><w:name w:val='Kreis'/><w:basedOn w:val='Kreis'/></w:style>
        </w:styles>";
    let level = |format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl='0'><w:numFmt w:val='{format}'/><w:start w:val='3'/><w:lvlText w:val='{text}'/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:abstractNum w:abstractNumId='0'>{}</w:abstractNum><w:abstractNum w:abstractNumId='1'>{}</w:abstractNum>
        <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>",
        level("decimal", "%1."),
        level("bullet", "o"),
    );
    let styled = |style: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let listed = |list: u8, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:numId w:val='{list}'/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let body = [
        styled("berschrift2", "a"),
        styled("Mein", "b"),
        styled("Heading7", "c"),
        styled("Kreis", "d"),
        listed(1, "e"),
        listed(2, "f"),
        listed(1, "g"),
    ];
    let found = word(
        &body.concat(),
        &[
            ("word/_rels/document.xml.rels", &relationships),
            ("word/styles.xml", styles),
            ("word/numbering.xml", &numbering),
        ],
    );
    let kinds: Vec<Kind> = found.into_iter().map(|(_, kind, _)| kind).collect();
    use Kind::{Heading as H, Numbered as N, Text as T};
    assert_eq!(kinds, [H(2), H(3), H(6), T, N(3), T, N(4)]);
}

#[test]
fn breaks_and_tabs_mean_what_the_whole_says() {
    let paragraph = |lines: &[&str]| {
        let lines: Vec<String> = lines
            .iter()
            .map(|line| format!("<w:t>{line}</w:t>"))
            .collect();
        format!("<w:p><w:r>{}</w:r></w:p>", lines.join("<w:br/>"))
    };
    let texts = |paragraphs: &[&[&str]]| -> Vec<String> {
        let body: String = paragraphs.iter().map(|lines| paragraph(lines)).collect();
        word(&body, &[])
            .into_iter()
            .map(|(text, _, _)| text)
            .collect()
    };
    // A title in two lines, a wrapped word, sentences, labels, a blank line.
    assert_eq!(
        texts(&[&["Vom Leben", "am Wasser"]]),
        ["Vom Leben am Wasser"]
    );
    assert_eq!(
        texts(&[&["Er war bei den Wald-", "arbeitern"]]),
        ["Er war bei den Waldarbeitern"]
    );
    assert_eq!(
        texts(&[&["Das war so.", "Und das auch."]]),
        ["Das war so.", "Und das auch."]
    );
    let labelled: &[&str] = &["I: Und dann", "B: Fort", "I: Wohin", "B: Nach Hause"];
    assert_eq!(texts(&[labelled]), labelled);
    assert_eq!(texts(&[&["Wir", "", "Ihr"]]), ["Wir", "Ihr"]);
    let timed: &[&str] = &[
        "Ada  0:03",
        "Wo?",
        "Bo  0:09",
        "Hier",
        "Ada  0:12",
        "Wo genau?",
    ];
    assert_eq!(texts(&[timed]).len(), 6);
}
