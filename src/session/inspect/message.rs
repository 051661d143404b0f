//! A message: when it was sent and why, when it arrives, or what became of it.

use super::{Fact, HIDDEN, Inspection, InspectionContext, InspectorAction, edit, left};
use crate::choice::{ChoiceId, MessageId};
use crate::election::{Algorithm, Leadership, Message};
use crate::narration;
use crate::session::Command;
use crate::simulation::{Event, EventKind, LossReason};
use crate::time::Time;
use crate::types::listed;
use crate::view::model::{MessageModel, MessageState};

/// A longer run is not searched for a message that the picture does not remember.
const MOST_SEARCHED: u32 = 20_000;

pub fn inspect(name: MessageId, look: InspectionContext) -> Inspection {
    let mut facts = vec![Fact::new("From, to", format!("{} to {}", name.from, name.to))];
    let seen = look.picture.messages.iter().find(|flight| flight.name == name).copied();
    match seen.or_else(|| searched(name, look)).filter(|flight| look.tells(flight.sent)) {
        Some(flight) => {
            facts.push(Fact::new("Sent", flight.sent.spoken().to_string()));
            facts.push(arrival(flight, look));
            facts.extend(content(flight.sent, name, look));
            facts.extend(cause(flight.sent, name, look));
        }
        None => facts.push(Fact::new("Sent", "not near the cursor")),
    }
    if name.copy {
        facts.push(Fact::new("Copy", "made by the network"));
    }
    let mut actions = vec![
        InspectorAction::new("Drop", Command::Drop),
        InspectorAction::new("Delay", Command::Delay),
        InspectorAction::new("Speed up", Command::Hasten),
        InspectorAction::new("Duplicate", Command::Duplicate),
    ];
    if let Some(edit) = edit(ChoiceId::Message(name), look) {
        facts.push(Fact::new("Fixed by", edit));
        actions.push(InspectorAction::new("Leave to chance", Command::Delete));
    }
    let title = format!("{} from {} to {}", name.kind, name.from, name.to);
    Inspection { title, facts, actions, ..Inspection::default() }
}

fn arrival(flight: MessageModel, look: InspectionContext) -> Fact {
    let now = look.cursor;
    match flight.fate {
        // Nor whether it does.
        MessageState::OnItsWay | MessageState::Lost { .. } if !look.tells(flight.due) => {
            Fact::new("Arrives", HIDDEN)
        }
        MessageState::OnItsWay => {
            let rest = flight.due.spoken_since(now).spoken();
            let value = format!("{}, in {rest}", flight.due.spoken());
            Fact { left: Some(left(flight.sent, flight.due, now)), ..Fact::new("Arrives", value) }
        }
        MessageState::Held => Fact::new("Waits", format!("at {}, which is frozen", flight.name.to)),
        MessageState::Delivered(at) => Fact::new("Arrived", at.spoken().to_string()),
        MessageState::Lost { at, why } => {
            let why = match why {
                LossReason::Chance => "by chance",
                LossReason::Cut => "at the cut",
                LossReason::Crashed => "its receiver was down",
                LossReason::Edit => "as the script says",
            };
            Fact::new("Lost", format!("{}, {why}", at.spoken()))
        }
    }
}

/// What next-in-line sends along: the number of a leadership, and who comes after its leader.
fn content(
    sent: Time,
    name: MessageId,
    InspectionContext { run_view, .. }: InspectionContext,
) -> Option<Fact> {
    let Algorithm::NextInLine(_) = run_view.run.scenario().algorithm else { return None };
    let world = run_view.run.at(sent);
    let flight = world.in_flight().find(|flight| flight.name == name)?;
    let value = match flight.message {
        Message::Elected(Leadership { term, alternates })
        | Message::Heartbeat(Leadership { term, alternates }) => {
            format!("term {term}; next in line {}", listed(alternates))
        }
        Message::Election(term) | Message::Alive(term) => format!("term {term}"),
        Message::Proceed => return None,
    };
    Some(Fact::new("Carries", value))
}

/// What made its sender send it, as the story tells it.
fn cause(
    sent: Time,
    name: MessageId,
    InspectionContext { run_view, .. }: InspectionContext,
) -> Option<Fact> {
    let wanted = Some(ChoiceId::Message(name));
    let event = run_view.run.each(sent, sent).find(|event| event.choice == wanted)?;
    let events = run_view.run.step_of(event.id);
    let tells = |line: &narration::StoryLine| (line.first..=line.last).contains(&event.id);
    let line = narration::describe(&events, run_view.run.head()).into_iter().find(tells)?;
    Some(Fact::new("Because", line.text))
}

/// Of a run that is short enough to be looked through.
fn searched(
    name: MessageId,
    InspectionContext { run_view, cursor, .. }: InspectionContext,
) -> Option<MessageModel> {
    if run_view.run.events_so_far() > MOST_SEARCHED {
        return None;
    }
    let ours = |event: &Event| event.choice == Some(ChoiceId::Message(name));
    let mut flight: Option<MessageModel> = None;
    for event in run_view.run.each(Time::ZERO, run_view.run.end()).filter(ours) {
        match (event.what, &mut flight) {
            (EventKind::Sent { due } | EventKind::Duplicated { due }, _) => {
                let fate = MessageState::OnItsWay;
                flight = Some(MessageModel { name, names: None, sent: event.at, due, fate });
            }
            (EventKind::Received, Some(flight)) if event.at <= cursor => {
                flight.fate = MessageState::Delivered(event.at);
            }
            (EventKind::Lost(why), Some(flight)) if event.at <= cursor => {
                flight.fate = MessageState::Lost { at: event.at, why };
            }
            (EventKind::Held, Some(flight)) if event.at <= cursor => {
                flight.fate = MessageState::Held
            }
            _ => {}
        }
    }
    flight
}
