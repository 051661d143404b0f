//! Processes: body, number, crown, timer and badge of each, so that its state can be read without colour.

use super::{DrawContext, bodies};
use crate::types::Role;
use crate::view::geometry::{Point, point};
use crate::view::glyphs::CROWN;
use crate::view::model::{Belief, Body, ProcessModel};
use crate::view::paint::{Colour, Paint};
use crate::view::palette::LeaderStyle;
use crate::view::path::{Path, Placement};
use crate::view::ring::{crown_foot, crown_scale};
use crate::view::text::{Anchor, Font, Text};
use crate::view::{HitArea, Scene, ShapeForm, Target};
use std::f64::consts::{FRAC_PI_2, TAU};

/// The opacity of a process that has no member in the group.
const FAINT: f64 = 0.3;
/// How far the ring of a change of belief grows, in CSS pixels.
pub const NEWS_GROWS: f64 = 10.0;
/// The distance of the timer arc from the rim, in CSS pixels.
pub const TIMER: f64 = 7.0;

pub fn draw(sight: &DrawContext, scene: &mut Scene) {
    let raised = |process: &&ProcessModel| {
        let target = Some(Target::Process(process.rank));
        sight.frame.hovered == target
    };
    let processes = &sight.picture.processes;
    // The hovered process comes last, above its neighbours.
    let order = processes.iter().filter(|process| !raised(process));
    for (process, raised) in order
        .map(|process| (process, false))
        .chain(processes.iter().filter(raised).map(|process| (process, true)))
    {
        let first = scene.shapes.len();
        draw_one(sight, process, raised, scene);
        if process.faint {
            scene.shapes[first..].iter_mut().for_each(|shape| shape.paint.opacity *= FAINT);
        }
        let target = Target::Process(process.rank);
        scene.belongs(first, target);
        let radius = sight.ring.radius;
        let reach = (radius + 6.0).max(22.0);
        let centre = sight.place(process.rank);
        scene.spot(target, HitArea::Disc { centre, drawn: radius, reach });
    }
}

/// Draws badges above the messages: a badge is small, and nothing else shows what it shows.
pub fn draw_badges(sight: &DrawContext, scene: &mut Scene) {
    for process in &sight.picture.processes {
        let first = scene.shapes.len();
        bodies::draw_badges(sight, process, sight.place(process.rank), scene);
        if process.faint {
            scene.shapes[first..].iter_mut().for_each(|shape| shape.paint.opacity *= FAINT);
        }
        scene.belongs(first, Target::Process(process.rank));
    }
}

fn draw_one(sight: &DrawContext, process: &ProcessModel, raised: bool, scene: &mut Scene) {
    let at = sight.place(process.rank);
    let radius = sight.ring.radius;
    if !sight.is_small() {
        let ground = radius + if has_timer(sight, process) { 12.0 } else { 4.0 };
        scene.circle(at, ground, Paint::fill(sight.stage()));
    }
    draw_news(sight, process, at, scene);
    if process.groups.is_empty() {
        bodies::draw_body(sight, process, at, scene);
        draw_number(sight, process, at, scene);
        draw_crown(sight, process, at, scene);
        draw_timer(sight, process, at, scene);
    } else {
        bodies::draw_segments(sight, process, at, scene);
        draw_number(sight, process, at, scene);
        draw_crowns(sight, process, at, scene);
    }
    if raised {
        let rim = bodies::outline(sight, process, at, 1.0);
        scene.path(rim, Paint::stroke(sight.tokens().ink, 2.0));
    }
}

/// A crashed process that others still follow has a fallen crown.
fn draw_crown(sight: &DrawContext, process: &ProcessModel, at: Point, scene: &mut Scene) {
    let radius = sight.ring.radius;
    let scale = crown_scale(radius);
    let standing = Placement::new(at - point(0.0, crown_foot(radius)), scale, 0.0);
    let tokens = sight.tokens();
    let hue = sight.hue(process.rank);
    match process.body {
        Body::Running(Role::Leads) => {
            scene.placed(CROWN, standing, Paint::both(hue.paint, hue.edge, 2.0));
        }
        Body::Paused { standing: Role::Leads, .. } => {
            scene.placed(CROWN, standing, Paint::both(tokens.stage, hue.edge, 1.6));
        }
        Body::Crashed { .. } if sight.picture.followers(process.rank).next().is_some() => {
            let fallen = at + point(0.5 * radius, -radius - if radius < 16.0 { 0.5 } else { 0.0 });
            let place = Placement::new(fallen, scale, 26f64.to_radians());
            scene.placed(CROWN, place, Paint::both(tokens.stage, tokens.ink3, 1.6));
        }
        Body::Running(_) | Body::Paused { .. } | Body::Crashed { .. } => {}
    }
}

