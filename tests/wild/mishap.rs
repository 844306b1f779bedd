//! What happens to files on the way.

use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Something that happens to a file, at places in it.
#[derive(Clone, Debug)]
pub enum Mishap {
    Flip(Index, u8),
    Cut(Index, Index),
    Repeat(Index, Index, usize),
    /// A piece from elsewhere in the file.
    Copy(Index, Index, Index),
    Insert(Index, Vec<u8>),
}

pub fn mishap() -> impl Strategy<Value = Mishap> {
    let place = any::<Index>;
    let bytes = prop::collection::vec(any::<u8>(), 0..8);
    let inserted = prop_oneof![
        select(SIGNS).prop_map(|sign| sign.as_bytes().to_vec()),
        bytes
    ];
    prop_oneof![
        (place(), any::<u8>()).prop_map(|(at, with)| Mishap::Flip(at, with)),
        (place(), place()).prop_map(|(a, b)| Mishap::Cut(a, b)),
        (place(), place(), 1usize..20).prop_map(|(a, b, n)| Mishap::Repeat(a, b, n)),
        (place(), place(), place()).prop_map(|(a, b, to)| Mishap::Copy(a, b, to)),
        (place(), inserted).prop_map(|(at, bytes)| Mishap::Insert(at, bytes)),
    ]
}

/// Lets it happen to `raw`, which doesn't grow beyond 100,000 bytes by it.
pub fn happen(raw: &mut Vec<u8>, mishap: &Mishap) {
    let length = raw.len() + 1;
    let span = |a: &Index, b: &Index| {
        let (a, b) = (a.index(length), b.index(length));
        a.min(b)..a.max(b)
    };
    let room = 100_000usize.saturating_sub(raw.len());
    let (at, mut piece) = match mishap {
        Mishap::Flip(at, with) => {
            if let Some(byte) = raw.get_mut(at.index(length)) {
                *byte ^= with;
            }
            return;
        }
        Mishap::Cut(a, b) => return drop(raw.drain(span(a, b))),
        Mishap::Repeat(a, b, times) => (span(a, b).end, raw[span(a, b)].repeat(*times)),
        Mishap::Copy(a, b, to) => (to.index(length), raw[span(a, b)].to_vec()),
        Mishap::Insert(at, bytes) => (at.index(length), bytes.clone()),
    };
    piece.truncate(room);
    raw.splice(at..at, piece);
}

/// How a file begins that is taken for one format or another.
pub const BEGINNINGS: &[&str] = &[
    "---\ntitle: ",
    "<html>",
    "WEBVTT\n\n",
    "1\n00:00:01,000 --> 00:00:02,000\n",
    "[{\"speaker\": \"Ada\", \"text\": \"",
    "{\"segments\": [{\"start\": ",
    "{\"text\": \"<p>data-timestamp=",
    "Sprecher;Text\n",
    "start\tend\ttext\n",
    "I: [00:00:01] ",
    "Ada  0:01\n",
    "#00:00:01-0# ",
    "",
    "PK\u{3}\u{4}",
    "<TEI>",
    "<Trans>",
    "<basic-transcription>",
    "<office:document>",
    "<?xml version='1.0' encoding='",
    "<!DOCTYPE TEI [<!ENTITY a '",
];

/// What means something to one format or another.
pub const SIGNS: &[&str] = &[
    "<",
    ">",
    "&",
    "\"",
    "*",
    "**",
    "_",
    "`",
    "#",
    "> ",
    "- ",
    "1. ",
    "---\n",
    "[",
    "](",
    "{{",
    "{%",
    "|",
    "\n",
    "\n\n",
    "\0",
    "\t",
    ":",
    "?",
    "<b>",
    "</p>",
    "<li>",
    "<table>",
    "<!--",
    "\u{feff}",
    "ä",
    "\u{2028}",
    ",",
    ";",
    "-->",
    "\r",
    "WEBVTT",
    "NOTE",
    "<v ",
    "<v Ada>",
    "</v>",
    ">>",
    "{\\",
    "}",
    "&#",
    "&amp;",
    "]",
    "{",
    "sep=",
    "00:00:01",
    "[0:12]",
    "#00:00:01-2#",
    "99:99:99",
    "4294967295",
    "1e308",
    "-1",
    "null",
    "\"speaker\":",
    "\"start\":",
    "\\u0000",
    "\u{308}",
    "Ada: ",
    "data-timestamp=\"",
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
    "<ol start='65535'>",
    "</ol>",
    "<h1>",
    "</h1>",
    "</b>",
    "<td>",
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
    "&a;",
    "<![CDATA[",
    "]]>",
    "\u{202e}",
];
