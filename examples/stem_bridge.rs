//! Writes the stems of the bridge, `assets/words/bridge-stems-*.txt`, from its words, `assets/words/bridge.txt`; to be run
//! after a change of these.

use std::fs;
use std::io;

use synopse::parallels::bridge_stems;
use synopse::text::Language;

fn main() -> io::Result<()> {
    for language in [Language::German, Language::English] {
        let path = format!("assets/words/bridge-stems-{}.txt", language.code());
        fs::write(path, bridge_stems(language))?;
    }
    Ok(())
}
