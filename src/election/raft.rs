//! Raft's election: votes instead of ranks, and at most one leader in a term. There is no log.
//!
//! With the leader down and one candidate it costs 3n − 4 messages to the end of the first heartbeat round;
//! pre-vote adds 2n − 3. Sources: D. Ongaro and J. Ousterhout, "In Search of an Understandable Consensus
//! Algorithm" (2014), §5.2; D. Ongaro's thesis (2014), §4.2.3, §6.2 (check-quorum), §9.6 (pre-vote).
//!
//! Two leaders of different terms can stand side by side in a partition, unless check-quorum ends the older one.

use super::{Context, Input, Message, Outbox, QuorumReason, RaftReason, Reason, Term};
use crate::time::{Duration, Time};
use crate::types::{Rank, Role, TimerKind};
use std::collections::{BTreeMap, BTreeSet};

/// The messages of this algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RaftMessage {
    /// Asks for a vote in a term.
    VoteRequest(Term),
    /// The answer to `VoteRequest`.
    Vote {
        /// The term of the sender, or the one that it grants.
        term: Term,
        /// Whether the vote is granted.
        granted: bool,
    },
    /// Asks whether the receiver would vote in a term.
    PreVoteRequest(Term),
    /// The answer to `PreVoteRequest`.
    PreVote {
        /// The term of the sender, or the one that it grants.
        term: Term,
        /// Whether the vote is granted.
        granted: bool,
    },
    /// The leader of a term still runs.
    Heartbeat(Term),
    /// With the instant at which the heartbeat was sent, unless it is refused.
    Ack {
        /// The term of the sender, or the one that it grants.
        term: Term,
        /// When the acknowledged heartbeat was sent; none if it is refused.
        stamp: Option<Time>,
    },
}

/// Which of the two additions a scenario runs with; neither by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct RaftRules {
    /// A follower asks whether it would get a majority before it stands.
    pub pre_vote: bool,
    /// A leader steps down that a majority has not acknowledged for a timeout.
    pub check_quorum: bool,
}

/// What survives a crash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct RaftDurable {
    /// The term of the sender, or the one that it grants.
    pub term: Term,
    /// Whom it has voted for in that term.
    pub voted: Option<Rank>,
}

/// Term and vote survive a crash, the rest does not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Raft {
    durable: RaftDurable,
    state: RaftState,
    /// The leader that it believes in, itself included.
    leader: Option<Rank>,
    /// When it last handled a heartbeat of its term.
    heard: Option<Time>,
}

/// The answers to a process that asks for votes or pre-votes, its own included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Votes {
    /// The votes that it has.
    pub granted: usize,
    /// The votes that it has been refused in its term; pre-votes are not counted.
    pub refused: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
enum RaftState {
    #[default]
    Follower,
    PreCandidate {
        grants: BTreeSet<Rank>,
    },
    Candidate {
        grants: BTreeSet<Rank>,
        refusals: BTreeSet<Rank>,
    },
    Leader {
        since: Time,
        /// The newest stamp of this term that each other member has acknowledged.
        stamps: BTreeMap<Rank, Time>,
        /// For when `quorum` is set.
        confirmed_until: Option<Time>,
    },
}

impl Raft {
    /// At the start of a run in which all members believe `leader`.
    pub fn following(context: &Context, leader: Rank) -> Self {
        let leads = context.me == leader;
        let state = match leads {
            true => RaftState::Leader {
                since: Time::ZERO,
                stamps: BTreeMap::new(),
                confirmed_until: None,
            },
            false => RaftState::Follower,
        };
        let durable = RaftDurable { term: 1, voted: Some(leader) };
        Self { durable, state, leader: Some(leader), heard: Some(Time::ZERO) }
    }

    /// After a crash: term and vote are left.
    pub fn recovered(&self) -> Self {
        Self { durable: self.durable, ..Self::default() }
    }

    /// The leader that it believes in, itself included.
    pub fn leader(&self) -> Option<Rank> {
        self.leader
    }

