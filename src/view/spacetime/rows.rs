//! The rows of the diagram: their layout, and a rail per lane and group in the style of the believed leader.

use super::model::RailSpan;
use super::{DiagramDrawContext, DiagramFrame};
use crate::report::Span;
use crate::run::Pose;
use crate::types::{Rank, Role};
use crate::view::Paint;
use crate::view::geometry::Path;
use crate::view::geometry::{Rect, Size, point};
use crate::view::palette::Pattern;
use crate::view::strip::hatch;
use crate::view::{HitArea, Scene, Target};

/// The layout from the top: axis, strips, lanes, overview; the processes are left of the lanes. CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rows {
    pub left: f64,
    pub right: f64,
    /// The end of the axis and the begin of the strips.
    pub axis: f64,
    /// The end of the last strip.
    pub strip: f64,
    /// The number of strips, one per group.
    pub strips: usize,
    /// The edges between which lanes are visible.
    pub top: f64,
    pub foot: f64,
    pub pitch: f64,
    pub count: usize,
    /// How far the lanes are scrolled up.
    pub scroll: f64,
    pub has_overview: bool,
}

const AXIS: f64 = 26.0;
const STRIP: f64 = 22.0;
const GAP: f64 = 6.0;
const OVERVIEW: f64 = 40.0;
const PITCH: (f64, f64) = (5.0, 40.0);
/// The largest height of a lane if only the diagram is shown.
const ROOMY: f64 = 80.0;

/// The space between two strips.
const APART: f64 = 3.0;

/// The height of each of several strips, and of all with the space between them.
fn strip_heights(strips: usize, alone: f64) -> (f64, f64) {
    let each = match strips {
        0 | 1 => alone,
        more => (66.0 / more as f64).clamp(5.0, 16.0),
    };
    (each, each * strips.max(1) as f64 + APART * strips.saturating_sub(1) as f64)
}

/// The height of the diagram in a window of this height: lanes are 40 px high while the diagram takes less
/// than 46 % of the window.
pub fn height(lanes: usize, strips: usize, window: f64) -> f64 {
    let around = AXIS + strip_heights(strips, STRIP).1 + GAP + OVERVIEW;
    let least = around + 2.0 * PITCH.1.min(20.0);
    (around + lanes as f64 * PITCH.1).min(0.46 * window).max(least)
}

/// The height without an overview: lanes are 40 px high unless that exceeds `most`.
pub fn bare_height(lanes: usize, strips: usize, most: f64) -> f64 {
    let around = AXIS + strip_heights(strips, STRIP).1 + GAP;
    (around + lanes as f64 * PITCH.1).min(most).max(around + lanes as f64 * PITCH.0)
}

impl Rows {
    pub fn new(size: Size, count: usize, strips: usize, has_overview: bool) -> Self {
        Self::laid(size, count, strips, has_overview, PITCH.1)
    }

    /// The layout that a frame asks for.
    pub fn of(frame: &DiagramFrame, count: usize, strips: usize) -> Self {
        let most = if frame.alone { ROOMY } else { PITCH.1 };
        Self::laid(frame.size, count, strips, frame.overview, most)
    }

    fn laid(size: Size, count: usize, strips: usize, has_overview: bool, most: f64) -> Self {
        let Size { width, height } = size;
        let (left, right) = match width {
            900.0.. => (64.0, 16.0),
            480.0..900.0 => (52.0, 12.0),
            _ => (40.0, 10.0),
        };
        let (axis, strip, gap) = if width < 480.0 { (24.0, 18.0, 4.0) } else { (AXIS, STRIP, GAP) };
        let top = axis + strip_heights(strips, strip).1;
        let foot = height - if has_overview { OVERVIEW } else { 0.0 };
        let room = (foot - top - gap).max(0.0);
        let pitch = (room / count.max(1) as f64).clamp(PITCH.0, most);
        Self {
            left,
            right: (width - right).max(left + 1.0),
            axis,
            strip: top,
            strips: strips.max(1),
            top: top + gap,
            foot: foot.min(top + gap + pitch * count as f64),
            pitch,
            count,
            scroll: 0.0,
            has_overview,
        }
    }

