//! The form that adds a fault or an override: its values, and the change that they make.

use super::{checked, unread};
use crate::choice::{MessageId, TimerId};
use crate::scenario::script::field::{self, FieldError};
use crate::scenario::{Change, Fault, FaultTime, Links, MessageOverride, Scenario, TimelineEntry};
use crate::sort;
use crate::time::Time;
use crate::types::{GroupId, MessageKind, Rank, TimerKind};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddKind {
    Crash,
    Recover,
    Suspect,
    Pause,
    Resume,
    Flap,
    Partition,
    Cut,
    Heal,
    Latency,
    Loss,
    Lost,
    Arrives,
    Delayed,
    Duplicated,
    Timer,
}

/// The fields of the form; each kind has some of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddField {
    When,
    /// Processes, at least one.
    Whom,
    /// One process.
    Who,
    /// Two lists of processes.
    Links,
    /// Two or more lists of processes without common ones.
    Sides,
    BothWays,
    For,
    Flap,
    Latency,
    Loss,
    Message,
    Timer,
    /// The instant of the arrival or of the timer's firing.
    At,
    By,
    /// The interval of a repetition.
    Every,
    /// When it heals.
    Heals,
    /// One group of the processes, or all.
    Group,
    /// Whether it is about the copy of a message instead of the message.
    Copy,
}

impl AddKind {
    pub const ALL: [Self; 16] = [
        Self::Crash,
        Self::Recover,
        Self::Suspect,
        Self::Pause,
        Self::Resume,
        Self::Flap,
        Self::Partition,
        Self::Cut,
        Self::Heal,
        Self::Latency,
        Self::Loss,
        Self::Lost,
        Self::Arrives,
        Self::Delayed,
        Self::Duplicated,
        Self::Timer,
    ];

    /// The label in the list of kinds.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Crash => "A process crashes",
            Self::Recover => "A process recovers",
            Self::Suspect => "A process suspects its leader",
            Self::Pause => "A process freezes",
            Self::Resume => "A process wakes",
            Self::Flap => "A process crashes and recovers, again and again",
            Self::Partition => "The network splits",
            Self::Cut => "Links are cut",
            Self::Heal => "Links heal",
            Self::Latency => "Latency changes",
            Self::Loss => "Loss changes",
            Self::Lost => "A message is lost",
            Self::Arrives => "A message arrives at an instant",
            Self::Delayed => "A message takes longer",
            Self::Duplicated => "A message arrives twice",
            Self::Timer => "A timer fires at an instant",
        }
    }

    /// Whether it overrides a choice instead of adding a fault.
    pub const fn is_edit(self) -> bool {
        matches!(self, Self::Lost | Self::Arrives | Self::Delayed | Self::Duplicated | Self::Timer)
    }

    pub fn asks(self, part: AddField) -> bool {
        let parts: &[AddField] = match self {
            Self::Crash | Self::Recover | Self::Resume => &[AddField::Whom],
            Self::Suspect => &[AddField::Whom, AddField::Group],
            Self::Pause => &[AddField::Whom, AddField::For],
            Self::Flap => &[AddField::Who, AddField::Flap],
            Self::Partition => &[AddField::Sides, AddField::Heals],
            Self::Cut => &[AddField::Links, AddField::BothWays, AddField::Heals],
            Self::Heal => &[AddField::Links, AddField::BothWays],
            Self::Latency => &[AddField::Links, AddField::BothWays, AddField::Latency],
            Self::Loss => &[AddField::Links, AddField::BothWays, AddField::Loss],
            Self::Duplicated => &[AddField::Message],
            Self::Lost => &[AddField::Message, AddField::Copy],
            Self::Arrives => &[AddField::Message, AddField::Copy, AddField::At],
            Self::Delayed => &[AddField::Message, AddField::Copy, AddField::By],
            Self::Timer => &[AddField::Timer, AddField::At],
        };
        match part {
            AddField::When => !self.is_edit(),
            // A flap repeats by itself.
            AddField::Every => !self.is_edit() && self != Self::Flap,
            part => parts.contains(&part),
        }
    }

    /// Whether an empty list of links means all links.
    pub const fn may_mean_all(self) -> bool {
        matches!(self, Self::Heal | Self::Latency | Self::Loss)
    }
}

