//! Messages: the traces of those that arrived or were lost, the paths of those on their way, and their
//! glyphs.

use super::DrawContext;
use super::trajectories::{Trajectory, TrajectoryState};
use crate::sort;
use crate::types::MessageKind;
use crate::view::geometry::Curve;
use crate::view::glyphs::{ARROWHEAD, CROSS, Glyph, SMALL_CROSS};
use crate::view::paint::{Colour, Paint};
use crate::view::path::{Path, Placement};
use crate::view::{HitArea, Scene, ShapeForm, Target};

/// Above `MANY` messages on their way glyphs and trails are small; above `TOO_MANY` there are no trails.
const MANY: usize = 200;
const TOO_MANY: usize = 1_000;
/// The scale of glyphs in a thumbnail.
const THUMBNAIL: f64 = 0.7;

/// Draws traces: a message that arrived leaves its line, an arrowhead and a faint glyph; a lost one a line
/// and a cross.
pub fn draw_afterglow(sight: &DrawContext, courses: &[Trajectory], scene: &mut Scene) {
    let gone: Vec<_> = courses.iter().filter(|course| !course.is_flying()).collect();
    if gone.len() > TOO_MANY {
        return;
    }
    for course in gone {
        let colour = colour(sight, course);
        let alpha = 0.06 + 0.6 * course.glow();
        let beat = course.kind() == MessageKind::Heartbeat;
        let line = course.curve.piece(0.0, course.end);
        let width = if beat { 1.0 } else { 1.5 };
        scene.push(ShapeForm::Curve(line), Paint::stroke(colour, width).opacity(alpha));
        match course.state {
            TrajectoryState::Dead(_) => draw_cross(sight, course, line, alpha, scene),
            TrajectoryState::Arrived(_) | TrajectoryState::Flying => {
                let place = Placement::new(line.to, 1.0, line.heading(1.0).angle());
                let scale = if beat { 0.7 } else { 1.0 };
                let place = Placement { scale, ..place };
                scene.placed(ARROWHEAD, place, Paint::fill(colour).opacity(alpha));
            }
        }
        if !beat && courses.len() <= MANY && !sight.frame.thumbnail {
            draw_ghost(sight, course, line, alpha, scene);
        }
    }
}

fn draw_cross(
    sight: &DrawContext,
    course: &Trajectory,
    line: Curve,
    alpha: f64,
    scene: &mut Scene,
) {
    let (cross, width, halo): (Path, _, _) = match course.kind() {
        MessageKind::Heartbeat => (SMALL_CROSS, 1.6, 4.6),
        MessageKind::Election
        | MessageKind::Alive
        | MessageKind::Proceed
        | MessageKind::Elected => (CROSS, 2.0, 5.0),
    };
    let paint = Paint::stroke(colour(sight, course), width).round().halo(sight.stage(), halo);
    let paint = paint.opacity((alpha + 0.35).min(1.0));
    scene.placed(cross, Placement::new(line.to, 1.0, 0.0), paint);
}

fn draw_ghost(
    sight: &DrawContext,
    course: &Trajectory,
    line: Curve,
    alpha: f64,
    scene: &mut Scene,
) {
    let glyph = Glyph::of(course.kind());
    let turn = if glyph.turns { line.heading(0.5).angle() } else { 0.0 };
    let place = Placement::new(line.at(0.5), 12.0 / Glyph::BOX, turn);
    let paint = paint(sight, course).opacity((alpha + 0.22).min(1.0));
    scene.placed(glyph.path(), place, paint);
}

/// Draws paths: dots ahead of the message, behind it a trail that becomes wider towards it.
pub fn draw_ways(sight: &DrawContext, courses: &[Trajectory], scene: &mut Scene) {
    let flying = courses.iter().filter(|course| course.is_flying());
    let count = flying.clone().count();
    if count > TOO_MANY {
        return;
    }
    let first = scene.shapes.len();
    for course in flying {
        if sight.frame.reduced_motion {
            draw_resting_way(sight, course, scene);
        } else {
            draw_way(sight, course, if count > MANY { 3 } else { 9 }, scene);
        }
    }
    // Equal lines follow each other, so that a renderer can stroke them at once; thin ones are below.
    let mut lines = scene.shapes.split_off(first);
    sort::sort_by_key(&mut lines, |shape| {
        let stroke = shape.paint.stroke;
        let colour = stroke.map(|stroke| stroke.colour);
        // The bits of positive floats are in the order of their values.
        let width = stroke.map(|stroke| stroke.width.to_bits());
        (shape.paint.opacity.to_bits(), width, colour)
    });
    scene.shapes.append(&mut lines);
}

