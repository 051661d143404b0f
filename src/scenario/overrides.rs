//! An override fixes one choice of the simulation, named by what it is, never by a position in a log.

use super::kinds;
use crate::choice::{ChoiceId, MessageId, TimerId};
use crate::time::{Duration, Time};
use crate::types::GroupId;

kinds! {
    /// What can be fixed of a choice. The keyword table, the parser, the formatter, the check and the form
    /// of the page are made from the rows.
    OverrideKind of OverrideField {
        Lost {
            keyword: "lost", form: "lost", noun: "loss", title: "A message is lost",
            example: "message Alive 5->3 #1 lost", help: "The message never arrives.",
            fields: &[OverrideField::Message, OverrideField::Copy],
        }
        Arrives {
            keyword: "arrives", form: "arrives T", noun: "new arrival",
            title: "A message arrives at an instant", example: "message Alive 5->3 #1 arrives 231ms",
            help: "The message arrives at this instant.",
            fields: &[OverrideField::Message, OverrideField::Copy, OverrideField::At],
        }
        Delayed {
            keyword: "delayed", form: "delayed T", noun: "delay", title: "A message takes longer",
            example: "message Alive 5->3 #1 delayed 50ms", help: "The message takes this much longer.",
            fields: &[OverrideField::Message, OverrideField::Copy, OverrideField::By],
        }
        Duplicated {
            keyword: "duplicated", form: "duplicated", noun: "copy", title: "A message arrives twice",
            example: "message Alive 5->3 #1 duplicated", help: "The message arrives twice.",
            fields: &[OverrideField::Message],
        }
        Timer {
            keyword: "fires", form: "fires T", noun: "new end", title: "A timer fires at an instant",
            example: "timer alive 3 #1 fires 230ms", help: "The timer runs out at this instant.",
            fields: &[OverrideField::Timer, OverrideField::At],
        }
    }
}

/// What an override names, or what it fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverrideField {
    Message,
    /// It may be about the second arrival of a duplicated message.
    Copy,
    Timer,
    /// When it arrives or fires.
    At,
    /// How much longer it takes.
    By,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Override {
    Message {
        name: MessageId,
        fate: MessageOverride,
    },
    /// The timer fires at this instant, whatever its timeout.
    Timer {
        name: TimerId,
        fires: Time,
    },
}

/// What an override decides of a message. It overrules chance loss and fifo, never a cut or a crash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MessageOverride {
    Lost,
    Arrives(Time),
    /// Added to the drawn latency.
    Delayed(Duration),
    /// Can be combined with one of the others.
    Duplicated,
}

impl Override {
    /// The override of this kind. `at` and `by` count only for a kind that has the field. `None` where the
    /// kind fixes a message and the choice is a timer, or the other way round.
    pub const fn new(kind: OverrideKind, choice: ChoiceId, at: Time, by: Duration) -> Option<Self> {
        let fate = match kind {
            OverrideKind::Lost => Some(MessageOverride::Lost),
            OverrideKind::Arrives => Some(MessageOverride::Arrives(at)),
            OverrideKind::Delayed => Some(MessageOverride::Delayed(by)),
            OverrideKind::Duplicated => Some(MessageOverride::Duplicated),
            OverrideKind::Timer => None,
        };
        match (choice, fate) {
            (ChoiceId::Message(name), Some(fate)) => Some(Self::Message { name, fate }),
            (ChoiceId::Timer(name), None) => Some(Self::Timer { name, fires: at }),
            (ChoiceId::Message(_), None) | (ChoiceId::Timer(_), Some(_)) => None,
        }
    }

    pub const fn choice(&self) -> ChoiceId {
        match self {
            Self::Message { name, .. } => ChoiceId::Message(*name),
            Self::Timer { name, .. } => ChoiceId::Timer(*name),
        }
    }

    pub const fn kind(&self) -> OverrideKind {
        match self {
            Self::Message { fate: MessageOverride::Lost, .. } => OverrideKind::Lost,
            Self::Message { fate: MessageOverride::Arrives(_), .. } => OverrideKind::Arrives,
            Self::Message { fate: MessageOverride::Delayed(_), .. } => OverrideKind::Delayed,
            Self::Message { fate: MessageOverride::Duplicated, .. } => OverrideKind::Duplicated,
            Self::Timer { .. } => OverrideKind::Timer,
        }
    }

    /// The same of a choice in another group.
    #[must_use]
    pub const fn in_group(&self, group: GroupId) -> Self {
        match *self {
            Self::Message { name, fate } => {
                Self::Message { name: MessageId { group, ..name }, fate }
            }
            Self::Timer { name, fires } => Self::Timer { name: TimerId { group, ..name }, fires },
        }
    }

    /// The instant that it names.
    pub const fn at(&self) -> Option<Time> {
        match self {
            Self::Message { fate: MessageOverride::Arrives(at), .. }
            | Self::Timer { fires: at, .. } => Some(*at),
            Self::Message { .. } => None,
        }
    }

    /// The delay that it names.
    pub const fn by(&self) -> Option<Duration> {
        match self {
            Self::Message { fate: MessageOverride::Delayed(by), .. } => Some(*by),
            Self::Message { .. } | Self::Timer { .. } => None,
        }
    }
}
