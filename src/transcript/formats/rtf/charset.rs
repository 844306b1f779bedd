//! The character sets of RTF, by the numbers that it gives them.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256,
    WINDOWS_1257, WINDOWS_1258,
};

/// The code pages of Windows; the others of a German or English file differ from these little, or are long gone.
const PAGES: &[(i32, &Encoding)] = &[
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
pub fn page(number: i32) -> &'static Encoding {
    let found = PAGES.iter().find(|(page, _)| *page == number);
    found.map_or(WINDOWS_1252, |(_, encoding)| encoding)
}

/// The character set `number` of a font; `None` for the one of the file.
#[must_use]
pub fn of_font(number: i32) -> Option<&'static Encoding> {
    let found = FONTS.iter().find(|(font, _)| *font == number);
    found.map(|(_, number)| page(*number))
}
