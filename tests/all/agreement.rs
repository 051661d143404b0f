//! The engine agrees with the second implementation of the rules, happening by happening.

mod by_algorithm;
mod coverage;

use crate::{oracle, scenarios};
use hustings::choice::ChoiceId;
use hustings::run::Run;
use hustings::scenario::{Scenario, script};
use hustings::simulation::{Event, EventKind};
use hustings::time::Time;
use hustings::types::{Rank, Role};
use std::collections::BTreeMap;

#[test]
fn two_thousand_random_scenarios_happen_as_the_rules_say() {
    for seed in 0..2_000 {
        agree(seed, &scenarios::random(seed));
    }
}

fn agree(seed: u64, scenario: &Scenario) {
    agree_with(seed, &Run::of(scenario.clone()), &oracle::play(scenario));
}

fn agree_with(seed: u64, run: &Run, expected: &[String]) {
    let scenario = run.scenario();
    let actual = engine(run);
    let differs = actual.iter().zip(expected).position(|(actual, expected)| actual != expected);
    let place = differs.unwrap_or(actual.len().min(expected.len()));
    if actual.len() == expected.len() && place == actual.len() {
        return;
    }
    let around = |log: &[String]| {
        let end = (place + 3).min(log.len());
        log[place.saturating_sub(12).min(end)..end].join("\n  ")
    };
    panic!(
        "random scenario {seed} parts at happening {place}\nengine:\n  {}\nrules:\n  {}\nscenario:\n{}",
        around(&actual),
        around(expected),
        script::write(scenario)
    );
}

/// The engine's events in the second implementation's words.
fn engine(run: &Run) -> Vec<String> {
    let scenario = run.scenario();
    let mut log: Vec<String> = Vec::new();
    let mut roles = vec![BTreeMap::new(); scenario.groups.len()];
    for (group, roles) in scenario.groups.iter().zip(&mut roles) {
        if let Some(leader) = group.leader {
            let role = |rank| if rank == leader { Role::Leads } else { Role::Follows(leader) };
            roles.extend(group.members.iter().map(|&rank| (rank, role(rank))));
        }
    }
    // An election that sets out is told right after the input that made it.
    let mut input = 0;
    for event in run.events(Time::ZERO, run.end()) {
        let actual = line(&event, &mut roles);
        if event.what == EventKind::StartedElection {
            log.splice(input..input, actual);
            continue;
        }
        log.extend(actual);
        let follows = matches!(
            event.what,
            EventKind::Sent { .. }
                | EventKind::Duplicated { .. }
                | EventKind::Lost(_)
                | EventKind::Became(_)
        );
        if !follows {
            input = log.len();
        }
    }
    log
}

/// Of each group, where each member stands.
type Roles = [BTreeMap<Rank, Role>];

fn line(event: &Event, roles: &mut Roles) -> Option<String> {
    let us = event.at.as_us();
    let group = event.group.map(|group| group.0);
    let rank = event.rank;
    let named = |verb: &str, after: &str| {
        let Some(choice) = event.choice else { return String::new() };
        let group = choice.group().0;
        match choice {
            ChoiceId::Message(m) => {
                let copy = if m.copy { " copy" } else { "" };
                format!(
                    "{us} {verb} g{group} {} {}->{} #{}{copy}{after}",
                    m.kind, m.from, m.to, m.nth
                )
            }
            ChoiceId::Timer(t) => {
                format!("{us} {verb} g{group} {} {} #{}", t.timer, t.of, t.nth)
            }
        }
    };
    match event.what {
        EventKind::Sent { .. } => Some(named("sent", "")),
        EventKind::Received => Some(named("received", "")),
        EventKind::Lost(loss) => Some(named("lost", &format!(" {}", loss.name()))),
        EventKind::TimedOut { .. } => Some(named("timeout", "")),
        EventKind::StartedElection => Some(format!("{us} elects g{} {}", group?, rank?)),
        EventKind::Became(role) => {
            let (group, rank) = (group?, rank?);
            let before = roles[usize::from(group)].insert(rank, role);
            match role {
                _ if before == Some(role) => None,
                Role::Follows(leader) => Some(format!("{us} follows g{group} {rank} {leader}")),
                Role::Leads
                | Role::Claims
                | Role::Delaying
                | Role::PreCandidate
                | Role::Candidate => Some(format!("{us} {} g{group} {rank}", role.name())),
                Role::BelievesNobody | Role::Electing | Role::AwaitingElected => None,
            }
        }
        EventKind::Crashed { .. } => {
            for group in roles {
                group.remove(&rank?);
            }
            Some(format!("{us} crashed {}", rank?))
        }
        EventKind::Recovered => Some(format!("{us} recovered {}", rank?)),
        EventKind::Paused { .. } => Some(format!("{us} paused {}", rank?)),
        EventKind::Resumed { .. } => Some(format!("{us} resumed {}", rank?)),
        EventKind::Cut
        | EventKind::Healed
        | EventKind::LatencyChanged
        | EventKind::LossChanged
        | EventKind::Booted
        | EventKind::Suspected
        | EventKind::Unsuspecting
        | EventKind::Duplicated { .. }
        | EventKind::Held => None,
    }
}
