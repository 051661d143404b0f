//! The partition line: a partition whose sides a straight line separates. It is drawn over links and under
//! processes. For any other partition, each cut link shows its own bars.

use super::DrawContext;
use crate::scenario::Link;
use crate::sort;
use crate::types::Rank;
use crate::view::Paint;
use crate::view::geometry::{Path, Placement};
use crate::view::geometry::{Point, Rect, nearest_on_line, point};
use crate::view::glyphs::PLUS;
use crate::view::model::StageModel;
use crate::view::ring::RingLayout;
use crate::view::{HitArea, PartitionEnd, Scene, Target};

/// A straight line between two sides of a partition; in a stopped direction no message crosses it.
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionLine {
    pub through: Point,
    /// A vector of length 1, from the first end to the second.
    pub way: Point,
    pub ends: [Point; 2],
    /// Ascending each; the first side has the lowest rank and lies to the left of `way`.
    pub sides: [Vec<Rank>; 2],
    /// Whether messages from the first side are stopped, and whether those from the second are.
    pub stopped: [bool; 2],
}

impl PartitionLine {
    /// In CSS pixels.
    pub const HALF_WIDTH: f64 = 6.0;

    /// The partition line of a model, if its cuts divide all processes into two sides and a straight line can
    /// separate them.
    pub fn of(picture: &StageModel, ring: &RingLayout, room: Rect) -> Option<Self> {
        let (sides, stopped) = sides(picture)?;
        let places = |side: &[Rank]| -> Vec<Point> {
            side.iter().filter_map(|&rank| ring.place(rank)).collect()
        };
        let [first, second] = match corners(ring, &sides) {
            Some(corners) => corners,
            None => [places(&sides[0]), places(&sides[1])],
        };
        if ring.areas().is_empty() && !is_contiguous(ring, &sides[0]) {
            return None;
        }
        let (a, b) = nearest_points(&first, &second)?;
        let through = a.towards(b, 0.5);
        let way = (a - b).unit().right();
        let is_beyond = |at: &Point| (*at - through).dot((a - b).unit()) > 0.0;
        if !first.iter().all(is_beyond) || second.iter().any(is_beyond) {
            return None;
        }
        let ends = ends(ring, room, through, way)?;
        Some(Self { through, way, ends, sides, stopped })
    }

    /// Whether the two are on different sides.
    pub fn parts(&self, one: Rank, other: Rank) -> bool {
        self.sides[0].contains(&one) != self.sides[0].contains(&other)
    }
}

/// The corners of the frames on either side, where each zone is on one side as a whole: the line then runs
/// between their frames.
fn corners(ring: &RingLayout, sides: &[Vec<Rank>; 2]) -> Option<[Vec<Point>; 2]> {
    let mut corners = [Vec::new(), Vec::new()];
    for area in ring.areas() {
        let Rect { min, max } = area.frame;
        let side = usize::from(!sides[0].contains(area.members.first()?));
        if !area.members.iter().all(|rank| sides[side].contains(rank)) {
            return None;
        }
        corners[side].extend([min, point(max.x, min.y), max, point(min.x, max.y)]);
    }
    corners.iter().all(|side| !side.is_empty()).then_some(corners)
}

/// The two neighbours on the ring between which an end of the partition line is, in clockwise order.
pub fn neighbours(picture: &StageModel, end: PartitionEnd) -> Option<(Rank, Rank)> {
    let ([side, _], _) = sides(picture)?;
    let ranks: Vec<Rank> = picture.processes.iter().map(|process| process.rank).collect();
    // The ring has the order of the ranks; the highest is followed by the lowest.
    let pairs = ranks.iter().enumerate().map(|(place, &rank)| {
        let before = place.checked_sub(1).unwrap_or(ranks.len() - 1);
        (ranks[before], rank)
    });
    let begins = |(before, rank): &(Rank, Rank)| !side.contains(before) && side.contains(rank);
    let stops = |(before, rank): &(Rank, Rank)| side.contains(before) && !side.contains(rank);
    match end {
        PartitionEnd::First => pairs.into_iter().find(begins),
        PartitionEnd::Second => pairs.into_iter().find(stops),
    }
}

/// The two sides of a partition and the stopped directions, if every pair across is cut in the same way. The
/// first side has the lowest rank.
fn sides(picture: &StageModel) -> Option<([Vec<Rank>; 2], [bool; 2])> {
    let cuts = picture.links.values().filter(|conditions| conditions.cut).count();
    let ranks: Vec<Rank> = picture.processes.iter().map(|process| process.rank).collect();
    // Separating n processes takes at least n - 1 cuts.
    if cuts + 1 < ranks.len() || ranks.len() < 2 {
        return None;
    }
    let cut = |from, to| picture.is_cut(Link { from, to });
    let mut side = vec![ranks[0]];
    let mut done = 0;
    while let Some(&rank) = side.get(done) {
        done += 1;
        for &other in &ranks {
            if !side.contains(&other) && !cut(rank, other) && !cut(other, rank) {
                side.push(other);
            }
        }
    }
    sort::sort(&mut side);
    let rest: Vec<Rank> = ranks.into_iter().filter(|rank| !side.contains(rank)).collect();
    let sample = [cut(side[0], *rest.first()?), cut(*rest.first()?, side[0])];
    let alike = side
        .iter()
        .all(|&one| rest.iter().all(|&other| [cut(one, other), cut(other, one)] == sample));
    alike.then_some(([side, rest], sample))
}

