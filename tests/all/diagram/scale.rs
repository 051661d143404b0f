//! Time becomes x and x becomes time, whatever is folded.

use crate::numbers::RandomSource;
use hustings::time::{Duration, Time};
use hustings::view::spacetime::scale::{Folding, Scale, shared};

const MEDIAN: Duration = Duration::ms(15);
const SPAN: (f64, f64) = (64.0, 1048.0);

/// Quiet gaps that lie apart, in a run of up to ten seconds.
fn gaps(random: &mut RandomSource) -> (Vec<(Time, Time)>, Time) {
    let mut at = Time::ZERO;
    let mut gaps = Vec::new();
    for _ in 0..random.below(12) {
        let from = at + Duration::us(random.below(300_000));
        let to = from + Duration::us(30_001 + random.below(900_000));
        gaps.push((from, to));
        at = to + Duration::us(1 + random.below(200_000));
    }
    (gaps, at + Duration::us(10_000 + random.below(400_000)))
}

fn folding(quiet: &[(Time, Time)], end: Time) -> Folding<'_> {
    Folding { quiet, median: MEDIAN, width: 34.0, end }
}

/// Five hundred windows of random runs.
fn each(check: impl Fn(u64, &Scale, Folding)) {
    for seed in 0..500 {
        let mut random = RandomSource::seeded(seed + 1);
        let (quiet, end) = gaps(&mut random);
        let from = Time::us(random.below(end.as_us()));
        let to = from + Duration::us(2_000 + random.below(end.as_us()));
        let folding = folding(&quiet, end);
        check(seed, &Scale::new((from, to.min(end)), SPAN, folding), folding);
    }
}

#[test]
fn later_is_further_right() {
    each(|seed, scale, folding| {
        let steps = (0..400).map(|step| Time::us(folding.end.as_us() * step / 399));
        let places: Vec<f64> = steps.map(|at| scale.x(at)).collect();
        assert!(places.is_sorted(), "window {seed}");
    });
}

#[test]
fn an_x_leads_back_to_its_instant() {
    each(|seed, scale, _| {
        let (from, to) = scale.window();
        for step in 0..100 {
            let at = from + Duration::us(to.since(from).as_us() * step / 99);
            let back = scale.time(scale.x(at));
            let off = back.since(at).as_us().max(at.since(back).as_us());
            assert!(off <= 1, "window {seed}: {at} came back as {back}");
            let x = SPAN.0 + (SPAN.1 - SPAN.0) * step as f64 / 99.0;
            let again = scale.x(scale.time(x));
            let grain = scale
                .pieces()
                .map(|leg| (leg.right - leg.left) / leg.to.since(leg.from).as_us().max(1) as f64);
            let grain = grain.fold(0.0, f64::max);
            assert!((again - x).abs() <= grain + 1e-6, "window {seed}: {x} came back as {again}");
        }
    });
}

#[test]
fn what_is_shown_fills_the_width_and_stays_within_the_run() {
    each(|seed, scale, folding| {
        let (from, to) = scale.window();
        assert!(from < to && to <= folding.end, "window {seed}: {from} to {to}");
        assert!(scale.x(Time::ZERO) <= SPAN.0 + 0.01, "window {seed} begins before the run");
        assert!(scale.x(folding.end) >= SPAN.1 - 0.01, "window {seed} ends after the run");
    });
}

#[test]
fn every_fold_is_as_wide_as_a_fold_and_the_rest_is_even() {
    each(|seed, scale, _| {
        for leg in scale.pieces() {
            let width = leg.right - leg.left;
            if leg.is_fold {
                assert!((width - 34.0).abs() < 1e-6, "window {seed}: a fold of {width}");
            } else {
                let even = leg.to.since(leg.from).as_us() as f64 * scale.density();
                assert!((width - even).abs() < 1e-4, "window {seed}: {width} instead of {even}");
            }
        }
    });
}

#[test]
fn zooming_keeps_what_is_under_the_pointer() {
    each(|seed, scale, folding| {
        let x = 500.0;
        let at = scale.time(x);
        let (start, end) = (scale.x(Time::ZERO), scale.x(folding.end));
        let larger = scale.zoomed(x, 1.2, folding);
        // At the ends of the run there is nothing beyond that could be shown instead.
        if start < SPAN.0 - 600.0 && end > SPAN.1 + 600.0 {
            assert!((larger.x(at) - x).abs() < 1.0, "window {seed}: {at} moved");
        }
        let (from, to) = larger.window();
        assert!(to.since(from) >= Duration::us(1_990), "window {seed}: {from} to {to}");
    });
}

#[test]
fn a_gap_is_folded_where_it_takes_more_than_a_twelfth() {
    let quiet = [(Time::ms(100), Time::ms(200)), (Time::ms(300), Time::ms(2_000))];
    let folding = folding(&quiet, Time::ms(2_000));
    let near = Scale::new((Time::ms(90), Time::ms(306)), SPAN, folding);
    let folds: Vec<_> = near.folds().map(|fold| (fold.from, fold.to)).collect();
    assert_eq!(folds, [(Time::us(107_500), Time::us(192_500))]);
    let inside = Scale::new((Time::ms(120), Time::ms(150)), SPAN, folding);
    assert!(inside.window().1.since(inside.window().0) >= Duration::ms(2));
    let plain = Folding { quiet: &[], ..folding };
    assert_eq!(Scale::new((Time::ms(90), Time::ms(306)), SPAN, plain).folds().count(), 0);
}

#[test]
fn a_run_in_which_nothing_else_happens_is_not_folded() {
    let quiet = [(Time::ZERO, Time::ms(2_000))];
    let scale = Scale::new((Time::ZERO, Time::ms(2_000)), SPAN, folding(&quiet, Time::ms(2_000)));
    assert_eq!(scale.folds().count(), 0);
}

#[test]
fn playing_turns_the_page_at_72_percent() {
    let folding = folding(&[], Time::ms(10_000));
    let scale = Scale::new((Time::ms(1_000), Time::ms(2_000)), SPAN, folding);
    assert_eq!(scale.paged(Time::ms(1_700), false, folding), None);
    let page = |at, slides| {
        let paged: Scale = scale.paged(Time::ms(at), slides, folding).expect("it has passed");
        paged.window().0
    };
    assert_eq!(page(1_721, false), Time::ms(1_500));
    assert_eq!(page(2_221, false), Time::ms(2_000));
    assert_eq!(page(900, false), Time::ms(500));
    let slid = page(1_740, true);
    assert!(slid > Time::ms(1_100) && slid < Time::ms(1_490), "{slid}");
    assert_eq!(page(1_771, true), Time::ms(1_500));
    let far = page(8_000, true);
    assert!(far > Time::ms(7_000) && far < Time::ms(8_000), "{far}");
}

#[test]
fn two_runs_share_the_gaps_in_which_both_are_quiet() {
    let ms = |from, to| (Time::ms(from), Time::ms(to));
    let both = shared(&[ms(0, 100), ms(200, 400)], &[ms(50, 250), ms(300, 500)]);
    assert_eq!(both, [ms(50, 100), ms(200, 250), ms(300, 400)]);
}
