//! A scene as text, one shape a line, for tests that people read.

use super::geometry::Point;
use super::paint::Paint;
use super::path::Placement;
use super::text::Anchor;
use super::text::decimal;
use super::{Scene, Shape, ShapeForm, Target};
use std::fmt;

impl fmt::Display for Scene {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "scene {}x{}", decimal(self.size.width), decimal(self.size.height))?;
        self.shapes.iter().try_for_each(|shape| writeln!(f, "{shape}"))
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.form {
            ShapeForm::Circle { centre, radius } => {
                write!(f, "circle {} r {}", spot(*centre), decimal(*radius))?;
            }
            ShapeForm::Line { from, to } => write!(f, "line {} {}", spot(*from), spot(*to))?,
            ShapeForm::Curve(curve) => {
                let (from, control, to) = (spot(curve.from), spot(curve.control), spot(curve.to));
                write!(f, "curve {from} {control} {to}")?;
            }
            ShapeForm::Path { path, place } => write!(f, "path {path}{}", placed(*place))?,
            ShapeForm::Text(text) => {
                let anchor = match text.anchor {
                    Anchor::Start => "start",
                    Anchor::Middle => "middle",
                    Anchor::End => "end",
                };
                let (size, weight) = (decimal(text.font.size), text.font.weight);
                write!(f, "text {:?} {} {anchor} {size}/{weight}", text.words, spot(text.at))?;
            }
        }
        write!(f, " {}", self.paint)?;
        self.target.map_or(Ok(()), |target| write!(f, " = {target}"))
    }
}

impl fmt::Display for Paint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("|")?;
        if let Some(halo) = self.halo {
            write!(f, " halo {} {}", halo.colour, decimal(halo.width))?;
        }
        if let Some(fill) = self.fill {
            write!(f, " fill {fill}")?;
        }
        if let Some(stroke) = self.stroke {
            write!(f, " stroke {} {}", stroke.colour, decimal(stroke.width))?;
            if let Some([drawn, left_out]) = stroke.dash {
                write!(f, " dash {} {}", decimal(drawn), decimal(left_out))?;
            }
            if stroke.round {
                f.write_str(" round")?;
            }
        }
        if self.opacity < 1.0 {
            write!(f, " opacity {}", decimal(self.opacity))?;
        }
        Ok(())
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Process(rank) => write!(f, "process {rank}"),
            Self::Message(name) => {
                write!(f, "message {} {}->{} #{}", name.kind, name.from, name.to, name.nth)?;
                if name.copy { f.write_str(" copy") } else { Ok(()) }
            }
            Self::Link(link) => write!(f, "link {}--{}", link.from, link.to),
            Self::Partition => f.write_str("partition"),
            Self::Handle(end) => write!(f, "handle {end:?}"),
            Self::Timer(name) => write!(f, "timer {} {} #{}", name.timer, name.of, name.nth),
            Self::Fault(entry) => write!(f, "fault {entry}"),
            Self::FaultEnd(entry) => write!(f, "end of fault {entry}"),
        }
    }
}

fn spot(at: Point) -> impl fmt::Display {
    fmt::from_fn(move |f| write!(f, "({} {})", decimal(at.x), decimal(at.y)))
}

fn placed(place: Placement) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        if place == Placement::HERE {
            return Ok(());
        }
        write!(f, " at {} x {}", spot(place.at), decimal(place.scale))?;
        if place.turn == 0.0 {
            Ok(())
        } else {
            write!(f, " turn {}", decimal(place.turn.to_degrees()))
        }
    })
}
