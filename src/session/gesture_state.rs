//! A hand on the stage: what pressing, dragging, holding and letting go add up to. It knows where
//! the pointer is and what lay under it at first, and nothing of events.

use crate::view::geometry::Point;
use crate::view::stage::CutLine;
use crate::view::{PartitionEnd, Target};

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum GestureState {
    /// Nothing is pressed.
    #[default]
    Idle,
    /// Pressed, and not moved far enough to mean more.
    Pressed(PointerPress),
    /// A line is drawn across the stage.
    Cutting(CutLine),
    /// One end of the canal is moved; the other stays at `fixed`.
    Turning { end: PartitionEnd, fixed: Point, to: Point },
    /// Its gesture is done or given up; nothing follows until the next press.
    Spent,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PointerPress {
    pub at: Point,
    pub on: Option<Target>,
    /// Where the canal's other end is, if one of its ends is pressed.
    pub fixed: Option<Point>,
    /// A finger trembles more than a mouse does.
    pub coarse: bool,
    /// It was held until the menu opened.
    pub held: bool,
}

impl PointerPress {
    /// From so many pixels on a press is a drag.
    fn threshold(self) -> f64 {
        if self.coarse { 10.0 } else { 6.0 }
    }

    /// A cut may begin on anything but a process: links and messages leave little empty stage.
    fn cuts(self) -> bool {
        !matches!(self.on, Some(Target::Process(_) | Target::Handle(_)))
    }
}

fn is_steep(from: Point, to: Point) -> bool {
    (to.y - from.y).abs() > (to.x - from.x).abs()
}

impl GestureState {
    /// The pointer has come to `to`; with Shift a cut is one way.
    #[must_use]
    pub fn dragged(self, to: Point, shift: bool) -> Self {
        match self {
            Self::Pressed(press) if press.at.distance(to) < press.threshold() => self,
            Self::Pressed(press) => match (press.on, press.fixed) {
                (Some(Target::Handle(end)), Some(fixed)) => Self::Turning { end, fixed, to },
                // A finger that goes up or down scrolls the page, unless it has rested first.
                _ if press.coarse && !press.held && is_steep(press.at, to) => Self::Spent,
                _ if press.cuts() => Self::Cutting(CutLine { from: press.at, to, one_way: shift }),
                _ => Self::Spent,
            },
            Self::Cutting(cut_line) => Self::Cutting(CutLine { to, one_way: shift, ..cut_line }),
            Self::Turning { end, fixed, .. } => Self::Turning { end, fixed, to },
            Self::Idle | Self::Spent => self,
        }
    }

    /// It has rested for as long as opens a menu; true for the first time.
    pub fn hold(&mut self) -> bool {
        match self {
            Self::Pressed(press) if !press.held => {
                press.held = true;
                true
            }
            _ => false,
        }
    }

    /// What is left of it once it is lifted: a click may follow a mere press and nothing else.
    #[must_use]
    pub fn lifted(self) -> Self {
        match self {
            Self::Pressed(PointerPress { held: false, .. }) | Self::Idle => Self::Idle,
            Self::Pressed(_) | Self::Cutting(_) | Self::Turning { .. } | Self::Spent => Self::Spent,
        }
    }

    /// Whether it draws or turns something that can be given up.
    pub fn is_busy(self) -> bool {
        matches!(self, Self::Cutting(_) | Self::Turning { .. })
    }

    /// The line to be seen: that of the cut, or of the canal as it is turned, from its first end to
    /// its second.
    pub fn cut_line(self) -> Option<CutLine> {
        match self {
            Self::Cutting(cut_line) => Some(cut_line),
            Self::Turning { end: PartitionEnd::First, fixed, to } => {
                Some(CutLine { from: to, to: fixed, one_way: false })
            }
            Self::Turning { end: PartitionEnd::Second, fixed, to } => {
                Some(CutLine { from: fixed, to, one_way: false })
            }
            Self::Idle | Self::Pressed(_) | Self::Spent => None,
        }
    }
}
