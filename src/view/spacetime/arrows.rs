//! Messages: a line from lane to lane, and a glyph where the message arrives. Time points right, so there are
//! no arrowheads.

use super::marks::FAINT;
use super::model::DiagramMessage;
use super::{DetailLevel, DiagramDrawContext, cuts};
use crate::scenario::limits;
use crate::simulation::LossReason;
use crate::sort;
use crate::time::Time;
use crate::view::Paint;
use crate::view::geometry::Placement;
use crate::view::geometry::{Point, point};
use crate::view::glyphs::{CROSS, Glyph};
use crate::view::{HitArea, Scene, ShapeForm, Target};

/// A message between two lanes.
pub(crate) struct Arrow<'a> {
    pub mail: &'a DiagramMessage,
    pub from: Point,
    /// The end of its line: at the receiver, or where the message was lost.
    pub to: Point,
    pub ending: ArrowEnd,
}

/// The sign at the end of an arrow: a glyph for a message that arrives, a cross for a lost one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ArrowEnd {
    Glyph,
    Cross,
}

pub(crate) fn draw(context: &DiagramDrawContext, scene: &mut Scene) {
    let mut arrows: Vec<Arrow> = all(context).collect();
    let most = limits::MOST_SHAPES / SHAPES_OF_ONE;
    if arrows.len() > most {
        sort::sort_by_key(&mut arrows, |arrow| (arrow.is_beat(), arrow.mail.sent));
        scene.left_out += arrows.len() - most;
        arrows.truncate(most);
    }
    draw_lines(context, &arrows, scene);
    for arrow in &arrows {
        arrow.draw_end(context, false, scene);
        arrow.note(context, scene);
    }
}

/// A halo, a line and a glyph.
const SHAPES_OF_ONE: usize = 3;

/// Those that are to be seen, in the order of sending.
pub(crate) fn all<'a>(context: &'a DiagramDrawContext) -> impl Iterator<Item = Arrow<'a>> + 'a {
    let shown = |mail: &&DiagramMessage| context.frame.shows(mail.name.kind);
    context.record.mail.iter().filter(shown).filter_map(|mail| arrow(context, mail))
}

/// `None` if it is out of context.
pub(crate) fn arrow<'a>(
    context: &DiagramDrawContext,
    mail: &'a DiagramMessage,
) -> Option<Arrow<'a>> {
    const START: f64 = 1.8;
    const SHORT: f64 = 0.6;
    let (sent, due) = (context.x(mail.sent), context.x(mail.due));
    if due < context.rows.left - 8.0 || sent > context.rows.right + 8.0 {
        return None;
    }
    // Heartbeats come and go in folds; there is nothing to see of them there.
    if context.scale.fold_at(mail.sent).is_some_and(|fold| mail.due <= fold.to) {
        return None;
    }
    let lanes = (context.record.lane(mail.name.from)?, context.record.lane(mail.name.to)?);
    let (y, to) = (context.rows.lane(lanes.0), context.rows.lane(lanes.1));
    let way = (to - y).signum() * (context.rows.pitch / 40.0).min(1.0);
    let from = point(sent, y + START * way);
    let at = point(due, to - SHORT * way);
    let (to, ending) = match mail.lost {
        None => (at, ArrowEnd::Glyph),
        Some(LossReason::Crashed) => (at, ArrowEnd::Cross),
        Some(LossReason::Cut) => (stopped(context, mail, lanes, from, at), ArrowEnd::Cross),
        Some(LossReason::Chance | LossReason::Override) => (from.towards(at, 0.5), ArrowEnd::Cross),
    };
    Some(Arrow { mail, from, to, ending })
}

/// The place where a cut stops a message: at the partition line, or half-way if there is none.
fn stopped(
    context: &DiagramDrawContext,
    mail: &DiagramMessage,
    (from, to): (usize, usize),
    start: Point,
    end: Point,
) -> Point {
    // A message that is cut off on its way is lost at its arrival.
    let died = if mail.due > mail.sent { [mail.sent, mail.due] } else { [mail.sent; 2] };
    let held = |cut: &&super::cuts::CutSpan| died.iter().any(|&at| cut.from <= at && at <= cut.to);
    // They do not overlap, and ascend.
    let cuts = &context.record.cuts;
    let from_of = |at: Time| cuts.partition_point(|cut| cut.to < at);
    let near = [from_of(died[0]), from_of(died[1])].map(|first| cuts[first..].iter().take(2));
    let mut cuts = near.into_iter().flatten().filter(held);
    let stop = cuts.find_map(|cut| cuts::stop(context, cut, from, to));
    let share = stop.map_or(0.5, |y| (y - start.y) / (end.y - start.y));
    start.towards(end, share.clamp(0.0, 1.0))
}

/// Lines first, like ones together: halos that part them from the rails, then the lines.
fn draw_lines(context: &DiagramDrawContext, arrows: &[Arrow], scene: &mut Scene) {
    for arrow in arrows.iter().filter(|arrow| !arrow.is_beat()) {
        let paint = arrow.line(context, false);
        let width = paint.stroke.map_or(0.0, |stroke| stroke.width) + 2.5;
        let halo = Paint::stroke(context.tokens().stage, width).opacity(0.8 * paint.opacity);
        scene.line(arrow.from, arrow.to, halo);
    }
    let mut lines: Vec<(&Arrow, Paint)> =
        arrows.iter().map(|arrow| (arrow, arrow.line(context, false))).collect();
    sort::sort_by_key(&mut lines, |(_, paint)| {
        let stroke = paint.stroke;
        // The bits of positive floats are in the order of their values.
        (stroke.map(|s| s.width.to_bits()), paint.opacity.to_bits(), stroke.map(|s| s.colour))
    });
    for (arrow, paint) in lines {
        scene.line(arrow.from, arrow.to, paint);
    }
}

