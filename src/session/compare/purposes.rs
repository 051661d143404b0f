//! Messages by kind, and how many each side sends: up to the cursor, and in the whole run.

use crate::session::RunView;
use crate::simulation::World;
use crate::types::MessageKind;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessagePurpose {
    pub kind: MessageKind,
    /// Left and right.
    pub so_far: [u32; 2],
    pub whole: [u32; 2],
}

/// In the order of an election. Heartbeats are no part of what an election costs: a run has thousands
/// of them, beside which nothing else could be seen.
pub fn purposes(run_view: [&RunView; 2], now: [&World; 2]) -> Vec<MessagePurpose> {
    let kinds = MessageKind::ALL.into_iter().filter(|kind| *kind != MessageKind::Heartbeat);
    kinds.map(|kind| count(kind, run_view, now)).collect()
}

/// Heartbeats by themselves; nothing where neither side sends any.
pub fn heartbeats(run_view: [&RunView; 2], now: [&World; 2]) -> Option<MessagePurpose> {
    Some(count(MessageKind::Heartbeat, run_view, now)).filter(|found| found.whole != [0, 0])
}

fn count(kind: MessageKind, run_view: [&RunView; 2], now: [&World; 2]) -> MessagePurpose {
    MessagePurpose {
        kind,
        so_far: [0, 1].map(|side| now[side].sent(run_view[side].group, kind)),
        whole: run_view.map(|run_view| run_view.run.head().sent(run_view.group, kind)),
    }
}
