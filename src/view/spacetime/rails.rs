//! Rails: what a process believes over time, as paint; or that it elects, waits, is paused or gone.

use super::DiagramDrawContext;
use crate::report::Span;
use crate::run::Pose;
use crate::types::{Rank, Role};
use crate::view::bars::hatch;
use crate::view::geometry::{Rect, point};
use crate::view::paint::Paint;
use crate::view::palette::Pattern;
use crate::view::path::Path;
use crate::view::{HitArea, Scene, Target};

pub fn draw(sight: &DiagramDrawContext, scene: &mut Scene) {
    let rows = &sight.rows;
    let begin = scene.shapes.len();
    for (place, lane) in sight.record.lanes.iter().enumerate() {
        let y = rows.lane(place);
        if !rows.is_seen(y) {
            continue;
        }
        let target = Target::Process(lane.rank);
        let first = scene.shapes.len();
        for rail in &lane.rails {
            let y = sight.rail(y, rail.group);
            let drawn = RailShape { sight, rank: lane.rank, y };
            for span in parts(sight, &rail.spans) {
                if scene.has_room(begin) {
                    drawn.draw(&span, scene);
                }
            }
        }
        scene.belongs(first, target);
        let (from, to) = (point(rows.left, y), point(rows.right, y));
        let reach = (rows.pitch / 2.0).min(8.0);
        scene.spot(target, HitArea::Band { from, to, reach });
    }
}

/// Of spans that share a pixel the last is shown.
fn parts(sight: &DiagramDrawContext, spans: &[Span<Pose>]) -> Vec<Span<Pose>> {
    let (from, to) = sight.scale.window();
    let first = spans.partition_point(|span| span.to < from);
    let mut all: Vec<Span<Pose>> = Vec::new();
    for span in spans[first..].iter().take_while(|span| span.from <= to) {
        match all.last_mut() {
            Some(last) if sight.x(span.to) - sight.x(last.from) < 1.0 => {
                (last.to, last.value) = (span.to, span.value);
            }
            _ => all.push(*span),
        }
    }
    all
}

struct RailShape<'a> {
    sight: &'a DiagramDrawContext<'a>,
    rank: Rank,
    y: f64,
}

impl RailShape<'_> {
    fn draw(&self, span: &Span<Pose>, scene: &mut Scene) {
        let rows = &self.sight.rows;
        // Ends out of sight stay out of sight.
        let left = self.sight.x(span.from).max(rows.left - 4.0);
        let right = self.sight.x(span.to).min(rows.right + 4.0);
        if right <= left {
            return;
        }
        let (thin, thick) = self.sight.rails();
        let area =
            |height: f64| Rect::new(left, self.y - height / 2.0, right, self.y + height / 2.0);
        match span.value {
            Pose::Running(Role::Follows(leader)) => self.paint(area(thin), leader, scene),
            Pose::Running(Role::Leads) => self.paint(area(thick), self.rank, scene),
            Pose::Running(standing) => self.draw_hollow(area(thin), standing, scene),
            Pose::Paused(standing) => {
                match span.value.believes(self.rank) {
                    Some(leader) => self.paint(area(thick), leader, scene),
                    None => self.draw_hollow(area(thick), standing, scene),
                }
                let frost = Paint::stroke(self.sight.tokens().stage, 2.6).opacity(0.8);
                hatch(scene, area(thick), 7.0, frost);
            }
            Pose::Crashed => {
                let gone = Paint::stroke(self.sight.tokens().line2, 1.25).dashed(1.0, 5.0).round();
                scene.line(point(left, self.y), point(right, self.y), gone);
            }
        }
    }

    /// In a leader's livery.
    fn paint(&self, area: Rect, leader: Rank, scene: &mut Scene) {
        let leader_style = self.sight.diagram.leader_styles.of(leader);
        let hue = leader_style.hue(self.sight.frame.theme);
        let stage = self.sight.tokens().stage;
        let corners =
            [area.min, point(area.max.x, area.min.y), area.max, point(area.min.x, area.max.y)];
        let outline = Path::polygon(&corners);
        scene.path(outline.clone(), Paint::fill(hue.paint));
        match leader_style.pattern() {
            Pattern::Plain => {}
            Pattern::Striped => {
                hatch(scene, area, 8.5, Paint::stroke(stage, 2.4).opacity(0.85));
            }
            Pattern::Dotted => {
                let dots = Paint::stroke(stage, 3.0).dashed(0.1, 5.9).round().opacity(0.9);
                let y = area.centre().y;
                scene.line(point(area.min.x + 3.0, y), point(area.max.x, y), dots);
            }
        }
        if let Some(rim) = hue.rim.filter(|_| !self.sight.rows.is_low()) {
            scene.path(outline, Paint::stroke(rim, 1.0));
        }
    }

    /// Two lines: solid where it believes nobody, dashed while it elects, dotted while it waits.
    fn draw_hollow(&self, area: Rect, standing: Role, scene: &mut Scene) {
        let line = Paint::stroke(self.sight.tokens().ink, 1.25);
        let line = match standing {
            Role::Electing => line.dashed(6.0, 3.0),
            Role::AwaitingElected => line.dashed(1.4, 3.0),
            Role::BelievesNobody | Role::Leads | Role::Follows(_) => line,
        };
        // In the lowest lanes two lines would be one.
        let low = area.max.y - area.min.y < 3.0;
        let middle = area.centre().y;
        let ys = if low { vec![middle] } else { vec![area.min.y, area.max.y] };
        if !low {
            super::super::bars::fill(scene, area, Paint::fill(self.sight.tokens().stage));
        }
        for y in ys {
            scene.line(point(area.min.x, y), point(area.max.x, y), line);
        }
    }
}
