//! The ids of choices, unique within a run: `message Election 3->5 #1`, `timer alive 3 #1`. Both the
//! random outcome and an override refer to an id, so neither depends on other events.

use crate::types::{GroupId, MessageKind, Rank, TimerKind};
use std::fmt;

/// A message on its way, or a timer that was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChoiceId {
    /// A message.
    Message(MessageId),
    /// A setting of a timer.
    Timer(TimerId),
}

/// The `nth` message of its kind on its link in its group, from 1 over the whole run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId {
    /// The group whose election it belongs to.
    pub group: GroupId,
    /// Its kind.
    pub kind: MessageKind,
    /// The sender.
    pub from: Rank,
    /// The receiver.
    pub to: Rank,
    /// Its number among the messages of this kind on this link in this group, from 1.
    pub nth: u32,
    /// The second arrival of a duplicated message. Its outcome is a choice of its own, and it is not counted as sent.
    pub copy: bool,
}

/// The `nth` setting of a timer of its kind by a member, from 1 over the whole run; replaced ones count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimerId {
    /// The group whose election it belongs to.
    pub group: GroupId,
    /// Its kind.
    pub timer: TimerKind,
    /// The process that sets it.
    pub of: Rank,
    /// Its number among the settings of this timer by this member, from 1.
    pub nth: u32,
}

impl ChoiceId {
    /// The group whose election it belongs to.
    pub const fn group(&self) -> GroupId {
        match self {
            Self::Message(message) => message.group,
            Self::Timer(timer) => timer.group,
        }
    }

    /// The bytes that chance and digest are drawn from; frozen with the link's version 1.
    #[inline(always)]
    pub fn canonical(&self) -> [u8; 12] {
        let mut bytes = [0; 12];
        match *self {
            Self::Message(MessageId { group, kind, from, to, nth, copy }) => {
                bytes[0] = 1 + u8::from(copy);
                bytes[1] = group.0;
                bytes[2] = kind as u8;
                bytes[4..6].copy_from_slice(&from.get().to_le_bytes());
                bytes[6..8].copy_from_slice(&to.get().to_le_bytes());
                bytes[8..].copy_from_slice(&nth.to_le_bytes());
            }
            Self::Timer(TimerId { group, timer, of, nth }) => {
                bytes[0] = 3;
                bytes[1] = group.0;
                bytes[2] = timer as u8;
                bytes[4..6].copy_from_slice(&of.get().to_le_bytes());
                bytes[8..].copy_from_slice(&nth.to_le_bytes());
            }
        }
        bytes
    }
}

/// As the script writes it, without the group: only the scenario knows a group's name.
impl fmt::Display for ChoiceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Message(MessageId { kind, from, to, nth, copy, .. }) => {
                write!(f, "message {kind} {from}->{to} #{nth}")?;
                if *copy { f.write_str(" copy") } else { Ok(()) }
            }
            Self::Timer(TimerId { timer, of, nth, .. }) => write!(f, "timer {timer} {of} #{nth}"),
        }
    }
}