fn draw_way(sight: &DrawContext, course: &Trajectory, segments: u32, scene: &mut Scene) {
    const LENGTH: f64 = 0.62;
    let colour = colour(sight, course);
    if course.at < course.end {
        let ahead = Paint::stroke(colour, 1.25).dashed(1.0, 5.0).round().opacity(0.6);
        scene.push(ShapeForm::Curve(course.curve.piece(course.at, course.end)), ahead);
    }
    let (thin, grown) = match course.kind() {
        MessageKind::Heartbeat => (0.8, 1.2),
        MessageKind::Election
        | MessageKind::Alive
        | MessageKind::Proceed
        | MessageKind::Elected => (1.0, 2.6),
    };
    let begin = (course.at - LENGTH).max(0.0);
    let step = (course.at - begin) / f64::from(segments);
    for segment in 0..segments {
        let share = f64::from(segment + 1) / f64::from(segments);
        let from = begin + step * f64::from(segment);
        let paint = Paint::stroke(colour, thin + grown * share);
        let piece = course.curve.piece(from, from + step);
        scene.push(ShapeForm::Curve(piece), paint.opacity(0.08 + 0.8 * share.powf(1.4)));
    }
}

/// With reduced motion the whole path is drawn at once, with the three places at which a message stops.
fn draw_resting_way(sight: &DrawContext, course: &Trajectory, scene: &mut Scene) {
    let colour = colour(sight, course);
    let way = course.curve.piece(0.0, course.end);
    scene.push(ShapeForm::Curve(way), Paint::stroke(colour, 1.5).opacity(0.5));
    for rest in [1.0 / 3.0, 0.5, 2.0 / 3.0] {
        if rest <= course.end {
            scene.circle(course.curve.at(rest), 2.5, Paint::fill(colour).opacity(0.5));
        }
    }
}

pub fn draw_glyphs(sight: &DrawContext, courses: &[Trajectory], scene: &mut Scene) {
    let flying = courses.iter().filter(|course| course.is_flying());
    let many = flying.clone().count() > MANY;
    for course in flying {
        let glyph = Glyph::of(course.kind());
        let size = match (many, sight.frame.thumbnail) {
            (true, _) => 10.0,
            (_, true) => THUMBNAIL * glyph.size,
            _ => size(sight, glyph),
        };
        let turn = if glyph.turns { course.curve.heading(course.at).angle() } else { 0.0 };
        let place = Placement::new(course.spot(), size / Glyph::BOX, turn);
        let target = Target::Message(course.flight.name);
        let first = scene.shapes.len();
        scene.placed(glyph.path(), place, paint(sight, course));
        scene.belongs(first, target);
        let reach = sight.frame.reach();
        scene.spot(target, HitArea::Disc { centre: place.at, drawn: size / 2.0, reach });
    }
}

/// The size of a glyph: at most that of the processes, which it would hide otherwise; CSS pixels.
pub fn size(sight: &DrawContext, glyph: Glyph) -> f64 {
    glyph.size.min((0.95 * sight.ring.radius).max(10.0))
}

/// The colour of lines and trails: the edge of the leader that the message names, else ink.
pub fn colour(sight: &DrawContext, course: &Trajectory) -> Colour {
    let named = course.flight.names.map(|leader| sight.hue(leader));
    Glyph::of(course.kind()).colour(named, sight.tokens())
}

pub fn paint(sight: &DrawContext, course: &Trajectory) -> Paint {
    let glyph = Glyph::of(course.kind());
    let named = course.flight.names.map(|leader| sight.hue(leader));
    glyph.paint(named, sight.tokens()).halo(sight.stage(), glyph.halo)
}
