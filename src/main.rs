//! Runs the program, prints its error, gives its exit code.

fn main() -> anyhow::Result<()> {
    synopse::cli::run()
}