    /// What survives a crash.
    pub fn durable(&self) -> RaftDurable {
        self.durable
    }

    /// The answers that it has; nothing unless it asks for votes or pre-votes.
    pub fn votes(&self) -> Option<Votes> {
        match &self.state {
            RaftState::PreCandidate { grants } => Some(Votes { granted: grants.len(), refused: 0 }),
            RaftState::Candidate { grants, refusals } => {
                Some(Votes { granted: grants.len(), refused: refusals.len() })
            }
            RaftState::Follower | RaftState::Leader { .. } => None,
        }
    }

    /// What a leader sends each interval.
    pub fn heartbeat(&self) -> Message {
        Message::Raft(RaftMessage::Heartbeat(self.durable.term))
    }

    /// What it does in its group; `me` is its rank.
    pub fn role(&self, me: Rank) -> Role {
        match (&self.state, self.leader) {
            (RaftState::PreCandidate { .. }, _) => Role::PreCandidate,
            (RaftState::Candidate { .. }, _) => Role::Candidate,
            (RaftState::Leader { .. }, _) => Role::Leads,
            (RaftState::Follower, Some(leader)) if leader != me => Role::Follows(leader),
            (RaftState::Follower, _) => Role::BelievesNobody,
        }
    }

    /// Handles an input, by the rules of the module.
    pub fn handle(&mut self, context: &Context, input: Input, out: &mut Outbox) {
        match input {
            Input::Boot { .. } => out.reason(Reason::WaitsAfterBoot),
            Input::Suspect | Input::Timeout(TimerKind::Heartbeat) => self.on_timeout(context, out),
            Input::Timeout(TimerKind::Quorum) => self.on_quorum_timeout(context, out),
            Input::Timeout(_) | Input::Preempt => {}
            Input::Receive { from, message: &Message::Raft(message), sent } => match message {
                RaftMessage::PreVoteRequest(term) => {
                    self.on_pre_vote_request(context, from, term, out)
                }
                RaftMessage::PreVote { term, granted } => {
                    self.on_pre_vote(context, from, term, granted, out);
                }
                RaftMessage::VoteRequest(term) => self.on_vote_request(context, from, term, out),
                RaftMessage::Vote { term, granted } => {
                    self.on_vote(context, from, term, granted, out)
                }
                RaftMessage::Heartbeat(term) => self.on_heartbeat(context, from, term, sent, out),
                RaftMessage::Ack { term, stamp } => self.on_ack(context, from, term, stamp, out),
            },
            Input::Receive { message, .. } => {
                debug_assert!(false, "raft has no {}", message.kind())
            }
        }
    }

    /// Rule 2.
    fn on_timeout(&mut self, context: &Context, out: &mut Outbox) {
        let missed = self.leader.take();
        if !context.algorithm.raft().pre_vote {
            out.reason(RaftReason::Stands { missed, term: self.durable.term + 1 });
            return self.campaign(context, out);
        }
        let term = self.durable.term + 1;
        out.reason(RaftReason::AsksForPreVotes { missed, term });
        self.state = RaftState::PreCandidate { grants: [context.me].into() };
        for other in context.others() {
            out.send(other, Message::Raft(RaftMessage::PreVoteRequest(term)));
        }
        match is_majority(context, 1) {
            true => self.campaign(context, out),
            false => out.adopts(),
        }
    }

    /// Rule 2: a candidate of a new term, with its own vote.
    fn campaign(&mut self, context: &Context, out: &mut Outbox) {
        self.durable = RaftDurable { term: self.durable.term + 1, voted: Some(context.me) };
        self.leader = None;
        self.state =
            RaftState::Candidate { grants: [context.me].into(), refusals: BTreeSet::new() };
        out.round_started();
        for other in context.others() {
            out.send(other, Message::Raft(RaftMessage::VoteRequest(self.durable.term)));
        }
        match is_majority(context, 1) {
            true => self.lead(context, out),
            false => out.adopts(),
        }
    }

