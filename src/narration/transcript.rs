//! The text walk-through of a whole run: one line a happening, heartbeats counted.

use super::names::named;
use super::routine::Stretch;
use super::{Line, in_group, tell};
use crate::run::Run;
use crate::scenario::Scenario;
use crate::simulation::{Event, Process};
use crate::vocabulary::{GroupId, Rank};
use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write;

/// Stamped in milliseconds with three decimals. Stretches in which only heartbeats came and went
/// are one line without a stamp, and what happens many times in one instant is one line too.
pub fn transcript(run: &Run) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write_transcript(run, &mut text);
    text
}

/// Likewise, line by line as they come; fails where the writer does.
pub fn write_transcript(run: &Run, out: &mut dyn Write) -> fmt::Result {
    let scenario = run.scenario();
    for line in [&scenario.title, &scenario.about].into_iter().flatten() {
        writeln!(out, "# {line}")?;
    }
    let algorithm = scenario.algorithm.title();
    writeln!(out, "# {algorithm}, processes {}", named(&scenario.ranks))?;
    let mut pending = Pending { scenario, line: None, stretch: Stretch::default() };
    for events in run.instants() {
        for line in tell(&events, run.head()) {
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
    writeln!(out, "{:>14}  {}", run.end().stamp().to_string(), ending(run))
}

/// What is not written yet: a line that may come again, or a stretch that may go on.
struct Pending<'a> {
    scenario: &'a Scenario,
    line: Option<(Line, u32)>,
    stretch: Stretch,
}

impl Pending<'_> {
    fn take(&mut self, line: Line, out: &mut dyn Write) -> fmt::Result {
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
        let Some((Line { at, text: told, .. }, times)) = self.line.take() else { return Ok(()) };
        let at = at.stamp().to_string();
        match times {
            1 => writeln!(out, "{at:>14}  {told}"),
            times => writeln!(out, "{at:>14}  {told} ({times} times)"),
        }
    }

    fn skip(&mut self, out: &mut dyn Write) -> fmt::Result {
        match std::mem::take(&mut self.stretch).told(self.scenario) {
            Some(told) => writeln!(out, "{:>14}  {told}", "…"),
            None => Ok(()),
        }
    }
}

/// Of the events of one instant, which are numbered one after the other.
fn events_of<'a>(events: &'a [Event], line: &Line) -> &'a [Event] {
    let first = events.first().map_or(0, |event| event.id);
    let place = |id: u32| (id - first) as usize;
    events.get(place(line.first)..=place(line.last)).unwrap_or_default()
}

/// Who leads at the end, and who follows another.
fn ending(run: &Run) -> String {
    let mut said =
        if run.stopped_early() { "The run stops here: too much happened." } else { "The end." }
            .to_owned();
    for id in run.scenario().group_ids() {
        let leaders = run.tally().leaders(id);
        said.push(' ');
        said.push_str(&in_group(run.scenario(), Some(id)));
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
