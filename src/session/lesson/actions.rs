//! The actions on a lesson, and which other actions are refused because they would show an answer.

use super::{LessonProgress, base};
use crate::session::action::{HIDDEN, LessonAction};
use crate::session::{Action, Dialog, Panel, Playback, Screen, State, Tab};

impl State {
    pub(in crate::session) fn attend(&mut self, attend: LessonAction) {
        match (attend, self.lesson) {
            (LessonAction::Enter(place), _) => self.enter(place, self.remembered.step(place)),
            (LessonAction::EnterStep(place, step), _) => self.enter(place, step),
            (LessonAction::Restore, Some(lesson)) => {
                self.enter(lesson.place(), lesson.step_place())
            }
            (LessonAction::Answer(choice), Some(lesson)) => {
                self.lesson = Some(lesson.answer(choice))
            }
            (LessonAction::Reached(at), Some(lesson)) => {
                let reached = lesson.reached(at);
                if reached != lesson {
                    // A jump past the instant is taken back, since the words that follow are about it.
                    self.playback = Playback::Paused { at: reached.at };
                }
                self.lesson = Some(reached);
            }
            (LessonAction::Next, Some(lesson)) => self.go_on(lesson),
            (LessonAction::Back, Some(lesson)) => {
                if let Some(before) = lesson.back() {
                    self.enter(before.place(), before.step_place());
                }
            }
            (LessonAction::Leave, Some(_)) => {
                self.lesson = None;
                self.screen = Screen::Gallery;
            }
            (_, None) => {}
        }
    }

    /// Goes to the next step, to the next lesson, or back to the gallery.
    fn go_on(&mut self, lesson: LessonProgress) {
        if let Some(next) = lesson.next() {
            self.remembered.reach(next.place(), next.step_place());
            self.lesson = Some(next);
            let goes_on = base(self) == lesson.base;
            if goes_on {
                self.playback = Playback::Paused { at: lesson.at };
            }
            *self = next.opened(self, goes_on);
        } else if lesson.is_finished() {
            self.remembered.finish(lesson.place());
            self.lesson = None;
            self.enter(lesson.place() + 1, 0);
            if self.lesson.is_none() {
                self.screen = Screen::Gallery;
            }
        }
    }

    fn enter(&mut self, place: usize, step: usize) {
        if let Some(lesson) = LessonProgress::enter(place, step) {
            self.remembered.reach(place, step);
            self.lesson = Some(lesson);
            self.screen = Screen::Stage;
            *self = lesson.opened(self, false);
        }
    }

    /// Updates the lesson after an action.
    pub(in crate::session) fn tell_lesson(&mut self, before: &Self, action: &Action) {
        self.lesson = self.lesson.map(|lesson| lesson.texts(before, action, self));
    }
}

const SCRIPT: &str = "The script may tell the answer, and so may JSON, the list of faults, a search and what comes of \
     other settings: they stay closed until you have chosen one.";
const FILES: &str =
    "The pictures and logs of a run tell the answer, so they wait until you have chosen one.";
/// The notice before a step with a question.
const SOON: &str =
    "The next steps ask what comes, so this waits until you have answered their question.";
const CHANGE: &str = "Choose an answer first; then the run can be changed.";

/// Whether a panel shows faults, including those to come, or what comes of some.
const fn tells(panel: Panel) -> bool {
    match panel {
        Panel::Script | Panel::Json | Panel::Faults | Panel::Search | Panel::WhatIf => true,
        Panel::SetUp => false,
    }
}

impl State {
    /// Whether a lesson asks what comes and has no answer yet.
    pub fn hides_what_comes(&self) -> bool {
        self.lesson.is_some_and(|lesson| lesson.hides_what_comes())
    }

    /// The notice for an action that has to wait for an answer; `None` if it may be applied.
    pub(in crate::session) fn withholds(&self, action: &Action) -> Option<&'static str> {
        let lesson = self.lesson?;
        if lesson.ends_at().is_some() {
            let shows_all = matches!(
                action,
                Action::Show(Screen::Compare(_))
                    | Action::Dialog(Some(Dialog::Share | Dialog::Embed))
            );
            return shows_all.then_some(SOON);
        }
        if !lesson.hides_what_comes() {
            return None;
        }
        match action {
            Action::Play { .. } | Action::PlayBySteps { .. } => Some(HIDDEN),
            Action::Pause { at: to } | Action::Seek { to, .. } => {
                (*to > lesson.at).then_some(HIDDEN)
            }
            Action::Show(Screen::Compare(_)) => Some(HIDDEN),
            Action::Panel(Some(panel)) if tells(*panel) => Some(SCRIPT),
            Action::Dialog(Some(Dialog::Share | Dialog::Embed)) => Some(FILES),
            Action::Tab(Tab::Panel) if self.panel.is_none() => Some(SCRIPT),
            Action::Change(_)
            | Action::Drag(_)
            | Action::Type(_)
            | Action::ReplaceScenario(_)
            | Action::Write { .. }
            | Action::Disable { .. }
            | Action::Undo
            | Action::Redo
            | Action::Reset => Some(CHANGE),
            Action::Show(_)
            | Action::Panel(_)
            | Action::Dialog(_)
            | Action::Tab(_)
            | Action::Begin(_)
            | Action::Open(_)
            | Action::OpenAddress { .. }
            | Action::Check(_)
            | Action::StopAt(_)
            | Action::SetSpeed { .. }
            | Action::ToggleLoop { .. }
            | Action::ToggleSkip { .. }
            | Action::Select(_)
            | Action::Hover(_)
            | Action::Group(_)
            | Action::ToggleKind(_)
            | Action::ShowOnly(_)
            | Action::DraftJson(_)
            | Action::Settle
            | Action::GiveUp
            | Action::Why(_)
            | Action::Window(_)
            | Action::View(_)
            | Action::Present(_)
            | Action::Lesson(_)
            | Action::Hold { .. }
            | Action::Release { .. }
            | Action::Vary(_)
            | Action::Say(_) => None,
        }
    }

    /// The state in which a step begins. It remembers the scenario to which the step can be restored. If a
    /// question is pending, playback pauses and panels that would show the answer close.
    pub(in crate::session) fn begun(mut self) -> Self {
        let at = self.playback.anchor();
        let base = base(&self);
        self.lesson = self.lesson.map(|lesson| LessonProgress { at, base, ..lesson });
        let waits = self.lesson.is_some_and(|lesson| lesson.ends_at().is_some());
        if self.hides_what_comes() || waits {
            self.playback = Playback::Paused { at };
            if self.panel.is_some_and(tells) {
                self.show_panel(None);
            }
            if matches!(self.screen, Screen::Compare(_)) {
                self.screen = Screen::Stage;
            }
        }
        self
    }
}
