//! Processes: body, number, crown, timer and badge of each, so that its state can be read without colour.

use super::{DrawContext, bodies};
use crate::types::{Role, TimerKind};
use crate::view::geometry::{Path, Placement};
use crate::view::geometry::{Point, point};
use crate::view::glyphs::CROWN;
use crate::view::model::{Belief, Body, ProcessModel, TimerModel};
use crate::view::palette::LeaderStyle;
use crate::view::ring::{crown_foot, crown_scale};
use crate::view::text::{Anchor, Font, Text};
use crate::view::{Colour, Paint};
use crate::view::{HitArea, Scene, ShapeForm, Target};
use std::f64::consts::{FRAC_PI_2, TAU};

/// The opacity of a process that has no member in the group.
const FAINT: f64 = 0.3;
/// How far the ring of a change of belief grows, in CSS pixels.
pub(crate) const NEWS_GROWS: f64 = 10.0;
/// The distance of the timer arc from the rim, in CSS pixels, and of a leader's hollow arc, outside its second rim.
pub(crate) const TIMER: f64 = 7.0;
const LEASE: f64 = 10.0;
/// The space between the two lines of a hollow arc, in CSS pixels.
pub(crate) const HOLLOW: f64 = 4.0;

pub(crate) fn draw(context: &DrawContext, scene: &mut Scene) {
    let raised = |process: &&ProcessModel| {
        let target = Some(Target::Process(process.rank));
        context.frame.hovered == target
    };
    let processes = &context.picture.processes;
    // The one under the pointer comes last, above its neighbours.
    let order = processes.iter().filter(|process| !raised(process));
    for (process, raised) in order
        .map(|process| (process, false))
        .chain(processes.iter().filter(raised).map(|process| (process, true)))
    {
        let first = scene.shapes.len();
        draw_one(context, process, raised, scene);
        if process.faint {
            scene.shapes[first..].iter_mut().for_each(|shape| shape.paint.opacity *= FAINT);
        }
        let target = Target::Process(process.rank);
        scene.belongs(first, target);
        let radius = context.ring.radius;
        let reach = (radius + 6.0).max(22.0);
        let centre = context.place(process.rank);
        scene.add_hit_region(target, HitArea::Disc { centre, drawn: radius, reach });
    }
}

/// Draws the badges above the messages: they are small, and no other sign has their information.
pub(crate) fn draw_badges(context: &DrawContext, scene: &mut Scene) {
    for process in &context.picture.processes {
        let first = scene.shapes.len();
        bodies::draw_badges(context, process, context.place(process.rank), scene);
        if process.faint {
            scene.shapes[first..].iter_mut().for_each(|shape| shape.paint.opacity *= FAINT);
        }
        scene.belongs(first, Target::Process(process.rank));
    }
}

fn draw_one(context: &DrawContext, process: &ProcessModel, raised: bool, scene: &mut Scene) {
    let at = context.place(process.rank);
    let radius = context.ring.radius;
    if !context.is_small() {
        let aside = mark(context, process).map_or(4.0, |aside| aside + 5.0);
        let ground = radius + aside;
        scene.circle(at, ground, Paint::fill(context.stage()));
    }
    draw_news(context, process, at, scene);
    if process.groups.is_empty() {
        draw_hold(context, process, at, scene);
        bodies::draw_body(context, process, at, scene);
        draw_number(context, process, at, scene);
        draw_crown(context, process, at, scene);
        draw_timer(context, process, at, scene);
    } else {
        bodies::draw_segments(context, process, at, scene);
        draw_number(context, process, at, scene);
        draw_crowns(context, process, at, scene);
    }
    if raised {
        let rim = bodies::outline(context, process, at, 1.0);
        scene.path(rim, Paint::stroke(context.tokens().ink, 2.0));
    }
}

/// The crown of a leader; a crashed process that others still follow has a fallen crown.
fn draw_crown(context: &DrawContext, process: &ProcessModel, at: Point, scene: &mut Scene) {
    let radius = context.ring.radius;
    let scale = crown_scale(radius);
    let placement = Placement::new(at - point(0.0, crown_foot(radius)), scale, 0.0);
    let tokens = context.tokens();
    let hue = context.hue(process.rank);
    match process.body {
        Body::Running(Role::Leads) => {
            scene.placed(CROWN, placement, Paint::both(hue.paint, hue.edge, 2.0));
        }
        Body::Running(Role::Claims) | Body::Paused { role: Role::Leads, .. } => {
            scene.placed(CROWN, placement, Paint::both(tokens.stage, hue.edge, 1.6));
        }
        Body::Crashed { .. } if context.picture.followers(process.rank).next().is_some() => {
            let fallen = at + point(0.5 * radius, -radius - if radius < 16.0 { 0.5 } else { 0.0 });
            let place = Placement::new(fallen, scale, 26f64.to_radians());
            scene.placed(CROWN, place, Paint::both(tokens.stage, tokens.ink3, 1.6));
        }
        Body::Running(_) | Body::Paused { .. } | Body::Crashed { .. } => {}
    }
}

