//! What is timed. A case knows no clock; whoever runs it brings one.

use hustings::election::AlgorithmKind;
use hustings::presets;
use hustings::run::Run;
use hustings::scenario::{MoveKind, script};
use hustings::search::{Search, SearchQuestion};
use hustings::session::{Document, RunView, compare};
use hustings::simulation::World;
use hustings::sweep::{Sweep, SweepQuestion};
use hustings::time::{Duration, Time};
use hustings::types::GroupId;
use hustings::view::build;
use hustings::view::geometry::Size;
use hustings::view::spacetime::model::DiagramModel;
use hustings::view::spacetime::scale::Scale;
use hustings::view::spacetime::{self, CursorState, DiagramFrame, Rows};
use hustings::view::stage;
use hustings::view::text::EvenWidth;
use std::hint::black_box;

/// One line of the table: work in parts, and how often each part does what the name says.
pub(crate) struct Case {
    pub name: String,
    pub unit: Unit,
    parts: Vec<Box<dyn Fn()>>,
    times: u32,
}

/// How the time of the parts becomes the number of the table.
#[derive(Clone, Copy)]
pub(crate) enum Unit {
    /// A part makes so many events; the table says how many a second.
    Events(u32),
    /// The table says how long one takes, on the average of the parts.
    Mean,
    /// The table says how long the slowest part takes.
    Worst,
}

/// The instants of a run that are sought. A prime, so that they fall nowhere regularly.
const SOUGHT: u64 = 97;

impl Case {
    /// In the clock's unit, how long one of what the name says takes.
    pub(crate) fn time(&self, clock: impl Fn(&dyn Fn()) -> f64) -> f64 {
        let each = self.parts.iter().map(|part| clock(&**part) / f64::from(self.times));
        match self.unit {
            Unit::Worst => each.fold(0.0, f64::max),
            Unit::Events(_) | Unit::Mean => each.sum::<f64>() / self.parts.len() as f64,
        }
    }
}

pub(crate) fn all() -> Vec<Case> {
    let mut cases: Vec<Case> = [10_000, 100_000, 1_000_000, 1_950_000]
        .into_iter()
        .map(|events| making(6, events))
        .collect();
    cases.push(making(64, 1_000_000));
    for processes in [6, 64] {
        cases.extend(AlgorithmKind::ALL.iter().map(|&kind| making_under(kind, processes)));
    }
    let kinds = [MoveKind::Lose, MoveKind::Cut, MoveKind::Crash];
    cases.push(searching("one move", &start_of(3, "10..20ms"), MoveKind::ALL, 1));
    cases.push(searching("two moves", &start_of(3, "15ms"), &kinds, 2));
    cases.extend(sweeping());
    let long: &'static Run = Box::leak(Box::new(million()));
    cases.extend([seeking("mean", Unit::Mean, long), seeking("worst", Unit::Worst, long)]);
    let start = Run::of(scenario(&figure()));
    let world = start.at(Time::ms(900));
    cases.push(case("clone a world of 6", Unit::Mean, 1_000, move || {
        drop(black_box(world.clone()))
    }));
    cases.push(case("parse a preset", Unit::Mean, 100, move || {
        drop(black_box(script::read(&figure())));
    }));
    let figure = Run::of(scenario(&figure()));
    cases.push(drawing("draw a diagram of 6", 10, figure, Time::ms(800), Time::ms(2_400)));
    let crowd = Run::of(scenario(&crowd()));
    let end = Time::ms(180);
    cases.push(drawing("draw a diagram of 64, 2,000 messages", 1, crowd, Time::ms(100), end));
    let flood = Run::of(scenario(include_str!("../../tests/limits/heartbeat-flood.hustings")));
    let flood: &'static RunView = Box::leak(Box::new(run_view(flood)));
    cases.push(seeking("worst, with the most in flight", Unit::Worst, &flood.run));
    cases.push(case("draw a stage with the most in flight", Unit::Mean, 1, || {
        let (run, frame) =
            (&flood.run, stage::StageFrame::new(Size { width: 1064.0, height: 600.0 }));
        let snapshot = run.snapshot(None, run.end(), build::memory(run.scenario()));
        drop(black_box(stage::scene(&flood.picture(&snapshot), &frame, &EvenWidth)));
    }));
    // Often enough for the clock of a browser, which is coarse.
    cases.push(case("read a whole run for a diagram", Unit::Mean, 100, || {
        drop(black_box(DiagramModel::of(long, &[GroupId::MAIN], (Time::ZERO, long.end()))));
    }));
    cases
}

/// Both scenes of a diagram, from what was read of the run.
fn drawing(name: &str, times: u32, run: Run, from: Time, to: Time) -> Case {
    let run_view = run_view(run);
    let size = Size { width: 1064.0, height: 414.0 };
    let rows = Rows::new(size, run_view.run.scenario().ranks.len(), 1, true);
    let scale =
        Scale::new((from, to), (rows.left, rows.right), run_view.folding(false, size.width));
    let record = DiagramModel::of(&run_view.run, &run_view.shown(), (from, to));
    let world = run_view.run.at(to);
    let poses = record.lanes.iter().map(|lane| lane.poses(&world));
    let now = CursorState { at: to, label_at: to, poses: poses.collect() };
    let frame = DiagramFrame::new(size);
    case(name, Unit::Mean, times, move || {
        let diagram = run_view.diagram(&record, &scale);
        drop(black_box(spacetime::scene(&diagram, &frame, &now, &EvenWidth)));
    })
}

/// With a document that is not asked for.
fn run_view(run: Run) -> RunView {
    RunView::new(run, &Document::of(&scenario("processes 3")))
}

