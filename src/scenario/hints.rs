//! Hints: warnings about pitfalls in a valid scenario, each with the part that it is about.
//!
//! A script has one more kind, about a line that a later one overrides: `Script::hints` returns both.

mod effects;
mod latencies;
mod rules;

use super::{
    Fault, FaultKind, Link, OwnSettingKind, Scenario, ScenarioPart, ScheduledFault, SettingKind,
    SettingOwner,
};
use crate::election::{AlgorithmKind, Timeouts};
use crate::member::Detector;
use crate::sort;
use crate::time::{Duration, Time};
use crate::types::{Rank, listed};
use latencies::{Latencies, Longest};
use std::collections::{BTreeMap, BTreeSet};

/// A warning, and the part of the scenario that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    pub place: ScenarioPart,
    pub text: String,
}

/// All hints, in the order of the parts.
pub fn hints(scenario: &Scenario) -> Vec<Hint> {
    let end = scenario.end();
    let mut scheduled_faults = scenario.scheduled_faults();
    scheduled_faults.retain(|scheduled| scheduled.at <= end);
    let latencies = Latencies::of(scenario, &scheduled_faults);
    let mut hints = Vec::new();
    hints.extend(too_short_for_alive(scenario, &latencies));
    hints.extend(too_short_for_elected(scenario, &latencies));
    hints.extend(too_short_for_heartbeats(scenario, &latencies));
    hints.extend(timing_without_heartbeats(scenario));
    hints.extend(too_short_for_own_heartbeats(scenario, &latencies));
    hints.extend(late_once_slower(scenario, &latencies));
    hints.extend(suspected_while_it_elects(scenario, &latencies));
    hints.extend(never_elects(scenario));
    hints.extend(rules::of_remedies_and_algorithms(scenario, &latencies));
    hints.extend(effects::without_effect(scenario, &scheduled_faults));
    hints.extend(too_late(scenario));
    hints.extend(marks_behind_the_end(scenario));
    hints.extend(on_no_side(scenario));
    hints.extend(on_top_of_a_partition(scenario, &scheduled_faults));
    hints.extend(rules::of_expectations(scenario));
    sort::sort_by_key(&mut hints, |hint| hint.place);
    hints
}

fn too_late(scenario: &Scenario) -> Vec<Hint> {
    let end = scenario.end();
    let late = scenario.timeline.iter().enumerate().filter(|(_, entry)| entry.first() > end);
    let hints = late.map(|(index, entry)| Hint {
        place: ScenarioPart::Entry(index),
        text: format!("it never happens: the run ends at {end}, before {}", entry.first()),
    });
    hints.collect()
}

fn marks_behind_the_end(scenario: &Scenario) -> Vec<Hint> {
    let end = scenario.end();
    let late = scenario.marks.iter().enumerate().filter(|(_, mark)| mark.at > end);
    let hints = late.map(|(index, mark)| Hint {
        place: ScenarioPart::Mark(index),
        text: format!("this chapter is never reached: the run ends at {end}, before {}", mark.at),
    });
    hints.collect()
}

fn on_no_side(scenario: &Scenario) -> Vec<Hint> {
    let partitions = scenario.timeline.iter().enumerate().filter_map(|(index, entry)| {
        let sides = Some(entry.arguments().sides).filter(|sides| !sides.is_empty())?;
        let beside = scenario.ranks.iter().filter(|rank| !sides.iter().any(|s| s.contains(rank)));
        let beside: Vec<Rank> = beside.copied().collect();
        let text = match &*beside {
            [] => return None,
            [only] => format!("process {only} is on no side and keeps all its links"),
            several => {
                let several = listed(several);
                format!("processes {several} are on no side and keep all their links")
            }
        };
        Some(Hint { place: ScenarioPart::Entry(index), text })
    });
    partitions.collect()
}

/// Cuts add up, so a second partition does not replace the first.
fn on_top_of_a_partition(scenario: &Scenario, scheduled_faults: &[ScheduledFault]) -> Vec<Hint> {
    let sides = |entry: usize| scenario.timeline[entry].arguments().sides;
    // The entry of the partition that stands.
    let mut active: Option<usize> = None;
    let mut found = BTreeSet::new();
    for &ScheduledFault { entry, ref fault, .. } in scheduled_faults {
        if **fault == Fault::Heal(None) {
            active = None;
        } else if fault.kind() == FaultKind::Partition {
            if active.is_some_and(|other| other != entry && sides(other) != sides(entry)) {
                found.insert(entry);
            }
            active = Some(entry);
        }
    }
    let hints = found.into_iter().map(|index| Hint {
        place: ScenarioPart::Entry(index),
        text: "an earlier partition still stands, and cuts add up; heal first".to_owned(),
    });
    hints.collect()
}

