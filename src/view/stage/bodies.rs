//! Bodies and badges of processes: a drop whose tip points at the leader, a disc with two rims for the
//! leader, a hollow disc for a process that follows nobody.

use super::DrawContext;
use crate::election::Votes;
use crate::types::{Rank, Role, TimerKind};
use crate::view::Paint;
use crate::view::geometry::{Path, PathCommand, Placement};
use crate::view::geometry::{Point, point};
use crate::view::glyphs::{BARS, CLOCK_HAND, DOTS, QUESTION, TIMES, TRIANGLE, ZIGZAG};
use crate::view::model::{Belief, Body, ProcessModel};
use crate::view::palette::{Hue, LeaderStyle, Pattern};
use crate::view::text::{Anchor, Font, Text};
use crate::view::{Scene, ShapeForm};
use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, TAU};

/// The radius of a candidate's own paint, in radii.
pub(crate) const CANDIDATE: f64 = 0.66;
/// In a larger group the votes are counted in words.
const MOST_BEADS: usize = 9;
/// The distance of the drop's tip from the centre, in radii.
pub(crate) const NOSE: f64 = 1.42;

pub(crate) fn draw_body(
    context: &DrawContext,
    process: &ProcessModel,
    at: Point,
    scene: &mut Scene,
) {
    match process.body {
        Body::Crashed { .. } => draw_crashed(context, at, scene),
        Body::Running(role) => {
            if matches!(role, Role::Leads | Role::Claims) {
                draw_rim(context, process, at, scene);
            }
            draw_painted(context, process, at, scene);
            if role == Role::Candidate {
                draw_candidate(context, process, at, scene);
            }
            draw_vote(context, process, at, scene);
        }
        Body::Paused { .. } => {
            draw_painted(context, process, at, scene);
            let frost = stripes(at, context.ring.radius - 2.0, 5.0, 2.6);
            scene.path(frost, Paint::stroke(context.stage(), 2.6).opacity(0.8));
        }
    }
}

/// The outline of a body, `by` larger than it is drawn at rest.
pub(crate) fn outline(context: &DrawContext, process: &ProcessModel, at: Point, by: f64) -> Path {
    let radius = context.ring.radius + by;
    let pointed_at = process.painted_leader().filter(|leader| *leader != process.rank);
    match pointed_at.and_then(|leader| context.ring.place(leader)) {
        Some(leader) if process.groups.is_empty() => drop_towards(at, radius, leader - at),
        _ if matches!(process.body, Body::Running(Role::Leads | Role::Claims)) => {
            let aside = if context.is_small() { 1.5 } else { 3.0 };
            Path::arc(at, radius + aside, 0.0, TAU)
        }
        _ => Path::arc(at, radius, 0.0, TAU),
    }
}

/// The leader's second rim; dashed where it only claims to lead.
fn draw_rim(context: &DrawContext, process: &ProcessModel, at: Point, scene: &mut Scene) {
    let (aside, width) = if context.is_small() { (1.5, 1.25) } else { (3.0, 2.0) };
    let edge = context.hue(process.rank).edge;
    let paint = Paint::both(context.stage(), edge, width);
    let claims = process.body == Body::Running(Role::Claims);
    let paint = if claims { paint.dashed(4.0, 4.0) } else { paint };
    scene.circle(at, context.ring.radius + aside, paint);
}