/// A run of about 1,000,000 events: what memory and seeking are measured on.
pub(crate) fn million() -> Run {
    Run::of(scenario(&heartbeats(6, 1_000_000)))
}

fn case(name: &str, unit: Unit, times: u32, work: impl Fn() + 'static) -> Case {
    let part = move || (0..times).for_each(|_| work());
    Case { name: name.to_owned(), unit, parts: vec![Box::new(part)], times }
}

/// A whole run: index, tally, digest and checkpoints included.
fn making(processes: u32, events: u32) -> Case {
    let scenario = scenario(&heartbeats(processes, events));
    let run_view = Run::of(scenario.clone()).events_so_far();
    let times = (200_000 / events).max(1);
    let name = format!("n = {processes}, {run_view} events");
    case(&name, Unit::Events(run_view), times, move || drop(black_box(Run::of(scenario.clone()))))
}

/// A run under an algorithm; the table compares it with bully's by its name.
fn making_under(kind: AlgorithmKind, processes: u32) -> Case {
    let document = Document::of(&scenario(&heartbeats(processes, 100_000)));
    let under = compare::under(&document, &kind.with_defaults()).expect("each allows it");
    let scenario = under.scenario().clone();
    let events = Run::of(scenario.clone()).events_so_far();
    let name = format!("{}, n = {processes}", kind.row().name);
    case(&name, Unit::Events(events), 2, move || drop(black_box(Run::of(scenario.clone()))))
}

/// A whole search that finds nothing. The time of one move and of two is the number of events through their rate.
fn searching(name: &str, text: &str, kinds: &[MoveKind], most: usize) -> Case {
    let mut question = SearchQuestion::of(scenario(text));
    question.rules.kinds = kinds.iter().copied().collect();
    question.most = most;
    let search = move || {
        let mut search = Search::new(question.clone());
        while !search.step(u64::MAX) {}
        search.progress()
    };
    let progress = search();
    let (runs, events) = (progress.runs, progress.events as u32);
    let name = format!("search {name}: {runs} runs, {events} events");
    case(&name, Unit::Events(events), 1, move || {
        let _ = black_box(search());
    })
}

/// 20 values of the timeout with 200 seeds each, and the same runs by the bare core: without what a sweep counts.
fn sweeping() -> [Case; 2] {
    let text = "processes 6\nuntil 3s\ndetector heartbeat every 100ms timeout 350ms\nexpect no split brain";
    let script = script::read(text).expect("the benchmark's own script is right");
    let question = SweepQuestion::read(&script, &[("timeout", "150ms..1100ms/50ms")], 200);
    let question = question.expect("it can be swept");
    let cells = question.cells();
    let scenarios: Vec<_> = (0..cells).filter_map(|cell| question.shown(cell, 1)).collect();
    let sweep = move || {
        let mut sweep = Sweep::new(question.clone());
        while !sweep.step(u64::MAX) {}
        sweep
    };
    let events = sweep().progress().events as u32;
    let name = format!("sweep 20 values, 200 seeds: {events} events");
    let sweeping = case(&name, Unit::Events(events), 1, move || drop(black_box(sweep().cells())));
    let name = format!("the same runs by the bare core: {events} events");
    let core = case(&name, Unit::Events(events), 1, move || {
        let mut log = Vec::new();
        for scenario in &scenarios {
            for seed in 1..=200 {
                let mut world = World::new(scenario.with_seed(seed));
                while world.next().is_some_and(|next| next <= scenario.end()) {
                    world.step(&mut log);
                    log.clear();
                }
                black_box(&world);
            }
        }
    });
    [sweeping, core]
}

/// The page's first scenario, with a majority so that nothing is found.
fn start_of(seconds: u32, latency: &str) -> String {
    format!(
        "processes 6\nquorum majority\nlatency {latency}\nuntil {seconds}s\n\
         detector heartbeat every 100ms timeout 350ms\nexpect no split brain"
    )
}

fn seeking(name: &str, unit: Unit, run: &'static Run) -> Case {
    let end = run.end().as_us();
    let instants = (1..=SOUGHT).map(move |part| Time::us(end * part / SOUGHT));
    let parts = instants.map(|instant| -> Box<dyn Fn()> {
        Box::new(move || drop(black_box(run.at(black_box(instant)))))
    });
    let name = format!("seek in {} events, {name}", run.events_so_far());
    Case { name, unit, parts: parts.collect(), times: 1 }
}

fn scenario(text: &str) -> hustings::scenario::Scenario {
    script::parse(text).expect("the benchmark's own script is right")
}

/// Heartbeats at a steady pace, and every five seconds an election or two.
fn heartbeats(processes: u32, events: u32) -> String {
    const EVERY_US: u64 = 15_000;
    // A beat is a timer, and a message sent and received for everybody else.
    let a_beat = u64::from(2 * processes - 1);
    let until = Duration::us(u64::from(events) * EVERY_US / a_beat);
    format!(
        "processes {processes}
         detector heartbeat every {EVERY_US}us timeout 60ms
         until {until}
         at 1s flap {processes} down 1s up 4s"
    )
}

/// Everybody notices at once that the leader is gone.
fn crowd() -> String {
    let everybody: String = (1..64).map(|rank| format!(" {rank}")).collect();
    format!("processes 64\n at 100ms crash 64\n at 110ms suspect{everybody}\n until 400ms")
}

/// A script as people write it.
fn figure() -> String {
    let preset = presets::find("split-brain").expect("a preset's name is for ever");
    preset.script.to_owned()
}
