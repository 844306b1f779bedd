//! Bytes to text, whatever character set they are in.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_15, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use unicode_normalization::UnicodeNormalization;

/// So much of a file is looked at to tell its character set, in bytes.
const SAMPLE: usize = 1 << 20;

/// Within so many bytes a file declares its character set, if it does; a saved page may have comments before.
const DECLARED: usize = 4096;

/// The text of `raw`; `None` where it is no text in any character set.
///
/// A byte order mark decides; then UTF-16 by its zero bytes; then UTF-8, where the bytes are valid, or so nearly that a
/// few were damaged; then what the file declares ([`declared`]); then what the letters speak for: windows-1252 in most of
/// Western Europe. `torn` says that the bytes may have been cut off in the middle of a character.
#[must_use]
pub fn decode(raw: &[u8], torn: bool) -> Option<Cow<'_, str>> {
    decoded(raw, torn).and_then(text).map(composed).map(broken)
}

/// `text` with its letters and the marks on them in one character each, as labels and word lists have them; some
/// programs, and file names on a Mac, part them.
fn composed(text: Cow<'_, str>) -> Cow<'_, str> {
    // The combining marks begin with these two bytes.
    match memchr::memchr2(0xcc, 0xcd, text.as_bytes()) {
        Some(_) => text.nfc().collect::<String>().into(),
        None => text,
    }
}

/// `text` with newlines where nothing but carriage returns ends its lines, as on an old Mac: not every format knows them.
fn broken(text: Cow<'_, str>) -> Cow<'_, str> {
    match memchr::memchr2(b'\n', b'\r', text.as_bytes()).map(|at| text.as_bytes()[at]) {
        Some(b'\r') if memchr::memchr(b'\n', text.as_bytes()).is_none() => {
            text.replace('\r', "\n").into()
        }
        _ => text,
    }
}

fn decoded(raw: &[u8], torn: bool) -> Option<Cow<'_, str>> {
    let sample = &raw[..raw.len().min(SAMPLE)];
    let decoded = |raw, encoding: &'static Encoding| {
        let whole = whole(raw, encoding, torn);
        Some(encoding.decode_without_bom_handling(whole).0)
    };
    if let Some((encoding, mark)) = Encoding::for_bom(raw) {
        return decoded(&raw[mark..], encoding);
    }
    let zeros = memchr::memchr(0, sample).is_some();
    if let Some(utf16) = utf16_without_mark(sample).filter(|_| zeros) {
        return decoded(raw, utf16);
    }
    if let Ok(decoded) = std::str::from_utf8(whole(raw, UTF_8, torn)) {
        return Some(Cow::Borrowed(decoded));
    }
    if nearly_utf8(sample) {
        return decoded(raw, UTF_8);
    }
    // No other character set has zero bytes.
    if zeros {
        None
    } else {
        decoded(raw, declared(raw).unwrap_or_else(|| guess(raw)))
    }
}

/// The character set that a file says it is in, in an XML declaration or in the `<meta>` of a page; `None` where it says
/// nothing, or what can't be: bytes that are no UTF-8 aren't in it, and a declaration that can be read is in no UTF-16.
#[must_use]
pub fn declared(raw: &[u8]) -> Option<&'static Encoding> {
    let head = raw[..raw.len().min(DECLARED)].to_ascii_lowercase();
    let found = match head.trim_ascii_start().strip_prefix(b"<?xml") {
        Some(rest) => {
            let end = memchr::memchr(b'>', rest)?;
            label(&rest[..end], b"encoding")
        }
        None => memchr::memmem::find_iter(&head, b"<meta").find_map(|at| {
            let tag = &head[at..];
            let end = memchr::memchr(b'>', tag)?;
            label(&tag[..end], b"charset")
        }),
    };
    found.filter(|found| *found == found.output_encoding() && *found != UTF_8)
}

/// The character set that stands after `key`, an equals sign and a quotation mark, if any.
fn label(tag: &[u8], key: &[u8]) -> Option<&'static Encoding> {
    let at = memchr::memmem::find(tag, key)? + key.len();
    let value = tag[at..].trim_ascii_start().strip_prefix(b"=")?;
    let ends = |b: &u8| matches!(b, b'"' | b'\'' | b';' | b'/') || b.is_ascii_whitespace();
    let mut words = value.split(ends).filter(|word| !word.is_empty());
    words.next().and_then(Encoding::for_label)
}

