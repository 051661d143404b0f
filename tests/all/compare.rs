//! Two algorithms on one scenario: where they part, what each costs, and one pace for both.

use hustings::election::{Algorithm, AlgorithmKind, RaftRules, Succession};
use hustings::narration::DivergenceSearch;
use hustings::presets;
use hustings::run::Run;
use hustings::session::compare::{
    FaultLine, choices, fault_lines, heartbeats, others, pace, parting, purposes, under, unused,
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
fn bully_and_next_in_line_part_where_3_asks() {
    let [bully, line] = figure();
    let fork = DivergenceSearch::whole(&bully.run, &line.run).expect("they part");
    let parting = parting(fork, &bully, &line);
    assert_eq!((parting.at, parting.common), (Time::ms(200), 3));
    assert_eq!(
        parting.sides.map(|side| side.text),
        [
            "3 suspects that 6 is gone and asks every higher rank: 4, 5 and 6.",
            "3 suspects that 6 is gone and asks 5, the next in line."
        ]
    );
    assert_eq!(
        parting.why,
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
