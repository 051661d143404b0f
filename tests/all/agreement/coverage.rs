//! The random scenarios exercise everything: an agreement about what never happens says nothing.

use crate::scenarios::{self, REMEDIES, Remedy, random_of};
use hustings::choice::ChoiceId;
use hustings::election::{Algorithm, AlgorithmKind, Reason, Succession};
use hustings::member::Detector;
use hustings::run::Run;
use hustings::scenario::{Fault, MessageOverride, Override, Scenario};
use hustings::simulation::{Cause, Event, EventKind, OverrideUse, Status, World};
use hustings::time::Time;
use hustings::types::MessageKind;
use std::collections::BTreeMap;

/// How often each thing must come up at least, in all scenarios together.
const LEAST: u32 = 20;

/// Everything that must come up; a thing that is not on this list may come up as well.
const WANTED: &str = "
    algorithm bully; algorithm textbook; algorithm line by list; algorithm line by number
    detector scripted; detector heartbeat; timeout of its own; interval of its own; drift; groups; fifo; nobody leads at the start
    sent Election; sent Alive; sent Proceed; sent Elected; sent Heartbeat
    lost loss; lost cut; lost cut on arrival; lost crashed; lost edit; lost in a crash
    copy; copy received; held; received
    crash; crash of a paused one; recover; boot at the start; boot at a recovery
    pause; pause of a leader; pause that prolongs; pause of no length
    resumed by itself; resumed by the script
    cut; partition; partition of three; heal of all; heal of links
    latency of all; latency of links; loss of all; loss of links
    suspected by the script; suspected by heartbeat; suspicion in one group
    edit lost; edit arrives; edit delayed; edit duplicated; edit of a copy; edit of a timer
    edit not used; edit too late; edit stopped by a cut
    timer alive; timer elected; timer heartbeat; timer beat
";

/// The declarations of the reasons.
const REASONS: &str = include_str!("../../../src/election/reason.rs");

/// How many scenarios of each algorithm with each remedy.
const MANY: u64 = 600;

/// A reason for each rule and each of its branches, by the name of its algorithm, which is empty for the first
/// algorithms, and by its own name. A reason that is declared is wanted.
fn reasons() -> Vec<(&'static str, &'static str)> {
    let mut found = Vec::new();
    let mut group = None;
    for line in REASONS.lines() {
        if let Some(name) = line.strip_prefix("pub enum ") {
            group = name.strip_suffix("Reason {");
        } else if line == "}" {
            group = None;
        } else if let (Some(group), Some(declared)) = (group, line.strip_prefix("    "))
            && declared.starts_with(|letter: char| letter.is_ascii_uppercase())
            && !declared.contains('(')
        {
            let end = declared.find([' ', ',']).unwrap_or(declared.len());
            found.push((group, &declared[..end]));
        }
    }
    found
}

#[test]
fn every_reason_of_every_algorithm_occurs() {
    let mut seen = Seen::default();
    let plain = AlgorithmKind::ALL.iter().map(|&kind| (kind, Remedy::None));
    for (kind, remedy) in plain.chain(REMEDIES) {
        for seed in 0..MANY {
            let run = Run::of(random_of(kind, remedy, seed));
            let events = run.events(Time::ZERO, run.end());
            events.iter().filter_map(|event| event.reason).for_each(|reason| seen.reason(reason));
        }
    }
    let all = reasons();
    assert!(all.len() > 75, "the declarations are read: {all:?}");
    seen.has_all(all.iter().map(|(group, name)| reason_name(group, name)));
}

fn reason_name(group: &str, name: &str) -> String {
    format!("reason {group} {name}")
}

#[test]
fn the_random_scenarios_exercise_everything() {
    let mut seen = Seen::default();
    for seed in 0..2_000 {
        let scenario = scenarios::random(seed);
        seen.scenario(&scenario);
        let run = Run::of(scenario);
        seen.edits(run.head());
        seen.events(&run.events(Time::ZERO, run.end()), run.head());
        seen.paused_crashes(run.scenario());
    }
    let wanted = WANTED.split([';', '\n']).map(str::trim).filter(|thing| !thing.is_empty());
    // No process of these scenarios preempts late.
    let reasons =
        reasons().into_iter().filter(|reason| reason.0.is_empty() && reason.1 != "Preempts");
    let reasons = reasons.map(|(group, name)| reason_name(group, name));
    seen.has_all(wanted.map(str::to_owned).chain(reasons));
}

