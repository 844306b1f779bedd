//! The last line: what stands opposite and why, what happened, and a few keys.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::pencil::Pencil;
use super::questions::typed_line;
use crate::app::keymap::{Action, Context, first_key};
use crate::app::pairing::Opposite;
use crate::app::{App, Overlay};
use crate::lang::Lang;
use crate::parallels::Origin;
use crate::text::width;

/// An action, and a word for it in English and in German.
type Hint = (Action, &'static str, &'static str);

/// The keys named at the right, in each context.
const HINTS: &[(Context, &[Hint])] = &[
    (
        Context::Reader,
        &[
            (Action::NextParallel, "next", "nächste"),
            (Action::Filter, "filter", "filtern"),
            (Action::Comment, "note", "Notiz"),
            (Action::Search, "find", "suchen"),
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
            (Action::Select, "pin", "festhalten"),
            (Action::NextSentence, "sentence", "Satz"),
            (Action::NextWord, "word", "Wort"),
            (Action::Comment, "note", "Notiz"),
            (Action::Highlight, "highlight", "hervorheben"),
            (Action::Copy, "copy", "kopieren"),
            (Action::Help, "help", "Hilfe"),
        ],
    ),
    (
        Context::Line,
        &[
            (Action::Accept, "take", "übernehmen"),
            (Action::Cancel, "leave", "verlassen"),
        ],
    ),
    (
        Context::Editor,
        &[
            (Action::Keep, "keep and close", "behalten und schließen"),
            (Action::ExternalEditor, "$EDITOR", "$EDITOR"),
        ],
    ),
    (
        Context::Notes,
        &[
            (Action::Accept, "read", "lesen"),
            (Action::Filter, "filter", "filtern"),
            (Action::Edit, "edit", "bearbeiten"),
            (Action::Delete, "delete", "löschen"),
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

/// Draws the status line; returns where the cursor stands while a search is typed.
pub fn draw(app: &App, area: Rect, pencil: &mut Pencil) -> Option<Position> {
    let theme = pencil.theme;
    pencil.ground(area, theme.raised);
    let (x, y, right) = (area.x + 1, area.y, area.right() - 1);
    if let Some(Overlay::Search(line)) = &app.overlay {
        let x = pencil.text(x, y, "/", theme.accent[0].bold(), 1);
        return Some(typed_line(
            line.text(),
            line.before_cursor(),
            x,
            y,
            right.saturating_sub(x),
            pencil,
        ));
    }
    let said = says(app, pencil);
    let used: usize = said.iter().map(|(text, _)| width(text)).sum();
    let end = hints(
        app,
        right,
        area.y,
        right
            .saturating_sub(x)
            .saturating_sub(u16::try_from(used).unwrap_or(0)),
        pencil,
    );
    let mut x = x;
    for (text, style) in said {
        x = pencil.clipped(x, y, &text, style, end.saturating_sub(x));
    }
    None
}

/// Draws as many hints as there is room for, and returns where they begin.
fn hints(app: &App, right: u16, y: u16, room: u16, pencil: &mut Pencil) -> u16 {
    let context = app.context();
    let Some((_, hints)) = HINTS.iter().find(|(c, _)| *c == context) else {
        return right;
    };
    let written: Vec<(&str, &str)> = hints
        .iter()
        .filter_map(|(action, english, german)| {
            Some((first_key(context, *action)?, app.lang.tr(*english, *german)))
        })
        .collect();
    let cells = |hints: &[(&str, &str)]| -> usize {
        hints
            .iter()
            .map(|(key, word)| width(key) + width(word) + 3)
            .sum()
    };
    let fits = (0..=written.len())
        .find(|&from| cells(&written[from..]) <= usize::from(room))
        // The way to the help, which stands last, is worth more than the end of what is said.
        .unwrap_or(written.len() - usize::from(right >= 40 && !written.is_empty()));
    let shown = &written[fits..];
    let begin = right.saturating_sub(u16::try_from(cells(shown).saturating_sub(2)).unwrap_or(0));
    let mut x = begin;
    for (key, word) in shown {
        x = pencil.text(x, y, key, Style::new(), right.saturating_sub(x)) + 1;
        x = pencil.text(x, y, word, pencil.theme.dim, right.saturating_sub(x)) + 2;
    }
    if shown.is_empty() {
        right
    } else {
        begin.saturating_sub(2)
    }
}

fn says(app: &App, pencil: &Pencil) -> Vec<(String, Style)> {
    let (theme, lang) = (pencil.theme, app.lang);
    if let Some(notice) = &app.notice {
        let style = if notice.wrong {
            theme.wrong
        } else {
            Style::new()
        };
        return vec![(notice.text.clone(), style)];
    }
    if let Some(trouble) = &app.annotations.trouble {
        return vec![(trouble.clone(), theme.wrong)];
    }
    if app.overlay.is_some() {
        return Vec::new();
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
        return vec![(
            format!("{words} {}{pinned}", lang.tr("words", "Wörter")),
            Style::new(),
        )];
    }
    if let (Some(at), of) = app.seek.counts() {
        return vec![
            (format!("/{}", app.seek.query), Style::new().bold()),
            (format!("  {at}/{of}"), theme.dim),
        ];
    }
    opposite(app, pencil)
}

fn opposite(app: &App, pencil: &Pencil) -> Vec<(String, Style)> {
    let (theme, lang, signs) = (pencil.theme, app.lang, pencil.theme.signs);
    let strong = Style::new().bold();
    let mut said = match app.opposite() {
        Opposite::Unknown | Opposite::NoExchange => Vec::new(),
        Opposite::Parallel(parallel, place, of) => {
            let mut said = vec![(format!("{} {}/{of}", signs.opposite, place + 1), strong)];
            said.push((format!(" {}", heading(parallel, lang)), Style::new()));
            if !parallel.terms.is_empty() {
                let terms = parallel.terms.join(&format!(" {} ", signs.dot));
                said.push((
                    format!("  {}: {terms}", lang.tr("shared", "gemeinsam")),
                    theme.dim,
                ));
            }
            said
        }
        Opposite::Elsewhere(of) => {
            let there = lang.tr(
                "other passages have the parallels: p",
                "Parallelen stehen anderswo: p",
            );
            vec![(format!("{} {there} (1/{of})", signs.apart), theme.dim)]
        }
        Opposite::Alone(nearest) => {
            let mut said = vec![(
                format!(
                    "{} {}",
                    signs.apart,
                    lang.tr("no counterpart", "kein Gegenstück")
                ),
                strong,
            )];
            if let Some(nearest) = nearest {
                let number = app.pairing.lead.other().of(nearest) + 1;
                let words = lang.tr("nearest", "am nächsten");
                said.push((format!("  {words}: {number} (p)"), theme.dim));
            }
            said
        }
    };
    if !app.pairing.follow {
        said.push((
            format!("  {}", lang.tr("let go (s)", "losgelassen (s)")),
            theme.dim,
        ));
    }
    said
}

/// The theme of a parallel, or how it came about.
fn heading(parallel: &crate::parallels::Parallel, lang: Lang) -> String {
    match (&parallel.theme, parallel.origin) {
        (Some(theme), _) => theme.clone(),
        (None, Origin::Suggested) => lang.tr("suggested", "vermutet").to_owned(),
        (None, Origin::Confirmed) => lang.tr("confirmed", "bestätigt").to_owned(),
        (None, Origin::Curated) => lang.tr("curated", "redaktionell").to_owned(),
        (None, Origin::Rejected) => lang.tr("rejected", "verworfen").to_owned(),
    }
}
