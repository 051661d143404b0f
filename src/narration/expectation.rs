//! Describes expectations, and the reasons why they are not met.

use super::in_group;
use crate::report::ReasonPart;
use crate::scenario::{Comparison, Condition, Scenario};
use crate::time::Time;

/// `3 Election messages`, `leader 5 by 500 ms`; empty if there is no such expectation.
pub fn expectation(scenario: &Scenario, index: usize) -> String {
    let Some(expectation) = scenario.expectations.get(index) else { return String::new() };
    format!("{}{}", in_group(scenario, expectation.group), claim(&expectation.condition))
}

fn claim(claim: &Condition) -> String {
    match claim {
        Condition::Leader { leader: Some(leader), by } => format!("leader {leader}{}", until(*by)),
        Condition::Leader { leader: None, by } => format!("no leader{}", until(*by)),
        Condition::SplitBrain { wanted: true, after } => format!("a split brain{}", from(*after)),
        Condition::SplitBrain { wanted: false, after } => format!("no split brain{}", from(*after)),
        Condition::Messages { kind, compare, count, after } => {
            let kind = kind.map_or_else(String::new, |kind| format!("{kind} "));
            format!("{} {kind}message{}{}", many(*compare, *count), s(*count), from(*after))
        }
        Condition::Elections { compare, count } => {
            format!("{} election{} started", many(*compare, *count), s(*count))
        }
        Condition::LeaderlessAtMost(most) => format!("leaderless for {} at most", most.spoken()),
        Condition::SplitBrainAtMost(most) => format!("split brain for {} at most", most.spoken()),
        Condition::Agreement { by } => format!("agreement{}", until(*by)),
    }
}

/// Whether a result at `at` depends on the whole run, not on one instant.
pub fn concerns_whole_run(claim: &Condition, at: Time, end: Time) -> bool {
    at == end && !matches!(claim, Condition::Leader { .. } | Condition::Agreement { .. })
}

/// A reason as a sentence: with a capital letter and a full stop.
pub fn reason(parts: &[ReasonPart]) -> Vec<ReasonPart> {
    let mut sentence = parts.to_vec();
    if let Some(first) = sentence.first_mut() {
        let mut letters = first.text.chars();
        if let Some(letter) = letters.next() {
            first.text = letter.to_uppercase().chain(letters).collect();
        }
        sentence.push(ReasonPart::words("."));
    }
    sentence
}

fn many(compare: Comparison, count: u64) -> String {
    match compare {
        Comparison::Exactly if count == 0 => "no".to_owned(),
        Comparison::Exactly => count.to_string(),
        Comparison::AtMost => format!("at most {count}"),
        Comparison::AtLeast => format!("at least {count}"),
    }
}

const fn s(count: u64) -> &'static str {
    if count == 1 { "" } else { "s" }
}

fn until(by: Option<Time>) -> String {
    by.map_or_else(String::new, |by| format!(" by {}", by.spoken()))
}

fn from(after: Option<Time>) -> String {
    after.map_or_else(String::new, |after| format!(" from {} on", after.spoken()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::script;

    #[test]
    fn expectations_are_said_as_a_reader_says_them() {
        let said = |line: &str| {
            let scenario = script::parse(&format!("processes 6\n{line}")).expect("it can be read");
            expectation(&scenario, 0)
        };
        assert_eq!(said("expect leader 5 by 500ms"), "leader 5 by 500 ms");
        assert_eq!(said("expect messages Election = 3"), "3 Election messages");
        assert_eq!(said("expect messages Proceed = 1"), "1 Proceed message");
        assert_eq!(said("expect messages Alive = 0"), "no Alive messages");
        assert_eq!(said("expect no split brain"), "no split brain");
        assert_eq!(said("expect agreement by 2.5s"), "agreement by 2.500 s");
        assert_eq!(said("expect elections <= 1"), "at most 1 election started");
    }

    #[test]
    fn a_reason_is_a_sentence_of_the_same_pieces() {
        let said = |parts: &[ReasonPart]| -> Vec<String> {
            reason(parts).into_iter().map(|part| part.text).collect()
        };
        assert_eq!(
            said(&[ReasonPart::words("never "), ReasonPart::words("more")]),
            ["Never ", "more", "."]
        );
        assert_eq!(said(&[]), [""; 0]);
    }
}
