//! Lets the user's own editor write on at a text.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use uuid::Uuid;

use crate::files;
use crate::lang::{Lang, Tell};
use crate::text::visible::visible_line;

/// Runs `$VISUAL`, else `$EDITOR`, else `vi` on `text`, in a file of the state folder that only its owner can read.
///
/// # Errors
/// One line, when the file can't be written or the editor not run, or when it ended with a failure, as `:cq` does in vi:
/// then the old text counts, and where the file has another, it stays and is named.
pub fn edit(text: &str, state: &Path, lang: Lang) -> Result<String, String> {
    let editor = ["VISUAL", "EDITOR"]
        .into_iter()
        .filter_map(std::env::var_os)
        .find(|editor| !editor.is_empty())
        .unwrap_or_else(|| "vi".into());
    edit_with(&editor, text, state, lang)
}

fn edit_with(editor: &OsString, text: &str, state: &Path, lang: Lang) -> Result<String, String> {
    // A name of its own: what an editor that failed had written may still lie there.
    // It is short, for the status line has to have room for it.
    let name_of_it = Uuid::new_v4().simple().to_string();
    let path = state.join(format!("edit-{}.md", &name_of_it[..8]));
    files::replace(&path, text.as_bytes()).map_err(|error| error.tell(lang))?;
    let ran = run(editor, &path, lang);
    let written = files::read(&path).map_err(|error| error.tell(lang))?;
    let done = ran.and_then(|()| {
        let not_utf8 = lang.tr("its text is not in UTF-8", "sein Text ist nicht in UTF-8");
        std::str::from_utf8(&written).map_err(|_| format!("{}: {not_utf8}", name(editor)))
    });
    match done {
        Ok(done) => {
            let _ = files::remove(&path);
            // An editor ends the last line, and a note has none to end.
            let unended = done.strip_suffix('\n').filter(|_| !text.ends_with('\n'));
            Ok(unended.unwrap_or(done).to_owned())
        }
        Err(said) if written != text.as_bytes() => Err(format!(
            "{said}; {} {}",
            lang.tr("what it wrote is in", "was er schrieb, steht in"),
            visible_line(&path.to_string_lossy())
        )),
        Err(said) => {
            let _ = files::remove(&path);
            let as_before = lang.tr("the note is as before", "die Notiz ist wie zuvor");
            Err(format!("{said}; {as_before}"))
        }
    }
}

fn name(editor: &OsString) -> String {
    visible_line(&editor.to_string_lossy())
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
    let name = name(editor);
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) if status.code() == Some(127) => Err(match lang {
            Lang::English => format!("{name}: no such editor; set $EDITOR to one that is there"),
            Lang::German => {
                format!("{name}: diesen Editor gibt es nicht; $EDITOR auf einen vorhandenen setzen")
            }
        }),
        Ok(status) => Err(match lang {
            Lang::English => format!("{name}: failed ({status})"),
            Lang::German => format!("{name}: gescheitert ({status})"),
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
    fn what_an_editor_wrote_before_it_failed_stays_and_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let edit = |script: &str| {
            let editor = format!("f() {{ {script}; }}; f").into();
            edit_with(&editor, "alt", folder.path(), Lang::English)
        };
        let kept = || files::list(folder.path()).unwrap().len();
        assert_eq!(edit("echo neu > $1"), Ok("neu".to_owned()));
        assert!(edit("false").unwrap_err().contains("as before"));
        assert_eq!(kept(), 0);
        assert!(edit("echo eins > $1; false").unwrap_err().contains("edit-"));
        assert!(
            edit("printf '\\374' > $1")
                .unwrap_err()
                .contains("UTF-8; what it wrote")
        );
        assert_eq!(kept(), 2, "the second does not take the place of the first");
    }

    #[test]
    fn a_failure_is_told() {
        let (ran, ..) = run_on("false");
        assert!(ran.unwrap_err().contains("exit status: 1"));
    }
}
