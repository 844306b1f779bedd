//! Times as transcripts write them: every notation of a clock, and how it is set apart from the text.

use std::ops::Range;

use crate::interview::Time;

/// How a time is told from the text that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Not at all: `00:01:02`.
    Bare,
    /// `(00:01:02)`
    Round,
    /// `[00:01:02]`
    Square,
    /// `{00:01:02}`
    Curly,
    /// `<00:01:02>`
    Angle,
    /// `#00:01:02-3#`, as f4 and MAXQDA write it.
    Hash,
}

/// What opens and closes a time.
const SETTINGS: [(Setting, u8, u8); 5] = [
    (Setting::Round, b'(', b')'),
    (Setting::Square, b'[', b']'),
    (Setting::Curly, b'{', b'}'),
    (Setting::Angle, b'<', b'>'),
    (Setting::Hash, b'#', b'#'),
];

/// A time as it stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// What it says; where it is no range, the end is the start.
    pub time: Time,
    /// How it is set apart.
    pub setting: Setting,
    /// Whether it has hours, and so is no time of day, no verse and no ratio.
    pub hours: bool,
}

/// From `start` to `end`; what ends before it begins ends where it begins.
#[must_use]
pub fn span(start: u32, end: u32) -> Time {
    Time {
        start,
        end: end.max(start),
    }
}

/// The clock at the beginning of `text`, in milliseconds, and what follows it.
///
/// Minutes and seconds, or hours too, with a fraction or not: `1:02`, `00:01:02`, `01:02.5`, `00:01:02,345`, `00:01:02-3`.
/// A fourth part counts frames and is read over, for nothing says how many there are in a second.
#[must_use]
pub fn clock(text: &str) -> Option<(u32, &str)> {
    let (reading, rest) = reading(text)?;
    Some((reading.milliseconds, rest))
}

struct Reading {
    milliseconds: u32,
    hours: bool,
}

fn reading(text: &str) -> Option<(Reading, &str)> {
    let mut parts = [0u32; 4];
    let mut widths = [0usize; 4];
    let (mut count, mut at) = (0, 0);
    loop {
        let (part, width) = number(&text[at..], if count == 0 { 3 } else { 2 })?;
        (parts[count], widths[count]) = (part, width);
        (count, at) = (count + 1, at + width);
        let more = text[at..].strip_prefix(':');
        match more {
            Some(more) if count < 4 && more.starts_with(|c: char| c.is_ascii_digit()) => at += 1,
            _ => break,
        }
    }
    // `3:5` is a ratio; `0:0:4.310` is how some programs write a clock.
    if count < 2 || count == 2 && widths[1] < 2 {
        return None;
    }
    let hours = count > 2;
    let seconds = if hours {
        (parts[1] < 60 && parts[2] < 60)
            .then(|| parts[0] * 3600 + parts[1] * 60 + parts[2])
            .filter(|_| parts[0] < 1000)?
    } else {
        (parts[1] < 60).then(|| parts[0] * 60 + parts[1])?
    };
    let mut rest = &text[at..];
    let mut milliseconds = 0;
    if let Some(fraction) = rest.strip_prefix(['.', ',', '-'])
        && let digits = fraction.bytes().take_while(u8::is_ascii_digit).count()
        && digits > 0
        // After a hyphen stands a tenth, or the end of a range.
        && (!rest.starts_with('-') || digits == 1 && !fraction[1..].starts_with(':'))
    {
        milliseconds = thousandths(&fraction[..digits]);
        rest = &fraction[digits..];
    }
    if rest.starts_with(|c: char| c.is_alphanumeric() || c == ':') {
        return None;
    }
    let milliseconds = (seconds * 1000).saturating_add(milliseconds);
    Some((
        Reading {
            milliseconds,
            hours,
        },
        rest,
    ))
}

