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

/// Draws a tick at the end of each timeout.
pub fn draw_timers(sight: &DiagramDrawContext, scene: &mut Scene) {
    if sight.rows.is_low() || sight.detail() == super::DetailLevel::Far {
        return;
    }
    for timer in &sight.record.timers {
        let (x, lane) = (sight.x(timer.at), sight.lane(timer.name.of));
        let Some(y) = lane.filter(|&y| sight.rows.is_seen(y) && sight.is_in(x)) else { continue };
        let target = Target::Timer(timer.name);
        let first = scene.shapes.len();
        let tick = Paint::stroke(sight.tokens().ink, 1.25);
        scene.line(point(x, y - 5.5), point(x, y + 5.5), tick);
        scene.belongs(first, target);
        let reach = sight.frame.reach().min(12.0);
        scene.spot(target, HitArea::Disc { centre: point(x, y), drawn: 5.0, reach });
    }
}

pub fn draw(sight: &DiagramDrawContext, scene: &mut Scene) {
    let frame = sight.frame;
    if let Some(target) = frame.selected {
        draw_one(sight, target, true, scene);
    }
    if let Some(target) = frame.hovered.filter(|_| frame.hovered != frame.selected) {
        draw_one(sight, target, false, scene);
    }
}

fn draw_one(sight: &DiagramDrawContext, target: Target, selected: bool, scene: &mut Scene) {
    match target {
        Target::Message(name) => {
            let arrow = sight.record.message(name).and_then(|mail| arrows::arrow(sight, mail));
            let Some(arrow) = arrow.filter(|_| sight.detail() != super::DetailLevel::Far) else {
                return;
            };
            arrows::raise(sight, &arrow, scene);
            ring(sight, arrow.to, selected, scene);
        }
        Target::Timer(name) => {
            let timer = sight.record.timers.iter().find(|timer| timer.name == name);
            let place = timer.and_then(|t| Some(point(sight.x(t.at), sight.lane(name.of)?)));
            if let Some(at) = place {
                ring(sight, at, selected, scene);
            }
        }
        Target::Fault(_) | Target::FaultEnd(_) => {
            for mark in sight.record.marks.iter().filter(|m| marks::target(m) == Some(target)) {
                draw_mark(sight, mark, selected, scene);
            }
        }
        Target::Process(_) | Target::Link(_) | Target::Partition | Target::Handle(_) => {}
    }
}

fn draw_mark(sight: &DiagramDrawContext, mark: &FaultMark, selected: bool, scene: &mut Scene) {
    let x = sight.x(mark.at);
    match mark.rank {
        Some(rank) => {
            if let Some(y) = sight.lane(rank) {
                ring(sight, point(x, y), selected, scene);
            }
        }
        None if sight.is_in(x) => {
            let (top, foot) = (sight.rows.strip, sight.rows.foot);
            let line = Paint::stroke(sight.tokens().ink, 2.0);
            scene.line(point(x, top), point(x, foot), line);
            let knob = Paint::both(sight.tokens().stage, sight.tokens().ink, 1.5);
            scene.circle(point(x, top + 8.0), 6.0, knob);
            arrow_ways(sight, point(x, top + 8.0), scene);
        }
        None => {}
    }
}

/// A ring in ink with a chevron on both sides; that of a selected target is thicker.
fn ring(sight: &DiagramDrawContext, at: Point, selected: bool, scene: &mut Scene) {
    if !sight.is_in(at.x) || !sight.rows.is_seen(at.y) {
        return;
    }
    let width = if selected { 2.0 } else { 1.5 };
    let ink = Paint::stroke(sight.tokens().ink, width).halo(sight.tokens().stage, width + 3.0);
    scene.path(Path::arc(at, 9.5, 0.0, std::f64::consts::TAU), ink);
    arrow_ways(sight, at, scene);
}

fn arrow_ways(sight: &DiagramDrawContext, at: Point, scene: &mut Scene) {
    let tokens = sight.tokens();
    let paint = Paint::stroke(tokens.ink, 1.5).round().halo(tokens.stage, 4.0);
    scene.placed(WAYS, Placement::new(at, 1.0, 0.0), paint);
}
