//! The badge at the lower right of a process: one word without words.

use super::Sight;
use crate::types::Role;
use crate::view::Scene;
use crate::view::geometry::{Point, point};
use crate::view::glyphs::{BARS, DOTS, QUESTION, TIMES, TRIANGLE, ZIGZAG};
use crate::view::paint::Paint;
use crate::view::path::{Path, Place};
use crate::view::picture::{Body, Process};

/// From so many crashes on a process counts as unstable.
const UNSTABLE: u32 = 3;

enum Badge {
    Crashed,
    Paused,
    Suspects,
    Electing,
    AwaitingElected,
    Unstable,
}

pub fn draw(sight: &Sight, process: &Process, at: Point, scene: &mut Scene) {
    let radius = sight.ring.radius;
    let Some(badge) = badge(sight, process).filter(|_| radius >= 10.0) else { return };
    let scale = if sight.is_small() { 0.72 } else { 1.0 };
    let place = Place::new(at + point(0.78 * radius, 0.78 * radius), scale, 0.0);
    let tokens = sight.tokens();
    let ground = match badge {
        Badge::Crashed | Badge::Paused => tokens.ink2,
        Badge::Suspects | Badge::Electing | Badge::AwaitingElected | Badge::Unstable => tokens.ink,
    };
    scene.circle(place.at, 10.5 * scale, Paint::fill(tokens.stage));
    scene.circle(place.at, 8.5 * scale, Paint::fill(ground));
    let line = |width| Paint::stroke(tokens.stage, width).round();
    let (sign, paint): (Path, Paint) = match badge {
        Badge::Crashed => (TIMES, line(2.2)),
        Badge::Paused => (BARS, line(2.2)),
        Badge::Suspects => (QUESTION, line(1.9)),
        Badge::Electing => (TRIANGLE, Paint::both(tokens.stage, tokens.stage, 1.0)),
        Badge::AwaitingElected => (DOTS, line(2.5)),
        Badge::Unstable => (ZIGZAG, line(1.9)),
    };
    scene.placed(sign, place, paint);
}

/// The most telling one; a suspicion shows for one median latency.
fn badge(sight: &Sight, process: &Process) -> Option<Badge> {
    let picture = sight.picture;
    let fresh = |at| at <= picture.now && picture.age(at) < 1.0;
    match process.body {
        Body::Crashed { .. } => Some(Badge::Crashed),
        Body::Paused { .. } => Some(Badge::Paused),
        Body::Running(_) if process.suspected.is_some_and(fresh) => Some(Badge::Suspects),
        Body::Running(Role::Electing) if process.groups.is_empty() => Some(Badge::Electing),
        Body::Running(Role::AwaitingElected) if process.groups.is_empty() => {
            Some(Badge::AwaitingElected)
        }
        Body::Running(_) => (process.crashes >= UNSTABLE).then_some(Badge::Unstable),
    }
}
