//! Messages: the path of each, a curve from rim to rim; the traces of those that arrived or were lost; and the
//! glyphs of those on their way.

use super::links::bar_share;
use super::{DrawContext, PartitionLine};
use crate::choice::MessageId;
use crate::scenario::Link;
use crate::simulation::LossReason;
use crate::sort;
use crate::time::{Duration, Time};
use crate::types::{MessageKind, Rank};
use crate::view::geometry::{Curve, Point, point};
use crate::view::geometry::{Path, Placement};
use crate::view::glyphs::{ARROWHEAD, CROSS, Glyph, SMALL_CROSS};
use crate::view::model::{MessageModel, MessageState};
use crate::view::text::{Anchor, Font, Text};
use crate::view::{Colour, Paint};
use crate::view::{HitArea, Scene, ShapeForm, Target};
use std::collections::BTreeMap;

/// Above `MANY` messages on their way glyphs and trails are small; above `TOO_MANY` there are no trails.
const MANY: usize = 200;
const TOO_MANY: usize = 1_000;
/// The smallest glyph, in CSS pixels.
const SMALLEST: f64 = 10.0;
/// The scale of glyphs in a thumbnail.
const THUMBNAIL: f64 = 0.7;

/// What arrived leaves its line, its head and a ghost of its glyph; what died a line and a cross.
pub(crate) fn draw_afterglow(
    context: &DrawContext,
    trajectories: &[Trajectory],
    scene: &mut Scene,
) {
    let gone: Vec<_> = trajectories.iter().filter(|trajectory| !trajectory.is_flying()).collect();
    if gone.len() > TOO_MANY {
        return;
    }
    for trajectory in gone {
        let colour = colour(context, trajectory);
        let alpha = 0.06 + 0.6 * trajectory.glow();
        let beat = trajectory.kind().is_routine();
        let line = trajectory.curve.piece(0.0, trajectory.end);
        let width = if beat { 1.0 } else { 1.5 };
        scene.push(ShapeForm::Curve(line), Paint::stroke(colour, width).opacity(alpha));
        match trajectory.state {
            TrajectoryState::Dead(_) => draw_cross(context, trajectory, line, alpha, scene),
            TrajectoryState::Arrived(_) | TrajectoryState::Flying => {
                let place = Placement::new(line.to, 1.0, line.heading(1.0).angle());
                let scale = if beat { 0.7 } else { 1.0 };
                let place = Placement { scale, ..place };
                scene.placed(ARROWHEAD, place, Paint::fill(colour).opacity(alpha));
            }
        }
        if !beat && trajectories.len() <= MANY && !context.frame.thumbnail {
            draw_trace_glyph(context, trajectory, line, alpha, scene);
        }
    }
}

fn draw_cross(
    context: &DrawContext,
    trajectory: &Trajectory,
    line: Curve,
    alpha: f64,
    scene: &mut Scene,
) {
    let (cross, width, halo): (Path, _, _) = match trajectory.kind().is_routine() {
        true => (SMALL_CROSS, 1.6, 4.6),
        false => (CROSS, 2.0, 5.0),
    };
    let paint =
        Paint::stroke(colour(context, trajectory), width).round().halo(context.stage(), halo);
    let paint = paint.opacity((alpha + 0.35).min(1.0));
    scene.placed(cross, Placement::new(line.to, 1.0, 0.0), paint);
}

fn draw_trace_glyph(
    context: &DrawContext,
    trajectory: &Trajectory,
    line: Curve,
    alpha: f64,
    scene: &mut Scene,
) {
    let glyph = trajectory.glyph();
    let turn = if glyph.turns { line.heading(0.5).angle() } else { 0.0 };
    let place = Placement::new(line.at(0.5), 12.0 / Glyph::BOX, turn);
    let paint = paint(context, trajectory).opacity((alpha + 0.22).min(1.0));
    scene.placed(glyph.path(), place, paint);
}

