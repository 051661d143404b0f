//! Ring, in sentences.

use super::super::message;
use super::super::paragraph::Paragraph;
use super::{RuleAction, me, takes_or_claims, to};
use crate::election::RingReason;
use crate::types::{MessageKind, Rank, Role};

pub(super) fn ring(paragraph: &Paragraph, reason: RingReason) -> RuleAction {
    let called = |rank| paragraph.called(rank);
    match reason {
        RingReason::StartsLapAfterBoot => RuleAction::new(
            format!("begins an election round the ring{}", first_to(paragraph)),
            "started an election",
            "it had started and knew no leader",
        ),
        RingReason::StartsLap { missed } => RuleAction::new(
            format!("begins an election round the ring{}", first_to(paragraph)),
            "started an election",
            paragraph.missing(missed),
        ),
        RingReason::LapDidNotReturn => RuleAction::new(
            format!(
                ". No Elected has come round, so it begins another election{}",
                first_to(paragraph)
            ),
            "started another election",
            format!("no Elected had come round within {}", paragraph.waited()),
        ),
        RingReason::IsAlone => RuleAction::leads(
            format!(". Nobody has answered, so it {}", takes_or_claims(paragraph)),
            "nobody else had answered",
        ),
        RingReason::HandedOn { to } => RuleAction::new(
            hands_the_next_on(paragraph),
            "handed the message on",
            format!("{} had answered that it was alive", called(to)),
        ),
        RingReason::Skips { silent } => skips(paragraph, silent),
        RingReason::LapOver => lap_over(paragraph),
        RingReason::SecondLapOver => RuleAction::new(
            ": all that run have passed it on",
            "ended its election",
            "its Elected had come round the ring",
        ),
        RingReason::Swallows { starter } => {
            let starter = called(starter);
            RuleAction::new(
                format!(
                    ". The election of {starter} ends here: {} holds one of its own, or has had this one before",
                    me(paragraph)
                ),
                "stopped an election",
                format!("it held one of its own, or had had that of {starter} before"),
            )
        }
        RingReason::IsElected { by } => {
            let hands_on = hands_on(paragraph);
            let and = if hands_on.is_empty() { " and" } else { "" };
            RuleAction::leads(
                format!(",{and} {}{hands_on}", takes_or_claims(paragraph)),
                format!("it was the highest rank that the election of {} had passed", called(by)),
            )
        }
        RingReason::Joins { starter } => {
            let starter = called(starter);
            RuleAction::new(
                format!(", adds itself{}", hands_on(paragraph)),
                "joined an election",
                format!("the election of {starter} had come to it"),
            )
        }
    }
}

/// The lap has come back to its starter.
fn lap_over(paragraph: &Paragraph) -> RuleAction {
    let why = "its election had come round the ring";
    let hands = hands_on(paragraph);
    match (paragraph.became, paragraph.announced()) {
        (Some(became @ (Role::Leads | Role::Claims)), _) => {
            let takes = if became == Role::Claims { "claims" } else { "takes" };
            let does = format!(". No rank on its way was higher, so it {takes} the lead{hands}");
            RuleAction::leads(does, format!("{why} and had passed no higher rank"))
        }
        (Some(Role::Follows(leader)), _) | (_, Some(leader)) => {
            let leader = paragraph.called(leader);
            let does = format!(
                ". The highest rank on its way was {leader}, so it follows {leader}{hands}"
            );
            RuleAction::new(does, "announced the leader", why)
        }
        _ => RuleAction::new(
            ". It announces the highest rank on its way",
            "announced the leader",
            why,
        ),
    }
}

/// ` and hands the Elected to 4`: to whom the message goes next; nothing where it waits behind another one.
fn hands_on(paragraph: &Paragraph) -> String {
    let next = paragraph.sent.iter().filter_map(|event| message(event));
    let mut next =
        next.filter(|(kind, ..)| matches!(kind, MessageKind::Election | MessageKind::Elected));
    match next.next() {
        Some((kind, _, to)) => format!(" and hands the {kind} to {}", paragraph.called(to)),
        None => String::new(),
    }
}

/// `, first to 4`: to whom an election goes that begins.
fn first_to(paragraph: &Paragraph) -> String {
    match &*to(paragraph, MessageKind::Election) {
        "" => String::new(),
        to => format!(", first to {to}"),
    }
}

fn skips(paragraph: &Paragraph, silent: Rank) -> RuleAction {
    let silent = paragraph.called(silent);
    let does = match paragraph.sent.first().and_then(|event| message(event)) {
        Some((kind, _, to)) => format!("hands the {kind} to {} instead", paragraph.called(to)),
        None => "has nobody left to hand the message to".to_owned(),
    };
    let why = format!("{silent} had not answered within {}", paragraph.waited());
    RuleAction::new(format!(". {silent} has not answered, so it {does}"), "skipped a process", why)
}

fn hands_the_next_on(paragraph: &Paragraph) -> String {
    match paragraph.sent.first().copied().map(message) {
        Some(Some((kind, _, to))) => {
            format!(", and hands the {kind} that has waited to {}", paragraph.called(to))
        }
        Some(None) => String::new(),
        None => ": it has the message".to_owned(),
    }
}
