//! Two algorithms on one scenario: where they part, what each costs, and one pace for both.

use hustings::election::{Algorithm, AlgorithmKind, RaftRules, Succession};
use hustings::narration::DivergenceSearch;
use hustings::presets;
use hustings::run::Run;
use hustings::session::compare::{
    COLUMNS, ComparisonRow, FaultLine, choices, describe_divergence, fault_lines, heartbeats,
    of_kind, others, pace, purposes, rows, under, unused,
};
use hustings::session::{
    Action, Command, CommandContext, Document, Playback, RunView, State, execute,
};
use hustings::time::Time;
use hustings::types::MessageKind;
use hustings::view::spacetime::scale::shared;

fn document(preset: &str) -> Document {
    let preset = presets::find(preset).expect("a preset");
    Document::read(preset.script).expect("presets can be read")
}

fn run_view(document: &Document) -> RunView {
    RunView::new(Run::of(document.scenario().clone()), document)
}

fn next_in_line() -> Algorithm {
    Algorithm::NextInLine(Succession::Highest(2))
}

fn figure() -> [RunView; 2] {
    let bully = document("bully-figure");
    let other = under(&bully, &next_in_line()).expect("it is a scenario");
    [run_view(&bully), run_view(&other)]
}

#[test]
fn bully_and_next_in_line_first_differ_where_3_asks() {
    let [bully, line] = figure();
    let point = DivergenceSearch::whole(&bully.run, &line.run).expect("they differ");
    let divergence = describe_divergence(point, &bully, &line);
    assert_eq!((divergence.at, divergence.common), (Time::ms(200), 3));
    assert_eq!(
        divergence.sides.map(|side| side.text),
        [
            "3 suspects that 6 is gone and asks every higher rank: 4, 5 and 6.",
            "3 suspects that 6 is gone and asks 5, the next in line."
        ]
    );
    assert_eq!(
        divergence.why,
        [
            "Both have the same cause: 3 suspects its leader, at 200 ms.",
            "Bully and Next in line have different rules for this."
        ]
    );
}

#[test]
fn one_takes_ten_messages_and_the_other_seven() {
    let [bully, line] = figure();
    let start = [bully.run.at(Time::ZERO), line.run.at(Time::ZERO)];
    let found = purposes([&bully, &line], [&start[0], &start[1]]);
    let sum = |side: usize| found.iter().map(|purpose| purpose.whole[side]).sum::<u32>();
    assert_eq!([sum(0), sum(1)], [10, 7]);
    assert!(found.iter().all(|purpose| purpose.so_far == [0, 0]));
    let names: Vec<_> = found.iter().map(|purpose| purpose.kind.name()).collect();
    assert_eq!(names, ["Election", "Alive", "Proceed", "Elected"]);
    assert_eq!(heartbeats([&bully, &line], [&start[0], &start[1]]), None, "there are none");
}

#[test]
fn heartbeats_are_counted_apart() {
    let beats = run_view(&document("start"));
    let (both, end) = ([&beats, &beats], [beats.run.head(); 2]);
    assert!(purposes(both, end).iter().all(|purpose| purpose.kind != MessageKind::Heartbeat));
    let apart = heartbeats(both, end).expect("there are heartbeats");
    assert!(apart.so_far[0] > 100);
    assert_eq!(apart.so_far, apart.whole);
}

#[test]
fn it_is_quiet_only_where_both_are() {
    let ms = |spans: &[(u64, u64)]| -> Vec<_> {
        spans.iter().map(|&(from, to)| (Time::ms(from), Time::ms(to))).collect()
    };
    let both = shared(&ms(&[(0, 100), (200, 300)]), &ms(&[(50, 220), (280, 400)]));
    assert_eq!(both, ms(&[(50, 100), (200, 220), (280, 300)]));
    assert_eq!(shared(&ms(&[(0, 100)]), &[]), []);

    let [bully, line] = figure();
    let pace = pace(&bully, &line, false, true);
    assert_eq!(pace.end, bully.run.end());
    assert!(!pace.folds.is_empty());
    for run_view in [&bully, &line] {
        let events = run_view.run.events(Time::ZERO, pace.end);
        let inside = |at: Time| pace.folds.iter().any(|(from, to)| *from < at && at < *to);
        assert!(!events.iter().any(|event| inside(event.at)), "something happens in a fold");
    }
}

