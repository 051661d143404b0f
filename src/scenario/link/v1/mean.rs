//! What the statements of version 1 mean. Nothing is what no scenario can be made of; what one must
//! not be is left to the scenario's own checks.

use super::number::Span;
use super::statement::{Compare, Kind, Links, Message, Statement, Timer, View, Wait};
use crate::choice::{MessageId, TimerId};
use crate::election::{Algorithm, Succession};
use crate::member::Detector;
use crate::scenario::{
    self, Condition, Expectation, Fault, FaultTime, FigureOptions, Group, Latency, Link,
    MessageOverride, Override, Rate, ScenarioParts, TimelineEntry, limits,
};
use crate::time::{Duration, Time};
use crate::types::{GroupId, MessageKind, Rank, TimerKind};
use std::collections::BTreeMap;

/// The parts of a scenario. What is not said is as by default, and the defaults are those of the
/// script, which are frozen with this version.
pub(super) fn parts(statements: Vec<Statement>) -> Option<ScenarioParts> {
    let mut meant = Meant {
        parts: ScenarioParts { groups: Vec::new(), ..ScenarioParts::default() },
        leader: Leader::Highest,
        load: None,
        repeat: None,
        group: None,
    };
    for statement in statements {
        meant.setting(statement)?;
    }
    let Meant { mut parts, leader, load, repeat: None, group: None } = meant else { return None };
    if parts.groups.is_empty() {
        let leader = match leader {
            Leader::Highest => parts.ranks.last().copied(),
            Leader::Nobody => None,
            Leader::Rank(rank) => Some(rank),
        };
        parts.groups.push(Group { load, ..Group::main(&parts.ranks, leader) });
    }
    Some(parts)
}

/// What is meant so far.
struct Meant {
    parts: ScenarioParts,
    /// Of the only group, where groups are not named; so is the load.
    leader: Leader,
    load: Option<u32>,
    /// How the next fault repeats.
    repeat: Option<(Duration, Option<Time>)>,
    /// What the next of a group is of.
    group: Option<GroupId>,
}

enum Leader {
    Highest,
    Nobody,
    Rank(Rank),
}

impl Meant {
    /// What has one value; what there may be many of is told apart from here on.
    fn setting(&mut self, statement: Statement) -> Option<()> {
        let parts = &mut self.parts;
        let network = &mut parts.network;
        match statement {
            Statement::Title(title) => parts.title = Some(title),
            Statement::About(about) => parts.about = Some(about),
            Statement::Textbook => parts.algorithm = Algorithm::BullyTextbook,
            Statement::NextInLine(count) => {
                parts.algorithm = Algorithm::NextInLine(Succession::Highest(count));
            }
            Statement::NextInLineList(list) => {
                parts.algorithm = Algorithm::NextInLine(Succession::List(list.0));
            }
            Statement::Processes(count) => {
                parts.ranks = (1..=u16::from(count)).filter_map(Rank::new).collect();
            }
            Statement::ProcessList(list) => parts.ranks = list.0,
            Statement::Leader(leader) => self.leader = Leader::Rank(Rank::new(leader)?),
            Statement::Nobody => self.leader = Leader::Nobody,
            Statement::Load(load) => self.load = Some(load),
            Statement::Capacity(capacity) => parts.capacity = Some(capacity),
            Statement::Heartbeat { every, timeout } => {
                let (every, timeout) = (every.into(), timeout.into());
                parts.detector = Detector::Heartbeat { every, timeout };
            }
            Statement::WaitAlive(wait) => parts.timeouts.alive = wait.into(),
            Statement::WaitElected(wait) => parts.timeouts.elected = wait.into(),
            Statement::Latency(lo, hi) => network.latency = latency(lo, hi)?,
            Statement::Loss(ppm) => network.loss = Rate::ppm(ppm)?,
            Statement::Duplicate(ppm) => network.duplicate = Rate::ppm(ppm)?,
            Statement::Fifo => network.fifo = true,
            Statement::Seed(seed) => parts.seed = seed,
            Statement::Until(until) => parts.until = Some(until.into()),
            Statement::Figure { start, end, speed, view, height } => {
                let (start, end, speed) = (start.get(), end.get(), speed.get());
                parts.figure = FigureOptions {
                    start,
                    end,
                    speed,
                    view: view.map(shown),
                    height,
                    ..FigureOptions::default()
                };
            }
            other => return self.of_some(other),
        }
        Some(())
    }

