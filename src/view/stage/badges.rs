//! The badge at the lower right of a process: one word without words.

use super::DrawContext;
use crate::types::Role;
use crate::view::Scene;
use crate::view::geometry::{Point, point};
use crate::view::glyphs::{BARS, DOTS, QUESTION, TIMES, TRIANGLE, ZIGZAG};
use crate::view::model::{Body, ProcessModel};
use crate::view::paint::Paint;
use crate::view::path::{Path, Placement};

/// From so many crashes on a process counts as unstable.
const UNSTABLE: u32 = 3;

enum ProcessBadge {
    Crashed,
    Paused,
    Suspects,
    Electing,
    AwaitingElected,
    Unstable,
}

pub fn draw(sight: &DrawContext, process: &ProcessModel, at: Point, scene: &mut Scene) {
    let radius = sight.ring.radius;
    let Some(badge) = badge(sight, process).filter(|_| radius >= 10.0) else { return };
    let scale = if sight.is_small() { 0.72 } else { 1.0 };
    let place = Placement::new(at + point(0.78 * radius, 0.78 * radius), scale, 0.0);
    let tokens = sight.tokens();
    let ground = match badge {
        ProcessBadge::Crashed | ProcessBadge::Paused => tokens.ink2,
        ProcessBadge::Suspects
        | ProcessBadge::Electing
        | ProcessBadge::AwaitingElected
        | ProcessBadge::Unstable => tokens.ink,
    };
    scene.circle(place.at, 10.5 * scale, Paint::fill(tokens.stage));
    scene.circle(place.at, 8.5 * scale, Paint::fill(ground));
    let line = |width| Paint::stroke(tokens.stage, width).round();
    let (sign, paint): (Path, Paint) = match badge {
        ProcessBadge::Crashed => (TIMES, line(2.2)),
        ProcessBadge::Paused => (BARS, line(2.2)),
        ProcessBadge::Suspects => (QUESTION, line(1.9)),
        ProcessBadge::Electing => (TRIANGLE, Paint::both(tokens.stage, tokens.stage, 1.0)),
        ProcessBadge::AwaitingElected => (DOTS, line(2.5)),
        ProcessBadge::Unstable => (ZIGZAG, line(1.9)),
    };
    scene.placed(sign, place, paint);
}

/// The most telling one; a suspicion shows for one median latency.
fn badge(sight: &DrawContext, process: &ProcessModel) -> Option<ProcessBadge> {
    let picture = sight.picture;
    let fresh = |at| at <= picture.now && picture.age(at) < 1.0;
    match process.body {
        Body::Crashed { .. } => Some(ProcessBadge::Crashed),
        Body::Paused { .. } => Some(ProcessBadge::Paused),
        Body::Running(_) if process.suspected.is_some_and(fresh) => Some(ProcessBadge::Suspects),
        Body::Running(Role::Electing) if process.groups.is_empty() => Some(ProcessBadge::Electing),
        Body::Running(Role::AwaitingElected) if process.groups.is_empty() => {
            Some(ProcessBadge::AwaitingElected)
        }
        Body::Running(_) => (process.crashes >= UNSTABLE).then_some(ProcessBadge::Unstable),
    }
}
