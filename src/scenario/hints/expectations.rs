//! Hints about expectations that cannot hold, or that claim something else than they seem to.

use super::Hint;
use crate::scenario::{Condition, Expectation, ExpectedRuns, MoveKind, Scenario, ScenarioPart};

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
