//! Lets the user's own editor write on at a text.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use crate::files;
use crate::lang::{Lang, Tell};
use crate::text::visible::visible_line;

/// Runs `$VISUAL`, else `$EDITOR`, else `vi` on `text`, in a file of the state folder that only its owner can read.
///
/// # Errors
/// One line, when the file can't be written or the editor not run, or when it ended with a failure, as `:cq` does in vi:
/// then the old text counts, and where the file has another, it stays and is named.
pub fn edit(text: &str, state: &Path, lang: Lang) -> Result<String, String> {
    let path = state.join(format!("edit-{}.md", std::process::id()));
    files::replace(&path, text.as_bytes()).map_err(|error| error.tell(lang))?;
    let editor = ["VISUAL", "EDITOR"]
        .into_iter()
        .filter_map(std::env::var_os)
        .find(|editor| !editor.is_empty())
        .unwrap_or_else(|| "vi".into());
    let ran = run(&editor, &path, lang);
    let written = files::read(&path).map_err(|error| error.tell(lang));
    let written = written.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    match (ran, written) {
        (Ok(()), Ok(written)) => {
            let _ = files::remove(&path);
            // An editor ends the last line, and a note has none to end.
            let unended = written.strip_suffix('\n').unwrap_or(&written);
            Ok(if text.ends_with('\n') {
                written
            } else {
                unended.to_owned()
            })
        }
        (Ok(()), Err(said)) => Err(said),
        (Err(said), Ok(written)) if written != text => Err(format!(
            "{said}; {} {}",
            lang.tr("what it wrote is in", "was er schrieb, steht in"),
            visible_line(&path.to_string_lossy())
        )),
        (Err(said), _) => {
            let _ = files::remove(&path);
            Err(said)
        }
    }
}

/// Runs an editor through the shell, since its variable may hold arguments too.
fn run(editor: &OsString, path: &Path, lang: Lang) -> Result<(), String> {
    let mut script = editor.clone();
    script.push(" \"$1\"");
    let status = Command::new("sh")
        .arg("-c")
        .arg(script)
        .arg("sh")
        .arg(path)
        .status();
    let name = visible_line(&editor.to_string_lossy());
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) if status.code() == Some(127) => Err(match lang {
            Lang::English => format!("{name}: no such editor; set $EDITOR to one that is there"),
            Lang::German => {
                format!("{name}: diesen Editor gibt es nicht; $EDITOR auf einen vorhandenen setzen")
            }
        }),
        Ok(status) => Err(match lang {
            Lang::English => {
                format!("{name}: ended with a failure ({status}); the note is as before")
            }
            Lang::German => {
                format!("{name}: endete mit einem Fehler ({status}); die Notiz ist wie zuvor")
            }
        }),
        Err(error) => Err(format!("sh: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run_on(editor: &str) -> (Result<(), String>, String, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mit Leerzeichen.md");
        std::fs::write(&path, "alt").unwrap();
        let ran = run(&editor.into(), &path, Lang::English);
        (ran, std::fs::read_to_string(path).unwrap(), folder)
    }

    #[test]
    fn the_editors_variable_may_hold_arguments_and_the_file_any_name() {
        let (ran, text, _folder) = run_on("sed -i s/alt/neu/");
        assert_eq!((ran, text.as_str()), (Ok(()), "neu"));
    }

    #[test]
    fn an_editor_that_is_not_there_is_named() {
        let (ran, text, _folder) = run_on("gibtesnicht-ed");
        let said = ran.unwrap_err();
        assert!(
            said.starts_with("gibtesnicht-ed: no such editor;"),
            "{said}"
        );
        assert_eq!(text, "alt");
    }

    #[test]
    fn a_failure_is_told() {
        let (ran, ..) = run_on("false");
        assert!(ran.unwrap_err().contains("exit status: 1"));
    }
}
