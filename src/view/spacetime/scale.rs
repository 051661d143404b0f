//! Maps time to x and back: linear, except for folds of quiet time, which are all equally wide.

use crate::time::{Duration, Time};

/// The spans that may be folded.
#[derive(Clone, Copy, Debug)]
pub struct Folding<'a> {
    /// Gaps without events other than heartbeats; ascending, not overlapping.
    pub quiet: &'a [(Time, Time)],
    /// Half of it stays unfolded on each side of a fold.
    pub median: Duration,
    /// The width of a fold, in pixels.
    pub width: f64,
    /// The end of the run.
    pub end: Time,
}

/// A piece of the scale in which x is linear in time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScalePiece {
    pub from: Time,
    pub to: Time,
    pub left: f64,
    pub right: f64,
    pub is_fold: bool,
}

/// The scale of a window between two x, with some time beyond both edges.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    pieces: Vec<ScalePiece>,
    left: f64,
    right: f64,
    /// Pixels per microsecond that is not folded.
    density: f64,
}

/// The shortest window.
pub const LEAST: Duration = Duration::ms(2);

impl Scale {
    /// The scale that shows a window between two x. A gap is folded if it would take more than a twelfth of
    /// the width, and if it lasts more than two median latencies.
    pub fn new(window: (Time, Time), (left, right): (f64, f64), folding: Folding) -> Self {
        let (from, to) = clamped(window, folding.end);
        let width = (right - left).max(1.0);
        let mut density = width / to.since(from).as_us().max(1) as f64;
        // A fold saves pixels, which widens the rest and makes more gaps worth a fold; so it is iterated.
        for _ in 0..16 {
            let inside = |at: Time| at.clamp(from, to);
            let (mut folded, mut share) = (0, 0.0);
            for (start, end) in folding.folds(density, width) {
                let part = inside(end).since(inside(start)).as_us();
                folded += part;
                share += part as f64 / end.since(start).as_us().max(1) as f64;
            }
            let plain = (to.since(from).as_us() - folded) as f64;
            let room = width - share * folding.width;
            if plain < LEAST.as_us() as f64 / 2.0 || room < 0.3 * width {
                break;
            }
            let better = room / plain;
            if (better / density - 1.0).abs() < 1e-12 {
                break;
            }
            density = better;
        }
        Self::anchored((from, left), density, (left, right), folding)
    }

    /// The scale that shows an instant at an x, with `density` in pixels per microsecond, as far as the
    /// limits of the run allow.
    pub fn anchored(
        (at, x): (Time, f64),
        density: f64,
        (left, right): (f64, f64),
        folding: Folding,
    ) -> Self {
        let width = (right - left).max(1.0);
        let density = density.min(width / LEAST.as_us() as f64);
        let span = (left, right);
        let scale = Self::with_pieces((at.min(folding.end), x), density, span, folding);
        let (start, end) = (scale.x(Time::ZERO), scale.x(folding.end));
        let whole = scale.pieces.first().is_none_or(|piece| piece.from == Time::ZERO)
            && scale.pieces.last().is_none_or(|piece| piece.to == folding.end);
        if whole && end - start < width - 0.01 {
            let fitted = Self::whole(density, width, folding);
            return Self::with_pieces((Time::ZERO, left), fitted, span, folding);
        }
        if start > left {
            return Self::with_pieces((Time::ZERO, left), density, span, folding);
        }
        if end < right {
            return Self::with_pieces((folding.end, right), density, span, folding);
        }
        scale
    }

    /// The density at which the whole run fills the width, starting from one at which it is narrower.
    fn whole(density: f64, width: f64, folding: Folding) -> f64 {
        let mut density = density;
        for _ in 0..16 {
            let (mut count, mut plain) = (0, folding.end.as_us().max(1));
            for (start, end) in folding.folds(density, width) {
                count += 1;
                plain -= end.since(start).as_us();
            }
            let room = width - f64::from(count) * folding.width;
            if plain == 0 || room < 0.3 * width {
                return width / folding.end.as_us().max(1) as f64;
            }
            let better = room / plain as f64;
            if (better / density - 1.0).abs() < 1e-12 {
                break;
            }
            density = better;
        }
        density
    }

