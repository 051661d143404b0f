//! Sweeps: what they measure, against runs one by one; ranges and limits; percentiles and intervals against a naive
//! reference.

use hustings::narration::{compare_cells, compared_cell, describe_cell};
use hustings::report::Report;
use hustings::run::Run;
use hustings::scenario::script::{self, Script};
use hustings::sweep::{
    Distribution, Measure, RunValue, Sweep, SweepCell, SweepQuestion, SweepRange, SweepSetting,
};

const CRASH: &str = "processes 4
detector heartbeat every 100ms timeout 350ms
loss 10%
until 3s
at 1s crash 4
at 1200ms pause 3 for 400ms
expect leader 3 by 2s
expect no split brain
";

fn read(text: &str) -> Script {
    script::read(text).unwrap_or_else(|problems| panic!("{text}\n{problems:?}"))
}

fn question(text: &str, varied: &[(&str, &str)], seeds: u32) -> SweepQuestion {
    SweepQuestion::read(&read(text), varied, seeds).unwrap_or_else(|problem| panic!("{problem}"))
}

fn error(text: &str, varied: &[(&str, &str)], seeds: u32) -> String {
    let problem = SweepQuestion::read(&read(text), varied, seeds).err();
    problem.map_or_else(String::new, |problem| problem.to_string())
}

fn swept(question: SweepQuestion) -> Vec<SweepCell> {
    let mut sweep = Sweep::new(question);
    while !sweep.step(5_000) {}
    assert!(sweep.progress().is_done());
    sweep.cells()
}

#[test]
fn each_run_measures_what_its_report_says() {
    let question =
        question(CRASH, &[("timeout", "200ms,350ms"), ("line 6 for", "200..600ms/400ms")], 40);
    let cells = swept(question.clone());
    assert_eq!(cells.len(), 4);
    for (place, cell) in cells.iter().enumerate() {
        assert_eq!(cell.runs, 40);
        let reports: Vec<(u64, Report)> =
            (1..=40).map(|seed| (seed, report(&question, place, seed))).collect();
        for (measure, value) in [
            (Measure::Leaderless, (|it| it.groups[0].leaderless_us) as fn(&Report) -> u64),
            (Measure::SplitBrain, |it| it.groups[0].split_brain_us),
            (Measure::Elections, |it| it.groups[0].elections),
            (Measure::Changes, |it| it.groups[0].changes),
            (Measure::UnprovokedChanges, |it| it.groups[0].unprovoked_changes),
            (Measure::Messages, |it| it.groups[0].messages.total),
        ] {
            let mut values: Vec<u64> = reports.iter().map(|(_, report)| value(report)).collect();
            values.sort_unstable();
            let found = cell.measure(measure).unwrap_or_else(|| panic!("{measure:?}"));
            assert_eq!(found.median, RunValue::Of(values[19]), "{measure:?}");
            assert_eq!(found.p90, RunValue::Of(values[35]), "{measure:?}");
            assert_eq!(found.p99, RunValue::Of(values[39]), "{measure:?}");
            assert_eq!(found.worst, RunValue::Of(values[39]), "{measure:?}");
            let worst = report(&question, place, found.worst_seed);
            assert_eq!(RunValue::Of(value(&worst)), found.worst, "{measure:?}");
        }
        for (index, share) in cell.expectations.iter().enumerate() {
            let share = share.unwrap_or_else(|| panic!("{index}"));
            let failing = reports.iter().filter(|(_, report)| !report.expectations[index].holds);
            let failing: Vec<u64> = failing.map(|(seed, _)| *seed).collect();
            assert_eq!((share.holds, share.runs), (40 - failing.len() as u32, 40));
            assert_eq!(share.first_failing, failing.first().copied());
        }
    }
}

fn report(question: &SweepQuestion, cell: usize, seed: u64) -> Report {
    let scenario = question.shown(cell, seed).expect("there is such a cell");
    Run::of(scenario.clone()).report(&Script::of(scenario))
}

