//! TEMPORARY stand-in.
#![allow(missing_docs, reason = "stand-in")]
pub fn run() -> anyhow::Result<()> {
    let (app, effects) = crate::app::App::new();
    let folders = crate::files::Folders::find()?;
    let terminal = crate::tui::theme::Terminal::from_environment(|n| std::env::var(n).ok(), true);
    let places = crate::tui::Places {
        notes: folders.notes(),
        folders,
        lang: Default::default(),
    };
    crate::tui::run(app, effects, terminal, places)?;
    Ok(())
}
