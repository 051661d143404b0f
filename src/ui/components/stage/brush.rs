//! Keeps what painting the stage needs from one frame to the next.

use crate::run::Snapshot;
use crate::session::{Made, Pace, Playback};
use crate::view::geometry::Point;
use crate::view::observe;
use crate::view::ring::Ring;
use crate::view::stage::{self, Frame};
use crate::view::{Scene, Target};
use crate::vocabulary::Rank;
use crate::web::canvas::{Painter, Ruler};
use crate::web::{clock, media};
use std::rc::Rc;
use web_sys::HtmlCanvasElement;

/// What is looked at, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    pub made: Rc<Made>,
    pub playback: Playback,
    pub pace: Rc<Pace>,
    pub frame: Frame,
}

impl PartialEq for Made {
    /// A run that is done never changes.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

pub struct Brush {
    canvas: HtmlCanvasElement,
    painter: Painter,
    ruler: Ruler,
    look: Option<Look>,
    /// The instant painted last: playing goes on from there.
    snapshot: Option<Snapshot>,
    /// Made anew only when the size changes.
    ring: Option<Ring>,
    scene: Scene,
}

impl Brush {
    /// Nothing where the browser gives no canvas to paint on.
    pub fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        let painter = Painter::new(canvas.clone()).ok()?;
        let ruler = painter.ruler();
        Some(Self {
            canvas,
            painter,
            ruler,
            look: None,
            snapshot: None,
            ring: None,
            scene: Scene::default(),
        })
    }

    /// Looks at something else from now on.
    pub fn set(&mut self, look: Look) {
        let same_run = self.look.as_ref().is_some_and(|old| Rc::ptr_eq(&old.made, &look.made));
        let same_place = self.look.as_ref().is_some_and(|old| {
            same_run && (old.frame.size, old.frame.inset) == (look.frame.size, look.frame.inset)
        });
        if !same_run {
            self.snapshot = None;
        }
        if !same_place {
            self.ring = None;
        }
        self.look = Some(look);
    }

    /// What the pointer is over; true if that changed.
    pub fn hover(&mut self, target: Option<Target>) -> bool {
        let Some(look) = &mut self.look else { return false };
        let changed = look.frame.hovered != target;
        look.frame.hovered = target;
        changed
    }

    /// A hand as the pointer's picture, where there is something to press.
    pub fn show_hand(&self, is_over: bool) {
        let cursor = if is_over { "pointer" } else { "default" };
        // The name is right, so no browser refuses.
        let _ = self.canvas.style().set_property("cursor", cursor);
    }

    pub fn pick(&self, at: Point) -> Option<Target> {
        self.scene.pick(at)
    }

    /// Paints the present instant.
    pub fn paint(&mut self) {
        let Some(Look { made, playback, pace, frame }) = &self.look else { return };
        let time = playback.cursor(clock::now(), pace);
        let memory = observe::memory(made.run.scenario());
        let snapshot = made.run.look(self.snapshot.take(), time, memory);
        let picture = observe::observe(&snapshot, made.group, made.liveries.clone());
        let ring = self.ring.get_or_insert_with(|| {
            let ranks: Vec<Rank> = picture.processes.iter().map(|process| process.rank).collect();
            Ring::new(&ranks, frame.size, frame.inset, frame.radius)
        });
        self.scene = stage::scene_on(&picture, frame, ring, &self.ruler);
        self.painter.paint(&self.scene, media::pixel_ratio());
        self.snapshot = Some(snapshot);
    }
}