    /// The top and the bottom of a strip, counted from the top.
    pub fn strip_row(&self, place: usize) -> (f64, f64) {
        let (each, _) = strip_heights(self.strips, self.strip - self.axis);
        let top = self.axis + place as f64 * (each + APART);
        (top, top + each)
    }

    /// The layout scrolled up by `by`, at most until the last lane is visible.
    pub fn scrolled(self, by: f64) -> Self {
        Self { scroll: by.clamp(0.0, self.hidden()), ..self }
    }

    /// The height of the lanes that does not fit.
    pub fn hidden(&self) -> f64 {
        (self.pitch * self.count as f64 - (self.foot - self.top)).max(0.0)
    }

    /// The middle of a lane, counted from the top.
    pub fn lane(&self, place: usize) -> f64 {
        self.top + self.pitch * (place as f64 + 0.5) - self.scroll
    }

    /// Where the lane's middle is in context.
    pub fn is_seen(&self, y: f64) -> bool {
        (self.top..=self.foot).contains(&y)
    }

    /// The x of the processes' middles.
    pub fn heads(&self) -> f64 {
        self.left / 2.0 - 2.0
    }

    /// Low lanes have thin rails and no text.
    pub fn is_low(&self) -> bool {
        self.pitch < 22.0
    }

    /// The height of a rail, and of a leader's rail.
    pub fn rails(&self) -> (f64, f64) {
        if self.is_low() { (0.26 * self.pitch, 0.52 * self.pitch) } else { (6.0, 12.0) }
    }

    /// The top of the overview's bar.
    pub fn overview(&self) -> f64 {
        self.foot + 10.0
    }
}

pub(crate) fn draw(context: &DiagramDrawContext, scene: &mut Scene) {
    let rows = &context.rows;
    let begin = scene.shapes.len();
    for (place, lane) in context.record.lanes.iter().enumerate() {
        let y = rows.lane(place);
        if !rows.is_seen(y) {
            continue;
        }
        let target = Target::Process(lane.rank);
        let first = scene.shapes.len();
        let mut last = f64::NEG_INFINITY;
        for rail in &lane.rails {
            let y = context.rail(y, rail.group);
            if y - last < 1.0 {
                continue;
            }
            draw_ticks(context, rail, y, scene);
            let drawn = RailShape { context, rank: lane.rank, y };
            // A crash applies to all members of a process: where rails are close, one dotted line shows it.
            let shows_crash = y - last >= CRASHES_APART;
            last = y;
            for span in parts(context, &rail.spans) {
                if scene.has_room(begin) && (shows_crash || span.value != Pose::Crashed) {
                    drawn.draw(&span, scene);
                }
            }
        }
        scene.belongs(first, target);
        let (from, to) = (point(rows.left, y), point(rows.right, y));
        let reach = (rows.pitch / 2.0).min(8.0);
        scene.add_hit_region(target, HitArea::Band { from, to, reach });
    }
}

/// The least distance between the dotted lines of a lane, in CSS pixels.
const CRASHES_APART: f64 = 3.0;

/// A tick at each change of the term; the rail covers its middle.
fn draw_ticks(context: &DiagramDrawContext, rail: &RailSpan, y: f64, scene: &mut Scene) {
    let (up, down) = match context.has_room_for_terms() {
        true => (11.0, 8.0),
        false => [context.rails().1 / 2.0 + 2.0; 2].into(),
    };
    let changes = rail.terms.iter().skip(1).map(|span| context.x(span.from));
    for x in changes.filter(|&x| context.is_in(x)) {
        let paint = Paint::stroke(context.tokens().ink, 1.25);
        scene.line(point(x, y - up), point(x, y + down), paint);
    }
}

