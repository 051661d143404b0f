//! A figure in somebody else's page: it plays a stretch of the run, shows what a small frame can hold,
//! and leaves the rest to the page that *Open* leads to.

use super::{Action, PlaybackPace, State};
use crate::time::Time;

/// How an embedded figure is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EmbedState {
    /// Where it opens, and where playing begins again.
    pub start: Time,
    /// Where playing ends, unless the run ends before it.
    pub end: Option<Time>,
    /// Where playing pauses once, if it comes by: what the page around asks for.
    pub stop: Option<Time>,
    /// What it shows until it is played, as its poster did: playing begins at the start.
    pub cover: Option<Time>,
    /// It can be played and looked at, and not changed.
    pub is_readonly: bool,
}

impl EmbedState {
    /// Where playing ends, in a run that ends so.
    pub fn until(&self, end: Time) -> Time {
        self.end.map_or(end, |stop| stop.min(end))
    }

    /// Without a stop that does not lie ahead of an instant.
    #[must_use]
    pub fn ahead_of(self, from: Time) -> Self {
        Self { stop: self.stop.filter(|&stop| from < stop), ..self }
    }

    /// How playing goes on: within what the figure shows, and to the stop.
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
    /// Where playing begins again from its end.
    pub fn start(&self) -> Time {
        self.embed_state.map_or(Time::ZERO, |guest| guest.start)
    }

    /// Whether what is shown is but the cover of a figure.
    pub fn is_cover(&self, cursor: Time) -> bool {
        self.embed_state.is_some_and(|guest| guest.cover == Some(cursor))
    }

    /// Where playing pauses on the way to an instant.
    pub fn stop_before(&self, from: Time, to: Time) -> Option<Time> {
        self.embed_state?.stop.filter(|&stop| from < stop && stop <= to)
    }

    /// Where playing pauses once, from now on; a pause there or beyond is that one.
    pub(super) fn stop_at(&mut self, stop: Option<Time>) {
        self.embed_state = self.embed_state.map(|guest| EmbedState { stop, ..guest });
    }

    /// Where playing ends, in a run that ends so.
    pub fn until(&self, end: Time) -> Time {
        self.embed_state.map_or(end, |guest| guest.until(end))
    }

    /// Whether a figure can only be looked at.
    pub fn is_readonly(&self) -> bool {
        self.embed_state.is_some_and(|guest| guest.is_readonly)
    }

    /// Why a figure does not do what the page would; nothing where it does.
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
