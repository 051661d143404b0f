//! The process left of each lane, in its state at the playhead.

use super::{CursorState, DiagramDrawContext};
use crate::run::Pose;
use crate::types::{Rank, Role};
use crate::view::Paint;
use crate::view::geometry::{Path, Placement};
use crate::view::geometry::{Point, Rect, point};
use crate::view::glyphs::CROWN;
use crate::view::palette::Pattern;
use crate::view::stage::{dots, stripes};
use crate::view::text::{Anchor, Font, Text};
use crate::view::{HitArea, Scene, ShapeForm, Target};

pub(crate) fn draw(context: &DiagramDrawContext, now: &CursorState, scene: &mut Scene) {
    let rows = &context.rows;
    let numbered = numbered(context, now);
    for (place, lane) in context.record.lanes.iter().enumerate() {
        let y = rows.lane(place);
        let Some(poses) = now.poses.get(place).filter(|_| rows.is_seen(y)) else { continue };
        let target = Target::Process(lane.rank);
        let first = scene.shapes.len();
        let head = LaneHead { context, rank: lane.rank, poses, at: point(rows.heads(), y) };
        head.draw_plate(scene);
        head.draw(numbered.contains(&place), scene);
        scene.belongs(first, target);
        let reach = (rows.pitch / 2.0).max(11.0);
        scene
            .add_hit_region(target, HitArea::Disc { centre: head.at, drawn: head.radius(), reach });
    }
}

/// Lanes with their number beside them because it does not fit inside: so many that they do not
/// touch, leaders and the selected first.
fn numbered(context: &DiagramDrawContext, now: &CursorState) -> Vec<usize> {
    let lanes = &context.record.lanes;
    let apart = (12.0 / context.rows.pitch).ceil() as usize;
    let marked = |place: &usize| {
        let target = Some(Target::Process(lanes[*place].rank));
        let leads = now.poses.get(*place).is_some_and(|poses| leads(poses));
        leads || target == context.frame.selected || target == context.frame.hovered
    };
    let mut chosen: Vec<usize> = Vec::new();
    let regular = |place: &usize| lanes[*place].rank.get().is_multiple_of(8) || *place == 0;
    let all = 0..lanes.len();
    for place in all.clone().filter(marked).chain(all.filter(regular)) {
        if chosen.iter().all(|other| other.abs_diff(place) >= apart) {
            chosen.push(place);
        }
    }
    chosen
}

struct LaneHead<'a> {
    context: &'a DiagramDrawContext<'a>,
    rank: Rank,
    /// The poses in each of its groups that are shown.
    poses: &'a [Pose],
    at: Point,
}

fn leads(poses: &[Pose]) -> bool {
    poses.iter().any(|pose| pose.leads())
}

