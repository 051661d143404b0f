//! Describes what a member did and why, from its reason: first the cause, then the action.

use super::paragraph::Paragraph;
use super::{message, rules};
use crate::choice::ChoiceId;
use crate::election::{CandidatesReason, Quorum, QuorumReason, Reason, RingReason};
use crate::scenario::ProcessName;
use crate::simulation::{Cause, EventKind};
use crate::types::{MessageKind, Role, TimerKind};

pub(super) fn text(paragraph: &Paragraph, me: ProcessName) -> String {
    let (opening, before) = match paragraph.head.what == EventKind::Received {
        true => (heard(paragraph, me), Before::Act),
        false => opening(paragraph, me),
    };
    let actor = paragraph.actor();
    let action = actor.rank.zip(actor.reason).map(|(rank, reason)| {
        joined(&opening, before, &rules::action(paragraph, rank, reason).does)
    });
    let copy = match paragraph.head.choice {
        Some(ChoiceId::Message(name)) if name.copy => " The message is a copy.",
        _ => "",
    };
    let withheld = withheld(paragraph);
    format!("{opening}{}{withheld}{copy}{}", action.unwrap_or_default(), paragraph.cut_off())
}

/// That a new leader gets no acknowledgement yet, where it needs one.
fn withheld(paragraph: &Paragraph) -> &'static str {
    let (Some((_, from, _)), Some(Reason::Adopts { leader } | Reason::StepsDown { to: leader })) =
        (message(paragraph.head), paragraph.head.reason)
    else {
        return "";
    };
    let is_asked = paragraph.scenario.quorum != Quorum::None && from == leader;
    match is_asked && paragraph.announced_to(MessageKind::Ack).is_empty() {
        true => " A promise to another still binds it, so it sends no Ack.",
        false => "",
    }
}

/// A wait, a silence, a suspicion, a start: without its full stop.
fn opening(paragraph: &Paragraph, me: ProcessName) -> (String, Before) {
    let head = paragraph.head;
    match (head.what, head.reason) {
        (EventKind::TimedOut { .. }, Some(Reason::KeepsAlive)) => (String::new(), Before::Act),
        (EventKind::TimedOut { .. }, Some(Reason::Quorum(QuorumReason::LostQuorum))) => {
            let who = if paragraph.became == Some(Role::Claims) { "quorum" } else { "majority" };
            (format!("No {who} has acknowledged {me} within the timeout"), Before::Silence)
        }
        (EventKind::TimedOut { .. }, Some(Reason::Quorum(_))) => {
            (format!("The promise that bound {me} has ended"), Before::Silence)
        }
        (EventKind::TimedOut { .. }, _) if paragraph.timer() == Some(TimerKind::Preempt) => {
            (format!("{me} has followed a lower rank for {}", paragraph.waited()), Before::Silence)
        }
        (EventKind::TimedOut { .. }, Some(Reason::Raft(reason))) => {
            let waited = paragraph.waited();
            let text = match reason.missed().map(|leader| paragraph.called(leader)) {
                Some(leader) => {
                    format!("{me} has received no Heartbeat from {leader} for {waited}")
                }
                None => format!("{me} has heard no leader for {waited}"),
            };
            (text, Before::Silence)
        }
        (EventKind::TimedOut { set }, Some(Reason::LostPatience)) => {
            let waited = head.at.since(set).spoken();
            let missed = paragraph.actor().reason.and_then(Reason::missed);
            let from = missed
                .map_or_else(String::new, |leader| format!(" from {}", paragraph.called(leader)));
            (format!("{me} has received no Heartbeat{from} for {waited}"), Before::Silence)
        }
        (EventKind::TimedOut { set }, Some(Reason::NoAnnouncement)) => {
            let waited = head.at.since(set).spoken();
            (format!("{me} has waited {waited} for Elected in vain"), Before::Silence)
        }
        (EventKind::TimedOut { set }, _) => {
            (format!("{me} has waited {}", head.at.since(set).spoken()), Before::Act)
        }
        (EventKind::Suspected, _) => match head.reason.and_then(Reason::missed) {
            Some(leader) => {
                let leader = paragraph.called(leader);
                (format!("{me} suspects that {leader} is gone"), Before::Act)
            }
            None => (format!("{me} has no leader"), Before::Act),
        },
        (EventKind::Booted, _) if head.cause == Cause::Start => {
            (format!("{me} starts without a leader"), Before::Act)
        }
        (EventKind::Booted, _) => (format!("{me} starts again without a leader"), Before::Act),
        _ => (String::new(), Before::Act),
    }
}

