//! What a member did with the reason for it, as one sentence that says *because*.

use super::paragraph::{Paragraph, paragraphs};
use crate::election::Reason;
use crate::simulation::{Event, EventKind};
use crate::types::{MessageKind, Rank};

/// Nothing where no member decided anything: then the line says all.
pub fn because(told: &[Event]) -> Option<String> {
    let all = paragraphs(told);
    let paragraph = all.first()?;
    let actor = paragraph.actor();
    let (me, reason) = (actor.rank?, actor.reason?);
    let (deed, why) = described_by(paragraph, me, reason)?;
    Some(format!("{me} {deed} because {why}."))
}

/// What it did, and why, as two clauses.
fn described_by(paragraph: &Paragraph, me: Rank, reason: Reason) -> Option<(String, String)> {
    if let Some(why) = leads_because(paragraph, reason) {
        return Some(("leads".to_owned(), why));
    }
    let every = || "asked every higher rank".to_owned();
    Some(match reason {
        Reason::TellsToProceed { best } => {
            let waited = waited(paragraph);
            let why =
                format!("{waited} had passed and {best} was the highest rank that had answered");
            (format!("told {best} to proceed"), why)
        }
        Reason::LeavesItToHigher { best } => {
            ("left the lead to higher ranks".to_owned(), format!("{best} had answered"))
        }
        Reason::Answers { asker }
        | Reason::AnswersAndAsks { asker }
        | Reason::AnswersWhileElecting { asker } => {
            let lower = if asker < me { ", which has a lower rank" } else { "" };
            ("answered Alive".to_owned(), format!("it heard Election from {asker}{lower}"))
        }
        Reason::HeardAlive { from }
        | Reason::HeardLower { from, .. }
        | Reason::NextIsAlive { from } => {
            (format!("heard that {from} was alive"), format!("{from} had answered it"))
        }
        Reason::TooLate { from } => {
            (format!("heard too late that {from} was alive"), format!("{from} had answered it"))
        }
        Reason::Asks { missed } => (every(), missing(paragraph, missed)),
        Reason::AsksAfterBoot => (every(), "it had started and knew no leader".to_owned()),
        Reason::Walks { missed, asks } => {
            (format!("asked {asks}, the next in line,"), missing(paragraph, missed))
        }
        Reason::NextInWalk { asks } => {
            (format!("asked {asks}"), "the one before it in the line did not answer".to_owned())
        }
        Reason::NoAnnouncement => {
            ("asked again".to_owned(), format!("no Elected had come within {}", waited(paragraph)))
        }
        Reason::Adopts { leader } => (format!("follows {leader}"), news(paragraph, leader)),
        Reason::StepsDown { to } => ("stepped down".to_owned(), news(paragraph, to)),
        // The first seven are told above; the others decide nothing.
        Reason::ToldToProceed { .. }
        | Reason::NobodyAnswered
        | Reason::HighestOfAll { .. }
        | Reason::FirstInLine { .. }
        | Reason::WalkEndsHere
        | Reason::TakesOver { .. }
        | Reason::AnswersAndLeads { .. }
        | Reason::WaitsAfterBoot
        | Reason::LeadsAlready { .. }
        | Reason::ToldAgain { .. }
        | Reason::StillFollows { .. }
        | Reason::Ignores { .. }
        | Reason::Contradicts { .. }
        | Reason::KeepsAlive
        | Reason::LostPatience
        | Reason::LeadsItself
        | Reason::ElectsAlready
        | Reason::HasNotBooted => return None,
    })
}

/// Why it took the lead; nothing where it did not.
fn leads_because(paragraph: &Paragraph, reason: Reason) -> Option<String> {
    Some(match reason {
        Reason::ToldToProceed { by } => format!("{by} told it to proceed"),
        Reason::NobodyAnswered => {
            format!("{} had passed and no higher rank had answered", waited(paragraph))
        }
        Reason::HighestOfAll { missed } => {
            format!("{} and nobody ranks higher", missing(paragraph, missed))
        }
        Reason::FirstInLine { missed } => {
            format!("{} and it is itself the next in line", missing(paragraph, missed))
        }
        Reason::WalkEndsHere => {
            "nobody before it in the line of successors had answered".to_owned()
        }
        Reason::TakesOver { asker } => format!("{asker} asked it as the next in line"),
        Reason::AnswersAndLeads { asker } => format!("{asker} asked it and nobody ranks higher"),
        Reason::TellsToProceed { .. }
        | Reason::LeavesItToHigher { .. }
        | Reason::Answers { .. }
        | Reason::AnswersAndAsks { .. }
        | Reason::AnswersWhileElecting { .. }
        | Reason::HeardAlive { .. }
        | Reason::HeardLower { .. }
        | Reason::NextIsAlive { .. }
        | Reason::TooLate { .. }
        | Reason::Asks { .. }
        | Reason::AsksAfterBoot
        | Reason::Walks { .. }
        | Reason::NextInWalk { .. }
        | Reason::NoAnnouncement
        | Reason::Adopts { .. }
        | Reason::StepsDown { .. }
        | Reason::WaitsAfterBoot
        | Reason::LeadsAlready { .. }
        | Reason::ToldAgain { .. }
        | Reason::StillFollows { .. }
        | Reason::Ignores { .. }
        | Reason::Contradicts { .. }
        | Reason::KeepsAlive
        | Reason::LostPatience
        | Reason::LeadsItself
        | Reason::ElectsAlready
        | Reason::HasNotBooted => return None,
    })
}

/// Why it set out.
fn missing(paragraph: &Paragraph, missed: Option<Rank>) -> String {
    let timed_out = matches!(paragraph.head.what, EventKind::TimedOut { .. });
    match missed {
        Some(leader) if timed_out => {
            format!("it had heard no heartbeat from {leader} for {}", waited(paragraph))
        }
        Some(leader) => format!("it suspected that {leader} was gone"),
        None => "it missed a leader".to_owned(),
    }
}

fn waited(paragraph: &Paragraph) -> String {
    let EventKind::TimedOut { set } = paragraph.head.what else { return "the wait".to_owned() };
    paragraph.head.at.since(set).spoken().to_string()
}

fn news(paragraph: &Paragraph, leader: Rank) -> String {
    match paragraph.head.message_kind() == Some(MessageKind::Heartbeat) {
        true => format!("it heard the heartbeat of {leader}"),
        false => format!("{leader} announced that it leads"),
    }
}
