//! A sweep as CSV.

use crate::sweep::{Measure, RunValue, SweepCell, SweepQuestion};
use std::fmt::Write;

/// The cells of a sweep as CSV (RFC 4180), as far as it has run: a line for each, with a head. Times are
/// microseconds.
pub fn sweep_csv(question: &SweepQuestion, cells: &[SweepCell]) -> String {
    let settings = question.settings.iter().map(|(setting, _)| setting.to_string());
    let mut head: Vec<String> = settings.collect();
    head.extend(["own", "runs"].map(str::to_owned));
    for measure in Measure::ALL {
        let of = |what: &str| format!("{} {what}", measure_key(measure));
        head.extend(["median", "p90", "p99", "worst", "worst seed"].map(of));
    }
    head.extend(["needless runs", "stopped runs"].map(str::to_owned));
    for index in 1..=question.scenario.expectations.len() {
        let of = |what: &str| format!("expectation {index} {what}");
        head.extend(["holds", "from", "to", "first failing seed"].map(of));
    }
    let mut text = head.join(",") + "\n";
    for cell in cells {
        let mut row: Vec<String> = cell.values.iter().map(ToString::to_string).collect();
        row.extend([cell.is_own.to_string(), cell.runs.to_string()]);
        for measure in Measure::ALL {
            match cell.measure(measure) {
                Some(found) => {
                    let values = [found.median, found.p90, found.p99, found.worst];
                    row.extend(values.map(written));
                    row.push(found.worst_seed.to_string());
                }
                None => row.extend([const { String::new() }; 5]),
            }
        }
        row.extend([cell.needless.to_string(), cell.stopped.to_string()]);
        for share in &cell.expectations {
            match share {
                Some(share) => {
                    let (lo, hi) = share.interval();
                    row.push(share.holds.to_string());
                    row.extend([lo, hi].map(|end| rounded_share(end).to_string()));
                    row.push(share.first_failing.map_or_else(String::new, |it| it.to_string()));
                }
                None => row.extend([const { String::new() }; 4]),
            }
        }
        let _ = writeln!(text, "{}", row.join(","));
    }
    text
}

/// The name of a measure with its unit.
pub fn measure_key(measure: Measure) -> String {
    format!("{}{}", measure.name(), if measure.is_time() { "Us" } else { "" })
}

fn written(value: RunValue) -> String {
    match value {
        RunValue::Of(number) => number.to_string(),
        RunValue::Never => "never".to_owned(),
    }
}

/// To four decimals: no share is known more exactly.
pub fn rounded_share(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}
