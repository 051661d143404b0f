//! One part of a scenario as the script writes it: what reports and lists quote.

use super::statement::Statement;
use crate::scenario::{Fault, Scenario};
use crate::types::GroupId;

/// A line of the timeline, by its place in the scenario; empty where there is none.
pub fn entry(scenario: &Scenario, index: usize) -> String {
    let Some(entry) = scenario.timeline.get(index) else { return String::new() };
    let of = match entry.fault() {
        Some(Fault::Suspect { group, .. }) => *group,
        Some(_) | None => None,
    };
    Statement::Entry { entry: entry.clone(), group: group(scenario, of) }.to_string()
}

/// An edit, by its place in the scenario; empty where there is none.
pub fn override_words(scenario: &Scenario, index: usize) -> String {
    let Some(edit) = scenario.overrides.get(index) else { return String::new() };
    let group = group(scenario, Some(edit.occurrence().group()));
    Statement::Edit { edit: edit.clone(), group }.to_string()
}

/// An expectation, by its place in the scenario; empty where there is none.
pub fn expectation(scenario: &Scenario, index: usize) -> String {
    let Some(expectation) = scenario.expectations.get(index) else { return String::new() };
    let group = group(scenario, expectation.group);
    Statement::Expect { claim: expectation.condition.clone(), group }.to_string()
}

/// The name that the script needs; none in a scenario of one group.
fn group(scenario: &Scenario, id: Option<GroupId>) -> Option<String> {
    let id = id.filter(|_| scenario.is_grouped())?;
    Some(scenario.group(id).name.clone())
}
