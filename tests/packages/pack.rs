//! Packs what a test makes up.

use std::io::Write;
use std::path::Path;

use miniz_oxide::deflate::compress_to_vec;
use rawzip::{CompressionMethod, ZipArchiveWriter};

/// A package of the files in `folder`, by their paths in it.
pub fn pack(folder: &Path) -> Vec<u8> {
    pack_parts(&parts(folder))
}

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

/// A package of `parts`, each with its name.
pub fn pack_parts(parts: &[(impl AsRef<str>, impl AsRef<[u8]>)]) -> Vec<u8> {
    let mut raw = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut raw);
    for (name, text) in parts {
        let file = archive.new_file(name.as_ref());
        let file = file.compression_method(CompressionMethod::DEFLATE);
        let (mut entry, config) = file.start().unwrap();
        let mut writer = config.wrap(Vec::new());
        writer.write_all(text.as_ref()).unwrap();
        let (text, descriptor) = writer.finish().unwrap();
        entry.write_all(&compress_to_vec(&text, 6)).unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    raw
}