#[test]
fn the_wait_for_a_leader_begins_with_the_first_fault() {
    let wait = |lines: &str| {
        let text = format!(
            "latency 10ms\ndetector heartbeat every 100ms timeout 350ms\nuntil 3s\n{lines}"
        );
        let cells = swept(question(&text, &[("loss", "0%")], 3));
        cells[0].measure(Measure::Recovery).map(|wait| wait.worst)
    };
    assert_eq!(wait(""), None, "no fault");
    assert_eq!(wait("at 1s crash 1"), Some(RunValue::Of(0)), "somebody leads all the time");
    assert_eq!(wait("at 1s crash 1 2 3 4 5 6"), Some(RunValue::Never));
    let Some(RunValue::Of(us)) = wait("at 1s crash 6") else { panic!("5 leads") };
    assert!((300_000..600_000).contains(&us), "{us}");
    let Some(RunValue::Of(later)) = wait("at 900ms crash 1\nat 1s crash 6") else {
        panic!("5 leads")
    };
    assert_eq!(later, us + 100_000);
}

#[test]
fn a_process_that_leaves_a_leader_that_leads_elects_without_need() {
    let needless = |lines: &str| {
        let text = format!("detector heartbeat every 100ms timeout 350ms\nuntil 3s\n{lines}");
        let cell = swept(question(&text, &[("loss", "0%")], 4)).remove(0);
        let worst = cell.measure(Measure::NeedlessElections).map(|it| it.worst);
        assert_eq!(worst > Some(RunValue::Of(0)), cell.needless > 0);
        cell.needless
    };
    assert_eq!(needless(""), 0);
    assert_eq!(needless("at 1s crash 6"), 0);
    assert_eq!(needless("at 1s crash 6\nat 2s recover 6"), 0, "a process that boots leaves nobody");
    assert_eq!(needless("at 1s suspect 3"), 4);
    assert_eq!(needless("algorithm raft\nlatency 10ms\nat 1s cut 6->3"), 4);
    assert_eq!(needless("algorithm vrrp\nat 1s cut 6->3"), 4);
}