/// The number of up to `most` digits at the beginning of `text`, and how many there are.
fn number(text: &str, most: usize) -> Option<(u32, usize)> {
    let width = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=most)
        .contains(&width)
        .then(|| text[..width].parse().ok())
        .flatten()
        .map(|number| (number, width))
}

/// The thousandths that the digits after a point stand for.
fn thousandths(digits: &str) -> u32 {
    let places = digits.bytes().chain(std::iter::repeat(b'0')).take(3);
    places.fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))
}

/// The time at the beginning of `text`, and what follows it. It may be a range: `[00:01:02 --> 00:01:08]`, and have a date
/// before it, as in a chat that was kept.
#[must_use]
pub fn stamp(text: &str) -> Option<(Stamp, &str)> {
    let first = *text.as_bytes().first()?;
    if first.is_ascii_digit() {
        let (reading, rest) = reading(undated(text))?;
        let (end, rest) = range(rest.trim_start()).unwrap_or((0, rest));
        let time = span(reading.milliseconds, end);
        return Some((stamped(time, Setting::Bare, reading.hours), rest));
    }
    let (setting, _, close) = *SETTINGS.iter().find(|(_, open, _)| *open == first)?;
    let (start, rest) = reading(undated(text[1..].trim_start()))?;
    let rest = rest.trim_start();
    let (end, rest) = match range(rest) {
        Some((end, rest)) => (end, rest.trim_start()),
        None => (start.milliseconds, rest),
    };
    let rest = rest.strip_prefix(char::from(close))?;
    let time = span(start.milliseconds, end);
    Some((stamped(time, setting, start.hours), rest))
}

/// `text` without the date before a time of day: `17.04.21, 10:02`.
fn undated(text: &str) -> &str {
    let mut rest = text;
    for (part, most) in [4, 2, 4].into_iter().enumerate() {
        let Some((_, width)) = number(rest, most) else {
            return text;
        };
        rest = &rest[width..];
        let after: &[char] = if part < 2 {
            &['.', '/', '-']
        } else {
            &[',', ' ', 'T']
        };
        let Some(more) = rest.strip_prefix(after) else {
            return text;
        };
        rest = more;
    }
    rest.trim_start()
}

fn stamped(time: Time, setting: Setting, hours: bool) -> Stamp {
    Stamp {
        time,
        setting,
        hours,
    }
}

/// The time set apart at the end of `text`, and what stands before it.
#[must_use]
pub fn last(text: &str) -> Option<(Stamp, &str)> {
    let close = *text.as_bytes().last()?;
    let (_, open, _) = *SETTINGS.iter().find(|(_, _, last)| *last == close)?;
    let at = memchr::memrchr(open, &text.as_bytes()[..text.len() - 1])?;
    let (stamp, rest) = stamp(&text[at..])?;
    rest.is_empty().then_some((stamp, &text[..at]))
}

/// The next time set apart in `text`, with its place in bytes.
#[must_use]
pub fn next(text: &str) -> Option<(Stamp, Range<usize>)> {
    let bytes = text.as_bytes();
    let mut from = 0;
    // Of what opens a time, these do so in the middle of a sentence; the others are looked for at its ends only.
    while let Some(at) = memchr::memchr3(b'[', b'#', b'(', &bytes[from..]).map(|at| from + at) {
        if let Some((stamp, rest)) = stamp(&text[at..]) {
            return Some((stamp, at..text.len() - rest.len()));
        }
        from = at + 1;
    }
    None
}

/// The second clock of a range, after its arrow or dash.
fn range(text: &str) -> Option<(u32, &str)> {
    let text = ["-->", "->", "-", "–", "—"]
        .iter()
        .find_map(|dash| text.strip_prefix(dash))?;
    clock(text.trim_start())
}

