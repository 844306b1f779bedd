//! Colours and signs, by what the terminal can show.
//!
//! Ink is the terminal's own: only accents, dimmed text and grounds are chosen, and each says nothing that weight,
//! underline or a sign doesn't say too.

use ratatui::style::{Color, Modifier, Style};

use crate::export::map;

/// How many colours the terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colours {
    /// None: `NO_COLOR`, or `--color never`.
    None,
    /// The sixteen of ANSI.
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    /// All.
    True,
}

/// What the terminal is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// How many colours it has.
    pub colours: Colours,
    /// Whether its background is dark.
    pub dark: bool,
    /// Whether it shows more than ASCII.
    pub unicode: bool,
}

impl Terminal {
    /// What the environment says of the terminal; `var` looks up a variable, `colour` is false for `--color never`.
    ///
    /// `COLORFGBG` (rxvt, Konsole) names the background as one of sixteen colours, of which 7 and 9 to 15 are light.
    #[must_use]
    pub fn from_environment(var: impl Fn(&str) -> Option<String>, colour: bool) -> Terminal {
        let var = |name: &str| var(name).filter(|value| !value.is_empty());
        let term = var("TERM").unwrap_or_default();
        let colours = if !colour || var("NO_COLOR").is_some() || term == "dumb" || term == "vt100" {
            Colours::None
        } else if var("COLORTERM").is_some_and(|c| c == "truecolor" || c == "24bit") {
            Colours::True
        } else if term.contains("256color") || term.contains("kitty") || term.contains("direct") {
            Colours::Indexed
        } else {
            Colours::Sixteen
        };
        let background =
            var("COLORFGBG").and_then(|value| value.rsplit(';').next()?.parse::<u8>().ok());
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
            .into_iter()
            .find_map(var)
            .unwrap_or_default();
        let utf8 = locale
            .to_ascii_lowercase()
            .replace('-', "")
            .contains("utf8");
        Terminal {
            colours,
            dark: !matches!(background, Some(7 | 9..=15)),
            unicode: utf8,
        }
    }
}

/// The styles that the screen is drawn with, by what they are for.
#[derive(Clone, Debug)]
pub struct Theme {
    /// The colour of an interview: left, right.
    pub accent: [Style; 2],
    /// What is not read just now.
    pub dim: Style,
    /// Rules and marks that only matter when looked for.
    pub faint: Style,
    /// A highlighted passage.
    pub highlight: Style,
    /// One to be quoted.
    pub quote: Style,
    /// One to be checked.
    pub query: Style,
    /// One that contradicts something.
    pub contradiction: Style,
    /// What is being selected.
    pub selection: Style,
    /// A search hit.
    pub hit: Style,
    /// The search hit one is at.
    pub hit_here: Style,
    /// The status line, and the chosen row.
    pub raised: Style,
    /// What went wrong.
    pub wrong: Style,
    /// The signs.
    pub signs: &'static Signs,
}

/// The signs, each one cell wide.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Signs {
    pub rule: &'static str,
    pub bar: &'static str,
    pub focus: &'static str,
    pub prompt: &'static str,
    pub parallel: &'static str,
    pub more: &'static str,
    pub comment: &'static str,
    pub highlight: &'static str,
    pub quote: &'static str,
    pub query: &'static str,
    pub doubt: &'static str,
    pub contradiction: &'static str,
    pub marked: &'static str,
    pub bookmark: &'static str,
    pub tag: &'static str,
    pub opposite: &'static str,
    pub apart: &'static str,
    pub elsewhere: &'static str,
    pub dot: &'static str,
    pub line: &'static str,
    pub map: &'static map::Signs,
}

const UNICODE: Signs = Signs {
    rule: "│",
    bar: "▎",
    focus: "▌",
    prompt: "›",
    parallel: "•",
    more: "+",
    comment: "¶",
    highlight: "▪",
    quote: "»",
    query: "¿",
    doubt: "?",
    contradiction: "≠",
    marked: "●",
    bookmark: "◆",
    tag: "#",
    opposite: "↔",
    apart: "∅",
    elsewhere: "→",
    dot: "·",
    line: "─",
    map: &map::UNICODE,
};

const ASCII: Signs = Signs {
    rule: "|",
    bar: "|",
    focus: ">",
    prompt: ">",
    parallel: "*",
    more: "+",
    comment: "c",
    highlight: "x",
    quote: "\"",
    query: "q",
    doubt: "?",
    contradiction: "!",
    marked: "*",
    bookmark: "m",
    tag: "#",
    opposite: "=",
    apart: "-",
    elsewhere: ">",
    dot: "-",
    line: "-",
    map: &map::ASCII,
};

