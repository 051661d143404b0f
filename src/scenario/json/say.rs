//! A scenario in the shape of its JSON. Every setting of the run is said, so that the text explains
//! itself; what is not there (a title, groups, an edit) is left out.

use super::LARGEST_EXACT;
use super::shape::{
    Algorithm, Alternates, Claim, Compare, Count, Detector, Edit, Entry, Expectation, Fate, Fault,
    Figure, Group, Latency, LinkSetting, Links, Message, MessageKind, Scenario, Timer, View, When,
};
use crate::choice::{MessageId, TimerId};
use crate::election::Succession;
use crate::scenario::compact::by_value;
use crate::scenario::{self, MessageOverride, Rate, ScenarioParts};
use crate::types::{self, GroupId, Rank, TimerKind};
use crate::{election, member};

pub(super) fn scenario(of: &scenario::Scenario) -> Scenario {
    let parts: &ScenarioParts = of;
    let grouped = of.is_grouped();
    let only = of.groups.first().filter(|_| !grouped);
    let name = |id: GroupId| of.group(id).name.clone();
    let network = &parts.network;
    let edit = |edit: &scenario::Override| Edit {
        fate: fate(edit),
        group: grouped.then(|| name(edit.occurrence().group())),
    };
    let expectation = |expectation: &scenario::Expectation| Expectation {
        claim: claim(&expectation.condition),
        group: expectation.group.map(name),
    };
    Scenario {
        title: parts.title.clone(),
        about: parts.about.clone(),
        algorithm: Some(algorithm(&parts.algorithm)),
        processes: Some(ranks(&parts.ranks)),
        leader: only.map(|only| only.leader.map(Rank::get)),
        load_per_second: only.and_then(|only| only.load),
        groups: grouped.then(|| parts.groups.iter().map(group).collect()),
        capacity_per_second: parts.capacity,
        detector: Some(match parts.detector {
            member::Detector::Scripted => Detector::Scripted,
            member::Detector::Heartbeat { every, timeout } => {
                Detector::Heartbeat { every_us: every.as_us(), timeout_us: timeout.as_us() }
            }
        }),
        wait_alive_us: Some(parts.timeouts.alive.as_us()),
        wait_elected_us: Some(parts.timeouts.elected.as_us()),
        latency: Some(latency(network.latency)),
        loss_ppm: Some(network.loss.as_ppm()),
        duplicate_ppm: Some(network.duplicate.as_ppm()),
        fifo: Some(network.fifo),
        links: some(settings(network)),
        seed: Some(parts.seed.to_string()),
        until_us: parts.until.map(|until| until.as_us()),
        timeline: some(parts.timeline.iter().map(|of| entry(of, name)).collect()),
        edits: some(parts.overrides.iter().map(edit).collect()),
        expectations: some(parts.expectations.iter().map(expectation).collect()),
        figure: (parts.figure != scenario::FigureOptions::default()).then(|| figure(&parts.figure)),
    }
}

/// An empty list is left out.
fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}

fn ranks(ranks: &[Rank]) -> Vec<u16> {
    ranks.iter().map(|rank| rank.get()).collect()
}

fn algorithm(algorithm: &election::Algorithm) -> Algorithm {
    let next_in_line = |alternates| Algorithm::NextInLine { alternates: Some(alternates) };
    match algorithm {
        election::Algorithm::Bully => Algorithm::Bully,
        election::Algorithm::BullyTextbook => Algorithm::BullyTextbook,
        election::Algorithm::NextInLine(Succession::Highest(count)) => {
            next_in_line(Alternates::Highest(*count))
        }
        election::Algorithm::NextInLine(Succession::List(list)) => {
            next_in_line(Alternates::List(ranks(list)))
        }
    }
}

fn latency(latency: scenario::Latency) -> Latency {
    Latency { lo_us: latency.lo().as_us(), hi_us: latency.hi().as_us() }
}

fn settings(network: &scenario::NetworkSettings) -> Vec<LinkSetting> {
    let setting = |of: &scenario::Links| LinkSetting {
        links: links(of),
        latency: None,
        loss_ppm: None,
        duplicate_ppm: None,
    };
    let mut said = Vec::new();
    for (of, value) in by_value(&network.latency_of) {
        said.push(LinkSetting { latency: Some(latency(value)), ..setting(&of) });
    }
    for (of, rate) in by_value(&network.loss_of) {
        said.push(LinkSetting { loss_ppm: Some(rate.as_ppm()), ..setting(&of) });
    }
    for (of, rate) in by_value(&network.duplicate_of) {
        said.push(LinkSetting { duplicate_ppm: Some(rate.as_ppm()), ..setting(&of) });
    }
    said
}

fn links(links: &scenario::Links) -> Links {
    Links { from: ranks(&links.from), to: ranks(&links.to), both: links.both.then_some(true) }
}

fn group(group: &scenario::Group) -> Group {
    Group {
        name: group.name.clone(),
        members: ranks(&group.members),
        leader: Some(group.leader.map(Rank::get)),
        load_per_second: group.load,
    }
}

fn entry(entry: &scenario::TimelineEntry, name: impl Fn(GroupId) -> String) -> Entry {
    match entry {
        scenario::TimelineEntry::Fault { when, fault: of } => {
            let when = match *when {
                scenario::FaultTime::At(at) => When::At { at_us: at.as_us() },
                scenario::FaultTime::Every { every, from, until } => When::Every {
                    every_us: every.as_us(),
                    from_us: from.as_us(),
                    until_us: until.map(|until| until.as_us()),
                },
            };
            Entry { when, fault: fault(of, name) }
        }
        scenario::TimelineEntry::Flap { at, process, down, up, until } => Entry {
            when: When::At { at_us: at.as_us() },
            fault: Fault::Flap {
                process: process.get(),
                down_us: down.as_us(),
                up_us: up.as_us(),
                until_us: until.map(|until| until.as_us()),
            },
        },
    }
}