fn too_short_for_alive(scenario: &Scenario, latencies: &Latencies) -> Option<Hint> {
    if !scenario.algorithm.row().waits_for_answers {
        return None;
    }
    let wait = scenario.timeouts.alive;
    let longest = latencies.round_trip(true, Duration::ZERO, None)?;
    let Longest { link, takes, .. } = longest;
    // The timer was set before the answer was sent, so it fires first if both are due at one instant.
    (wait <= takes).then(|| Hint {
        place: place(wait == Timeouts::default().alive, SettingKind::WaitAlive.part(), &longest),
        text: format!(
            "`wait alive` is {wait}, but an Election from {} to {} and the Alive back can take \
             {takes}{}: the process that asks may give up on one that is only far away; wait longer \
             than that",
            link.from,
            link.to,
            since(&longest)
        ),
    })
}

/// The process that polled waits for the Elected of the process that is to lead.
fn too_short_for_elected(scenario: &Scenario, latencies: &Latencies) -> Option<Hint> {
    const AGAIN: &str = "the process that asked may hold another election before it hears of the \
                         leader; wait longer than that";
    let Timeouts { alive, elected: wait } = scenario.timeouts;
    // What takes long, around the link's ends; then what comes of a wait that is not longer.
    let (longest, what, can_take, then) = match scenario.algorithm.kind() {
        // Only a process that answered in time receives Proceed.
        AlgorithmKind::Bully => (
            latencies.round_trip(true, Duration::ZERO, Some(alive)),
            "a Proceed",
            "and the Elected back can take",
            AGAIN,
        ),
        // Both wait for Alive, the one that is asked a way later, and the Elected comes after that.
        AlgorithmKind::BullyTextbook => (
            latencies.round_trip(true, alive, None),
            "beside the `wait alive` of both, an Election",
            "and the Elected back can take",
            AGAIN,
        ),
        // Both are sent at once; the Elected was on its way before the wait began, so a wait that is
        // just as long is enough.
        // Their waits for Elected have hints of their own, or they have none.
        AlgorithmKind::Candidates
        | AlgorithmKind::Ring
        | AlgorithmKind::Invitation
        | AlgorithmKind::Raft
        | AlgorithmKind::Vrrp => return None,
        AlgorithmKind::NextInLine => (
            latencies.jitter().filter(|longest| longest.takes != wait),
            "the Elected",
            "can come after the Alive by",
            "the process that asked may go on to the next in line before it hears of the leader; \
             wait at least that long",
        ),
    };
    let longest = longest?;
    let Longest { link: Link { from, to }, takes, .. } = longest;
    (wait <= takes).then(|| Hint {
        place: place(
            wait == Timeouts::default().elected,
            SettingKind::WaitElected.part(),
            &longest,
        ),
        text: format!(
            "`wait elected` is {wait}, but {what} from {from} to {to} {can_take} {takes}{}: {then}",
            since(&longest)
        ),
    })
}

/// The wait, where the scenario sets one; else the latency that is too much for the default.
fn place(is_default: bool, wait: ScenarioPart, longest: &Longest) -> ScenarioPart {
    if is_default { longest.place } else { wait }
}

fn since(longest: &Longest) -> String {
    match longest.since {
        Time::ZERO => String::new(),
        since => format!(" from {since} on"),
    }
}

fn too_short_for_heartbeats(scenario: &Scenario, latencies: &Latencies) -> Option<Hint> {
    let Detector::Heartbeat { every, timeout } = scenario.detector else { return None };
    let jitter = latencies.jitter()?.takes;
    let (intervals, then) = if timeout <= every + jitter {
        ("one interval", "a healthy leader is suspected even if no heartbeat is lost")
    } else if timeout <= every + every + jitter {
        ("two intervals", "one lost heartbeat makes a process suspect a healthy leader")
    } else {
        return None;
    };
    Some(Hint {
        place: SettingKind::Detector.part(),
        text: format!(
            "the timeout of {timeout} is not longer than {intervals} of {every}{}: {then}; to \
             tolerate one, it must be longer than {}",
            and_jitter(jitter),
            every + every + jitter
        ),
    })
}

/// When a link becomes slower, the next heartbeat on it comes late.
fn late_once_slower(scenario: &Scenario, latencies: &Latencies) -> Option<Hint> {
    let Detector::Heartbeat { every, timeout } = scenario.detector else { return None };
    let rise = latencies.rise()?;
    // What the detector does not tolerate without a change has a hint of its own.
    let is_new = timeout > every + latencies.jitter()?.takes;
    let silent = every + rise.takes;
    (is_new && timeout <= silent).then(|| Hint {
        place: rise.place,
        text: format!(
            "from {} on messages from {} to {} are slower, so that a heartbeat can come {silent} after the \
             one before it: with a timeout of {timeout} a healthy leader is suspected",
            rise.since, rise.link.from, rise.link.to
        ),
    })
}