#[test]
fn ranges_have_the_values_that_they_say() {
    let script = read(
        "algorithm next-in-line\ndetector heartbeat every 100ms timeout 350ms\nat 100ms pause 6 for 1s",
    );
    let values = |name: &str, range: &str| {
        let setting = SweepSetting::named(name, &script).unwrap_or_else(|it| panic!("{it}"));
        let range = SweepRange::read(setting, range).unwrap_or_else(|it| panic!("{it}"));
        range.values().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(values("timeout", "150ms..300ms/50ms"), "150ms 200ms 250ms 300ms");
    assert_eq!(values("timeout", "100..250ms/100"), "100ms 200ms");
    assert_eq!(values("every", "1..2s/500ms"), "1s 1.5s 2s");
    assert_eq!(values("wait-alive", "90ms,60ms"), "60ms 90ms");
    assert_eq!(values("loss", "0..2/1"), "0% 1% 2%");
    assert_eq!(values("duplicate", "0.5%"), "0.5%");
    assert_eq!(values("processes", "3..9/3"), "3 6 9");
    assert_eq!(values("alternates", "1..3"), "1 2 3");
    assert_eq!(values("algorithm", "ring, raft pre-vote,bully"), "ring raft pre-vote bully");
    assert_eq!(values("preempt", "on,off,after 2s"), "on off after 2s");
    assert_eq!(values("quorum", "none,majority,5"), "none majority 5");
    assert_eq!(values("quorum", "2..4"), "2 3 4");
    assert_eq!(values("line 3 at", "0s..1s/500ms"), "0ms 500ms 1s");
    assert_eq!(values("line 3 for", "1s"), "1s");
}

#[test]
fn the_usual_ranges_have_the_own_value_and_can_be_run() {
    let script = read(
        "detector heartbeat every 100ms timeout 350ms\nloss 2%\nat 1s pause 6 for 1s\nat 3s cut 1--2\nat 4s heal",
    );
    let possible = SweepSetting::possible(&script);
    let names: Vec<String> = possible.iter().map(ToString::to_string).collect();
    let expected = "timeout every wait-alive wait-elected latency loss duplicate processes algorithm preempt quorum \
                    line 3 at line 3 for line 4 at line 4 for line 5 at";
    assert_eq!(names.join(" "), expected);
    for setting in possible {
        let range =
            SweepRange::usual(setting, &script.scenario).unwrap_or_else(|it| panic!("{it}"));
        assert!(range.values().len() > 1, "{setting}");
        let question = SweepQuestion::new(script.scenario.clone(), vec![(setting, range)], 1);
        let question = question.unwrap_or_else(|problem| panic!("{problem}"));
        assert!(question.own_cell().is_some(), "{setting}: {question:?}");
    }
    assert_eq!(usual_ends("timeout", &script), ["150ms", "1s"]);
}

/// The first and the last value of the usual range.
fn usual_ends(setting: &str, script: &Script) -> [String; 2] {
    let setting = SweepSetting::named(setting, script).expect("the scenario can have it");
    let range = SweepRange::usual(setting, &script.scenario).expect("a range");
    [range.values().first(), range.values().last()]
        .map(|it| it.map(ToString::to_string).unwrap_or_default())
}

#[test]
fn the_usual_instants_of_a_fault_leave_half_of_the_time_behind_it() {
    let script = read("until 3s\nat 1s crash 6");
    assert_eq!(usual_ends("line 2 at", &script), ["600ms", "2s"]);
}

/// Whatever order the parts of a wave are done in, and in whatever slices.
#[test]
fn any_number_of_threads_comes_to_the_same() {
    let question = question(CRASH, &[("timeout", "200ms..400ms/100ms")], 100);
    let expected = swept(question.clone());
    for threads in [1, 2, 8] {
        let mut sweep = Sweep::new(question.clone());
        while !sweep.progress().is_done() {
            let parts = std::sync::Mutex::new(sweep.wave().iter_mut().rev().collect::<Vec<_>>());
            std::thread::scope(|scope| {
                for number in 0..threads {
                    let parts = &parts;
                    scope.spawn(move || {
                        let next = || parts.lock().expect("no thread panics").pop();
                        while let Some(part) = next() {
                            while !part.step(1_000 + 777 * number) {}
                        }
                    });
                }
            });
            sweep.close_wave();
        }
        assert_eq!(sweep.cells(), expected, "{threads} threads");
    }
}

#[test]
fn a_wave_that_is_closed_early_counts_what_is_done() {
    let mut sweep = Sweep::new(question(CRASH, &[("timeout", "200ms,300ms")], 100));
    assert!(!sweep.step(20_000));
    let runs = sweep.progress().runs;
    sweep.close_wave();
    let cells = sweep.cells();
    assert!(runs > 0 && cells.iter().map(|cell| u64::from(cell.runs)).sum::<u64>() == runs);
}

#[test]
fn what_cannot_be_asked_says_why() {
    let bully = "detector heartbeat every 100ms timeout 350ms\nat 100ms pause 6 for 1s\nat 200ms crash 5\nuntil 3s";
    for (text, varied, problem) in [
        (
            "",
            vec![("timeout", "1s")],
            "`timeout` cannot be varied: `timeout` needs heartbeats: write `detector heartbeat every T timeout T`",
        ),
        (
            "",
            vec![("quorum", "none")],
            "`quorum` cannot be varied: `quorum` needs heartbeats: write `detector heartbeat every T timeout T`",
        ),
        (
            bully,
            vec![("alternates", "1..2")],
            "`alternates` cannot be varied: bully has no alternates",
        ),
        (
            bully,
            vec![("line 3 for", "1s")],
            "`line 3 for` cannot be varied: the crash of 5 has no duration that ends",
        ),
        (bully, vec![("line 9 at", "1s")], "line 9 has no fault on the timeline"),
        (bully, vec![("line 1 at", "1s")], "line 1 has no fault on the timeline"),
        (
            bully,
            vec![("speed", "1s")],
            "`speed` is no setting; there are timeout, every, wait-alive, wait-elected, latency, loss, duplicate, processes, algorithm, alternates, preempt and quorum, and of a line with a fault `line 12 at` and `line 12 for`",
        ),
        (
            bully,
            vec![("timeout", "soon")],
            "`timeout` cannot be soon: expected a duration such as `250ms`, found `soon`",
        ),
        (
            bully,
            vec![("timeout", "0ms,1s")],
            "`timeout` cannot be 0ms: the heartbeat's timeout is zero; it needs a length",
        ),
        (bully, vec![("timeout", "1s,1s")], "`timeout` has the value 1s twice"),
        (
            bully,
            vec![("timeout", "100ms..1s")],
            "`100ms..1s` is no range of `timeout`: a range has a step, such as `150ms..1s/50ms`",
        ),
        (
            bully,
            vec![("timeout", "1s..100ms/10ms")],
            "`1s..100ms/10ms` is no range of `timeout`: it ends before it starts",
        ),
        (
            bully,
            vec![("timeout", "0s..1s/0ms")],
            "`0s..1s/0ms` is no range of `timeout`: the step is nothing",
        ),
        (bully, vec![("timeout", "1ms..1s/1ms")], "`timeout` has 1000 values; the most is 64"),
        (
            bully,
            vec![("algorithm", "bully..raft")],
            "`bully..raft` is no range of `algorithm`: `bully` is no number",
        ),
        (bully, vec![("algorithm", "bully,paxos")], "`algorithm` cannot be paxos: "),
        (
            bully,
            vec![("processes", "0,3")],
            "`processes` cannot be 0: there are 0 processes; a scenario has 1 to 64",
        ),
        (bully, vec![("processes", "3,70000")], "`processes` cannot be 70000: "),
        (
            bully,
            vec![("processes", "60..66")],
            "`processes` cannot be 65: there are 65 processes; a scenario has 1 to 64",
        ),
        (
            bully,
            vec![("quorum", "9")],
            "`quorum` cannot be 9: a quorum of 9 is not possible: the group has 6 processes",
        ),
        (
            bully,
            vec![("algorithm", "vrrp"), ("quorum", "majority")],
            "`quorum` cannot be varied: `quorum` is not possible with vrrp",
        ),
        (bully, vec![("line 2 at", "5s")], "`line 2 at` cannot be 5s: "),
        (bully, vec![], "one setting or two can be varied, not 0"),
        (
            bully,
            vec![("loss", "0"), ("every", "1s"), ("timeout", "1s")],
            "one setting or two can be varied, not 3",
        ),
        (bully, vec![("loss", "0"), ("loss", "1")], "`loss` is varied twice"),
    ] {
        let said = error(text, &varied, 10);
        assert!(said.starts_with(problem), "{varied:?}\n{said}\n{problem}");
    }
    assert_eq!(error(bully, &[("loss", "0")], 0), "0 seeds are not possible; there are 1 to 10000");
    assert_eq!(
        error(bully, &[("loss", "0")], 10_001),
        "10001 seeds are not possible; there are 1 to 10000"
    );
    assert_eq!(
        error(bully, &[("timeout", "1ms..64ms/1ms"), ("every", "1ms..64ms/1ms")], 10_000),
        "4096 values with 10000 seeds each are 40960000 runs; the most is 1000000: take fewer seeds, or a larger step"
    );
}

#[test]
fn expectations_of_processes_that_are_gone_are_not_judged() {
    let text = "expect 6 leads\nexpect no split brain\nexpect 2 follows 6\nexpect agreement";
    let cells = swept(question(text, &[("processes", "4,6")], 2));
    let judged =
        |cell: &SweepCell| cell.expectations.iter().map(Option::is_some).collect::<Vec<_>>();
    assert_eq!(judged(&cells[0]), [false, true, false, true]);
    assert_eq!(judged(&cells[1]), [true; 4]);
    assert!(cells[1].is_own && !cells[0].is_own);
}

#[test]
fn a_run_that_stops_at_a_limit_meets_no_expectation() {
    let flood =
        include_str!("../limits/heartbeat-flood.hustings").to_owned() + "\nexpect elections >= 0";
    let cells = swept(question(&flood, &[("duplicate", "0")], 1));
    assert_eq!((cells[0].stopped, cells[0].runs), (1, 1));
    assert_eq!(cells[0].expectations.last().copied().flatten().map(|it| it.holds), Some(0));
}

#[test]
fn percentiles_are_values_of_runs() {
    let mut state = 7_u64;
    for count in 1..=400_u64 {
        let values: Vec<u64> = (0..count)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (state >> 33) % 50
            })
            .collect();
        let runs = values.iter().zip(1..).map(|(&value, seed)| (RunValue::Of(value), seed));
        let found = Distribution::of(runs.collect()).expect("there is a run");
        // The smallest value that so many of hundred runs do not exceed.
        let naive = |percent: u64| {
            let enough = |limit: &u64| {
                let within = values.iter().filter(|value| *value <= limit).count() as u64;
                within * 100 >= count * percent
            };
            RunValue::Of((0..50).find(enough).expect("the largest is enough"))
        };
        assert_eq!((found.median, found.p90, found.p99), (naive(50), naive(90), naive(99)));
        let largest = values.iter().max().expect("there is one");
        assert_eq!(found.worst, RunValue::Of(*largest));
        let first = values.iter().position(|value| value == largest).expect("it is there");
        assert_eq!(found.worst_seed, first as u64 + 1);
        assert_eq!(found.never, 0);
    }
    assert_eq!(Distribution::of(Vec::new()), None);
    let never =
        Distribution::of(vec![(RunValue::Never, 2), (RunValue::Of(9), 1), (RunValue::Never, 5)]);
    assert_eq!(never.map(|it| (it.worst_seed, it.never, it.median)), Some((2, 2, RunValue::Never)));
}

