//! The space-time diagram as it is looked at: its window, its rows, and what lies under a point. The
//! gestures change it, and the page paints it.

use super::{Playback, PlaybackPace, RunView};
use crate::run::Snapshot;
use crate::time::{Duration, Time};
use crate::types::Rank;
use crate::view::geometry::Point;
use crate::view::spacetime::model::DiagramModel;
use crate::view::spacetime::scale::{Folding, Scale};
use crate::view::spacetime::{
    ChainHighlight, CursorState, Diagram, DiagramFrame, OverviewHandle, Rows, grasped,
    overview_time, windows,
};
use crate::view::{HitRegion, Scene, Target};
use std::rc::Rc;

/// What is looked at, and how.
#[derive(Clone, PartialEq)]
pub struct DiagramInput {
    pub run_view: Rc<RunView>,
    pub playback: Playback,
    pub pace: Rc<PlaybackPace>,
    /// The cursor as the page's words follow it.
    pub cursor: Time,
    pub frame: DiagramFrame,
    pub chain: Option<Rc<ChainHighlight>>,
    pub skips_quiet: bool,
    /// What may be folded instead of the run's own quiet time.
    pub quiet: Option<Rc<Vec<(Time, Time)>>>,
    pub reduced_motion: bool,
    /// The window that the session asks for.
    pub window: Option<(Time, Time)>,
    /// How many scenarios have been opened.
    pub opening: u32,
    pub hovered: Option<Rank>,
    /// Whether a drag along time changes the scenario.
    pub edits: bool,
    /// Whether the session is told of a window that a gesture chose.
    pub shares_window: bool,
}

/// What a gesture is doing, as far as the window is concerned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GesturePhase {
    #[default]
    Idle,
    /// A pointer is down: the window does not follow the playhead.
    Busy,
    /// Something is dragged along time: the window does not move under it.
    Editing,
}

pub struct DiagramView {
    input: DiagramInput,
    /// What the browser's clock shows, in milliseconds.
    pub clock: f64,
    pub gesture: GesturePhase,
    /// Chosen by a gesture or from outside; while something plays, what is shown runs on from there.
    scale: Option<Scale>,
    /// Whether the playhead is followed: until a gesture has moved the window away from it.
    follows: bool,
    model: Option<DiagramModel>,
    snapshot: Option<Snapshot>,
    /// What was painted last, of which only the hit regions are kept.
    hit_regions: Scene,
}

impl DiagramView {
    /// `clock` is the browser's, in milliseconds.
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

    /// Looks at something else from now on. True if another run or another explanation is drawn.
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
            // Another scenario is looked at anew.
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

    /// Whether the window stays, since what is shown is what was shown, or an edit of it.
    fn keeps_window(&self, old: &DiagramInput) -> bool {
        let [before, after] = [old, &self.input].map(|input| input.run_view.run.scenario());
        let keeps = |scale: &Scale| windows::keeps(before, after, scale.window());
        old.opening == self.input.opening && self.scale.as_ref().is_none_or(keeps)
    }

    /// Shows a window.
    pub fn show(&mut self, window: (Time, Time)) {
        let rows = self.rows();
        self.scale = Some(Scale::new(window, (rows.left, rows.right), self.folding()));
        self.settle();
    }

    /// Changes what is shown now.
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

    /// A step to an instant out of sight takes the window along.
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

    /// What is shown just now.
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

    /// What the pointer is over; true if that changed.
    pub fn hover(&mut self, target: Option<Target>) -> bool {
        let changed = self.input.frame.hovered != target;
        self.input.frame.hovered = target;
        changed
    }

    pub fn pick(&self, at: Point) -> Option<Target> {
        self.hit_regions.pick(at)
    }

    /// A process whose head is there.
    pub fn head(&self, at: Point) -> Option<Rank> {
        match self.pick(at).filter(|_| at.x < self.rows().left) {
            Some(Target::Process(rank)) => Some(rank),
            _ => None,
        }
    }

    /// What a press on the overview takes hold of, if it is there.
    pub fn grasp(&self, at: Point) -> Option<OverviewHandle> {
        grasped(&self.rows(), self.shown().window(), self.end(), at, self.input.frame.coarse)
    }

    /// The instant of a place on the overview.
    pub fn overview_time(&self, x: f64) -> Time {
        overview_time(&self.rows(), self.end(), x)
    }

    pub fn end(&self) -> Time {
        self.input.run_view.run.end()
    }

    /// Where something is in time, nearest to an instant, and the earliest to which it can be dragged.
    pub fn place_of(&self, target: Target, near: Time) -> Option<(Time, Time)> {
        self.model.as_ref()?.place_of(target, near)
    }

    /// How long after the first round of its line a repeating fault is.
    pub fn behind_first(&self, target: Target, at: Time) -> Duration {
        match target {
            Target::Fault(entry) => {
                let line = self.input.run_view.run.scenario().timeline.get(entry);
                line.map_or(Duration::ZERO, |line| at.since(line.first()))
            }
            _ => Duration::ZERO,
        }
    }

    /// Reads the run for what is shown: the scale, and whether the run was read anew.
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

    /// What is drawn on this scale; nothing before the run was read.
    pub fn diagram<'a>(&'a self, scale: &'a Scale) -> Option<Diagram<'a>> {
        let chain = self.input.chain.as_deref();
        Some(Diagram { chain, ..self.input.run_view.diagram(self.model.as_ref()?, scale) })
    }

    /// The poses of all processes at the playhead.
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

    /// What can be hit: all that was drawn last.
    pub fn set_hit_regions(&mut self, hit_regions: Vec<HitRegion>) {
        self.hit_regions = Scene { hit_regions, ..Scene::default() };
    }
}
