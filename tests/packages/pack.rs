//! Packs what a test makes up.

use std::io::Write;

use miniz_oxide::deflate::compress_to_vec;
use rawzip::{CompressionMethod, ZipArchiveWriter};

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
