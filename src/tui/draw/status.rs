//! The last line: what stands opposite and why, what happened, and a few keys.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::pencil::Pencil;
use super::questions::typed_line;
use crate::app::board::Shelf;
use crate::app::keymap::{Action, Context, first_key};
use crate::app::pairing::Opposite;
use crate::app::synopsis::Synopsis;
use crate::app::{App, Overlay};
use crate::lang::{Lang, Tell};
use crate::parallels::{Likelihood, Origin, Parallel};
use crate::text::width;

/// An action, and a word for it in English and in German.
type Hint = (Action, &'static str, &'static str);

/// The keys named at the right, in each context: the last stays longest when room is scarce, then the first.
const HINTS: &[(Context, &[Hint])] = &[
    (
        Context::Reader,
        &[
            (Action::NextParallel, "next", "nächste"),
            (Action::Comment, "note", "Notiz"),
            (Action::Search, "find", "suchen"),
            (Action::Filter, "filter", "filtern"),
            (Action::Help, "help", "Hilfe"),
        ],
    ),
    (
        Context::Filter,
        &[
            (Action::Accept, "read", "lesen"),
            (Action::Cancel, "clear", "löschen"),
            (Action::Help, "help", "Hilfe"),
        ],
    ),
    (
        Context::Selection,
        &[
            (Action::Anew, "set it here", "hierher setzen"),
            (Action::Comment, "note", "Notiz"),
            (Action::Highlight, "highlight", "hervorheben"),
            (Action::Select, "pin", "festhalten"),
            (Action::NextSentence, "sentence", "Satz"),
            (Action::NextWord, "word", "Wort"),
            (Action::Copy, "copy", "kopieren"),
            (Action::Help, "help", "Hilfe"),
        ],
    ),
    (
        Context::Line,
        &[
            (Action::Accept, "take", "übernehmen"),
            (Action::Help, "help", "Hilfe"),
            (Action::Cancel, "leave", "verlassen"),
        ],
    ),
    (
        Context::Editor,
        &[
            (Action::Both, "about both", "zu beiden"),
            (Action::ExternalEditor, "$EDITOR", "$EDITOR"),
            (Action::Help, "help", "Hilfe"),
            (Action::Keep, "keep and close", "behalten und schließen"),
        ],
    ),
    (
        Context::Notes,
        &[
            (Action::Accept, "read", "lesen"),
            (Action::Edit, "edit", "bearbeiten"),
            (Action::Order, "order", "Reihenfolge"),
            (Action::Select, "mark", "markieren"),
            (Action::Tag, "tag", "Schlagwort"),
            (Action::Filter, "filter", "filtern"),
            (Action::Help, "help", "Hilfe"),
            (Action::Cancel, "close", "schließen"),
        ],
    ),
    (
        Context::Synopsis,
        &[
            (Action::Accept, "read", "lesen"),
            (Action::NextQuestion, "next", "nächste"),
            (Action::Order, "order", "Reihenfolge"),
            (Action::Help, "help", "Hilfe"),
            (Action::Cancel, "close", "schließen"),
        ],
    ),
    (
        Context::Map,
        &[
            (Action::Accept, "read", "lesen"),
            (Action::NextParallel, "next", "nächste"),
            (Action::Link, "confirm", "bestätigen"),
            (Action::Unlink, "reject", "verwerfen"),
            (Action::Help, "help", "Hilfe"),
            (Action::Cancel, "close", "schließen"),
        ],
    ),
    (
        Context::Help,
        &[
            (Action::LineDown, "down", "weiter"),
            (Action::Cancel, "close", "schließen"),
        ],
    ),
];

/// The same in the list of notes, while it lists what is past.
const PAST: &[Hint] = &[
    (Action::Accept, "have back", "zurückholen"),
    (Action::Filter, "filter", "filtern"),
    (Action::Help, "help", "Hilfe"),
    (Action::Past, "the notes", "die Notizen"),
];

/// From this width on, in cells, the last hint is worth more than the end of what is said.
const HINTED: u16 = 40;

/// What the line says: pieces, and the words that the two exchanges share, of which as many are shown as there is room
/// for.
#[derive(Default)]
struct Said {
    pieces: Vec<(String, Style)>,
    shared: Vec<String>,
}

impl Said {
    fn one(text: impl Into<String>, style: Style) -> Said {
        let mut said = Said::default();
        said.add(text, style);
        said
    }

    fn add(&mut self, text: impl Into<String>, style: Style) {
        self.pieces.push((text.into(), style));
    }

    fn width(&self) -> u16 {
        cells(self.pieces.iter().map(|(text, _)| width(text)).sum())
    }