    /// Pieces from the anchor outwards, up to one width beyond both edges.
    fn with_pieces(
        (at, x): (Time, f64),
        density: f64,
        (left, right): (f64, f64),
        folding: Folding,
    ) -> Self {
        let beyond = right - left;
        let width = (right - left).max(1.0);
        let folds: Vec<(Time, Time)> = folding.folds(density, width).collect();
        let mut pieces = Vec::new();
        let next = folds.partition_point(|(_, end)| *end <= at);
        let (mut time, mut place) = (at, x);
        // A fold that contains the anchor is laid out from its start.
        if let Some(&(start, end)) = folds.get(next).filter(|(start, _)| *start < at) {
            let share = at.since(start).as_us() as f64 / end.since(start).as_us().max(1) as f64;
            (time, place) = (start, x - folding.width * share);
        }
        let (pivot, pivot_x) = (time, place);
        let mut push = |to: Time, right: f64, is_fold: bool, time: &mut Time, place: &mut f64| {
            if to > *time {
                pieces.push(ScalePiece { from: *time, to, left: *place, right, is_fold });
                (*time, *place) = (to, right);
            }
        };
        for &(start, end) in &folds[next..] {
            if place > right + beyond {
                break;
            }
            let edge = place + start.since(time).as_us() as f64 * density;
            push(start, edge, false, &mut time, &mut place);
            let edge = place + folding.width;
            push(end, edge, true, &mut time, &mut place);
        }
        if place <= right + beyond {
            let edge = place + folding.end.since(time).as_us() as f64 * density;
            push(folding.end, edge, false, &mut time, &mut place);
        }
        let mut before = Vec::new();
        let (mut time, mut place) = (pivot, pivot_x);
        let mut push = |from: Time, left: f64, is_fold: bool, time: &mut Time, place: &mut f64| {
            if from < *time {
                before.push(ScalePiece { from, to: *time, left, right: *place, is_fold });
                (*time, *place) = (from, left);
            }
        };
        for &(start, end) in folds[..next].iter().rev() {
            if place < left - beyond {
                break;
            }
            let edge = place - time.since(end).as_us() as f64 * density;
            push(end, edge, false, &mut time, &mut place);
            let edge = place - folding.width;
            push(start, edge, true, &mut time, &mut place);
        }
        if place >= left - beyond {
            let edge = place - time.as_us() as f64 * density;
            push(Time::ZERO, edge, false, &mut time, &mut place);
        }
        before.reverse();
        // The pieces on both sides of the anchor are one piece.
        if let (Some(last), Some(first)) = (before.last_mut(), pieces.first().copied())
            && !last.is_fold
            && !first.is_fold
        {
            (last.to, last.right) = (first.to, first.right);
            pieces.remove(0);
        }
        before.extend(pieces);
        Self { pieces: before, left, right, density }
    }

    /// The x of an instant; outside of the known pieces it continues at the scale's density.
    pub fn x(&self, at: Time) -> f64 {
        let place = self.pieces.partition_point(|piece| piece.to < at);
        let Some(piece) = self.pieces.get(place).or(self.pieces.last()) else { return self.left };
        if at < piece.from {
            return piece.left - piece.from.since(at).as_us() as f64 * self.density;
        }
        if at > piece.to {
            return piece.right + at.since(piece.to).as_us() as f64 * self.density;
        }
        let share = at.since(piece.from).as_us() as f64 / piece.to.since(piece.from).as_us() as f64;
        piece.left + (piece.right - piece.left) * share
    }

    /// The instant at an x, to the nearest microsecond; limited to the pieces of the scale.
    pub fn time(&self, x: f64) -> Time {
        let place = self.pieces.partition_point(|piece| piece.right < x);
        let Some(piece) = self.pieces.get(place).or(self.pieces.last()) else { return Time::ZERO };
        let share = ((x - piece.left) / (piece.right - piece.left).max(1e-9)).clamp(0.0, 1.0);
        piece.from
            + Duration::us((piece.to.since(piece.from).as_us() as f64 * share).round() as u64)
    }

    /// The first and the last instant that are shown.
    pub fn window(&self) -> (Time, Time) {
        (self.time(self.left), self.time(self.right))
    }

    pub fn left(&self) -> f64 {
        self.left
    }

    pub fn right(&self) -> f64 {
        self.right
    }