/// Ahead dots, behind a trail that grows towards the message.
pub(crate) fn draw_ways(context: &DrawContext, trajectories: &[Trajectory], scene: &mut Scene) {
    let flying = trajectories.iter().filter(|trajectory| trajectory.is_flying());
    let count = flying.clone().count();
    if count > TOO_MANY {
        return;
    }
    let first = scene.shapes.len();
    for trajectory in flying {
        if context.frame.reduced_motion {
            draw_resting_way(context, trajectory, scene);
        } else {
            draw_way(context, trajectory, if count > MANY { 3 } else { 9 }, scene);
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

fn draw_way(context: &DrawContext, trajectory: &Trajectory, segments: u32, scene: &mut Scene) {
    const LENGTH: f64 = 0.62;
    let colour = colour(context, trajectory);
    if trajectory.at < trajectory.end {
        let ahead = Paint::stroke(colour, 1.25).dashed(1.0, 5.0).round().opacity(0.6);
        scene.push(ShapeForm::Curve(trajectory.curve.piece(trajectory.at, trajectory.end)), ahead);
    }
    let (thin, grown) = if trajectory.kind().is_routine() { (0.8, 1.2) } else { (1.0, 2.6) };
    let begin = (trajectory.at - LENGTH).max(0.0);
    let step = (trajectory.at - begin) / f64::from(segments);
    for segment in 0..segments {
        let share = f64::from(segment + 1) / f64::from(segments);
        let from = begin + step * f64::from(segment);
        let paint = Paint::stroke(colour, thin + grown * share);
        let piece = trajectory.curve.piece(from, from + step);
        scene.push(ShapeForm::Curve(piece), paint.opacity(0.08 + 0.8 * share.powf(1.4)));
    }
}

/// Without motion the whole way is seen at once, with the three places of rest.
fn draw_resting_way(context: &DrawContext, trajectory: &Trajectory, scene: &mut Scene) {
    let colour = colour(context, trajectory);
    let way = trajectory.curve.piece(0.0, trajectory.end);
    scene.push(ShapeForm::Curve(way), Paint::stroke(colour, 1.5).opacity(0.5));
    for rest in [1.0 / 3.0, 0.5, 2.0 / 3.0] {
        if rest <= trajectory.end {
            scene.circle(trajectory.curve.at(rest), 2.5, Paint::fill(colour).opacity(0.5));
        }
    }
}

pub(crate) fn draw_glyphs(context: &DrawContext, trajectories: &[Trajectory], scene: &mut Scene) {
    let flying = trajectories.iter().filter(|trajectory| trajectory.is_flying());
    let many = flying.clone().count() > MANY;
    for trajectory in flying {
        let glyph = trajectory.glyph();
        let size = match (many, context.frame.thumbnail) {
            (true, _) => SMALLEST,
            (_, true) => THUMBNAIL * glyph.size,
            _ => size(context, glyph),
        };
        let turn = if glyph.turns { trajectory.curve.heading(trajectory.at).angle() } else { 0.0 };
        let place = Placement::new(trajectory.position(), size / Glyph::BOX, turn);
        let target = Target::Message(trajectory.flight.name);
        let first = scene.shapes.len();
        if size > SMALLEST {
            let heading = trajectory.curve.heading(trajectory.at).unit();
            draw_alive(context, trajectory.flight, place, heading, scene);
        }
        scene.placed(glyph.path(), place, paint(context, trajectory));
        scene.belongs(first, target);
        let reach = context.frame.reach();
        scene.add_hit_region(target, HitArea::Disc { centre: place.at, drawn: size / 2.0, reach });
    }
}

/// Behind the `Election` of a ring: a bead for each process that it has found alive; of many the number too.
pub(crate) fn draw_alive(
    context: &DrawContext,
    flight: &MessageModel,
    place: Placement,
    heading: Point,
    scene: &mut Scene,
) {
    const MOST: usize = 6;
    const FEW: usize = 4;
    const PITCH: f64 = 6.4;
    let alive = flight.alive;
    if alive == 0 {
        return;
    }
    let beads = if alive > MOST { FEW } else { alive };
    let behind = |away: f64| place.at - heading * (place.scale * away);
    let bead = |place: usize| 10.5 + PITCH * place as f64;
    let ink = context.tokens().ink2;
    scene.line(behind(7.0), behind(bead(beads - 1) + 1.5), Paint::stroke(ink, place.scale));
    for nth in 0..beads {
        let paint = Paint::fill(ink).halo(context.stage(), 2.0 * place.scale);
        scene.circle(behind(bead(nth)), 2.2 * place.scale, paint);
    }
    if alive > beads {
        let font = Font::new(10.0, 600);
        let words = format!("+{}", alive - beads).into();
        let at = behind(bead(beads) + 4.0) + point(0.0, 3.6);
        let text = Text { words, at, font, anchor: Anchor::Middle };
        scene.push(ShapeForm::Text(text), Paint::fill(ink).halo(context.stage(), 3.0));
    }
}

/// At most as large as the processes that it goes between, so that it hides none.
pub(crate) fn size(context: &DrawContext, glyph: Glyph) -> f64 {
    glyph.size.min((0.95 * context.ring.radius).max(SMALLEST))
}

/// Lines and trails: the edge of whom it names, else ink.
pub(crate) fn colour(context: &DrawContext, trajectory: &Trajectory) -> Colour {
    let named = trajectory.flight.names.map(|leader| context.hue(leader));
    trajectory.glyph().colour(named, &context.tokens())
}

pub(crate) fn paint(context: &DrawContext, trajectory: &Trajectory) -> Paint {
    let glyph = trajectory.glyph();
    let named = trajectory.flight.names.map(|leader| context.hue(leader));
    glyph.paint(named, &context.tokens()).halo(context.stage(), glyph.halo)
}

/// A message on the stage.
#[derive(Clone, Copy)]
pub(crate) struct Trajectory<'a> {
    pub flight: &'a MessageModel,
    pub curve: Curve,
    /// The place of the message, as a share of the curve.
    pub at: f64,
    /// The end of its path: at the rim, or where it is lost.
    pub end: f64,
    pub state: TrajectoryState,
}

/// The state of a message on the stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum TrajectoryState {
    Flying,
    /// It has arrived; the age in median latencies.
    Arrived(f64),
    /// It was lost; the age in median latencies.
    Dead(f64),
}

/// Messages on the same link within this span are twins: their curves must not coincide.
const TWINS: Duration = Duration::ms(8);
/// How long a trace stays visible, in median latencies; that of a heartbeat shorter.
const GLOW: f64 = 6.0;
const SHORT_GLOW: f64 = 2.0;

impl Trajectory<'_> {
    /// Whether an explanation is open that does not contain it.
    pub(crate) fn is_faint(&self, context: &DrawContext) -> bool {
        let marked = context.picture.highlighted.as_ref();
        marked.is_some_and(|marked| !marked.contains(&self.flight.name))
    }

    pub(crate) fn kind(&self) -> MessageKind {
        self.flight.name.kind
    }

    pub(crate) fn glyph(&self) -> Glyph {
        self.flight.glyph()
    }

    pub(crate) fn is_flying(&self) -> bool {
        self.state == TrajectoryState::Flying
    }

    pub(crate) fn position(&self) -> Point {
        self.curve.at(self.at)
    }

    /// The share of a trace that is left, 1 to 0.
    pub(crate) fn glow(&self) -> f64 {
        match self.state {
            TrajectoryState::Flying => 1.0,
            TrajectoryState::Arrived(age) | TrajectoryState::Dead(age) => {
                1.0 - age / glow(self.kind())
            }
        }
    }
}

