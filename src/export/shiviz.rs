//! A run as a log for ShiViz's default expression: two lines per step, its sentence, then the
//! process with its vector clock.
//!
//! That is ShiViz's own regular expression, `(?<event>.*)\n(?<host>\S*) (?<clock>{.*})`. A step is what
//! a process does in one go: an input or a fault, with all that it leads to at once. Its own entry of
//! the clock counts its steps from 1 without a gap, as ShiViz demands. What the network does (a loss,
//! a copy, a cut) is no step of a process, and a message that waits at a frozen process is none yet.

use crate::choice::{ChoiceId, MessageId};
use crate::narration::describe;
use crate::run::Run;
use crate::simulation::{Event, EventKind};
use crate::types::{Rank, place};
use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::rc::Rc;

/// Steps of each process, in the order of their ranks, that a step knows of.
type VectorClock = Rc<[u32]>;

struct VectorClocks<'a> {
    ranks: &'a [Rank],
    of: Vec<VectorClock>,
    /// What each message on its way knows.
    carried: BTreeMap<MessageId, VectorClock>,
}

pub fn write(run: &Run, out: &mut dyn Write) -> fmt::Result {
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

/// Whether a process does it, rather than the network.
fn is_step(event: &Event) -> bool {
    !matches!(event.what, EventKind::Lost(_) | EventKind::Duplicated { .. } | EventKind::Held)
}

impl VectorClocks<'_> {
    /// The next step of a process; with a message it learns what that knows.
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
            // A copy is made as its original is sent, and knows what that does.
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

/// As JSON; what is 0 is left out.
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