/// A candidate's own paint within its dashes, and around it a bead for each vote: painted if it has been
/// granted, with a bar if it has been refused, open otherwise. Of many votes their number.
fn draw_candidate(context: &DrawContext, process: &ProcessModel, at: Point, scene: &mut Scene) {
    const BEAD: f64 = 3.4;
    const AWAY: f64 = 12.0;
    let radius = context.ring.radius;
    let hue = context.hue(process.rank);
    scene.circle(at, CANDIDATE * radius, Paint::both(hue.paint, hue.edge, 1.25));
    let Some((Votes { granted, refused }, all)) = process.facts.votes else { return };
    if context.is_small() {
        return;
    }
    if all > MOST_BEADS {
        let (words, font) = (format!("{granted} of {all}").into(), Font::new(11.0, 600));
        let at = at - point(0.0, radius + AWAY - BEAD);
        let text = Text { words, at, font, anchor: Anchor::Middle };
        let paint = Paint::fill(context.tokens().ink).halo(context.stage(), 3.0);
        return scene.push(ShapeForm::Text(text), paint);
    }
    let step = 22_f64.to_radians();
    let first = -FRAC_PI_2 - step * (all as f64 - 1.0) / 2.0;
    for place in 0..all {
        let bead = at + Point::polar(radius + AWAY, first + step * place as f64);
        if place < granted {
            scene.circle(bead, BEAD, Paint::both(hue.paint, hue.edge, 1.0));
        } else if place < granted + refused {
            let line = Paint::both(context.stage(), context.tokens().ink2, 1.4);
            scene.circle(bead, BEAD - 0.2, line);
            scene.line(bead + point(-2.2, 2.2), bead + point(2.2, -2.2), line);
        } else {
            scene.circle(bead, BEAD, Paint::both(context.stage(), context.tokens().ctl, 1.0));
        }
    }
}

/// A bead on the rim in the paint of the candidate that it has voted for, unless it follows that one: the body
/// says whom it believes.
fn draw_vote(context: &DrawContext, process: &ProcessModel, at: Point, scene: &mut Scene) {
    let believed = process.believed_leader();
    let other = |candidate: &Rank| *candidate != process.rank && Some(*candidate) != believed;
    let Some(candidate) = process.facts.voted.filter(other) else { return };
    let Some(there) = context.ring.place(candidate) else { return };
    let radius = context.ring.radius;
    let hue = context.hue(candidate);
    let bead = at + (there - at).unit() * radius;
    let size = (0.22 * radius).max(2.0);
    scene.circle(bead, size + 2.0, Paint::fill(context.stage()));
    scene.circle(bead, size, Paint::both(hue.paint, hue.edge, 1.0));
}

/// In the paint of whom it believes, or missed before it delays; else hollow.
fn draw_painted(context: &DrawContext, process: &ProcessModel, at: Point, scene: &mut Scene) {
    let Some(leader) = process.painted_leader() else {
        draw_hollow(context, process, at, scene);
        return;
    };
    let leader_style = context.picture.leader_styles.of(leader);
    let Hue { paint, edge, .. } = leader_style.hue(context.frame.theme);
    let radius = context.ring.radius - 1.0;
    let paint = Paint::both(paint, edge, if context.is_small() { 1.25 } else { 2.0 });
    match context.ring.place(leader).filter(|_| leader != process.rank) {
        Some(there) => scene.path(drop_towards(at, radius, there - at), paint),
        None => scene.circle(at, radius, paint),
    }
    draw_pattern(context, leader_style, at, scene);
}

fn draw_pattern(context: &DrawContext, leader_style: LeaderStyle, at: Point, scene: &mut Scene) {
    let radius = context.ring.radius - 2.0;
    match leader_style.pattern() {
        Pattern::Plain => {}
        Pattern::Striped => {
            let path = stripes(at, radius, 6.0, 2.4);
            scene.path(path, Paint::stroke(context.stage(), 2.4).opacity(0.85));
        }
        Pattern::Dotted => {
            scene.path(dots(at, radius, 6.0, 1.5), Paint::fill(context.stage()).opacity(0.9));
        }
    }
}

