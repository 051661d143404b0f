//! The places of processes: on an ellipse, the highest rank at twelve o'clock, then 1, 2, 3 clockwise
//! as on a clock, at equal distances along the line. Each zone has an ellipse of its own.

use super::geometry::{Point, Rect, Size, point};
use crate::scenario::Zone;
use crate::types::Rank;
use std::f64::consts::{FRAC_PI_2, TAU};

/// The number of entries in the table that converts a length along the ellipse to an angle.
const STEPS: usize = 2_000;

/// The processes' places and their common radius, in CSS pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct RingLayout {
    pub centre: Point,
    pub rx: f64,
    pub ry: f64,
    /// The radius of a process, including its rim.
    pub radius: f64,
    /// The distance along the line from one process to the next; infinite for a single one.
    pub gap: f64,
    /// Ascending by rank.
    places: Vec<(Rank, Point)>,
    /// In the order of the scenario, then those in no zone; empty where there are no zones.
    areas: Vec<ZoneArea>,
    /// The length of the line from twelve o'clock, at each step clockwise.
    lengths: Vec<f64>,
}

/// The area of a zone.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneArea {
    /// The place of the zone among the zones; nothing for the processes in none.
    pub zone: Option<usize>,
    pub members: Vec<Rank>,
    pub frame: Rect,
    pub centre: Point,
    pub rx: f64,
    pub ry: f64,
}

/// The margins of the stage that controls cover: keys, legend, buttons.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Inset {
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
    pub left: f64,
}

impl RingLayout {
    /// `ranks` ascend; `most` is the largest radius (30, on the start page 38, on a phone 25).
    pub fn new(ranks: &[Rank], size: Size, inset: Inset, most: f64) -> Self {
        let most = if ranks.len() > 8 { most.min(22.0) } else { most };
        let mut ring = Self::fitted(ranks.len(), size, inset, most);
        // Smaller processes need a smaller margin, so the ring can grow; two rounds are enough.
        for _ in 0..2 {
            if ring.radius < most {
                ring = Self::fitted(ranks.len(), size, inset, ring.radius);
            }
        }
        ring.places = ring.place_ranks(ranks);
        ring
    }

    /// Likewise with a ring for each zone, and one for those in no zone.
    pub fn in_zones(ranks: &[Rank], zones: &[Zone], size: Size, inset: Inset, most: f64) -> Self {
        if zones.is_empty() {
            return Self::new(ranks, size, inset, most);
        }
        let mut groups: Vec<(Option<usize>, Vec<Rank>)> = Vec::new();
        for (index, zone) in zones.iter().enumerate() {
            let here = zone.members.iter().copied().filter(|rank| ranks.contains(rank));
            groups.push((Some(index), here.collect()));
        }
        let is_outside = |rank: &Rank| !zones.iter().any(|zone| zone.members.contains(rank));
        groups.push((None, ranks.iter().copied().filter(is_outside).collect()));
        groups.retain(|(_, members)| !members.is_empty());
        let frames = zone_frames(groups.len(), size, inset);
        let mut radius = if ranks.len() > 16 { most.min(22.0) } else { most };
        let mut rings = Vec::new();
        // All processes are as large as in the fullest zone; a smaller body needs less of a margin.
        for _ in 0..3 {
            let fitted = groups.iter().zip(&frames).map(|((_, members), frame)| {
                Self::fitted_in(members.len(), *frame, &Margin::in_zone(radius), radius)
            });
            rings = fitted.collect();
            radius = rings.iter().map(|ring| ring.radius).fold(radius, f64::min);
        }
        let mut all = Self::fitted(ranks.len(), size, inset, radius);
        all.radius = radius;
        all.gap = rings.iter().map(|ring| ring.gap).fold(f64::INFINITY, f64::min);
        for (((zone, members), frame), ring) in groups.into_iter().zip(frames).zip(rings) {
            all.places.extend(ring.place_ranks(&members));
            let Self { centre, rx, ry, .. } = ring;
            all.areas.push(ZoneArea { zone, members, frame, centre, rx, ry });
        }
        crate::sort::sort_by_key(&mut all.places, |&(rank, _)| rank);
        all
    }

    fn fitted(count: usize, size: Size, inset: Inset, radius: f64) -> Self {
        let room =
            Rect::new(inset.left, inset.top, size.width - inset.right, size.height - inset.bottom);
        Self::fitted_in(count, room, &Margin::of(count, radius), radius)
    }

