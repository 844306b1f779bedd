//! What stands between fences at the head of a Markdown file: a few of its keys, and nothing else, are read.

use crate::interview::Metadata;
use crate::transcript::head;

/// What YAML says of the interview: only its plain keys of the outermost level, with a value on their line or, folded, on
/// indented ones below.
#[must_use]
pub fn yaml(text: &str) -> Metadata {
    fields(text.lines(), ':')
}

/// What TOML says of the interview, before its first table.
#[must_use]
pub fn toml(text: &str) -> Metadata {
    fields(text.lines().take_while(|line| !line.starts_with('[')), '=')
}

fn fields<'a>(lines: impl Iterator<Item = &'a str>, equals: char) -> Metadata {
    let mut metadata = Metadata::default();
    let mut lines = lines.peekable();
    while let Some(line) = lines.next() {
        let Some((key, value)) = line.split_once(equals) else {
            continue;
        };
        if key.starts_with([' ', '\t', '#', '-']) || !head::is_key(key.trim()) {
            continue;
        }
        let value = value.trim();
        let folded = matches!(value, ">" | ">-" | ">+" | "|" | "|-" | "|+");
        let mut value = String::from(if folded { "" } else { value });
        while let Some(more) = lines.next_if(|line| line.starts_with([' ', '\t'])) {
            value.push(' ');
            value.push_str(more.trim());
        }
        head::keep_field(key.trim(), &scalar(value.trim()), &mut metadata);
    }
    metadata
}

/// A scalar without its quotes, or without the comment after it.
fn scalar(value: &str) -> String {
    for quote in ['"', '\''] {
        let inside = value.strip_prefix(quote);
        if let Some((inside, _)) = inside.and_then(|rest| rest.rsplit_once(quote)) {
            return match quote {
                '"' => inside.replace("\\\"", "\"").replace("\\\\", "\\"),
                _ => inside.replace("''", "'"),
            };
        }
    }
    let value = value.split(" #").next().unwrap_or_default().trim();
    let nothing = matches!(value, "" | "null" | "~" | "[]" | "{}");
    if nothing {
        String::new()
    } else {
        value.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_gives_title_and_date_whatever_else_it_holds() {
        let text = "image: data:image/jpeg;base64,/9j/4AAQ\ntags:\n  - title: nicht\ndate: 2020-05-01T10:00:00Z\ntitle: \"Am \\\"Wasser\\\"\"\nsummary: >\n  date: auch\n  nicht\n";
        let found = yaml(text);
        assert_eq!(found.title.as_deref(), Some("Am \"Wasser\""));
        assert_eq!(found.date.as_deref(), Some("2020-05-01"));
        assert_eq!(
            yaml("title: >-\n  Am\n  Wasser\ndate:\n").title.as_deref(),
            Some("Am Wasser")
        );
        assert_eq!(yaml("title: null\ndate: ~\n"), Metadata::default());
        assert_eq!(
            yaml("title: 'Ada''s Holz' # so\n").title.as_deref(),
            Some("Ada's Holz")
        );
    }

    #[test]
    fn toml_gives_the_same() {
        let found =
            toml("title = 'Am Wasser'\ndate = 2020-05-01T10:00:00Z\n[x]\ntitle = 'nicht'\n");
        assert_eq!(found.title.as_deref(), Some("Am Wasser"));
        assert_eq!(found.date.as_deref(), Some("2020-05-01"));
        assert_eq!(toml("title = "), Metadata::default());
    }
}