impl LaneHead<'_> {
    fn radius(&self) -> f64 {
        (0.3472 * self.context.rows.pitch).clamp(1.75, 11.0)
    }

    /// The pose, if one group is shown; several poses have no common body.
    fn pose(&self) -> Option<Pose> {
        match self.poses {
            [pose] if !self.context.has_several() => Some(*pose),
            _ => None,
        }
    }

    fn is_crashed(&self) -> bool {
        self.poses.first() == Some(&Pose::Crashed)
    }

    fn is(&self, target: Option<Target>) -> bool {
        target == Some(Target::Process(self.rank))
    }

    fn draw_plate(&self, scene: &mut Scene) {
        let tokens = self.context.tokens();
        let colour = if self.is(self.context.frame.selected) {
            tokens.sel
        } else if self.is(self.context.frame.hovered) {
            tokens.hover
        } else {
            return;
        };
        let half = (self.context.rows.pitch / 2.0 - 2.0).max(2.0);
        let aside = self.at.x - 8.0;
        let (low, high) = (self.at - point(aside, half), self.at + point(aside, half));
        scene.path(Path::rounded(Rect { min: low, max: high }, 7.0), Paint::fill(colour));
    }

    fn draw(&self, numbered: bool, scene: &mut Scene) {
        let font = Font::new(self.radius() + 1.0, 650);
        let inside = self.radius() >= 8.0;
        let body = if inside { self.at } else { self.at + point(10.0, 0.0) };
        self.draw_body(body, scene);
        let words = self.rank.to_string();
        if inside {
            let font = Font::new(fitted(font.size, words.len()), 650);
            let at = body + point(0.0, 0.36 * font.size);
            let text = Text { words: words.into(), at, font, anchor: Anchor::Middle };
            scene.push(ShapeForm::Text(text), self.ink());
        } else if numbered {
            let font = Font::new(10.0, if leads(self.poses) { 650 } else { 400 });
            let at = body + point(-self.radius() - 6.0, 3.5);
            let text = Text { words: words.into(), at, font, anchor: Anchor::End };
            scene.push(ShapeForm::Text(text), Paint::fill(self.context.tokens().ink2));
        }
    }

    fn draw_body(&self, at: Point, scene: &mut Scene) {
        let tokens = self.context.tokens();
        let radius = self.radius();
        let small = radius < 8.0;
        let thin = if small { 1.0 } else { 1.25 };
        if let Some(leader) = self.pose().and_then(|pose| pose.believes(self.rank)) {
            let hue = self.context.hue(leader);
            if leads(self.poses) && !small {
                scene.circle(at, radius + 2.5, Paint::both(tokens.stage, hue.edge, 1.25));
                let place = Placement::new(at - point(0.0, radius + 3.0), 0.6 * radius / 11.0, 0.0);
                scene.placed(CROWN, place, Paint::both(hue.paint, hue.edge, 2.0));
            }
            scene.circle(at, radius, Paint::both(hue.paint, hue.edge, thin));
            if !small {
                self.draw_pattern(leader, at, scene);
            }
            return;
        }
        let hollow = Paint::both(tokens.stage, tokens.ink, if small { 1.0 } else { 1.5 });
        let paint = match self.pose() {
            _ if self.is_crashed() => Paint::both(tokens.stage, tokens.ink3, thin).dashed(2.0, 3.0),
            _ if small => hollow,
            Some(Pose::Running(Role::Electing | Role::PreCandidate | Role::Candidate)) => {
                hollow.dashed(3.0, 2.0)
            }
            Some(Pose::Running(Role::AwaitingElected)) => hollow.dashed(1.0, 2.6).round(),
            Some(Pose::Running(_) | Pose::Paused(_) | Pose::Crashed) | None => hollow,
        };
        // In low lanes it would hide the process above; there the thick rail shows it.
        let has_room = self.context.rows.pitch >= 24.0;
        if self.context.has_several() && leads(self.poses) && has_room {
            // In ink, as on the stage: it may lead some of its groups and follow in others.
            let place = Placement::new(at - point(0.0, radius + 3.0), 0.6 * radius / 11.0, 0.0);
            scene.placed(CROWN, place, Paint::both(tokens.ink, tokens.ink, 2.0));
        }
        scene.circle(at, radius, paint);
    }

    fn draw_pattern(&self, leader: Rank, at: Point, scene: &mut Scene) {
        let stage = self.context.tokens().stage;
        let radius = self.radius() - 1.0;
        match self.context.diagram.leader_styles.of(leader).pattern() {
            Pattern::Plain => {}
            Pattern::Striped => {
                let lines = stripes(at, radius, 6.0, 2.4);
                scene.path(lines, Paint::stroke(stage, 2.4).opacity(0.85));
            }
            Pattern::Dotted => {
                scene.path(dots(at, radius, 6.0, 1.5), Paint::fill(stage).opacity(0.9));
            }
        }
        if matches!(self.pose(), Some(Pose::Paused(_))) {
            let frost = Paint::stroke(stage, 2.6).opacity(0.8);
            scene.path(stripes(at, radius, 5.0, 2.6), frost);
        }
    }

    /// The paint of the number inside.
    fn ink(&self) -> Paint {
        let tokens = self.context.tokens();
        let pose = self.pose();
        match pose.and_then(|pose| pose.believes(self.rank)) {
            Some(leader) => {
                let leader_style = self.context.diagram.leader_styles.of(leader);
                let hue = leader_style.hue(self.context.frame.theme);
                let plain = leader_style.pattern() == Pattern::Plain
                    && !matches!(pose, Some(Pose::Paused(_)));
                let paint = Paint::fill(hue.on);
                if plain { paint } else { paint.halo(hue.paint, 4.0) }
            }
            None if self.is_crashed() => Paint::fill(tokens.ink3),
            None => Paint::fill(tokens.ink),
        }
    }
}

/// The size of a number; smaller if it has more than two digits.
fn fitted(size: f64, digits: usize) -> f64 {
    match digits {
        0..=2 => size,
        3 => 0.8 * size,
        _ => 0.62 * size,
    }
}
