//! Invitation: groups with a leader each stand side by side, and merge when their leaders hear of each other.
//!
//! The larger group invites the smaller one; of equal ones the higher rank invites. Merging a leader with m members
//! into another costs 1 + m `Invitation` and as many `Accept`. Sources: H. Garcia-Molina, "Elections in a
//! Distributed Computing System" (1982); A. Petrov, "Database Internals" (2019), chapter 10.
//!
//! Several leaders are no failure here but the resting state of groups that have not merged.

use super::{Context, Input, InvitationReason, Message, Outbox, Reason};
use crate::types::{Rank, Role};
use std::collections::BTreeSet;

/// The messages of this algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InvitationMessage {
    /// Of a leader, with the size of its group.
    Heartbeat {
        /// The number of members, the leader included.
        size: u32,
    },
    /// To the group of this leader.
    Invitation {
        /// The leader to follow.
        leader: Rank,
        /// The number of members, the leader included.
        size: u32,
    },
    /// The sender joins the group.
    Accept,
}

/// Nothing of it survives a crash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Invitation {
    leader: Option<Rank>,
    /// Of a leader: the other processes that it counts as its own.
    members: BTreeSet<Rank>,
}

impl Invitation {
    /// At the start of a run in which all members believe `leader`.
    pub fn following(context: &Context, leader: Rank) -> Self {
        let leads = context.me == leader;
        let members = if leads { context.others().collect() } else { BTreeSet::new() };
        Self { leader: Some(leader), members }
    }

    /// The leader that it believes in, itself included.
    pub fn leader(&self) -> Option<Rank> {
        self.leader
    }

    /// What it does in its group; `me` is its rank.
    pub fn role(&self, me: Rank) -> Role {
        match self.leader {
            None => Role::BelievesNobody,
            Some(leader) if leader == me => Role::Leads,
            Some(leader) => Role::Follows(leader),
        }
    }

    /// How many processes the group of a leader has, itself included.
    pub fn size(&self) -> u32 {
        1 + self.members.len() as u32
    }

    /// Rule 2.
    pub fn heartbeat(&self) -> Message {
        Message::Invitation(InvitationMessage::Heartbeat { size: self.size() })
    }

    /// Handles an input, by the rules of the module.
    #[expect(clippy::wildcard_enum_match_arm, reason = "it receives only its own messages")]
    pub fn handle(&mut self, context: &Context, input: Input, out: &mut Outbox) {
        match input {
            // Rule 1.
            Input::Boot { .. } => {
                out.reason(InvitationReason::LeadsAlone);
                self.lead_alone(context, out);
            }
            // Rule 7.
            Input::Suspect => {
                out.reason(InvitationReason::LeavesGroup { missed: self.leader });
                out.round_started();
                self.lead_alone(context, out);
            }
            Input::Receive { from, message, .. } => match *message {
                Message::Invitation(InvitationMessage::Heartbeat { size }) => {
                    self.on_heartbeat(context, from, size, out);
                }
                Message::Invitation(InvitationMessage::Invitation { leader, size }) => {
                    self.on_invitation(context, from, leader, size, out);
                }
                Message::Invitation(InvitationMessage::Accept) => {
                    self.on_accept(context, from, out)
                }
                ref other => debug_assert!(false, "invitation has no {}", other.kind()),
            },
            Input::Timeout(_) | Input::Preempt => {}
        }
    }

    fn lead_alone(&mut self, context: &Context, out: &mut Outbox) {
        self.leader = Some(context.me);
        self.members.clear();
        out.leads();
    }

    /// Rules 2 and 3.
    fn on_heartbeat(&mut self, context: &Context, from: Rank, size: u32, out: &mut Outbox) {
        if self.leader == Some(from) {
            out.reason(Reason::StillFollows { leader: from });
            return out.adopts();
        }
        if self.leader != Some(context.me) {
            return out.reason(Reason::Ignores { from });
        }
        self.members.remove(&from);
        if (self.size(), context.me) > (size, from) {
            out.reason(InvitationReason::Invites { leader: from });
            out.election_counted();
            let size = self.size();
            out.send(from, invite(context.me, size));
        } else {
            out.reason(InvitationReason::WaitsForInvitation { from });
        }
    }

    /// Rules 4 and 5.
    fn on_invitation(
        &mut self,
        context: &Context,
        from: Rank,
        leader: Rank,
        size: u32,
        out: &mut Outbox,
    ) {
        let leads = self.leader == Some(context.me);
        if leads && from == leader {
            if (self.size(), context.me) > (size, leader) {
                return out.reason(InvitationReason::LargerItself { from });
            }
            out.reason(InvitationReason::AcceptsInvitation { leader });
            self.leader = Some(leader);
            out.send(leader, Message::Invitation(InvitationMessage::Accept));
            for member in std::mem::take(&mut self.members) {
                if member != leader {
                    out.send(member, invite(leader, size));
                }
            }
            out.adopts();
        } else if !leads && self.leader == Some(from) && leader != context.me {
            out.reason(InvitationReason::AcceptsInvitation { leader });
            self.leader = Some(leader);
            out.send(leader, Message::Invitation(InvitationMessage::Accept));
            out.adopts();
        } else {
            out.reason(Reason::Ignores { from });
        }
    }

    /// Rule 6.
    fn on_accept(&mut self, context: &Context, from: Rank, out: &mut Outbox) {
        match self.leader {
            Some(leader) if leader == context.me => {
                self.members.insert(from);
                out.reason(InvitationReason::CountsMember { member: from });
            }
            Some(leader) if leader != from => {
                out.reason(InvitationReason::SendsOn { member: from, to: leader });
                out.send(from, invite(leader, 0));
            }
            Some(_) | None => out.reason(Reason::Ignores { from }),
        }
    }
}

fn invite(leader: Rank, size: u32) -> Message {
    Message::Invitation(InvitationMessage::Invitation { leader, size })
}