    /// Pixels per microsecond that is not folded.
    pub fn density(&self) -> f64 {
        self.density
    }

    /// The pieces that are visible, at least in part.
    pub fn pieces(&self) -> impl DoubleEndedIterator<Item = ScalePiece> + '_ {
        let seen = |piece: &&ScalePiece| piece.right > self.left && piece.left < self.right;
        self.pieces.iter().filter(seen).copied()
    }

    pub fn folds(&self) -> impl Iterator<Item = ScalePiece> + '_ {
        self.pieces().filter(|piece| piece.is_fold)
    }

    /// The fold that contains an instant.
    pub fn fold_at(&self, at: Time) -> Option<ScalePiece> {
        let place = self.pieces.partition_point(|piece| piece.to <= at);
        self.pieces.get(place).copied().filter(|piece| piece.is_fold && piece.from < at)
    }

    /// The scale moved by `by` pixels to the right.
    pub fn panned(&self, by: f64, folding: Folding) -> Self {
        let x = (self.left + self.right) / 2.0;
        self.at((self.time(x), x + by), self.density, folding)
    }

    /// The scale enlarged by a factor; the instant at `x` stays there.
    pub fn zoomed(&self, x: f64, factor: f64, folding: Folding) -> Self {
        let x = x.clamp(self.left, self.right);
        self.at((self.time(x), x), self.density * factor, folding)
    }

    fn at(&self, anchor: (Time, f64), density: f64, folding: Folding) -> Self {
        Self::anchored(anchor, density, (self.left, self.right), folding)
    }

    /// The scale that follows playback; `None` while `now` is in the first 72 % of the width. Beyond that it
    /// moves on by half a window at a time, sliding over the next twentieth of the width if `slides`.
    /// Backwards it jumps.
    pub fn paged(&self, now: Time, slides: bool, folding: Folding) -> Option<Self> {
        const TURN: f64 = 0.72;
        const HALF: f64 = 0.5;
        const SLIDE: f64 = 0.05;
        let width = (self.right - self.left).max(1.0);
        let share = (self.x(now) - self.left) / width;
        if (0.0..=TURN).contains(&share) {
            return None;
        }
        if !(-1.0..=2.0).contains(&share) {
            // Beyond the pieces of the scale: start again around the instant.
            return Some(self.at((now, self.left + 0.22 * width), self.density, folding));
        }
        let pages = ((share - TURN) / HALF).floor();
        let into = share - TURN - pages * HALF;
        let slid = if slides && share > 0.0 { smooth(into / SLIDE) } else { 1.0 };
        Some(self.panned(-(pages + slid) * HALF * width, folding))
    }
}

impl Folding<'_> {
    /// The folds at a density; half of a median latency stays on each side. A run that is quiet as a whole
    /// has no fold, since heartbeats are all there is to see.
    fn folds(&self, density: f64, width: f64) -> impl Iterator<Item = (Time, Time)> + '_ {
        let twelfth = Duration::us((width / density / 12.0) as u64);
        let least = (self.median + self.median).max(twelfth);
        let (whole, half) = ((Time::ZERO, self.end), self.median.half());
        let long =
            self.quiet.iter().filter(move |gap| gap.1.since(gap.0) > least && **gap != whole);
        long.map(move |&(from, to)| (from + half, to - half))
    }
}

/// The gaps that are quiet in both of two runs.
pub fn shared(one: &[(Time, Time)], other: &[(Time, Time)]) -> Vec<(Time, Time)> {
    let (mut i, mut j) = (0, 0);
    let mut both = Vec::new();
    while let (Some(a), Some(b)) = (one.get(i), other.get(j)) {
        let (from, to) = (a.0.max(b.0), a.1.min(b.1));
        if from < to {
            both.push((from, to));
        }
        if a.1 <= b.1 { i += 1 } else { j += 1 }
    }
    both
}

/// The window within the run, and no shorter than `LEAST`.
fn clamped((from, to): (Time, Time), end: Time) -> (Time, Time) {
    let to = to.min(end).max(Time::ZERO + LEAST).min(end.max(Time::us(1)));
    let from = from.min(to - LEAST);
    (from, to.max(from + Duration::us(1)))
}

fn smooth(share: f64) -> f64 {
    let share = share.clamp(0.0, 1.0);
    share * share * (3.0 - 2.0 * share)
}
