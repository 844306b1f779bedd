//! Notes as Markdown: what one would send to a colleague.

use std::borrow::Borrow;
use std::fmt::Write;

use super::{Chapter, Section, dates, day, outline, structural};
use crate::interview::Interview;
use crate::lang::{Lang, Tell};
use crate::notes::book::Placed;
use crate::notes::{Book, Kind, Kinds, Motivation, Target, Verdict};
use crate::text::visible;

/// The notes of `book` as a Markdown document, by interview and exchange, the orphans last; what is about the
/// structure and not the matter is left out, but for the links that the reader has confirmed.
#[must_use]
pub fn notes<I: Borrow<Interview>>(book: &Book, interviews: &[I], lang: Lang) -> String {
    let mut out = String::new();
    let (sections, orphans) = outline(book, interviews, |placed| !structural(placed));
    let names: Vec<&str> = interviews.iter().map(|i| i.borrow().label()).collect();
    let head = lang.tr("Notes", "Notizen");
    match names.is_empty() {
        true => put(&mut out, &format!("# {head}")),
        false => put(&mut out, &format!("# {head}: {}", line(&names.join(" · ")))),
    }
    let wanted: Vec<Placed> = book.notes().filter(|placed| !structural(placed)).collect();
    let told = match wanted.is_empty() {
        true => {
            put(&mut out, lang.tr("No notes yet.", "Noch keine Notizen."));
            Told {
                days: false,
                makers: false,
            }
        }
        false => summary(&mut out, &wanted, lang),
    };
    for section in &sections {
        put(&mut out, &format!("## {}", line(&section.title)));
        for chapter in &section.chapters {
            chapter_head(&mut out, chapter, lang);
            // What is said of the same passage stands under one quote.
            for group in chapter.items.chunk_by(|a, b| a.range == b.range) {
                if let Some(item) = group.iter().find(|item| !item.whole_exchange()) {
                    quote(&mut out, item.quote());
                }
                let placed: Vec<&Placed> = group.iter().map(|item| &item.placed).collect();
                said(&mut out, &placed, told, &book.kinds, lang);
            }
        }
    }
    links(&mut out, book, interviews, lang);
    index(&mut out, &sections, lang);
    if !orphans.is_empty() {
        put(&mut out, lang.tr("## Without a place", "## Ohne Stelle"));
        for (placed, orphan) in &orphans {
            for target in &placed.note.targets {
                quote(&mut out, &target.anchor.exact);
            }
            said(&mut out, &[placed], told, &book.kinds, lang);
            let from = placed
                .note
                .targets
                .iter()
                .find_map(|t| t.source.label.as_deref());
            let from = from.map_or(String::new(), |label| format!("{}: ", line(label)));
            put(&mut out, &format!("({from}{})", orphan.tell(lang)));
        }
    }
    out.truncate(out.trim_end().len());
    out + "\n"
}

fn chapter_head(out: &mut String, chapter: &Chapter, lang: Lang) {
    match (chapter.exchange, chapter.question) {
        (Some(number), "") => {
            let exchange = lang.tr("Exchange", "Frage");
            put(out, &format!("### {exchange} {number}"));
        }
        (Some(number), question) => put(out, &format!("### {number}. {}", line(question))),
        // Between two headings there is a word; before the first none is needed.
        (None, _) => put(
            out,
            lang.tr("### Outside the questions", "### Außerhalb der Fragen"),
        ),
    }
}

/// What has to be told of each note: what all of them have in common stands at the top.
#[derive(Clone, Copy)]
struct Told {
    /// When it was made.
    days: bool,
    /// Who made it, where it says so.
    makers: bool,
}

/// How many notes there are, from when to when, and by whom where that is told; and what is left to tell of each.
fn summary(out: &mut String, notes: &[Placed], lang: Lang) -> Told {
    let times = notes
        .iter()
        .flat_map(|placed| [placed.note.created, placed.note.modified]);
    let mut days: Vec<String> = times.flatten().map(day).collect();
    days.sort();
    days.dedup();
    let mut makers: Vec<String> = notes
        .iter()
        .filter_map(|placed| placed.note.maker())
        .collect();
    makers.sort();
    makers.dedup();
    let count = match notes.len() {
        1 => lang.tr("1 note", "1 Notiz").to_owned(),
        count => format!("{count} {}", lang.tr("notes", "Notizen")),
    };
    let span = match (days.first(), days.last()) {
        (Some(first), Some(last)) if first != last => {
            Some(lang.tr(format!("{first} to {last}"), format!("{first} bis {last}")))
        }
        (first, _) => first.cloned(),
    };
    let makers_named = Some(makers.join(", ")).filter(|names| !names.is_empty());
    let makers_named =
        makers_named.map(|names| lang.tr(format!("also by {names}"), format!("auch von {names}")));
    let parts: Vec<String> = [Some(count), span, makers_named]
        .into_iter()
        .flatten()
        .collect();
    put(out, &line(&parts.join(" · ")));
    Told {
        days: days.len() > 1,
        makers: !makers.is_empty(),
    }
}

