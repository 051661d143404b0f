//! The state of a figure in another page. A figure plays a span of the run, shows what fits into a small
//! frame, and leaves the rest to the page that *Open* leads to.

use super::{Action, PlaybackPace, State};
use crate::time::Time;

/// The state of an embedded figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EmbedState {
    /// The initial cursor, and the instant from which playback starts again.
    pub start: Time,
    /// The end of playback, unless the run ends before it.
    pub end: Option<Time>,
    /// An instant at which playback pauses once, as the host page requested.
    pub stop: Option<Time>,
    /// The instant that is shown before the first playback, as on the poster; playback begins at `start`.
    pub cover: Option<Time>,
    /// Whether the figure can be played but not edited.
    pub is_readonly: bool,
}

impl EmbedState {
    /// The end of playback in a run that ends at `end`.
    pub fn until(&self, end: Time) -> Time {
        self.end.map_or(end, |stop| stop.min(end))
    }

    /// The state without a stop at or before an instant.
    #[must_use]
    pub fn ahead_of(self, from: Time) -> Self {
        Self { stop: self.stop.filter(|&stop| from < stop), ..self }
    }

    /// Limits the pace of playback to the figure's span and its stop.
    #[must_use]
    pub fn pace(&self, pace: PlaybackPace) -> PlaybackPace {
        let end = self.until(pace.end);
        match self.stop.filter(|&stop| stop < end) {
            Some(stop) => PlaybackPace { start: self.start, end: stop, is_looping: false, ..pace },
            None => PlaybackPace { start: self.start, end, ..pace },
        }
    }
}

const READONLY: &str = "This figure is for looking at. Open it to change it.";
const ELSEWHERE: &str = "There is no room for that here. Open the figure to have all of it.";

impl State {
    /// The instant from which playback starts again after the end.
    pub fn start(&self) -> Time {
        self.embed_state.map_or(Time::ZERO, |guest| guest.start)
    }

    /// Whether the cursor shows the cover of a figure.
    pub fn is_cover(&self, cursor: Time) -> bool {
        self.embed_state.is_some_and(|guest| guest.cover == Some(cursor))
    }

    /// The requested stop after `from` and up to `to`.
    pub fn stop_before(&self, from: Time, to: Time) -> Option<Time> {
        self.embed_state?.stop.filter(|&stop| from < stop && stop <= to)
    }

    /// Sets or clears the instant at which playback pauses once.
    pub(super) fn stop_at(&mut self, stop: Option<Time>) {
        self.embed_state = self.embed_state.map(|guest| EmbedState { stop, ..guest });
    }

    /// The end of playback in a run that ends at `end`.
    pub fn until(&self, end: Time) -> Time {
        self.embed_state.map_or(end, |guest| guest.until(end))
    }

    /// Whether this is a figure that cannot be edited.
    pub fn is_readonly(&self) -> bool {
        self.embed_state.is_some_and(|guest| guest.is_readonly)
    }

    /// The notice for an action that a figure does not support; `None` if it does.
    pub(super) fn declines(&self, action: &Action) -> Option<&'static str> {
        let guest = self.embed_state?;
        match action {
            Action::Why(Some(_))
            | Action::Show(_)
            | Action::Present(_)
            | Action::Panel(_)
            | Action::Dialog(Some(_))
            | Action::Lesson(_) => Some(ELSEWHERE),
            Action::Change(_)
            | Action::Drag(_)
            | Action::Type(_)
            | Action::Write { .. }
            | Action::Disable { .. }
            | Action::ReplaceScenario(_)
                if guest.is_readonly =>
            {
                Some(READONLY)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Change, script};
    use crate::session::{Dialog, Document};

    fn figure(guest: EmbedState) -> State {
        let Ok(document) = Document::read("at 100ms crash 6\nat 200ms suspect 3") else {
            panic!("it can be read")
        };
        State { embed_state: Some(guest), ..State::new(document) }
    }

    fn crash(state: &State) -> State {
        let scenario = script::parse("at 300ms crash 5").unwrap_or_default();
        let Some(entry) = scenario.timeline.first().cloned() else { panic!("it has a line") };
        state.apply(Action::Change(Change::Add(entry)))
    }

    #[test]
    fn a_figure_for_looking_at_says_why_it_does_not_change() {
        let state = figure(EmbedState { is_readonly: true, ..EmbedState::default() });
        let after = crash(&state);
        assert_eq!(after.document(), state.document());
        assert_eq!(after.notice.as_deref(), Some(READONLY));
        assert_ne!(crash(&figure(EmbedState::default())).document(), state.document());
    }

    #[test]
    fn what_a_frame_has_no_room_for_is_left_to_the_page() {
        let state = figure(EmbedState::default()).apply(Action::Dialog(Some(Dialog::Help)));
        assert_eq!((state.dialog, state.notice.as_deref()), (None, Some(ELSEWHERE)));
    }

    #[test]
    fn playing_ends_with_the_stretch_or_with_the_run() {
        let end = Time::ms(400);
        let state = figure(EmbedState { end: Some(end), ..EmbedState::default() });
        assert_eq!(state.until(Time::ms(2_000)), end);
        assert_eq!(state.until(Time::ms(300)), Time::ms(300));
        assert_eq!(figure(EmbedState::default()).until(end), end);
    }
}
