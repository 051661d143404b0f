//! Heartbeats that come and go as they should: a stretch of them is a count rather than a story.

use super::in_group;
use crate::election::Reason;
use crate::scenario::Scenario;
use crate::simulation::{Event, EventKind, LossReason};
use crate::types::{GroupId, MessageKind, Rank};
use std::collections::BTreeMap;

/// Whether what begins with this event is worth a count rather than a line.
pub(super) fn is_routine(head: &Event) -> bool {
    match (head.what, head.reason) {
        (EventKind::TimedOut { .. }, Some(Reason::KeepsAlive)) => true,
        (EventKind::Received, Some(Reason::StillFollows { .. } | Reason::Ignores { .. }))
        | (EventKind::Lost(_) | EventKind::Held | EventKind::Duplicated { .. }, _) => {
            head.message_kind() == Some(MessageKind::Heartbeat)
        }
        _ => false,
    }
}

/// What a stretch of heartbeats came to, in each group: a process can lead several.
#[derive(Debug, Default)]
pub(super) struct HeartbeatStretch(BTreeMap<Option<GroupId>, HeartbeatCount>);

#[derive(Debug, Default)]
struct HeartbeatCount {
    /// How often each sent its heartbeat to all others.
    beats: BTreeMap<Rank, u32>,
    lost: u32,
    /// By the leader whose they are.
    ignored: BTreeMap<Rank, u32>,
    /// At each frozen process.
    waiting: BTreeMap<Rank, u32>,
}

impl HeartbeatStretch {
    /// Takes up the events of one line, the first of them its head.
    pub fn count(&mut self, events: &[Event]) {
        let Some((head, rest)) = events.split_first() else { return };
        let count = self.0.entry(head.group).or_default();
        match (head.what, head.rank) {
            (EventKind::TimedOut { .. }, Some(me)) => *count.beats.entry(me).or_default() += 1,
            (EventKind::Received, _) => {
                if let Some(Reason::Ignores { from }) = head.reason {
                    *count.ignored.entry(from).or_default() += 1;
                }
            }
            (EventKind::Lost(_), _) => count.lost += 1,
            (EventKind::Held, Some(me)) => *count.waiting.entry(me).or_default() += 1,
            _ => {}
        }
        // What a cut stops is told with the sending. Other losses between have lines of their own.
        let stopped =
            rest.iter().filter(|event| event.what == EventKind::Lost(LossReason::Cut)).count();
        count.lost += stopped as u32;
    }

    /// Nothing where heartbeats only arrived: each of them was sent in a stretch before.
    /// The group that is known to be spoken of is not named.
    pub fn describe(&self, scenario: &Scenario, known: Option<GroupId>) -> Option<String> {
        let groups = self.0.iter().filter_map(|(group, count)| {
            let told = count.told()?;
            Some(format!("{}{told}", in_group(scenario, group.filter(|_| *group != known))))
        });
        let groups: Vec<String> = groups.collect();
        (!groups.is_empty()).then(|| groups.join(" "))
    }
}

impl HeartbeatCount {
    fn told(&self) -> Option<String> {
        let beats = self.beats.iter().map(|(me, beats)| match beats {
            1 => format!("{me} sends its heartbeat."),
            2 => format!("{me} sends its heartbeat twice."),
            beats => format!("{me} sends its heartbeat {beats} times."),
        });
        let lost = (self.lost > 0).then(|| {
            let are = if self.lost == 1 { "is" } else { "are" };
            format!("{} {are} lost.", heartbeats(self.lost))
        });
        let ignored = self.ignored.iter().map(|(from, &ignored)| {
            let are = if ignored == 1 { "is" } else { "are" };
            format!("{} from {from} {are} ignored.", heartbeats(ignored))
        });
        let waiting = self.waiting.iter().map(|(me, &waiting)| {
            let wait = if waiting == 1 { "waits" } else { "wait" };
            format!("{} {wait} at {me}, which is frozen.", heartbeats(waiting))
        });
        let sentences: Vec<String> = beats.chain(lost).chain(ignored).chain(waiting).collect();
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }
}

/// Messages, not rounds of them.
fn heartbeats(count: u32) -> String {
    if count == 1 { "1 Heartbeat".to_owned() } else { format!("{count} Heartbeats") }
}