/// The crown in the view of all groups: one crown in ink, with the number of groups that it leads.
fn draw_crowns(sight: &DrawContext, process: &ProcessModel, at: Point, scene: &mut Scene) {
    let leads = process.groups.iter().filter(|&&g| g == Belief::Leader(process.rank)).count();
    if leads == 0 || process.is_crashed() {
        return;
    }
    let radius = sight.ring.radius;
    let ink = sight.tokens().ink;
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

/// Whether the timer is drawn: only that of an election, and only if the rim has space for it.
pub fn has_timer(sight: &DrawContext, process: &ProcessModel) -> bool {
    let waits = match process.body {
        Body::Running(Role::Electing | Role::AwaitingElected) => true,
        Body::Running(_) | Body::Paused { .. } | Body::Crashed { .. } => false,
    };
    waits && process.timer.is_some() && !sight.is_small() && process.groups.is_empty()
}

/// The share of the timer that is left, clockwise from the top.
fn draw_timer(sight: &DrawContext, process: &ProcessModel, at: Point, scene: &mut Scene) {
    let Some(wait) = process.timer.filter(|_| has_timer(sight, process)) else { return };
    let radius = sight.ring.radius + TIMER;
    let tokens = sight.tokens();
    scene.circle(at, radius, Paint::stroke(tokens.line, 3.0));
    let left = wait.left(sight.picture.now);
    if left > 0.0 {
        let arc = Path::arc(at, radius, -FRAC_PI_2, TAU * left);
        scene.path(arc, Paint::stroke(tokens.ink, 3.0));
    }
}

/// A change of belief: a ring that grows from the rim and fades within one median latency.
fn draw_news(sight: &DrawContext, process: &ProcessModel, at: Point, scene: &mut Scene) {
    let Some(changed) = process.changed.filter(|_| !sight.frame.reduced_motion) else { return };
    let age = sight.picture.age(changed);
    if changed > sight.picture.now || age >= 1.0 {
        return;
    }
    let paint = Paint::stroke(news_colour(sight, process), 2.0);
    scene.circle(at, sight.ring.radius + NEWS_GROWS * age, paint.opacity(1.0 - age));
}

/// The colour of the new leader.
pub fn news_colour(sight: &DrawContext, process: &ProcessModel) -> Colour {
    match process.standing() {
        Some(Role::Follows(leader)) => sight.hue(leader).edge,
        Some(Role::Leads) => sight.hue(process.rank).edge,
        _ => sight.tokens().ink,
    }
}

/// Draws the number inside the body if it is readable there, else outside at some processes.
fn draw_number(sight: &DrawContext, process: &ProcessModel, at: Point, scene: &mut Scene) {
    let words = process.rank.to_string();
    let size = number_size(sight.ring.radius, words.len());
    let tokens = sight.tokens();
    if size < 9.0 {
        draw_number_outside(sight, process, at, words, scene);
        return;
    }
    let believed = process.believed_leader().filter(|_| process.groups.is_empty());
    let leader_style = believed.map(|leader| sight.picture.leader_styles.of(leader));
    let colour: Colour = match (leader_style, process.body) {
        (Some(leader_style), _) => leader_style.hue(sight.frame.theme).on,
        (None, Body::Crashed { .. }) => tokens.ink3,
        (None, Body::Running(_) | Body::Paused { .. }) => tokens.ink,
    };
    let paint = Paint::fill(colour);
    let paint = match leader_style.filter(|&leader_style| is_patterned(leader_style, process)) {
        Some(leader_style) => {
            let width = if sight.is_small() { 4.0 } else { 6.0 };
            paint.halo(leader_style.hue(sight.frame.theme).paint, width)
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
    sight: &DrawContext,
    process: &ProcessModel,
    at: Point,
    words: String,
    scene: &mut Scene,
) {
    let leads = |process: &ProcessModel| process.standing() == Some(Role::Leads);
    let processes = &sight.picture.processes;
    let count = processes.len();
    let Some(index) = processes.iter().position(|other| other.rank == process.rank) else { return };
    let target = Some(Target::Process(process.rank));
    let marked = leads(process) || [sight.frame.selected, sight.frame.hovered].contains(&target);
    let crowded = || (count - 2..=count + 2).any(|step| leads(&processes[(index + step) % count]));
    if sight.frame.thumbnail || !marked && ((index + 1) % 8 != 0 || count < 5 || crowded()) {
        return;
    }
    let radius = sight.ring.radius;
    let outwards = (at - sight.ring.centre).unit();
    let crown = crown_foot(radius) + 17.0 * crown_scale(radius);
    let middle = if leads(process) && outwards.y < 0.5 {
        at - point(0.0, crown + 7.0)
    } else {
        at + outwards * (radius + 11.0)
    };
    let tokens = sight.tokens();
    let (weight, colour) = if marked { (650, tokens.ink) } else { (400, tokens.ink3) };
    let font = Font::new(11.0, weight);
    let text =
        Text { words: words.into(), at: middle + point(0.0, 4.0), font, anchor: Anchor::Middle };
    scene.push(ShapeForm::Text(text), Paint::fill(colour).halo(tokens.stage, 3.0));
}
