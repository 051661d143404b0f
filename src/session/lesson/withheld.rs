//! What must not be done while a lesson asks what is to come: whatever would show it, or change it.

use super::Learning;
use crate::session::{Action, Dialog, Panel, Screen, State, Tab};

/// Said instead.
pub(in crate::session) const LATER: &str =
    "What comes is hidden until you have chosen an answer; then the run goes on.";
const SCRIPT: &str = "The script may tell the answer, and so may JSON and the list of faults: they stay closed until \
     you have chosen one.";
const FILES: &str =
    "The pictures and logs of a run tell the answer, so they wait until you have chosen one.";
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
        let lesson = self.lesson.filter(Learning::hides_what_comes)?;
        match action {
            Action::Play { .. } | Action::PlayBySteps { .. } => Some(LATER),
            Action::Pause { at: to } | Action::Seek { to, .. } => {
                (*to > lesson.opened_at).then_some(LATER)
            }
            Action::Show(Screen::Compare(_)) => Some(LATER),
            Action::Panel(Some(panel)) if tells(*panel) => Some(SCRIPT),
            Action::Dialog(Some(Dialog::Share | Dialog::Embed)) => Some(FILES),
            Action::Tab(Tab::Panel) if self.panel.is_none() => Some(SCRIPT),
            Action::Change(_)
            | Action::Drag(_)
            | Action::Type(_)
            | Action::Spell(_)
            | Action::Write { .. }
            | Action::Mute { .. }
            | Action::Undo
            | Action::Redo
            | Action::Reset => Some(CHANGE),
            _ => None,
        }
    }

    /// As a question begins: at rest, and without what would tell the answer.
    pub(in crate::session) fn veiled(mut self) -> Self {
        let at = self.playback.anchor();
        self.lesson = self.lesson.map(|lesson| Learning { opened_at: at, ..lesson });
        if self.hides_what_comes() {
            self.playback = super::Playback::Paused { at };
            if self.panel.is_some_and(tells) {
                self.show_panel(None);
            }
        }
        self
    }
}
