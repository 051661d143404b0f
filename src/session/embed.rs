//! Figures in other pages: the dialog that makes one, with its form and snippet; and the state of a figure. A
//! figure plays a span of the run, shows what fits into a small frame, and leaves the rest to the page that
//! *Open* leads to.

use super::{Action, Document, PlaybackPace, RunView, State};
use crate::export::snippet::SnippetForm;
use crate::presets;
use crate::scenario::script::field;
use crate::scenario::{FigureOption, FigureOptions, FigureValue};
use crate::time::Time;
use crate::tools::{SnippetRequest, ToolsRequest, written_options};

/// The choices in the dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbedForm {
    pub way: SnippetForm,
    pub options: FigureOptions,
    /// Whether the snippet contains a poster, the picture that is shown until the figure plays.
    pub has_poster: bool,
}

impl EmbedForm {
    /// The initial form: the figure starts at the page's cursor.
    pub fn new(document: &Document, at: Time) -> Self {
        let is_preset = presets::ALL.iter().any(|preset| preset.script == document.text());
        let start = (at > Time::ZERO).then_some(at);
        Self {
            way: SnippetForm::default(),
            options: FigureOptions { start, ..FigureOptions::default() },
            // Presets have poster files beside the page.
            has_poster: !is_preset,
        }
    }

    /// The text of an option's field; empty if the option is not set.
    pub fn written(&self, option: FigureOption) -> String {
        self.options.get(option).map_or_else(String::new, |value| value.to_string())
    }

    /// The form with an option set; an empty text clears it.
    ///
    /// # Errors
    /// A sentence that says what the field may hold.
    pub fn with(&self, option: FigureOption, text: &str) -> Result<Self, String> {
        let value = match text.trim() {
            "" => None,
            text => {
                let wrong = || format!("Write {}.", option.expected());
                Some(field::figure_value(option, text).ok_or_else(wrong)?)
            }
        };
        let mut form = self.clone();
        form.options.set(option, value);
        Ok(form)
    }

    /// Whether a switch differs from its default.
    pub fn is_ticked(&self, option: FigureOption) -> bool {
        let value = self.options.get(option);
        value.is_some() && value != option.default_value(Time::ZERO)
    }

    /// The form with a switch flipped.
    #[must_use]
    pub fn toggled(&self, option: FigureOption) -> Self {
        let other = option.default_value(Time::ZERO).and_then(FigureValue::opposite);
        let mut form = self.clone();
        form.options.set(option, other.filter(|_| !self.is_ticked(option)));
        form
    }

    /// The question for the lines and the preview. `player` is the address of the page.
    pub fn request(&self, document: &Document, run_view: &RunView, player: &str) -> ToolsRequest {
        ToolsRequest::Snippet(SnippetRequest {
            script: document.text().to_owned(),
            group: run_view.group.0,
            form: self.way,
            options: written_options(&self.options),
            has_poster: self.has_poster,
            player: player.to_owned(),
        })
    }
}

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
        self.embed_state.map_or(Time::ZERO, |embed| embed.start)
    }

    /// Whether the cursor shows the cover of a figure.
    pub fn is_cover(&self, cursor: Time) -> bool {
        self.embed_state.is_some_and(|embed| embed.cover == Some(cursor))
    }

    /// The requested stop after `from` and up to `to`.
    pub fn stop_before(&self, from: Time, to: Time) -> Option<Time> {
        self.embed_state?.stop.filter(|&stop| from < stop && stop <= to)
    }

    /// Sets or clears the instant at which playback pauses once.
    pub(super) fn stop_at(&mut self, stop: Option<Time>) {
        self.embed_state = self.embed_state.map(|embed| EmbedState { stop, ..embed });
    }

    /// The end of playback in a run that ends at `end`.
    pub fn until(&self, end: Time) -> Time {
        self.embed_state.map_or(end, |embed| embed.until(end))
    }

    /// Whether this is a figure that cannot be edited.
    pub fn is_readonly(&self) -> bool {
        self.embed_state.is_some_and(|embed| embed.is_readonly)
    }

    /// The notice for an action that a figure does not support; `None` if it does.
    pub(super) fn declines(&self, action: &Action) -> Option<&'static str> {
        let embed = self.embed_state?;
        match action {
            Action::Why(Some(_))
            | Action::Show(_)
            | Action::Present(_)
            | Action::Panel(_)
            | Action::Preview(_)
            | Action::Dialog(Some(_))
            | Action::Lesson(_) => Some(ELSEWHERE),
            Action::Change(_)
            | Action::Drag(_)
            | Action::Type(_)
            | Action::Write { .. }
            | Action::Disable { .. }
            | Action::ReplaceScenario(_)
                if embed.is_readonly =>
            {
                Some(READONLY)
            }
            Action::Change(_)
            | Action::Drag(_)
            | Action::Type(_)
            | Action::Write { .. }
            | Action::Disable { .. }
            | Action::ReplaceScenario(_)
            | Action::Why(None)
            | Action::Dialog(None)
            | Action::Begin(_)
            | Action::Open(_)
            | Action::OpenAddress { .. }
            | Action::Check(_)
            | Action::Play { .. }
            | Action::PlayBySteps { .. }
            | Action::Pause { .. }
            | Action::StopAt(_)
            | Action::Seek { .. }
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
            | Action::Undo
            | Action::Redo
            | Action::Reset
            | Action::Window(_)
            | Action::View(_)
            | Action::Tab(_)
            | Action::Hold { .. }
            | Action::Release { .. }
            | Action::Vary(_)
            | Action::Say(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Change, script};
    use crate::session::{Dialog, Document};

    fn figure(embed: EmbedState) -> State {
        let Ok(document) = Document::read("at 100ms crash 6\nat 200ms suspect 3") else {
            panic!("it can be read")
        };
        State { embed_state: Some(embed), ..State::new(document) }
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