impl Arrow<'_> {
    pub(crate) fn is_beat(&self) -> bool {
        self.mail.name.kind.is_routine()
    }

    /// What the line is stroked with; `raised` while it is pointed at or selected.
    pub(crate) fn line(&self, context: &DiagramDrawContext, raised: bool) -> Paint {
        let named = self.mail.names.map(|leader| context.hue(leader));
        let colour = Glyph::of(self.mail.name.kind, self.mail.names.is_some())
            .colour(named, &context.tokens());
        let (mut width, mut opacity) = if self.is_beat() { (1.0, 0.6) } else { (1.6, 1.0) };
        if raised {
            (width, opacity) = (2.75, 1.0);
        }
        match context.diagram.chain.map(|chain| chain.has(self.mail)) {
            Some(true) => Paint::stroke(colour, 2.75),
            Some(false) if !raised => Paint::stroke(colour, width).opacity(FAINT),
            Some(false) | None => Paint::stroke(colour, width).opacity(opacity),
        }
    }

    pub(crate) fn draw_end(&self, context: &DiagramDrawContext, raised: bool, scene: &mut Scene) {
        if !context.is_in(self.to.x) || context.scale.fold_at(self.mail.due).is_some() {
            return;
        }
        let first = scene.shapes.len();
        match self.ending {
            ArrowEnd::Cross => self.draw_cross(context, raised, scene),
            ArrowEnd::Glyph if self.is_beat() && context.detail() != DetailLevel::Near => {
                let line = self.line(context, raised);
                let dot = line.stroke.map_or(context.tokens().ink, |stroke| stroke.colour);
                scene.circle(self.to, 2.0, Paint::fill(dot).opacity(line.opacity));
            }
            ArrowEnd::Glyph => self.draw_glyph(context, self.to, raised, scene),
        }
        scene.belongs(first, Target::Message(self.mail.name));
    }

    fn draw_glyph(&self, context: &DiagramDrawContext, at: Point, raised: bool, scene: &mut Scene) {
        const BACK: f64 = 6.0;
        let glyph = Glyph::of(self.mail.name.kind, self.mail.names.is_some());
        let size: f64 = if context.detail() == DetailLevel::Near { 13.0 } else { 10.0 };
        let size = if context.rows.is_low() { size.min(8.0) } else { size };
        let way = (self.to - self.from).unit();
        let back = if at == self.to { BACK * size / 13.0 } else { 0.0 };
        let (at, turn) = match glyph.turns {
            true => (at - way * back, way.angle()),
            false => (at, 0.0),
        };
        let named = self.mail.names.map(|leader| context.hue(leader));
        let paint = glyph.paint(named, &context.tokens()).halo(context.tokens().stage, glyph.halo);
        let faint = !raised && context.diagram.chain.is_some_and(|chain| !chain.has(self.mail));
        let opacity = if faint { 0.2 } else { 1.0 };
        let place = Placement::new(at, size / Glyph::BOX, turn);
        scene.placed(glyph.path(), place, paint.opacity(opacity));
    }

    /// A cross where it died; a heartbeat ends in a bar. Its glyph is on the way.
    fn draw_cross(&self, context: &DiagramDrawContext, raised: bool, scene: &mut Scene) {
        let line = self.line(context, raised);
        let colour = line.stroke.map_or(context.tokens().ink, |stroke| stroke.colour);
        if self.is_beat() {
            let half = point(3.0, 0.0);
            let bar = Paint::stroke(colour, 1.75).opacity(line.opacity);
            return scene.line(self.to - half, self.to + half, bar);
        }
        let on_its_way = self.from.towards(self.to, 0.6);
        if context.detail() == DetailLevel::Near && self.from.distance(self.to) > 40.0 {
            self.draw_glyph(context, on_its_way, raised, scene);
        }
        let paint = Paint::stroke(colour, 2.0).round().halo(context.tokens().stage, 5.4);
        let scale = if context.rows.is_low() { 0.6 } else { 0.89 };
        scene.placed(CROSS, Placement::new(self.to, scale, 0.0), paint.opacity(line.opacity));
    }

    /// Where it can be pointed at.
    fn note(&self, context: &DiagramDrawContext, scene: &mut Scene) {
        let target = Target::Message(self.mail.name);
        let rows = &context.rows;
        let seen = |p: Point| rows.is_seen(p.y) && context.is_in(p.x);
        if seen(self.to) && !(self.is_beat() && context.detail() != DetailLevel::Near) {
            let reach = context.frame.reach();
            scene.add_hit_region(target, HitArea::Disc { centre: self.to, drawn: 6.5, reach });
        }
        if seen(self.to) || seen(self.from) {
            let reach = if context.frame.coarse { 10.0 } else { 4.0 };
            scene.add_hit_region(target, HitArea::Band { from: self.from, to: self.to, reach });
        }
    }
}

/// A line over everything, for the one that is pointed at or selected.
pub(crate) fn raise(context: &DiagramDrawContext, arrow: &Arrow, scene: &mut Scene) {
    let line = arrow.line(context, true);
    let inside = context.is_in(arrow.from.x) && context.is_in(arrow.to.x);
    if inside {
        scene.push(ShapeForm::Line { from: arrow.from, to: arrow.to }, line);
    }
    arrow.draw_end(context, true, scene);
}
