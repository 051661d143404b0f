//! The transcript of a run, with heartbeats that change nothing folded into one line.

use super::paragraph::Paragraph;
use super::{StoryLine, concerns, describe_group, in_group, named};
use crate::election::{QuorumReason, Reason};
use crate::run::Run;
use crate::scenario::Scenario;
use crate::simulation::{Event, EventKind, LossReason, Process, StopReason};
use crate::types::{GroupId, MessageKind, Rank};
use std::collections::BTreeMap;
use std::fmt::{self, Write};

/// The transcript of all groups. Times are in milliseconds with three decimals. A span with heartbeats only
/// is one line without a time, and equal lines of one instant are one line.
pub fn transcript(run: &Run) -> String {
    transcript_of(run, None)
}

/// The transcript of one group and what concerns it, or of all groups.
pub fn transcript_of(run: &Run, group: Option<GroupId>) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write(run, group, &mut text);
    text
}

/// Writes the transcript of all groups line by line.
///
/// # Errors
///
/// If the writer fails.
pub fn write_transcript(run: &Run, out: &mut dyn Write) -> fmt::Result {
    write(run, None, out)
}

fn write(run: &Run, group: Option<GroupId>, out: &mut dyn Write) -> fmt::Result {
    let scenario = run.scenario();
    for line in [&scenario.title, &scenario.about].into_iter().flatten() {
        writeln!(out, "# {line}")?;
    }
    let algorithm = scenario.algorithm.title();
    match group.map(|group| scenario.group(group)) {
        None => writeln!(out, "# {algorithm}, processes {}", named(scenario, &scenario.ranks))?,
        Some(group) => {
            let (name, members) = (&group.name, named(scenario, &group.members));
            writeln!(out, "# {algorithm}, group {name}, processes {members}")?;
        }
    }
    let mut pending = Pending { scenario, group, line: None, stretch: HeartbeatStretch::default() };
    for mut events in run.instants() {
        events.retain(|event| group.is_none_or(|group| concerns(event, run.head(), group)));
        for line in describe_group(&events, run.head(), group) {
            if line.routine {
                pending.put(out)?;
                pending.stretch.count(events_of(&events, &line));
            } else {
                pending.take(line, out)?;
            }
        }
    }
    pending.put(out)?;
    pending.skip(out)?;
    writeln!(out, "{:>14}  {}", run.end().stamp().to_string(), ending(run, group))
}

/// Output that is not written yet: a line that may repeat, or a span of heartbeats that may continue.
struct Pending<'a> {
    scenario: &'a Scenario,
    /// The only group of the transcript; `None` for all.
    group: Option<GroupId>,
    line: Option<(StoryLine, u32)>,
    stretch: HeartbeatStretch,
}

impl Pending<'_> {
    fn take(&mut self, line: StoryLine, out: &mut dyn Write) -> fmt::Result {
        match &mut self.line {
            Some((last, times)) if last.at == line.at && last.text == line.text => *times += 1,
            _ => {
                self.put(out)?;
                self.skip(out)?;
                self.line = Some((line, 1));
            }
        }
        Ok(())
    }

    fn put(&mut self, out: &mut dyn Write) -> fmt::Result {
        let Some((StoryLine { at, text: summary, .. }, times)) = self.line.take() else {
            return Ok(());
        };
        let at = at.stamp().to_string();
        match times {
            1 => writeln!(out, "{at:>14}  {summary}"),
            times => writeln!(out, "{at:>14}  {summary} ({times} times)"),
        }
    }

    fn skip(&mut self, out: &mut dyn Write) -> fmt::Result {
        match std::mem::take(&mut self.stretch).describe(self.scenario, self.group) {
            Some(text) => writeln!(out, "{:>14}  {text}", "…"),
            None => Ok(()),
        }
    }
}

/// The events of a line among those of one instant, whose ids ascend.
fn events_of<'a>(events: &'a [Event], line: &StoryLine) -> &'a [Event] {
    let from = events.partition_point(|event| event.id < line.first);
    let to = events.partition_point(|event| event.id <= line.last);
    events.get(from..to).unwrap_or_default()
}

/// The leaders at the end, and the processes that do not follow the only leader.
fn ending(run: &Run, group: Option<GroupId>) -> String {
    let mut text = match run.stop_reason() {
        None => "The end.",
        Some(StopReason::Events) => "The run stops here, at its limit of events.",
        Some(StopReason::InFlight) => "The run stops here, at its limit of messages in flight.",
    }
    .to_owned();
    let summary = |id: &GroupId| group.is_none_or(|group| group == *id);
    for id in run.scenario().group_ids().filter(summary) {
        let leaders = run.tally().leaders(id);
        text.push(' ');
        text.push_str(&in_group(run.scenario(), Some(id).filter(|_| group.is_none())));
        let _ = match &*leaders {
            [] => write!(text, "Nobody leads"),
            [only] => write!(text, "{} leads", run.scenario().called(*only)),
            several => write!(text, "{} lead", named(run.scenario(), several)),
        };
        let _ = write!(text, "{}.", other_beliefs(run, id, &leaders));
    }
    text
}