/// Solid where it believes nobody, dashes while it elects, dots while it waits for `Elected`.
fn draw_hollow(context: &DrawContext, process: &ProcessModel, at: Point, scene: &mut Scene) {
    let tokens = context.tokens();
    let small = context.is_small();
    let paint = Paint::both(tokens.stage, tokens.ink, if small { 1.5 } else { 2.5 });
    let paint = match (process.role(), small) {
        (Some(Role::Electing | Role::PreCandidate | Role::Candidate), false) => {
            paint.dashed(7.0, 4.0)
        }
        (Some(Role::Electing | Role::PreCandidate | Role::Candidate), true) => {
            paint.dashed(3.0, 2.0)
        }
        (Some(Role::AwaitingElected), false) => paint.dashed(1.0, 4.6).round(),
        (Some(Role::AwaitingElected), true) => paint.dashed(1.0, 2.6).round(),
        _ => paint,
    };
    scene.circle(at, context.ring.radius - 1.0, paint);
}

fn draw_crashed(context: &DrawContext, at: Point, scene: &mut Scene) {
    let tokens = context.tokens();
    let paint = if context.is_small() {
        Paint::both(tokens.stage, tokens.ink3, 1.25).dashed(2.0, 3.0)
    } else {
        Paint::both(tokens.stage, tokens.ink3, 2.0).dashed(3.0, 5.0)
    };
    scene.circle(at, context.ring.radius - 1.0, paint);
}

/// All groups at once: one segment a group, clockwise from the top in the order of the script.
pub(crate) fn draw_segments(
    context: &DrawContext,
    process: &ProcessModel,
    at: Point,
    scene: &mut Scene,
) {
    const APART: f64 = 0.07;
    let tokens = context.tokens();
    let (outer, inner) = (context.ring.radius, 0.62 * context.ring.radius);
    let step = TAU / process.groups.len().max(1) as f64;
    let apart = if process.groups.len() > 1 { APART } else { 0.0 };
    for (index, belief) in process.groups.iter().enumerate() {
        let start = -FRAC_PI_2 + step * index as f64 + apart;
        let segment = segment(at, inner, outer, start, step - 2.0 * apart);
        let paint = match belief {
            Belief::NoMember => Paint::stroke(tokens.line2, 1.0).dashed(2.0, 3.0),
            _ if process.is_crashed() => Paint::stroke(tokens.ink3, 1.25).dashed(2.0, 3.0),
            Belief::Nobody => Paint::both(tokens.stage, tokens.ink, 1.25),
            Belief::Leader(leader) => {
                let hue = context.hue(*leader);
                Paint::both(hue.paint, hue.edge, 1.25)
            }
        };
        scene.path(segment, paint);
    }
}

fn segment(centre: Point, inner: f64, outer: f64, start: f64, sweep: f64) -> Path {
    let from = centre + Point::polar(outer, start);
    let back = start + sweep;
    Path::new([
        PathCommand::Move(from),
        PathCommand::Arc { centre, radius: outer, start, sweep },
        PathCommand::Line(centre + Point::polar(inner, back)),
        PathCommand::Arc { centre, radius: inner, start: back, sweep: -sweep },
        PathCommand::Close,
    ])
}

/// A disc with a tip whose sides are tangents of the disc; the tip is rounded.
fn drop_towards(centre: Point, radius: f64, way: Point) -> Path {
    let half = (1.0 / NOSE).acos();
    let (ahead, aside) = (way.unit(), way.unit().right());
    let dot =
        |along: f64, across: f64| centre + ahead * (radius * along) + aside * (radius * across);
    let angle = way.unit().angle();
    Path::new([
        PathCommand::Move(dot(half.cos(), -half.sin())),
        PathCommand::Line(dot(1.3466, -0.101)),
        PathCommand::Quad { control: dot(1.44, 0.0), to: dot(1.3466, 0.101) },
        PathCommand::Line(dot(half.cos(), half.sin())),
        PathCommand::Arc { centre, radius, start: angle + half, sweep: TAU - 2.0 * half },
        PathCommand::Close,
    ])
}

