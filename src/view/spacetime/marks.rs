//! Marks of faults in the diagram, and the highlighted chain of an explanation.

pub(crate) use crate::view::paint::FAINT;

use super::DiagramDrawContext;
use super::model::{DiagramMessage, FaultMark, FaultMarkKind};
use crate::choice::MessageId;
use crate::narration::StoryLine;
use crate::simulation::EventId;
use crate::sort;
use crate::time::Time;
use crate::types::Rank;
use crate::view::geometry::point;
use crate::view::glyphs::{BARS, QUESTION};
use crate::view::paint::Paint;
use crate::view::path::{Path, PathCommand, Placement};
use crate::view::{HitArea, Scene, Target};
use std::collections::BTreeSet;

/// The mark of a crash on a rail.
const CRASH: Path = Path::fixed(&[
    PathCommand::Move(point(-5.0, -5.0)),
    PathCommand::Line(point(5.0, 5.0)),
    PathCommand::Move(point(5.0, -5.0)),
    PathCommand::Line(point(-5.0, 5.0)),
]);

pub(crate) fn draw(context: &DiagramDrawContext, scene: &mut Scene) {
    let begin = scene.shapes.len();
    for mark in &context.record.marks {
        let x = context.x(mark.at);
        if context.is_in(x) && scene.has_room(begin) {
            draw_one(context, mark, x, scene);
        }
    }
}

fn draw_one(context: &DiagramDrawContext, mark: &FaultMark, x: f64, scene: &mut Scene) {
    let first = scene.shapes.len();
    let target = target(mark);
    match mark.rank {
        Some(rank) => {
            let Some(y) = context.lane(rank).filter(|&y| context.rows.is_seen(y)) else { return };
            draw_on_lane(context, mark, x, y, scene);
            if let Some(target) = target {
                let reach = context.frame.reach().min(context.rows.pitch.max(8.0));
                let area = HitArea::Disc { centre: point(x, y), drawn: 7.0, reach };
                scene.spot(target, area);
            }
        }
        None => {
            let tokens = context.tokens();
            let (from, to) = (point(x, context.rows.strip), point(x, context.rows.foot));
            scene.line(from, to, Paint::stroke(tokens.ink2, 1.25).dashed(2.0, 3.0));
            if let Some(target) = target {
                scene.spot(target, HitArea::Band { from, to, reach: 5.0 });
            }
        }
    }
    if context.diagram.chain.is_some_and(|chain| !chain.has_mark(mark) && mark.rank.is_some()) {
        // A crash is part of what the rail says, so it stays.
        let faint = if mark.what == FaultMarkKind::Crash { 1.0 } else { FAINT };
        scene.shapes[first..].iter_mut().for_each(|shape| shape.paint.opacity *= faint);
    }
    if let Some(target) = target {
        scene.belongs(first, target);
    }
}

/// The target of a mark: its line in the timeline, or the end of a pause.
pub(crate) fn target(mark: &FaultMark) -> Option<Target> {
    let entry = mark.entry?;
    Some(match mark.what {
        FaultMarkKind::PauseEnd => Target::FaultEnd(entry),
        _ => Target::Fault(entry),
    })
}

fn draw_on_lane(context: &DiagramDrawContext, mark: &FaultMark, x: f64, y: f64, scene: &mut Scene) {
    let tokens = context.tokens();
    let at = point(x, y);
    let scale = (context.rows.pitch / 42.0).clamp(0.3, 0.86);
    match mark.what {
        FaultMarkKind::Crash => {
            let scale = if context.rows.pitch < 36.0 { 0.81 * scale / 0.72 } else { 1.0 };
            let cross = Paint::stroke(tokens.ink, 2.0).round().halo(tokens.stage, 5.0);
            scene.placed(CRASH, Placement::new(at, scale.min(1.0), 0.0), cross);
        }
        FaultMarkKind::Suspicion => {
            badge(context, Placement::new(at, scale, 0.0), tokens.ink, QUESTION, scene)
        }
        FaultMarkKind::Pause => {
            badge(context, Placement::new(at, scale, 0.0), tokens.ink2, BARS, scene)
        }
        FaultMarkKind::Recovery | FaultMarkKind::PauseEnd | FaultMarkKind::Resumption => {
            let half = context.reach_of_rails() + 3.0;
            let tick = Paint::stroke(tokens.ink2, 2.0).round().halo(tokens.stage, 5.0);
            let path = Path::lines([(at - point(0.0, half), at + point(0.0, half))]);
            scene.path(path, tick);
        }
        FaultMarkKind::Cut
        | FaultMarkKind::Heal
        | FaultMarkKind::Slower
        | FaultMarkKind::Lossier => {}
    }
}

fn badge(
    context: &DiagramDrawContext,
    place: Placement,
    ground: crate::view::paint::Colour,
    sign: Path,
    scene: &mut Scene,
) {
    let stage = context.tokens().stage;
    scene.circle(place.at, 10.5 * place.scale, Paint::fill(stage));
    scene.circle(place.at, 8.5 * place.scale, Paint::fill(ground));
    scene.placed(sign, place, Paint::stroke(stage, 1.9).round());
}

/// The parts of an explanation that the diagram highlights.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChainHighlight {
    pub events: BTreeSet<EventId>,
    pub messages: BTreeSet<MessageId>,
    /// The processes that take part in it.
    pub ranks: BTreeSet<Rank>,
    /// The instant at which it begins.
    pub since: Time,
}

impl ChainHighlight {
    /// The events of an explanation by `narration::why`.
    pub fn of(lines: &[StoryLine]) -> Self {
        let events = sort::gather(lines.iter().flat_map(|line| line.first..=line.last));
        Self { events, ..Self::default() }
    }

    /// Whether a message belongs to it. Of a message that arrived or was lost, only that event counts: of
    /// several questions one is answered.
    pub fn has(&self, mail: &DiagramMessage) -> bool {
        let [sent, end] = mail.events;
        let is_known = end.or(sent).is_some_and(|event| self.events.contains(&event));
        is_known || self.messages.contains(&mail.name)
    }

    pub fn has_mark(&self, mark: &FaultMark) -> bool {
        self.events.contains(&mark.event)
    }
}
