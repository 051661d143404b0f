//! Where axis, strip, lanes and overview lie.

use super::DiagramFrame;
use crate::view::geometry::Size;

/// From the top: axis, strip, lanes, overview. Left of the lanes the processes have their heads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rows {
    pub left: f64,
    pub right: f64,
    /// Where the axis ends and the strip begins.
    pub axis: f64,
    /// Where the last strip ends.
    pub strip: f64,
    /// A strip a group.
    pub strips: usize,
    /// Between these the lanes are seen.
    pub top: f64,
    pub foot: f64,
    pub pitch: f64,
    pub count: usize,
    /// How far the lanes are scrolled up.
    pub scroll: f64,
    pub has_overview: bool,
}

const AXIS: f64 = 26.0;
const STRIP: f64 = 22.0;
const GAP: f64 = 6.0;
const OVERVIEW: f64 = 40.0;
const PITCH: (f64, f64) = (5.0, 40.0);
/// So high a lane gets where nothing but the diagram is shown.
const ROOMY: f64 = 80.0;

/// Between two strips.
const APART: f64 = 3.0;

/// How high each of several strips is, and all of them with what lies between.
fn strip_heights(strips: usize, alone: f64) -> (f64, f64) {
    let each = match strips {
        0 | 1 => alone,
        more => (66.0 / more as f64).clamp(5.0, 16.0),
    };
    (each, each * strips.max(1) as f64 + APART * strips.saturating_sub(1) as f64)
}

/// How high the diagram is in a window of a height, by itself: lanes of 40 while that is less than
/// 46 % of the window.
pub fn height(lanes: usize, strips: usize, window: f64) -> f64 {
    let around = AXIS + strip_heights(strips, STRIP).1 + GAP + OVERVIEW;
    let least = around + 2.0 * PITCH.1.min(20.0);
    (around + lanes as f64 * PITCH.1).min(0.46 * window).max(least)
}

/// How high it is without an overview, with every lane at its full height where that is not `most`.
pub fn bare_height(lanes: usize, strips: usize, most: f64) -> f64 {
    let around = AXIS + strip_heights(strips, STRIP).1 + GAP;
    (around + lanes as f64 * PITCH.1).min(most).max(around + lanes as f64 * PITCH.0)
}

impl Rows {
    pub fn new(size: Size, count: usize, strips: usize, has_overview: bool) -> Self {
        Self::laid(size, count, strips, has_overview, PITCH.1)
    }

    /// As a frame asks for it.
    pub fn of(frame: &DiagramFrame, count: usize, strips: usize) -> Self {
        let most = if frame.alone { ROOMY } else { PITCH.1 };
        Self::laid(frame.size, count, strips, frame.overview, most)
    }

    fn laid(size: Size, count: usize, strips: usize, has_overview: bool, most: f64) -> Self {
        let Size { width, height } = size;
        let (left, right) = match width {
            900.0.. => (64.0, 16.0),
            480.0..900.0 => (52.0, 12.0),
            _ => (40.0, 10.0),
        };
        let (axis, strip, gap) = if width < 480.0 { (24.0, 18.0, 4.0) } else { (AXIS, STRIP, GAP) };
        let top = axis + strip_heights(strips, strip).1;
        let foot = height - if has_overview { OVERVIEW } else { 0.0 };
        let room = (foot - top - gap).max(0.0);
        let pitch = (room / count.max(1) as f64).clamp(PITCH.0, most);
        Self {
            left,
            right: (width - right).max(left + 1.0),
            axis,
            strip: top,
            strips: strips.max(1),
            top: top + gap,
            foot: foot.min(top + gap + pitch * count as f64),
            pitch,
            count,
            scroll: 0.0,
            has_overview,
        }
    }

    /// Where a strip begins and ends, counted from the top.
    pub fn strip_row(&self, place: usize) -> (f64, f64) {
        let (each, _) = strip_heights(self.strips, self.strip - self.axis);
        let top = self.axis + place as f64 * (each + APART);
        (top, top + each)
    }

    /// Scrolled as far as there are lanes.
    pub fn scrolled(self, by: f64) -> Self {
        Self { scroll: by.clamp(0.0, self.hidden()), ..self }
    }

    /// How much of the lanes does not fit.
    pub fn hidden(&self) -> f64 {
        (self.pitch * self.count as f64 - (self.foot - self.top)).max(0.0)
    }

    /// The middle of a lane, counted from the top.
    pub fn lane(&self, place: usize) -> f64 {
        self.top + self.pitch * (place as f64 + 0.5) - self.scroll
    }

    /// Where the lane's middle is in sight.
    pub fn is_seen(&self, y: f64) -> bool {
        (self.top..=self.foot).contains(&y)
    }

    /// The middle of the heads.
    pub fn heads(&self) -> f64 {
        self.left / 2.0 - 2.0
    }

    /// Low lanes have thin rails and no words.
    pub fn is_low(&self) -> bool {
        self.pitch < 22.0
    }

    /// How thick a rail is, and that of a leader.
    pub fn rails(&self) -> (f64, f64) {
        if self.is_low() { (0.26 * self.pitch, 0.52 * self.pitch) } else { (6.0, 12.0) }
    }

    /// The top of the overview's bar.
    pub fn overview(&self) -> f64 {
        self.foot + 10.0
    }
}
