//! Draws the picture of the screen that the README shows, from a real frame of the reader:
//! `cargo run --example picture > assets/screen.svg`

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::{Color, Modifier};
use synopse::app::{App, Effect, Entry, Job, Message, Moment, Setup};
use synopse::lang::Lang;
use synopse::parallels::{Alignment, Curated, Terms};
use synopse::transcript;
use synopse::tui::draw::paint;
use synopse::tui::theme::{Colours, Terminal, Theme};

/// The size of the picture in cells, and of a cell in pixels.
const SIZE: Size = Size {
    width: 140,
    height: 36,
};
const CELL: (f32, f32) = (8.4, 18.0);

/// The colour of ink where the terminal's own is meant.
const INK: &str = "#d8dade";

/// What is typed before the picture is taken: a passage highlighted, a note on it, and a filter.
const KEYS: &str = "J J v . . . x v . . . . c W e r Space z a h l t ? Esc f i n f l u";

#[allow(
    dead_code,
    reason = "a test takes the picture too, by calling `picture`"
)]
fn main() {
    print!("{}", picture());
}

/// The picture, as SVG.
pub fn picture() -> String {
    let terminal = Terminal {
        colours: Colours::True,
        dark: true,
        unicode: true,
    };
    let mut buffer = Buffer::empty(Rect::from((Position::ORIGIN, SIZE)));
    let cursor = paint(&reader(), &mut buffer, &Theme::new(terminal));
    svg(&buffer, cursor)
}

/// The reader with the interviews that come with it, after [`KEYS`].
fn reader() -> App {
    let shipped = transcript::shipped().into_iter().map(Arc::new);
    let library = shipped.map(|interview| Entry::read(interview.name.clone(), None, interview));
    let (mut app, effects) = App::new(Setup {
        lang: Lang::English,
        size: SIZE,
        library: library.collect(),
        ..Setup::default()
    });
    align(&mut app, effects);
    for (number, key) in KEYS.split(' ').enumerate() {
        if let Ok(key) = key.parse() {
            let effects = app.update(Message::Key(key), moment(number));
            align(&mut app, effects);
        }
    }
    app
}

/// Finds the parallels that the reader asks for; a picture needs nothing else done.
fn align(app: &mut App, effects: Vec<Effect>) {
    for effect in effects {
        if let Effect::Begin(Job::Align {
            interviews: [left, right],
            judgements,
            generation,
            ..
        }) = effect
        {
            let terms = [Terms::new(&left), Terms::new(&right)];
            let found = Alignment::new(
                &left,
                &terms[0],
                &right,
                &terms[1],
                &Curated::shipped(),
                &judgements,
            );
            let alignment = Arc::new(found);
            app.update(
                Message::Aligned {
                    generation,
                    alignment,
                },
                moment(0),
            );
        }
    }
}

fn moment(number: usize) -> Moment {
    Moment {
        elapsed: Duration::ZERO,
        time: jiff::Timestamp::UNIX_EPOCH,
        id: uuid::Uuid::from_u128(number as u128),
    }
}

fn svg(buffer: &Buffer, cursor: Option<Position>) -> String {
    let (width, height) = (
        f32::from(buffer.area.width) * CELL.0,
        f32::from(buffer.area.height) * CELL.1,
    );
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" font-size=\"14\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#14161a\"/>\n"
    );
    for y in 0..buffer.area.height {
        let row: Vec<&Cell> = (0..buffer.area.width).map(|x| &buffer[(x, y)]).collect();
        let mut from = 0;
        for run in row.chunk_by(|a, b| a.style() == b.style()) {
            draw_run(&mut out, run, from, y);
            from += run.len();
        }
    }
    if let Some(at) = cursor {
        let (x, y) = (f32::from(at.x) * CELL.0, f32::from(at.y) * CELL.1);
        let _ = writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"1.5\" height=\"{}\" fill=\"#d8dade\"/>",
            CELL.1
        );
    }
    out + "</svg>\n"
}

/// Cells of one style: their ground, then their text.
fn draw_run(out: &mut String, run: &[&Cell], from: usize, y: u16) {
    let (x, top) = (from as f32 * CELL.0, f32::from(y) * CELL.1);
    let width = run.len() as f32 * CELL.0;
    let cell = run[0];
    if let Some(ground) = colour(cell.bg) {
        let _ = writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{}\" fill=\"{ground}\"/>",
            CELL.1
        );
    }
    // Rules and bars join from row to row, which letters of a font don't.
    let share = match cell.symbol() {
        "│" => Some((0.45, 0.1)),
        "▎" => Some((0.0, 0.25)),
        "▌" => Some((0.0, 0.5)),
        _ => None,
    };
    if let (Some((from, share)), [_]) = (share, run) {
        let ink = colour(cell.fg).unwrap_or_else(|| INK.to_owned());
        let (x, width) = (x + from * CELL.0, share * CELL.0);
        let _ = writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{}\" fill=\"{ink}\"/>",
            CELL.1
        );
        return;
    }
    let text: String = run.iter().map(|cell| cell.symbol()).collect();
    let lead = text.len() - text.trim_start().len();
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    let count = text.chars().count() as f32;
    let mut style = format!(
        "fill=\"{}\"",
        colour(cell.fg).unwrap_or_else(|| INK.to_owned())
    );
    if cell.modifier.contains(Modifier::BOLD) {
        style += " font-weight=\"bold\"";
    }
    if cell.modifier.contains(Modifier::UNDERLINED) {
        style += " text-decoration=\"underline\"";
    }
    let x = x + lead as f32 * CELL.0;
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let _ = writeln!(
        out,
        "<text x=\"{x:.1}\" y=\"{:.1}\" textLength=\"{:.1}\" xml:space=\"preserve\" {style}>{text}</text>",
        top + 13.5,
        count * CELL.0
    );
}

/// A colour as SVG has it; `None` for the terminal's own. The 256 are xterm's: a cube of six steps, then greys.
fn colour(colour: Color) -> Option<String> {
    let (r, g, b) = match colour {
        Color::Rgb(r, g, b) => (r, g, b),
        Color::Indexed(i @ 232..) => {
            let grey = 8 + 10 * (i - 232);
            (grey, grey, grey)
        }
        Color::Indexed(i @ 16..) => {
            let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
            (
                step((i - 16) / 36),
                step((i - 16) / 6 % 6),
                step((i - 16) % 6),
            )
        }
        _ => return None,
    };
    Some(format!("#{r:02x}{g:02x}{b:02x}"))
}
