//! What a search asks of a world: the same world of another run, and its state in 128 bits.

use super::{Arrival, Scheduled, Status, World};
use crate::choice::TimerId;
use crate::scenario::{Fault, Override};
use crate::time::Time;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use xxhash_rust::xxh3::Xxh3;

/// What a hash of a world's state covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateScope {
    /// Everything but numbers of messages and timers: chance and overrides name them, nothing else does.
    WithoutNumbers,
    /// Numbers as well.
    WithNumbers,
    /// As without numbers, with every instant relative to that of the state.
    Relative,
}

/// Hashes instants relative to another one: `Time` alone hashes by `write_i64`.
struct StateHasher {
    hash: Xxh3,
    zero: Time,
}

impl Hasher for StateHasher {
    fn finish(&self) -> u64 {
        self.hash.digest()
    }

    fn write(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
    }

    fn write_i64(&mut self, us: i64) {
        self.hash.update(&us.wrapping_sub_unsigned(self.zero.as_us()).to_le_bytes());
    }
}

impl World {
    /// The same world in a run with these faults and overrides as well, which all lie ahead. They count as
    /// the last lines of the script.
    #[must_use]
    pub fn branch(&self, faults: &[(Time, Fault)], overrides: &[Override]) -> Self {
        let mut world = self.clone();
        let compiled = self.compiled.with(faults, overrides, self.used.len());
        world.compiled = Arc::new(compiled);
        world.used.resize(self.used.len() + overrides.len(), super::OverrideUse::NotYet);
        world
    }

    /// Whether no fault of the scenario lies ahead; those of branches are part of the state.
    pub fn is_past_own_faults(&self) -> bool {
        let ahead = self.compiled.timeline.len() - self.next_fault;
        self.compiled.added(self.next_fault).count() == ahead
    }

    /// A hash of all that decides what happens from `at` on, but for the scenario; everything before has happened.
    /// Worlds of one scenario and its branches with equal hashes at the same instant have equal futures. Relative
    /// to their instants, worlds past the faults of the scenario that are equal have futures that differ in their
    /// instants alone. `past` is hashed as well.
    pub fn state(&self, at: Time, scope: StateScope, past: impl Hash) -> u128 {
        let numbers = scope == StateScope::WithNumbers;
        let zero = if scope == StateScope::Relative { at } else { Time::ZERO };
        let mut hasher = StateHasher { hash: Xxh3::new(), zero };
        let hash = &mut hasher;
        (scope as u8, past).hash(hash);
        for (process, state) in self.processes.iter().enumerate() {
            match state.status {
                Status::Running => 0_u8.hash(hash),
                Status::Paused { until, .. } => (1_u8, until).hash(hash),
                Status::Crashed { .. } => 2_u8.hash(hash),
            }
            for waiting in state.pause.iter().flat_map(|pause| &pause.waiting) {
                (3_u8, process as u64).hash(hash);
                self.hash_scheduled(waiting, numbers, hash);
            }
        }
        for part in &self.members {
            part.member.hash(hash);
            for timer in &part.timers {
                timer.map(|running| (running.due, running.entry.is_some())).hash(hash);
            }
            if numbers {
                (&part.settings, &part.sent).hash(hash);
            }
        }
        for (at, scheduled) in self.queue.in_order() {
            at.hash(hash);
            self.hash_scheduled(scheduled, numbers, hash);
        }
        for added in self.compiled.added(self.next_fault) {
            (added.at, &*added.fault).hash(hash);
        }
        self.network.hash_state(at, hash);
        hasher.hash.digest128()
    }

    fn hash_scheduled(&self, scheduled: &Scheduled, numbers: bool, hash: &mut StateHasher) {
        let number = |nth: u32| if numbers { nth } else { 0 };
        match scheduled {
            Scheduled::Boot { member } => (0_u8, member).hash(hash),
            Scheduled::Suspicion { member, .. } => (1_u8, member).hash(hash),
            Scheduled::Timer { name: TimerId { group, timer, of, nth }, .. } => {
                // One that was cancelled or replaced during a pause does nothing.
                let member = self.compiled.member(*group, *of);
                let set = member.and_then(|member| self.members[member].timers[*timer as usize]);
                let runs = set.is_some_and(|set| set.nth == *nth);
                (2_u8, group, *timer as u8, of, number(*nth), runs).hash(hash);
            }
            Scheduled::Arrival(Arrival { name, message, .. }) => {
                let choice = (name.group, name.kind as u8, name.from, name.to, name.copy);
                (3_u8, choice, number(name.nth), message).hash(hash);
            }
            Scheduled::PauseEnds { process, .. } => (4_u8, process).hash(hash),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::script;

    fn world(script: &str, until: Time) -> World {
        let mut world = World::new(script::read(script).expect("a script").scenario);
        world.play(until, &mut Vec::new());
        world
    }

    #[test]
    fn a_branch_is_the_run_of_the_longer_script() {
        let base = "processes 5\ndetector heartbeat every 100ms timeout 350ms\nuntil 3s";
        let at = Time::ms(700);
        let fault = Fault::Suspect { processes: vec![crate::types::Rank::LOWEST], group: None };
        let mut branch = world(base, Time::ms(699)).branch(&[(at, fault)], &[]);
        branch.play(Time::ms(3000), &mut Vec::new());
        let whole = world(&format!("{base}\nat 700ms suspect 1"), Time::ms(3000));
        let state = |world: &World, scope| world.state(Time::ms(3000), scope, ());
        assert_eq!(state(&branch, StateScope::WithNumbers), state(&whole, StateScope::WithNumbers));
        assert_eq!(branch.events(), whole.events());
        let other = world(&format!("{base}\nat 701ms crash 4"), Time::ms(3000));
        let [branch, other] = [&branch, &other].map(|it| state(it, StateScope::WithoutNumbers));
        assert_ne!(branch, other);
    }

    #[test]
    fn a_calm_run_repeats_relative_to_its_instant() {
        let base =
            "processes 3\nlatency 10ms\ndetector heartbeat every 100ms timeout 350ms\nuntil 3s";
        let at = |ms| (Time::ms(ms), world(base, Time::ms(ms)));
        let state = |(at, world): (Time, World)| world.state(at, StateScope::Relative, ());
        assert_eq!(state(at(1_050)), state(at(2_050)));
        assert_ne!(state(at(1_050)), state(at(2_051)));
    }
}
