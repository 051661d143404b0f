//! Keeps what painting the diagram needs from one frame to the next: what was read of the run, the
//! scale, and the ground, which is painted anew only when one of them changes.

use super::gestures::DiagramGesture;
use crate::run::Snapshot;
use crate::session::{Playback, PlaybackPace, RunView};
use crate::time::{Duration, Time};
use crate::types::Rank;
use crate::view::geometry::{Point, point};
use crate::view::spacetime::model::DiagramModel;
use crate::view::spacetime::scale::{Folding, Scale};
use crate::view::spacetime::{
    self, ChainHighlight, CursorState, Diagram, DiagramFrame, DiagramText, OverviewHandle, Rows,
    grasped, overview_time, windows,
};
use crate::view::{Scene, Target};
use crate::web::canvas::{Painter, Ruler};
use crate::web::{clock, media};
use std::rc::Rc;
use web_sys::HtmlCanvasElement;

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
    /// From outside.
    pub window: Option<(Time, Time)>,
    /// How many scenarios have been opened.
    pub opening: u32,
    pub hovered: Option<Rank>,
}

pub struct DiagramRenderer {
    canvas: HtmlCanvasElement,
    ground: Painter,
    live: Painter,
    ruler: Ruler,
    look: DiagramInput,
    pub hand: DiagramGesture,
    /// Chosen by hand or from outside; while something plays, what is shown runs on from there.
    scale: Option<Scale>,
    /// Whether the playhead is followed: until a hand has moved the window away from it.
    follows: bool,
    record: Option<DiagramModel>,
    painted: Option<StaticLayer>,
    snapshot: Option<Snapshot>,
    spots: Scene,
}

/// The ground that is on the canvas.
struct StaticLayer {
    scale: Scale,
    frame: DiagramFrame,
    scene: Scene,
    writing: DiagramText,
}

impl DiagramRenderer {
    /// Nothing where the browser gives no canvas to paint on.
    pub fn new(
        ground: HtmlCanvasElement,
        live: HtmlCanvasElement,
        look: DiagramInput,
    ) -> Option<Self> {
        let ground = Painter::new(ground).ok()?;
        let painter = Painter::new(live.clone()).ok()?;
        Some(Self {
            canvas: live,
            ruler: painter.ruler(),
            ground,
            live: painter,
            look,
            hand: DiagramGesture::default(),
            scale: None,
            follows: true,
            record: None,
            painted: None,
            snapshot: None,
            spots: Scene::default(),
        })
    }

    /// Looks at something else from now on.
    pub fn set(&mut self, look: DiagramInput) {
        let old = std::mem::replace(&mut self.look, look);
        self.look.frame.scroll = old.frame.scroll;
        self.look.frame.hovered = old.frame.hovered;
        if old.hovered != self.look.hovered {
            self.look.frame.hovered = self.look.hovered.map(Target::Process);
        }
        let same_run = Rc::ptr_eq(&old.run_view, &self.look.run_view);
        if !same_run {
            self.snapshot = None;
            self.record = None;
        }
        let from_outside = self.look.window.filter(|_| old.window != self.look.window);
        if from_outside.is_none() && !self.keeps_window(&old) {
            // Another scenario is looked at anew.
            self.scale = None;
            self.look.frame.scroll = 0.0;
        }
        let stops = old.playback.runs_by_the_clock() && !self.look.playback.runs_by_the_clock();
        if stops && let Some(scale) = self.shown_at(old.playback.cursor(clock::now(), &old.pace)) {
            self.scale = Some(scale);
        }
        let resized = old.frame.size.width != self.look.frame.size.width;
        let refolded =
            old.skips_quiet != self.look.skips_quiet || old.quiet != self.look.quiet || !same_run;
        let kept = self.scale.as_ref().map(Scale::window).filter(|_| resized || refolded);
        if let Some(window) = from_outside.or(kept.filter(|_| !self.hand.is_editing())) {
            self.show(window);
        }
        let unchanged = same_run && old.chain == self.look.chain;
        if !unchanged {
            self.painted = None;
        }
        if old.cursor != self.look.cursor && !self.look.playback.runs_by_the_clock() {
            self.bring_in(self.look.cursor);
        }
    }

    /// Whether the window stays, since what is shown is what was shown, or an edit of it.
    fn keeps_window(&self, old: &DiagramInput) -> bool {
        let [before, after] = [old, &self.look].map(|look| look.run_view.run.scenario());
        let keeps = |scale: &Scale| windows::keeps(before, after, scale.window());
        old.opening == self.look.opening && self.scale.as_ref().is_none_or(keeps)
    }

    pub fn look(&self) -> &DiagramInput {
        &self.look
    }

    /// Shows a window.
    pub fn show(&mut self, window: (Time, Time)) {
        let rows = self.rows();
        self.scale = Some(Scale::new(window, (rows.left, rows.right), self.folding()));
        self.settle();
    }

    /// The window is moved by hand: what is shown now, changed.
    pub fn turn(&mut self, change: impl FnOnce(&Scale, Folding) -> Scale) {
        let scale = change(&self.shown(), self.folding());
        self.scale = Some(scale);
        self.settle();
    }

