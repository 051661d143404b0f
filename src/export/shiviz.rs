//! A run as a log for ShiViz's default expression: two lines per step, its sentence, then the
//! process with its vector clock.
//!
//! The parser's regular expression is `(?<event>.*)\n(?<host>\S*) (?<clock>{.*})`. A step is an input or a
//! fault of a process with all its effects at that instant. The process's own entry of the clock counts its
//! steps from 1 without a gap, as ShiViz requires. What the network does (a loss, a copy, a cut) is not a
//! step of a process, and neither is a message that waits at a paused process.

use crate::choice::{ChoiceId, MessageId};
use crate::narration::describe;
use crate::run::Run;
use crate::simulation::{Event, EventKind};
use crate::types::{Rank, place};
use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::rc::Rc;

/// The number of steps of each process that a step depends on, by rank.
type VectorClock = Rc<[u32]>;

struct VectorClocks<'a> {
    ranks: &'a [Rank],
    of: Vec<VectorClock>,
    /// The clock of each message on its way.
    carried: BTreeMap<MessageId, VectorClock>,
}

pub(crate) fn write(run: &Run, out: &mut dyn Write) -> fmt::Result {
    let ranks = &run.scenario().ranks;
    let none: VectorClock = vec![0; ranks.len()].into();
    let of = vec![none; ranks.len()];
    let mut clocks = VectorClocks { ranks, of, carried: BTreeMap::new() };
    for events in run.instants() {
        let mut lines = describe(&events, run.head()).into_iter().peekable();
        for event in &events {
            if let Some(line) = lines.next_if(|line| line.first == event.id)
                && is_step(event)
                && let Some(rank) = event.rank
            {
                let clock = clocks.tick(rank, event);
                writeln!(out, "{}  {}", line.at.stamp(), line.text)?;
                writeln!(out, "{rank} {}", written(ranks, &clock))?;
            }
            clocks.carry(event);
        }
    }
    Ok(())
}

/// Whether an event is one of a process, not of the network.
fn is_step(event: &Event) -> bool {
    !matches!(event.what, EventKind::Lost(_) | EventKind::Duplicated { .. } | EventKind::Held)
}

impl VectorClocks<'_> {
    /// Advances the clock of a process; a message that it receives merges its clock.
    fn tick(&mut self, rank: Rank, event: &Event) -> VectorClock {
        let Some(place) = place(self.ranks, rank) else { return Rc::default() };
        let mut clock = self.of[place].to_vec();
        if let (EventKind::Received, Some(ChoiceId::Message(name))) = (event.what, event.choice)
            && let Some(carried) = self.carried.get(&name)
        {
            clock.iter_mut().zip(&**carried).for_each(|(own, other)| *own = (*own).max(*other));
        }
        clock[place] += 1;
        self.of[place] = clock.into();
        self.of[place].clone()
    }

    fn carry(&mut self, event: &Event) {
        let Some(ChoiceId::Message(name)) = event.choice else { return };
        match event.what {
            // A copy is made when its original is sent, and has the same clock.
            EventKind::Sent { .. } | EventKind::Duplicated { .. } => {
                if let Some(place) = place(self.ranks, name.from) {
                    self.carried.insert(name, self.of[place].clone());
                }
            }
            EventKind::Received | EventKind::Lost(_) => {
                self.carried.remove(&name);
            }
            _ => {}
        }
    }
}

/// The clock as JSON, without entries that are 0.
fn written(ranks: &[Rank], clock: &[u32]) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        let mut before = "{";
        for (rank, steps) in ranks.iter().zip(clock).filter(|(_, steps)| **steps > 0) {
            write!(f, "{before}\"{rank}\":{steps}")?;
            before = ", ";
        }
        f.write_str("}")
    })
}