/// The values in the form, which are kept when the kind changes or the change is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddForm {
    pub kind: AddKind,
    /// Empty for just after the cursor.
    pub when: String,
    /// Empty for once.
    pub every: String,
    pub whom: Vec<Rank>,
    /// The sides of a partition; empty ones are ignored.
    pub sides: Vec<Vec<Rank>>,
    pub from: Vec<Rank>,
    pub to: Vec<Rank>,
    pub both: bool,
    pub span: String,
    pub down: String,
    pub up: String,
    /// The end of a repetition or of a cut; empty for the end of the run.
    pub until: String,
    pub latency: String,
    pub rate: String,
    pub message: MessageKind,
    pub timer: TimerKind,
    pub sender: Rank,
    pub receiver: Rank,
    pub nth: String,
    pub at: String,
    pub by: String,
    pub group: GroupId,
    /// `None` for all groups.
    pub suspected_in: Option<GroupId>,
    pub copy: bool,
}

impl AddForm {
    pub fn new(scenario: &Scenario) -> Self {
        // A scenario has at least one process.
        let first = scenario.ranks[0];
        let second = scenario.ranks.get(1).copied().unwrap_or(first);
        Self {
            kind: AddKind::Crash,
            when: String::new(),
            every: String::new(),
            whom: Vec::new(),
            sides: vec![Vec::new(); 2],
            from: Vec::new(),
            to: Vec::new(),
            both: true,
            span: "150ms".to_owned(),
            down: "200ms".to_owned(),
            up: "400ms".to_owned(),
            until: String::new(),
            latency: "80ms".to_owned(),
            rate: "10%".to_owned(),
            message: MessageKind::Election,
            timer: TimerKind::Alive,
            sender: first,
            receiver: second,
            nth: "1".to_owned(),
            at: String::new(),
            by: "50ms".to_owned(),
            group: GroupId::MAIN,
            suspected_in: None,
            copy: false,
        }
    }

