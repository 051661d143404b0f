//! Marks of the focused, selected and hovered target, and a cut that is being drawn; above all other shapes.

use super::DrawContext;
use super::bodies::NOSE;
use super::messages::Trajectory;
use super::processes::mark;
use crate::types::{Rank, Role};
use crate::view::Paint;
use crate::view::geometry::{Path, Placement};
use crate::view::geometry::{Point, Rect, point};
use crate::view::glyphs::CHEVRON;
use crate::view::model::{Body, ProcessModel};
use crate::view::ring::RingLayout;
use crate::view::text::{Anchor, Font, Text};
use crate::view::{HitArea, Scene, ShapeForm, Target};
use std::f64::consts::{FRAC_PI_2, FRAC_PI_4};

pub(crate) fn draw_selection(
    context: &DrawContext,
    trajectories: &[Trajectory],
    scene: &mut Scene,
) {
    let frame = context.frame;
    if let Some((at, reach)) =
        frame.selected.and_then(|target| around(context, trajectories, target))
    {
        draw_brackets(context, at, reach + 3.0, scene);
    }
    if let Some((at, reach)) =
        frame.focused.and_then(|target| around(context, trajectories, target))
    {
        let beside = if frame.focused == frame.selected { 9.0 } else { 4.0 };
        scene.circle(at, reach + beside, Paint::stroke(context.stage(), 6.0));
        scene.circle(at, reach + beside, Paint::stroke(context.tokens().ink, 2.5));
    }
    // A hovered process has its own rim in ink.
    let hovered = frame.hovered.filter(|target| !matches!(target, Target::Process(_)));
    if let Some((at, reach)) = hovered.and_then(|target| around(context, trajectories, target)) {
        scene.circle(at, reach, Paint::stroke(context.tokens().ink, 2.0));
    }
    if matches!(frame.focused, Some(Target::Partition | Target::Link(_))) {
        draw_focused_line(context, scene);
    }
}

/// The middle of a target, and how far out its own marks reach.
fn around(
    context: &DrawContext,
    trajectories: &[Trajectory],
    target: Target,
) -> Option<(Point, f64)> {
    match target {
        Target::Process(rank) => {
            let process = context.picture.process(rank)?;
            Some((context.ring.place(rank)?, reach(context, process)))
        }
        Target::Message(name) => {
            let trajectory =
                trajectories.iter().find(|c| c.flight.name == name && c.is_flying())?;
            Some((trajectory.position(), 13.0))
        }
        Target::Handle(end) => {
            let partition_line = context.partition_line.as_ref()?;
            Some((partition_line.ends[end as usize], 11.0))
        }
        // Lines are stroked again; the others are targets of the diagram.
        Target::Link(_)
        | Target::Partition
        | Target::Timer(_)
        | Target::Fault(_)
        | Target::FaultEnd(_) => None,
    }
}

/// How far from its middle a process and all that marks it reach; captions keep clear of that.
pub(crate) fn extent(context: &DrawContext, process: &ProcessModel) -> f64 {
    let frame = context.frame;
    let target = Some(Target::Process(process.rank));
    let marks = match (frame.focused == target, frame.selected == target) {
        (true, true) => 11.0,
        (true, false) => 6.0,
        (false, true) => 4.0,
        (false, false) => 0.0,
    };
    reach(context, process) + marks
}

/// Outside of the nose, the second rim, the timer arc or the beads.
fn reach(context: &DrawContext, process: &ProcessModel) -> f64 {
    let radius = context.ring.radius;
    if process.body == Body::Running(Role::Candidate) {
        // Its beads.
        radius + 17.0
    } else if let Some(aside) = mark(context, process) {
        radius + aside + 4.0
    } else if process.follows().is_some() && process.groups.is_empty() {
        radius * NOSE
    } else if process.body == Body::Running(Role::Leads) {
        radius + 7.0
    } else {
        radius + 5.0
    }
}

