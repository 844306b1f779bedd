use super::*;

/// The paragraphs of a file, each with its kind and whether it is strong.
fn read_all(raw: &[u8]) -> Vec<(String, Kind, bool)> {
    let source = Source::new(raw, None, false);
    assert!((FORMAT.recognises)(&source));
    let document = read(&source).unwrap();
    let marks = document.marks.iter().map(|mark| (mark.kind, mark.strong));
    let texts = document.paragraphs.iter().map(ToString::to_string);
    texts
        .zip(marks)
        .map(|(text, (kind, strong))| (text, kind, strong))
        .collect()
}

fn texts(raw: &[u8]) -> Vec<String> {
    read_all(raw).into_iter().map(|(text, ..)| text).collect()
}

#[test]
fn signs_are_written_in_many_ways() {
    let text = b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset238 Arial CE;}{\\f2\\fcharset128 Mincho;}}
\\f0 Gr\\'f6\\'dfe \\f1\\'f8ek\\f0  und \\u8222\\'84so\\u8220\\'93 {\\uc0\\u252 }ber {\\f2\\'93\\'fa} \\endash  ja\\~nein \\{x\\}\\u55357?\\u56832?\\par gr\xfc\xdf\\par f\xc3\xbcr}";
    let expected = [
        "Größe řek und „so“ über 日 – ja\u{a0}nein {x}😀",
        "grüß",
        "für",
    ];
    assert_eq!(texts(text), expected);
    assert_eq!(texts(b"{\\rtf1\\mac \\'9f\\par}"), ["ü"]);
}

#[test]
fn what_is_no_text_is_left_out() {
    let text = b"{\\rtf1{\\info{\\title Am Wasser}{\\author Ida}}{\\stylesheet{\\s0 Normal;}}{\\*\\generator x;}{\\header Seite}
Er {\\v nicht}sagt{\\footnote {\\b Fu\\'dfnote}}{\\pict 0a0b}{\\bin4 }}}}{\\field{\\*\\fldinst HYPERLINK}{\\fldrslt  das}}.{\\deleted Nein.}\\par}";
    assert_eq!(texts(text), ["Er sagt das."]);
    let document = read(&Source::new(text, None, false)).unwrap();
    assert_eq!(document.metadata.title.as_deref(), Some("Am Wasser"));
}

#[test]
fn type_headings_lists_and_lines_are_what_they_are_elsewhere() {
    let text = b"{\\rtf1{\\stylesheet{\\s0 Normal;}{\\s1\\outlinelevel0 heading 1;}}
\\pard\\s1 Am Wasser\\par \\pard {\\b Wie fing das an?}\\par Mit einem Schuppen.\\line Und Regen.\\par
{\\listtext 1.\\tab}\\b Und dann?\\b0\\par{\\i\\plain Dann} nichts.\\par}";
    use Kind::{Heading as H, Numbered as N, Text as T};
    let expected = [
        ("Am Wasser", H(1), false),
        ("Wie fing das an?", T, true),
        ("Mit einem Schuppen.", T, false),
        ("Und Regen.", T, false),
        ("Und dann?", N(1), true),
        ("Dann nichts.", T, false),
    ];
    let found = read_all(text);
    // The heading of the whole is its title.
    let expected = expected.map(|(text, kind, strong)| (text.to_owned(), kind, strong));
    assert_eq!(found, expected[1..]);
}

#[test]
fn a_table_of_turns_is_one() {
    let row = |name: &str, said: &str| {
        format!("\\trowd\\cellx1\\cellx2\\pard\\intbl {name}\\cell {said}\\cell\\row\n")
    };
    let rows = [
        ("Ida", "Wo?"),
        ("Ott", "Hier."),
        ("Ida", "Wann?"),
        ("Ott", "Jetzt.\\par Bald."),
    ];
    let rows: String = rows.iter().map(|(name, said)| row(name, said)).collect();
    let text = format!("{{\\rtf1 Im Mai.\\par {rows}\\pard Danach.\\par}}");
    let document = read(&Source::new(text.as_bytes(), None, false)).unwrap();
    assert_eq!(document.speakers, ["Ida", "Ott"]);
    let said = [
        "Im Mai.", "Wo?", "Hier.", "Wann?", "Jetzt.", "Bald.", "Danach.",
    ];
    assert_eq!(document.paragraphs, said);
}

#[test]
fn what_is_cut_off_or_nested_is_read_so_far() {
    assert_eq!(texts(b"{\\rtf1 Ja. {\\b Und\\'"), ["Ja. Und"]);
    assert_eq!(texts(b"{\\rtf1}}}} Ja.{"), ["Ja."]);
    let deep = [
        b"{\\rtf1 ".to_vec(),
        b"{\\b a".repeat(20_000),
        b"}".repeat(20_000),
    ]
    .concat();
    assert_eq!(texts(&deep)[0].len(), 20_000);
}
