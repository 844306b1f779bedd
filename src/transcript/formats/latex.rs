//! TeX: its commands set type, part paragraphs, and name those who speak.

mod tokens;

use super::{Format, Read, Source};
use crate::interview::Metadata;
use crate::transcript::bounds;
use crate::transcript::document::{Document, Kind};
use crate::transcript::fault::Fault;
use crate::transcript::flow::{Break, Emphasis, Flow, Styles};
use crate::transcript::head;
use crate::transcript::paragraphs::{Wrap, ends_sentence};
use tokens::{Token, Tokens};

/// LaTeX, and plain TeX where a file is called so.
pub const FORMAT: Format = Format {
    name: "latex",
    endings: &["tex", "latex", "ltx"],
    recognises: |source| {
        let text = source.text.as_deref().unwrap_or_default();
        let head = &text[..text.floor_char_boundary(HEAD)];
        let whole = head.contains("\\documentclass") || head.contains("\\begin{document}");
        whole || source.is_named(FORMAT.endings) && text.contains('\\')
    },
    read: Read::Text(read),
};

/// So many bytes of a file are looked at to tell whether it is TeX.
const HEAD: usize = 4 << 10;

/// More groups than this aren't kept apart.
const DEPTH: usize = 1_000;

/// A name in braces before what is said is no longer than this, in bytes.
const NAME: usize = 48;

/// What a command means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Command {
    /// Its argument is set so.
    Set(Emphasis),
    /// What follows in the group is set so.
    Switch(Emphasis),
    /// Its argument is a heading.
    Heading(u8),
    /// Its argument says something about the interview.
    Field(&'static str),
    /// An item of a list, which its option names.
    Item,
    /// It breaks the line.
    Line,
    /// It parts paragraphs.
    Part,
    /// It stands for characters.
    Text(&'static str),
    /// Its argument is shown, and the one before isn't.
    Second,
    /// Neither it nor its arguments, so many, are shown.
    Gone(usize),
}

const BOLD: Emphasis = Emphasis {
    bold: true,
    italic: false,
};
const ITALIC: Emphasis = Emphasis {
    bold: false,
    italic: true,
};

/// The commands that mean something here.
const COMMANDS: &[(&[&str], Command)] = &[
    (&["textbf"], Command::Set(BOLD)),
    (
        &["emph", "textit", "textsl", "textsc", "underline"],
        Command::Set(ITALIC),
    ),
    (&["bf", "bfseries"], Command::Switch(BOLD)),
    (
        &["em", "it", "itshape", "sl", "slshape"],
        Command::Switch(ITALIC),
    ),
    (&["chapter", "part", "section"], Command::Heading(2)),
    (&["subsection"], Command::Heading(3)),
    (&["subsubsection", "paragraph"], Command::Heading(4)),
    (&["title"], Command::Field("title")),
    (&["date"], Command::Field("date")),
    (&["author"], Command::Field("author")),
    (&["item"], Command::Item),
    (&["\\", "newline", "linebreak"], Command::Line),
    (
        &[
            "par",
            "bigskip",
            "medskip",
            "smallskip",
            "newpage",
            "clearpage",
        ],
        Command::Part,
    ),
    (&["ldots", "dots", "textellipsis"], Command::Text("…")),
    (&["ss"], Command::Text("ß")),
    (&["ae"], Command::Text("æ")),
    (&["o"], Command::Text("ø")),
    (&["textendash"], Command::Text("–")),
    (&["textemdash"], Command::Text("—")),
    (&["glqq", "quotedblbase"], Command::Text("„")),
    (&["grqq", "textquotedblleft"], Command::Text("“")),
    (&["textquotedblright"], Command::Text("”")),
    (&["LaTeX"], Command::Text("LaTeX")),
    (&["TeX"], Command::Text("TeX")),
    (&["href", "textcolor", "foreignlanguage"], Command::Second),
    (&["&", "%", "$", "#", "_", "{", "}"], Command::Text("")),
    (
        &[
            "maketitle",
            "tableofcontents",
            "noindent",
            "indent",
            "centering",
            "raggedright",
            "small",
            "large",
            "Large",
            "LARGE",
            "huge",
            "footnotesize",
            "normalsize",
            "hfill",
            "vfill",
            "quad",
            "qquad",
            "/",
            "hline",
            "rm",
            "sf",
            "tt",
            "normalfont",
            "null",
            "protect",
            "frenchspacing",
            "sloppy",
        ],
        Command::Gone(0),
    ),
    (
        &[
            "begin",
            "end",
            "footnote",
            "label",
            "ref",
            "pageref",
            "cite",
            "vspace",
            "hspace",
            "includegraphics",
            "pagestyle",
            "thispagestyle",
            "input",
            "include",
            "bibliography",
            "bibliographystyle",
            "usepackage",
            "documentclass",
            "index",
            "marginpar",
            "color",
            "hypersetup",
            "url",
            "phantom",
            "thanks",
        ],
        Command::Gone(1),
    ),
    (
        &[
            "setlength",
            "addtolength",
            "setcounter",
            "addcontentsline",
            "newcommand",
            "renewcommand",
            "newenvironment",
        ],
        Command::Gone(2),
    ),
];

/// What may stand around a paragraph, and no name or class says more of.
const AROUND: &[&str] = &[
    "center",
    "description",
    "dialogue",
    "document",
    "enumerate",
    "flushleft",
    "flushright",
    "itemize",
    "minipage",
    "multicols",
    "spacing",
    "verse",
    "abstract",
    "tabular",
    "table",
    "longtable",
];

fn command(name: &str) -> Option<Command> {
    let found = COMMANDS.iter().find(|(names, _)| names.contains(&name));
    found.map(|(_, command)| *command)
}

/// The text between `\begin{document}` and its end, and what is said of it above.
///
/// # Errors
/// When it has more lines and commands than are read.
fn read<'a>(text: &'a str, source: &Source) -> Result<Document<'a>, Fault> {
    bounds::lines(text)?;
    bounds::signs(text, b"\\{}\n")?;
    let (above, body) = text.split_once("\\begin{document}").unwrap_or(("", text));
    let body = body
        .split_once("\\end{document}")
        .map_or(body, |(body, _)| body);
    let mut reader = Reader::default();
    reader.read(above);
    let metadata = std::mem::take(&mut reader.metadata);
    let mut reader = Reader {
        metadata,
        ..Reader::default()
    };
    reader.read(body);
    reader.end(Kind::Text);
    let mut document = reader.flow.document(reader.metadata, Wrap::of(body));
    if source.torn {
        document.tear_off();
    }
    head::take(&mut document);
    head::take_title(&mut document);
    Ok(document)
}

