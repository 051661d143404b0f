//! What holds of every run: time travel is playing, runs repeat, slices add up to the whole, and an
//! edit moves nothing that it does not cause.

mod edits;

use crate::numbers::RandomSource;
use crate::scenarios;
use hustings::run::{Run, Snapshot};
use hustings::scenario::Scenario;
use hustings::scenario::script::Script;
use hustings::simulation::{Event, World};
use hustings::time::{Duration, Time};

/// An instant of a run, its end included; half of them are instants at which something happens.
fn instant(random: &mut RandomSource, run: &Run, events: &[Event]) -> Time {
    if random.below(2) == 0 || events.is_empty() {
        return Time::us(random.below(run.end().as_us() + 1));
    }
    events[random.below(events.len() as u64) as usize].at
}

fn all_events(run: &Run) -> Vec<Event> {
    run.events(Time::ZERO, run.end())
}

/// A long run, so that checkpoints are many and thinned: some 60,000 events.
fn long() -> Scenario {
    hustings::scenario::script::parse(
        "processes 8
         detector heartbeat every 10ms timeout 35ms
         loss 5%
         duplicate 2%
         at 1s flap 8 down 300ms up 500ms
         until 60s",
    )
    .expect("it is a script")
}

fn played(scenario: &Scenario, time: Time) -> World {
    let mut world = World::new(scenario.clone());
    world.play(time, &mut Vec::new());
    world
}

/// By all of their state; the message is short, as a world in full is pages long.
#[track_caller]
fn assert_same_world(one: &World, other: &World, of: &str) {
    assert!(one == other, "{of}: at {} the worlds differ", one.now());
}

#[test]
fn any_instant_is_what_playing_to_it_makes() {
    for seed in 0..100 {
        let scenario = scenarios::random(seed);
        let run = Run::of(scenario.clone());
        let events = all_events(&run);
        let mut random = RandomSource::seeded(seed);
        for _ in 0..8 {
            let time = instant(&mut random, &run, &events);
            let of = format!("random scenario {seed}");
            assert_same_world(&run.at(time), &played(&scenario, time), &of);
        }
        assert_same_world(&run.at(Time::NEVER), &played(&scenario, run.end()), "the end");
    }
    let scenario = long();
    let run = Run::of(scenario.clone());
    let mut random = RandomSource::seeded(1);
    for _ in 0..6 {
        let time = instant(&mut random, &run, &[]);
        assert_same_world(&run.at(time), &played(&scenario, time), "the long run");
    }
}

/// `look`, from an earlier or a later snapshot, with a memory that changes.
#[test]
fn a_look_is_the_same_from_wherever_it_sets_out() {
    let runs = (0..60).map(scenarios::random).chain([long()]);
    for (seed, scenario) in runs.enumerate() {
        let run = Run::of(scenario);
        let events = all_events(&run);
        let mut random = RandomSource::seeded(seed as u64);
        let mut snapshot: Option<Snapshot> = None;
        for _ in 0..8 {
            let time = instant(&mut random, &run, &events);
            let memory = Duration::ms(random.below(400));
            let from = snapshot.take();
            let now = run.snapshot(from, time, memory);
            let fresh = run.snapshot(None, time, memory);
            assert_eq!(now.world, fresh.world, "scenario {seed} at {time}");
            let recent: Vec<Event> = now.recent.iter().cloned().collect();
            let window = run.events(time - memory, time);
            assert!(
                recent == window,
                "scenario {seed} at {time}, {memory} back: {recent:#?}\n{window:#?}"
            );
            assert_eq!(now.recent, fresh.recent, "scenario {seed} at {time}, {memory} back");
            snapshot = Some(now);
        }
    }
}

/// A snapshot of another scenario is not played on, however well its numbers fit.
#[test]
fn a_snapshot_of_another_run_is_not_played_on() {
    let (one, other) = (Run::of(scenarios::random(1)), Run::of(scenarios::random(2)));
    let foreign = other.snapshot(None, Time::ms(100), Duration::ZERO);
    let looked = one.snapshot(Some(foreign), Time::ms(200), Duration::ms(50));
    assert_eq!(looked, one.snapshot(None, Time::ms(200), Duration::ms(50)));
}

#[test]
fn two_runs_of_one_scenario_are_equal() {
    for seed in 0..150 {
        let scenario = scenarios::random(seed);
        let runs = [Run::of(scenario.clone()), Run::of(scenario.clone())];
        let [one, other] = &runs;
        assert_eq!(all_events(one), all_events(other), "random scenario {seed}");
        assert_eq!(one.digest(), other.digest(), "random scenario {seed}");
        assert_eq!(one.head(), other.head(), "random scenario {seed}");
    }
}

