//! Carries out an action of the table: one match on where it is meant, each arm a word to the part it concerns.

use std::ops::Range;

use ratatui::layout::Position;

use super::board::Board;
use super::column::selection::{Selection, Step};
use super::effect::Effect;
use super::keymap::{Action, Context};
use super::line::TypedLine;
use super::message::{Moment, Mouse};
use super::picker::{Choice, Item, Picker};
use super::questions::Row;
use super::{App, Focus, Overlay, Side, named_actions};
use crate::notes::{Motivation, Verdict};

/// How many rows the wheel turns at once.
const WHEEL: isize = 3;

impl App {
    /// Carries out `action` where the reader is.
    pub(super) fn act(&mut self, action: Action, moment: Moment, effects: &mut Vec<Effect>) {
        match action {
            Action::Redraw => return effects.push(Effect::Redraw),
            Action::Suspend => return effects.push(Effect::Suspend),
            Action::Help => {
                let context = self.context();
                self.overlay = Some(Overlay::Help(context, 0));
                return;
            }
            _ => {}
        }
        match self.context() {
            Context::Reader => self.act_reading(action, moment, effects),
            Context::Selection => self.act_selecting(action, moment, effects),
            Context::Filter => self.act_filtering(action),
            Context::Line => self.act_on_line(action, moment, effects),
            Context::Editor => self.act_editing(action, moment, effects),
            Context::Notes => self.act_on_notes(action, moment, effects),
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
                Focus::Questions => self.read_chosen(),
                _ => self.bring_along(),
            },
            Action::LineDown => self.move_by(1),
            Action::LineUp => self.move_by(-1),
            Action::PageDown => self.move_by(self.page()),
            Action::PageUp => self.move_by(-self.page()),
            Action::HalfDown => self.move_by(self.page() / 2),
            Action::HalfUp => self.move_by(-(self.page() / 2)),
            Action::Start => self.to_end(false),
            Action::End => self.to_end(true),
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
            Action::Link => self.judge(Verdict::Confirmed, moment, effects),
            Action::Unlink => self.judge(Verdict::Rejected, moment, effects),
            Action::Search => self.overlay = Some(Overlay::Search(TypedLine::default())),
            Action::SearchNext => self.search_next(true),
            Action::SearchPrevious => self.search_next(false),
            Action::Select => self.begin_selection(),
            Action::Notes => {
                self.overlay = Some(Overlay::Notes(Board::new(&self.annotations, self.lang)))
            }
            Action::Edit => self.edit_here(),
            Action::Delete => self.delete_here(moment, effects),
            Action::Undo => self.undo(moment, false, effects),
            Action::Redo => self.undo(moment, true, effects),
            Action::Choose => self.choose_interview(),
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

    /// What is done with a passage, whether one is selected or not.
    fn act_on_passage(&mut self, action: Action, moment: Moment, effects: &mut Vec<Effect>) {
        match action {
            Action::Comment => self.begin_note(Motivation::Commenting, moment, effects),
            Action::Highlight => self.begin_note(Motivation::Highlighting, moment, effects),
            Action::Bookmark => self.begin_note(Motivation::Bookmarking, moment, effects),
            Action::Tag => self.begin_note(Motivation::Tagging, moment, effects),
            Action::Copy => self.copy(false, effects),
            Action::CopyWithSource => self.copy(true, effects),
            _ => {}
        }
    }

    fn act_selecting(&mut self, action: Action, moment: Moment, effects: &mut Vec<Effect>) {
        let side = self.side();
        let Some(interview) = self.interview(side).cloned() else {
            return;
        };
        let column = self.column_mut(side);
        let Some(selection) = &mut column.selection else {
            return;
        };
        let (step, on) = match action {
            Action::NextWord => (Step::Word, true),
            Action::PreviousWord => (Step::Word, false),
            Action::NextSentence => (Step::Sentence, true),
            Action::PreviousSentence => (Step::Sentence, false),
            Action::NextParagraph => (Step::Paragraph, true),
            Action::PreviousParagraph => (Step::Paragraph, false),
            Action::Select => return selection.pin(),
            Action::OtherEnd => {
                selection.other_end();
                let caret = selection.caret.clone();
                return column.show(&caret);
            }
            Action::Cancel => {
                column.selection = None;
                return;
            }
            _ => return self.act_on_passage(action, moment, effects),
        };
        selection.step(&interview, step, on);
        let caret = selection.caret.clone();
        let current = column.current;
        column.show(&caret);
        column.current = current;
    }

    fn act_filtering(&mut self, action: Action) {
        match action {
            Action::Accept => self.read_chosen(),
            Action::LineDown => self.move_by(1),
            Action::LineUp => self.move_by(-1),
            Action::PageDown => self.move_by(self.page()),
            Action::PageUp => self.move_by(-self.page()),
            Action::NextPane => self.turn_focus(true),
            Action::PreviousPane => self.turn_focus(false),
            Action::Cancel => self.cancel(),
            _ => {
                if self.questions.typed.act(action) {
                    self.filter_changed();
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
            (Some(Overlay::Notes(board)), _) => board.act(action),
            (_, Action::Cancel) => self.overlay = None,
            (Some(Overlay::Search(line)), Action::Accept) => {
                let query = line.text().to_owned();
                self.overlay = None;
                self.search(&query);
            }
            (Some(Overlay::Search(line)), _) => drop(line.act(action)),
            (Some(Overlay::Picker(picker)), Action::Accept) => {
                let choice = picker.choice();
                self.overlay = None;
                match choice {
                    Some(Choice::Act(action)) => self.act(action, moment, effects),
                    Some(Choice::Stand(index, side)) => self.stand(index, side, effects),
                    None => {}
                }
            }
            (Some(Overlay::Picker(picker)), Action::LineDown) => picker.step(1),
            (Some(Overlay::Picker(picker)), Action::LineUp) => picker.step(-1),
            (Some(Overlay::Picker(picker)), Action::PageDown) => picker.step(page),
            (Some(Overlay::Picker(picker)), Action::PageUp) => picker.step(-page),
            (Some(Overlay::Picker(picker)), _) => picker.act(action),
            _ => {}
        }
    }

    fn act_editing(&mut self, action: Action, moment: Moment, effects: &mut Vec<Effect>) {
        let Some(Overlay::Editor(editor)) = &mut self.overlay else {
            return;
        };
        match action {
            Action::Keep => self.close_editor(moment, effects),
            // A tag is one line.
            Action::NewLine if editor.kind() == &Motivation::Tagging => {
                self.close_editor(moment, effects)
            }
            Action::ExternalEditor => {
                effects.extend(editor.draft(moment.time));
                effects.push(Effect::Edit(editor.text()));
            }
            _ => editor.act(action, moment),
        }
    }

    fn act_on_notes(&mut self, action: Action, moment: Moment, effects: &mut Vec<Effect>) {
        let page = self.page() / 4;
        let Some(Overlay::Notes(board)) = &mut self.overlay else {
            return;
        };
        match action {
            Action::LineDown => board.step(1),
            Action::LineUp => board.step(-1),
            Action::PageDown => board.step(page),
            Action::PageUp => board.step(-page),
            Action::Start => board.step(isize::MIN),
            Action::End => board.step(isize::MAX),
            Action::Filter => board.typing = true,
            Action::Cancel if !board.typed.text().is_empty() => board.clear_filter(),
            Action::Cancel => self.overlay = None,
            Action::Undo => self.undo(moment, false, effects),
            Action::Redo => self.undo(moment, true, effects),
            _ => {
                let Some(card) = board.choice().cloned() else {
                    return;
                };
                match action {
                    Action::Accept => self.go_to_note(&card.note.id, effects),
                    Action::Edit => self.edit_note(card.note),
                    Action::Delete => self.delete_note(&card.note.id, moment, effects),
                    Action::Copy | Action::CopyWithSource => {
                        let target = card.note.targets.first();
                        let quote = target.map_or("", |target| &target.anchor.exact).to_owned();
                        let source = (action == Action::CopyWithSource).then_some(card.place);
                        self.copy_text(&quote, source, effects);
                    }
                    _ => {}
                }
            }
        }
    }

    fn act_in_help(&mut self, action: Action) {
        let page = self.page();
        let Some(screen) = self.screen() else { return };
        let Some(Overlay::Help(context, top)) = &mut self.overlay else {
            return;
        };
        let last = super::help::last_top(*context, screen.body().height);
        let by = match action {
            Action::LineDown => 1,
            Action::LineUp => -1,
            Action::PageDown => page,
            Action::PageUp => -page,
            Action::Start => isize::MIN,
            Action::End => isize::MAX,
            _ => {
                self.overlay = None;
                return;
            }
        };
        *top = top.saturating_add_signed(by).min(last);
    }

    /// Moves within the pane that has the focus: by questions in the list, by rows in a column.
    fn move_by(&mut self, by: isize) {
        match self.focus.side() {
            Some(side) => {
                self.pairing.lead = side;
                self.scroll(side, by);
            }
            None => {
                self.questions.step(by);
                self.preview();
            }
        }
    }

    fn to_end(&mut self, end: bool) {
        self.leave_place();
        let Some(side) = self.focus.side() else {
            self.questions
                .step(if end { isize::MAX } else { isize::MIN });
            return self.preview();
        };
        self.pairing.lead = side;
        let before = self.column(side).current;
        let column = self.column_mut(side);
        if end {
            column.end()
        } else {
            column.start()
        }
        self.moved(side, before);
    }

    /// A page of the pane that has the focus, in rows, with two rows of overlap.
    fn page(&self) -> isize {
        let rows = match (self.screen(), self.focus.side()) {
            (Some(screen), Some(side)) => {
                screen.columns[side.index()].map_or(10, |area| area.text.height)
            }
            (Some(screen), None) => screen.questions.map_or(10, |list| list.height),
            (None, _) => 10,
        };
        isize::from(i16::try_from(rows).unwrap_or(i16::MAX))
            .saturating_sub(2)
            .max(1)
    }

    fn step_question(&mut self, by: isize) {
        let side = self.side();
        let Some(count) = self
            .interview(side)
            .map(|i| i.exchanges.len())
            .filter(|count| *count > 0)
        else {
            return;
        };
        let next = match self.column(side).current {
            Some(here) => here.saturating_add_signed(by).min(count - 1),
            None if self.column(side).top.paragraph == 0 => 0,
            None => count - 1,
        };
        self.leave_place();
        self.lead_to(side, next);
        if self.focus.side().is_none() {
            self.questions.choose(side, next);
        }
    }

    /// Shows the chosen question in its column, with its best parallel opposite.
    fn preview(&mut self) {
        if let Some((side, exchange)) = self.questions.choice() {
            self.lead_to(side, exchange);
        }
    }

    /// Goes to the column of the chosen question.
    fn read_chosen(&mut self) {
        if let Some((side, exchange)) = self.questions.choice() {
            self.leave_place();
            self.lead_to(side, exchange);
            self.focus = Focus::from(side);
        }
    }

    pub(super) fn filter_changed(&mut self) {
        self.questions.refilter();
        if !self.questions.typed.text().is_empty() {
            self.preview();
        }
    }

    /// Leaves what is open, the innermost first.
    fn cancel(&mut self) {
        let in_list = self.focus.side().is_none();
        if in_list && !self.questions.typed.text().is_empty() || self.focus == Focus::Filter {
            self.questions.typed = TypedLine::default();
            self.questions.refilter();
            let lead = self.pairing.lead;
            if let Some(exchange) = self.column(lead).current {
                self.questions.choose(lead, exchange);
            }
            self.focus = Focus::from(lead);
        } else if in_list {
            self.focus = Focus::from(self.pairing.lead);
        } else if !self.seek.query.is_empty() {
            self.seek = Default::default();
        }
    }

    fn turn_focus(&mut self, on: bool) {
        let order = [Focus::Questions, Focus::Left, Focus::Right];
        let here = match self.focus {
            Focus::Questions | Focus::Filter => 0,
            Focus::Left => 1,
            Focus::Right => 2,
        };
        self.focus_on(order[(here + if on { 1 } else { 2 }) % 3]);
    }

    /// Gives a pane the focus; a column that has it leads.
    fn focus_on(&mut self, focus: Focus) {
        let left = self.side();
        self.column_mut(left).selection = None;
        self.focus = focus;
        if let Some(side) = focus.side() {
            self.pairing.lead = side;
        }
    }

    fn begin_selection(&mut self) {
        let side = self.side();
        self.focus = Focus::from(side);
        let Some(interview) = self.interview(side).cloned() else {
            return;
        };
        let seen = self.column(side).seen();
        let hit = self
            .seek
            .here(side)
            .filter(|hit| seen.contains(&hit.start))
            .map(|hit| hit.start);
        let current = self
            .column(side)
            .current
            .and_then(|e| interview.exchanges.get(e));
        let exchange = current.map(|exchange| interview.span(exchange.paragraphs.clone()).start);
        let first = exchange.filter(|start| seen.contains(start));
        let from = hit.or(first).unwrap_or(seen.start);
        self.column_mut(side).selection = Selection::begin(&interview, from);
    }

    fn copy(&mut self, with_source: bool, effects: &mut Vec<Effect>) {
        let side = self.side();
        let Some(interview) = self.interview(side).cloned() else {
            return;
        };
        let column = self.column(side);
        let range = match (&column.selection, column.current) {
            (Some(selection), _) => selection.range(),
            (None, Some(exchange)) => {
                interview.span(interview.exchanges[exchange].paragraphs.clone())
            }
            (None, None) => column.seen(),
        };
        let number = interview
            .exchange_of(interview.paragraph_at(range.start))
            .map(|exchange| exchange + 1);
        let metadata = &interview.metadata;
        let known = [
            Some(interview.label().to_owned()),
            metadata
                .organisation
                .clone()
                .filter(|o| o != interview.label()),
            metadata.date.clone(),
            number.map(|number| format!("{} {number}", self.lang.tr("question", "Frage"))),
        ];
        let source = known.into_iter().flatten().collect::<Vec<_>>().join(", ");
        self.copy_text(
            &interview.text[range],
            with_source.then_some(source),
            effects,
        );
        self.column_mut(side).selection = None;
    }

    fn copy_text(&mut self, quote: &str, source: Option<String>, effects: &mut Vec<Effect>) {
        let text = match source {
            Some(source) => format!(
                "{}\n({source})",
                self.lang.tr(format!("“{quote}”"), format!("„{quote}“"))
            ),
            None => quote.to_owned(),
        };
        let words = crate::text::words(quote).count();
        self.say(format!(
            "{}: {words} {}",
            self.lang.tr("copied", "kopiert"),
            self.lang.tr("words", "Wörter")
        ));
        effects.push(Effect::Copy(text));
    }

    /// Goes to where a note stands.
    fn go_to_note(&mut self, id: &crate::notes::Id, effects: &mut Vec<Effect>) {
        match self.place_of(id) {
            Ok(passage) => {
                self.overlay = None;
                self.leave_place();
                let standing = Side::BOTH
                    .into_iter()
                    .find(|side| self.column(*side).index == passage.interview);
                let side = standing.unwrap_or(self.pairing.lead);
                self.stand(passage.interview, side, effects);
                self.focus = Focus::from(side);
                self.pairing.lead = side;
                self.show_passage(side, &passage.range);
            }
            Err(why) => self.warn(why),
        }
    }

    /// Brings a passage of the column on `side` into view, and the other column along.
    pub(super) fn show_passage(&mut self, side: Side, range: &Range<usize>) {
        let before = self.column(side).current;
        self.column_mut(side).show(range);
        self.moved(side, before);
    }

    fn open_palette(&mut self) {
        let items = named_actions()
            .filter(|(action, _)| *action != Action::Palette)
            .map(|(action, binding)| Item {
                label: binding.says(self.lang).to_owned(),
                aside: binding.keys.to_owned(),
                choice: Choice::Act(action),
            })
            .collect();
        self.overlay = Some(Overlay::Picker(Picker::new(
            self.lang.tr("Actions", "Aktionen"),
            items,
            0,
        )));
    }

    fn choose_interview(&mut self) {
        let side = self.side();
        let items = self
            .library
            .iter()
            .enumerate()
            .map(|(index, entry)| {
                let interview = entry.interview.as_deref();
                Item {
                    label: interview
                        .map_or(entry.name.as_str(), |i| i.label())
                        .to_owned(),
                    aside: match (interview, &entry.problem) {
                        (Some(i), _) => i.metadata.date.clone().unwrap_or_default(),
                        (None, Some(_)) => self.lang.tr("can't be read", "nicht lesbar").to_owned(),
                        (None, None) => self.lang.tr("being read", "wird gelesen").to_owned(),
                    },
                    choice: Choice::Stand(index, side),
                }
            })
            .collect();
        let title = match side {
            Side::Left => self.lang.tr("Left column", "Linke Spalte"),
            Side::Right => self.lang.tr("Right column", "Rechte Spalte"),
        };
        let here = self.column(side).index;
        self.overlay = Some(Overlay::Picker(Picker::new(title, items, here)));
    }

    /// The mouse: a click chooses what is under it, the wheel turns it.
    pub(super) fn mouse(&mut self, mouse: Mouse, at: Position) {
        let Some(screen) = self.screen() else { return };
        let by = match mouse {
            Mouse::Click => 0,
            Mouse::WheelUp => -WHEEL,
            Mouse::WheelDown => WHEEL,
        };
        match &mut self.overlay {
            Some(Overlay::Picker(picker)) => return picker.step(by.signum()),
            Some(Overlay::Notes(board)) => return board.step(by.signum()),
            Some(Overlay::Help(..)) => {
                let action = if by < 0 {
                    Action::LineUp
                } else {
                    Action::LineDown
                };
                if by != 0 {
                    (0..WHEEL).for_each(|_| self.act_in_help(action));
                }
                return;
            }
            Some(Overlay::Editor(_) | Overlay::Search(_)) => return,
            None => {}
        }
        if let Some(list) = screen.questions.filter(|list| list.contains(at)) {
            return self.mouse_in_list(mouse, by, usize::from(at.y - list.y), list.height);
        }
        for side in Side::BOTH {
            let Some(area) = screen.columns[side.index()].filter(|area| area.whole.contains(at))
            else {
                continue;
            };
            if mouse == Mouse::Click {
                self.focus_on(Focus::from(side));
                let row = at.y.checked_sub(area.text.y).map(usize::from);
                let paragraph = row
                    .and_then(|row| self.column(side).rows.get(row))
                    .map(|row| row.paragraph);
                let exchange = paragraph.and_then(|p| self.interview(side)?.exchange_of(p));
                if exchange.is_some() && exchange != self.column(side).current {
                    self.column_mut(side).current = exchange;
                    self.bring_along();
                }
            } else {
                self.scroll(side, by);
            }
        }
    }

    fn mouse_in_list(&mut self, mouse: Mouse, by: isize, row: usize, height: u16) {
        let first = usize::from(height) - super::questions_height(height);
        if mouse != Mouse::Click {
            self.questions.step(by.signum());
            self.preview();
        } else if row < first {
            self.focus = Focus::Filter;
        } else if let Some(Row::Question(_, _, place)) =
            self.questions.row(self.questions.top + row - first)
        {
            self.questions.chosen = place;
            self.read_chosen();
        }
    }
}
