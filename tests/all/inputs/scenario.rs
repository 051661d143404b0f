//! What holds for every scenario, from wherever it was read: it keeps the limits, and each format gives it back.

use hustings::scenario::script::{self, Script};
use hustings::scenario::{Scenario, json, limits, link};

/// Asserts that a scenario that was read is within the limits.
pub(super) fn keeps_the_limits(scenario: &Scenario) {
    let parts = scenario.clone().into_parts();
    assert_eq!(Scenario::new(parts).as_ref(), Ok(scenario), "it is not valid");
    assert!((1..=limits::MOST_PROCESSES).contains(&scenario.ranks.len()));
    assert!(scenario.ranks.is_sorted_by(|one, next| one < next));
    assert!((1..=limits::MOST_GROUPS).contains(&scenario.groups.len()));
    for group in &scenario.groups {
        assert!(group.members.is_sorted_by(|one, next| one < next));
        assert!(group.members.iter().all(|member| scenario.ranks.contains(member)));
        assert!(group.leader.is_none_or(|leader| group.members.contains(&leader)));
        assert!(group.load.is_none_or(|load| load <= limits::MOST_REQUESTS));
    }
    assert!(scenario.end() <= limits::LONGEST_RUN);
    assert!((1..=limits::MOST_SEEDS).contains(&scenario.seeds));
    assert!(scenario.overrides.len() <= limits::MOST_OVERRIDES);
    assert!(scenario.expectations.len() <= limits::MOST_EXPECTATIONS);
    assert!(scenario.zones.len() <= limits::MOST_ZONES);
    assert!(scenario.marks.len() <= limits::MOST_MARKS);
    for text in [&scenario.title, &scenario.about].into_iter().flatten() {
        assert!(text.chars().count() <= limits::LONGEST_TEXT);
    }
    assert!(scenario.names.values().all(|name| name.chars().count() <= limits::LONGEST_NAME));
    let spans = [scenario.timeouts.alive, scenario.timeouts.elected, scenario.network.latency.hi()];
    assert!(spans.into_iter().all(|span| span <= limits::LONGEST_SPAN));
    let faults = scenario.scheduled_faults();
    assert!(faults.len() <= limits::MOST_TIMELINE_ENTRIES, "{} faults", faults.len());
    assert!(faults.is_sorted_by_key(|fault| fault.at), "the faults are not in order");
    assert!(faults.iter().all(|fault| fault.at <= limits::LONGEST_RUN));
}

/// Asserts that script, JSON and link give the scenario back.
pub(super) fn survives_each_format(scenario: &Scenario) {
    let text = script::write(scenario);
    let again = script::read_again(&text).map(|script| script.scenario);
    assert_eq!(again.as_ref(), Ok(scenario), "as a script:\n{text}");
    if text.len() <= limits::LONGEST_SCRIPT {
        assert_eq!(script::format(&text).as_ref(), Ok(&text), "a written script is canonical");
        assert_eq!(script::without_comments(&text).as_ref(), Ok(&text), "it has no comments");
        if let Ok(link) = link::encode(&text) {
            assert_eq!(link::decode(&link).as_ref(), Ok(&text), "as a link: {link}");
        }
    }
    let text = json::write(scenario);
    if text.len() <= limits::LONGEST_JSON {
        assert_eq!(json::read(&text).as_ref(), Ok(scenario), "as JSON:\n{text}");
    }
    // Without a script, a hint has no line.
    let hints = Script::of(scenario.clone()).hints();
    assert!(hints.iter().all(|hint| hint.line.is_none() && !hint.text.is_empty()), "{hints:?}");
}
