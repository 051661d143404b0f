//! Points, boxes and quadratic curves in CSS pixels: x to the right, y down, angles clockwise from +x.

use std::ops::{Add, Mul, Sub};

/// A point, or the vector from one point to another.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

/// A size in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    pub width: f64,
    pub height: f64,
}

/// A rectangle; `min` is the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    pub min: Point,
    pub max: Point,
}

/// A quadratic Bézier curve: the path of a message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curve {
    pub from: Point,
    pub control: Point,
    pub to: Point,
}

pub const fn point(x: f64, y: f64) -> Point {
    Point { x, y }
}

impl Point {
    /// The point at `radius` from the origin under `angle` in radians.
    pub fn polar(radius: f64, angle: f64) -> Self {
        let (sin, cos) = angle.sin_cos();
        point(radius * cos, radius * sin)
    }

    pub fn length(self) -> f64 {
        self.dot(self).sqrt()
    }

    pub fn distance(self, other: Self) -> f64 {
        (other - self).length()
    }

    pub fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y
    }

    /// The vector with length 1. A vector of length 0 becomes one that points up, so that no caller divides
    /// by zero.
    pub fn unit(self) -> Self {
        let length = self.length();
        if length > 1e-9 { self * (1.0 / length) } else { point(0.0, -1.0) }
    }

    /// The vector after a quarter turn clockwise: it points to the right of the direction of travel.
    pub fn right(self) -> Self {
        point(-self.y, self.x)
    }

    /// The direction in radians, clockwise from +x.
    pub fn angle(self) -> f64 {
        self.y.atan2(self.x)
    }

    /// The point at a share of the way to another; 0 is this point, 1 the other.
    pub fn towards(self, other: Self, share: f64) -> Self {
        self + (other - self) * share
    }
}

impl Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        point(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        point(self.x - other.x, self.y - other.y)
    }
}

impl Mul<f64> for Point {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        point(self.x * factor, self.y * factor)
    }
}

impl Rect {
    pub const fn new(left: f64, top: f64, right: f64, bottom: f64) -> Self {
        Self { min: point(left, top), max: point(right, bottom) }
    }

    /// Larger by `by` CSS pixels on every side.
    pub fn grown(self, by: f64) -> Self {
        Self { min: self.min - point(by, by), max: self.max + point(by, by) }
    }

    pub fn centre(self) -> Point {
        self.min.towards(self.max, 0.5)
    }

    pub fn contains(self, other: Self) -> bool {
        self.min.x <= other.min.x
            && self.min.y <= other.min.y
            && self.max.x >= other.max.x
            && self.max.y >= other.max.y
    }

    pub fn meets(self, other: Self) -> bool {
        self.min.x < other.max.x
            && other.min.x < self.max.x
            && self.min.y < other.max.y
            && other.min.y < self.max.y
    }

    pub fn meets_disc(self, centre: Point, radius: f64) -> bool {
        let nearest =
            point(centre.x.clamp(self.min.x, self.max.x), centre.y.clamp(self.min.y, self.max.y));
        nearest.distance(centre) < radius
    }

    /// The part inside the rectangle of the line through `through` along `way`; `None` if the line misses it.
    pub fn clip(self, through: Point, way: Point) -> Option<(Point, Point)> {
        let (mut first, mut last) = (f64::NEG_INFINITY, f64::INFINITY);
        let axes = [
            (through.x, way.x, self.min.x, self.max.x),
            (through.y, way.y, self.min.y, self.max.y),
        ];
        for (start, step, low, high) in axes {
            if step.abs() < 1e-9 {
                if start < low || start > high {
                    return None;
                }
                continue;
            }
            let (a, b) = ((low - start) / step, (high - start) / step);
            first = first.max(a.min(b));
            last = last.min(a.max(b));
        }
        (first < last).then(|| (through + way * first, through + way * last))
    }
}

impl Curve {
    /// The point at a parameter, 0 to 1.
    pub fn at(self, share: f64) -> Point {
        let a = self.from.towards(self.control, share);
        let b = self.control.towards(self.to, share);
        a.towards(b, share)
    }

    /// The direction at a parameter, as a vector of length 1.
    pub fn heading(self, share: f64) -> Point {
        let way = (self.control - self.from).towards(self.to - self.control, share);
        if way.length() > 1e-9 { way.unit() } else { (self.to - self.from).unit() }
    }

    /// The exact piece between two parameters; `from` is at most `to`.
    pub fn piece(self, from: f64, to: f64) -> Self {
        let control =
            self.from.towards(self.control, from).towards(self.control.towards(self.to, from), to);
        Self { from: self.at(from), control, to: self.at(to) }
    }

    /// The parameter at which the curve crosses the line through `through` along `way`, if the ends of the
    /// curve lie on different sides.
    pub fn crossing(self, through: Point, way: Point) -> Option<f64> {
        let side = |share: f64| (self.at(share) - through).dot(way.right());
        let start = side(0.0);
        if start * side(1.0) >= 0.0 {
            return None;
        }
        let (mut before, mut after) = (0.0, 1.0);
        for _ in 0..24 {
            let middle = (before + after) / 2.0;
            if side(middle) * start > 0.0 { before = middle } else { after = middle }
        }
        Some(before)
    }
}

/// The distance of a point from the line segment between two others.
pub fn distance_to_line(at: Point, from: Point, to: Point) -> f64 {
    at.distance(nearest_on_line(at, from, to))
}

/// The point of a line segment that is nearest to `at`.
pub fn nearest_on_line(at: Point, from: Point, to: Point) -> Point {
    let way = to - from;
    let squared = way.dot(way);
    if squared < 1e-12 {
        return from;
    }
    from + way * ((at - from).dot(way) / squared).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_of_a_curve_lies_on_the_curve() {
        let curve =
            Curve { from: point(0.0, 0.0), control: point(50.0, 80.0), to: point(100.0, 0.0) };
        let piece = curve.piece(0.2, 0.7);
        assert!(piece.at(0.5).distance(curve.at(0.45)) < 1e-9);
        assert!(piece.from.distance(curve.at(0.2)) < 1e-9);
        assert!(piece.to.distance(curve.at(0.7)) < 1e-9);
    }

    #[test]
    fn a_curve_knows_where_it_crosses_a_line() {
        let curve =
            Curve { from: point(0.0, 0.0), control: point(50.0, 0.0), to: point(100.0, 0.0) };
        let share = curve.crossing(point(25.0, -5.0), point(0.0, 1.0)).expect("it crosses");
        assert!((share - 0.25).abs() < 1e-6);
        assert_eq!(curve.crossing(point(200.0, 0.0), point(0.0, 1.0)), None);
    }

    #[test]
    fn a_line_is_clipped_to_a_box() {
        let room = Rect::new(0.0, 0.0, 100.0, 50.0);
        let (a, b) = room.clip(point(50.0, 25.0), point(0.0, 1.0)).expect("it crosses the box");
        assert_eq!((a, b), (point(50.0, 0.0), point(50.0, 50.0)));
        assert_eq!(room.clip(point(150.0, 25.0), point(0.0, 1.0)), None);
    }
}