/// What arrived, without its full stop; nothing where what the member does says it all.
fn heard(paragraph: &Paragraph, me: ProcessName) -> String {
    let head = paragraph.head;
    let (Some((kind, from, _)), Some(reason)) = (message(head), head.reason) else {
        return String::new();
    };
    let from = paragraph.called(from);
    match (kind, reason) {
        (MessageKind::Election, Reason::Ring(RingReason::LapOver)) => {
            format!("{me} has its own Election back, from {from}")
        }
        (MessageKind::Election, Reason::Ring(RingReason::Joins { starter }))
            if paragraph.called(starter).to_string() != from.to_string() =>
        {
            format!("{me} receives the Election of {} from {from}", paragraph.called(starter))
        }
        (MessageKind::Election, Reason::Ring(_) | Reason::Candidates(_)) => {
            format!("{me} receives an Election from {from}")
        }
        (MessageKind::Election, _) | (MessageKind::Proceed, Reason::ProceedWhileLeading { .. }) => {
            String::new()
        }
        (MessageKind::Proceed, _) => format!("{me} receives Proceed from {from}"),
        (MessageKind::Alive, _) => {
            format!("{me} hears that {from} is alive")
        }
        (MessageKind::Elected, Reason::StillFollows { .. }) => {
            format!("{me} hears again that {from} leads")
        }
        (MessageKind::Elected, Reason::Ring(RingReason::SecondLapOver)) => {
            format!("{me} has its own Elected back, from {from}")
        }
        (
            MessageKind::Elected,
            Reason::Candidates(CandidatesReason::IsElected { .. })
            | Reason::Ring(RingReason::IsElected { .. }),
        ) => format!("{me} hears from {from} that it is elected"),
        (MessageKind::Elected, Reason::Adopts { leader } | Reason::StepsDown { to: leader })
            if paragraph.called(leader).to_string() != from.to_string() =>
        {
            format!("{me} hears from {from} that {} leads", paragraph.called(leader))
        }
        (MessageKind::Elected, _) => format!("{me} hears that {from} leads"),
        (
            MessageKind::Heartbeat
            | MessageKind::VoteRequest
            | MessageKind::Vote
            | MessageKind::PreVoteRequest
            | MessageKind::PreVote,
            _,
        ) => format!("{me} receives a {kind} from {from}"),
        (MessageKind::Ack | MessageKind::Invitation | MessageKind::Accept, _) => {
            format!("{me} receives an {kind} from {from}")
        }
    }
}

/// The kind of text before the action, which decides how they are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    /// An action of the member, so the next one is added: ` and asks …`.
    Act,
    /// Something that did not happen, so the action follows from it: `, so it asks …`.
    Silence,
}

/// The action as it follows the text before it.
fn joined(opening: &str, before: Before, does: &str) -> String {
    let is_joined = opening.is_empty() || does.is_empty() || does.starts_with(MARKS);
    let link = match before {
        _ if is_joined => "",
        Before::Act => " and ",
        Before::Silence => ", so it ",
    };
    format!("{link}{does}.")
}

/// An action that begins with one of these follows without another link.
const MARKS: [char; 5] = [' ', ',', '.', ':', ';'];
