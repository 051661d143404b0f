//! The ticks of an axis: round numbers, and instants in short.

use crate::time::Time;

/// The smallest of 1, 2 and 5 times a power of ten that is at least `least` pixels wide at a density, in pixels per
/// unit; and into how many equal parts it divides well.
pub(crate) fn step(density: f64, least: f64) -> (u64, u64) {
    let mut power: u64 = 1;
    loop {
        for (mantissa, parts) in [(1, 2), (2, 2), (5, 5)] {
            if (mantissa * power) as f64 * density >= least {
                return (mantissa * power, parts);
            }
        }
        if power > 1_000_000_000_000 {
            return (power, 1);
        }
        power *= 10;
    }
}

/// `100 ms`, `1.2 s`, `268.4 ms`: no more decimals than needed.
pub(crate) fn brief(at: Time) -> String {
    let us = at.as_us();
    let (unit, name, digits) = if us < 1_000_000 { (1_000, "ms", 3) } else { (1_000_000, "s", 6) };
    let (whole, rest) = (us / unit, us % unit);
    if rest == 0 {
        return format!("{whole} {name}");
    }
    let decimals = format!("{rest:0digits$}");
    format!("{whole}.{} {name}", decimals.trim_end_matches('0'))
}