    /// Rule 3.
    fn on_pre_vote_request(
        &mut self,
        context: &Context,
        from: Rank,
        asked: Term,
        out: &mut Outbox,
    ) {
        let RaftDurable { term, voted } = self.durable;
        let may_vote = asked > term || (asked == term && voted.is_none_or(|rank| rank == from));
        let hears = self.hears_leader(context);
        let granted = may_vote && hears.is_none();
        out.reason(match hears {
            _ if granted => RaftReason::WouldVote { candidate: from, term: asked },
            Some(leader) => RaftReason::HearsLeader { candidate: from, leader },
            None => RaftReason::WouldNotVote { candidate: from, term },
        });
        let term = if granted { asked } else { term };
        out.send(from, Message::Raft(RaftMessage::PreVote { term, granted }));
    }

    /// The leader that it hears: itself, or one that it heard less than a timeout ago.
    fn hears_leader(&self, context: &Context) -> Option<Rank> {
        let leader = self.leader?;
        let is_recent = || self.heard.is_some_and(|at| context.now.since(at) < context.timeout);
        (leader == context.me || is_recent()).then_some(leader)
    }

    /// Rule 4.
    fn on_pre_vote(
        &mut self,
        context: &Context,
        from: Rank,
        term: Term,
        granted: bool,
        out: &mut Outbox,
    ) {
        let wanted = self.durable.term + 1;
        let RaftState::PreCandidate { grants } = &mut self.state else {
            return out.reason(Reason::TooLate { from });
        };
        match granted {
            true if term == wanted => {
                grants.insert(from);
                let count = grants.len();
                out.reason(RaftReason::HasPreVote { from, term });
                if is_majority(context, count) {
                    out.reason(RaftReason::StandsWithPreVotes { term });
                    self.campaign(context, out);
                }
            }
            false if term > self.durable.term => {
                out.reason(RaftReason::NewerTerm { from, term });
                self.take_term(term, out);
            }
            true | false => out.reason(RaftReason::IsRefused { from }),
        }
    }

    /// Rule 4: a greater term makes a follower without a leader and without a vote.
    fn take_term(&mut self, term: Term, out: &mut Outbox) {
        let led = matches!(self.state, RaftState::Leader { .. });
        self.durable = RaftDurable { term, voted: None };
        self.state = RaftState::Follower;
        self.leader = None;
        out.cancel_timer(TimerKind::Quorum);
        // Anybody else has `heartbeat` running already.
        if led {
            out.adopts();
        }
    }

    /// Rule 5.
    fn on_vote_request(&mut self, context: &Context, from: Rank, asked: Term, out: &mut Outbox) {
        if context.algorithm.raft().check_quorum
            && let Some(leader) = self.hears_leader(context)
        {
            return out.reason(RaftReason::HearsLeader { candidate: from, leader });
        }
        if asked > self.durable.term {
            self.take_term(asked, out);
        }
        let RaftDurable { term, voted } = self.durable;
        let granted = asked == term && voted.is_none_or(|rank| rank == from);
        match (granted, voted) {
            (true, _) => {
                self.durable.voted = Some(from);
                out.reason(RaftReason::Votes { candidate: from, term });
            }
            (false, Some(voted)) if asked == term => {
                out.reason(RaftReason::HasVoted { candidate: from, voted, term });
            }
            (false, _) => out.reason(RaftReason::OlderTerm { from, term }),
        }
        out.send(from, Message::Raft(RaftMessage::Vote { term, granted }));
        if granted {
            out.adopts();
        }
    }