/// Four brackets of 34°, off the axes so that a crown has room.
fn draw_brackets(context: &DrawContext, at: Point, radius: f64, scene: &mut Scene) {
    let sweep = 34f64.to_radians();
    for corner in 0..4 {
        let start = FRAC_PI_4 + FRAC_PI_2 * f64::from(corner) - sweep / 2.0;
        let bracket = Path::arc(at, radius, start, sweep);
        scene.path(bracket, Paint::stroke(context.tokens().ink, 2.0).round());
    }
}

/// A line has no ring; it is drawn over itself instead.
fn draw_focused_line(context: &DrawContext, scene: &mut Scene) {
    let focused = |region: &&crate::view::HitRegion| Some(region.target) == context.frame.focused;
    let Some(region) = scene.hit_regions.iter().find(focused) else { return };
    if let HitArea::Band { from, to, .. } = region.area {
        // Between the rims, so that the line does not run over the processes' numbers.
        let way = (to - from).unit() * (context.ring.radius + 8.0);
        let is_link = matches!(region.target, Target::Link(_));
        let (from, to) = if is_link { (from + way, to - way) } else { (from, to) };
        scene.line(from, to, Paint::stroke(context.stage(), 6.0));
        scene.line(from, to, Paint::stroke(context.tokens().ink, 2.5));
    }
}

/// A line across the stage, from where the drag began to the pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CutLine {
    pub from: Point,
    pub to: Point,
    /// Only messages towards the line's left are stopped.
    pub one_way: bool,
}

/// The ranks to the left and to the right of a line, as seen along it; ascending each.
pub fn sides(ring: &RingLayout, cut_line: CutLine) -> [Vec<Rank>; 2] {
    let right = (cut_line.to - cut_line.from).right();
    let is_left = |at: Point| (at - cut_line.from).dot(right) < 0.0;
    let (left, rest): (Vec<_>, Vec<_>) = ring.places().iter().partition(|(_, at)| is_left(*at));
    [left, rest].map(|side| side.into_iter().map(|(rank, _)| rank).collect())
}

pub(crate) fn draw_cut_line(context: &DrawContext, scene: &mut Scene) {
    let Some(cut_line) = context.frame.cut_line else { return };
    let tokens = context.tokens();
    let line = Paint::stroke(tokens.ink, 2.0).dashed(6.0, 4.0);
    scene.line(cut_line.from, cut_line.to, line);
    if cut_line.one_way {
        let left = (cut_line.to - cut_line.from).unit().right() * -1.0;
        let place = Placement::new(
            cut_line.from.towards(cut_line.to, 0.5) + left * 12.0,
            1.0,
            left.angle(),
        );
        scene.placed(CHEVRON, place, Paint::stroke(tokens.ink, 1.5).round());
    }
    let [left, right] = sides(context.ring, cut_line);
    let words = match (&*left, &*right) {
        ([], _) | (_, []) => "cuts nothing".to_owned(),
        (left, right) => format!("{} and {}", list(left), list(right)),
    };
    let font = Font::new(13.0, 500);
    let width = context.measure.width(&words, font);
    let at = label_place(context.room, cut_line, width);
    let text = Text { words: words.into(), at, font, anchor: Anchor::Start };
    scene.push(ShapeForm::Text(text), Paint::fill(tokens.ink).halo(tokens.stage, 4.0));
}

/// The place of the label: beyond the pointer, off the line, but on the stage.
fn label_place(room: Rect, cut_line: CutLine, width: f64) -> Point {
    let beside = if cut_line.to.x < cut_line.from.x { -16.0 - width } else { 16.0 };
    let below = if cut_line.to.y < cut_line.from.y { -12.0 } else { 20.0 };
    let at = cut_line.to + point(beside, below);
    let right = (room.max.x - width - 8.0).max(room.min.x + 8.0);
    point(at.x.clamp(room.min.x + 8.0, right), at.y.clamp(room.min.y + 16.0, room.max.y - 6.0))
}

fn list(ranks: &[Rank]) -> String {
    ranks.iter().map(Rank::to_string).collect::<Vec<_>>().join(", ")
}
