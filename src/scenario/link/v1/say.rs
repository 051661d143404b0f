//! A scenario as the statements of version 1. What is by default is left out.

use super::number::{MaybeSpan, Ranks, Span};
use super::statement::{Compare, Kind, Links, Message, Statement, Timer, View, Wait};
use crate::choice::{MessageId, TimerId};
use crate::election::{Algorithm, Succession};
use crate::member::Detector;
use crate::scenario::compact::by_value;
use crate::scenario::{
    self, Condition, Expectation, Fault, FaultTime, FigureOptions, MessageOverride, Override,
    Scenario, ScenarioParts, TimelineEntry,
};
use crate::types::{GroupId, MessageKind, Rank, TimerKind};

pub(super) fn statements(scenario: &Scenario) -> Vec<Statement> {
    let parts: &ScenarioParts = scenario;
    let mut said = Vec::new();
    said.extend(parts.title.clone().map(Statement::Title));
    said.extend(parts.about.clone().map(Statement::About));
    said.extend(rules(parts));
    said.extend(network(parts));
    said.extend(groups(scenario));
    said.extend(parts.capacity.map(Statement::Capacity));
    parts.timeline.iter().for_each(|entry| befall(entry, &mut said));
    for edit in &parts.overrides {
        let group = edit.occurrence().group();
        said.extend((group != GroupId::MAIN).then_some(Statement::In(group.0)));
        said.push(fix(edit));
    }
    for Expectation { group, condition: claim } in &parts.expectations {
        said.extend(group.map(|group| Statement::In(group.0)));
        said.push(expect(claim));
    }
    said.extend(figure(&parts.figure));
    said
}

fn rules(parts: &ScenarioParts) -> Vec<Statement> {
    let usual = ScenarioParts::default();
    let mut said = Vec::new();
    match &parts.algorithm {
        Algorithm::Bully => {}
        Algorithm::BullyTextbook => said.push(Statement::Textbook),
        Algorithm::NextInLine(Succession::Highest(count)) => {
            said.push(Statement::NextInLine(*count));
        }
        Algorithm::NextInLine(Succession::List(list)) => {
            said.push(Statement::NextInLineList(Ranks(list.clone())));
        }
    }
    if parts.ranks != usual.ranks {
        let counted = parts.ranks.iter().zip(1..).all(|(rank, place)| rank.get() == place);
        said.push(match u8::try_from(parts.ranks.len()) {
            Ok(count) if counted => Statement::Processes(count),
            _ => Statement::ProcessList(Ranks(parts.ranks.clone())),
        });
    }
    if let Detector::Heartbeat { every, timeout } = parts.detector {
        said.push(Statement::Heartbeat { every: every.into(), timeout: timeout.into() });
    }
    if parts.timeouts.alive != usual.timeouts.alive {
        said.push(Statement::WaitAlive(parts.timeouts.alive.into()));
    }
    if parts.timeouts.elected != usual.timeouts.elected {
        said.push(Statement::WaitElected(parts.timeouts.elected.into()));
    }
    if parts.seed != usual.seed {
        said.push(Statement::Seed(parts.seed));
    }
    said.extend(parts.until.map(|until| Statement::Until(until.into())));
    said
}

fn network(parts: &ScenarioParts) -> Vec<Statement> {
    let (network, usual) = (&parts.network, ScenarioParts::default().network);
    let mut said = Vec::new();
    if network.latency != usual.latency {
        let latency = network.latency;
        said.push(Statement::Latency(latency.lo().into(), latency.hi().into()));
    }
    if network.loss != usual.loss {
        said.push(Statement::Loss(network.loss.as_ppm()));
    }
    if network.duplicate != usual.duplicate {
        said.push(Statement::Duplicate(network.duplicate.as_ppm()));
    }
    if network.fifo != usual.fifo {
        said.push(Statement::Fifo);
    }
    said.extend(by_value(&network.latency_of).into_iter().map(|(of, latency)| {
        Statement::LatencyOf(links(&of), latency.lo().into(), latency.hi().into())
    }));
    let losses = by_value(&network.loss_of).into_iter();
    said.extend(losses.map(|(of, rate)| Statement::LossOf(links(&of), rate.as_ppm())));
    let duplicates = by_value(&network.duplicate_of).into_iter();
    said.extend(duplicates.map(|(of, rate)| Statement::DuplicateOf(links(&of), rate.as_ppm())));
    said
}

fn groups(scenario: &Scenario) -> Vec<Statement> {
    if scenario.is_grouped() {
        let groups = scenario.groups.iter().map(|group| Statement::Group {
            name: group.name.clone(),
            members: Ranks(group.members.clone()),
            leader: group.leader.map_or(0, Rank::get),
            load: group.load,
        });
        return groups.collect();
    }
    let mut said = Vec::new();
    if let Some(only) = scenario.groups.first() {
        match only.leader {
            None => said.push(Statement::Nobody),
            Some(leader) if only.members.last() == Some(&leader) => {}
            Some(leader) => said.push(Statement::Leader(leader.get())),
        }
        said.extend(only.load.map(Statement::Load));
    }
    said
}

