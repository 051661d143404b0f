//! What stands on the timeline: a wait that ends, and a fault that befalls.

use super::{
    Fact, HIDDEN, Inspection, InspectionContext, InspectorAction, InspectorCommand, edit, left,
};
use crate::choice::{ChoiceId, TimerId};
use crate::scenario::script;
use crate::scenario::{Fault, FaultTime, ScenarioPart, TimelineEntry};
use crate::session::Command;
use crate::time::Time;
use crate::types::TimerKind;

pub fn timer(name: TimerId, look: InspectionContext) -> Inspection {
    let world = look.run_view.run.at(look.cursor);
    let what = match name.timer {
        TimerKind::Alive => "answers",
        TimerKind::Elected => "an Elected",
        TimerKind::Heartbeat => "a heartbeat of its leader",
        TimerKind::Beat => "its own next heartbeat",
    };
    let mut facts = vec![Fact::new("Waits for", what)];
    let mut actions = Vec::new();
    match world.timers(name.group, name.of).find(|timer| timer.name == name) {
        Some(timer) => {
            facts.push(Fact::new("Set", timer.since.spoken().to_string()));
            facts.push(match look.tells(timer.due) {
                true => {
                    let rest = timer.due.spoken_since(look.cursor).spoken();
                    let value = format!("{}, in {rest}", timer.due.spoken());
                    let left = Some(left(timer.since, timer.due, look.cursor));
                    Fact { left, ..Fact::new("Ends", value) }
                }
                false => Fact::new("Ends", HIDDEN),
            });
            actions.push(InspectorAction::without_key("End later", Command::Delay));
            actions.push(InspectorAction::without_key("End earlier", Command::Hasten));
        }
        None => facts.push(Fact::new("Ends", "does not run at the cursor")),
    }
    if let Some(edit) = edit(ChoiceId::Timer(name), look) {
        facts.push(Fact::new("Fixed by", edit));
        actions.push(InspectorAction::new("Restore its timeout", "Del", Command::Delete));
    }
    let title = format!("Wait of {}", name.of);
    Inspection { title, facts, actions, ..Inspection::default() }
}

pub fn fault(entry: usize, look: InspectionContext) -> Inspection {
    let scenario = look.document.scenario();
    // Its words tell what comes, or when it ends, unless it is over.
    let is_told = match scenario.timeline.get(entry) {
        Some(TimelineEntry::Fault {
            when: FaultTime::At(at),
            fault: Fault::Pause { span, .. },
        }) => look.tells(*at + *span),
        Some(TimelineEntry::Fault { when: FaultTime::At(at), .. }) => look.tells(*at),
        _ => look.tells(Time::NEVER),
    };
    if !is_told {
        let facts = vec![Fact::new("What", HIDDEN)];
        return Inspection { title: "Fault".to_owned(), facts, ..Inspection::default() };
    }
    let mut facts = vec![Fact::new("What", script::format_entry(scenario, entry))];
    let mut actions = vec![InspectorAction::new("Remove", "Del", Command::Delete)];
    if let Some(fault) = scenario.timeline.get(entry) {
        let first = fault.first();
        facts.push(Fact::new("When", when(fault)));
        let asks = InspectorCommand::Seek(first.min(look.run_view.run.end()));
        actions.push(InspectorAction { words: "Go there", key: None, asks });
    }
    if let Some(line) = look.document.script().lines.of(ScenarioPart::Entry(entry)) {
        facts.push(Fact::new("Line", line.to_string()));
    }
    Inspection { title: "Fault".to_owned(), facts, actions, ..Inspection::default() }
}

fn when(entry: &TimelineEntry) -> String {
    let first = entry.first().spoken();
    match entry {
        TimelineEntry::Fault { when: FaultTime::At(_), .. } => format!("at {first}"),
        TimelineEntry::Fault { when: FaultTime::Every { every, .. }, .. } => {
            format!("every {}, first at {first}", every.spoken())
        }
        TimelineEntry::Flap { down, up, .. } => {
            format!("from {first} on, {} down and {} up", down.spoken(), up.spoken())
        }
    }
}
