//! Handles of targets that can be dragged along time, and marks of hovered and selected targets.

use super::model::FaultMark;
use super::{DiagramDrawContext, arrows, marks};
use crate::view::geometry::{Point, point};
use crate::view::paint::Paint;
use crate::view::path::{Path, PathCommand, Placement};
use crate::view::{HitArea, Scene, Target};

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
        scene.spot(target, HitArea::Disc { centre: point(x, y), drawn: 5.0, reach });
    }
}

pub(crate) fn draw(context: &DiagramDrawContext, scene: &mut Scene) {
    let frame = context.frame;
    if let Some(target) = frame.selected {
        draw_one(context, target, true, scene);
    }
    if let Some(target) = frame.hovered.filter(|_| frame.hovered != frame.selected) {
        draw_one(context, target, false, scene);
    }
}

fn draw_one(context: &DiagramDrawContext, target: Target, selected: bool, scene: &mut Scene) {
    match target {
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
            for mark in context.record.marks.iter().filter(|m| marks::target(m) == Some(target)) {
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