fn befall(entry: &TimelineEntry, said: &mut Vec<Statement>) {
    let at = entry.first().into();
    match entry {
        TimelineEntry::Fault { when, fault: what } => {
            if let FaultTime::Every { every, until, .. } = *when {
                said.push(Statement::Repeat { every: every.into(), until: until.into() });
            }
            if let Fault::Suspect { group: Some(group), .. } = what {
                said.push(Statement::In(group.0));
            }
            said.push(fault(at, what));
        }
        TimelineEntry::Flap { process, down, up, until, .. } => said.push(Statement::Flap {
            at,
            process: process.get(),
            down: (*down).into(),
            up: (*up).into(),
            until: (*until).into(),
        }),
    }
}

fn fault(at: Span, fault: &Fault) -> Statement {
    let ranks = |ranks: &[Rank]| Ranks(ranks.to_vec());
    match fault {
        Fault::Crash(processes) => Statement::Crash(at, ranks(processes)),
        Fault::Recover(processes) => Statement::Recover(at, ranks(processes)),
        Fault::Suspect { processes, .. } => Statement::Suspect(at, ranks(processes)),
        Fault::Pause { processes, span } => Statement::Pause(at, ranks(processes), (*span).into()),
        Fault::Resume(processes) => Statement::Resume(at, ranks(processes)),
        Fault::Partition(sides) => {
            Statement::Partition(at, sides.iter().map(|side| ranks(side)).collect())
        }
        Fault::Cut(of) => Statement::Cut(at, links(of)),
        Fault::Heal(None) => Statement::Heal(at),
        Fault::Heal(Some(of)) => Statement::HealLinks(at, links(of)),
        Fault::Latency { links: of, latency } => {
            let (lo, hi) = (latency.lo().into(), latency.hi().into());
            match of {
                None => Statement::Slow(at, lo, hi),
                Some(of) => Statement::SlowLinks(at, links(of), lo, hi),
            }
        }
        Fault::Loss { links: None, rate } => Statement::Lose(at, rate.as_ppm()),
        Fault::Loss { links: Some(of), rate } => {
            Statement::LoseOnLinks(at, links(of), rate.as_ppm())
        }
    }
}

fn links(links: &scenario::Links) -> Links {
    Links { from: Ranks(links.from.clone()), to: Ranks(links.to.clone()), both: links.both }
}

fn fix(edit: &Override) -> Statement {
    match edit {
        Override::Timer { name, fires } => Statement::Fires(timer(name), (*fires).into()),
        Override::Message { name, fate } => match *fate {
            MessageOverride::Lost => Statement::Lost(message(name)),
            MessageOverride::Arrives(at) => Statement::Arrives(message(name), at.into()),
            MessageOverride::Delayed(span) => Statement::Delayed(message(name), span.into()),
            MessageOverride::Duplicated => Statement::Duplicated(message(name)),
        },
    }
}

fn message(name: &MessageId) -> Message {
    Message {
        kind: kind(Some(name.kind)),
        from: name.from.get(),
        to: name.to.get(),
        nth: u64::from(name.nth) * 2 + u64::from(name.copy),
    }
}

fn timer(name: &TimerId) -> Timer {
    let timer = match name.timer {
        TimerKind::Alive => Wait::Alive,
        TimerKind::Elected => Wait::Elected,
        TimerKind::Heartbeat => Wait::Heartbeat,
        TimerKind::Beat => Wait::Beat,
    };
    Timer { timer, of: name.of.get(), nth: name.nth }
}

fn expect(claim: &Condition) -> Statement {
    match *claim {
        Condition::Leader { leader: None, by } => Statement::NobodyLeads(by.into()),
        Condition::Leader { leader: Some(leader), by } => Statement::Leads(leader.get(), by.into()),
        Condition::SplitBrain { wanted: false, after } => Statement::NoSplitBrain(after.into()),
        Condition::SplitBrain { wanted: true, after } => Statement::SplitBrain(after.into()),
        Condition::Messages { kind: of, compare: how, count, after } => {
            Statement::Messages(kind(of), compare(how), count, after.into())
        }
        Condition::Elections { compare: how, count } => Statement::Elections(compare(how), count),
        Condition::LeaderlessAtMost(span) => Statement::LeaderlessAtMost(span.into()),
        Condition::SplitBrainAtMost(span) => Statement::SplitBrainAtMost(span.into()),
        Condition::Agreement { by } => Statement::Agreement(by.into()),
    }
}

fn kind(kind: Option<MessageKind>) -> Kind {
    match kind {
        None => Kind::All,
        Some(MessageKind::Election) => Kind::Election,
        Some(MessageKind::Alive) => Kind::Alive,
        Some(MessageKind::Proceed) => Kind::Proceed,
        Some(MessageKind::Elected) => Kind::Elected,
        Some(MessageKind::Heartbeat) => Kind::Heartbeat,
    }
}

fn compare(compare: scenario::Comparison) -> Compare {
    match compare {
        scenario::Comparison::Exactly => Compare::Exactly,
        scenario::Comparison::AtMost => Compare::AtMost,
        scenario::Comparison::AtLeast => Compare::AtLeast,
    }
}

fn figure(figure: &FigureOptions) -> Option<Statement> {
    let view = figure.view.map(|view| match view {
        scenario::FigureView::Stage => View::Stage,
        scenario::FigureView::Spacetime => View::Spacetime,
        scenario::FigureView::Both => View::Both,
    });
    (*figure != FigureOptions::default()).then(|| Statement::Figure {
        start: MaybeSpan::from(figure.start),
        end: MaybeSpan::from(figure.end),
        speed: MaybeSpan::from(figure.speed),
        view,
        height: figure.height,
    })
}