/// Those that are still to be seen, in the order of sending.
pub(crate) fn trajectories<'a>(context: &DrawContext<'a>) -> Vec<Trajectory<'a>> {
    let mut last: BTreeMap<(Rank, Rank), (Time, u32)> = BTreeMap::new();
    let mut trajectories = Vec::new();
    for flight in &context.picture.messages {
        let name = flight.name;
        let before = last.get(&(name.from, name.to));
        let twin = before.filter(|(sent, _)| flight.sent.since(*sent) <= TWINS);
        let twin = twin.map_or(0, |(_, twin)| twin + 1);
        last.insert((name.from, name.to), (flight.sent, twin));
        if context.frame.shows(name.kind) {
            trajectories.extend(trajectory(context, flight, twin));
        }
    }
    trajectories
}

fn trajectory<'a>(
    context: &DrawContext,
    flight: &'a MessageModel,
    twin: u32,
) -> Option<Trajectory<'a>> {
    let (from, to) = (context.ring.place(flight.name.from)?, context.ring.place(flight.name.to)?);
    let curve = curve(context, flight.name, (from, to), twin);
    let end = end(context, flight, curve);
    let state = state(context, flight, end)?;
    let at = match state {
        TrajectoryState::Flying => position(context, flight).min(end),
        TrajectoryState::Arrived(_) | TrajectoryState::Dead(_) => end,
    };
    Some(Trajectory { flight, curve, at, end, state })
}

