//! The renderer of the stage, with what it keeps from frame to frame.

use crate::run::Snapshot;
use crate::session::{Playback, PlaybackPace, RunView};
use crate::time::Duration;
use crate::types::Rank;
use crate::view::build;
use crate::view::geometry::Point;
use crate::view::model::StageModel;
use crate::view::ring::Ring;
use crate::view::spacetime::ChainHighlight;
use crate::view::stage::{self, CutLine, StageFrame, sides};
use crate::view::{HitArea, Scene, Target};
use crate::web::canvas::{Painter, Ruler};
use crate::web::{clock, media};
use std::rc::Rc;
use web_sys::HtmlCanvasElement;

/// The input of the stage: the run, the playback and the frame.
#[derive(Clone, Debug, PartialEq)]
pub struct StageInput {
    pub run_view: Rc<RunView>,
    pub playback: Playback,
    pub pace: Rc<PlaybackPace>,
    /// The magnification of the drawing.
    pub scale: f64,
    /// The explanation to highlight.
    pub chain: Option<Rc<ChainHighlight>>,
    pub frame: StageFrame,
}

/// The age up to which messages of an explanation are drawn; older ones are in the diagram only, since the
/// stage would have to read too much of the run.
const LONGEST_CHAIN: Duration = Duration::ms(2_000);

pub struct StageRenderer {
    canvas: HtmlCanvasElement,
    painter: Painter,
    ruler: Ruler,
    look: Option<StageInput>,
    /// The target under the pointer, and the line that it draws; both change between two inputs.
    hovered: Option<Target>,
    cut_line: Option<CutLine>,
    /// The page's model of the stage, so that a paused run need not be read again.
    still: Option<Rc<StageModel>>,
    /// The snapshot painted last, from which playback continues.
    snapshot: Option<Snapshot>,
    /// The layout, rebuilt only if the size or the processes change.
    ring: Option<Ring>,
    scene: Scene,
}

impl StageRenderer {
    /// `None` if the browser provides no canvas context.
    pub fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        let painter = Painter::new(canvas.clone()).ok()?;
        let ruler = painter.ruler();
        Some(Self {
            canvas,
            painter,
            ruler,
            look: None,
            hovered: None,
            cut_line: None,
            still: None,
            snapshot: None,
            ring: None,
            scene: Scene::default(),
        })
    }

    /// Replaces the input; `still` is the model of the same run at the page's cursor.
    pub fn set(&mut self, look: StageInput, still: Rc<StageModel>) {
        let same_run =
            self.look.as_ref().is_some_and(|old| Rc::ptr_eq(&old.run_view, &look.run_view));
        let same_place = self.look.as_ref().is_some_and(|old| {
            (old.frame.size, old.frame.inset) == (look.frame.size, look.frame.inset)
                && old.run_view.run.scenario().ranks == look.run_view.run.scenario().ranks
                && old.run_view.run.scenario().zones == look.run_view.run.scenario().zones
        });
        if !same_run {
            self.snapshot = None;
        }
        if !same_place {
            self.ring = None;
        }
        self.look = Some(look);
        self.still = Some(still);
    }

    /// Sets the target under the pointer and the line that it draws, and paints if they have changed.
    pub fn follow(&mut self, hovered: Option<Target>, cut_line: Option<CutLine>) {
        if (self.hovered, self.cut_line) == (hovered, cut_line) {
            return;
        }
        (self.hovered, self.cut_line) = (hovered, cut_line);
        let cursor = match (cut_line, hovered) {
            (Some(_), _) => "crosshair",
            (None, Some(Target::Handle(_))) => "grab",
            (None, Some(_)) => "pointer",
            (None, None) => "default",
        };
        // The name is valid, so no browser refuses.
        let _ = self.canvas.style().set_property("cursor", cursor);
        self.paint();
    }

    pub fn hovered(&self) -> Option<Target> {
        self.hovered
    }

    pub fn area(&self, target: Target) -> Option<HitArea> {
        self.scene.area(target)
    }

    /// The processes on the left and on the right of a line; empty before the first paint.
    pub fn sides(&self, cut_line: CutLine) -> [Vec<Rank>; 2] {
        self.ring.as_ref().map_or_else(Default::default, |ring| sides(ring, cut_line))
    }

    pub fn pick(&self, at: Point) -> Option<Target> {
        self.scene.pick(at)
    }

    /// Paints the current instant.
    pub fn paint(&mut self) {
        let Some(StageInput { run_view, playback, pace, scale, chain, frame }) = &self.look else {
            return;
        };
        let hovered = self.hovered.or(frame.hovered);
        let frame = &StageFrame { hovered, cut_line: self.cut_line, ..*frame };
        let time = playback.cursor(clock::now(), pace);
        let picture = match &self.still {
            Some(still) if still.now == time && chain.is_none() => still.clone(),
            _ => {
                let memory = build::memory(run_view.run.scenario());
                let asked = chain.as_ref().map(|chain| time.since(chain.since).min(LONGEST_CHAIN));
                let memory = asked.map_or(memory, |asked| memory.max(asked));
                let snapshot = run_view.run.snapshot(self.snapshot.take(), time, memory);
                let picture = run_view.picture(&snapshot);
                self.snapshot = Some(snapshot);
                Rc::new(match chain {
                    Some(chain) => picture.highlighting(&chain.ranks, &chain.messages),
                    None => picture,
                })
            }
        };
        let ring = self.ring.get_or_insert_with(|| stage::ring(&picture, frame));
        self.scene = stage::scene_on(&picture, frame, ring, &self.ruler);
        self.painter.paint(&self.scene, media::pixel_ratio() * scale);
    }
}
