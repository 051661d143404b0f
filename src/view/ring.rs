//! The places of processes: on an ellipse, clockwise by rank and at equal distances along the line. The
//! highest rank is at twelve o'clock.

use super::geometry::{Point, Rect, Size, point};
use crate::types::Rank;
use std::f64::consts::{FRAC_PI_2, TAU};

/// The number of entries in the table that converts a length along the ellipse to an angle.
const STEPS: usize = 2_000;

/// The processes' places and their common radius, in CSS pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Ring {
    pub centre: Point,
    pub rx: f64,
    pub ry: f64,
    /// The radius of a process, including its rim.
    pub radius: f64,
    /// The distance along the line from one process to the next; infinite for a single one.
    pub gap: f64,
    /// Ascending by rank.
    places: Vec<(Rank, Point)>,
    /// The length of the line from twelve o'clock, at each step clockwise.
    lengths: Vec<f64>,
}

/// The space at the edges of the stage that overlays cover: buttons and legend. CSS pixels; negative values
/// let captions overlap the edge.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Inset {
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
    pub left: f64,
}

impl Ring {
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
        ring.places = ring.stand(ranks);
        ring
    }

    fn fitted(count: usize, size: Size, inset: Inset, radius: f64) -> Self {
        let margin = Margin::of(count, radius);
        let top = inset.top + margin.top;
        let bottom = size.height - inset.bottom - margin.bottom;
        let (left, right) = (inset.left + margin.side, size.width - inset.right - margin.side);
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
        Self { centre, rx, ry, radius, gap, places: Vec::new(), lengths }
    }

    /// Place 0 is twelve o'clock and belongs to the highest rank.
    fn stand(&self, ranks: &[Rank]) -> Vec<(Rank, Point)> {
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

    fn ring(count: u16, (width, height): (f64, f64)) -> Ring {
        let ranks: Vec<_> = (1..=count).filter_map(Rank::new).collect();
        let most = if width < 480.0 { 25.0 } else { 30.0 };
        Ring::new(&ranks, Size { width, height }, Inset::default(), most)
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
