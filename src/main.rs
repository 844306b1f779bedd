//! Runs the program, prints its error, gives its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    match synopse::cli::run(std::env::args_os()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.print(),
    }
}
