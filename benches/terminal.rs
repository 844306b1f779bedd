//! The real program in a real terminal beside what is used today, in the same run and in turn, so that whatever else the
//! machine does falls on all alike. Linux only. `cargo bench --bench terminal`; `SYNOPSE_BENCH_RUNS=5` for fewer runs.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on may stop")]
#![cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "it asks /proc"))]

#[path = "support/made_up.rs"]
mod made_up;
#[path = "../tests/terminal/pty.rs"]
mod pty;
#[path = "terminal/sitting.rs"]
mod sitting;
#[path = "terminal/table.rs"]
mod table;

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use sitting::{Press, Program, SIZE};
use synopse::find::{Filter, Query};
use table::{Table, Unit};

const SYNOPSE: &str = env!("CARGO_BIN_EXE_synopse");
const RUNS: usize = 15;
/// How long the long text is, in bytes.
const LONG: usize = 10_000_000;
/// How many questions are filtered.
const QUESTIONS: usize = 100_000;

fn main() {
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("`cargo bench --bench terminal` runs this.");
        return;
    }
    let runs = std::env::var("SYNOPSE_BENCH_RUNS");
    let runs = runs.ok().and_then(|runs| runs.parse().ok()).unwrap_or(RUNS);
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_string_lossy().into_owned()
    };
    let seeds = ["pallenberg", "microsoft"].map(|name| {
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
        fs::read_to_string(seeds.join(format!("{name}.txt"))).unwrap()
    });
    let seeds = [
        write("first.txt", &seeds[0]),
        write("second.txt", &seeds[1]),
    ];
    let long = write("long.txt", &made_up::interview(LONG, 1));
    let halves = [2, 3].map(|seed| {
        let text = made_up::interview(LONG / 2, seed);
        write(&format!("half-{seed}.txt"), &text)
    });
    let mut random = made_up::Random::new(4);
    let questions: Vec<String> = (0..QUESTIONS)
        .map(|_| made_up::question(&mut random))
        .collect();
    let list = write("questions.txt", &questions.join("\n"));

    machine(runs);
    let mut of_two = vec![synopse(&[])];
    of_two.extend(peers(&seeds));
    compare("The two interviews that come with it", of_two, runs);
    let of_one = vec![synopse(&[&long]), less(&long), nothing()];
    compare("One interview of 10 MB", of_one, runs);
    let mut of_long = vec![synopse(&[&halves[0], &halves[1]])];
    of_long.extend(peers(&halves));
    compare("Two interviews of 5 MB each", of_long, runs);
    filter(&questions, &list, runs);
}

/// The machine and the programs.
fn machine(runs: usize) {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let cpu = read("/proc/cpuinfo");
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name"));
    let (columns, rows) = SIZE;
    println!("\n{runs} runs of each program, in turn, in a terminal of {columns} × {rows} cells.");
    println!("The median (least–most), and the median as a multiple of the first column's.\n");
    println!(
        "- {} × {}; Linux {}; load {}",
        cpu.matches("processor\t").count(),
        model.unwrap_or("?").trim_start_matches([' ', '\t', ':']),
        read("/proc/sys/kernel/osrelease").trim(),
        read("/proc/loadavg").trim(),
    );
    for program in [SYNOPSE, "less", "nvim", "vim", "fzf"] {
        match Command::new(program).arg("--version").output() {
            Ok(output) => {
                let said = String::from_utf8_lossy(&output.stdout).into_owned();
                let name = program.rsplit('/').next().unwrap_or(program);
                println!("- {name}: {}", said.lines().next().unwrap_or_default());
            }
            Err(_) => println!("- {program}: not installed, so left out"),
        }
    }
}

fn program(name: &'static str, command: &str, arguments: &[&str], keys: Vec<Press>) -> Program {
    let arguments = arguments.iter().map(|&argument| argument.to_owned());
    Program {
        name,
        command: command.to_owned(),
        arguments: arguments.collect(),
        keys,
    }
}

fn press(what: &'static str, key: &'static str, back: &'static str) -> Press {
    Press {
        what,
        before: "",
        back,
        keys: [key; 3],
    }
}

fn synopse(files: &[&str]) -> Program {
    let letters = Press {
        what: "a letter of the filter",
        before: "f",
        back: "",
        keys: ["g", "e", "l"],
    };
    let keys = [
        press("a line", "j", ""),
        press("a page", " ", "g"),
        press("a question", "J", ""),
        letters,
    ];
    program("synopse", SYNOPSE, files, keys.into())
}

