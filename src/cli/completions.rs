//! `synopse completions SHELL`.

use std::io::Write;

use clap_complete::Shell;

use super::Failure;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The shell.
    shell: Shell,
}

pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Failure> {
    // The generator panics where it can't write, so it gets a buffer.
    let mut script = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut super::definition(),
        "synopse",
        &mut script,
    );
    Ok(out.write_all(&script)?)
}
