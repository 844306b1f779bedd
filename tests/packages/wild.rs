//! Bytes of every sort: nothing panics, and every paragraph belongs to one turn. `PROPTEST_CASES=100000` looks longer.

use std::path::Path;

use proptest::prelude::*;
use synopse::transcript;

use super::pack::{pack_parts, parts};
use super::{file, made_up};

/// What a mutation does to a file, at places in thousandths of its length.
#[derive(Clone, Debug)]
enum Mutation {
    Flip(usize, u8),
    Cut(usize, usize),
    Repeat(usize, usize),
    /// A piece from elsewhere in the file.
    Copy(usize, usize, usize),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let place = || 0..1000usize;
    prop_oneof![
        (place(), any::<u8>()).prop_map(|(at, with)| Mutation::Flip(at, with)),
        (place(), place()).prop_map(|(from, to)| Mutation::Cut(from, to)),
        (place(), place()).prop_map(|(from, to)| Mutation::Repeat(from, to)),
        (place(), place(), place()).prop_map(|(from, to, at)| Mutation::Copy(from, to, at)),
    ]
}

fn mutate(raw: &mut Vec<u8>, mutation: &Mutation) {
    let length = raw.len();
    let place = |thousandths: usize| thousandths * length / 1000;
    let range = |from, to| place(std::cmp::min(from, to))..place(std::cmp::max(from, to));
    match *mutation {
        Mutation::Flip(at, with) if length > 0 => raw[place(at)] ^= with,
        Mutation::Flip(..) => {}
        Mutation::Cut(from, to) => drop(raw.drain(range(from, to))),
        Mutation::Repeat(from, to) => {
            let piece = raw[range(from, to)].to_vec();
            let at = place(std::cmp::max(from, to));
            raw.splice(at..at, piece);
        }
        Mutation::Copy(from, to, at) => {
            let piece = raw[range(from, to)].to_vec();
            raw.splice(place(at)..place(at), piece);
        }
    }
}

/// Reads a file, and looks whether its turns cover its paragraphs.
fn look(raw: &[u8], name: &Path) {
    let Ok(interview) = transcript::read(raw, Some(name)) else {
        return;
    };
    let mut at = 0;
    for turn in &interview.turns {
        assert_eq!(turn.paragraphs.start, at);
        assert!(!turn.paragraphs.is_empty());
        assert!(turn.time.is_none_or(|time| time.start <= time.end));
        at = turn.paragraphs.end;
    }
    assert_eq!(at, interview.paragraphs.len());
}

/// Beginnings by which a file is taken for one of the formats.
const BEGINNINGS: &[&str] = &[
    "PK\u{3}\u{4}",
    "<TEI>",
    "<Trans>",
    "<basic-transcription>",
    "<office:document>",
    "<?xml version='1.0' encoding='",
    "<!DOCTYPE TEI [<!ENTITY a '",
];

proptest! {
    #[test]
    fn no_bytes_are_too_wild(
        beginning in prop::sample::select(BEGINNINGS),
        rest in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        look(&[beginning.as_bytes(), &rest].concat(), Path::new("a.docx"));
    }

    #[test]
    fn no_markup_is_too_wild(
        root in prop::sample::select(&["TEI", "Trans", "basic-transcription", "document"][..]),
        words in prop::collection::vec(prop::sample::select(WORDS), 0..80),
    ) {
        let text = format!("<{root}>{}", words.concat());
        look(text.as_bytes(), Path::new("a.xml"));
        let container = "<a><rootfile full-path='a.opf'/></a>";
        let list = "<a><item id='p' href='p'/><itemref idref='p'/></a>";
        for parts in [
            &[("word/document.xml", text.as_str())][..],
            &[("content.xml", &text)],
            &[("META-INF/container.xml", container), ("a.opf", list), ("p", &text)],
        ] {
            look(&pack_parts(parts), Path::new("a"));
        }
    }

    #[test]
    fn no_mutation_of_a_file_is_too_wild(
        which in any::<prop::sample::Index>(),
        mutations in prop::collection::vec(mutation(), 1..6),
    ) {
        let files = made_up();
        let (name, mut raw) = file(&files[which.index(files.len())]);
        mutations.iter().for_each(|mutation| mutate(&mut raw, mutation));
        look(&raw, &name);
    }

    #[test]
    fn no_mutation_of_a_part_is_too_wild(
        which in any::<prop::sample::Index>(),
        part in any::<prop::sample::Index>(),
        mutations in prop::collection::vec(mutation(), 1..6),
    ) {
        let folders: Vec<_> = made_up().into_iter().filter(|path| path.is_dir()).collect();
        let folder = &folders[which.index(folders.len())];
        let mut parts = parts(folder);
        let at = part.index(parts.len());
        mutations.iter().for_each(|mutation| mutate(&mut parts[at].1, mutation));
        look(&pack_parts(&parts), folder);
    }
}

/// What the formats know, in pieces.
const WORDS: &[&str] = &[
    "<w:p>",
    "</w:p>",
    "<w:pPr>",
    "</w:pPr>",
    "<w:r>",
    "</w:r>",
    "<w:t>",
    "</w:t>",
    "<w:br/>",
    "<w:tab/>",
    "<w:tbl>",
    "</w:tbl>",
    "<w:tr>",
    "<w:tc>",
    "<w:b/>",
    "<w:rPr>",
    "</w:rPr>",
    "<w:txbxContent>",
    "<w:fldChar w:fldCharType='begin'/>",
    "<w:del>",
    "</w:del>",
    "<w:numPr><w:numId w:val='1'/></w:numPr>",
    "<text:p text:style-name='Title'>",
    "</text:p>",
    "<text:h text:outline-level='0'>",
    "<text:list text:style-name='L'>",
    "<text:list-item>",
    "</text:list>",
    "<table:table>",
    "<table:table-row>",
    "<table:table-cell>",
    "</table:table>",
    "<text>",
    "<body>",
    "<div>",
    "</div>",
    "<li>",
    "<ol start='65535'>",
    "</ol>",
    "<h1>",
    "</h1>",
    "<b>",
    "</b>",
    "<td>",
    "<table>",
    "</table>",
    "<tr>",
    "<u who='#a' start='1' end='0'>",
    "</u>",
    "<sp who='b'>",
    "<speaker>",
    "</speaker>",
    "</sp>",
    "<q who='c'>",
    "</q>",
    "<w>",
    "</w>",
    "<pc>",
    "</pc>",
    "<anchor synch='-1'/>",
    "<when id='a' interval='1e99'/>",
    "<teiHeader>",
    "</teiHeader>",
    "<person id='a'>",
    "<persName>",
    "<date when='T'/>",
    "<vocal>",
    "</vocal>",
    "<Speaker id='a' name=''/>",
    "<Turn speaker='a b' startTime='9' endTime='1'>",
    "</Turn>",
    "<Sync time='-5'/>",
    "<Who nb='0'/>",
    "<Event type='noise' desc='Husten'/>",
    "<tli id='a' time='5'/>",
    "<tli id='b'/>",
    "<tier type='t' category='v' speaker='a'>",
    "</tier>",
    "<event start='b' end='a'>",
    "</event>",
    "<abbreviation>",
    "I: ",
    "B:\u{ad}",
    "Ja. ",
    "\u{a0}",
    "12",
    "0:12",
    "Ada",
    "?",
    "&a;",
    "&",
    "<",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "\n\n",
    "\u{202e}",
    "ä",
];
