//! TEMPORARY stand-in.
#![allow(missing_docs, reason = "stand-in")]
#[derive(Clone, Debug)]
pub struct Session;
impl Session {
    pub fn save(&self, _: &crate::files::Folders) -> Result<(), crate::files::Error> {
        Ok(())
    }
}