/// A group that is open.
#[derive(Clone, Copy, Default)]
struct Group {
    emphasis: Emphasis,
    /// What ends with it.
    kind: Option<Kind>,
}

#[derive(Default)]
struct Reader {
    flow: Flow,
    metadata: Metadata,
    groups: Vec<Group>,
    /// How its paragraphs are set, by a command or an environment that the author made; 0 for none.
    style: u16,
    styles: Styles,
    /// The styles of the environments that are open.
    around: Vec<u16>,
    quotes: usize,
    /// Whether nothing stands in the paragraph yet.
    empty: bool,
    /// Whether a line begins, below the end of a sentence.
    fresh: bool,
    /// Whether what came last ends a sentence.
    ended: bool,
}

impl Reader {
    fn read(&mut self, text: &str) {
        self.empty = true;
        let mut tokens = Tokens::new(text);
        while let Some(token) = tokens.next() {
            match token {
                Token::Text(text) => self.text(text),
                Token::Shown(text) => self.text(&text),
                Token::Line => {
                    self.flow.line(Break::Soft);
                    self.fresh = self.ended;
                }
                Token::Part => self.end(Kind::Text),
                Token::Cell => self.flow.cell(),
                Token::Open => self.open(Group::default()),
                Token::Close => self.close(),
                Token::Command(name) => self.command(name, &mut tokens),
            }
        }
    }

    fn emphasis(&self) -> Emphasis {
        let group = self.groups.last().copied().unwrap_or_default();
        group.emphasis
    }