    fn fitted_in(count: usize, room: Rect, margin: &Margin, radius: f64) -> Self {
        let (top, bottom) = (room.min.y + margin.top, room.max.y - margin.bottom);
        let (left, right) = (room.min.x + margin.side, room.max.x - margin.side);
        let ry = ((bottom - top) / 2.0).max(1.0);
        let stretch = if count > 32 { 2.2 } else { 1.6 };
        let rx = ((right - left) / 2.0).clamp(1.0, ry * stretch);
        let lengths = lengths(rx, ry);
        let gap = match count {
            0 | 1 => f64::INFINITY,
            _ => lengths[STEPS] / count as f64,
        };
        let (share, most) = if count > 8 { (0.29, radius.min(22.0)) } else { (0.33, radius) };
        let radius = (share * gap).min(most).max(6.0);
        let centre = point((left + right) / 2.0, (top + bottom) / 2.0);
        Self { centre, rx, ry, radius, gap, places: Vec::new(), areas: Vec::new(), lengths }
    }

    /// Place 0 is twelve o'clock and belongs to the highest rank.
    fn place_ranks(&self, ranks: &[Rank]) -> Vec<(Rank, Point)> {
        if let [only] = ranks {
            return vec![(*only, self.centre)];
        }
        let count = ranks.len();
        let place = |index: usize| self.along(((index + 1) % count) as f64 / count as f64);
        ranks.iter().enumerate().map(|(index, &rank)| (rank, place(index))).collect()
    }

    /// The point at this share of the whole line, clockwise from twelve o'clock.
    pub fn along(&self, share: f64) -> Point {
        let length = share.rem_euclid(1.0) * self.lengths[STEPS];
        let after = self.lengths.partition_point(|&reached| reached <= length).clamp(1, STEPS);
        let (low, high) = (self.lengths[after - 1], self.lengths[after]);
        let within = (length - low) / (high - low).max(1e-12);
        let angle = ((after - 1) as f64 + within) / STEPS as f64 * TAU - FRAC_PI_2;
        self.centre + point(self.rx * angle.cos(), self.ry * angle.sin())
    }

    pub fn place(&self, rank: Rank) -> Option<Point> {
        let found = self.places.binary_search_by_key(&rank, |&(other, _)| other).ok()?;
        Some(self.places[found].1)
    }

    /// All ranks and their places, ascending by rank.
    pub fn places(&self) -> &[(Rank, Point)] {
        &self.places
    }

    /// The zones' areas; empty where there are no zones.
    pub fn areas(&self) -> &[ZoneArea] {
        &self.areas
    }

    /// The area of a process, where there are zones.
    pub fn area(&self, rank: Rank) -> Option<&ZoneArea> {
        self.areas.iter().find(|area| area.members.contains(&rank))
    }

    /// Whether two processes are in different areas.
    pub fn are_apart(&self, one: Rank, other: Rank) -> bool {
        self.area(one).is_some_and(|area| !area.members.contains(&other))
    }

    /// The middle of the ellipse of a process.
    pub fn centre_of(&self, rank: Rank) -> Point {
        self.area(rank).map_or(self.centre, |area| area.centre)
    }

    /// The number of processes on the fullest ellipse.
    pub fn most_together(&self) -> usize {
        self.areas.iter().map(|area| area.members.len()).max().unwrap_or(self.len())
    }

    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The rectangle around all bodies.
    pub fn bounds(&self) -> Rect {
        let around = |(_, at): &(Rank, Point)| Rect { min: *at, max: *at }.grown(self.radius);
        self.places.iter().map(around).fold(
            Rect { min: self.centre, max: self.centre },
            |all, one| Rect {
                min: point(all.min.x.min(one.min.x), all.min.y.min(one.min.y)),
                max: point(all.max.x.max(one.max.x), all.max.y.max(one.max.y)),
            },
        )
    }
}

/// The scale of a crown's outline.
pub fn crown_scale(radius: f64) -> f64 {
    (0.0345 * radius).max((0.05 * radius).min(0.65))
}

/// The distance from the process's centre up to the base of its crown.
pub fn crown_foot(radius: f64) -> f64 {
    radius + if radius < 16.0 { 2.0 } else { 5.0 }
}

/// The space that crown, timer and number of a process need around its centre.
struct Margin {
    top: f64,
    bottom: f64,
    side: f64,
}

impl Margin {
    fn of(count: usize, radius: f64) -> Self {
        let crown = crown_foot(radius) + 17.0 * crown_scale(radius) + 2.0;
        // The brackets around a timer arc reach furthest; small processes have neither.
        let brackets = if radius < 16.0 { radius + 8.0 } else { radius + 15.0 };
        let number = if count > 12 && radius < 9.0 { radius + 20.0 } else { 0.0 };
        let side = if count <= 8 { radius + 55.0 } else { (radius + 16.0).max(number) };
        Self { top: crown.max(number), bottom: brackets.max(number), side }
    }

    /// Captions stand under the processes of a zone rather than beside them.
    fn in_zone(radius: f64) -> Self {
        let crown = crown_foot(radius) + 17.0 * crown_scale(radius) + 2.0;
        let words = if radius < 16.0 { 12.0 } else { 46.0 };
        Self { top: crown + 12.0, bottom: radius + words, side: radius + words.min(38.0) }
    }
}