/// What is told of notes beside their texts.
#[derive(Default)]
struct Beside {
    /// What they are.
    marks: Vec<String>,
    tags: Vec<String>,
    /// Who made them, and when.
    made: Vec<String>,
}

impl Beside {
    fn add(&mut self, placed: &Placed, told: Told, kinds: &Kinds, lang: Lang) {
        let note = placed.note;
        let kind = match note.kind() {
            Kind::Of(Motivation::Commenting | Motivation::Tagging) => None,
            kind => Some(line(&kinds.tell(&kind, lang))),
        };
        let maker = note.maker().map(|name| line(&name)).filter(|_| told.makers);
        let when = dates(placed, lang).filter(|_| told.days);
        let tags = note.tags().map(|tag| format!("#{}", line(tag)));
        add_new(&mut self.marks, kind.into_iter().chain(both(placed)));
        add_new(&mut self.tags, tags);
        add_new(&mut self.made, maker.into_iter().chain(when));
    }

    fn put(&self, out: &mut String) {
        let parts = [
            self.marks.join(" · "),
            self.tags.join(" "),
            self.made.join(" · "),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if !parts.is_empty() {
            put(out, &format!("*{}*", parts.join(" · ")));
        }
    }
}

fn add_new(list: &mut Vec<String>, words: impl Iterator<Item = String>) {
    for word in words {
        if !list.contains(&word) {
            list.push(word);
        }
    }
}

/// What notes on the same passage say, and what is told beside it: of several texts under each its own, for the tags of
/// one are not those of the other, and so where it is told who said it and when.
fn said(out: &mut String, notes: &[&Placed], told: Told, kinds: &Kinds, lang: Lang) {
    let says = |placed: &&&Placed| {
        placed.note.motivation() != &Motivation::Tagging && !placed.note.text().is_empty()
    };
    let apart =
        notes.iter().filter(says).count() > 1 || notes.len() > 1 && (told.days || told.makers);
    let mut rest = Beside::default();
    for placed in notes {
        let speaks = says(&placed);
        if speaks {
            put(out, &breaks(visible(placed.note.text()).trim_end()));
        }
        if speaks && apart {
            let mut own = Beside::default();
            own.add(placed, told, kinds, lang);
            own.put(out);
        } else {
            rest.add(placed, told, kinds, lang);
        }
    }
    rest.put(out);
}

/// A text whose lines stay lines.
fn breaks(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let ended = lines.iter().enumerate().map(|(at, this)| {
        let goes_on = lines
            .get(at + 1)
            .is_some_and(|next| !next.trim().is_empty());
        match goes_on && !this.trim().is_empty() {
            true => format!("{this}  "),
            false => (*this).to_owned(),
        }
    });
    ended.collect::<Vec<_>>().join("\n")
}

/// Where each tag stands, the most used first.
fn index(out: &mut String, sections: &[Section], lang: Lang) {
    let mut tags: Vec<(&str, Vec<String>)> = Vec::new();
    for section in sections {
        for chapter in &section.chapters {
            for tag in chapter
                .items
                .iter()
                .flat_map(|item| item.placed.note.tags())
            {
                let number = chapter
                    .exchange
                    .map_or(String::new(), |number| format!(" {number}"));
                let place = format!("{}{number}", line(&section.name));
                match tags.iter_mut().find(|(known, _)| *known == tag) {
                    Some((_, places)) if places.contains(&place) => {}
                    Some((_, places)) => places.push(place),
                    None => tags.push((tag, vec![place])),
                }
            }
        }
    }
    if tags.is_empty() {
        return;
    }
    put(out, lang.tr("## Tags", "## Schlagwörter"));
    tags.sort_by_key(|(_, places)| std::cmp::Reverse(places.len()));
    for (tag, places) in tags {
        let _ = writeln!(out, "- #{}: {}", line(tag), places.join(", "));
    }
    out.push('\n');
}

/// Of a note about several passages, whose they are: it stands under each of them.
fn both(placed: &Placed) -> Option<String> {
    let targets = &placed.note.targets;
    let place = |target: &Target| {
        let label = line(target.source.label.as_deref().unwrap_or("–"));
        let number = target.exchange.map(|number| format!(" {number}"));
        label + &number.unwrap_or_default()
    };
    let places: Vec<String> = targets.iter().map(place).collect();
    (places.len() > 1).then(|| places.join(" ↔ "))
}

fn links<I: Borrow<Interview>>(out: &mut String, book: &Book, interviews: &[I], lang: Lang) {
    let confirmed: Vec<_> = book
        .links()
        .filter(|link| link.verdict == Verdict::Confirmed)
        .collect();
    if confirmed.is_empty() {
        return;
    }
    put(
        out,
        lang.tr("## Parallels confirmed", "## Bestätigte Parallelen"),
    );
    for link in confirmed {
        let sides = link.passages.map(|passage| {
            let interview = interviews[passage.interview].borrow();
            let question = interview.text[passage.range.clone()].replace('\n', " ");
            let exchange = interview.exchange_of(interview.paragraph_at(passage.range.start));
            let number = exchange.map_or(String::new(), |index| format!(" {}", index + 1));
            format!(
                "{}{number}: {}",
                line(interview.short_label()),
                line(&question)
            )
        });
        let theme = link
            .theme
            .map(|theme| format!("**{}**  \n  ", line(&theme)));
        let theme = theme.unwrap_or_default();
        let _ = writeln!(out, "- {theme}{}  \n  ↔ {}", sides[0], sides[1]);
    }
    out.push('\n');
}

/// A paragraph, with the blank line that ends it.
fn put(out: &mut String, paragraph: &str) {
    out.push_str(paragraph);
    out.push_str("\n\n");
}

fn quote(out: &mut String, text: &str) {
    for (at, part) in visible(text).lines().enumerate() {
        out.push_str(if at > 0 { "\n>" } else { ">" });
        if !part.is_empty() {
            out.push(' ');
            out.push_str(&literal(part));
        }
    }
    out.push_str("\n\n");
}

/// `text` on one line, with nothing in it that Markdown would take for its own.
fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    literal(&visible(&words.join(" ")))
}

