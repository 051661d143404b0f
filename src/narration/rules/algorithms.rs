//! What the members of single algorithms do for a reason, in sentences: ring, candidates, invitation and raft.

use super::super::paragraph::Paragraph;
use super::super::{message, named};
use super::{RuleAction, me, takes_or_claims, to};
use crate::election::{CandidatesReason, InvitationReason, RaftReason, RingReason, Term};
use crate::types::{MessageKind, Rank, Role, TimerKind};

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

pub(super) fn candidates(paragraph: &Paragraph, me: Rank, reason: CandidatesReason) -> RuleAction {
    let called = |rank| paragraph.called(rank);
    match reason {
        CandidatesReason::SuspectsAndWaits { missed } => RuleAction::new(
            "delays its election to let higher ranks ask first",
            "delayed its election",
            paragraph.missing(missed),
        ),
        CandidatesReason::AsksCandidates { missed } => {
            let why = match (missed, paragraph.timer()) {
                (_, Some(TimerKind::Delay)) => {
                    "nobody above it had started an election within its delay".to_owned()
                }
                _ => paragraph.missing(missed),
            };
            let does = match &*paragraph.announced_to(MessageKind::Election) {
                [only] => format!("asks the only other candidate, {}", called(*only)),
                several => {
                    format!("asks the other candidates: {}", named(paragraph.scenario, several))
                }
            };
            RuleAction::new(does, "asked the candidates", why)
        }
        CandidatesReason::GivesWay { asker } => {
            let asker = called(asker);
            RuleAction::new(
                "answers that it is alive. It ends its own delay and waits for Elected",
                "left the election to another",
                format!("{asker} had started one"),
            )
        }
        CandidatesReason::NoCandidateAnswered => {
            let why = match paragraph.timer() {
                Some(TimerKind::Alive) => "No candidate has answered",
                _ => "There is no other candidate to ask",
            };
            RuleAction::new(
                format!(". {why}, so it waits for Elected"),
                "waited for Elected",
                "no candidate had answered",
            )
        }
        CandidatesReason::Announces { winner } => announces(paragraph, me, winner),
        CandidatesReason::IsElected { by } => RuleAction::leads(
            ", and takes the lead",
            format!("{} had announced it as the highest candidate that answered", called(by)),
        ),
    }
}

fn announces(paragraph: &Paragraph, me: Rank, winner: Rank) -> RuleAction {
    let told = to(paragraph, MessageKind::Elected);
    if winner == me {
        let takes = match &*told {
            "" => "takes the lead".to_owned(),
            told => format!("{} and tells {told}", takes_or_claims(paragraph)),
        };
        return RuleAction::leads(
            format!(". No higher candidate has answered, so it {takes}"),
            "no higher candidate had answered",
        );
    }
    let winner = paragraph.called(winner);
    RuleAction::new(
        format!(
            ". The highest candidate that answered is {winner}, so it tells {told} that {winner} leads"
        ),
        "announced the leader",
        format!("{winner} was the highest candidate that had answered"),
    )
}

pub(super) fn invitation(paragraph: &Paragraph, reason: InvitationReason) -> RuleAction {
    const FIRST: &str = "is larger, or as large with a higher leader";
    let called = |rank| paragraph.called(rank);
    match reason {
        InvitationReason::LeadsAlone => RuleAction::leads(
            "leads a group of its own",
            "it had started, which makes a group of its own",
        ),
        InvitationReason::LeavesGroup { missed } => {
            RuleAction::leads("leads a group of its own", paragraph.missing(missed))
        }
        InvitationReason::Invites { leader } => {
            let leader = called(leader);
            RuleAction::new(
                format!("invites {leader} to its own group"),
                "invited another leader",
                format!(
                    "its group is larger than that of {leader}, or as large with a higher leader"
                ),
            )
        }
        InvitationReason::WaitsForInvitation { from } => {
            let from = called(from);
            RuleAction::new(
                format!(
                    ". The group of {from} {FIRST}, so {} waits for an invitation",
                    me(paragraph)
                ),
                "waited for an invitation",
                format!("the group of {from} {FIRST}"),
            )
        }
        InvitationReason::LargerItself { .. } => RuleAction::new(
            format!(". Its own group {FIRST}, so it stays"),
            "did not join",
            format!("its own group {FIRST}"),
        ),
        InvitationReason::AcceptsInvitation { leader } => {
            let leader = called(leader);
            let does = match &*to(paragraph, MessageKind::Invitation) {
                "" => format!("joins the group of {leader}"),
                members => {
                    format!(", joins the group of {leader} and sends its members there: {members}")
                }
            };
            let why = format!("it was invited to the group of {leader}");
            RuleAction::new(does, "joined another group", why)
        }
        InvitationReason::CountsMember { member } => {
            let member = called(member);
            RuleAction::new(
                "counts it as a member of its group",
                "counted a member",
                format!("{member} had accepted its invitation"),
            )
        }
        InvitationReason::SendsOn { member, to } => {
            let (member, to) = (called(member), called(to));
            RuleAction::new(
                format!(". It has joined the group of {to} meanwhile, so it sends {member} there"),
                "sent a new member on",
                format!("it had joined the group of {to} meanwhile"),
            )
        }
    }
}

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