/// The interval is where the share of all runs differs from that of these by no more than the 97.5th percentile of the
/// normal distribution, in standard deviations of that share.
#[test]
fn an_interval_is_where_the_share_is_no_surprise() {
    for (holds, runs) in
        [(0, 1), (1, 1), (0, 200), (1, 200), (99, 100), (198, 200), (50, 100), (10_000, 10_000)]
    {
        let (lo, hi) = hustings::sweep::wilson(holds, runs);
        let share = f64::from(holds) / f64::from(runs);
        let surprise =
            |all: f64| (share - all).abs() / (all * (1.0 - all) / f64::from(runs)).sqrt();
        let is_close = |it: f64| (it - 1.959_964).abs() < 1e-4;
        assert!(lo == 0.0 && holds == 0 || is_close(surprise(lo)), "{holds} of {runs}: {lo}");
        assert!(hi == 1.0 && holds == runs || is_close(surprise(hi)), "{holds} of {runs}: {hi}");
        assert!(lo <= share && share <= hi);
    }
    assert_eq!(hustings::sweep::wilson(0, 0), (0.0, 1.0));
}

#[test]
fn a_sentence_says_what_the_own_value_and_another_come_to() {
    let text = "detector heartbeat every 100ms timeout 350ms\nloss 5%\nuntil 4s\nat 1s crash 6";
    let question = question(text, &[("timeout", "150ms..650ms/100ms")], 100);
    let cells = swept(question.clone());
    let own = question.own_cell().expect("350 ms is there");
    let other = compared_cell(&cells, own).expect("there are others");
    let said = [
        describe_cell(&question, &cells[own]),
        compare_cells(&question, &cells[own], &cells[other]),
    ];
    crate::golden::check("tests/golden/sweep-sentence.txt", &(said.join("\n") + "\n"));
}

#[test]
fn a_difference_that_chance_explains_is_not_advised() {
    let text = "processes 6\ndetector heartbeat every 100ms timeout 350ms\nlatency 10..80ms\nloss 2%\n\
        until 3s\nat 1s crash 6";
    let cells = swept(question(text, &[("timeout", "300ms..400ms/50ms")], 200));
    let needless = [0, 1, 2].map(|cell: usize| cells[cell].needless);
    assert!(needless.is_sorted_by(|calmer, next| calmer > next), "{needless:?}");
    // 400 ms elects without need less often, but by so little that another 200 seeds may say otherwise.
    assert!(cells[1].needless - cells[2].needless < 5, "{needless:?}");
    assert_eq!(compared_cell(&cells, 1), Some(0));
    // From 250 ms the difference is large.
    let cells = swept(question(text, &[("timeout", "250ms,350ms")], 200));
    assert_eq!(compared_cell(&cells, 0), Some(1));
}
