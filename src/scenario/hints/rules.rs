//! Hints about the rules of single algorithms, preemption and the quorum; and about expectations that cannot hold, or
//! that claim something else than they seem to.

use super::Hint;
use super::latencies::Latencies;
use crate::election::{Algorithm, Quorum};
use crate::member::Detector;
use crate::scenario::{
    Condition, Expectation, ExpectedRuns, MoveKind, Scenario, ScenarioPart, SettingKind,
};
use crate::time::Duration;

pub(super) fn of_remedies_and_algorithms(scenario: &Scenario, latencies: &Latencies) -> Vec<Hint> {
    let all = [
        quorum_that_protects_nothing(scenario),
        quorum_with_unequal_clocks(scenario),
        acknowledged_too_late(scenario, latencies),
        candidates_start_together(scenario, latencies),
        starters_give_up(scenario),
    ];
    all.into_iter().flatten().collect()
}

/// Two quorums that share nobody can each confirm a leader.
fn quorum_that_protects_nothing(scenario: &Scenario) -> Option<Hint> {
    let Quorum::Count(count) = scenario.quorum else { return None };
    let group = scenario.groups.iter().find(|group| {
        let members = group.members.len();
        members > 1 && usize::from(count) * 2 <= members
    })?;
    let members = group.members.len();
    Some(Hint {
        place: SettingKind::Quorum.part(),
        text: format!(
            "a quorum of {count} of {members} does not prevent a split brain: two sides can have \
             {count} processes each; write `quorum majority`"
        ),
    })
}

fn quorum_with_unequal_clocks(scenario: &Scenario) -> Option<Hint> {
    let drifts = scenario.quorum != Quorum::None && !scenario.timing.drift_of.is_empty();
    drifts.then(|| Hint {
        place: SettingKind::Quorum.part(),
        text:
            "with `drift` the quorum does not prevent every split brain: the lease of a leader is \
               safe only where clocks run equally fast"
                .to_owned(),
    })
}

/// An acknowledgement is there an interval and a round trip after the one before it.
fn acknowledged_too_late(scenario: &Scenario, latencies: &Latencies) -> Option<Hint> {
    let Detector::Heartbeat { every, timeout } = scenario.detector else { return None };
    let (kind, what) = match scenario.quorum {
        Quorum::None if scenario.algorithm.raft().check_quorum => {
            (SettingKind::Algorithm, "check-quorum")
        }
        Quorum::None => return None,
        Quorum::Majority | Quorum::Count(_) => (SettingKind::Quorum, "quorum"),
    };
    let takes = every + latencies.round_trip(false, Duration::ZERO, None)?.takes;
    (timeout <= takes).then(|| Hint {
        place: kind.part(),
        text: format!(
            "with `{what}` a heartbeat interval and a round trip must be shorter than the detector's \
             timeout: they can take {takes}, and the timeout is {timeout}, so a healthy leader loses \
             its quorum again and again"
        ),
    })
}

/// No message makes an ordinary process give way.
fn candidates_start_together(scenario: &Scenario, latencies: &Latencies) -> Option<Hint> {
    let Algorithm::Candidates(rules) = &scenario.algorithm else { return None };
    let one_way = latencies.longest()?;
    let needed = scenario.timeouts.alive + one_way.hi();
    // Of equal instants the timer's comes first. A drawn latency is hardly ever its longest.
    let is_tie = rules.delay == needed && one_way.lo() == one_way.hi();
    (rules.delay < needed || is_tie).then(|| Hint {
        place: SettingKind::Algorithm.part(),
        text: format!(
            "`delay` is {}, which is not longer than `wait alive` and a latency, {needed} together: \
             processes that notice at the same time start an election each",
            rules.delay
        ),
    })
}

/// Passing a crashed process takes a `wait alive`, and a second election waits behind the first one.
fn starters_give_up(scenario: &Scenario) -> Option<Hint> {
    let timeouts = scenario.timeouts;
    let short = scenario.algorithm == Algorithm::Ring && timeouts.alive > timeouts.elected;
    short.then(|| Hint {
        place: SettingKind::WaitAlive.part(),
        text: format!(
            "`wait alive` ({}) is longer than `wait elected` ({}): where many processes are down and several \
             start an election, a starter can give up before its election has come round the ring",
            timeouts.alive, timeouts.elected
        ),
    })
}

pub(super) fn of_expectations(scenario: &Scenario) -> Vec<Hint> {
    let expectations = scenario.expectations.iter().enumerate();
    let hints = expectations.flat_map(|(index, expectation)| {
        let texts = [outside_a_group(scenario, expectation), refuted_at_once(expectation)];
        let place = ScenarioPart::Expectation(index);
        texts.into_iter().flatten().map(move |text| Hint { place, text })
    });
    hints.collect()
}

/// Without `in`, an expectation is about each group, also about one that the process is not in.
fn outside_a_group(scenario: &Scenario, expectation: &Expectation) -> Option<String> {
    if expectation.group.is_some() {
        return None;
    }
    let (rank, group) = scenario.groups.iter().find_map(|group| {
        let ranks = expectation.condition.ranks();
        let outside = ranks.into_iter().find(|rank| !group.members.contains(rank))?;
        Some((outside, &group.name))
    })?;
    Some(format!(
        "process {rank} is no member of {group}, so this cannot hold there; name the group that is \
         meant, with `in`"
    ))
}

/// What `always` claims of every run, though a single fault may refute it.
fn refuted_at_once(expectation: &Expectation) -> Option<String> {
    let ExpectedRuns::WithFaults(added) = expectation.runs else { return None };
    let kinds = added.kinds();
    let process = match expectation.condition {
        Condition::SplitBrain {} => {
            let text = "this claims that each run with added faults has a split brain; to claim \
                        that none has one, write `always no split brain`";
            return Some(text.to_owned());
        }
        Condition::Leader { leader } => leader?,
        Condition::Follows { process, .. } | Condition::Leads { process } => process,
        Condition::Agreement {}
        | Condition::NoSplitBrain {}
        | Condition::Messages { .. }
        | Condition::Elections { .. }
        | Condition::Changes { .. }
        | Condition::UnprovokedChanges { .. }
        | Condition::LeaderlessTotal { .. }
        | Condition::SplitBrainTotal { .. }
        | Condition::LongestLeaderless { .. }
        | Condition::LongestSplitBrain { .. } => return None,
    };
    kinds.contains(MoveKind::Crash).then(|| {
        format!(
            "an added crash of process {process} can break this by itself; name other kinds of \
             faults, as in `of cut lose`, or expect `agreement`"
        )
    })
}
