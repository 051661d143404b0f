//! What must not be done while a lesson asks what is to come: whatever would show it, or change it.

use super::{LessonProgress, base};
use crate::session::{Action, Dialog, Panel, Playback, Screen, State, Tab};

/// Said instead.
pub(in crate::session) const LATER: &str =
    "What comes is hidden until you have chosen an answer; then the run goes on.";
const SCRIPT: &str = "The script may tell the answer, and so may JSON and the list of faults: they stay closed until \
     you have chosen one.";
const FILES: &str =
    "The pictures and logs of a run tell the answer, so they wait until you have chosen one.";
/// Said of a step before the question.
const SOON: &str =
    "The next steps ask what comes, so this waits until you have answered their question.";
const CHANGE: &str = "Choose an answer first; then the run can be changed.";

/// Whether a panel has what befalls in it, past and to come.
const fn tells(panel: Panel) -> bool {
    match panel {
        Panel::Script | Panel::Json | Panel::Faults => true,
        Panel::SetUp => false,
    }
}

impl State {
    /// Whether a lesson asks what is to come, and has no answer yet.
    pub fn hides_what_comes(&self) -> bool {
        self.lesson.is_some_and(|lesson| lesson.hides_what_comes())
    }

    /// Why an action has to wait for the answer; nothing where it may be done.
    pub(in crate::session) fn withholds(&self, action: &Action) -> Option<&'static str> {
        let lesson = self.lesson?;
        if lesson.ends_at().is_some() {
            return match action {
                Action::Show(Screen::Compare(_))
                | Action::Dialog(Some(Dialog::Share | Dialog::Embed)) => Some(SOON),
                _ => None,
            };
        }
        if !lesson.hides_what_comes() {
            return None;
        }
        match action {
            Action::Play { .. } | Action::PlayBySteps { .. } => Some(LATER),
            Action::Pause { at: to } | Action::Seek { to, .. } => {
                (*to > lesson.at).then_some(LATER)
            }
            Action::Show(Screen::Compare(_)) => Some(LATER),
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
            _ => None,
        }
    }

    /// As a step begins: with what it opened with, to which it can be restored; and as a question
    /// begins, at rest, and without what would tell the answer.
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