    /// Says the shared words that fit `room` cells, none of them cut.
    fn share(&mut self, room: u16, app: &App, pencil: &Pencil) {
        let between = format!(" {} ", pencil.theme.signs.dot);
        let mut text = format!("  {}: ", app.lang.tr("shared", "gemeinsam"));
        let mut some = false;
        for word in std::mem::take(&mut self.shared) {
            let more = if some { between.as_str() } else { "" };
            if width(&text) + width(more) + width(&word) > usize::from(room) {
                break;
            }
            text.push_str(more);
            text.push_str(&word);
            some = true;
        }
        if some {
            self.add(text, pencil.theme.dim);
        }
    }
}

fn cells(width: usize) -> u16 {
    u16::try_from(width).unwrap_or(u16::MAX)
}

/// Draws the status line; returns where the cursor stands while a search is typed.
pub fn draw(app: &App, area: Rect, pencil: &mut Pencil) -> Option<Position> {
    let theme = pencil.theme;
    pencil.ground(area, theme.raised);
    let (x, y, right) = (area.x + 1, area.y, area.right() - 1);
    let asked = match (&app.naming, &app.overlay) {
        _ if app.help.is_some() => None,
        (Some(naming), _) => Some((app.lang.tr("theme: ", "Thema: "), &naming.line)),
        (None, Some(Overlay::Search(line))) => Some(("/", line)),
        _ => None,
    };
    if let Some((prompt, line)) = asked {
        let room = right.saturating_sub(x);
        let x = pencil.text(x, y, prompt, theme.accent[0].bold(), room);
        return Some(typed_line(
            line.text(),
            line.before_cursor(),
            x,
            y,
            right.saturating_sub(x),
            pencil,
        ));
    }
    let mut said = says(app, pencil);
    let hints = hints(app);
    let room = right.saturating_sub(x);
    let left = room.saturating_sub(said.width());
    let last = hints.last().map_or(0, |hint| hint_width(hint) + 2);
    said.share(left.saturating_sub(last), app, pencil);
    let end = draw_hints(&hints, right, y, room.saturating_sub(said.width()), pencil);
    let mut x = x;
    for (text, style) in said.pieces {
        x = pencil.clipped(x, y, &text, style, end.saturating_sub(x));
    }
    None
}

/// The hints that apply: a key and a word each.
fn hints(app: &App) -> Vec<(&'static str, &'static str)> {
    let context = app.context();
    let hints = HINTS.iter().find(|(c, _)| *c == context);
    let hints = match &app.overlay {
        Some(Overlay::Notes(board)) if context == Context::Notes && board.shelf == Shelf::Past => {
            PAST
        }
        _ => hints.map_or(&[][..], |(_, hints)| hints),
    };
    let applies = |action: Action| match (action, &app.overlay) {
        (Action::NextParallel, _) if context == Context::Reader => app.has_next_parallel(),
        (Action::Both, Some(Overlay::Editor(editor))) => editor.may_be_about_both(),
        (Action::Anew, _) => app.looks_for_place(),
        _ => true,
    };
    hints
        .iter()
        .filter(|(action, ..)| applies(*action))
        .filter_map(|(action, english, german)| {
            Some((first_key(context, *action)?, app.lang.tr(*english, *german)))
        })
        .collect()
}

fn hint_width((key, word): &(&str, &str)) -> u16 {
    cells(width(key) + 1 + width(word))
}

/// Draws as many hints as there is room for, and returns where they begin.
fn draw_hints(hints: &[(&str, &str)], right: u16, y: u16, room: u16, pencil: &mut Pencil) -> u16 {
    let Some((last, first)) = hints.split_last() else {
        return right;
    };
    let mut shown: Vec<_> = first.iter().chain([last]).collect();
    let wide =
        |shown: &[&(&str, &str)]| -> u16 { shown.iter().map(|hint| hint_width(hint) + 2).sum() };
    while shown.len() > 1 && wide(&shown) > room {
        shown.remove(shown.len() - 2);
    }
    if wide(&shown) > room && right < HINTED {
        return right;
    }
    let begin = right.saturating_sub(wide(&shown).saturating_sub(2));
    let mut x = begin;
    for (key, word) in shown {
        x = pencil.text(x, y, key, Style::new(), right.saturating_sub(x)) + 1;
        x = pencil.text(x, y, word, pencil.theme.dim, right.saturating_sub(x)) + 2;
    }
    begin.saturating_sub(2)
}

