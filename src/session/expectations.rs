//! The list of expectations, and the form that adds one.

use super::RunView;
use super::faults::{checked, unread};
use crate::narration;
use crate::report::ReasonPart;
use crate::scenario::script::field::{self, FieldError};
use crate::scenario::{
    AddedFaults, Change, ConditionField, ConditionKind, ConditionTime, ConditionValues,
    Expectation, ExpectedRuns, MoveKinds, Rate, Scenario, TimeForm,
};
use crate::time::Time;
use crate::types::GroupId;

/// The values in the form, which are kept when the condition changes or is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expecting {
    pub condition: ConditionKind,
    /// What is chosen; what is typed stands in the texts below.
    pub values: ConditionValues,
    pub count: String,
    pub span: String,
    /// Nothing: the end or the whole run.
    pub time: Option<TimeForm>,
    pub first: String,
    /// The end of `from T to T`.
    pub second: String,
    /// How many faults are added at most; 0 for this run alone.
    pub faults: u8,
    /// Their kinds.
    pub kinds: MoveKinds,
    /// In how many percent of the seeds; empty for this run alone.
    pub share: String,
    /// Nothing: in each group.
    pub group: Option<GroupId>,
}

impl Expecting {
    pub fn new(scenario: &Scenario) -> Self {
        // A scenario has a process at least; the second highest takes over from the highest.
        let [process, next] =
            [1, 2].map(|nth| scenario.ranks[scenario.ranks.len().saturating_sub(nth)]);
        let lowest = scenario.ranks[0];
        Self {
            condition: ConditionKind::Leader,
            values: ConditionValues {
                process: if lowest == next { process } else { lowest },
                leader: Some(next),
                followed: next,
                ..ConditionValues::DEFAULT
            },
            count: "10".to_owned(),
            span: "200ms".to_owned(),
            time: None,
            first: String::new(),
            second: String::new(),
            faults: 0,
            kinds: MoveKinds::ALL,
            share: String::new(),
            group: None,
        }
    }

    /// The form of the time, if the condition can have it.
    pub fn time_form(&self) -> Option<TimeForm> {
        self.time.filter(|form| self.condition.row().times.forms().contains(form))
    }

    /// The change that adds it, or a sentence that says why it cannot be.
    ///
    /// # Errors
    /// A sentence that says that a value cannot be parsed, is out of range, or that the expectation exists
    /// already.
    pub fn change(&self, scenario: &Scenario) -> Result<Change, String> {
        let group = self.group.filter(|_| scenario.is_grouped());
        let expectation = self.expectation(group).map_err(|problem| unread(&problem))?;
        let expectation = Expectation { runs: self.runs()?, ..expectation };
        if scenario.expectations.contains(&expectation) {
            return Err("This is expected already.".to_owned());
        }
        let change = Change::AddExpectation(expectation);
        checked(scenario, Some(change.clone())).map(|_| change)
    }

    fn runs(&self) -> Result<ExpectedRuns, String> {
        if self.faults > 0 {
            if !self.share.trim().is_empty() {
                return Err(
                    "Expect it with added faults or in a share of seeds, not both.".to_owned()
                );
            }
            let added = AddedFaults::new(self.faults, self.kinds);
            let added = added.ok_or_else(|| "Choose a kind of fault that is added.".to_owned())?;
            return Ok(ExpectedRuns::WithFaults(added));
        }
        match self.share.trim() {
            "" => Ok(ExpectedRuns::This),
            share => match field::rate(share).map_err(|problem| unread(&problem))? {
                Rate::NEVER => Err("A share of seeds is more than 0%.".to_owned()),
                share => Ok(ExpectedRuns::InSeeds(share)),
            },
        }
    }

    fn expectation(&self, group: Option<GroupId>) -> Result<Expectation, FieldError> {
        let fields = self.condition.row().fields;
        let mut values = self.values;
        if fields.contains(&ConditionField::Count) {
            values.count = field::count(&self.count)?;
        }
        if fields.contains(&ConditionField::Span) {
            values.span = field::duration(&self.span)?;
        }
        let time = match self.time_form() {
            None => ConditionTime::Unstated,
            Some(form) => {
                let is_stretch = form == TimeForm::From;
                let second = is_stretch.then(|| field::instant(&self.second)).transpose()?;
                form.with(field::instant(&self.first)?, second.unwrap_or_default())
            }
        };
        Ok(Expectation {
            group,
            condition: self.condition.with(&values),
            time,
            runs: ExpectedRuns::This,
        })
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
    /// The reason of a failure, or what one run leaves open; else empty.
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
            let reason = match (verdict.holds, verdict.searched) {
                (true, Some(_) | None) => {
                    narration::left_open(expectation).map(ReasonPart::words).into_iter().collect()
                }
                (false, Some(_) | None) => narration::reason(&verdict.parts),
            };
            let is_named = reason.iter().any(|part| part.to.is_some());
            let is_whole_run = narration::concerns_whole_run(expectation, at, self.run.end());
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
