//! TEMPORARY stand-in.
#![allow(missing_docs, reason = "stand-in")]
pub mod draft {
    use crate::files::{self, Folders};
    use uuid::Uuid;
    #[derive(Clone, Debug)]
    pub struct Draft {
        pub id: Uuid,
        pub text: String,
    }
    impl Draft {
        pub fn save(&self, folders: &Folders) -> Result<(), files::Error> {
            let _ = std::fs::create_dir_all(folders.drafts());
            files::replace(
                &folders.drafts().join(self.id.to_string()),
                self.text.as_bytes(),
            )
        }
    }
    pub fn remove(folders: &Folders, id: Uuid) -> Result<(), files::Error> {
        files::remove(&folders.drafts().join(id.to_string())).map(drop)
    }
}
pub mod store {
    use crate::files;
    use std::path::Path;
    #[derive(Clone, Debug)]
    pub struct Saved {
        pub known: u64,
    }
    pub fn save(path: &Path, lines: &str, known: u64) -> Result<Saved, files::Error> {
        let mut all = files::read(path).unwrap_or_default();
        all.extend_from_slice(lines.as_bytes());
        files::replace(path, &all)?;
        Ok(Saved {
            known: known + lines.len() as u64,
        })
    }
}