/// A timeout or an interval of a process, where nobody sends heartbeats.
fn timing_without_heartbeats(scenario: &Scenario) -> Vec<Hint> {
    if scenario.detector != Detector::Scripted {
        return Vec::new();
    }
    let kinds = [OwnSettingKind::Timeout, OwnSettingKind::Every];
    let parts = kinds.into_iter().flat_map(|kind| {
        let owners = scenario.own_settings(kind).into_keys();
        owners.map(move |owner| ScenarioPart::Own(kind, owner))
    });
    let hint = |place| Hint {
        place,
        text: "it does nothing: with `detector scripted` no heartbeat is sent and none is missed"
            .to_owned(),
    };
    parts.map(hint).collect()
}

/// A follower whose own timing, or that of its leader, lets its timeout come before a heartbeat. What the
/// detector says of all processes has a hint of its own.
fn too_short_for_own_heartbeats(scenario: &Scenario, latencies: &Latencies) -> Vec<Hint> {
    let Some(jitter) = latencies.jitter().map(|longest| longest.takes) else { return Vec::new() };
    let mut found = BTreeMap::new();
    for group in &scenario.groups {
        let pairs = group.members.iter().flat_map(|follower| {
            let leaders = group.members.iter().filter(move |leader| *leader != follower);
            leaders.map(move |leader| (*follower, *leader))
        });
        for (follower, leader) in pairs {
            let Some(place) = own_timing(scenario, follower, leader) else { continue };
            let (Detector::Heartbeat { timeout, .. }, Detector::Heartbeat { every, .. }) =
                (scenario.detector_of(follower), scenario.detector_of(leader))
            else {
                return Vec::new();
            };
            let waits = scenario.drifted(follower, timeout);
            let comes = scenario.drifted(leader, every);
            let then = if waits <= comes + jitter {
                "a healthy leader is suspected even if no heartbeat is lost"
            } else if waits <= comes + comes + jitter {
                "one lost heartbeat makes it suspect a healthy leader"
            } else {
                continue;
            };
            found.entry(place).or_insert_with(|| format!(
                "{follower} suspects its leader after {waits}, but a heartbeat of {leader} comes only every \
                 {comes}{}: {then}",
                and_jitter(jitter)
            ));
        }
    }
    found.into_iter().map(|(place, text)| Hint { place, text }).collect()
}

/// The first setting of the follower or of the leader that changes when the one misses the other.
fn own_timing(scenario: &Scenario, follower: Rank, leader: Rank) -> Option<ScenarioPart> {
    let settings = [
        (OwnSettingKind::Timeout, follower, scenario.timing.timeout_of.contains_key(&follower)),
        (OwnSettingKind::Drift, follower, scenario.timing.drift_of.contains_key(&follower)),
        (OwnSettingKind::Every, leader, scenario.timing.every_of.contains_key(&leader)),
        (OwnSettingKind::Drift, leader, scenario.timing.drift_of.contains_key(&leader)),
    ];
    let (kind, rank, _) = settings.into_iter().find(|(.., is_set)| *is_set)?;
    Some(ScenarioPart::Own(kind, SettingOwner::Process(rank)))
}

/// A leader that is asked may hold an election, and sends no heartbeat meanwhile.
fn suspected_while_it_elects(scenario: &Scenario, latencies: &Latencies) -> Option<Hint> {
    let Detector::Heartbeat { every, timeout } = scenario.detector else { return None };
    let jitter = latencies.jitter()?.takes;
    // It may be polled just before its next heartbeat was due.
    let silent = every + scenario.timeouts.alive + jitter;
    let elects = scenario.algorithm.row().leader_elects_when_asked;
    (elects && timeout <= silent).then(|| Hint {
        place: SettingKind::Detector.part(),
        text: format!(
            "a leader that is asked holds an election and sends no heartbeat meanwhile, so that \
             its followers can hear nothing for {silent} (an interval, `wait alive`{}): with a \
             timeout of {timeout} they suspect it again",
            and_jitter(jitter)
        ),
    })
}

fn and_jitter(jitter: Duration) -> String {
    match jitter {
        Duration::ZERO => String::new(),
        jitter => format!(" and a jitter of {jitter}"),
    }
}

fn never_elects(scenario: &Scenario) -> Option<Hint> {
    let row = scenario.algorithm.row();
    let suspects = scenario.timeline.iter().any(|entry| entry.kind() == FaultKind::Suspect);
    let silent = !row.elects_at_boot && scenario.detector == Detector::Scripted && !suspects;
    silent.then(|| Hint {
        place: SettingKind::Algorithm.part(),
        text: format!(
            "no election can start: {} waits for a suspicion, and there is neither a `suspect` line \
             nor a heartbeat detector",
            row.name
        ),
    })
}
