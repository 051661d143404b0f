//! An outline of straight lines, quadratic curves and circular arcs. Glyphs are constant outlines.

use super::geometry::{Point, Rect, point};
use super::text::decimal;
use std::borrow::Cow;
use std::f64::consts::{FRAC_PI_2, PI, TAU};
use std::fmt;

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