    fn text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            (self.empty, self.fresh) = (false, false);
            self.ended = ends_sentence(text.trim_end());
        }
        let emphasis = self.emphasis();
        self.flow.text(text, emphasis);
    }

    fn open(&mut self, group: Group) {
        let mut group = group;
        let outer = self.emphasis();
        group.emphasis.bold |= outer.bold;
        group.emphasis.italic |= outer.italic;
        if self.groups.len() < DEPTH {
            self.groups.push(group);
        }
    }

    fn close(&mut self) {
        if let Some(kind) = self.groups.pop().and_then(|group| group.kind) {
            self.end(kind);
        }
    }

    /// Ends the paragraph.
    fn end(&mut self, kind: Kind) {
        let kind = match kind {
            Kind::Text if self.quotes > 0 => Kind::Quote,
            kind => kind,
        };
        let style = Some(std::mem::take(&mut self.style)).filter(|style| *style > 0);
        let style = style.or(self.around.last().copied()).unwrap_or(0);
        self.flow.end(kind, style);
        self.empty = true;
    }

    fn command(&mut self, name: &str, tokens: &mut Tokens) {
        match command(name) {
            Some(Command::Set(emphasis)) if tokens.opens() => self.open(Group {
                emphasis,
                kind: None,
            }),
            Some(Command::Set(emphasis) | Command::Switch(emphasis)) => {
                if let Some(group) = self.groups.last_mut() {
                    group.emphasis.bold |= emphasis.bold;
                    group.emphasis.italic |= emphasis.italic;
                }
            }
            Some(Command::Heading(level)) => {
                self.end(Kind::Text);
                tokens.option();
                if tokens.opens() {
                    self.open(Group {
                        kind: Some(Kind::Heading(level)),
                        ..Group::default()
                    });
                }
            }
            Some(Command::Field(key)) => {
                let value = tokens.argument().unwrap_or_default();
                head::keep_field(key, &tokens::plain(value), &mut self.metadata);
            }
            Some(Command::Item) => {
                self.end(Kind::Text);
                if let Some(term) = tokens.option() {
                    self.flow.text(&tokens::plain(term), Emphasis::default());
                    self.end(Kind::Heading(6));
                }
            }
            Some(Command::Line) => {
                tokens.option();
                self.flow.line(Break::Hard);
            }
            Some(Command::Part) => self.end(Kind::Text),
            Some(Command::Text("")) => self.text(name),
            Some(Command::Text(text)) => {
                tokens.skip_space();
                self.text(text);
            }
            Some(Command::Second) => drop(tokens.argument()),
            Some(Command::Gone(_)) if matches!(name, "begin" | "end") => {
                self.environment(name == "begin", tokens)
            }
            Some(Command::Gone(count)) => tokens.skip(count),
            None => self.own(name, tokens),
        }
    }

    fn environment(&mut self, begins: bool, tokens: &mut Tokens) {
        let name = tokens.argument().unwrap_or_default();
        let quote = matches!(name, "quote" | "quotation" | "displayquote");
        if begins {
            tokens.option();
            // How the columns of a table are set.
            let columns = usize::from(name.starts_with("tab") || name == "longtable");
            tokens.skip(columns);
        }
        self.end(Kind::Text);
        if quote && begins {
            self.quotes += 1;
        } else if quote {
            self.quotes = self.quotes.saturating_sub(1);
        } else if begins && !AROUND.contains(&name) && self.around.len() < DEPTH {
            let style = self.styles.number(name);
            self.around.push(style);
        } else if !AROUND.contains(&name) {
            self.around.pop();
        }
    }

    /// A command that the author made. What it has in braces is a paragraph of its own sort, or the name of who says what
    /// follows on it; without braces it is itself the name.
    fn own(&mut self, name: &str, tokens: &mut Tokens) {
        if !self.empty && !self.fresh {
            return;
        }
        tokens.option();
        let Some(inside) = tokens.peek_argument() else {
            if tokens.goes_on() {
                self.end(Kind::Text);
                let mut label: String = name.chars().take(1).flat_map(char::to_uppercase).collect();
                label.extend(name.chars().skip(1));
                self.flow.text(&(label + ": "), BOLD);
            }
            return;
        };
        self.end(Kind::Text);
        let follows = tokens.goes_on_after_argument();
        if follows && inside.len() <= NAME {
            let label = tokens::plain(inside);
            let label = label.trim_end_matches(':');
            tokens.skip(1);
            self.flow.text(&format!("{label}: "), BOLD);
        } else {
            self.style = self.styles.number(name);
        }
    }
}
