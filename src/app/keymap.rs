//! The one table of keys: the dispatcher, the help, the footer, the palette and the README all read it.
//!
//! A default is one stroke on a US and on a German keyboard and reaches the program: brackets and braces, which need
//! AltGr on the latter, are aliases only.

mod action;
mod key;

pub use action::Action;
pub use key::{Code, Key};

use std::borrow::Cow;

use crate::lang::Lang;
use crate::notes::{Highlight, Kinds};

/// Where a key is pressed: what it means depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// Anywhere but where text is typed.
    Reader,
    /// A column with a selection begun.
    Selection,
    /// The line that filters the questions.
    Filter,
    /// Any other line of text: search, palette, chooser.
    Line,
    /// The note editor.
    Editor,
    /// The list of notes.
    Notes,
    /// The synopsis.
    Synopsis,
    /// The map of parallels.
    Map,
    /// The help.
    Help,
}

impl Context {
    /// Every context, in the order the help shows them.
    pub const ALL: [Context; 9] = [
        Context::Reader,
        Context::Filter,
        Context::Selection,
        Context::Line,
        Context::Editor,
        Context::Notes,
        Context::Synopsis,
        Context::Map,
        Context::Help,
    ];

    /// What it is called.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Context::Reader => lang.tr("Reading", "Lesen"),
            Context::Selection => lang.tr("Selecting a passage", "Stelle auswählen"),
            Context::Filter => lang.tr("Filtering the questions", "Fragen filtern"),
            Context::Line => lang.tr("Search and choice", "Suche und Auswahl"),
            Context::Editor => lang.tr("Writing a note", "Notiz schreiben"),
            Context::Notes => lang.tr("List of notes", "Liste der Notizen"),
            Context::Synopsis => lang.tr("Synopsis", "Synopse"),
            Context::Map => lang.tr("Map of parallels", "Karte der Parallelen"),
            Context::Help => lang.tr("This help", "Diese Hilfe"),
        }
    }

    /// Whether a key that types a character is text here.
    #[must_use]
    pub fn types(self) -> bool {
        matches!(self, Context::Filter | Context::Line | Context::Editor)
    }
}

/// A row of the table: the keys of one action in one context, and what it says of itself.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Where it holds.
    pub context: Context,
    /// What it does.
    pub action: Action,
    /// The keys that help names, separated by spaces.
    pub keys: &'static str,
    /// Further keys that do the same.
    pub aliases: &'static str,
    /// What it does, in English.
    pub english: &'static str,
    /// What it does, in German.
    pub german: &'static str,
}

impl Binding {
    /// What it does, in a few words.
    #[must_use]
    pub fn says(&self, lang: Lang) -> &'static str {
        lang.tr(self.english, self.german)
    }

    /// The same where the reader uses `kinds` of highlight; nothing where this is for one more than there are.
    #[must_use]
    pub fn says_of(&self, kinds: &Kinds, lang: Lang) -> Option<Cow<'static, str>> {
        match self.action.highlight() {
            Some(place) if kinds.are_own() => {
                Some(highlight_as(kinds.at(place)?, kinds, lang).into())
            }
            _ => Some(self.says(lang).into()),
        }
    }

    /// Every key of the row, aliases last.
    pub fn all_keys(&self) -> impl Iterator<Item = Key> {
        let written = self
            .keys
            .split_whitespace()
            .chain(self.aliases.split_whitespace());
        written.filter_map(|key| key.parse().ok())
    }
}

/// What it is to highlight in a kind of the reader's own.
#[must_use]
pub fn highlight_as(kind: &Highlight, kinds: &Kinds, lang: Lang) -> String {
    let highlight = lang.tr("highlight", "hervorheben");
    format!("{highlight}: {}", kinds.highlight(kind, lang))
}

macro_rules! table {
    ($($context:ident: { $($action:ident $keys:literal $aliases:literal $english:literal $german:literal;)* })*) => {
        /// The table of keys.
        pub const BINDINGS: &[Binding] = &[$($(Binding {
            context: Context::$context,
            action: Action::$action,
            keys: $keys,
            aliases: $aliases,
            english: $english,
            german: $german,
        },)*)*];
    };
}

