//! Files that are cut off, protected, lying or malicious: one line that says so, or the text that there is.

use std::path::Path;

use synopse::lang::{Lang, Tell};
use synopse::transcript;

use super::pack::pack_parts;

/// What is said of a file that can't be read, in one line; what is read of one that can, its paragraphs joined by `|`.
fn told(raw: &[u8], name: &str) -> String {
    match transcript::read(raw, Some(Path::new(name))) {
        Ok(interview) => {
            let count = interview.paragraphs.len();
            let paragraphs = (0..count).map(|at| interview.paragraph(at));
            paragraphs.collect::<Vec<&str>>().join("|")
        }
        Err(error) => {
            let english = error.tell(Lang::English);
            assert!(english.starts_with(name) && !english.contains('\n'));
            assert_ne!(error.tell(Lang::German), english);
            english
        }
    }
}

fn word(body: &str) -> Vec<u8> {
    let text = format!("<w:document><w:body>{body}</w:body></w:document>");
    pack_parts(&[("word/document.xml", text)])
}

fn writer(body: &str) -> Vec<u8> {
    let text = format!(
        "<office:document-content><office:text>{body}</office:text></office:document-content>"
    );
    pack_parts(&[("content.xml", text)])
}

/// A book with these pages, by name and text.
fn book(pages: &[(String, String)]) -> Vec<u8> {
    let mut list = String::from("<package><manifest>");
    for (name, _) in pages {
        list.push_str(&format!("<item id='{name}' href='{name}'/>"));
    }
    list.push_str("</manifest><spine>");
    for (name, _) in pages {
        list.push_str(&format!("<itemref idref='{name}'/>"));
    }
    list.push_str("</spine></package>");
    let container = "<container><rootfile full-path='a.opf'/></container>";
    let mut parts = vec![
        ("META-INF/container.xml".to_owned(), container.to_owned()),
        ("a.opf".to_owned(), list),
    ];
    parts.extend_from_slice(pages);
    pack_parts(&parts)
}

fn page(text: &str) -> Vec<u8> {
    book(&[("p.xhtml".to_owned(), text.to_owned())])
}

#[test]
fn a_name_says_less_than_the_content() {
    let document = word("<w:p><w:r><w:t>Ja.</w:t></w:r></w:p>");
    assert_eq!(told(&document, "a.txt"), "Ja.");
    assert_eq!(told(b"Nein.", "a.docx"), "Nein.");
    assert_eq!(
        told(b"<TEI><text><p>Doch.</p></text></TEI>", "a.docx"),
        "Doch."
    );
}

#[test]
fn what_cannot_be_read_here_says_what_to_do() {
    let compound = [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &[0; 600]].concat();
    let name: Vec<u8> = "EncryptedPackage"
        .bytes()
        .flat_map(|byte| [byte, 0])
        .collect();
    let zip = |name: &str| pack_parts(&[(name, "")]);
    for (raw, name, says) in [
        (compound.clone(), "a.doc", "Word's old format"),
        ([compound, name].concat(), "a.docx", "password"),
        (b"%PDF-1.7\n".to_vec(), "a.pdf", "pdftotext"),
        (
            b"<?xml version='1.0'?><smil/>".to_vec(),
            "a.smil",
            "XML of a kind",
        ),
        (zip("Index/Document.iwa"), "a.pages", "Pages"),
        (zip("xl/workbook.xml"), "a.xlsx", "archive"),
    ] {
        let told = told(&raw, name);
        assert!(told.contains(says), "{told}");
    }
    let manifest = "<manifest:encryption-data/>";
    let locked = pack_parts(&[
        ("META-INF/manifest.xml", manifest),
        ("content.xml", "\u{1}\u{2}"),
    ]);
    assert!(told(&locked, "a.odt").contains("password"));
}

#[test]
fn a_package_that_is_cut_off_says_so() {
    let whole = word("<w:p><w:r><w:t>Ja.</w:t></w:r></w:p>");
    for length in [4, 30, whole.len() / 2, whole.len() - 1] {
        let told = told(&whole[..length], "a.docx");
        assert!(told.contains("cut off"), "{length}: {told}");
    }
    let mut flipped = whole.clone();
    flipped[60] ^= 0x24;
    assert!(told(&flipped, "a.docx").starts_with("a.docx: word/document.xml: is damaged"));
    assert!(told(&word(""), "a.docx").contains("contains no text"));
}

#[test]
fn a_bomb_is_not_unpacked() {
    let zeros = "0".repeat(40 << 20);
    for raw in [word(&zeros), writer(&zeros), page(&zeros)] {
        assert!(told(&raw, "a").contains("far more than an interview"));
    }
    // Each page is small enough, but there are too many; the same part a thousand times is no more than once.
    let small = "0".repeat(1 << 20);
    let pages: Vec<(String, String)> = (0..80)
        .map(|number| (format!("{number}.html"), small.clone()))
        .collect();
    assert!(told(&book(&pages), "a").contains("far more than an interview"));
    let names: Vec<String> = (0..12_000).map(|number| format!("{number}.xml")).collect();
    let mut parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    parts.insert(0, ("word/document.xml", ""));
    assert!(told(&pack_parts(&parts), "a").contains("far more than an interview"));
}

