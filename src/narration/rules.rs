//! Describes what a member does by a rule of its algorithm or of the quorum, and why.

use super::names::named;
use super::paragraph::Paragraph;
use crate::election::{
    CandidatesReason, InvitationReason, QuorumReason, RaftReason, Reason, RingReason, Term,
    VrrpReason,
};
use crate::types::{MessageKind, Rank, Role};

/// An action by a rule: its words in the story, and in the answer to *Why?*.
pub(super) struct RuleAction {
    /// `asks every candidate: 6 and 5`; empty where what the member has received says it all.
    pub does: String,
    /// `asked every candidate`
    pub did: &'static str,
    /// `it had heard no heartbeat from 6 for 350 ms`
    pub why: String,
}

impl RuleAction {
    fn new(does: impl Into<String>, did: &'static str, why: impl Into<String>) -> Self {
        Self { does: does.into(), did, why: why.into() }
    }

    /// An action that takes the lead.
    fn leads(does: impl Into<String>, why: impl Into<String>) -> Self {
        Self::new(does, "leads", why)
    }
}

/// The action of a reason that belongs to one algorithm or to a remedy; none for those that several share.
pub(super) fn action(paragraph: &Paragraph, me: Rank, reason: Reason) -> Option<RuleAction> {
    Some(match reason {
        Reason::Preempts { leader } => preempts(paragraph, leader),
        Reason::Quorum(reason) => quorum(paragraph, reason),
        Reason::Candidates(reason) => candidates(paragraph, me, reason),
        Reason::Ring(reason) => ring(paragraph, reason),
        Reason::Invitation(reason) => invitation(paragraph, reason),
        Reason::Raft(reason) => raft(paragraph, reason),
        Reason::Vrrp(reason) => vrrp(paragraph, reason),
        Reason::AsksAfterBoot
        | Reason::WaitsAfterBoot
        | Reason::Asks { .. }
        | Reason::Walks { .. }
        | Reason::HighestOfAll { .. }
        | Reason::FirstInLine { .. }
        | Reason::Answers { .. }
        | Reason::AnswersAndAsks { .. }
        | Reason::AnswersWhileElecting { .. }
        | Reason::AnswersAndLeads { .. }
        | Reason::TakesOver { .. }
        | Reason::LeadsAlready { .. }
        | Reason::HeardAlive { .. }
        | Reason::HeardLower { .. }
        | Reason::NextIsAlive { .. }
        | Reason::TooLate { .. }
        | Reason::TellsToProceed { .. }
        | Reason::LeavesItToHigher { .. }
        | Reason::NobodyAnswered
        | Reason::NoAnnouncement
        | Reason::NextInWalk { .. }
        | Reason::WalkEndsHere
        | Reason::ReceivedProceed { .. }
        | Reason::ProceedWhileLeading { .. }
        | Reason::Adopts { .. }
        | Reason::StepsDown { .. }
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

fn preempts(paragraph: &Paragraph, leader: Rank) -> RuleAction {
    let leader = paragraph.called(leader);
    let asked = to(paragraph, MessageKind::Election);
    let does = match &*asked {
        "" => format!("takes the lead from {leader}, which ranks lower"),
        asked => format!("asks {asked}, to take the lead from {leader}, which ranks lower"),
    };
    let why = format!("it had followed {leader}, which ranks lower, for {}", paragraph.waited());
    RuleAction::new(does, "started an election", why)
}

fn quorum(paragraph: &Paragraph, reason: QuorumReason) -> RuleAction {
    match reason {
        QuorumReason::IsAcknowledged { by } => {
            let does = match paragraph.became {
                Some(Role::Leads) => "leads: a quorum acknowledges it",
                _ => "",
            };
            let why = format!("{} had acknowledged it, which makes a quorum", paragraph.called(by));
            RuleAction::new(does, "leads", why)
        }
        QuorumReason::LostQuorum => {
            let does = match paragraph.became {
                Some(Role::Claims) => {
                    "only claims to lead: no quorum has acknowledged it within the timeout"
                }
                _ => "steps down: no majority has acknowledged it within the timeout",
            };
            let why = "no quorum had acknowledged it within the detector's timeout";
            RuleAction::new(does, "no longer leads", why)
        }
        QuorumReason::IsFree => {
            let does = match paragraph.became {
                Some(Role::Leads) => "leads: its promise to another leader has run out",
                _ => "is free of its promise to another leader",
            };
            RuleAction::new(does, "leads", "its promise to another leader had run out")
        }
    }
}

fn candidates(paragraph: &Paragraph, me: Rank, reason: CandidatesReason) -> RuleAction {
    let called = |rank| paragraph.called(rank);
    match reason {
        CandidatesReason::SuspectsAndWaits { missed } => RuleAction::new(
            "delays its election, so that higher ranks ask first",
            "delayed its election",
            paragraph.missing(missed),
        ),
        CandidatesReason::AsksCandidates { missed } => {
            let why = match missed {
                Some(_) => paragraph.missing(missed),
                None => "nobody above it had started an election within its delay".to_owned(),
            };
            let does = match &*to(paragraph, MessageKind::Election) {
                "" => "finds no other candidate".to_owned(),
                asked => format!("asks the other candidates: {asked}"),
            };
            RuleAction::new(does, "asked the candidates", why)
        }
        CandidatesReason::GivesWay { asker } => {
            let asker = called(asker);
            RuleAction::new(
                format!("answers that it is alive; it leaves the election to {asker}"),
                "left the election to another",
                format!("{asker} had started one"),
            )
        }
        CandidatesReason::NoCandidateAnswered => RuleAction::new(
            "waits for Elected: no candidate has answered",
            "waits for Elected",
            "no candidate had answered",
        ),
        CandidatesReason::Announces { winner } if winner == me => RuleAction::leads(
            format!("leads and tells {}", to(paragraph, MessageKind::Elected)),
            "it was the highest candidate that had answered",
        ),
        CandidatesReason::Announces { winner } => {
            let winner = called(winner);
            let told = to(paragraph, MessageKind::Elected);
            RuleAction::new(
                format!("tells {told} that {winner} leads, the highest candidate that answered"),
                "announced the leader",
                format!("{winner} was the highest candidate that had answered"),
            )
        }
        CandidatesReason::IsElected { by } => {
            RuleAction::leads("leads", format!("{} had announced that it leads", called(by)))
        }
    }
}

fn ring(paragraph: &Paragraph, reason: RingReason) -> RuleAction {
    let called = |rank| paragraph.called(rank);
    let starts = |how: &str| format!("{how} to {}", to(paragraph, MessageKind::Election));
    match reason {
        RingReason::StartsLapAfterBoot => RuleAction::new(
            starts("starts an election round the ring and hands it"),
            "started an election",
            "it had started and knew no leader",
        ),
        RingReason::StartsLap { missed } => RuleAction::new(
            starts("starts an election round the ring and hands it"),
            "started an election",
            paragraph.missing(missed),
        ),
        RingReason::LapDidNotReturn => RuleAction::new(
            starts("starts again and hands an Election"),
            "started again",
            format!("the Elected had not come round within {}", paragraph.waited()),
        ),
        RingReason::IsAlone => {
            RuleAction::leads("leads: nobody else has answered", "nobody else had answered")
        }
        RingReason::HandedOn { to } => RuleAction::new(
            "",
            "handed the message on",
            format!("{} had answered that it is alive", called(to)),
        ),
        RingReason::Skips { silent } => {
            let silent = called(silent);
            let does = match paragraph.sent.first() {
                Some(_) => format!("skips {silent} and hands the message to the next process"),
                None => format!("skips {silent}; nobody is left to hand the message to"),
            };
            let why = format!("{silent} had not answered within {}", paragraph.waited());
            RuleAction::new(does, "skipped a process", why)
        }
        RingReason::LapOver => RuleAction::new(
            "has its election back, and announces the highest rank that it has passed",
            "announced the leader",
            "its election had come round the ring",
        ),
        RingReason::SecondLapOver => RuleAction::new(
            "has its announcement back: everybody has heard it",
            "ended its election",
            "its Elected had come round the ring",
        ),
        RingReason::Swallows { starter } => {
            let starter = called(starter);
            RuleAction::new(
                format!("does not hand the election of {starter} on"),
                "stopped an election",
                format!(
                    "it holds one of its own, or the election of {starter} has passed it already"
                ),
            )
        }
        RingReason::IsElected { by } => RuleAction::leads(
            "leads, and hands the announcement on",
            format!("it was the highest rank that the election of {} had passed", called(by)),
        ),
        RingReason::Joins { starter } => {
            let starter = called(starter);
            RuleAction::new(
                format!("adds itself to the election of {starter}, and hands it on"),
                "joined an election",
                format!("the election of {starter} had come to it"),
            )
        }
    }
}

fn invitation(paragraph: &Paragraph, reason: InvitationReason) -> RuleAction {
    let called = |rank| paragraph.called(rank);
    match reason {
        InvitationReason::LeadsAlone => {
            RuleAction::leads("leads a group of its own", "it had started")
        }
        InvitationReason::LeavesGroup { missed } => {
            RuleAction::leads("leads a group of its own", paragraph.missing(missed))
        }
        InvitationReason::Invites { leader } => {
            let leader = called(leader);
            RuleAction::new(
                format!("invites {leader} to join its group"),
                "invited another leader",
                format!(
                    "its group is larger than that of {leader}, or as large and its rank higher"
                ),
            )
        }
        InvitationReason::WaitsForInvitation { from } => RuleAction::new(
            format!("waits for an invitation: the group of {} is larger", called(from)),
            "waited for an invitation",
            format!("the group of {} is larger, or as large and its rank higher", called(from)),
        ),
        InvitationReason::LargerItself { from } => RuleAction::new(
            format!("does not join {}: its own group is larger", called(from)),
            "did not join",
            "its own group is larger, or as large and its rank higher",
        ),
        InvitationReason::AcceptsInvitation { leader } => {
            let leader = called(leader);
            RuleAction::new(
                format!("joins the group of {leader}"),
                "joined another group",
                format!("it was invited to the group of {leader}"),
            )
        }
        InvitationReason::CountsMember { member } => {
            let member = called(member);
            RuleAction::new(
                format!("counts {member} as a member of its group"),
                "counted a member",
                format!("{member} had accepted its invitation"),
            )
        }
        InvitationReason::SendsOn { member, to } => {
            let (member, to) = (called(member), called(to));
            RuleAction::new(
                format!("sends {member} on to {to}, whose group it has joined meanwhile"),
                "sent a new member on",
                format!("it had joined the group of {to} meanwhile"),
            )
        }
    }
}

fn raft(paragraph: &Paragraph, reason: RaftReason) -> RuleAction {
    let called = |rank| paragraph.called(rank);
    let all = |kind| to(paragraph, kind);
    match reason {
        RaftReason::Stands { missed, term } => RuleAction::new(
            format!("stands in term {term} and asks {} for votes", all(MessageKind::VoteRequest)),
            "asked for votes",
            paragraph.missing(missed),
        ),
        RaftReason::AsksForPreVotes { missed, term } => RuleAction::new(
            format!(
                "asks {} whether they would vote for it in term {term}",
                all(MessageKind::PreVoteRequest)
            ),
            "asked for pre-votes",
            paragraph.missing(missed),
        ),
        RaftReason::StandsWithPreVotes { term } => RuleAction::new(
            format!("stands in term {term}, since a majority would vote for it"),
            "asked for votes",
            "a majority would vote for it",
        ),
        RaftReason::WouldVote { candidate, term } => RuleAction::new(
            format!("would vote for {} in term {term}", called(candidate)),
            "granted a pre-vote",
            "it hears no leader and has not voted in that term",
        ),
        RaftReason::WouldNotVote { candidate, term } => RuleAction::new(
            format!("refuses: its own term is {term}"),
            "refused a pre-vote",
            format!("the term that {} asked for is no newer than term {term}", called(candidate)),
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
            format!("refuses: {} is behind, the term is {term}", called(from)),
            "refused",
            format!("its own term {term} is newer"),
        ),
        RaftReason::NewerTerm { from, term } => RuleAction::new(
            format!("takes term {term} of {}, and follows nobody", called(from)),
            "took a newer term",
            format!("{} was in term {term}", called(from)),
        ),
        RaftReason::HasPreVote { from, .. } => {
            RuleAction::new("", "counted a pre-vote", format!("{} would vote for it", called(from)))
        }
        RaftReason::HasVote { from, .. } => {
            RuleAction::new("", "counted a vote", format!("{} had voted for it", called(from)))
        }
        RaftReason::HasMajority { term } => RuleAction::leads(
            format!("leads in term {term}: a majority has voted for it"),
            format!("a majority had voted for it in term {term}"),
        ),
        RaftReason::IsRefused { from } => RuleAction::new(
            "",
            "was refused",
            format!("{} had voted for another process or hears a leader", called(from)),
        ),
    }
}

fn hears_leader(paragraph: &Paragraph, leader: Rank) -> RuleAction {
    let hears = match paragraph.head.rank == Some(leader) {
        true => "it leads itself".to_owned(),
        false => format!("it hears from leader {}", paragraph.called(leader)),
    };
    let does = match paragraph.sent.first() {
        Some(_) => format!("refuses: {hears}"),
        None => format!("ignores it: {hears}"),
    };
    RuleAction::new(does, "refused", hears)
}

fn has_voted(paragraph: &Paragraph, candidate: Rank, voted: Rank, term: Term) -> RuleAction {
    let candidate = paragraph.called(candidate);
    let whom = match paragraph.head.rank == Some(voted) {
        true => "itself".to_owned(),
        false => paragraph.called(voted).to_string(),
    };
    RuleAction::new(
        format!("has voted for {whom} in term {term} already, so it refuses"),
        "refused its vote",
        format!("it had voted for {whom} in term {term} before {candidate} asked"),
    )
}

fn vrrp(paragraph: &Paragraph, reason: VrrpReason) -> RuleAction {
    match reason {
        VrrpReason::LeadsInSilence { missed } => {
            let told = to(paragraph, MessageKind::Heartbeat);
            RuleAction::leads(format!("takes the lead and tells {told}"), paragraph.missing(missed))
        }
        VrrpReason::AnswersLower { from } => {
            let from = paragraph.called(from);
            RuleAction::new(
                format!("sends its own at once: it ranks higher than {from}"),
                "answered with its own heartbeat",
                format!("it ranks higher than {from}"),
            )
        }
    }
}

/// `4, 5 and 6`: the receivers of what the member sends of a kind.
fn to(paragraph: &Paragraph, kind: MessageKind) -> String {
    let receivers = paragraph.announced_to(kind);
    match &*receivers {
        [] => String::new(),
        receivers => named(paragraph.scenario, receivers).to_string(),
    }
}
