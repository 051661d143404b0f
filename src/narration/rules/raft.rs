//! Raft, in sentences.

use super::super::names::named;
use super::super::paragraph::Paragraph;
use super::{RuleAction, to};
use crate::election::{RaftReason, Term};
use crate::types::{MessageKind, Rank, Role};

pub(super) fn raft(paragraph: &Paragraph, reason: RaftReason) -> RuleAction {
    let called = |rank| paragraph.called(rank);
    match reason {
        RaftReason::Stands { missed, term } => stands_at_once(paragraph, missed, term),
        RaftReason::AsksForPreVotes { missed, term } => RuleAction::new(
            format!(
                "asks {} whether they would vote for it in term {term}",
                to(paragraph, MessageKind::PreVoteRequest)
            ),
            "asked for pre-votes",
            paragraph.missing(missed),
        ),
        RaftReason::StandsWithPreVotes { term } => RuleAction::new(
            format!(". A majority would vote for it, so it {}", stands(paragraph, term)),
            "asked for votes",
            "a majority would vote for it",
        ),
        RaftReason::WouldVote { candidate, term } => RuleAction::new(
            format!(". It would vote for {} in term {term}, and says so", called(candidate)),
            "granted a pre-vote",
            format!("it heard no leader and had voted for nobody in term {term}"),
        ),
        RaftReason::WouldNotVote { candidate, term } => RuleAction::new(
            format!(". It is in term {term} already, so it refuses"),
            "refused a pre-vote",
            format!("{} asked for a term that is no newer than its own", called(candidate)),
        ),
        RaftReason::HearsLeader { leader, .. } => hears_leader(paragraph, leader),
        RaftReason::Votes { candidate, term } => RuleAction::new(
            format!("votes for {} in term {term}", called(candidate)),
            "granted its vote",
            format!("it had voted for nobody else in term {term}"),
        ),
        RaftReason::HasVoted { candidate, voted, term } => {
            has_voted(paragraph, candidate, voted, term)
        }
        RaftReason::OlderTerm { from, term } => RuleAction::new(
            format!(". It refuses: {} is behind term {term}", called(from)),
            "refused",
            format!("its own term {term} is newer"),
        ),
        RaftReason::NewerTerm { from, term } => RuleAction::new(
            format!(" of term {term}. It takes that newer term and believes in no leader"),
            "took a newer term",
            format!("{} was in term {term}", called(from)),
        ),
        RaftReason::HasPreVote { from, .. } => {
            RuleAction::new("", "counted a pre-vote", format!("{} would vote for it", called(from)))
        }
        RaftReason::HasVote { from, .. } => {
            RuleAction::new("", "counted a vote", format!("{} had voted for it", called(from)))
        }
        RaftReason::HasMajority { term } => {
            let told = to(paragraph, MessageKind::Heartbeat);
            RuleAction::leads(
                format!(
                    ". A majority has voted for it in term {term}, so it leads and tells {told}"
                ),
                format!("a majority had voted for it in term {term}"),
            )
        }
        RaftReason::IsRefused { from } => RuleAction::new(
            ", which refuses it",
            "was refused",
            format!("{} had voted for another process or heard a leader", called(from)),
        ),
    }
}

fn stands_at_once(paragraph: &Paragraph, missed: Option<Rank>, term: Term) -> RuleAction {
    match paragraph.became {
        Some(Role::Leads) => RuleAction::leads(
            format!("stands for election in term {term} and leads: its own vote is a majority"),
            "its own vote is a majority",
        ),
        _ => RuleAction::new(stands(paragraph, term), "asked for votes", paragraph.missing(missed)),
    }
}

/// `stands for election in term 4: it asks 1 and 2 for their votes`
fn stands(paragraph: &Paragraph, term: Term) -> String {
    let asked = paragraph.announced_to(MessageKind::VoteRequest);
    let votes = if asked.len() == 1 { "its vote" } else { "their votes" };
    format!(
        "stands for election in term {term}: it asks {} for {votes}",
        named(paragraph.scenario, &asked)
    )
}

fn hears_leader(paragraph: &Paragraph, leader: Rank) -> RuleAction {
    let (hears, heard) = match paragraph.head.rank == Some(leader) {
        true => ("It leads itself".to_owned(), "it led itself".to_owned()),
        false => {
            let leader = paragraph.called(leader);
            (
                format!("It hears from its leader {leader}"),
                format!("it had heard its leader {leader} lately"),
            )
        }
    };
    let does = match paragraph.sent.first() {
        Some(_) => format!(". {hears}, so it refuses"),
        None => format!(". {hears}, so it does not answer"),
    };
    RuleAction::new(does, "refused", heard)
}

fn has_voted(paragraph: &Paragraph, candidate: Rank, voted: Rank, term: Term) -> RuleAction {
    let candidate = paragraph.called(candidate);
    let whom = match paragraph.head.rank == Some(voted) {
        true => "itself".to_owned(),
        false => paragraph.called(voted).to_string(),
    };
    RuleAction::new(
        format!(". It has voted for {whom} in term {term} already, so it refuses"),
        "refused its vote",
        format!("it had voted for {whom} in term {term} before {candidate} asked"),
    )
}