/// All groups together: one crown in ink, with the number of groups that the process leads.
fn draw_crowns(context: &DrawContext, process: &ProcessModel, at: Point, scene: &mut Scene) {
    let leads = process.groups.iter().filter(|&&g| g == Belief::Leader(process.rank)).count();
    if leads == 0 || process.is_crashed() {
        return;
    }
    let radius = context.ring.radius;
    let ink = context.tokens().ink;
    let aside = if leads > 1 { 0.28 * radius } else { 0.0 };
    let foot = at - point(aside, crown_foot(radius));
    scene.placed(CROWN, Placement::new(foot, crown_scale(radius), 0.0), Paint::both(ink, ink, 2.0));
    if leads > 1 {
        let font = Font::new((0.43 * radius).max(9.0), 650);
        let at = at + point(0.2 * radius, -crown_foot(radius));
        let text = Text { words: format!("×{leads}").into(), at, font, anchor: Anchor::Start };
        scene.push(ShapeForm::Text(text), Paint::fill(ink));
    }
}

/// Only what leads to an action, and only where there is room around the rim.
pub(crate) fn has_timer(context: &DrawContext, process: &ProcessModel) -> bool {
    let waits = match process.body {
        Body::Running(
            Role::Electing
            | Role::AwaitingElected
            | Role::Delaying
            | Role::PreCandidate
            | Role::Candidate,
        ) => true,
        Body::Running(Role::Follows(_)) => {
            process.timer.is_some_and(|timer| timer.timer == TimerKind::Preempt)
        }
        Body::Running(_) | Body::Paused { .. } | Body::Crashed { .. } => false,
    };
    waits && process.timer.is_some() && !context.is_small() && process.groups.is_empty()
}

/// How far outside of the rim the middle of its timer arc or hollow arc is, in CSS pixels, if it has one.
pub(crate) fn mark(context: &DrawContext, process: &ProcessModel) -> Option<f64> {
    let leads = matches!(process.body, Body::Running(Role::Leads | Role::Claims));
    match hold(context, process) {
        Some(_) if leads => Some(LEASE),
        Some(_) => Some(TIMER),
        None => has_timer(context, process).then_some(TIMER),
    }
}

/// What it waits out before it may act, where there is room around the rim.
pub(crate) fn hold(context: &DrawContext, process: &ProcessModel) -> Option<TimerModel> {
    let is_shown = matches!(process.body, Body::Running(_)) && process.groups.is_empty();
    process.hold.filter(|_| is_shown && !context.is_small())
}

/// The rest of a time that forbids something: two thin lines with bars at the ends, clockwise from the top.
fn draw_hold(context: &DrawContext, process: &ProcessModel, at: Point, scene: &mut Scene) {
    let Some(hold) = hold(context, process) else { return };
    let Some(aside) = mark(context, process) else { return };
    let middle = context.ring.radius + aside;
    let tokens = context.tokens();
    scene.circle(at, middle, Paint::stroke(tokens.line, 1.0));
    let sweep = TAU * hold.left(context.picture.now);
    if sweep <= 0.0 {
        return;
    }
    let line = Paint::stroke(tokens.ink, 1.25);
    let (inner, outer) = (middle - HOLLOW / 2.0, middle + HOLLOW / 2.0);
    for radius in [inner, outer] {
        scene.path(Path::arc(at, radius, -FRAC_PI_2, sweep), line);
    }
    for end in [-FRAC_PI_2, sweep - FRAC_PI_2] {
        let (from, to) = (Point::polar(inner - 1.0, end), Point::polar(outer + 1.0, end));
        scene.line(at + from, at + to, line);
    }
}

/// The rest of the wait, clockwise from the top.
fn draw_timer(context: &DrawContext, process: &ProcessModel, at: Point, scene: &mut Scene) {
    let Some(wait) = process.timer.filter(|_| has_timer(context, process)) else { return };
    let radius = context.ring.radius + TIMER;
    let tokens = context.tokens();
    scene.circle(at, radius, Paint::stroke(tokens.line, 3.0));
    let left = wait.left(context.picture.now);
    if left > 0.0 {
        let arc = Path::arc(at, radius, -FRAC_PI_2, TAU * left);
        scene.path(arc, Paint::stroke(tokens.ink, 3.0));
    }
    if wait.timer == TimerKind::Preempt {
        // It ends in the lead.
        let hue = context.hue(process.rank);
        let place = Placement::new(at - point(0.0, radius), 0.52 * crown_scale(radius), 0.0);
        scene.placed(CROWN, place, Paint::both(hue.paint, hue.edge, 1.25));
    }
}