    /// Rule 6.
    fn on_vote(
        &mut self,
        context: &Context,
        from: Rank,
        term: Term,
        granted: bool,
        out: &mut Outbox,
    ) {
        if term > self.durable.term {
            out.reason(RaftReason::NewerTerm { from, term });
            return self.take_term(term, out);
        }
        let RaftState::Candidate { grants, refusals } = &mut self.state else {
            return out.reason(Reason::TooLate { from });
        };
        if term < self.durable.term {
            return out.reason(RaftReason::IsRefused { from });
        }
        if !granted {
            refusals.insert(from);
            return out.reason(RaftReason::IsRefused { from });
        }
        grants.insert(from);
        let count = grants.len();
        out.reason(RaftReason::HasVote { from, term });
        if is_majority(context, count) {
            out.reason(RaftReason::HasMajority { term });
            self.lead(context, out);
        }
    }

    /// Rule 6.
    fn lead(&mut self, context: &Context, out: &mut Outbox) {
        self.leader = Some(context.me);
        let stamps = BTreeMap::new();
        self.state = RaftState::Leader { since: context.now, stamps, confirmed_until: None };
        out.leads();
        for other in context.others() {
            out.send(other, Message::Raft(RaftMessage::Heartbeat(self.durable.term)));
        }
        self.set_quorum_timer(context, out);
    }

    /// Rule 7.
    fn on_heartbeat(
        &mut self,
        context: &Context,
        from: Rank,
        term: Term,
        sent: Time,
        out: &mut Outbox,
    ) {
        if term < self.durable.term {
            out.reason(RaftReason::OlderTerm { from, term: self.durable.term });
            return out.send(
                from,
                Message::Raft(RaftMessage::Ack { term: self.durable.term, stamp: None }),
            );
        }
        out.reason(match self.leader {
            Some(leader) if leader == from => Reason::StillFollows { leader },
            Some(leader) if leader == context.me => Reason::StepsDown { to: from },
            Some(_) | None => Reason::Adopts { leader: from },
        });
        if term > self.durable.term {
            self.take_term(term, out);
        }
        self.state = RaftState::Follower;
        self.leader = Some(from);
        self.heard = Some(context.now);
        out.send(from, Message::Raft(RaftMessage::Ack { term, stamp: Some(sent) }));
        out.adopts();
    }

    /// Rule 8.
    fn on_ack(
        &mut self,
        context: &Context,
        from: Rank,
        term: Term,
        stamp: Option<Time>,
        out: &mut Outbox,
    ) {
        if term > self.durable.term {
            out.reason(RaftReason::NewerTerm { from, term });
            return self.take_term(term, out);
        }
        out.reason(QuorumReason::IsAcknowledged { by: from });
        let own = self.durable.term;
        if let (RaftState::Leader { stamps, .. }, Some(stamp)) = (&mut self.state, stamp)
            && term == own
        {
            let newest = stamps.entry(from).or_insert(stamp);
            *newest = (*newest).max(stamp);
            self.set_quorum_timer(context, out);
        }
    }

    /// Rule 8: until when a majority stands behind the leader.
    pub fn set_quorum_timer(&mut self, context: &Context, out: &mut Outbox) {
        let RaftState::Leader { since, stamps, confirmed_until } = &mut self.state else { return };
        let needed = context.members.len() / 2;
        if !context.algorithm.raft().check_quorum || needed == 0 {
            return;
        }
        let mut newest: Vec<Time> = stamps.values().copied().collect();
        newest.sort_unstable_by(|a, b| b.cmp(a));
        let acknowledged = newest.get(needed - 1).copied().unwrap_or(*since).max(*since);
        let until = acknowledged + context.timeout;
        if *confirmed_until != Some(until) {
            *confirmed_until = Some(until);
            let wait = if until > context.now { until.since(context.now) } else { Duration::ZERO };
            out.set_timer(TimerKind::Quorum, wait);
        }
    }

    /// Rule 8: no majority for a whole timeout.
    fn on_quorum_timeout(&mut self, context: &Context, out: &mut Outbox) {
        debug_assert!(self.leader == Some(context.me), "only a leader has this timer");
        out.reason(QuorumReason::LostQuorum);
        self.state = RaftState::Follower;
        self.leader = None;
        out.adopts();
    }
}

fn is_majority(context: &Context, count: usize) -> bool {
    count * 2 > context.members.len()
}
