//! The character sets of RTF, by the numbers that it gives them.

use std::borrow::Cow;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, IBM866, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256,
    WINDOWS_1257, WINDOWS_1258,
};

/// A character set of a file or a font.
#[derive(Clone, Copy, Debug)]
pub enum Charset {
    /// One of Windows, or of what came after it.
    Known(&'static Encoding),
    /// One of DOS: the characters of the bytes from 128 on.
    Dos(&'static str),
}

impl Charset {
    /// What `bytes` say.
    #[must_use]
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Charset::Known(encoding) => encoding.decode_without_bom_handling(bytes).0,
            Charset::Dos(upper) => {
                let upper: Vec<char> = upper.chars().collect();
                let character = |byte: &u8| match byte.checked_sub(128) {
                    Some(at) => upper.get(usize::from(at)).copied().unwrap_or('\u{fffd}'),
                    None => char::from(*byte),
                };
                bytes.iter().map(character).collect()
            }
        }
    }
}

/// The code pages of DOS that German and English files were written in.
const DOS: &[(i32, &str)] = &[
    (
        437,
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
         └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
    ),
    (
        850,
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
         └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}",
    ),
    (
        852,
        "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐\
         └┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u{ad}˝˛ˇ˘§÷¸°¨˙űŘř■\u{a0}",
    ),
    (
        858,
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
         └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}",
    ),
];

/// The code pages of Windows; the others of a German or English file differ from these little, or are long gone.
const PAGES: &[(i32, &Encoding)] = &[
    (866, IBM866),
    (874, WINDOWS_874),
    (932, SHIFT_JIS),
    (936, GBK),
    (949, EUC_KR),
    (950, BIG5),
    (1250, WINDOWS_1250),
    (1251, WINDOWS_1251),
    (1252, WINDOWS_1252),
    (1253, WINDOWS_1253),
    (1254, WINDOWS_1254),
    (1255, WINDOWS_1255),
    (1256, WINDOWS_1256),
    (1257, WINDOWS_1257),
    (1258, WINDOWS_1258),
    (10_000, MACINTOSH),
    (65_001, UTF_8),
];

/// The code pages of the character sets that fonts have.
const FONTS: &[(i32, i32)] = &[
    (0, 1252),
    (77, 10_000),
    (128, 932),
    (129, 949),
    (134, 936),
    (136, 950),
    (161, 1253),
    (162, 1254),
    (163, 1258),
    (177, 1255),
    (178, 1256),
    (186, 1257),
    (204, 1251),
    (222, 874),
    (238, 1250),
];

/// The code page `number`; windows-1252 where it isn't known.
#[must_use]
pub fn page(number: i32) -> Charset {
    let dos = DOS.iter().find(|(page, _)| *page == number);
    let known = PAGES.iter().find(|(page, _)| *page == number);
    match dos {
        Some((_, upper)) => Charset::Dos(upper),
        None => Charset::Known(known.map_or(WINDOWS_1252, |(_, encoding)| encoding)),
    }
}

/// The character set `number` of a font; `None` for the one of the file.
#[must_use]
pub fn of_font(number: i32) -> Option<Charset> {
    let found = FONTS.iter().find(|(font, _)| *font == number);
    found.map(|(_, number)| page(*number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_of_dos_has_all_its_characters() {
        for (number, upper) in DOS {
            assert_eq!(upper.chars().count(), 128, "{number}");
            assert_eq!(page(*number).decode(b"a\x84\x81\xe1"), "aäüß", "{number}");
        }
        assert_eq!(page(1252).decode(b"\xe4"), "ä");
        assert_eq!(page(4711).decode(b"\xe4"), "ä");
    }
}
