//! The inspector's facts about a link, a partition or a message.

use super::{Fact, HIDDEN, Inspection, InspectionContext, InspectorAction, left, override_text};
use crate::choice::{ChoiceId, MessageId};
use crate::election::{InvitationMessage, Leadership, Message, RaftMessage, RingMessage};
use crate::narration;
use crate::scenario::{Fault, FaultArguments, FaultKind, Latency, Link, Links, Scenario};
use crate::session::Command;
use crate::simulation::{Event, EventKind, LossReason, World};
use crate::time::Time;
use crate::types::{Rank, listed};
use crate::view::PartitionEnd;
use crate::view::model::{MessageModel, MessageState};
use crate::view::stage::neighbours;

pub(crate) fn link(link: Link, look: InspectionContext) -> Inspection {
    let world = look.run_view.run.at(look.cursor);
    let back = Link { from: link.to, to: link.from };
    let facts = vec![
        Fact::new("Takes", either(link, |link| takes(world.latency(link)))),
        Fact::new("Loses", either(link, |link| format!("{} of its messages", world.loss(link)))),
        Fact::new("Cut", is_cut(link, &world, look)),
    ];
    let is_whole = !world.is_cut(link) && !world.is_cut(back);
    let is_open = !(world.is_cut(link) && world.is_cut(back));
    let cut = is_open.then_some(InspectorAction::new("Cut", Command::Cut));
    let heal = (!is_whole).then_some(InspectorAction::new("Heal", Command::Heal));
    Inspection {
        title: format!("Link between {} and {}", link.from, link.to),
        facts,
        actions: cut.into_iter().chain(heal).collect(),
        ..Inspection::default()
    }
}

/// The value of both directions, written once if they are equal.
fn either(link: Link, of: impl Fn(Link) -> String) -> String {
    let back = Link { from: link.to, to: link.from };
    let (there, here) = (of(link), of(back));
    match there == here {
        true => there,
        false => format!("{there} from {} to {}, {here} back", link.from, link.to),
    }
}

fn takes(latency: Latency) -> String {
    match latency.lo() == latency.hi() {
        true => latency.lo().spoken().to_string(),
        false => format!("{} to {}", latency.lo().spoken(), latency.hi().spoken()),
    }
}

fn is_cut(link: Link, world: &World, look: InspectionContext) -> String {
    let back = Link { from: link.to, to: link.from };
    let direction = match (world.is_cut(link), world.is_cut(back)) {
        (false, false) => return "no".to_owned(),
        (true, true) => "both ways".to_owned(),
        (true, false) => format!("from {} to {}", link.from, link.to),
        (false, true) => format!("from {} to {}", link.to, link.from),
    };
    match since(link, look) {
        Some(since) => format!("{direction}, since {}", since.spoken()),
        None => direction,
    }
}

/// When the link was cut last.
fn since(
    link: Link,
    InspectionContext { run_view, cursor, .. }: InspectionContext,
) -> Option<Time> {
    let scheduled_faults = run_view.run.scenario().scheduled_faults();
    let past = scheduled_faults.iter().rev().filter(|scheduled| scheduled.at <= cursor);
    past.into_iter().find(|scheduled| cuts(&scheduled.fault, link)).map(|scheduled| scheduled.at)
}

fn cuts(fault: &Fault, link: Link) -> bool {
    let FaultArguments { sides, links, .. } = fault.arguments();
    let side = |rank: Rank| sides.iter().position(|side| side.contains(&rank));
    let is_between = matches!((side(link.from), side(link.to)), (Some(a), Some(b)) if a != b);
    let runs = |from: Rank, to: Rank| {
        links.as_ref().is_some_and(|links| links.from.contains(&from) && links.to.contains(&to))
    };
    let is_named = runs(link.from, link.to) || runs(link.to, link.from);
    fault.is_cut() && (is_between || is_named)
}

/// The current partition, or one end of its line, from the last fault that cut the network.
pub(crate) fn cut(end: Option<PartitionEnd>, look: InspectionContext) -> Inspection {
    let scheduled_faults = look.run_view.run.scenario().scheduled_faults();
    let place = scheduled_faults.iter().rposition(|b| b.at <= look.cursor && b.fault.is_cut());
    let mut facts = Vec::new();
    if let Some((before, after)) = end.and_then(|end| neighbours(look.picture, end)) {
        let (before, after) = (look.picture.called(before), look.picture.called(after));
        facts.push(Fact::new("Between", format!("{before} and {after}")));
    }
    if let Some(place) = place {
        let cut = &scheduled_faults[place];
        facts.push(Fact::new("Sides", sides(look.run_view.run.scenario(), &cut.fault)));
        let healed = scheduled_faults[place..].iter().find(|b| b.fault.kind() == FaultKind::Heal);
        let until = healed.map_or(look.run_view.run.end(), |healed| healed.at);
        facts.push(match look.tells(until) {
            true => Fact::new("From, to", format!("{} to {}", cut.at.spoken(), until.spoken())),
            false => Fact::new("From", cut.at.spoken().to_string()),
        });
    }
    if let Some(split) = look.picture.split {
        let s = if split.lost == 1 { "" } else { "s" };
        facts.push(Fact::new("Lost", format!("{} message{s} so far", split.lost)));
    }
    let actions = vec![
        InspectorAction::new("Turn clockwise", Command::TurnOn),
        InspectorAction::new("Turn back", Command::TurnBack),
        InspectorAction::new("Heal here", Command::Heal),
        InspectorAction::new("Remove", Command::Delete),
    ];
    let title = match end {
        Some(_) => "End of the network cut",
        None => "Network cut",
    };
    Inspection { title: title.to_owned(), facts, actions, ..Inspection::default() }
}