#[derive(Default)]
struct Seen(BTreeMap<String, u32>);

impl Seen {
    fn note(&mut self, thing: impl Into<String>) {
        *self.0.entry(thing.into()).or_default() += 1;
    }

    fn has_all(&self, wanted: impl Iterator<Item = String>) {
        let counts = wanted.map(|thing| (self.0.get(&thing).copied().unwrap_or(0), thing));
        let rare: Vec<String> = counts
            .filter(|(count, _)| *count < LEAST)
            .map(|(count, thing)| format!("{thing}: {count}"))
            .collect();
        assert!(rare.is_empty(), "too rare:\n{}", rare.join("\n"));
    }

    fn note_if(&mut self, holds: bool, thing: &str) {
        if holds {
            self.note(thing);
        }
    }

    fn scenario(&mut self, scenario: &Scenario) {
        self.note(match &scenario.algorithm {
            Algorithm::Bully => "algorithm bully",
            Algorithm::BullyTextbook => "algorithm textbook",
            Algorithm::NextInLine(Succession::List(_)) => "algorithm line by list",
            Algorithm::NextInLine(Succession::Highest(_)) => "algorithm line by number",
            Algorithm::Candidates(_) => "algorithm candidates",
            Algorithm::Ring => "algorithm ring",
            Algorithm::Invitation => "algorithm invitation",
            Algorithm::Raft(_) => "algorithm raft",
            Algorithm::Vrrp => "algorithm vrrp",
        });
        self.note(match scenario.detector {
            Detector::Scripted => "detector scripted",
            Detector::Heartbeat { .. } => "detector heartbeat",
        });
        let heartbeats = scenario.detector != Detector::Scripted;
        let timing = &scenario.timing;
        self.note_if(heartbeats && !timing.timeout_of.is_empty(), "timeout of its own");
        self.note_if(heartbeats && !timing.every_of.is_empty(), "interval of its own");
        self.note_if(!timing.drift_of.is_empty(), "drift");
        self.note_if(scenario.groups.len() > 1, "groups");
        self.note_if(scenario.network.fifo, "fifo");
        let nobody = scenario.groups.iter().any(|group| group.leader.is_none());
        self.note_if(nobody, "nobody leads at the start");
    }

    fn edits(&mut self, world: &World) {
        for (edit, used) in world.scenario().overrides.iter().zip(world.override_uses()) {
            let thing = match used {
                OverrideUse::NotYet => "edit not used",
                OverrideUse::TooLate { .. } => "edit too late",
                OverrideUse::StoppedByCut { .. } => "edit stopped by a cut",
                OverrideUse::Applied => match edit {
                    Override::Timer { .. } => "edit of a timer",
                    Override::Message { name, .. } if name.copy => "edit of a copy",
                    Override::Message { fate: MessageOverride::Lost, .. } => "edit lost",
                    Override::Message { fate: MessageOverride::Arrives(_), .. } => "edit arrives",
                    Override::Message { fate: MessageOverride::Delayed(_), .. } => "edit delayed",
                    Override::Message { fate: MessageOverride::Duplicated, .. } => {
                        "edit duplicated"
                    }
                },
            };
            self.note(thing);
        }
    }

    fn events(&mut self, events: &[Event], world: &World) {
        for event in events {
            self.event(event, events);
            if let Some(fault) = world.fault(event.cause) {
                self.fault(event, fault);
            }
            if let Some(reason) = event.reason {
                self.reason(reason);
            }
        }
    }

    fn reason(&mut self, reason: Reason) {
        // `Asks { … }`, or `Raft(Stands { … })`.
        let words = format!("{reason:?}");
        let (first, rest) = words.split_at(words.find(['(', ' ']).unwrap_or(words.len()));
        self.note(match rest.strip_prefix('(').and_then(|inner| inner.split([' ', ')']).next()) {
            Some(name) => reason_name(first, name),
            None => reason_name("", first),
        });
    }