fn less(file: &str) -> Program {
    program(
        "less",
        "less",
        &[file],
        vec![press("a line", "j", ""), press("a page", " ", "g")],
    )
}

/// What two interviews are read with otherwise: the first by itself, or both side by side and scrolled as one.
fn peers(files: &[String; 2]) -> Vec<Program> {
    let editor = |name, before: &[&str]| {
        let mut arguments = vec!["-u", "NONE", "-R"];
        arguments.extend(before);
        arguments.extend(["-c", "windo set scrollbind", "-c", "1wincmd w", "-O"]);
        arguments.extend(files.iter().map(String::as_str));
        let keys = vec![press("a line", "\x05", ""), press("a page", "\x06", "gg")];
        program(name, name, &arguments, keys)
    };
    vec![
        less(&files[0]),
        editor("nvim", &[]),
        // Else it has so much to say about the files that it asks for Enter.
        editor("vim", &["-N", "--cmd", "set shortmess=aF"]),
        nothing(),
    ]
}

/// What a program costs that does nothing: the terminal's own part in all the times to start.
fn nothing() -> Program {
    program("echo", "echo", &["-"], Vec::new())
}

/// Measures the `programs` that are installed in turn, and prints their table.
fn compare(title: &str, mut programs: Vec<Program>, runs: usize) {
    programs.retain(|program| installed(&program.command));
    let names = programs.iter().map(|program| program.name.to_owned());
    let mut table = Table::new(title, names.collect());
    for run in 0..runs {
        for (place, program) in programs.iter().enumerate() {
            // A home of its own, so that nobody goes on where the run before has ended.
            let home = tempfile::tempdir().unwrap();
            sitting::sit(program, place, home.path(), run == 0, &mut table);
        }
    }
    println!("{table}");
}

fn installed(command: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    Path::new(command).is_absolute()
        || std::env::split_paths(&path).any(|folder| folder.join(command).is_file())
}

/// The filter beside fzf's. They don't do the same: a key in the reader finds the lines made ready before, fzf starts, reads
/// the lines, finds, sorts by score and prints. So its start on no lines stands beside, and our making ready.
fn filter(questions: &[String], list: &str, runs: usize) {
    let columns = [
        "synopse, a key",
        "fzf -f, the process",
        "fzf -f, the process, no lines",
    ];
    let title = format!("A filter over {QUESTIONS} questions");
    let mut table = Table::new(title, columns.map(str::to_owned).into());
    let fzf = |typed: &str, list: &str| {
        let lines = fs::File::open(list).unwrap();
        let mut fzf = Command::new("fzf");
        fzf.args(["-f", typed]).stdin(lines);
        fzf
    };
    let here = installed("fzf");
    let ready = |questions: &[String]| Filter::new(questions.iter().map(String::as_str));
    let filter = ready(questions);
    for typed in ["e", "mel", "gaterlin", "gatrlin", "der !mel gel", "xqzvjw"] {
        let query = Query::parse(typed);
        let found = filter.matches(&query).rows.len();
        let theirs = here.then(|| {
            let output = fzf(typed, list).output().unwrap();
            String::from_utf8_lossy(&output.stdout).lines().count()
        });
        let row = match theirs {
            Some(theirs) => format!("`{typed}` ({found}; fzf: {theirs})"),
            None => format!("`{typed}` ({found})"),
        };
        let mut add = |place, start: Instant| {
            let time = start.elapsed().as_secs_f64() * 1000.0;
            table.figure(&row, Unit::Milliseconds, place).add(time);
        };
        for _ in 0..runs {
            let start = Instant::now();
            black_box(filter.matches(black_box(&query)));
            add(0, start);
            for (place, list) in [(1, list), (2, "/dev/null")].into_iter().filter(|_| here) {
                let start = Instant::now();
                let _ = fzf(typed, list).stdout(Stdio::null()).status();
                add(place, start);
            }
        }
    }
    for _ in 0..runs {
        let start = Instant::now();
        black_box(ready(black_box(questions)));
        let time = start.elapsed().as_secs_f64() * 1000.0;
        let row = "making the lines ready, once";
        table.figure(row, Unit::Milliseconds, 0).add(time);
    }
    println!("{table}");
}