table! {
    Reader: {
        NextPane "Tab" "" "next pane: questions, left, right" "nächster Bereich: Fragen, links, rechts";
        PreviousPane "Shift-Tab" "" "previous pane" "voriger Bereich";
        PaneLeft "h ←" "" "pane to the left" "Bereich links";
        PaneRight "l →" "" "pane to the right" "Bereich rechts";
        Filter "f" "" "filter the questions" "Fragen filtern";
        Group "i" "" "list the questions by theme, or by interview" "Fragen nach Themen oder nach Interviews auflisten";
        Read "Enter" "" "read the chosen question" "gewählte Frage lesen";
        LineDown "j ↓" "" "a line down" "eine Zeile weiter";
        LineUp "k ↑" "" "a line up" "eine Zeile zurück";
        PageDown "Space PgDn" "Ctrl-f" "a page down" "eine Seite weiter";
        PageUp "b PgUp" "Ctrl-b" "a page up" "eine Seite zurück";
        HalfDown "Ctrl-d" "" "half a page down" "eine halbe Seite weiter";
        HalfUp "Ctrl-u" "" "half a page up" "eine halbe Seite zurück";
        Start "g Home" "" "to the start" "zum Anfang";
        End "G End" "" "to the end" "zum Ende";
        NextQuestion "J" "}" "next question; the other column follows" "nächste Frage; die andere Spalte folgt";
        PreviousQuestion "K" "{" "previous question" "vorige Frage";
        NextParallel "p" "]" "next parallel of this exchange" "nächste Parallele zu dieser Frage";
        PreviousParallel "P" "[" "previous parallel" "vorige Parallele";
        Follow "s" "" "let the other column follow, or not" "andere Spalte folgen lassen oder nicht";
        Synopsis "z" "" "the synopsis: what is parallel in one row" "Synopse: was parallel ist, in einer Zeile";
        Map "M" "" "the map: questions against questions" "Karte: Fragen gegen Fragen";
        Link "+" "=" "confirm that these two are parallel" "diese zwei als Parallele bestätigen";
        Unlink "-" "" "reject: these two are not parallel" "verwerfen: diese zwei sind keine Parallele";
        Theme "a" "" "name what these two are about" "benennen, worum es in diesen zweien geht";
        Search "/" "" "search both columns" "in beiden Spalten suchen";
        SearchNext "n" "" "next hit" "nächster Treffer";
        SearchPrevious "N" "" "previous hit" "voriger Treffer";
        Select "v" "" "select a passage" "Stelle auswählen";
        Comment "c" "" "comment on the selection, or the exchange" "Auswahl oder Frage kommentieren";
        Highlight "x" "" "highlight it; again, another kind" "hervorheben; noch einmal: andere Art";
        Plain "1" "" "highlight it, for whatever reason" "hervorheben, aus welchem Grund auch immer";
        Quote "2" "" "highlight it: to be quoted" "hervorheben: Zitat";
        Query "3" "" "highlight it: to be checked" "hervorheben: Nachfrage";
        Contradiction "4" "" "highlight it: a contradiction" "hervorheben: Widerspruch";
        Bookmark "m" "" "bookmark it" "Lesezeichen setzen";
        Tag "t" "" "tag it" "mit Schlagwort versehen";
        Notes "C" "" "all notes" "alle Notizen";
        Tags "#" "" "the tags in use" "benutzte Schlagwörter";
        Edit "e" "" "edit the note here" "Notiz hier bearbeiten";
        Delete "D" "" "delete the note here" "Notiz hier löschen";
        Undo "u" "" "undo" "rückgängig";
        Redo "Ctrl-r" "" "redo" "wiederholen";
        Copy "y" "" "copy the passage" "Stelle kopieren";
        CopyWithSource "Y" "" "copy it with its source" "mit Quelle kopieren";
        Role "r" "" "the role of this paragraph" "Rolle dieses Absatzes";
        Times "T" "" "show when it was said, or not" "zeigen, wann es gesagt wurde, oder nicht";
        Choose "o" "" "which interview stands in this column" "welches Interview in dieser Spalte steht";
        Reload "R" "" "read the files again" "Dateien neu lesen";
        Back "H" "" "back in the places visited" "zurück zur letzten Stelle";
        Forward "L" "" "forward again" "wieder vor";
        Palette ":" "" "every action by name" "jede Aktion beim Namen";
        Help "?" "F1" "help" "Hilfe";
        Redraw "Ctrl-l" "" "draw the screen anew" "Bildschirm neu zeichnen";
        Suspend "Ctrl-z" "" "suspend" "anhalten";
        Cancel "Esc Ctrl-c" "" "leave what is open" "verlassen, was offen ist";
        Quit "q" "" "quit" "beenden";
    }
    Selection: {
        Select "v" "" "pin this end" "dieses Ende festhalten";
        NextWord "w →" "l" "a word on" "ein Wort weiter";
        PreviousWord "b ←" "h" "a word back" "ein Wort zurück";
        NextSentence ". ↓" "j" "a sentence on" "ein Satz weiter";
        PreviousSentence ", ↑" "k" "a sentence back" "ein Satz zurück";
        NextParagraph "J" "}" "a paragraph on" "ein Absatz weiter";
        PreviousParagraph "K" "{" "a paragraph back" "ein Absatz zurück";
        OtherEnd "o" "" "go to the other end" "zum anderen Ende";
        Comment "c Enter" "" "comment on it" "kommentieren";
        Highlight "x" "" "highlight it; again, another kind" "hervorheben; noch einmal: andere Art";
        Plain "1" "" "highlight it, for whatever reason" "hervorheben, aus welchem Grund auch immer";
        Quote "2" "" "highlight it: to be quoted" "hervorheben: Zitat";
        Query "3" "" "highlight it: to be checked" "hervorheben: Nachfrage";
        Contradiction "4" "" "highlight it: a contradiction" "hervorheben: Widerspruch";
        Bookmark "m" "" "bookmark it" "Lesezeichen setzen";
        Tag "t" "" "tag it" "mit Schlagwort versehen";
        Copy "y" "" "copy it" "kopieren";
        CopyWithSource "Y" "" "copy it with its source" "mit Quelle kopieren";
        Role "r" "" "the role of its paragraphs" "Rolle ihrer Absätze";
        Notes "C" "" "all notes" "alle Notizen";
        Anew "a" "" "set the note here that looks for a place" "die Notiz hierher setzen, die eine Stelle sucht";
        Help "?" "F1" "help" "Hilfe";
        Redraw "Ctrl-l" "" "draw the screen anew" "Bildschirm neu zeichnen";
        Suspend "Ctrl-z" "" "suspend" "anhalten";
        Cancel "Esc Ctrl-c" "q" "leave the selection" "Auswahl verlassen";
    }
    Filter: {
        Accept "Enter" "" "read the chosen question" "gewählte Frage lesen";
        LineDown "↓ Ctrl-n" "" "next question" "nächste Frage";
        LineUp "↑ Ctrl-p" "" "previous question" "vorige Frage";
        PageDown "PgDn" "" "a page down" "eine Seite weiter";
        PageUp "PgUp" "" "a page up" "eine Seite zurück";
        NextPane "Tab" "" "keep the filter, go to the column" "Filter behalten, zur Spalte";
        PreviousPane "Shift-Tab" "" "keep the filter, go back" "Filter behalten, zurück";
        EditLeft "←" "" "left" "nach links";
        EditRight "→" "" "right" "nach rechts";
        EditHome "Home Ctrl-a" "" "to the start of the line" "zum Zeilenanfang";
        EditEnd "End Ctrl-e" "" "to the end of the line" "zum Zeilenende";
        EraseLeft "Backspace" "Ctrl-h" "erase a letter" "ein Zeichen löschen";
        EraseRight "Del" "" "erase the letter ahead" "das nächste Zeichen löschen";
        EraseWord "Ctrl-w" "Alt-Backspace" "erase a word" "ein Wort löschen";
        EraseToStart "Ctrl-u" "" "erase the line" "die Zeile löschen";
        Help "F1" "" "help" "Hilfe";
        Redraw "Ctrl-l" "" "draw the screen anew" "Bildschirm neu zeichnen";
        Suspend "Ctrl-z" "" "suspend" "anhalten";
        Cancel "Esc Ctrl-c" "" "clear the filter and leave" "Filter löschen und verlassen";
    }
    Line: {
        Accept "Enter" "" "take it" "übernehmen";
        LineDown "↓ Ctrl-n" "Tab" "next row" "nächste Zeile";
        LineUp "↑ Ctrl-p" "Shift-Tab" "previous row" "vorige Zeile";
        PageDown "PgDn" "" "a page down" "eine Seite weiter";
        PageUp "PgUp" "" "a page up" "eine Seite zurück";
        EditLeft "←" "" "left" "nach links";
        EditRight "→" "" "right" "nach rechts";
        EditHome "Home Ctrl-a" "" "to the start of the line" "zum Zeilenanfang";
        EditEnd "End Ctrl-e" "" "to the end of the line" "zum Zeilenende";
        EraseLeft "Backspace" "Ctrl-h" "erase a letter" "ein Zeichen löschen";
        EraseRight "Del" "" "erase the letter ahead" "das nächste Zeichen löschen";
        EraseWord "Ctrl-w" "Alt-Backspace" "erase a word" "ein Wort löschen";
        EraseToStart "Ctrl-u" "" "erase the line" "die Zeile löschen";
        Help "F1" "" "help" "Hilfe";
        Redraw "Ctrl-l" "" "draw the screen anew" "Bildschirm neu zeichnen";
        Suspend "Ctrl-z" "" "suspend" "anhalten";
        Cancel "Esc Ctrl-c" "" "leave" "verlassen";
    }
    Editor: {
        Keep "Esc Ctrl-s" "Ctrl-c" "keep the note and close" "Notiz behalten und schließen";
        ExternalEditor "Ctrl-g" "" "write on in $EDITOR" "in $EDITOR weiterschreiben";
        Both "Shift-Tab" "" "about this exchange, or about both that are shown" "zu dieser Frage oder zu den beiden, die zu sehen sind";
        NewLine "Enter" "Ctrl-m" "new line" "neue Zeile";
        Complete "Tab" "" "complete the tag; again, the next" "Schlagwort ergänzen; noch einmal: das nächste";
        LineDown "↓" "Ctrl-n" "down" "nach unten";
        LineUp "↑" "Ctrl-p" "up" "nach oben";
        PageDown "PgDn" "" "a page down" "eine Seite weiter";
        PageUp "PgUp" "" "a page up" "eine Seite zurück";
        EditLeft "←" "Ctrl-b" "left" "nach links";
        EditRight "→" "Ctrl-f" "right" "nach rechts";
        EditWordLeft "Ctrl-←" "Alt-b" "a word left" "ein Wort nach links";
        EditWordRight "Ctrl-→" "Alt-f" "a word right" "ein Wort nach rechts";
        EditHome "Home Ctrl-a" "" "to the start of the line" "zum Zeilenanfang";
        EditEnd "End Ctrl-e" "" "to the end of the line" "zum Zeilenende";
        EraseLeft "Backspace" "Ctrl-h" "erase a letter" "ein Zeichen löschen";
        EraseRight "Del" "Ctrl-d" "erase the letter ahead" "das nächste Zeichen löschen";
        EraseWord "Ctrl-w" "Alt-Backspace" "erase a word" "ein Wort löschen";
        Undo "Ctrl-u" "" "undo" "rückgängig";
        Redo "Ctrl-r" "" "redo" "wiederholen";
        Help "F1" "" "help" "Hilfe";
        Redraw "Ctrl-l" "" "draw the screen anew" "Bildschirm neu zeichnen";
        Suspend "Ctrl-z" "" "suspend" "anhalten";
    }
    Notes: {
        Accept "Enter" "" "read it where it stands; have it back" "an ihrer Stelle lesen; zurückholen";
        LineDown "j ↓" "" "next note" "nächste Notiz";
        LineUp "k ↑" "" "previous note" "vorige Notiz";
        PaneLeft "h ←" "" "the note opposite, on the left" "Notiz gegenüber, links";
        PaneRight "l →" "" "the note opposite, on the right" "Notiz gegenüber, rechts";
        PageDown "Space PgDn" "Ctrl-f" "a page down" "eine Seite weiter";
        PageUp "b PgUp" "Ctrl-b" "a page up" "eine Seite zurück";
        Start "g Home" "" "first note" "erste Notiz";
        End "G End" "" "last note" "letzte Notiz";
        Filter "f" "/" "filter: words, tag:… kind:… in:… by:…" "filtern: Wörter, tag:… art:… in:… von:…";
        Order "o" "" "order: place, date, tag, theme" "Reihenfolge: Ort, Datum, Schlagwort, Thema";
        Tags "#" "" "the tags in use" "benutzte Schlagwörter";
        Select "v" "" "mark it, or no longer" "markieren oder nicht mehr";
        MarkAll "V" "" "mark all that are listed, or none" "alle aufgeführten markieren oder keine";
        Edit "e" "" "edit it" "bearbeiten";
        Tag "t" "" "tag it, or those marked" "Schlagwörter geben, auch allen markierten";
        Highlight "x" "" "another kind of highlight" "andere Art der Hervorhebung";
        Plain "1" "" "highlight, for whatever reason" "Hervorhebung, aus welchem Grund auch immer";
        Quote "2" "" "highlight: to be quoted" "Hervorhebung: Zitat";
        Query "3" "" "highlight: to be checked" "Hervorhebung: Nachfrage";
        Contradiction "4" "" "highlight: a contradiction" "Hervorhebung: Widerspruch";
        Delete "D" "" "delete it, or those marked" "löschen, auch alle markierten";
        Past "d" "" "what was deleted or said otherwise, or the notes" "Gelöschtes und frühere Fassungen oder die Notizen";
        Anew "a" "" "where it stands, if it lost its passage" "wo sie steht, wenn sie ihre Stelle verlor";
        Undo "u" "" "undo" "rückgängig";
        Redo "Ctrl-r" "" "redo" "wiederholen";
        Copy "y" "" "copy its passage" "ihre Stelle kopieren";
        CopyWithSource "Y" "" "copy it with its source" "mit Quelle kopieren";
        Help "?" "F1" "help" "Hilfe";
        Redraw "Ctrl-l" "" "draw the screen anew" "Bildschirm neu zeichnen";
        Suspend "Ctrl-z" "" "suspend" "anhalten";
        Cancel "Esc Ctrl-c" "q C" "close" "schließen";
    }
    Synopsis: {
        Accept "Enter" "" "read this row in the columns" "diese Zeile in den Spalten lesen";
        NextQuestion "J" "}" "next row" "nächste Zeile";
        PreviousQuestion "K" "{" "previous row" "vorige Zeile";
        LineDown "j ↓" "" "a line of text down" "eine Textzeile weiter";
        LineUp "k ↑" "" "a line of text up" "eine Textzeile zurück";
        PageDown "Space PgDn" "Ctrl-f" "a page down" "eine Seite weiter";
        PageUp "b PgUp" "Ctrl-b" "a page up" "eine Seite zurück";
        HalfDown "Ctrl-d" "" "half a page down" "eine halbe Seite weiter";
        HalfUp "Ctrl-u" "" "half a page up" "eine halbe Seite zurück";
        Start "g Home" "" "to the start" "zum Anfang";
        End "G End" "" "to the end" "zum Ende";
        Order "o" "" "order: left, right, themes" "Reihenfolge: links, rechts, Themen";
        Link "+" "=" "confirm that these two are parallel" "diese zwei als Parallele bestätigen";
        Unlink "-" "" "reject: these two are not parallel" "verwerfen: diese zwei sind keine Parallele";
        Theme "a" "" "name what these two are about" "benennen, worum es in diesen zweien geht";
        Undo "u" "" "undo" "rückgängig";
        Redo "Ctrl-r" "" "redo" "wiederholen";
        Help "?" "F1" "help" "Hilfe";
        Redraw "Ctrl-l" "" "draw the screen anew" "Bildschirm neu zeichnen";
        Suspend "Ctrl-z" "" "suspend" "anhalten";
        Cancel "Esc Ctrl-c" "q z" "close" "schließen";
    }
    Map: {
        Accept "Enter" "" "read these two in the columns" "diese zwei in den Spalten lesen";
        PaneLeft "h ←" "" "a question to the left" "eine Frage nach links";
        LineDown "j ↓" "" "a question down" "eine Frage nach unten";
        LineUp "k ↑" "" "a question up" "eine Frage nach oben";
        PaneRight "l →" "" "a question to the right" "eine Frage nach rechts";
        NextParallel "J p" "} ]" "next parallel" "nächste Parallele";
        PreviousParallel "K P" "{ [" "previous parallel" "vorige Parallele";
        PageDown "Space PgDn" "Ctrl-f" "a page down" "eine Seite weiter";
        PageUp "b PgUp" "Ctrl-b" "a page up" "eine Seite zurück";
        Start "g Home" "" "to the first two questions" "zu den ersten zwei Fragen";
        End "G End" "" "to the last two questions" "zu den letzten zwei Fragen";
        Link "+" "=" "confirm that these two are parallel" "diese zwei als Parallele bestätigen";
        Unlink "-" "" "reject: these two are not parallel" "verwerfen: diese zwei sind keine Parallele";
        Theme "a" "" "name what these two are about" "benennen, worum es in diesen zweien geht";
        Undo "u" "" "undo" "rückgängig";
        Redo "Ctrl-r" "" "redo" "wiederholen";
        Help "?" "F1" "help" "Hilfe";
        Redraw "Ctrl-l" "" "draw the screen anew" "Bildschirm neu zeichnen";
        Suspend "Ctrl-z" "" "suspend" "anhalten";
        Cancel "Esc Ctrl-c" "q M" "close" "schließen";
    }
    Help: {
        LineDown "j ↓" "" "a line down" "eine Zeile weiter";
        LineUp "k ↑" "" "a line up" "eine Zeile zurück";
        PageDown "Space PgDn" "Ctrl-f" "a page down" "eine Seite weiter";
        PageUp "b PgUp" "Ctrl-b" "a page up" "eine Seite zurück";
        Start "g Home" "" "to the start" "zum Anfang";
        End "G End" "" "to the end" "zum Ende";
        Redraw "Ctrl-l" "" "draw the screen anew" "Bildschirm neu zeichnen";
        Suspend "Ctrl-z" "" "suspend" "anhalten";
        Cancel "Esc Ctrl-c" "q ?" "close" "schließen";
    }
}

