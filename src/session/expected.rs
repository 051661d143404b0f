//! What was expected of a run, as the page lists it: in a reader's words, with the instants to go to.

use super::RunView;
use crate::narration;
use crate::report::ReasonPart;
use crate::time::Time;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectationRow {
    /// Its place in the scenario.
    pub index: usize,
    pub holds: bool,
    pub text: String,
    /// Why it failed; empty where it holds.
    pub reason: Vec<ReasonPart>,
    /// The instant that decided it; none where only the whole run did, or where the reason names it.
    pub at: Option<Time>,
    /// It takes the whole run to see it.
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