/// Of spans that share a pixel the last is shown.
fn parts(context: &DiagramDrawContext, spans: &[Span<Pose>]) -> Vec<Span<Pose>> {
    let (from, to) = context.scale.window();
    let first = spans.partition_point(|span| span.to < from);
    let mut all: Vec<Span<Pose>> = Vec::new();
    for span in spans[first..].iter().take_while(|span| span.from <= to) {
        match all.last_mut() {
            Some(last) if context.x(span.to) - context.x(last.from) < 1.0 => {
                (last.to, last.value) = (span.to, span.value);
            }
            _ => all.push(*span),
        }
    }
    all
}

struct RailShape<'a> {
    context: &'a DiagramDrawContext<'a>,
    rank: Rank,
    y: f64,
}

impl RailShape<'_> {
    fn draw(&self, span: &Span<Pose>, scene: &mut Scene) {
        let rows = &self.context.rows;
        // Ends out of context stay out of context.
        let left = self.context.x(span.from).max(rows.left - 4.0);
        let right = self.context.x(span.to).min(rows.right + 4.0);
        if right <= left {
            return;
        }
        let (thin, thick) = self.context.rails();
        let area =
            |height: f64| Rect::new(left, self.y - height / 2.0, right, self.y + height / 2.0);
        match span.value {
            Pose::Running(Role::Follows(leader)) => self.paint(area(thin), leader, scene),
            Pose::Running(Role::Leads) => self.paint(area(thick), self.rank, scene),
            Pose::Running(role @ (Role::Claims | Role::Candidate)) => {
                self.draw_hollow(area(thick), role, scene);
                self.paint(area(thin), self.rank, scene);
            }
            Pose::Running(role) => self.draw_hollow(area(thin), role, scene),
            Pose::Paused(role) => {
                match span.value.believes(self.rank) {
                    Some(leader) => self.paint(area(thick), leader, scene),
                    None => self.draw_hollow(area(thick), role, scene),
                }
                let frost = Paint::stroke(self.context.tokens().stage, 2.6).opacity(0.8);
                hatch(scene, area(thick), 7.0, frost);
            }
            Pose::Crashed => {
                let gone =
                    Paint::stroke(self.context.tokens().line2, 1.25).dashed(1.0, 5.0).round();
                scene.line(point(left, self.y), point(right, self.y), gone);
            }
        }
    }

    /// Draws a rail in a leader's style.
    fn paint(&self, area: Rect, leader: Rank, scene: &mut Scene) {
        let leader_style = self.context.diagram.leader_styles.of(leader);
        let hue = leader_style.hue(self.context.frame.theme);
        let stage = self.context.tokens().stage;
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
        if let Some(rim) = hue.rim.filter(|_| !self.context.rows.is_low()) {
            scene.path(outline, Paint::stroke(rim, 1.0));
        }
    }

    /// Draws two lines: solid if the process follows nobody, dashed while it elects, dotted while it waits.
    fn draw_hollow(&self, area: Rect, role: Role, scene: &mut Scene) {
        let line = Paint::stroke(self.context.tokens().ink, 1.25);
        let line = match role {
            Role::Electing => line.dashed(6.0, 3.0),
            Role::AwaitingElected => line.dashed(1.4, 3.0),
            Role::PreCandidate | Role::Candidate => line.dashed(7.0, 4.0),
            Role::Claims => line.dashed(4.0, 3.0),
            Role::Delaying | Role::BelievesNobody | Role::Leads | Role::Follows(_) => line,
        };
        // In the lowest lanes two lines would merge.
        let low = area.max.y - area.min.y < 3.0;
        let middle = area.centre().y;
        let ys = if low { vec![middle] } else { vec![area.min.y, area.max.y] };
        if !low {
            crate::view::strip::fill(scene, area, Paint::fill(self.context.tokens().stage));
        }
        for y in ys {
            scene.line(point(area.min.x, y), point(area.max.x, y), line);
        }
    }
}
