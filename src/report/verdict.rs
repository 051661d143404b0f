//! What a report says of an expectation, and what other runs than the reported one add to it.

use super::outcome::{ConditionOutcome, ReasonPart};
use super::{FinishedRun, expect};
use crate::scenario::{ExpectedRuns, ScenarioPart, script};
use crate::time::Time;
use serde::Serialize;

/// An expectation and whether it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ExpectationVerdict {
    /// Its place in the scenario, from 0.
    pub index: usize,
    /// None where the scenario came as JSON.
    pub line: Option<usize>,
    /// The group that it names.
    pub group: Option<String>,
    /// The expectation, as the script writes it.
    pub text: String,
    /// Whether it holds.
    pub holds: bool,
    /// The instant that decided it.
    pub at_us: u64,
    /// Of an expectation that is about more runs, with `always` or `in P% of seeds`: whether these runs were looked at
    /// too. A report of one run is about this run alone, so here it is `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub searched: Option<bool>,
    /// Of one that another run violates: the lines of a script that make this run of it, added faults or a seed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<String>>"))]
    pub counterexample: Vec<String>,
    /// Why it holds or fails.
    pub reason: String,
    /// The same in parts, each with the place in the run that it names.
    #[serde(skip)]
    #[cfg_attr(test, ts(skip))]
    pub parts: Vec<ReasonPart>,
}

impl ExpectationVerdict {
    /// What the runs with other seeds came to: whether all were run, and whether enough of them meet the condition.
    pub fn take_seeds(&mut self, holds: bool, is_done: bool, reason: &str, lines: Vec<String>) {
        (self.holds, self.searched) = (holds, Some(is_done));
        self.parts = vec![ReasonPart::words(reason)];
        self.reason = reason.to_owned();
        self.counterexample = lines;
    }

    /// What a search of the runs with added faults came to; `words` come behind those about the run without them.
    pub fn take_search(&mut self, is_done: bool, words: &str) {
        self.searched = Some(is_done);
        self.parts.retain(|part| part.text != UNSEARCHED);
        self.parts.push(ReasonPart::words(words));
        self.reason = self.parts.iter().map(|part| &*part.text).collect();
    }

    /// Runs with added faults violate it: the instant, the reason, and the lines that add the faults.
    pub fn take_counterexample(&mut self, at: Time, reason: &str, lines: Vec<String>) {
        (self.holds, self.at_us, self.searched) = (false, at.as_us(), Some(true));
        self.parts = vec![ReasonPart::words(reason)];
        self.reason = reason.to_owned();
        self.counterexample = lines;
    }
}

/// Of `expect in P% of seeds`, where this run fulfils the condition, and where not.
const UNCOUNTED_GOOD: &str = ", with this seed; `hustings check` runs all seeds";
const UNCOUNTED_BAD: &str = ", so it does not hold with this seed; `hustings check` runs all seeds";

/// Of `expect always`, where this run fulfils it.
const UNSEARCHED: &str = ", without added faults; `hustings check` searches runs with them";

/// Of each expectation, in order.
pub(super) fn verdicts(
    done: FinishedRun,
    line: impl Fn(ScenarioPart) -> Option<usize>,
) -> Vec<ExpectationVerdict> {
    let scenario = done.world.scenario();
    let outcomes = if done.world.is_exhausted() {
        vec![expect::cut_short(done.end); scenario.expectations.len()]
    } else {
        expect::judge(done.tally, scenario, done.end)
    };
    let verdict = |(index, mut outcome): (usize, ConditionOutcome)| {
        let expectation = &scenario.expectations[index];
        let group = expectation.group.filter(|_| scenario.is_grouped());
        let searched = (expectation.runs != ExpectedRuns::This).then_some(false);
        match expectation.runs {
            ExpectedRuns::WithFaults(_) if outcome.holds => {
                outcome.reason.push(ReasonPart::words(UNSEARCHED));
            }
            ExpectedRuns::InSeeds(_) => {
                let words = if outcome.holds { UNCOUNTED_GOOD } else { UNCOUNTED_BAD };
                outcome.reason.push(ReasonPart::words(words));
                // One run cannot refute it.
                outcome.holds = true;
            }
            ExpectedRuns::This | ExpectedRuns::WithFaults(_) => {}
        }
        ExpectationVerdict {
            index,
            line: line(ScenarioPart::Expectation(index)),
            group: group.map(|id| scenario.group(id).name.clone()),
            text: script::format_expectation(scenario, index),
            holds: outcome.holds,
            at_us: outcome.at.as_us(),
            searched,
            counterexample: Vec::new(),
            reason: outcome.reason.iter().map(|part| &*part.text).collect(),
            parts: outcome.reason,
        }
    };
    outcomes.into_iter().enumerate().map(verdict).collect()
}