    fn event(&mut self, event: &Event, events: &[Event]) {
        let cause = match event.cause {
            Cause::Event(cause) => Some(&events[cause as usize]),
            Cause::Start | Cause::Timeline(_) => None,
        };
        let is_copy = matches!(event.choice, Some(ChoiceId::Message(name)) if name.copy);
        match event.what {
            EventKind::Sent { .. } => {
                let kind = event.message_kind().map_or("", MessageKind::name);
                self.note(format!("sent {kind}"));
            }
            EventKind::Lost(loss) => {
                self.note(format!("lost {}", loss.name()));
                let late = cause.is_some_and(|cause| cause.at < event.at);
                self.note_if(late && loss.name() == "cut", "lost cut on arrival");
                let in_crash = cause.is_some_and(|c| matches!(c.what, EventKind::Crashed { .. }));
                self.note_if(in_crash, "lost in a crash");
            }
            EventKind::Duplicated { .. } => self.note("copy"),
            EventKind::Held => self.note("held"),
            EventKind::Received => self.note(if is_copy { "copy received" } else { "received" }),
            EventKind::Crashed { .. } => self.note("crash"),
            EventKind::Recovered => self.note("recover"),
            EventKind::Booted if event.cause == Cause::Start => self.note("boot at the start"),
            EventKind::Booted => self.note("boot at a recovery"),
            EventKind::Suspected if cause.is_some() => self.note("suspected by heartbeat"),
            EventKind::Suspected => self.note("suspected by the script"),
            EventKind::Resumed { .. } if cause.is_some() => self.note("resumed by itself"),
            EventKind::Resumed { .. } => self.note("resumed by the script"),
            EventKind::TimedOut { .. } => {
                if let Some(ChoiceId::Timer(name)) = event.choice {
                    self.note(format!("timer {}", name.timer));
                }
            }
            EventKind::Paused { until, led } => {
                self.note("pause");
                self.note_if(led, "pause of a leader");
                self.note_if(until == event.at, "pause of no length");
            }
            EventKind::Cut
            | EventKind::Healed
            | EventKind::LatencyChanged
            | EventKind::LossChanged
            | EventKind::Unsuspecting
            | EventKind::StartedElection
            | EventKind::Became(_) => {}
        }
    }

    fn fault(&mut self, event: &Event, fault: &Fault) {
        match fault {
            Fault::Partition(sides) if sides.len() > 2 => self.note("partition of three"),
            Fault::Partition(_) => self.note("partition"),
            Fault::Cut(_) => self.note("cut"),
            Fault::Heal(None) => self.note("heal of all"),
            Fault::Heal(Some(_)) => self.note("heal of links"),
            Fault::Latency { links: None, .. } => self.note("latency of all"),
            Fault::Latency { .. } => self.note("latency of links"),
            Fault::Loss { links: None, .. } => self.note("loss of all"),
            Fault::Loss { .. } => self.note("loss of links"),
            Fault::Suspect { group: Some(_), .. } if event.what == EventKind::Suspected => {
                self.note("suspicion in one group");
            }
            Fault::Suspect { .. }
            | Fault::Crash(_)
            | Fault::Recover(_)
            | Fault::Pause { .. }
            | Fault::Resume(_) => {}
        }
    }

    /// What only the world before shows: whether a process that crashes or pauses is paused already.
    fn paused_crashes(&mut self, scenario: &Scenario) {
        let mut world = World::new(scenario.clone());
        let mut log = Vec::new();
        while world.next().is_some_and(|next| next <= scenario.end()) {
            let paused: Vec<_> = world
                .processes()
                .iter()
                .filter(|process| matches!(process.status(), Status::Paused { .. }))
                .map(|process| process.rank())
                .collect();
            world.step(&mut log);
            for event in log.drain(..) {
                let was_paused = event.rank.is_some_and(|rank| paused.contains(&rank));
                let crashed = matches!(event.what, EventKind::Crashed { .. });
                let again = matches!(event.what, EventKind::Paused { .. });
                self.note_if(was_paused && crashed, "crash of a paused one");
                self.note_if(was_paused && again, "pause that prolongs");
            }
        }
    }
}
