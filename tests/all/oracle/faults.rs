//! The faults of the timeline, a second time.

use super::{Due, Member, MemberId, World};
use hustings::scenario::{Fault, Links};
use hustings::time::Duration;
use hustings::types::Rank;

impl World<'_> {
    pub(super) fn apply_next(&mut self, fault: Fault) {
        match fault {
            Fault::Crash(ranks) => ranks.into_iter().for_each(|rank| self.crash(rank)),
            Fault::Recover(ranks) => ranks.into_iter().for_each(|rank| self.recover(rank)),
            Fault::Resume(ranks) => ranks.into_iter().for_each(|rank| self.resume(rank)),
            Fault::Pause { processes, span } => {
                processes.into_iter().for_each(|rank| self.pause(rank, span));
            }
            Fault::Suspect { processes, group } => {
                for rank in processes {
                    let asked =
                        |&(id, of): &MemberId| of == rank && group.is_none_or(|one| one == id);
                    let members: Vec<MemberId> =
                        self.members.keys().copied().filter(asked).collect();
                    members.into_iter().for_each(|context| self.fall_due(Due::Suspect(context)));
                }
            }
            Fault::Partition(sides) => {
                for (one, other) in (0..sides.len()).flat_map(|i| (0..i).map(move |j| (i, j))) {
                    let (from, to) = (sides[one].clone(), sides[other].clone());
                    self.cut.extend(Links { from, to, both: true }.each());
                }
            }
            Fault::Cut(links) => self.cut.extend(links.each()),
            Fault::Heal(None) => self.cut.clear(),
            Fault::Heal(Some(links)) => self.cut.retain(|cut| !links.each().any(|l| l == *cut)),
            Fault::Latency { links: None, latency } => self.network.latency = latency,
            Fault::Latency { links: Some(links), latency } => {
                self.network.latency_of.extend(links.each().map(|link| (link, latency)));
            }
            Fault::Loss { links: None, rate } => self.network.loss = rate,
            Fault::Loss { links: Some(links), rate } => {
                self.network.loss_of.extend(links.each().map(|link| (link, rate)));
            }
        }
    }

    pub(super) fn crash(&mut self, rank: Rank) {
        let process = self.processes.get_mut(&rank).expect("it exists");
        if process.crashed {
            return;
        }
        let waited = std::mem::take(process).waiting;
        process.crashed = true;
        self.say(format!("crashed {rank}"));
        for due in waited {
            if let Due::Arrival(letter) = due {
                self.lost(&letter.name, "crashed");
            }
        }
        // What is on the wire is no longer of this process, not even what comes to it.
        self.pending.retain(|(_, due)| matches!(due, Due::Arrival(_)) || due.process() != rank);
        for (_, member) in self.members.iter_mut().filter(|((_, of), _)| *of == rank) {
            let raft = member.raft.that_survives();
            *member = Member { raft, ..Member::default() };
        }
    }

    pub(super) fn recover(&mut self, rank: Rank) {
        let process = self.processes.get_mut(&rank).expect("it exists");
        if std::mem::replace(&mut process.crashed, false) {
            self.say(format!("recovered {rank}"));
            let members: Vec<MemberId> =
                self.members.keys().copied().filter(|s| s.1 == rank).collect();
            members.into_iter().for_each(|member| self.happen(Due::Boot { member, first: false }));
        }
    }

    pub(super) fn pause(&mut self, rank: Rank, span: Duration) {
        let until = self.now + span;
        let process = self.processes.get_mut(&rank).expect("it exists");
        if process.crashed || process.paused_until.is_some_and(|earlier| earlier >= until) {
            return;
        }
        process.paused_until = Some(until);
        self.pending.retain(|(_, due)| !matches!(due, Due::PauseEnds(of) if *of == rank));
        self.pending.push((until, Due::PauseEnds(rank)));
        self.say(format!("paused {rank}"));
    }

    pub(super) fn resume(&mut self, rank: Rank) {
        let process = self.processes.get_mut(&rank).expect("it exists");
        if process.paused_until.take().is_none() {
            return;
        }
        self.pending.retain(|(_, due)| !matches!(due, Due::PauseEnds(of) if *of == rank));
        self.say(format!("resumed {rank}"));
        // One at a time, for each may cancel a timer that waits behind it.
        while !self.processes[&rank].waiting.is_empty() {
            let due = self.processes.get_mut(&rank).expect("it exists").waiting.remove(0);
            self.happen(due);
        }
    }
}
