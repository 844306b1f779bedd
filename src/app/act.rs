//! Carries out an action of the table: one match on where it is meant, each arm a word to the part it concerns.

use super::effect::Effect;
use super::help::Help;
use super::keymap::{self, Action, Context};
use super::line::TypedLine;
use super::message::Moment;
use super::picker::{Choice, Item, Picker};
use super::{App, Focus, Overlay, named_actions};
use crate::notes::{Motivation, Verdict};

impl App {
    /// Carries out `action` where the reader is.
    pub(super) fn act(&mut self, action: Action, moment: Moment, effects: &mut Vec<Effect>) {
        match action {
            Action::Redraw => return effects.push(Effect::Redraw),
            Action::Suspend => {
                self.save_draft(moment, effects);
                return effects.push(Effect::Suspend);
            }
            Action::Help => {
                let context = self.context();
                self.help = Some(Help { context, top: 0 });
                return;
            }
            _ => {}
        }
        match self.context() {
            Context::Reader => self.act_reading(action, moment, effects),
            Context::Selection => self.act_selecting(action, moment, effects),
            Context::Filter => self.act_filtering(action, effects),
            Context::Line if self.naming.is_some() => self.act_naming(action, moment, effects),
            Context::Line => self.act_on_line(action, moment, effects),
            Context::Editor => self.act_editing(action, moment, effects),
            Context::Notes => self.act_on_notes(action, moment, effects),
            Context::Synopsis => self.act_in_synopsis(action, moment, effects),
            Context::Map => self.act_on_map(action, moment, effects),
            Context::Help => self.act_in_help(action),
        }
    }

    fn act_reading(&mut self, action: Action, moment: Moment, effects: &mut Vec<Effect>) {
        match action {
            Action::NextPane => self.turn_focus(true),
            Action::PreviousPane => self.turn_focus(false),
            Action::PaneLeft => self.focus_on(match self.focus {
                Focus::Right => Focus::Left,
                _ => Focus::Questions,
            }),
            Action::PaneRight => self.focus_on(match self.focus {
                Focus::Questions | Focus::Filter => Focus::Left,
                _ => Focus::Right,
            }),
            Action::Filter => {
                self.leave_place();
                self.focus = Focus::Filter;
            }
            Action::Read => match self.focus {
                Focus::Questions => self.read_chosen(effects),
                _ => self.bring_along(),
            },
            Action::LineDown => self.move_by(1, effects),
            Action::LineUp => self.move_by(-1, effects),
            Action::PageDown => self.move_by(self.page(), effects),
            Action::PageUp => self.move_by(-self.page(), effects),
            Action::HalfDown => self.move_by(self.page() / 2, effects),
            Action::HalfUp => self.move_by(-(self.page() / 2), effects),
            Action::Start => self.go_to_end(false, effects),
            Action::End => self.go_to_end(true, effects),
            Action::NextQuestion => self.step_question(1),
            Action::PreviousQuestion => self.step_question(-1),
            Action::NextParallel => self.step_parallel(1),
            Action::PreviousParallel => self.step_parallel(-1),
            Action::Follow => {
                self.pairing.follow = !self.pairing.follow;
                if self.pairing.follow {
                    self.bring_along();
                    self.say(
                        self.lang
                            .tr("the other column follows", "die andere Spalte folgt"),
                    );
                } else {
                    self.say(
                        self.lang
                            .tr("the columns move apart", "die Spalten gehen getrennt"),
                    );
                }
            }
            Action::Synopsis => self.open_synopsis(),
            Action::Map => self.open_map(),
            Action::Link => self.judge(Verdict::Confirmed, moment, effects),
            Action::Unlink => self.judge(Verdict::Rejected, moment, effects),
            Action::Group => self.group(effects),
            Action::Theme => {
                let shown = self.columns.each_ref().map(|column| column.current);
                self.begin_naming(shown);
            }
            Action::Search => self.overlay = Some(Overlay::Search(TypedLine::default())),
            Action::SearchNext => self.search_next(true),
            Action::SearchPrevious => self.search_next(false),
            Action::Select => self.begin_selection(),
            Action::Notes => self.open_notes(),
            Action::Tags => self.choose_tag(),
            Action::Edit => self.edit_here(),
            Action::Delete => self.delete_here(moment, effects),
            Action::Undo => self.undo(moment, false, effects),
            Action::Redo => self.undo(moment, true, effects),
            Action::Times => self.show_times(),
            Action::Choose => self.choose_interview(effects),
            Action::Reload => self.reload(effects),
            Action::Back => {
                let here = self.visit();
                if let Some(visit) = self.history.back(here) {
                    self.revisit(visit, effects);
                }
            }
            Action::Forward => {
                let here = self.visit();
                if let Some(visit) = self.history.forward(here) {
                    self.revisit(visit, effects);
                }
            }
            Action::Palette => self.open_palette(),
            Action::Cancel => self.cancel(),
            Action::Quit => self.quit(moment, effects),
            _ => self.act_on_passage(action, moment, effects),
        }
    }

    fn act_filtering(&mut self, action: Action, effects: &mut Vec<Effect>) {
        match action {
            Action::Accept => self.read_chosen(effects),
            Action::LineDown => self.move_by(1, effects),
            Action::LineUp => self.move_by(-1, effects),
            Action::PageDown => self.move_by(self.page(), effects),
            Action::PageUp => self.move_by(-self.page(), effects),
            Action::NextPane => self.turn_focus(true),
            Action::PreviousPane => self.turn_focus(false),
            Action::Cancel => self.cancel(),
            _ => {
                if self.questions.typed.act(action) {
                    self.filter_changed(effects);
                }
            }
        }
    }

