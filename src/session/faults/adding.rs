//! The form that adds a fault or an override: everything that was typed, and the change that it makes; and the
//! choice of sides in the dialog that splits the network.

use super::{checked, unread};
use crate::choice::{ChoiceId, MessageId, TimerId};
use crate::narration::side;
use crate::scenario::script::field::{self, FieldError};
use crate::scenario::{
    Change, Fault, FaultArguments, FaultField, FaultKind, FaultTime, Links, Override,
    OverrideField, OverrideKind, Scenario, TimelineEntry,
};
use crate::sort;
use crate::time::{Duration, Time};
use crate::types::{GroupId, MessageKind, Rank, TimerKind};
use std::borrow::Cow;

/// What a form can add.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddKind {
    Fault(FaultKind),
    Override(OverrideKind),
}

impl AddKind {
    /// In the order of the list.
    pub fn all() -> impl Iterator<Item = Self> {
        let faults = FaultKind::ALL.iter().copied().map(Self::Fault);
        faults.chain(OverrideKind::ALL.iter().copied().map(Self::Override))
    }

    /// As the list of kinds says it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Fault(kind) => kind.row().title,
            Self::Override(kind) => kind.row().title,
        }
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
            kind: AddKind::Fault(FaultKind::Crash),
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
        let change = match self.kind {
            AddKind::Fault(kind) => self.fault(kind, soon),
            AddKind::Override(kind) => self.choice_override(kind),
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

    fn fault(&self, kind: FaultKind, soon: Time) -> Result<Change, AddError> {
        let at = match self.when.trim() {
            "" => soon,
            text => field::instant(text)?,
        };
        let arguments = self.arguments(kind)?;
        let when = match self.every.trim() {
            text if !text.is_empty() && !kind.repeats() => {
                FaultTime::Every { every: field::duration(text)?, from: at, until: self.until()? }
            }
            _ => FaultTime::At(at),
        };
        match TimelineEntry::new(when, kind, arguments) {
            TimelineEntry::Fault { when: FaultTime::At(_), fault } => self.once(at, fault),
            entry @ (TimelineEntry::Fault { .. } | TimelineEntry::Flap { .. }) => {
                Ok(Change::Add(entry))
            }
        }
    }

    /// A fault that happens once, with its healing where an end is typed.
    fn once(&self, at: Time, fault: Fault) -> Result<Change, AddError> {
        match fault.healing().zip(self.until()?) {
            Some((_, until)) if until <= at => {
                Err(AddError::Words("A cut heals after it begins: choose a later end."))
            }
            Some((heals, until)) => Ok(Change::AddAll(vec![
                TimelineEntry::at(at, fault),
                TimelineEntry::at(until, heals),
            ])),
            None => Ok(Change::AddFault { at, fault }),
        }
    }

    fn arguments(&self, kind: FaultKind) -> Result<FaultArguments<'_>, AddError> {
        let mut arguments = FaultArguments::default();
        for field in kind.row().fields {
            match field {
                FaultField::Processes => arguments.processes = self.ranks()?.into(),
                FaultField::Process => arguments.processes = vec![self.sender].into(),
                FaultField::Group => arguments.group = self.suspected_in,
                FaultField::Span => arguments.span = Some(field::duration(&self.span)?),
                FaultField::Down => arguments.down = Some(field::duration(&self.down)?),
                FaultField::Up => arguments.up = Some(field::duration(&self.up)?),
                FaultField::Until => arguments.until = self.until()?,
                FaultField::Sides => arguments.sides = self.sides()?.into(),
                FaultField::Links => match self.links()? {
                    Some(links) => arguments.links = Some(Cow::Owned(links)),
                    None => return Err(AddError::Words("Choose a process at each end.")),
                },
                FaultField::LinksOrAll => arguments.links = self.links()?.map(Cow::Owned),
                FaultField::Latency => arguments.latency = Some(field::latency(&self.latency)?),
                FaultField::Rate => arguments.rate = Some(field::rate(&self.rate)?),
            }
        }
        Ok(arguments)
    }

    fn until(&self) -> Result<Option<Time>, AddError> {
        match self.until.trim() {
            "" => Ok(None),
            text => Ok(Some(field::instant(text)?)),
        }
    }

    fn choice_override(&self, kind: OverrideKind) -> Result<Change, AddError> {
        let nth = field::count(self.nth.trim().trim_start_matches('#'))?;
        let asks = |field| kind.row().fields.contains(&field);
        let (group, from, to) = (self.group, self.sender, self.receiver);
        let copy = self.copy && asks(OverrideField::Copy);
        let choice = match asks(OverrideField::Timer) {
            true => ChoiceId::Timer(TimerId { group, timer: self.timer, of: from, nth }),
            false => {
                ChoiceId::Message(MessageId { group, kind: self.message, from, to, nth, copy })
            }
        };
        let at = if asks(OverrideField::At) { field::instant(&self.at)? } else { Time::ZERO };
        let by = if asks(OverrideField::By) { field::duration(&self.by)? } else { Duration::ZERO };
        let found = Override::new(kind, choice, at, by);
        found.map(Change::Fix).ok_or(AddError::Words("This fixes another kind of choice."))
    }

    fn ranks(&self) -> Result<Vec<Rank>, AddError> {
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartitionSide {
    A,
    /// The process keeps all its links.
    Neither,
    B,
}

/// Every process with its side, in the order of the ranks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartitionSides(Vec<(Rank, PartitionSide)>);

impl PartitionSides {
    /// The initial sides: the selected process against all others, or the lower half against the higher.
    pub fn new(ranks: &[Rank], selected: Option<Rank>) -> Self {
        let half = ranks.len() / 2;
        let side = |(place, &rank): (usize, &Rank)| {
            let first = selected.map_or(place < half, |selected| rank == selected);
            (rank, if first { PartitionSide::A } else { PartitionSide::B })
        };
        Self(ranks.iter().enumerate().map(side).collect())
    }

    pub fn each(&self) -> &[(Rank, PartitionSide)] {
        &self.0
    }

    #[must_use]
    pub fn with(&self, rank: Rank, side: PartitionSide) -> Self {
        let put = |&(other, before): &(Rank, PartitionSide)| {
            (other, if other == rank { side } else { before })
        };
        Self(self.0.iter().map(put).collect())
    }

    pub fn on(&self, side: PartitionSide) -> Vec<Rank> {
        self.0.iter().filter(|(_, of)| *of == side).map(|(rank, _)| *rank).collect()
    }

    /// Both sides, if neither is empty.
    pub fn both(&self) -> Option<[Vec<Rank>; 2]> {
        let sides = [self.on(PartitionSide::A), self.on(PartitionSide::B)];
        sides.iter().all(|side| !side.is_empty()).then_some(sides)
    }

    /// What the cut would mean, or why it cannot be.
    pub fn words(&self, scenario: &Scenario, one_way: bool) -> String {
        match (self.both(), one_way) {
            (None, _) => "A cut needs a process on each side.".to_owned(),
            (Some([a, b]), true) => {
                let (from, to) = (scenario.all_called(&b), scenario.all_called(&a));
                format!("No message from {from} reaches {to}.")
            }
            (Some([a, b]), false) => {
                format!("{} and {} do not hear each other.", side(scenario, &a), side(scenario, &b))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranks(ranks: &[u16]) -> Vec<Rank> {
        ranks.iter().filter_map(|&rank| Rank::new(rank)).collect()
    }

    #[test]
    fn it_begins_with_the_selected_process_alone_or_with_two_halves() {
        let six = ranks(&[1, 2, 3, 4, 5, 6]);
        let halves = PartitionSides::new(&six, None);
        assert_eq!(
            halves.words(&Scenario::default(), false),
            "{1, 2, 3} and {4, 5, 6} do not hear each other."
        );
        let alone = PartitionSides::new(&six, Rank::new(6));
        assert_eq!(
            alone.words(&Scenario::default(), true),
            "No message from 1, 2, 3, 4 and 5 reaches 6."
        );
    }

    #[test]
    fn an_empty_side_is_no_cut() {
        let two = ranks(&[1, 2]);
        let sides = PartitionSides::new(&two, None).with(two[0], PartitionSide::Neither);
        assert_eq!(sides.both(), None);
        assert_eq!(sides.words(&Scenario::default(), false), "A cut needs a process on each side.");
        let back = sides.with(two[0], PartitionSide::A);
        assert_eq!(back.both(), Some([vec![two[0]], vec![two[1]]]));
        assert_eq!(back.words(&Scenario::default(), true), "No message from 2 reaches 1.");
    }
}
