//! The names of changes, shown after "Undo".

use super::{Change, Setting};
use crate::choice::{ChoiceId, MessageId, TimerId};
use crate::scenario::{Fault, MessageOverride, Override, ScenarioParts, TimelineEntry};
use crate::types::{Rank, listed};

impl Change {
    /// The name of the change to these parts, for "Undo …".
    pub fn name(&self, parts: &ScenarioParts) -> String {
        let line = |entry: &usize| parts.timeline.get(*entry).map_or_else(String::new, of_entry);
        match self {
            Self::AddFault { fault, .. } => of_fault(fault),
            Self::Add(entry) => of_entry(entry),
            Self::AddAll(entries) => entries.first().map_or_else(String::new, of_entry),
            Self::Replace { entry, with } => match parts.timeline.get(*entry) {
                Some(before) if cuts(before) && cuts(with) => "turn of the cut".to_owned(),
                _ => format!("change to {}", of_entry(with)),
            },
            Self::Move { entry, .. } => format!("move of the {}", line(entry)),
            Self::EndPause { entry, .. } => format!("new end of the {}", line(entry)),
            Self::EndCut { entry, .. } => format!("new end of the {}", line(entry)),
            Self::Remove { entry } => format!("removal of the {}", line(entry)),
            Self::Message { name, fate } => Override::Message { name: *name, fate: *fate }.name(),
            Self::Timer { name, fires } => Override::Timer { name: *name, fires: *fires }.name(),
            Self::Release(ChoiceId::Message(name)) => {
                format!("release of the {}", message(*name))
            }
            Self::Release(ChoiceId::Timer(name)) => format!("release of {}", timer(*name)),
            Self::AddExpectation(_) => "new expectation".to_owned(),
            Self::RemoveExpectation { .. } => "removal of an expectation".to_owned(),
            Self::Set(setting) => of_setting(setting).to_owned(),
        }
    }
}

impl TimelineEntry {
    /// The name of the line when it is disabled or removed: `crash of 6`.
    pub fn name(&self) -> String {
        of_entry(self)
    }
}

impl Override {
    /// The name of the override when it is disabled or removed: `loss of the Election 3->5 #1`.
    pub fn name(&self) -> String {
        match self {
            Self::Message { name, fate } => of_fate(*name, *fate),
            Self::Timer { name, .. } => format!("new end of {}", timer(*name)),
        }
    }
}

fn of_entry(entry: &TimelineEntry) -> String {
    match entry {
        TimelineEntry::Fault { fault, .. } => of_fault(fault),
        TimelineEntry::Flap { process, .. } => format!("flapping of {process}"),
    }
}

/// Whether the line cuts the network. Replacing one cut by another changes its sides.
fn cuts(entry: &TimelineEntry) -> bool {
    matches!(entry, TimelineEntry::Fault { fault: Fault::Partition(_) | Fault::Cut(_), .. })
}

fn of_fault(fault: &Fault) -> String {
    let of = |action: &str, ranks: &[Rank]| format!("{action} of {}", listed(ranks));
    match fault {
        Fault::Crash(ranks) => of("crash", ranks),
        Fault::Recover(ranks) => of("recovery", ranks),
        Fault::Suspect { processes, .. } => of("suspicion", processes),
        Fault::Pause { processes, .. } => of("pause", processes),
        Fault::Resume(ranks) => of("end of the pause", ranks),
        Fault::Partition(_) | Fault::Cut(_) => "cut".to_owned(),
        Fault::Heal(_) => "healing".to_owned(),
        Fault::Latency { .. } => "change of latency".to_owned(),
        Fault::Loss { .. } => "change of loss".to_owned(),
    }
}

fn of_fate(name: MessageId, fate: MessageOverride) -> String {
    let action = match fate {
        MessageOverride::Lost => "loss",
        MessageOverride::Arrives(_) => "new arrival",
        MessageOverride::Delayed(_) => "delay",
        MessageOverride::Duplicated => "copy",
    };
    format!("{action} of the {}", message(name))
}

/// `Election 3->5 #1`.
fn message(MessageId { kind, from, to, nth, .. }: MessageId) -> String {
    format!("{kind} {from}->{to} #{nth}")
}

fn timer(TimerId { timer, of, nth, .. }: TimerId) -> String {
    format!("timer {timer} {of} #{nth}")
}

const fn of_setting(setting: &Setting) -> &'static str {
    match setting {
        Setting::Title(_) => "new title",
        Setting::About(_) => "new line about it",
        Setting::Algorithm(_) => "change of algorithm",
        Setting::Ranks(_) => "change of processes",
        Setting::Leader(..) => "change of the first leader",
        Setting::Detector(_) => "change of detector",
        Setting::WaitAlive(_) => "change of the wait for Alive",
        Setting::WaitElected(_) => "change of the wait for Elected",
        Setting::Latency(_) | Setting::LatencyOf(..) => "change of latency",
        Setting::Loss(_) | Setting::LossOf(..) => "change of loss",
        Setting::Duplicate(_) => "change of duplication",
        Setting::Fifo(_) => "change of order",
        Setting::Seed(_) => "another seed",
        Setting::Until(_) => "new end of the run",
        Setting::Figure(_) => "change of the figure",
    }
}
