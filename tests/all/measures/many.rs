//! As many expectations as a script has room for, of as many groups as there may be: each is still
//! judged by what its own group did.

use crate::play::{Played, play};
use hustings::report::ExpectationVerdict;
use hustings::simulation::{Event, EventKind};
use hustings::types::{GroupId, MessageKind};
use std::fmt::Write;

const GROUPS: u8 = 16;
const EXPECTATIONS: usize = 992;

/// One expectation that counts, as written and as counted by hand.
struct Asked {
    line: String,
    /// None counts elections, and a kind of none every message.
    messages: Option<Option<MessageKind>>,
    compare: &'static str,
    wanted: usize,
    after_us: u64,
    group: Option<u8>,
}

impl Asked {
    /// Every kind, comparison and group comes up, each with many numbers.
    fn nth(index: usize) -> Self {
        let compare = ["=", "<=", ">="][index % 3];
        let wanted = index % 41;
        let group = index.is_multiple_of(2).then_some((index / 2 % usize::from(GROUPS)) as u8);
        let kinds = [None].into_iter().chain(MessageKind::ALL.map(Some));
        let messages = kinds.map(Some).chain([None]).nth(index % 7).expect("there are seven");
        let after_us = if messages.is_some() && index % 5 > 2 { 100_000 } else { 0 };
        let mut line = match messages {
            None => format!("expect elections {compare} {wanted}"),
            Some(None) => format!("expect messages {compare} {wanted}"),
            Some(Some(kind)) => format!("expect messages {kind} {compare} {wanted}"),
        };
        if after_us > 0 {
            line += " after 100ms";
        }
        group.iter().for_each(|group| write!(line, " in g{group}").expect("a string takes it"));
        Self { line, messages, compare, wanted, after_us, group }
    }

    fn found(&self, events: &[Event], group: u8) -> usize {
        let counts = |event: &&Event| match (self.messages, event.what) {
            (None, EventKind::StartedElection) => true,
            (Some(kind), EventKind::Sent { .. }) => {
                kind.is_none_or(|kind| event.message_kind() == Some(kind))
            }
            _ => false,
        };
        let mine = |event: &&Event| {
            event.group == Some(GroupId(group)) && event.at.as_us() >= self.after_us
        };
        events.iter().filter(mine).filter(counts).count()
    }

    fn holds(&self, found: usize) -> bool {
        match self.compare {
            "=" => found == self.wanted,
            "<=" => found <= self.wanted,
            _ => found >= self.wanted,
        }
    }

    #[track_caller]
    fn check(&self, verdict: &ExpectationVerdict, events: &[Event]) {
        let found = |group| self.found(events, group);
        let holds = (0..GROUPS)
            .filter(|&group| self.group.is_none_or(|meant| meant == group))
            .all(|group| self.holds(found(group)));
        assert_eq!(verdict.holds, holds, "{}: {}", self.line, verdict.reason);
        let (group, reason) = match self.group {
            Some(group) => (group, &*verdict.reason),
            None => {
                let (group, reason) = verdict.reason.split_once(": ").expect("it names its group");
                (group.trim_start_matches("in g").parse().expect("a number"), reason)
            }
        };
        assert!(reason.starts_with(&format!("{} ", found(group))), "{}: {reason}", self.line);
        assert_eq!(self.holds(found(group)), holds, "{}: that group decided it", self.line);
    }
}

/// Groups that differ: each misses other members, and some hear of a suspicion more.
fn sixteen_groups(asked: &[Asked]) -> Played {
    let mut script = String::from("processes 9\nat 50ms crash 9\nat 90ms suspect 1 2\n");
    for group in 0..GROUPS {
        let members: Vec<String> = (1..=9)
            .filter(|rank| *rank > 7 || group & (1 << (rank % 4)) == 0)
            .map(|rank: u16| rank.to_string())
            .collect();
        writeln!(script, "group g{group} on {}", members.join(" ")).expect("a string takes it");
        writeln!(script, "at {}ms suspect 8 in g{group}", 95 + group).expect("a string takes it");
    }
    for asked in asked {
        writeln!(script, "{}", asked.line).expect("a string takes it");
    }
    play(&script)
}

#[test]
fn each_of_very_many_expectations_is_judged_by_what_its_own_group_did() {
    let asked: Vec<Asked> = (0..EXPECTATIONS).map(Asked::nth).collect();
    let run = sixteen_groups(&asked);
    let (report, events) = (run.report(), run.events());
    assert_eq!(report.expectations.len(), EXPECTATIONS);
    for (asked, verdict) in asked.iter().zip(&report.expectations) {
        asked.check(verdict, &events);
    }
    let held = report.expectations.iter().filter(|verdict| verdict.holds).count();
    assert!((100..EXPECTATIONS - 100).contains(&held), "{held} hold: both outcomes come up");
}
