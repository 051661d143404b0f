//! Describes what a member does by a rule of its algorithm or of the quorum, and why.

mod candidates;
mod invitation;
mod raft;
mod ring;

use super::names::named;
use super::paragraph::Paragraph;
use crate::election::{QuorumReason, Reason, VrrpReason};
use crate::types::{MessageKind, Rank, Role};

/// An action by a rule: its words in the story, and in the answer to *Why?*.
pub(super) struct RuleAction {
    /// `asks every candidate: 6 and 5`, or a sentence of its own: `. A majority has voted for it, so it leads`;
    /// empty where what the member has received says it all.
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
        Reason::Candidates(reason) => candidates::candidates(paragraph, me, reason),
        Reason::Ring(reason) => ring::ring(paragraph, reason),
        Reason::Invitation(reason) => invitation::invitation(paragraph, reason),
        Reason::Raft(reason) => raft::raft(paragraph, reason),
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
        | Reason::LeadsItself { .. }
        | Reason::ElectsAlready
        | Reason::HasNotBooted => return None,
    })
}

fn preempts(paragraph: &Paragraph, leader: Rank) -> RuleAction {
    let leader = paragraph.called(leader);
    let asked = to(paragraph, MessageKind::Election);
    let why = format!("it had followed {leader}, which ranks lower, for {}", paragraph.waited());
    RuleAction::new(format!("starts an election and asks {asked}"), "started an election", why)
}

fn quorum(paragraph: &Paragraph, reason: QuorumReason) -> RuleAction {
    let leads = paragraph.became == Some(Role::Leads);
    match reason {
        QuorumReason::IsAcknowledged { by } => {
            let does = if leads { ". A quorum acknowledges it now, so it leads" } else { "" };
            let why = format!("{} had acknowledged it, which makes a quorum", paragraph.called(by));
            let did = if leads { "leads" } else { "counted an acknowledgement" };
            RuleAction::new(does, did, why)
        }
        QuorumReason::LostQuorum => {
            let does = match paragraph.became {
                Some(Role::Claims) => ", so it only claims to lead",
                _ => ", so it steps down",
            };
            let why = "no quorum had acknowledged it within the timeout";
            RuleAction::new(does, "lost the lead", why)
        }
        QuorumReason::IsFree => {
            let does = if leads { ", so it leads" } else { "" };
            let did = if leads { "leads" } else { "was free" };
            RuleAction::new(does, did, "the promise that bound it had ended")
        }
    }
}

/// `takes the lead`, or where a quorum has to acknowledge it first, `claims the lead`.
fn takes_or_claims(paragraph: &Paragraph) -> &'static str {
    match paragraph.became {
        Some(Role::Claims) => "claims the lead",
        _ => "takes the lead",
    }
}

fn me(paragraph: &Paragraph) -> String {
    let me = paragraph.actor().rank;
    me.map_or_else(String::new, |me| paragraph.called(me).to_string())
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
                format!(". It ranks higher than {from}, so it sends its own at once"),
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
