//! The lists of the set-up: expectations and the form that adds one; and names, zones and chapters as fields, with the
//! text of each, and the change that its new text makes.

use super::faults::{checked, unread};
use super::setup;
use super::{RunView, sentence};
use crate::report::ReasonPart;
use crate::scenario::script::field::{self, FieldError};
use crate::scenario::{
    AddedFaults, Change, ChapterMark, ConditionField, ConditionKind, ConditionTime,
    ConditionValues, Expectation, ExpectedRuns, MoveKinds, Rate, Scenario, ScenarioPart, TimeForm,
    Zone, limits,
};
use crate::time::Time;
use crate::types::{GroupId, Rank};
use crate::{narration, sort};

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

/// What is typed. Zones and marks are named by their place in the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnnotationField {
    /// Empty: the process is called by its rank.
    Name(Rank),
    ZoneName(usize),
    ZoneMembers(usize),
    MarkAt(usize),
    MarkText(usize),
}

impl AnnotationField {
    pub fn label(self) -> String {
        match self {
            Self::Name(rank) => format!("Process {rank}"),
            Self::ZoneName(_) => "Zone".to_owned(),
            Self::ZoneMembers(_) => "Processes".to_owned(),
            Self::MarkAt(_) => "Chapter at".to_owned(),
            Self::MarkText(_) => "Text".to_owned(),
        }
    }

    /// What the scenario says.
    pub fn text(self, scenario: &Scenario) -> String {
        let zone = |index: usize| scenario.zones.get(index);
        let mark = |index: usize| scenario.marks.get(index);
        match self {
            Self::Name(rank) => scenario.names.get(&rank).cloned().unwrap_or_default(),
            Self::ZoneName(index) => zone(index).map_or_else(String::new, |zone| zone.name.clone()),
            Self::ZoneMembers(index) => zone(index).map_or_else(String::new, |zone| {
                zone.members.iter().map(Rank::to_string).collect::<Vec<_>>().join(" ")
            }),
            Self::MarkAt(index) => mark(index).map_or_else(String::new, |mark| mark.at.to_string()),
            Self::MarkText(index) => mark(index).map_or_else(String::new, |mark| mark.text.clone()),
        }
    }

    /// What was typed as a change; nothing where it says what is so already.
    ///
    /// # Errors
    /// A sentence, where it cannot be read or cannot be.
    pub fn read(self, scenario: &Scenario, text: &str) -> Result<Option<Change>, String> {
        let unread = |problem: field::FieldError| sentence(&problem.to_string());
        let typed = text.trim().to_owned();
        let setting = match self {
            Self::Name(rank) => Change::Name(rank, typed),
            Self::ZoneName(index) => with_zone(scenario, index, |zone| zone.name = typed),
            Self::ZoneMembers(index) => {
                let mut members = field::ranks(text).map_err(unread)?;
                sort::sort(&mut members);
                with_zone(scenario, index, |zone| zone.members = members)
            }
            Self::MarkAt(index) => {
                let at = field::instant(text).map_err(unread)?;
                with_mark(scenario, index, |mark| mark.at = at)
            }
            Self::MarkText(index) => with_mark(scenario, index, |mark| mark.text = typed),
        };
        setup::checked(scenario, setting)
    }

    /// The part of the scenario that a hint beside it is about.
    pub const fn place(self) -> ScenarioPart {
        match self {
            Self::Name(rank) => ScenarioPart::Name(rank),
            Self::ZoneName(index) | Self::ZoneMembers(index) => ScenarioPart::Zone(index),
            Self::MarkAt(index) | Self::MarkText(index) => ScenarioPart::Mark(index),
        }
    }
}

fn with_zone(scenario: &Scenario, index: usize, change: impl FnOnce(&mut Zone)) -> Change {
    let mut zones = scenario.zones.clone();
    if let Some(zone) = zones.get_mut(index) {
        change(zone);
    }
    Change::Zones(zones)
}

fn with_mark(scenario: &Scenario, index: usize, change: impl FnOnce(&mut ChapterMark)) -> Change {
    let mut marks = scenario.marks.clone();
    if let Some(mark) = marks.get_mut(index) {
        change(mark);
    }
    Change::Marks(marks)
}

/// One more zone, of the processes that are in none; nothing where all are in one or there are too many.
pub fn another_zone(scenario: &Scenario) -> Option<Change> {
    let free: Vec<Rank> =
        scenario.ranks.iter().copied().filter(|&rank| scenario.zone_of(rank).is_none()).collect();
    if free.is_empty() || scenario.zones.len() >= limits::MOST_ZONES {
        return None;
    }
    let is_new = |name: &String| scenario.zones.iter().all(|zone| zone.name != *name);
    let name = (1..).map(|number| format!("zone-{number}")).find(is_new)?;
    let mut zones = scenario.zones.clone();
    // Half of them, so that there is something left for the next one.
    let half = if zones.is_empty() { free.len().div_ceil(2) } else { free.len() };
    zones.push(Zone { name, members: free[..half].to_vec() });
    Some(Change::Zones(zones))
}

pub fn without_zone(scenario: &Scenario, index: usize) -> Change {
    let mut zones = scenario.zones.clone();
    if index < zones.len() {
        zones.remove(index);
    }
    Change::Zones(zones)
}

pub fn without_mark(scenario: &Scenario, index: usize) -> Change {
    let mut marks = scenario.marks.clone();
    if index < marks.len() {
        marks.remove(index);
    }
    Change::Marks(marks)
}

/// A chapter at this instant.
///
/// # Errors
/// A sentence, where there is one already or there are too many.
pub fn another_mark(scenario: &Scenario, at: Time) -> Result<Option<Change>, String> {
    if let Some(mark) = scenario.marks.iter().find(|mark| mark.at == at) {
        return Err(format!("The chapter “{}” begins here already.", mark.text));
    }
    let mut marks = scenario.marks.clone();
    marks.push(ChapterMark { at, text: format!("Chapter {}", marks.len() + 1) });
    setup::checked(scenario, Change::Marks(marks))
}
