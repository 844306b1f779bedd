//! Packages: zip archives in which one file is many parts. Only the parts that are asked for are unpacked, and what they
//! unpack to is bounded, whatever the archive says of itself.

use std::collections::HashMap;

use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveEntryWayfinder, ZipSliceArchive};

use crate::transcript::bounds;
use crate::transcript::encoding;
use crate::transcript::fault::{Fault, Spot};

/// No package that is an interview has more parts.
const PARTS: usize = 10_000;

/// Text, however repetitive, is never packed closer than this.
const RATIO: usize = 200;

/// A part may unpack to so many bytes however small it is packed.
const SMALL: usize = 1 << 20;

const DAMAGED: (&str, &str) = (
    "is damaged or cut off; fetch or save the file again",
    "ist beschädigt oder abgeschnitten; bitte die Datei neu holen oder neu sichern",
);

const ENCRYPTED: (&str, &str) = (
    "is protected by a password; save a copy without one",
    "ist mit einem Kennwort geschützt; bitte eine Kopie ohne Kennwort sichern",
);

const UNUSUAL: (&str, &str) = (
    "is packed in a way that is not known here; save the file again",
    "ist auf eine hier unbekannte Art gepackt; bitte die Datei neu sichern",
);

const TOO_LARGE: (&str, &str) = (
    "unpacks to far more than an interview holds; it is not unpacked",
    "enthält gepackt weit mehr, als ein Interview umfasst; wird nicht entpackt",
);

/// A package, of which nothing is unpacked yet.
#[derive(Debug)]
pub struct Package<'a> {
    archive: ZipSliceArchive<&'a [u8]>,
    parts: HashMap<String, Part>,
    /// How many bytes may still be unpacked.
    left: usize,
}

/// What the directory says of a part.
#[derive(Debug)]
struct Part {
    at: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    encrypted: bool,
    crc: u32,
}

impl<'a> Package<'a> {
    /// The package with the bytes `raw`.
    ///
    /// # Errors
    /// When its directory is damaged, or names far too many parts.
    pub fn open(raw: &'a [u8]) -> Result<Package<'a>, Fault> {
        let archive = ZipArchive::from_slice(raw).map_err(|_| fault(None, DAMAGED))?;
        let mut parts = HashMap::new();
        let mut entries = archive.entries();
        while let Some(entry) = entries.next_entry().map_err(|_| fault(None, DAMAGED))? {
            if parts.len() == PARTS {
                return Err(fault(None, TOO_LARGE));
            }
            let name = String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned();
            parts.entry(name).or_insert(Part {
                at: entry.wayfinder(),
                method: entry.compression_method(),
                encrypted: entry.flags().is_encrypted(),
                crc: entry.crc32(),
            });
        }
        Ok(Package {
            archive,
            parts,
            left: bounds::TEXT,
        })
    }

    /// The text of the part `name`; `None` where there is no such part.
    ///
    /// # Errors
    /// When it is damaged, encrypted, or unpacks to more than is sensible.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Fault> {
        let Some(part) = self.parts.get(name) else {
            return Ok(None);
        };
        let fault = |what| fault(Some(name), what);
        if part.encrypted {
            return Err(fault(ENCRYPTED));
        }
        let entry = self.archive.get_entry(part.at);
        let entry = entry.map_err(|_| fault(DAMAGED))?;
        let packed = entry.data();
        let limit = self.left.min(packed.len().saturating_mul(RATIO).max(SMALL));
        let unpacked = match part.method {
            CompressionMethod::STORE if packed.len() > limit => return Err(fault(TOO_LARGE)),
            CompressionMethod::STORE => packed.to_vec(),
            CompressionMethod::DEFLATE => {
                decompress_to_vec_with_limit(packed, limit).map_err(|error| match error.status {
                    TINFLStatus::HasMoreOutput => fault(TOO_LARGE),
                    _ => fault(DAMAGED),
                })?
            }
            _ => return Err(fault(UNUSUAL)),
        };
        if rawzip::crc32(&unpacked) != part.crc {
            return Err(fault(DAMAGED));
        }
        self.left -= unpacked.len();
        let unpacked = match String::from_utf8(unpacked) {
            Ok(text) => text,
            Err(error) => encoding::decode(error.as_bytes(), false)
                .ok_or_else(|| fault(DAMAGED))?
                .into_owned(),
        };
        Ok(Some(unpacked))
    }
}

/// Whether `raw` is a package with a part that `wanted` says yes to, by its name.
#[must_use]
pub fn has(raw: &[u8], wanted: impl Fn(&str) -> bool) -> bool {
    if !is_package(raw) {
        return false;
    }
    let Ok(archive) = ZipArchive::from_slice(raw) else {
        return false;
    };
    let mut entries = archive.entries();
    let names = std::iter::from_fn(|| entries.next_entry().ok()?);
    names
        .take(PARTS)
        .any(|entry| std::str::from_utf8(entry.file_path().as_bytes()).is_ok_and(&wanted))
}

/// Whether `raw` begins like a package.
#[must_use]
pub fn is_package(raw: &[u8]) -> bool {
    raw.starts_with(b"PK\x03\x04") || raw.starts_with(b"PK\x05\x06")
}

/// The name of the part that `target` names, as a part in the folder of `base` would: `../styles.xml`, `/word/a.xml`,
/// `ch%201.xhtml#s2`.
#[must_use]
pub fn resolve(base: &str, target: &str) -> String {
    let target = target.split('#').next().unwrap_or_default();
    let folder = match target.strip_prefix('/') {
        Some(_) => "",
        None => base.rsplit_once('/').map_or("", |(folder, _)| folder),
    };
    let mut names: Vec<&str> = Vec::new();
    for name in folder.split('/').chain(target.split('/')) {
        match name {
            "" | "." => {}
            ".." => drop(names.pop()),
            name => names.push(name),
        }
    }
    unescape(&names.join("/"))
}

/// `name` with `%20` and the like as what they stand for.
fn unescape(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut pieces = name.split('%');
    bytes.extend_from_slice(pieces.next().unwrap_or_default().as_bytes());
    for piece in pieces {
        let code = piece.get(..2).map(|digits| u8::from_str_radix(digits, 16));
        match code {
            Some(Ok(byte)) => {
                bytes.push(byte);
                bytes.extend_from_slice(&piece.as_bytes()[2..]);
            }
            _ => {
                bytes.push(b'%');
                bytes.extend_from_slice(piece.as_bytes());
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// `fault`, found at a line of the part `name`.
#[must_use]
pub fn within(name: &str, fault: Fault) -> Fault {
    let place = match fault.place {
        Some(Spot::Line(line)) => format!("{name}:{line}"),
        _ => name.to_owned(),
    };
    Fault {
        place: Some(Spot::Part(place)),
        ..fault
    }
}

/// The fault `what` in the part `name`, for what only the reader of a format knows.
#[must_use]
pub fn fault(name: Option<&str>, what: (&'static str, &'static str)) -> Fault {
    Fault {
        place: name.map(|name| Spot::Part(name.to_owned())),
        what,
    }
}