/// `advance` in slices of any size makes the run that is made at once.
#[test]
fn slices_add_up_to_the_run_at_once() {
    let runs = (0..60).map(scenarios::random).chain([long()]);
    for (seed, scenario) in runs.enumerate() {
        let whole = Run::of(scenario.clone());
        let mut random = RandomSource::seeded(seed as u64);
        let mut sliced = Run::new(scenario.clone());
        let most = u64::from(whole.events_so_far()) / 5 + 2;
        while !sliced.advance(random.below(most) as u32) {
            let so_far = sliced.events_so_far();
            assert!(so_far <= whole.events_so_far());
            if random.below(4) == 0 {
                // What is made already can be looked at, and what is not made as well.
                let time = instant(&mut random, &whole, &[]);
                assert_eq!(sliced.at(time), whole.at(time), "scenario {seed} at {time}");
            }
        }
        assert!(sliced.is_done() && sliced.advance(1), "scenario {seed}");
        let script = Script::of(scenario);
        assert_eq!(sliced.digest(), whole.digest(), "scenario {seed}");
        assert_eq!(sliced.report(&script), whole.report(&script), "scenario {seed}");
        assert_eq!(sliced.head(), whole.head(), "scenario {seed}");
        assert_eq!(sliced.index().moments(), whole.index().moments(), "scenario {seed}");
        assert_eq!(all_events(&sliced), all_events(&whole), "scenario {seed}");
    }
}

#[test]
fn an_event_and_a_window_are_parts_of_the_whole_log() {
    let runs = (0..60).map(scenarios::random).chain([long()]);
    for (seed, scenario) in runs.enumerate() {
        let run = Run::of(scenario);
        let events = all_events(&run);
        assert_eq!(events.len(), run.events_so_far() as usize, "scenario {seed}");
        assert!(events.iter().zip(0..).all(|(event, id)| event.id == id), "scenario {seed}");
        assert!(events.is_sorted_by_key(|event| event.at), "scenario {seed}");
        let mut random = RandomSource::seeded(seed as u64);
        for _ in 0..6 {
            if !events.is_empty() {
                let id = random.below(events.len() as u64) as usize;
                assert_eq!(run.event(id as u32).as_ref(), Some(&events[id]), "scenario {seed}");
            }
            let (from, to) =
                (instant(&mut random, &run, &events), instant(&mut random, &run, &events));
            let within = |event: &&Event| from <= event.at && event.at <= to;
            let window: Vec<Event> = events.iter().filter(within).cloned().collect();
            assert_eq!(run.events(from, to), window, "scenario {seed}, {from} to {to}");
        }
        assert_eq!(run.event(events.len() as u32), None, "scenario {seed}");
    }
}

#[test]
fn steps_walk_exactly_the_instants_that_have_events() {
    for seed in 0..60 {
        let run = Run::of(scenarios::random(seed));
        let mut instants: Vec<Time> = all_events(&run).iter().map(|event| event.at).collect();
        instants.dedup();
        let first = instants.first().copied().filter(|&first| first == Time::ZERO);
        // A step forward begins after the start; what happens at the start itself is shown there.
        let begin = first.into_iter();
        let steps = std::iter::successors(run.next_instant(Time::ZERO), |&at| run.next_instant(at));
        let forward: Vec<Time> = begin.chain(steps).collect();
        assert_eq!(forward, instants, "random scenario {seed}");
        let last = run.previous_instant(Time::NEVER);
        let mut backward: Vec<Time> =
            std::iter::successors(last, |&at| run.previous_instant(at)).collect();
        backward.reverse();
        assert_eq!(backward, instants, "random scenario {seed}");
    }
}

#[test]
fn steps_between_instants_find_their_neighbours() {
    let run = Run::of(long());
    let mut instants: Vec<Time> = all_events(&run).iter().map(|event| event.at).collect();
    instants.dedup();
    let mut random = RandomSource::seeded(3);
    for _ in 0..20 {
        let time = instant(&mut random, &run, &[]);
        let next = instants.iter().copied().find(|&at| at > time);
        let previous = instants.iter().copied().rev().find(|&at| at < time);
        assert_eq!(
            (run.next_instant(time), run.previous_instant(time)),
            (next, previous),
            "{time}"
        );
    }
}

/// Every cause comes before its effect.
#[test]
fn causes_come_before_their_effects() {
    use hustings::simulation::Cause;
    for seed in 0..150 {
        for event in all_events(&Run::of(scenarios::random(seed))) {
            if let Cause::Event(cause) = event.cause {
                assert!(cause < event.id, "random scenario {seed}: {event:?}");
            }
        }
    }
}