    /// What is said of some links or processes, and how the next statement is meant.
    fn of_some(&mut self, statement: Statement) -> Option<()> {
        let network = &mut self.parts.network;
        match statement {
            Statement::LatencyOf(of, lo, hi) => {
                say(&mut network.latency_of, of, latency(lo, hi)?)?;
            }
            Statement::LossOf(of, ppm) => say(&mut network.loss_of, of, Rate::ppm(ppm)?)?,
            Statement::DuplicateOf(of, ppm) => say(&mut network.duplicate_of, of, Rate::ppm(ppm)?)?,
            Statement::Group { name, members, leader, load } => {
                let leader = Rank::new(leader);
                self.parts.groups.push(Group { name, members: members.0, leader, load });
            }
            Statement::Repeat { every, until } => self.repeat = Some((every.into(), until.get())),
            Statement::In(group) => self.group = Some(GroupId(group)),
            Statement::Flap { at, process, down, up, until } => {
                let (at, process) = (at.into(), Rank::new(process)?);
                let (down, up, until) = (down.into(), up.into(), until.get());
                self.parts.timeline.push(TimelineEntry::Flap { at, process, down, up, until });
            }
            other => return self.fault(other),
        }
        Some(())
    }

    fn fault(&mut self, statement: Statement) -> Option<()> {
        let (at, fault) = match statement {
            Statement::Crash(at, processes) => (at, Fault::Crash(processes.0)),
            Statement::Recover(at, processes) => (at, Fault::Recover(processes.0)),
            Statement::Suspect(at, processes) => {
                (at, Fault::Suspect { processes: processes.0, group: self.group.take() })
            }
            Statement::Pause(at, processes, span) => {
                (at, Fault::Pause { processes: processes.0, span: span.into() })
            }
            Statement::Resume(at, processes) => (at, Fault::Resume(processes.0)),
            Statement::Partition(at, sides) => {
                (at, Fault::Partition(sides.into_iter().map(|side| side.0).collect()))
            }
            Statement::Cut(at, of) => (at, Fault::Cut(links(of))),
            Statement::Heal(at) => (at, Fault::Heal(None)),
            Statement::HealLinks(at, of) => (at, Fault::Heal(Some(links(of)))),
            Statement::Slow(at, lo, hi) => {
                (at, Fault::Latency { links: None, latency: latency(lo, hi)? })
            }
            Statement::SlowLinks(at, of, lo, hi) => {
                (at, Fault::Latency { links: Some(links(of)), latency: latency(lo, hi)? })
            }
            Statement::Lose(at, ppm) => (at, Fault::Loss { links: None, rate: Rate::ppm(ppm)? }),
            Statement::LoseOnLinks(at, of, ppm) => {
                (at, Fault::Loss { links: Some(links(of)), rate: Rate::ppm(ppm)? })
            }
            other => return self.edit(other),
        };
        let at = at.into();
        let when = match self.repeat.take() {
            None => FaultTime::At(at),
            Some((every, until)) => FaultTime::Every { every, from: at, until },
        };
        self.parts.timeline.push(TimelineEntry::Fault { when, fault });
        Some(())
    }

    fn edit(&mut self, statement: Statement) -> Option<()> {
        let (name, fate) = match statement {
            Statement::Lost(name) => (name, MessageOverride::Lost),
            Statement::Arrives(name, at) => (name, MessageOverride::Arrives(at.into())),
            Statement::Delayed(name, span) => (name, MessageOverride::Delayed(span.into())),
            Statement::Duplicated(name) => (name, MessageOverride::Duplicated),
            Statement::Fires(name, at) => {
                let name = timer(&name, self.group.take().unwrap_or(GroupId::MAIN))?;
                self.parts.overrides.push(Override::Timer { name, fires: at.into() });
                return Some(());
            }
            other => return self.expect(other),
        };
        let name = message(&name, self.group.take().unwrap_or(GroupId::MAIN))?;
        self.parts.overrides.push(Override::Message { name, fate });
        Some(())
    }