/// `text` so that Markdown shows it as it stands (CommonMark 0.31, 2.4: any ASCII punctuation may be escaped).
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let marks_line = |c: char| matches!(c, '#' | '+' | '-' | '=' | '~' | '|' | ':');
    let numbered = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = text.len() - numbered.len();
    for (at, c) in text.char_indices() {
        let anywhere = matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~'
        );
        let first =
            at == 0 && marks_line(c) || number > 0 && at == number && matches!(c, '.' | ')');
        if anywhere || first {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::tests::made_up;
    use super::*;
    use crate::notes::Store;

    #[test]
    fn a_document_that_one_would_send() {
        let (both, book) = made_up();
        insta::assert_snapshot!(notes(&book, &both, Lang::English));
    }

    #[test]
    fn what_is_about_two_says_so_and_a_link_its_theme() {
        use crate::notes::tests::{at, uuid};
        let (both, mut book) = made_up();
        let exchanges = || [0, 1].map(|index| Target::exchange(&both[index], 0).unwrap());
        let kind = Motivation::Commenting;
        let note = crate::notes::Note::new(uuid(8), at(8), kind, "Beide.", exchanges().into());
        book.put(note, &both);
        let mut link = crate::notes::Note::link(uuid(7), at(9), Verdict::Confirmed, exchanges());
        link.set_theme("Arbeit & Lohn");
        book.put(link, &both);
        let told = notes(&book, &both, Lang::English);
        assert_eq!(told.matches("Beide.").count(), 2, "{told}");
        assert_eq!(told.matches("Anna Muster 1 ↔ zwei 1").count(), 2, "{told}");
        assert!(
            told.contains("- **Arbeit \\& Lohn**  \n  Anna Muster 1: "),
            "{told}"
        );
    }

    #[test]
    fn in_german_too() {
        let (both, book) = made_up();
        let told = notes(&book, &both, Lang::German);
        assert!(
            told.starts_with("# Notizen: Anna Muster · zwei\n"),
            "{told}"
        );
        assert!(
            told.contains("geändert 2026-05-31") && told.contains("## Ohne Stelle"),
            "{told}"
        );
        let empty = notes::<Interview>(
            &Book::new::<Interview>(Store::default(), &[]),
            &[],
            Lang::German,
        );
        assert_eq!(empty, "# Notizen\n\nNoch keine Notizen.\n");
    }

    #[test]
    fn lines_stay_lines_and_paragraphs_paragraphs() {
        assert_eq!(breaks("eins\nzwei\n\ndrei"), "eins  \nzwei\n\ndrei");
    }

    #[test]
    fn what_looks_like_markdown_is_shown_as_it_stands() {
        assert_eq!(literal("1. *a* <b>"), "1\\. \\*a\\* \\<b\\>");
        assert_eq!(literal("# so"), "\\# so");
        assert_eq!(literal("schlicht - und # gut."), "schlicht - und # gut.");
        assert_eq!(line("a\u{1b}\nb"), "a␛ b");
    }
}
