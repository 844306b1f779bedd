//! TEMPORARY stand-in for the reader.
#![allow(missing_docs, reason = "stand-in")]
pub mod effect;
pub mod keymap;
pub mod message;
use std::time::Duration;

pub use effect::Effect;
pub use message::{Loaded, Message, Moment, Mouse};

use crate::notes::draft::Draft;
use keymap::{Action, Context};

#[derive(Debug, Default)]
pub struct App {
    lines: Vec<String>,
    editor: Option<String>,
    due: Option<Duration>,
    id: uuid::Uuid,
}

impl App {
    pub fn new() -> (App, Vec<Effect>) {
        (App::default(), vec![])
    }
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("editor: {:?}", self.editor)];
        lines.extend(self.lines.iter().rev().cloned());
        lines
    }
    pub fn deadline(&self) -> Option<Duration> {
        self.due
    }
    pub fn update(&mut self, message: Message, moment: Moment) -> Vec<Effect> {
        self.lines.push(format!("{message:?}"));
        match message {
            Message::Key(key) => {
                let context = if self.editor.is_some() {
                    Context::Editor
                } else {
                    Context::Reader
                };
                match (keymap::action(context, key), &mut self.editor) {
                    (Some(Action::Quit), _) => vec![Effect::Quit],
                    (Some(Action::Suspend), _) => vec![Effect::Suspend],
                    (Some(Action::Redraw), _) => vec![Effect::Redraw],
                    (Some(Action::Copy), _) => vec![Effect::Copy("Abc ä".to_owned())],
                    (Some(Action::Help), _) => panic!("made to break down"),
                    (Some(Action::Comment), _) => {
                        self.editor = Some(String::new());
                        self.id = moment.id;
                        vec![]
                    }
                    (Some(Action::ExternalEditor), Some(text)) => vec![Effect::Edit(text.clone())],
                    (Some(Action::Keep), Some(text)) => {
                        let lines = format!("{text}\n").into_bytes();
                        let note = Box::new(draft(self.id, text, moment.time).note);
                        self.editor = None;
                        self.due = None;
                        vec![
                            Effect::Append {
                                lines,
                                count: 1,
                                known: Default::default(),
                            },
                            Effect::DropDraft(note),
                        ]
                    }
                    (None, Some(text)) => {
                        text.extend(key.typed());
                        self.due
                            .get_or_insert(moment.elapsed + Duration::from_millis(900));
                        vec![]
                    }
                    _ => vec![],
                }
            }
            Message::Edited(Ok(text)) => {
                self.editor = Some(text);
                vec![]
            }
            Message::Deadline => {
                self.due = None;
                let text = self.editor.clone().unwrap_or_default();
                vec![Effect::SaveDraft(Box::new(draft(
                    self.id,
                    &text,
                    moment.time,
                )))]
            }
            Message::Terminate => {
                let text = self.editor.clone().unwrap_or_default();
                vec![
                    Effect::SaveDraft(Box::new(draft(self.id, &text, moment.time))),
                    Effect::Quit,
                ]
            }
            _ => vec![],
        }
    }
}

fn draft(id: uuid::Uuid, text: &str, time: jiff::Timestamp) -> Draft {
    Draft {
        note: crate::notes::Note::new(id, time, crate::notes::Motivation::Commenting, text, vec![]),
    }
}