fn fault(fault: &scenario::Fault, name: impl Fn(GroupId) -> String) -> Fault {
    match fault {
        scenario::Fault::Crash(processes) => Fault::Crash { processes: ranks(processes) },
        scenario::Fault::Recover(processes) => Fault::Recover { processes: ranks(processes) },
        scenario::Fault::Suspect { processes, group } => {
            Fault::Suspect { processes: ranks(processes), group: group.map(name) }
        }
        scenario::Fault::Pause { processes, span } => {
            Fault::Pause { processes: ranks(processes), for_us: span.as_us() }
        }
        scenario::Fault::Resume(processes) => Fault::Resume { processes: ranks(processes) },
        scenario::Fault::Partition(sides) => {
            Fault::Partition { sides: sides.iter().map(|side| ranks(side)).collect() }
        }
        scenario::Fault::Cut(of) => Fault::Cut { links: links(of) },
        scenario::Fault::Heal(of) => Fault::Heal { links: of.as_ref().map(links) },
        scenario::Fault::Latency { links: of, latency: value } => {
            Fault::Latency { links: of.as_ref().map(links), latency: latency(*value) }
        }
        scenario::Fault::Loss { links: of, rate } => {
            Fault::Loss { links: of.as_ref().map(links), loss_ppm: Rate::as_ppm(*rate) }
        }
    }
}

fn fate(edit: &scenario::Override) -> Fate {
    match edit {
        scenario::Override::Message { name, fate } => {
            let message = message(name);
            match *fate {
                MessageOverride::Lost => Fate::Lost { message },
                MessageOverride::Arrives(at) => Fate::Arrives { message, at_us: at.as_us() },
                MessageOverride::Delayed(span) => Fate::Delayed { message, by_us: span.as_us() },
                MessageOverride::Duplicated => Fate::Duplicated { message },
            }
        }
        scenario::Override::Timer { name: TimerId { timer, of, nth, .. }, fires } => Fate::Fires {
            timer: match timer {
                TimerKind::Alive => Timer::Alive,
                TimerKind::Elected => Timer::Elected,
                TimerKind::Heartbeat => Timer::Heartbeat,
                TimerKind::Beat => Timer::Beat,
            },
            process: of.get(),
            nth: *nth,
            at_us: fires.as_us(),
        },
    }
}

fn message(name: &MessageId) -> Message {
    Message {
        message: kind(name.kind),
        from: name.from.get(),
        to: name.to.get(),
        nth: name.nth,
        copy: name.copy.then_some(true),
    }
}

fn kind(kind: types::MessageKind) -> MessageKind {
    match kind {
        types::MessageKind::Election => MessageKind::Election,
        types::MessageKind::Alive => MessageKind::Alive,
        types::MessageKind::Proceed => MessageKind::Proceed,
        types::MessageKind::Elected => MessageKind::Elected,
        types::MessageKind::Heartbeat => MessageKind::Heartbeat,
    }
}

fn claim(claim: &scenario::Condition) -> Claim {
    match *claim {
        scenario::Condition::Leader { leader, by } => {
            Claim::Leader { leader: leader.map(Rank::get), by_us: by.map(|by| by.as_us()) }
        }
        scenario::Condition::Agreement { by } => {
            Claim::Agreement { by_us: by.map(|by| by.as_us()) }
        }
        scenario::Condition::SplitBrain { wanted, after } => {
            Claim::SplitBrain { wanted, after_us: after.map(|after| after.as_us()) }
        }
        scenario::Condition::Messages { kind: of, compare: how, count, after } => Claim::Messages {
            message: of.map(kind),
            compare: compare(how),
            count: number(count),
            after_us: after.map(|after| after.as_us()),
        },
        scenario::Condition::Elections { compare: how, count } => {
            Claim::Elections { compare: compare(how), count: number(count) }
        }
        scenario::Condition::LeaderlessAtMost(span) => {
            Claim::LeaderlessTime { at_most_us: span.as_us() }
        }
        scenario::Condition::SplitBrainAtMost(span) => {
            Claim::SplitBrainTime { at_most_us: span.as_us() }
        }
    }
}

fn number(count: u64) -> Count {
    match count {
        0..=LARGEST_EXACT => Count::Number(count),
        larger => Count::Text(larger.to_string()),
    }
}

fn compare(compare: scenario::Comparison) -> Compare {
    match compare {
        scenario::Comparison::Exactly => Compare::Exactly,
        scenario::Comparison::AtMost => Compare::AtMost,
        scenario::Comparison::AtLeast => Compare::AtLeast,
    }
}

fn figure(figure: &scenario::FigureOptions) -> Figure {
    Figure {
        start_us: figure.start.map(|start| start.as_us()),
        end_us: figure.end.map(|end| end.as_us()),
        speed_us: figure.speed.map(|speed| speed.as_us()),
        view: figure.view.map(|view| match view {
            scenario::FigureView::Stage => View::Stage,
            scenario::FigureView::Spacetime => View::Spacetime,
            scenario::FigureView::Both => View::Both,
        }),
        height: figure.height,
    }
}
