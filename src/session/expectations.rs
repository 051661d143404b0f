//! The list of expectations, and the form that adds one.

use super::RunView;
use super::faults::{checked, unread};
use crate::narration;
use crate::report::ReasonPart;
use crate::scenario::script::field::{self, FieldError};
use crate::scenario::{Change, Comparison, Condition, Expectation, Scenario};
use crate::time::{Duration, Time};
use crate::types::{GroupId, MessageKind, Rank};

/// The kinds of conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConditionKind {
    Leader,
    NoLeader,
    Agreement,
    NoSplitBrain,
    SplitBrain,
    SplitBrainAtMost,
    LeaderlessAtMost,
    Messages,
    Elections,
}

/// The fields of the form; each kind of condition has some of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    Rank,
    /// The instant from which it must hold; empty for the end.
    By,
    /// The instant from which it counts; empty for the start.
    After,
    /// The total duration.
    Length,
    Message,
    /// The number.
    Count,
}

impl ConditionKind {
    pub const ALL: [Self; 9] = [
        Self::Leader,
        Self::NoLeader,
        Self::Agreement,
        Self::NoSplitBrain,
        Self::SplitBrain,
        Self::SplitBrainAtMost,
        Self::LeaderlessAtMost,
        Self::Messages,
        Self::Elections,
    ];

    /// The label in the list of kinds.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Leader => "One process leads",
            Self::NoLeader => "Nobody leads",
            Self::Agreement => "All agree on the leader",
            Self::NoSplitBrain => "No split brain",
            Self::SplitBrain => "A split brain",
            Self::SplitBrainAtMost => "A split brain for no longer than",
            Self::LeaderlessAtMost => "No leader for no longer than",
            Self::Messages => "So many messages",
            Self::Elections => "So many elections",
        }
    }

    pub fn asks(self, detail: Detail) -> bool {
        let details: &[Detail] = match self {
            Self::Leader => &[Detail::Rank, Detail::By],
            Self::NoLeader | Self::Agreement => &[Detail::By],
            Self::NoSplitBrain | Self::SplitBrain => &[Detail::After],
            Self::SplitBrainAtMost | Self::LeaderlessAtMost => &[Detail::Length],
            Self::Messages => &[Detail::Message, Detail::Count, Detail::After],
            Self::Elections => &[Detail::Count],
        };
        details.contains(&detail)
    }
}

/// The values in the form, which are kept when the condition changes or is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expecting {
    pub condition: ConditionKind,
    pub rank: Rank,
    pub by: String,
    pub after: String,
    pub length: String,
    /// `None` for all kinds.
    pub message: Option<MessageKind>,
    pub compare: Comparison,
    pub count: String,
    /// `None` for each group.
    pub group: Option<GroupId>,
}

impl Expecting {
    pub fn new(scenario: &Scenario) -> Self {
        Self {
            condition: ConditionKind::Leader,
            // A scenario has at least one process; the second highest normally takes over from the highest.
            rank: scenario.ranks[scenario.ranks.len().saturating_sub(2)],
            by: String::new(),
            after: String::new(),
            length: "200ms".to_owned(),
            message: None,
            compare: Comparison::AtMost,
            count: "10".to_owned(),
            group: None,
        }
    }

    /// The change that adds the expectation.
    ///
    /// # Errors
    /// A sentence that says that a value cannot be parsed, is out of range, or that the expectation exists
    /// already.
    pub fn change(&self, scenario: &Scenario) -> Result<Change, String> {
        let condition = self.condition().map_err(|problem| unread(&problem))?;
        let group = self.group.filter(|_| scenario.is_grouped());
        let expectation = Expectation { group, condition };
        if scenario.expectations.contains(&expectation) {
            return Err("This is expected already.".to_owned());
        }
        let change = Change::AddExpectation(expectation);
        checked(scenario, Some(change.clone())).map(|_| change)
    }

    fn condition(&self) -> Result<Condition, FieldError> {
        let (by, after) = (|| open(&self.by), || open(&self.after));
        let length = || -> Result<Duration, FieldError> { field::duration(&self.length) };
        Ok(match self.condition {
            ConditionKind::Leader => Condition::Leader { leader: Some(self.rank), by: by()? },
            ConditionKind::NoLeader => Condition::Leader { leader: None, by: by()? },
            ConditionKind::Agreement => Condition::Agreement { by: by()? },
            ConditionKind::NoSplitBrain => Condition::SplitBrain { wanted: false, after: after()? },
            ConditionKind::SplitBrain => Condition::SplitBrain { wanted: true, after: after()? },
            ConditionKind::SplitBrainAtMost => Condition::SplitBrainAtMost(length()?),
            ConditionKind::LeaderlessAtMost => Condition::LeaderlessAtMost(length()?),
            ConditionKind::Messages => Condition::Messages {
                kind: self.message,
                compare: self.compare,
                count: field::count(&self.count)?,
                after: after()?,
            },
            ConditionKind::Elections => {
                Condition::Elections { compare: self.compare, count: field::count(&self.count)? }
            }
        })
    }
}

fn open(text: &str) -> Result<Option<Time>, FieldError> {
    match text.trim() {
        "" => Ok(None),
        text => field::instant(text).map(Some),
    }
}

/// All expectations in words, in the order of the script.
pub fn expected(scenario: &Scenario) -> Vec<String> {
    (0..scenario.expectations.len()).map(|index| narration::expectation(scenario, index)).collect()
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectationRow {
    /// Its index in the scenario.
    pub index: usize,
    pub holds: bool,
    pub text: String,
    /// The reason of a failure; empty if it holds.
    pub reason: Vec<ReasonPart>,
    /// The instant that decided it; `None` if only the whole run did, or if the reason names it.
    pub at: Option<Time>,
    /// Whether only the whole run decides it.
    pub is_whole_run: bool,
}

impl RunView {
    pub fn expected(&self) -> Vec<ExpectationRow> {
        let scenario = self.run.scenario();
        let verdicts = self.report.expectations.iter();
        let judged = verdicts.zip(&scenario.expectations).map(|(verdict, expectation)| {
            let at = Time::us(verdict.at_us);
            let reason = match verdict.holds {
                true => Vec::new(),
                false => narration::reason(&verdict.parts),
            };
            let is_named = reason.iter().any(|part| part.to.is_some());
            let is_whole_run =
                narration::concerns_whole_run(&expectation.condition, at, self.run.end());
            ExpectationRow {
                index: verdict.index,
                holds: verdict.holds,
                text: narration::expectation(scenario, verdict.index),
                reason,
                at: (!is_named && !is_whole_run).then_some(at),
                is_whole_run: is_whole_run && !is_named,
            }
        });
        judged.collect()
    }
}