    fn act_on_line(&mut self, action: Action, moment: Moment, effects: &mut Vec<Effect>) {
        let page = self.page();
        match (&mut self.overlay, action) {
            (Some(Overlay::Notes(board)), Action::Cancel) => board.clear_filter(),
            (Some(Overlay::Notes(board)), Action::Accept) => board.typing = false,
            (Some(Overlay::Notes(board)), Action::LineDown) => board.step(1),
            (Some(Overlay::Notes(board)), Action::LineUp) => board.step(-1),
            (Some(Overlay::Notes(board)), _) => board.list.act(action),
            (Some(Overlay::Picker(picker)), Action::Cancel) => {
                self.overlay = picker.from.take().map(|board| Overlay::Notes(*board));
            }
            (_, Action::Cancel) => self.overlay = None,
            (Some(Overlay::Search(line)), Action::Accept) => {
                let query = line.text().to_owned();
                self.overlay = None;
                self.search(&query);
            }
            (Some(Overlay::Search(line)), _) => drop(line.act(action)),
            (Some(Overlay::Picker(picker)), Action::Accept) => {
                let choice = picker.list.choice().map(|item| item.choice.clone());
                let from = picker.from.take().map(|board| *board);
                self.overlay = None;
                match choice {
                    Some(Choice::Tag(tag)) => self.open_tag(&tag, from),
                    Some(Choice::Anew {
                        id,
                        target,
                        passage,
                    }) => {
                        self.overlay = from.map(Overlay::Notes);
                        self.set_anew(&id, target, &passage, moment, effects);
                    }
                    Some(Choice::Select(id)) => self.look_for_place(id),
                    Some(Choice::Act(action)) => self.act(action, moment, effects),
                    Some(Choice::Highlight(place)) => self.highlight(Some(place), moment, effects),
                    Some(Choice::Stand(index, side)) => {
                        self.stand(index, side, effects);
                        self.bring_along();
                    }
                    Some(Choice::Correct(correction)) => {
                        self.correct(Some(correction), moment, effects);
                    }
                    Some(Choice::AsFound) => self.correct(None, moment, effects),
                    None => self.overlay = from.map(Overlay::Notes),
                }
            }
            (Some(Overlay::Picker(picker)), Action::LineDown) => picker.list.step(1),
            (Some(Overlay::Picker(picker)), Action::LineUp) => picker.list.step(-1),
            (Some(Overlay::Picker(picker)), Action::PageDown) => picker.list.step(page),
            (Some(Overlay::Picker(picker)), Action::PageUp) => picker.list.step(-page),
            (Some(Overlay::Picker(picker)), _) => picker.list.act(action),
            _ => {}
        }
    }

    fn act_editing(&mut self, action: Action, moment: Moment, effects: &mut Vec<Effect>) {
        let Some(Overlay::Editor(editor)) = &mut self.overlay else {
            return;
        };
        match action {
            Action::Keep => self.close_editor(moment, effects),
            Action::Both if editor.may_be_about_both() => editor.turn_both(moment),
            Action::Both => {
                let none = self.lang.tr(
                    "a note on an exchange can be about two, with a question read opposite",
                    "eine Notiz zu einer Frage kann beiden gelten, wenn gegenüber eine gelesen wird",
                );
                self.say(none);
            }
            // A tag is one line.
            Action::NewLine if editor.kind() == &Motivation::Tagging => {
                self.close_editor(moment, effects)
            }
            Action::ExternalEditor => {
                let text = editor.text();
                self.save_draft(moment, effects);
                effects.push(Effect::Edit(text));
            }
            Action::Complete => editor.complete(moment),
            _ => editor.act(action, moment),
        }
    }

    pub(super) fn act_in_help(&mut self, action: Action) {
        let page = self.page();
        let Some(screen) = self.screen() else { return };
        let Some(help) = &mut self.help else { return };
        let last = super::help::last_top(
            help.context,
            &self.annotations.book.kinds,
            screen.body().height,
        );
        let by = match action {
            Action::LineDown => 1,
            Action::LineUp => -1,
            Action::PageDown => page,
            Action::PageUp => -page,
            Action::Start => isize::MIN,
            Action::End => isize::MAX,
            _ => {
                self.help = None;
                return;
            }
        };
        help.top = help.top.saturating_add_signed(by).min(last);
    }

    fn open_palette(&mut self) {
        let kinds = &self.annotations.book.kinds;
        let with_key = |place| named_actions().any(|(a, _)| a.highlight() == Some(place));
        let beyond = kinds
            .all()
            .enumerate()
            .filter(|(place, _)| !with_key(*place));
        let beyond = beyond.map(|(place, kind)| Item {
            label: keymap::highlight_as(kind, kinds, self.lang),
            aside: String::new(),
            choice: Choice::Highlight(place),
        });
        let items = named_actions()
            .filter(|(action, _)| *action != Action::Palette)
            .filter_map(|(action, binding)| {
                Some(Item {
                    label: binding.says_of(kinds, self.lang)?.into_owned(),
                    aside: binding.keys.to_owned(),
                    choice: Choice::Act(action),
                })
            })
            .chain(beyond)
            .collect();
        self.overlay = Some(Overlay::Picker(Picker::new(
            self.lang.tr("Actions", "Aktionen"),
            items,
            0,
        )));
    }

    fn show_times(&mut self) {
        let has_times = |column: &super::column::Column| {
            let interview = column.interview.as_ref();
            interview.is_some_and(|i| i.turns.iter().any(|turn| turn.time.is_some()))
        };
        if self.columns.iter().any(has_times) {
            self.times = !self.times;
        } else {
            self.say(self.lang.tr(
                "no times are known in these two",
                "von diesen beiden sind keine Zeiten bekannt",
            ));
        }
    }
}