    /// The change that the form makes; `soon` is the instant just after the cursor.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn change(&self, scenario: &Scenario, soon: Time) -> Result<Change, String> {
        let change = match self.kind.is_edit() {
            true => self.edit(),
            false => self.fault(soon),
        };
        let change = change.map_err(|problem| match problem {
            AddError::Words(words) => words.to_owned(),
            AddError::Unread(problem) => unread(&problem),
        })?;
        match checked(scenario, Some(change))? {
            Some(change) => Ok(change),
            None => Err("This is so already.".to_owned()),
        }
    }

    fn fault(&self, soon: Time) -> Result<Change, AddError> {
        let at = match self.when.trim() {
            "" => soon,
            text => field::instant(text)?,
        };
        let fault = match self.kind {
            AddKind::Flap => return Ok(Change::Add(self.flap(at)?)),
            AddKind::Recover => Fault::Recover(self.whom()?),
            AddKind::Suspect => {
                Fault::Suspect { processes: self.whom()?, group: self.suspected_in }
            }
            AddKind::Pause => {
                Fault::Pause { processes: self.whom()?, span: field::duration(&self.span)? }
            }
            AddKind::Resume => Fault::Resume(self.whom()?),
            AddKind::Partition => Fault::Partition(self.sides()?),
            AddKind::Cut => match self.links()? {
                Some(links) => Fault::Cut(links),
                None => return Err(AddError::Words("Choose a process at each end.")),
            },
            AddKind::Heal => Fault::Heal(self.links()?),
            AddKind::Latency => {
                Fault::Latency { links: self.links()?, latency: field::latency(&self.latency)? }
            }
            AddKind::Loss => Fault::Loss { links: self.links()?, rate: field::rate(&self.rate)? },
            _ => Fault::Crash(self.whom()?),
        };
        Ok(match self.every.trim() {
            "" => match fault.healing().zip(self.until()?) {
                Some((_, until)) if until <= at => {
                    return Err(AddError::Words(
                        "A cut heals after it begins: choose a later end.",
                    ));
                }
                Some((heals, until)) => Change::AddAll(vec![
                    TimelineEntry::at(at, fault),
                    TimelineEntry::at(until, heals),
                ]),
                None => Change::AddFault { at, fault },
            },
            text => {
                let every = field::duration(text)?;
                let when = FaultTime::Every { every, from: at, until: self.until()? };
                Change::Add(TimelineEntry::Fault { when, fault })
            }
        })
    }

    fn flap(&self, at: Time) -> Result<TimelineEntry, AddError> {
        Ok(TimelineEntry::Flap {
            at,
            process: self.sender,
            down: field::duration(&self.down)?,
            up: field::duration(&self.up)?,
            until: self.until()?,
        })
    }

    fn until(&self) -> Result<Option<Time>, AddError> {
        match self.until.trim() {
            "" => Ok(None),
            text => Ok(Some(field::instant(text)?)),
        }
    }

    fn edit(&self) -> Result<Change, AddError> {
        let nth = field::count(self.nth.trim().trim_start_matches('#'))?;
        if self.kind == AddKind::Timer {
            let name = TimerId { group: self.group, timer: self.timer, of: self.sender, nth };
            return Ok(Change::Timer { name, fires: field::instant(&self.at)? });
        }
        let fate = match self.kind {
            AddKind::Arrives => MessageOverride::Arrives(field::instant(&self.at)?),
            AddKind::Delayed => MessageOverride::Delayed(field::duration(&self.by)?),
            AddKind::Duplicated => MessageOverride::Duplicated,
            _ => MessageOverride::Lost,
        };
        let name = MessageId {
            group: self.group,
            kind: self.message,
            from: self.sender,
            to: self.receiver,
            nth,
            copy: self.copy && self.kind.asks(AddField::Copy),
        };
        Ok(Change::Message { name, fate })
    }

    fn whom(&self) -> Result<Vec<Rank>, AddError> {
        match self.whom.is_empty() {
            true => Err(AddError::Words("Choose at least one process.")),
            false => Ok(self.whom.clone()),
        }
    }

    fn sides(&self) -> Result<Vec<Vec<Rank>>, AddError> {
        let sides = self.sides.iter().filter(|side| !side.is_empty());
        let sides: Vec<Vec<Rank>> = sides.cloned().collect();
        match sides.len() {
            0 | 1 => Err(AddError::Words("A split needs a process on each side.")),
            _ => Ok(sides),
        }
    }

    /// Puts processes on a side of the partition, and on no other side.
    pub fn put(&mut self, side: usize, ranks: Vec<Rank>) {
        for other in &mut self.sides {
            other.retain(|rank| !ranks.contains(rank));
        }
        if let Some(side) = self.sides.get_mut(side) {
            *side = ranks;
        }
    }

    /// `None` if no process is chosen.
    fn links(&self) -> Result<Option<Links>, AddError> {
        match (self.from.is_empty(), self.to.is_empty()) {
            (true, true) => Ok(None),
            (false, false) => {
                Ok(Some(Links { from: self.from.clone(), to: self.to.clone(), both: self.both }))
            }
            _ => Err(AddError::Words("Choose a process at each end.")),
        }
    }
}

enum AddError {
    Words(&'static str),
    Unread(FieldError),
}

impl From<FieldError> for AddError {
    fn from(problem: FieldError) -> Self {
        Self::Unread(problem)
    }
}

/// Adds a rank to a sorted list, or removes it.
pub fn toggled(ranks: &[Rank], rank: Rank) -> Vec<Rank> {
    let mut next: Vec<Rank> = ranks.iter().copied().filter(|other| *other != rank).collect();
    if next.len() == ranks.len() {
        next.push(rank);
        sort::sort(&mut next);
    }
    next
}
