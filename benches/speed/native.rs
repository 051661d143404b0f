//! Criterion takes the samples and keeps them under target/criterion, where the table finds them.

use crate::cases::{self, Case, Unit};
use criterion::measurement::{Measurement, WallTime};
use criterion::{Criterion, Throughput};
use std::time::Duration;

/// `memory` as the only filter asks for the peak of the process alone, so that nothing else adds to it.
pub(crate) fn main() {
    if std::env::args().any(|arg| arg == "memory") {
        return memory();
    }
    let mut criterion = Criterion::default().configure_from_args();
    for case in cases::all() {
        bench(&mut criterion, &case);
    }
    criterion.final_summary();
}

fn bench(criterion: &mut Criterion, case: &Case) {
    let mut group = criterion.benchmark_group("speed");
    group.sample_size(10).measurement_time(Duration::from_secs(2));
    if let Unit::Events(events) = case.unit {
        group.throughput(Throughput::Elements(events.into()));
    }
    let wall = |part: &dyn Fn()| {
        let start = WallTime.start();
        part();
        WallTime.end(start).as_secs_f64()
    };
    group.bench_function(&case.name, |bencher| {
        bencher.iter_custom(|times| {
            Duration::from_secs_f64((0..times).map(|_| case.time(wall)).sum())
        });
    });
    group.finish();
}

/// The most memory that the process ever held, while it made a run of 1,000,000 events. Only Linux
/// says so.
fn memory() {
    let run = cases::million();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.strip_suffix("kB"));
    let bytes = peak.and_then(|kb| kb.trim().parse::<u64>().ok()).map_or(0, |kb| kb * 1_024);
    debug_assert!(run.is_done());
    println!("{bytes}");
}