#[test]
fn nesting_is_no_matter_in_any_format() {
    let deep = |open: &str, close: &str| {
        let depth = 10_000 / open.matches('<').count();
        format!("{}Ja.{}", open.repeat(depth), close.repeat(depth))
    };
    let tei = |text: &str| format!("<TEI><text>{text}</text></TEI>").into_bytes();
    let files = [
        word(&deep("<w:p><w:r><w:t>", "</w:t></w:r></w:p>")),
        word(&deep(
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>",
            "</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        )),
        word(&deep("<w:ins>", "</w:ins>").replace("Ja.", "<w:p><w:r><w:t>Ja.</w:t></w:r></w:p>")),
        writer(&deep(
            "<text:list><text:list-item><text:p><text:span>",
            "</text:span></text:p></text:list-item></text:list>",
        )),
        writer(&deep(
            "<table:table><table:table-row><table:table-cell><text:p>",
            "</text:p></table:table-cell></table:table-row></table:table>",
        )),
        page(&deep("<div><ol><li><b>", "</b></li></ol></div>")),
        page(&deep("<table><tr><td>", "</td></tr></table>")),
        tei(&deep("<div><u who='a'><q who='b'>", "</q></u></div>")),
        tei(&deep("<hi rend='bold'><sp who='c'>", "</sp></hi>")),
        format!("<Trans><Turn>{}</Turn></Trans>", deep("<x>", "</x>")).into_bytes(),
    ];
    for (at, raw) in files.iter().enumerate() {
        assert_eq!(told(raw, "a"), "Ja.", "{at}");
    }
    let events = deep("<tier type='t'><event>", "</event></tier>");
    told(format!("<basic-transcription>{events}").as_bytes(), "a.exb");
}

#[test]
fn xml_that_is_cut_off_says_what_it_has() {
    let turn = "<Trans><Turn startTime=\"1\"><Sync time=\"1\"/>Ja. Und";
    assert_eq!(told(turn.as_bytes(), "a.trs"), "Ja. Und");
    let tier =
        "<basic-transcription><tli id='a'/><tier type='t'><event start='a'>Ja.</event><event sta";
    assert_eq!(told(tier.as_bytes(), "a.exb"), "Ja.");
    assert_eq!(told(b"<TEI><text><u who='#a'>Ja.</u><u wh", "a.tei"), "Ja.");
    let lost = format!(
        "<TEI><text><p>Ja.</p>\n<p a=\"{}</p></text></TEI>",
        "b ".repeat(2_000)
    );
    assert!(told(lost.as_bytes(), "a.tei").starts_with("a.tei: line 2: "));
    let lost = format!("<w:p>\n\n<!-- {}", "b ".repeat(2_000));
    let told = told(&word(&lost), "a.docx");
    assert!(told.starts_with("a.docx: word/document.xml:3: "), "{told}");
}

#[test]
fn entities_stay_within_the_file_and_within_bounds() {
    let outward = "<!DOCTYPE TEI SYSTEM \"http://example.org/t.dtd\" [<!ENTITY a SYSTEM \"/etc/hostname\"><!ENTITY % b SYSTEM \"c.dtd\"> %b;]><TEI><text><p>Ja &a;.</p></text></TEI>";
    assert_eq!(told(outward.as_bytes(), "a.tei"), "Ja &a;.");
    let mut laughs = String::from("<!DOCTYPE TEI [<!ENTITY a0 \"ha\">");
    for level in 1..10 {
        let inner = format!("&a{};", level - 1).repeat(10);
        laughs.push_str(&format!("<!ENTITY a{level} \"{inner}\">"));
    }
    laughs.push_str("]><TEI><text><p>");
    laughs.push_str(&"&a9;&a3;".repeat(5_000));
    assert!(told(laughs.as_bytes(), "a.tei").len() < 2 << 20);
}

#[test]
fn a_character_set_is_what_the_file_says_or_else_what_it_is() {
    let said = "<?xml version='1.0' encoding='ISO-8859-7'?><TEI><text><p>Ναι.</p></text></TEI>";
    let greek: Vec<u8> = said
        .chars()
        .map(|c| {
            if c.is_ascii() {
                c as u8
            } else {
                (c as u32 - 0x2d0) as u8
            }
        })
        .collect();
    assert_eq!(told(&greek, "a.tei"), "Ναι.");
    let wide: Vec<u8> = "\u{feff}<Trans><Turn>Größe</Turn></Trans>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(told(&wide, "a.trs"), "Größe");
    let wide: Vec<u8> = "\u{feff}<w:p><w:r><w:t>Größe</w:t></w:r></w:p>"
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    assert_eq!(
        told(&pack_parts(&[("word/document.xml", wide)]), "a.docx"),
        "Größe"
    );
}
