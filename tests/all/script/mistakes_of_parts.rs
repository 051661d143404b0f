//! Every error text of parts that no script can write, as each is put together by hand.

use hustings::scenario::{Fault, FaultTime, Scenario, ScenarioParts, TimelineEntry};
use hustings::time::Time;
use hustings::types::{GroupId, Rank};

fn ranks(ranks: &[u16]) -> Vec<Rank> {
    ranks.iter().filter_map(|&rank| Rank::new(rank)).collect()
}

/// What is said of the usual parts after a change.
fn errors_after(change: impl FnOnce(&mut ScenarioParts)) -> Vec<String> {
    let mut parts = ScenarioParts::default();
    change(&mut parts);
    let found = Scenario::new(parts).err().unwrap_or_default();
    found.into_iter().map(|invalid| invalid.problem.to_string()).collect()
}

fn errors_of(fault: Fault) -> Vec<String> {
    let when = FaultTime::At(Time::ms(100));
    errors_after(|parts| parts.timeline.push(TimelineEntry::Fault { when, fault }))
}

#[test]
fn ranks_are_in_order() {
    let unordered = |parts: &mut ScenarioParts| {
        parts.ranks = ranks(&[5, 1, 2]);
        parts.groups[0].members = ranks(&[1, 2, 5]);
        parts.groups[0].leader = None;
    };
    assert_eq!(errors_after(unordered), ["the ranks are not in ascending order"]);
    assert_eq!(
        errors_after(|parts| {
            unordered(parts);
            let (when, fault) = (FaultTime::At(Time::ms(100)), Fault::Crash(ranks(&[9])));
            parts.timeline.push(TimelineEntry::Fault { when, fault });
        }),
        [
            "the ranks are not in ascending order",
            "process 9 does not exist: the processes are 5, 1 and 2"
        ]
    );
}

#[test]
fn a_group_has_members_and_is_one_that_there_is() {
    assert_eq!(
        errors_after(|parts| {
            parts.groups[0].members.clear();
            parts.groups[0].leader = None;
        }),
        ["group main has no members"]
    );
    let suspect = Fault::Suspect { processes: ranks(&[3]), group: Some(GroupId(1)) };
    assert_eq!(errors_of(suspect), ["there is no group number 2"]);
}

#[test]
fn a_fault_names_a_process() {
    assert_eq!(errors_of(Fault::Crash(Vec::new())), ["no process is named"]);
}

#[test]
fn a_partition_has_two_sides() {
    let sides =
        |sides: &[&[u16]]| errors_of(Fault::Partition(sides.iter().map(|s| ranks(s)).collect()));
    assert_eq!(sides(&[]), ["a partition has two or more sides (found 0)"]);
    assert_eq!(sides(&[&[1, 2]]), ["a partition has two or more sides (found 1)"]);
    assert_eq!(sides(&[&[1, 2], &[3]]), [""; 0]);
}
