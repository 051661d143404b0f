//! Invitation, in sentences.

use super::super::paragraph::Paragraph;
use super::{RuleAction, me, to};
use crate::election::InvitationReason;
use crate::types::MessageKind;

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
