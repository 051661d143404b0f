//! Raft's election (section 6 of the further rules). The numbers are those of the rules.

use super::{Content, Letter, MemberId, World};
use hustings::choice::{ChoiceId, TimerId};
use hustings::election::Algorithm;
use hustings::time::{Duration, Time};
use hustings::types::{MessageKind, Rank, TimerKind};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
pub(super) struct State {
    pub(super) term: u32,
    voted: Option<Rank>,
    pub(super) role: Role,
    granted: BTreeSet<Rank>,
    /// When it last handled rule 7.
    heard: Time,
    /// As a leader: since when, and the newest stamp that each other has acknowledged.
    since: Time,
    stamps: BTreeMap<Rank, Time>,
    /// When the timer `quorum` is due.
    rings: Option<Time>,
}

/// Whether it leads is in whom it believes.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Role {
    #[default]
    Follower,
    PreCandidate,
    Candidate,
    Leader,
}

impl Role {
    pub(super) fn told(self) -> &'static str {
        match self {
            Self::Follower | Self::Leader => "",
            Self::PreCandidate => "preCandidate",
            Self::Candidate => "candidate",
        }
    }
}

impl State {
    pub(super) fn that_survives(&self) -> Self {
        Self { term: self.term, voted: self.voted, ..Self::default() }
    }
}