    pub fn scroll(&mut self, by: f64) -> bool {
        let hidden = self.rows().hidden();
        let to = (self.look.frame.scroll + by).clamp(0.0, hidden);
        let moved = to != self.look.frame.scroll;
        self.look.frame.scroll = to;
        moved
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
        if (from..=to).contains(&now) || self.hand.is_busy() {
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
        self.look.playback.cursor(clock::now(), &self.look.pace)
    }

    pub fn rows(&self) -> Rows {
        let frame = &self.look.frame;
        let lanes = self.look.run_view.lanes();
        Rows::of(frame, lanes, self.look.run_view.strips.len()).scrolled(frame.scroll)
    }

    fn folding(&self) -> Folding<'_> {
        let own = self.look.run_view.folding(self.look.skips_quiet, self.look.frame.size.width);
        match &self.look.quiet {
            Some(quiet) if self.look.skips_quiet => Folding { quiet, ..own },
            Some(_) | None => own,
        }
    }

    /// What is shown just now.
    pub fn shown(&self) -> Scale {
        self.shown_at(self.now()).unwrap_or_else(|| {
            let rows = self.rows();
            let run_view = &self.look.run_view;
            let window = self.look.window.unwrap_or_else(|| run_view.first_window());
            Scale::new(window, (rows.left, rows.right), self.folding())
        })
    }

    fn shown_at(&self, now: Time) -> Option<Scale> {
        let scale = self.scale.as_ref()?;
        let pages = self.look.playback.is_playing() && self.follows && !self.hand.is_busy();
        let slides = !self.look.reduced_motion && self.look.playback.runs_by_the_clock();
        let paged = if pages { scale.paged(now, slides, self.folding()) } else { None };
        Some(paged.unwrap_or_else(|| scale.clone()))
    }

    /// What the pointer is over; true if that changed.
    pub fn hover(&mut self, target: Option<Target>) -> bool {
        let changed = self.look.frame.hovered != target;
        self.look.frame.hovered = target;
        changed
    }

    /// The pointer's picture: what a press would do.
    pub fn show_cursor(&self, name: &str) {
        // The name is right, so no browser refuses.
        let _ = self.canvas.style().set_property("cursor", name);
    }

    pub fn pick(&self, at: Point) -> Option<Target> {
        self.spots.pick(at)
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
        grasped(&self.rows(), self.shown().window(), self.end(), at, self.look.frame.coarse)
    }

    /// The instant of a place on the overview.
    pub fn overview_time(&self, x: f64) -> Time {
        overview_time(&self.rows(), self.end(), x)
    }

    pub fn end(&self) -> Time {
        self.look.run_view.run.end()
    }

    /// Where something is in time, nearest to an instant, and the earliest to which it can be dragged.
    pub fn place_of(&self, target: Target, near: Time) -> Option<(Time, Time)> {
        self.record.as_ref()?.place_of(target, near)
    }

    /// How long after the first round of its line something is that befalls again and again.
    pub fn behind_first(&self, target: Target, at: Time) -> Duration {
        match target {
            Target::Fault(entry) => {
                let line = self.look.run_view.run.scenario().timeline.get(entry);
                line.map_or(Duration::ZERO, |line| at.since(line.first()))
            }
            _ => Duration::ZERO,
        }
    }

    /// Paints the present instant.
    pub fn paint(&mut self) {
        if self.scale.is_none() {
            self.scale = Some(self.shown());
            if !self.look.playback.runs_by_the_clock() && self.look.cursor > Time::ZERO {
                self.bring_in(self.look.cursor);
            }
        }
        let scale = self.shown();
        self.read(&scale);
        let now = self.observe();
        let ratio = media::pixel_ratio();
        let Some(record) = &self.record else { return };
        let chain = self.look.chain.as_deref();
        let diagram = Diagram { chain, ..self.look.run_view.diagram(record, &scale) };
        let frame = self.look.frame;
        // The pointer and the selection change nothing on the ground.
        let still = DiagramFrame { hovered: None, selected: None, ..frame };
        let stays = self.painted.as_ref().is_some_and(|p| p.scale == scale && p.frame == still);
        if !stays {
            let (scene, writing) = spacetime::static_layer(&diagram, &still, &self.ruler);
            self.ground.paint(&scene, ratio);
            self.painted = Some(StaticLayer { scale: scale.clone(), frame: still, scene, writing });
        }
        let Some(painted) = &self.painted else { return };
        let live = spacetime::live(&diagram, &frame, &painted.writing, &now, &self.ruler);
        self.live.paint(&live, ratio);
        if !stays {
            self.spots =
                Scene { hit_regions: painted.scene.hit_regions.clone(), ..Scene::default() };
            self.spots.hit_regions.extend(live.hit_regions);
        }
    }

    /// Reads the run, where what was read does not reach.
    fn read(&mut self, scale: &Scale) {
        let run = &self.look.run_view.run;
        let window = scale.window();
        let is_enough = self.record.as_ref().is_some_and(|record| {
            record.covers(window) && !record.is_coarser_than_needed(run, window)
        });
        if !is_enough {
            self.record = Some(DiagramModel::of(run, &self.look.run_view.shown(), window));
            self.painted = None;
        }
    }

    fn observe(&mut self) -> CursorState {
        let at = self.now();
        let run_view = &self.look.run_view;
        let snapshot = run_view.run.snapshot(self.snapshot.take(), at, Duration::ZERO);
        let world = &snapshot.world;
        let lanes = self.record.iter().flat_map(|record| &record.lanes);
        let poses = lanes.map(|lane| lane.poses(world)).collect();
        let said = if self.look.playback.runs_by_the_clock() { self.look.cursor } else { at };
        self.snapshot = Some(snapshot);
        CursorState { at, said, poses }
    }
}

/// Where an event is on the canvas.
pub fn place(event: &web_sys::MouseEvent) -> Point {
    point(f64::from(event.offset_x()), f64::from(event.offset_y()))
}
