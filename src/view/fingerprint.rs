//! A run's leaders as a thin band without text, by which a run is recognised. Quiet spans are drawn short, so
//! that events have space.

use super::Scene;
use super::bars::{Bar, bar, bars};
use super::geometry::{Rect, Size};
use super::palette::{ColourTheme, LeaderStyles};
use crate::report::Span;
use crate::time::Time;
use crate::types::Rank;

/// The widest that a quiet span is drawn, as a share of the time that is not quiet.
const QUIET: f64 = 0.25;

/// The band of a run. `leading` and `quiet` ascend by time; quiet spans do not overlap.
pub fn scene(
    leading: &[Span<Vec<Rank>>],
    quiet: &[(Time, Time)],
    end: Time,
    leader_styles: &LeaderStyles,
    (size, theme): (Size, ColourTheme),
) -> Scene {
    let mut scene = Scene::new(size);
    let folded = FoldedTime::new(quiet, end);
    let x = |at: Time| size.width * folded.share(at);
    for Bar { left, right, leaders } in bars(leading.iter(), x) {
        let area = Rect::new(left, 0.0, right, size.height);
        bar(&mut scene, area, leaders, leader_styles, theme);
    }
    scene
}

/// Maps virtual time to the band, with quiet spans shortened.
struct FoldedTime {
    /// Each quiet span, and the time that is left out before it, in microseconds.
    quiet: Vec<(Time, Time, f64)>,
    /// The longest drawn duration of a quiet span, in microseconds.
    most: f64,
    whole: f64,
}

impl FoldedTime {
    fn new(quiet: &[(Time, Time)], end: Time) -> Self {
        let folded: u64 = quiet.iter().map(|(from, to)| to.since(*from).as_us()).sum();
        let most = end.as_us().saturating_sub(folded).max(1) as f64 * QUIET;
        let mut all = Self { quiet: Vec::with_capacity(quiet.len()), most, whole: 1.0 };
        let mut before = 0.0;
        for &(from, to) in quiet {
            all.quiet.push((from, to, before));
            before += all.left_out(from, to, to);
        }
        all.whole = all.length(end).max(f64::MIN_POSITIVE);
        all
    }

    /// The time that is left out of a quiet span up to an instant, in microseconds.
    fn left_out(&self, from: Time, to: Time, at: Time) -> f64 {
        us(from, to.min(at)) * (1.0 - (self.most / us(from, to)).min(1.0))
    }

    /// The drawn duration from the start to an instant, in microseconds.
    fn length(&self, at: Time) -> f64 {
        let place = self.quiet.partition_point(|(from, ..)| *from < at);
        let left_out = place.checked_sub(1).map_or(0.0, |place| {
            let (from, to, before) = self.quiet[place];
            before + self.left_out(from, to, at)
        });
        at.as_us() as f64 - left_out
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
        let folded = FoldedTime::new(&quiet, Time::ms(1_000));
        // 100 ms, 50 ms for the quiet stretch, 100 ms.
        let shares = [0, 50, 100, 500, 900, 1_000].map(|at| folded.share(Time::ms(at)));
        let expected = [0.0, 0.2, 0.4, 0.5, 0.6, 1.0];
        let near = shares.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9);
        assert!(near, "{shares:?}");
    }

    #[test]
    fn a_run_that_is_quiet_throughout_still_fills_the_band() {
        let quiet = [(Time::ZERO, Time::ms(10))];
        let folded = FoldedTime::new(&quiet, Time::ms(10));
        assert_eq!((folded.share(Time::ZERO), folded.share(Time::ms(10))), (0.0, 1.0));
    }
}
