//! The text walk-through of a whole run: one line a happening, heartbeats counted.

use super::names::named;
use super::routine::Stretch;
use super::{Line, in_group, tell};
use crate::clock::Time;
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
    let scenario = run.scenario();
    let mut text = String::new();
    for line in [&scenario.title, &scenario.about].into_iter().flatten() {
        put(&mut text, format_args!("# {line}"));
    }
    let algorithm = scenario.algorithm.title();
    put(&mut text, format_args!("# {algorithm}, processes {}", named(&scenario.ranks)));
    let events = run.events(Time::ZERO, run.end());
    let mut pending = Pending { scenario, line: None, stretch: Stretch::default() };
    for line in tell(&events, run.head()) {
        if line.routine {
            pending.put(&mut text);
            pending.stretch.count(events_of(&events, &line));
        } else {
            pending.take(line, &mut text);
        }
    }
    pending.put(&mut text);
    pending.skip(&mut text);
    put(&mut text, format_args!("{:>14}  {}", run.end().stamp().to_string(), ending(run)));
    text
}

/// What is not written yet: a line that may come again, or a stretch that may go on.
struct Pending<'a> {
    scenario: &'a Scenario,
    line: Option<(Line, u32)>,
    stretch: Stretch,
}

impl Pending<'_> {
    fn take(&mut self, line: Line, text: &mut String) {
        match &mut self.line {
            Some((last, times)) if last.at == line.at && last.text == line.text => *times += 1,
            _ => {
                self.put(text);
                self.skip(text);
                self.line = Some((line, 1));
            }
        }
    }

    fn put(&mut self, text: &mut String) {
        let Some((Line { at, text: told, .. }, times)) = self.line.take() else { return };
        let at = at.stamp().to_string();
        match times {
            1 => put(text, format_args!("{at:>14}  {told}")),
            times => put(text, format_args!("{at:>14}  {told} ({times} times)")),
        }
    }

    fn skip(&mut self, text: &mut String) {
        if let Some(told) = std::mem::take(&mut self.stretch).told(self.scenario) {
            put(text, format_args!("{:>14}  {told}", "…"));
        }
    }
}

/// Of a whole run, whose events are numbered from 0.
fn events_of<'a>(events: &'a [Event], line: &Line) -> &'a [Event] {
    events.get(line.first as usize..=line.last as usize).unwrap_or_default()
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

fn put(text: &mut String, line: fmt::Arguments) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{line}");
}
