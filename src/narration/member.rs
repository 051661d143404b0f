//! What a member did, from the reason that it gave: first what came before, then what it does.

mod action;

use super::message;
use super::paragraph::Paragraph;
use crate::choice::ChoiceId;
use crate::election::Reason;
use crate::simulation::{Cause, EventKind};
use crate::types::{MessageKind, Rank};
use action::Before;

pub(super) fn text(paragraph: &Paragraph, me: Rank) -> String {
    let (opening, before) = match paragraph.head.what {
        EventKind::Received => (heard(paragraph, me), Before::Act),
        _ => opening(paragraph, me),
    };
    let reason = paragraph.actor().reason;
    let deed = reason.map(|reason| action::text(paragraph, me, reason, before));
    let copy = match paragraph.head.choice {
        Some(ChoiceId::Message(name)) if name.copy => " The message is a copy.",
        _ => "",
    };
    format!("{opening}{}{copy}{}", deed.unwrap_or_default(), paragraph.cut_off())
}

/// A wait, a silence, a suspicion, a start: without its full stop.
fn opening(paragraph: &Paragraph, me: Rank) -> (String, Before) {
    let head = paragraph.head;
    match (head.what, head.reason) {
        (EventKind::TimedOut { .. }, Some(Reason::KeepsAlive)) => (String::new(), Before::Act),
        (EventKind::TimedOut { set }, Some(Reason::LostPatience)) => {
            let waited = head.at.since(set).spoken();
            let missed = paragraph.actor().reason.and_then(Reason::missed);
            let from = missed.map_or_else(String::new, |leader| format!(" from {leader}"));
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
            Some(leader) => (format!("{me} suspects that {leader} is gone"), Before::Act),
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
fn heard(paragraph: &Paragraph, me: Rank) -> String {
    let head = paragraph.head;
    let (Some((kind, from, _)), Some(reason)) = (message(head), head.reason) else {
        return String::new();
    };
    match (kind, reason) {
        (MessageKind::Election, _) | (MessageKind::Proceed, Reason::ToldAgain { .. }) => {
            String::new()
        }
        (MessageKind::Proceed, _) => format!("{me} receives Proceed from {from}"),
        (MessageKind::Alive, _) => format!("{me} hears that {from} is alive{}", use_of(reason)),
        (MessageKind::Elected, Reason::StillFollows { .. }) => {
            format!("{me} hears again that {from} leads")
        }
        (MessageKind::Elected, _) => format!("{me} hears that {from} leads"),
        (MessageKind::Heartbeat, _) => format!("{me} receives a Heartbeat from {from}"),
    }
}

/// What an answer is worth to the one who asked.
fn use_of(reason: Reason) -> String {
    match reason {
        Reason::TooLate { .. } => ", but no longer waits for answers".to_owned(),
        Reason::HeardLower { best, .. } => format!("; {best} ranks higher"),
        Reason::NextIsAlive { .. } => ", and waits for its Elected".to_owned(),
        _ => String::new(),
    }
}