impl World<'_> {
    /// The start with a leader, rule 1.
    pub(super) fn begin_in_term_1(&mut self, me: MemberId, leader: Rank) {
        let raft = &mut self.member(me).raft;
        (raft.term, raft.voted) = (1, Some(leader));
        if leader == me.1 {
            raft.role = Role::Leader;
            self.look_at_majority(me);
        }
    }

    /// The timer `heartbeat` of raft is drawn from T to 2T; this is what it has above T.
    pub(super) fn drawn_timeout(&self, name: TimerId) -> Duration {
        let Algorithm::Raft(_) = self.scenario.algorithm else { return Duration::ZERO };
        if name.timer != TimerKind::Heartbeat {
            return Duration::ZERO;
        }
        let (_, timeout) = self.own_timing(name.of);
        Duration::us(self.draw(ChoiceId::Timer(name), 3, timeout.as_us() + 1))
    }

    /// A `suspect` line: only a follower heeds it.
    pub(super) fn suspect_by_line(&mut self, me: MemberId) {
        if self.members[&me].raft.role == Role::Follower {
            self.hear_nobody(me);
        }
    }

    /// Rule 2.
    pub(super) fn hear_nobody(&mut self, me: MemberId) {
        self.member(me).leader = None;
        if !self.scenario.algorithm.raft().pre_vote {
            return self.stand(me);
        }
        self.ask_for_votes(me, Role::PreCandidate, MessageKind::PreVoteRequest);
    }

    fn stand(&mut self, me: MemberId) {
        self.tell_election(me);
        self.member(me).raft.term += 1;
        self.member(me).raft.voted = Some(me.1);
        self.ask_for_votes(me, Role::Candidate, MessageKind::VoteRequest);
    }

    fn ask_for_votes(&mut self, me: MemberId, role: Role, kind: MessageKind) {
        let raft = &mut self.member(me).raft;
        raft.role = role;
        raft.granted = BTreeSet::from([me.1]);
        let term = raft.term + u32::from(role == Role::PreCandidate);
        for to in self.others(me) {
            self.tell_term(me, kind, to, (term, true));
        }
        self.set_detector(me, TimerKind::Heartbeat);
        self.count_votes(me);
    }

    fn count_votes(&mut self, me: MemberId) {
        let raft = &self.members[&me].raft;
        if raft.granted.len() < self.majority(me) {
            return;
        }
        match raft.role {
            Role::PreCandidate => self.stand(me), // rule 4
            Role::Candidate => self.win(me),      // rule 6
            Role::Follower | Role::Leader => {}
        }
    }

    fn majority(&self, me: MemberId) -> usize {
        self.scenario.group(me.0).members.len() / 2 + 1
    }

    fn tell_term(
        &mut self,
        me: MemberId,
        kind: MessageKind,
        to: Rank,
        (term, granted): (u32, bool),
    ) {
        let stamp = Time::ZERO;
        self.send_with(me, kind, to, Content::Term { term, granted, stamp });
    }

    fn win(&mut self, me: MemberId) {
        self.cancel(me, TimerKind::Heartbeat);
        let now = self.now;
        let member = self.member(me);
        member.leader = Some(me.1);
        member.raft.role = Role::Leader;
        member.raft.since = now;
        member.raft.stamps.clear();
        self.set_detector(me, TimerKind::Beat);
        self.send_heartbeats(me);
        self.look_at_majority(me);
    }

    pub(super) fn read_raft(&mut self, me: MemberId, letter: &Letter) {
        let (kind, from) = (letter.name.kind, letter.name.from);
        let Content::Term { term, granted, stamp } = letter.content else {
            unreachable!("every message of raft has a term")
        };
        match kind {
            MessageKind::PreVoteRequest => self.read_pre_vote_request(me, from, term),
            MessageKind::PreVote => self.read_pre_vote(me, from, term, granted),
            MessageKind::VoteRequest => self.read_vote_request(me, from, term),
            MessageKind::Vote => {
                if term > self.members[&me].raft.term {
                    self.take_term(me, term);
                } else if granted && term == self.members[&me].raft.term {
                    self.granted_by(me, from, Role::Candidate);
                }
            }
            MessageKind::Heartbeat => self.read_raft_heartbeat(me, from, term, letter.sent),
            MessageKind::Ack => self.read_raft_ack(me, from, (term, granted, stamp)),
            MessageKind::Election
            | MessageKind::Alive
            | MessageKind::Proceed
            | MessageKind::Elected
            | MessageKind::Invitation
            | MessageKind::Accept => unreachable!("raft has no {kind}"),
        }
    }

    fn granted_by(&mut self, me: MemberId, from: Rank, asking: Role) {
        let raft = &mut self.member(me).raft;
        if raft.role == asking {
            raft.granted.insert(from);
            self.count_votes(me);
        }
    }

    /// Rule 3.
    fn read_pre_vote_request(&mut self, me: MemberId, from: Rank, term: u32) {
        let State { term: own, voted, .. } = self.members[&me].raft;
        let newer = term > own || (term == own && voted.is_none_or(|voted| voted == from));
        let grants = newer && !self.hears_a_leader(me);
        let answer = if grants { (term, true) } else { (own, false) };
        self.tell_term(me, MessageKind::PreVote, from, answer);
    }

    fn hears_a_leader(&self, me: MemberId) -> bool {
        let member = &self.members[&me];
        let (_, timeout) = self.own_timing(me.1);
        match member.leader {
            None => false,
            Some(leader) => leader == me.1 || self.now < member.raft.heard + timeout,
        }
    }

    /// Rule 4.
    fn read_pre_vote(&mut self, me: MemberId, from: Rank, term: u32, granted: bool) {
        let State { term: own, role, .. } = self.members[&me].raft;
        if granted && term == own + 1 {
            self.granted_by(me, from, Role::PreCandidate);
        } else if !granted && term > own && role == Role::PreCandidate {
            self.take_term(me, term);
        }
    }

    fn take_term(&mut self, me: MemberId, term: u32) {
        let raft = &mut self.member(me).raft;
        (raft.term, raft.voted) = (term, None);
        self.step_down(me);
    }

    /// To a follower without a leader; one that led waits like one.
    fn step_down(&mut self, me: MemberId) {
        let member = self.member(me);
        let led = member.leader.take() == Some(me.1);
        member.raft.role = Role::Follower;
        if led {
            member.raft.rings = None;
            self.cancel_all(me, &[TimerKind::Beat, TimerKind::Quorum]);
            self.set_detector(me, TimerKind::Heartbeat);
        }
    }

    /// Rule 5.
    fn read_vote_request(&mut self, me: MemberId, from: Rank, term: u32) {
        if self.scenario.algorithm.raft().check_quorum && self.hears_a_leader(me) {
            return;
        }
        if term > self.members[&me].raft.term {
            self.take_term(me, term);
        }
        let State { term: own, voted, .. } = self.members[&me].raft;
        let grants = term == own && voted.is_none_or(|voted| voted == from);
        if grants {
            self.member(me).raft.voted = Some(from);
        }
        self.tell_term(me, MessageKind::Vote, from, (own, grants));
        if grants {
            self.set_detector(me, TimerKind::Heartbeat);
        }
    }

    /// Rule 7.
    fn read_raft_heartbeat(&mut self, me: MemberId, from: Rank, term: u32, stamp: Time) {
        let own = self.members[&me].raft.term;
        if term < own {
            return self.tell_term(me, MessageKind::Ack, from, (own, false));
        }
        if term > own {
            self.take_term(me, term);
        }
        let now = self.now;
        let member = self.member(me);
        member.leader = Some(from);
        member.raft.role = Role::Follower;
        member.raft.heard = now;
        let content = Content::Term { term, granted: true, stamp };
        self.send_with(me, MessageKind::Ack, from, content);
        self.set_detector(me, TimerKind::Heartbeat);
    }

    /// Rule 8.
    fn read_raft_ack(
        &mut self,
        me: MemberId,
        from: Rank,
        (term, granted, stamp): (u32, bool, Time),
    ) {
        let member = self.member(me);
        if term > member.raft.term {
            return self.take_term(me, term);
        }
        if granted && term == member.raft.term && member.leader == Some(me.1) {
            let newest = member.raft.stamps.entry(from).or_default();
            *newest = stamp.max(*newest);
            self.look_at_majority(me);
        }
    }

    /// The timer `quorum` is set when its instant changes.
    fn look_at_majority(&mut self, me: MemberId) {
        let others = self.majority(me) - 1;
        if !self.scenario.algorithm.raft().check_quorum || others == 0 {
            return;
        }
        let raft = &self.members[&me].raft;
        let mut stamps: Vec<Time> = raft.stamps.values().copied().collect();
        stamps.sort_unstable();
        let newest = stamps.iter().rev().nth(others - 1).copied().unwrap_or(raft.since);
        let (_, timeout) = self.own_timing(me.1);
        let rings = Some(newest + timeout);
        if rings != raft.rings {
            self.member(me).raft.rings = rings;
            let left = (newest + timeout).as_us().saturating_sub(self.now.as_us());
            self.set(me, TimerKind::Quorum, Duration::us(left));
        }
    }

    /// The timer `quorum` ran out.
    pub(super) fn lose_quorum(&mut self, me: MemberId) {
        self.step_down(me);
    }
}