/// The two clocks of a line that does nothing but time a cue: `00:01.000 --> 00:02.000`, whatever settings follow. The
/// second may be missing where the file was cut off.
#[must_use]
pub fn timing(line: &str) -> Option<Time> {
    let (start, rest) = clock(line)?;
    let rest = rest.trim_start();
    let arrow = rest.strip_prefix("-->").or(rest.strip_prefix("->"));
    // *0:00:01.000,0:00:02.000*, as YouTube writes it.
    let comma = || rest.strip_prefix(',').filter(|rest| clock(rest).is_some());
    let rest = arrow.or_else(comma)?;
    let end = clock(rest.trim_start()).map_or(start, |(end, _)| end);
    Some(span(start, end))
}

/// A time that stands alone in a field, in milliseconds: a clock, or seconds as `62.5`, `62.5s` or `PT1M2.5S`.
#[must_use]
pub fn moment(text: &str) -> Option<u32> {
    let text = text.trim();
    if let Some((stamp, rest)) = stamp(text) {
        return rest.trim().is_empty().then_some(stamp.time.start);
    }
    if let Some(duration) = text.strip_prefix("PT") {
        return duration_of(duration).filter(|_| !duration.is_empty());
    }
    if let Some(number) = text.strip_suffix("ms") {
        return milliseconds(number.trim_end().parse().ok()?, 1.0);
    }
    let number = text.strip_suffix('s').unwrap_or(text).trim_end();
    milliseconds(number.parse().ok()?, 1000.0)
}

/// `number` times `unit` milliseconds; `None` where that is no time.
#[must_use]
pub fn milliseconds(number: f64, unit: f64) -> Option<u32> {
    let value = (number * unit).round();
    // A negative start is a rounding error of the program that wrote it.
    (value > -1000.0 && value <= f64::from(u32::MAX)).then_some(value as u32)
}

/// How many milliseconds is one of what a program counts that says nothing of it, where `bytes` bytes are spoken in
/// `numbers`: seconds, milliseconds, ticks or nanoseconds, whichever makes it most like speech.
#[must_use]
pub fn unit(numbers: Range<f64>, bytes: usize) -> f64 {
    // So many bytes are spoken in a second. Nobody speaks ten times as fast or as slow.
    const RATE: f64 = 15.0;
    let off = |unit: &f64| {
        let seconds = (numbers.end - numbers.start) * unit / 1000.0;
        (bytes as f64 / seconds.max(1e-9) / RATE).ln().abs()
    };
    let units = [1000.0, 1.0, 1e-4, 1e-6];
    let nearest = |a: &f64, b: &f64| off(a).total_cmp(&off(b));
    units.into_iter().min_by(nearest).unwrap_or(1000.0)
}

