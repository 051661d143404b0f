//! A run's leaders as a thin band without words, by which it is known again. Quiet stretches are
//! drawn short, so that what happens has room.

use super::Scene;
use super::bars::bar;
use super::geometry::{Rect, Size};
use super::palette::{Liveries, Theme};
use crate::clock::Time;
use crate::report::Span;
use crate::vocabulary::Rank;

/// A quiet stretch is never wider than this share of everything else together.
const QUIET: f64 = 0.25;

/// `leading` and `quiet` ascend; what is quiet does not overlap.
pub fn scene(
    leading: &[Span<Vec<Rank>>],
    quiet: &[(Time, Time)],
    end: Time,
    liveries: &Liveries,
    (size, theme): (Size, Theme),
) -> Scene {
    let mut scene = Scene::new(size);
    let folded = Folded::new(quiet, end);
    let x = |at: Time| size.width * folded.share(at);
    for span in leading {
        let area = Rect::new(x(span.from), 0.0, x(span.to), size.height);
        bar(&mut scene, area, &span.value, liveries, theme);
    }
    scene
}

/// Virtual time with its quiet stretches shortened.
struct Folded<'a> {
    quiet: &'a [(Time, Time)],
    /// The longest that a quiet stretch counts, in microseconds.
    most: f64,
    whole: f64,
}

impl<'a> Folded<'a> {
    fn new(quiet: &'a [(Time, Time)], end: Time) -> Self {
        let folded: u64 = quiet.iter().map(|(from, to)| to.since(*from).as_us()).sum();
        let most = end.as_us().saturating_sub(folded).max(1) as f64 * QUIET;
        let mut all = Self { quiet, most, whole: 1.0 };
        all.whole = all.length(end).max(f64::MIN_POSITIVE);
        all
    }

    /// How long it is from the start to an instant.
    fn length(&self, at: Time) -> f64 {
        let mut length = at.as_us() as f64;
        for &(from, to) in self.quiet.iter().filter(|(from, _)| *from < at) {
            let (whole, passed) = (us(from, to), us(from, to.min(at)));
            length -= passed * (1.0 - (self.most / whole).min(1.0));
        }
        length
    }

    fn share(&self, at: Time) -> f64 {
        (self.length(at) / self.whole).clamp(0.0, 1.0)
    }
}

fn us(from: Time, to: Time) -> f64 {
    to.since(from).as_us().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_stretches_are_short_and_the_rest_keeps_its_proportions() {
        let quiet = [(Time::ms(100), Time::ms(900))];
        let folded = Folded::new(&quiet, Time::ms(1_000));
        // 100 ms, 50 ms for the quiet stretch, 100 ms.
        let shares = [0, 50, 100, 500, 900, 1_000].map(|at| folded.share(Time::ms(at)));
        let expected = [0.0, 0.2, 0.4, 0.5, 0.6, 1.0];
        let near = shares.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9);
        assert!(near, "{shares:?}");
    }

    #[test]
    fn a_run_that_is_quiet_throughout_still_fills_the_band() {
        let quiet = [(Time::ZERO, Time::ms(10))];
        let folded = Folded::new(&quiet, Time::ms(10));
        assert_eq!((folded.share(Time::ZERO), folded.share(Time::ms(10))), (0.0, 1.0));
    }
}