impl Theme {
    /// The theme for a terminal.
    #[must_use]
    pub fn new(terminal: Terminal) -> Theme {
        let plain = Style::new();
        let signs = if terminal.unicode { &UNICODE } else { &ASCII };
        let dark = terminal.dark;
        let choose = |on_dark: Color, on_light: Color| if dark { on_dark } else { on_light };
        let index =
            |on_dark: u8, on_light: u8| Color::Indexed(if dark { on_dark } else { on_light });
        match terminal.colours {
            Colours::None => Theme {
                accent: [plain, plain],
                dim: plain.add_modifier(Modifier::DIM),
                faint: plain.add_modifier(Modifier::DIM),
                highlight: plain.add_modifier(Modifier::REVERSED),
                quote: plain.add_modifier(Modifier::REVERSED),
                query: plain.add_modifier(Modifier::REVERSED),
                contradiction: plain.add_modifier(Modifier::REVERSED),
                // Also told from a highlight that it overlaps, and from a question, which is bold.
                selection: plain.add_modifier(Modifier::REVERSED | Modifier::UNDERLINED),
                hit: plain.add_modifier(Modifier::REVERSED),
                hit_here: plain.add_modifier(Modifier::REVERSED | Modifier::BOLD),
                raised: plain,
                wrong: plain.add_modifier(Modifier::BOLD),
                signs,
            },
            Colours::Sixteen => Theme {
                accent: [
                    plain.fg(choose(Color::Yellow, Color::Red)),
                    plain.fg(choose(Color::Cyan, Color::Blue)),
                ],
                dim: plain.fg(choose(Color::DarkGray, Color::DarkGray)),
                faint: plain.fg(choose(Color::DarkGray, Color::Gray)),
                highlight: plain.fg(Color::Black).bg(Color::Yellow),
                quote: plain.fg(Color::Black).bg(Color::Green),
                query: plain.fg(Color::White).bg(Color::Red),
                contradiction: plain.fg(Color::White).bg(Color::Magenta),
                selection: plain.fg(Color::White).bg(Color::Blue),
                hit: plain.fg(Color::Black).bg(Color::Cyan),
                hit_here: plain.fg(Color::Black).bg(Color::Green),
                raised: plain,
                wrong: plain.fg(Color::Red).add_modifier(Modifier::BOLD),
                signs,
            },
            Colours::Indexed | Colours::True => {
                let deep = terminal.colours == Colours::True;
                let ground = |on_dark: (u8, u8, u8), on_light: (u8, u8, u8), coarse: Color| {
                    let (r, g, b) = if dark { on_dark } else { on_light };
                    if deep { Color::Rgb(r, g, b) } else { coarse }
                };
                Theme {
                    accent: [plain.fg(index(215, 130)), plain.fg(index(73, 30))],
                    dim: plain.fg(index(244, 243)),
                    faint: plain.fg(index(239, 250)),
                    highlight: plain.bg(ground((74, 64, 32), (255, 240, 179), index(58, 229))),
                    quote: plain.bg(ground((28, 68, 44), (200, 240, 208), index(22, 194))),
                    query: plain.bg(ground((88, 42, 40), (255, 216, 208), index(52, 224))),
                    contradiction: plain.bg(ground((66, 46, 92), (232, 216, 255), index(53, 225))),
                    selection: plain.bg(ground((38, 79, 120), (176, 212, 255), index(24, 153))),
                    hit: plain.bg(ground((58, 61, 92), (214, 214, 250), index(60, 189))),
                    hit_here: plain.fg(Color::Black).bg(index(215, 215)),
                    raised: plain.bg(ground((34, 38, 44), (232, 234, 238), index(235, 254))),
                    wrong: plain.fg(index(203, 160)).add_modifier(Modifier::BOLD),
                    signs,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terminal(set: &[(&str, &str)]) -> Terminal {
        Terminal::from_environment(
            |name| {
                set.iter()
                    .find(|(n, _)| *n == name)
                    .map(|(_, value)| (*value).to_owned())
            },
            true,
        )
    }

    #[test]
    fn the_environment_says_what_the_terminal_can() {
        let t = terminal(&[("TERM", "xterm-256color"), ("LANG", "de_DE.UTF-8")]);
        assert_eq!(
            (t.colours, t.unicode, t.dark),
            (Colours::Indexed, true, true)
        );
        assert_eq!(
            terminal(&[("TERM", "xterm"), ("COLORTERM", "truecolor")]).colours,
            Colours::True
        );
        assert_eq!(terminal(&[("TERM", "linux")]).colours, Colours::Sixteen);
        assert_eq!(
            terminal(&[("TERM", "xterm-256color"), ("NO_COLOR", "1")]).colours,
            Colours::None
        );
        assert!(!terminal(&[("COLORFGBG", "0;15")]).dark);
        assert!(!terminal(&[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")]).unicode);
    }

    #[test]
    fn without_colour_no_colour_is_used() {
        let theme = Theme::new(terminal(&[("NO_COLOR", "1")]));
        let all = [
            theme.dim,
            theme.faint,
            theme.highlight,
            theme.quote,
            theme.query,
            theme.contradiction,
            theme.selection,
            theme.hit,
            theme.hit_here,
            theme.raised,
        ];
        for style in all.into_iter().chain(theme.accent).chain([theme.wrong]) {
            assert_eq!((style.fg, style.bg), (None, None));
        }
    }
}
