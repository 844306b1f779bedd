//! TEMPORARY stand-in.
#![allow(missing_docs, reason = "stand-in")]
use crate::interview::Interview;
pub struct Terms;
impl Terms {
    pub fn new(_: &Interview) -> Terms {
        Terms
    }
}
pub struct Curated;
impl Curated {
    pub fn shipped() -> Curated {
        Curated
    }
}
#[derive(Clone, Debug)]
pub struct Judgement;
#[derive(Clone, Debug)]
pub struct Alignment;
impl Alignment {
    pub fn new(
        _: &Interview,
        _: &Terms,
        _: &Interview,
        _: &Terms,
        _: &Curated,
        _: &[Judgement],
    ) -> Alignment {
        Alignment
    }
}