/// The middle lines of stripes that rise to the right and stay inside the disc.
pub(crate) fn stripes(centre: Point, radius: f64, pitch: f64, width: f64) -> Path {
    let along = Point::polar(1.0, -FRAC_PI_4);
    let across = along.right();
    let count = (radius / pitch) as i32;
    Path::lines((-count..=count).filter_map(|index| {
        let away = f64::from(index) * pitch;
        let edge = away.abs() + width / 2.0;
        let half = (radius * radius - edge * edge).max(0.0).sqrt();
        let middle = centre + across * away;
        (half > 0.5).then(|| (middle - along * half, middle + along * half))
    }))
}

/// Dots on a square grid; only whole dots are drawn.
pub(crate) fn dots(centre: Point, radius: f64, pitch: f64, size: f64) -> Path {
    let count = (radius / pitch) as i32;
    let grid = (-count..=count).flat_map(|x| (-count..=count).map(move |y| (x, y)));
    let dots = grid.map(|(x, y)| point(f64::from(x) * pitch, f64::from(y) * pitch));
    let inside = dots.filter(|dot| dot.length() + size <= radius).map(|dot| centre + dot);
    Path::new(inside.flat_map(|dot| {
        [
            PathCommand::Move(dot + point(size, 0.0)),
            PathCommand::Arc { centre: dot, radius: size, start: 0.0, sweep: TAU },
            PathCommand::Close,
        ]
    }))
}

/// The number of crashes from which on a process counts as unstable.
const UNSTABLE: u32 = 3;

enum ProcessBadge {
    Crashed,
    Paused,
    Suspects,
    Electing,
    AwaitingElected,
    Delaying,
    PreCandidate,
    Unstable,
}

pub(crate) fn draw_badges(
    context: &DrawContext,
    process: &ProcessModel,
    at: Point,
    scene: &mut Scene,
) {
    let radius = context.ring.radius;
    let Some(badge) = badge(context, process).filter(|_| radius >= 10.0) else { return };
    let scale = if context.is_small() { 0.72 } else { 1.0 };
    let place = Placement::new(at + point(0.78 * radius, 0.78 * radius), scale, 0.0);
    let tokens = context.tokens();
    let ground = match badge {
        ProcessBadge::Crashed | ProcessBadge::Paused => tokens.ink2,
        ProcessBadge::Suspects
        | ProcessBadge::Electing
        | ProcessBadge::AwaitingElected
        | ProcessBadge::Delaying
        | ProcessBadge::PreCandidate
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
        ProcessBadge::Delaying => (CLOCK_HAND, line(1.9)),
        ProcessBadge::PreCandidate => (TRIANGLE, line(1.5)),
        ProcessBadge::Unstable => (ZIGZAG, line(1.9)),
    };
    scene.placed(sign, place, paint);
}

/// Whether it may not take the lead from a lower rank yet.
fn is_held_down(process: &ProcessModel) -> bool {
    process.hold.is_some_and(|hold| hold.timer == TimerKind::Preempt)
}

/// The most telling one; a suspicion shows for one median latency.
fn badge(context: &DrawContext, process: &ProcessModel) -> Option<ProcessBadge> {
    let picture = context.picture;
    let fresh = |at| at <= picture.now && picture.age(at) < 1.0;
    match process.body {
        Body::Crashed { .. } => Some(ProcessBadge::Crashed),
        Body::Paused { .. } => Some(ProcessBadge::Paused),
        Body::Running(_) if process.suspected.is_some_and(fresh) => Some(ProcessBadge::Suspects),
        Body::Running(Role::Electing) if process.groups.is_empty() => Some(ProcessBadge::Electing),
        Body::Running(Role::AwaitingElected) if process.groups.is_empty() => {
            Some(ProcessBadge::AwaitingElected)
        }
        Body::Running(role)
            if process.groups.is_empty() && (role == Role::Delaying || is_held_down(process)) =>
        {
            Some(ProcessBadge::Delaying)
        }
        Body::Running(Role::PreCandidate) if process.groups.is_empty() => {
            Some(ProcessBadge::PreCandidate)
        }
        Body::Running(_) => (process.crashes >= UNSTABLE).then_some(ProcessBadge::Unstable),
    }
}
