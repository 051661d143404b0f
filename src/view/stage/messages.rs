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

/// What arrived leaves its line, its head and a ghost of its glyph; what died a line and a cross.
pub(crate) fn draw_afterglow(context: &DrawContext, courses: &[Trajectory], scene: &mut Scene) {
    let gone: Vec<_> = courses.iter().filter(|course| !course.is_flying()).collect();
    if gone.len() > TOO_MANY {
        return;
    }
    for course in gone {
        let colour = colour(context, course);
        let alpha = 0.06 + 0.6 * course.glow();
        let beat = course.kind() == MessageKind::Heartbeat;
        let line = course.curve.piece(0.0, course.end);
        let width = if beat { 1.0 } else { 1.5 };
        scene.push(ShapeForm::Curve(line), Paint::stroke(colour, width).opacity(alpha));
        match course.state {
            TrajectoryState::Dead(_) => draw_cross(context, course, line, alpha, scene),
            TrajectoryState::Arrived(_) | TrajectoryState::Flying => {
                let place = Placement::new(line.to, 1.0, line.heading(1.0).angle());
                let scale = if beat { 0.7 } else { 1.0 };
                let place = Placement { scale, ..place };
                scene.placed(ARROWHEAD, place, Paint::fill(colour).opacity(alpha));
            }
        }
        if !beat && courses.len() <= MANY && !context.frame.thumbnail {
            draw_ghost(context, course, line, alpha, scene);
        }
    }
}

fn draw_cross(
    context: &DrawContext,
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
    let paint = Paint::stroke(colour(context, course), width).round().halo(context.stage(), halo);
    let paint = paint.opacity((alpha + 0.35).min(1.0));
    scene.placed(cross, Placement::new(line.to, 1.0, 0.0), paint);
}

fn draw_ghost(
    context: &DrawContext,
    course: &Trajectory,
    line: Curve,
    alpha: f64,
    scene: &mut Scene,
) {
    let glyph = Glyph::of(course.kind());
    let turn = if glyph.turns { line.heading(0.5).angle() } else { 0.0 };
    let place = Placement::new(line.at(0.5), 12.0 / Glyph::BOX, turn);
    let paint = paint(context, course).opacity((alpha + 0.22).min(1.0));
    scene.placed(glyph.path(), place, paint);
}

/// Ahead dots, behind a trail that grows towards the message.
pub(crate) fn draw_ways(context: &DrawContext, courses: &[Trajectory], scene: &mut Scene) {
    let flying = courses.iter().filter(|course| course.is_flying());
    let count = flying.clone().count();
    if count > TOO_MANY {
        return;
    }
    let first = scene.shapes.len();
    for course in flying {
        if context.frame.reduced_motion {
            draw_resting_way(context, course, scene);
        } else {
            draw_way(context, course, if count > MANY { 3 } else { 9 }, scene);
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

fn draw_way(context: &DrawContext, course: &Trajectory, segments: u32, scene: &mut Scene) {
    const LENGTH: f64 = 0.62;
    let colour = colour(context, course);
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

/// Without motion the whole way is seen at once, with the three places of rest.
fn draw_resting_way(context: &DrawContext, course: &Trajectory, scene: &mut Scene) {
    let colour = colour(context, course);
    let way = course.curve.piece(0.0, course.end);
    scene.push(ShapeForm::Curve(way), Paint::stroke(colour, 1.5).opacity(0.5));
    for rest in [1.0 / 3.0, 0.5, 2.0 / 3.0] {
        if rest <= course.end {
            scene.circle(course.curve.at(rest), 2.5, Paint::fill(colour).opacity(0.5));
        }
    }
}

pub(crate) fn draw_glyphs(context: &DrawContext, courses: &[Trajectory], scene: &mut Scene) {
    let flying = courses.iter().filter(|course| course.is_flying());
    let many = flying.clone().count() > MANY;
    for course in flying {
        let glyph = Glyph::of(course.kind());
        let size = match (many, context.frame.thumbnail) {
            (true, _) => 10.0,
            (_, true) => THUMBNAIL * glyph.size,
            _ => size(context, glyph),
        };
        let turn = if glyph.turns { course.curve.heading(course.at).angle() } else { 0.0 };
        let place = Placement::new(course.spot(), size / Glyph::BOX, turn);
        let target = Target::Message(course.flight.name);
        let first = scene.shapes.len();
        scene.placed(glyph.path(), place, paint(context, course));
        scene.belongs(first, target);
        let reach = context.frame.reach();
        scene.spot(target, HitArea::Disc { centre: place.at, drawn: size / 2.0, reach });
    }
}

/// No larger than the processes that it goes between, or it would hide them.
pub(crate) fn size(context: &DrawContext, glyph: Glyph) -> f64 {
    glyph.size.min((0.95 * context.ring.radius).max(10.0))
}

/// Lines and trails: the edge of whom it names, else ink.
pub(crate) fn colour(context: &DrawContext, course: &Trajectory) -> Colour {
    let named = course.flight.names.map(|leader| context.hue(leader));
    Glyph::of(course.kind()).colour(named, &context.tokens())
}

pub(crate) fn paint(context: &DrawContext, course: &Trajectory) -> Paint {
    let glyph = Glyph::of(course.kind());
    let named = course.flight.names.map(|leader| context.hue(leader));
    glyph.paint(named, &context.tokens()).halo(context.stage(), glyph.halo)
}