fn state(context: &DrawContext, flight: &MessageModel, end: f64) -> Option<TrajectoryState> {
    let marked = context.picture.highlighted.as_ref();
    let stays = marked.is_some_and(|marked| marked.contains(&flight.name));
    let recent = |at: Time| {
        // A message of an open explanation stays visible.
        let age = if stays { 0.0 } else { context.picture.age(at) };
        (at <= context.picture.now && age < glow(flight.name.kind)).then_some(age)
    };
    match flight.fate {
        MessageState::OnItsWay | MessageState::Held => Some(TrajectoryState::Flying),
        MessageState::Delivered(at) => Some(TrajectoryState::Arrived(recent(at)?)),
        MessageState::Lost { at, .. } => {
            let died = if at > flight.sent { at } else { flight.reaches(end) };
            match died > context.picture.now {
                true => Some(TrajectoryState::Flying),
                false => Some(TrajectoryState::Dead(recent(died)?)),
            }
        }
    }
}

const fn glow(kind: MessageKind) -> f64 {
    if kind.is_routine() { SHORT_GLOW } else { GLOW }
}

/// From rim to rim, a little to the right of the direction of travel, so that both directions of a link stay
/// apart; twins further out; then pulled towards the middle of the ring.
fn curve(context: &DrawContext, name: MessageId, (from, to): (Point, Point), twin: u32) -> Curve {
    let way = (to - from).unit();
    let (lane, near, far) = if context.is_small() { (2.0, 2.0, 3.0) } else { (5.0, 3.0, 5.0) };
    let radius = context.ring.radius;
    let length = from.distance(to);
    let aside = way.right() * lane;
    let start = from + way * (radius + near) + aside;
    let stop = to - way * (radius + far) + aside;
    let bow = length * (0.055 + 0.11 * f64::from(twin.min(4)));
    // Between two zones there is nothing to avoid.
    let pull = match (context.ring.are_apart(name.from, name.to), context.ring.most_together()) {
        (true, _) => 0.0,
        (false, 9..) => 0.3,
        (false, _) => 0.04,
    };
    let control = start.towards(stop, 0.5) + way.right() * bow;
    Curve {
        from: start,
        control: control.towards(context.ring.centre_of(name.from), pull),
        to: stop,
    }
}

/// The share of the curve at which the message stops: the rim, the partition line, or half-way.
fn end(context: &DrawContext, flight: &MessageModel, curve: Curve) -> f64 {
    const RIM: f64 = 0.985;
    let MessageId { from, to, .. } = flight.name;
    let crossing = || {
        let partition_line = context.partition_line.as_ref()?;
        let share = curve.crossing(partition_line.through, partition_line.way)?;
        // The path ends at the edge of the partition line, not inside it.
        let length = curve.from.distance(curve.to).max(1.0);
        Some((share - PartitionLine::HALF_WIDTH / length).max(0.0))
    };
    // Without a partition line the bars of the link stop the message; `bar_share` counts from the lower rank.
    let bars = || {
        let (low, high) = (from.min(to), from.max(to));
        let share = bar_share(context, context.place(low), context.place(high));
        if from < to { share } else { 1.0 - share }
    };
    match flight.fate {
        MessageState::Lost { why: LossReason::Crashed, .. } => RIM,
        MessageState::Lost { why: LossReason::Cut, .. } => crossing().unwrap_or_else(bars),
        MessageState::Lost { why: LossReason::Chance | LossReason::Override, .. } => 0.5,
        // It cannot get over while the link is cut, so it is not drawn beyond.
        MessageState::OnItsWay if context.picture.is_cut(Link { from, to }) => {
            crossing().unwrap_or_else(bars)
        }
        MessageState::OnItsWay | MessageState::Held | MessageState::Delivered(_) => 1.0,
    }
}

/// Where a flying message is; with reduced motion it rests at one of three places.
fn position(context: &DrawContext, flight: &MessageModel) -> f64 {
    let progress = match flight.fate {
        MessageState::Held => return 1.0,
        MessageState::OnItsWay | MessageState::Delivered(_) | MessageState::Lost { .. } => {
            flight.progress(context.picture.now)
        }
    };
    match (context.frame.reduced_motion, (progress * 3.0) as u32) {
        (false, _) => progress,
        (true, 0) => 1.0 / 3.0,
        (true, 1) => 0.5,
        (true, _) => 2.0 / 3.0,
    }
}