/// What `key` does in `context`.
#[must_use]
pub fn action(context: Context, key: Key) -> Option<Action> {
    rows(context)
        .find(|binding| binding.all_keys().any(|k| k == key))
        .map(|binding| binding.action)
}

/// The rows of one context.
pub fn rows(context: Context) -> impl Iterator<Item = &'static Binding> {
    BINDINGS
        .iter()
        .filter(move |binding| binding.context == context)
}

/// The first key of `action` in `context`, as it is written.
#[must_use]
pub fn first_key(context: Context, action: Action) -> Option<&'static str> {
    rows(context)
        .find(|binding| binding.action == action)
        .and_then(|binding| binding.keys.split_whitespace().next())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_key_means_one_thing_in_a_context() {
        let mut seen = HashSet::new();
        for binding in BINDINGS {
            for key in binding.all_keys() {
                assert!(
                    seen.insert((binding.context, key)),
                    "{key} twice in {:?}",
                    binding.context
                );
            }
        }
    }

    #[test]
    fn an_action_has_one_row_in_a_context() {
        let mut seen = HashSet::new();
        for binding in BINDINGS {
            assert!(
                seen.insert((binding.context, binding.action)),
                "{:?}",
                binding.action
            );
        }
    }

    #[test]
    fn every_key_of_the_table_is_read_and_written_alike() {
        for binding in BINDINGS {
            for written in binding
                .keys
                .split_whitespace()
                .chain(binding.aliases.split_whitespace())
            {
                let key: Key = written.parse().unwrap_or_else(|()| panic!("{written}"));
                assert_eq!(key.to_string(), written);
            }
        }
    }

    #[test]
    fn a_default_needs_no_alt_gr_and_reaches_the_program() {
        for binding in BINDINGS {
            for key in binding.keys.split_whitespace() {
                assert!(!"[]{}\\|@~^".contains(key), "{key}");
                assert!(!["Ctrl-i", "Ctrl-m", "Ctrl-j"].contains(&key), "{key}");
            }
        }
    }

    #[test]
    fn where_text_is_typed_no_letter_is_a_command() {
        for binding in BINDINGS.iter().filter(|b| b.context.types()) {
            assert!(
                binding.all_keys().all(|key| key.typed().is_none()),
                "{:?}",
                binding.action
            );
        }
    }

    #[test]
    fn one_can_leave_every_context() {
        for context in Context::ALL {
            let action = action(context, Key::plain(Code::Esc));
            assert!(
                matches!(action, Some(Action::Cancel | Action::Keep)),
                "{context:?}"
            );
        }
    }
}