fn sides(scenario: &Scenario, fault: &Fault) -> String {
    let comma = |side: &[Rank]| match scenario.zone_that_is(side) {
        Some(zone) => zone.name.clone(),
        None => {
            let called = side.iter().map(|&rank| scenario.called(rank).to_string());
            called.collect::<Vec<_>>().join(", ")
        }
    };
    let FaultArguments { sides, links, .. } = fault.arguments();
    match links.as_deref() {
        Some(Links { from, to, both: true }) => format!("{} and {}", comma(from), comma(to)),
        Some(Links { from, to, both: false }) => {
            format!("nothing goes from {} to {}", comma(from), comma(to))
        }
        None => {
            let sides: Vec<String> = sides.iter().map(|side| comma(side)).collect();
            listed(&sides).to_string()
        }
    }
}

/// The number of events up to which a run is searched for a message that the stage no longer shows.
const MOST_SEARCHED: u32 = 20_000;

pub(crate) fn inspect(name: MessageId, look: InspectionContext) -> Inspection {
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
    if let Some(text) = override_text(ChoiceId::Message(name), look) {
        facts.push(Fact::new("Fixed by", text));
        actions.push(InspectorAction::new("Leave to chance", Command::Delete));
    }
    let title = format!("{} from {} to {}", name.kind, name.from, name.to);
    Inspection { title, facts, actions, ..Inspection::default() }
}

fn arrival(flight: MessageModel, look: InspectionContext) -> Fact {
    let now = look.cursor;
    match flight.fate {
        // Whether it is lost must not be shown either.
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
                LossReason::Override => "as the script says",
            };
            Fact::new("Lost", format!("{}, {why}", at.spoken()))
        }
    }
}

/// The content of a message if the algorithm has terms: the number of a leadership, and the process that
/// follows its leader.
fn content(
    sent: Time,
    name: MessageId,
    InspectionContext { run_view, .. }: InspectionContext,
) -> Option<Fact> {
    let world = run_view.run.at(sent);
    let has_terms = world.scenario().algorithm.row().has_terms;
    let flight = world.in_flight().find(|flight| flight.name == name)?;
    let granted = |granted: bool| if granted { "granted" } else { "refused" };
    let value = match flight.message {
        Message::Elected(_) | Message::Heartbeat(_) | Message::Election(_) | Message::Alive(_)
            if !has_terms =>
        {
            return None;
        }
        Message::Elected(Leadership { term, alternates })
        | Message::Heartbeat(Leadership { term, alternates }) => {
            format!("term {term}; next in line {}", world.scenario().all_called(alternates))
        }
        Message::Election(term) | Message::Alive(term) => format!("term {term}"),
        Message::Ack(stamp) => format!("the instant {}", stamp.spoken()),
        Message::Winner(leader) => format!("{} is elected", world.scenario().called(*leader)),
        Message::Ring(RingMessage { lap, leader: None }) => {
            format!("it has passed {}", world.scenario().all_called(&lap.alive))
        }
        Message::Ring(RingMessage { leader: Some(leader), .. }) => {
            format!("{} is elected", world.scenario().called(*leader))
        }
        Message::Invitation(
            InvitationMessage::Heartbeat { size } | InvitationMessage::Invitation { size, .. },
        ) => format!("a group of {size}"),
        Message::Raft(
            RaftMessage::VoteRequest(term)
            | RaftMessage::PreVoteRequest(term)
            | RaftMessage::Heartbeat(term),
        ) => format!("term {term}"),
        Message::Raft(
            RaftMessage::Vote { term, granted: is_granted }
            | RaftMessage::PreVote { term, granted: is_granted },
        ) => format!("{}, term {term}", granted(*is_granted)),
        Message::Raft(RaftMessage::Ack { term, stamp }) => match stamp {
            Some(stamp) => format!("term {term}, the instant {}", stamp.spoken()),
            None => format!("refused, term {term}"),
        },
        Message::Invitation(InvitationMessage::Accept) | Message::Proceed => return None,
    };
    Some(Fact::new("Carries", value))
}

/// The line of the narration in which the message is sent.
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

/// Searches the run for the message, if the run is short enough.
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
            (EventKind::Sent { due, .. } | EventKind::Duplicated { due, .. }, _) => {
                let fate = MessageState::OnItsWay;
                flight =
                    Some(MessageModel { name, names: None, alive: 0, sent: event.at, due, fate });
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