/// A change of belief: a ring that grows from the rim and fades within one median latency.
fn draw_news(context: &DrawContext, process: &ProcessModel, at: Point, scene: &mut Scene) {
    let Some(changed) = process.changed.filter(|_| !context.frame.reduced_motion) else { return };
    let age = context.picture.age(changed);
    if changed > context.picture.now || age >= 1.0 {
        return;
    }
    let paint = Paint::stroke(news_colour(context, process), 2.0);
    scene.circle(at, context.ring.radius + NEWS_GROWS * age, paint.opacity(1.0 - age));
}

/// Of the leader that it believes since then.
pub(crate) fn news_colour(context: &DrawContext, process: &ProcessModel) -> Colour {
    match process.role() {
        Some(Role::Follows(leader)) => context.hue(leader).edge,
        Some(Role::Leads | Role::Claims) => context.hue(process.rank).edge,
        _ => context.tokens().ink,
    }
}

/// Inside the body while it can be read there, else outside at some of them.
fn draw_number(context: &DrawContext, process: &ProcessModel, at: Point, scene: &mut Scene) {
    let words = process.rank.to_string();
    let is_candidate = process.body == Body::Running(Role::Candidate) && process.groups.is_empty();
    let shrunk = if is_candidate { 0.82 } else { 1.0 };
    let size = shrunk * number_size(context.ring.radius, words.len());
    let tokens = context.tokens();
    if size < 9.0 {
        draw_number_outside(context, process, at, words, scene);
        return;
    }
    let painted = process.painted_leader().or(is_candidate.then_some(process.rank));
    let believed = painted.filter(|_| process.groups.is_empty());
    let leader_style = believed.map(|leader| context.picture.leader_styles.of(leader));
    let colour: Colour = match (leader_style, process.body) {
        (Some(leader_style), _) => leader_style.hue(context.frame.theme).on,
        (None, Body::Crashed { .. }) => tokens.ink3,
        (None, Body::Running(_) | Body::Paused { .. }) => tokens.ink,
    };
    let paint = Paint::fill(colour);
    let paint = match leader_style.filter(|&leader_style| is_patterned(leader_style, process)) {
        Some(leader_style) => {
            let width = if context.is_small() { 4.0 } else { 6.0 };
            paint.halo(leader_style.hue(context.frame.theme).paint, width)
        }
        None => paint,
    };
    let at = at + point(0.0, 0.36 * size);
    let text = Text { words: words.into(), at, font: Font::new(size, 650), anchor: Anchor::Middle };
    scene.push(ShapeForm::Text(text), paint);
}

/// Whether a pattern or the stripes of a pause lie under the number.
fn is_patterned(leader_style: LeaderStyle, process: &ProcessModel) -> bool {
    use crate::view::palette::Pattern;
    leader_style.pattern() != Pattern::Plain || matches!(process.body, Body::Paused { .. })
}

/// Numbers of small processes are relatively larger, up to 13 px.
fn number_size(radius: f64, digits: usize) -> f64 {
    let share = match digits {
        0..=2 => 0.8,
        3 => 0.62,
        _ => 0.46,
    };
    let size = share * radius;
    size.max((1.25 * size).min(13.0))
}

/// Draws the number at every eighth place, at leaders and at the selected or hovered process. Numbers within
/// two places of a leader are left out.
fn draw_number_outside(
    context: &DrawContext,
    process: &ProcessModel,
    at: Point,
    words: String,
    scene: &mut Scene,
) {
    let leads = |process: &ProcessModel| process.role() == Some(Role::Leads);
    let processes = &context.picture.processes;
    let count = processes.len();
    let Some(index) = processes.iter().position(|other| other.rank == process.rank) else { return };
    let target = Some(Target::Process(process.rank));
    let marked =
        leads(process) || [context.frame.selected, context.frame.hovered].contains(&target);
    let crowded = || (count - 2..=count + 2).any(|step| leads(&processes[(index + step) % count]));
    if context.frame.thumbnail || !marked && ((index + 1) % 8 != 0 || count < 5 || crowded()) {
        return;
    }
    let radius = context.ring.radius;
    let outwards = (at - context.ring.centre_of(process.rank)).unit();
    let crown = crown_foot(radius) + 17.0 * crown_scale(radius);
    let middle = if leads(process) && outwards.y < 0.5 {
        at - point(0.0, crown + 7.0)
    } else {
        at + outwards * (radius + 11.0)
    };
    let tokens = context.tokens();
    let (weight, colour) = if marked { (650, tokens.ink) } else { (400, tokens.ink3) };
    let font = Font::new(11.0, weight);
    let text =
        Text { words: words.into(), at: middle + point(0.0, 4.0), font, anchor: Anchor::Middle };
    scene.push(ShapeForm::Text(text), Paint::fill(colour).halo(tokens.stage, 3.0));
}