/// `; 1 follows 2`, unless all running processes follow the only leader.
fn other_beliefs(run: &Run, group: GroupId, leaders: &[Rank]) -> impl fmt::Display {
    let (world, scenario) = (run.head(), run.scenario());
    let mut followers: BTreeMap<Option<Rank>, Vec<Rank>> = BTreeMap::new();
    for &rank in &run.scenario().group(group).members {
        let runs = world.process(rank).is_some_and(Process::is_running);
        let believed = world.member(group, rank).and_then(|member| member.leader());
        if runs && believed != Some(rank) {
            followers.entry(believed).or_default().push(rank);
        }
    }
    if let [only] = leaders {
        followers.remove(&Some(*only));
    }
    fmt::from_fn(move |f| {
        for (leader, ranks) in &followers {
            let s = if ranks.len() == 1 { "s" } else { "" };
            match leader {
                Some(leader) => {
                    let leader = scenario.called(*leader);
                    write!(f, "; {} follow{s} {leader}", named(scenario, ranks))?;
                }
                None => write!(f, "; {} know{s} no leader", named(scenario, ranks))?,
            }
        }
        Ok(())
    })
}

/// Whether a line that begins with this event is counted rather than listed.
pub(super) fn is_routine(head: &Event) -> bool {
    match (head.what, head.reason) {
        (EventKind::TimedOut { .. }, Some(Reason::KeepsAlive)) => true,
        (EventKind::Received, Some(Reason::StillFollows { .. } | Reason::Ignores { .. }))
        | (EventKind::Lost(_) | EventKind::Held | EventKind::Duplicated { .. }, _) => {
            head.message_kind().is_some_and(MessageKind::is_routine)
        }
        _ => false,
    }
}

/// Whether an acknowledgement arrives that changes nothing.
pub(super) fn is_mere_ack(paragraph: &Paragraph) -> bool {
    matches!(paragraph.head.reason, Some(Reason::Quorum(QuorumReason::IsAcknowledged { .. })))
        && paragraph.became.is_none()
}

/// The heartbeats of a span, by group: a process can lead several groups.
#[derive(Debug, Default)]
pub(super) struct HeartbeatStretch(BTreeMap<Option<GroupId>, HeartbeatCount>);

#[derive(Debug, Default)]
struct HeartbeatCount {
    /// How often each leader sent its heartbeat to all others.
    beats: BTreeMap<Rank, u32>,
    lost: u32,
    lost_acks: u32,
    /// By the leader that sent them.
    ignored: BTreeMap<Rank, u32>,
    /// By the paused process that they reached.
    waiting: BTreeMap<Rank, u32>,
}

impl HeartbeatStretch {
    /// Counts the events of one line; the first of them is its head.
    pub(crate) fn count(&mut self, events: &[Event]) {
        let Some((head, rest)) = events.split_first() else { return };
        let count = self.0.entry(head.group).or_default();
        match (head.what, head.rank) {
            (EventKind::TimedOut { .. }, Some(me)) => *count.beats.entry(me).or_default() += 1,
            (EventKind::Received, _) => {
                if let Some(Reason::Ignores { from }) = head.reason {
                    *count.ignored.entry(from).or_default() += 1;
                }
            }
            (EventKind::Lost(_), _) if head.message_kind() == Some(MessageKind::Ack) => {
                count.lost_acks += 1;
            }
            (EventKind::Lost(_), _) => count.lost += 1,
            (EventKind::Held, Some(me)) => *count.waiting.entry(me).or_default() += 1,
            _ => {}
        }
        // A loss by a cut belongs to the sending's line; other losses have lines of their own.
        let stopped =
            rest.iter().filter(|event| event.what == EventKind::Lost(LossReason::Cut)).count();
        count.lost += stopped as u32;
    }

    /// The counts in sentences; `None` if heartbeats only arrived, since each of them was sent in an earlier
    /// span. The group `known` is not named.
    pub(crate) fn describe(&self, scenario: &Scenario, known: Option<GroupId>) -> Option<String> {
        let groups = self.0.iter().filter_map(|(group, count)| {
            let text = count.describe(scenario)?;
            Some(format!("{}{text}", in_group(scenario, group.filter(|_| *group != known))))
        });
        let groups: Vec<String> = groups.collect();
        (!groups.is_empty()).then(|| groups.join(" "))
    }
}

impl HeartbeatCount {
    fn describe(&self, scenario: &Scenario) -> Option<String> {
        let beats = self.beats.iter().map(|(me, beats)| {
            let me = scenario.called(*me);
            match beats {
                1 => format!("{me} sends its heartbeat."),
                2 => format!("{me} sends its heartbeat twice."),
                beats => format!("{me} sends its heartbeat {beats} times."),
            }
        });
        let lost = (self.lost > 0).then(|| {
            let are = if self.lost == 1 { "is" } else { "are" };
            format!("{} {are} lost.", heartbeats(self.lost))
        });
        let lost_acks = match self.lost_acks {
            0 => None,
            1 => Some("1 Ack is lost.".to_owned()),
            lost => Some(format!("{lost} Acks are lost.")),
        };
        let ignored = self.ignored.iter().map(|(from, &ignored)| {
            let are = if ignored == 1 { "is" } else { "are" };
            format!("{} from {} {are} ignored.", heartbeats(ignored), scenario.called(*from))
        });
        let waiting = self.waiting.iter().map(|(me, &waiting)| {
            let wait = if waiting == 1 { "waits" } else { "wait" };
            format!("{} {wait} at {}, which is frozen.", heartbeats(waiting), scenario.called(*me))
        });
        let sentences: Vec<String> =
            beats.chain(lost).chain(lost_acks).chain(ignored).chain(waiting).collect();
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }
}

/// Counts messages, not rounds of them.
fn heartbeats(count: u32) -> String {
    if count == 1 { "1 Heartbeat".to_owned() } else { format!("{count} Heartbeats") }
}