#[test]
fn the_other_side_has_the_same_faults_and_no_expectations() {
    let bully = document("bully-figure");
    let other = under(&bully, &next_in_line()).expect("it is a scenario");
    let (left, right) = (bully.scenario(), other.scenario());
    assert_eq!(left.timeline, right.timeline);
    assert_eq!(left.seed, right.seed);
    assert_eq!(right.expectations, []);
    let names: Vec<_> = others(&left.algorithm).iter().map(Algorithm::name).collect();
    // Its own is a choice only where the other side has it with other options.
    let pre_vote = Algorithm::Raft(RaftRules { pre_vote: true, check_quorum: false });
    let raft = Algorithm::Raft(RaftRules::default());
    assert_eq!(choices(&raft, &pre_vote)[0], pre_vote);
    assert_eq!(choices(&raft, &pre_vote)[1..], others(&raft));
    assert_eq!(choices(&left.algorithm, &pre_vote), others(&left.algorithm));
    let all = AlgorithmKind::ALL.iter().map(|kind| kind.row().name);
    assert_eq!(names, all.filter(|name| *name != "bully").collect::<Vec<_>>());
}

/// The row of a preset's only group under an algorithm; none where the algorithm does not allow it.
fn row(preset: &str, kind: AlgorithmKind) -> Result<(Run, ComparisonRow), String> {
    let own = document(preset);
    let other = under(&own, &of_kind(&own.scenario().algorithm, kind))?;
    let run = Run::of(other.scenario().clone());
    let mut rows = rows(&run, &run.report(other.script()));
    assert_eq!(rows.len(), 1, "{preset} has one group");
    Ok((run, rows.remove(0)))
}

#[test]
fn the_table_says_what_an_algorithm_does_and_when() {
    let (_, bully) = row("bully-figure", AlgorithmKind::Bully).expect("it runs");
    let cells = bully.cells.map(|cell| (cell.text, cell.at));
    let cell = |text: &str, at: Option<Time>| (text.to_owned(), at);
    let end = Some(Time::ms(2_000));
    assert_eq!(cells[0], cell("10", end));
    assert_eq!((&*cells[1].0, cells[3].clone()), ("10", cell("0 ms", None)));
    assert_eq!(cells[2].1, Some(Time::ms(100)), "the crash");
    assert_eq!((&*cells[4].0, cells[4].1), ("1", cells[1].1), "the first change is the election");
    assert_eq!(cells[5], cell("5 leads", end));
    // A scenario keeps the options of its own algorithm.
    let (run, _) = row("raft-partial-partition-pre-vote", AlgorithmKind::Raft).expect("it runs");
    assert!(run.scenario().algorithm.raft().pre_vote);
}

/// Each instant of the table shows what its column says.
#[test]
fn a_value_of_the_table_opens_the_run_where_it_arises() {
    let mut seen = [0; COLUMNS.len()];
    for preset in ["split-brain", "cold-start", "unstable-rank", "two-leaders"] {
        for &kind in AlgorithmKind::ALL {
            let (run, row) = row(preset, kind).expect("it runs");
            let leaders = |at: Time| {
                let world = run.at(at);
                let ranks = run.scenario().ranks.iter();
                ranks.filter(|&&rank| world.leads(row.group, rank)).count()
            };
            for (place, cell) in row.cells.iter().enumerate() {
                let Some(at) = cell.at else {
                    assert!(
                        ["-", "0", "0 ms"].contains(&&*cell.text),
                        "{preset}, {kind:?}: {cell:?}"
                    );
                    continue;
                };
                seen[place] += 1;
                let holds = match COLUMNS[place] {
                    "messages" | "at the end" => at == run.end(),
                    "messages until a leader" | "changes" => leaders(at) > 0,
                    "leaderless" => leaders(at) == 0,
                    "split brain" => leaders(at) > 1,
                    other => panic!("{other} is no column"),
                };
                assert!(holds, "{preset}, {kind:?}: {} at {at}", COLUMNS[place]);
            }
        }
    }
    assert!(seen.iter().all(|&count| count > 4), "{seen:?}");
}

