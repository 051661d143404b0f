//! The glyphs: message kinds, the crown, the badges, the ends of lines.
//!
//! A message's outline fits a box of 14 px around the origin; +x is the direction of travel.

use super::geometry::{Path, PathCommand};
use super::geometry::{Point, point};
use super::palette::{Hue, Tokens};
use super::{Colour, Paint};
use crate::types::MessageKind;
use std::f64::consts::TAU;

/// How a kind of message is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Glyph {
    outline: &'static [PathCommand],
    pub fill: Ink,
    /// The width of the outline, in units of the glyph.
    pub stroke: f64,
    /// The width of the halo under the outline, in units of the glyph.
    pub halo: f64,
    /// Whether the glyph is rotated to the direction of travel; the others are upright.
    pub turns: bool,
    /// The size on the stage, in CSS pixels.
    pub size: f64,
}

/// What fills a glyph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Ink, both fill and outline.
    Solid,
    /// The colour of the stage, outlined in second ink, or in the edge of the leader that is named.
    Hollow,
    /// The colour of the leader that the message names, outlined in the edge of that colour.
    Leader,
}

impl Glyph {
    /// The side of the box that contains every outline.
    pub const BOX: f64 = 14.0;

    pub const fn path(&self) -> Path {
        Path::fixed(self.outline)
    }