/// Whether a side's places are consecutive on the ring: only then a straight line can separate them.
fn is_contiguous(ring: &RingLayout, side: &[Rank]) -> bool {
    let places = ring.places();
    let within = |index: usize| side.contains(&places[index % places.len()].0);
    let changes = (0..places.len()).filter(|&index| within(index) != within(index + 1)).count();
    changes == 2
}

/// The nearest points of two convex sides; the partition line crosses the middle between them.
fn nearest_points(first: &[Point], second: &[Point]) -> Option<(Point, Point)> {
    let against = |corners: &[Point], edges: &[Point]| {
        let mut best: Option<(Point, Point)> = None;
        for &corner in corners {
            for (index, &from) in edges.iter().enumerate() {
                for &to in &edges[index..] {
                    let on = nearest_on_line(corner, from, to);
                    let nearer = best.is_none_or(|(a, b)| corner.distance(on) < a.distance(b));
                    if nearer {
                        best = Some((corner, on));
                    }
                }
            }
        }
        best
    };
    let forth = against(first, second)?;
    let (b, a) = against(second, first)?;
    Some(if forth.0.distance(forth.1) <= a.distance(b) { forth } else { (a, b) })
}

/// The ends of the partition line: beyond the ring, but on the stage.
fn ends(ring: &RingLayout, room: Rect, through: Point, way: Point) -> Option<[Point; 2]> {
    const BEYOND: f64 = 60.0;
    const HANDLE: f64 = 10.0;
    // The ellipse is scaled to a unit circle, on which the line's two intersections are computed.
    let squeezed = |p: Point| point(p.x / ring.rx, p.y / ring.ry);
    let (start, step) = (squeezed(through - ring.centre), squeezed(way));
    let middle = -start.dot(step) / step.dot(step);
    let nearest = start + step * middle;
    let half = (1.0 - nearest.dot(nearest)).max(0.0).sqrt() / step.length() + BEYOND;
    let (first, last) = room.grown(-HANDLE).clip(through, way)?;
    let along = |end: Point| (end - through).dot(way).clamp(middle - half, middle + half);
    Some([through + way * along(first), through + way * along(last)])
}

pub(crate) fn draw(context: &DrawContext, scene: &mut Scene) {
    let Some(partition_line) = &context.partition_line else { return };
    let tokens = context.tokens();
    let first = scene.shapes.len();
    let aside = partition_line.way.right() * PartitionLine::HALF_WIDTH;
    let has_handles = !context.frame.thumbnail && !context.frame.fixed;
    let [from, to] = match has_handles {
        true => partition_line.ends,
        false => beyond(partition_line),
    };
    let water = Path::polygon(&[from - aside, to - aside, to + aside, from + aside]);
    scene.path(water, Paint::fill(tokens.partition_line));
    // The edge on the side whose messages are stopped is solid, the other dotted.
    for (edge, stopped) in
        [(aside * -1.0, partition_line.stopped[0]), (aside, partition_line.stopped[1])]
    {
        let paint = partition_line_paint(context);
        let paint = if stopped { paint } else { paint.dashed(2.0, 3.0) };
        scene.line(from + edge, to + edge, paint);
    }
    scene.belongs(first, Target::Partition);
    if !has_handles {
        return;
    }
    scene.add_hit_region(Target::Partition, HitArea::Band { from, to, reach: 10.0 });
    for (end, at) in [(PartitionEnd::First, from), (PartitionEnd::Second, to)] {
        let first = scene.shapes.len();
        let is_over = context.frame.hovered == Some(Target::Handle(end));
        let rim = if is_over { tokens.ink } else { tokens.ink2 };
        scene.circle(at, 8.0, Paint::both(tokens.stage, rim, 1.5));
        let plus = Paint::stroke(tokens.ink2, 1.5).round();
        scene.placed(PLUS, Placement::new(at, 1.0, 0.0), plus);
        scene.belongs(first, Target::Handle(end));
        let reach = context.frame.reach().max(14.0);
        scene.add_hit_region(Target::Handle(end), HitArea::Disc { centre: at, drawn: 8.0, reach });
    }
}

/// Ends that are out of context: without handles a partition line runs through the whole picture.
fn beyond(partition_line: &PartitionLine) -> [Point; 2] {
    const FAR: f64 = 40.0;
    let [from, to] = partition_line.ends;
    [from - partition_line.way * FAR, to + partition_line.way * FAR]
}

/// Bolder while it is hovered or selected.
fn partition_line_paint(context: &DrawContext) -> Paint {
    let (frame, tokens) = (context.frame, context.tokens());
    let is = |looked_at| looked_at == Some(Target::Partition);
    if is(frame.selected) {
        Paint::stroke(tokens.ink, 2.0)
    } else if is(frame.hovered) {
        Paint::stroke(tokens.ink2, 2.0)
    } else {
        Paint::stroke(tokens.ink2, 1.25)
    }
}
