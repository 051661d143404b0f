//! Invitation (section 5 of the further rules). The numbers are those of the rules.

use super::{Content, Letter, MemberId, World};
use hustings::types::{MessageKind, Rank, TimerKind};

impl World<'_> {
    /// Rule 1.
    pub(super) fn lead_alone(&mut self, me: MemberId) {
        self.cancel(me, TimerKind::Heartbeat);
        self.member(me).leader = Some(me.1);
        self.member(me).counted.clear();
        self.set_detector(me, TimerKind::Beat);
    }

    /// Rule 7. Of one that leads a suspicion is dropped already.
    pub(super) fn leave_group(&mut self, me: MemberId) {
        self.tell_election(me);
        self.lead_alone(me);
    }

    pub(super) fn read_invitation(&mut self, me: MemberId, letter: &Letter) {
        let from = letter.name.from;
        let leader = self.members[&me].leader;
        let leads = leader == Some(me.1);
        match (letter.name.kind, &letter.content) {
            (MessageKind::Heartbeat, Content::Size(size)) if leads => self.meet(me, from, *size),
            // Rule 2.
            (MessageKind::Heartbeat, _) => {
                if leader == Some(from) {
                    self.set_detector(me, TimerKind::Heartbeat);
                }
            }
            (MessageKind::Invitation, Content::Group(to, size)) if leads => {
                if *to == from {
                    self.merge(me, from, *size);
                }
            }
            // Rule 5.
            (MessageKind::Invitation, Content::Group(to, _)) => {
                if leader == Some(from) && *to != me.1 {
                    self.join(me, *to);
                }
            }
            // Rule 6.
            (MessageKind::Accept, _) => match leader {
                Some(leader) if leader == me.1 => _ = self.member(me).counted.insert(from),
                Some(leader) if leader != from => {
                    let content = Content::Group(leader, 0);
                    self.send_with(me, MessageKind::Invitation, from, content);
                }
                Some(_) | None => {}
            },
            (kind, _) => unreachable!("there is no such {kind}"),
        }
    }

    /// Rule 3: another leader's heartbeat at a leader.
    fn meet(&mut self, me: MemberId, other: Rank, size: usize) {
        self.member(me).counted.remove(&other);
        let own = 1 + self.members[&me].counted.len();
        if (own, me.1) > (size, other) {
            self.tell_election(me);
            self.send_with(me, MessageKind::Invitation, other, Content::Group(me.1, own));
        }
    }

    /// Rule 4: another leader's own invitation at a leader.
    fn merge(&mut self, me: MemberId, other: Rank, size: usize) {
        let own = 1 + self.members[&me].counted.len();
        if (own, me.1) > (size, other) {
            return;
        }
        self.send(me, MessageKind::Accept, other);
        let counted = std::mem::take(&mut self.member(me).counted);
        for to in counted.into_iter().filter(|&rank| rank != other) {
            self.send_with(me, MessageKind::Invitation, to, Content::Group(other, size));
        }
        self.cancel(me, TimerKind::Beat);
        self.member(me).leader = Some(other);
        self.set_detector(me, TimerKind::Heartbeat);
    }

    fn join(&mut self, me: MemberId, leader: Rank) {
        self.member(me).leader = Some(leader);
        self.send(me, MessageKind::Accept, leader);
        self.set_detector(me, TimerKind::Heartbeat);
    }
}