fn says(app: &App, pencil: &Pencil) -> Said {
    let (theme, lang) = (pencil.theme, app.lang);
    if let Some(notice) = &app.notice {
        let style = if notice.wrong {
            theme.wrong
        } else {
            Style::new()
        };
        return Said::one(&notice.text, style);
    }
    if let Some(trouble) = &app.annotations.trouble {
        return Said::one(trouble, theme.wrong);
    }
    if let (Some(Overlay::Synopsis(synopsis)), None) = (&app.overlay, app.help) {
        return row(synopsis, lang, pencil);
    }
    if let (Some(Overlay::Map(map)), None) = (&app.overlay, app.help) {
        return map.pair.as_ref().map_or_else(Said::default, |pair| {
            let signs = theme.signs;
            let numbers = format!("{} {} {}", pair.left + 1, signs.opposite, pair.right + 1);
            let mut said = Said::one(numbers, Style::new().bold());
            said.add(format!(" {}", worth(pair, lang)), Style::new());
            said
        });
    }
    if app.overlay.is_some() || app.help.is_some() {
        return Said::default();
    }
    if let Some(selection) = &app.column(app.side()).selection {
        let text = app
            .interview(app.side())
            .map_or("", |i| &i.text[selection.range()]);
        let words = crate::text::words(text).count();
        let pinned = if selection.pinned.is_some() {
            lang.tr(" · pinned", " · festgehalten")
        } else {
            ""
        };
        let counted = if words == 1 {
            lang.tr("word", "Wort")
        } else {
            lang.tr("words", "Wörter")
        };
        return Said::one(format!("{words} {counted}{pinned}"), Style::new());
    }
    if let (Some(at), of) = app.seek.counts() {
        let mut said = Said::one(format!("/{}", app.seek.query), Style::new().bold());
        said.add(format!("  {at}/{of}"), theme.dim);
        return said;
    }
    opposite(app, pencil)
}

/// The row of the synopsis that is read, and why it is one.
fn row(synopsis: &Synopsis, lang: Lang, pencil: &Pencil) -> Said {
    let count = synopsis.rows.len();
    let mut said = Said::default();
    if count == 0 {
        return said;
    }
    let place = format!("{}/{count}", synopsis.current + 1);
    said.add(place, Style::new().bold());
    match synopsis.pair_of(synopsis.current) {
        Some(pair) => {
            said.add(format!(" {}", worth(&pair, lang)), Style::new());
            said.shared = pair.terms;
        }
        None => {
            let none = lang.tr("no counterpart", "kein Gegenstück");
            said.add(
                format!(" {} {none}", pencil.theme.signs.apart),
                Style::new(),
            );
        }
    }
    said
}

/// Who says that two exchanges are parallel, and what their text alone says of it, in words.
pub fn worth(pair: &Parallel, lang: Lang) -> String {
    let likely = Likelihood::of(pair.score).tell(lang);
    let by = match &pair.by {
        Some(by) => format!("{} {by}", lang.tr("according to", "laut")),
        None => lang.tr("by its text", "dem Text nach").to_owned(),
    };
    match (pair.origin, &pair.by) {
        (Origin::Suggested, None) => likely,
        (Origin::Suggested, Some(_)) => format!("{by} {likely}"),
        (origin, _) => format!("{}, {by} {likely}", origin.tell(lang)),
    }
}

fn opposite(app: &App, pencil: &Pencil) -> Said {
    let (theme, lang, signs) = (pencil.theme, app.lang, pencil.theme.signs);
    let strong = Style::new().bold();
    let mut said = Said::default();
    match app.opposite() {
        Opposite::Unknown | Opposite::NoExchange => {}
        Opposite::Parallel(parallel, place, of) => {
            said.add(format!("{} {}/{of}", signs.opposite, place + 1), strong);
            said.add(format!(" {}", heading(parallel, lang)), Style::new());
            said.shared.clone_from(&parallel.terms);
        }
        Opposite::Elsewhere(of) => {
            let there = lang.tr(
                "other passages have the parallels: p",
                "Parallelen stehen anderswo: p",
            );
            said.add(format!("{} {there} (1/{of})", signs.apart), theme.dim);
        }
        Opposite::Alone(nearest) => {
            let none = lang.tr("no counterpart", "kein Gegenstück");
            said.add(format!("{} {none}", signs.apart), strong);
            if let Some(nearest) = nearest {
                let number = app.pairing.lead.other().of(nearest) + 1;
                let words = lang.tr("nearest", "am nächsten");
                said.add(format!("  {words}: {number} (p)"), theme.dim);
            }
        }
    }
    if !app.pairing.follow {
        let alone = lang.tr("let go (s)", "losgelassen (s)");
        said.add(format!("  {alone}"), theme.dim);
    }
    said
}

/// The theme of a parallel, or else who says that it is one and, where nobody does, how likely it is.
fn heading(parallel: &Parallel, lang: Lang) -> String {
    match (&parallel.theme, parallel.origin) {
        (Some(theme), _) => theme.clone(),
        (None, Origin::Suggested) => {
            let likely = Likelihood::of(parallel.score).tell(lang);
            format!("{}, {likely}", parallel.whence(lang))
        }
        (None, origin) => origin.tell(lang),
    }
}