    fn expect(&mut self, statement: Statement) -> Option<()> {
        let claim = match statement {
            Statement::Leads(leader, by) => {
                Condition::Leader { leader: Some(Rank::new(leader)?), by: by.get() }
            }
            Statement::NobodyLeads(by) => Condition::Leader { leader: None, by: by.get() },
            Statement::NoSplitBrain(after) => {
                Condition::SplitBrain { wanted: false, after: after.get() }
            }
            Statement::SplitBrain(after) => {
                Condition::SplitBrain { wanted: true, after: after.get() }
            }
            Statement::Messages(of, how, count, after) => Condition::Messages {
                kind: kind(of),
                compare: compare(how),
                count,
                after: after.get(),
            },
            Statement::Elections(how, count) => {
                Condition::Elections { compare: compare(how), count }
            }
            Statement::LeaderlessAtMost(span) => Condition::LeaderlessAtMost(span.into()),
            Statement::SplitBrainAtMost(span) => Condition::SplitBrainAtMost(span.into()),
            Statement::Agreement(by) => Condition::Agreement { by: by.get() },
            // All others are told apart before.
            _ => return None,
        };
        self.parts.expectations.push(Expectation { group: self.group.take(), condition: claim });
        Some(())
    }
}

/// What links say of themselves; each says it once.
fn say<T: Copy>(said: &mut BTreeMap<Link, T>, of: Links, value: T) -> Option<()> {
    const MOST: usize = limits::MOST_PROCESSES * (limits::MOST_PROCESSES - 1);
    for link in links(of).each() {
        let is_new = said.insert(link, value).is_none();
        if !is_new || said.len() > MOST {
            return None;
        }
    }
    Some(())
}

fn links(links: Links) -> scenario::Links {
    scenario::Links { from: links.from.0, to: links.to.0, both: links.both }
}

fn latency(lo: Span, hi: Span) -> Option<Latency> {
    Latency::new(lo.into(), hi.into())
}

fn message(name: &Message, group: GroupId) -> Option<MessageId> {
    Some(MessageId {
        group,
        kind: kind(name.kind)?,
        from: Rank::new(name.from)?,
        to: Rank::new(name.to)?,
        nth: u32::try_from(name.nth / 2).ok()?,
        copy: name.nth % 2 == 1,
    })
}

fn timer(name: &Timer, group: GroupId) -> Option<TimerId> {
    let timer = match name.timer {
        Wait::Alive => TimerKind::Alive,
        Wait::Elected => TimerKind::Elected,
        Wait::Heartbeat => TimerKind::Heartbeat,
        Wait::Beat => TimerKind::Beat,
    };
    Some(TimerId { group, timer, of: Rank::new(name.of)?, nth: name.nth })
}

fn kind(kind: Kind) -> Option<MessageKind> {
    match kind {
        Kind::All => None,
        Kind::Election => Some(MessageKind::Election),
        Kind::Alive => Some(MessageKind::Alive),
        Kind::Proceed => Some(MessageKind::Proceed),
        Kind::Elected => Some(MessageKind::Elected),
        Kind::Heartbeat => Some(MessageKind::Heartbeat),
    }
}

fn compare(compare: Compare) -> scenario::Comparison {
    match compare {
        Compare::Exactly => scenario::Comparison::Exactly,
        Compare::AtMost => scenario::Comparison::AtMost,
        Compare::AtLeast => scenario::Comparison::AtLeast,
    }
}

fn shown(view: View) -> scenario::FigureView {
    match view {
        View::Stage => scenario::FigureView::Stage,
        View::Spacetime => scenario::FigureView::Spacetime,
        View::Both => scenario::FigureView::Both,
    }
}
