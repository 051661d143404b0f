//! Marks of faults in the diagram, the highlighted chain of an explanation, handles of targets that can be
//! dragged along time, and rings around hovered and selected targets.

pub(crate) use crate::view::FAINT;

use super::model::{DiagramMessage, FaultMark, FaultMarkKind};
use super::{DiagramDrawContext, arrows};
use crate::choice::MessageId;
use crate::narration::StoryLine;
use crate::simulation::EventId;
use crate::sort;
use crate::time::Time;
use crate::types::Rank;
use crate::view::Paint;
use crate::view::geometry::{Path, PathCommand, Placement};
use crate::view::geometry::{Point, point};
use crate::view::glyphs::{BARS, QUESTION};
use crate::view::{HitArea, Scene, Target};
use std::collections::BTreeSet;

/// The mark of a crash on a rail.
const CRASH: Path = Path::fixed(&[
    PathCommand::Move(point(-5.0, -5.0)),
    PathCommand::Line(point(5.0, 5.0)),
    PathCommand::Move(point(5.0, -5.0)),
    PathCommand::Line(point(-5.0, 5.0)),
]);

/// The least distance between two dotted lines, in CSS pixels. Closer ones would merge, and a browser without a
/// GPU needs microseconds for each dot.
const APART: f64 = 6.0;

pub(crate) fn draw(context: &DiagramDrawContext, scene: &mut Scene) {
    let begin = scene.shapes.len();
    let mut last_line = f64::NEG_INFINITY;
    for mark in &context.record.marks {
        let x = context.x(mark.at);
        if context.is_in(x) && scene.has_room(begin) {
            let has_line = mark.rank.is_none() && x - last_line >= APART;
            draw_one(context, mark, x, has_line, scene);
            last_line = if has_line { x } else { last_line };
        }
    }
}