#[test]
fn an_algorithm_says_why_it_does_not_allow_a_scenario() {
    let three = Document::read("processes list 1 2 300\n").expect("it can be read");
    let why = under(&three, &AlgorithmKind::Vrrp.with_defaults()).err();
    let expected = "the ranks of vrrp are priorities from 1 to 255";
    assert!(why.as_ref().is_some_and(|why| why.contains(expected)), "{why:?}");
}

#[test]
fn faults_are_named_and_the_later_ones_counted() {
    let bully = document("bully-figure");
    let FaultLine { first, more } = fault_lines(bully.scenario());
    let wanted = [("6 crashes", 100), ("3 suspects its leader", 200)];
    let wanted = wanted.map(|(words, at)| (words.to_owned(), Time::ms(at)));
    assert_eq!((first, more), (wanted.to_vec(), 0));
    let many = Document::read("at 1ms crash 1\nat 2ms crash 2\nat 3ms crash 3\nat 4ms crash 4\n");
    assert_eq!(fault_lines(many.expect("it can be read").scenario()).more, 1);
}

#[test]
fn edits_that_find_nothing_on_a_side_are_counted() {
    let text = document("bully-figure").text().to_owned() + "message Proceed 3->5 #1 lost\n";
    let bully = Document::read(&text).expect("it can be read");
    let line = under(&bully, &next_in_line()).expect("it is a scenario");
    assert_eq!(unused(&run_view(&bully)), None);
    assert_eq!(unused(&run_view(&line)).as_deref(), Some("1 override has no effect here"));
}

/// Presses a key again and again from an instant, beside the other run; where that leads.
fn walk(runs: &[RunView; 2], from: Time, command: Command) -> Vec<Time> {
    let [left, right] = runs;
    let state = State::new(document("bully-figure"));
    let step = |cursor: &Time| {
        let scene = CommandContext {
            state: &state,
            run_view: left,
            comparison: Some(right),
            cursor: *cursor,
            now: 0.0,
            reduced_motion: false,
        };
        let to = match execute(command.clone(), scene).pop() {
            Some(Action::Pause { at }) => at,
            Some(action) => match state.apply(action).playback {
                Playback::Paused { at } => at,
                other => panic!("{other:?}"),
            },
            None => panic!("it does something"),
        };
        (to != *cursor).then_some(to)
    };
    std::iter::successors(Some(from), step).skip(1).collect()
}

#[test]
fn stepping_beside_another_run_goes_through_the_instants_of_both() {
    let runs = figure();
    let end = runs[0].run.end();
    let instants = |run_view: &RunView| -> Vec<Time> {
        run_view.run.events(Time::us(1), end).iter().map(|event| event.at).collect()
    };
    let mut both = [instants(&runs[0]), instants(&runs[1])].concat();
    both.push(end);
    both.sort_unstable();
    both.dedup();
    let alone = instants(&runs[0]);
    assert!(both.iter().any(|at| *at != end && !alone.contains(at)), "the other has its own");
    assert_eq!(walk(&runs, Time::ZERO, Command::StepOn), both);
    let mut back = walk(&runs, end, Command::StepBack);
    back.reverse();
    assert_eq!(back.first(), Some(&Time::ZERO));
    assert_eq!(back[1..], both[..both.len() - 1]);
}

#[test]
fn moments_beside_another_run_are_those_of_both_and_its_end_is_none() {
    let runs = figure();
    let moments = |run_view: &RunView| run_view.run.index().moments().to_vec();
    let mut both = [moments(&runs[0]), moments(&runs[1])].concat();
    both.retain(|at| *at > Time::ZERO);
    both.push(runs[0].run.end());
    both.sort_unstable();
    both.dedup();
    assert_eq!(walk(&runs, Time::ZERO, Command::JumpOn), both);
}
