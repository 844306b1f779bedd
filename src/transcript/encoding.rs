//! Bytes to text, whatever character set they are in.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// So much of a file is looked at to tell its character set, in bytes.
const SAMPLE: usize = 1 << 20;

/// The text of `raw`; `None` where it is no text in any character set.
///
/// A byte order mark decides; then UTF-8, where the bytes are valid, or so nearly that a few were damaged; then
/// UTF-16 by its zero bytes; then what chardetng takes it for, windows-1252 in most of Western Europe. `torn` says
/// that the bytes may have been cut off in the middle of a character.
#[must_use]
pub fn decode(raw: &[u8], torn: bool) -> Option<Cow<'_, str>> {
    if let Some((encoding, mark)) = Encoding::for_bom(raw) {
        return text(
            encoding
                .decode_without_bom_handling(whole(&raw[mark..], encoding, torn))
                .0,
        );
    }
    let utf8 = whole(raw, UTF_8, torn);
    if let Ok(decoded) = std::str::from_utf8(utf8) {
        return text(Cow::Borrowed(decoded));
    }
    let sample = &raw[..raw.len().min(SAMPLE)];
    let encoding = if nearly_utf8(sample) {
        UTF_8
    } else if let Some(utf16) = utf16_without_mark(sample) {
        utf16
    } else {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(sample, true);
        detector.guess(None, Utf8Detection::Deny)
    };
    text(
        encoding
            .decode_without_bom_handling(whole(raw, encoding, torn))
            .0,
    )
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

/// `decoded`, unless it is full of what no text has: NUL, and controls other than white space, one in thirty or more.
/// An escape sequence here and there is text; it is shown, not obeyed.
fn text(decoded: Cow<'_, str>) -> Option<Cow<'_, str>> {
    let sample = &decoded.as_bytes()[..decoded.len().min(SAMPLE)];
    let nul = sample.contains(&0);
    let odd = sample
        .iter()
        .filter(|b| matches!(b, 1..=8 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f))
        .count();
    (!nul && odd * 30 <= sample.len()).then_some(decoded)
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
        let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(SAID);
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        let files = [
            SAID.as_bytes().to_vec(),
            marked(b"\xef\xbb\xbf", SAID.as_bytes().to_vec()),
            windows.into_owned(),
            marked(b"\xff\xfe", utf16(SAID, u16::to_le_bytes)),
            marked(b"\xfe\xff", utf16(SAID, u16::to_be_bytes)),
        ];
        for file in files {
            assert_eq!(decode(&file, false).as_deref(), Some(SAID));
        }
        let plain = "Nothing but letters here, and no mark in front.";
        assert_eq!(
            decode(&utf16(plain, u16::to_le_bytes), false),
            None,
            "NULs in valid UTF-8"
        );
        assert_eq!(
            decode(&utf16(SAID, u16::to_be_bytes), false).as_deref(),
            Some(SAID)
        );
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