fn draw_one(
    context: &DiagramDrawContext,
    mark: &FaultMark,
    x: f64,
    has_line: bool,
    scene: &mut Scene,
) {
    let first = scene.shapes.len();
    let target = target(mark);
    match mark.rank {
        Some(rank) => {
            let Some(y) = context.lane(rank).filter(|&y| context.rows.is_seen(y)) else { return };
            draw_on_lane(context, mark, x, y, scene);
            if let Some(target) = target {
                let reach = context.frame.reach().min(context.rows.pitch.max(8.0));
                let area = HitArea::Disc { centre: point(x, y), drawn: 7.0, reach };
                scene.add_hit_region(target, area);
            }
        }
        None => {
            let tokens = context.tokens();
            let (from, to) = (point(x, context.rows.strip), point(x, context.rows.foot));
            if has_line {
                scene.line(from, to, Paint::stroke(tokens.ink2, 1.25).dashed(2.0, 3.0));
            }
            if let Some(target) = target {
                scene.add_hit_region(target, HitArea::Band { from, to, reach: 5.0 });
            }
        }
    }
    if context.diagram.chain.is_some_and(|chain| !chain.has_mark(mark) && mark.rank.is_some()) {
        // The rail shows a crash too, so this mark stays.
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
    let is_end = mark.what == FaultMarkKind::PauseEnd;
    Some(if is_end { Target::FaultEnd(entry) } else { Target::Fault(entry) })
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
    ground: crate::view::Colour,
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

/// Two chevrons: the target can be dragged in both directions.
const WAYS: Path = Path::fixed(&[
    PathCommand::Move(point(-12.0, -3.5)),
    PathCommand::Line(point(-15.5, 0.0)),
    PathCommand::Line(point(-12.0, 3.5)),
    PathCommand::Move(point(12.0, -3.5)),
    PathCommand::Line(point(15.5, 0.0)),
    PathCommand::Line(point(12.0, 3.5)),
]);

/// A tick where a wait ends.
pub(crate) fn draw_timers(context: &DiagramDrawContext, scene: &mut Scene) {
    if context.rows.is_low() || context.detail() == super::DetailLevel::Far {
        return;
    }
    for timer in &context.record.timers {
        let (x, lane) = (context.x(timer.at), context.lane(timer.name.of));
        let Some(y) = lane.filter(|&y| context.rows.is_seen(y) && context.is_in(x)) else {
            continue;
        };
        let target = Target::Timer(timer.name);
        let first = scene.shapes.len();
        let tick = Paint::stroke(context.tokens().ink, 1.25);
        scene.line(point(x, y - 5.5), point(x, y + 5.5), tick);
        scene.belongs(first, target);
        let reach = context.frame.reach().min(12.0);
        scene.add_hit_region(target, HitArea::Disc { centre: point(x, y), drawn: 5.0, reach });
    }
}

pub(crate) fn draw_handles(context: &DiagramDrawContext, scene: &mut Scene) {
    let frame = context.frame;
    if let Some(target) = frame.selected {
        draw_handle(context, target, true, scene);
    }
    if let Some(target) = frame.hovered.filter(|_| frame.hovered != frame.selected) {
        draw_handle(context, target, false, scene);
    }
}

fn draw_handle(context: &DiagramDrawContext, of: Target, selected: bool, scene: &mut Scene) {
    match of {
        Target::Message(name) => {
            let arrow = context.record.message(name).and_then(|mail| arrows::arrow(context, mail));
            let Some(arrow) = arrow.filter(|_| context.detail() != super::DetailLevel::Far) else {
                return;
            };
            arrows::raise(context, &arrow, scene);
            ring(context, arrow.to, selected, scene);
        }
        Target::Timer(name) => {
            let timer = context.record.timers.iter().find(|timer| timer.name == name);
            let place = timer.and_then(|t| Some(point(context.x(t.at), context.lane(name.of)?)));
            if let Some(at) = place {
                ring(context, at, selected, scene);
            }
        }
        Target::Fault(_) | Target::FaultEnd(_) => {
            for mark in context.record.marks.iter().filter(|m| target(m) == Some(of)) {
                draw_mark(context, mark, selected, scene);
            }
        }
        Target::Process(_) | Target::Link(_) | Target::Partition | Target::Handle(_) => {}
    }
}

fn draw_mark(context: &DiagramDrawContext, mark: &FaultMark, selected: bool, scene: &mut Scene) {
    let x = context.x(mark.at);
    match mark.rank {
        Some(rank) => {
            if let Some(y) = context.lane(rank) {
                ring(context, point(x, y), selected, scene);
            }
        }
        None if context.is_in(x) => {
            let (top, foot) = (context.rows.strip, context.rows.foot);
            let line = Paint::stroke(context.tokens().ink, 2.0);
            scene.line(point(x, top), point(x, foot), line);
            let knob = Paint::both(context.tokens().stage, context.tokens().ink, 1.5);
            scene.circle(point(x, top + 8.0), 6.0, knob);
            arrow_ways(context, point(x, top + 8.0), scene);
        }
        None => {}
    }
}

/// A ring of ink with a chevron on both sides; the selected one is thicker.
fn ring(context: &DiagramDrawContext, at: Point, selected: bool, scene: &mut Scene) {
    if !context.is_in(at.x) || !context.rows.is_seen(at.y) {
        return;
    }
    let width = if selected { 2.0 } else { 1.5 };
    let ink = Paint::stroke(context.tokens().ink, width).halo(context.tokens().stage, width + 3.0);
    scene.path(Path::arc(at, 9.5, 0.0, std::f64::consts::TAU), ink);
    arrow_ways(context, at, scene);
}

fn arrow_ways(context: &DiagramDrawContext, at: Point, scene: &mut Scene) {
    let tokens = context.tokens();
    let paint = Paint::stroke(tokens.ink, 1.5).round().halo(tokens.stage, 4.0);
    scene.placed(WAYS, Placement::new(at, 1.0, 0.0), paint);
}
