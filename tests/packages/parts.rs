//! The parts of a made-up package, which stands in `tests/formats` as a folder.

use std::path::Path;

/// The files in `folder`, by their paths in it.
pub fn parts(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut parts = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in std::fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
                parts.push((name.to_owned(), std::fs::read(&path).unwrap()));
            }
        }
    }
    parts.sort();
    parts
}