/// `raw` without a character that was cut off at its end.
fn whole<'a>(raw: &'a [u8], encoding: &'static Encoding, torn: bool) -> &'a [u8] {
    if !torn {
        return raw;
    }
    let cut = if encoding == UTF_8 {
        let tail = raw.len().saturating_sub(3);
        match raw[tail..].iter().rposition(|b| b & 0xc0 != 0x80) {
            Some(at) if raw[tail + at] >= 0xc0 => {
                let start = tail + at;
                if std::str::from_utf8(&raw[start..]).is_ok() {
                    raw.len()
                } else {
                    start
                }
            }
            _ => raw.len(),
        }
    } else if encoding == UTF_16LE || encoding == UTF_16BE {
        raw.len() & !1
    } else {
        raw.len()
    };
    &raw[..cut]
}

/// `decoded`, unless it is full of what no text has: controls other than white space, one in thirty or more. A NUL or an
/// escape sequence here and there is text; it is shown, not obeyed.
fn text(decoded: Cow<'_, str>) -> Option<Cow<'_, str>> {
    let sample = &decoded.as_bytes()[..decoded.len().min(SAMPLE)];
    let odd = sample
        .iter()
        .filter(|b| matches!(b, 0..=8 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f))
        .count();
    (odd * 30 <= sample.len()).then_some(decoded)
}

/// Whether characters of several bytes in UTF-8 outnumber the errors by far: such a file is damaged UTF-8, for no
/// other character set yields them by chance.
fn nearly_utf8(sample: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in sample.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 10
}

/// UTF-16 without a byte order mark: in Western scripts nearly every other byte is zero, always on the same side.
fn utf16_without_mark(sample: &[u8]) -> Option<&'static Encoding> {
    let zeros = |side: usize| {
        sample
            .iter()
            .skip(side)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd, most) = (zeros(0), zeros(1), sample.len() / 2 * 4 / 5);
    if odd > most && even * 20 < odd {
        Some(UTF_16LE)
    } else if even > most && odd * 20 < even {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The likeliest character set of what isn't Unicode, by the lines that have more than ASCII in them.
fn guess(raw: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut counts = [0usize; 256];
    let mut seen = 0;
    for line in raw.split_inclusive(|&byte| byte == b'\n') {
        if seen >= SAMPLE {
            break;
        }
        if !line.is_ascii() {
            let line = &line[..line.len().min(SAMPLE)];
            detector.feed(line, false);
            line.iter().for_each(|byte| counts[usize::from(*byte)] += 1);
            seen += line.len();
        }
    }
    detector.feed(b"", true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    western(&counts)
        .filter(|_| guess.is_single_byte())
        .unwrap_or(guess)
}

/// One of the three Western character sets, where nearly all its signs are such as Western text has. The detector knows
/// only the first of them: a euro of 1999 is a currency sign to it, and a Mac's *ü* a *Ÿ*.
fn western(counts: &[usize; 256]) -> Option<&'static Encoding> {
    const TYPICAL: &str = "äöüÄÖÜßéèêëàâáçîïíóôúñåøæœ„“”‚‘’«»–—…€§°¼½¾\u{a0}\u{ad}";
    let typical = |encoding: &'static Encoding| -> usize {
        (0x80..=0xffu8)
            .filter(|byte| {
                let sign = encoding.decode_without_bom_handling(std::slice::from_ref(byte));
                TYPICAL.contains(&*sign.0)
            })
            .map(|byte| counts[usize::from(byte)])
            .sum()
    };
    let all: usize = counts[0x80..].iter().sum();
    // The last of equals is taken: what can be windows-1252 is.
    [MACINTOSH, ISO_8859_15, WINDOWS_1252]
        .into_iter()
        .map(|encoding| (typical(encoding), encoding))
        .max_by_key(|(typical, _)| *typical)
        .filter(|(typical, _)| typical * 10 >= all * 9)
        .map(|(_, encoding)| encoding)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SAID: &str = "Größe ist für uns kein Maß – „schön“ wäre, wenn es überall so hieße.";

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn the_same_text_is_read_from_every_character_set() {
        let (windows, _, _) = WINDOWS_1252.encode(SAID);
        let (mac, _, _) = MACINTOSH.encode(SAID);
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        let files = [
            SAID.as_bytes().to_vec(),
            marked(b"\xef\xbb\xbf", SAID.as_bytes().to_vec()),
            windows.into_owned(),
            mac.into_owned(),
            marked(b"\xff\xfe", utf16(SAID, u16::to_le_bytes)),
            marked(b"\xfe\xff", utf16(SAID, u16::to_be_bytes)),
        ];
        for file in files {
            assert_eq!(decode(&file, false).as_deref(), Some(SAID));
        }
        let plain = "Nothing but letters here, and no mark in front.";
        assert_eq!(
            decode(&utf16(plain, u16::to_le_bytes), false).as_deref(),
            Some(plain)
        );
        assert_eq!(
            decode(&utf16(SAID, u16::to_be_bytes), false).as_deref(),
            Some(SAID)
        );
    }

    #[test]
    fn a_letter_and_its_mark_become_one_character() {
        let parted = "Mu\u{308}ller: Scho\u{308}n!";
        assert_eq!(
            decode(parted.as_bytes(), false).as_deref(),
            Some("Müller: Schön!")
        );
    }

    #[test]
    fn lines_of_an_old_mac_end_as_others_do() {
        assert_eq!(
            decode(b"Eins\r\rZwei", false).as_deref(),
            Some("Eins\n\nZwei")
        );
        assert_eq!(
            decode(b"Eins\r\nZwei", false).as_deref(),
            Some("Eins\r\nZwei")
        );
    }

    #[test]
    fn the_euro_of_latin_9_is_told_from_a_currency_sign() {
        // The only signs in which it differs from windows-1252 are eight.
        let latin9 = b"F\xfcnf \xa4 f\xfcr gro\xdfe \xc4pfel, danke sch\xf6n.";
        let text = "Fünf € für große Äpfel, danke schön.";
        assert_eq!(decode(latin9, false).as_deref(), Some(text));
    }

    #[test]
    fn what_is_not_western_is_left_to_the_detector() {
        let said = "Что вы делаете утром? Я пью чай и читаю газету, потом иду в сад.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(said);
        assert_eq!(decode(&bytes, false).as_deref(), Some(said));
    }

    #[test]
    fn a_file_may_declare_its_character_set() {
        let said = "Žluťoučký kůň";
        let (bytes, _, _) = encoding_rs::WINDOWS_1250.encode(said);
        for head in [
            "<?xml version='1.0' encoding='windows-1250'?><p>",
            "<!-- saved --><html><meta name=viewport><META CHARSET = \"cp1250\"/><p>",
            "<meta http-equiv=content-type content=\"text/html; charset=windows-1250\"><p>",
        ] {
            let file = [head.as_bytes(), &bytes].concat();
            assert_eq!(decode(&file, false), Some(format!("{head}{said}").into()));
        }
        for wrong in [
            "utf-8",
            "utf-16le",
            "replacement",
            "hz-gb-2312",
            "of my own",
            "",
        ] {
            let head = format!("<meta charset='{wrong}'>");
            assert_eq!(declared(head.as_bytes()), None, "{wrong}");
        }
        assert_eq!(declared(b"<meta charset"), None);
        assert_eq!(declared(b"charset=windows-1250"), None);
    }

    #[test]
    fn one_damaged_byte_does_not_turn_utf_8_into_gibberish() {
        let mut file = SAID.repeat(3).into_bytes();
        file.insert(90, 0xff);
        let text = decode(&file, false).unwrap();
        assert!(text.contains("Größe") && text.contains('\u{fffd}'));
    }

    #[test]
    fn what_is_no_text_is_not_taken_for_one() {
        assert_eq!(
            decode(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0", false),
            None
        );
        let noise: Vec<u8> = (0..2000u32)
            .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect();
        assert_eq!(decode(&noise, false), None);
        assert!(decode(b"Er sagte: \x1b[31mrot\x1b[0m, und ging.", false).is_some());
        assert!(
            decode(
                "Er sagte\0nichts, und ging über die Straße.".as_bytes(),
                false
            )
            .is_some()
        );
    }

    proptest! {
        #[test]
        fn the_head_of_a_file_is_the_head_of_its_text(cut in 0usize..80) {
            let cut = cut.min(SAID.len());
            let head = decode(&SAID.as_bytes()[..cut], true);
            prop_assert_eq!(head.as_deref(), Some(&SAID[..SAID.floor_char_boundary(cut)]));
        }

        #[test]
        fn no_bytes_are_too_wild(raw in prop::collection::vec(any::<u8>(), 0..200), torn: bool) {
            let _ = decode(&raw, torn);
        }
    }
}