/// Side by side or on top of each other, whichever leaves each the most room.
fn zone_frames(count: usize, size: Size, inset: Inset) -> Vec<Rect> {
    /// From the edge of the stage, between two zones, and for a zone's name above its frame.
    const EDGE: f64 = 12.0;
    const APART: f64 = 0.085;
    const NAME: f64 = 8.0;
    let left = inset.left + EDGE;
    let top = inset.top + EDGE + NAME;
    let width = (size.width - inset.right - EDGE - left).max(1.0);
    let height = (size.height - inset.bottom - EDGE - top).max(1.0);
    let gaps = |columns: usize, rows: usize| {
        // The latency of two zones is drawn between them.
        let across = if columns > 1 { (APART * width).clamp(14.0, 96.0) } else { 0.0 };
        (across, if rows > 1 { 34.0 } else { 0.0 })
    };
    let cell = |columns: usize| {
        let rows = count.div_ceil(columns);
        let (across, down) = gaps(columns, rows);
        point(
            (width - across * (columns - 1) as f64) / columns as f64,
            (height - down * (rows - 1) as f64) / rows as f64,
        )
    };
    let room = |columns: &usize| cell(*columns).x.min(1.3 * cell(*columns).y);
    let columns = (1..=count.max(1)).max_by(|a, b| room(a).total_cmp(&room(b))).unwrap_or(1);
    let (across, down) = gaps(columns, count.div_ceil(columns));
    let each = cell(columns);
    let frame = |index: usize| {
        let (column, row) = ((index % columns) as f64, (index / columns) as f64);
        // A last row that is not full is centred.
        let in_row = (count - index / columns * columns).min(columns);
        let aside = (columns - in_row) as f64 * (each.x + across) / 2.0;
        let from = point(left + aside + column * (each.x + across), top + row * (each.y + down));
        Rect { min: from, max: from + each }
    };
    (0..count).map(frame).collect()
}

/// The length of the ellipse from twelve o'clock up to each step, clockwise.
fn lengths(rx: f64, ry: f64) -> Vec<f64> {
    let on = |step: usize| {
        let angle = step as f64 / STEPS as f64 * TAU - FRAC_PI_2;
        point(rx * angle.cos(), ry * angle.sin())
    };
    let mut reached = 0.0;
    let mut before = on(0);
    let mut lengths = Vec::with_capacity(STEPS + 1);
    lengths.push(0.0);
    for step in 1..=STEPS {
        let here = on(step);
        reached += before.distance(here);
        lengths.push(reached);
        before = here;
    }
    lengths
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: [(f64, f64); 5] =
        [(1064.0, 468.0), (704.0, 400.0), (390.0, 316.0), (360.0, 316.0), (320.0, 280.0)];

    fn ring(count: u16, (width, height): (f64, f64)) -> RingLayout {
        let ranks: Vec<_> = (1..=count).filter_map(Rank::new).collect();
        let most = if width < 480.0 { 25.0 } else { 30.0 };
        RingLayout::new(&ranks, Size { width, height }, Inset::default(), most)
    }

    #[test]
    fn nobody_overlaps_and_everybody_is_inside_at_every_size() {
        for count in [1, 2, 3, 6, 8, 12, 32, 64] {
            for size in SIZES {
                let ring = ring(count, size);
                let room = Rect::new(0.0, 0.0, size.0, size.1);
                let crown = crown_foot(ring.radius) + 17.0 * crown_scale(ring.radius);
                for (index, &(rank, at)) in ring.places().iter().enumerate() {
                    let body = Rect { min: at, max: at }.grown(1.42 * ring.radius);
                    assert!(room.contains(body), "{rank} of {count} is outside of {size:?}");
                    assert!(at.y - crown >= 0.0, "the crown of {rank} is outside of {size:?}");
                    for &(other, there) in &ring.places()[index + 1..] {
                        let apart = at.distance(there) - 2.0 * ring.radius;
                        assert!(apart >= 0.0, "{rank} and {other} of {count} meet in {size:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_highest_rank_is_at_twelve_and_one_comes_next_clockwise() {
        let ring = ring(6, SIZES[0]);
        let at = |rank| ring.place(Rank::new(rank).expect("not 0")).expect("it is there");
        assert!((at(6).x - ring.centre.x).abs() < 1e-9 && at(6).y < ring.centre.y);
        assert!(at(1).x > ring.centre.x && at(1).y < ring.centre.y);
        assert!((at(3).x - ring.centre.x).abs() < 1e-6 && at(3).y > ring.centre.y);
        assert!((at(1).y - at(5).y).abs() < 1e-6, "both sides mirror each other");
    }

    #[test]
    fn neighbours_are_equally_far_along_the_line() {
        let ring = ring(12, SIZES[0]);
        let chord = |a: f64, b: f64| ring.along(a / 1200.0).distance(ring.along(b / 1200.0));
        let (first, quarter) = (chord(0.0, 1.0), chord(300.0, 301.0));
        assert!((first / quarter - 1.0).abs() < 0.01, "{first} and {quarter}");
    }
}
