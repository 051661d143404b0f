//! The gestures on the stage as a state machine: press, drag, hold, release. It knows the pointer's position
//! and the pressed target, but no browser events.

use crate::view::geometry::Point;
use crate::view::stage::CutLine;
use crate::view::{PartitionEnd, Target};

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum GestureState {
    /// Nothing is pressed.
    #[default]
    Idle,
    /// Pressed, and not moved far enough to be a drag.
    Pressed(PointerPress),
    /// A cut line is drawn across the stage.
    Cutting(CutLine),
    /// One end of the partition line is dragged; the other stays at `fixed`.
    Turning { end: PartitionEnd, fixed: Point, to: Point },
    /// The gesture is done or cancelled; further moves are ignored until the next press.
    Spent,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PointerPress {
    pub at: Point,
    pub on: Option<Target>,
    /// The other end of the partition line, if one of its ends is pressed.
    pub fixed: Option<Point>,
    /// Whether the pointer is a finger, which trembles more than a mouse.
    pub coarse: bool,
    /// Whether the press has lasted until the menu opened.
    pub held: bool,
}

impl PointerPress {
    /// The distance in pixels from which a press is a drag.
    fn threshold(self) -> f64 {
        if self.coarse { 10.0 } else { 6.0 }
    }

    /// Whether a cut may begin here. It may on anything but a process or a handle, since links and messages
    /// leave little empty stage.
    fn cuts(self) -> bool {
        !matches!(self.on, Some(Target::Process(_) | Target::Handle(_)))
    }
}

fn is_steep(from: Point, to: Point) -> bool {
    (to.y - from.y).abs() > (to.x - from.x).abs()
}

impl GestureState {
    /// Moves the pointer to `to`; with Shift a cut is one way.
    #[must_use]
    pub fn dragged(self, to: Point, shift: bool) -> Self {
        match self {
            Self::Pressed(press) if press.at.distance(to) < press.threshold() => self,
            Self::Pressed(press) => match (press.on, press.fixed) {
                (Some(Target::Handle(end)), Some(fixed)) => Self::Turning { end, fixed, to },
                // A vertical drag of a finger scrolls the page, unless a long press came first.
                _ if press.coarse && !press.held && is_steep(press.at, to) => Self::Spent,
                _ if press.cuts() => Self::Cutting(CutLine { from: press.at, to, one_way: shift }),
                _ => Self::Spent,
            },
            Self::Cutting(cut_line) => Self::Cutting(CutLine { to, one_way: shift, ..cut_line }),
            Self::Turning { end, fixed, .. } => Self::Turning { end, fixed, to },
            Self::Idle | Self::Spent => self,
        }
    }

    /// Marks a press as long enough for the menu; returns true the first time.
    pub fn hold(&mut self) -> bool {
        let Self::Pressed(press) = self else { return false };
        !std::mem::replace(&mut press.held, true)
    }

    /// The state after release: a click may follow a short press and nothing else.
    #[must_use]
    pub fn lifted(self) -> Self {
        match self {
            Self::Pressed(PointerPress { held: false, .. }) | Self::Idle => Self::Idle,
            Self::Pressed(_) | Self::Cutting(_) | Self::Turning { .. } | Self::Spent => Self::Spent,
        }
    }

    /// Whether a line is drawn or turned, which can be cancelled.
    pub fn is_busy(self) -> bool {
        matches!(self, Self::Cutting(_) | Self::Turning { .. })
    }

    /// The visible line: the cut line, or the partition line while it is turned, from its first end to its
    /// second.
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