/// What follows `PT` in a duration of ISO 8601: `1H2M3.5S`.
fn duration_of(text: &str) -> Option<u32> {
    let mut sum = 0.0;
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number: f64 = rest[..end].parse().ok()?;
        sum += number
            * match rest.as_bytes().get(end)? {
                b'H' => 3600.0,
                b'M' => 60.0,
                b'S' => 1.0,
                _ => return None,
            };
        rest = &rest[end + 1..];
    }
    milliseconds(sum, 1000.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn clocks_are_read_in_every_notation() {
        for (text, meant, rest) in [
            ("1:02", 62_000, ""),
            ("00:01:02 Ada", 62_000, " Ada"),
            ("01:02.5", 62_500, ""),
            ("00:01:02,345 -->", 62_345, " -->"),
            ("00:01:02-3#", 62_300, "#"),
            ("00:01:02.123456", 62_123, ""),
            ("100:00:00", 360_000_000, ""),
            ("90:15", 5_415_000, ""),
            ("0:0:4.310", 4_310, ""),
            ("00:01:02:12", 62_000, ""),
            ("1:02.", 62_000, "."),
            ("1:02-1:08", 62_000, "-1:08"),
        ] {
            assert_eq!(clock(text), Some((meant, rest)), "{text}");
        }
        for no in [
            "",
            "3:5",
            "12",
            "12:",
            "1:72",
            "1:61:00",
            "10:30h",
            "1:02:03:04:05",
            "1234:00",
            "a1:02",
        ] {
            assert_eq!(clock(no), None, "{no}");
        }
    }

    #[test]
    fn a_time_may_be_set_apart_and_be_a_range() {
        let at = |text| stamp(text).map(|(s, rest)| (s.time.start, s.time.end, s.setting, rest));
        assert_eq!(
            at("[00:01:02] Ja"),
            Some((62_000, 62_000, Setting::Square, " Ja"))
        );
        assert_eq!(
            at("#00:01:02-3#"),
            Some((62_300, 62_300, Setting::Hash, ""))
        );
        assert_eq!(
            at("(1:02 – 1:08)."),
            Some((62_000, 68_000, Setting::Round, "."))
        );
        assert_eq!(
            at("[00:00:01.000 --> 00:00:02.500]  Ja"),
            Some((1_000, 2_500, Setting::Square, "  Ja"))
        );
        assert_eq!(at("1:02 Ja"), Some((62_000, 62_000, Setting::Bare, " Ja")));
        assert_eq!(
            at("1:02 - 1:08 Ja"),
            Some((62_000, 68_000, Setting::Bare, " Ja"))
        );
        assert_eq!(
            at("[17.04.21, 0:01:02] Ja"),
            Some((62_000, 62_000, Setting::Square, " Ja"))
        );
        assert_eq!(
            at("2021-04-17T00:01:02 Ja"),
            Some((62_000, 62_000, Setting::Bare, " Ja"))
        );
        for no in ["[Musik]", "(1:02", "[1:02)", "#1#"] {
            assert_eq!(at(no), None, "{no}");
        }
        let (stamp, before) = last("Ja. #00:00:05-2#").unwrap();
        assert_eq!((stamp.time.start, before), (5_200, "Ja. "));
        assert_eq!(last("Ja (so)."), None);
        assert_eq!(next("Ja [sic] und [0:05] nein").unwrap().1, 13..19);
    }

    #[test]
    fn a_cue_that_ends_before_it_begins_ends_where_it_begins() {
        assert_eq!(
            timing("00:05.000 --> 00:02.000 align:start"),
            Some(span(5_000, 5_000))
        );
        assert_eq!(timing("00:00:01,5-->00:00:02,0"), Some(span(1_500, 2_000)));
        assert_eq!(timing("00:05.000 -->"), Some(span(5_000, 5_000)));
        assert_eq!(timing("0:00:01.500,0:00:02.000"), Some(span(1_500, 2_000)));
        assert_eq!(timing("00:05.000 Ada"), None);
        assert_eq!(timing("00:05.000, dann 00:06.000"), None);
    }

    #[test]
    fn a_moment_is_a_clock_or_seconds() {
        for (text, meant) in [
            ("00:01:02,5", 62_500),
            (" [1:02] ", 62_000),
            ("62.5", 62_500),
            ("1.300s", 1_300),
            ("250 ms", 250),
            ("PT1M2.5S", 62_500),
            ("-0.02", 0),
        ] {
            assert_eq!(moment(text), Some(meant), "{text}");
        }
        for no in ["", "gestern", "PT", "PTS", "1e30", "NaN", "1:02 A", "-5"] {
            assert_eq!(moment(no), None, "{no}");
        }
    }

    #[test]
    fn what_is_counted_is_seen_from_the_speed_of_speech() {
        assert_eq!(unit(0.5..60.0, 900), 1000.0);
        assert_eq!(unit(500.0..60_000.0, 900), 1.0);
        assert_eq!(unit(0.0..6e8, 900), 1e-4);
        assert_eq!(unit(0.0..0.0, 0), 1000.0);
    }

    proptest! {
        #[test]
        fn no_text_is_too_wild(text in "[-0-9:.,#\\[\\]()<>{} a>PTHMSé]{0,24}") {
            let _ = (clock(&text), stamp(&text), last(&text), next(&text), timing(&text), moment(&text));
        }
    }
}
