//! Points, boxes and curves in CSS pixels: x to the right, y down, angles clockwise from +x; and outlines of straight
//! lines, quadratic curves and circular arcs. Glyphs are constant outlines.

use std::borrow::Cow;
use std::f64::consts::{FRAC_PI_2, PI, TAU};
use std::fmt;
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

/// A step of an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PathCommand {
    Move(Point),
    Line(Point),
    Quad {
        control: Point,
        to: Point,
    },
    /// Starts on the circle at angle `start`; a positive `sweep` goes clockwise. Angles in radians.
    Arc {
        centre: Point,
        radius: f64,
        start: f64,
        sweep: f64,
    },
    Close,
}

/// A list of commands; borrowed for the glyphs, which are constants.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path(pub Cow<'static, [PathCommand]>);

/// The position, scale and rotation (in radians) of an outline. Strokes are scaled with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placement {
    pub at: Point,
    pub scale: f64,
    pub turn: f64,
}

impl Placement {
    /// At the origin, in its own size, not rotated.
    pub const HERE: Self = Self { at: point(0.0, 0.0), scale: 1.0, turn: 0.0 };

    pub const fn new(at: Point, scale: f64, turn: f64) -> Self {
        Self { at, scale, turn }
    }
}

impl Path {
    pub const fn fixed(commands: &'static [PathCommand]) -> Self {
        Self(Cow::Borrowed(commands))
    }

    pub fn new(commands: impl IntoIterator<Item = PathCommand>) -> Self {
        Self(Cow::Owned(commands.into_iter().collect()))
    }

    /// Separate straight lines.
    pub fn lines(lines: impl IntoIterator<Item = (Point, Point)>) -> Self {
        Self::new(
            lines
                .into_iter()
                .flat_map(|(from, to)| [PathCommand::Move(from), PathCommand::Line(to)]),
        )
    }

    /// A closed polygon.
    pub fn polygon(corners: &[Point]) -> Self {
        let each = corners.iter().enumerate().map(|(place, &corner)| match place {
            0 => PathCommand::Move(corner),
            _ => PathCommand::Line(corner),
        });
        Self::new(each.chain([PathCommand::Close]))
    }

    /// An arc of a circle; a positive `sweep` goes clockwise. Angles in radians.
    pub fn arc(centre: Point, radius: f64, start: f64, sweep: f64) -> Self {
        let from = centre + Point::polar(radius, start);
        Self::new([PathCommand::Move(from), PathCommand::Arc { centre, radius, start, sweep }])
    }

    pub fn ellipse(centre: Point, rx: f64, ry: f64) -> Self {
        // Four quadratic curves miss an ellipse by up to 3 %; sixteen by less than a tenth of a pixel.
        const PIECES: usize = 16;
        let step = TAU / PIECES as f64;
        let on = |angle: f64, stretch: f64| {
            centre + point(rx * stretch * angle.cos(), ry * stretch * angle.sin())
        };
        let pieces = (0..PIECES).map(|piece| {
            let start = piece as f64 * step;
            let control = on(start + step / 2.0, 1.0 / (step / 2.0).cos());
            PathCommand::Quad { control, to: on(start + step, 1.0) }
        });
        Self::new(
            [PathCommand::Move(on(0.0, 1.0))].into_iter().chain(pieces).chain([PathCommand::Close]),
        )
    }

    /// A rectangle with round corners.
    pub fn rounded(Rect { min, max }: Rect, radius: f64) -> Self {
        let radius = radius.min((max.x - min.x) / 2.0).min((max.y - min.y) / 2.0).max(0.0);
        let (left, top) = (min.x + radius, min.y + radius);
        let (right, foot) = (max.x - radius, max.y - radius);
        let corner = |x: f64, y: f64, start: f64| {
            let sweep = FRAC_PI_2;
            PathCommand::Arc { centre: point(x, y), radius, start, sweep }
        };
        Self::new([
            PathCommand::Move(point(left, min.y)),
            corner(right, top, -FRAC_PI_2),
            corner(right, foot, 0.0),
            corner(left, foot, FRAC_PI_2),
            corner(left, top, PI),
            PathCommand::Close,
        ])
    }

    /// A rectangle with semicircular ends; its width is at least its height.
    pub fn pill(centre: Point, width: f64, height: f64) -> Self {
        let radius = height / 2.0;
        let reach = (width / 2.0 - radius).max(0.0);
        let (left, right) = (centre - point(reach, 0.0), centre + point(reach, 0.0));
        let arc = |centre, start| PathCommand::Arc { centre, radius, start, sweep: PI };
        let start = PathCommand::Move(left + point(0.0, radius));
        Self::new([start, arc(left, PI / 2.0), arc(right, -PI / 2.0), PathCommand::Close])
    }
}

/// In the syntax of SVG, with up to two decimals.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|command| match *command {
            PathCommand::Move(to) => write!(f, "M{} {}", decimal(to.x), decimal(to.y)),
            PathCommand::Line(to) => write!(f, "L{} {}", decimal(to.x), decimal(to.y)),
            PathCommand::Quad { control, to } => {
                let (x, y) = (decimal(control.x), decimal(control.y));
                write!(f, "Q{x} {y} {} {}", decimal(to.x), decimal(to.y))
            }
            PathCommand::Arc { centre, radius, start, sweep } => {
                // SVG cannot draw a whole circle as one arc, so every arc is written as two halves.
                let half = sweep / 2.0;
                let begin = centre + Point::polar(radius, start);
                write!(f, "L{} {}", decimal(begin.x), decimal(begin.y))?;
                [half, sweep].into_iter().try_for_each(|turned| {
                    let to = centre + Point::polar(radius, start + turned);
                    let large = u8::from(half.abs() > PI);
                    let clockwise = u8::from(sweep > 0.0);
                    let r = decimal(radius);
                    write!(f, "A{r} {r} 0 {large} {clockwise} {} {}", decimal(to.x), decimal(to.y))
                })
            }
            PathCommand::Close => f.write_str("Z"),
        })
    }
}

/// A number rounded to hundredths: `12`, `0.5`, `-3.25`. Beyond 90 trillion it saturates.
pub fn decimal(value: f64) -> impl fmt::Display {
    let hundredths = (value.abs() * 100.0 + 0.5) as u64;
    let sign = if value < 0.0 && hundredths > 0 { "-" } else { "" };
    fmt::from_fn(move |f| {
        write!(f, "{sign}{}", hundredths / 100)?;
        match hundredths % 100 {
            0 => Ok(()),
            tenths if tenths.is_multiple_of(10) => write!(f, ".{}", tenths / 10),
            rest => write!(f, ".{rest:02}"),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::decimal;
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

    #[test]
    fn a_path_is_written_as_svg_writes_it() {
        let path = Path::new([
            PathCommand::Move(point(7.5, 0.0)),
            PathCommand::Line(point(-5.0, 6.5)),
            PathCommand::Quad { control: point(0.0, 0.125), to: point(1.0, -0.001) },
            PathCommand::Close,
        ]);
        assert_eq!(path.to_string(), "M7.5 0L-5 6.5Q0 0.13 1 0Z");
    }

    #[test]
    fn a_number_is_written_with_no_more_decimals_than_needed() {
        let written = |value| decimal(value).to_string();
        assert_eq!(written(12.0), "12");
        assert_eq!(written(0.5), "0.5");
        assert_eq!(written(-3.254), "-3.25");
        assert_eq!(written(-0.001), "0");
        assert_eq!(written(7.009), "7.01");
    }
}
