//! The view of the space-time diagram: its window, its rows, and what is under a point. Gestures change it;
//! the page paints it.

use super::{Playback, PlaybackPace, RunView};
use crate::run::Snapshot;
use crate::time::{Duration, Time};
use crate::types::Rank;
use crate::view::geometry::Point;
use crate::view::spacetime::model::{self, DiagramModel};
use crate::view::spacetime::scale::{Folding, Scale};
use crate::view::spacetime::{
    ChainHighlight, CursorState, Diagram, DiagramFrame, OverviewHandle, Rows, grasped,
    overview_time,
};
use crate::view::{HitRegion, Scene, Target};
use std::rc::Rc;

/// The input of a diagram: the run, the playback and the display options.
#[derive(Clone, PartialEq)]
pub struct DiagramInput {
    pub run_view: Rc<RunView>,
    pub playback: Playback,
    pub pace: Rc<PlaybackPace>,
    /// The cursor that the page's text follows; it is updated less often than each frame.
    pub cursor: Time,
    pub frame: DiagramFrame,
    pub chain: Option<Rc<ChainHighlight>>,
    pub skips_quiet: bool,
    /// Quiet spans to fold instead of the run's own.
    pub quiet: Option<Rc<Vec<(Time, Time)>>>,
    pub reduced_motion: bool,
    /// The window that the session has chosen.
    pub window: Option<(Time, Time)>,
    /// Counts the scenarios that were opened.
    pub opening: u32,
    pub hovered: Option<Rank>,
    /// Whether a drag along time changes the scenario.
    pub edits: bool,
    /// Whether a window that a gesture chose is passed on to the session.
    pub shares_window: bool,
}

/// The phase of a gesture, as far as the window is concerned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GesturePhase {
    #[default]
    Idle,
    /// A pointer is down: the window does not follow the playhead.
    Busy,
    /// Something is dragged along time: the window does not move during the drag.
    Editing,
}

pub struct DiagramView {
    input: DiagramInput,
    /// The browser's clock, in milliseconds.
    pub clock: f64,
    pub gesture: GesturePhase,
    /// The scale that a gesture or the session chose; during playback the window moves on from there.
    scale: Option<Scale>,
    /// Whether the window follows the playhead. A gesture that moves the playhead out of the window ends
    /// that.
    follows: bool,
    model: Option<DiagramModel>,
    snapshot: Option<Snapshot>,
    /// The hit regions of the last paint; the rest of the scene is empty.
    hit_regions: Scene,
}

impl DiagramView {
    /// `clock` is the browser's clock in milliseconds.
    pub fn new(input: DiagramInput, clock: f64) -> Self {
        Self {
            input,
            clock,
            gesture: GesturePhase::Idle,
            scale: None,
            follows: true,
            model: None,
            snapshot: None,
            hit_regions: Scene::default(),
        }
    }

    pub fn input(&self) -> &DiagramInput {
        &self.input
    }

    /// Replaces the input. Returns true if the static layer must be painted again: another run or another
    /// explanation.
    pub fn set(&mut self, input: DiagramInput) -> bool {
        let old = std::mem::replace(&mut self.input, input);
        self.input.frame.scroll = old.frame.scroll;
        self.input.frame.hovered = old.frame.hovered;
        if old.hovered != self.input.hovered {
            self.input.frame.hovered = self.input.hovered.map(Target::Process);
        }
        let same_run = Rc::ptr_eq(&old.run_view, &self.input.run_view);
        if !same_run {
            self.snapshot = None;
            self.model = None;
        }
        let from_outside = self.input.window.filter(|_| old.window != self.input.window);
        if from_outside.is_none() && !self.keeps_window(&old) {
            // Another scenario starts with its own window.
            self.scale = None;
            self.input.frame.scroll = 0.0;
        }
        let stops = old.playback.runs_by_the_clock() && !self.input.playback.runs_by_the_clock();
        if stops && let Some(scale) = self.shown_at(old.playback.cursor(self.clock, &old.pace)) {
            self.scale = Some(scale);
        }
        let resized = old.frame.size.width != self.input.frame.size.width;
        let refolded =
            old.skips_quiet != self.input.skips_quiet || old.quiet != self.input.quiet || !same_run;
        let kept = self.scale.as_ref().map(Scale::window).filter(|_| resized || refolded);
        if let Some(window) =
            from_outside.or(kept.filter(|_| self.gesture != GesturePhase::Editing))
        {
            self.show(window);
        }
        if old.cursor != self.input.cursor && !self.input.playback.runs_by_the_clock() {
            self.bring_in(self.input.cursor);
        }
        !same_run || old.chain != self.input.chain
    }

    /// Whether to keep the window: the scenario is the same one or an edit of it.
    fn keeps_window(&self, old: &DiagramInput) -> bool {
        let [before, after] = [old, &self.input].map(|input| input.run_view.run.scenario());
        let keeps = |scale: &Scale| model::keeps(before, after, scale.window());
        old.opening == self.input.opening && self.scale.as_ref().is_none_or(keeps)
    }

    /// Shows a window.
    pub fn show(&mut self, window: (Time, Time)) {
        let rows = self.rows();
        self.scale = Some(Scale::new(window, (rows.left, rows.right), self.folding()));
        self.settle();
    }

    /// Changes the current scale.
    pub fn change_scale(&mut self, change: impl FnOnce(&Scale, Folding) -> Scale) {
        let scale = change(&self.shown(), self.folding());
        self.scale = Some(scale);
        self.settle();
    }

    pub fn scroll(&mut self, by: f64) {
        let hidden = self.rows().hidden();
        self.input.frame.scroll = (self.input.frame.scroll + by).clamp(0.0, hidden);
    }

