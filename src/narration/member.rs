//! What a member did, from the reason that it gave: first what came before, then what it does.

mod deed;

use super::message;
use super::paragraph::Paragraph;
use crate::election::Reason;
use crate::occurrence::Occurrence;
use crate::simulation::{Cause, What};
use crate::vocabulary::{MessageKind, Rank};

pub(super) fn text(paragraph: &Paragraph, me: Rank) -> String {
    let opening = match paragraph.head.what {
        What::Received => heard(paragraph, me),
        _ => opening(paragraph, me),
    };
    let deed = paragraph.actor().reason.map(|reason| deed::text(paragraph, me, reason));
    let copy = match paragraph.head.occurrence {
        Some(Occurrence::Message(name)) if name.copy => " It is a copy.",
        _ => "",
    };
    format!("{opening}{}{copy}{}", deed.unwrap_or_default(), paragraph.cut_off())
}

/// A wait, a silence, a suspicion, a start.
fn opening(paragraph: &Paragraph, me: Rank) -> String {
    let head = paragraph.head;
    match (head.what, head.reason) {
        (What::TimedOut { .. }, Some(Reason::KeepsAlive)) => String::new(),
        (What::TimedOut { set }, Some(Reason::LostPatience)) => {
            let waited = head.at.since(set).spoken();
            match paragraph.actor().reason.and_then(Reason::missed) {
                Some(leader) => {
                    format!("{me} has heard no heartbeat from {leader} for {waited}. ")
                }
                None => format!("{me} has heard no heartbeat from anybody for {waited}. "),
            }
        }
        (What::TimedOut { set }, Some(Reason::NoAnnouncement)) => {
            let waited = head.at.since(set).spoken();
            format!("{me} has waited {waited} for an Elected, and none came. ")
        }
        (What::TimedOut { set }, _) => {
            format!("{me} has waited {}. ", head.at.since(set).spoken())
        }
        (What::Suspected, _) => match head.reason.and_then(Reason::missed) {
            Some(leader) => format!("{me} suspects that {leader} is gone. "),
            None => format!("{me} misses a leader. "),
        },
        (What::Booted, _) if head.cause == Cause::Start => {
            format!("{me} starts without a leader. ")
        }
        (What::Booted, _) => format!("{me} starts afresh and knows no leader. "),
        _ => String::new(),
    }
}

/// What arrived. Where the deed goes on in the same sentence, it has no full stop.
fn heard(paragraph: &Paragraph, me: Rank) -> String {
    let head = paragraph.head;
    let (Some((kind, from, _)), Some(reason)) = (message(head), head.reason) else {
        return String::new();
    };
    match kind {
        MessageKind::Election => format!("{me} is asked by {from}. "),
        MessageKind::Proceed => format!("{me} is told by {from} to proceed. "),
        MessageKind::Alive => format!("{me} hears that {from} is alive{}.", use_of(reason)),
        MessageKind::Elected => match reason {
            Reason::StillFollows { .. } => format!("{me} hears again that {from} leads."),
            _ => format!("{me} hears that {from} leads"),
        },
        MessageKind::Heartbeat => match reason {
            Reason::StillFollows { .. } => format!("{me} hears the heartbeat of {from}."),
            _ => format!("{me} hears the heartbeat of {from}"),
        },
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
