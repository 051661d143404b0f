//! The text walk-through of a whole run: one line a happening, heartbeats counted.

use super::folding::HeartbeatStretch;
use super::names::named;
use super::{StoryLine, concerns, describe_group, in_group};
use crate::run::Run;
use crate::scenario::Scenario;
use crate::simulation::{Event, Process, StopReason};
use crate::types::{GroupId, Rank};
use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write;

/// Stamped in milliseconds with three decimals. Stretches in which only heartbeats came and went
/// are one line without a stamp, and what happens many times in one instant is one line too.
pub fn transcript(run: &Run) -> String {
    transcript_of(run, None)
}

/// Of one group alone, and what concerns it; or of all of them.
pub fn transcript_of(run: &Run, group: Option<GroupId>) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write(run, group, &mut text);
    text
}

/// Likewise, line by line as they come; fails where the writer does.
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
        None => writeln!(out, "# {algorithm}, processes {}", named(&scenario.ranks))?,
        Some(group) => {
            let (name, members) = (&group.name, named(&group.members));
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

/// What is not written yet: a line that may come again, or a stretch that may go on.
struct Pending<'a> {
    scenario: &'a Scenario,
    /// The only one that is told of.
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
        let Some((StoryLine { at, text: told, .. }, times)) = self.line.take() else {
            return Ok(());
        };
        let at = at.stamp().to_string();
        match times {
            1 => writeln!(out, "{at:>14}  {told}"),
            times => writeln!(out, "{at:>14}  {told} ({times} times)"),
        }
    }

    fn skip(&mut self, out: &mut dyn Write) -> fmt::Result {
        match std::mem::take(&mut self.stretch).describe(self.scenario, self.group) {
            Some(told) => writeln!(out, "{:>14}  {told}", "…"),
            None => Ok(()),
        }
    }
}

/// Of the events of one instant, whose numbers ascend.
fn events_of<'a>(events: &'a [Event], line: &StoryLine) -> &'a [Event] {
    let from = events.partition_point(|event| event.id < line.first);
    let to = events.partition_point(|event| event.id <= line.last);
    events.get(from..to).unwrap_or_default()
}

/// Who leads at the end, and who follows another.
fn ending(run: &Run, group: Option<GroupId>) -> String {
    let mut said = match run.stop_reason() {
        None => "The end.",
        Some(StopReason::Events) => "The run stops here, at its limit of events.",
        Some(StopReason::InFlight) => "The run stops here, at its limit of messages in flight.",
    }
    .to_owned();
    let told = |id: &GroupId| group.is_none_or(|group| group == *id);
    for id in run.scenario().group_ids().filter(told) {
        let leaders = run.tally().leaders(id);
        said.push(' ');
        said.push_str(&in_group(run.scenario(), Some(id).filter(|_| group.is_none())));
        let _ = match &*leaders {
            [] => write!(said, "Nobody leads"),
            [only] => write!(said, "{only} leads"),
            several => write!(said, "{} lead", named(several)),
        };
        let _ = write!(said, "{}.", dissent(run, id, &leaders));
    }
    said
}

/// `; 1 follows 2`, unless everybody that runs follows the only leader.
fn dissent(run: &Run, group: GroupId, leaders: &[Rank]) -> impl fmt::Display {
    let world = run.head();
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
                Some(leader) => write!(f, "; {} follow{s} {leader}", named(ranks))?,
                None => write!(f, "; {} know{s} no leader", named(ranks))?,
            }
        }
        Ok(())
    })
}