    fn settle(&mut self) {
        let now = self.now();
        self.follows = self.scale.as_ref().is_some_and(|scale| {
            let (from, to) = scale.window();
            (from..=to).contains(&now)
        });
    }

    /// Moves the window if a step leads out of it.
    fn bring_in(&mut self, now: Time) {
        let (from, to) = self.shown().window();
        if (from..=to).contains(&now) || self.gesture != GesturePhase::Idle {
            return;
        }
        let rows = self.rows();
        let place = rows.left + 0.3 * (rows.right - rows.left);
        let density = self.shown().density();
        let span = (rows.left, rows.right);
        self.scale = Some(Scale::anchored((now, place), density, span, self.folding()));
        self.follows = true;
    }

    pub fn now(&self) -> Time {
        self.input.playback.cursor(self.clock, &self.input.pace)
    }

    pub fn rows(&self) -> Rows {
        let frame = &self.input.frame;
        let lanes = self.input.run_view.lanes();
        Rows::of(frame, lanes, self.input.run_view.strips.len()).scrolled(frame.scroll)
    }

    fn folding(&self) -> Folding<'_> {
        let own = self.input.run_view.folding(self.input.skips_quiet, self.input.frame.size.width);
        match &self.input.quiet {
            Some(quiet) if self.input.skips_quiet => Folding { quiet, ..own },
            Some(_) | None => own,
        }
    }

    /// The current scale.
    pub fn shown(&self) -> Scale {
        self.shown_at(self.now()).unwrap_or_else(|| {
            let rows = self.rows();
            let run_view = &self.input.run_view;
            let window = self.input.window.unwrap_or_else(|| run_view.first_window());
            Scale::new(window, (rows.left, rows.right), self.folding())
        })
    }

    fn shown_at(&self, now: Time) -> Option<Scale> {
        let scale = self.scale.as_ref()?;
        let pages =
            self.input.playback.is_playing() && self.follows && self.gesture == GesturePhase::Idle;
        let slides = !self.input.reduced_motion && self.input.playback.runs_by_the_clock();
        let paged = if pages { scale.paged(now, slides, self.folding()) } else { None };
        Some(paged.unwrap_or_else(|| scale.clone()))
    }

    /// Sets the target under the pointer; returns true if it changed.
    pub fn hover(&mut self, target: Option<Target>) -> bool {
        let changed = self.input.frame.hovered != target;
        self.input.frame.hovered = target;
        changed
    }

    pub fn pick(&self, at: Point) -> Option<Target> {
        self.hit_regions.pick(at)
    }

    /// The process whose label is at this point.
    pub fn head(&self, at: Point) -> Option<Rank> {
        match self.pick(at).filter(|_| at.x < self.rows().left) {
            Some(Target::Process(rank)) => Some(rank),
            _ => None,
        }
    }

    /// The part of the overview's bracket that a press at this point would move.
    pub fn grasp(&self, at: Point) -> Option<OverviewHandle> {
        grasped(&self.rows(), self.shown().window(), self.end(), at, self.input.frame.coarse)
    }

    /// The instant at this x of the overview.
    pub fn overview_time(&self, x: f64) -> Time {
        overview_time(&self.rows(), self.end(), x)
    }

    pub fn end(&self) -> Time {
        self.input.run_view.run.end()
    }

    /// The instant of a target that is nearest to `near`, and the earliest instant to which it can be
    /// dragged.
    pub fn place_of(&self, target: Target, near: Time) -> Option<(Time, Time)> {
        self.model.as_ref()?.place_of(target, near)
    }

    /// The time from the first round of a repeating fault to this round; zero for other targets.
    pub fn behind_first(&self, target: Target, at: Time) -> Duration {
        let Target::Fault(entry) = target else { return Duration::ZERO };
        let line = self.input.run_view.run.scenario().timeline.get(entry);
        line.map_or(Duration::ZERO, |line| at.since(line.first()))
    }

    /// Prepares the model for the current scale. Returns the scale, and whether the model was built again.
    pub fn prepare(&mut self) -> (Scale, bool) {
        if self.scale.is_none() {
            self.scale = Some(self.shown());
            if !self.input.playback.runs_by_the_clock() && self.input.cursor > Time::ZERO {
                self.bring_in(self.input.cursor);
            }
        }
        let scale = self.shown();
        let (run, window) = (&self.input.run_view.run, scale.window());
        let is_enough = self.model.as_ref().is_some_and(|model| {
            model.covers(window) && !model.is_coarser_than_needed(run, window)
        });
        if !is_enough {
            self.model = Some(DiagramModel::of(run, &self.input.run_view.shown(), window));
        }
        (scale, !is_enough)
    }

    /// The diagram on this scale; `None` before `prepare`.
    pub fn diagram<'a>(&'a self, scale: &'a Scale) -> Option<Diagram<'a>> {
        let chain = self.input.chain.as_deref();
        Some(Diagram { chain, ..self.input.run_view.diagram(self.model.as_ref()?, scale) })
    }

    /// The state of all processes at the playhead.
    pub fn cursor_state(&mut self) -> CursorState {
        let at = self.now();
        let run_view = &self.input.run_view;
        let snapshot = run_view.run.snapshot(self.snapshot.take(), at, Duration::ZERO);
        let world = &snapshot.world;
        let lanes = self.model.iter().flat_map(|model| &model.lanes);
        let poses = lanes.map(|lane| lane.poses(world)).collect();
        let label_at = if self.input.playback.runs_by_the_clock() { self.input.cursor } else { at };
        self.snapshot = Some(snapshot);
        CursorState { at, label_at, poses }
    }

    /// Sets the hit regions of the last paint.
    pub fn set_hit_regions(&mut self, hit_regions: Vec<HitRegion>) {
        self.hit_regions = Scene { hit_regions, ..Scene::default() };
    }
}
