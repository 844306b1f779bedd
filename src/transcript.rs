//! TEMPORARY stand-in.
#![allow(missing_docs, reason = "stand-in")]
use crate::files;
use crate::interview::{Interview, Role, Turn};
use std::path::Path;
pub type Error = files::Error;
pub fn read(raw: &[u8], _: Option<&Path>) -> Result<Interview, Error> {
    let text = String::from_utf8_lossy(raw);
    let paragraphs: Vec<&str> = text.split("\n\n").filter(|p| !p.is_empty()).collect();
    let n = paragraphs.len();
    let mut turns: Vec<Turn> = Vec::new();
    for (i, p) in paragraphs.iter().enumerate() {
        let role = if p.trim_end().ends_with('?') {
            Role::Question
        } else if turns.iter().any(|t| t.role == Role::Question) {
            Role::Answer
        } else {
            Role::Introduction
        };
        match turns.last_mut() {
            Some(t) if t.role == role => t.paragraphs.end = i + 1,
            _ => turns.push(Turn {
                role,
                speaker: None,
                paragraphs: i..i + 1,
            }),
        }
    }
    let _ = n;
    let mut i = Interview::new(&paragraphs, turns);
    i.language = crate::text::Language::of(&i.text);
    i.identity.text = format!("{:x}", n);
    Ok(i)
}
pub fn read_head(raw: &[u8], path: Option<&Path>) -> Result<Interview, Error> {
    let mut head = read(raw, path)?;
    head.partial = true;
    Ok(head)
}
pub fn open(path: &Path) -> Result<Interview, Error> {
    read(&files::read(path)?, Some(path))
}

pub fn shipped() -> Vec<Interview> {
    ["pallenberg", "microsoft"]
        .iter()
        .zip([
            include_bytes!("../seeds/pallenberg.txt").as_slice(),
            include_bytes!("../seeds/microsoft.txt").as_slice(),
        ])
        .filter_map(|(name, raw)| {
            let mut i = read(raw, None).ok()?;
            i.name = name.to_string();
            Some(i)
        })
        .collect()
}
pub fn report(i: &Interview, file: &str) -> serde_json::Value {
    serde_json::json!({"file": file, "n": i.turns.len()})
}
