//! What messages are for, and how many each side sends: up to the cursor, and in the whole run.

use crate::session::Made;
use crate::simulation::World;
use crate::vocabulary::MessageKind;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purpose {
    pub name: &'static str,
    pub kind: MessageKind,
    /// Left and right.
    pub so_far: [u32; 2],
    pub whole: [u32; 2],
}

/// In the order of an election; heartbeats last, and only where there are any.
pub fn purposes(made: [&Made; 2], now: [&World; 2]) -> Vec<Purpose> {
    let purpose = |kind: MessageKind| Purpose {
        name: name(kind),
        kind,
        so_far: [0, 1].map(|side| now[side].sent(made[side].group, kind)),
        whole: made.map(|made| made.run.head().sent(made.group, kind)),
    };
    let all = MessageKind::ALL.map(purpose).into_iter();
    all.filter(|found| found.kind != MessageKind::Heartbeat || found.whole != [0, 0]).collect()
}

const fn name(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Election => "Ask",
        MessageKind::Alive => "Answer",
        MessageKind::Proceed => "Hand over",
        MessageKind::Elected => "Announce",
        MessageKind::Heartbeat => "Keep alive",
    }
}