    /// The glyph of a kind. A question is pointed, an answer round, an announcement a crown, a heartbeat
    /// small.
    ///
    /// `names` is whether the message names a leader or candidate: a vote that does is granted.
    pub const fn of(kind: MessageKind, names: bool) -> Self {
        let (outline, fill, stroke, halo, turns, size): (&'static [PathCommand], _, _, _, _, _) =
            match kind {
                MessageKind::Election if names => {
                    (RING_ELECTION, Ink::Leader, 1.3, 5.0, true, 17.0)
                }
                MessageKind::Election => (ELECTION, Ink::Solid, 1.2, 5.0, true, 17.0),
                MessageKind::Alive => (ALIVE, Ink::Hollow, 2.4, 6.0, false, 17.0),
                MessageKind::Proceed => (PROCEED, Ink::Leader, 1.3, 5.0, true, 17.0),
                MessageKind::Elected => (ELECTED, Ink::Leader, 1.4, 5.0, false, 17.0),
                MessageKind::Heartbeat => (HEARTBEAT, Ink::Leader, 1.4, 4.8, false, 13.0),
                MessageKind::Ack => (ACK, Ink::Hollow, 1.6, 4.8, false, 13.0),
                MessageKind::VoteRequest => (ELECTION, Ink::Leader, 1.3, 5.0, true, 17.0),
                MessageKind::Vote if names => (VOTE, Ink::Leader, 1.4, 5.0, false, 17.0),
                MessageKind::Vote => (REFUSED, Ink::Hollow, 2.0, 5.0, false, 17.0),
                MessageKind::PreVoteRequest => (ELECTION, Ink::Hollow, 2.0, 5.0, true, 17.0),
                MessageKind::PreVote if names => (PRE_VOTE, Ink::Hollow, 2.0, 5.0, false, 17.0),
                MessageKind::PreVote => (REFUSED, Ink::Hollow, 2.0, 5.0, false, 17.0),
                MessageKind::Invitation => (INVITATION, Ink::Leader, 1.4, 5.0, false, 17.0),
                MessageKind::Accept => (ACCEPT, Ink::Hollow, 1.8, 5.0, false, 17.0),
            };
        Self { outline, fill, stroke, halo, turns, size }
    }

    /// Fill and outline; `named` contains the colours of the leader that the message names.
    pub fn paint(&self, named: Option<Hue>, tokens: &Tokens) -> Paint {
        match (self.fill, named) {
            (Ink::Solid, _) => Paint::both(tokens.ink, tokens.ink, self.stroke),
            (Ink::Hollow, None) => Paint::both(tokens.stage, tokens.ink2, self.stroke),
            (Ink::Hollow, Some(hue)) => Paint::both(tokens.stage, hue.edge, self.stroke),
            (Ink::Leader, None) => Paint::both(tokens.neutral, tokens.ink, self.stroke),
            (Ink::Leader, Some(hue)) => Paint::both(hue.paint, hue.edge, self.stroke),
        }
    }

    /// The colour of the message's line: the edge of the leader that it names, else ink.
    pub fn colour(&self, named: Option<Hue>, tokens: &Tokens) -> Colour {
        match (self.fill, named) {
            (Ink::Solid, _) | (Ink::Leader, None) => tokens.ink,
            (Ink::Hollow, None) => tokens.ink2,
            (Ink::Hollow | Ink::Leader, Some(hue)) => hue.edge,
        }
    }
}

const fn m(x: f64, y: f64) -> PathCommand {
    PathCommand::Move(point(x, y))
}

const fn l(x: f64, y: f64) -> PathCommand {
    PathCommand::Line(point(x, y))
}

const fn round(radius: f64) -> [PathCommand; 3] {
    let centre: Point = point(0.0, 0.0);
    [
        m(radius, 0.0),
        PathCommand::Arc { centre, radius, start: 0.0, sweep: TAU },
        PathCommand::Close,
    ]
}

const ELECTION: &[PathCommand] = &[m(7.5, 0.0), l(-5.0, 6.5), l(-5.0, -6.5), PathCommand::Close];
const ALIVE: &[PathCommand] = &round(5.0);
const HEARTBEAT: &[PathCommand] = &round(3.6);
const ACK: &[PathCommand] = &round(3.0);
const VOTE: &[PathCommand] = &round(5.6);

/// A circle with a bar through it.
const REFUSED: &[PathCommand] = &[
    m(5.2, 0.0),
    PathCommand::Arc { centre: point(0.0, 0.0), radius: 5.2, start: 0.0, sweep: TAU },
    PathCommand::Close,
    m(-3.0, 0.0),
    l(3.0, 0.0),
];

/// A circle with a dot in it.
const PRE_VOTE: &[PathCommand] = &[
    m(5.0, 0.0),
    PathCommand::Arc { centre: point(0.0, 0.0), radius: 5.0, start: 0.0, sweep: TAU },
    PathCommand::Close,
    m(1.0, 0.0),
    PathCommand::Arc { centre: point(0.0, 0.0), radius: 1.0, start: 0.0, sweep: TAU },
    PathCommand::Close,
];

const INVITATION: &[PathCommand] =
    &[m(7.0, 0.0), l(0.0, 7.0), l(-7.0, 0.0), l(0.0, -7.0), PathCommand::Close];

/// A circle with a diamond in it.
const ACCEPT: &[PathCommand] = &[
    m(6.0, 0.0),
    PathCommand::Arc { centre: point(0.0, 0.0), radius: 6.0, start: 0.0, sweep: TAU },
    PathCommand::Close,
    m(3.5, 0.0),
    l(0.0, 3.5),
    l(-3.5, 0.0),
    l(0.0, -3.5),
    PathCommand::Close,
];

/// The hand of a clock.
pub const CLOCK_HAND: Path = Path::fixed(&[m(0.0, -4.6), l(0.0, 0.6), l(3.2, 2.4)]);

/// A hexagon.
const RING_ELECTION: &[PathCommand] = &[
    m(6.5, 0.0),
    l(3.25, 5.6),
    l(-3.25, 5.6),
    l(-6.5, 0.0),
    l(-3.25, -5.6),
    l(3.25, -5.6),
    PathCommand::Close,
];

const PROCEED: &[PathCommand] = &[
    m(-7.5, -6.5),
    l(-3.6, -6.5),
    l(0.4, 0.0),
    l(-3.6, 6.5),
    l(-7.5, 6.5),
    l(-3.5, 0.0),
    PathCommand::Close,
    m(-0.3, -6.5),
    l(3.6, -6.5),
    l(7.6, 0.0),
    l(3.6, 6.5),
    l(-0.3, 6.5),
    l(3.7, 0.0),
    PathCommand::Close,
];

const ELECTED: &[PathCommand] = &[
    m(-7.5, 5.5),
    l(-7.5, -4.2),
    l(-3.4, -0.6),
    l(0.0, -6.2),
    l(3.4, -0.6),
    l(7.5, -4.2),
    l(7.5, 5.5),
    PathCommand::Close,
];

/// A leader's crown, 26 wide and 17 high; the middle of its base is the origin.
pub const CROWN: Path = Path::fixed(&[
    m(-13.0, 0.0),
    l(-13.0, -13.5),
    l(-6.4, -7.6),
    l(0.0, -17.0),
    l(6.4, -7.6),
    l(13.0, -13.5),
    l(13.0, 0.0),
    PathCommand::Close,
]);

/// The end of a message's trace; its tip is just beyond the origin.
pub const ARROWHEAD: Path =
    Path::fixed(&[m(1.5, 0.0), l(-7.0, 4.2), l(-7.0, -4.2), PathCommand::Close]);

/// The place where a message was lost.
pub const CROSS: Path = Path::fixed(&[m(-4.5, -4.5), l(4.5, 4.5), m(4.5, -4.5), l(-4.5, 4.5)]);
/// The place where a heartbeat was lost.
pub const SMALL_CROSS: Path =
    Path::fixed(&[m(-3.5, -3.5), l(3.5, 3.5), m(3.5, -3.5), l(-3.5, 3.5)]);

/// The direction of a link that is cut.
pub const CHEVRON: Path = Path::fixed(&[m(-3.5, -6.0), l(3.5, 0.0), l(-3.5, 6.0)]);

/// On the handle of a partition line.
pub const PLUS: Path = Path::fixed(&[m(-3.0, 0.0), l(3.0, 0.0), m(0.0, -3.0), l(0.0, 3.0)]);

/// On a badge: the process waits for answers.
pub const TRIANGLE: Path =
    Path::fixed(&[m(-3.2, 3.2), l(0.0, -3.6), l(3.2, 3.2), PathCommand::Close]);
/// On a badge: the process waits for an announcement. Dots are short lines with round ends.
pub const DOTS: Path = Path::fixed(&[
    m(-3.9, 0.0),
    l(-3.8, 0.0),
    m(-0.05, 0.0),
    l(0.05, 0.0),
    m(3.8, 0.0),
    l(3.9, 0.0),
]);
/// On a badge: the process suspects its leader.
pub const QUESTION: Path = Path::fixed(&[
    m(-2.4, -1.6),
    PathCommand::Arc { centre: point(0.0, -1.57), radius: 2.4, start: -3.13, sweep: 4.53 },
    PathCommand::Quad { control: point(0.0, 1.1), to: point(0.0, 1.7) },
    m(0.0, 4.1),
    l(0.0, 4.2),
]);
/// On a badge: the process has crashed.
pub const TIMES: Path = Path::fixed(&[m(-3.4, -3.4), l(3.4, 3.4), m(3.4, -3.4), l(-3.4, 3.4)]);
/// On a badge: the process is paused.
pub const BARS: Path = Path::fixed(&[m(-2.2, -3.6), l(-2.2, 3.6), m(2.2, -3.6), l(2.2, 3.6)]);
/// On a badge: the process keeps crashing.
pub const ZIGZAG: Path = Path::fixed(&[m(-4.2, 1.6), l(-1.6, -2.2), l(1.4, 2.0), l(4.2, -1.8)]);
