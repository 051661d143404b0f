//! A figure on a clock that a test sets, as the page around it uses it.

use hustings::player::{
    FigureState, Handled, Notification, RequestAnswer, RequestKind, RequestRefusal, handle, opened,
};
use hustings::presets;
use hustings::run::Run;
use hustings::scenario::{FigureOptions, Scenario, json};
use hustings::session::import::ImportError;
use hustings::session::{Action, CommandContext, Document, PlaybackPace, RunView, State};
use hustings::time::Time;
use std::rc::Rc;

/// Parses JSON, as another program of the page does.
pub(crate) fn read_json(text: &str) -> Result<Scenario, ImportError> {
    json::read(text).map_err(ImportError::Json)
}

/// A figure on a clock that the test sets.
pub(crate) struct Playing {
    pub options: FigureOptions,
    pub state: State,
    pub run_view: Rc<RunView>,
    pub now: f64,
    pub reported: Option<FigureState>,
}

impl Playing {
    pub(crate) fn of(text: &str, options: FigureOptions) -> Self {
        let document = Document::read(text).expect("the script can be read");
        let state = opened(document, None, &options, false);
        let run_view = run_view(&state);
        Self { options, state, run_view, now: 0.0, reported: None }
    }

    pub(crate) fn preset(name: &str) -> Self {
        Self::of(presets::find(name).expect("a preset").script, FigureOptions::default())
    }

    pub(crate) fn pace(&self) -> PlaybackPace {
        let pace = self.run_view.pace(self.state.is_looping, false);
        let guest = self.state.embed_state.expect("a figure is a guest");
        guest.ahead_of(self.state.playback.anchor()).pace(pace)
    }

    pub(crate) fn cursor(&self) -> Time {
        self.state.playback.cursor(self.now, &self.pace())
    }

    pub(crate) fn apply(&mut self, action: Action) {
        self.state = self.state.apply(action);
        if self.run_view.run.scenario() != self.state.document().scenario() {
            self.run_view = run_view(&self.state);
        }
    }

    pub(crate) fn ask(&mut self, command: &RequestKind) -> Result<RequestAnswer, RequestRefusal> {
        let cursor = self.cursor();
        let (state, run_view) = (self.state.clone(), self.run_view.clone());
        let scene = CommandContext {
            state: &state,
            run_view: &run_view,
            comparison: None,
            cursor,
            now: self.now,
            reduced_motion: false,
        };
        match handle(command, Some(scene), &read_json)? {
            Handled::Act(action) => self.apply(action),
            Handled::Open(document, address) => {
                let state = opened(*document, address.as_deref(), &self.options, false);
                self.apply(Action::Begin(Box::new(state)));
            }
            Handled::Answer(answer) => return Ok(answer),
            Handled::Style(_) => {}
            Handled::Dispose(action) => action.into_iter().for_each(|action| self.apply(action)),
        }
        Ok(RequestAnswer::Done)
    }

    /// The notifications since the last call.
    pub(crate) fn notifications(&mut self) -> Vec<Notification> {
        let glance = FigureState::new(&self.state, &self.run_view, self.cursor());
        let notices = glance.since(self.reported.as_ref());
        self.reported = Some(glance);
        notices
    }

    /// So many milliseconds pass, and playing stops at its end as the page stops it.
    pub(crate) fn pass(&mut self, milliseconds: f64) {
        self.now += milliseconds;
        if self.state.playback.has_ended(self.now, &self.pace()) {
            self.apply(Action::Pause { at: self.pace().end });
        }
    }
}

pub(crate) fn run_view(state: &State) -> Rc<RunView> {
    let document = state.document();
    Rc::new(RunView::new(Run::of(document.scenario().clone()), document))
}
